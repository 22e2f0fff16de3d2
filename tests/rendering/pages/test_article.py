"""An article becomes Markdown that Hugo and Jekyll read, and a page that stands on its own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace

import frontmatter
import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment

from generator.model import Article, Imprint, Piece, Role, Sentence, TextBlock
from generator.rendering.pages.article import article_link, render_html, render_markdown

from ..conftest import with_headline


def plain(text: str) -> Sentence:
    """A sentence that computes nothing."""
    return Sentence((Piece(text, text, text.replace("&", "&amp;").replace("<", "&lt;")),), "session/x/y", "y.md:1")


@pytest.fixture
def page(article: Article, imprint: Imprint, env: Environment, derivations: Mapping[str, str]) -> BeautifulSoup:
    """The sample's page, parsed."""
    return BeautifulSoup(render_html(article, imprint, env, derivations=derivations), "html.parser")


def test_front_matter_survives_any_headline(article: Article, imprint: Imprint, env: Environment) -> None:
    """A headline with a colon, quotes and a hash comes back from the front matter as it was, beside a real date."""
    headline = 'Small caps: "up" #1 & it\'s true'
    post = frontmatter.loads(render_markdown(with_headline(article, plain(headline)), imprint, env))
    assert (post["title"], post["date"], post["slug"]) == (headline, article.session, "2031-07-10-session")


def test_markdown_reads_like_the_article(article: Article, imprint: Imprint, env: Environment) -> None:
    """Headline, standfirst, dateline, headings, charts, table, takeaways and bottom line stand in that order."""
    text = render_markdown(article, imprint, env)
    parts = [
        "# Small caps gain 2.4%",
        "*The Russell 2000 finished",
        "NEW YORK, July 10. Thursday belonged",
        "](charts/performance.svg)",
        "## A gap to remember",
        "| Russell 2000 | 4,318.62 | +2.41% |",
        "](charts/moves.svg)",
        "- The lead over the S&P 500",
        "## The bottom line",
        "Produced by Market Commentary Generator",
    ]
    places = [text.index(part) for part in parts]
    assert (places == sorted(places), "\n\n\n" in text) == (True, False)


def test_cited_fact_carries_a_footnote(article: Article, imprint: Imprint, env: Environment) -> None:
    """The sentence that cites a fact has a footnote to its source; a source that none cites is a note."""
    text = render_markdown(article, imprint, env)
    assert "of a year earlier.[^1]" in text
    assert re.search(r"^\[\^1\]: U\.S\. Bureau of Labor Statistics.*<https://www\.bls\.gov/cpi/>$", text, re.MULTILINE)
    assert "[^2]" not in text
    assert "- Federal Reserve Board" in text


def test_a_headline_carries_no_mark_of_a_source(article: Article, imprint: Imprint, env: Environment) -> None:
    """A headline that states a cited fact reads as a headline; the sentences below it have the mark."""
    citing = next(one for _, one in article.spoken() if "of a year earlier" in one.text)
    headed = with_headline(article, citing)
    assert f"# {citing.markdown}\n" in render_markdown(headed, imprint, env)
    page = BeautifulSoup(render_html(headed, imprint, env, derivations={}), "html.parser")
    assert not page.select("h1 sup")
    assert page.select("p sup")


def test_a_standfirst_may_have_two_sentences(article: Article, imprint: Imprint, env: Environment) -> None:
    """Both stand below the headline."""
    two = tuple(
        replace(block, paragraphs=((plain("One."), plain("Another.")),))
        if isinstance(block, TextBlock) and block.role is Role.STANDFIRST
        else block
        for block in article.blocks
    )
    page = BeautifulSoup(render_html(replace(article, blocks=two), imprint, env, derivations={}), "html.parser")
    assert [one.get_text() for one in page.select(".standfirst")] == ["One. Another."]


def test_absent_figure_is_a_dash(article: Article, imprint: Imprint, env: Environment) -> None:
    """A cell without a figure is a dash, not a zero."""
    assert "| S&P 100 (megacaps) | 488.37 | −1.20% | +0.14% | +1.90% | – |" in render_markdown(article, imprint, env)


def test_simulated_edition_says_so(article: Article, imprint: Imprint, env: Environment) -> None:
    """Markdown and page of a simulated market say so before anything else, and search engines are kept away."""
    text = render_markdown(article, imprint, env, simulated=True)
    soup = BeautifulSoup(render_html(article, imprint, env, simulated=True), "html.parser")
    assert text.index("> **Simulated market.**") < text.index("Thursday belonged")
    assert soup.select_one("main > :first-child").get_text().startswith("Simulated market")
    assert soup.select("meta[name=robots]")
    assert "Simulated" not in render_html(article, imprint, env)


