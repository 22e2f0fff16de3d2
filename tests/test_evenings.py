"""Evening after evening through the command line: a supplier that restates, splits and pays dividends, and one store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.cli.types import Moment
from generator.loading import load_fresh, load_past, load_prices, open_publication
from generator.market.economy.fred import Reply
from generator.market.economy.observations import observations
from generator.market.simulated.source import SampleSource
from generator.market.source import Action, Finding, SourceReply, Status
from generator.market.store.file import PriceStore
from generator.market.store.series import Plan
from generator.market.store.snapshot import KnownSymbol, Snapshot
from generator.market.store.vintages import ARCHIVE, named
from generator.model import Bars, Settings
from generator.verbs.fetch import fetch
from tests.market.store.invented import Supplier, between
from tests.small_publication import write_small

FIRST = date(2019, 1, 2)
DAYS = [date(2024, 7, 9), date(2024, 7, 10), date(2024, 7, 11), date(2024, 7, 12)]
TEXTS = [part for name in ("markdown", "html", "x", "linkedin", "facebook") for part in ("--format", name)]


@dataclass
class Publisher:
    """The operator's machine: a supplier to ask, a clock that the test sets, a store and a folder of editions."""

    supplier: Supplier
    place: Path
    clock: datetime = datetime(2024, 7, 9, 21, 0, tzinfo=UTC)
    fred: dict[str, Reply] = field(default_factory=dict)
    asked_series: list[list[str]] = field(default_factory=list)

    def series(self, names: Sequence[str], since: Mapping[str, date], **_: object) -> dict[str, Reply]:
        """What FRED would say of the series asked for."""
        self.asked_series.append(list(names))
        return {name: self.fred.get(name, (None, Finding(name, Status.MISSING, "unknown"))) for name in names}

    def archive(
        self,
        names: Sequence[str],
        answered: Callable[[Snapshot], frozenset[str]],
        advance: Callable[[Finding], None] | None,
    ) -> Plan:
        """The archive has nothing of any of them."""

        def plan(known: KnownSymbol | None) -> Callable[[], SourceReply]:
            fresh = answered(known.of(ARCHIVE)) if known else frozenset()
            findings = {
                name: Finding(name, Status.MISSING, "unknown") for name in map(named, names) if name not in fresh
            }

            def ask() -> SourceReply:
                for finding in findings.values():
                    if advance:
                        advance(finding)
                return SourceReply({}, findings)

            return ask

        return plan

    def evening(self, day: date, minute: int = 0) -> None:
        """Five o'clock in New York, and some minutes."""
        self.clock = datetime(day.year, day.month, day.day, 21, minute, tzinfo=UTC)

    def now(self) -> datetime:
        """Each look at the clock is a moment after the one before."""
        self.clock += timedelta(milliseconds=1)
        return self.clock

    def __call__(self, *arguments: str) -> Result:
        return CliRunner().invoke(main, [*arguments, "--store", str(self.place / "prices.sqlite3")])

    def write(self, *arguments: str, output: str = "output") -> Path:
        """An edition's folder."""
        run = self("write", "--source", "yahoo", *TEXTS, "--output", str(self.place / output), *arguments)
        assert run.exit_code == 0, run.output
        return Path(run.stdout.strip())


MORE = """  communication: {kind: fund, total: XLC, names: [communication services]}
  biotech: {kind: fund, total: XBI, names: [biotech]}
  regional_banks: {kind: fund, total: KRE, names: [regional banks]}
  nvidia: {<<: *stock, total: NVDA, names: [Nvidia]}
"""
RATE = """  funds: {series: DFF, every: day, unit: percent rate, lag: 1, lasts: 8, short: rate, source: "The Reserve", url: "https://reserve.gov/rate"}
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small publication, with what a supplier has trouble with on these evenings."""
    root = write_small(tmp_path_factory.mktemp("small"))
    universe = root / "content" / "universe.yaml"
    text = universe.read_text("utf-8").replace("groups:\n", f"{MORE}groups:\n", 1)
    universe.write_text(text.replace("releases:\n", f"releases:\n{RATE}", 1), "utf-8")
    return root


