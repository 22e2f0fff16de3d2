"""The second reader: answers for every claim in an edition's files and ledger, against prices loaded once."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from generator.errors import DataError
from generator.model import Market, Publication
from generator.verification.figures.answers import Answers
from generator.verification.figures.charts import bar_chart, first_drawn, line_chart
from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.of_releases import sources
from generator.verification.figures.of_trials import EarlierTests
from generator.verification.figures.pictures import pictures_of
from generator.verification.figures.prices import PriceTable
from generator.verification.figures.rules import Rules
from generator.verification.holdings import WHERE
from generator.verification.ledger import LedgerReader
from generator.verification.products.answering import check_alt, check_article
from generator.verification.products.drawings import check_file
from generator.verification.products.files import Files, check_manifest, check_reprint, texts_of
from generator.verification.products.form import unknown_keys
from generator.verification.products.mail import HTML, TEXT, check_html_part, check_text_part
from generator.verification.products.markup import check_markup
from generator.verification.products.message import MESSAGE, PICTURE_SIZE, check_message
from generator.verification.products.paper import check_paper, read_paper
from generator.verification.products.picture import CARD, check_picture, picture_fault
from generator.verification.products.posts import channel_of, check_post
from generator.verification.products.saved import ISSUE, check_saved
from generator.verification.products.structure import CHARTS, check_landmarks
from generator.verification.sentences.completeness import check_completeness
from generator.verification.sentences.disputed import check_disputes
from generator.verification.sentences.evening import Evening, first_used, missing_notes, only_headed
from generator.verification.sentences.html_pages import read_html
from generator.verification.sentences.marked import check_marked
from generator.verification.sentences.marks import check_marks
from generator.verification.sentences.meanings import Meanings
from generator.verification.sentences.paragraphs import check_paragraphs
from generator.verification.sentences.reading import Sentences
from generator.verification.sentences.tables import claims_of_tables
from generator.verification.sentences.tree import parse_html, parse_svg
from generator.verification.sentences.wordings import WordingsByLine

ARTICLES = ("article.md", "article.html", "article.pdf")
ALT = "card-alt.txt"
NAMED = 8
"""How many missing segments a note names at most."""


class SecondReader:
    """Checks finished editions of one publication over one market; they share what SQL has computed."""

    def __init__(
        self, publication: Publication, edition: str, market: Market, columns: SqlColumns | None = None
    ) -> None:
        """`columns` are what SQL has computed before, of the same market, universe, facts, calendars and readings."""
        self.publication, self.edition, self.market = publication, edition, market
        outline = publication.outlines[edition]
        appears, on_demand = outline.appears, outline.on_demand
        choices = publication.choices_of(edition)
        tests = EarlierTests.of(
            appears, publication.fragments[edition], publication.trials, choices, on_demand=on_demand
        )
        about = (publication.facts, publication.calendars, publication.readings, tests)
        self.columns = columns or SqlColumns(PriceTable(market), publication.universe, *about)
        wordings = WordingsByLine(publication, edition)
        self.sentences = Sentences(wordings, self.columns, Rules(self.columns, appears, on_demand=on_demand))
        self.meanings = Meanings(self.sentences)
        self.ledgers = LedgerReader(self.sentences, market)

    def read(self, files: Files, ledger: Mapping[str, Any], again: Files | None = None) -> Answers:
        """The answers on one edition's folder: `files` by path, and `again` as the program prints them now."""
        answers = self.read_files(files, ledger)
        check_manifest(answers, files, ledger, self.publication.channels)
        if again is not None:
            check_reprint(answers, files, again, ledger)
        return answers

    def read_files(self, files: Files, ledger: Mapping[str, Any], *, ledger_holds: bool = False) -> Answers:
        """The answers on an edition's ledger, unless that is known to hold, and on the files given."""
        unread = Answers()
        texts = texts_of(unread, files)
        papers = {}
        for name in (name for name in files if name.endswith(".pdf")):
            try:
                papers[name] = read_paper(files[name])
            except DataError as error:
                unread.uncovered(name, "the PDF", str(error))
        texts |= {name: paper.text for name, paper in papers.items()}
        answers = self.verify(texts, ledger, ledger_holds=ledger_holds)
        answers.faults += unread.faults
        if CARD in files:
            check_picture(answers, CARD, files[CARD])
        for key in unknown_keys(dict(ledger)):
            answers.uncovered(WHERE, key, "nothing is known of it")
        for name in (name for name in files if name.startswith("charts/") and name.endswith(".png")):
            fault = picture_fault(files[name], PICTURE_SIZE)
            answers.check(not fault, "newsletters", name, f"{len(files[name]):,} bytes", fault)
        row = self.columns.prices.rows.get(ledger["session"])
        if row is not None and (papers or ISSUE in files or MESSAGE in files):
            evening = self._evening(ledger, row)
            if MESSAGE in files:
                half_day = bool(self.market.half_days[row])
                check_message(answers, files[MESSAGE], files, ledger, evening, half_day)
            if ISSUE in files:
                check_saved(answers, files[ISSUE], ledger, evening, self.sentences.wordings)
            for name, paper in papers.items():
                check_paper(answers, name, paper, ledger, evening)
        return answers

    def verify(self, texts: Mapping[str, str], ledger: Mapping[str, Any], *, ledger_holds: bool = False) -> Answers:
        """The answers on one edition: `texts` are its files by name, with a PDF given as its text.

        A ledger that is known to hold is not read again: a text beside it is judged by it alone.
        """
        answers = Answers()
        row = self.columns.prices.rows.get(str(ledger.get("session")))
        if row is None:
            answers.uncovered(WHERE, ledger.get("session"), "the prices have no such session")
            return answers
        try:
            evening = self._evening(ledger, row)
            if not ledger_holds:
                self._ledger(answers, ledger, evening, row)
            self._texts(answers, texts, ledger, evening, row)
        except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
            answers.uncovered(WHERE, repr(error), "the ledger has not the form of one")
        return answers

    def _ledger(self, answers: Answers, ledger: Mapping[str, Any], evening: Evening, row: int) -> None:
        """Check the ledger, and every sentence as it stands there."""
        self.ledgers.check(answers, ledger, evening, row)
        check_completeness(answers, ledger, self.sentences.wordings, evening)
        check_paragraphs(answers, ledger, self.sentences.wordings)
        for product, records in ledger["products"].items():
            check_disputes(answers, f"{WHERE} {product}", records, self.publication.lexicon.senses.disputes)
            if product != "article":
                self.meanings.check_posts(answers, f"{WHERE} {product}", records)
            for before, record in pairwise([None, *records]):
                self.sentences.check(answers, f"{WHERE} {product}", product, record, row)
                self.meanings.check(answers, f"{WHERE} {product}", record, row, before)
        check_alt(answers, f"{WHERE} card", ledger["card"]["alt_text"], ledger, evening)

    def _texts(
        self, answers: Answers, texts: Mapping[str, str], ledger: Mapping[str, Any], evening: Evening, row: int
    ) -> None:
        """Check each text against the ledger."""
        for name, content in texts.items():
            try:
                self._product(answers, name, content, ledger, evening)
            except DataError as error:
                answers.uncovered(name, "the file", f"{error}, so it was not read")
        if "article.html" in texts:
            check_marked(answers, texts["article.html"], ledger, self.sentences, row)

    def _product(self, answers: Answers, name: str, content: str, ledger: Mapping[str, Any], evening: Evening) -> None:
        """Check one file."""
        folders = self.publication.templates
        if name in ARTICLES:
            check_article(answers, name, content, ledger, evening)
            if name.endswith(".html"):
                check_markup(answers, name, parse_html(content), folders)
                check_landmarks(answers, name, read_html(content), evening)
        elif channel_of(self.publication, name):
            check_post(answers, name, content, ledger, evening)
        elif name == HTML:
            check_html_part(answers, name, content, ledger, evening)
        elif name == TEXT:
            check_text_part(answers, name, content, ledger, evening)
        elif name == ALT:
            check_alt(answers, name, content, ledger, evening)
        elif name in CHARTS or name in {one.file for one in evening.pictures}:
            root = parse_svg(content)
            check_markup(answers, name, root, folders)
            check_file(answers, name, root, evening)
            check_marks(answers, name, content, evening.own_words)
        elif name == ISSUE:
            check_saved(answers, content.encode(), ledger, evening, self.sentences.wordings)
        elif name in (ledger.get("files") or ()):
            answers.uncovered(name, "the file", "the second reader does not read it")

    def _evening(self, ledger: Mapping[str, Any], row: int) -> Evening:
        outline, days = self.publication.outlines[self.edition], self.columns.prices.days
        parts = list(dict.fromkeys(record["part"] for record in ledger["products"]["article"]))
        return Evening(
            publication=self.publication,
            edition=self.edition,
            session=days[row],
            simulated=self.market.simulated,
            supplier=self.market.supplier,
            days=days[first_drawn(self.columns, outline, row) or 0 : row + 1],
            line=line_chart(self.columns, outline, row),
            bars=bar_chart(self.columns, outline, row),
            facts=first_used(ledger, (*self.columns.citable(row), *sources(self.columns, row).values())),
            headed=only_headed(ledger),
            cited=self._cited(ledger, row),
            pictures=pictures_of(self.columns, self.sentences.rules, outline, parts, row),
            notes=(
                *self.publication.imprint.notes,
                *self._left_out(ledger, row),
                *missing_notes(self.columns, row),
                *self._taken_on(ledger),
            ),
        )

    def _taken_on(self, ledger: Mapping[str, Any]) -> list[str]:
        """The notes on sentences that a person answers for, as their files in content/own have it."""
        found = [(self.sentences.wordings.at(one["source"]), one["text"]) for one in ledger["products"]["article"]]
        named = [(wording.fragment.taken_on_by, text) for wording, text in found if wording]
        told = "answers for this sentence, which prices alone do not prove"
        return [f"{name} {told}: \u201c{text}\u201d" for name, text in named if name]

    def _cited(self, ledger: Mapping[str, Any], row: int) -> dict[str, str | float]:
        """What each name that is cited in the ledger comes to on the session: a word, a day or a number."""
        claims = [claim for said in ledger["products"].values() for record in said for claim in record["claims"]]
        claims += claims_of_tables(ledger)
        names = {claim["name"] for claim in claims if claim["kind"] == "fact"}
        return {name: shown.data for name in names if (shown := self.sentences.shown(name, row))}

    def _left_out(self, ledger: Mapping[str, Any], row: int) -> list[str]:
        """The note that names the segments without a price on the session, except those that had not begun."""
        omitted, holdings = ledger["market"]["omitted"], self.ledgers.holdings
        names: dict[str, None] = {}
        for segment in self.publication.universe.segments.values():
            columns = [(segment.price, "close"), (segment.total, "adj_close")]
            used = [(symbol, field) for symbol, field in columns if symbol]
            begun = any(symbol in omitted and not holdings.begins_later(symbol, row) for symbol, _ in used)
            if begun and all(self.columns.prices.values(symbol, field)[row] is None for symbol, field in used):
                names[segment.names[0]] = None
        first, rest = list(names)[:NAMED], len(names) - NAMED
        listed = ", ".join(first) + (f" and {rest} more" if rest > 0 else "")
        return [f"Left out for want of data: {listed}."] if names else []
