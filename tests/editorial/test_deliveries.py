"""`content/deliveries.yaml`: every fault of an operator's is told with its line, and no key may stand in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from generator.delivery.services import SENDERS, TARGETS
from generator.editorial.deliveries import DeliveriesShape, gather_deliveries
from generator.editorial.kept import approval_wanted
from generator.errors import ContentError
from generator.model import SERVICES, Stage
from generator.project import bundled_root

WHOLE = """not_before: "18:30"
bluesky:
  handle: your.site
mastodon:
  base: https://mastodon.social
  thread: true
smtp: {host: smtp.your.site, sender: letter@your.site, recipients: readers.txt, send: true}
"""


def faults(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "deliveries.yaml").write_text(text)
    return [str(fault) for fault in gather_deliveries(tmp_path)[1]]


def test_services_are_read_with_their_defaults(tmp_path: Path) -> None:
    """In the order of delivery, whatever order the file has them in."""
    assert faults(tmp_path, WHOLE) == []
    deliveries, _ = gather_deliveries(tmp_path)
    assert [one.channel for one in deliveries.channels] == ["smtp", "bluesky", "mastodon"]
    assert deliveries.not_before == "18:30"
    assert deliveries.channels[1].settings["base"] == "https://bsky.social"


def test_without_the_file_there_are_no_deliveries(tmp_path: Path) -> None:
    """It is nobody's fault: a publication need not deliver."""
    assert gather_deliveries(tmp_path)[0].channels == ()
    assert gather_deliveries(tmp_path)[1] == []


def test_the_bundled_file_delivers_nowhere(tmp_path: Path) -> None:
    """Its examples are comments, and each of them is without fault once the sign before it is gone."""
    text = (bundled_root() / "content" / "deliveries.yaml").read_text(encoding="utf-8")
    assert faults(tmp_path, text) == []
    assert gather_deliveries(tmp_path)[0].channels == ()
    examples = [
        line[2:] for line in text.splitlines() if line[2:].partition(":")[0] in {*SERVICES, "not_before", "await_pages"}
    ]
    assert {line.partition(":")[0] for line in examples} == {*SERVICES, "not_before", "await_pages"}
    assert faults(tmp_path, "\n".join(examples) + "\n") == []


def test_every_service_has_a_shape_and_somebody_who_speaks_to_it() -> None:
    """Model, settings and senders name the same services."""
    assert {*SENDERS, *TARGETS} == set(SERVICES)
    assert set(DeliveriesShape.model_fields) - {"not_before", "await_pages", "approval"} == set(SERVICES)
    stages = [service.stage for service in SERVICES.values()]
    assert stages == sorted(stages, key=list(Stage).index)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "handle: your.site",
            "handel: your.site",
            "deliveries.yaml:3: 'handel' is not a setting of the service 'bluesky'. Did you mean 'handle'?",
        ),
        ("bluesky:", "blusky:", "'blusky' is not a setting of the file. Did you mean 'bluesky'?"),
        (
            "https://mastodon",
            "http://mastodon",
            "deliveries.yaml:5: 'base' should begin with https://, or a key would travel in the open",
        ),
        ("18:30", "6:30pm", "'not_before' should be an hour and minute in quotes, such as '18:30'"),
        ("send: true", "send: maybe", "'send' should be true or false"),
        ("letter@your.site", "Letter <letter@your.site>", "'sender' should be a bare address"),
        (
            "handle: your.site",
            "handle: your.site\n  password: abcd-efgh",
            "'password' is not a setting of the service 'bluesky'",
        ),
        ("host: smtp.your.site", "host: smtp.your.site, port: 99999", "'port' should be at most 65535"),
        ("https://mastodon.social", "https://me:secret@mastodon.social", "looks like a secret"),
        ("readers.txt", "abcdefghijABCDEFGHIJ0123456789abcdefghijKLM", "looks like a secret; put it in a variable"),
    ],
)
def test_a_mistake_is_told_where_it_stands(tmp_path: Path, old: str, new: str, says: str) -> None:
    """One line each, in an operator's words."""
    assert old in WHOLE
    found = faults(tmp_path, WHOLE.replace(old, new, 1))
    assert any(says in fault for fault in found), found


def test_a_file_that_no_channel_makes_is_a_fault(tmp_path: Path) -> None:
    """Told by `check`, rather than on the evening on which it is missing."""
    (tmp_path / "deliveries.yaml").write_text(WHOLE)
    found = gather_deliveries(tmp_path, ["bluesky.txt", "mastodon.txt"])[1]
    assert [str(fault) for fault in found] == [
        "content/deliveries.yaml:4: 'mastodon' sends mastodon-thread.txt, which no channel of content/channels.yaml makes."
    ]


def test_whether_approvals_are_wanted_is_not_guessed(tmp_path: Path) -> None:
    """A slip beside `approval: true` must not let out what nobody has approved."""
    path = tmp_path / "content" / "deliveries.yaml"
    path.parent.mkdir()
    for text, wanted in (("approval: true\n", True), ("await_pages: false\n", False)):
        path.write_text(text)
        assert approval_wanted(tmp_path) is wanted
    path.write_text("approval: true\nawait_page: false\n")
    with pytest.raises(ContentError, match="await_page"):
        approval_wanted(tmp_path)


def test_the_page_on_delivering_tells_of_every_service_setting_and_secret() -> None:
    """Each service under its key, each secret by its variable, each setting of its own by its name."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "delivering.md").read_text(encoding="utf-8")
    words = set(re.findall(r"[A-Za-z_]+", "".join(re.findall(r"`[^`]*`", page))))
    common = {"file", "thread", "picture", "base", "public", "send", "draft"}
    for key, service in SERVICES.items():
        assert key in words
        assert {service.variable(secret) for secret in (*service.required, *service.optional)} <= words
        shape = DeliveriesShape.model_fields[key].annotation
        (shape,) = (one for one in get_args(shape) if one is not type(None))
        assert set(shape.model_fields) - common <= words, key
