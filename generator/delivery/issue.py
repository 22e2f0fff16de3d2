"""Read what may be delivered of a finished issue's folder; its ledger's digests prove each file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.errors import DeliveryError, NotYetError
from generator.files import read_bytes

LEDGER = "edition.json"
EMBARGO = "embargo"
"""A file in an issue's folder that holds the moment before which it may not go out."""
LARGEST = 50_000_000
NEW_YORK = ZoneInfo("America/New_York")
_DIVIDER = re.compile(r"\n+---\n+")


@dataclass(frozen=True, slots=True)
class ReadyIssue:
    """An issue whose files are the ones that its ledger names."""

    folder: Path
    session: date
    kind: str
    simulated: bool
    address: str
    """Where its article is read; empty where the publication has none."""
    files: Mapping[str, bytes]
    embargo: datetime | None = None
    digest: str = ""
    """The hash of all that may go out: the ledger, the files that it names, and the embargo."""

    @property
    def name(self) -> str:
        """The issue in an outbox: 2024-07-11/session."""
        return f"{self.session}/{self.kind}"

    def text(self, file: str) -> str:
        """A file's text without the line end; raises `DeliveryError` where the issue has no such file."""
        if file not in self.files:
            other = "" if file.startswith("newsletter.") else ", or name another 'file' in content/deliveries.yaml"
            raise DeliveryError(f"{self.folder}: has no {file}. Write the issue again with it{other}.")
        return self.files[file].decode("utf-8").strip("\n")

    def posts(self, file: str) -> list[str]:
        """The posts of a file of posts, in order."""
        return [post.strip("\n") for post in _DIVIDER.split(self.text(file)) if post.strip()]

    @property
    def card(self) -> str:
        """The address of the card beside the article; empty where there is none."""
        return f"{self.address.rpartition('/')[0]}/card.png" if self.address and "card.png" in self.files else ""


def folder_of(output: Path, kind: str, session: date | None) -> Path:
    """The folder of an issue, or of the archive's last one of its kind; raises `DeliveryError` where there is none."""
    if session is None:
        return newest(output, kind)
    folder = output / session.isoformat() / kind
    if not folder.is_dir():
        there = sorted(path.name for path in folder.parent.glob("[!.]*") if path.is_dir())
        known = f"There is {' and '.join(there)}: --kind {there[0]}." if there else ""
        raise DeliveryError(f"{folder}: there is no such issue. {known or 'Write it first: commentary write.'}")
    return folder


def newest(output: Path, kind: str) -> Path:
    """The folder of the archive's last issue of a kind; raises `DeliveryError` where there is none."""
    found = [path.parent for path in output.glob(f"*/{kind}/{LEDGER}") if re.fullmatch(r"[\d-]{10}", path.parts[-3])]
    if not found:
        raise DeliveryError(f"{output}: holds no issue of the kind '{kind}'. 'commentary write {kind}' makes one.")
    return max(found, key=lambda path: path.parent.name)


def read_issue(folder: Path) -> ReadyIssue:
    """The issue in `folder`; raises `DeliveryError` if a file is missing, was changed, or the ledger cannot be read."""
    try:
        proof = read_bytes(folder / LEDGER, folder, LARGEST)
        ledger = json.loads(proof)
        session, kind = date.fromisoformat(ledger["session"]), str(ledger["edition"])
        simulated = bool(ledger["market"]["simulated"])
        digests = {str(name): str(told["sha256"]) for name, told in ledger["files"].items()}
    except OSError as error:
        raise DeliveryError(f"{folder / LEDGER}: cannot be read ({error.strerror}). Name a finished issue.") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DeliveryError(f"{folder / LEDGER}: is not a ledger. Write the issue again.") from error
    files = {name: _proved(folder, name, digest) for name, digest in digests.items()}
    embargo = _embargo(folder)
    address = _address(files, session, kind)
    return ReadyIssue(folder, session, kind, simulated, address, files, embargo, _whole(proof, embargo))


def read_ledger_digest(folder: Path) -> str:
    """The issue's hash, as `read_issue` gives it, without a look at the files that its ledger names."""
    return _whole(read_bytes(folder / LEDGER, folder, LARGEST), _embargo(folder))


def _whole(ledger: bytes, embargo: datetime | None) -> str:
    """The ledger holds the hash of every file."""
    return sha256(ledger + f"\0{embargo.isoformat() if embargo else ''}".encode()).hexdigest()


def _proved(folder: Path, name: str, digest: str) -> bytes:
    try:
        content = read_bytes(folder / name, folder, LARGEST)
    except OSError as error:
        raise DeliveryError(f"{folder / name}: cannot be read ({error.strerror}). Write the issue again.") from error
    if sha256(content).hexdigest() != digest:
        raise DeliveryError(
            f"{folder / name}: is not as it was written: its SHA-256 is not the one in {LEDGER}. Nothing is sent. "
            "Write the issue again; words are changed in content/, not here."
        )
    return content


def _address(files: Mapping[str, bytes], session: date, kind: str) -> str:
    try:
        url = str(json.loads(files["issue.json"])["imprint"]["url"])
    except (KeyError, ValueError, TypeError, RecursionError):
        return ""
    return url.replace("{date}", session.isoformat()).replace("{edition}", kind)


def _embargo(folder: Path) -> datetime | None:
    path = folder / EMBARGO
    if not path.exists():
        return None
    try:
        text = read_bytes(path, folder, 1_000).decode().strip()
        moment = datetime.fromisoformat(text)
    except (OSError, ValueError) as error:
        raise DeliveryError(f"{path}: should hold one moment, such as 2024-07-11T18:30-04:00.") from error
    if moment.tzinfo is None:
        raise DeliveryError(f"{path}: '{text}' has no time zone. Write such as 2024-07-11T18:30-04:00, or Z for UTC.")
    return moment.astimezone(UTC)


def opens(issue: ReadyIssue, not_before: str) -> datetime | None:
    """The moment from which the issue may go out: the later of its embargo and the publication's hour."""
    moments = [issue.embargo] if issue.embargo else []
    if not_before:
        hour = time.fromisoformat(not_before)
        moments.append(datetime.combine(issue.session, hour, NEW_YORK).astimezone(UTC))
    return max(moments, default=None)


def require_open(issue: ReadyIssue, not_before: str, now: datetime) -> None:
    """Raise `NotYetError` while the issue may not go out."""
    moment = opens(issue, not_before)
    if moment and now < moment:
        raise NotYetError(f"{issue.name} may not go out before {told(moment)}. Nothing was sent.")


def told(moment: datetime) -> str:
    """A moment in UTC and in New York."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC, {moment.astimezone(NEW_YORK):%Y-%m-%d %H:%M} in New York"
