"""New versions of a story: the whole text, one section, a passage cut out; and looking back at the old ones."""

from __future__ import annotations

import msgspec
import pytest

from bot.flows.testing import Person
from storage.private import Private
from storage.story import Contact
from tests.integration.flows.people import STORY, Cast

TITLED = "Начало.\n\n# Кто я\nЯ учительница из Перми.\n\n# Что было\nМеня вызвали к директору Петровой."


async def with_text(cast: Cast, text: str, contact: Contact = Contact.SILENT) -> Person:
    """Anna at the desk of a story with this text, and with this wish of its author's."""
    anna, _ = await cast.editors()
    await cast.submit(cast.author, STORY)
    async with cast.stage.store.write() as tx:
        found = await tx.stories.get((await cast.story()).id)
        assert found is not None
        story = await tx.stories.add_version(found, Private(text)) if text != STORY else found
        await tx.stories.amend(story, msgspec.structs.replace(story.details, contact=contact))
    await cast.open_card(anna)
    return anna


async def more(editor: Person, label: str) -> None:
    """A button of the desk, wherever it stands."""
    if label not in [button.label for row in editor.last.buttons for button in row]:
        await editor.presses("Ещё")
    await editor.presses(label)


async def test_one_section_is_sent_anew_and_the_others_stay(cast: Cast) -> None:
    anna = await with_text(cast, TITLED)
    await anna.presses("Править")
    await anna.expects("Что правим?")
    await anna.presses("Что было")
    await anna.reads("Меня вызвали к директору Петровой.")
    await anna.says("Меня вызвали к директору.")
    await anna.presses("Сохранить версию")
    await anna.expects("Новая версия сохранена")
    assert await cast.text() == TITLED.replace(" Петровой", "")


async def test_the_whole_text_is_shown_with_its_titles_to_be_copied(cast: Cast) -> None:
    anna = await with_text(cast, TITLED)
    await anna.presses("Править")
    await anna.presses("Весь текст")
    await anna.reads("# Кто я\nЯ учительница из Перми.")
    await anna.expects("Строка, которая начинается с «# »")
    await anna.says("# Кто я\nУчительница.")
    await anna.presses("Сохранить версию")
    assert await cast.text() == "# Кто я\nУчительница."


async def test_who_saves_second_knows_it_and_loses_nothing(cast: Cast) -> None:
    anna = await with_text(cast, TITLED)
    boris = cast.stage.person("boris")
    await anna.presses("Править")
    await anna.presses("Что было")
    await anna.says("Меня вызвали.")
    await cast.open_card(boris)
    await boris.presses("Править")
    await boris.presses("Кто я")
    await boris.says("Я учительница.")
    await boris.presses("Сохранить версию")
    await anna.presses("Сохранить версию")
    await anna.expects("Пока вы правили, коллега сохранил версию 3")
    await anna.presses("Сохранить поверх")
    await anna.expects("Новая версия сохранена")
    assert await cast.text() == "Начало.\n\n# Кто я\nЯ учительница.\n\n# Что было\nМеня вызвали."


async def test_a_section_that_a_colleague_has_removed_is_not_written_over_another(cast: Cast) -> None:
    anna = await with_text(cast, TITLED)
    boris = cast.stage.person("boris")
    await anna.presses("Править")
    await anna.presses("Что было")
    await anna.says("Меня вызвали.")
    await cast.open_card(boris)
    await boris.presses("Править")
    await boris.presses("Весь текст")
    await boris.says("# Кто я\nЯ учительница.")
    await boris.presses("Сохранить версию")
    await anna.presses("Сохранить версию")
    await anna.expects("этого раздела больше нет")
    await anna.reads("Меня вызвали.")
    await anna.presses("Не сохранять")
    assert await cast.text() == "# Кто я\nЯ учительница."


async def test_a_section_that_a_colleague_has_moved_is_found_again(cast: Cast) -> None:
    anna = await with_text(cast, TITLED)
    boris = cast.stage.person("boris")
    await anna.presses("Править")
    await anna.presses("Кто я")
    await anna.says("Я учительница.")
    await cast.open_card(boris)
    await boris.presses("Править")
    await boris.presses("Весь текст")
    await boris.says("# Когда\nВесной.\n\n# Где\nВ Перми.\n\n# Кто я\nЯ учительница из Перми.")
    await boris.presses("Сохранить версию")
    await anna.presses("Сохранить версию")
    await anna.presses("Сохранить поверх")
    assert await cast.text() == "# Когда\nВесной.\n\n# Где\nВ Перми.\n\n# Кто я\nЯ учительница."


async def test_a_passage_is_cut_out_in_all_its_places(cast: Cast) -> None:
    anna = await with_text(cast, "Петрова пришла.\n\nЯ ждала.\n\nИ Петрова ушла.")
    await more(anna, "Вырезать фрагмент")
    await anna.says("Иванова")
    await anna.reads("Таких слов в тексте нет")
    await anna.says("Петрова")
    await anna.reads("[…] пришла.")
    await anna.expects("Так будут вырезаны 2 места")
    assert "Петрова" in await cast.text()
    await anna.presses("Сохранить версию")
    await anna.expects("Место вырезано")
    assert await cast.text() == "[…] пришла.\n\nЯ ждала.\n\nИ […] ушла."


