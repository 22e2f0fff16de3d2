"""An archive of six issues of the small publication, of a market that is invented and told as if it were real."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import orjson
import pytest

from generator.assembly import Desk, make_edition
from generator.loading import load_prices, open_publication
from generator.model import Issue, Settings, TextBlock
from generator.products import make_pages
from generator.publishing.document import issue_text, read_issue
from generator.publishing.folder import write_folder
from generator.rendering.paper.press import Press
from generator.verbs.site import Built, build_site
from tests.small_publication import SESSION, write_small

COUNT = 6
SITE = """site:
  description: What small caps did
  contact: desk@kessler.org
  about: [We tell what happened.]
  corrections: [Nothing is changed in silence.]
  subjects: {session/angle: Closes}
"""


@pytest.fixture(scope="session")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small publication, with what a site needs."""
    root = write_small(tmp_path_factory.mktemp("publication"))
    with (root / "content" / "publication.yaml").open("a", encoding="utf-8") as file:
        file.write(SITE)
    return root


@pytest.fixture(scope="session")
def issues(publication: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive; tests work on copies."""
    output = tmp_path_factory.mktemp("issues")
    settings = Settings(source="sample", session=SESSION, project=publication)
    read = open_publication(settings)
    desk = Desk.over(read, "session", load_prices(settings, read))
    last = len(desk.market.sessions) - 1
    for row in range(last - COUNT + 1, last + 1):
        edition = replace(make_edition(desk, row), simulated=False)
        with Press(wanted=False) as press:
            pages, _ = make_pages(edition, desk.templates, {"html"}, press, dict)
        write_folder(output, edition.article.session.isoformat(), "session", pages)
    return output


@pytest.fixture
def archive(issues: Path, tmp_path: Path) -> Path:
    """A copy of the archive."""
    return Path(shutil.copytree(issues, tmp_path / "output"))


@pytest.fixture
def build(publication: Path, archive: Path, tmp_path: Path) -> Callable[..., Built]:
    """Builds the site of the archive into `public`, or posts for another program."""

    def run(public: str = "public", wanted: str = "site", output: Path | None = None) -> Built:
        return build_site(Settings(project=publication, output=output or archive), tmp_path / public, wanted)

    return run


def days_of(archive: Path) -> list[str]:
    """The days of the archive, oldest first."""
    return sorted(path.name for path in archive.iterdir() if path.is_dir() and not path.name.startswith("."))


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with what it holds."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def change(folder: Path, how: Callable[[Issue], Issue]) -> None:
    """Write the issue in that folder again, changed, with its digest in the ledger."""
    told = issue_text(how(read_issue((folder / "issue.json").read_bytes())))
    ledger = orjson.loads((folder / "edition.json").read_bytes())
    ledger["files"]["issue.json"]["sha256"] = sha256(told).hexdigest()
    (folder / "issue.json").write_bytes(told)
    (folder / "edition.json").write_bytes(orjson.dumps(ledger))


def reworded(issue: Issue, old: str, new: str) -> Issue:
    """The issue with some words of its sentences changed."""

    def mended(block: object) -> object:
        if not isinstance(block, TextBlock):
            return block
        paragraphs = tuple(
            tuple(
                replace(
                    sentence,
                    pieces=tuple(
                        piece._replace(
                            text=piece.text.replace(old, new),
                            html=piece.html.replace(old, new),
                            markdown=piece.markdown.replace(old, new),
                        )
                        for piece in sentence.pieces
                    ),
                )
                for sentence in sentences
            )
            for sentences in block.paragraphs
        )
        return replace(block, paragraphs=paragraphs)

    blocks = tuple(mended(block) for block in issue.article.blocks)
    return replace(issue, article=replace(issue.article, blocks=blocks))
