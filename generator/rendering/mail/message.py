"""Put a newsletter into one message: both parts and the charts, the same bytes each time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from urllib.parse import urlsplit

from generator.errors import ContentError, Fault
from generator.rendering.mail.letter import Letter

CLIPPED = 90_000
"""Bytes of encoded HTML above which a letter is refused: Gmail cuts what is longer than about a hundred thousand."""
_ALTERNATIVE, _RELATED = "=_alternative", "=_related"
"""Between the parts of a message: what quoted-printable text and base64 cannot contain."""


_UNFOLDED = SMTP.clone(max_line_length=900)
"""Folded after its name, as the library does with a line of 80 letters, a header would begin with a space."""


def render_message(letter: Letter, key: str, sent: datetime, pictures: Mapping[str, bytes]) -> bytes:
    """The message as bytes, for an issue called `key` whose session ended at `sent`; `pictures` are charts as PNG.

    Raises `ContentError` for a letter that Gmail would cut off.
    """
    host = urlsplit(letter.link).hostname or "localhost"
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(letter.newsletter.sender, addr_spec=letter.newsletter.address)
    message["Date"] = format_datetime(sent)
    message["Message-ID"] = f"<{key}@{host}>"
    message["List-Unsubscribe"] = f"<{letter.newsletter.unsubscribe}>"
    if letter.newsletter.one_click:
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["X-Unsent"] = "1"
    message.set_content(letter.text, cte="quoted-printable")
    shown, inside = letter.html, {}
    for file, address in letter.pictures.items():
        name = f"{file.rpartition('/')[2].removesuffix('.png')}.{key}@{host}"
        source = f'src="{escape(address)}"'
        if file in pictures and source in shown:
            shown, inside[name] = shown.replace(source, f'src="cid:{name}"'), pictures[file]
    message.add_alternative(shown, subtype="html", cte="quoted-printable")
    message.set_boundary(_ALTERNATIVE)
    _, html = message.iter_parts()
    if (size := len(html.as_bytes())) > CLIPPED:
        why = f"the newsletter has {size:,} bytes, and Gmail cuts it off from about {CLIPPED:,}. Shorten it."
        raise ContentError([Fault("templates/mail.html.j2", why)])
    for name, picture in inside.items():
        filename = f"{name.partition('.')[0]}.png"
        html.add_related(picture, "image", "png", cid=f"<{name}>", filename=filename, disposition="inline")
    if inside:
        html.set_boundary(_RELATED)
    return _subject_line(letter.subject) + message.as_bytes(policy=_UNFOLDED)


def _subject_line(subject: str) -> bytes:
    """The header line, with words of UTF-8 where it is not ASCII; the newer library loses spaces between those."""
    if set(subject) & {"\r", "\n"}:
        raise ContentError(
            [Fault("templates/mail.html.j2", "the newsletter's subject is more than one line. Shorten it.")]
        )
    text = subject if subject.isascii() else Header(subject, "utf-8", header_name="Subject").encode(linesep="\r\n")
    return f"Subject: {text}\r\n".encode("ascii")
