"""A site is built from the archive alone, only what changed is written, and nothing that was published is lost."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from generator.errors import ContentError, OutputError
from generator.model import Issue, LinesBlock, Settings
from generator.publishing import public as public_module
from generator.publishing.laid import Kept, read_laid, write_laid
from generator.publishing.public import MANIFEST, STAGED
from generator.publishing.words import words_text
from generator.site import laying
from generator.verbs.site import Built, build_site, lay_out

from .conftest import change, days_of, reworded, tree

Build = Callable[..., Built]
MENDED = ("The official close", "The final close")


def pages(public: Path) -> dict[str, LexborHTMLParser]:
    return {name: LexborHTMLParser(text.decode()) for name, text in tree(public).items() if name.endswith(".html")}


# --- what is built ------------------------------------------------------------------------------


def test_every_issue_has_its_page_where_the_masthead_promises_it(build: Build, archive: Path) -> None:
    """With card and charts beside it; and the lists, feeds and maps are there."""
    public = build().folder
    for day in days_of(archive):
        assert {path.name for path in (public / day / "session").iterdir()} == {"index.html", "card.png", "charts"}
    for name in ("index.html", "archive/index.html", "tags/index.html", "kinds/session/index.html", "about/index.html",
                 "corrections/index.html", "search/index.html", "404.html", "feed.xml", "atom.xml", "feed.json",
                 "sitemap.xml", "news-sitemap.xml", "robots.txt", "style.css", "search.js", "icon.svg"):  # fmt: skip
        assert (public / name).is_file(), name


def test_no_link_within_the_site_is_dead(build: Build) -> None:
    """Every address and every picture of every page leads to a file of the site or to a place in the page."""
    public = build().folder
    for name, page in pages(public).items():
        for node in page.css("[href], [src]"):
            address = urlsplit(node.attributes.get("href") or node.attributes.get("src") or "")
            if address.netloc and address.netloc != "kessler.org":
                continue
            if address.scheme == "mailto":
                continue
            if not address.path:
                assert page.css_first(f"[id='{address.fragment}']"), f"{name}: #{address.fragment}"
                continue
            path = address.path.removeprefix("/")
            target = public / (f"{path}index.html" if not path or path.endswith("/") else path)
            assert target.is_file(), f"{name}: {address.geturl()}"


def test_an_article_is_the_one_that_stands_alone(build: Build, archive: Path) -> None:
    """Word for word, with every number's derivation, its table, charts, sources and notes."""
    public = build().folder
    for day in days_of(archive):
        own = LexborHTMLParser((archive / day / "session" / "article.html").read_text("utf-8"))
        ours = LexborHTMLParser((public / day / "session" / "index.html").read_text("utf-8"))
        assert ours.css_first("article").html == own.css_first("article").html
        assert ours.css("data.figure .why[hidden]")


def test_pages_work_without_script(build: Build) -> None:
    """No page but the search has one, and that one leads to the lists without it."""
    for name, page in pages(build().folder).items():
        scripts = [node for node in page.css("script") if node.attributes.get("type") != "application/ld+json"]
        assert len(scripts) == (name == "search/index.html"), name


def test_each_page_has_one_heading_of_the_first_rank_and_says_where_it_is(build: Build) -> None:
    """And its own title and description, for those who find it elsewhere."""
    found = pages(build().folder)
    for name, page in found.items():
        assert len(page.css("h1")) == 1, name
        assert page.css_first("meta[name=description]").attributes["content"] is not None
        canonical = page.css_first("link[rel=canonical]")
        assert (canonical is None) == (name == "404.html")
        if canonical:
            assert canonical.attributes["href"] == f"https://kessler.org/{name.removesuffix('index.html')}"
    titles = [page.css_first("title").text() for page in found.values()]
    assert len(titles) - len(set(titles)) <= 1  # two issues of the small publication may have one headline


# --- only what changed --------------------------------------------------------------------------