async def test_a_cut_that_a_colleague_has_overtaken_is_not_saved(cast: Cast) -> None:
    anna = await with_text(cast, "Петрова пришла.")
    boris = cast.stage.person("boris")
    await more(anna, "Вырезать фрагмент")
    await anna.says("Петрова")
    await cast.open_card(boris)
    await boris.presses("Править")
    await boris.says("Петрова ушла.")
    await boris.presses("Сохранить версию")
    await anna.presses("Сохранить версию")
    await anna.expects("Пока вы читали, история изменилась")
    assert await cast.text() == "Петрова ушла."


async def test_every_version_can_be_read_compared_and_taken_up_again(cast: Cast) -> None:
    anna = await with_text(cast, "Весной мы вышли на площадь.")
    await anna.presses("Править")
    await anna.says("Летом мы вышли на площадь.")
    await anna.presses("Сохранить версию")
    await more(anna, "Версии и правки")
    await anna.expects("Сохранены 3 версии")
    await anna.expects("Версия 1: текст автора")
    await anna.expects("Версия 2: кто и когда, не записано")
    await anna.expects("Версия 3: anna, 1 марта")
    await anna.presses("Версия 3")
    await anna.reads("Летом мы вышли на площадь.")
    await anna.presses("с прошлой")
    await anna.reads("Было:\nВесной мы вышли на площадь.\nСтало:\nЛетом мы вышли на площадь.")
    await anna.expects("изменился 1 абзац")
    await anna.presses("Назад")
    await anna.presses("с текста автора")
    await anna.reads(f"Было:\n{STORY}")
    await anna.presses("Назад")
    await anna.presses("Назад")
    await anna.presses("Версия 1")
    await anna.presses("Вернуть эту версию")
    await anna.expects("Версия 1 снова взята за основу")
    assert await cast.text() == STORY
    assert "Версия 4" in cast.card().text.text


async def test_versions_of_a_decided_story_are_read_and_not_taken_up(cast: Cast) -> None:
    anna = await with_text(cast, "Весной мы вышли на площадь.")
    await anna.presses("Отказать")
    await anna.presses("Не наша тема")
    await anna.presses("Отказать и сообщить")
    await cast.open_card(anna)
    await anna.presses("Версии и правки")
    await anna.presses("Версия 1")
    await anna.reads(STORY)
    assert [button.label for row in anna.last.buttons for button in row] == ["Назад"]


async def test_many_changes_are_leafed_through(cast: Cast) -> None:
    anna = await with_text(cast, "\n".join(f"Новый абзац номер {number}." for number in range(12)))
    await more(anna, "Версии и правки")
    await anna.presses("Версия 2")
    await anna.presses("с прошлой")
    await anna.expects("изменилось 1")
    await anna.presses("Показать дальше")
    await anna.reads("Новый абзац номер 11.")
    assert "Показать дальше" not in [button.label for row in anna.last.buttons for button in row]


async def test_the_text_of_who_wants_no_letters_is_cut_and_goes_straight_to_approval(cast: Cast) -> None:
    anna = await with_text(cast, STORY, Contact.NEVER)
    boris = cast.stage.person("boris")
    labels = [button.label for row in anna.last.buttons for button in row]
    assert not {"Спросить автора", "Править", "Отправить автору на согласие", "Вернуть автору"} & set(labels)
    await anna.expects("сократить, но не переписать")
    quiet = len(cast.author.chat)
    await anna.presses("Вырезать фрагмент")
    await anna.says("с пустыми листами")
    await anna.presses("Сохранить версию")
    await anna.expects("можно передать на одобрение")
    await anna.presses("Передать на одобрение")
    await anna.expects("Спрашивать о согласии не нужно")
    await anna.presses("Передать на одобрение")
    await anna.expects("Текст готов. Одобрений: 0 из 2")
    story = await cast.story()
    assert (story.status, story.details.offered) == ("agreed", 2)
    for editor in (anna, boris):
        await cast.open_card(editor)
        await editor.presses("Одобрить")
    assert (await cast.story()).status == "scheduled"
    assert len(cast.author.chat) == quiet


async def test_what_such_an_author_never_read_does_not_go_to_approval(cast: Cast) -> None:
    """Rewritten first; then the author asked never to be written to."""
    anna = await with_text(cast, "Совсем другие слова.", Contact.NEVER)
    await anna.presses("Передать на одобрение")
    await anna.expects("Этот текст переписан")
    await anna.presses("Вернуть текст автора")
    assert await cast.text() == STORY
    await anna.presses("Передать на одобрение")
    assert (await cast.story()).status == "agreed"


async def test_an_author_who_wants_no_letters_meanwhile_ends_the_rewriting(cast: Cast) -> None:
    anna = await with_text(cast, STORY)
    await anna.presses("Править")
    await anna.says("Другие слова.")
    async with cast.stage.store.write() as tx:
        story = await cast.story()
        await tx.stories.amend(story, msgspec.structs.replace(story.details, contact=Contact.NEVER))
    await anna.presses("Сохранить версию")
    await anna.expects("править больше нельзя")
    assert await cast.text() == STORY


@pytest.mark.parametrize("manner", ["telegram"])
async def test_an_old_button_to_send_to_such_an_author_sends_nothing(cast: Cast) -> None:
    anna = await with_text(cast, STORY)
    async with cast.stage.store.write() as tx:
        story = await cast.story()
        await tx.stories.amend(story, msgspec.structs.replace(story.details, contact=Contact.NEVER))
    await anna.presses("Отправить автору")
    await anna.expects("Пока вы читали, история изменилась")
    assert (await cast.story()).status == "submitted"
