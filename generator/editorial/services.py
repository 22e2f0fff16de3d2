"""What content/deliveries.yaml may say of each service."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import Field

from generator.editorial.schema import Shape, matching, rule, some
from generator.editorial.values import Address, Day, Line

_OWN_MACHINE = ("localhost", "127.0.0.1", "::1")


def _base_fault(address: str) -> str | None:
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in _OWN_MACHINE:
        return "should begin with https://, or a key would travel in the open."
    return "should be the bare address, without ? or #." if parts.query or parts.fragment else None


Base = Annotated[Address, rule(_base_fault)]
"""Where a service is spoken to."""
PostsFile = Annotated[
    str, matching(r"[a-z0-9][a-z0-9-]{0,40}\.txt", "is not a file of posts: small letters, digits and -, then .txt.")
]
Clock = Annotated[str, matching(r"([01]\d|2[0-3]):[0-5]\d", "should be an hour and minute in quotes, such as '18:30'.")]
Cost = Annotated[float, Field(ge=0.0, le=100.0)]
Number = Annotated[str, matching(r"\d{1,30}", "should be the number in quotes, such as '1784140000'.")]
Word = Annotated[str, matching(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", "should be a name of letters, digits, . _ and -.")]
Mailbox = Annotated[str, matching(r"[^\s<>@,;\"]+@[A-Za-z0-9.-]+", "should be a bare address such as desk@your.site.")]
NoOption = Annotated[Line, matching(r"[^-].*", "may not begin with -, which a program would take for an option.")]


class ServiceShape(Shape):
    """What messages call any of the services."""

    what: ClassVar[str] = "the service"


class SiteShape(ServiceShape):
    """What every target for the site has."""

    public: Line = "public"


class FolderShape(SiteShape):
    """A folder that a server on this machine serves."""

    path: Line


class RsyncShape(SiteShape):
    """A folder on another machine."""

    destination: NoOption


class BranchShape(SiteShape):
    """A branch of a Git repository, from which GitHub Pages and its like serve."""

    repository: NoOption
    branch: Annotated[
        str, matching(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}(?<![./])", "should be the name of a branch.")
    ] = "gh-pages"
    domain: Annotated[str, matching(r"[A-Za-z0-9.-]{4,200}", "should be a bare domain such as your.site.")] | None = (
        None
    )
    author: Line = "Market Commentary <commentary@localhost>"


class NetlifyShape(SiteShape):
    """A site of Netlify's."""

    site: Word
    base: Base = "https://api.netlify.com/api/v1"


class CloudflareShape(SiteShape):
    """A project of Cloudflare Pages, through its own program."""

    project: Word
    branch: Word = "main"
    program: NoOption = "wrangler"


class BucketShape(SiteShape):
    """A store like S3, through a program that speaks to it."""

    destination: NoOption
    program: Literal["aws", "rclone"]
    endpoint: Base | None = None


class MailShape(ServiceShape):
    """What every service for mail has: a draft is left unless `send` says otherwise."""

    send: bool = False


class ButtondownShape(MailShape):
    """A newsletter of Buttondown's."""

    version: Line = "2026-04-01"
    base: Base = "https://api.buttondown.com/v1"


class GhostShape(MailShape):
    """A Ghost site."""

    base: Base
    newsletter: Word | None = None


class ListmonkShape(MailShape):
    """A listmonk server."""

    base: Base
    lists: some(Annotated[int, Field(ge=1)], most=50)  # type: ignore[valid-type]
    sender: Line | None = None


class MailchimpShape(MailShape):
    """An audience of Mailchimp's."""

    audience: Word
    sender_name: Line
    reply_to: Mailbox
    base: Base | None = None


class KitShape(MailShape):
    """An account of Kit's."""

    base: Base = "https://api.kit.com/v4"


class SmtpShape(MailShape):
    """A server that takes mail, for small lists."""

    host: Annotated[str, matching(r"[A-Za-z0-9.:-]{1,200}", "should be the name of a server.")]
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    sender: Mailbox
    recipients: Line
    most: Annotated[int, Field(ge=1, le=2000)] = 200


class PostShape(ServiceShape):
    """What every network for posts has."""

    file: PostsFile | None = None
    thread: bool = False
    picture: bool = True


class XShape(PostShape):
    """An account of X's."""

    base: Base = "https://api.x.com/2"
    cost_post: Cost = 0.015
    cost_address: Cost = 0.20
    cost_alt: Cost = 0.005


class LinkedInShape(ServiceShape):
    """A member or a page of LinkedIn's."""

    author: Annotated[
        str,
        matching(r"urn:li:(person|organization):[A-Za-z0-9_-]+", "should be such as urn:li:organization:1234."),
    ]
    version: Annotated[str, matching(r"20\d\d(0[1-9]|1[0-2])", "should be a year and a month in quotes: '202610'.")]
    token_ends: Day
    file: PostsFile | None = None
    picture: bool = True
    base: Base = "https://api.linkedin.com/rest"


class ThreadsShape(PostShape):
    """A profile of Threads."""

    user: Number
    base: Base = "https://graph.threads.net/v1.0"


class FacebookShape(ServiceShape):
    """A page of Facebook's."""

    page: Number
    file: PostsFile | None = None
    base: Base = "https://graph.facebook.com/v26.0"


class BlueskyShape(PostShape):
    """An account of Bluesky's."""

    handle: Word
    base: Base = "https://bsky.social"


class MastodonShape(PostShape):
    """An account on a server of Mastodon's."""

    base: Base
    visibility: Literal["public", "unlisted", "private"] = "public"


class BufferShape(ServiceShape):
    """Channels of Buffer's, which posts when its own schedule says."""

    channels: dict[Word, PostsFile] = Field(min_length=1, max_length=20)
    organization: Word
    draft: bool = True
    base: Base = "https://api.buffer.com"
