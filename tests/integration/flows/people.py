"""The people of the flow tests, and what they usually do before a test's own story begins."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from sqlalchemy import func, select

from bot.flows.testing import Person, Seen, Stage
from handlers.policy import PROGRESS_SECONDS
from storage.ids import ID_BYTES
from storage.role import Role
from storage.story import Story
from storage.tables import metadata, settings, wraps
from tests.clock import Clock
from tests.integration.storage.people import story_ids

RISK = "Если есть выбор, безопаснее"
"""The end of the warning, whatever platform it is about."""
STORY = "Весной мы вышли на площадь с пустыми листами бумаги."
LEFT_OF_NOBODY = {"settings", "wraps", "events_seen", "lanes", "audit", "weeks"}
"""Tables with rows that name nobody: the newsroom's keys, keyed hashes of queues and events for some days, that
something was done to a story whose name in the trail went with its key, and how many readers left in a week."""


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Short ways to where a test begins, and looks into the store behind the stage."""

    stage: Stage
    data: Path
    """the newsroom's folder"""

    @property
    def author(self) -> Person:
        return self.stage.person("author")

    @property
    def reader(self) -> Person:
        return self.stage.person("reader")

    async def begin(self, author: Person) -> None:
        """To the step that collects the story."""
        await author.says("/story")
        await author.presses("Понимаю, начать")
        await author.presses("Коротко и свободно")
        await author.expects("Расскажите свою историю")

    async def review(self, author: Person, *texts: str) -> None:
        await self.begin(author)
        for text in texts or (STORY,):
            await author.says(text)
        await finish(author)
        await author.expects("Всё верно?")

    async def submit(self, author: Person, *texts: str) -> None:
        await self.review(author, *texts)
        await author.presses("Отправить")
        await author.expects("История отправлена")

    async def editors(self) -> tuple[Person, Person]:
        return await enrol(self.stage, "anna"), await enrol(self.stage, "boris")

    async def offer(self, author: Person, editor: Person, *texts: str) -> None:
        """Submitted, and sent to its author for consent."""
        await self.submit(author, *texts)
        await self.open_card(editor)
        await editor.presses("Отправить автору")
        await editor.reads("отправлен автору на согласие")

    async def agree(self, author: Person, editor: Person, *texts: str) -> None:
        await self.offer(author, editor, *texts)
        await author.presses("Прочесть текст")
        await author.presses("Согласиться")
        await author.expects("одобрить два редактора")

    async def publish(self, author: Person, anna: Person, boris: Person, *texts: str) -> None:
        await self.agree(author, anna, *texts)
        for editor in (anna, boris):
            await self.open_card(editor)
            await editor.presses("Одобрить")
        await self.release(anna, boris)

    async def release(self, anna: Person, boris: Person) -> None:
        """Both insist that what they have approved comes out today."""
        for editor in (anna, boris):
            await self.open_card(editor)
            await editor.presses("Выход и публикация")
            await editor.presses("Выпустить сегодня")
        await boris.reads("Опубликовано")

    async def open_card(self, editor: Person) -> None:
        """The latest one."""
        await editor.opens("editors", "Открыть", about="Язык")

    def card(self) -> Seen:
        return self.stage.sees("editors")[-1]

    async def story(self) -> Story:
        """The only story that there is."""
        async with self.stage.store.read() as tx:
            (only,) = await story_ids(tx)
            story = await tx.stories.get(only)
        assert story is not None
        return story

    async def text(self) -> str:
        """What editors read."""
        async with self.stage.store.read() as tx:
            return (await tx.stories.text(await self.story())).reveal()

    async def rows(self) -> dict[str, int]:
        """How many rows each table holds, without the empty ones."""
        async with self.stage.store.read() as tx:
            counts = {
                table.name: (await tx.work.connection.execute(select(func.count()).select_from(table))).scalar_one()
                for table in metadata.sorted_tables
            }
        return {name: count for name, count in counts.items() if count}

    async def keys_without_use(self) -> int:
        """Data keys that no row names: what they sealed was to be shredded with them."""
        async with self.stage.store.read() as tx:
            connection = tx.work.connection
            wrapped = set((await connection.execute(select(wraps.c.key_id))).scalars())
            for table in metadata.sorted_tables:
                if "key_id" in table.c and table is not wraps:
                    wrapped -= set((await connection.execute(select(table.c.key_id))).scalars())
            for value in (await connection.execute(select(settings.c.value))).scalars():
                wrapped.discard(value[:ID_BYTES])
        return len(wrapped)

    def files(self) -> int:
        """How many sealed files lie on the disk."""
        return len(list(self.data.glob("files/*")))


async def enrol(stage: Stage, name: str, role: Role = Role.EDITOR) -> Person:
    """In the room, and in the roster by a code from the console."""
    editor = stage.person(name)
    stage.admit("editors", editor)
    async with stage.store.write() as tx:
        code = await tx.editors.new_code(name, role=role)
    await editor.says(f"/enrol {code}")
    await editor.expects("Теперь вы переводчик" if role is Role.TRANSLATOR else "Теперь вы редактор")
    return editor


async def finish(author: Person, signature: str = "Без имени") -> None:
    """From the last message to the last look: photos without descriptions, nothing said that need not be said."""
    await author.presses("Готово")
    if "Что видно на этом снимке?" in author.last.text.text:
        several = any("Оставить все" in choice.label for row in author.last.buttons for choice in row)
        await author.presses("Оставить все" if several else "Пропустить")
    await author.presses("Без имени" if signature == "Без имени" else "Псевдонимом")
    if signature != "Без имени":
        await author.says(signature)
    await details(author)


async def details(author: Person) -> None:
    """From the signature to the last look."""
    for russian, english in (
        ("Другое", "Something else"),
        ("Не указывать", "Rather not say"),
        ("Можно: без звука", "Yes: without sound"),
        ("Согласиться", "I agree"),
    ):
        shown = [choice.label for row in author.last.buttons for choice in row]
        await author.presses(russian if any(russian in label for label in shown) else english)


async def broadcast_is_told(stage: Stage, clock: Clock) -> None:
    """The room has been told how it ended: it leaves no timer of its own behind."""
    clock.pass_(seconds=PROGRESS_SECONDS)
    await stage.settle()


def labels(person: Person) -> list[str]:
    """The buttons of the last message."""
    return [button.label for row in person.last.buttons for button in row]


async def subscribe(reader: Person, language: str = "Русский") -> None:
    await reader.says("/read_stories")
    await reader.presses(language)
    await reader.expects("Вы подписаны на истории")


def photo() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (64, 48), "steelblue").save(buffer, "JPEG")
    return buffer.getvalue()
