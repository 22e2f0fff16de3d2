"""The social card is a picture of one size in which everything can be read, and has words that say the same."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from itertools import pairwise
from math import nan
from pathlib import Path
from xml.etree import ElementTree

import frontmatter
import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from PIL import Image

from generator.errors import CardUnavailableError, ContentError, ProductUnavailableError
from generator.model import Article, Imprint, Line, LineChart
from generator.rendering.environment import environment, pour
from generator.rendering.pages.article import render_html, render_markdown
from generator.rendering.paper.fonts import SERIF_BOLD, text_width
from generator.rendering.pictures import card as module
from generator.rendering.pictures.card import MARGIN, card_alt, card_drawing, render_card
from generator.rendering.pictures.card_link import HEIGHT, WIDTH

from ..conftest import ARTICLE, IMPRINT, LINES, sentence, with_headline, with_lines

LONG = "Small caps surge 3.57%, the most since November 10, 2022, and beat the S&P 500 by 4.45 percentage points today"
WIDE_LETTERS = "WWWWWWW MMMMMMM " * 7  # no letters are wider


def headed(article: Article, headline: str) -> Article:
    """The article under another headline."""
    return with_headline(article, sentence(headline))


def picture(png: bytes) -> Image.Image:
    """The card's pixels."""
    return Image.open(io.BytesIO(png)).convert("RGB")


def svg_text(article: Article, env: Environment, simulated: bool = False) -> str:
    """Every word on the card."""
    drawing = card_drawing(article, IMPRINT, simulated=simulated)
    svg = pour(env, module.TEMPLATE, article=article, imprint=IMPRINT, drawing=drawing, simulated=simulated)
    return " ".join("".join(ElementTree.fromstring(svg).itertext()).split())


def test_card_has_the_size_that_networks_show(article: Article, imprint: Imprint, env: Environment) -> None:
    """The card is a PNG of 1200 by 628, small enough to be fetched at once."""
    png = render_card(article, imprint, env, simulated=False)
    assert (png[:8], picture(png).size, len(png) < 200_000) == (b"\x89PNG\r\n\x1a\n", (1200, 628), True)


def test_same_article_same_card(article: Article, imprint: Imprint, env: Environment) -> None:
    """The same article gives the same bytes."""
    first, second = (render_card(article, imprint, env, simulated=True) for _ in range(2))
    assert first == second


def test_card_says_who_when_and_what(article: Article, env: Environment) -> None:
    """Publication, date, headline, and each line's name with the value it ends at are on the card."""
    text = svg_text(article, env)
    said = (IMPRINT.title, "Thursday, July 10, 2031", article.headline.text, "Wednesday, July 24, 2030 = 100")
    ends = [f"{line.label} {line.values[-1]:.2f}" for line in LINES.lines]
    assert [words for words in (*said, *ends) if words not in text] == []


