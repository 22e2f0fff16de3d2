"""An issue as a file, `issue.json`: all that its pages and posts are poured from, to be read back as it was.

Numbers keep full precision, days are ISO dates. A run of a sentence is `[text, Markdown, HTML, claim]`, a claim
`[kind, name, value, source]` as in the ledger, whose figures say how each value is made. A fact's value that reads as a
number is read back as one, though it was given as a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import orjson

from generator.errors import DataError

if TYPE_CHECKING:  # both take a tenth of a second to load, which only a reader of issues should pay
    from pydantic import TypeAdapter

    from generator.model import Issue

ISSUE_FILE = "issue.json"


def issue_text(issue: Issue) -> bytes:
    """The issue as JSON, the same bytes for the same issue."""
    # pydantic would write the same, and takes a tenth of a second to learn the shape: only reading needs that.
    return orjson.dumps(issue, _plain, orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_APPEND_NEWLINE)


def _plain(value: Any) -> Any:
    """What orjson writes in place of a value of the model's own: without what is derived from the rest."""
    if isinstance(value, tuple):
        return list(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in _given(type(value))}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} stands in no issue")


@cache
def _given(of: type[Any]) -> tuple[str, ...]:
    """The fields that a value of this class is made from."""
    return tuple(field.name for field in fields(of) if field.init)


def read_issue(text: bytes, where: str = ISSUE_FILE) -> Issue:
    """The issue that was saved; raises `DataError` where the text is no issue of a format that is known."""
    from pydantic import ValidationError

    try:
        return _adapter().validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise DataError(
            f"{where}: {place}: {first['msg'][:1].lower()}{first['msg'][1:]}. Write the issue again."
        ) from None


def issue_schema() -> str:
    """The shape of the file as JSON Schema."""
    return orjson.dumps(_adapter().json_schema(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


@cache
def _adapter() -> TypeAdapter[Issue]:
    from pydantic import TypeAdapter

    from generator.model import Issue

    return TypeAdapter(Issue)
