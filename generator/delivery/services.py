"""Which class speaks to which service; each is imported when it is first spoken to."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import cast

from generator.delivery.credentials import secrets_of
from generator.delivery.message import Sender
from generator.delivery.outbox import Clock
from generator.delivery.targets.target import Target
from generator.delivery.wire import Wire
from generator.model import Delivery, Stage

SENDERS = {
    "buttondown": "Buttondown",
    "ghost": "Ghost",
    "listmonk": "Listmonk",
    "mailchimp": "Mailchimp",
    "kit": "Kit",
    "smtp": "Smtp",
    "x": "X",
    "linkedin": "LinkedIn",
    "threads": "Threads",
    "facebook": "Facebook",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "buffer": "Buffer",
}
TARGETS = {
    "folder": "FolderTarget",
    "rsync": "RsyncTarget",
    "branch": "BranchTarget",
    "netlify": "NetlifyTarget",
    "cloudflare": "CloudflareTarget",
    "bucket": "BucketTarget",
}


def sender_for(delivery: Delivery, secrets: dict[str, str], clock: Clock, patience: float) -> Sender:
    """Who speaks to a service for mail or posts."""
    own, wire = _wire(delivery, secrets, patience)
    made = _class("senders", SENDERS, delivery)(delivery, own, wire, clock)
    return cast(Sender, made)


def target_for(delivery: Delivery, secrets: dict[str, str], clock: Clock, patience: float, cache: Path) -> Target:
    """Who puts a site in its place."""
    own, wire = _wire(delivery, secrets, patience)
    made = _class("targets", TARGETS, delivery)(delivery, own, wire, clock, cache)
    return cast(Target, made)


def _class(room: str, classes: dict[str, str], delivery: Delivery) -> type:
    module = import_module(f"generator.delivery.{room}.{delivery.channel}")
    found: type = getattr(module, classes[delivery.channel])
    return found


def _wire(delivery: Delivery, secrets: dict[str, str], patience: float) -> tuple[dict[str, str], Wire]:
    own = secrets_of(delivery.service, secrets)
    wire = Wire(delivery.service.name, str(delivery.settings.get("base") or ""), patience=patience)
    wire.hide(*own.values())
    return own, wire


def is_site(delivery: Delivery) -> bool:
    """Whether a delivery puts up a site, rather than sending words."""
    return delivery.service.stage is Stage.SITE
