"""What becomes of a broadcast when a platform does not simply take it: nobody gets it twice, nobody is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import delete

from bot.app import load_texts
from bot.flows.program import Program
from bot.flows.script import SayScript
from bot.flows.testing import Stage, StageAdapter
from bot.flows.turn import Turn
from bot.outcomes import Later, Outcome, Refused, Unreachable, Unsure
from bot.platforms.base import Deliver, OpenBlob
from bot.texts.rich import Rich
from bot.types import Content, Show
from storage.address import Account, Address, Reference
from storage.audience import Audience
from storage.broadcast import Broadcast, State
from storage.broadcasts import Broadcasts
from storage.counts import Counts
from storage.counts import Outcome as Became
from storage.errors import DatabaseBusy
from storage.ids import BroadcastId
from storage.private import Private
from storage.store import Store, Transaction
from storage.subscriber import Subscriber
from storage.tables import outbox
from tests.clock import Clock
from tests.databases import BOTH_BUT_POSTGRESQL_IN_SOAK
from tests.integration.engine.toy import toy

pytestmark = BOTH_BUT_POSTGRESQL_IN_SOAK
Answers = Callable[[str], Outcome | None]
"""The messenger's answer to what is for this chat; None: as ever."""


class News(SayScript[str, str]):
    """For everybody who is not called "other"."""

    def __init__(self) -> None:
        self.settled_for: list[tuple[str, Became]] = []
        self.says: str | None = "news"

    async def load(self, turn: Turn, broadcast: Broadcast) -> str | None:
        return self.says

    def variant(self, subject: str, reader: Subscriber, now: int) -> str | None:
        return None if reader.chat.chat.reveal() == "other" else reader.language

    async def render(self, turn: Turn, subject: str, variant: str) -> Content:
        return Content(text=Rich.plain(f"{subject} ({variant})"))

    async def settled(
        self,
        tx: Transaction,
        subject: str,
        variant: str | None,
        reader: Subscriber,
        outcome: Became,
        copy: Reference | None,
    ) -> None:
        self.settled_for.append((reader.chat.chat.reveal(), outcome))


