"""Where everything of a site stands: the address and the file of each page, and the moments its articles carry."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from generator.errors import ContentError, Fault
from generator.model import Entry, Imprint, SiteSettings

NEW_YORK = ZoneInfo("America/New_York")


@dataclass(frozen=True, slots=True)
class Places:
    """The addresses of a site: `root` is the path of its front page, `base` the whole address of that."""

    base: str
    root: str
    pattern: str
    """An article's address, with `{date}` and `{edition}` to be filled in."""
    hour: int

    @classmethod
    def of(cls, imprint: Imprint, settings: SiteSettings) -> Places:
        """The addresses that the masthead promises; raises `ContentError` for ones that no file can have."""
        base = settings.address
        rest = imprint.url[len(base) :]
        if not (rest.endswith("/") or rest.endswith(".html")) or ".." in rest or "?" in rest or "#" in rest:
            message = f"'url' should end with a slash or in .html, or a site has no file for an article: {imprint.url}"
            raise ContentError([Fault("content/publication.yaml", message)])
        return cls(base, urlsplit(base).path or "/", imprint.url, settings.hour)

    def absolute(self, path: str) -> str:
        """The whole address of a page or file of the site."""
        return self.base + path

    def href(self, path: str) -> str:
        """The same for links within the site: without the host."""
        return self.root + path

    def article(self, entry: Entry) -> str:
        """The article's address below the site's own, such as `2024-07-11/session/`."""
        filled = self.pattern.replace("{date}", entry.session.isoformat()).replace("{edition}", entry.kind)
        return filled[len(self.base) :]

    def beside(self, entry: Entry, name: str) -> str:
        """The address of a file that stands beside the article."""
        folder = self.article(entry).rpartition("/")[0]
        return f"{folder}/{name}" if folder else name

    def published(self, session: date) -> datetime:
        """When an issue of that session counts as published: at the site's hour, in New York."""
        return datetime.combine(session, time(), NEW_YORK) + timedelta(minutes=self.hour)


def file_of(path: str) -> str:
    """The file in which a server looks for the page at that address."""
    path = unquote(path)
    return f"{path}index.html" if path.endswith("/") or not path else path


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """The words as they stand in an address: small letters and digits, with hyphens between."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "other"
