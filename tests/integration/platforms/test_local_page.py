"""The page in a real browser, as a person uses it."""

from __future__ import annotations

import io
import wave
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import Browser, FilePayload, Locator, Page, expect

from bot.outcomes import Delivered
from bot.platforms.local.people import ANNA, BORIS, CONTRIBUTOR, EDITORS_ROOM, address
from bot.texts.rich import Rich, bold, link, quote
from bot.types import (
    Called,
    Choice,
    Content,
    Edited,
    Erase,
    FileKind,
    Media,
    Opening,
    Place,
    Said,
    Sent,
    Show,
    Tapped,
    Token,
)
from storage.address import Reference
from storage.ids import BlobId
from storage.private import Private
from tests.browser import open_browser
from tests.integration.platforms.local_stage import Service

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    async with Service(tmp_path) as service:
        yield service


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, service: Service) -> AsyncIterator[Page]:
    """Open and connected; nothing may go wrong in it, no policy may be broken."""
    context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="ru-RU")
    page = await context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Content Security" in said.text else None)
    await page.goto(service.adapter.link)
    await expect(page.get_by_test_id("state")).to_have_text("На связи")
    yield page
    await context.close()
    assert errors == []


def no_blob(_: BlobId) -> AsyncIterator[bytes]:
    raise AssertionError("no blob was to be asked for")


async def tells(
    service: Service,
    text: Rich | str,
    *rows: tuple[Choice | Opening, ...],
    chat: str = CONTRIBUTOR,
    before: Reference | None = None,
    protect: bool = False,
) -> Reference:
    content = Content(text=Rich.plain(text) if isinstance(text, str) else text, buttons=rows)
    show = Show(content=content, place=Place.SAME, protect=protect)
    outcome = await service.adapter.perform(show, address(chat, "main"), before, no_blob, "")
    assert isinstance(outcome, Delivered)
    assert outcome.reference is not None
    return outcome.reference


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 40), "#8c2f24").save(file, "PNG")
    return file.getvalue()


