"""The services that an issue can be delivered by, and what a publication has set for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Stage(StrEnum):
    """What a service carries, in the order in which an issue goes out."""

    SITE = "site"
    MAIL = "mail"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Service:
    """A service: its name as people know it, what it carries, and the secrets that it needs."""

    key: str
    name: str
    stage: Stage
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    """Secrets that it goes without where there are none."""

    def variable(self, secret: str) -> str:
        """The variable that holds one of its secrets, such as COMMENTARY_BLUESKY_PASSWORD."""
        return f"COMMENTARY_{self.key}_{secret}".upper()


SERVICES: Mapping[str, Service] = {
    service.key: service
    for service in (
        Service("folder", "a folder", Stage.SITE),
        Service("rsync", "rsync", Stage.SITE),
        Service("branch", "a Git branch", Stage.SITE),
        Service("netlify", "Netlify", Stage.SITE, ("token",)),
        Service("cloudflare", "Cloudflare Pages", Stage.SITE, ("api_token",), ("account_id",)),
        Service("bucket", "a bucket", Stage.SITE),
        Service("buttondown", "Buttondown", Stage.MAIL, ("key",)),
        Service("ghost", "Ghost", Stage.MAIL, ("admin_key",)),
        Service("listmonk", "listmonk", Stage.MAIL, ("user", "token")),
        Service("mailchimp", "Mailchimp", Stage.MAIL, ("key",)),
        Service("kit", "Kit", Stage.MAIL, ("key",)),
        Service("smtp", "SMTP", Stage.MAIL, (), ("user", "password")),
        Service("x", "X", Stage.POST, ("consumer_key", "consumer_secret", "access_token", "access_secret")),
        Service("linkedin", "LinkedIn", Stage.POST, ("token",)),
        Service("threads", "Threads", Stage.POST, ("token",)),
        Service("facebook", "Facebook", Stage.POST, ("token",)),
        Service("bluesky", "Bluesky", Stage.POST, ("password",)),
        Service("mastodon", "Mastodon", Stage.POST, ("token",)),
        Service("buffer", "Buffer", Stage.POST, ("key",)),
    )
}
"""Every service by its key, in the order in which they are delivered to."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One service as `content/deliveries.yaml` sets it; each setting is there, with its default where none is given."""

    service: Service
    settings: Mapping[str, Any]

    @property
    def channel(self) -> str:
        """What it is asked for by."""
        return self.service.key

    @property
    def posts_file(self) -> str:
        """The file of an issue that holds its posts; empty where it sends none, or several files."""
        if self.service.stage is not Stage.POST or "channels" in self.settings:
            return ""
        thread = "-thread" if self.settings.get("thread") else ""
        return str(self.settings.get("file") or f"{self.channel}{thread}.txt")

    @property
    def files(self) -> tuple[str, ...]:
        """Every file of posts that it sends."""
        several = self.settings.get("channels") or {}
        return tuple(several.values()) or tuple(filter(None, (self.posts_file,)))


@dataclass(frozen=True, slots=True)
class Deliveries:
    """The whole file: what holds for all services, and each of them in the order of delivery."""

    channels: tuple[Delivery, ...] = ()
    not_before: str = ""
    """Hour and minute in New York, on the session's day, before which nothing goes out; empty where there is none."""
    await_pages: bool = True
    """Whether the article's page has to answer before mail and posts go out."""
    approval: bool = False
    """Whether an issue goes out only once a person has approved it."""
