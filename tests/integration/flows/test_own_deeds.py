"""What an author can do about a story after sending it: add, keep it longer, be left alone, take it down."""

from __future__ import annotations

from bot.flows.testing import Person, Stage
from storage.story import Contact, Status
from tests.clock import Clock
from tests.integration.flows.people import Cast, broadcast_is_told, labels


async def open_story(author: Person) -> None:
    await author.says("/mine")
    await author.presses("История 1")


async def reject(cast: Cast, editor: Person) -> None:
    await cast.open_card(editor)
    await editor.presses("Отказать")
    await editor.says("Об этом мы уже писали.")
    await editor.presses("Отказать и сообщить")


async def test_an_addition_is_with_the_editors_at_once(cast: Cast) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    await cast.submit(author)
    await open_story(author)
    await author.presses("Добавить что-то")
    await author.says("Это было в марте.")
    await author.expects("редакторы это прочтут")
    await author.says("И ещё: нас было трое.")
    await author.presses("Назад")
    await author.expects("История у редакторов с 1 марта")
    assert "От автора 2 дополнения" in cast.card().text.text
    await cast.open_card(anna)
    await anna.reads("Это было в марте.")
    await anna.reads("И ещё: нас было трое.")


async def test_nothing_is_added_to_a_story_that_was_decided_meanwhile(cast: Cast) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    await cast.submit(author)
    await open_story(author)
    await author.presses("Добавить что-то")
    await reject(cast, anna)
    await author.says("Это было в марте.")
    await author.expects("Добавить сюда уже ничего нельзя")


