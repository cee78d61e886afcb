"""Photos that are still being prepared when something else happens. Their job waits until the test lets it run."""

from __future__ import annotations

import pytest

from bot.flows.testing import Stage
from bot.types import FileKind
from tests.integration.flows.people import STORY, Cast, details, finish, photo


@pytest.fixture(params=["telegram", "matrix"])
def manner(request: pytest.FixtureRequest) -> str:
    """Without a restart between two lines: that would let the jobs run."""
    return str(request.param)


async def _nothing_to_do() -> bool:
    return False


def hold_jobs(stage: Stage) -> None:
    """Until the next restart the service does not get to its jobs."""
    stage.clockwork.work = _nothing_to_do  # type: ignore[method-assign]


async def let_jobs_run(stage: Stage) -> None:
    stage.restart()
    await stage.settle()


async def test_what_follows_waits_for_photos(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    hold_jobs(stage)
    await author.sends_photo(photo(), "Вот площадь.")
    await author.presses("Готово")
    await author.expects("Готовим 1 файл")
    await author.says("Забыла сказать.")
    await author.expects("Сначала дождёмся файлов")
    await author.presses("Назад")
    await author.presses("Готово")
    await let_jobs_run(stage)
    await author.expects("Что видно на этом снимке?")
    await author.presses("Пропустить")
    await author.presses("Без имени")
    await details(author)
    await author.expects("Вместе с текстом уйдёт 1 фотография")
    await author.presses("Отправить")
    assert await cast.text() == "Вот площадь."


async def test_a_broken_photo_holds_up_nothing(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    hold_jobs(stage)
    await author.sends_photo(b"broken")
    await author.presses("Готово")
    await let_jobs_run(stage)
    await author.reads("не удалось открыть")
    await author.expects("Как подписать историю?")


async def test_a_recording_loads_while_its_author_goes_on(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    hold_jobs(stage)
    await author.sends_file(FileKind.VIDEO, b"moving pictures")
    await finish(author)
    await author.expects("Готовим 1 файл")
    await let_jobs_run(stage)
    await author.expects("1 запись получат только редакторы")


async def test_a_photo_that_was_taken_back_leaves_nothing(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    hold_jobs(stage)
    await author.sends_photo(photo())
    await author.presses("Убрать последнее")
    await let_jobs_run(stage)
    assert cast.files() == 0
    await finish(author)
    await author.expects("Всё верно?")


async def test_a_photo_of_a_draft_that_was_thrown_away_leaves_nothing(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    hold_jobs(stage)
    await author.sends_photo(photo())
    await author.presses("Отложить")
    await author.presses("Удалить черновик")
    await author.presses("Да, удалить")
    await let_jobs_run(stage)
    await author.reads("Черновик уничтожен")
    assert cast.files() == 0
    assert "blobs" not in await cast.rows()


async def test_an_album_is_waited_for_as_a_whole(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    hold_jobs(stage)
    for _ in range(3):
        await author.sends_photo(photo())
    await author.presses("Готово")
    await author.expects("Готовим 3 файла")
    await let_jobs_run(stage)
    await author.reads("Снимок 1 из 3")
    await author.presses("Оставить все без описаний")
    await author.expects("Как подписать историю?")
