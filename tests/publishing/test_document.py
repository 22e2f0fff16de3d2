"""An issue is saved whole: read back, it is the same, and so is all that is poured from it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.assembly import Desk, Edition, make_edition
from generator.channels.setting import file_text
from generator.errors import DataError
from generator.loading import load_prices, open_publication
from generator.model import (
    Article,
    Bar,
    BarChart,
    BarsBlock,
    Claim,
    Digest,
    Fact,
    Imprint,
    Issue,
    Line,
    LineChart,
    LinesBlock,
    NotesBlock,
    Piece,
    Post,
    Role,
    Sentence,
    Settings,
    SourcesBlock,
    Table,
    TableBlock,
    TextBlock,
    Tone,
)
from generator.publishing.document import _adapter, issue_text, read_issue
from generator.rendering.pages.article import render_html, render_markdown

from ..small_publication import write_small


def _is_number(text: str) -> bool:
    try:
        return Decimal(text.strip()).is_finite()
    except InvalidOperation:
        return False


def several(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=3).map(tuple)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    root = write_small(tmp_path_factory.mktemp("small"))
    settings = Settings(source="sample", session=date(1997, 3, 5), project=root)
    publication = open_publication(settings)
    return Desk.over(publication, "session", load_prices(settings, publication))


@pytest.fixture(scope="module")
def edition(desk: Desk) -> Edition:
    return make_edition(desk)


@pytest.fixture(scope="module")
def saved(edition: Edition) -> bytes:
    return issue_text(edition.issue)


def test_what_is_read_back_is_what_was_saved(edition: Edition, saved: bytes) -> None:
    """Every block, sentence, claim, number and post; and saved again it is the same bytes."""
    issue = read_issue(saved)
    assert issue == edition.issue
    assert issue_text(issue) == saved


def test_pages_are_poured_from_the_file_alone(desk: Desk, edition: Edition, saved: bytes) -> None:
    """Markdown, HTML and posts of the issue that was read back are those of the edition, byte for byte."""
    issue = read_issue(saved)
    for render in (render_markdown, render_html):
        pages = [
            render(
                one.article,
                one.imprint,
                desk.templates,
                simulated=True,
                derivations=edition.derivations,
                card="A card.",
            )
            for one in (edition, issue)
        ]
        assert pages[0] == pages[1]
    for channel in desk.publication.channels:
        for file in channel.files:
            posts = [
                file_text(one.digest.posts[file.key], channel, one.imprint.call_to_action) for one in (edition, issue)
            ]
            assert posts[0] == posts[1]


def test_an_article_is_its_blocks_in_page_order(edition: Edition) -> None:
    """Headline first, notes last; the figures stand below what it comes to."""
    roles = [block.role for block in edition.article.blocks]
    assert roles[:4] == [Role.HEADLINE, Role.STANDFIRST, Role.LEAD, Role.LINES]
    assert roles[-6:] == [Role.TAKEAWAYS, Role.BOTTOM_LINE, Role.TABLE, Role.BARS, Role.SOURCES, Role.NOTES]
    assert [part for part, _ in edition.article.spoken()][:3] == ["headline", "standfirst", "lead"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"", "invalid JSON"),
        (b"{}", "article: field required"),
        (b'{"format": 2}', "format"),
    ],
)
def test_what_is_no_issue_is_refused_with_its_place(text: bytes, told: str) -> None:
    """In one line, with what to do."""
    with pytest.raises(DataError, match=r"^issue\.json: .*Write the issue again\.$") as raised:
        read_issue(text)
    assert told in str(raised.value) or told == "format"


@given(data=st.data())
def test_no_damage_is_a_traceback(saved: bytes, data: st.DataObject) -> None:
    """A file with any one value lost or of another kind is read or refused."""
    issue = orjson.loads(saved)
    at, key = issue, data.draw(st.sampled_from(sorted(issue)))
    while isinstance(at[key], dict | list) and at[key] and data.draw(st.booleans()):
        at = at[key]
        key = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else list(range(len(at)))))
    at[key] = data.draw(st.sampled_from([None, 5, "x", [], {}]))
    told = "issue.json: "
    try:
        read_issue(orjson.dumps(issue))
    except DataError as refused:
        told = str(refused)
    assert told.startswith("issue.json: ")


# --- any issue there could be -------------------------------------------------------------------

TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
WORDS = TEXTS.filter(lambda text: not _is_number(text))
"""What a fact may say in a word: one that reads as a number is read back as that number."""
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
DAYS = st.dates()
CLAIMS = st.builds(Claim, TEXTS, TEXTS, st.none() | NUMBERS | TEXTS, TEXTS)
PIECES = st.builds(Piece, TEXTS, TEXTS, TEXTS, st.none() | CLAIMS)
SENTENCES = st.builds(Sentence, several(PIECES), TEXTS, TEXTS, st.sampled_from(Tone))
TEXT_ROLES = [Role.LEAD, Role.SECTION, Role.TAKEAWAYS, Role.BOTTOM_LINE]
FACTS = st.builds(
    Fact,
    key=TEXTS,
    as_of=DAYS,
    expires=DAYS,
    values=st.dictionaries(TEXTS, st.decimals(-(10**6), 10**6, places=3) | WORDS, max_size=2),
    source=TEXTS,
    url=TEXTS,
    published=DAYS,
    id=TEXTS,
    dated=TEXTS,
    line=TEXTS,
)
BLOCKS = st.one_of(
    st.builds(TextBlock, st.sampled_from(TEXT_ROLES), TEXTS, several(several(SENTENCES)), st.none() | SENTENCES),
    st.builds(
        LinesBlock,
        TEXTS,
        st.builds(LineChart, TEXTS, TEXTS, several(DAYS), several(st.builds(Line, TEXTS, TEXTS, several(NUMBERS)))),
    ),
    st.builds(BarsBlock, TEXTS, st.builds(BarChart, TEXTS, TEXTS, several(st.builds(Bar, TEXTS, NUMBERS, TEXTS)))),
    st.builds(
        TableBlock, st.builds(Table, TEXTS, several(TEXTS), several(st.tuples(TEXTS, several(st.none() | PIECES))))
    ),
    st.builds(SourcesBlock, several(FACTS)),
    st.builds(NotesBlock, several(TEXTS)),
)
HEADS = st.builds(TextBlock, st.sampled_from([Role.HEADLINE, Role.STANDFIRST]), TEXTS, several(several(SENTENCES)))
ISSUES = st.builds(
    Issue,
    st.builds(Article, TEXTS, DAYS, TEXTS, several(HEADS | BLOCKS), TEXTS, several(TEXTS), st.integers(0, 99), TEXTS),
    st.builds(
        Digest,
        st.dictionaries(TEXTS, several(st.builds(Post, several(SENTENCES), several(TEXTS), TEXTS)), max_size=2),
        TEXTS,
    ),
    st.builds(Imprint, *[TEXTS] * 7, several(TEXTS), TEXTS, several(TEXTS)),
    st.booleans(),
)


@given(issue=ISSUES)
def test_any_issue_is_read_back_as_it_was(issue: Issue) -> None:
    """Whatever its blocks, numbers, days, letters and signs; each value of the type that it had, and as pydantic
    would write it, which reads it."""
    saved = issue_text(issue)
    assert saved == _adapter().dump_json(issue) + b"\n"
    read = read_issue(saved)
    assert read == issue
    assert issue_text(read) == saved
    assert types_in(read) == types_in(issue)


def types_in(value: Any) -> list[type]:
    """The types of all that a fact or a claim holds, in order: `==` takes 1 for 1.0 and for a Decimal."""
    claims = [piece.claim for _, said in value.article.spoken() for piece in said.pieces if piece.claim]
    told = [one for block in value.article.blocks if isinstance(block, SourcesBlock) for one in block.facts]
    return [type(claim.value) for claim in claims] + [type(one) for fact in told for one in fact.values.values()]
