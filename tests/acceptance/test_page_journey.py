"""The demo as a stranger meets it: `tamizdat run` in an empty folder, the printed link, a real browser, clicks."""

from __future__ import annotations

import aiohttp
import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.acceptance.demo import Demo
from tests.acceptance.page import PHONE, Hall, open_hall
from tests.acceptance.stories import ANSWER, CAPTION, EDITED, IN_ENGLISH, PEN_NAME, QUESTION, SECOND, TOLD

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_story_travels(browser: Browser, demo: Demo) -> None:
    link = await demo.link()
    async with open_hall(browser, link) as hall:
        await subscribes(hall)
        await tells_a_long_story_over_a_restart(hall)
        assert await demo.link(start=2) == link
        await is_asked_and_answers(hall)
        await is_edited_and_agrees(hall)
        await two_editors_approve(hall)
        await the_reader_reads_and_leaves(hall)
        await takes_a_second_story_back(hall)
        await deletes_everything(hall)


async def subscribes(hall: Hall) -> None:
    await hall.reader.begins()
    await hall.reader.presses("Читать истории")
    await hall.reader.presses("Русский")
    await hall.reader.sees("Вы подписаны на истории.")


async def tells_a_long_story_over_a_restart(hall: Hall) -> None:
    author = hall.author
    await author.begins()
    await author.presses("Рассказать историю")
    await author.sees("Сначала честно о том, чем вы рискуете")
    await author.reads("Telegram знает, что вы нам писали")
    await author.presses("Понимаю, начать")
    await author.presses("Коротко и свободно")
    await author.reads("Расскажите свою историю.")
    for part in TOLD[:3]:
        await author.says(part)
    await hall.presses_restart()
    await author.reads(*TOLD[:3])
    for part in TOLD[3:]:
        await author.says(part)
    await author.sends_photo(CAPTION)
    await author.sees("1 фотография")
    await author.presses("Готово")
    await author.presses("Пропустить")
    await author.presses("Псевдонимом")
    await author.reads("Какой псевдоним")
    await author.says(PEN_NAME)
    await author.gives_details()
    await author.reads("Вот что увидят редакторы:")
    await author.reads(TOLD[-1], f"Подпись: {PEN_NAME}", "Всё верно?")
    await author.presses("Отправить")
    await author.sees("История отправлена.")
    for part in (*TOLD, CAPTION, PEN_NAME, "Telegram знает"):
        await author.no_longer_reads(part)


async def is_asked_and_answers(hall: Hall) -> None:
    author, editors = hall.author, hall.editors
    await editors.no_longer_reads(TOLD[0])
    await hall.opens_card("anna", status="У редакторов")
    await editors.presses("Читать")
    await editors.reads(*TOLD, CAPTION)
    await editors.sees_photo()
    await editors.reads("Через час он исчезнет")
    await editors.presses("Назад")
    await editors.presses("Спросить автора")
    await editors.reads("Что спросить у автора?")
    await editors.says(QUESTION)
    await editors.sees("Вопрос ушёл автору.")
    await author.sees("Редакторы хотят вас о чём-то спросить.")
    await author.presses("Прочесть вопрос")
    await author.reads(QUESTION)
    await author.says(ANSWER)
    await author.sees("Ответ у редакторов.")


async def is_edited_and_agrees(hall: Hall) -> None:
    author, editors = hall.author, hall.editors
    await hall.opens_card("anna", status="У редакторов")
    await editors.reads(ANSWER)
    await editors.presses("Править")
    await editors.reads("Пришлите новый целиком")
    await editors.says(EDITED)
    await editors.reads("В новой версии")
    await editors.presses("Сохранить версию")
    await editors.reads("Новая версия сохранена.")
    await hall.opens_card("boris", status="У редакторов")
    await editors.presses("Отправить автору на согласие")
    await editors.sees("Текст отправлен автору на согласие.")
    await author.presses("Прочесть текст")
    await author.sees("Так вашу историю увидят читатели:")
    await author.reads("прочь, а дальше", f"Рассказывает {PEN_NAME}")
    await author.reads("Вот что изменилось в вашем тексте", "отвезти на склад")
    await author.presses("Согласиться")
    await author.sees("Теперь текст должны одобрить два редактора")


