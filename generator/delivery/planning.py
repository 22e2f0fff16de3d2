"""List every message that would go out for an issue, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.parser import BytesParser
from hashlib import sha256
from pathlib import Path

from generator.delivery.issue import ReadyIssue
from generator.delivery.message import Message, Picture
from generator.delivery.outbox import Key
from generator.errors import DeliveryError
from generator.files import read_text
from generator.model import Delivery, Stage

CARD, ALT = "card.png", "card-alt.txt"
HTML, TEXT, EML = "newsletter.html", "newsletter.txt", "newsletter.eml"
_THREADED = ("x", "bluesky", "mastodon", "threads")


def messages_of(delivery: Delivery, issue: ReadyIssue, root: Path) -> list[Message]:
    """The messages of one channel; raises `DeliveryError` where the issue has not what they are made of."""
    if delivery.service.stage is Stage.MAIL:
        return list(_mails(delivery, issue, root))
    if delivery.channel == "buffer":
        return [
            _post(delivery, issue, channel, issue.text(file), None)
            for channel, file in delivery.settings["channels"].items()
        ]
    posts = issue.posts(delivery.posts_file)
    if not delivery.settings.get("thread") and len(posts) > 1:
        raise DeliveryError(
            f"{delivery.posts_file}: holds {len(posts)} posts, and {delivery.channel} is to have one. "
            "Set 'thread: true' in content/deliveries.yaml, or name another file."
        )
    first = _picture(delivery, issue)
    return [
        _post(delivery, issue, str(number), post, first if number == 1 else None)
        for number, post in enumerate(posts, 1)
    ]


def chained(delivery: Delivery) -> bool:
    """Whether a channel's messages answer one another, so that none goes out before the one above it."""
    return delivery.channel in _THREADED


def _post(delivery: Delivery, issue: ReadyIssue, part: str, text: str, picture: Picture | None) -> Message:
    content = [text.encode(), *([picture.content, picture.alt.encode()] if picture else [])]
    return Message(Key.of(issue.name, delivery.channel, part, *content), text, picture, link=issue.address)


def _picture(delivery: Delivery, issue: ReadyIssue) -> Picture | None:
    """The card with its words; none where it was not made, or the publication wants none."""
    if not delivery.settings.get("picture") or CARD not in issue.files:
        return None
    return Picture(issue.files[CARD], issue.text(ALT), issue.card)


def _mails(delivery: Delivery, issue: ReadyIssue, root: Path) -> Iterator[Message]:
    page, text = issue.text(HTML), issue.text(TEXT)
    issue.text(EML)
    mail = issue.files[EML]
    headers = BytesParser(policy=policy.default).parsebytes(mail, headersonly=True)
    subject = str(headers["Subject"] or "").strip()
    if not subject or not subject.isprintable():
        raise DeliveryError(f"{issue.folder / EML}: has no subject. Write the issue again.")
    leaving = str(headers["List-Unsubscribe"] or "").strip().strip("<>")
    content = (subject.encode(), page.encode(), text.encode())
    part = "send" if delivery.settings["send"] else "draft"
    whole = Message(
        Key.of(issue.name, delivery.channel, part, *content),
        text,
        subject=subject,
        html=page,
        mail=mail,
        unsubscribe=leaving,
        link=issue.address,
    )
    if delivery.channel != "smtp":
        yield whole
        return
    if not delivery.settings["send"]:
        raise DeliveryError("smtp: a mail server keeps no drafts. Set 'send: true' in content/deliveries.yaml.")
    for recipient in recipients(root, delivery):
        part = f"to-{sha256(recipient.lower().encode()).hexdigest()[:16]}"
        yield replace(whole, key=Key.of(issue.name, "smtp", part, *content), recipient=recipient)


def recipients(root: Path, delivery: Delivery) -> list[str]:
    """The addresses in the file of recipients, one a line, each once; raises `DeliveryError` for one that is none."""
    path = root / str(delivery.settings["recipients"])
    try:
        lines = read_text(path).splitlines()
    except OSError as error:
        raise DeliveryError(f"{path}: the file of recipients cannot be read ({error.strerror}).") from error
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        address = line.strip()
        if not address or address.startswith("#"):
            continue
        name, _, host = address.rpartition("@")
        if not name or not host or not address.isascii() or any(sign in address for sign in " ,;<>\"'\\\t"):
            raise DeliveryError(f"{path}:{number}: is not a bare address such as reader@their.site.")
        found.setdefault(address.lower(), address)
    most = int(delivery.settings["most"])
    if len(found) > most:
        raise DeliveryError(
            f"{path}: holds {len(found)} addresses, and SMTP is for {most} at most. A service for newsletters keeps "
            "track of those who leave; 'most' in content/deliveries.yaml allows more."
        )
    if not found:
        raise DeliveryError(f"{path}: holds no address.")
    return list(found.values())
