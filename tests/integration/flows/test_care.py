"""Editors among themselves: who takes care of a story, what they note about it, how they reject it."""

from __future__ import annotations

import msgspec

from bot.flows.testing import Person, Seen
from storage.private import Private
from storage.story import Contact
from tests.integration.flows.people import Cast, enrol, finish, photo
from tests.integration.flows.test_editing import more


def labels(seen: Seen) -> list[str]:
    return [button.label for row in seen.buttons for button in row]


async def at_the_desk(cast: Cast) -> tuple[Person, Person]:
    anna, boris = await cast.editors()
    await cast.submit(cast.author)
    for editor in (anna, boris):
        await cast.open_card(editor)
    return anna, boris


async def test_the_first_who_claims_has_it_and_the_second_reads_who(cast: Cast) -> None:
    anna, boris = await at_the_desk(cast)
    await boris.expects("Историю пока никто не взял")
    await anna.presses("Взять себе")
    await anna.expects("Теперь этой историей занимаетесь вы")
    assert "Занимается anna" in cast.card().text.text
    await boris.presses("Взять себе")
    await boris.expects("Пока вы читали, история изменилась")
    await boris.expects("Занимается anna")
    story = await cast.story()
    async with cast.stage.store.read() as tx:
        (holder,) = [one for one in await tx.editors.all() if one.id == story.details.claimed]
    assert holder.name.reveal() == "anna"


async def test_a_story_is_handed_over_and_let_go(cast: Cast) -> None:
    anna, boris = await at_the_desk(cast)
    await anna.presses("Взять себе")
    await more(anna, "Передать коллеге")
    assert labels(anna.last) == ["boris", "Назад"]
    await anna.presses("boris")
    await anna.expects("Теперь этой историей занимается boris")
    await cast.open_card(boris)
    await more(boris, "Отпустить")
    await boris.expects("теперь она ничья")
    assert "Занимается" not in cast.card().text.text


async def test_claiming_binds_nobody_but_is_said_once(cast: Cast) -> None:
    anna, boris = await at_the_desk(cast)
    await anna.presses("Взять себе")
    await cast.open_card(boris)
    await boris.presses("Спросить автора")
    await boris.expects("Этой историей занимается anna")
    await boris.says("Когда это было?")
    await boris.presses("Отправить автору")
    assert (await cast.story()).status == "consent"


async def test_who_sends_to_the_author_in_one_tap_is_told_before(cast: Cast) -> None:
    anna, boris = await at_the_desk(cast)
    await anna.presses("Взять себе")
    await cast.open_card(boris)
    await boris.presses("Отправить автору")
    await boris.expects("Этой историей занимается anna")
    assert (await cast.story()).status == "submitted"
    await boris.presses("Отправить автору")
    assert (await cast.story()).status == "consent"


async def test_a_colleague_who_has_left_takes_care_of_nothing(cast: Cast) -> None:
    anna, boris = await at_the_desk(cast)
    await anna.presses("Взять себе")
    claimed = (await cast.story()).details.claimed
    assert claimed is not None
    async with cast.stage.store.write() as tx:
        await tx.editors.remove(claimed)
    await cast.open_card(boris)
    await boris.expects("Историю пока никто не взял")
    await more(boris, "Взять себе")
    await boris.expects("Теперь этой историей занимаетесь вы")


async def test_notes_are_for_editors_and_never_for_the_author(cast: Cast) -> None:
    anna, boris = await at_the_desk(cast)
    await more(anna, "Записать заметку")
    await anna.says("Проверить имя директора.")
    await anna.expects("Заметка на столе")
    await cast.open_card(boris)
    await boris.expects("Заметка, anna")
    await boris.expects("Проверить имя директора.")
    assert "директора" not in cast.card().text.text
    assert "директора" not in "".join(seen.text.text for seen in cast.author.chat)


async def test_a_long_answer_stands_shortened_on_the_desk_and_whole_one_tap_away(cast: Cast) -> None:
    anna, _ = await at_the_desk(cast)
    await more(anna, "Записать заметку")
    await anna.says("слово " * 100 + "конец")
    assert "конец" not in anna.last.text.text
    await more(anna, "Вопросы и заметки целиком")
    await anna.expects("конец")


async def test_a_ready_reason_is_read_before_it_is_sent(cast: Cast) -> None:
    anna, _ = await at_the_desk(cast)
    await anna.presses("Отказать")
    await anna.presses("Мало для читателя")
    await anna.reads("мы прочтём снова")
    assert (await cast.story()).status == "submitted"
    await anna.presses("Выбрать другие слова")
    await anna.says("Мы не печатаем стихов.")
    letter = await anna.reads("Мы прочли вашу историю")
    await anna.presses("Отказать и сообщить")
    await anna.expects("Автор получил тихое уведомление")
    await cast.author.presses("Прочесть")
    read = await cast.author.reads("Мы прочли вашу историю")
    assert letter.text.text in read.text.text
    assert "Мы не печатаем стихов." in letter.text.text
    assert "Не принято" in cast.card().text.text


