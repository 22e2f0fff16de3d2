"""The newsletter of one edition, beside the bare libraries doing the part that is theirs.

The reference pours the same template in a plain Jinja environment and lets css-inline write the same sheet into it:
no sandbox, no limit of time, no text part, no pictures and no message. All run in one process that has them loaded.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

import css_inline
from jinja2 import Environment, FileSystemLoader

from generator import Settings
from generator.assembly import Desk, Edition, make_edition
from generator.loading import load_prices, open_publication
from generator.market.sessions import close_time
from generator.rendering.environment import sheet
from generator.rendering.filters import FILTERS
from generator.rendering.mail.letter import FILLER, SCREEN_STYLE, STYLE, render_letter
from generator.rendering.mail.message import render_message
from generator.rendering.pages.article import article_link, render_html
from generator.rendering.pictures.raster import MailChart, png_of, render_chart_picture

HISTORY = Path(__file__).resolve().parents[2] / "shared" / "data"
RUNS = 40


def main() -> None:
    """Print the medians of each and what the newsletter adds to an edition."""
    given = {"source": "csv", "data": HISTORY} if HISTORY.is_dir() else {"source": "sample"}
    settings = Settings(session=date(2024, 7, 11), **given)
    publication = open_publication(settings)
    desk = Desk.over(publication, "session", load_prices(settings, publication))
    edition = make_edition(desk)
    page = measure(lambda: _page(desk, edition))
    letter, pictures = _letter(desk, edition), _pictures(desk, edition)
    rows = {
        "newsletter, both parts": measure(lambda: _letter(desk, edition)),
        "its charts as pictures": measure(lambda: _pictures(desk, edition)),
        "its message": measure(lambda: render_message(letter, "key", close_time(edition.article.session), pictures)),
    }
    plain = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, loader=FileSystemLoader(publication.templates)
    )
    plain.filters.update(FILTERS)
    bare = measure(lambda: _bare(desk, edition, plain))
    print(f"the newsletter of 2024-07-11, {RUNS} runs each, ms of wall time and of CPU")
    for name, (wall, cpu) in {**rows, "article.html": page, "bare Jinja and css-inline": bare}.items():
        print(f"  {name:<28} {wall * 1000:7.1f} {cpu * 1000:7.1f}")
    whole = tuple(sum(one) for one in zip(*rows.values(), strict=True))
    print(f"  {'added to an edition':<28} {whole[0] * 1000:7.1f} {whole[1] * 1000:7.1f}")
    print(f"  {'both parts over the bare':<28} {rows['newsletter, both parts'][1] / bare[1]:7.2f}")


def measure(work: Callable[[], object]) -> tuple[float, float]:
    """Median seconds of wall time and of CPU."""
    work()
    walls, cpus = [], []
    for _ in range(RUNS):
        wall, cpu = perf_counter(), process_time()
        work()
        walls.append(perf_counter() - wall)
        cpus.append(process_time() - cpu)
    return statistics.median(walls), statistics.median(cpus)


def _page(desk: Desk, edition: Edition) -> str:
    given = (edition.article, edition.imprint, desk.templates)
    return render_html(*given, simulated=edition.simulated, derivations=edition.derivations)


def _letter(desk: Desk, edition: Edition):  # type: ignore[no-untyped-def]
    given = (edition.article, edition.digest, edition.imprint, desk.templates)
    shown = [block.file for block in edition.article.charted]
    return render_letter(*given, simulated=edition.simulated, charts=shown)


def _pictures(desk: Desk, edition: Edition) -> dict[str, bytes]:
    charted = edition.article.charted
    return {png_of(block.file): render_chart_picture(block.chart, desk.templates) for block in charted}


def _bare(desk: Desk, edition: Edition, env: Environment) -> str:
    article, link = edition.article, article_link(edition.article, edition.imprint)
    html = env.get_template("mail.html.j2").render(
        article=article,
        standfirst=(article.standfirst,),
        imprint=edition.imprint,
        newsletter=edition.imprint.newsletter,
        envelope=edition.digest.envelope,
        simulated=edition.simulated,
        subject="",
        link=link,
        notes=(),
        pictures={block.file: MailChart(png_of(block.file)) for block in article.charted},
        filler=FILLER,
        screen_style=sheet(desk.templates, SCREEN_STYLE),
    )
    return css_inline.CSSInliner(extra_css=sheet(desk.templates, STYLE), load_remote_stylesheets=False).inline(html)


if __name__ == "__main__":
    main()
