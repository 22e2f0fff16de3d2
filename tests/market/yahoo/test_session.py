"""The session's patience, and the pauses it is asked for; what it does with answers is in test_yahoo_source.py."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import pytest

from generator.errors import DataError
from generator.market.patience import patience
from generator.market.sessions import present
from generator.market.yahoo.session import Patience, pause_asked_for


@pytest.mark.parametrize(
    ("header", "seconds"), [(None, None), ("7", 7.0), ("0.5", 0.5), ("-3", 0.0), ("soon", None), ("", None)]
)
def test_a_pause_in_seconds(header: str | None, seconds: float | None) -> None:
    """A number is seconds; what is no number and no date asks for nothing."""
    assert pause_asked_for(header) == seconds


def test_a_pause_until_a_date() -> None:
    """A date is as many seconds as it is away, and none once it has passed."""
    hour = timedelta(hours=1)
    assert pause_asked_for(format_datetime(present() + hour, usegmt=True)) == pytest.approx(3600, abs=5)
    assert pause_asked_for(format_datetime(present() - hour, usegmt=True)) == 0.0


def test_tests_may_be_less_patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """COMMENTARY_PATIENCE shortens every wait, and leaves the number of attempts."""
    usual = Patience.usual()
    monkeypatch.setenv("COMMENTARY_PATIENCE", "0.1")
    hasty = Patience.usual()
    assert (hasty.answer, hasty.run) == pytest.approx((usual.answer / 10, usual.run / 10))
    assert hasty.attempts == usual.attempts


@pytest.mark.parametrize("said", ["soon", "0", "-1", "nan", "inf"])
def test_a_patience_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    """The variable is named, with what it should be."""
    monkeypatch.setenv("COMMENTARY_PATIENCE", said)
    with pytest.raises(DataError, match=r"COMMENTARY_PATIENCE is '.*'\. Set it to a number above zero"):
        patience()
