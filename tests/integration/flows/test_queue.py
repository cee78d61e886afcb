"""The queue: every open story of this platform, by age and topic; looking for one; the newsroom in figures."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from bot.flows.testing import Person, Stage
from handlers.editors.finding import is_meant
from storage.address import Address
from storage.ids import StoryId
from storage.private import Private
from storage.story import Status
from storage.tables import editors
from tests.clock import Clock
from tests.integration.flows.people import Cast, enrol, subscribe


async def told(stage: Stage, alias: str, topic: str = "", platform: str = "") -> StoryId:
    """A story that somebody has sent, by that name among editors."""
    author = Address(platform=platform or stage.platform, bot="main", chat=Private(f"author of {alias}"))
    async with stage.store.write() as tx:
        story = await tx.stories.create(
            text=Private("Слова."), language="ru", alias=alias, byline=None, attachments=(), author=author, topic=topic
        )
    return story.id


async def become(stage: Stage, story_id: StoryId, *statuses: Status) -> None:
    async with stage.store.write() as tx:
        story = await tx.stories.get(story_id)
        for status in statuses:
            assert story is not None
            story = await tx.stories.move(story, status)


async def at_the_queue(stage: Stage) -> Person:
    anna = await enrol(stage, "anna")
    await anna.says("/queue")
    return anna


async def test_who_waits_longest_comes_first(stage: Stage, clock: Clock) -> None:
    await told(stage, "Вереск-100")
    clock.pass_(days=2)
    await told(stage, "Берёза-200")
    clock.pass_(days=3)
    anna = await at_the_queue(stage)
    seen = await anna.expects("2 истории")
    assert "Вереск-100: у редакторов, 5 дней" in seen.text.text
    assert "Берёза-200: у редакторов, 3 дня" in seen.text.text
    assert seen.text.text.index("Вереск-100") < seen.text.text.index("Берёза-200")


async def test_a_story_is_opened_and_left_for_the_same_place_in_the_queue(stage: Stage) -> None:
    await told(stage, "Вереск-100", "war")
    await told(stage, "Ирис-300", "work")
    anna = await at_the_queue(stage)
    await anna.presses("По теме")
    await anna.presses("Война")
    await anna.expects("1 история")
    await anna.presses("Вереск-100")
    await anna.expects("Тема: Война")
    await anna.presses("Взять себе")
    await anna.presses("К очереди")
    await anna.expects("занимается anna")
    assert "Ирис-300" not in anna.last.text.text
    await anna.presses("Все")
    await anna.presses("Мои")
    assert "Ирис-300" not in anna.last.text.text
    await anna.presses("Ничьи")
    await anna.expects("Ирис-300")
    assert "Вереск-100" not in anna.last.text.text


async def test_the_queue_in_english(stage: Stage) -> None:
    await told(stage, "Вереск-100", "war")
    await enrol(stage, "anna")
    anna = stage.person("anna", language="en")
    await anna.says("/language")
    await anna.presses("English")
    await anna.presses("The editors' queue")
    await anna.expects("Вереск-100: with the editors, since today")
    await anna.says("editors")
    await anna.expects("1 story was found")
    await anna.presses("Вереск-100")
    await anna.presses("Take care of it")
    await anna.expects("anna takes care of it")
    await anna.presses("More")
    await anna.presses("Cut a passage out")
    await anna.says("Слова")
    await anna.expects("This cuts 1 place")
    await anna.presses("Save the version")
    await anna.presses("To the queue")
    await anna.presses("In figures")
    await anna.expects("1 story is being worked on")


async def test_eight_stories_at_a_time(stage: Stage) -> None:
    for number in range(10):
        await told(stage, f"Ива-{100 + number}")
    anna = await at_the_queue(stage)
    await anna.expects("10 историй")
    assert anna.last.text.text.count("Ива-") == 8 + (8 if not stage.adapter.has_buttons else 0)
    first = anna.last.text.text
    await anna.presses("Следующие")
    assert not {f"Ива-{100 + number}" for number in range(10) if f"Ива-{100 + number}" in first} & set(
        anna.last.text.text.split()
    )
    await anna.presses("Предыдущие")
    assert anna.last.text.text == first


async def test_decided_stories_and_those_of_another_platform_are_not_in_the_queue(stage: Stage) -> None:
    await become(stage, await told(stage, "Вереск-100"), Status.REJECTED)
    await told(stage, "Ирис-300", platform="elsewhere")
    anna = await at_the_queue(stage)
    await anna.expects("Сейчас историй нет")
    await anna.says("ирис")
    await anna.expects("Ничего не нашлось")


async def test_what_is_typed_at_the_queue_is_looked_for(stage: Stage) -> None:
    await told(stage, "Берёза-100", "prison")
    await become(stage, await told(stage, "Черёмуха-200", "war"), Status.REJECTED)
    anna = await at_the_queue(stage)
    for words in ("береза", "БЕРЁЗА 1", "тюрьма", "у редакторов"):
        await anna.says(words)
        await anna.expects("Нашлась 1 история")
        await anna.expects("Берёза-100")
    await anna.says("не принята")
    await anna.expects("Черёмуха-200: не принята")
    await anna.says("/search война")
    await anna.expects("Черёмуха-200")
    await anna.says("осина")
    await anna.expects("Ничего не нашлось")
    await anna.presses("Все")
    await anna.expects("1 история")


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("Берёз", True),
        ("берёза-105", True),
        ("берёза 106", False),
        ("105", True),
        ("войны", True),
        ("опубликовано", True),
        ("семья", False),
        ("ер", False),
    ],
)
def test_who_is_meant(query: str, meant: bool) -> None:
    assert is_meant(Private(query), "Берёза-105", "опубликована", "Война") is meant


async def test_the_queue_is_a_row_at_home_for_editors_only(stage: Stage) -> None:
    await told(stage, "Вереск-100")
    reader, anna = stage.person("reader"), await enrol(stage, "anna")
    await reader.says("/start")
    assert "Очередь редакторов" not in [button.label for row in reader.last.buttons for button in row]
    await anna.says("/start")
    await anna.presses("Очередь редакторов")
    await anna.expects("1 история")


@pytest.mark.parametrize("command", ["/queue", "/search вереск", "/figures"])
async def test_nobody_else_learns_that_there_is_a_queue(stage: Stage, command: str) -> None:
    await told(stage, "Вереск-100")
    stranger = stage.person("stranger")
    await stranger.says("/start")
    await stranger.says("/nonsense")
    nonsense = stranger.last.text.text
    await stranger.says(command)
    assert stranger.last.text.text == nonsense


async def test_an_editor_who_has_left_the_room_sees_no_queue(stage: Stage) -> None:
    await told(stage, "Вереск-100")
    anna = await at_the_queue(stage)
    stage.adapter.members["editors"].remove("anna")
    before = len(anna.chat)
    for words in ("вереск", "/queue", "/figures"):
        await anna.says(words)
    assert "Вереск" not in "".join(seen.text.text for seen in anna.chat[before:] if not seen.mine)


async def test_a_colleague_who_can_not_be_read_closes_nobodys_desk(stage: Stage) -> None:
    await told(stage, "Вереск-100")
    await enrol(stage, "boris")
    async with stage.store.write() as tx:
        await tx.work.connection.execute(update(editors).values(body=b"\x01" * 300))
    anna = await at_the_queue(stage)
    await anna.presses("Вереск-100")
    await anna.expects("Историю пока никто не взял")
    boris = stage.person("boris")
    await boris.says("/start")
    await boris.expects("Тамиздат")


async def test_the_newsroom_in_figures(stage: Stage, clock: Clock, cast: Cast) -> None:
    await told(stage, "Вереск-100")
    clock.pass_(days=12)
    await become(stage, await told(stage, "Берёза-200"), Status.CONSENT)
    published = await told(stage, "Ирис-300")
    await become(stage, published, Status.CONSENT, Status.AGREED, Status.SCHEDULED, Status.PUBLISHED)
    for number in range(5):
        await subscribe(stage.person(f"reader{number}"))
    anna = await at_the_queue(stage)
    await anna.presses("В цифрах")
    said = (await anna.expects("В работе 2 истории")).text.text
    assert "У редакторов: 1, у авторов: 1, на одобрении: 0, ждут выхода: 0." in said
    assert "Дольше всех ждёт «Вереск-100»: 12 дней." in said
    assert "В этом месяце вышла 1 история." in said
    assert "По-русски нас читают 5 человек." in said
    assert "На каждом из остальных языков нас читает меньше пяти человек." in said


async def test_no_figure_of_people_says_who_they_are(stage: Stage) -> None:
    for number in range(4):
        await subscribe(stage.person(f"reader{number}"))
    anna = await enrol(stage, "anna")
    await anna.says("/figures")
    await anna.expects("На каждом языке нас пока читает меньше пяти человек")
    await anna.expects("Сейчас в работе ничего нет")