def sound() -> bytes:
    """A second of silence."""
    file = io.BytesIO()
    with wave.open(file, "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(2)
        recording.setframerate(8000)
        recording.writeframes(bytes(16_000))
    return file.getvalue()


_RECORD = """async () => {
  const canvas = document.createElement("canvas");
  const paint = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: "video/webm" });
  const pieces = [];
  recorder.ondataavailable = (event) => pieces.push(event.data);
  const stopped = new Promise((resolve) => (recorder.onstop = resolve));
  recorder.start();
  for (let frame = 0; frame < 10; frame++) {
    paint.fillRect(frame, 0, 10, 10);
    await new Promise(requestAnimationFrame);
  }
  recorder.stop();
  await stopped;
  return [...new Uint8Array(await new Blob(pieces).arrayBuffer())];
}"""


async def shows(service: Service, kind: FileKind, data: bytes, alt: str = "") -> None:
    async def blob(_: BlobId) -> AsyncIterator[bytes]:
        yield data

    media = Media(kind=kind, blob=BlobId(bytes(16)), size=len(data), alt=Private(alt))
    show = Show(content=Content(text=Rich(), media=media))
    assert isinstance(await service.adapter.perform(show, address(CONTRIBUTOR, "main"), None, blob, ""), Delivered)


async def plays(player: Locator) -> None:
    """The browser has opened it and can play it."""
    await expect(player).to_be_visible()
    await expect(player).not_to_have_js_property("readyState", 0)
    assert await player.evaluate("player => player.controls && player.duration > 0")


def choice(label: str, its: str = "t-1") -> Choice:
    return Choice(label=label, token=Token(its))


def messages(page: Page, chat: str = CONTRIBUTOR) -> Locator:
    return page.get_by_test_id(f"chat-{chat}").get_by_test_id("message")


async def writes(page: Page, text: str, column: str = "contributor") -> None:
    await page.get_by_test_id(f"composer-{column}").fill(text)
    await page.get_by_test_id(f"send-{column}").click()


async def test_a_conversation(page: Page, service: Service) -> None:
    await page.get_by_test_id("column-contributor").get_by_role("button", name="Начать").click()
    assert (await service.sink.next()).body == Called(name="start", argument=Private(""))
    await tells(service, "Расскажете?", (choice("Да", "yes"), choice("Позже", "later")))
    await page.get_by_role("button", name="Позже").click()
    assert (await service.sink.next()).body == Tapped(token=Token("later"))
    await writes(page, "Хорошо, слушайте.")
    assert (await service.sink.next()).body == Said(text=Private("Хорошо, слушайте."))
    await expect(messages(page)).to_have_count(3)
    await expect(page.get_by_test_id("composer-contributor")).to_have_value("")


async def test_changing_and_deleting_what_one_wrote(page: Page, service: Service) -> None:
    await writes(page, "Черновек")
    await service.sink.next()
    own = messages(page).first
    await own.get_by_role("button", name="Действия с сообщением").click()
    await own.get_by_role("button", name="Изменить").click()
    await expect(page.get_by_test_id("composer-contributor")).to_have_value("Черновек")
    await page.get_by_test_id("composer-contributor").fill("Черновик")
    await page.get_by_test_id("composer-contributor").press("Enter")
    assert (await service.sink.next()).body == Edited(text=Private("Черновик"))
    await expect(own).to_contain_text("Черновик")
    await expect(own).to_contain_text("изменено")
    await own.get_by_role("button", name="Действия с сообщением").click()
    await own.get_by_role("button", name="Удалить").click()
    await expect(messages(page)).to_have_count(0)


async def test_escape_leaves_a_message_as_it_was(page: Page, service: Service) -> None:
    composer = page.get_by_test_id("composer-contributor")
    await writes(page, "Слово")
    await composer.fill("Недописанное")
    await messages(page).get_by_role("button", name="Действия с сообщением").click()
    await messages(page).get_by_role("button", name="Изменить").click()
    await composer.fill("Другое")
    await composer.press("Escape")
    await expect(composer).to_have_value("Недописанное")
    await expect(messages(page)).to_contain_text("Слово")


async def test_a_photo_with_its_caption(page: Page, service: Service) -> None:
    photo = FilePayload(name="окно.png", mimeType="image/png", buffer=picture())
    await page.get_by_test_id("files-contributor").set_input_files(photo)
    await expect(page.get_by_role("button", name="Убрать: окно.png")).to_be_visible()
    await writes(page, "Вид из окна")
    body = (await service.sink.next()).body
    assert isinstance(body, Sent)
    assert (body.file.kind, body.caption) == (FileKind.PHOTO, Private("Вид из окна"))
    image = messages(page).get_by_role("img", name="Фотография")
    await expect(image).to_have_js_property("naturalWidth", 64)


async def test_a_photo_of_the_bots_says_what_is_to_be_seen(page: Page, service: Service) -> None:
    await shows(service, FileKind.PHOTO, picture(), "Пустая площадь вечером")
    await expect(messages(page).get_by_role("img", name="Пустая площадь вечером")).to_be_visible()


async def test_recordings_are_sent_and_played(page: Page, service: Service) -> None:
    video = bytes(await page.evaluate(_RECORD))
    for name, mime, data, kind in (
        ("voice.wav", "audio/wav", sound(), FileKind.VOICE),
        ("video.webm", "video/webm", video, FileKind.VIDEO),
        ("paper.pdf", "application/pdf", b"%PDF-1.7", FileKind.DOCUMENT),
    ):
        payload = FilePayload(name=name, mimeType=mime, buffer=data)
        await page.get_by_test_id("column-contributor").locator("input[type=file]").set_input_files(payload)
        await page.get_by_test_id("send-contributor").click()
        sent = (await service.sink.next()).body
        assert isinstance(sent, Sent)
        assert (sent.file.kind, sent.file.size) == (kind, len(data))
        await shows(service, kind, data) if kind is not FileKind.DOCUMENT else None
    await shows(service, FileKind.VIDEO_NOTE, video, "Автор машет рукой")
    for players, count in (("audio", 2), ("video", 3)):
        await expect(messages(page).locator(players)).to_have_count(count)
        for player in await messages(page).locator(players).all():
            await plays(player)
    await expect(messages(page).get_by_label("Автор машет рукой")).to_be_visible()
    await expect(messages(page).get_by_role("link", name="paper.pdf")).to_be_visible()


async def test_the_bots_messages_change_and_go_before_ones_eyes(page: Page, service: Service) -> None:
    shown = await tells(service, "1 из 2", (choice("Одобрить"),))
    await expect(messages(page)).to_contain_text("1 из 2")
    await page.get_by_role("button", name="Одобрить").focus()
    await tells(service, "2 из 2", (choice("Одобрить"),), before=shown)
    await expect(messages(page)).to_contain_text("2 из 2")
    await expect(page.get_by_role("button", name="Одобрить")).to_be_focused()
    await service.adapter.perform(Erase(references=(shown,)), address(CONTRIBUTOR, "main"), None, no_blob, "")
    await expect(messages(page)).to_have_count(0)


async def test_several_messages_at_once_are_read_from_the_first(page: Page, service: Service) -> None:
    await writes(page, "Покажите")
    await tells(service, "Начало. " + "Рассказ. " * 110)
    for _ in range(3):
        await tells(service, "Рассказ. " * 110)
    await tells(service, "Конец.", (choice("Дальше"),))
    await expect(messages(page)).to_have_count(6)
    await expect(messages(page).nth(1).locator(".text")).to_be_in_viewport(ratio=1)
    await expect(messages(page).last).not_to_be_in_viewport()
    newest = page.get_by_role("button", name="К новым сообщениям")
    await newest.click()
    await expect(page.get_by_role("button", name="Дальше")).to_be_in_viewport(ratio=1)
    await expect(newest).to_be_hidden()
    await writes(page, "Прочёл")
    await expect(messages(page).last).to_be_in_viewport(ratio=1)


async def test_who_reads_further_up_is_left_there(page: Page, service: Service) -> None:
    for number in range(12):
        await tells(service, f"{number}. " + "Рассказ. " * 40)
    await page.reload()
    await messages(page).first.scroll_into_view_if_needed()
    await tells(service, "Новое")
    newest = page.get_by_role("button", name="К новым сообщениям")
    await expect(newest).to_be_visible()
    await expect(messages(page).first).to_be_in_viewport()
    await newest.click()
    await expect(messages(page).last).to_be_in_viewport(ratio=1)


async def test_a_message_that_goes_leaves_the_keyboard_where_it_was(page: Page, service: Service) -> None:
    shown = await tells(service, "Отправить?", (choice("Отправить"),))
    button = messages(page).get_by_role("button", name="Отправить", exact=True)  # the composer has one, too
    await page.bring_to_front()
    await button.focus()
    await expect(button).to_be_focused()
    await service.adapter.perform(Erase(references=(shown,)), address(CONTRIBUTOR, "main"), None, no_blob, "")
    await expect(messages(page)).to_have_count(0)
    await expect(page.get_by_test_id("chat-contributor")).to_be_focused()


async def test_texts_are_texts_and_look_as_they_should(page: Page, service: Service) -> None:
    text = bold("<img src=x onerror=alert(1)>") + quote("Цитата") + link("адрес", "https://example.org/") + "\n& всё"
    await tells(service, text, protect=True)
    shown = messages(page)
    await expect(shown.locator("strong")).to_have_text("<img src=x onerror=alert(1)>")
    await expect(shown.locator("blockquote")).to_have_text("Цитата")
    await expect(shown.locator("a")).to_have_attribute("rel", "noopener noreferrer")
    await expect(shown.locator(".bubble")).to_have_css("user-select", "none")
    await expect(shown.locator(".text")).to_have_attribute("lang", "ru")


async def test_a_long_story_is_folded_until_one_asks(page: Page, service: Service) -> None:
    await writes(page, "Долгий рассказ. " * 950)
    await expect(messages(page)).to_have_count(4)
    first = messages(page).first
    folded = (await first.bounding_box() or {"height": 0})["height"]
    await first.get_by_role("button", name="Показать целиком").click()
    await expect(first.get_by_role("button", name="Свернуть")).to_have_attribute("aria-expanded", "true")
    assert (await first.bounding_box() or {"height": 0})["height"] > 2 * folded


async def test_after_a_restart_everything_is_there_again(page: Page, service: Service) -> None:
    await writes(page, "Это останется")
    await service.sink.next()
    await page.get_by_test_id("composer-contributor").fill("недописанное")
    await page.get_by_test_id("restart").click()
    await expect(page.get_by_test_id("notice")).to_have_text("Служба снова работает. Всё на месте.")
    assert service.restarts == 1
    await expect(messages(page)).to_contain_text("Это останется")
    await expect(page.get_by_test_id("composer-contributor")).to_have_value("недописанное")
    await page.reload()
    await expect(messages(page)).to_contain_text("Это останется")


async def test_what_one_writes_while_the_service_is_away_arrives_once(page: Page, service: Service) -> None:
    await service.stop()
    await expect(page.get_by_test_id("state")).to_have_text("Соединение…")
    await writes(page, "Пока вас нет")
    await service.start()
    assert (await service.sink.next()).body == Said(text=Private("Пока вас нет"))
    await expect(messages(page)).to_have_count(1)
    assert service.sink.is_empty()


async def test_the_editors_column_is_two_people(page: Page, service: Service) -> None:
    column = page.get_by_test_id("column-editors")
    card = (Opening(label="Читать", payload="card-1"),)
    await tells(service, "Новая история", card, chat=EDITORS_ROOM)
    await writes(page, "Беру", column="editors")
    assert (await service.sink.next()).person.person == Private(ANNA)
    await tells(service, "Борис, вас просят", chat=BORIS)
    await expect(page.get_by_test_id("person-boris")).to_contain_text("1")
    await page.get_by_test_id("person-boris").click()
    await expect(messages(page, EDITORS_ROOM).last).to_contain_text("Анна")
    await column.get_by_role("button", name="Читать").click()
    opened = await service.sink.next()
    assert (opened.chat, opened.body) == (address(BORIS, "main"), Called(name="start", argument=Private("card-1")))
    await expect(page.get_by_test_id("chat-boris")).to_be_visible()
    await expect(page.get_by_test_id("tab-editors-private")).to_have_attribute("aria-pressed", "true")
    await expect(page.get_by_test_id("person-boris")).to_have_text("Борис")


async def test_the_reader_looks_into_the_channels(page: Page, service: Service) -> None:
    await tells(service, "Вышла история", chat="channel-ru")
    tab = page.get_by_test_id("tab-subscriber-channel-ru")
    await expect(tab).to_have_text("Канал RU1")
    await tab.click()
    await expect(messages(page, "channel-ru")).to_contain_text("Вышла история")
    await expect(tab).to_have_text("Канал RU")
    await expect(page.get_by_test_id("composer-subscriber")).to_be_hidden()


async def test_the_page_and_the_phones_have_languages(page: Page, service: Service) -> None:
    await page.get_by_test_id("page-en").click()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.get_by_role("heading", name="Reader")).to_be_visible()
    await page.get_by_test_id("device-contributor").click()
    await writes(page, "Здравствуйте")
    await writes(page, "Hello", column="subscriber")
    assert [(await service.sink.next()).language_code for _ in range(2)] == ["ru", "en"]


