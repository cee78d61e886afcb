"""What one account may send, what everybody may, and what it reads like when it is enough."""

from __future__ import annotations

import shutil

import pytest

from bot.flows.testing import Person, Stage
from bot.media.job import MOST_FILES_A_DAY
from handlers.policy import MOST_ADDITIONS, MOST_CODES_A_DAY, MOST_STORIES_A_DAY, SLOW_FROM
from storage.address import Account
from storage.clock import MINUTE
from storage.floods import Deed
from storage.maintenance import sweep
from storage.private import Private
from tests.clock import Clock
from tests.integration.flows.people import STORY, Cast, labels, photo
from tests.integration.flows.test_auditing import trail

BLOCKED = "До 8 марта редакция не принимает от этого аккаунта ничего нового"


def account_of(person: Person) -> Account:
    return Account(platform=person.platform, person=Private(person.name))


async def open_more(cast: Cast, editor: Person) -> None:
    await cast.open_card(editor)
    await editor.presses("Ещё")


async def block(cast: Cast, editor: Person, days: str = "7 дней") -> None:
    await open_more(cast, editor)
    await editor.presses("Не принимать от автора")
    await editor.expects("Чей это аккаунт и какие ещё истории оттуда, не увидит никто")
    await editor.presses(days)
    await editor.reads("Ничего нового от автора этой истории мы не примем")


# ── blocks ───────────────────────────────────────────────────────────────────────────────────────────────────────
async def test_nothing_new_is_taken_from_a_blocked_author_until_it_ends_by_itself(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    anna, _ = await cast.editors()
    author = cast.author
    await cast.submit(author)
    await block(cast, anna)
    await author.says("/story")
    await author.expects(BLOCKED)
    await author.says(STORY)
    await author.expects(BLOCKED)
    await author.presses("Назад")
    await author.presses("Мои истории")
    await author.presses("История 1")
    await author.presses("Добавить что-то")
    await author.expects(BLOCKED)
    await cast.submit(stage.person("somebody else"))
    clock.pass_(days=7)
    await stage.settle()
    await author.says("/start")
    await cast.submit(author)
    await sweep(stage.store)
    assert "blocks" not in await cast.rows()


async def test_a_draft_that_had_begun_is_not_sent_and_not_lost(cast: Cast) -> None:
    anna, _ = await cast.editors()
    author = cast.author
    await cast.submit(author)
    await cast.review(author)
    await block(cast, anna)
    await author.presses("Отправить")
    await author.expects(BLOCKED)
    await author.expects("Ваш черновик цел")
    assert (await cast.rows())["stories"] == 1


async def test_a_block_outlives_the_deletion_of_everything_else_and_that_is_said(cast: Cast) -> None:
    anna, _ = await cast.editors()
    author = cast.author
    await cast.submit(author)
    await block(cast, anna)
    await author.says("/delete")
    await author.expects("Останется одна отметка: до 8 марта")
    await author.presses("Да, удалить всё")
    await author.expects("Осталась только отметка, о которой мы сказали")
    await author.says("/story")
    await author.expects(BLOCKED)


async def test_no_story_shows_that_its_author_is_blocked_and_the_trail_does_not_say_whose(
    stage: Stage, cast: Cast
) -> None:
    anna, _ = await cast.editors()
    await cast.submit(cast.author)
    await open_more(cast, anna)
    before = labels(anna)
    await block(cast, anna)
    await open_more(cast, anna)
    assert labels(anna) == before
    assert ("editor", "blocked") in await trail(stage)
    async with stage.store.read() as tx:
        [noted] = [entry.note for entry in await tx.audit.last(100) if entry.note and entry.note.action == "blocked"]
        assert noted.subject is None
    await anna.says("/figures")
    await anna.expects("От 1 аккаунта мы временно ничего не принимаем")


# ── limits ───────────────────────────────────────────────────────────────────────────────────────────────────────
async def test_some_stories_a_day_and_tomorrow_again(stage: Stage, cast: Cast, clock: Clock) -> None:
    author = cast.author
    await cast.submit(author)
    for _ in range(MOST_STORIES_A_DAY - 1):
        stage.store.floods.note(Deed.STORY, clock.now(), account_of(author))
    await author.says("/story")
    await author.expects("Сегодня от вас уже 5 историй")
    clock.pass_(days=1)
    await author.presses("Назад")
    await cast.begin(author)


async def test_so_many_additions_and_no_more(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await cast.submit(author)
    story = await cast.story()
    async with stage.store.write() as tx:
        for _ in range(MOST_ADDITIONS - 1):
            await tx.questions.note(story, Private("И ещё."))
    await author.says("/mine")
    await author.presses("История 1")
    await author.presses("Добавить что-то")
    await author.says("Ещё одно.")
    await author.expects("редакторы это прочтут")
    await author.expects("больше мы не поместим")


async def test_wrong_codes_end_for_today_and_say_so(stage: Stage, clock: Clock) -> None:
    guesser = stage.person("guesser")
    stage.admit("editors", guesser)
    for number in range(MOST_CODES_A_DAY):
        await guesser.says(f"/enrol GUESS{number}")
        await guesser.expects("Этот код не подошёл")
    async with stage.store.write() as tx:
        code = await tx.editors.new_code("Anna")
    await guesser.says(f"/enrol {code}")
    await guesser.expects("Попробуйте завтра")
    clock.pass_(days=1)
    await guesser.says("/enrol GUESS")
    await guesser.expects("Этот код не подошёл")


async def test_so_many_files_a_day(stage: Stage, cast: Cast, clock: Clock) -> None:
    author = cast.author
    await cast.begin(author)
    for _ in range(MOST_FILES_A_DAY):
        stage.store.floods.note(Deed.FILE, clock.now(), account_of(author))
    await author.sends_photo(photo())
    await author.expects("пришло уже очень много файлов")
    assert cast.files() == 0


# ── when everybody comes at once ─────────────────────────────────────────────────────────────────────────────────
async def test_newcomers_wait_for_their_turn_and_authors_don_t(stage: Stage, cast: Cast, clock: Clock) -> None:
    await cast.submit(cast.author)
    for _ in range(SLOW_FROM):
        stage.store.floods.note(Deed.STORY, clock.now())
    newcomer = stage.person("newcomer")
    await newcomer.says("/story")
    await newcomer.expects("Загляните сюда через 30 минут")
    clock.pass_(seconds=20 * MINUTE)
    await newcomer.presses("Проверить, не пора ли")
    await newcomer.expects("Загляните сюда через 10 минут")
    await cast.begin(cast.author)
    clock.pass_(seconds=10 * MINUTE)
    await newcomer.presses("Проверить, не пора ли")
    await newcomer.presses("Понимаю, начать")


async def test_an_hour_later_nobody_waits(stage: Stage, cast: Cast, clock: Clock) -> None:
    for _ in range(SLOW_FROM):
        stage.store.floods.note(Deed.STORY, clock.now())
    clock.pass_(seconds=60 * MINUTE)
    await cast.begin(stage.person("newcomer"))


# ── room ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("free", "is_taken"), [(10, True), (9, False)])
async def test_files_leave_the_last_tenth_of_the_disk(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, free: int, is_taken: bool
) -> None:
    usage = type(shutil.disk_usage(cast.data))
    await cast.begin(cast.author)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(100, 100 - free, free))
    await cast.author.sends_photo(photo())
    assert ("почти не осталось места" in cast.author.last.text.text) is not is_taken
    assert cast.files() == is_taken
    await cast.author.says("Пишу словами.")
    await cast.author.expects("Пока в истории")
