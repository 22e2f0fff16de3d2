"""`content/deliveries.yaml`: the services that an issue is delivered by. Without the file nothing can be delivered."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

from generator.editorial.document import Document
from generator.editorial.schema import Shape, fitted
from generator.editorial.services import (
    BlueskyShape,
    BranchShape,
    BucketShape,
    BufferShape,
    ButtondownShape,
    Clock,
    CloudflareShape,
    FacebookShape,
    FolderShape,
    GhostShape,
    KitShape,
    LinkedInShape,
    ListmonkShape,
    MailchimpShape,
    MastodonShape,
    NetlifyShape,
    RsyncShape,
    SmtpShape,
    ThreadsShape,
    XShape,
)
from generator.editorial.yaml_reader import read_document
from generator.errors import ContentError, Fault
from generator.model import SERVICES, Deliveries, Delivery

WHERE = "content/deliveries.yaml"


class DeliveriesShape(Shape):
    """The whole file."""

    what: ClassVar[str] = "the file"
    not_before: Clock | None = None
    await_pages: bool = True
    approval: bool = False
    folder: FolderShape | None = None
    rsync: RsyncShape | None = None
    branch: BranchShape | None = None
    netlify: NetlifyShape | None = None
    cloudflare: CloudflareShape | None = None
    bucket: BucketShape | None = None
    buttondown: ButtondownShape | None = None
    ghost: GhostShape | None = None
    listmonk: ListmonkShape | None = None
    mailchimp: MailchimpShape | None = None
    kit: KitShape | None = None
    smtp: SmtpShape | None = None
    x: XShape | None = None
    linkedin: LinkedInShape | None = None
    threads: ThreadsShape | None = None
    facebook: FacebookShape | None = None
    bluesky: BlueskyShape | None = None
    mastodon: MastodonShape | None = None
    buffer: BufferShape | None = None


def read_deliveries(root: Path) -> Deliveries:
    """What the publication at `root` has set; raises `ContentError` with every fault."""
    deliveries, faults = gather_deliveries(root / "content")
    if faults:
        raise ContentError(faults)
    return deliveries


def gather_deliveries(content: Path, made: Collection[str] | None = None) -> tuple[Deliveries, list[Fault]]:
    """The deliveries as far as they can be read, and every fault in them; none of either where there is no file.

    `made` are the files of posts that an issue has; one that is sent and not among them is a fault.
    """
    if not (content / "deliveries.yaml").exists():
        return Deliveries(), []
    try:
        document = read_document(content, WHERE)
    except ContentError as error:
        return Deliveries(), list(error.faults)
    shape, faults = fitted(document, DeliveriesShape)
    if shape is None:
        return Deliveries(), faults
    given = ((service, getattr(shape, key)) for key, service in SERVICES.items())
    channels = [Delivery(service, MappingProxyType(one.model_dump())) for service, one in given if one is not None]
    faults += [*_secrets(document), *(_unmade(document, channels, made) if made is not None else ())]
    return Deliveries(tuple(channels), shape.not_before or "", shape.await_pages, shape.approval), faults


def _unmade(document: Document, channels: Sequence[Delivery], made: Collection[str]) -> Iterator[Fault]:
    for one in channels:
        for file in one.files:
            if file not in made:
                place = document.at(one.channel, "file")
                yield Fault(place, f"'{one.channel}' sends {file}, which no channel of content/channels.yaml makes.")


def _secrets(document: Document) -> Iterator[Fault]:
    """Words in the file that look like a key: it is content, which is copied and shared."""
    found = re.compile(r"(?i)\b(?:bearer|password|secret)\b.{0,3}[:= ]\S|://[^/\s]+:[^/\s]+@|\b[A-Za-z0-9_-]{40,}\b")
    for place, text in document.texts():
        if found.search(text):
            yield Fault(
                place, "looks like a secret; put it in a variable or in the file of secrets, never in content/."
            )
