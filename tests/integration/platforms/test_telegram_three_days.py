"""Three days on Telegram with the service off for thirty hours in the middle: what a bot may delete is deleted in time,
and everybody is told how much is left. Everything is real but the clock, which is moved by the hour.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import msgspec
import pytest

import bot.app
import bot.platforms.telegram.adapter
import handlers
from bot.cli.purging import fetches_nothing
from bot.clockwork import Clockwork, Workshop
from bot.delivery.post import Post
from bot.delivery.senders import Senders
from bot.dispatch import Dispatcher
from bot.flows.engine import Engine
from bot.intake import Intake
from bot.platforms.base import Adapter
from bot.rooms import Rooms
from bot.texts.fluent import Texts
from storage.clock import HOUR
from storage.store import Store
from tests.clock import Clock
from tests.fakes.telegram.model import Message
from tests.fakes.telegram.people import Person
from tests.integration.platforms.telegram_stage import TelegramStage

PROMISED, ALLOWED = 40 * HOUR, 48 * HOUR
TOLD = re.compile(r"остал\w+ (\d+) сообщ")


@pytest.fixture
def engine() -> str:
    return "sqlite"


@pytest.fixture(autouse=True)
def no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    changes = {"per_second": None, "private_gap": 0.0, "room_per_minute": None}
    without = msgspec.structs.replace(bot.platforms.telegram.adapter.CAPABILITIES, **changes)
    monkeypatch.setattr(bot.platforms.telegram.adapter, "CAPABILITIES", without)


class Days:
    """The newsroom and its people; `told`: what each message in a person's chat has said is left there."""

    def __init__(self, tg: TelegramStage, store: Store, clock: Clock) -> None:
        self.tg, self._store, self._clock = tg, store, clock
        self._texts = Texts.load([bot.app.FRAMEWORK_TEXTS, handlers.LOCALES])
        self.author = tg.anna
        self.editor = tg.telegram.person(7, "Boris", language_code="ru")
        self.told: dict[tuple[int, int], int] = {}
        self._is_on = False
        tg.telegram.limits.off()
        tg.editors.admits(self.editor)
        self._look_at_the_clock()

    @asynccontextmanager
    async def service(self) -> AsyncIterator[None]:
        """From its start to its stop."""
        adapter = self.tg.adapter(poll_seconds=1)
        adapters: dict[str, Adapter] = {adapter.platform: adapter}
        rooms = Rooms(editors={adapter.platform: self.tg.room}, channels={})
        post, program = Post(), handlers.newsroom(fetches_nothing)
        engine = Engine(program, self._texts, post, rooms, {adapter.platform: adapter.capabilities})
        self._dispatcher = Dispatcher(self._store, engine, adapters, rooms.editors, self._texts, post)
        self._senders = Senders(self._store, adapters, intake_bell=self._dispatcher.bell, rooms=rooms.ids)
        workshop = Workshop(self._store, adapters, self._texts, post, rooms)
        self._clockwork = Clockwork(self._store, program, workshop, on_arrival=self._dispatcher.bell.ring)
        intake = Intake(self._store, wipe_after=program.wipe_after, wake=self._dispatcher.bell.ring)
        await adapter.start()
        async with self._store.write() as tx:
            for kind in program.standing:
                await tx.timers.set(kind, b"", tx.now)
        receiving = asyncio.create_task(adapter.inlets["main"](intake))
        self._is_on = True
        try:
            await self.settles()
            yield
        finally:
            self._is_on = False
            receiving.cancel()
            with suppress(asyncio.CancelledError):
                await receiving
            await adapter.stop()

    async def settles(self) -> None:
        """Until nothing is left to do, if the service is on."""
        updates = self.tg.bot.updates
        while self._is_on:
            await self.tg.telegram.wait_for(lambda: not updates.pending)
            rang = await self._clockwork.ring_timers()
            worked = await self._clockwork.work()
            await self._senders.settle()
            if not (await self._dispatcher.settle() or rang or worked or updates.pending):
                break
        for person in (self.author, self.editor):
            for message in self.chat(person):
                if (found := TOLD.search(message.text or "")) is not None:
                    self.told[person.id, message.id] = int(found[1])

    async def pass_hours(self, hours: int) -> None:
        for _ in range(hours):
            self.tg.telegram.advance(HOUR)
            self._look_at_the_clock()
            await self.settles()
            if self._is_on:
                assert self.late(self.author) == self.late(self.editor) == []

    async def says(self, person: Person, text: str) -> None:
        person.says(text, self.tg.bot)
        await self.settles()

    async def presses(self, person: Person, *labels: str) -> None:
        """Each on the newest message that has it."""
        for label in labels:
            seen = [one for one in person.sees(self.tg.bot) if any(label in b.text for row in one.buttons for b in row)]
            person.taps(seen[-1], label)
            await self.settles()

    async def opens_card(self, person: Person) -> None:
        """The newest; the mark of the audit trail may have come since, at its own hour."""
        cards = [seen for seen in self.tg.editors.sees() if seen.buttons]
        url = cards[-1].button("Открыть").url or ""
        person.starts(self.tg.bot, url.partition("start=")[2])
        await self.settles()

    def chat(self, person: Person) -> list[Message]:
        """What stands in the person's chat with the bot."""
        there = self.tg.bot.account.private.get(person.id)
        return list(there.messages.values()) if there else []

    def late(self, person: Person) -> list[str]:
        """What is older than was promised, although Telegram would still let the bot delete it."""
        now = self.tg.telegram.world.now()
        return [str(one.text) for one in self.chat(person) if PROMISED < now - one.date < ALLOWED - HOUR / 2]

    def left(self, person: Person) -> int:
        """How many messages no bot can delete any more."""
        now = self.tg.telegram.world.now()
        return sum(now - one.date >= ALLOWED for one in self.chat(person))

    def said_to(self, person: Person) -> int:
        return sum(count for (whose, _), count in self.told.items() if whose == person.id)

    def _look_at_the_clock(self) -> None:
        self._clock.set(datetime.fromtimestamp(self.tg.telegram.world.now(), UTC))