@pytest.fixture(scope="module")
def bars(small: Path) -> dict[str, Bars]:
    universe = open_publication(Settings(project=small)).universe
    held = SampleSource(universe).history(universe.symbols(), DAYS[-1]).bars
    return {symbol: between(whole, FIRST, DAYS[-1]) for symbol, whole in held.items()}


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: Path, bars: dict[str, Bars]) -> Publisher:
    """Nothing fetched yet, on the evening of the first day."""
    monkeypatch.setenv("COMMENTARY_PROJECT", str(small))
    publisher = Publisher(Supplier(dict(bars)), tmp_path)
    for reader in ("sessions", "supply", "store.recording"):
        monkeypatch.setattr(f"generator.market.{reader}.present", publisher.now)
    monkeypatch.setattr("generator.market.store.series.fetch_series", publisher.series)
    monkeypatch.setattr("generator.market.store.vintages.archive_due", publisher.archive)
    monkeypatch.setattr("generator.market.supply.make_source", lambda *_, **__: publisher.supplier)
    return publisher


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def ledger(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = orjson.loads((folder / "edition.json").read_bytes())
    return read


def test_a_restated_close_is_told_with_the_editions_that_quoted_it(publisher: Publisher) -> None:
    """And an edition made of the old close, its omissions told, can be printed again to the byte, and still verifies."""
    publisher.supplier.troubles["XLC"] = Finding("XLC", Status.SUSPECT, "a move that nothing explains (-49.8%)")
    first = publisher.write()
    published = content(first)
    moment = ledger(first)["market"]["fetched_at"]

    publisher.evening(DAYS[0], 30)
    publisher.supplier.changed("^RUT", close=(DAYS[0], DAYS[0], 1.002))
    assert publisher("fetch").exit_code == 0

    damaged = publisher.place / "output" / "2024-07-08" / "session" / "edition.json"
    damaged.parent.mkdir(parents=True)
    damaged.write_text("{}")
    told = publisher("revisions", "--output", str(publisher.place / "output")).output.splitlines()
    assert told[0].startswith(f"passed over: {damaged}: is not a ledger")
    assert told[1].startswith("2024-07-09 21:30 UTC  ^RUT close of 2024-07-09: ")
    assert told[2:] == ["    quoted by 2024-07-09/session"]

    again = publisher.write("--as-known", moment, output="again")
    assert content(again) == published
    minute = publisher.write("--as-known", "2024-07-09T21:00", output="minute")
    assert content(minute) == published
    now = publisher.write("--offline", output="now")
    assert content(now)["edition.json"] != published["edition.json"]

    verified = publisher("verify", str(first))
    assert verified.exit_code == 0, verified.output
    assert " 0 do not hold, 0 are not covered" in verified.output


def test_a_close_restated_before_an_edition_is_no_matter_of_its(publisher: Publisher) -> None:
    """Only editions made of the old value are named, whichever session they are about."""
    publisher("fetch")
    publisher.supplier.changed("^GSPC", close=(DAYS[0], DAYS[0], 1.001))
    publisher.write()
    publisher.evening(DAYS[1])
    publisher.write()
    told = publisher("revisions", "--output", str(publisher.place / "output")).output
    assert "^GSPC close of 2024-07-09" in told
    assert "quoted by no edition" in told
    publisher.supplier.changed("^GSPC", close=(DAYS[0], DAYS[0], 1.001))
    publisher.evening(DAYS[2])
    publisher("fetch")
    told = publisher("revisions", "--since", "2024-07-11", "--output", str(publisher.place / "output")).output
    assert "quoted by 2024-07-09/session, 2024-07-10/session\n" in told
    assert told.count("quoted by") == 1


def test_a_dividend_and_a_split_name_no_edition(publisher: Publisher) -> None:
    """They bring history to a new scale; nothing that was said becomes wrong."""
    first = publisher.write()
    published = content(first)
    publisher.evening(DAYS[1])
    start = publisher.supplier.bars["IWM"].days[0].astype(object)
    publisher.supplier.changed("IWM", adj_close=(start, DAYS[0], 0.9968))
    publisher.supplier.actions["IWM"] = (Action(DAYS[1], "dividend", 0.61),)
    publisher.supplier.changed("NVDA", **{
        name: (date(1990, 1, 1), DAYS[0], 0.5) for name in ("open", "high", "low", "close", "adj_close")
    })  # fmt: skip
    publisher.supplier.actions["NVDA"] = (Action(DAYS[1], "split", 2.0),)
    table = publisher("fetch").output
    assert "rescaled (dividend)" in table
    assert "rescaled (split)" in table
    told = publisher("revisions", "--output", str(publisher.place / "output")).output
    assert told == "nothing was restated\n"
    assert content(publisher.write("--as-known", "2024-07-09T21:00", output="again")) == published


def test_a_series_is_stored_with_the_day_it_was_first_seen(publisher: Publisher) -> None:
    """It is asked for once an evening; a value that is restated is a revision, and what was known before stays known."""
    rows = [(date(2024, 7, 3), 5.33, None), (date(2024, 7, 5), 5.33, None)]
    publisher.fred["DFF"] = (observations("DFF", rows, "FRED"), Finding("DFF"))
    publisher("fetch")
    publisher("fetch")
    assert "DFF" in publisher.asked_series[0]
    assert "DFF" not in publisher.asked_series[1]
    first = publisher.clock
    publisher.evening(DAYS[1])
    more = [rows[0], (date(2024, 7, 5), 5.34, None), (date(2024, 7, 8), 5.33, None)]
    publisher.fred["DFF"] = (observations("DFF", more, "FRED"), Finding("DFF"))
    publisher("fetch")
    settings = Settings(source="yahoo", store=publisher.place / "prices.sqlite3")
    publication = open_publication(settings)
    now = load_prices(settings, publication).observations["DFF"]
    assert now.values.tolist() == [5.33, 5.34, 5.33]
    assert now.seen is not None
    assert now.seen.astype(str).tolist() == ["2024-07-09", "2024-07-09", "2024-07-10"]
    assert now.origin == "FRED"
    then = load_prices(replace(settings, as_known=first), publication).observations["DFF"]
    assert then.values.tolist() == [5.33, 5.33]
    told = publisher("revisions").output
    assert "DFF value of 2024-07-05: 5.3300 is now 5.3400" in told


def test_a_series_that_cannot_be_had_is_told_and_stops_nothing(publisher: Publisher) -> None:
    """FRED out of reach costs the edition its backdrop, and standard error says so."""
    run = publisher("write", "--source", "yahoo", *TEXTS, "--output", str(publisher.place / "output"))
    assert run.exit_code == 0
    assert "DFF" in run.stderr.partition("not fetched: ")[2].partition(" (unknown)")[0]


def test_a_fetch_counts_each_symbol_once(publisher: Publisher) -> None:
    """Though a symbol that was split is asked for twice, the bar ends where the symbols and series do."""
    steps: list[tuple[int, int]] = []
    settings = Settings(source="yahoo", store=publisher.place / "prices.sqlite3")
    fetch(settings)
    start = publisher.supplier.bars["IWM"].days[0].astype(object)
    publisher.supplier.changed("IWM", adj_close=(start, DAYS[0], 0.99))
    fetch(settings, lambda done, of: steps.append((done, of)))
    universe = open_publication(settings).universe
    of = len(universe.symbols()) + len(universe.series()) + len(universe.released())
    assert steps[-1] == (len(universe.symbols()), of)
    assert len(steps) == len(universe.symbols()) + 1


def test_what_is_not_ok_is_left_out_and_said_three_times(publisher: Publisher) -> None:
    """On standard error, in the ledger, and in a note of the article."""
    publisher.supplier.troubles = {
        "XLC": Finding("XLC", Status.SUSPECT, "a move that nothing explains (-49.8% on 2024-07-09)"),
        "KRE": Finding("KRE", Status.RATE_LIMITED, "a pause is asked for: 900 seconds"),
        "XBI": Finding("XBI", Status.RATE_LIMITED, "a pause is asked for: 900 seconds"),
    }
    run = publisher("write", "--source", "yahoo", *TEXTS, "--output", str(publisher.place / "output"))
    assert run.exit_code == 0
    assert "left out: XLC (a move that nothing explains (-49.8% on 2024-07-09))" in run.stderr
    folder = Path(run.stdout.strip())
    omitted = ledger(folder)["market"]["omitted"]
    assert {symbol: omitted[symbol] for symbol in publisher.supplier.troubles} == {
        symbol: finding.reason for symbol, finding in publisher.supplier.troubles.items()
    }
    article = (folder / "article.md").read_text(encoding="utf-8")
    assert "XLC" not in article  # readers are told names
    (note,) = [line for line in article.splitlines() if "Left out for want of data" in line]
    assert "communication services" in note
    assert "biotech" in note


@pytest.mark.parametrize(("status", "code"), [(Status.STALE, 3), (Status.NETWORK, 3), (Status.SUSPECT, 1)])
@pytest.mark.parametrize("symbol", ["^RUT", "SPY"])
def test_a_core_symbol_that_is_not_ok_means_no_edition(
    publisher: Publisher, symbol: str, status: Status, code: int
) -> None:
    """Write and fetch end with the same exit code, which says whether waiting helps."""
    publisher("fetch")
    publisher.evening(DAYS[1])
    publisher.supplier.troubles[symbol] = Finding(symbol, status, "because")
    publisher.supplier.bars[symbol] = between(publisher.supplier.bars[symbol], date(1990, 1, 1), DAYS[0])
    run = publisher("write", "--source", "yahoo", "--output", str(publisher.place / "output"))
    assert run.exit_code == code
    assert "(because)" in run.stderr
    assert not (publisher.place / "output").exists()
    assert publisher("fetch").exit_code == code


def test_offline_asks_nobody_and_says_how_old_it_is(publisher: Publisher) -> None:
    """The store alone is read; its age is told, and a session that was never fetched is one clear error."""
    publisher("fetch")
    asked = len(publisher.supplier.asked)
    publisher.clock += timedelta(hours=10)
    run = publisher("write", "--source", "yahoo", "--offline", *TEXTS, "--output", str(publisher.place / "output"))
    assert run.exit_code == 0, run.output
    assert "fetched 2024-07-09 21:00 UTC, 10 hours ago" in run.stderr
    publisher.evening(DAYS[1])
    run = publisher("write", "--source", "yahoo", "--offline", "--output", str(publisher.place / "output"))
    assert run.exit_code == 1
    assert "not fetched yet: run 'commentary fetch'" in run.stderr
    assert "ask for 2024-07-09, the last session held" in run.stderr
    assert len(publisher.supplier.asked) == asked


def test_a_session_that_becomes_complete_during_the_run_is_the_next_runs(publisher: Publisher) -> None:
    """What was asked for as of Monday is written as of Monday, though Tuesday is complete by the time it is stored."""
    publisher.clock = datetime(2024, 7, 9, 20, 29, 59, 998_000, tzinfo=UTC)
    assert publisher.write().parts[-2:] == ("2024-07-08", "session")


@pytest.mark.parametrize("latest", [False, True])
def test_a_run_opens_the_store_once(publisher: Publisher, monkeypatch: pytest.MonkeyPatch, latest: bool) -> None:
    """It is proved row by row when it is opened: what a fetch has proved is read as it stands."""
    opened: list[Path] = []
    first = PriceStore.open

    def count(path: Path, *, create: bool = False) -> PriceStore:
        opened.append(path)
        return first(path, create=create)

    monkeypatch.setattr(PriceStore, "open", count)
    settings = Settings(source="yahoo", store=publisher.place / "prices.sqlite3", latest=latest)
    market, _ = load_fresh(settings, open_publication(settings))
    assert market.session == DAYS[0]
    assert opened == [settings.store]


@pytest.mark.parametrize("option", [["--offline"], ["--as-known", "2024-07-09T21:00"]])
def test_only_stored_prices_can_be_read_as_they_were(option: list[str]) -> None:
    """A simulated market or a folder of files has no past states: that is wrong usage, and said."""
    run = CliRunner().invoke(main, ["write", "--source", "sample", *option])
    assert run.exit_code == 2
    assert "stored prices" in run.stderr


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-07-09T21:00", datetime(2024, 7, 9, 21, 0, 59, 999_999, tzinfo=UTC)),
        ("2024-07-09T21:00:05", datetime(2024, 7, 9, 21, 0, 5, tzinfo=UTC)),
        ("2024-07-09T17:00-04:00", datetime(2024, 7, 9, 21, 0, 59, 999_999, tzinfo=UTC)),
        ("2024-07-09T21:00Z", datetime(2024, 7, 9, 21, 0, 59, 999_999, tzinfo=UTC)),
        ("2024-07-09T21:00:05.000123+00:00", datetime(2024, 7, 9, 21, 0, 5, 123, tzinfo=UTC)),
    ],
)
def test_a_moment_is_the_whole_minute_unless_it_has_seconds(text: str, moment: datetime) -> None:
    """As a ledger writes it, or as a person does: in UTC unless it says otherwise."""
    assert Moment().convert(text, None, None) == moment


@pytest.mark.parametrize("command", [["figures", "small_return_1d"], ["explain", "angle"]])
def test_other_commands_read_the_store(publisher: Publisher, command: list[str]) -> None:
    """Only fetch and write speak to a network; without a store, the others say what makes one."""
    without = publisher(*command, "--source", "yahoo")
    assert without.exit_code == 1
    assert "'commentary fetch' makes one" in without.stderr
    publisher("fetch")
    asked = len(publisher.supplier.asked)
    assert publisher(*command, "--source", "yahoo").exit_code == 0
    assert len(publisher.supplier.asked) == asked


def test_content_is_tried_on_what_the_store_holds(publisher: Publisher) -> None:
    """History ends where the store does, or where it did at the moment asked for."""
    publisher("fetch")
    first = publisher.clock
    publisher.evening(DAYS[1])
    publisher("fetch")
    publisher.evening(DAYS[2])
    settings = Settings(source="yahoo", store=publisher.place / "prices.sqlite3")
    publication = open_publication(settings)
    assert load_past(settings, publication).session == DAYS[1]
    assert load_past(replace(settings, as_known=first), publication).session == DAYS[0]