async def test_with_the_keyboard_alone(page: Page, service: Service) -> None:
    composer = page.get_by_test_id("composer-contributor")
    await tab_to(page, composer, "Tab")
    await page.keyboard.type("Раз")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("два")
    await page.keyboard.press("Enter")
    assert (await service.sink.next()).body == Said(text=Private("Раз\nдва"))
    await tells(service, "Верно?", (choice("Верно", "yes"), choice("Нет", "no")))
    button = page.get_by_role("button", name="Верно")
    await expect(button).to_be_visible()
    await tab_to(page, button, "Shift+Tab")
    await page.keyboard.press("Enter")
    assert (await service.sink.next()).body == Tapped(token=Token("yes"))
    await expect(button).to_have_css("outline-style", "solid")
    await expect(button).to_be_focused()


async def tab_to(page: Page, goal: Locator, key: str) -> None:
    for _ in range(40):
        await page.keyboard.press(key)
        if await goal.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{key} does not lead there")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everything_has_a_name_and_can_be_read(page: Page, service: Service, scheme: str) -> None:
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await writes(page, "Моё")
    await tells(service, bold("Жирно") + quote("Цитата") + link("адрес", "https://example.org/"), (choice("Да"),))
    await tells(service, "Ещё вопрос", (choice("Нет"),))
    await tells(service, "Карточка", (choice("Взять"),), chat=EDITORS_ROOM)
    await tells(service, "Нельзя унести", protect=True, chat=EDITORS_ROOM)
    await tells(service, "Непрочитанное", chat="channel-en")
    await writes(page, "Беру", column="editors")
    await expect(messages(page, EDITORS_ROOM)).to_have_count(3)
    await messages(page).get_by_role("button", name="Действия с сообщением").click()
    assert await page.evaluate(NAMELESS) == []
    assert await page.evaluate(PALE) == []
    await expect(page.get_by_role("banner")).to_have_count(1)
    await expect(page.get_by_role("main")).to_have_count(1)
    await expect(page.get_by_role("region")).to_have_count(3)
    assert await page.get_by_role("log").count() == 3


