"""An evening's run: it waits for the session, writes it once, and says when there is nothing new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.errors import NotCompleteError, NothingNewError, OutputError
from generator.market import sessions
from generator.market.sessions import NEW_YORK
from generator.model import Settings
from generator.verbs import waiting
from generator.verbs.write import write_edition
from generator.verbs.writing import _require_new
from tests.small_publication import write_small


@dataclass
class Clock:
    """A clock that goes on only while the program sleeps."""

    now: datetime
    told: list[str] = field(default_factory=list)

    def present(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], Clock]:
    def at(moment: datetime) -> Clock:
        made = Clock(moment.replace(tzinfo=NEW_YORK).astimezone(UTC))
        monkeypatch.setattr(sessions, "present", made.present)
        monkeypatch.setattr(waiting, "present", made.present)
        monkeypatch.setattr(waiting, "sleep", made.sleep)
        return made

    return at


@pytest.fixture
def asked(tmp_path: Path) -> Settings:
    """A simulated market, told in a publication that is read in no time."""
    return Settings(project=write_small(tmp_path / "small"), output=tmp_path / "output", formats=["markdown"])


def test_it_waits_until_the_session_is_complete(clock: Callable[[datetime], Clock], asked: Settings) -> None:
    """Begun before the close, it writes today's session half an hour after it, and tells each try with its time in UTC."""
    evening = clock(datetime(2024, 7, 11, 15, 50))
    written = waiting.write_waiting(asked, time(18, 0), evening.told.append)
    assert written.session == date(2024, 7, 11)
    assert evening.now.astimezone(NEW_YORK).time() == time(16, 30)
    assert len(evening.told) == 8
    assert evening.told[0].startswith("2024-07-11T19:50:00Z The session of 2024-07-11 is not complete until 16:30")


def test_it_gives_up_when_its_hour_is_over(clock: Callable[[datetime], Clock], asked: Settings) -> None:
    """With what the last try met, whose exit code is 3."""
    evening = clock(datetime(2024, 7, 11, 16, 0))
    with pytest.raises(NotCompleteError):
        waiting.write_waiting(asked, time(16, 20), evening.told.append)
    assert evening.now.astimezone(NEW_YORK).time() <= time(16, 20)


def test_a_holiday_brings_nothing_new(clock: Callable[[datetime], Clock], asked: Settings) -> None:
    """The session before it was written on its own evening; it is not written once more."""
    evening = clock(datetime(2024, 7, 3, 20, 0))
    only_new = Settings(project=asked.project, output=asked.output, formats=["markdown"], if_new=True)
    assert waiting.write_waiting(only_new, time(23, 30), evening.told.append).session == date(2024, 7, 3)
    holiday = clock(datetime(2024, 7, 4, 20, 0))
    with pytest.raises(NothingNewError, match=r"2024-07-03/session: is there already"):
        waiting.write_waiting(only_new, time(23, 30), holiday.told.append)
    assert holiday.told == []


def test_nothing_new_has_an_exit_code_of_its_own(tmp_path: Path) -> None:
    """A timer can tell it from an error and from 'try later'."""
    project = write_small(tmp_path / "small")
    given = ["write", "--source", "sample", "--session", "2024-07-11", "--if-new", "--format", "markdown"]
    given += ["--project", str(project), "--output", str(tmp_path / "output")]
    assert CliRunner().invoke(main, given).exit_code == 0
    before = (tmp_path / "output/2024-07-11/session/edition.json").stat().st_mtime_ns
    again = CliRunner().invoke(main, given)
    assert again.exit_code == 4
    assert "there is nothing new to write" in again.stderr
    assert (tmp_path / "output/2024-07-11/session/edition.json").stat().st_mtime_ns == before


@pytest.mark.parametrize("hour", ["25:00", "9:30", "noon", "23:60"])
def test_an_hour_that_is_none_is_wrong_usage(hour: str) -> None:
    """Told as such."""
    result = CliRunner().invoke(main, ["write", "--wait-until", hour])
    assert result.exit_code == 2
    assert "is not an hour and minute" in result.stderr


def test_a_simulated_issue_takes_no_place_of_a_real_one(tmp_path: Path) -> None:
    """`--source sample` over an evening's article is an error, and the article stays; over itself it is none."""
    project = write_small(tmp_path / "small")
    settings = Settings(
        source="sample", session=date(2024, 7, 11), project=project, output=tmp_path / "output", formats=["markdown"]
    )
    folder = write_edition(settings).folder
    assert write_edition(settings).folder == folder
    ledger = orjson.loads((folder / "edition.json").read_bytes())
    ledger["market"]["simulated"] = False
    (folder / "edition.json").write_bytes(orjson.dumps(ledger))
    (folder / "article.md").write_text("The real one.")
    with pytest.raises(OutputError, match="holds an issue of a real market"):
        write_edition(settings)
    assert (folder / "article.md").read_text() == "The real one."


def test_a_simulated_issue_does_not_count_as_tonights(tmp_path: Path) -> None:
    """After `make demo` the evening's `write --if-new` still has an issue to write."""
    project = write_small(tmp_path / "small")
    session = date(2024, 7, 11)
    simulated = Settings(
        source="sample", session=session, project=project, output=tmp_path / "output", formats=["markdown"]
    )
    write_edition(simulated)
    _require_new(replace(simulated, source="csv"), session)
    with pytest.raises(NothingNewError):
        _require_new(simulated, session)
