"""From the second approval to the readers, and what can still be done then: another time, a correction, a return."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from bot.flows.testing import Person, Seen, Stage
from bot.outcomes import Outcome
from bot.types import Outgoing, Show, Topic
from handlers.editors.card import payload
from handlers.policy import DEMO_RELEASE_SECONDS, SOURCE_DAYS
from storage.address import Account, Address
from storage.clock import MINUTE
from storage.messages import ANCHOR_DAYS
from storage.private import Private
from storage.story import Attachment, Contact, Status, Story
from storage.tables import timers
from tests.clock import Clock
from tests.integration.flows.people import Cast, enrol, photo

TEXT = "# Весна\nМы вышли на плошадь.\n\n# Осень\nНас стало больше."
LONG = "\n\n".join(f"{number}. " + "Мы шли по пустой улице и молчали. " * 20 for number in range(1, 9))


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Two editors, and a story that its author has agreed to."""

    cast: Cast
    stage: Stage
    anna: Person
    boris: Person
    story: Story

    @property
    def author(self) -> Person:
        return self.cast.author

    async def now(self) -> Story:
        async with self.stage.store.read() as tx:
            story = await tx.stories.get(self.story.id)
        assert story is not None
        return story

    async def change(self, **details: object) -> None:
        async with self.stage.store.write() as tx:
            story = await tx.stories.get(self.story.id)
            assert story is not None
            await tx.stories.amend(story, msgspec.structs.replace(story.details, **details))

    async def open(self, editor: Person, *labels: str) -> None:
        """The desk of the story, and what is pressed there."""
        await editor.says(f"/start {payload(self.story.id)}")
        for label in labels:
            await editor.presses(label)

    async def approve(self) -> None:
        for editor in (self.anna, self.boris):
            await self.open(editor, "Одобрить")

    async def release(self, editor: Person, *labels: str) -> None:
        await self.open(editor, "Выход и публикация", *labels)

    async def publish(self) -> None:
        await self.approve()
        for editor in (self.anna, self.boris):
            await self.release(editor, "Выпустить сегодня")

    def channel(self) -> list[str]:
        return [seen.text.text for seen in self.stage.sees("channel-ru")]

    def card(self) -> str:
        return self.stage.sees("editors")[-1].text.text


async def agreed(cast: Cast, text: str = TEXT, contact: Contact = Contact.SILENT, photos: int = 0) -> Desk:
    stage = cast.stage
    anna, boris = await enrol(stage, "anna"), await enrol(stage, "boris")
    blobs = [await stage.store.blobs.save(_file(photo())) for _ in range(photos)]
    recording = await stage.store.blobs.save(_file(b"a voice"))
    shown = tuple(
        Attachment(kind="photo", blob=blob, size=len(photo()), caption=Private("Пустая площадь.")) for blob in blobs
    )
    async with stage.store.write() as tx:
        await tx.blobs.keep([*blobs, recording])
        story = await tx.stories.create(
            text=Private(text),
            language="ru",
            alias="Берёза-100",
            byline=None,
            attachments=(*shown, Attachment(kind="voice", blob=recording, size=7, caption=Private(""))),
            author=stage.address("author"),
            contact=contact,
        )
        await tx.contributors.add_story(Account(platform=stage.platform, person=Private("author")), story.id)
        story = await tx.stories.move(await tx.stories.offer(story), Status.AGREED)
    return Desk(cast=cast, stage=stage, anna=anna, boris=boris, story=story)


