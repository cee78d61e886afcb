"""A story and its statuses. It names nobody: the way to its author is a row of `routes`, sealed apart.

    submitted ──► consent ──► agreed ──► published
        ▲            │           │
        └── changes ─┴── edit ───┘        withdrawn and rejected: from anywhere before publication

The author agrees to one version; approvals count for that version only; a new version starts both anew.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from storage.ids import AnchorId, BlobId, KeyId, StoryId, VersionNumber
from storage.private import Private

APPROVALS_NEEDED = 2


class Status(StrEnum):
    SUBMITTED = "submitted"
    CONSENT = "consent"
    AGREED = "agreed"
    PUBLISHED = "published"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({Status.SUBMITTED, Status.CONSENT, Status.AGREED})
MAY_BECOME = {
    Status.CONSENT: frozenset({Status.SUBMITTED}),
    Status.AGREED: frozenset({Status.CONSENT}),
    Status.SUBMITTED: OPEN,
    Status.PUBLISHED: frozenset({Status.AGREED}),
    Status.REJECTED: OPEN,
    Status.WITHDRAWN: OPEN,
}


class Details(msgspec.Struct, frozen=True, kw_only=True):
    """What is sealed of a story besides its text."""

    alias: str
    """how editors speak of it"""
    origin: str
    """the platform it came by: editors see it there only, until it is published"""
    byline: Private[str] | None
    """the name to publish under; None: no name at all"""
    photos: tuple[BlobId, ...]
    latest: VersionNumber
    offered: VersionNumber | None
    """the version that the author was asked to agree to, or has agreed to"""
    card: AnchorId


class Story(msgspec.Struct, frozen=True, kw_only=True):
    id: StoryId
    status: Status
    language: str
    since: date
    revision: int
    key_id: KeyId
    details: Details