def test_the_same_archive_gives_the_same_bytes(build: Build) -> None:
    """In two folders, whenever they are built; and a second build of one writes nothing."""
    first, second = build("one"), build("two")
    assert tree(first.folder) == tree(second.folder)
    assert first.written == second.written
    before = {path: path.stat().st_mtime_ns for path in first.folder.rglob("*")}
    again = build("one")
    assert (again.written, again.removed) == ((), ())
    assert {path: path.stat().st_mtime_ns for path in first.folder.rglob("*")} == before


def test_a_new_issue_rewrites_its_neighbours_and_the_lists_alone(build: Build, archive: Path, tmp_path: Path) -> None:
    """Itself, the one before, the front page, its month, kind and tags, feeds, maps and search: no other article."""
    days = days_of(archive)
    (archive / days[-1]).rename(tmp_path / "later")
    build()
    (tmp_path / "later").rename(archive / days[-1])
    outcome = build()
    written = {name for name in outcome.written if name.startswith(days[0][:4])}
    own = {
        f"{days[-1]}/session/{name}"
        for name in ("index.html", "card.png", "charts/moves.svg", "charts/performance.svg")
    }
    assert written == own | {f"{days[-2]}/session/index.html"}
    assert {"index.html", "feed.xml", "sitemap.xml", f"archive/{days[-1][:7]}/index.html", "tags/closes/index.html",
            "kinds/session/index.html"} <= set(outcome.written)  # fmt: skip
    assert not {"about/index.html", "corrections/index.html", "style.css"} & set(outcome.written)
    assert tree(outcome.folder) == tree(build("fresh").folder)


def test_an_issue_that_is_taken_out_takes_its_page_along(build: Build, archive: Path) -> None:
    """It is said, and the rest is as if it had never been."""
    build()
    gone = days_of(archive)[2]
    shutil.rmtree(archive / gone)
    outcome = build()
    assert any(f"{gone}/session: is no longer in the archive" in notice for notice in outcome.notices)
    assert not (outcome.folder / gone).exists()
    assert tree(outcome.folder) == tree(build("fresh").folder)


def test_a_page_that_somebody_removed_comes_back(build: Build) -> None:
    """As it was."""
    outcome = build()
    before = tree(outcome.folder)
    (outcome.folder / "about" / "index.html").unlink()
    assert build().written == ("about/index.html",)
    assert tree(outcome.folder) == before


