"""Checks the newsletter's message: its head, how it is put together, and each of its parts as its reader has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from generator.verification.figures.answers import Answers
from generator.verification.products.mail import check_html_part, check_text_part, png_of, shown_in_inbox
from generator.verification.products.picture import picture_fault
from generator.verification.sentences.evening import Evening
from generator.verification.sentences.standing import link_of

MESSAGE = "newsletter.eml"
PICTURE_SIZE = (630, 378)
MOST = 90_000
"""The most bytes of encoded HTML."""
_NEW_YORK = ZoneInfo("America/New_York")
Record = Mapping[str, Any]


def check_message(
    answers: Answers, content: bytes, files: Mapping[str, bytes], ledger: Record, evening: Evening, half_day: bool
) -> None:
    """Check the message; the pictures in it are those of the folder."""
    message = BytesParser(policy=policy.default).parsebytes(content)
    assert isinstance(message, EmailMessage)  # what the policy makes
    _head(answers, message, ledger, evening, half_day)
    parts = list(message.walk())
    shape = [part.get_content_type() for part in parts]
    drawn = [one for one in map(png_of, evening.charts) if one in (ledger.get("files") or files)]
    with_charts = ["multipart/alternative", "text/plain", "multipart/related", "text/html", *["image/png"] * len(drawn)]
    wanted_shape = with_charts if drawn else ["multipart/alternative", "text/plain", "text/html"]
    right = shape == wanted_shape
    answers.check(right, "messages", MESSAGE, shape, f"its parts are {wanted_shape}")
    for part in parts:
        spare = f"{part.preamble or ''}{part.epilogue or ''}".strip() or [str(one) for one in part.defects]
        answers.check(not spare, "messages", MESSAGE, spare, "something stands beside its parts, or it is damaged")
    if not right:
        return
    host = urlsplit(link_of(evening.publication, evening.edition, evening.session)).hostname
    names = {file: f"{_stem(file)}.{evening.session.isoformat()}.{evening.edition}@{host}" for file in drawn}
    of_kind = {part.get_content_type(): part for part in parts}
    text, html = of_kind["text/plain"], of_kind["text/html"]
    check_text_part(answers, f"{MESSAGE} text", _lines(text), ledger, evening)
    inside = {file: f"cid:{name}" for file, name in names.items()}
    check_html_part(answers, f"{MESSAGE} HTML", _lines(html), ledger, evening, inside)
    answers.check(len(bytes(html)) <= MOST, "messages", MESSAGE, f"{len(bytes(html)):,} bytes", f"{MOST:,} at most")
    for part, head in ((text, _TEXT), (html, _TEXT)):
        _head_of(answers, part, head)
    for part, file in zip((part for part in parts if part.get_content_type() == "image/png"), drawn, strict=True):
        shown = ("Content-Disposition", f'inline; filename="{_stem(file)}.png"')
        _head_of(answers, part, [shown, ("Content-Transfer-Encoding", "base64"), ("Content-ID", f"<{names[file]}>")])
        png = part.get_content()
        answers.check(not (fault := picture_fault(png, PICTURE_SIZE)), "messages", MESSAGE, file, fault)
        answers.check(png == files.get(file, png), "messages", MESSAGE, file, f"{file} is another picture")


def _stem(file: str) -> str:
    return file.rpartition("/")[2].partition(".")[0]


def _head_of(answers: Answers, part: EmailMessage, wanted: Sequence[tuple[str, str]]) -> None:
    """Check the head of one part."""
    found = sorted((key, str(value)) for key, value in part.items() if key not in ("Content-Type", "MIME-Version"))
    answers.check(found == sorted(wanted), "messages", MESSAGE, found, f"its head is {wanted}")


def _lines(part: EmailMessage) -> str:
    """A part's text, with the line ends of a file."""
    text: str = part.get_content()
    return text.replace("\r\n", "\n")


_TEXT = [("Content-Transfer-Encoding", "quoted-printable")]


def _head(answers: Answers, message: EmailMessage, ledger: Record, evening: Evening, half_day: bool) -> None:
    """Check who sends it, its subject, its day, its name, and how a reader leaves."""
    newsletter = evening.publication.imprint.newsletter
    if newsletter is None:
        answers.uncovered(MESSAGE, "the message", "the publication sends no newsletter")
        return
    host = urlsplit(link_of(evening.publication, evening.edition, evening.session)).hostname
    wanted = {
        "Subject": shown_in_inbox(ledger, evening)[0],
        "Message-ID": f"<{evening.session.isoformat()}.{evening.edition}@{host}>",
        "List-Unsubscribe": f"<{newsletter.unsubscribe}>",
        "X-Unsent": "1",
        "MIME-Version": "1.0",
        **({"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if newsletter.one_click else {}),
    }
    for key, text in wanted.items():
        answers.check(message.get_all(key) == [text], "messages", MESSAGE, f"{key}: {message[key]}", f"it is {text}")
    senders = message["From"].addresses if message["From"] else ()
    right = [(one.display_name, one.addr_spec) for one in senders] == [(newsletter.sender, newsletter.address)]
    answers.check(right, "messages", MESSAGE, f"From: {message['From']}", f"it is sent by {newsletter.address}")
    sent: datetime | None = message["Date"].datetime if message["Date"] else None
    answers.check(
        _at_close(sent, evening, half_day), "messages", MESSAGE, f"Date: {sent}", "it is the close in New York"
    )
    known = {*map(str.lower, wanted), "from", "date", "content-type"}
    keys = [key.lower() for key in message.keys()]  # noqa: SIM118 (a message's keys may be there twice)
    answers.check(sorted(keys) == sorted(known), "messages", MESSAGE, keys, f"its head has {sorted(known)}")


def _at_close(sent: datetime | None, evening: Evening, half_day: bool) -> bool:
    if sent is None or sent.tzinfo is None or sent.date() != evening.session:
        return False
    local = sent.replace(tzinfo=_NEW_YORK)
    early = (sent.hour, sent.minute) < (16, 0) and sent.hour >= 12
    return local.utcoffset() == sent.utcoffset() and (early if half_day else (sent.hour, sent.minute) == (16, 0))
