"""A story and its statuses. It names nobody: the way to its author is a row of `routes`, sealed apart.

    submitted ──► consent ──► agreed ──► scheduled ──► published ──► retracted
        ▲            │           │           │
        └── changes ─┴── edit ───┴───────────┘        withdrawn and rejected: from anywhere before publication

The author agrees to one version; approvals count for that version only; a new version starts both anew. Who wants no
letters has agreed to cuts when sending: such a story goes from submitted to agreed.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from storage.address import Address
from storage.ids import AnchorId, BlobId, EditorId, KeyId, StoryId, VersionNumber
from storage.private import Private

APPROVALS_NEEDED = 2


class Status(StrEnum):
    SUBMITTED = "submitted"
    CONSENT = "consent"
    AGREED = "agreed"
    SCHEDULED = "scheduled"
    """approved by two; it comes out by itself when its time has come"""
    PUBLISHED = "published"
    RETRACTED = "retracted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({Status.SUBMITTED, Status.CONSENT, Status.AGREED, Status.SCHEDULED})
"""Not decided for good: its author can take it back, editors can change it."""
MAY_BECOME = {
    Status.CONSENT: frozenset({Status.SUBMITTED}),
    # Scheduled: it was stopped. Submitted: its author, who wants no letters, agreed to cuts when sending it; `Accept`
    # (handlers/editors/accepting.py) sees to it that it has no others.
    Status.AGREED: frozenset({Status.CONSENT, Status.SCHEDULED, Status.SUBMITTED}),
    Status.SUBMITTED: OPEN,
    Status.SCHEDULED: frozenset({Status.AGREED}),
    Status.PUBLISHED: frozenset({Status.SCHEDULED}),
    Status.RETRACTED: frozenset({Status.PUBLISHED}),
    Status.REJECTED: OPEN,
    Status.WITHDRAWN: OPEN,
}


class Contact(StrEnum):
    """Whether the author may be written to."""

    SILENT = "silent"
    """a notice without sound and without content"""
    RETURN = "return"
    """only when they come back by themselves"""
    NEVER = "never"


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the story. Photos are published; a recording is for the editors' ears and eyes only."""

    kind: str
    """photo, voice, video, video_note"""
    blob: BlobId
    size: int
    """bytes"""
    caption: Private[str]
    """of a photo: what is to be seen in it, for those who can't see it; may be empty"""


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What editors tell each other about a story; its author never reads it."""

    editor: EditorId
    day: date
    text: Private[str]


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """Who wrote it, and when: kept of editors' versions only, and not of those from before that was kept."""

    number: VersionNumber
    editor: EditorId | None
    day: date | None


class Posted(msgspec.Struct, frozen=True, kw_only=True):
    """One message of a published story in a channel."""

    channel: Address
    anchor: AnchorId
    piece: bool
    """of the text; else a photo"""


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A new version of a published story, which readers don't have yet."""

    version: VersionNumber
    """its text: `stories.text(story, version)`"""
    meaning: bool
    """it says something else than before: its author must agree; else only the spelling differs"""
    agreed: bool = False
    """by its author"""
    wished_otherwise: bool = False
    """its author has asked for another text: it is the editors' turn"""
    editor: EditorId
    """who wrote it: another one must confirm it"""


class PairKind(StrEnum):
    """What takes two persons, besides what a story's way through the newsroom has two for."""

    ORIGINALS = "originals"
    """voice and video as they were sent"""
    EXPORT = "export"
    """a cold story, taken off the server in a sealed file"""
    DELETION = "deletion"


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    kind: PairKind
    first: EditorId
    """who has asked"""
    second: EditorId | None = None
    """who has agreed"""
    until: int
    """the second at which it is over"""


class Cold(msgspec.Struct, frozen=True, kw_only=True):
    """Of a story that only the newsroom's offline key or its author's receipt opens (`cold.py`)."""

    since: date
    subject: bytes
    """its name in the audit trail, which was made of a key that the server has no more"""


class Details(msgspec.Struct, frozen=True, kw_only=True):
    """What is sealed of a story besides its text."""

    alias: str
    """how editors speak of it"""
    origin: str
    """the platform it came by, which decides which editors see it until it is published"""
    byline: Private[str] | None
    """the name to publish under; None: no name at all"""
    attachments: tuple[Attachment, ...]
    topic: str = ""
    """one of the newsroom's; empty: none"""
    region: Private[str] | None = None
    """as coarse as the author likes"""
    contact: Contact = Contact.SILENT
    latest: VersionNumber
    offered: VersionNumber | None
    """the version that the author was asked to agree to, or has agreed to"""
    agreed: VersionNumber | None = None
    """the latest that its author has agreed to: what they compare a newer one with"""
    card: AnchorId
    appears: int | None = None
    """the second at which editors are first shown it; None: they have been"""
    is_one_of_many: bool = False
    """it appeared in a digest: it has no card until an editor does something about it"""
    claimed: EditorId | None = None
    """who takes care of it"""
    notes: tuple[Note, ...] = ()
    goes_out: int | None = None
    """the second at which a scheduled story comes out"""
    urges: EditorId | None = None
    """who wants a scheduled story out today; with a second editor it comes out at once"""
    published: VersionNumber | None = None
    """the version that readers have"""
    posts: tuple[Posted, ...] = ()
    """where it stands in the channels, in the order in which it is read there"""
    correction: Correction | None = None
    retracts: EditorId | None = None
    """who wants a published story back; with a second editor, or at its author's wish, it goes"""
    wishes_retraction: bool = False
    """its author has asked for that"""
    reason: Private[str] | None = None
    """why it was not accepted, as its author reads it"""
    pairs: tuple[Pair, ...] = ()
    """what waits for a second person or was agreed to, at most one of a kind"""
    reminds: bool = False
    """its author has asked to be reminded before it is deleted"""
    extended_days: int = 0
    """by which its author has put the day of deletion off, since the last change of status"""
    cold: Cold | None = None
    """then there is no text, byline, region, caption or note here"""

    @property
    def is_shown(self) -> bool:
        """Whether it exists for editors by now."""
        return self.appears is None

    @property
    def photos(self) -> tuple[Attachment, ...]:
        return tuple(one for one in self.attachments if one.kind == "photo")

    @property
    def recordings(self) -> tuple[Attachment, ...]:
        return tuple(one for one in self.attachments if one.kind != "photo")


class Story(msgspec.Struct, frozen=True, kw_only=True):
    id: StoryId
    status: Status
    language: str
    since: date
    revision: int
    key_id: KeyId
    details: Details