async def _file(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def subscribed(stage: Stage, *names: str) -> list[Person]:
    async with stage.store.write() as tx:
        for name in names:
            await tx.subscribers.join(Account(platform=stage.platform, person=Private(name)), stage.address(name), "ru")
    return [stage.person(name) for name in names]


def labels(seen: Seen) -> list[str]:
    return [button.label for row in seen.buttons for button in row]


# ── when it comes out ────────────────────────────────────────────────────────────────────────────────────────────
async def test_a_story_never_comes_out_on_the_day_of_its_approval(stage: Stage, cast: Cast, clock: Clock) -> None:
    desk = await agreed(cast)
    await desk.approve()
    await desk.boris.reads("это второе одобрение. История выйдет 2 марта")
    story = await desk.now()
    assert story.status is Status.SCHEDULED
    goes_out = datetime.fromtimestamp(story.details.goes_out or 0, UTC)
    assert goes_out.day == 2
    assert 8 <= goes_out.hour <= 20
    clock.set(goes_out)
    clock.pass_(seconds=-1)
    await stage.settle()
    assert desk.channel() == []
    clock.pass_(seconds=1)
    await stage.settle()
    assert (await desk.now()).status is Status.PUBLISHED
    assert desk.channel() == [
        "Автор просил не называть имени\n\nВесна\nМы вышли на плошадь.\n\nОсень\nНас стало больше."
    ]
    await desk.author.expects("опубликована")
    assert "Опубликовано" in desk.card()


async def test_the_timer_of_a_release_does_not_tell_when_editors_decided(stage: Stage, cast: Cast) -> None:
    desk = await agreed(cast)
    await desk.approve()
    async with stage.store.read() as tx:
        due = (await tx.work.connection.execute(select(timers.c.due).where(timers.c.kind == "publish"))).scalar_one()
    assert due % (10 * MINUTE) == 0
    assert due == (await desk.now()).details.goes_out


async def test_two_editors_who_insist_publish_today(cast: Cast) -> None:
    desk = await agreed(cast)
    await desk.approve()
    await desk.release(desk.anna, "Выпустить сегодня")
    await desk.anna.expects("Ваша просьба учтена")
    assert "Один редактор просит выпустить её сегодня" in desk.card()
    assert "Выпустить сегодня" not in labels(desk.anna.last)
    assert desk.channel() == []
    await desk.release(desk.boris)
    await desk.boris.expects("Один редактор просит выпустить её сегодня")
    await desk.boris.presses("Выпустить сегодня")
    await desk.boris.expects("Опубликовано")
    assert len(desk.channel()) == 1


async def test_editors_choose_another_time(stage: Stage, cast: Cast, clock: Clock) -> None:
    desk = await agreed(cast)
    await desk.approve()
    await desk.release(desk.anna, "Выбрать другое время", "Завтра вечером")
    await desk.anna.expects("Время выпуска изменено")
    evening = datetime.fromtimestamp((await desk.now()).details.goes_out or 0, UTC)
    assert (evening.day, evening.hour >= 17) == (2, True)
    await desk.release(desk.anna, "Выбрать другое время")
    for wrong in ("вечером", "1.03 18:30", "31.12 10:00", "40.03 10:00", "5.03 25:00"):
        await desk.anna.says(wrong)
        await desk.anna.expects("не подходит")
    await desk.anna.says("5.03 18:30")
    await desk.anna.expects("5 марта в 18:30 по UTC")
    assert "5\u00a0марта" in desk.card()
    clock.set(datetime(2026, 3, 5, 18, 29, tzinfo=UTC))
    await stage.settle()
    assert desk.channel() == []
    clock.pass_(minutes=1)
    await stage.settle()
    assert len(desk.channel()) == 1


async def test_a_release_that_is_stopped_needs_two_approvals_again(stage: Stage, cast: Cast, clock: Clock) -> None:
    desk = await agreed(cast)
    await desk.approve()
    await desk.release(desk.anna, "Остановить выпуск")
    await desk.anna.reads("Выпуск остановлен")
    assert "Одобрений: 0 из 2" in desk.card()
    clock.pass_(days=2)
    await stage.settle()
    assert desk.channel() == []
    await desk.approve()
    assert (await desk.now()).status is Status.SCHEDULED


async def test_an_insistence_counts_for_its_version_only(stage: Stage, cast: Cast) -> None:
    desk = await agreed(cast)
    await desk.approve()
    await desk.release(desk.anna, "Выпустить сегодня")
    async with stage.store.write() as tx:
        story = await tx.stories.add_version(await desk.now(), Private("Иначе."))
        await tx.stories.move(await tx.stories.offer(story), Status.AGREED)
    await desk.approve()
    assert (await desk.now()).details.urges is None
    await desk.release(desk.boris, "Выпустить сегодня")
    assert desk.channel() == []


async def test_the_demo_does_not_wait_a_day(stage: Stage, cast: Cast, clock: Clock) -> None:
    stage.rooms = replace(stage.rooms, demo=True)
    stage.restart()
    desk = await agreed(cast)
    await desk.approve()
    await desk.boris.reads(f"В демонстрации история выходит через {DEMO_RELEASE_SECONDS} секунд")
    clock.pass_(seconds=DEMO_RELEASE_SECONDS - 1)
    await stage.settle()
    assert desk.channel() == []
    clock.pass_(seconds=1)
    await stage.settle()
    assert len(desk.channel()) == 1


async def test_the_topic_of_a_story_is_closed_once_it_is_decided(
    stage: Stage, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    topics: list[Topic | None] = []
    perform = stage.adapter.perform

    async def noted(outgoing: Outgoing, chat: Address, *rest: Any) -> Outcome:
        if isinstance(outgoing, Show) and chat == stage.address("editors"):
            topics.append(outgoing.topic)
        return await perform(outgoing, chat, *rest)

    monkeypatch.setattr(stage.adapter, "perform", noted)
    desk = await agreed(cast)
    await desk.approve()
    assert set(topics) == {Topic(name="Берёза-100")}
    topics.clear()
    for editor in (desk.anna, desk.boris):
        await desk.release(editor, "Выпустить сегодня")
    assert topics[-1] == Topic(name="Берёза-100", closed=True)


# ── what readers get ─────────────────────────────────────────────────────────────────────────────────────────────
async def test_a_photo_in_the_channel_says_what_is_to_be_seen(stage: Stage, cast: Cast) -> None:
    desk = await agreed(cast, photos=1)
    await desk.publish()
    picture, text = stage.sees("channel-ru")
    assert picture.photo == photo()
    assert picture.text.text == "Пустая площадь."
    assert "плошадь" in text.text.text
    assert len((await desk.now()).details.posts) == 2


# ── corrections ──────────────────────────────────────────────────────────────────────────────────────────────────
async def correct_passage(desk: Desk, kind: str) -> None:
    await desk.release(desk.anna, "Исправить текст", "Заменить отрывок")
    await desk.anna.reads("# Осень")
    await desk.anna.says("на  плошади")
    await desk.anna.reads("Такого отрывка в тексте нет")
    await desk.anna.says("на  плошадь")
    await desk.anna.says("на площадь")
    await desk.anna.reads("Что изменится")
    await desk.anna.presses(kind)


async def test_a_second_editor_confirms_a_spelling_and_the_channel_is_edited_where_it_stands(
    stage: Stage, cast: Cast
) -> None:
    desk = await agreed(cast, photos=1)
    await desk.publish()
    before = [seen.number for seen in stage.sees("channel-ru")]
    await correct_passage(desk, "Смысл тот же")
    await desk.anna.expects("ждёт другого редактора")
    assert "плошадь" in desk.channel()[1]
    await desk.anna.presses("Открыть исправление")
    assert "Подтвердить" not in labels(desk.anna.last)
    await desk.release(desk.boris, "Открыть исправление")
    await desk.boris.reads("площадь")
    await desk.boris.presses("Подтвердить")
    await desk.boris.expects("Исправлено")
    assert "Мы вышли на площадь." in desk.channel()[1]
    assert [seen.number for seen in stage.sees("channel-ru")] == before
    story = await desk.now()
    assert (story.details.published, story.details.correction) == (2, None)


async def test_another_meaning_changes_nothing_before_its_author_agrees(stage: Stage, cast: Cast) -> None:
    desk = await agreed(cast)
    await desk.publish()
    await correct_passage(desk, "Смысл меняется")
    await desk.anna.expects("ждём согласия автора")
    await desk.author.expects("Редакторы предлагают исправление")
    await desk.release(desk.boris, "Открыть исправление")
    assert "Подтвердить" not in labels(desk.boris.last)
    assert "ждём согласия автора" in desk.card()
    await desk.author.presses("Прочесть исправление")
    await desk.author.reads("на площадь")
    await desk.author.presses("Согласиться")
    assert "плошадь" in desk.channel()[0]
    assert "ждёт подтверждения другого редактора" in desk.card()
    await desk.release(desk.boris, "Открыть исправление", "Подтвердить")
    assert "Мы вышли на площадь." in desk.channel()[0]


async def test_a_correction_that_is_dropped_leaves_nothing(cast: Cast) -> None:
    desk = await agreed(cast)
    await desk.publish()
    await correct_passage(desk, "Смысл тот же")
    await desk.release(desk.boris, "Открыть исправление", "Отменить исправление")
    await desk.boris.expects("Исправление отменено")
    assert "плошадь" in desk.channel()[0]
    assert (await cast.rows())["versions"] == 1
    await correct_passage(desk, "Смысл тот же")
    await desk.release(desk.boris, "Открыть исправление", "Подтвердить")
    assert "Мы вышли на площадь." in desk.channel()[0]


async def test_a_text_that_grows_or_shrinks_has_as_many_messages_as_it_needs(stage: Stage, cast: Cast) -> None:
    desk = await agreed(cast, LONG)
    await desk.publish()
    assert len(desk.channel()) == 2
    for text, messages in (("Коротко.", 1), (LONG + "\n\n" + LONG[:4000], 3)):
        await desk.release(desk.anna, "Исправить текст", "Прислать весь текст")
        for start in range(0, len(text), 4000):
            await desk.anna.says(text[start : start + 4000])
        await desk.anna.presses("Дальше")
        await desk.anna.presses("Смысл тот же")
        await desk.release(desk.boris, "Открыть исправление", "Подтвердить")
        assert len(desk.channel()) == messages
        assert "Автор просил" in desk.channel()[0]


async def test_messages_that_we_do_not_know_any_more_are_left_to_the_editors_and_a_note_says_so(
    cast: Cast, clock: Clock
) -> None:
    desk = await agreed(cast)
    await desk.publish()
    clock.pass_(days=ANCHOR_DAYS)
    await correct_passage(desk, "Смысл тот же")
    await desk.release(desk.boris, "Открыть исправление", "Подтвердить")
    await desk.boris.expects("поправьте, пожалуйста, вручную")
    await desk.boris.presses("Снять с публикации")
    await desk.boris.expects("удалите, пожалуйста, вручную")
    await desk.boris.presses("Снять")
    await desk.release(desk.anna, "Снять с публикации", "Снять")
    story, corrected, withdrawn = desk.channel()
    assert "плошадь" in story
    assert "которая вышла здесь 1 марта 2026\u202fг., исправлен текст" in corrected
    assert "которая вышла здесь 1 марта 2026\u202fг., мы сняли с публикации" in withdrawn


@pytest.mark.parametrize("why", ["never", "lost"])
async def test_who_can_not_be_asked_is_not_given_another_meaning(stage: Stage, cast: Cast, why: str) -> None:
    desk = await agreed(cast, contact=Contact.NEVER if why == "never" else Contact.SILENT)
    await desk.publish()
    async with stage.store.write() as tx:
        if why == "lost":
            await tx.stories.routes.drop(desk.story.id)
    await desk.release(desk.anna, "Исправить текст", "Заменить отрывок")
    await desk.anna.says("Нас стало больше.")
    await desk.anna.says("Нас стало меньше.")
    await desk.anna.expects("смысл должен остаться прежним")
    assert "Смысл меняется" not in labels(desk.anna.last)


# ── the way back ─────────────────────────────────────────────────────────────────────────────────────────────────
async def test_two_editors_take_a_story_back(stage: Stage, cast: Cast) -> None:
    desk = await agreed(cast, LONG, photos=1)
    (reader,) = await subscribed(stage, "reader")
    await desk.publish()
    assert len(desk.channel()) == 3
    copy = reader.last
    await desk.release(desk.anna, "Снять с публикации", "Снять")
    await desk.anna.expects("Ваша просьба учтена")
    assert len(desk.channel()) == 3
    assert "Снять с публикации" not in labels(desk.anna.last)
    await desk.release(desk.boris, "Снять с публикации", "Снять")
    await desk.boris.expects("снята с публикации")
    assert desk.channel() == []
    assert (await desk.now()).status is Status.RETRACTED
    await desk.author.expects("снята с публикации")
    assert reader.chat == []
    await reader.taps(copy, "Читать дальше")
    await reader.expects("Этой истории здесь больше нет")


async def test_at_its_authors_wish_one_editor_is_enough(cast: Cast) -> None:
    desk = await agreed(cast)
    await desk.publish()
    await desk.change(wishes_retraction=True)
    await desk.release(desk.anna)
    await desk.anna.expects("Автор просит снять")
    await desk.anna.presses("Снять с публикации")
    await desk.anna.presses("Снять")
    assert desk.channel() == []


async def test_a_story_that_is_taken_back_is_handed_to_nobody_else(stage: Stage, cast: Cast) -> None:
    desk = await agreed(cast)
    readers = await subscribed(stage, "first", "second", "third")
    await desk.approve()
    async with stage.store.write() as tx:
        await tx.timers.set("publish", desk.story.id, tx.now)
        await tx.stories.amend(await desk.now(), msgspec.structs.replace((await desk.now()).details, goes_out=tx.now))
    await stage.clockwork.ring_timers()
    async with stage.store.write() as tx:
        await tx.stories.move(await desk.now(), Status.RETRACTED)
    await stage.settle()
    assert [reader.chat for reader in readers] == [[], [], []]


# ── what it was made of ──────────────────────────────────────────────────────────────────────────────────────────
async def test_two_weeks_later_only_what_readers_have_is_left(stage: Stage, cast: Cast, clock: Clock) -> None:
    desk = await agreed(cast, photos=1)
    async with stage.store.write() as tx:
        await tx.questions.ask(desk.story, Private("Когда это было?"))
    await desk.publish()
    key = (await desk.now()).key_id
    clock.pass_(days=SOURCE_DAYS - 1)
    await stage.settle()
    assert "routes" in await cast.rows()
    clock.pass_(days=1)
    await stage.settle()
    story, rows = await desk.now(), await cast.rows()
    assert {"routes", "questions", "approvals"}.isdisjoint(rows)
    assert (rows["versions"], rows["blobs"], cast.files()) == (1, 1, 1)
    assert story.key_id != key
    assert await cast.text() == TEXT
    assert story.details.recordings == ()
    assert await cast.keys_without_use() == 0
    await desk.release(desk.anna, "Исправить текст")


async def test_a_story_that_was_taken_back_is_destroyed_two_weeks_later(stage: Stage, cast: Cast, clock: Clock) -> None:
    desk = await agreed(cast, photos=1)
    await desk.publish()
    for editor in (desk.anna, desk.boris):
        await desk.release(editor, "Снять с публикации", "Снять")
    clock.pass_(days=SOURCE_DAYS)
    await stage.settle()
    assert {"stories", "versions", "blobs", "routes"}.isdisjoint(await cast.rows())
    assert cast.files() == 0
