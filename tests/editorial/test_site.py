"""The part `site` of the masthead: what is wrong in it is a fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.editorial.masthead import gather_masthead
from generator.project import bundled_root

from .test_masthead import GOOD


def read(tmp_path: Path, *site: str, url: str = "https://kessler.org/brief/{date}/{edition}/"):
    settings = {**GOOD, "url": url}
    lines = [*(f"{name}: {value}" for name, value in settings.items()), *(["site:", *site] if site else [])]
    (tmp_path / "publication.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    _, found, faults, _ = gather_masthead(tmp_path, 1)
    return found, [str(fault) for fault in faults]


def test_every_setting_may_be_left_out(tmp_path: Path) -> None:
    """The address is then what stands before the first brace, and issues come out at five in New York."""
    site, faults = read(tmp_path)
    assert faults == []
    assert site is not None
    assert (site.address, site.hour) == ("https://kessler.org/brief/", 17 * 60)
    assert read(tmp_path, url="https://kessler.org/note-{date}/{edition}/")[0].address == "https://kessler.org/"


def test_the_publication_that_comes_along_has_all_of_them() -> None:
    """As an example, without fault."""
    content = bundled_root() / "content"
    _, site, faults, _ = gather_masthead(content, 1)
    assert faults == []
    assert site is not None
    assert all((site.description, site.about, site.method, site.sources, site.corrections, site.subjects))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("  adress: https://kessler.org/", "Did you mean 'address'?"),
        ("  address: https://kessler.org/brief", "publication.yaml:12: 'address' should end with a slash"),
        ("  address: https://elsewhere.org/", "publication.yaml:12: 'address' is not where 'url' begins"),
        ("  address: kessler", "'address' should be a whole address"),
        ("  hour: 17:00", "'hour' should be text"),
        ("  hour: '25:00'", "'hour' should be an hour in New York"),
        ("  contact: javascript:alert(1)", "'contact'"),
        ("  contact: desk", "'contact' should be an address for mail"),
        ("  about: We tell.", "'about' should be a list"),
        ("  about: ['By {supplier}.']", "'{supplier}' in 'about' would be printed as it stands"),
        ("  about: ['{{ x }}']", "means something to templates"),
        ("  subjects: {Rise: Up days}", "'Rise' is not the beginning of a story's name"),
        ("  subjects: [a]", "'subjects' should be a list of `name: value` lines"),
    ],
)
def test_what_is_wrong_is_a_fault_with_its_line(tmp_path: Path, line: str, told: str) -> None:
    """Each in one message."""
    _, faults = read(tmp_path, line)
    assert len(faults) == 1, faults
    assert told in faults[0]
