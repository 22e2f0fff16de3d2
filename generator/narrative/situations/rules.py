"""Reads a rule as an editor writes it; over sessions it is a boolean column.

`small_minus_sp500_1d >= 0.5 and not small_record_close` compares printed figures, in the reader's units (percent).
A rule that names an absent figure is false, even under `not`."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

import numpy as np

from generator.errors import CommentaryError, ContentError, Fault
from generator.model import Catalogue, FigureDefinition, Figures, Flags, Unit
from generator.narrative.situations.evaluation import ARITHMETIC, COMPARE, Words, evaluate

_TAKES = {"abs": (1, 1), "min": (2, 99), "max": (2, 99)}
"""Fewest and most arguments of each function."""
_LARGEST = 1e15
"""Numbers beyond this lose their last digits in floating point."""

_LONGEST, _DEEPEST = 2_000, 60
_NOTATIONS = (
    (r"%", "Figures are in percent already: write no percent sign."),
    (r"(?<![=<>!])=(?![=<>])", "To compare, write == (two equal signs)."),
    (r"\b(?:AND|And)\b|&", "Write 'and' in small letters."),
    (r"\b(?:OR|Or)\b|\|", "Write 'or' in small letters."),
    (r"\b(?:NOT|Not)\b|!(?!=)", "Write 'not' in small letters."),
    (r"=[<>]|[≤≥≦≧]", "Write >= for 'at least' and <= for 'at most'."),
    (r"<>|≠", "Write != for 'is not'."),
    (r"\d,\s*\d|\b\d+, \d", "Write a decimal point, and no comma in a number."),
    (r"[\u2018\u2019\u201c\u201d]", "Write words in straight quotes, as in 'energy'."),
    (r"[\u2212\u2013\u2014]", "Write a minus with the hyphen key."),
    (r"\*\*|/|//", "A rule adds, subtracts and multiplies; it does not divide."),
)
"""Marks of other notations, and what to write instead."""
_Pair = ast.Compare | ast.BinOp
_Defined = Mapping[str, FigureDefinition]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, read and checked: its text, the figures it names, and the tree that is evaluated."""

    text: str
    names: tuple[str, ...]
    tree: ast.expr | None
    words: Words
    """The number for each word, such as that in `sectors_best_1d == 'energy'`, in its figure's column."""

    def column(self, figures: Figures) -> Flags:
        """Whether the rule holds, per session."""
        return self.evaluated(figures)[0]

    def evaluated(self, figures: Figures) -> tuple[Flags, Flags]:
        """Per session, whether the rule holds, and whether every figure it names is present, so that it could."""
        columns = {name: figures.printed(name) for name in self.names}
        present = np.ones(len(figures.sessions), dtype=np.bool_)
        for column in columns.values():
            present &= ~np.isnan(column)
        if self.tree is None:
            return present, present
        with np.errstate(invalid="ignore", over="ignore"):
            truth = np.asarray(evaluate(self.tree, columns, self.words))
        return np.logical_and(truth != 0, present), present


def read_rule(text: str, catalogue: Catalogue, where: str) -> Rule:
    """The rule in `text`, found at `where`; every fault in it is reported at once.

    A sound rule is read once for each catalogue, wherever it stands.
    """
    if not text:
        return Rule("", (), None, {})
    known = _READ.setdefault(catalogue, {})
    if text not in known:
        known[text] = _read(text, catalogue, where)
    return known[text]


_READ: WeakKeyDictionary[Catalogue, dict[str, Rule]] = WeakKeyDictionary()


def _read(text: str, catalogue: Catalogue, where: str) -> Rule:
    tree = _tree(text)
    if isinstance(tree, str):
        raise ContentError([Fault(where, tree)])
    faults: list[Fault] = []
    names: dict[str, None] = {}
    pairs: list[_Pair] = []
    _check(tree, names, pairs, faults, where)
    words: dict[int, float] = {}
    defined: dict[str, FigureDefinition] = {}
    for name in names:
        try:
            defined[name] = catalogue.define(name)
        except CommentaryError as error:
            faults.append(Fault(where, _message(error)))
    if not faults:
        _check_words(pairs, defined, words, faults, where)
        faults += _unlike_rates(pairs, defined, where)
    if faults:
        raise ContentError(faults)
    return Rule(text, tuple(names), tree, words)


@lru_cache(maxsize=8192)
def _tree(text: str) -> ast.expr | str:
    """The tree, within limits that no rule an editor writes comes near, or what is wrong; a text is read often."""
    if len(text) > _LONGEST:
        return f"the rule has more than {_LONGEST:,} characters; make it shorter."
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Python only warns of `1and`, which is a mistake too
            tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError, Warning) as error:
        column = error.offset if isinstance(error, SyntaxError) and error.offset else 1
        near = text[max(column - 1, 0) :][:20] or text[-20:]
        return f"the rule '{text}' cannot be read near '{near}'. {_advice(text)}"
    level: list[ast.AST] = [tree]
    for _ in range(_DEEPEST):
        if not level:
            return tree
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return "the rule has too many brackets or terms inside each other."


def _advice(text: str) -> str:
    """What to write instead of another notation's marks."""
    advice = [words for pattern, words in _NOTATIONS if re.search(pattern, text)]
    return " ".join(advice) or "A rule compares figures, as in: small_return_1d >= 0.5 and not small_record_close."


