"""All that is kept about a person, in one file: what is in it, what is not, and who gets it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.flows.testing import Person, Stage
from bot.types import FileKind
from handlers.upkeep import WIPE
from storage.address import Account
from storage.clock import DAY, HOUR, day_of
from storage.ids import BlobId
from storage.private import Private
from storage.vault.totp import TimeStep
from tests.clock import Clock
from tests.integration.flows.people import STORY, Cast, labels, photo, subscribe
from tests.integration.flows.test_receipts import come_back, get_receipt


def files(person: Person) -> list[str]:
    """The texts of the documents that stand in this chat."""
    return [
        (seen.file or b"").decode("utf-8-sig")
        for seen in person.chat
        if seen.kind is FileKind.DOCUMENT and not seen.mine
    ]


async def get(person: Person) -> str:
    await person.says("/data")
    await person.expects("Копию, которую вы скачаете, удалить сможете только вы")
    await person.presses("Прислать файл")
    return files(person)[-1]


async def test_it_holds_every_word_that_is_kept_and_no_address(stage: Stage, cast: Cast) -> None:
    anna, _ = await cast.editors()
    author = stage.person("Снегирёва")
    await cast.submit(author)
    await get_receipt(author)
    await cast.open_card(anna)
    await anna.presses("Спросить автора")
    await anna.says("Где это было?")
    await author.presses("Прочесть вопрос")
    await author.says("На набережной.")
    await cast.open_card(anna)
    await anna.presses("Править")
    await anna.says("Весной мы вышли на площадь.")
    await anna.presses("Сохранить версию")
    await subscribe(author)
    await author.presses("Выбрать темы")
    await author.presses("Война")
    text = await get(author)
    for words in (
        STORY,
        "Весной мы вышли на площадь.",
        "Где это было?",
        "На набережной.",
        "30\u00a0апреля",
        "1 марта 2026",
    ):
        assert words in text
    assert "К ней ведут семь слов" in text
    assert "Язык: русский." in text
    assert "Война" not in text.partition("ПОДПИСКА")[2]
    assert "семья" in text.partition("ПОДПИСКА")[2].lower()
    assert "Снегирёва" not in text


async def test_it_is_destroyed_here_once_it_has_arrived_and_leaves_the_chat_in_an_hour(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    await cast.submit(cast.author)
    await get(cast.author)
    assert cast.files() == 0
    assert await cast.keys_without_use() == 0
    clock.pass_(seconds=HOUR)
    async with stage.store.write() as tx:
        await tx.timers.set(WIPE, b"", tx.now)
    await stage.settle()
    assert files(cast.author) == []


async def test_whoever_has_told_nothing_gets_a_file_too(cast: Cast) -> None:
    text = await get(cast.reader)
    assert "Сейчас вы ни на что не подписаны" in text
    assert "ИСТОРИЯ" not in text


async def test_over_a_draft_it_comes_with_the_draft_which_goes_on(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    await author.sends_photo(photo())
    await author.says("/data")
    await author.expects("черновик на месте")
    await author.presses("Прислать файл")
    (text,) = files(author)
    assert STORY in text.partition("ЧЕРНОВИК")[2]
    assert "Фотография, 1 КБ" in text
    assert cast.files() == 1  # the draft's photo
    await author.says("Я пишу дальше.")
    await author.expects("Пока в истории")


async def test_what_is_deleted_while_it_is_made_is_shown_to_nobody(
    stage: Stage, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    author, save = cast.author, stage.store.blobs.save
    account = Account(platform=author.platform, person=Private(author.name))
    await cast.submit(author)

    async def saved_too_late(source: AsyncIterator[bytes]) -> BlobId:
        async with stage.store.write() as tx:
            await tx.contributors.forget(account)
        return await save(source)

    monkeypatch.setattr(stage.store.blobs, "save", saved_too_late)
    assert STORY not in await get(author)
    assert len(files(author)) == 1
    assert cast.files() == 0


async def test_who_has_deleted_everything_before_it_is_made_gets_none(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await cast.submit(author)
    await author.says("/data")
    settle, stage.settle = stage.settle, stage.dispatcher.settle  # type: ignore[method-assign, assignment]
    await author.presses("Прислать файл")
    stage.settle = settle  # type: ignore[method-assign]
    await author.says("/delete")
    await author.presses("Да, удалить всё")
    assert files(author) == []
    assert cast.files() == 0
    assert await cast.keys_without_use() == 0


@pytest.mark.parametrize("manner", ["telegram"])
async def test_by_the_seven_words_it_says_how_the_story_stands_and_no_word_of_it(cast: Cast) -> None:
    anna, _ = await cast.editors()
    await cast.submit(cast.author)
    words = await get_receipt(cast.author)
    await cast.open_card(anna)
    await anna.presses("Отказать")
    await anna.says("Площадь узнают все.")
    await anna.presses("Отказать и сообщить")
    await come_back(cast.reader, words)
    await cast.reader.presses("Получить это файлом")
    (text,) = files(cast.reader)
    assert "решили её не публиковать" in text
    assert "8\u00a0марта" in text
    assert "лощадь" not in text
    assert not set(words.split()) & set(text.lower().split())


@pytest.mark.parametrize("manner", ["matrix"])
async def test_it_is_reached_from_where_one_looks_for_it(cast: Cast) -> None:
    author = cast.author
    await author.says("/mine")
    await author.presses("Получить всё это файлом")
    await author.expects("одним файлом")
    await author.presses("Не надо")
    await subscribe(author)
    await author.presses("Что обо мне хранится")
    await author.presses("Получить всё это файлом")
    assert "Прислать файл" in labels(author)


@pytest.mark.parametrize("manner", ["telegram"])
async def test_a_reader_s_file_is_in_their_language(stage: Stage) -> None:
    reader = stage.person("reader", language="de")
    await reader.says("/data")
    await reader.presses("Datei schicken")
    (text,) = files(reader)
    assert "WAS TAMIZDAT ÜBER SIE SPEICHERT" in text
    assert "(Deutsch)" in text


@pytest.mark.parametrize("manner", ["telegram"])
async def test_what_is_said_to_those_who_tell_is_said_in_a_language_for_telling(stage: Stage, clock: Clock) -> None:
    reader = stage.person("reader", language="de")
    async with stage.store.write() as tx:
        account = Account(platform=reader.platform, person=Private(reader.name))
        await tx.blocks.put(account, day_of(clock.now() + 7 * DAY))
    await reader.says("/data")
    await reader.presses("Datei schicken")
    (text,) = files(reader)
    assert "8\u00a0March" in text
    assert "(German)" in text


@pytest.mark.parametrize("manner", ["telegram"])
async def test_an_editor_reads_under_which_name_they_stand_in_the_roster(cast: Cast) -> None:
    anna, _ = await cast.editors()
    async with cast.stage.store.write() as tx:
        editor = await tx.editors.find(Account(platform=anna.platform, person=Private(anna.name)))
        assert editor is not None
        await tx.second_factors.enrol(editor.id, Private(b"s" * 20), TimeStep(1))
    text = await get(anna)
    assert "под именем «anna»" in text
    assert "ваши одноразовые коды" in text