async def test_on_a_phone_there_is_one_chat_at_a_time(page: Page, service: Service) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.reload()
    await tells(service, "Карточка", chat=EDITORS_ROOM)
    await expect(page.get_by_test_id("column-contributor")).to_be_visible()
    await expect(page.get_by_test_id("column-editors")).to_be_hidden()
    show = page.get_by_test_id("show-editors")
    await expect(show).to_have_text("Редакция1")
    await show.click()
    await expect(messages(page, EDITORS_ROOM)).to_be_visible()
    await expect(page.get_by_test_id("column-contributor")).to_be_hidden()
    await expect(show).to_have_text("Редакция")
    composer = page.get_by_test_id("composer-editors")
    assert await composer.evaluate("element => element.clientHeight >= element.scrollHeight")
    assert await composer.evaluate("element => element.clientHeight > 20")
    assert await page.evaluate("document.documentElement.scrollWidth") == 390


async def test_who_wants_no_motion_gets_none(page: Page, service: Service) -> None:
    await page.emulate_media(reduced_motion="reduce")
    await page.reload()
    await writes(page, "Слово")
    await expect(messages(page)).to_be_visible()
    assert await page.evaluate("document.getAnimations().length") == 0


NAMELESS = """() => [...document.querySelectorAll("button, a, textarea, input:not([hidden]), [role=log], img")]
    .filter((element) => element.checkVisibility())
    .filter((element) => !(element.getAttribute("aria-label") || element.textContent || element.alt || "").trim())
    .map((element) => element.outerHTML)"""

PALE = """() => {
    const parse = (text) => text.match(/[\\d.]+/g).map(Number);
    const over = ([r, g, b, a = 1], below) => [r, g, b].map((value, i) => value * a + below[i] * (1 - a));
    const behind = (element) => {
        const layers = [];
        for (; element; element = element.parentElement) layers.push(parse(getComputedStyle(element).backgroundColor));
        return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
    };
    const light = (colour) => colour
        .map((value) => value / 255)
        .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
        .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
    const pale = [];
    for (const element of document.querySelectorAll("body *")) {
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if ((!own && !element.placeholder) || !element.checkVisibility()) continue;
        const style = element.placeholder ? getComputedStyle(element, "::placeholder") : getComputedStyle(element);
        const below = behind(element);
        const [a, b] = [light(over(parse(style.color), below)), light(below)].sort((x, y) => y - x);
        const contrast = (a + 0.05) / (b + 0.05);
        if (contrast < 4.5) pale.push(`${element.className || element.tagName} ${contrast.toFixed(2)}`);
    }
    return pale;
}"""
