"""What programs ask a site for: maps for search engines, what robots may read, and the lists that its search reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from html import escape as escaped

from generator.model import Entry, Imprint
from generator.rendering.site.places import Places

MOST = 50_000
"""Addresses that one map may have."""
NEWS = timedelta(days=2)
"""How long an article is news to a search engine."""
escape = partial(escaped, quote=False)
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(pages: Sequence[tuple[str, datetime | None]], places: Places) -> dict[str, str]:
    """The map of all pages with the moment each was last changed; where they are too many, an index and its parts."""
    if len(pages) <= MOST:
        return {"sitemap.xml": _sitemap(pages, places)}
    parts = {f"sitemap-{at // MOST + 1}.xml": pages[at : at + MOST] for at in range(0, len(pages), MOST)}
    listed = "".join(f" <sitemap><loc>{escape(places.absolute(name))}</loc></sitemap>\n" for name in parts)
    index = f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{listed}</sitemapindex>\n'
    return {"sitemap.xml": index, **{name: _sitemap(part, places) for name, part in parts.items()}}


def _sitemap(pages: Iterable[tuple[str, datetime | None]], places: Places) -> str:
    lines = [
        f" <url><loc>{escape(places.absolute(path))}</loc>"
        f"{f'<lastmod>{at.isoformat()}</lastmod>' if at else ''}</url>\n"
        for path, at in pages
    ]
    return f'{_HEAD}<urlset xmlns="{_SPACE}">\n{"".join(lines)}</urlset>\n'


def news_sitemap(entries: Sequence[Entry], imprint: Imprint, places: Places) -> str:
    """The articles that are news: of the two days up to the newest one, for no clock is asked."""
    space = "http://www.google.com/schemas/sitemap-news/0.9"
    newest = max((places.published(one.session) for one in entries), default=None)
    news = [one for one in entries if newest and newest - places.published(one.session) < NEWS]
    lines = [
        f" <url>\n  <loc>{escape(places.absolute(places.article(one)))}</loc>\n  <news:news>\n"
        f"   <news:publication><news:name>{escape(imprint.title)}</news:name>"
        f"<news:language>{imprint.language.partition('-')[0]}</news:language></news:publication>\n"
        f"   <news:publication_date>{places.published(one.session).isoformat()}</news:publication_date>\n"
        f"   <news:title>{escape(one.headline)}</news:title>\n  </news:news>\n </url>\n"
        for one in news
    ]
    return f'{_HEAD}<urlset xmlns="{_SPACE}" xmlns:news="{space}">\n{"".join(lines)}</urlset>\n'


def robots(places: Places) -> str:
    """What robots may read: all of it."""
    maps = "".join(f"Sitemap: {places.absolute(name)}\n" for name in ("sitemap.xml", "news-sitemap.xml"))
    return f"User-agent: *\nAllow: /\n\n{maps}"


def search_index(years: Sequence[int], places: Places) -> str:
    """Which lists the search reads, the newest first."""
    files = [{"file": places.href(f"search/{year}.json")} for year in years]
    return json.dumps({"years": files}, separators=(",", ":")) + "\n"


def search_list(entries: Iterable[Entry], places: Places) -> str:
    """One year's issues as rows of day, address, headline, standfirst and subjects, the newest first."""
    rows = [
        [
            one.session.isoformat(),
            places.href(places.article(one)),
            one.headline,
            one.standfirst,
            ", ".join((*(("Simulated market",) if one.simulated else ()), *one.tags)),
        ]
        for one in entries
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")) + "\n"