def test_words_are_drawn_with_the_packaged_fonts(article: Article, imprint: Imprint, env: Environment) -> None:
    """A headline leaves ink where it stands, whatever fonts the machine has."""
    drawing = card_drawing(article, imprint, simulated=False)
    drawn = picture(render_card(article, imprint, env, simulated=False))
    size, baseline = drawing.headline.size, round(drawing.headline_y)
    words = drawn.crop((MARGIN, baseline - size // 2, MARGIN + 5 * size, baseline))
    ink = sum(1 for pixel in words.convert("L").get_flattened_data() if pixel < 90)
    assert ink > 0.15 * words.width * words.height


def test_simulated_market_is_marked(article: Article, imprint: Imprint, env: Environment) -> None:
    """A card of a simulated market says so, in words and in a red band; another does not."""
    marked, plain = (picture(render_card(article, imprint, env, simulated=flag)) for flag in (True, False))
    assert (marked.getpixel((600, 4)), plain.getpixel((600, 4))) == ((155, 44, 34), (11, 83, 97))
    assert ("Simulated market" in svg_text(article, env, True), "Simulated" in svg_text(article, env)) == (True, False)


@pytest.mark.parametrize("headline", ["Small caps slip", LONG, WIDE_LETTERS.strip()])
@pytest.mark.parametrize("simulated", [True, False])
def test_nothing_runs_over_the_margins(
    article: Article, imprint: Imprint, env: Environment, headline: str, simulated: bool
) -> None:
    """No ink stands beyond the margins at the right and at the foot, under any headline."""
    drawn = picture(render_card(headed(article, headline), imprint, env, simulated=simulated))
    paper = drawn.getpixel((WIDTH - 1, HEIGHT - 1))
    right = drawn.crop((WIDTH - MARGIN + 3, 60, WIDTH, HEIGHT))
    foot = drawn.crop((0, HEIGHT - 16, WIDTH, HEIGHT))
    assert {color for part in (right, foot) for _, color in part.getcolors() or [(0, None)]} == {paper}


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    words=st.lists(st.text("abcWMi&7%,.−", min_size=1, max_size=14), min_size=1, max_size=40),
    simulated=st.booleans(),
    charted=st.booleans(),
)
def test_any_headline_fits(words: list[str], simulated: bool, charted: bool) -> None:
    """A headline of up to 110 characters stands whole between the margins and above the chart."""
    headline = " ".join(words)[:110].strip()
    told = headed(ARTICLE if charted else with_lines(ARTICLE, None), headline)
    drawing = card_drawing(told, IMPRINT, simulated=simulated)
    setting = drawing.headline
    last = drawing.headline_y + drawing.leading * (len(setting.lines) - 1)
    chart = drawing.chart
    foot = min(trace.label_y for trace in chart.traces) - 0.7 * chart.label_size if chart else HEIGHT - MARGIN
    assert " ".join(setting.lines) == headline
    assert max(text_width(line, SERIF_BOLD, setting.size) for line in setting.lines) <= WIDTH - 2 * MARGIN
    assert last + 0.25 * setting.size < foot  # a quarter of the size reaches below the baseline


def test_long_headline_is_set_smaller_and_evenly(article: Article, imprint: Imprint) -> None:
    """A short headline is set large on one line; a long one smaller, on even lines, its names and numbers together."""
    short = card_drawing(headed(article, "Small caps slip"), imprint, simulated=False).headline
    long = card_drawing(headed(article, LONG), imprint, simulated=False).headline
    assert (len(short.lines), short.size > long.size >= 44, len(long.lines)) == (1, True, 3)
    assert [line for line in long.lines if line[0].isdigit()] == []


def test_long_title_leaves_room_for_the_date(article: Article, imprint: Imprint) -> None:
    """A publication with a long name has it set smaller, on two lines if it must, clear of the date."""
    title = "A Very Long Name for a Letter about the Smaller Companies of the United States and Their Shares"
    drawing = card_drawing(article, replace(imprint, title=title), simulated=False)
    widest = max(text_width(line, SERIF_BOLD, drawing.title.size) for line in drawing.title.lines)
    assert MARGIN + widest < WIDTH - MARGIN - text_width(drawing.date, "SourceSansPro-Regular.ttf", 28)


def test_many_lines_keep_their_labels_apart(article: Article, imprint: Imprint) -> None:
    """Six lines that end close together have six labels that do not touch, all on the card."""
    lines = tuple(replace(line, label=f"{line.label} {turn}") for turn in "ab" for line in LINES.lines)
    chart = card_drawing(with_lines(headed(article, LONG), replace(LINES, lines=lines)), imprint, simulated=True).chart
    assert chart is not None
    places = sorted(trace.label_y for trace in chart.traces)
    assert min(after - before for before, after in pairwise(places)) >= 2 * chart.row - 0.2
    assert places[-1] + chart.row < HEIGHT - MARGIN


@pytest.mark.parametrize(
    "chart",
    [
        None,
        replace(LINES, days=LINES.days[:1], lines=(Line("One day", "^RUT", (100.0,)),)),
        replace(LINES, lines=(Line("No value", "^RUT", (nan,) * 252),)),
    ],
)
def test_card_without_a_chart_is_still_a_card(
    article: Article, imprint: Imprint, env: Environment, chart: LineChart | None
) -> None:
    """Where there is no line to draw, the headline stands alone, larger, and the words tell of no chart."""
    bare = with_lines(article, chart)
    assert picture(render_card(bare, imprint, env, simulated=False)).size == (WIDTH, HEIGHT)
    assert card_alt(bare, env) == f"{article.headline.text}."


def test_line_that_begins_late_or_misses_a_day_is_drawn(article: Article, imprint: Imprint) -> None:
    """A line without a value on some sessions ends at its last one, and is never drawn through the gap."""
    values = (nan, nan, *LINES.lines[0].values[2:100], nan, *LINES.lines[0].values[101:-1], nan)
    chart = replace(LINES, lines=(replace(LINES.lines[0], values=values),))
    drawn = card_drawing(with_lines(article, chart), imprint, simulated=False).chart
    assert drawn is not None
    assert (drawn.traces[0].path.count("M"), drawn.traces[0].end) == (2, f"{values[-2]:.2f}")
    assert drawn.traces[0].end_x < drawn.right


def test_alt_text_tells_headline_and_line_ends(article: Article, env: Environment) -> None:
    """The words beside the card are its headline and its chart's description, and name a simulated market first."""
    assert article.line_chart is not None
    assert card_alt(article, env) == f"{article.headline.text}. {article.line_chart.description}"
    assert card_alt(article, env, simulated=True).startswith("Simulated market. ")


def test_alt_text_stays_under_the_limit(article: Article, env: Environment) -> None:
    """A description too long for X is left out whole rather than cut."""
    long = replace(LINES, description="The Russell 2000 ends at 109. " * 40)
    assert card_alt(with_lines(article, long), env) == f"{article.headline.text}."


def test_page_points_to_its_card(article: Article, imprint: Imprint, env: Environment) -> None:
    """The page gives networks the card's full address, size and words, and asks for a large picture."""
    soup = BeautifulSoup(render_html(article, imprint, env, card=card_alt(article, env)), "html.parser")
    found = {tag.get("property", tag.get("name")): tag.get("content") for tag in soup.select("meta[content]")}
    address, alt = "https://example.com/2031-07-10/session/card.png", card_alt(article, env)
    assert (found["og:image"], found["twitter:image"]) == (address, address)
    assert (found["og:image:alt"], found["twitter:image:alt"]) == (alt, alt)
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "628")
    assert found["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize(("url", "card"), [("https://example.com/", ""), ("", "The card in words.")])
def test_page_points_to_no_card_that_is_not_there(
    article: Article, imprint: Imprint, env: Environment, url: str, card: str
) -> None:
    """Without a card, or without an address to find it at, the page names none and asks for a small picture."""
    html = render_html(article, replace(imprint, url=url), env, card=card)
    assert ("og:image" in html, "card.png" in html, 'content="summary"' in html) == (False, False, True)


@pytest.mark.parametrize(
    ("url", "address"), [("https://example.com/{date}/", "https://example.com/2031-07-10/card.png"), ("", "card.png")]
)
def test_front_matter_carries_the_card(
    article: Article, imprint: Imprint, env: Environment, url: str, address: str
) -> None:
    """Markdown's front matter names the card and its words, and nothing where there is none."""
    own = replace(imprint, url=url)
    post = frontmatter.loads(
        render_markdown(article, own, env, simulated=True, card=card_alt(article, env, simulated=True))
    )
    assert (post["image"], post["image_alt"]) == (address, card_alt(article, env, simulated=True))
    assert "image" not in frontmatter.loads(render_markdown(article, own, env))


@pytest.mark.parametrize("package", ["resvg_py", "font_source_sans_pro", "fontTools.ttLib"])
def test_reason_is_given_where_the_card_cannot_be_made(
    monkeypatch: pytest.MonkeyPatch, article: Article, imprint: Imprint, env: Environment, package: str
) -> None:
    """Without a package the error names it and what to install, as a product that can be done without."""
    monkeypatch.setitem(sys.modules, package, None)
    module.font_files.cache_clear()
    with pytest.raises(CardUnavailableError, match=rf"No card\.png: .*{package}.*Install resvg-py") as caught:
        render_card(article, imprint, env, simulated=False)
    assert isinstance(caught.value, ProductUnavailableError)


def test_fault_in_the_template_is_named(article: Article, imprint: Imprint, templates: Path, tmp_path: Path) -> None:
    """A template of one's own that is no SVG is a fault that names the template."""
    (tmp_path / "card.svg.j2").write_text("<svg", "utf-8")
    with pytest.raises(ContentError, match=r"card\.svg\.j2: .*Mend the template"):
        render_card(article, imprint, environment([tmp_path, templates]), simulated=False)


@pytest.mark.parametrize("address", ["/etc/hostname.png", "file:///x.png", "https://example.com/x.png", "x.png"])
def test_card_reads_no_file(article: Article, imprint: Imprint, templates: Path, tmp_path: Path, address: str) -> None:
    """A card template that names a file or an address is refused with its name, whatever lies there."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><image width="9" height="9" href="{address}"/></svg>'
    (tmp_path / "card.svg.j2").write_text(svg, "utf-8")
    with pytest.raises(ContentError, match=f"card.svg.j2: the drawing would read '{address}'"):
        render_card(article, imprint, environment([tmp_path, templates]), simulated=False)
