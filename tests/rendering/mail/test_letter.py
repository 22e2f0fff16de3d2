"""The newsletter's two parts say what the article says, in a form that mail programs show."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment

from generator.errors import ContentError, LetterUnavailableError
from generator.model import Article, Digest, Envelope, Imprint, Newsletter
from generator.rendering.environment import environment
from generator.rendering.mail.letter import Letter, render_letter

from ..conftest import DIGEST, with_headline
from ..pages.test_article import plain

SENDER = Newsletter("The Desk", "letter@example.com", "https://example.com/leave?a=1&b=2", "1 Main Street, New York")
SUBJECT, PREHEADER = "Small caps & others rose 2.41%", "It is still 9% below its record."
CHARTS = ("charts/performance.svg",)
WITH = replace(DIGEST, envelope=Envelope(plain(SUBJECT), (plain(PREHEADER),)))


@pytest.fixture
def signed(imprint: Imprint) -> Imprint:
    """Who publishes it, and who sends it."""
    return replace(imprint, newsletter=SENDER)


@pytest.fixture
def letter(article: Article, signed: Imprint, env: Environment) -> Letter:
    """The sample's newsletter, with its chart."""
    return render_letter(article, WITH, signed, env, simulated=False, charts=CHARTS)


@pytest.fixture
def page(letter: Letter) -> BeautifulSoup:
    """Its HTML, parsed."""
    return BeautifulSoup(letter.html, "html.parser")


def words(text: str) -> str:
    return " ".join(text.split())


def test_both_parts_say_every_sentence(letter: Letter, page: BeautifulSoup, article: Article) -> None:
    """In the order of the article, with no derivation among them."""
    shown = words(page.body.get_text())  # type: ignore[union-attr]
    text = words(letter.text)
    for _, sentence in article.spoken():
        assert words(sentence.text) in re.sub(r"(?<=\S)\d(?= |$)", "", shown) or words(sentence.text) in shown
        assert words(sentence.text) in text
    assert page.find(attrs={"hidden": True}) is None
    assert not page.find_all(["data", "svg", "script", "link"])


def test_an_inbox_shows_subject_and_preheader(letter: Letter, page: BeautifulSoup) -> None:
    """The preheader is the first of the body, unseen once the letter is open."""
    assert letter.subject == SUBJECT
    assert page.title is not None
    assert page.title.get_text() == SUBJECT
    first = page.body.find(True)  # type: ignore[union-attr]
    assert first is not None
    assert first.get_text().replace("\u034f", "").strip() == PREHEADER  # type: ignore[union-attr]
    assert "display: none" in first["style"]  # type: ignore[index]


def test_no_preheader_leaves_nothing_hidden(article: Article, signed: Imprint, env: Environment) -> None:
    """Rather than a filler behind nothing."""
    digest = replace(WITH, envelope=Envelope(plain(SUBJECT), ()))
    html = render_letter(article, digest, signed, env, simulated=False, charts=CHARTS).html
    assert "display: none" not in html
    assert "\u034f" not in html


def test_every_style_is_in_its_element(letter: Letter, page: BeautifulSoup) -> None:
    """No variable and no sheet but the one for dark mode and telephones, which stands behind the character set."""
    assert "var(" not in letter.html
    assert [len(page.find_all(one)) for one in ("style", "title")] == [1, 1]
    assert "prefers-color-scheme: dark" in str(page.style)
    assert letter.html.index("charset") < letter.html.index("<style>")
    assert all(one.get("style") for one in page.find_all(["p", "h1", "h2", "li"]))
    layout = [one for one in page.find_all("table") if one.get("role") == "presentation"]
    assert layout
    assert page.find("meta", attrs={"name": "color-scheme", "content": "light dark"})


def test_the_chart_is_a_picture_with_words(letter: Letter, page: BeautifulSoup, article: Article) -> None:
    """It lies beside the article, so that a service that sends the HTML alone shows it too."""
    (image,) = page.find_all("img")
    at = "https://example.com/2031-07-10/session/charts/performance.png"
    assert (image["src"], dict(letter.pictures)) == (at, {"charts/performance.png": at})
    assert article.line_chart is not None
    assert image["alt"] == article.line_chart.description


