"""Checks the charts of a page and of files: those with axes, and the bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.errors import DataError
from generator.verification.figures.answers import Answers
from generator.verification.figures.charts import Drawn
from generator.verification.products.plots import line_faults
from generator.verification.products.strokes import NEAR, box_of, heading_faults, points_of
from generator.verification.sentences.evening import Evening
from generator.verification.sentences.tree import Element


def check_drawings(answers: Answers, name: str, drawings: Sequence[Element], evening: Evening) -> None:
    """Check that a page has each chart in page order, once for wide and once for narrow screens, and the bars."""
    lines = [one for one in drawings if "bars" not in one.classes]
    bars = [one for one in drawings if "bars" in one.classes]
    charts = [chart for chart in evening.charts for _ in ("wide", "narrow")]
    wanted = (len(charts), 1 if evening.bars.labels else 0)
    found = (len(lines), len(bars))
    answers.check(found == wanted, "charts", name, f"{found[0]} line and {found[1]} bar charts", f"there are {wanted}")
    for one, chart in zip(lines, charts, strict=False):
        check_lines(answers, name, one, chart)
    for one in bars:
        check_bars(answers, name, one, evening.bars)


def check_file(answers: Answers, name: str, root: Element, evening: Evening) -> None:
    """Check a chart in a file of its own."""
    charts = {chart.file: chart for chart in evening.charts}
    if name.endswith("moves.svg"):
        check_bars(answers, name, root, evening.bars)
    elif name in charts:
        check_lines(answers, name, root, charts[name])
    else:
        answers.uncovered(name, "a chart", "the closes give no such chart")


def check_lines(answers: Answers, name: str, svg: Element, chart: Drawn) -> None:
    """Check that every line follows the closes by the drawing's own axes, and has its name at its end."""
    _check(answers, name, chart, line_faults(svg, chart))


def check_bars(answers: Answers, name: str, svg: Element, chart: Drawn) -> None:
    """Check that every bar is as long as its move and on the right side of zero, with its name and number beside it."""
    _check(answers, name, chart, _bar_faults(svg, chart))


def _check(answers: Answers, name: str, chart: Drawn, faults: Iterator[str]) -> None:
    try:
        fault = next(faults, "")
    except (DataError, ValueError, IndexError, KeyError) as error:
        fault = f"it cannot be read as a drawing ({error})"
    answers.check(not fault, "drawings", name, chart.title, fault)


def _bar_faults(svg: Element, chart: Drawn) -> Iterator[str]:
    yield from heading_faults(svg, chart)
    groups = [[one for one in group.content if isinstance(one, Element)] for group in svg.named("g")]
    if [len(group) for group in groups] != [len(chart.labels)] * 2:
        yield f"it has not a name and a number for each of {len(chart.labels)} bars"
        return
    names, numbers = groups
    bars = [one for one in svg.named("path") if one.classes and one.classes[0] in ("rise", "fall")]
    zero = next(points_of(one)[0][0] for one in svg.named("path") if "base" in one.classes)
    moves = [values[0] for values in chart.paths]
    largest = max(range(len(moves)), key=lambda number: abs(moves[number]))
    scale = box_of(bars[largest])[2] / abs(moves[largest]) if moves[largest] else 0.0
    if len(bars) != len(moves):
        yield f"it has {len(bars)} bars; the closes give {len(moves)}"
        return
    for number, (move, bar) in enumerate(zip(moves, bars, strict=True)):
        x, y, width, height = box_of(bar)
        label, printed = chart.labels[number], chart.numbers[number]
        wanted = max(abs(move) * scale, 1.0) if move else 0.0
        if abs(width - wanted) > NEAR or abs((x + width if move < 0 else x) - zero) > NEAR:
            yield f"the bar of {label} is not as long as {printed}, or does not begin at zero"
        if (bar.classes[0] == "fall") is not (move < 0):
            yield f"the bar of {label} has the other side's colour"
        for one, text in ((names[number], label), (numbers[number], printed)):
            if one.words != text:
                yield f"'{one.words}' stands where '{text}' belongs"
            if not y <= float(one.given["y"]) <= y + height + 2:
                yield f"'{one.words}' stands beside another bar"