def test_every_figure_can_be_asked(page: BeautifulSoup, derivations: Mapping[str, str]) -> None:
    """Each computed number is reached by keyboard and described by a derivation that stays hidden until then."""
    figures = page.select("data.figure")
    for figure in figures:
        why = figure.select_one(".why")
        assert (figure["tabindex"], why["id"], why.has_attr("hidden")) == ("0", figure["aria-describedby"], True)
    ids = [tag["id"] for tag in page.select("[id]")]
    assert (len(figures) > 80, len(ids)) == (True, len(set(ids)))


def test_value_and_derivation_of_a_figure(page: BeautifulSoup, derivations: Mapping[str, str]) -> None:
    """The lead's 2.41% carries its full precision and the sum behind it."""
    figure = page.select_one(".lead data.figure")
    assert (figure["value"], figure.contents[0], figure.select_one(".why").string) == (
        "0.0241385",
        "2.41%",
        derivations["small_return_1d"],
    )


def test_figure_without_derivation_takes_no_focus(article: Article, imprint: Imprint, env: Environment) -> None:
    """Where nothing is known of how a figure was made it is marked up, and the keyboard passes it by."""
    soup = BeautifulSoup(render_html(article, imprint, env), "html.parser")
    assert {tag.get("tabindex") for tag in soup.select("h1 data")} == {None}


def test_page_is_one_file(page: BeautifulSoup) -> None:
    """The page has one style sheet and its charts inside it; no script runs and nothing is fetched."""
    assert [script["type"] for script in page.select("script")] == ["application/ld+json"]
    assert (len(page.select("style")), len(page.select("svg")), page.select("img, link[rel=stylesheet]")) == (1, 3, [])


def test_structured_data_and_cards(page: BeautifulSoup, article: Article) -> None:
    """Search engines and networks find headline, date and address."""
    data = json.loads(page.select_one("script").string)
    link = "https://example.com/2031-07-10/session/"
    assert (data["headline"], data["datePublished"], data["mainEntityOfPage"]) == (
        article.headline.text,
        "2031-07-10",
        link,
    )
    assert page.select_one("link[rel=canonical]")["href"] == link
    assert page.select_one("meta[property='og:title']")["content"] == article.headline.text


def test_table_tells_rows_from_columns(page: BeautifulSoup) -> None:
    """The table has a caption, and each header says whether it heads a row or a column."""
    table = page.select_one("table")
    assert table.caption.string == "How the day, week, month and year stand"
    assert (len(table.select("th[scope=col]")), len(table.select("th[scope=row]"))) == (6, 10)


def test_text_cannot_break_out(article: Article, imprint: Imprint, env: Environment) -> None:
    """A name or headline with markup in it is printed, not obeyed."""
    evil = "</script><script>alert(1)</script>"
    html = render_html(with_headline(article, plain(evil)), replace(imprint, title=evil), env)
    assert evil not in html


def test_article_without_extras(article: Article, imprint: Imprint, env: Environment) -> None:
    """An article without charts, table, takeaways, notes, sources or address is still a whole page."""
    prose = (Role.HEADLINE, Role.STANDFIRST, Role.LEAD, Role.SECTION, Role.BOTTOM_LINE)
    bare = replace(article, blocks=tuple(block for block in article.blocks if block.role in prose), tags=())
    html = render_html(bare, replace(imprint, url="", risk=""), env)
    text = render_markdown(bare, imprint, env)
    assert [part for part in ("<table", "<svg", "<ul", "canonical", "Sources") if part in html] == []
    assert [part for part in ("|", "![", "## Notes", "[^") if part in text] == []


def test_paper_leaves_out_what_it_cannot_show(article: Article, imprint: Imprint, env: Environment) -> None:
    """The page for paper has the same words without derivations, style sheet, script or second drawing."""
    soup = BeautifulSoup(render_html(article, imprint, env, paper=True), "html.parser")
    assert soup.select("data, style, script, .why, .chart.wide") == []
    assert soup.select_one("h1").get_text() == article.headline.text


def test_link_is_filled_in(article: Article, imprint: Imprint) -> None:
    """The address carries the session's date and the edition's name."""
    assert article_link(article, imprint) == "https://example.com/2031-07-10/session/"


def test_same_article_same_bytes(
    article: Article, imprint: Imprint, env: Environment, derivations: Mapping[str, str]
) -> None:
    """Rendering twice gives the same bytes."""
    first, second = (render_html(article, imprint, env, derivations=derivations) for _ in range(2))
    assert first == second


def test_a_block_of_sentences_without_a_place_of_its_own_is_set_as_a_section() -> None:
    """So that a new one stands in every product before any template knows it."""
    assert [role for role in Role if role.is_section] == [Role.SECTION]
    assert not any(role.is_section for role in (Role.LEAD, Role.NOTES, Role.PICTURE))
