"""What editors decide about templates, carried out. Letters that took one over keep what it said then."""

from __future__ import annotations

import msgspec

from bot.flows.turn import Turn
from handlers.auditing import Action, note
from storage.errors import Conflict
from storage.ids import TemplateId
from storage.letter import Frame
from storage.private import Private


class MakeTemplate(msgspec.Struct, frozen=True, kw_only=True):
    template: TemplateId
    name: Private[str]


class SaveTemplate(msgspec.Struct, frozen=True, kw_only=True):
    template: TemplateId
    revision: int
    """that the editor has before their eyes"""
    frames: dict[str, Frame]


class DropTemplate(msgspec.Struct, frozen=True, kw_only=True):
    template: TemplateId


async def make_template(turn: Turn, effect: MakeTemplate) -> None:
    await turn.tx.letters.templates.create(effect.template, effect.name)
    await note(turn, Action.TEMPLATE_CHANGED)


async def save_template(turn: Turn, effect: SaveTemplate) -> None:
    """Raises Conflict when it has changed since: the turn runs anew."""
    template = await turn.tx.letters.templates.find(effect.template)
    if template is None or template.revision != effect.revision:
        raise Conflict("The template has changed in the same moment.")
    await turn.tx.letters.templates.change(template, effect.frames)
    await note(turn, Action.TEMPLATE_CHANGED)


async def drop_template(turn: Turn, effect: DropTemplate) -> None:
    template = await turn.tx.letters.templates.find(effect.template)
    if template is not None:
        await turn.tx.letters.templates.shred(template)
        await note(turn, Action.TEMPLATE_CHANGED)