DEEDS = st.lists(
    st.tuples(st.sampled_from(["out", "in", "reword", "simulate", "correct", "build"]), st.integers(0, 5)),
    min_size=1,
    max_size=7,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_whatever_happened_the_site_is_the_one_that_is_built_at_once(
    issues: Path, publication: Path, deeds: list[tuple[str, int]]
) -> None:
    """Issues that come, go, are written again, turn out simulated or are corrected: no page is left as it was before."""
    with tempfile.TemporaryDirectory() as folder:
        archive, public = Path(shutil.copytree(issues, Path(folder, "output"))), Path(folder, "public")
        days, aside = days_of(archive), Path(folder, "aside")
        aside.mkdir()
        run = Settings(project=publication, output=archive)
        build_site(run, public)
        for deed, number in deeds:
            place = archive / days[number]
            if deed == "in" and not place.exists():
                (aside / days[number]).rename(place)
            elif deed == "out" and place.exists() and len(days_of(archive)) > 1:
                place.rename(aside / days[number])
            elif deed == "reword" and place.exists():
                change(place / "session", lambda issue: reworded(issue, "close", "end"))
            elif deed == "simulate" and place.exists():
                change(place / "session", lambda issue: replace(issue, simulated=not issue.simulated))
            elif deed == "correct":
                with (archive / "corrections.yaml").open("a") as file:
                    head = "" if file.tell() else "corrections:\n"
                    file.write(f"{head}  - {{issue: {days[number]}/session, at: 2031-01-02, text: Wrong.}}\n")
            if deed in ("build", "in"):
                build_site(run, public)
        build_site(run, public)
        (archive / ".published" / "index.json").unlink()
        shutil.rmtree(archive / ".published" / "laid")
        assert tree(public) == tree(build_site(run, Path(folder, "fresh")).folder)


# --- a market that was simulated ----------------------------------------------------------------


def test_a_simulated_issue_is_marked_and_stands_in_no_feed_and_no_map(build: Build, archive: Path) -> None:
    """Its page says so and asks search engines to stay away; the real ones stay where they are."""
    made_up = days_of(archive)[-1]
    change(archive / made_up / "session", lambda issue: replace(issue, simulated=True))
    public = build().folder
    page = LexborHTMLParser((public / made_up / "session" / "index.html").read_text("utf-8"))
    assert page.css_first("meta[name=robots]").attributes["content"] == "noindex"
    assert page.css_first(".simulated") is not None
    for name in ("feed.xml", "atom.xml", "feed.json", "sitemap.xml", "news-sitemap.xml"):
        text = (public / name).read_text("utf-8")
        assert made_up not in text
        assert days_of(archive)[-2] in text
    assert f'<h2 class="headline"><a href="/{days_of(archive)[-2]}/session/">' in (public / "index.html").read_text(
        "utf-8"
    )
    month = LexborHTMLParser((public / "archive" / made_up[:7] / "index.html").read_text("utf-8"))
    assert [node.text() for node in month.css(".made-up .flag")] == ["Simulated market"]
    assert month.css_first("meta[name=robots]") is None


def test_a_site_of_simulated_issues_alone_is_not_indexed(build: Build, archive: Path) -> None:
    """Every list of nothing but simulated issues asks search engines to stay away, and the feeds are empty."""
    for day in days_of(archive):
        change(archive / day / "session", lambda issue: replace(issue, simulated=True))
    public = build().folder
    for name in ("index.html", "kinds/session/index.html", "tags/closes/index.html"):
        assert 'content="noindex"' in (public / name).read_text("utf-8"), name
    assert "<item>" not in (public / "feed.xml").read_text("utf-8")
    assert "<loc>" not in (public / "sitemap.xml").read_text("utf-8")


# --- corrections --------------------------------------------------------------------------------


def reword(archive: Path) -> str:
    """One sentence of one issue said otherwise; its day."""
    for day in days_of(archive):
        folder = archive / day / "session"
        if MENDED[0] in (folder / "issue.json").read_text("utf-8"):
            change(folder, lambda issue: reworded(issue, *MENDED))
            return day
    raise AssertionError("no issue has the sentence")


def test_an_issue_that_says_something_else_is_corrected_and_dated(build: Build, archive: Path) -> None:
    """On its page, on the page of corrections, in the feeds and in what search engines read; once, not at every build."""
    build()
    day = reword(archive)
    outcome = build()
    assert [one.issue for one in outcome.corrections] == [f"{day}/session"]
    (correction,) = outcome.corrections
    assert all(MENDED[0] in one.was and MENDED[1] in one.now for one in correction.changes)
    for name in (f"{day}/session/index.html", "corrections/index.html", "feed.xml", "atom.xml", "feed.json"):
        assert correction.text in (outcome.folder / name).read_text("utf-8"), name
    page = (outcome.folder / day / "session" / "index.html").read_text("utf-8")
    assert f'"dateModified":"{correction.at.isoformat()}"' in page
    assert "CorrectionComment" in page
    assert correction.at.isoformat() in (outcome.folder / "sitemap.xml").read_text("utf-8")
    again = build()
    assert (again.corrections, again.written) == ((), ())
    assert tree(outcome.folder) == tree(build("fresh").folder)


def test_a_correction_is_known_though_the_site_was_thrown_away(build: Build, archive: Path, tmp_path: Path) -> None:
    """What was published is kept with the archive, not with the pages."""
    build()
    shutil.rmtree(tmp_path / "public")
    reword(archive)
    assert len(build().corrections) == 1


def test_a_run_that_died_after_the_correction_makes_no_second_one(build: Build, archive: Path) -> None:
    """The correction is written first; the next run finds it there."""
    build()
    before = tree(archive / ".published")
    reword(archive)
    assert len(build().corrections) == 1
    for name, content in before.items():  # as if nothing had been kept after the correction
        (archive / ".published" / name).write_bytes(content)
    assert build().corrections == ()
    assert (archive / "corrections.yaml").read_text("utf-8").count("- issue:") == 1


def test_an_issue_that_was_written_again_in_the_same_words_is_not_corrected(build: Build, archive: Path) -> None:
    """Nor is one whose words a later version of the program gathers in another way: its file is the one that stood there."""
    build()
    folder = archive / days_of(archive)[0] / "session"
    change(folder, lambda issue: replace(issue, imprint=replace(issue.imprint, risk="Other words.")))
    assert build().corrections == ()
    for day in days_of(archive):
        key = f"{day}/session"
        laid = read_laid(archive, key)
        assert laid is not None
        (archive / ".published" / "published" / f"{day}-session").unlink()
        write_laid(archive, key, replace(laid, words=words_text(laid.digest, [("old", "form")], {})))
        Kept(archive).keep(key)
    (archive / ".published" / "index.json").unlink()
    shutil.rmtree(archive / ".published" / "laid")
    assert build().corrections == ()


def test_a_picture_that_was_drawn_again_is_a_correction(build: Build, archive: Path) -> None:
    """Where a restated price moves a line, and no word: it is told with the day and both values; a hair's breadth is not."""
    build()

    def moved(by: float) -> Callable[[Issue], Issue]:
        def move(issue: Issue) -> Issue:
            blocks = list(issue.article.blocks)
            at = next(at for at, block in enumerate(blocks) if isinstance(block, LinesBlock))
            chart = blocks[at].chart
            line = chart.lines[0]
            values = (*line.values[:3], line.values[3] * by, *line.values[4:])
            lines = (replace(line, values=values), *chart.lines[1:])
            blocks[at] = replace(blocks[at], chart=replace(chart, lines=lines))
            return replace(issue, article=replace(issue.article, blocks=tuple(blocks)))

        return move

    day = days_of(archive)[2]
    change(archive / day / "session", moved(1.00001))
    assert build().corrections == ()
    change(archive / day / "session", moved(1.05))
    outcome = build()
    (correction,) = outcome.corrections
    assert "charts were drawn again" in correction.text
    (told,) = correction.changes
    assert told.was.rpartition(":")[0] == told.now.rpartition(":")[0]
    for name in (f"{day}/session/index.html", "corrections/index.html", "feed.xml"):
        assert told.now in unescape(unescape((outcome.folder / name).read_text("utf-8"))), name
    assert build().corrections == ()


def test_a_simulated_issue_is_corrected_in_silence(build: Build, archive: Path) -> None:
    """Nobody was told anything of a real market."""
    for day in days_of(archive):
        change(archive / day / "session", lambda issue: replace(issue, simulated=True))
    build()
    reword(archive)
    assert build().corrections == ()
    assert not (archive / "corrections.yaml").exists()


def test_a_correction_may_be_written_by_hand(build: Build, archive: Path) -> None:
    """It stands on the page with its day, and what the builder adds later leaves it as it was written."""
    build()
    day = days_of(archive)[0]
    own = f"# mine\ncorrections:\n- issue: {day}/session\n  at: 2031-01-02\n  text: We had named the wrong bank.\n"
    (archive / "corrections.yaml").write_text(own, "utf-8")
    outcome = build()
    assert "Correction, <time" in (outcome.folder / day / "session" / "index.html").read_text("utf-8")
    assert "January 2, 2031" in (outcome.folder / "corrections" / "index.html").read_text("utf-8")
    reword(archive)
    assert len(build().corrections) == 1
    assert (archive / "corrections.yaml").read_text("utf-8").startswith(own)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("corrections: 5\n", "'corrections' should be a list"),
        ("corrections:\n- issue: yesterday\n  at: 2031-01-02\n  text: x\n", "corrections.yaml:2: 'issue' should name"),
        (
            "corrections:\n- issue: 2031-01-02/session\n  at: soon\n  text: x\n",
            "corrections.yaml:3: 'at' should be a day",
        ),
        ("corrections:\n- issue: 2031-01-02/session\n  at: 2031-01-02\n", "needs 'text'"),
        ("corrections:\n- isue: x\n", "Did you mean 'issue'"),
        ("[", "is not valid YAML"),
    ],
)
def test_a_fault_in_the_corrections_stops_the_build_with_its_line(
    build: Build, archive: Path, text: str, told: str
) -> None:
    """And what was published stays."""
    before = tree(build().folder)
    (archive / "corrections.yaml").write_text(text, "utf-8")
    with pytest.raises(ContentError, match=re.escape(told)):
        build()
    assert tree(build_folder(archive)) == before


