"""What readers have is corrected and taken back: every copy that can be reached, whatever happens meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from msgspec import structs
from sqlalchemy import select

from bot.app import load_texts
from bot.delivery.slots import account_of
from bot.flows.program import Program
from bot.flows.script import ChangeScript, Deed, SayScript, Script
from bot.flows.testing import Stage
from bot.flows.turn import Turn
from bot.outcomes import Later, Outcome, Refused, Unreachable, Unsure
from bot.platforms.telegram.adapter import PAID_PER_SECOND, PER_SECOND
from bot.texts.rich import Rich
from bot.types import Content, Kept, Outgoing, Show
from storage.address import Account, Address
from storage.broadcast import Broadcast, State
from storage.codec import encode
from storage.counts import Counts
from storage.ids import BroadcastId
from storage.openings import Copy
from storage.private import Private
from storage.store import Store
from storage.subscriber import Subscriber
from storage.tables import pace
from tests.clock import Clock
from tests.databases import BOTH_BUT_POSTGRESQL_IN_SOAK
from tests.integration.engine.toy import toy

pytestmark = BOTH_BUT_POSTGRESQL_IN_SOAK


class Says(SayScript[str, str]):
    """What the service says at the moment."""

    def __init__(self, texts: dict[Deed, str]) -> None:
        self._texts = texts

    async def load(self, turn: Turn, broadcast: Broadcast) -> str | None:
        return self._texts[Deed.SAY]

    def variant(self, subject: str, reader: Subscriber, now: int) -> str | None:
        return reader.language

    async def render(self, turn: Turn, subject: str, variant: str) -> Content:
        return Content(text=Rich.plain(subject))


class Changes(ChangeScript[str, str]):
    """What it says instead."""

    def __init__(self, deed: Deed, texts: dict[Deed, str]) -> None:
        self._deed = deed
        self._texts = texts

    async def load(self, turn: Turn, broadcast: Broadcast) -> str | None:
        return self._texts[self._deed]

    def variant_of(self, subject: str, reader: Subscriber, copy: Copy) -> str | None:
        return reader.language

    def deed_of(self, variant: str) -> Deed:
        return self._deed

    async def render(self, turn: Turn, subject: str, variant: str) -> Content:
        return Content(text=Rich.plain(subject))


@dataclass(kw_only=True)
class Service:
    stage: Stage
    clock: Clock
    texts: dict[Deed, str]
    news: BroadcastId | None = None

    async def send(self, *readers: str) -> None:
        async with self.stage.store.write() as tx:
            for name in readers:
                person = Account(platform=self.stage.platform, person=Private(name))
                await tx.subscribers.join(person, self.stage.address(name), "en")
            self.news = await tx.broadcasts.begin("say", b"today")
        await self.stage.settle()

    async def change(self, deed: Deed, text: str) -> BroadcastId:
        async with self.stage.store.write() as tx:
            self.texts[deed] = text
            if deed is Deed.EDIT:
                self.texts[Deed.SAY] = text
            begun = await tx.broadcasts.begin(deed, b"today", over=self.news)
        assert begun is not None
        await self.stage.settle()
        return begun

    async def later(self, seconds: int = 5) -> None:
        self.clock.pass_(seconds=seconds)
        self.stage.restart()  # a kill in between does no harm
        await self.stage.settle()

    async def state(self, broadcast: BroadcastId) -> tuple[State, Counts, int]:
        """How it stands, what became of its readers, and how many are not reached."""
        async with self.stage.store.read() as tx:
            found = await tx.broadcasts.find(broadcast)
            assert found is not None
            known = await tx.broadcasts.progress(found)
        return found.state, known.counts, known.rest

    async def paces(self) -> set[str]:
        """By which messages have gone."""
        async with self.stage.store.read() as tx:
            return set((await tx.work.connection.execute(select(pace.c.account))).scalars())

    def seen(self, *names: str) -> list[list[str]]:
        return [[seen.text.text for seen in self.stage.sees(name)] for name in names]

    def answers(self, answer: Callable[[str, Outgoing], Outcome | None], monkeypatch: pytest.MonkeyPatch) -> None:
        """The messenger's answer to what is for this chat; None: as ever."""
        perform = self.stage.adapter.perform

        async def patched(outgoing: Outgoing, chat: Address, *rest: Any) -> Outcome:
            return answer(chat.chat.reveal(), outgoing) or await perform(outgoing, chat, *rest)

        monkeypatch.setattr(self.stage.adapter, "perform", patched)


