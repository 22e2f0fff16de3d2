"""Checks that the card is an intact PNG of the right size, with no text chunks and nothing after its end.

Its picture is proved by printing it again; this only checks that it is a picture of a card's size, and undamaged.
"""

from __future__ import annotations

from zlib import crc32

from generator.verification.figures.answers import Answers

CARD = "card.png"
SIZE = (1200, 628)
_HEAD = b"\x89PNG\r\n\x1a\n"
_KNOWN = frozenset([b"IHDR", b"IDAT", b"IEND", b"PLTE", b"tRNS", b"sRGB", b"gAMA", b"pHYs", b"cHRM"])


def check_picture(answers: Answers, name: str, content: bytes) -> None:
    """Check the card."""
    fault = picture_fault(content)
    answers.check(not fault, "card", name, f"{len(content):,} bytes", fault)


def picture_fault(content: bytes, wanted: tuple[int, int] = SIZE) -> str:
    """What is wrong with a picture of the wanted size; empty if nothing is."""
    if not content.startswith(_HEAD):
        return "it is no PNG"
    at, last = len(_HEAD), b""
    while at < len(content):
        size, last = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        body = content[at + 4 : at + 8 + size]
        if len(body) < 4 + size or int.from_bytes(content[at + 8 + size : at + 12 + size]) != crc32(body):
            return "it is damaged, or cut off, or something stands behind it"
        if last not in _KNOWN:
            return f"it holds {last.decode('ascii', 'replace')}, which no picture of ours has"
        if last == b"IHDR" and (int.from_bytes(body[4:8]), int.from_bytes(body[8:12])) != wanted:
            return f"it is not {wanted[0]} by {wanted[1]}"
        at += 12 + size
        if last == b"IEND":
            break
    return "" if last == b"IEND" and at == len(content) else "it is cut off, or something stands behind it"
