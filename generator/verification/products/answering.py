"""Checks that each product of an edition says what the ledger proves and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.verification.figures.answers import Answers
from generator.verification.figures.charts import Drawn
from generator.verification.products.drawings import check_drawings
from generator.verification.products.page import PageText
from generator.verification.products.scales import scale_fault, without_scales
from generator.verification.products.structure import check_addresses, check_structure
from generator.verification.products.tables import check_tables
from generator.verification.sentences.evening import ALT_TEMPLATE, Evening, cites
from generator.verification.sentences.extraction import Read, read_markdown
from generator.verification.sentences.heads import check_front_matter, check_head, headline_of
from generator.verification.sentences.html_pages import read_html
from generator.verification.sentences.marks import check_marks
from generator.verification.sentences.standing import SIMULATED, disclosure_of, source_text

WORDS_A_MINUTE = 230
TEMPLATES = {
    "article.md": ("article.md.j2",),
    "article.html": ("article.html.j2",),
    "article.pdf": ("article.html.j2", "print.css"),
}
Record = Mapping[str, Any]


def check_article(answers: Answers, name: str, content: str, ledger: Record, evening: Evening) -> None:
    """Check article.md, article.html, or the text of article.pdf."""
    read = _read(name, content)
    page = PageText(read.text, tight=name.endswith(".pdf"))
    sentences = ledger["products"]["article"]
    mark = "{}" if page.tight else "[{}]"
    expected = [(record, record["text"] + cites(record, evening, mark)) for record in sentences]
    check_sentences(answers, name, page, expected)
    check_shown(answers, name, page, evening)
    disclosure = disclosure_of(evening.publication, evening.supplier, evening.session)
    for text in (disclosure, evening.publication.imprint.risk, *evening.notes):
        if text and page.take(text) < 0 and not (page.tight and page.take_parted(text) >= 0):
            answers.false(name, page.differs(text)[0], f"the standing text says '{page.differs(text)[1]}'")
    listed = listed_entries(page, evening)  # before the labels of tables and charts, whose words a title may hold
    check_tables(answers, name, page, read, ledger, evening)
    _charts(answers, name, page, read, evening)
    if page.tight:
        page.take_all([disclosure])  # paper repeats it at the foot of each page
    page.take(f"{_minutes(sentences)} min read")
    check_sources(answers, name, page, read, evening, listed)
    if name.endswith(".md"):
        check_front_matter(answers, name, read, ledger, evening)
    elif name.endswith(".html"):
        check_head(answers, name, read, ledger, evening)
    if not page.tight:
        check_structure(answers, name, read, expected)
        check_addresses(answers, name, read, evening)
        check_marks(answers, name, content, evening.own_words)
    standing = evening.standing(*TEMPLATES[name])
    standing.subtract({text: 1 for text in (disclosure, evening.publication.imprint.risk, *evening.notes) if text})
    check_rest(answers, name, page, evening, standing)


def _read(name: str, content: str) -> Read:
    if name.endswith(".md"):
        return read_markdown(content)
    if name.endswith(".html"):
        return read_html(content)
    text, scales = without_scales(content)
    return Read(text=text, scales=scales)


def _minutes(sentences: Sequence[Record]) -> int:
    return max(1, round(sum(len(record["text"].split()) for record in sentences) / WORDS_A_MINUTE))


def check_sentences(answers: Answers, name: str, page: PageText, expected: Sequence[tuple[Record, str]]) -> None:
    """Check that each sentence occurs in the product once, and that those of a part are in order."""
    places: dict[int, int] = {}
    for number in sorted(range(len(expected)), key=lambda number: -len(expected[number][1])):
        text = expected[number][1]
        places[number] = page.take(text)
    for number, (_, text) in enumerate(expected):
        if places[number] < 0 and page.tight:
            places[number] = page.take_parted(text)
        if places[number] < 0:
            found, wanted = page.differs(text)
            answers.false(name, found, f"the ledger's sentence goes on '{wanted}'")
            page.drop(text)
        else:
            answers.holds("sentences of products")
    if not page.tight:
        page.said = [(places[number], record["part"]) for number, (record, _) in enumerate(expected)]
        _order(answers, name, expected, places)


def _order(answers: Answers, name: str, expected: Sequence[tuple[Record, str]], places: Mapping[int, int]) -> None:
    """Check that the body and the takeaways each follow the ledger's order, and that they are not mixed."""
    placed = [number for number in sorted(places, key=lambda number: places[number]) if places[number] >= 0]
    groups: list[str] = []
    last: dict[str, int] = {}
    for number in placed:
        record, text = expected[number]
        group = record["part"] if record["part"] in ("takeaways", "bottom line") else ""
        if groups[-1:] != [group]:
            if group in groups:
                answers.false(name, text[:60], "it stands among the sentences of another part")
            groups.append(group)
        if number < last.get(group, -1):
            answers.false(name, text[:60], "it stands behind a sentence that the ledger puts after it")
        last[group] = max(number, last.get(group, -1))


