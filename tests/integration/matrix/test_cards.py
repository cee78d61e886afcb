"""Cards in the editors' room: one thread a story, openings by their number, no keys for devices nobody vouches for."""

from __future__ import annotations

import pytest
import pytest_asyncio

from bot.outcomes import Delivered
from bot.texts.fluent import Texts
from bot.texts.rich import Rich
from bot.types import Called, ChatKind, Content, Erase, Opening, Place, Show, Topic
from storage.address import Reference
from tests.databases import MakeNewsroom
from tests.homeserver.chat import Chat, Seen
from tests.homeserver.company import Company
from tests.homeserver.synapse import Synapse
from tests.integration.platforms.contract import ANCHOR, NO_FILES
from tests.integration.platforms.keeper import Keeper, running
from tests.integration.platforms.matrix_stage import MatrixStage, StagedAdapter, open_stage

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(name="stage", loop_scope="module")
async def _editor(stage: MatrixStage) -> MatrixStage:
    """Anna is an editor."""
    await stage.joins_room()
    return stage


def card(words: str, *, place: Place = Place.SAME) -> Show:
    content = Content(text=Rich.plain(words), buttons=((Opening(label="Open the story", payload="s-1"),),))
    return Show(content=content, anchor=ANCHOR, place=place, topic=Topic(name="Fox"))


async def shown(adapter: StagedAdapter, stage: MatrixStage, show: Show, before: Reference | None = None) -> Reference:
    outcome = await adapter.perform(show, stage.room, before, NO_FILES, "")
    assert isinstance(outcome, Delivered), outcome
    assert outcome.reference is not None
    return outcome.reference


async def begun(stage: MatrixStage, adapter: StagedAdapter, keeper: Keeper) -> Chat:
    """The bot knows its rooms; the editors' room as Anna has it."""
    await stage.says("Hello")
    await keeper.got(1)
    room = stage.anna.chat(stage.room.chat.reveal())
    await room.waits_for_room(lambda facts: facts.encrypted)
    return room


def ours(seen: list[Seen], stage: MatrixStage) -> list[Seen]:
    """The bot's messages, but for what it says of the devices of another editor, who has no cross-signing."""
    return [one for one in seen if one.sender == stage.settings.user and "matrix trust" not in one.text]


def standing(seen: list[Seen], stage: MatrixStage) -> list[tuple[str | None, str]]:
    """(the thread it is in, its first line) of our messages."""
    return [(one.thread, one.text.partition("\n")[0]) for one in ours(seen, stage)]


async def test_a_card_begins_a_thread_that_it_keeps_wherever_it_goes(stage: MatrixStage) -> None:
    keeper = Keeper()
    async with running(stage.adapter(), keeper) as adapter:
        assert isinstance(adapter, StagedAdapter)
        room = await begun(stage, adapter, keeper)
        first = await shown(adapter, stage, card("new"))
        root = (await room.expects("new")).event_id
        await room.says("I take this one", thread=root)

        moved = await shown(adapter, stage, card("overdue", place=Place.BOTTOM), first)
        await room.waits(lambda seen: standing(seen, stage) == [(None, "overdue"), (root, "overdue")] or None, "both")

        decided = await shown(adapter, stage, card("decided"), moved)
        assert decided == first
        await room.waits(lambda seen: standing(seen, stage) == [(None, "decided")] or None, "the card alone")


async def test_an_erased_card_takes_our_part_of_its_thread_along(stage: MatrixStage) -> None:
    keeper = Keeper()
    async with running(stage.adapter(), keeper) as adapter:
        assert isinstance(adapter, StagedAdapter)
        room = await begun(stage, adapter, keeper)
        first = await shown(adapter, stage, card("new"))
        moved = await shown(adapter, stage, card("overdue", place=Place.BOTTOM), first)
        await room.expects("overdue")
        assert await adapter.perform(Erase(anchor=ANCHOR), stage.room, moved, NO_FILES, "") == Delivered()
        await room.waits(lambda seen: ours(seen, stage) == [] or None, "nothing")


@pytest.mark.parametrize("way", ["reaction", "number in the thread", "label as a reply"])
async def test_who_answers_a_card_goes_on_in_their_private_chat(stage: MatrixStage, way: str) -> None:
    keeper = Keeper()
    async with running(stage.adapter(), keeper) as adapter:
        assert isinstance(adapter, StagedAdapter)
        room = await begun(stage, adapter, keeper)
        await shown(adapter, stage, card("new"))
        root = (await room.expects("1. Open the story")).event_id
        match way:
            case "reaction":
                await room.reacts(root, "1️⃣")
            case "number in the thread":
                await room.says("1", thread=root)
            case _:
                await room.says("open the story", reply_to=root)
        called = await keeper.body(Called, 2)
    assert (called.name, called.argument.reveal()) == ("start", "s-1")
    event = keeper.events[1]
    assert (event.kind, event.chat, event.person) == (ChatKind.PRIVATE, stage.chat, stage.person)


async def test_the_room_is_told_once_of_an_editors_device_without_keys(
    synapse: Synapse, make_newsroom: MakeNewsroom, texts: Texts, company: Company
) -> None:
    people, keeper = await company.people(synapse), Keeper()
    vera = await people.person("vera", only_signed=True)  # another than Anna, who shall not keep such a device
    async with (
        open_stage(synapse, make_newsroom("sqlite"), texts, vera) as stage,
        running(stage.adapter(), keeper) as adapter,
    ):
        assert isinstance(adapter, StagedAdapter)
        await stage.joins_room()
        room = await begun(stage, adapter, keeper)
        await shown(adapter, stage, card("before"))
        unsigned = await people.logs_in(vera.user_id, vera.password, signs=False)
        await stage.says("later")
        await keeper.got(2)
        for words in ("first", "second"):
            await shown(adapter, stage, Show(content=Content(text=Rich.plain(words))))
        await room.expects("second")
        told = [one for one in await room.sees() if unsigned.device_id in one.text]
        assert len(told) == 1
        withheld = await unsigned.chat(room.room_id).waits(
            lambda seen: {one.kind for one in ours(seen, stage)} if len(ours(seen, stage)) >= 3 else None, "three"
        )
        assert withheld == {"undecryptable"}
