"""A publication that delivers to the fake networks, and an archive of issues whose files have their digests."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

import yaml

from generator.model import Settings
from generator.project import bundled_root
from generator.verbs.deliver import Delivered, Order, deliver
from tests.servers.networks import Networks

SESSION = date(2024, 7, 11)
LEAVING = "https://kessler.org/unsubscribe?a=1"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(2_000)


def write_issue(
    output: Path, address: str, session: date = SESSION, *, simulated: bool = False, mark: str = ""
) -> Path:
    """An issue as `write` leaves it: posts, card, newsletter and ledger."""
    folder = output / session.isoformat() / "session"
    folder.mkdir(parents=True, exist_ok=True)
    day = f"{session:%B} {session.day}{mark}"
    link = f"{address}/{session}/session/"
    files = {
        "x.txt": f"Small caps rose 3.6% on {day}, S&P “500” 0.9% lower.\n\n$IWM #smallcaps\n",
        "x-thread.txt": f"Small caps rose on {day}.\n\n---\n\nSecond of {day}: breadth.\n\n---\n\nThird of {day}: {link}\n",
        "bluesky.txt": f"Small caps’ 3.6% – the most since {day}.\n\n#smallcaps {link}\n",
        "mastodon.txt": f"Small caps rose 3.6% on {day} & more.\n\n#smallcaps\n{link}\n",
        "linkedin.txt": f"Small caps (IWM) rose 3.6% on {day} [more].\n\nRead on.\n{link}\n\n#smallcaps #stocks\n",
        "facebook.txt": f"Small caps rose 3.6% on {day}.\n\n{link}\n",
        "threads.txt": f"Small caps rose 3.6% on {day}.\n\n{link}\n",
        "newsletter.txt": f"Small caps rose on {day}.\n\n{link}\n\nUnsubscribe: {LEAVING}\n",
        "newsletter.html": f'<!doctype html><html><body><p>Small caps rose on {day}.</p><img alt="" src="{link}charts/performance.png?a=1&amp;b=2"><a href="{LEAVING}">Unsubscribe</a></body></html>\n',
        "newsletter.eml": _eml(f"Small caps’ best day: {day}"),
        "card-alt.txt": f"Line chart of small caps to {day}.\n",
        "issue.json": json.dumps({"imprint": {"url": f"{address}/{{date}}/{{edition}}/"}}),
    }
    made = {name: text.encode() if isinstance(text, str) else text for name, text in files.items()} | {"card.png": PNG}
    for name, content in made.items():
        (folder / name).write_bytes(content)
    ledger = {
        "edition": "session",
        "session": session.isoformat(),
        "market": {"simulated": simulated},
        "files": {name: {"media": "x", "sha256": sha256(content).hexdigest()} for name, content in made.items()},
    }
    (folder / "edition.json").write_text(json.dumps(ledger))
    return folder


def _eml(subject: str) -> bytes:
    mail = EmailMessage()
    mail["Subject"] = subject
    mail["From"] = "The Desk <letter@elsewhere.org>"
    mail["X-Unsent"] = "1"
    mail["List-Unsubscribe"] = f"<{LEAVING}>"
    mail.set_content("text")
    mail.add_alternative("<p>html</p>", subtype="html")
    return mail.as_bytes()


def write_site(public: Path, session: date = SESSION, words: str = "An article") -> Path:
    """A built site with home, feed, and one article."""
    for name, text in {
        "index.html": f"<h1>Home of {session}</h1>",
        "feed.xml": "<rss/>",
        ".commentary-site.json": "{}",
        f"{session}/session/index.html": f"<p>{words}</p>",
        f"{session}/session/card.png": "png",
        "about/index.html": "<p>About</p>",
    }.items():
        (public / name).parent.mkdir(parents=True, exist_ok=True)
        (public / name).write_text(text)
    return public


@dataclass
class Desk:
    """A publication, its archive, and the networks."""

    place: Path
    net: Networks

    @property
    def output(self) -> Path:
        return self.place / "output"

    @property
    def address(self) -> str:
        return f"{self.net.address}/site"

    def configure(self, **deliveries: Mapping[str, object] | str | bool) -> None:
        """Write content/deliveries.yaml."""
        (self.place / "content").mkdir(parents=True, exist_ok=True)
        (self.place / "content" / "publication.yaml").touch()
        shutil.copy(bundled_root() / "content" / "channels.yaml", self.place / "content")
        (self.place / "content" / "deliveries.yaml").write_text(yaml.safe_dump(deliveries, sort_keys=False))

    def issue(self, session: date = SESSION, **given: object) -> Path:
        return write_issue(self.output, self.address, session, **given)  # type: ignore[arg-type]

    def deliver(self, *channels: str, live: bool = True, session: date = SESSION, **order: object) -> Delivered:
        settings = Settings(project=self.place, output=self.output, session=session)
        return deliver(settings, Order(channels, live, **order))  # type: ignore[arg-type]

    def base(self, service: str) -> str:
        return f"{self.net.address}/{service}"

    def all_mails(self, *, send: bool = True) -> dict[str, Mapping[str, object]]:
        """Settings for every service for newsletters."""
        return {
            "buttondown": {"send": send, "base": self.base("buttondown")},
            "ghost": {"send": send, "newsletter": "daily", "base": self.base("ghost")},
            "listmonk": {"send": send, "lists": [3], "base": self.base("listmonk")},
            "mailchimp": {
                "send": send,
                "audience": "aud1",
                "sender_name": "The Desk",
                "reply_to": "desk@kessler.org",
                "base": self.base("mailchimp"),
            },
            "kit": {"send": send, "base": self.base("kit")},
        }

    def all_posts(self) -> dict[str, Mapping[str, object]]:
        """Settings for every network for posts."""
        return {
            "bluesky": {"handle": "desk.test", "base": self.base("bluesky")},
            "mastodon": {"base": self.base("mastodon")},
            "x": {"base": self.base("x")},
            "linkedin": {
                "author": "urn:li:organization:12",
                "version": "202610",
                "token_ends": date(2099, 1, 1),
                "base": self.base("linkedin"),
            },
            "threads": {"user": "1784", "base": self.base("threads")},
            "facebook": {"page": "1784", "base": self.base("facebook")},
            "buffer": {"organization": "org1", "channels": {"chan1": "x.txt"}, "base": self.base("buffer")},
        }
