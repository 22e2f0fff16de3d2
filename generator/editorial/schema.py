"""The one schema for everything in content/: what a setting may be, and its faults in an editor's words.

Each file's own shapes are defined beside the code that reads it. A shape names every setting there is; any other
setting, or a value of another type, is a fault with its line. pydantic finds them all at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar, TypeVar, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from generator.editorial.document import Document, Unreadable
from generator.errors import Fault
from generator.suggestion import alike

EARLIEST, LATEST = date(1800, 1, 1), date(2200, 1, 1)
LONGEST = 200
_ITEM = "an entry"


class Shape(BaseModel):
    """A list of settings; `what` is how messages name it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)
    what: ClassVar[str] = "the file"

    @model_validator(mode="before")
    @classmethod
    def _given(cls, values: Any) -> Any:
        """Drop optional settings that have nothing after their colon."""
        if not isinstance(values, dict) or None not in values.values():
            return values
        optional = {field.alias or key for key, field in cls.model_fields.items() if not field.is_required()}
        return {key: value for key, value in values.items() if value is not None or key not in optional}


S = TypeVar("S", bound=Shape)


def rule(check: Callable[[Any], str | None]) -> AfterValidator:
    """A rule for a setting of the right type: `check` returns what is wrong with it, or None."""

    def validate(value: Any) -> Any:
        if wrong := check(value):
            raise PydanticCustomError("fault", "{wrong}", {"wrong": wrong})
        return value

    return AfterValidator(validate)


def matching(pattern: str, wrong: str) -> AfterValidator:
    """The rule that the whole text matches this pattern."""
    compiled = re.compile(pattern)
    return rule(lambda text: None if compiled.fullmatch(text) else wrong)


def choice(kind: type[StrEnum]) -> Any:
    """One of an enumeration's words."""
    return Annotated[kind, Strict(False)]


def some(item: Any, least: int = 1, most: int = 1_000) -> Any:
    """A list of `least` to `most` entries."""
    return Annotated[list[item], Field(min_length=least, max_length=most)]


def fitted(document: Document, shape: type[S]) -> tuple[S | None, list[Fault]]:
    """The document fitted to its shape, and every fault in it.

    Faulty parts are left out: just the setting if it is optional, else the entry that needs it. None if the document
    as a whole needs it.
    """
    values: Any = document.values
    faults = list(document.faults)
    for attempt in range(20):
        try:
            return shape.model_validate(values), faults
        except ValidationError as error:
            errors = error.errors(include_url=False)
            if attempt == 0:
                faults += _faults(document, shape, errors)
            places = [_place(item, values) for item in errors]
            if () in places:
                return None, faults
            for place in sorted(set(places), key=lambda place: (len(place), str(place)), reverse=True):
                values = _without(values, place)
    return None, faults


def _place(error: ErrorDetails, values: Any) -> tuple[Any, ...]:
    """The path of what has to be removed to get rid of the error."""
    path = error["loc"][:-1] if error["type"] == "missing" else error["loc"]
    place: list[Any] = []
    for step in path:  # the last step may only say that a key is meant
        key = _key(values, step)
        if key is None:
            break
        place.append(key[0])
        values = values[key[0]]
    return tuple(place)


def _key(values: Any, step: int | str) -> tuple[Any] | None:
    if isinstance(values, Mapping):
        return next(((key,) for key in values if key == step or str(key) == str(step) or repr(key) == step), None)
    found = isinstance(values, list) and isinstance(step, int) and 0 <= step < len(values)
    return (step,) if found else None


def _without(values: Any, place: tuple[Any, ...]) -> Any:
    """A copy of the values without the one at `place`; anything shared through an alias is left unchanged."""
    first, rest = place[0], place[1:]
    if isinstance(values, Mapping):
        if first not in values:
            return values
        if rest:
            return {key: _without(value, rest) if key == first else value for key, value in values.items()}
        return {key: value for key, value in values.items() if key != first}
    if rest:
        return [_without(value, rest) if number == first else value for number, value in enumerate(values)]
    return [value for number, value in enumerate(values) if number != first]


def _faults(document: Document, shape: type[Shape], errors: Iterable[ErrorDetails]) -> list[Fault]:
    told = (error for error in errors if not isinstance(error.get("input"), Unreadable))
    found = ((document.at(*map(_plain, error["loc"])), _message(error, shape)) for error in told)
    return list(dict.fromkeys(Fault(where, " ".join(message.split())) for where, message in found))