@pytest.mark.soak
async def test_what_may_be_deleted_is_and_the_rest_is_reported(tg: TelegramStage, store: Store, clock: Clock) -> None:
    days = Days(tg, store, clock)
    author, editor = days.author, days.editor
    async with days.service():
        async with store.write() as tx:
            code = await tx.editors.new_code("Борис")
        await days.says(editor, f"/enrol {code}")
        await days.says(author, "/start")
        await days.presses(author, "Рассказать историю", "Понимаю, начать", "Коротко и свободно")
        for hour in range(10):
            await days.says(author, f"Час {2 * hour}.")
            await days.says(editor, "/queue")
            await days.pass_hours(2)
    await days.pass_hours(10)
    await days.says(author, "Пишу, хотя никто не отвечает.")
    await days.says(editor, "/queue")
    await days.pass_hours(15)
    await days.says(author, "И ещё раз.")
    await days.pass_hours(5)
    async with days.service():
        assert days.late(author) == days.late(editor) == []
        await days.pass_hours(1)
        await days.presses(author, "Готово", "Без имени", "Другое", "Не указывать", "Можно: без звука", "Согласиться")
        await days.presses(author, "Отправить")
        await days.pass_hours(2)
        await days.opens_card(editor)
        await days.presses(editor, "Спросить автора")
        await days.says(editor, "Когда это было?")
        await days.pass_hours(5)
        await days.presses(author, "Прочесть вопрос")
        await days.says(author, "Весной.")
        await days.pass_hours(14)
        for person in (author, editor):
            await days.says(person, "/start")
            assert days.late(person) == []
            assert days.said_to(person) == days.left(person) > 0
