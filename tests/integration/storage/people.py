"""Chats and accounts with recognisable contents, and the small moves that many tests begin with."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from storage.address import Account, Address
from storage.ids import StoryId
from storage.inbox import Arrival, Waiting
from storage.private import Private
from storage.store import Store, Transaction
from storage.story import Status, Story
from storage.tables import stories

MARKER = "ПРИМЕТА-7c1f"
"""What must be nowhere in the files of a newsroom: part of every text, name and id below."""


def chat(number: int = 1, platform: str = "telegram") -> Address:
    return Address(platform=platform, bot="main", chat=Private(f"{MARKER}-chat-{number}"))


def account(number: int = 1, platform: str = "telegram") -> Account:
    return Account(platform=platform, person=Private(f"{MARKER}-person-{number}"))


def says(event: str, text: str, number: int = 1) -> Arrival:
    return Arrival(event=event, chat=chat(number), body=text.encode())


async def receive(store: Store, *arrivals: Arrival) -> None:
    async with store.write() as tx:
        await tx.inbox.put(arrivals)


async def first_waiting(tx: Transaction) -> Waiting | None:
    for lane in await tx.inbox.ready_lanes(10):
        if head := await tx.inbox.head(lane):
            return head
    return None


async def tell_story(tx: Transaction, number: int = 1, *, text: str = "Мне было страшно.") -> Story:
    story = await tx.stories.create(
        text=Private(f"{MARKER} {text}"),
        language="ru",
        alias="Снегирь",
        byline=Private(f"{MARKER} Анна"),
        attachments=(),
        author=chat(number),
    )
    await tx.contributors.add_story(account(number), story.id)
    return story


async def story_ids(tx: Transaction, statuses: Collection[Status] = tuple(Status)) -> list[StoryId]:
    """Of the stories in these statuses, those that wait longest first."""
    found = select(stories.c.id).where(stories.c.status.in_(statuses)).order_by(stories.c.since, stories.c.id)
    return [StoryId(row) for row in (await tx.work.connection.execute(found)).scalars()]


async def agreed_story(tx: Transaction) -> Story:
    story = await tx.stories.offer(await tell_story(tx))
    return await tx.stories.move(story, Status.AGREED)
