"""The part `site` of `content/publication.yaml`: what a site needs besides its articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar

from pydantic import Field

from generator.editorial.document import Document
from generator.editorial.schema import Shape, matching, rule
from generator.editorial.values import Address, Line, Name, Prose
from generator.errors import Fault
from generator.escaping import address_fault
from generator.model import SiteSettings

MIDNIGHT = 24 * 60


def _contact_fault(contact: str) -> str | None:
    address = contact if ":" in contact else f"mailto:{contact}"
    if address.startswith("mailto:") and not re.fullmatch(r"mailto:[^@\s]+@[^@\s]+\.[^@\s]+", address):
        return f"should be an address for mail, or of a page that begins with https://; it is '{contact[:60]}'."
    return address_fault(address)


class SiteShape(Shape):
    """What may be set of a site; every setting has a default."""

    what: ClassVar[str] = "a site"
    address: Address | None = Field(default=None)
    description: Line = ""
    hour: Annotated[str, matching(r"([01]\d|2[0-3]):[0-5]\d", 'should be an hour in New York, such as "17:00".')] = (
        "17:00"
    )
    contact: Annotated[str, rule(_contact_fault)] = ""
    about: list[Prose] = Field(default=[])
    method: list[Prose] = Field(default=[])
    sources: list[Prose] = Field(default=[])
    corrections: list[Prose] = Field(default=[])
    subjects: dict[str, Name] = Field(default={})


def site_of(shape: SiteShape, url: str) -> SiteSettings:
    """The settings, with the address taken from `url`, the address of an article, where none is given."""
    hours, _, minutes = shape.hour.partition(":")
    return SiteSettings(
        address=(shape.address or base_of(url)).strip(),
        description=shape.description.strip(),
        hour=int(hours) * 60 + int(minutes),
        about=_stripped(shape.about),
        method=_stripped(shape.method),
        sources=_stripped(shape.sources),
        corrections=_stripped(shape.corrections),
        contact=shape.contact.strip(),
        subjects=dict(shape.subjects),
    )


def base_of(url: str) -> str:
    """What comes before the first folder of an article's address that is filled in."""
    return url.strip().partition("{")[0].rpartition("/")[0] + "/"


def site_faults(document: Document, shape: SiteShape, url: str) -> Iterator[Fault]:
    """What does not go together: the site's address and that of its articles."""
    address = (shape.address or base_of(url)).strip()
    if shape.address and not address.endswith("/"):
        yield Fault(document.at("site", "address"), f"'address' should end with a slash: {address}/")
    elif shape.address and not url.strip().startswith(address):
        yield Fault(
            document.at("site", "address"),
            f"'address' is not where 'url' begins, so that articles would lie outside the site: {address}",
        )
    for name in shape.subjects:
        if not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)*", name):
            message = f"'{name}' is not the beginning of a story's name, such as session/story/rise."
            yield Fault(document.at("site", "subjects", name), message)


def _stripped(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(text.strip() for text in texts)