def build_folder(archive: Path) -> Path:
    return archive.parent / "public"


# --- what may be wrong with the archive ---------------------------------------------------------


def test_what_is_no_issue_is_named_and_passed_over(build: Build, archive: Path) -> None:
    """A folder with another name, one without its data, another's issue: each with its reason; the site is built."""
    days = days_of(archive)
    (archive / "notes").mkdir()
    (archive / "2031-01-01" / "session").mkdir(parents=True)
    shutil.copytree(archive / days[0], archive / "2031-01-02")
    told = "\n".join(build().notices)
    assert "notes: passed over, as its name is no date" in told
    assert "2031-01-01/session: passed over, as it holds no issue.json" in told
    assert f"is the issue {days[0]}/session, which does not belong into this folder" in told
    assert not (build_folder(archive) / "2031-01-02").exists()


@pytest.mark.parametrize("which", [1, -1], ids=["an early one", "the newest"])
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("issue.json", b"{", "invalid JSON"),
        ("issue.json", None, "holds no issue.json"),
        ("edition.json", b"[]", "is not an issue's ledger"),
        ("edition.json", b'{"figures": {}, "base_rates": {}, "files": {}}', "was changed after its ledger was written"),
        ("edition.json", None, "holds no edition.json"),
    ],
)
def test_an_issue_that_breaks_after_it_was_published_keeps_its_page(
    build: Build, archive: Path, name: str, content: bytes | None, told: str, which: int
) -> None:
    """It is named, the page and what leads there stay, and once it is mended all is as before."""
    before = tree(build().folder)
    broken = archive / days_of(archive)[which] / "session" / name
    whole = broken.read_bytes()
    broken.unlink() if content is None else broken.write_bytes(content)
    outcome = build()
    assert told in "\n".join(outcome.notices)
    assert "its page stays as it was published" in "\n".join(outcome.notices)
    assert tree(outcome.folder) == before
    assert tree(build().folder) == before
    broken.write_bytes(whole)
    assert tree(build().folder) == before