@pytest.fixture
def service(store: Store, clock: Clock) -> Service:
    texts = {Deed.SAY: "old", Deed.EDIT: "", Deed.ERASE: ""}
    scripts: dict[str, Script] = {deed.value: Changes(deed, texts) for deed in (Deed.EDIT, Deed.ERASE)}
    scripts[Deed.SAY] = Says(texts)

    def program() -> Program:
        return replace(toy(), scripts=scripts)

    return Service(stage=Stage(store, program, load_texts()), clock=clock, texts=texts)


async def test_every_copy_is_edited_where_it_stands(service: Service) -> None:
    await service.send("anna", "boris", "gone")
    service.stage.sees("gone").clear()
    edit = await service.change(Deed.EDIT, "new")
    assert service.seen("anna", "boris", "gone") == [["new"], ["new"], []]
    assert await service.state(edit) == (State.FINISHED, Counts(sent=2, skipped=1), 0)


async def test_every_copy_goes_or_says_that_it_is_withdrawn(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    await service.send("anna", "old copy", "left", "refused", "blocked")
    adapter = service.stage.adapter
    adapter.undeletable.add(service.stage.sees("old copy")[0].number)
    async with service.stage.store.write() as tx:
        await tx.subscribers.leave(Account(platform=service.stage.platform, person=Private("left")))
    answers: dict[str, Outcome] = {"refused": Refused(why="whatever"), "blocked": Unreachable()}
    service.answers(lambda chat, _: answers.get(chat), monkeypatch)
    erase = await service.change(Deed.ERASE, "withdrawn")
    assert service.seen("anna", "old copy", "left") == [[], ["withdrawn"], ["old"]]
    state, counts, rest = await service.state(erase)
    assert (state, counts, rest) == (State.FINISHED, Counts(sent=1, replaced=1, failed=1, blocked=1), 1)


async def test_an_answer_that_did_not_come_is_asked_for_again(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    await service.send("anna")
    doubts: list[Outcome] = [Unsure(), Later(after=3)]
    service.answers(lambda *_: doubts.pop() if doubts else None, monkeypatch)
    edit = await service.change(Deed.EDIT, "new")
    await service.later()
    await service.later()
    assert service.seen("anna") == [["new"]]
    assert await service.state(edit) == (State.FINISHED, Counts(sent=1), 0)


async def test_the_rest_waits_for_a_correction_and_gets_the_new_text(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = {"boris"}
    service.answers(lambda chat, _: Later(after=3) if chat in busy else None, monkeypatch)
    await service.send("anna", "boris")
    assert service.seen("anna", "boris") == [["old"], []]
    busy.add("anna")
    edit = await service.change(Deed.EDIT, "new")
    busy.discard("boris")
    await service.later()
    assert service.seen("anna", "boris") == [["old"], []], "a copy that is made now might be missed"
    busy.clear()
    await service.later()
    assert service.seen("anna", "boris") == [["new"], ["new"]]
    assert await service.state(edit) == (State.FINISHED, Counts(sent=1), 0)
    assert service.news is not None
    assert await service.state(service.news) == (State.FINISHED, Counts(sent=2), 0)


async def test_of_two_corrections_the_last_one_counts(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    await service.send("anna", "boris")
    busy = {"boris"}
    service.answers(lambda chat, _: Later(after=3) if chat in busy else None, monkeypatch)
    first = await service.change(Deed.EDIT, "new")
    second = await service.change(Deed.EDIT, "newest")
    busy.clear()
    await service.later()
    assert service.seen("anna", "boris") == [["newest"], ["newest"]]
    assert await service.state(first) == (State.CANCELLED, Counts(sent=1), 1)
    assert await service.state(second) == (State.FINISHED, Counts(sent=2), 0)


async def test_what_is_withdrawn_after_a_correction_stays_withdrawn(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    await service.send("anna", "boris")
    for name in ("anna", "boris"):
        service.stage.adapter.undeletable.add(service.stage.sees(name)[0].number)
    busy = {"boris"}
    service.answers(lambda chat, _: Later(after=3) if chat in busy else None, monkeypatch)
    await service.change(Deed.EDIT, "new")
    erase = await service.change(Deed.ERASE, "withdrawn")
    busy.clear()
    await service.later()
    await service.later()
    assert service.seen("anna", "boris") == [["withdrawn"], ["withdrawn"]]
    assert await service.state(erase) == (State.FINISHED, Counts(replaced=2), 0)


async def test_a_copy_that_a_killed_worker_was_changing_is_waited_for(service: Service) -> None:
    """Else its last words could come after ours."""
    await service.send("anna")
    async with service.stage.store.write() as tx:
        begun = await tx.broadcasts.begin(Deed.EDIT, b"today", over=service.news)
        assert begun is not None
        edit = await tx.broadcasts.find(begun)
        assert edit is not None
        assert await tx.cutting.are_cut(edit)
        assert await tx.shards.lease(edit, b"k" * 16) is not None
    erase = await service.change(Deed.ERASE, "withdrawn")
    assert service.seen("anna") == [["old"]]
    await service.later(15)
    assert service.seen("anna") == [[]]
    assert await service.state(erase) == (State.FINISHED, Counts(sent=1), 0)


async def test_what_a_reader_has_opened_further_is_changed_with_it_also_when_it_is_put_off_in_the_middle(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    await service.send("anna", "boris")
    chat = service.stage.address("anna")
    assert service.news is not None
    async with service.stage.store.write() as tx:
        reader = await tx.subscribers.find(Account(platform=chat.platform, person=chat.chat))
        assert reader is not None
        await tx.openings.expect([service.news], reader.id, reader.key_id)
        for place in (1, 2):
            kept = Kept(broadcasts=(service.news,), reader=reader.id, place=place)
            further = Show(content=Content(text=Rich.plain(f"page {place}")), kept=kept)
            await tx.outbox.add(chat, encode(further))
    await service.stage.settle()
    assert service.seen("anna") == [["old", "page 1", "page 2"]]
    service.stage.adapter.undeletable.add(service.stage.sees("anna")[1].number)
    answers: list[Outcome | None] = [Later(after=3), None, None]
    service.answers(lambda *_: answers.pop() if answers else None, monkeypatch)
    erase = await service.change(Deed.ERASE, "withdrawn")
    await service.later()
    assert service.seen("anna", "boris") == [["withdrawn"], []]
    assert await service.state(erase) == (State.FINISHED, Counts(sent=1, replaced=1), 0)


async def test_only_what_is_new_goes_at_a_pace_of_its_own(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    adapter = service.stage.adapter
    paid = structs.replace(adapter.capabilities, per_second=PER_SECOND, many_per_second=PAID_PER_SECOND)
    monkeypatch.setattr(type(adapter), "capabilities", paid)
    usual = account_of(service.stage.address("anna"))
    await service.send("anna", "boris")
    assert await service.paces() == {f"{usual}:many"}
    await service.change(Deed.EDIT, "new")
    assert await service.paces() == {f"{usual}:many", usual}
    assert service.seen("anna", "boris") == [["new"], ["new"]]
