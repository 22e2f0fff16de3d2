"""Alterations of the newsletter: its two parts, the message that holds them, and what an inbox shows."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from .alter_text import LIE, NUMBER, OPPOSITES, next_digit
from .trial import LEDGER, Case, Files, Kinds, Made, dumped, evenly, kind, swapped_in

KINDS: Kinds = {}
PARTS = ("newsletter.html", "newsletter.txt")
MESSAGE, PICTURE = "newsletter.eml", "charts/performance.png"


def _parsed(case: Case) -> EmailMessage:
    message = BytesParser(policy=policy.SMTP).parsebytes(case.files[MESSAGE])
    assert isinstance(message, EmailMessage)
    return message


def _part(message: EmailMessage, kind: str) -> EmailMessage:
    return next(part for part in message.walk() if part.get_content_type() == kind)  # type: ignore[misc]


def _rewritten(case: Case, kind: str, change: Callable[[str], str]) -> Files:
    """The folder with one part of the message set anew, its text changed."""
    message = _parsed(case)
    part = _part(message, kind)
    text = part.get_content().replace("\r\n", "\n")
    part.set_content(change(text), subtype=kind.partition("/")[2], cte="quoted-printable")
    return {**case.files, MESSAGE: message.as_bytes()}


@kind(KINDS, "newsletter: numbers")
def _numbers(case: Case) -> Made:
    for name in PARTS:
        yield from swapped_in(case, name, NUMBER, next_digit, 30)
    for kind_, name in (("text/plain", PARTS[1]), ("text/html", PARTS[0])):
        found = list(re.finditer(r"\d[\d,]*\.\d+", case.text(name)))
        shown = [one for one in found if case.text(name).find("<body") < one.start()]
        for one in evenly(shown, 15):
            whole = re.escape(one[0])

            def change(text: str, whole: str = whole) -> str:
                return re.sub(whole, lambda each: next_digit(each[0]), text, count=1)

            if "style" not in case.text(name)[max(one.start() - 60, 0) : one.start()]:
                yield f"{kind_} {one[0]}", _rewritten(case, kind_, change)


@kind(KINDS, "newsletter: words")
def _words(case: Case) -> Made:
    words = rf"\b({'|'.join(OPPOSITES)})\b"
    for name in PARTS:
        yield from swapped_in(case, name, words, lambda word: OPPOSITES[word], 10)
        yield from swapped_in(case, name, r"(?<=[a-z]) [a-z]{4,}(?= [a-z])", lambda _: "", 6)
    for record in evenly(case.ledger["products"]["article"], 12):
        if record["part"] not in ("headline", "standfirst"):
            html = case.text(PARTS[0])
            yield f"gone: {record['text'][:30]}", case.put(PARTS[0], html.replace(record["text"].split(".")[0], "", 1))
    for what, change in (
        ("a lie", lambda text: text.replace("</body>", f"<p>{LIE}</p></body>") if "</body>" in text else text + LIE),
        ("nothing", lambda text: ""),
        ("twice", lambda text: text + text),
    ):
        for kind_ in ("text/plain", "text/html"):
            yield f"{kind_}: {what}", _rewritten(case, kind_, change)


@kind(KINDS, "newsletter: what an inbox shows")
def _inbox(case: Case) -> Made:
    html = case.text(PARTS[0])
    preheader = re.search(r'class="preheader"[^>]*>([^\u034f<]*)', html)
    assert preheader
    yield "preheader", case.put(PARTS[0], html.replace(preheader[1], LIE, 1))
    yield "preheader shown", case.put(PARTS[0], html.replace("display: none;", "", 1))
    yield "no preheader", case.put(PARTS[0], html.replace(preheader[1], "", 1))
    yield "filler in the text", case.put(PARTS[0], html.replace("</h1>", "\u034f</h1>", 1))
    yield "title", case.put(PARTS[0], re.sub("<title>.*?</title>", f"<title>{LIE}</title>", html))
    for key, value in (
        ("Subject", LIE), ("From", "Nobody <nobody@evil.example>"), ("Date", "Thu, 01 Jan 1998 16:00:00 -0500"),
        ("Date", "Wed, 18 Sep 2024 17:00:00 -0400"), ("Message-ID", "<other@example.com>"),
        ("List-Unsubscribe", "<https://evil.example/>"), ("X-Unsent", "0"),
    ):  # fmt: skip
        message = _parsed(case)
        message.replace_header(key, value)
        yield f"{key}: {value[:20]}", {**case.files, MESSAGE: message.as_bytes()}
    for key in ("Bcc", "Reply-To", "List-Unsubscribe-Post"):
        message = _parsed(case)
        message[key] = "nobody@evil.example"
        yield f"more: {key}", {**case.files, MESSAGE: message.as_bytes()}
    for number, part in enumerate(("subject", "preheader")):
        ledger = case.ledger
        record = next(one for one in ledger["products"]["newsletter"] if one["part"] == part)
        record["text"] = f"{record['text']} {LIE}"
        yield f"ledger {number}", {**case.files, LEDGER: dumped(ledger)}


@kind(KINDS, "newsletter: addresses, pictures, styles")
def _markup(case: Case) -> Made:
    html, text = case.text(PARTS[0]), case.text(PARTS[1])
    for one in dict.fromkeys(re.findall(r'href="[^"]*"', html)):
        yield f"html {one}", case.put(PARTS[0], html.replace(one, 'href="https://evil.example/"', 1))
    for one in dict.fromkeys(re.findall(r"https://\S+", text)):
        yield f"text {one}", case.put(PARTS[1], text.replace(one, "https://evil.example/", 1))
    yield from ((f"picture {put[:20]}", case.put(PARTS[0], changed)) for put, changed in _pictures(html))
    for put in ('style="display: none;"', 'onclick="alert(1)"', f'title="{LIE}"', "hidden", 'class="preheader"'):
        for tag in ("<h1", "<h2", "<li", '<td class="number"'):
            marked = html.replace(f"{tag} style", f"{tag} {put} data-x", 1)
            yield f"{tag} {put[:18]}", case.put(PARTS[0], marked)
    yield "style hides", case.put(PARTS[0], html.replace("margin: 0 0 16px;", "margin: 0 0 16px;display: none;", 1))
    yield "sheet", case.put(PARTS[0], html.replace("<style>", "<style>h1{display:none}", 1))
    yield "script", case.put(PARTS[0], html.replace("</head>", "<script>alert(1)</script></head>", 1))
    yield "comment", case.put(PARTS[0], html.replace("<body", f"<!-- {LIE} --><body", 1))
    png = case.files[PICTURE]
    for what, picture in (("cut", png[:900]), ("a byte", png[:900] + bytes([png[900] ^ 1]) + png[901:]), ("none", b"")):
        yield f"chart {what}", {**case.files, PICTURE: picture}
        head, _, rest = case.files[MESSAGE].partition(b"base64\r\n")
        more, _, after = rest.partition(b"\r\n\r\n")
        tail = after[after.index(b"\r\n--") :]
        raw = head + b"base64\r\n" + more + b"\r\n\r\n" + b64encode(picture) + tail
        yield f"chart in the message {what}", {**case.files, MESSAGE: raw}
    for what, change in (
        ("before", lambda raw: b"X-More: 1\r\n" + raw),
        ("after", lambda raw: raw + LIE.encode()),
        ("cut", lambda raw: raw[: len(raw) // 2]),
        ("empty", lambda raw: b""),
        ("no message", lambda raw: LIE.encode()),
        ("a part more", lambda raw: raw.replace(b"--=_alternative--", _MORE, 1)),
    ):
        yield f"message: {what}", {**case.files, MESSAGE: change(case.files[MESSAGE])}


_MORE = b"--=_alternative\r\nContent-Type: text/html\r\n\r\n<p>Buy now</p>\r\n--=_alternative--"


def _pictures(html: str) -> Iterator[tuple[str, str]]:
    yield "address", re.sub(r'src="[^"]*"', 'src="https://tracker.example/x.png"', html, count=1)
    yield "words", re.sub(r'alt="[^"]*"', f'alt="{LIE}"', html, count=1)
    yield "one more", html.replace("</h1>", '</h1><img src="https://tracker.example/x.png" alt="">', 1)
    yield "gone", re.sub(r"<img[^>]*>", "", html, count=1)
