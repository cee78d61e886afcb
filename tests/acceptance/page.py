"""The people before the page: each has a column, and does there what a person does with hands and eyes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw
from playwright.async_api import Browser, FilePayload, Locator, Page, expect

from tests.patience import PATIENCE

DESKTOP: Final = (1440, 900)
PHONE: Final = (390, 844)


class Seat:
    """One column. Whoever sits there sees one chat at a time."""

    def __init__(self, page: Page, column: str) -> None:
        self.page = page
        self.column = page.get_by_test_id(f"column-{column}")
        self._name = column

    async def comes(self) -> None:
        """On a phone there is one column at a time."""
        show = self.page.get_by_test_id(f"show-{self._name}")
        if await show.is_visible():
            await show.click()
        await expect(self.column).to_be_visible()

    async def turns_to(self, tab: str) -> None:
        await self.comes()
        await self.page.get_by_test_id(f"tab-{self._name}-{tab}").click()

    async def becomes(self, person: str) -> None:
        await self.comes()
        await self.page.get_by_test_id(f"person-{person}").click()

    async def begins(self, label: str = "Начать") -> None:
        await self.comes()
        await self.column.get_by_role("button", name=label, exact=True).click()

    async def says(self, text: str) -> None:
        await self.comes()
        await self.page.get_by_test_id(f"composer-{self._name}").fill(text)
        await self.page.get_by_test_id(f"send-{self._name}").click()

    async def follows(self, payload: str) -> None:
        """A link to the bot: messengers turn it into this command, whoever presses it."""
        await self.says(f"/start {payload}")

    async def sends_photo(self, caption: str) -> None:
        await self.comes()
        photo = FilePayload(name="окно.jpg", mimeType="image/jpeg", buffer=window_on_a_river())
        await self.page.get_by_test_id(f"files-{self._name}").set_input_files(photo)
        await self.says(caption)

    async def presses(self, label: str, *, under: str = "") -> None:
        """Waits until the newest buttons are under these words and have it."""
        await self.comes()
        await self._newest_asked(under).get_by_role("button", name=label, exact=True).click()

    async def is_not_offered(self, *labels: str, under: str) -> None:
        """Waits until the newest buttons are under these words."""
        await self.comes()
        await expect(self._newest_asked(under)).to_be_visible()
        for label in labels:
            await expect(self._newest_asked(under).get_by_role("button", name=label, exact=True)).to_have_count(0)

    async def reads(self, *texts: str) -> None:
        """Waits until each of them is in the chat that is shown."""
        await self.comes()
        for text in texts:
            await expect(self._messages(text).last).to_be_visible()

    async def reads_once(self, text: str) -> None:
        await self.comes()
        await expect(self._messages(text)).to_have_count(1)

    async def gives_details(self, *labels: str) -> None:
        """From the signature to the last look, in the page's language."""
        usual = ("Другое", "Не указывать", "Можно: без звука и без подробностей", "Согласиться")
        for label in labels or usual:
            await self.presses(label)

    async def sees(self, text: str) -> None:
        """Without scrolling."""
        await self.comes()
        await expect(self._messages(text).last.get_by_text(text)).to_be_in_viewport(ratio=1)

    async def no_longer_reads(self, text: str) -> None:
        await self.comes()
        await expect(self._messages(text)).to_have_count(0)

    async def sees_photo(self) -> None:
        await self.comes()
        image = self._messages("").get_by_role("img").last
        await expect(image).to_have_js_property("naturalWidth", 960)

    def _newest_asked(self, under: str) -> Locator:
        asked = self._messages("").filter(has=self.page.locator(".buttons")).last
        return asked.filter(has_text=under) if under else asked

    def _messages(self, text: str) -> Locator:
        shown = self.column.get_by_test_id("message").filter(visible=True)
        return shown.filter(has_text=text) if text else shown


class Hall:
    """The page, open before everybody."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.author = Seat(page, "contributor")
        self.editors = Seat(page, "editors")
        self.reader = Seat(page, "subscriber")

    async def presses_restart(self) -> None:
        await self.page.get_by_test_id("restart").click()
        await expect(self.page.get_by_test_id("notice")).to_have_text("Служба снова работает. Всё на месте.")

    async def is_pictured(self, file: Path) -> None:
        await self.page.screenshot(path=file)

    async def newest_alias(self) -> str:
        """What editors call the story that has just come in."""
        await self.editors.turns_to("editors")
        return await self._card("У редакторов").locator("strong").first.inner_text()

    async def opens_card(self, person: str, *, status: str, alias: str = "") -> None:
        """From the editors' room into this editor's private chat; ends when the desk is there."""
        chat = self.page.get_by_test_id(f"chat-{person}")
        asked = chat.get_by_test_id("message").filter(has=self.page.locator(".buttons")).last
        before = await asked.get_attribute("data-number") if await asked.count() else ""
        await self.editors.becomes(person)
        await self.editors.turns_to("editors")
        await self._card(status, alias).get_by_role("button", name="Открыть", exact=True).click()
        await expect(chat).to_be_visible()
        await expect(asked).not_to_have_attribute("data-number", before or "")

    def _card(self, status: str, alias: str = "") -> Locator:
        """The newest that says so, in the room that is shown."""
        cards = self.editors.column.get_by_test_id("message").filter(visible=True)
        return cards.filter(has_text=status).filter(has_text=alias).last


@asynccontextmanager
async def open_hall(browser: Browser, link: str, size: tuple[int, int] = DESKTOP) -> AsyncIterator[Hall]:
    """By the printed link; nothing may go wrong in the page, no policy may be broken."""
    width, height = size
    context = await browser.new_context(viewport={"width": width, "height": height}, locale="ru-RU")
    context.set_default_timeout(PATIENCE * 1000)
    page = await context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Content Security" in said.text else None)
    await page.goto(link)
    await expect(page.get_by_test_id("state")).to_have_text("На связи")
    yield Hall(page)
    await context.close()
    assert errors == []


def window_on_a_river() -> bytes:
    """A photo of the kind that people send: evening, a river, a lamp in the window."""
    width, height = 960, 640
    sky = Image.linear_gradient("L").resize((width, height))
    image = Image.merge(
        "RGB", [sky.point(lambda v, a=a, b=b: a + (b - a) * v // 255) for a, b in ((62, 222), (74, 160), (104, 120))]
    )
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 430, width, height), fill="#3b4a5c")
    for row in range(18):
        y = 440 + row * 11
        draw.line((480 - 40 - row * 22, y, 480 + 40 + row * 22, y), fill="#b98e6b", width=2)
    for x, top in ((60, 380), (130, 350), (215, 395), (300, 372), (640, 385), (715, 345), (800, 370), (880, 392)):
        draw.rectangle((x, top, x + 62, 432), fill="#26303d")
        draw.rectangle((x + 14, top + 16, x + 22, top + 26), fill="#f3c877")
    draw.ellipse((452, 330, 508, 386), fill="#f6d9a0")
    for x in (0, 314, 632, 946):
        draw.rectangle((x, 0, x + 14, height), fill="#1d1a18")
    draw.rectangle((0, 0, width, 14), fill="#1d1a18")
    draw.rectangle((0, 600, width, height), fill="#1d1a18")
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=88)
    return buffer.getvalue()
