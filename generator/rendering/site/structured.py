"""What search engines read of a page: schema.org, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from generator.model import Correction, Imprint, SiteSettings
from generator.rendering.pictures.card_link import CardLink
from generator.rendering.site.places import Places

if TYPE_CHECKING:
    from generator.model import Article


def publisher(imprint: Imprint, places: Places) -> dict[str, Any]:
    """The publication, with where it says what becomes of its mistakes."""
    return {
        "@type": "NewsMediaOrganization",
        "name": imprint.title,
        "url": places.base,
        "logo": {"@type": "ImageObject", "url": places.absolute("icon.svg")},
        "correctionsPolicy": places.absolute("corrections/"),
        "publishingPrinciples": places.absolute("about/"),
    }


def website(imprint: Imprint, settings: SiteSettings, places: Places) -> dict[str, Any]:
    """The site itself, for its front page."""
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": imprint.title,
        "url": places.base,
        "inLanguage": imprint.language,
        **({"description": settings.description} if settings.description else {}),
        "publisher": publisher(imprint, places),
    }


def news_article(
    article: Article,
    imprint: Imprint,
    places: Places,
    published: datetime,
    modified: datetime,
    card: CardLink | None,
    corrections: Sequence[Correction],
) -> dict[str, Any]:
    """The article: what its own page says, with moments, publisher and corrections."""
    from generator.rendering.pages.article import structured_data

    data = structured_data(article, imprint, card)
    data |= {
        "datePublished": published.isoformat(),
        "dateModified": modified.isoformat(),
        "author": {**data["author"], "url": places.absolute("about/")},
        "publisher": publisher(imprint, places),
        "isAccessibleForFree": True,
    }
    if corrections:
        data["correction"] = [
            {"@type": "CorrectionComment", "text": one.text, "datePublished": one.at.isoformat()} for one in corrections
        ]
    return data
