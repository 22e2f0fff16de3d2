"""Validates the whole form of a ledger before anything in it is used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from generator.errors import DataError


def _day(text: str) -> str:
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError("write the day as 2024-07-11")
    return text


def _moment(text: str) -> str:
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("the moment has no time zone")
    return text


Day = Annotated[str, AfterValidator(_day)]
Moment = Annotated[str, AfterValidator(_moment)]
Number = int | float


class _Form(BaseModel):
    """Strict about types; unknown keys are kept, and `unknown_keys` lists them."""

    model_config = ConfigDict(strict=True, extra="allow", allow_inf_nan=False)


class _Held(_Form):
    sessions: int
    first: Day
    last: Day
    last_value: Number


class _Symbol(_Form):
    origin: str
    close: _Held | None = None
    adj_close: _Held | None = None


class _Market(_Form):
    source: str
    supplier: str
    simulated: bool
    fetched_at: Moment | None
    first_session: Day
    sessions: int
    symbols: dict[str, _Symbol]
    series: dict[str, str]
    omitted: dict[str, str]


class _Weighed(_Form):
    fragment: str
    slot: str
    surprisal_bits: Number
    times_before: int
    last_time: Day | None
    outcome: str


class _Fragments(_Form):
    spoke: list[_Weighed]
    passed_over: list[_Weighed] = Field(alias="passed over")


class _Price(_Form):
    symbol: str
    field: str
    session: Day
    value: Number


class _Figure(_Form):
    label: str
    formula: str
    unit: str
    basis: str
    value: Number | str
    printed: Number
    inputs: list[_Price]
    source: str | None = None
    signals: dict[str, bool] | None = None


class _Claim(_Form):
    kind: str
    name: str
    text: str
    value: Number | str | None = None
    source: str | None = None


class _Sentence(_Form):
    part: str
    text: str
    source: str
    claims: list[_Claim]
    taken_on_by: str | None = None


class _Cell(_Form):
    text: str
    claims: list[_Claim]


class _SmallTable(_Form):
    caption: _Cell
    corner: str
    columns: list[_Cell]
    rows: list[list[_Cell | None]]


class _LineEnd(_Form):
    label: str
    symbol: str
    since: Day = Field(alias="from")
    to: Day
    rebased_to_100: Number


class _Card(_Form):
    alt_text: str
    lines: list[_LineEnd]


class _File(_Form):
    media: str
    sha256: str


class _Passage(_Form):
    part: str
    fragment: str
    instead: str


class _Wording(_Form):
    fragment: str
    part: str
    says: str


class _Choices(_Form):
    story: str = ""
    passages: list[_Passage] = Field(default=[])
    wordings: list[_Wording] = Field(default=[])


class _Ledger(_Form):
    format: int
    edition: str
    session: Day
    angle: str
    disclosure: str
    market: _Market
    fragments: _Fragments
    figures: dict[str, _Figure]
    facts: dict[str, dict[str, str]]
    base_rates: dict[str, dict[str, Any]]
    products: dict[str, list[_Sentence]]
    table: dict[str, dict[str, _Claim | None]]
    tables: dict[str, _SmallTable] = Field(default={})
    choices: _Choices | None = None
    card: _Card
    made_with: dict[str, str] | None = None
    files: dict[str, _File] | None = None


def read_ledger(content: bytes, where: str) -> dict[str, Any]:
    """The ledger as plain values; raises `DataError`, naming the place, if it does not have the right form."""
    try:
        ledger: dict[str, Any] = orjson.loads(content)
        _Ledger.model_validate(ledger)
    except orjson.JSONDecodeError as error:
        message = f"{where}: is not a ledger: it is not JSON ({error}). Write the edition again."
        raise DataError(message) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        message = f"{where}: is not a ledger: {place}: {first['msg']}. Write the edition again."
        raise DataError(message) from error
    return ledger


def unknown_keys(ledger: dict[str, Any]) -> list[str]:
    """The unknown keys in a ledger of the right form, each with its place."""
    return list(_unknown(_Ledger.model_validate(ledger), ""))


def _unknown(value: object, place: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from (f"{place}{key}" for key in value.model_extra or {})
        for name in type(value).model_fields:
            yield from _unknown(getattr(value, name), f"{place}{name}.")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _unknown(item, f"{place}{key}.")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _unknown(item, f"{place}{number}.")