def check_shown(answers: Answers, name: str, page: PageText, evening: Evening) -> None:
    """Check that each chart is told of, by its title or in Markdown by its description, and stands below its part.

    A letter has no bars.
    """
    for drawn in (*evening.charts, *([] if name.startswith("newsletter") else [evening.bars])):
        told = drawn.description if name.endswith(".md") else drawn.title
        if (at := page.take(told)) < 0:
            found, wanted = page.differs(told)
            answers.false(name, found, f"the closes give '{wanted}' in a chart's words")
        elif drawn.after and not page.tight:
            below = page.is_below(at, drawn.after)
            answers.check(below, "charts", name, drawn.title, f"it does not stand below '{drawn.after}'")


def _charts(answers: Answers, name: str, page: PageText, read: Read, evening: Evening) -> None:
    drawn = [*evening.charts, evening.bars]
    page.take_all(text for one in drawn for text in (one.title, one.description))
    if name.endswith(".html"):
        check_drawings(answers, name, read.drawings, evening)
    if not page.tight:
        return
    for one in drawn:
        _labels(answers, name, page, one)
        for number in one.numbers:
            if page.take(number) < 0:
                answers.false(name, page.differs(number)[0], f"the closes give {number} in '{one.title}'")
            else:
                answers.holds("chart numbers")
    for labels in read.scales:
        faults = [scale_fault(labels, chart) for chart in evening.charts] or ["there is no line"]
        answers.check("" in faults, "axes", name, ", ".join(labels), faults[0])


def _labels(answers: Answers, name: str, page: PageText, chart: Drawn) -> None:
    """Check that each label of a chart, and what its lines begin at, occurs once on paper."""
    for label in sorted(filter(None, (chart.basis, *chart.labels)), key=len, reverse=True):
        answers.check(page.take(label) >= 0, "chart labels", name, label, f"it does not stand in '{chart.title}'")


def listed_entries(page: PageText, evening: Evening) -> tuple[bool, ...]:
    """Whether each cited source is listed with its day; what is listed is taken off the page."""
    texts = (source_text(fact) for fact in evening.facts)
    entries = [
        [f"{source}, {fact.dated} {day}" for day in days]
        for fact, (source, _, *days) in zip(evening.facts, texts, strict=True)
    ]
    return tuple(any(page.take(entry) >= 0 for entry in ways) for ways in entries)


def check_sources(
    answers: Answers, name: str, page: PageText, read: Read, evening: Evening, listed: Sequence[bool] = ()
) -> None:
    """Check that cited sources are listed, and that listed sources are cited."""
    listed = listed or listed_entries(page, evening)
    for number, (fact, there) in enumerate(zip(evening.facts, listed, strict=True), 1):
        source, url, *days = source_text(fact)
        answers.check(there, "sources", name, source, f"it is cited and not listed with its day, {days[0]}")
        page.take_all((url,))
        if not page.tight and fact.id not in evening.headed:
            answers.check(str(number) in read.cited, "citations", name, source, "it is listed and not cited")
            entry = read.sources.get(str(number), "")
            answers.check(source in entry, "citations", name, entry, f"source {number} is '{source}'")
    numbers = range(1, len(evening.facts) + 1)
    page.take_all(f"[{number}]" for number in numbers)
    if page.tight:  # a PDF's text has a list's numbers apart from its entries, in a row or one by one
        for marks in (" ".join(f"{number}." for number in numbers), *(f"{number}." for number in numbers)):
            page.alone.append(marks)
    for other in {*read.cited, *read.sources} - {str(one) for one in range(1, len(evening.facts) + 1)}:
        answers.uncovered(name, f"[{other}]", "no fact of the edition has this number")


def check_alt(answers: Answers, name: str, content: str, ledger: Record, evening: Evening) -> None:
    """Check the card's text: the headline, and where the lines drawn on it end."""
    page = PageText(content)
    said = [headline_of(ledger)["headline"].rstrip("."), *([evening.line.description] if evening.line else [])]
    for text in said:
        if page.take(text) < 0:
            answers.false(name, *page.differs(text))
        else:
            answers.holds("card")
    check_rest(answers, name, page, evening, evening.standing(ALT_TEMPLATE))
    check_marks(answers, name, content, evening.own_words)
    places = [content.find(" ".join(text.split())) for text in said]
    answers.check(places == sorted(places), "card", name, content[:60], "its sentences are in another order")


def check_rest(answers: Answers, name: str, page: PageText, evening: Evening, standing: Mapping[str, int]) -> None:
    """Check that a simulated edition says so, and that no text is left that comes from no template."""
    said = (SIMULATED.replace(" ", "") if page.tight else SIMULATED) in page.text
    why = "the prices are simulated" if evening.simulated else "the prices are not simulated"
    answers.check(said is evening.simulated, "simulation", name, SIMULATED if said else "no notice", why)
    for run in page.left(standing):
        answers.uncovered(name, run[:80], "nothing in the ledger or the publication stands behind it")
