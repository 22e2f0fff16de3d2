"""An edition's files and its ledger in; whether each product says what the ledger proves and nothing else, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.verification.answers import Answers
from generator.verification.charts import Drawn
from generator.verification.evening import Evening, cited_line
from generator.verification.extraction import Read, read_html, read_markdown
from generator.verification.heads import check_front_matter, check_head, headline_of
from generator.verification.page import Page, scale_fault, without_scales
from generator.verification.standing import SIMULATED, disclosure_of, source_text

POSTS = {"x.txt": "x", "x-thread.txt": "x-thread", "linkedin.txt": "linkedin", "facebook.txt": "facebook"}
DIVIDER = "\n---\n"
WORDS_A_MINUTE = 230
Record = Mapping[str, Any]


def check_article(answers: Answers, name: str, content: str, ledger: Record, evening: Evening) -> None:
    """Answer for article.md, article.html, or the text of article.pdf."""
    read = _read(name, content)
    page = Page(read.text, tight=name.endswith(".pdf"))
    sentences = ledger["products"]["article"]
    numbers = {fact.line: number for number, fact in enumerate(evening.facts, 1)}
    mark = "{}" if page.tight else "[{}]"
    expected = [(record, record["text"] + _cites(record, numbers, mark)) for record in sentences]
    _sentences(answers, name, page, expected)
    for drawn in (evening.line, evening.bars) if not page.tight else ():
        if drawn and not page.take(drawn.description) >= 0:
            found, wanted = page.differs(drawn.description)
            answers.false(name, found, f"the closes give '{wanted}' in the chart's description")
    disclosure = disclosure_of(evening.publication, evening.supplier, evening.session)
    for text in (disclosure, evening.publication.imprint.risk, *evening.notes):
        if text and page.take(text) < 0 and not (page.tight and page.take_parted(text) >= 0):
            answers.false(name, page.differs(text)[0], f"the standing text says '{page.differs(text)[1]}'")
    _table(answers, name, page, read, ledger, evening)
    _charts(answers, name, page, read, evening)
    page.take_all([disclosure])  # paper repeats it at the foot of each page
    page.take(f"{_minutes(sentences)} min read")
    _sources(answers, name, page, read, evening)
    if name.endswith(".md"):
        check_front_matter(answers, name, read, ledger, evening)
    elif name.endswith(".html"):
        check_head(answers, name, read, ledger, evening)
    _rest(answers, name, page, evening)


def _read(name: str, content: str) -> Read:
    if name.endswith(".md"):
        return read_markdown(content)
    if name.endswith(".html"):
        return read_html(content)
    text, scales = without_scales(content)
    return Read(text=text, scales=scales)


def _cites(record: Record, numbers: Mapping[str, int], mark: str) -> str:
    """The numbers of the sources behind a sentence's facts and releases, as they follow it."""
    lines = dict.fromkeys(cited_line(claim) for claim in record["claims"])
    return "".join(mark.format(numbers[line]) for line in lines if line in numbers)


def _minutes(sentences: Sequence[Record]) -> int:
    return max(1, round(sum(len(record["text"].split()) for record in sentences) / WORDS_A_MINUTE))


def _sentences(answers: Answers, name: str, page: Page, expected: Sequence[tuple[Record, str]]) -> None:
    """Each sentence stands in the product, once, and those of one part in their order."""
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
    if page.tight:
        return
    last: dict[str, int] = {}
    for number, (record, text) in enumerate(expected):
        part = record["part"] if record["part"] in ("takeaways", "bottom line") else ""
        if 0 <= places[number] < last.get(part, -1):
            answers.false(name, text[:60], "it stands before the sentence that the ledger puts before it")
        last[part] = max(places[number], last.get(part, -1))


def _charts(answers: Answers, name: str, page: Page, read: Read, evening: Evening) -> None:
    drawn = [one for one in (evening.line, evening.bars) if one]
    page.take_all(text for one in drawn for text in (one.title, one.description))
    if name.endswith(".md"):
        return
    for one in drawn:
        _labels(answers, name, page, one)
        for number in one.numbers:
            if page.take(number) < 0:
                answers.false(name, page.differs(number)[0], f"the closes give {number} in '{one.title}'")
            else:
                answers.holds("chart numbers")
    for labels in read.scales:
        fault = (
            scale_fault(labels, evening.line.low, evening.line.high, evening.days)
            if evening.line
            else "there is no line"
        )
        answers.check(not fault, "axes", name, ", ".join(labels), fault)