async def test_the_day_of_deletion_is_put_off_twice_and_not_a_third_time(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    author = cast.author
    await cast.submit(author)
    await open_story(author)
    await author.expects("30 апреля мы её удалим")
    await author.presses("Хранить на 30 дней дольше")
    await author.expects("до 30 мая")
    await author.expects("30 мая мы её удалим")
    await author.presses("Хранить на 30 дней дольше")
    await author.expects("29 июня мы её удалим")
    assert "Хранить" not in " ".join(labels(author))
    clock.pass_(days=119)
    await stage.settle()
    assert (await cast.rows())["stories"] == 1
    async with stage.store.read() as tx:
        assert await tx.stories.routes.find((await cast.story()).id) is not None
    clock.pass_(days=1)
    await stage.settle()
    assert {"stories", "routes", "timers"}.isdisjoint(await cast.rows())


async def test_a_second_tap_on_the_same_button_puts_nothing_off(cast: Cast) -> None:
    author = cast.author
    await cast.submit(author)
    await open_story(author)
    tapped = author.last
    await author.taps(tapped, "Хранить на 30 дней дольше")
    await author.taps(tapped, "Хранить на 30 дней дольше")
    assert (await cast.story()).details.extended_days == 30


async def test_whether_to_be_written_to_is_changed_at_any_time(cast: Cast) -> None:
    author = cast.author
    await cast.submit(author)
    for choice, words, contact in (
        ("Не писать: я зайду", "мы не будем вам писать", Contact.RETURN),
        ("Не писать и не спрашивать", "больше вас ни о чём не спросят", Contact.NEVER),
        ("Писать, но без звука", "оставим здесь сообщение без звука", Contact.SILENT),
    ):
        await open_story(author)
        await author.presses("Можно ли мне писать")
        await author.presses(choice)
        await author.expects(words)
        await author.expects("История у редакторов с 1 марта")
        assert (await cast.story()).details.contact is contact


async def test_who_wants_no_notices_finds_the_question_in_the_menu(cast: Cast) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    await cast.submit(author)
    await open_story(author)
    await author.presses("Можно ли мне писать")
    await author.presses("Не писать: я зайду")
    before = author.chat[-1]
    await cast.open_card(anna)
    await anna.presses("Спросить автора")
    await anna.says("Когда это было?")
    assert author.chat[-1] == before
    await author.says("/start")
    await author.presses("Редакторы оставили вам вопрос")
    await author.expects("Когда это было?")
    await author.says("В марте.")
    await author.presses("Готово")
    assert "вопрос" not in " ".join(labels(author))
    await cast.open_card(anna)
    await anna.presses("Отправить автору")
    await author.says("/start")
    await author.presses("Готовый текст ждёт вас")
    await author.presses("Согласиться")
    assert (await cast.story()).status is Status.AGREED


async def test_who_wants_to_hear_nothing_hears_nothing(cast: Cast) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    await cast.submit(author)
    await open_story(author)
    await author.presses("Можно ли мне писать")
    await author.presses("Не писать и не спрашивать")
    stands = list(author.chat)
    await reject(cast, anna)
    assert author.chat == stands
    await author.says("/start")
    assert labels(author)[:2] == ["Рассказать историю", "Мои истории"]


async def test_a_rejected_story_is_deleted_at_once_if_its_author_likes(cast: Cast) -> None:
    author = cast.author
    anna, _ = await cast.editors()
    await cast.submit(author)
    await reject(cast, anna)
    await author.presses("Прочесть ответ")
    await author.presses("Удалить сейчас")
    await author.expects("Удалить историю сейчас?")
    await author.presses("Да, удалить")
    await author.expects("История уничтожена")
    assert {"stories", "versions", "questions", "timers"}.isdisjoint(await cast.rows())


async def test_the_wish_to_take_a_story_down_stands_on_its_card(cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.publish(author, anna, boris)
    await open_story(author)
    await author.presses("Попросить её снять")
    await author.presses("Нет, пусть остаётся")
    await author.presses("Попросить её снять")
    await author.says("Меня узнали по рассказу.")
    await author.expects("Просьба у редакторов")
    await author.expects("Вы попросили её снять")
    assert "Попросить её снять" not in labels(author)
    assert "Автор просит снять историю" in cast.card().text.text
    assert (await cast.story()).details.wishes_retraction
    await cast.open_card(anna)
    await anna.reads("Меня узнали по рассказу.")


async def test_a_story_that_was_taken_down_is_deleted_at_once_if_its_author_likes(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.publish(author, anna, boris)
    await open_story(author)
    await author.presses("Попросить её снять")
    await author.presses("Да, снимите её")
    await cast.open_card(anna)
    await anna.presses("Выход и публикация")
    await anna.presses("Снять с публикации")
    await anna.presses("Снять")
    assert stage.sees("channel-ru") == []
    await author.expects("снята с публикации")
    await author.says("/mine")
    await author.presses("История 1: снята")
    await author.expects("1 марта историю сняли с публикации")
    await author.expects("15 марта мы её удалим")
    await author.presses("Удалить сейчас")
    await author.presses("Да, удалить")
    await author.expects("История уничтожена")
    await broadcast_is_told(stage, clock)
    assert {"stories", "versions", "questions", "timers"}.isdisjoint(await cast.rows())
    assert await cast.keys_without_use() == 0


async def test_a_wish_needs_no_reason(cast: Cast) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.publish(author, anna, boris)
    await open_story(author)
    await author.presses("Попросить её снять")
    await author.presses("Да, снимите её")
    await cast.open_card(anna)
    await anna.reads("Прошу снять историю с публикации.")


async def test_a_scheduled_story_says_when_it_comes_out_and_is_taken_back_until_then(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.agree(author, anna)
    for editor in (anna, boris):
        await cast.open_card(editor)
        await editor.presses("Одобрить")
    assert (await cast.story()).status is Status.SCHEDULED
    await author.says("/mine")
    await author.presses("История 1: скоро выйдет")
    await author.expects("История выйдет завтра, 2 марта. До этого её ещё можно забрать.")
    goes_out = (await cast.story()).details.goes_out
    assert goes_out is not None
    clock.pass_(seconds=goes_out - clock.now() - 1)
    await stage.settle()
    await author.presses("Забрать историю")
    await author.presses("Да, забрать")
    await author.expects("История уничтожена")
    clock.pass_(days=1)
    await stage.settle()
    assert {"stories", "timers"}.isdisjoint(await cast.rows())
    assert stage.sees("channel-ru") == []


async def test_who_takes_it_back_a_second_too_late_is_told_the_truth(stage: Stage, cast: Cast, clock: Clock) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.agree(author, anna)
    for editor in (anna, boris):
        await cast.open_card(editor)
        await editor.presses("Одобрить")
    await open_story(author)
    await author.presses("Забрать историю")
    goes_out = (await cast.story()).details.goes_out
    assert goes_out is not None
    clock.pass_(seconds=goes_out - clock.now())
    await stage.settle()
    await author.presses("Да, забрать")
    await author.expects("Забрать историю не получилось: она только что вышла")
    assert len(stage.sees("channel-ru")) == 1
