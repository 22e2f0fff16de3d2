"""The message is one that mail programs read: two parts, the chart inside, the same bytes each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

import pytest
from jinja2 import Environment

from generator.errors import ContentError
from generator.model import Article, Imprint
from generator.rendering.mail.letter import Letter, render_letter
from generator.rendering.mail.message import render_message
from generator.rendering.pictures.raster import render_chart_picture

from .test_letter import CHARTS, SENDER, SUBJECT, WITH

SENT = datetime(2031, 7, 10, 16, 0, tzinfo=timezone(timedelta(hours=-4)))
FILE = "charts/performance.png"
KEY = "2031-07-10.session"


@pytest.fixture
def letter(article: Article, imprint: Imprint, env: Environment) -> Letter:
    """The sample's newsletter."""
    return render_letter(article, WITH, replace(imprint, newsletter=SENDER), env, simulated=False, charts=CHARTS)


@pytest.fixture
def picture(article: Article, env: Environment) -> bytes:
    """Its chart."""
    assert article.line_chart is not None
    return render_chart_picture(article.line_chart, env)


def parsed(content: bytes) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(content)
    assert isinstance(message, EmailMessage)
    return message


def test_its_head_says_who_what_and_when(letter: Letter, picture: bytes) -> None:
    """The day is the session's close, and the name is the issue's, so that it is one message however often made."""
    message = parsed(render_message(letter, KEY, SENT, {FILE: picture}))
    assert message["From"] == "The Desk <letter@example.com>"
    assert message["Subject"] == SUBJECT
    assert message["Date"].datetime == SENT.astimezone(UTC)
    assert message["Message-ID"] == "<2031-07-10.session@example.com>"
    assert message["List-Unsubscribe"] == f"<{SENDER.unsubscribe}>"
    assert "List-Unsubscribe-Post" not in message


def test_one_click_is_told_where_there_is_such_an_address(letter: Letter, picture: bytes) -> None:
    """As RFC 8058 has it."""
    ready = replace(letter, newsletter=replace(SENDER, one_click=True))
    assert (
        parsed(render_message(ready, KEY, SENT, {FILE: picture}))["List-Unsubscribe-Post"]
        == "List-Unsubscribe=One-Click"
    )


def test_its_parts_come_back_as_they_were(letter: Letter, picture: bytes) -> None:
    """Text first, then HTML with the chart by its name in the message."""
    message = parsed(render_message(letter, KEY, SENT, {FILE: picture}))
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png"]
    text = message.get_body(("plain",))
    html = message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == letter.text
    assert (
        html.get_content().replace("\r\n", "\n").replace(f"cid:performance.{KEY}@example.com", letter.pictures[FILE])
        == letter.html
    )
    (image,) = (part for part in message.walk() if part.get_content_type() == "image/png")
    assert image.get_content() == picture
    assert image["Content-ID"] == f"<performance.{KEY}@example.com>"
    assert not message.defects


def test_a_letter_without_a_chart_has_no_picture(article: Article, imprint: Imprint, env: Environment) -> None:
    """As where the packages that draw it are missing."""
    signed = replace(imprint, newsletter=SENDER)
    plain = render_letter(article, WITH, signed, env, simulated=False, charts=())
    assert "<img" not in plain.html
    kinds = [part.get_content_type() for part in parsed(render_message(plain, KEY, SENT, {})).walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]


def test_the_same_letter_is_the_same_bytes(letter: Letter, picture: bytes) -> None:
    """Lines end as mail's do, and none is longer than a server takes."""
    first = render_message(letter, KEY, SENT, {FILE: picture})
    assert first == render_message(letter, KEY, SENT, {FILE: picture})
    assert b"\n" not in first.replace(b"\r\n", b"")
    assert max(map(len, first.split(b"\r\n"))) <= 998


def test_it_is_no_longer_than_mail_programs_show(letter: Letter, picture: bytes) -> None:
    """The sample with its chart stays below 90 KB; HTML above that would be cut off, and is refused."""
    assert len(render_message(letter, KEY, SENT, {FILE: picture})) < 90_000
    long = replace(letter, html=letter.html.replace("</body>", "<p>More of it.</p>" * 6_000 + "</body>"))
    with pytest.raises(ContentError, match="Gmail cuts it off"):
        render_message(long, KEY, SENT, {FILE: picture})


@pytest.mark.parametrize(
    "subject",
    ["“Quiet” – a day of 2.41%", "Zürich", "x" * 200, "Small caps rose " * 5 + "again", "“Small caps rose” " * 6 + "–"],
)
def test_any_subject_comes_back(letter: Letter, picture: bytes, subject: str) -> None:
    """Encoded where mail needs that."""
    assert parsed(render_message(replace(letter, subject=subject), KEY, SENT, {FILE: picture}))["Subject"] == subject


def test_no_line_of_a_head_can_be_smuggled_in(letter: Letter, picture: bytes) -> None:
    """A subject with a line end in it is refused."""
    with pytest.raises(ContentError, match="more than one line"):
        render_message(replace(letter, subject="A day\r\nBcc: evil@example.com"), KEY, SENT, {FILE: picture})
