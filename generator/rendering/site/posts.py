"""Write an issue as the post that Hugo, Jekyll, Pelican, Quarto or Ghost builds a page from.

Each prints the headline from what stands above the text, so the text has no heading of the first rank of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from generator.model import BarsBlock, Correction, Entry, Imprint, Issue, LinesBlock, PictureBlock
from generator.rendering.environment import pour
from generator.rendering.pages.article import NO_DERIVATIONS, article_link, context_of, matter_of
from generator.rendering.pictures.card_link import CARD_FILE
from generator.rendering.pictures.charts import drawn_file
from generator.rendering.site.places import Places

_ASSETS = "assets/{}/"
"""Where Jekyll, whose posts have no folder of their own, finds the pictures of one."""


@dataclass(frozen=True, slots=True)
class Post:
    """One issue, and all that is told of it beside its text."""

    issue: Issue
    entry: Entry
    imprint: Imprint
    """The publication as it is now."""
    places: Places
    published: datetime
    modified: datetime
    corrections: tuple[Correction, ...]
    pictures: frozenset[str]
    """The files that go with it."""

    @property
    def name(self) -> str:
        """`2024-07-11-session`."""
        return post_name(self.entry)

    @property
    def address(self) -> str:
        """That address."""
        return article_link(self.issue.article, self.imprint)


@dataclass(frozen=True, slots=True)
class Program:
    """A program that builds sites, and how it wants a post."""

    name: str
    file: str
    """Where the post goes; `{}` stands for its name, such as 2024-07-11-session."""
    folder: str
    """Where the files go that belong to it."""
    write: Callable[[Post, Environment], str]


def post_name(entry: Entry) -> str:
    """`2024-07-11-session`, by which a post's files are called."""
    return f"{entry.session.isoformat()}-{entry.kind}"


def _hugo(post: Post, env: Environment) -> str:
    fields = {
        "title": post.entry.headline,
        "date": post.published.isoformat(),
        "lastmod": post.modified.isoformat(),
        "url": f"/{post.places.article(post.entry)}",
        "description": post.entry.standfirst,
        "summary": post.entry.standfirst,
        "author": post.entry.author,
        "categories": [post.entry.kind],
        "tags": list(post.entry.tags),
        **({"images": [CARD_FILE]} if CARD_FILE in post.pictures else {}),
        "draft": post.entry.simulated,
        "simulated": post.entry.simulated,
    }
    return _matter(fields) + _text(post, env, "")


def _jekyll(post: Post, env: Environment) -> str:
    assets = f"{post.places.root}{_ASSETS.format(post.name)}"
    fields = {
        "layout": "post",
        "title": post.entry.headline,
        "date": f"{post.published:%Y-%m-%d %H:%M:%S %z}",
        "last_modified_at": f"{post.modified:%Y-%m-%d %H:%M:%S %z}",
        "permalink": f"/{post.places.article(post.entry)}",
        "description": post.entry.standfirst,
        "excerpt": post.entry.standfirst,
        "author": post.entry.author,
        "categories": [post.entry.kind],
        "tags": list(post.entry.tags),
        **({"image": f"{assets}{CARD_FILE}"} if CARD_FILE in post.pictures else {}),
        "published": not post.entry.simulated,
        "simulated": post.entry.simulated,
        "render_with_liquid": False,
    }
    return _matter(fields) + _text(post, env, assets)


def _pelican(post: Post, env: Environment) -> str:
    path = post.places.article(post.entry)
    fields = {
        "Title": post.entry.headline,
        "Date": post.published.isoformat(),
        "Modified": post.modified.isoformat(),
        "Category": post.entry.kind,
        "Tags": ", ".join(tag.replace(",", "") for tag in post.entry.tags),
        "Slug": post.name,
        "Authors": post.entry.author.replace(",", ""),
        "Summary": post.entry.standfirst,
        "Lang": post.imprint.language.partition("-")[0],
        "URL": path,
        "Save_as": f"{path}index.html" if path.endswith("/") else path,
        "Status": "draft" if post.entry.simulated else "published",
    }
    lines = "".join(f"{name}: {' '.join(text.split())}\n" for name, text in fields.items())
    return f"{lines}\n{_text(post, env, '{attach}')}"


def _quarto(post: Post, env: Environment) -> str:
    fields = {
        "title": post.entry.headline,
        "description": post.entry.standfirst,
        "date": post.published.isoformat(),
        "date-modified": post.modified.isoformat(),
        "author": post.entry.author,
        "categories": list(post.entry.tags),
        **({"image": CARD_FILE, "image-alt": post.entry.card} if CARD_FILE in post.pictures else {}),
        "lang": post.imprint.language,
        "draft": post.entry.simulated,
    }
    return _matter(fields) + _text(post, env, "")


def _ghost(post: Post, env: Environment) -> str:
    """What Ghost's Admin API takes at `POST /admin/posts/?source=html`: a draft, its text in one card of HTML."""
    article = post.issue.article
    drawn = {
        block.file: Markup(drawn_file(block, env))
        for block in article.blocks
        if isinstance(block, LinesBlock | BarsBlock | PictureBlock)
    }
    html = pour(
        env,
        "feed-item.html.j2",
        article=article,
        imprint=post.issue.imprint,
        corrections=post.corrections,
        pictures=drawn,
        drawn=True,
    )
    fields = {
        "title": post.entry.headline,
        "slug": post.name,
        "status": "draft",
        "published_at": post.published.isoformat(),
        "custom_excerpt": post.entry.standfirst[:300],
        "meta_description": post.entry.standfirst[:500],
        "canonical_url": post.address,
        "tags": [{"name": tag} for tag in (*post.entry.tags, *(("#simulated",) if post.entry.simulated else ()))],
        "html": f"<!--kg-card-begin: html-->\n{html}<!--kg-card-end: html-->",
    }
    return json.dumps({"posts": [fields]}, ensure_ascii=False, indent=1) + "\n"


def _text(post: Post, env: Environment, charts_at: str) -> str:
    return pour(
        env,
        "article-body.md.j2",
        **context_of(post.issue.article, post.issue.imprint, post.issue.simulated, NO_DERIVATIONS),
        charts={},
        card=None,
        corrections=post.corrections,
        titled=False,
        charts_at=charts_at,
    )


def _matter(fields: Mapping[str, Any]) -> str:
    return f"{matter_of(fields)}\n"


PROGRAMS: Mapping[str, Program] = {
    program.name: program
    for program in (
        Program("hugo", "content/posts/{}/index.md", "content/posts/{}/", _hugo),
        Program("jekyll", "_posts/{}.md", _ASSETS, _jekyll),
        Program("pelican", "content/{}/article.md", "content/{}/", _pelican),
        Program("quarto", "posts/{}/index.qmd", "posts/{}/", _quarto),
        Program("ghost", "posts/{}.json", "images/{}/", _ghost),
    )
}
"""Every program that posts can be written for, by its name on the command line."""
