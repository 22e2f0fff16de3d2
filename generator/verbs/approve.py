"""Approve an issue as it stands, and keep that in the archive."""

from __future__ import annotations

from generator.delivery.issue import ReadyIssue, folder_of, read_issue
from generator.errors import SettingsError, StaleError
from generator.market.sessions import present
from generator.model import Settings
from generator.publishing.approvals import Approval, add_approval

_LONGEST = 80


def approve(settings: Settings, by: str, digest: str = "") -> Approval:
    """Put down that a person approves the issue: the hash of its folder, the name, and when.

    `digest` is that of the issue which he saw: raises `StaleError` if the issue is another by now, and `DeliveryError`
    if its files are not those of its ledger.
    """
    name = by.strip()
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise SettingsError(f"Who approves it? Give a name of 1 to {_LONGEST} letters.")
    issue = read_issue(folder_of(settings.output, settings.edition, settings.session))
    require_same(issue, digest)
    approval = Approval(issue.name, issue.digest, name, present())
    add_approval(settings.output, approval)
    return approval


def require_same(issue: ReadyIssue, digest: str) -> None:
    """Raise `StaleError` if the issue is not the one that somebody saw."""
    if digest and digest != issue.digest:
        raise StaleError(f"{issue.name} has been written again since you looked at it. Read it again first.")
