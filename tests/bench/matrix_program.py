"""The bench's dialogue, and a command that sends everybody one message, as publications and newsletters do."""

from __future__ import annotations

import dataclasses

import msgspec

from bot.flows.flow import Command, Outcome, Reads, Stay
from bot.flows.program import JobKind, Program
from bot.flows.turn import Turn
from bot.rooms import private_chat
from bot.texts.rich import Rich
from storage.address import Account
from storage.private import Private
from tests.bench.dialogue import QUESTION
from tests.bench.matrix_people import user_id
from tests.bench.program import interview


class Broadcast(msgspec.Struct, frozen=True, kw_only=True):
    bot: str
    people: int


def with_broadcast(fetch: JobKind, **newsrooms: object) -> Program:
    """In the place of `handlers.newsroom`."""
    program = interview(fetch, **newsrooms)
    commands = (*program.commands, Command(name="broadcast", run=_broadcast, interrupts=True))
    return dataclasses.replace(program, commands=commands, effects={Broadcast: _send})


async def _broadcast(_reads: Reads, argument: str) -> Outcome:
    bot, people = argument.split()
    return Stay(quiet=True, effects=(Broadcast(bot=bot, people=int(people)),))


async def _send(turn: Turn, broadcast: Broadcast) -> None:
    for number in range(broadcast.people):
        account = Account(platform=turn.person.chat.platform, person=Private(user_id(broadcast.bot, number)))
        await turn.show(private_chat(account), Rich.plain(QUESTION), urgent=False)