async def test_who_wants_no_letters_gets_none_also_when_rejected(cast: Cast) -> None:
    anna, _ = await at_the_desk(cast)
    async with cast.stage.store.write() as tx:
        story = await cast.story()
        await tx.stories.amend(story, msgspec.structs.replace(story.details, contact=Contact.RETURN))
    quiet = len(cast.author.chat)
    await cast.open_card(anna)
    await anna.presses("Отказать")
    await anna.presses("Не наша тема")
    await anna.expects("Автор просил не писать ему")
    await anna.presses("Отказать и сообщить")
    await anna.expects("Автору мы не писали")
    assert len(cast.author.chat) == quiet
    reason = (await cast.story()).details.reason
    assert reason is not None
    assert "места, где её ждут" in reason.reveal()


async def test_the_second_of_two_rejections_is_told_how_it_stands(cast: Cast) -> None:
    anna, boris = await at_the_desk(cast)
    for editor in (anna, boris):
        await editor.presses("Отказать")
        await editor.presses("Опасно публиковать")
    await anna.presses("Отказать и сообщить")
    await boris.presses("Отказать и сообщить")
    await boris.expects("Пока вы читали, история изменилась")
    assert len([seen for seen in cast.author.chat if "Редакторы вам ответили" in seen.text.text]) == 1


async def test_of_an_author_who_comes_back_by_themselves_nothing_is_said_to_be_sent(cast: Cast) -> None:
    anna, _ = await at_the_desk(cast)
    async with cast.stage.store.write() as tx:
        story = await cast.story()
        await tx.stories.amend(story, msgspec.structs.replace(story.details, contact=Contact.RETURN))
    quiet = len(cast.author.chat)
    await cast.open_card(anna)
    await anna.expects("он прочтёт вопросы, когда вернётся сам")
    await anna.presses("Спросить автора")
    await anna.says("Когда это было?")
    await anna.expects("Вопрос ждёт автора")
    await anna.presses("Отправить автору")
    await anna.reads("Текст ждёт согласия автора")
    assert len(cast.author.chat) == quiet
    assert (await cast.story()).status == "consent"


async def test_an_author_who_wants_no_letters_meanwhile_is_not_asked(cast: Cast) -> None:
    anna, _ = await at_the_desk(cast)
    await anna.presses("Спросить автора")
    async with cast.stage.store.write() as tx:
        story = await cast.story()
        await tx.stories.amend(story, msgspec.structs.replace(story.details, contact=Contact.NEVER))
    quiet = len(cast.author.chat)
    await anna.says("Когда это было?")
    await anna.expects("Пока вы читали, история изменилась")
    assert len(cast.author.chat) == quiet
    assert "questions" not in await cast.rows()


async def test_files_are_shown_in_private_with_their_captions(cast: Cast) -> None:
    anna, _ = await cast.editors()
    await cast.begin(cast.author)
    await cast.author.says("Вот наш двор.")
    await cast.author.sends_photo(photo())
    await finish(cast.author)
    await cast.author.presses("Отправить")
    async with cast.stage.store.write() as tx:
        story = await cast.story()
        captioned = msgspec.structs.replace(story.details.attachments[0], caption=Private("Двор зимой."))
        await tx.stories.amend(story, msgspec.structs.replace(story.details, attachments=(captioned,)))
    await cast.open_card(anna)
    await more(anna, "Снимки")
    assert (await anna.reads("Двор зимой.")).photo is not None
    await anna.expects("Это все снимки автора")
    assert all(seen.photo is None for seen in cast.stage.sees("editors"))


async def test_a_text_goes_back_to_its_author_with_a_wish(cast: Cast) -> None:
    anna, _ = await at_the_desk(cast)
    await anna.presses("Отправить автору")
    await cast.open_card(anna)
    await more(anna, "Вернуть автору")
    await anna.says("Уберите имя директора.")
    await anna.expects("Текст вернулся к автору")
    assert (await cast.story()).status == "submitted"
    await cast.author.presses("Прочесть вопрос")
    await cast.author.reads("пришлите новый текст ответом")
    await cast.author.reads("Уберите имя директора.")
    await cast.author.says("Меня вызвали.")
    await cast.open_card(anna)
    await anna.expects("Меня вызвали.")


async def test_whoever_may_hand_a_story_to_anybody_may_take_it_over(cast: Cast) -> None:
    anna, boris = await at_the_desk(cast)
    await enrol(cast.stage, "vera")
    await anna.presses("Взять себе")
    await cast.open_card(boris)
    await more(boris, "Передать коллеге")
    assert labels(boris.last) == ["boris", "vera", "Назад"]
    await boris.presses("boris")
    await boris.expects("Теперь этой историей занимаетесь вы")
