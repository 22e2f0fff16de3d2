"""What is kept from run to run: it is found again, and nothing but time depends on it."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest

from generator import caching
from generator.assembly import Desk
from generator.caching import cache_folder, digest, kept, kept_each, kept_later, release
from generator.editorial.kept import content_files, kept_publication
from generator.editorial.universe import read_universe
from generator.errors import CommentaryError, ContentError
from generator.market import panel, sessions
from generator.market.files.source import CsvSource
from generator.market.panel import load_market
from generator.market.simulated.source import SampleSource
from generator.market.source import PriceSource, SourceReply
from generator.model import Figures, Flags, Kind, Market, Universe
from generator.narrative.situations.rules import Rule
from generator.project import copy_bundled
from generator.rendering.environment import environment, pour

from .small_publication import SESSION, write_small

LAST = date(2024, 7, 12)


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty cache of the test's own; its folder of entries."""
    monkeypatch.setenv("COMMENTARY_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "kept"


def never() -> str:
    raise AssertionError("it is there already")


# --- where, and for how long --------------------------------------------------------------------


def test_a_named_folder_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """COMMENTARY_CACHE moves it."""
    monkeypatch.setenv("COMMENTARY_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path


def test_without_a_name_it_is_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The platform says where a user's caches are."""
    monkeypatch.delenv("COMMENTARY_CACHE", raising=False)
    assert cache_folder().name == "market-commentary"


def test_what_was_made_once_is_found_again() -> None:
    """Nothing is made a second time of the same."""
    assert kept("kind", "here", [b"1"], lambda: "made") == "made"
    assert kept("kind", "here", [b"1"], never) == "made"


@pytest.mark.parametrize("of", [[b"2"], [b"1", b""], [b"", b"1"], []], ids=["other", "more", "before", "nothing"])
def test_what_was_made_of_anything_else_is_not(of: list[bytes]) -> None:
    """Each part counts, and where it ends."""
    kept("kind", "here", [b"1"], lambda: "old")
    assert kept("kind", "here", of, lambda: "new") == "new"


def test_another_place_and_another_kind_have_entries_of_their_own() -> None:
    """None of them takes the other's place."""
    for kind, place in (("a", "here"), ("a", "there"), ("b", "here")):
        kept(kind, place, [], lambda kind=kind, place=place: f"{kind} {place}")  # type: ignore[misc]
    assert [kept(*one, [], never) for one in (("a", "here"), ("a", "there"), ("b", "here"))] == [
        "a here", "a there", "b here",
    ]  # fmt: skip


def test_a_change_of_the_program_makes_all_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version worked out is worked out again."""
    kept("kind", "here", [], lambda: "old")
    monkeypatch.setattr(caching, "_program", lambda: b"another")
    assert kept("kind", "here", [], lambda: "new") == "new"


def test_of_several_only_what_is_missing_is_made() -> None:
    """An entry of many grows by what is asked for."""
    made: list[str] = []

    def make(keys: list[str]) -> dict[str, str]:
        made.extend(keys)
        return {key: key.upper() for key in keys}

    assert kept_each("kind", "here", [], ["a", "b"], make) == {"a": "A", "b": "B"}
    assert kept_each("kind", "here", [], ["b", "c"], make) == {"b": "B", "c": "C"}
    assert made == ["a", "b", "c"]


def test_what_was_not_used_for_longest_goes_first(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    """The folder does not grow for ever."""
    monkeypatch.setattr(caching.entries, "MOST_ENTRIES", 2)
    for number, place in enumerate("abc"):
        kept("kind", place, [], lambda place=place: place)  # type: ignore[misc]
        for path in cache.iterdir():
            if path.stat().st_mtime > 1000:
                os.utime(path, (number, number))
    assert len(list(cache.iterdir())) == 2
    assert kept("kind", "b", [], never) == "b"
    assert kept("kind", "a", [], lambda: "again") == "again"


# --- what is damaged, or somebody else's --------------------------------------------------------


def flipped(place: int) -> Callable[[bytes], bytes]:
    return lambda content: content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "cut short": lambda content: content[:-1],
    "stamp alone": lambda content: content[:32],
    "longer": lambda content: content + b"\0",
    "another stamp": flipped(3),
    "another digest": flipped(40),
    "another value": flipped(-3),
    "text": lambda content: b"prices\n" * 40,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_entry_is_made_anew(cache: Path, damage: Callable[[bytes], bytes]) -> None:
    """Whatever has become of a file, the answer is the right one, and the file is whole again."""
    kept("kind", "here", [b"1"], lambda: "right")
    (entry,) = cache.iterdir()
    whole = entry.read_bytes()
    entry.write_bytes(damage(whole))
    assert kept("kind", "here", [b"1"], lambda: "right") == "right"
    assert entry.read_bytes() == whole


def test_an_entry_of_another_place_is_none_of_this_one(cache: Path) -> None:
    """A file that was moved in the folder is not taken for the one whose place it has."""
    kept("kind", "there", [], lambda: "theirs")
    (theirs,) = cache.iterdir()
    kept("kind", "here", [], lambda: "ours")
    (ours,) = (path for path in cache.iterdir() if path != theirs)
    shutil.copy(theirs, ours)
    assert kept("kind", "here", [], lambda: "ours") == "ours"


class Harmful:
    """What somebody else may put there: to read it back would make a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.folder),)


