"""Seven words: got, checked, typed in again from another account or messenger; and a story that moves there."""

from __future__ import annotations

import logging
import re

import pytest
from sqlalchemy import select

import handlers
from bot.flows.program import JobKind
from bot.flows.testing import Person, Stage
from bot.texts.fluent import Texts
from bot.types import Called, Said
from storage.clock import DAY, HOUR
from storage.errors import Overloaded
from storage.private import Private
from storage.store import Store
from storage.tables import metadata
from storage.vault import Opened, Pepper, Receipt
from storage.vault.words import words as listed
from tests.clock import Clock
from tests.integration.flows.conftest import messenger
from tests.integration.flows.held import Rules
from tests.integration.flows.people import STORY, Cast, labels
from tests.integration.flows.test_auditing import trail

_PLACES = ("первое", "второе", "третье", "четвёртое", "пятое", "шестое", "седьмое")
UNKNOWN = "По этим словам ничего не нашлось"


async def get_words(author: Person) -> list[str]:
    """From wherever the person is to the question for two of them."""
    await author.says("/mine")
    await author.presses("История 1")
    await author.presses("Получить семь слов")
    await author.expects("запишите их на бумаге, не фотографируйте")
    await author.presses("Показать слова")
    shown = re.findall(r"^[1-7] — (\w+)$", author.last.text.text, re.MULTILINE)
    assert len(shown) == 7
    assert stands_in(shown, chats(author))
    await author.presses("Слова записаны")
    return shown


def asked_back(author: Person, shown: list[str]) -> list[str]:
    first, second = re.findall("|".join(_PLACES), author.last.text.text)
    return [shown[_PLACES.index(first)], shown[_PLACES.index(second)]]


async def get_receipt(author: Person) -> str:
    shown = await get_words(author)
    await author.says(" ".join(asked_back(author, shown)))
    await author.expects("Готово: теперь эти семь слов приведут вас к истории")
    return " ".join(shown)


async def come_back(person: Person, words: str) -> None:
    await person.says("/receipt")
    await person.expects("Пришлите семь слов по порядку")
    await person.says(words)


def another(words: str) -> str:
    """A receipt of no story."""
    other = next(word for word in listed() if word not in words.split())
    return " ".join([other, *words.split()[1:]])


def chats(person: Person) -> str:
    return "\n".join(seen.text.text for seen in person.chat)


def stands_in(words: list[str], chat: str) -> bool:
    """Whether somebody could copy the receipt from there; one or two of its seven may be words of ours by chance."""
    return len(set(words) & set(re.findall(r"\w+", chat.lower()))) >= 3


# ── getting one ──────────────────────────────────────────────────────────────────────────────────────────────────
async def test_words_work_once_two_of_them_were_asked_back_and_stand_in_no_chat(cast: Cast) -> None:
    author = cast.author
    await cast.submit(author)
    await author.reads("семь слов, которые приведут к ней из любого аккаунта")
    shown = await get_words(author)
    assert not stands_in(shown, chats(author))  # while they are asked back nobody can copy them
    wanted = asked_back(author, shown)
    await author.says(" ".join(reversed(wanted)))
    await author.expects("Не сошлось")
    await author.presses("Показать слова ещё раз")
    assert [line.split(" — ")[1] for line in author.last.text.text.split("\n") if " — " in line] == shown
    await author.presses("Слова записаны")
    assert asked_back(author, shown) == wanted
    await author.says(f"{wanted[0].upper().replace('Е', 'Ё')}ъ и {wanted[1]}")
    await author.expects("Готово: теперь эти семь слов приведут вас к истории")
    assert not stands_in(shown, chats(author))
    assert (await cast.rows())["receipts"] == 1


async def test_words_that_were_not_confirmed_lead_nowhere(stage: Stage, cast: Cast, clock: Clock) -> None:
    await cast.submit(cast.author)
    shown = await get_words(cast.author)
    before = await cast.rows()
    clock.pass_(seconds=3 * HOUR)
    await stage.settle()
    await cast.author.says("Показать слова ещё раз")
    assert not stands_in(shown, chats(cast.author))
    await come_back(cast.reader, " ".join(shown))
    await cast.reader.expects(UNKNOWN)
    assert "receipts" not in before


