"""A publication in; what an editor asks of it out: its faults, its figures, and why a fragment spoke."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from generator.assembly import Desk
from generator.editorial.characters import characters
from generator.editorial.masthead import gather_imprint, reminders
from generator.editorial.publication import gather_publication
from generator.errors import ContentError, Fault
from generator.figures.catalogue import FigureCatalogue
from generator.figures.table import FigureTable
from generator.model import Bars, Claim, Market, Publication, Settings, Unit, Universe
from generator.narrative.checks.always import silent_faults
from generator.narrative.checks.coverage import coverage_lines
from generator.narrative.checks.proof import check_against_history
from generator.narrative.checks.proofreading import legible, proofread, unreadable
from generator.narrative.composing.composition import compose
from generator.narrative.newsroom import Newsroom
from generator.narrative.planning import plan
from generator.narrative.situations.baserates import told
from generator.narrative.situations.citations import CitedCatalogue, fact_faults
from generator.narrative.situations.rules import distances, read_rule
from generator.pipeline import load_past, load_prices, open_publication
from generator.project import find_project
from generator.publishing.provenance import figure_records
from generator.rendering.pages.template_check import check_templates
from generator.rendering.paper.fonts import unprintable


def check_publication(settings: Settings, prices: bool) -> list[Fault]:
    """Every fault in content/ and templates/; with `prices`, also every claim that history contradicts."""
    project = find_project(settings.project)
    faults = check_templates(project.templates)
    publication, found = content_faults(project.root, project.templates)
    faults += found
    if prices and publication is not None:
        market = load_past(settings, publication)
        figures = FigureTable(market, publication.universe)
        catalogue = CitedCatalogue(FigureCatalogue(publication.universe), publication.facts)
        for edition in publication.outlines:
            newsroom = Newsroom.over(legible(publication, edition, catalogue), edition, figures)
            faults += check_against_history(newsroom, simulated=market.simulated)
    return list(dict.fromkeys(faults))


def content_faults(root: Path, templates: Sequence[Path]) -> tuple[Publication | None, list[Fault]]:
    """What could be read of a publication, and every fault in its content/ that shows without prices."""
    publication, faults = gather_publication(root, templates)
    faults += unprintable(characters(root / "content"))
    if publication is None:
        return None, faults
    computed = FigureCatalogue(publication.universe)
    catalogue = CitedCatalogue(computed, publication.facts)
    faults += fact_faults(publication.facts, computed)
    first = FigureTable(first_session(publication.universe), publication.universe)
    for edition in publication.outlines:
        faults += proofread(publication, edition, catalogue)
        faults += silent_faults(legible(publication, edition, catalogue), edition, first)
    return publication, list(dict.fromkeys(faults))


def reminders_of(settings: Settings) -> tuple[str, ...]:
    """What an editor has to change before he publishes, and which is no fault: an example's title and address."""
    try:
        imprint, _, _ = gather_imprint(find_project(settings.project).root / "content", 1)
    except ContentError:
        return ()
    return reminders(imprint) if imprint else ()


def first_session(universe: Universe) -> Market:
    """A market of one session, on which only the core has prices, and of these only closes."""
    days = np.array(["2024-07-11"], dtype="datetime64[D]")
    close = np.array([100.0])
    fields = set(universe.core_columns())
    closes = {
        symbol: Bars(
            symbol,
            days,
            close=close if (symbol, "close") in fields else None,
            adj_close=close if (symbol, "adj_close") in fields else None,
        )
        for symbol in universe.core_symbols()
    }
    return Market(days, date(2024, 7, 12), np.array([False]), closes, (), "sample", "nobody", simulated=True)


def coverage_report(settings: Settings) -> list[str]:
    """Lines that say, part by part, on how many sessions no fragment brings news, and what kind of days those were."""
    publication = open_publication(settings)
    catalogue = CitedCatalogue(FigureCatalogue(publication.universe), publication.facts)
    faults = unreadable(publication, settings.edition, catalogue)
    if faults:
        raise ContentError(faults)
    figures = FigureTable(load_past(settings, publication), publication.universe)
    return list(coverage_lines(Newsroom.over(publication, settings.edition, figures)))