def test_no_entry_runs_anything(cache: Path, tmp_path: Path) -> None:
    """Even an entry with the right marks builds nothing but values."""
    kept("kind", "here", [], lambda: "right")
    (entry,) = cache.iterdir()
    stamp, body = entry.read_bytes()[:32], pickle.dumps(Harmful(tmp_path / "harm"))
    entry.write_bytes(stamp + sha256(stamp + sha256(body).digest()).digest() + body)
    assert kept("kind", "here", [], lambda: "right") == "right"
    assert not (tmp_path / "harm").exists()


def test_a_folder_in_which_others_may_write_is_left_alone(cache: Path) -> None:
    """Nothing is read there, and nothing kept."""
    kept("kind", "here", [], lambda: "theirs")
    cache.chmod(0o777)
    assert kept("kind", "here", [], lambda: "ours") == "ours"


def test_where_nothing_can_be_kept_all_is_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file in the folder's place costs time and nothing else."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COMMENTARY_CACHE", str(tmp_path / "file"))
    assert [kept("kind", "here", [], lambda: "made") for _ in range(2)] == ["made", "made"]


def test_two_runs_at_once_agree(cache: Path) -> None:
    """Whoever is first, each has its own answer whole, and no half file is left."""
    values = {str(number): "x" * 200_000 + str(number) for number in range(4)}

    def ask(number: int) -> bool:
        of = str(number % 4)
        return kept("kind", "here", [of.encode()], lambda: values[of]) == values[of]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(64)))
    assert len(list(cache.iterdir())) == 1


def test_a_digest_tells_where_parts_end() -> None:
    """The same bytes in other parts are another thing."""
    assert digest([b"ab", b"c"]) != digest([b"a", b"bc"])


# --- what is kept -------------------------------------------------------------------------------


def test_the_calendar_is_the_same_made_or_found(cache: Path) -> None:
    """Sessions, hours, half days and closures come back as the exchange's calendar gives them."""
    sessions._calendar.cache_clear()
    made = sessions._calendar()
    sessions._calendar.cache_clear()
    found = sessions._calendar()
    sessions._calendar.cache_clear()
    assert found is not made
    for name in ("days", "closes", "half_days", "closures"):
        one, other = getattr(made, name), getattr(found, name)
        assert one.dtype == other.dtype
        assert np.array_equal(one, other)


def test_a_price_that_changed_is_read_though_size_and_time_did_not(tmp_path: Path) -> None:
    """What a file holds decides, and not what the system says of it."""
    path = tmp_path / "prices" / "IWM.csv"
    path.parent.mkdir()
    source = CsvSource(tmp_path, kinds={"IWM": Kind.FUND})
    closes = []
    for close in ("201.75", "201.75", "199.25"):
        path.write_text(f"date,close\n2024-07-11,200\n2024-07-12,{close}\n")
        os.utime(path, (1, 1))
        bars = source.history(["IWM"], LAST).bars["IWM"]
        assert bars.close is not None
        closes.append(bars.close.tolist())
    assert closes == [[200.0, 201.75], [200.0, 201.75], [200.0, 199.25]]


