"""What a conversation is made of: a flow of named steps over a typed draft.

    load(reads, draft) ─► view       what the step shows, fetched in the turn's transaction
    ask(draft, view)   ─► Prompt     pure
    answer(draft, view, answer) ─► Outcome   pure; effects are data, applied by `handlers`

Back, cancel, expiry, resuming and stale taps are the engine's business, not the flow's.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from bot.texts.fluent import Language, Message
from bot.texts.rich import Rich
from bot.types import File, Media
from storage.address import Account, Address
from storage.editors import Editor
from storage.ids import BlobId
from storage.private import Private
from storage.store import Transaction

D = TypeVar("D")
V = TypeVar("V")
Effect = object
"""A frozen record; `handlers` lists one apply-function for each type."""
Words = Message | Rich


class Audience(StrEnum):
    ANYONE = "anyone"
    EDITORS = "editors"
    """in the roster and in the editors' room now, checked at every turn; a check that fails denies"""


@dataclass(frozen=True, kw_only=True)
class Who:
    """The person whose turn it is."""

    chat: Address
    person: Account
    language: Language
    editor: Editor | None
    origins: frozenset[str] = frozenset()
    """the platforms whose stories an editor may see here"""


@dataclass(frozen=True, kw_only=True)
class Reads:
    """What a step may look at."""

    tx: Transaction
    who: Who
    languages: tuple[Language, ...] = ()
    """in which there are texts; the newsroom's own first"""
    joinable: Mapping[str, str] = field(default_factory=dict)
    """language → link to a room of published stories on this platform whose members see each other"""
    platforms: tuple[str, ...] = ()
    """on which the newsroom has readers' chats"""
    has_begun: bool = False
    """something is unfinished in this chat that is worth keeping"""
    say: Callable[[Language, Message], Rich] = lambda _language, message: Rich.plain(message.key)
    """a sentence as it will read: to quote it inside another, or to find what somebody wrote among its words"""


# ── what a step shows ────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Option:
    """One choice; `value` comes back in `Picked` and never leaves the house."""

    value: str
    label: Words
    weighty: bool = False
    """it decides what can't be taken back: only somebody who surely is the person may pick it"""


@dataclass(frozen=True, kw_only=True)
class Bubble:
    """A message that goes before the prompt: a story to read, a photo."""

    text: Words
    media: Media | None = None


@dataclass(frozen=True, kw_only=True)
class Prompt:
    text: tuple[Words, ...]
    """paragraphs"""
    choices: tuple[tuple[Option, ...], ...] = ()
    """rows of buttons"""
    before: tuple[Bubble, ...] = ()
    follow: bool = False
    """it moves to the bottom of the chat as the person goes on sending, instead of standing there many times"""


# ── what a person answers ────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class Wrote:
    text: Private[str]
    """cleaned; never empty"""
    message: Private[str]
    marked: Private[str] | None = None
    """with marks (`texts/marks.py`) for the formatting that it came with; None: it came without"""


@dataclass(frozen=True, kw_only=True)
class Rewrote:
    """The person edited an earlier message."""

    text: Private[str]
    """cleaned; empty when nothing was left of it"""
    message: Private[str]
    marked: Private[str] | None = None
    """see `Wrote`"""


@dataclass(frozen=True)
class Picked:
    value: str


@dataclass(frozen=True, kw_only=True)
class Gave:
    """A file; `Fetch` it to have it."""

    file: File
    caption: Private[str]
    message: Private[str]


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What became of a `Fetch`."""

    item: bytes
    blob: BlobId | None
    size: int
    """bytes"""
    problem: Message | None


@dataclass(frozen=True, kw_only=True)
class Worked:
    """What came out of a `Work`."""

    result: bytes = field(repr=False)


Answer = Wrote | Rewrote | Picked | Gave | Fetched | Worked


# ── what follows ─────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class Fetch:
    """An effect that is the engine's own: bring this file in; the answer comes as `Fetched`."""

    item: bytes
    file: File


@dataclass(frozen=True, kw_only=True)
class Work:
    """The engine's own, too: slow work for this draft, by the job of that name (`bot.working`); the answer comes as
    `Worked`. A draft that has ended, or begun anew, gets none.
    """

    job: str
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class Go(Generic[D]):
    """On to a step of this flow."""

    step: str
    draft: D
    notice: Words | None = None
    effects: Sequence[Effect] = ()


@dataclass(frozen=True, kw_only=True)
class Stay(Generic[D]):
    """Ask again, with a word on why. Quiet: the draft changes, nothing is said."""

    draft: D | None = None
    notice: Words | None = None
    effects: Sequence[Effect] = ()
    quiet: bool = False
    language: Language | None = None
    """in which the conversation goes on"""


@dataclass(frozen=True)
class Back:
    """To the step before; from the first one, out of the flow."""


@dataclass(frozen=True, kw_only=True)
class Finish:
    """The flow has done its work; its draft is shredded. The home menu follows under the notice."""

    notice: Words | None = None
    effects: Sequence[Effect] = ()
    forget: bool = False
    """nothing is kept of this chat, not even where it stood; no menu follows"""


@dataclass(frozen=True, kw_only=True)
class Enter:
    """Another flow begins, with the draft it needs."""

    flow: str
    draft: object | None = None
    step: str | None = None
    notice: Words | None = None
    language: Language | None = None
    effects: Sequence[Effect] = ()


Outcome = Go[Any] | Stay[Any] | Back | Finish | Enter


async def nothing(_reads: Reads, _draft: object) -> None:
    """The `load` of a step that needs nothing but its draft."""


@dataclass(frozen=True, kw_only=True)
class Step(Generic[D, V]):
    name: str
    ask: Callable[[D, V], Prompt]
    answer: Callable[[D, V, Answer], Outcome]
    load: Callable[[Reads, D], Awaitable[V]]


@dataclass(frozen=True, kw_only=True)
class Flow(Generic[D]):
    name: str
    draft: type[D]
    """a frozen msgspec.Struct; every field with a default, so that the flow can begin with nothing"""
    steps: tuple[Step[D, Any], ...]
    """the first one is where it begins, and where an unknown step resumes"""
    audience: Audience = Audience.ANYONE
    precious: Callable[[D], int] | None = None
    """seconds that an unfinished draft is kept after the last message; None: nothing in it is worth keeping"""
    abandoned: Callable[[D], Sequence[Effect]] = lambda _draft: ()
    """what follows when the time of an unfinished draft is over"""
    wipe_after: int | None = None
    """seconds until messages of this flow are deleted from the chat, both sides; None: the newsroom's default"""
    rolling: Callable[[D], int | None] = lambda _draft: None
    """seconds until all that stands in the chat is deleted, both sides, while this is the draft; None: as ever"""
    protect: bool = False
    """what is shown can't be forwarded or saved, where the platform can refuse that"""

    def step(self, name: str) -> Step[D, Any]:
        return next((step for step in self.steps if step.name == name), self.steps[0])


@dataclass(frozen=True, kw_only=True)
class Command:
    """`/name argument`, also as a deep link (`start` with a payload) and as a button that needs no prompt."""

    name: str
    run: Callable[[Reads, str], Awaitable[Outcome]]
    menu: Message | None = None
    """its line in the platform's list of commands; None: not listed"""
    audience: Audience = Audience.ANYONE
    """to everybody else it is a command that does not exist"""
    interrupts: bool = False
    """runs even over a draft that is not finished, which stays as it is"""
    weighty: bool = False
    """its argument decides what can't be taken back: from who may be somebody else it is taken without one"""