def distances(rule: Rule, figures: Figures, row: int) -> tuple[str, ...]:
    """Each comparison of the rule on one row, with its value: `small_return_1d 0.31 >= 0.50, short by 0.19`."""
    if rule.tree is None:
        return ("always true",)
    found = []
    for node in ast.walk(rule.tree):
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            found.append(_distance(node, rule, figures, row))
        elif isinstance(node, ast.Name) and node.id in rule.names and _stands_alone(rule.tree, node):
            value = figures.printed(node.id)[row]
            found.append(f"{node.id} is {'absent' if np.isnan(value) else bool(value)}")
    return tuple(found)


def _distance(node: ast.Compare, rule: Rule, figures: Figures, row: int) -> str:
    columns = {name: figures.printed(name)[row : row + 1] for name in rule.names}
    left = float(np.asarray(evaluate(node.left, columns, rule.words)).flat[0])
    right = float(np.asarray(evaluate(node.comparators[0], columns, rule.words)).flat[0])
    text = ast.unparse(node)
    if np.isnan(left) or np.isnan(right):
        return f"{text}: absent"
    holds = bool(np.asarray(evaluate(node, columns, rule.words)).flat[0])
    return f"{text}: {left:g}, {'clear' if holds else 'short'} by {abs(left - right):.4g}"


def _stands_alone(tree: ast.expr, name: ast.Name) -> bool:
    """Whether the name is used as a flag rather than inside a comparison."""
    return not any(name in ast.walk(node) for node in ast.walk(tree) if isinstance(node, ast.Compare))


def _message(error: CommentaryError) -> str:
    return error.faults[0].message if isinstance(error, ContentError) and error.faults else str(error)


def _check(node: ast.expr, names: dict[str, None], pairs: list[_Pair], faults: list[Fault], where: str) -> None:
    """Collect the figures that a rule names, and what sets two beside each other; anything else there is a fault."""
    match node:
        case ast.BoolOp(values=values):
            for value in values:
                _check(value, names, pairs, faults, where)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            _check(operand, names, pairs, faults, where)
        case ast.BinOp(left=left, right=right, op=op) if type(op) in ARITHMETIC:
            pairs.append(node)
            _check(left, names, pairs, faults, where)
            _check(right, names, pairs, faults, where)
        case ast.Compare(left=left, ops=ops, comparators=others) if all(type(op) in COMPARE for op in ops):
            pairs.append(node)
            for value in (left, *others):
                if not _is_word(value):  # `_check_words` checks these
                    _check(value, names, pairs, faults, where)
        case ast.Call(func=ast.Name(id=function), args=arguments, keywords=[]) if _suits(function, arguments):
            for value in arguments:
                _check(value, names, pairs, faults, where)
        case ast.Name(id=name):
            names[name] = None
        case ast.Constant(value=bool() | int() | float() as number) if abs(number) <= _LARGEST:
            pass
        case _:
            faults.append(Fault(where, f"'{ast.unparse(node)}' cannot stand in a rule. {_advice(ast.unparse(node))}"))


def _suits(function: str, arguments: list[ast.expr]) -> bool:
    """Whether the function exists and takes this number of arguments."""
    least, most = _TAKES.get(function, (1, 0))
    return least <= len(arguments) <= most


def _is_word(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _check_words(
    pairs: Iterable[_Pair], defined: _Defined, words: dict[int, float], faults: list[Fault], where: str
) -> None:
    """Turn words, such as that in `sectors_best_1d == 'energy'`, into their numbers in the figure's column."""
    for node in pairs:
        if not isinstance(node, ast.Compare):
            continue
        sides = (node.left, *node.comparators)
        named = [defined[side.id] for side in sides if isinstance(side, ast.Name)]
        vocabulary = next((item.vocabulary for item in named if item.unit is Unit.NAME), ())
        for side in sides:
            if not isinstance(side, ast.Constant) or not isinstance(side.value, str):
                continue
            if len(sides) > 2 or not isinstance(node.ops[0], ast.Eq | ast.NotEq):
                faults.append(Fault(where, f"'{side.value}' is a word: compare it with one figure, by == or !=."))
            elif side.value not in vocabulary and any(item.noted for item in named):
                words[side.col_offset] = -1.0
            elif side.value not in vocabulary:
                known = ", ".join(vocabulary) or "none"
                faults.append(Fault(where, f"'{side.value}' is never a value here; these are: {known}."))
            else:
                words[side.col_offset] = float(vocabulary.index(side.value))


def _unlike_rates(pairs: Iterable[_Pair], defined: _Defined, where: str) -> Iterator[Fault]:
    """Each subtraction and comparison of two rates that are quoted differently, such as a bill's and a bond's."""
    for node in pairs:
        match node:
            case ast.BinOp(left=left, op=ast.Sub(), right=right):
                sides: tuple[ast.expr, ...] = (left, right)
            case ast.Compare(left=left, comparators=others):
                sides = (left, *others)
            case _:
                continue
        named = [defined[side.id] for side in sides if isinstance(side, ast.Name)]
        quoted = {one.quoted: one.name for one in named if one.quoted}
        if len(quoted) > 1:
            (first, one), (second, other), *_ = quoted.items()
            said = f"'{one}' is quoted as a {first} and '{other}' as a {second}: they cannot be compared."
            yield Fault(where, f"{said} Take both from series that are quoted alike, such as bill_3m and note_10y.")