def test_a_fault_in_a_file_is_told_every_time(tmp_path: Path) -> None:
    """A file that was refused once is refused again in the same words, and read when it is mended."""
    path = tmp_path / "prices" / "IWM.csv"
    path.parent.mkdir()
    source = CsvSource(tmp_path, kinds={"IWM": Kind.FUND})
    path.write_text("date,close\n2024-07-11,two hundred\n")
    told = [source.history(["IWM", "SPY"], LAST).findings for _ in range(2)]
    assert told[0] == told[1]
    assert "prices/IWM.csv:2" in told[0]["IWM"].reason
    assert "there is no file" in told[0]["SPY"].reason
    path.write_text("date,close\n2024-07-11,200\n")
    assert "IWM" in source.history(["IWM", "SPY"], LAST).bars


def test_a_market_is_laid_out_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """From the same files it is found as it was; one price more, another session or another universe is laid out."""
    day = date(2003, 7, 11)
    universe = read_universe(write_small(tmp_path / "small") / "content")
    whole = SampleSource(universe).history(universe.symbols(), day)
    (tmp_path / "prices").mkdir()
    for symbol, bars in whole.bars.items():
        closes = bars.close if bars.close is not None else bars.adj_close
        assert closes is not None
        rows = zip(bars.days[-300:], closes[-300:], strict=True)
        text = "\n".join(f"{day},{close:.2f},{close:.2f}" for day, close in rows)
        (tmp_path / "prices" / f"{symbol}.csv").write_text(f"date,close,adj_close\n{text}\n")
    laid: list[date] = []
    plain = panel.lay_out

    def told(reply: SourceReply, of: Universe, session: date, source: PriceSource) -> Market:
        laid.append(session)
        return plain(reply, of, session, source)

    monkeypatch.setattr(panel, "lay_out", told)
    source = CsvSource(tmp_path, kinds=universe.kinds())
    made, found = (load_market(source, universe, day) for _ in range(2))
    assert laid == [day]
    assert found is not made
    assert digest(caching._parts(found)) == digest(caching._parts(made))
    earlier = made.sessions[-2].astype(object)
    assert load_market(source, universe, earlier).sessions[-1] == made.sessions[-2]
    load_market(source, replace(universe, decisions=universe.decisions[1:]), day)
    other = replace(source, accepted=frozenset({("^RUT", day)}))
    load_market(other, universe, day)
    path = tmp_path / "prices" / f"{universe.symbols()[0]}.csv"
    path.write_text(path.read_text()[:-3] + "9\n")
    changed = load_market(source, universe, day)
    assert len(laid) == 5
    assert digest(caching._parts(changed)) != digest(caching._parts(made))
    path.unlink()
    for _ in range(2):
        with pytest.raises(CommentaryError):
            load_market(source, universe, day)


def test_arrays_come_back_as_they_were() -> None:
    """Of every kind and order, empty ones too; none can be changed for the next who asks."""
    values = [np.arange(12.0).reshape(3, 4).T, np.array([], dtype="datetime64[D]"), np.array([True, False]), 3]
    for _ in range(2):
        found = kept("kind", "here", [], lambda: values)
        for one, other in zip(values[:3], found[:3], strict=True):
            assert one.dtype == other.dtype  # type: ignore[union-attr]
            assert np.array_equal(one, other)
    with pytest.raises(ValueError, match="read-only"):
        found[2][0] = False  # type: ignore[index]


def test_what_is_kept_later_is_kept_at_the_end_of_a_run_that_fails_too(cache: Path) -> None:
    """Nothing is written meanwhile; what was worked out before an error need not be worked out again."""

    def fail() -> None:
        with kept_later() as write:
            kept("kind", "a", [], lambda: "first")
            assert not list(cache.iterdir())
            write()
            assert kept("kind", "a", [], never) == "first"
            kept("kind", "b", [], lambda: "second")
            raise CommentaryError("later")

    with pytest.raises(CommentaryError, match="later"):
        fail()
    assert kept("kind", "b", [], never) == "second"


def test_a_fingerprint_is_the_same_in_every_run() -> None:
    """Sets come in another order in each process."""
    code = "from generator.caching import fingerprint; print(fingerprint(({'a', 'b', 'c', 'd'}, 1)).hex())"
    told = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in "123"
    }
    assert len(told) == 1