async def test_new_words_put_the_old_ones_out_of_force(cast: Cast) -> None:
    await cast.submit(cast.author)
    old, new = await get_receipt(cast.author), await get_receipt(cast.author)
    await come_back(cast.reader, old)
    await cast.reader.expects(UNKNOWN)
    await cast.reader.says(new)
    await cast.reader.expects("Ваша история нашлась")


# ── coming back ──────────────────────────────────────────────────────────────────────────────────────────────────
async def test_whoever_has_told_nothing_here_finds_the_story_with_a_slip_of_the_finger(cast: Cast) -> None:
    await cast.submit(cast.author)
    words = await get_receipt(cast.author)
    again = cast.stage.person("author's other phone")
    await again.says("/start")
    await again.presses("У меня есть семь слов")
    await again.says("ъ, ".join(words.upper().split(" ")))
    await again.expects("Ваша история нашлась")
    await again.expects("История у редакторов с 1 марта")
    assert STORY not in chats(again)
    assert not stands_in(words.split(), chats(again))
    await again.presses("Назад")
    await again.expects("Здесь можно рассказать свою историю")


async def test_words_sent_without_being_asked_for_lead_there_too_and_are_deleted(cast: Cast) -> None:
    reader = cast.reader
    await cast.submit(cast.author)
    words = await get_receipt(cast.author)
    await reader.says("/start")
    for said in (words, f"/receipt {words}"):
        await reader.says(said)
        await reader.expects("Ваша история нашлась")
        assert not stands_in(words.split(), chats(reader))
        await reader.presses("Назад")


async def test_what_is_no_receipt_is_said_without_the_words(cast: Cast) -> None:
    reader = cast.reader
    await come_back(reader, "лампа весна")
    await reader.expects("Нужно семь слов, а пришло 2")
    assert "лампа" not in chats(reader)
    await reader.says("щщщщщ " + " ".join(listed()[:5]) + " ьььььь")
    await reader.expects("Не узнаём слова под номерами 1, 7: возможно, в них описки")
    await reader.says(" ".join(listed()[:6]) + " ьььььь")
    await reader.expects("Не узнаём слово под номером 7")
    assert "щщщщщ" not in chats(reader)
    await reader.says(" ".join(listed()[:7]))
    await reader.expects(UNKNOWN)


async def test_at_home_the_words_lead_to_my_stories(cast: Cast) -> None:
    await cast.submit(cast.author)
    await come_back(cast.author, await get_receipt(cast.author))
    await cast.author.expects("История, к которой ведут эти слова, уже здесь")
    assert "Добавить что-то к истории" in labels(cast.author)


async def test_a_story_taken_back_with_its_words_is_destroyed_and_they_lead_nowhere(cast: Cast) -> None:
    reader = cast.reader
    await cast.submit(cast.author)
    words = await get_receipt(cast.author)
    await come_back(reader, words)
    await reader.presses("Забрать историю")
    await reader.presses("Нет, оставить")
    await reader.presses("Забрать историю")
    await reader.presses("Да, забрать")
    await reader.expects("История уничтожена")
    assert {"stories", "versions", "routes", "receipts", "timers"}.isdisjoint(
        {name for name, rows in (await cast.rows()).items() if name != "timers" or rows > 1}
    )
    await come_back(reader, words)
    await reader.expects(UNKNOWN)
    await cast.author.says("/mine")
    await cast.author.expects("Вы пока ничего не рассказали")


async def test_a_story_that_goes_while_it_is_looked_at_says_so(cast: Cast) -> None:
    reader = cast.reader
    await cast.submit(cast.author)
    await come_back(reader, await get_receipt(cast.author))
    await cast.author.says("/delete")
    await cast.author.presses("Да, удалить всё")
    await reader.presses("Забрать историю")
    await reader.expects("Эти слова больше ни к чему не ведут")


async def test_what_an_editor_wrote_about_it_is_not_shown_either(cast: Cast) -> None:
    anna, _ = await cast.editors()
    await cast.submit(cast.author)
    words = await get_receipt(cast.author)
    await cast.open_card(anna)
    await anna.presses("Отказать")
    await anna.says("Площадь узнают все.")
    await anna.presses("Отказать и сообщить")
    await come_back(cast.reader, words)
    await cast.reader.expects("решили её не публиковать")
    assert "Площадь" not in chats(cast.reader)


