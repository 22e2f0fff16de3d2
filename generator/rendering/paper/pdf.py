"""Lay an article's HTML page out as a PDF: tagged for accessibility (PDF/UA-1), the same text for the same page.

WeasyPrint lays the page out by print.css. It may read the fonts that come with two packages, and nothing else: no
file, no network.
"""

from __future__ import annotations

import atexit
import contextlib
import io
from collections.abc import Mapping
from functools import cache
from typing import Any

from generator.errors import PdfUnavailableError
from generator.rendering.paper.fonts import PACKAGES, font_files

FONT_SCHEME = "font:"
"""print.css writes `url("font:SourceSerifPro-Regular.ttf")`; the name is looked up among the packages' fonts."""


def render_pdf(html: str, css: str) -> bytes:
    """The page as PDF; raises `PdfUnavailableError` where a package, a font or a system library is missing.

    `html` is what `render_html(…, paper=True)` gives, `css` the style sheet print.css.
    """
    weasyprint = load_layout()
    fetch = _fetcher()
    style, font_config = _print_style(css)
    document = weasyprint.HTML(string=html, url_fetcher=fetch)
    pdf: bytes = document.write_pdf(stylesheets=[style], font_config=font_config, pdf_variant="pdf/ua-1")
    return pdf


def load_layout() -> Any:
    """WeasyPrint, loaded; raises `PdfUnavailableError` as `render_pdf` does."""
    # Where Pango is missing, WeasyPrint prints a notice of its own before it raises; the operator gets ours.
    try:
        font_files()
        with contextlib.redirect_stdout(io.StringIO()):
            import weasyprint
    except ImportError as error:
        raise PdfUnavailableError(f"No PDF: {error}. Install weasyprint, {PACKAGES}.") from error
    except OSError as error:
        raise PdfUnavailableError(
            f"No PDF: {error}. Install the system library Pango "
            "(Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; macOS: brew install pango)."
        ) from error
    return weasyprint


@cache
def _print_style(text: str) -> tuple[Any, Any]:
    """The parsed style sheet and the fonts it names: made once, as both cost more than laying a page out."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    font_config = FontConfiguration()
    atexit.register(_remove_copies, font_config)
    return CSS(string=text, font_config=font_config, url_fetcher=_fetcher()), font_config


def _remove_copies(font_config: Any) -> None:
    """Remove WeasyPrint's copies of fonts: as it does on deletion, which at the end is too late or never."""
    font_config.__del__()
    font_config._folder = None  # so that a late deletion finds nothing left to do


def _fetcher() -> Any:
    """What WeasyPrint asks for any address: it gives the packages' fonts and data addresses, and refuses the rest."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    inner = URLFetcher(allowed_protocols={"data"})

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            path = font_files().get(url.removeprefix(FONT_SCHEME)) if url.startswith(FONT_SCHEME) else None
            return URLFetcherResponse(url, path.read_bytes()) if path else inner.fetch(url, headers)

    return Fetcher(allowed_protocols={"data", "font"})