def _labels(answers: Answers, name: str, page: Page, chart: Drawn) -> None:
    """On paper each label of a chart stands once; a screen has one chart for wide pages and one for narrow."""
    if not page.tight:
        page.take_all(chart.labels)
        return
    for label in sorted(chart.labels, key=len, reverse=True):
        answers.check(page.take(label) >= 0, "chart labels", name, label, f"it does not stand in '{chart.title}'")


def _table(answers: Answers, name: str, page: Page, read: Read, ledger: Record, evening: Evening) -> None:
    headings = [heading for heading, _ in evening.publication.outlines[evening.edition].table_columns]
    wanted = [[label, *(cells[heading]["text"] if cells.get(heading) else "–" for heading in headings)]
              for label, cells in ledger["table"].items()]  # fmt: skip
    if page.tight:
        for row in [headings, *wanted]:
            if page.take(" ".join(row)) < 0:
                answers.false(name, " ".join(row), "this row of the table does not stand there")
            else:
                answers.holds("table rows")
        return
    found = read.rows
    answers.check(not found or found[0][1:] == headings, "table rows", name, found[:1], f"the columns are {headings}")
    for row, right in zip([*found[1:], *[[]] * len(wanted)], wanted, strict=False):
        answers.check(row == right, "table rows", name, " | ".join(row), f"the ledger's row is {' | '.join(right)}")
    if len(found) > len(wanted) + 1:
        answers.uncovered(name, " | ".join(found[-1]), "the ledger has no such row")


def _sources(answers: Answers, name: str, page: Page, read: Read, evening: Evening) -> None:
    """Sources cited are listed, and listed sources cited."""
    for number, fact in enumerate(evening.facts, 1):
        source, url, *days = source_text(fact)
        listed = any(page.take(f"{source}, {fact.dated} {day}") >= 0 for day in days)
        answers.check(listed, "sources", name, source, f"it is cited and not listed with its day, {days[0]}")
        page.take_all((url, *([f"{number}."] if page.tight else [])))
        if not page.tight:
            answers.check(str(number) in read.cited, "citations", name, source, "it is listed and not cited")
            entry = read.sources.get(str(number), "")
            answers.check(source in entry, "citations", name, entry, f"source {number} is '{source}'")
    page.take_all(f"[{number}]" for number in range(1, len(evening.facts) + 1))
    for other in {*read.cited, *read.sources} - {str(one) for one in range(1, len(evening.facts) + 1)}:
        answers.uncovered(name, f"[{other}]", "no fact of the edition has this number")


def check_post(answers: Answers, name: str, content: str, ledger: Record, evening: Evening) -> None:
    """Answer for one network's file; a thread's posts are read one by one."""
    records = ledger["products"][POSTS[name]]
    for part, text in _posts(name, content):
        page = Page(text)
        expected = [(record, record["text"]) for record in records if record["part"] == part]
        _sentences(answers, name, page, expected)
        _rest(answers, name, page, evening)
    parts = {part for part, _ in _posts(name, content)}
    for record in records:
        if record["part"] not in parts:
            answers.false(name, record["text"], f"there is no {record['part']}")


def _posts(name: str, content: str) -> Iterator[tuple[str, str]]:
    if name != "x-thread.txt":
        yield "post", content
        return
    yield from ((f"post {number}", text) for number, text in enumerate(content.split(DIVIDER), 1))


def check_alt(answers: Answers, name: str, content: str, ledger: Record, evening: Evening) -> None:
    """Answer for the card's words: the headline, and where the lines it draws end."""
    page = Page(content)
    said = [headline_of(ledger)["headline"].rstrip("."), *([evening.line.description] if evening.line else [])]
    for text in said:
        if page.take(text) < 0:
            answers.false(name, *page.differs(text))
        else:
            answers.holds("card")
    _rest(answers, name, page, evening)


def _rest(answers: Answers, name: str, page: Page, evening: Evening) -> None:
    """The simulation is confessed where there is one, and nothing is left over."""
    said = (SIMULATED.replace(" ", "") if page.tight else SIMULATED) in page.text
    why = "the prices are simulated" if evening.simulated else "the prices are not simulated"
    answers.check(said is evening.simulated, "simulation", name, SIMULATED if said else "no notice", why)
    for run in page.left(evening.standing):
        answers.uncovered(name, run[:80], "nothing in the ledger or the publication stands behind it")
