"""List the archive's issues with their state, or one as it is read: sentences, posts with counts, files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import orjson
from pypdf import PdfReader

from generator.channels.setting import LENGTHS
from generator.delivery.issue import ReadyIssue, folder_of, read_issue, read_ledger_digest
from generator.delivery.outbox import State, read_outbox
from generator.editorial.channels import gather_channels
from generator.editorial.corrections import read_corrections
from generator.errors import DataError
from generator.model import Claim, Sentence, Settings
from generator.project import find_project
from generator.publishing.approvals import Approval, read_approvals
from generator.publishing.archive import PAPER, Shelved, read_shelved, shelved
from generator.publishing.document import ISSUE_FILE

DRAFT, APPROVED, DELIVERED, CORRECTED = "draft", "approved", "delivered", "corrected"


@dataclass(frozen=True, slots=True)
class Standing:
    """One issue of the archive, and how far it has come."""

    session: date
    kind: str
    headline: str
    simulated: bool
    state: str
    digest: str
    approved_by: str = ""
    approved_at: datetime | None = None
    stale: bool = False
    """Whether it was written again after it was approved."""
    messages: int = 0
    """How many of its messages are out."""
    in_doubt: int = 0
    corrections: tuple[str, ...] = ()
    """What was corrected, each with its day."""


@dataclass(frozen=True, slots=True)
class Said:
    """One number, name or date of a sentence, and what stands behind it."""

    text: str
    kind: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the article."""

    part: str
    text: str
    fragment: str
    source: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """One post as its network is given it."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class PostsOf:
    """A file of posts."""

    file: str
    network: str
    limit: int
    posts: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """An issue as a person reads it before it goes out."""

    standing: Standing
    lines: tuple[Line, ...]
    subject: str
    preheader: str
    posts: tuple[PostsOf, ...]
    files: tuple[str, ...]
    pages: int
    """Of the PDF; 0 where there is none."""
    notes: tuple[str, ...]


class Shelf:
    """Issues by state; what was read of one is kept until it is written again."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._read: dict[tuple[str, tuple[int, ...]], tuple[str, bool, str]] = {}

    def standings(self) -> tuple[tuple[Standing, ...], tuple[str, ...]]:
        """Every issue, the newest first, and a notice of each folder that is none."""
        output = self.settings.output
        if not output.is_dir():
            return (), ()
        found, notices = shelved(output)
        approvals, sent = read_approvals(output), _messages(output)
        corrected = _corrections(output)
        standings = [self._standing(one, approvals, sent, corrected) for one in found]
        return tuple(sorted(standings, key=lambda one: (one.session, one.kind), reverse=True)), tuple(notices)

    def _standing(
        self,
        one: Shelved,
        approvals: Mapping[str, Approval],
        sent: Mapping[str, tuple[int, int]],
        corrected: Mapping[str, tuple[str, ...]],
    ) -> Standing:
        key = (one.key, one.stamp)
        if key not in self._read:
            self._read[key] = _headline(one.folder)
        headline, simulated, digest = self._read[key]
        approval, (out, doubt) = approvals.get(one.key), sent.get(one.key, (0, 0))
        same = approval is not None and approval.digest == digest
        told = corrected.get(one.key, ())
        state = CORRECTED if told else DELIVERED if out else APPROVED if same else DRAFT
        standing = Standing(one.session, one.kind, headline, simulated, state, digest)
        standing = replace(standing, messages=out, in_doubt=doubt, corrections=told)
        if approval is None:
            return standing
        return replace(standing, approved_by=approval.by, approved_at=approval.at, stale=not same)

    def open(self, kind: str, session: date) -> Opened:
        """The issue; raises `DeliveryError` where there is none, or its files are not those of its ledger."""
        output = self.settings.output
        folder = folder_of(output, kind, session)
        issue = read_issue(folder)
        one = next((one for one in shelved(output)[0] if one.key == issue.name), None)
        if one is None:
            raise DataError(f"{folder}: is no issue of the archive. Write it again.")
        held = read_shelved(one)
        standing = self._standing(one, read_approvals(output), _messages(output), _corrections(output))
        letter = held.issue.digest.envelope
        return Opened(
            standing,
            tuple(_lines(held.issue.article.spoken(), held.derivations)),
            letter.subject.text if letter else "",
            letter.preview if letter else "",
            tuple(_posts(issue, find_project(self.settings.project).root / "content")),
            tuple(sorted(issue.files)),
            len(PdfReader(folder / PAPER).pages) if PAPER in issue.files else 0,
            tuple(fact.source for fact in held.issue.article.sources),
        )


def _headline(folder: Path) -> tuple[str, bool, str]:
    """The headline, whether the market is simulated, and the hash; what cannot be read is left empty."""
    try:
        told = orjson.loads((folder / ISSUE_FILE).read_bytes())
        blocks = told["article"]["blocks"]
        head = next(block for block in blocks if block["role"] == "headline")
        text = "".join(str(piece[0]) for piece in head["paragraphs"][0][0]["pieces"])
        return text, bool(told["simulated"]), read_ledger_digest(folder)
    except (OSError, ValueError, KeyError, TypeError, IndexError, StopIteration):
        return "", False, ""


def _messages(output: Path) -> dict[str, tuple[int, int]]:
    """By issue, how many messages are out and how many are in doubt."""
    found: dict[str, tuple[int, int]] = {}
    for key, record in read_outbox(output).latest.items():
        out, doubt = found.get(key.partition(":")[0], (0, 0))
        sent, unsure = record.state is State.SENT, record.state in (State.UNKNOWN, State.SENDING)
        found[key.partition(":")[0]] = (out + sent, doubt + unsure)
    return found


def _corrections(output: Path) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in read_corrections(output):
        found[one.issue] = (*found.get(one.issue, ()), f"{one.at:%Y-%m-%d %H:%M}: {one.text}")
    return found


def _lines(spoken: Iterator[tuple[str, Sentence]], derivations: Mapping[str, str]) -> Iterator[Line]:
    for part, sentence in spoken:
        said = tuple(_said(piece.text, piece.claim, derivations) for piece in sentence.pieces if piece.claim)
        yield Line(part, sentence.text, sentence.fragment, sentence.source, said)


def _said(text: str, claim: Claim, derivations: Mapping[str, str]) -> Said:
    return Said(text.strip(), claim.kind, claim.name, derivations.get(claim.name, claim.source))


def _posts(issue: ReadyIssue, content: Path) -> Iterator[PostsOf]:
    for channel in gather_channels(content)[0] or ():
        for file in channel.files:
            if file.path in issue.files:
                posts = tuple(Counted(text, LENGTHS[channel.counts](text)) for text in issue.posts(file.path))
                yield PostsOf(file.path, channel.name, channel.limit, posts)