async def two_editors_approve(hall: Hall) -> None:
    editors = hall.editors
    channel = hall.page.get_by_test_id("tab-subscriber-channel-ru")
    await hall.opens_card("anna", status="0 из 2")
    await editors.presses("Одобрить", under="0 из 2")
    await editors.sees("ещё 1 редактор")
    await expect(channel).to_have_text("Канал RU")
    await hall.opens_card("boris", status="1 из 2")
    await editors.presses("Одобрить", under="1 из 2")
    await editors.sees("это второе одобрение")
    await editors.turns_to("editors")
    await editors.sees("Опубликовано")
    await hall.author.reads("Ваша история опубликована.")
    await expect(channel).to_have_text("Канал RU2")


async def the_reader_reads_and_leaves(hall: Hall) -> None:
    reader = hall.reader
    await reader.turns_to("channel-ru")
    await reader.sees_photo()
    await reader.reads(f"Рассказывает {PEN_NAME}", "прочь, а дальше")
    await reader.turns_to("private")
    await reader.reads(f"Рассказывает {PEN_NAME}", "прочь, а дальше")
    await reader.presses("Читать дальше")
    await reader.sees_photo()
    await reader.presses("Отписаться")
    await reader.sees("Вы отписались.")


async def takes_a_second_story_back(hall: Hall) -> None:
    author, editors = hall.author, hall.editors
    await author.presses("Рассказать историю")
    await author.presses("Понимаю, начать")
    await author.presses("Коротко и свободно")
    await author.reads("Расскажите свою историю.")
    await author.says(SECOND)
    await author.presses("Готово")
    await author.presses("Без имени")
    await author.gives_details()
    await author.reads("Подпись: без имени")
    await author.presses("Отправить")
    await editors.reads("У редакторов")
    await author.presses("Мои истории")
    await author.sees("У вас 2 истории:")
    await author.presses("История 2: у редакторов")
    await author.presses("Забрать историю")
    await author.presses("Да, забрать")
    await author.sees("История уничтожена")
    await editors.no_longer_reads("У редакторов")
    await editors.reads("Опубликовано")


async def deletes_everything(hall: Hall) -> None:
    author = hall.author
    await author.presses("Удалить всё обо мне")
    await author.sees("Одна ваша история уже опубликована")
    await author.presses("Да, удалить всё")
    await author.sees("у нас о вас больше ничего нет")
    await author.no_longer_reads("История уничтожена")
    await hall.reader.turns_to("channel-ru")
    await hall.reader.reads(f"Рассказывает {PEN_NAME}")


@pytest.mark.soak
async def test_in_english_on_a_phone(browser: Browser, demo: Demo) -> None:
    async with open_hall(browser, await demo.link(), PHONE) as hall:
        author, editors, reader = hall.author, hall.editors, hall.reader
        await hall.page.get_by_test_id("page-en").click()
        await reader.begins("Start")
        await reader.presses("Read stories")
        await reader.presses("English")
        await reader.sees("You are subscribed to stories.")
        await author.begins("Start")
        await author.presses("Tell a story")
        await author.presses("I understand, begin")
        await author.presses("Short and free")
        await author.reads("Tell us your story.")
        for part in IN_ENGLISH:
            await author.says(part)
        await author.presses("Done")
        await author.presses("Without a name")
        await author.gives_details("Something else", "Rather not say", "Yes: without sound or details", "I agree")
        await author.reads(*IN_ENGLISH)
        await author.presses("Send")
        await author.sees("The editors have your story.")
        await author.no_longer_reads(IN_ENGLISH[0])
        await expect(hall.page.get_by_test_id("show-editors")).to_have_text("Editors1")
        await hall.opens_card("anna", status="У редакторов")  # the room speaks the newsroom's language
        await expect(hall.page.get_by_test_id("show-editors")).to_have_text("Editors")
        await editors.presses("Send to the author for consent")
        await author.presses("Read the text")
        await author.reads(*IN_ENGLISH, "The author asked not to be named")
        await author.presses("I agree")
        await author.sees("Now two editors must approve it")
        for editor, so_far in (("anna", 0), ("boris", 1)):
            await hall.opens_card(editor, status=f"{so_far} из 2")
            await editors.presses("Approve")
        await reader.reads(*IN_ENGLISH)
        await reader.presses("Leave")
        await reader.sees("You have left.")
        assert await hall.page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


