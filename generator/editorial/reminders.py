"""What a masthead still has from the bundled example, for those who are about to publish."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from generator.model import Imprint

WHERE = "content/publication.yaml"
BUNDLED_TITLE = "Small Cap Ledger"
_EXAMPLE = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|org|net))?|test|invalid|localhost)$", re.IGNORECASE)
"""Hosts that are reserved for examples and tests (RFC 2606, RFC 6761)."""


def reminders(imprint: Imprint) -> tuple[str, ...]:
    """One line saying what the masthead still has from the bundled example; empty once nothing is left."""
    left = []
    if imprint.title == BUNDLED_TITLE:
        left.append(f"the title is the example's, '{BUNDLED_TITLE}'")
    host = urlsplit(imprint.url).hostname or ""
    if _EXAMPLE.search(host):
        left.append(f"links and posts lead to {host}, which is nobody's")
    elif imprint.newsletter and _EXAMPLE.search(imprint.newsletter.address.rpartition("@")[2]):
        left.append(f"the newsletter is sent by {imprint.newsletter.address}, who is nobody")
    return (f"note: {' and '.join(left)}. Change {WHERE} before you publish.",) if left else ()