@pytest.mark.parametrize("manner", ["matrix"])  # elsewhere the service restarts all the time, which forgets tries
async def test_five_wrong_tries_an_hour_and_another_chat_is_heard_all_the_same(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    guesser = stage.person("guesser")
    await cast.submit(cast.author)
    words = await get_receipt(cast.author)
    await guesser.says("/receipt")
    for _ in range(5):
        await guesser.says(another(words))
        await guesser.expects(UNKNOWN)
    await guesser.says(words)
    await guesser.expects("Слишком много попыток. Попробуйте через 60 минут")
    await come_back(cast.reader, words)
    await cast.reader.expects("Ваша история нашлась")
    clock.pass_(seconds=HOUR)
    await stage.settle()
    await guesser.says("/receipt")
    for _ in range(7):  # right ones don't count
        await guesser.says(words)
        await guesser.expects("Ваша история нашлась")
        await guesser.presses("Назад")
        await guesser.says("/receipt")


async def test_what_is_found_for_somebody_who_has_begun_anew_is_dropped(stage: Stage, cast: Cast) -> None:
    reader = cast.reader
    await cast.submit(cast.author)
    words = await get_receipt(cast.author)
    await reader.says("/receipt")
    for body in (Said(text=Private(words)), Called(name="receipt", argument=Private(""))):
        await stage.intake.accept([stage.event(reader, body, number="1")], source="", cursor=None)
        await stage.dispatcher.settle()
    await stage.settle()
    await reader.expects("Пришлите семь слов по порядку")


async def test_while_too_many_words_wait_people_are_told_and_no_try_is_lost(
    stage: Stage, cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def is_full(_receipt: Receipt, _pepper: Pepper) -> Opened:
        raise Overloaded

    await cast.submit(cast.author)
    with monkeypatch.context() as patched:
        patched.setattr("handlers.contributors.receipts.issuing.open_slowly", is_full)
        patched.setattr("handlers.contributors.receipts.finding.open_slowly", is_full)
        words = await get_receipt(cast.author)
        await cast.reader.says("/receipt")
        for _ in range(6):
            await cast.reader.says(words)
            await cast.reader.expects("до вашей очередь не дошла")
    clock.pass_(seconds=10)
    await stage.settle()
    await cast.reader.says(words)
    await cast.reader.expects("Ваша история нашлась")


# ── the move ─────────────────────────────────────────────────────────────────────────────────────────────────────
async def ask_for_move(person: Person, words: str) -> None:
    await come_back(person, words)
    await person.presses("Перенести историю сюда")
    await person.expects("Через сутки история перейдёт в этот аккаунт")
    await person.presses("Да, перенести сюда")
    await person.expects("через сутки история появится в «Моих историях»")


async def test_a_story_moves_after_a_day_with_what_waits_for_its_author(stage: Stage, cast: Cast, clock: Clock) -> None:
    anna, _ = await cast.editors()
    author, again = cast.author, stage.person("author's other phone")
    await cast.submit(author)
    await ask_for_move(again, await get_receipt(author))
    await author.expects("Вашу историю просят перенести в другой аккаунт")
    await again.says("/mine")
    await again.expects("Вы пока ничего не рассказали")
    clock.pass_(seconds=DAY - 1)
    await stage.settle()
    await again.says("/mine")
    await again.expects("Вы пока ничего не рассказали")
    clock.pass_(seconds=1)
    await stage.settle()
    await author.says("/mine")
    await author.expects("Вы пока ничего не рассказали")
    await again.says("/mine")
    await again.presses("История 1: у редакторов")
    await again.presses("Назад")
    await cast.open_card(anna)
    await anna.presses("Спросить автора")
    await anna.says("Где это было?")
    await again.reads("Редакторы хотят вас о чём-то спросить")
    assert "Редакторы хотят" not in author.last.text.text
    assert (await trail(stage))[-2:] == [("system", "moved"), ("editor", "asked")]
    assert await cast.keys_without_use() == 0


async def test_the_old_account_says_no_and_the_words_are_worth_nothing_from_then_on(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    author, thief = cast.author, stage.person("thief")
    await cast.submit(author)
    words = await get_receipt(author)
    await ask_for_move(thief, words)
    await come_back(thief, words)
    await author.presses("Отменить перенос")
    await author.expects("их знал кто-то ещё")
    await thief.presses("Забрать историю")
    await thief.expects("Эти слова больше ни к чему не ведут")
    await author.presses("Отменить перенос")
    await author.expects("Переносить здесь нечего")
    clock.pass_(days=2)
    await stage.settle()
    await thief.says("/mine")
    await thief.expects("Вы пока ничего не рассказали")
    await come_back(thief, words)
    await thief.expects(UNKNOWN)
    await author.says("/mine")
    await author.expects("У вас 1 история")
    assert [action for _, action in await trail(stage)] == ["submitted", "receipt_issued", "move_cancelled"]


async def test_who_wants_no_notices_sees_it_in_my_stories(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await cast.submit(author)
    words = await get_receipt(author)
    await author.says("/mine")
    await author.presses("История 1")
    await author.presses("Можно ли мне писать")
    await author.presses("Не писать: я зайду и прочту")
    before = len(author.chat)
    await ask_for_move(cast.reader, words)
    assert len(author.chat) == before
    await author.says("/mine")
    await author.presses("История 1")
    await author.expects("Скоро эта история перейдёт в другой аккаунт")
    await author.presses("Отменить перенос")
    await author.expects("Перенос отменён, история остаётся здесь")
    assert "Отменить перенос" not in labels(author)


async def test_only_one_account_at_a_time_can_ask_for_it(stage: Stage, cast: Cast) -> None:
    first, second = stage.person("first"), stage.person("second")
    await cast.submit(cast.author)
    words = await get_receipt(cast.author)
    await come_back(second, words)
    await second.presses("Перенести историю сюда")
    await ask_for_move(first, words)
    await second.presses("Да, перенести сюда")
    await second.expects("Переносить здесь нечего")
    await second.presses("Назад")
    await second.expects("Её уже переносят в другой аккаунт")


async def test_nothing_moves_to_who_has_left(stage: Stage, cast: Cast, clock: Clock) -> None:
    await cast.submit(cast.author)
    await ask_for_move(cast.reader, await get_receipt(cast.author))
    await cast.reader.says("/delete")
    await cast.reader.presses("Да, удалить всё")
    clock.pass_(days=1)
    await stage.settle()
    await cast.author.says("/mine")
    await cast.author.expects("У вас 1 история")
    assert (await cast.rows())["accounts"] == (await cast.rows())["routes"] == 1


async def test_from_one_messenger_to_the_other(
    store: Store, texts: Texts, fetch: JobKind, rules: Rules, clock: Clock, cast: Cast
) -> None:
    stage = Stage(
        store,
        lambda: rules.hold(handlers.newsroom(fetch)),
        texts,
        adapter=messenger("matrix"),
        beside=[messenger("telegram")],
    )
    author, there = stage.person("author"), stage.person("author", platform="telegram")
    await Cast(stage=stage, data=cast.data).submit(author)
    words = await get_receipt(author)
    await come_back(there, words)
    await there.presses("Перенести историю сюда")
    await there.expects("кто держит серверы этого мессенджера")
    await there.presses("Да, перенести сюда")
    clock.pass_(days=1)
    await stage.settle()
    await there.says("/mine")
    await there.expects("У вас 1 история")


# ── secrecy ──────────────────────────────────────────────────────────────────────────────────────────────────────
async def test_the_words_stand_in_no_table_and_no_log(
    stage: Stage, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await cast.submit(cast.author)
    shown = await get_words(cast.author)
    await cast.author.says(" ".join(asked_back(cast.author, shown)))
    await come_back(cast.reader, " ".join(shown))
    await cast.reader.expects("Ваша история нашлась")
    async with stage.store.read() as tx:
        kept = [
            value
            for table in metadata.sorted_tables
            for row in (await tx.work.connection.execute(select(table))).all()
            for value in row
        ]
    plain = b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in kept)
    assert plain
    for word in shown:
        assert word.encode() not in plain
        assert word not in caplog.text