@dataclass(kw_only=True)
class Service:
    stage: Stage
    news: News
    clock: Clock
    broadcast: Broadcast | None = None

    async def begins(self, *readers: str) -> None:
        async with self.stage.store.write() as tx:
            for name in readers:
                person = Account(platform=self.stage.platform, person=Private(name))
                await tx.subscribers.join(person, self.stage.address(name), "en")
            await tx.broadcasts.begin("news", b"today")
        await self.stage.settle()

    async def later(self, seconds: int) -> None:
        self.clock.pass_(seconds=seconds)
        await self.stage.settle()

    async def now(self) -> tuple[State, Counts, int]:
        """How it stands, what became of its readers, and how many are not reached."""
        async with self.stage.store.read() as tx:
            (broadcast,) = await tx.broadcasts.of("news", b"today")
            known = await tx.broadcasts.progress(broadcast)
        return broadcast.state, known.counts, known.rest

    def seen(self, name: str) -> list[str]:
        return [seen.text.text for seen in self.stage.sees(name)]

    def answers(self, answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
        adapter = self.stage.adapter
        ready = adapter.ready

        async def patched(show: Show, open_blob: OpenBlob) -> Deliver:
            usual = await ready(show, open_blob)

            async def deliver(chat: Address, key: str) -> Outcome:
                return answers(chat.chat.reveal()) or await usual(chat, key)

            return deliver

        monkeypatch.setattr(adapter, "ready", patched)


@pytest.fixture
def service(store: Store, clock: Clock) -> Service:
    news = News()

    def program() -> Program:
        return replace(toy(), scripts={"news": news})

    return Service(stage=Stage(store, program, load_texts()), news=news, clock=clock)


async def test_everybody_gets_it_once_and_is_counted(service: Service) -> None:
    await service.begins("anna", "boris", "other")
    assert (service.seen("anna"), service.seen("other")) == (["news (en)"], [])
    assert await service.now() == (State.FINISHED, Counts(sent=2, skipped=1), 0)
    assert sorted(service.news.settled_for) == [
        ("anna", Became.SENT),
        ("boris", Became.SENT),
        ("other", Became.SKIPPED),
    ]
    service.stage.restart()
    await service.stage.settle()
    assert service.seen("anna") == ["news (en)"]


async def test_whoever_the_platform_puts_off_gets_it_later(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    busy = {"anna"}
    service.answers(lambda chat: Later(after=20, hurried=True) if chat in busy else None, monkeypatch)
    await service.begins("anna", "boris")
    assert await service.now() == (State.RUNNING, Counts(sent=1), 1)
    busy.clear()
    await service.later(19)
    assert service.seen("anna") == []
    service.stage.restart()  # nobody remembers who it was: whoever has no line in the ledger
    await service.later(1)
    assert (service.seen("anna"), service.seen("boris")) == (["news (en)"], ["news (en)"])
    assert await service.now() == (State.FINISHED, Counts(sent=2), 0)


async def test_what_may_have_arrived_is_never_sent_again(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def silent(chat: str) -> Outcome | None:
        asked.append(chat)
        return Unsure() if chat == "anna" else None

    service.answers(silent, monkeypatch)
    await service.begins("anna", "boris")
    await service.later(3600)
    assert sorted(asked) == ["anna", "boris"]
    assert await service.now() == (State.FINISHED, Counts(sent=1, unknown=1), 0)


async def test_who_has_blocked_us_is_no_reader_any_more(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    service.answers(lambda chat: Unreachable() if chat == "anna" else None, monkeypatch)
    await service.begins("anna", "boris")
    assert await service.now() == (State.FINISHED, Counts(sent=1, blocked=1), 0)


@pytest.mark.parametrize("a_shard", [10, 250])
async def test_it_pauses_itself_when_too_many_fail(
    service: Service, monkeypatch: pytest.MonkeyPatch, a_shard: int
) -> None:
    wrong = [Refused(why="a button is not accepted")]
    service.answers(lambda chat: wrong[0] if wrong and chat != "anna" else None, monkeypatch)
    readers = [f"reader-{number}" for number in range(60)]
    monkeypatch.setattr("storage.cutting.READERS_A_SHARD", a_shard)
    monkeypatch.setattr("bot.delivery.cast._MANY_FAILED", 5)
    await service.begins("anna", *readers)
    state, counts, rest = await service.now()
    assert state is State.PAUSED
    assert 5 <= counts.failed < 60
    assert rest == 61 - counts.all
    async with service.stage.store.write() as tx:
        (broadcast,) = await tx.broadcasts.of("news", b"today")
        assert broadcast.why == "failures"
        await tx.broadcasts.resume(broadcast.id)
    wrong.clear()
    await service.stage.settle()
    state, counts, rest = await service.now()
    assert (state, counts.all, rest) == (State.FINISHED, 61, 0)


async def test_it_pauses_itself_as_soon_as_that_can_be_written(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.answers(lambda _: Refused(why="a button is not accepted"), monkeypatch)
    monkeypatch.setattr("bot.delivery.cast._MANY_FAILED", 5)
    pause, busy = Broadcasts.pause, ["once"]

    async def paused(rows: Broadcasts, broadcast: BroadcastId, why: str) -> bool:
        if busy:
            raise DatabaseBusy(busy.pop())
        return await pause(rows, broadcast, why)

    monkeypatch.setattr(Broadcasts, "pause", paused)
    await service.begins(*(f"reader-{number}" for number in range(60)))
    state, counts, _ = await service.now()
    assert (state, busy) == (State.PAUSED, [])
    assert counts.failed < 60


async def test_a_shard_of_many_pages_is_read_to_its_end(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.walk._MOST_A_PAGE", 7)
    readers = [f"reader-{number}" for number in range(21)]
    await service.begins(*readers)
    assert [service.seen(name) for name in readers] == [["news (en)"]] * 21
    assert (await service.now())[0] is State.FINISHED


async def test_it_does_not_come_between_a_question_and_its_answer(service: Service) -> None:
    stage = service.stage
    async with stage.store.write() as tx:
        await tx.outbox.add(stage.address("anna"), b"not to be read", not_before=tx.now + 60)
    await service.begins("anna", "boris")
    assert (service.seen("anna"), service.seen("boris")) == ([], ["news (en)"])
    async with stage.store.write() as tx:
        await tx.work.connection.execute(delete(outbox))
    await service.later(1)
    assert service.seen("anna") == ["news (en)"]


async def test_what_is_taken_back_in_the_middle_is_sent_to_nobody_else(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.answers(lambda chat: Later(after=5) if chat == "anna" else None, monkeypatch)
    await service.begins("anna", "boris")
    service.news.says = None
    await service.later(5)
    assert service.seen("anna") == []
    assert await service.now() == (State.CANCELLED, Counts(sent=1), 1)


async def test_a_text_that_can_not_be_made_pauses_it(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_about: object) -> Content:
        raise ZeroDivisionError

    monkeypatch.setattr(service.news, "render", broken)
    await service.begins("anna")
    assert await service.now() == (State.PAUSED, Counts(), 1)


async def test_a_small_one_is_done_while_a_large_one_waits_for_its_turn(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []

    def noting(chat: str) -> Outcome | None:
        order.append(chat)
        return None

    service.answers(noting, monkeypatch)
    monkeypatch.setattr("storage.cutting.READERS_A_SHARD", 5)
    monkeypatch.setattr("bot.delivery.outlet._WITHOUT_LIMIT", 1)
    async with service.stage.store.write() as tx:
        for number in range(60):
            name = f"reader-{number}"
            person = Account(platform=service.stage.platform, person=Private(name))
            language = "de" if number >= 55 else "en"
            await tx.subscribers.join(person, service.stage.address(name), language)
        for language in ("en", "de"):
            await tx.broadcasts.begin("news", language.encode(), Audience(languages=(language,)))
    await service.stage.settle()
    small = max(order.index(f"reader-{number}") for number in range(55, 60))
    assert len(order) == 60
    assert small < 30


async def test_readers_of_a_messenger_that_another_worker_has_are_left_to_that_one(store: Store, clock: Clock) -> None:
    stage = Stage(
        store, lambda: replace(toy(), scripts={"news": News()}), load_texts(), beside=[StageAdapter(platform="matrix")]
    )
    service = Service(stage=stage, news=News(), clock=clock)
    async with store.write() as tx:
        boris = Account(platform="matrix", person=Private("boris"))
        await tx.subscribers.join(boris, stage.address("boris", "matrix"), "en")
    stage.absent.add("matrix")
    await service.begins("anna")
    assert (service.seen("anna"), stage.sees("boris", "matrix")) == (["news (en)"], [])
    assert await service.now() == (State.RUNNING, Counts(sent=1), 1)
    stage.absent.clear()
    await service.later(2)
    assert [seen.text.text for seen in stage.sees("boris", "matrix")] == ["news (en)"]
    assert await service.now() == (State.FINISHED, Counts(sent=2), 0)