def _message(error: ErrorDetails, shape: type[Shape]) -> str:
    """What is wrong and what to write, in an editor's words."""
    path = [_plain(step) for step in error["loc"] if step != "[key]"]
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    holder, called = _holder(shape, error["loc"][:-1])
    kind, context = error["type"], error.get("ctx") or {}
    if kind == "missing":
        return f"{called} needs '{name}'."
    if kind in ("extra_forbidden", "invalid_key"):
        known = [field.alias or key for key, field in holder.model_fields.items()] if holder else []
        near = alike(name, known)
        hint = f"Did you mean '{near}'?" if near else f"These are: {', '.join(sorted(known))}."
        return f"'{name}' is not a setting of {called}. {hint}"
    if path and isinstance(path[-1], int):
        name = f"{name}, entry {path[-1] + 1}" if name else f"entry {path[-1] + 1}"
    return f"'{name}' {_wrong(kind, context, error)}"


def _plain(step: int | str) -> int | str:
    """A key as the editor wrote it: pydantic's paths give dates in their Python form."""
    found = re.fullmatch(r"datetime\.date\((\d+), (\d+), (\d+)\)", str(step))
    return str(date(*map(int, found.groups()))) if found else step


def _wrong(kind: str, context: Mapping[str, Any], error: ErrorDetails) -> str:
    """What is wrong with a setting, after its name."""
    it_is = given(error.get("input"))
    if kind == "fault":
        return str(context["wrong"])
    if kind in ("enum", "literal_error"):
        words = context["expected"].replace("'", "").replace(" or ", ", ")
        return f"should be one of {words}; it is {it_is}."
    wanted = {
        "string_type": "text (in quotes, if it looks like something else)",
        "int_type": "a whole number",
        "int_from_float": "a whole number",
        "float_type": "a number",
        "bool_type": "true or false",
        "list_type": "a list, such as [one, another]",
        "dict_type": "a list of `name: value` lines",
        "model_type": "a list of settings, as `name: value` lines",
        "date_type": "a date such as 2024-09-18",
    }.get(kind)
    if wanted:
        return f"should be {wanted}; it is {it_is}."
    if kind == "too_short":
        least = context["min_length"]
        return f"should have at least {least} entr{'y' if least == 1 else 'ies'}."
    if kind == "too_long":
        return f"should have at most {context['max_length']} entries."
    limits = {
        "greater_than_equal": ("at least", "ge"),
        "less_than_equal": ("at most", "le"),
        "greater_than": ("more than", "gt"),
    }
    if kind in limits:
        words, name = limits[kind]
        return f"should be {words} {context[name]:g}; it is {it_is}."
    return f"cannot be {it_is}: {error['msg'][:1].lower()}{error['msg'][1:]}."


def given(value: Any) -> str:
    """The value as an editor would recognise it."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return f"{str(value).lower()} (as are yes, no, on and off without quotes)"
    if isinstance(value, Mapping):
        return "a list of settings"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    return f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'"


def _holder(shape: type[Shape], path: Iterable[int | str]) -> tuple[type[Shape] | None, str]:
    """The shape that the path leads to, and what it is called: `segment 'small'`."""
    at: Any = shape
    called = shape.what
    named = ""
    for step in path:
        if isinstance(at, type) and issubclass(at, Shape):
            fields = {field.alias or key: field for key, field in at.model_fields.items()}
            if str(step) not in fields:
                break
            at = _bare(fields[str(step)].annotation)
        else:
            inside = get_args(at)
            at = _bare(inside[-1]) if inside else None
        named = f" '{step}'" if isinstance(step, str) else f" {step + 1}"
        if isinstance(at, type) and issubclass(at, Shape):
            called = at.what + named
    return (at if isinstance(at, type) and issubclass(at, Shape) else None), called


def _bare(annotation: Any) -> Any:
    """The type without `Annotated` and `| None` around it."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    options = [option for option in get_args(annotation) if option is not type(None)]
    if len(options) == 1 and get_origin(annotation) not in (list, dict, tuple):
        return _bare(options[0])
    return annotation


def unknown(name: str, what: str, known: Collection[str]) -> str:
    """`'smal' is not a segment …. Did you mean 'small'?`"""
    near = alike(name, known)
    return f"'{name}' is not {what}." + (f" Did you mean '{near}'?" if near else "")