def test_a_reader_can_leave_and_read_on(letter: Letter, page: BeautifulSoup) -> None:
    """Both parts have the address to unsubscribe, the street, the disclosure and the page's address."""
    links = [one["href"] for one in page.find_all("a")]
    assert SENDER.unsubscribe in links
    assert letter.link in links
    for text in (SENDER.unsubscribe, SENDER.postal, letter.link, "Produced by Market Commentary Generator"):
        assert text in words(letter.text)
    assert SENDER.postal in page.get_text()


def test_text_is_set_in_lines(letter: Letter) -> None:
    """Of 72 letters at most, but for addresses and the table; numbers stand below each other."""
    lines = [line for line in letter.text.split("\n") if "://" not in line]
    assert max(map(len, lines)) <= 76
    rows = letter.text.partition("The figures\n" + "-" * 72 + "\n\n")[2].partition("\n\n")[0].split("\n")
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1


def test_a_simulated_market_is_marked_in_both_parts_and_in_the_subject(
    article: Article, signed: Imprint, env: Environment
) -> None:
    """Nobody takes it for news."""
    letter = render_letter(article, WITH, signed, env, simulated=True, charts=CHARTS)
    assert letter.subject == f"Simulated market: {SUBJECT}"
    assert "Simulated market." in letter.text
    assert "<strong>Simulated market.</strong>" in letter.html


@pytest.mark.parametrize("sign", ["{{", "{%", "*|"])
def test_what_a_service_would_run_as_a_template_is_refused(
    article: Article, signed: Imprint, env: Environment, sign: str
) -> None:
    """Wherever it came from, and before a service sees it."""
    spoilt = with_headline(article, plain(f"Small caps {sign} rise"))
    with pytest.raises(ContentError, match=r"mail\.html\.j2: the newsletter holds .* which mailing services would run"):
        render_letter(spoilt, WITH, signed, env, simulated=False, charts=CHARTS)


def test_words_cannot_break_out(article: Article, signed: Imprint, env: Environment) -> None:
    """A headline with marks of HTML is words."""
    letter = render_letter(
        with_headline(article, plain("Up <b>& away")), WITH, signed, env, simulated=False, charts=CHARTS
    )
    assert "Up &lt;b&gt;&amp; away" in letter.html
    assert "Up <b>& away" in letter.text


def test_without_a_sender_there_is_no_letter(article: Article, imprint: Imprint, env: Environment) -> None:
    """And the message says what to add."""
    with pytest.raises(LetterUnavailableError, match=r"publication\.yaml does not say who sends it"):
        render_letter(article, WITH, imprint, env, simulated=False, charts=CHARTS)
    no_envelope = Digest(DIGEST.posts, DIGEST.alt_text)
    with pytest.raises(LetterUnavailableError):
        render_letter(article, no_envelope, replace(imprint, newsletter=SENDER), env, simulated=False, charts=CHARTS)


def test_a_template_that_asks_for_a_sheet_elsewhere_gets_none(
    article: Article, signed: Imprint, templates: Path, tmp_path: Path
) -> None:
    """Nothing is read from the network, nor from another file."""
    secret = tmp_path / "secret.css"
    secret.write_text("p { content: 'secret' }", "utf-8")
    own = (templates / "mail.html.j2").read_text("utf-8")
    link = f'<link rel="stylesheet" href="file://{secret}"><link rel="stylesheet" href="http://127.0.0.1:9/x.css">'
    (tmp_path / "mail.html.j2").write_text(own.replace("</head>", f"{link}</head>"), "utf-8")
    env = environment([tmp_path, templates])
    html = render_letter(article, WITH, signed, env, simulated=False, charts=CHARTS).html
    assert "secret" not in html
    assert "<link" not in html
