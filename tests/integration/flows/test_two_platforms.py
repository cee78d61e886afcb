"""One newsroom on Telegram and Matrix: who sees what came by which, and that a person with two accounts counts once.

Both messengers are stages over one store; what is real on each of them has its own tests.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

import handlers
from bot.flows.program import JobKind
from bot.flows.testing import Person, Stage
from bot.texts.fluent import Texts
from storage.store import Store
from tests.databases import Newsroom
from tests.integration.flows.conftest import messenger
from tests.integration.flows.held import Rules
from tests.integration.flows.people import STORY, Cast, enrol, labels, subscribe
from tests.integration.flows.test_letters import approve, begin, news, open_letter
from tests.integration.flows.test_letters_afterwards import NEW, SHOWN_ANEW, correct, take_back

NOT_HERE = "Этой истории больше нет, или она открывается в другом мессенджере"


@pytest.fixture
def stage(store: Store, texts: Texts, fetch: JobKind, rules: Rules) -> Stage:
    """Who is not said to be elsewhere is on Matrix."""
    return Stage(
        store,
        lambda: rules.hold(handlers.newsroom(fetch)),
        texts,
        adapter=messenger("matrix"),
        beside=[messenger("telegram")],
    )


@pytest.fixture
def cast(stage: Stage, newsroom: Newsroom) -> Cast:
    return Cast(stage=stage, data=newsroom.data)


@pytest.fixture
async def anna(stage: Stage) -> Person:
    """On Matrix."""
    return await enrol(stage, "anna")


async def on_telegram(stage: Stage, name: str, *, same_as: str = "") -> Person:
    """An editor there: somebody new, or a further account of somebody."""
    editor = stage.person(name, platform="telegram")
    stage.admit("editors", editor)
    async with stage.store.write() as tx:
        known = [one.id for one in await tx.editors.all() if one.name.reveal() == same_as]
        code = await tx.editors.new_code(same_as or name, person=known[0] if known else None)
    await editor.says(f"/enrol {code}")
    await editor.expects("Теперь вы редактор")
    return editor


async def test_what_came_by_matrix_is_on_no_screen_of_telegram_before_it_is_published(
    stage: Stage, cast: Cast, anna: Person
) -> None:
    boris = await on_telegram(stage, "boris")
    await cast.submit(cast.author)
    (card,) = stage.sees("editors")
    assert stage.sees("editors", "telegram") == []
    alias = card.text.text.split("\n")[0]

    await cast.open_card(anna)
    await anna.reads(alias)
    link = card.button("Открыть")
    await boris.says(f"/start {getattr(link, 'payload', '')}")
    await boris.expects(NOT_HERE)
    await boris.says("/queue")
    await boris.expects("Сейчас историй нет")
    await boris.says(f"/search {alias}")
    await boris.expects("Ничего не нашлось")
    await boris.says("/figures")
    await boris.expects("Сейчас в работе ничего нет")
    await boris.says("/start")
    shown = "".join(seen.text.text for seen in boris.chat if not seen.mine)
    assert STORY not in shown
    assert alias not in shown


async def test_what_came_by_telegram_is_not_on_matrix_either(stage: Stage, cast: Cast, anna: Person) -> None:
    await on_telegram(stage, "boris")
    await cast.submit(stage.person("author", platform="telegram"))
    assert stage.sees("editors") == []
    (card,) = stage.sees("editors", "telegram")
    await anna.says(f"/start {getattr(card.button('Открыть'), 'payload', '')}")
    await anna.expects(NOT_HERE)
    await anna.says("/queue")
    await anna.expects("Сейчас историй нет")


async def test_a_link_from_the_other_messenger_decides_nothing(stage: Stage, cast: Cast, anna: Person) -> None:
    """The same person, with an account on each: what they may see depends on where they look."""
    there = await on_telegram(stage, "anna", same_as="anna")
    await cast.agree(cast.author, anna)
    await cast.open_card(anna)
    card = stage.sees("editors")[-1]
    await there.says(f"/start {getattr(card.button('Открыть'), 'payload', '')}")
    await there.expects(NOT_HERE)
    await anna.presses("Одобрить")
    await there.presses("Закрыть")
    assert (await cast.story()).status == "agreed"


async def test_two_accounts_of_one_editor_are_one_approval(stage: Stage, cast: Cast) -> None:
    """Both on Matrix: there a second account could otherwise stand for the second person."""
    anna, boris = await cast.editors()
    async with stage.store.write() as tx:
        (editor,) = [one for one in await tx.editors.all() if one.name.reveal() == "anna"]
        code = await tx.editors.new_code("anna", person=editor.id)
    again = stage.person("anna's other phone")
    stage.admit("editors", again)
    await again.says(f"/enrol {code}")

    await cast.agree(cast.author, anna)
    await cast.open_card(anna)
    await anna.presses("Взять себе")
    await anna.presses("Одобрить")
    await cast.open_card(again)
    assert "Одобрить" not in labels(again)
    assert "Отпустить" in labels(again)
    assert (await cast.story()).status == "agreed"
    await cast.open_card(boris)
    await boris.presses("Одобрить")
    assert (await cast.story()).status == "scheduled"

    await cast.open_card(anna)
    await anna.presses("Выход и публикация")
    await anna.presses("Выпустить сегодня")
    await cast.open_card(again)
    await again.presses("Выход и публикация")
    assert "Выпустить сегодня" not in labels(again)
    assert (await cast.story()).status == "scheduled"


async def test_a_published_story_reaches_channels_and_readers_on_both(stage: Stage, cast: Cast) -> None:
    anna, boris = await cast.editors()
    readers = [stage.person("reader", platform=platform) for platform in ("matrix", "telegram")]
    for reader in readers:
        await subscribe(reader)
    await cast.publish(cast.author, anna, boris)
    for platform in ("matrix", "telegram"):
        assert STORY in stage.sees("channel-ru", platform)[-1].text.text
    for reader in readers:
        await reader.reads(STORY)


async def test_telegram_without_an_editors_room_is_a_guest_of_matrix(stage: Stage, cast: Cast, anna: Person) -> None:
    rooms = stage.rooms
    here = {platform: room for platform, room in rooms.editors.items() if platform == "matrix"}
    stage.rooms = replace(rooms, editors=here, guests={"telegram": "matrix"})
    stage.restart()
    author = stage.person("author", platform="telegram")
    await cast.submit(author)
    await cast.open_card(anna)
    await anna.presses("Спросить автора")
    await anna.says("Где это было?")
    await author.presses("Прочесть вопрос")
    await author.expects("Где это было?")


async def test_a_room_to_join_is_offered_with_what_that_shows_to_others(stage: Stage) -> None:
    stage.rooms = replace(stage.rooms, joinable={"matrix": {"ru": "https://matrix.to/#/!ru:paper.test"}})
    stage.restart()
    reader, elsewhere = stage.person("reader"), stage.person("reader", platform="telegram")
    await subscribe(reader)
    await reader.reads("https://matrix.to/#/!ru:paper.test")
    await reader.expects("Но там участники видят друг друга")
    await subscribe(elsewhere)
    assert "matrix.to" not in elsewhere.last.text.text


async def test_a_newsletter_from_matrix_is_on_no_screen_of_telegram_before_it_is_sent(
    stage: Stage, anna: Person
) -> None:
    boris, vera = await on_telegram(stage, "boris"), await enrol(stage, "vera")
    await subscribe(stage.person("reader", platform="telegram"))
    await begin(anna)
    await anna.presses("Посмотреть")
    shown = [seen.text.text for seen in anna.chat]
    assert any("— Telegram · русский —" in text for text in shown)
    assert any(text.endswith("1. Отписаться") for text in shown)
    assert any(text.endswith("[Отписаться]") for text in shown)
    await boris.says("/letters")
    await boris.expects("Писем пока нет")
    await approve(anna, vera)
    card = stage.sees("editors")[-1].button("Открыть")
    await boris.says(f"/start {getattr(card, 'payload', '')}")
    await boris.expects("Этого письма больше нет, или оно открывается в другом мессенджере")
    await open_letter(anna, "Отправить", "Отправить сейчас")
    await open_letter(boris)
    await boris.expects("Отправлено")
    assert len(news(stage.person("reader", platform="telegram"))) == 1


async def test_a_correction_from_matrix_is_on_no_screen_of_telegram_before_two_have_approved_it(
    stage: Stage, anna: Person
) -> None:
    boris, vera = await on_telegram(stage, "boris"), await enrol(stage, "vera")
    reader = stage.person("reader", platform="telegram")
    await subscribe(reader)
    await begin(anna)
    await approve(anna, vera)
    await open_letter(anna, "Отправить", "Отправить сейчас")
    await correct(anna, NEW)
    await open_letter(boris, "Посмотреть")
    assert labels(boris) == ["Посмотреть", "Прислать мне", "Отозвать", "К письмам"]
    assert not [seen for seen in (*boris.chat, *reader.chat) if "четыре истории" in seen.text.text]
    await open_letter(vera, "Открыть исправление", "Одобрить исправление")
    await reader.expects(SHOWN_ANEW)
    await take_back(vera, boris)
    assert not [seen for seen in reader.chat if "четыре истории" in seen.text.text]