def test_a_publication_is_the_same_read_or_found(tmp_path: Path) -> None:
    """Every word of it comes back; a changed line is read, and a link is followed each time and never kept."""
    root = copy_bundled(tmp_path / "mine")
    made, found = (kept_publication(root, (), content_files(root)) for _ in range(2))
    assert found is not made
    assert found == made
    masthead = root / "content" / "publication.yaml"
    masthead.write_text(masthead.read_text().replace("Small Cap Ledger", "Small Cap Herald"))
    assert kept_publication(root, (), content_files(root)).imprint.title == "Small Cap Herald"
    outside = tmp_path / "outside.yaml"
    shutil.move(masthead, outside)
    masthead.symlink_to(outside)
    with pytest.raises(Exception, match="leads out of the folder"):
        kept_publication(root, (), content_files(root))


def test_the_pasts_of_rules_are_the_same_worked_out_or_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No rule is held against the same prices again; against others it is, and against the same under other content."""
    root = write_small(tmp_path / "small")
    publication = kept_publication(root, (), content_files(root))
    market = load_market(SampleSource(publication.universe), publication.universe, SESSION)
    plain = Desk.over(publication, "session", market).newsroom.pasts
    of = content_files(root)
    assert of is not None
    Desk.over(publication, "session", market, of)
    evaluated: list[str] = []
    whole = Rule.evaluated

    def told(rule: Rule, figures: Figures) -> tuple[Flags, Flags]:
        evaluated.append(rule.text)
        return whole(rule, figures)

    monkeypatch.setattr(Rule, "evaluated", told)
    found = Desk.over(publication, "session", market, of).newsroom.pasts
    assert not evaluated
    assert list(found) == list(plain)
    for key, past in plain.items():
        assert np.array_equal(past.held, found[key].held)
        assert past.first_row == found[key].first_row
    Desk.over(publication, "session", replace(market, gaps={("^RUT", "close"): market.sessions[5:6]}), of)
    once = len(evaluated)
    assert once == len(plain)
    Desk.over(publication, "session", market, [*of, b"one file more"])
    assert len(evaluated) == 2 * once


# --- templates ----------------------------------------------------------------------------------


def poured(root: Path, monkeypatch: pytest.MonkeyPatch, *, compiled: list[str]) -> str:
    """A small template poured by an environment of its own; what had to be compiled is added to `compiled`."""
    env = environment([root])
    real = env.compile

    def told(source: str, name: str, filename: str) -> object:
        compiled.append(name)
        return real(source, name, filename)

    monkeypatch.setattr(env, "compile", told)
    return pour(env, "list.html.j2", words=["a<b", "c"])


def test_a_template_is_compiled_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, cache: Path) -> None:
    """Poured from the code that was kept it is the same; a changed letter, here or in what it includes, is compiled."""
    (tmp_path / "list.html.j2").write_text("{% for one in words %}{% include 'one.html.j2' %}{% endfor %}")
    (tmp_path / "one.html.j2").write_text("<b>{{ one }}</b>")
    compiled: list[str] = []
    first = poured(tmp_path, monkeypatch, compiled=compiled)
    assert compiled == ["list.html.j2", "one.html.j2"]
    assert poured(tmp_path, monkeypatch, compiled=compiled) == first == "<b>a&lt;b</b><b>c</b>"
    assert compiled == ["list.html.j2", "one.html.j2"]
    (tmp_path / "one.html.j2").write_text("<i>{{ one }}</i>")
    assert poured(tmp_path, monkeypatch, compiled=compiled) == "<i>a&lt;b</i><i>c</i>"
    assert compiled[2:] == ["one.html.j2"]
    for entry in cache.iterdir():
        entry.write_bytes(entry.read_bytes()[:-1])
    assert poured(tmp_path, monkeypatch, compiled=compiled) == "<i>a&lt;b</i><i>c</i>"
    assert compiled[3:] == ["list.html.j2", "one.html.j2"]


def test_a_kept_template_names_the_line_of_a_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A fault in code that was kept is told with its template and line, as in code that was compiled."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "list.html.j2").write_text("{# a remark #}\n\n{{ words.nothing.at_all }}")
    told = []
    for _ in range(2):
        with pytest.raises(ContentError) as error:
            poured(folder, monkeypatch, compiled=[])
        told.append(str(error.value))
    assert told[0] == told[1]
    assert told[0].startswith("templates/list.html.j2:3: ")


def test_the_release_of_a_package_is_that_of_its_metadata() -> None:
    """By the name of its folder alone; a package that is not there has none."""
    for package in ("numpy", "exchange_calendars", "Jinja2", "market-commentary-generator"):
        assert release(package) == version(package)
    assert release("no-such-package") == ""