def figure_rows(settings: Settings, names: Sequence[str]) -> list[dict[str, Any]]:
    """One row per figure on the session: name, printed text, value, unit, basis, formula and inputs."""
    publication = open_publication(settings)
    market = load_prices(settings, publication)
    figures = FigureTable(market, publication.universe)
    wanted = list(names) or _quoted(publication)
    row = len(market.sessions) - 1
    claims = [Claim("figure", name) for name in wanted]
    records = figure_records([claim for claim in claims if _present(figures, claim.name, row)], figures, row)
    rows = [{"name": name, **(records[name] if name in records else _absent(figures, name))} for name in wanted]
    return [row | {"text": _text(row), "window": _window(row["inputs"])} for row in rows]


def _text(row: dict[str, Any]) -> str:
    """The figure as a person reads it: a date as a date, a name as a name, a flag as yes or no."""
    printed, unit = row["printed"], row["unit"]
    if row["value"] is None:
        return "absent"
    if unit == Unit.NAME:
        return str(row["value"])
    if unit == Unit.DATE:
        return str(date(1970, 1, 1) + timedelta(days=round(printed)))
    if unit == Unit.FLAG:
        return "yes" if printed else "no"
    return f"{printed:,.0f}" if unit == Unit.COUNT else f"{printed:,.2f}"


def _window(inputs: Sequence[dict[str, Any]]) -> str:
    """The first and the last session whose prices the figure reads."""
    days = sorted(item["session"] for item in inputs)
    return f"{days[0]} to {days[-1]}" if days else ""


def _present(figures: FigureTable, name: str, row: int) -> bool:
    return bool(figures.values(name)[row] == figures.values(name)[row])  # NaN is not equal to itself


def _absent(figures: FigureTable, name: str) -> dict[str, Any]:
    definition = figures.catalogue.define(name)
    known = {"label": definition.label, "formula": definition.formula}
    return known | {
        "unit": str(definition.unit),
        "basis": str(definition.basis),
        "value": None,
        "printed": None,
        "inputs": [],
    }


def _quoted(publication: Publication) -> list[str]:
    """Every figure that a rule or a sentence of the content names."""
    catalogue = CitedCatalogue(FigureCatalogue(publication.universe), publication.facts)
    names: dict[str, None] = {}
    for fragments in publication.fragments.values():
        for fragment in fragments:
            names |= dict.fromkeys(read_rule(fragment.when, catalogue, fragment.path).names)
    return sorted(name for name in names if not catalogue.is_fact(name) and not told(name))


def explanation(settings: Settings, slot: str | None) -> list[str]:
    """Lines that say, part by part, who spoke and who did not, how rare each was, and how near its rule was."""
    publication = open_publication(settings)
    market = load_prices(settings, publication)
    desk = Desk.over(publication, settings.edition, market)
    newsroom, row = desk.newsroom, len(market.sessions) - 1
    planned = plan(newsroom.at(row))
    compose(planned)
    weighed = planned.tonight.weigh(planned.outcomes, every=True)
    slots = list(dict.fromkeys(item.slot for item in weighed))
    if slot is not None and slot not in slots:
        raise ContentError([Fault("explain", f"there is no part '{slot}'; these there are: {', '.join(slots)}.")])
    lines = [f"{settings.edition} of {market.session}: the angle is {planned.angle.fragment.key}"]
    for name in [slot] if slot else slots:
        lines += ["", name]
        ranked = sorted(
            (item for item in weighed if item.slot == name),
            key=lambda item: (item.outcome != "spoke", not item.held, -item.surprisal),
        )
        for item in ranked:
            last = f", last on {item.last_time}" if item.last_time else ""
            lines.append(f"  {'*' if item.outcome == 'spoke' else ' '} {item.fragment}: {item.outcome}")
            lines.append(f"      {item.surprisal:.1f} bits, held {item.times_before} times before{last}")
            fragment, rule = newsroom.by_key[item.fragment], newsroom.rules[item.fragment]
            lines += [f"      {distance}" for distance in distances(rule, newsroom.seen_by(fragment), row)]
            if item.outcome == "spoke" and rule.text:
                lines += [f"      {line}" for line in newsroom.recall.lines(fragment, row)]
    return lines
