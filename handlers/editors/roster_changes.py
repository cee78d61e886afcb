"""What becomes of somebody in the roster. Effects raise Conflict when it has changed since the admin looked at it."""

from __future__ import annotations

import msgspec

from bot.flows.turn import Turn
from bot.rooms import private_chat
from bot.texts.fluent import msg
from handlers.auditing import Action, note
from handlers.editors.telling_admins import tell_admins
from handlers.policy import SECOND_PERSON_SECONDS
from storage.editors import Editor, Wish
from storage.errors import Conflict
from storage.ids import EditorId
from storage.role import Role


class ChangeRole(msgspec.Struct, frozen=True, kw_only=True):
    person: EditorId
    was: Role
    to: Role | None
    """None: out of the roster"""
    enough: bool
    """what the admin was told: that it is done with this, or that another admin has to agree"""


class Forget(msgspec.Struct, frozen=True, kw_only=True):
    """What an admin has wished for this person is not wished any more, or not agreed to."""

    person: EditorId


def is_for_two(editor: Editor, to: Role | None) -> bool:
    return Role.ADMIN in (editor.role, to)


async def change_role(turn: Turn, effect: ChangeRole) -> None:
    accounts, me = await _accounts(turn, effect.person), _me(turn)
    editor = accounts[0]
    if editor.role is not effect.was:
        raise Conflict("Another admin has changed this in the same moment.")
    if effect.enough != (not is_for_two(editor, effect.to) or _is_agreed(turn, editor, effect.to, me)):
        raise Conflict("Another admin has said something in the same moment.")
    if not effect.enough:
        wish = Wish(role=effect.to, by=me, until=turn.tx.now + SECOND_PERSON_SECONDS)
        await turn.tx.editors.change(effect.person, role=editor.role, wish=wish)
        await note(turn, Action.ROLE_WISHED)
        await tell_admins(turn, msg("roster-asks-another", name=editor.name), but=me)
    elif effect.to is None:
        await turn.tx.editors.remove(effect.person)
        await note(turn, Action.EDITOR_REMOVED)
        for one in accounts:
            await turn.offer_commands(private_chat(one.account), turn.person.language, editors=False)
    else:
        await turn.tx.editors.change(effect.person, role=effect.to)
        await note(turn, Action.ROLE_CHANGED)


def _is_agreed(turn: Turn, editor: Editor, to: Role | None, me: EditorId) -> bool:
    wish = editor.wish
    return wish is not None and wish.role is to and wish.by != me and wish.until > turn.tx.now


async def forget(turn: Turn, effect: Forget) -> None:
    accounts = await _accounts(turn, effect.person)
    await turn.tx.editors.change(effect.person, role=accounts[0].role)


async def _accounts(turn: Turn, person: EditorId) -> list[Editor]:
    accounts = await turn.tx.editors.person(person)
    if not accounts:
        raise Conflict("Another admin has removed them in the same moment.")
    return accounts


def _me(turn: Turn) -> EditorId:
    if turn.person.editor is None:
        raise Conflict("Whoever does this is no editor.")
    return turn.person.editor.id
