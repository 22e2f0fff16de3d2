"""`content/publication.yaml`: who publishes, where, and the standing text of every page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, ClassVar
from urllib.parse import urlsplit

from pydantic import Field

from generator.editorial.document import Document
from generator.editorial.schema import Shape, fitted, rule
from generator.editorial.site import SiteShape, site_faults, site_of
from generator.editorial.values import Line, Prose
from generator.editorial.yaml_reader import read_document
from generator.errors import Fault
from generator.model import Imprint, Newsletter, SiteSettings

WHERE = "content/publication.yaml"
_FILLED_IN = {"url": ("date", "edition"), "disclosure": ("supplier", "session")}
"""The names that each setting may have in braces."""


def _hashtag_fault(tag: str) -> str | None:
    if tag.startswith("#"):
        return "has a '#', which is put in front by itself; write the word alone."
    if not re.fullmatch(r"\w{1,60}", tag):
        return "would be cut by a network: letters, digits and underscores only, no space."
    if not any(character.isalpha() for character in tag):
        return "would be no hashtag on a network: it needs a letter."
    return None


def _language_fault(tag: str) -> str | None:
    """Require a tag for English, such as `en`, `en-US` or `en-Latn-GB` (BCP 47), with a region that exists."""
    from babel import Locale

    found = re.fullmatch(r"en(?:-Latn)?(?:-([A-Za-z]{2}|\d{3}))?", tag, re.IGNORECASE)
    if found and (found[1] is None or found[1].upper() in Locale("en").territories):
        return None
    return f"should be a language tag for English, such as en-US or en-GB, as the text is English; it is '{tag}'."


def _address_of_mail_fault(text: str) -> str | None:
    if re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", text):
        return None
    return "should be an address of mail, such as letter@your.site."


def _leaving_fault(text: str) -> str | None:
    """Require a place where a reader can unsubscribe, which mail programs know how to open."""
    mail = text.startswith("mailto:") and _address_of_mail_fault(text[7:].partition("?")[0]) is None
    web = re.match(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:[/?#]|$)", text)
    if (mail or web) and not re.search(r"[\s<>\"'\\^`|{}]", text):
        return None
    return "should be where a reader unsubscribes: https://your.site/unsubscribe or mailto:letter@your.site."


class NewsletterShape(Shape):
    """Who sends the newsletter."""

    what: ClassVar[str] = "the newsletter"
    sender: Line
    address: Annotated[str, rule(_address_of_mail_fault)]
    unsubscribe: Annotated[str, rule(_leaving_fault)]
    postal: Prose
    one_click: bool = False


class MastheadShape(Shape):
    """The whole file."""

    what: ClassVar[str] = "a publication"
    title: Line
    byline: Line
    place: Line
    url: str
    disclosure: Prose
    risk: Prose
    call_to_action: Prose
    language: Annotated[str, rule(_language_fault)] = "en-US"
    hashtags: list[Annotated[str, rule(_hashtag_fault)]] = Field(default=[])
    notes: list[Prose] = Field(default=[])
    site: SiteShape = Field(default=SiteShape())
    newsletter: NewsletterShape | None = None


def gather_masthead(content: Path, editions: int) -> tuple[Imprint | None, SiteSettings | None, list[Fault], Document]:
    """The masthead and what a site needs besides, as far as they can be read, and every fault in the file.

    `editions` is the number that share its address.
    """
    document = read_document(content, WHERE)
    shape, faults = fitted(document, MastheadShape)
    if shape is None:
        return None, None, faults, document
    faults += _braces(document, shape)
    if wrong := _address_fault(shape.url, editions):
        faults.append(Fault(document.at("url"), f"'url' {wrong}"))
    for number, tag in enumerate(shape.hashtags):
        if tag.lower() in (other.lower() for other in shape.hashtags[:number]):
            faults.append(Fault(document.at("hashtags", number), f"the hashtag '{tag}' is there twice."))
    faults += site_faults(document, shape.site, shape.url)
    texts = {
        name: getattr(shape, name).strip()
        for name in ("title", "byline", "place", "url", "disclosure", "risk", "call_to_action", "language")
    }
    if shape.newsletter and shape.newsletter.one_click and not shape.newsletter.unsubscribe.startswith("https://"):
        message = "'one_click' asks for an 'unsubscribe' that begins with https:// and takes a POST."
        faults.append(Fault(document.at("newsletter", "one_click"), message))
    imprint = Imprint(
        **texts,
        hashtags=tuple(shape.hashtags),
        notes=tuple(note.strip() for note in shape.notes),
        newsletter=Newsletter(**shape.newsletter.model_dump()) if shape.newsletter else None,
    )
    return imprint, site_of(shape.site, shape.url), faults, document


def gather_imprint(content: Path, editions: int) -> tuple[Imprint | None, list[Fault], Document]:
    """The masthead alone, and every fault in the file."""
    imprint, _, faults, document = gather_masthead(content, editions)
    return imprint, faults, document


def _braces(document: Document, shape: MastheadShape) -> Iterator[Fault]:
    """Words in braces that nothing would replace."""
    for name in type(shape).model_fields:
        value = getattr(shape, name)
        if isinstance(value, SiteShape):
            yield from _braces_of_site(document, value)
            continue
        if not isinstance(value, str | list):
            continue
        for number, text in enumerate(value if isinstance(value, list) else [value]):
            place = document.at(name, number) if isinstance(value, list) else document.at(name)
            known = _FILLED_IN.get(name, ())
            left = re.sub("|".join(f"{{{word}}}" for word in known) or r"(?!)", "", text)
            if found := re.search(r"\{[^{}]*\}|[{}]", left):
                filled = f"only {' and '.join(f'{{{word}}}' for word in known)} are" if known else "nothing is"
                yield Fault(place, f"'{found[0]}' in '{name}' would be printed as it stands: {filled} filled in here.")


def _braces_of_site(document: Document, shape: SiteShape) -> Iterator[Fault]:
    """The same in the pages of a site, in which nothing is filled in."""
    for name, value in shape.model_dump(exclude={"address", "subjects"}).items():
        for number, text in enumerate(value if isinstance(value, list) else [value]):
            if found := re.search(r"\{[^{}]*\}|[{}]", text or ""):
                place = document.at("site", name, number)
                yield Fault(
                    place, f"'{found[0]}' in '{name}' would be printed as it stands: nothing is filled in here."
                )


def _address_fault(url: str, editions: int) -> str | None:
    """What is wrong with the address at which an edition will be read."""
    filled = url.strip().replace("{date}", "2024-07-11").replace("{edition}", "session")
    try:
        parts = urlsplit(filled)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "is not an address that can be read."
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[A-Za-z0-9.-]*[A-Za-z0-9]", host):
        return "should be the whole address of an edition, such as https://your.site/{date}/{edition}/."
    if parts.username is not None or re.search(r"[\s<>\"'\\^`|]", filled):
        return "holds a space, a sign or a name of a user that no address on a page may."
    folder = url.rpartition("/")[0]
    if "{date}" not in folder:
        return "needs {date} in its folder, or every edition would have the same address and card."
    if editions > 1 and "{edition}" not in folder:
        return "needs {edition} in its folder, as there is more than one edition."
    return None