def test_an_archive_without_an_issue_is_an_error_that_changes_nothing(
    build: Build, archive: Path, tmp_path: Path
) -> None:
    """A wrong folder takes no site away."""
    before = tree(build().folder)
    (tmp_path / "empty").mkdir()
    for wrong in (tmp_path / "empty", tmp_path / "nowhere"):
        with pytest.raises(OutputError, match="name the archive with --output"):
            build(output=wrong)
    assert tree(tmp_path / "public") == before


def test_a_link_out_of_the_archive_is_not_followed(build: Build, archive: Path, tmp_path: Path) -> None:
    """A card that is a link to somebody's file is no card: the issue is named and passed over."""
    (tmp_path / "secret.png").write_bytes(b"secret")
    card = archive / days_of(archive)[0] / "session" / "card.png"
    card.unlink()
    card.symlink_to(tmp_path / "secret.png")
    outcome = build()
    assert "leads out of the folder" in "\n".join(outcome.notices)
    assert b"secret" not in tree(outcome.folder).values()


def test_a_damaged_index_is_read_anew(build: Build, archive: Path) -> None:
    """What is kept of an earlier run is only ever a shortcut."""
    before = tree(build().folder)
    laid = list((archive / ".published" / "laid").iterdir())
    whole = laid[0].read_bytes()
    for text in (
        b"",
        b"[]",
        b'{"format": 2, "basis": "", "issues": {"x": [1]}}',
        whole[:-1],
        whole.replace(b"]", b"", 1),
    ):
        (archive / ".published" / "index.json").write_bytes(text)
        (archive / ".published" / "front").write_bytes(text)
        for path in laid:
            path.write_bytes(text)
        shutil.rmtree(archive.parent / "public")
        assert tree(build().folder) == before


