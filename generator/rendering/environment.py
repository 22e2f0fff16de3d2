"""Make one sandboxed Jinja environment of template folders; every fault is `templates/x.j2:line`.

Templates see the objects they are given and each other, and nothing else: no file, no network, no clock, no chance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import NoneType
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateNotFound, TemplateSyntaxError, Undefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.errors import ContentError, Fault
from generator.rendering import figures_in_text
from generator.rendering.budget import BudgetError, budget
from generator.rendering.filters import FILTERS
from generator.rendering.held_loader import HeldLoader


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox; the public fields of the program's own frozen objects are always safe to read."""

    intercepted_binops = frozenset({"**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """No template needs a power, and one of them can take hours that nothing interrupts."""
        raise SecurityError("'**' may not stand in a template.")

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The attribute, or what Jinja gives for one that is not there or not allowed."""
        known = _FIELDS.get(type(obj))
        if known is None:
            known = _FIELDS[type(obj)] = _fields(type(obj))
        if attribute in known:
            return getattr(obj, attribute)
        found = super().getattr(obj, attribute)
        return Method(found) if callable(found) and not isinstance(found, Undefined) else found

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """As Jinja has it; of a day only what tells of the day itself, and none of its ways to ask a clock."""
        if isinstance(obj, date):
            return attr in _OF_DAYS
        return super().is_safe_attribute(obj, attr, value)


class Method:
    """A method that a template may call and not print: where it lies in memory differs from run to run."""

    def __init__(self, method: Callable[..., Any]) -> None:
        self._method = method

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self._method(*arguments, **named)

    def __repr__(self) -> str:
        raise TypeError("A method is printed; call it, with brackets after its name.")


_OF_DAYS = frozenset(["year", "month", "day", "weekday", "isoweekday", "isoformat", "strftime"])
_PRINTABLE = (str, int, float, Decimal, date, NoneType, Undefined)
_IN_MEMORY = re.compile(r" at 0x[0-9a-f]{6,}")


def _printable(value: Any) -> Any:
    """The value, if it reads the same in every run."""
    if isinstance(value, _PRINTABLE):
        return value
    if isinstance(value, tuple | list):
        for one in value:
            _printable(one)
        return value
    raise TypeError(f"{type(value).__name__} is printed, which is neither text nor number.")


_FIELDS: dict[type, frozenset[str]] = {
    LoopContext: frozenset(["first", "last", "index", "index0", "length"])  # asked for with every sentence
}
"""What has been found out about the types that templates have met."""


def _fields(of: Any) -> frozenset[str]:
    """The fields of the program's own dataclasses and named tuples; of any other type, none."""
    if getattr(of, "__module__", "").partition(".")[0] != "generator":
        return frozenset()
    names = [field.name for field in fields(of)] if is_dataclass(of) else getattr(of, "_fields", ())
    return frozenset(name for name in names if name[0] != "_")


def environment(folders: Sequence[Path]) -> Environment:
    """The one environment all pages are poured in; the first folder that holds a name wins."""
    env = _Sandbox(
        loader=HeldLoader([str(folder) for folder in folders]),
        finalize=_printable,
        autoescape=_is_markup,
        undefined=StrictUndefined,
        optimized=False,  # or constants would be worked out while a template is read, which nothing bounds
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    # Both draw on chance, and the same prices must give the same bytes.
    env.globals.pop("lipsum")
    env.filters.pop("random")
    env.filters.update(FILTERS)
    env.tests["shown"] = figures_in_text.is_shown
    return env


def pour(env: Environment, name: str, **values: Any) -> str:
    """The template called `name` with `values` poured in; a fault in it raises `ContentError` with its line."""
    return pour_each(env, name, [values])[0]


def pour_each(env: Environment, name: str, each: Iterable[Mapping[str, Any]]) -> list[str]:
    """The same once for each of several values: what one pouring may take, all of them may take together."""
    try:
        with budget():
            template = env.get_template(name)
            return [_sound(template.render(**values)) for values in each]
    except ContentError:
        raise
    except TemplateSyntaxError as error:
        where = f"{shown_path(env, error.name or name)}:{error.lineno}"
        raise ContentError([Fault(where, f"{error.message} Mend the template.")]) from error
    except TemplateNotFound as error:
        raise ContentError(
            [Fault(shown_path(env, str(error.name or name)), "There is no such template. Restore it.")]
        ) from error
    except BudgetError as error:
        message = f"pouring it {error}. Simplify the template."
        raise ContentError([Fault(_line_of(env, name, error), message)]) from error
    except Exception as error:  # whatever an editor's template does wrong is a fault of the template, with its line
        raise ContentError([Fault(_line_of(env, name, error), f"{error} Mend the template.")]) from error


def _sound(text: str) -> str:
    """The text, if it is the same in every run and can be written to a file."""
    if found := _IN_MEMORY.search(text):
        raise ValueError(f"A place in memory is printed ('{found[0].strip()}'), which no two runs share.")
    text.encode()
    return text


def sheet(env: Environment, name: str) -> str:
    """The text of the style sheet called `name`, from the first folder that holds it."""
    assert env.loader is not None
    try:
        return env.loader.get_source(env, name)[0]
    except TemplateNotFound as error:
        raise ContentError([Fault(shown_path(env, name), "There is no such style sheet. Restore it.")]) from error


def shown_path(env: Environment, name: str) -> str:
    """`templates/article.html.j2`: where the template stands, as a fault names it."""
    assert env.loader is not None
    try:
        filename = env.loader.get_source(env, name)[1]
    except (TemplateNotFound, ContentError):
        filename = None
    return f"{Path(filename).parent.name}/{name}" if filename else f"templates/{name}"


def _is_markup(name: str | None) -> bool:
    return (name or "").removesuffix(".j2").endswith((".html", ".svg", ".xml"))


def _line_of(env: Environment, name: str, error: BaseException) -> str:
    """The innermost template line that the error passed through (Jinja puts template lines into tracebacks)."""
    where = shown_path(env, name)
    frame = error.__traceback__
    while frame is not None:
        file = Path(frame.tb_frame.f_code.co_filename)
        if file.suffix == ".j2":
            where = f"{file.parent.name}/{file.name}:{frame.tb_lineno}"
        frame = frame.tb_next
    return where
