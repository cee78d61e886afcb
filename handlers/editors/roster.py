"""The roster in the messenger, for admins: who is there, what they are, who leaves.

Who becomes an admin, and what becomes of one, is for two admins to decide: so the last one can neither be removed nor
demoted here, and one stolen account does not take the newsroom over. Everything else one admin does, with a second
factor. Whoever is lost is brought back at the console.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from bot.flows.flow import Answer, Audience, Enter, Flow, Go, Outcome, Picked, Prompt, Reads, Step, Words
from bot.flows.questions import BACK, back_row, otherwise, rows, too_late, weighty
from bot.texts.fluent import Message, msg
from bot.texts.rich import Rich
from handlers.editors.roster_changes import ChangeRole, Forget, is_for_two
from handlers.policy import EDITOR_WIPE_SECONDS
from storage.editors import Editor, Wish
from storage.errors import VaultError
from storage.ids import EditorId
from storage.role import Role

_GONE = "gone"


class Roster(msgspec.Struct, frozen=True, kw_only=True):
    person: EditorId = EditorId(b"")


@dataclass(frozen=True, kw_only=True)
class Person:
    editor: Editor
    platforms: str
    has_factor: bool
    wish: Wish | None
    """one that still counts"""


@dataclass(frozen=True, kw_only=True)
class View:
    people: list[Person]
    me: EditorId

    def one(self, draft: Roster) -> Person | None:
        return next((person for person in self.people if person.editor.id == draft.person), None)

    @property
    def admins(self) -> int:
        return sum(person.editor.role is Role.ADMIN for person in self.people)


async def _load(reads: Reads, _draft: Roster) -> View | None:
    if reads.who.editor is None:
        return None
    rows_ = sorted(await reads.tx.editors.all(), key=lambda one: (one.name.reveal().casefold(), one.account.platform))
    people: dict[EditorId, list[Editor]] = {}
    for row in rows_:
        people.setdefault(row.id, []).append(row)
    return View(people=[await _person(reads, accounts) for accounts in people.values()], me=reads.who.editor.id)


async def _person(reads: Reads, accounts: list[Editor]) -> Person:
    editor = accounts[0]
    try:
        has_factor = await reads.tx.second_factors.find(editor.id) is not None
    except VaultError:
        has_factor = True  # one that lets nobody in
    return Person(
        editor=editor,
        platforms=", ".join(dict.fromkeys(one.account.platform.capitalize() for one in accounts)),
        has_factor=has_factor,
        wish=editor.wish if editor.wish is not None and editor.wish.until > reads.tx.now else None,
    )


# ── the list ─────────────────────────────────────────────────────────────────────────────────────────────────────
def _ask(_draft: Roster, view: View | None) -> Prompt:
    if view is None:
        return Prompt(text=(msg("queue-closed"),), choices=back_row())
    named = [(f"person-{one.editor.id.hex()}", Rich.plain(one.editor.name.reveal())) for one in view.people]
    lines = [_line(person) for person in view.people]
    return Prompt(text=(msg("roster-is"), *lines), choices=rows(*named, (BACK, msg("desk-close"))))


def _line(person: Person) -> Message:
    return msg(
        "roster-line",
        name=person.editor.name,
        role=person.editor.role,
        platforms=person.platforms,
        factor="yes" if person.has_factor else "no",
    )


def _answer(_draft: Roster, view: View | None, answer: Answer) -> Outcome:
    match answer:
        case Picked(value) if view is not None and value.startswith("person-"):
            return Go("person", Roster(person=EditorId(bytes.fromhex(value.removeprefix("person-")))))
    return otherwise(answer)


# ── one of them ──────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_person(draft: Roster, view: View | None) -> Prompt:
    person = None if view is None else view.one(draft)
    if view is None or person is None:
        return Prompt(text=(msg("roster-nobody"),), choices=back_row())
    words: list[Words] = [_line(person)]
    if person.wish is not None:
        words.append(_wished(person, person.wish, view))
    elif person.editor.role is Role.ADMIN and view.admins == 1:
        words.append(msg("roster-last-admin"))
    else:
        words.append(msg("roster-takes-two"))
    options = [*_options(person, view), (BACK, msg("button-back"))]
    return Prompt(text=tuple(words), choices=weighty(rows(*options), "make", "agree"))


def _wished(person: Person, wish: Wish, view: View) -> Message:
    by = next((one.editor.name for one in view.people if one.editor.id == wish.by), None)
    role = _GONE if wish.role is None else wish.role.value
    if wish.by == view.me or by is None:
        return msg("roster-you-wish", role=role)
    return msg("roster-another-wishes", role=role, by=by)


def _options(person: Person, view: View) -> Iterator[tuple[str, Words]]:
    """A wish has to be decided before there is another."""
    if person.wish is not None:
        role = _GONE if person.wish.role is None else person.wish.role.value
        if person.wish.by != view.me:
            yield f"agree-{role}", msg("roster-agree")
        yield "forget", msg("roster-forget")
        return
    if person.editor.role is Role.ADMIN and view.admins == 1:
        return
    for to in (*Role, None):
        if to is person.editor.role or (is_for_two(person.editor, to) and not _other_admins(view)):
            continue
        value = _GONE if to is None else to.value
        yield f"make-{value}", msg("roster-make", role=value)


def _other_admins(view: View) -> bool:
    return any(person.editor.role is Role.ADMIN and person.editor.id != view.me for person in view.people)


def _answer_person(draft: Roster, view: View | None, answer: Answer) -> Outcome:
    person = None if view is None else view.one(draft)
    if view is None or person is None:
        return too_late(answer)
    match answer:
        case Picked(value) if value in {offered for offered, _ in _options(person, view)}:
            way, _, role = value.partition("-")
            if way == "forget":
                return Go("person", draft, notice=msg("roster-forgotten"), effects=(Forget(person=draft.person),))
            to = None if role == _GONE else Role(role)
            enough = way == "agree" or not is_for_two(person.editor, to)
            effect = ChangeRole(person=draft.person, was=person.editor.role, to=to, enough=enough)
            return Go("list", Roster(), notice=msg("roster-done" if enough else "roster-waits"), effects=(effect,))
        case Picked(value) if value != BACK:
            return Go("list", Roster(), notice=msg("roster-has-changed"))
    return otherwise(answer)


async def open_roster(_reads: Reads, _argument: str) -> Outcome:
    return Enter(flow=ROSTER.name)


ROSTER = Flow(
    name="roster",
    draft=Roster,
    audience=Audience.EDITORS,
    wipe_after=EDITOR_WIPE_SECONDS,
    protect=True,
    steps=(
        Step(name="list", load=_load, ask=_ask, answer=_answer),
        Step(name="person", load=_load, ask=_ask_person, answer=_answer_person),
    ),
)
