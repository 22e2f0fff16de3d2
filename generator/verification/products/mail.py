"""Checks the newsletter as its reader has it: both parts sentence by sentence, and the message that holds them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import chain
from typing import Any
from urllib.parse import urljoin

from generator.verification.figures.answers import Answers
from generator.verification.figures.charts import Drawn
from generator.verification.products.answering import check_rest, check_sentences, check_shown, check_sources
from generator.verification.products.markup import check_styled
from generator.verification.products.page import PageText
from generator.verification.products.structure import check_structure
from generator.verification.products.tables import check_tables
from generator.verification.sentences.evening import Evening, cites
from generator.verification.sentences.extraction import Read
from generator.verification.sentences.html_pages import read_html
from generator.verification.sentences.marks import check_marks
from generator.verification.sentences.standing import SIMULATED, disclosure_of, link_of, source_text
from generator.verification.sentences.tree import Element, parse_html
from generator.verification.sentences.wordings import NEWSLETTER

HTML, TEXT = "newsletter.html", "newsletter.txt"
FILLER = "\u034f\u00a0"
"""What follows a preheader unseen, any number of times."""
_RULE = re.compile(r"(?m)^-{72}$|^\* ")
"""Marks of the plain text that say nothing: the line below a heading, and the star before a takeaway."""
Record = Mapping[str, Any]


def shown_in_inbox(ledger: Record, evening: Evening) -> tuple[str, str]:
    """The subject with the mark of a simulated market, and the preheader."""
    texts = {
        part: " ".join(record["text"] for record in ledger["products"][NEWSLETTER] if record["part"] == part)
        for part in ("subject", "preheader")
    }
    return f"{SIMULATED[:-1] + ': ' if evening.simulated else ''}{texts['subject']}", texts["preheader"]


def check_html_part(
    answers: Answers, name: str, content: str, ledger: Record, evening: Evening, inside: Mapping[str, str] | None = None
) -> None:
    """Check the part that mail programs show; `inside` is where it finds its pictures, if not beside the article."""
    root, read = parse_html(content), read_html(content)
    page = PageText(read.text.replace("\u034f", ""))
    subject, preheader = shown_in_inbox(ledger, evening)
    answers.check(read.meta.get("title") == [subject], "newsletters", name, read.meta.get("title"), f"it is {subject}")
    _hidden(answers, name, content, root, preheader)
    page.take(preheader)
    _check_words(answers, name, page, read, ledger, evening)
    expected = [(record, record["text"] + cites(record, evening)) for record in ledger["products"]["article"]]
    if evening.charts and root.named("img"):
        check_shown(answers, name, page, evening)
    check_structure(answers, name, read, expected)
    _addresses(answers, name, read, evening)
    _pictures(answers, name, root, ledger, evening, inside)
    check_styled(answers, name, root, evening.publication.templates)
    check_rest(answers, name, page, evening, _standing("mail.html.j2", evening, ledger))
    check_marks(answers, name, content, evening.own_words)


def check_text_part(answers: Answers, name: str, content: str, ledger: Record, evening: Evening) -> None:
    """Check the part without pictures."""
    read = _plain(content)
    page = PageText(_RULE.sub("", content))
    newsletter, link = evening.publication.imprint.newsletter, _link(evening)
    leaving = newsletter.unsubscribe if newsletter else ""
    for one in (f"Unsubscribe: {leaving}", link):  # before the days of sources, which an address may hold
        answers.check(page.take(one) >= 0, "newsletters", name, one, "it does not stand there")
    allowed = {link, leaving, *(fact.url for fact in evening.facts)}
    for address in re.findall(r"\b(?:https?|mailto|javascript|data):\S+", content):
        answers.check(address in allowed, "addresses", name, address, "no source of the edition has this address")
    for row in chain.from_iterable(read.tables):  # compared below, cell by cell
        page.take(" ".join(row))
    _check_words(answers, name, page, read, ledger, evening)
    check_rest(answers, name, page, evening, _standing("mail.txt.j2", evening, ledger))
    check_marks(answers, name, content, evening.own_words)
    ends = content.endswith("\n") and not content.endswith("\n\n")
    answers.check(ends, "setting", name, content[-20:].strip(), "it ends with one line end")


def _link(evening: Evening) -> str:
    return link_of(evening.publication, evening.edition, evening.session)


def _check_words(answers: Answers, name: str, page: PageText, read: Read, ledger: Record, evening: Evening) -> None:
    """Check what both parts have to say: every sentence, the table, the sources, the standing text."""
    expected = [(record, record["text"] + cites(record, evening)) for record in ledger["products"]["article"]]
    check_sentences(answers, name, page, expected)
    for text in _once(evening):
        if page.take(text) < 0:
            answers.false(name, page.differs(text)[0], f"the standing text says '{page.differs(text)[1]}'")
        else:
            answers.holds("newsletters")
    check_tables(answers, name, page, read, ledger, evening)
    check_sources(answers, name, page, read, evening)
    for fact in evening.facts:
        page.take_all(source_text(fact))


def _once(evening: Evening) -> list[str]:
    """What the letter has besides its sentences: disclosure, risk, address in the street, the notes of the day."""
    imprint = evening.publication.imprint
    disclosure = disclosure_of(evening.publication, evening.supplier, evening.session)
    postal = imprint.newsletter.postal if imprint.newsletter else ""
    notes = [note for note in evening.notes if note not in imprint.notes]
    return [one for one in (disclosure, imprint.risk, postal, *notes) if one]


def _standing(template: str, evening: Evening, ledger: Record) -> Counter[str]:
    """What may be left of a part once its sentences and standing texts are struck out."""
    found = evening.standing(template)
    found.subtract(dict.fromkeys([*_once(evening), *evening.notes], 1))
    return found


def _hidden(answers: Answers, name: str, content: str, root: Element, preheader: str) -> None:
    """Check that what is hidden is the preheader alone, first in the body, with nothing but filling behind it."""
    hidden = [one for one in root.all() if "preheader" in one.classes]
    right = len(hidden) == bool(preheader) and all(
        re.fullmatch(f"{re.escape(preheader)}(?:{FILLER})*", one.words) for one in hidden
    )
    answers.check(bool(right), "newsletters", name, [one.words[:90] for one in hidden], f"it is '{preheader}'")
    filled = content.count("\u034f") == sum(one.words.count("\u034f") for one in hidden)
    answers.check(filled, "newsletters", name, "U+034F", "it fills the preheader and stands nowhere else")
    unseen = all("display: none" in one.given.get("style", "") for one in hidden)
    answers.check(unseen, "newsletters", name, "the preheader", "it is shown in the letter")
    body = next(iter(root.named("body")), None)
    first = next((one for one in body.content if isinstance(one, Element)), None) if body else None
    answers.check(
        first in hidden or not preheader, "newsletters", name, first.tag if first else "", "the preheader comes first"
    )


def _addresses(answers: Answers, name: str, read: Read, evening: Evening) -> None:
    """Check that each link leads to the page, to where a reader unsubscribes, or to a source by its name."""
    newsletter = evening.publication.imprint.newsletter
    leaving = newsletter.unsubscribe if newsletter else ""
    sources = {(fact.source, fact.url) for fact in evening.facts}
    found = [(" ".join(text.split()), address) for text, address in read.addresses]
    own = {("Unsubscribe", leaving), ("Read it on the web", _link(evening)), ("", _link(evening))}
    for text, address in found:
        right = (text, address) in sources | own
        answers.check(right, "addresses", name, f"{text} {address}", "no source of the edition has this address")
    for wanted in (_link(evening), leaving):
        there = any(address == wanted for _, address in found)
        answers.check(there, "addresses", name, "no link", f"a letter leads to {wanted}")


def _pictures(
    answers: Answers, name: str, root: Element, ledger: Record, evening: Evening, inside: Mapping[str, str] | None
) -> None:
    """Check that the pictures are the charts with axes, in page order, where they lie and in words."""
    shown = [(one.given.get("src"), one.given.get("alt")) for one in root.named("img")]
    drawn = [one for one in evening.charts if not ledger.get("files") or png_of(one) in ledger["files"]]
    at = {png_of(one): urljoin(_link(evening), png_of(one)) for one in drawn} | dict(inside or {})
    wanted = [(at[png_of(one)], one.description) for one in drawn]
    answers.check(shown == wanted, "newsletters", name, shown, f"its pictures are {wanted}")


def png_of(chart: Drawn) -> str:
    """The file of a chart's picture."""
    return chart.file.removesuffix("svg") + "png"


def _plain(content: str) -> Read:
    """The tables and the sources of the plain text: a table is lines between empty ones, its cells two spaces apart."""
    read = Read()
    body, _, sources = content.partition(f"\nSources\n{'-' * 72}\n")
    read.cited = re.findall(r"\[(\d+)\]", body)
    read.sources = {number: " ".join(text.split()) for number, text in _SOURCE.findall(sources)}
    laid = [[re.split(r" {2,}", line) for line in lines.split("\n")] for lines in body.split("\n\n")]
    read.tables = [table for table in laid if any(len(row) > 1 for row in table)]
    return read


_SOURCE = re.compile(r"(?ms)^\[(\d+)\] (.*?)$(?=\n\S+://|\n\[|\n\n)")