# --- what may be wrong with the folder, the disk, the moment ------------------------------------


def test_a_file_that_somebody_else_made_is_not_overwritten(build: Build, tmp_path: Path) -> None:
    """It is named, and nothing is written; what stands beside the pages without being in their way is left alone."""
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "CNAME").write_text("kessler.org")
    (tmp_path / "public" / "index.html").write_text("mine")
    with pytest.raises(OutputError, match=r"index\.html: is there already, and was not made by this command"):
        build()
    assert set(tree(tmp_path / "public")) == {"CNAME", "index.html"}
    (tmp_path / "public" / "index.html").unlink()
    build()
    assert (tmp_path / "public" / "CNAME").read_text() == "kessler.org"


@pytest.mark.parametrize("public", ["output", "output/site", "."])
def test_a_site_lies_beside_its_archive(build: Build, archive: Path, public: str) -> None:
    """Not in it and not around it: the next build would take pages for issues."""
    before = tree(archive)
    with pytest.raises(OutputError, match="does not belong into the archive"):
        build(public)
    assert {name for name in tree(archive) if not name.startswith(".published")} == set(before)


def test_a_folder_of_posts_is_no_site(build: Build) -> None:
    """Neither is written over the other."""
    build("folder")
    with pytest.raises(OutputError, match="holds a site, and no folder of posts for hugo"):
        build("folder", "hugo")


