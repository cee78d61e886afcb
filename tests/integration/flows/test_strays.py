"""What nobody asked for: unknown commands, stickers, stale and forged taps, words where a button was meant."""

from __future__ import annotations

import msgspec
import pytest

from bot.flows.conversation import load, save
from bot.flows.testing import Stage
from bot.types import FileKind, Said, Unsupported
from storage.private import Private
from tests.integration.flows.people import RISK, STORY, Cast, finish, photo


async def test_help_and_unknown_commands_leave_everything_where_it_is(cast: Cast) -> None:
    author = cast.author
    await author.says("/start")
    await author.says("/help")
    await author.expects("Без вашего согласия ничего не выйдет")
    await author.says("/what_is_this")
    await author.expects("Такой команды нет")
    await author.expects("Здесь можно рассказать")


async def test_the_language_is_switched_and_stays(cast: Cast) -> None:
    author = cast.author
    await author.says("/start")
    await author.presses("Language")
    await author.presses("English")
    await author.expects("You can tell your own story")
    await author.says("/story")
    await author.expects("We take the hidden data out of photos")
    await author.presses("Back")
    await author.presses("Language")
    await author.presses("Русский")
    await author.expects("Здесь можно рассказать")


async def test_a_sticker_is_refused_kindly(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await stage.arrives(stage.event(author, Unsupported(), number=None))
    await author.expects("Такое мы пока не принимаем. Пришлите, пожалуйста, текст, фотографию, голос или видео")
    await author.expects("Расскажите свою историю")


async def test_a_photo_at_home_may_be_the_beginning_of_a_story(cast: Cast) -> None:
    author = cast.author
    await author.says("/start")
    await author.sends_photo(photo(), "Привет")
    await author.expects("Сохранить её как черновик?")
    assert cast.files() == 1
    await author.presses("Удалить написанное")
    await author.expects("Здесь можно рассказать")
    assert cast.files() == 0


async def test_a_document_at_home_is_refused_with_the_reason(cast: Cast) -> None:
    author = cast.author
    await author.says("/start")
    await author.sends_file(FileKind.DOCUMENT, b"%PDF-1.7")
    await author.expects("Файлы мы пока не принимаем")
    await author.expects("Здесь можно рассказать")


async def test_a_photo_where_a_name_is_asked_for_is_not_taken(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    await author.presses("Готово")
    await author.sends_photo(photo())
    await author.expects("или ответить на вопрос")
    await author.expects("Как подписать историю?")
    assert cast.files() == 0


async def test_a_stale_and_a_double_tap_show_the_present_question(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await author.says("/start")
    old = author.last
    await cast.review(author)
    await author.taps(old, "Удалить всё обо мне")
    await author.reads("от прежнего вопроса. Вот нынешний:")
    await author.expects("Всё верно?")
    review = author.last
    await author.taps(review, "Отправить")
    await author.taps(review, "Отправить")
    assert (await cast.rows())["stories"] == 1


@pytest.mark.parametrize("token", ["x.0", "{id}.-1", "{id}.999", "{id}.", "{id}", ".0", "", "{id}.0.0", "{id}.²"])
async def test_forged_taps_choose_nothing(cast: Cast, token: str) -> None:
    author = cast.author
    await cast.review(author)
    send = author.last.button("Отправить")
    prompt, _, _ = getattr(send, "token", "").partition(".")
    await author.taps_token(token.replace("{id}", prompt))
    await author.expects("Всё верно?")
    assert "stories" not in await cast.rows()


async def test_another_persons_button_chooses_nothing(stage: Stage, cast: Cast) -> None:
    author, thief = cast.author, stage.person("thief")
    await cast.review(author)
    await cast.review(thief, "Чужое.")
    await thief.taps_token(getattr(author.last.button("Отправить"), "token", ""))
    await thief.expects("Всё верно?")
    assert "stories" not in await cast.rows()


async def test_a_choice_may_be_typed_in_its_own_words(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    await author.says("готово")
    await author.says("  БЕЗ ИМЕНИ ")
    await author.says("жизнь в россии")
    await author.expects("Откуда эта история?")


async def test_events_that_come_twice_count_once(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    said = stage.event(author, Said(text=Private("Один раз.")), number="m1", name="e-twice")
    await stage.arrives(said)
    await stage.arrives(said)
    await finish(author)
    await author.presses("Отправить")
    assert await cast.text() == "Один раз."


async def test_a_draft_that_can_not_be_read_begins_anew(stage: Stage, cast: Cast) -> None:
    """As after a change of the draft's record without a migration."""
    author = cast.author
    await cast.review(author)
    await _change(stage, author.name, draft=b"\xc1")
    await author.presses("Отправить")
    await author.expects(RISK)
    assert "stories" not in await cast.rows()


async def test_an_unknown_step_or_flow_asks_from_a_safe_place(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await cast.review(author)
    await _change(stage, author.name, step="a step of tomorrow")
    await author.says("/help")
    await author.expects(RISK)
    await _change(stage, author.name, flow="a flow of tomorrow")
    await author.says("/help")
    await author.expects("Здесь можно рассказать")


async def _change(stage: Stage, chat: str, **changes: object) -> None:
    """What is kept of a chat, as another version of the program would have kept it."""
    async with stage.store.write() as tx:
        name = tx.messages.chat_hash(stage.address(chat))
        stored, conversation = await load(tx, name)
        assert conversation is not None
        await save(tx, name, msgspec.structs.replace(conversation, **changes), stored, fresh_key=False)