@pytest.mark.soak
async def test_by_keyboard(browser: Browser, demo: Demo) -> None:
    async with open_hall(browser, await demo.link()) as hall:
        page, author = hall.page, hall.author
        chat = page.get_by_test_id("chat-contributor")
        await goes_to(page, author.column.get_by_role("button", name="Начать"))
        await page.keyboard.press("Enter")
        await expect(chat).to_be_focused()
        for label in ("Рассказать историю", "Понимаю, начать", "Коротко и свободно"):
            await goes_to(page, chat.get_by_role("button", name=label))
            await page.keyboard.press("Enter")
        await author.reads("Расскажите свою историю.")
        await goes_to(page, page.get_by_test_id("composer-contributor"))
        await page.keyboard.insert_text(SECOND)
        await page.keyboard.press("Enter")
        details = ("Без имени", "Другое", "Не указывать", "Можно: без звука и без подробностей", "Согласиться")
        for label, back in (("Готово", True), *((one, False) for one in details), ("Отправить", False)):
            await goes_to(page, chat.get_by_role("button", name=label), back=back)
            await page.keyboard.press("Enter")
        await author.sees("История отправлена.")
        await author.no_longer_reads(SECOND)
        await expect(chat).to_be_focused()  # not lost with the button that was pressed


async def goes_to(page: Page, goal: Locator, *, back: bool = False) -> None:
    await expect(goal).to_be_visible()
    for _ in range(40):
        if await goal.evaluate("element => element === document.activeElement"):
            return
        await page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError("the keyboard does not lead there")


FORGED: dict[str, tuple[dict[str, str], int]] = {
    "another name of the machine": ({"Host": "evil.example"}, 403),
    "a usual name of the machine": ({"Host": "localhost"}, 403),
    "another page": ({"Origin": "http://evil.example"}, 403),
    "no cookie": ({"Cookie": ""}, 401),
    "nothing": ({}, 101),
}


async def test_nobody_else_gets_in(demo: Demo) -> None:
    origin, _, key = (await demo.link()).partition("/?key=")
    own = {"Host": origin.removeprefix("http://"), "Origin": origin, "Cookie": await cookie(origin, key)}
    answered = {what: await answers(origin, own | forged) for what, (forged, _) in FORGED.items()}
    assert answered == {what: [status, *[200 if status == 101 else status] * 2] for what, (_, status) in FORGED.items()}


async def answers(origin: str, headers: dict[str, str]) -> list[int]:
    """Of the socket, of the door for files, and of the page's program."""
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    upgrade["Sec-WebSocket-Key"] = "dGhlIHNhbXBsZSBub25jZQ=="
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{origin}/socket", headers=headers | upgrade) as socket,
        session.post(f"{origin}/files", data=b"x", headers=headers) as files,
        session.get(f"{origin}/page.js", headers=headers) as page,
    ):
        return [socket.status, files.status, page.status]


async def cookie(origin: str, key: str) -> str:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{origin}/?key={key}", allow_redirects=False) as answer,
    ):
        return answer.headers["Set-Cookie"].partition(";")[0]
