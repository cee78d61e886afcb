"""Photos and other files of a story: taken, refused with the right words, kept and dropped with their draft."""

from __future__ import annotations

import pytest

from bot.flows.testing import Stage
from bot.types import FileKind
from handlers.policy import MOST_PHOTOS
from tests.integration.flows.conftest import PLATFORMS
from tests.integration.flows.people import STORY, Cast, finish, photo

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100)


@pytest.fixture(params=PLATFORMS)
def manner(request: pytest.FixtureRequest) -> str:
    """Each of these starts the sandbox, which takes its time."""
    return str(request.param)


async def test_a_photo_goes_with_the_story_and_its_caption_into_the_text(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    await author.sends_photo(photo(), "Вот площадь.")
    await finish(author)
    await author.expects("Вместе с текстом уйдёт 1 фотография")
    assert any(seen.photo for seen in author.chat)
    await author.presses("Отправить")
    assert await cast.text() == f"{STORY}\n\nВот площадь."
    assert len((await cast.story()).details.photos) == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 nothing to see", "подойдут JPEG, PNG, GIF и WebP"),
        (HEIC, "в формате HEIC"),
        (photo()[:200], "файл повреждён"),
    ],
    ids=["unsupported", "heic", "damaged"],
)
async def test_a_photo_that_can_not_be_opened_is_explained_and_its_caption_is_kept(
    cast: Cast, data: bytes, words: str
) -> None:
    author = cast.author
    await cast.begin(author)
    await author.sends_photo(data, "Вот площадь.")
    await author.expects(words)
    await finish(author)
    await author.expects("Всё верно?")
    await author.presses("Отправить")
    assert await cast.text() == "Вот площадь."
    assert (await cast.story()).details.photos == ()
    assert cast.files() == 0


async def test_a_file_of_two_gigabytes_is_refused_unseen(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.sends_file(FileKind.PHOTO, None, size=2 << 30)
    await author.expects("слишком большой: мы можем принять не больше 20 МБ")
    await author.says(STORY)
    await author.expects("Продолжайте")


async def test_a_photo_that_the_platform_does_not_give_is_explained(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.sends_file(FileKind.PHOTO, None, size=1000)
    await author.expects("в мессенджере его больше нет")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (FileKind.DOCUMENT, "Файлы мы пока не принимаем"),
        (FileKind.OTHER, "Такое мы пока не принимаем"),
    ],
)
async def test_other_files_are_refused_with_the_reason(cast: Cast, kind: FileKind, words: str) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    await author.sends_file(kind, b"1234")
    await author.expects(words)
    await finish(author)
    await author.reads(STORY)


async def test_words_are_needed_besides_photos(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.sends_photo(photo())
    await author.expects("В истории пока нет слов.\n\nПриложена 1 фотография.")
    await author.presses("Готово")
    await author.expects("Напишите хотя бы несколько")


async def test_one_photo_too_many_is_said_and_the_others_stay(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    stage.adapter.files.clear()
    for _ in range(MOST_PHOTOS):
        await author.sends_photo(photo())
    await author.expects("Приложено 10 фотографий")
    await author.sends_photo(photo())
    await author.expects("до 10 фотографий. Эта лишняя")
    assert cast.files() == MOST_PHOTOS


async def test_a_caption_is_edited_away(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    await author.sends_photo(photo(), "Это Маша.")
    pictured = author.chat[-2].number if author.chat[-2].mine else author.chat[-1].number
    await author.edits(pictured, "")
    await finish(author)
    await author.presses("Отправить")
    assert await cast.text() == STORY
    assert len((await cast.story()).details.photos) == 1


async def test_the_last_words_edited_away_at_the_last_look(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    number = await author.says(STORY)
    await finish(author)
    await author.edits(number, " ")
    await author.presses("Отправить")
    await author.expects("В истории пока нет слов")
    assert "stories" not in await cast.rows()


async def test_photos_go_with_a_draft_that_is_thrown_away(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    await author.sends_photo(photo())
    assert cast.files() == 1
    await author.presses("Отложить")
    await author.presses("Удалить черновик")
    await author.presses("Да, удалить")
    assert cast.files() == 0
    assert await cast.keys_without_use() == 0


async def test_a_photo_taken_back_is_destroyed(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    await author.sends_photo(photo())
    await author.presses("Убрать последнее")
    assert cast.files() == 0


async def test_photos_go_with_a_person_who_blocks_the_bot(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    await author.sends_photo(photo())
    await author.blocks()
    assert cast.files() == 0
    assert {"conversations", "blobs", "timers"}.isdisjoint(await cast.rows())
