"""Writes an editor's rule as SQL over the tables of figures."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

from generator.errors import DataError
from generator.model import Unit
from generator.verification.figures.spec import Tables

SLACK = "1e-9"
"""Slack for decimals stored in binary: 0.3 - 0.1 is not quite 0.2."""
_COMPARE = {ast.Lt: "{a} < {b} - s", ast.LtE: "{a} <= {b} + s", ast.Gt: "{a} > {b} + s", ast.GtE: "{a} >= {b} - s",
            ast.Eq: "{a} = {b}", ast.NotEq: "{a} <> {b}"}  # fmt: skip
_ARITHMETIC: Mapping[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}
FUNCTIONS = {"abs": "abs", "min": "least", "max": "greatest"}
"""What a rule may call, with what SQL calls it."""


def parsed(text: str) -> ast.expr:
    """The rule's tree; raises `DataError`."""
    try:
        return ast.parse(text or "True", mode="eval").body
    except SyntaxError as error:
        raise DataError(f"the rule '{text}' cannot be read.") from error


def names_in(text: str) -> list[str]:
    """The figures that a rule names."""
    return sorted({node.id for node in ast.walk(parsed(text)) if isinstance(node, ast.Name)} - set(FUNCTIONS))


def rule_query(text: str, tables: Tables, table: Callable[[str], str] | None = None) -> str:
    """SQL for `(n, held, present)`; a rule that names an absent figure is false, even under `not`.

    `table` gives the table of a figure, if it is not that of `tables`.
    """
    figures = {name: f"t{number}" for number, name in enumerate(names_in(text))}
    joins = "".join(f" POSITIONAL JOIN {(table or tables.table)(name)} {alias}" for name, alias in figures.items())
    # Tables of figures are written in order of session, so that they can be joined by position.
    present = " AND ".join(f"{alias}.p IS NOT NULL" for alias in figures.values()) or "true"
    held = _Writer(tables, figures).truth(parsed(text))
    return f"SELECT s.n, coalesce(({held}) AND {present}, false) AS held, {present} AS present FROM sessions s{joins}"


class _Writer:
    """Writes parts of one rule, whose figures stand in the tables of these aliases."""

    def __init__(self, tables: Tables, figures: Mapping[str, str]) -> None:
        self._tables, self._figures = tables, figures

    def truth(self, node: ast.expr) -> str:
        """SQL for whether the node is true."""
        match node:
            case ast.BoolOp(op=op, values=values):
                joint = " AND " if isinstance(op, ast.And) else " OR "
                return f"({joint.join(map(self.truth, values))})"
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return f"(NOT {self.truth(operand)})"
            case ast.Compare(left=left, ops=ops, comparators=others):
                sides = [left, *others]
                parts = [
                    _COMPARE[type(op)].replace("s", SLACK).format(a=self._value(a, b), b=self._value(b, a))
                    for op, a, b in zip(ops, sides[:-1], sides[1:], strict=True)
                ]
                return f"({' AND '.join(parts)})"
            case _:
                return f"({self._value(node, node)} <> 0)"

    def _value(self, node: ast.expr, beside: ast.expr) -> str:
        match node:
            case ast.Name(id=name):
                return f"{self._figures[name]}.p"
            case ast.Constant(value=str() as word):
                return str(self._index(word, beside))
            case ast.Constant(value=bool() | int() | float() as number):
                return f"{float(number)!r}::DOUBLE"
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return f"(-{self._value(operand, beside)})"
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
                return f"({_ARITHMETIC[type(op)].join(self._value(side, beside) for side in (left, right))})"
            case ast.Call(func=ast.Name(id=function), args=arguments) if function in FUNCTIONS:
                return f"{FUNCTIONS[function]}({', '.join(self._value(one, beside) for one in arguments)})"
            case ast.BoolOp() | ast.Compare() | ast.UnaryOp():
                return f"{self.truth(node)}::INT"
        raise DataError(f"'{ast.unparse(node)}' cannot stand in a rule.")

    def _index(self, word: str, beside: ast.expr) -> int:
        """The number for a word in the column it is compared with; -1 for a word that never occurs there."""
        spec = self._tables.spec(beside.id) if isinstance(beside, ast.Name) else None
        found = spec.vocabulary if spec and spec.unit is Unit.NAME else ()
        return found.index(word) if word in found else -1