def test_a_full_disk_leaves_every_page_whole(build: Build, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Old or new, with one clear error; with room again the next build ends what was begun."""
    before = tree(build().folder)
    reword(archive)
    whole = tree(build("whole").folder)
    real, left = public_module._fill, [4]

    def full(content: bytes, staged: str) -> None:
        left[0] -= 1
        real(content[: len(content) // 2] if left[0] < 0 else content, staged)
        if left[0] < 0:
            raise OSError(28, "No space left on device", staged)

    with monkeypatch.context() as patch:
        patch.setattr(public_module, "_fill", full)
        with pytest.raises(OutputError, match="No space left on device"):
            build()
    stands = {name: text for name, text in tree(build_folder(archive)).items() if name != MANIFEST}
    assert all(text in (before.get(name), whole.get(name)) for name, text in stands.items())
    assert tree(build().folder) == whole


def command(archive: Path, publication: Path) -> list[str]:
    places = ["--output", str(archive), "--public", str(build_folder(archive)), "--project", str(publication)]
    return [sys.executable, "-m", "generator", "site", *places]


def test_a_build_that_is_killed_leaves_every_page_old_or_new(
    build: Build, archive: Path, publication: Path, project_root: Path
) -> None:
    """At a dozen moments: no page is half, and the next build ends what was begun."""
    before = tree(build().folder)
    reword(archive)
    whole = tree(build("whole").folder)
    shutil.copytree(archive, archive.parent / "kept")
    shutil.copytree(build_folder(archive), archive.parent / "old")
    for number in range(12):
        shutil.rmtree(build_folder(archive))
        shutil.copytree(archive.parent / "old", build_folder(archive))
        run = subprocess.Popen(command(archive, publication), cwd=project_root, stderr=subprocess.DEVNULL)
        time.sleep(0.35 + 0.05 * number)
        run.send_signal(signal.SIGKILL)
        run.wait()
        for name, text in tree(build_folder(archive)).items():
            if name != MANIFEST and STAGED not in name:
                assert text in (before.get(name), whole.get(name)), name
        assert tree(build().folder) == whole


def test_two_builds_at_once_take_turns(build: Build, archive: Path, publication: Path, project_root: Path) -> None:
    """Both end well, and the site is the one that a single build makes."""
    runs = [subprocess.Popen(command(archive, publication), cwd=project_root, stderr=subprocess.PIPE) for _ in range(3)]
    assert [run.communicate()[1] and run.returncode for run in runs] == [0, 0, 0]
    assert tree(build_folder(archive)) == tree(build("fresh").folder)


def test_the_chart_of_a_newsletter_is_on_the_site(build: Build, archive: Path, tmp_path: Path) -> None:
    """A mail program fetches it from beside the article, where every chart of the issue is put."""
    day = days_of(archive)[-1]
    (archive / day / "session" / "charts" / "performance.png").write_bytes(b"a picture")
    build()
    charts = {path.suffix: path for path in (tmp_path / "public").rglob("performance.*") if day in str(path)}
    assert charts[".png"].read_bytes() == b"a picture"
    assert charts[".png"].parent == charts[".svg"].parent


# --- what was laid out before ---------------------------------------------------------------------


def test_an_issue_that_write_laid_out_is_not_poured_again(
    build: Build, archive: Path, publication: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build reads neither it nor its ledger, and the site is the one that is poured from them."""
    poured = tree(build("poured").folder)
    shutil.rmtree(archive / ".published")
    for day in days_of(archive):
        lay_out(Settings(project=publication, output=archive), date.fromisoformat(day), "session")

    def unread(*_: object) -> None:
        raise AssertionError("an issue was read")

    with monkeypatch.context() as patch:
        patch.setattr(laying, "read_shelved", unread)
        patch.setattr(laying, "same_as", unread)
        assert tree(build().folder) == poured
    shutil.rmtree(archive.parent / "public")
    (archive / ".published" / "index.json").unlink()
    moved = archive / days_of(archive)[0] / "session" / "edition.json"
    os.utime(moved, (1, 1))  # as in a fresh checkout: the same files, at other times
    with monkeypatch.context() as patch:
        patch.setattr(laying, "read_shelved", unread)
        assert tree(build().folder) == poured


def test_what_was_laid_out_in_other_templates_is_poured_again(
    build: Build, archive: Path, publication: Path, tmp_path: Path
) -> None:
    """And an issue that was written again since, though nobody laid it out."""
    build()
    own = Path(shutil.copytree(publication, tmp_path / "own"))
    (own / "templates").mkdir(exist_ok=True)
    base = (Path(__file__).parents[2] / "templates" / "site-base.html.j2").read_text("utf-8")
    (own / "templates" / "site-base.html.j2").write_text(base.replace("Skip to", "Jump to"), "utf-8")
    reword(archive)
    site = build_site(Settings(project=own, output=archive), tmp_path / "public").folder
    for day in days_of(archive):
        assert "Jump to the text" in (site / day / "session" / "index.html").read_text("utf-8")
    assert MENDED[1] in "".join((site / day / "session" / "index.html").read_text("utf-8") for day in days_of(archive))


def test_a_picture_stands_in_the_site_under_a_second_name(
    build: Build, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the same file, which an issue that is written again does not change; where there are no links, as a copy."""
    day = days_of(archive)[0]
    card = archive / day / "session" / "card.png"
    build()
    assert (archive.parent / "public" / day / "session" / "card.png").samefile(card)

    def refused(*_: object, **__: object) -> None:
        raise OSError(1, "Operation not permitted")

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", refused)
        copied = build("copied").folder
    assert not (copied / day / "session" / "card.png").samefile(card)
    assert tree(copied) == tree(archive.parent / "public")
