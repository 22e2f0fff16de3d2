"""Evaluate a rule's expression over columns, session by session."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import numpy as np

from generator.model import Column

_SLACK = 1e-9  # printed figures are decimals held in binary: 0.3 - 0.1 is not quite 0.2
COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: lambda one, other: one < other - _SLACK,
    ast.LtE: lambda one, other: one <= other + _SLACK,
    ast.Gt: lambda one, other: one > other + _SLACK,
    ast.GtE: lambda one, other: one >= other - _SLACK,
    ast.Eq: lambda one, other: abs(one - other) <= _SLACK,
    ast.NotEq: lambda one, other: abs(one - other) > _SLACK,
}
ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
}  # fmt: skip
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "abs": np.abs,
    "min": lambda *columns: reduce(np.minimum, columns),
    "max": lambda *columns: reduce(np.maximum, columns),
}
Words = Mapping[int, float]
"""By character position in the rule's text, because one word may be a different number for each figure."""


def evaluate(node: ast.expr, columns: Mapping[str, Column], words: Words) -> Any:
    match node:
        case ast.BoolOp(op=op, values=values):
            parts = [np.asarray(evaluate(value, columns, words)) != 0 for value in values]
            combine = np.logical_and if isinstance(op, ast.And) else np.logical_or
            return combine.reduce(np.broadcast_arrays(*parts))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return np.asarray(evaluate(operand, columns, words)) == 0
        case ast.UnaryOp(operand=operand):
            return -_number(evaluate(operand, columns, words))
        case ast.BinOp(left=left, op=op, right=right):
            one, other = (_number(evaluate(side, columns, words)) for side in (left, right))
            return ARITHMETIC[type(op)](one, other)
        case ast.Compare(left=left, ops=ops, comparators=others):
            return _compare(left, ops, others, columns, words)
        case ast.Call(func=ast.Name(id=function), args=arguments):
            return _FUNCTIONS[function](*(evaluate(value, columns, words) for value in arguments))
        case ast.Name(id=name):
            return columns[name]
        case ast.Constant(value=str(), col_offset=column):
            return words[column]
        case ast.Constant(value=value):
            return value
    raise AssertionError(ast.dump(node))  # reading lets nothing else through


def _number(value: Any) -> Any:
    """The value as a number: in arithmetic, true counts as 1 and false as 0."""
    return np.asarray(value, dtype=np.float64)


def _compare(
    left: ast.expr,
    ops: list[ast.cmpop],
    others: list[ast.expr],
    columns: Mapping[str, Column],
    words: Words,
) -> Any:
    sides = [_number(evaluate(side, columns, words)) for side in (left, *others)]
    held: Any = True
    for op, one, other in zip(ops, sides[:-1], sides[1:], strict=True):
        held = held & COMPARE[type(op)](one, other)
    return held
