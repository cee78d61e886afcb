"""The fake against judges who did not write it: the Bot API's schema, aiogram's types, two client libraries.

aiogram takes seconds to import: only the process that runs these tests does it, not each that collects them.
"""

from __future__ import annotations

import base64
import inspect
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
import telegram
from aiohttp import web
from pydantic import BaseModel, TypeAdapter

from tests.fakes.telegram import Bot, FakeTelegram, Person, Room
from tests.fakes.telegram.methods import METHODS
from tests.fakes.telegram.validate import SCHEMA

if TYPE_CHECKING:
    import aiogram
    from aiogram.methods.base import TelegramMethod

pytestmark = pytest.mark.soak
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
ALBUM = [{"type": "photo", "media": "attach://one"}, {"type": "photo", "media": "attach://two", "caption": "Two"}]
# A right value for every type a required parameter may have: enough to reach the check of the one left out.
RIGHT: dict[str, Any] = {
    "Integer": 1,
    "String": "x",
    "Integer or String": 42,
    "InputFile or String": "x",
    "Boolean": True,
}


@cache
def methods_of_aiogram() -> dict[str, type[TelegramMethod[Any]]]:
    import aiogram.methods
    from aiogram.methods.base import TelegramMethod

    found = (getattr(aiogram.methods, name) for name in aiogram.methods.__all__)
    every = [one for one in found if inspect.isclass(one) and issubclass(one, TelegramMethod)]
    return {one.__api_method__: one for one in every if one is not TelegramMethod}


class Client:
    """Speaks plain HTTP to the fake, as any library would."""

    def __init__(self, session: aiohttp.ClientSession, fake: FakeTelegram, bot: Bot) -> None:
        self.session, self.fake, self.bot = session, fake, bot

    async def raw(self, method: str, files: dict[str, bytes] | None = None, **args: Any) -> dict[str, Any]:
        url = f"{self.fake.url}/bot{self.bot.token}/{method}"
        if files is None:
            request = self.session.post(url, json=args)
        else:
            form = aiohttp.FormData(
                {name: value if isinstance(value, str) else str(value) for name, value in args.items()}
            )
            for name, data in files.items():
                form.add_field(name, data, filename=f"{name}.png", content_type="image/png")
            request = self.session.post(url, data=form)
        async with request as response:
            body: dict[str, Any] = await response.json()
        assert response.status == (200 if body["ok"] else body["error_code"])
        return body

    async def judged(self, method: str, files: dict[str, bytes] | None = None, **args: Any) -> Any:
        """The result, once aiogram's return type has taken it without a field it does not know."""
        body = await self.raw(method, files, **args)
        assert body["ok"], body
        value = TypeAdapter(methods_of_aiogram()[method].__returning__).validate_python(body["result"])
        strangers = list(unknown_fields(value))
        assert not strangers, f"{method} answers with fields aiogram does not know: {strangers}"
        return body["result"]


def unknown_fields(value: Any) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from (f"{type(value).__name__}.{name}" for name in value.model_extra or ())
        for name in type(value).model_fields:
            yield from unknown_fields(getattr(value, name))
    elif isinstance(value, list):
        for item in value:
            yield from unknown_fields(item)


@pytest.fixture
async def fake() -> Any:
    async with FakeTelegram() as server:
        yield server
        assert not server.violations


@pytest.fixture
def bot(fake: FakeTelegram) -> Bot:
    return fake.bot("newsroom_bot")


@pytest.fixture
def anna(fake: FakeTelegram, bot: Bot) -> Person:
    person = fake.person(42, "Anna", username="anna")
    person.starts(bot)
    return person


@pytest.fixture
def forum(fake: FakeTelegram, bot: Bot, anna: Person) -> Room:
    room = fake.supergroup("Editors", forum=True)
    room.admits(anna, "creator")
    room.admits(bot, "administrator")
    return room


@pytest.fixture
async def client(fake: FakeTelegram, bot: Bot) -> Any:
    async with aiohttp.ClientSession() as session:
        yield Client(session, fake, bot)


def test_the_schema_names_every_method_and_is_the_installed_aiograms() -> None:
    import aiogram

    assert SCHEMA["methods"].keys() == METHODS.keys()
    assert SCHEMA["aiogram"] == aiogram.__version__, "make it anew: python -m tests.fakes.telegram.schema"


@pytest.mark.parametrize("method", sorted(METHODS))
async def test_every_required_parameter_is_required(method: str) -> None:
    required = {name: kind for name, (kind, needed) in SCHEMA["methods"][method].items() if needed}
    async with FakeTelegram() as fake, aiohttp.ClientSession() as session:
        client = Client(session, fake, fake.bot("newsroom_bot"))
        for left_out in required.keys() - {"url"}:
            given = {name: RIGHT.get(kind, []) for name, kind in required.items() if name != left_out}
            body = await client.raw(method, **given)
            assert body["error_code"] == 400
            # The chat 42 does not exist: had the lack not been noticed first, the answer would be about the chat.
            assert body["description"] != "Bad Request: chat not found"


async def test_aiogram_accepts_every_reply(
    client: Client, anna: Person, forum: Room, fake: FakeTelegram, bot: Bot
) -> None:
    async def send(method: str, files: dict[str, bytes] | None = None, **args: Any) -> Any:
        driven.add(method)
        return await client.judged(method, files, **args)

    driven: set[str] = set()
    buttons = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "Site", "url": "https://x.org"}]]}
    chat: dict[str, Any] = {"chat_id": anna.id}
    room: dict[str, Any] = {"chat_id": forum.id}
    hello = await send(
        "sendMessage", **chat, text="<b>Hi</b> /go https://x.org", parse_mode="HTML", reply_markup=buttons
    )
    reply = {"message_id": hello["message_id"]}
    await send("sendMessage", **chat, text="again", reply_parameters=reply, link_preview_options={"is_disabled": True})
    await send("sendChatAction", **chat, action="typing")
    photo = await send("sendPhoto", {"photo": PIXEL}, **chat, caption="<i>c</i>", parse_mode="HTML")
    for kind in ("Document", "Video", "Voice", "Audio", "VideoNote", "Animation"):
        field = "video_note" if kind == "VideoNote" else kind.lower()
        await send(f"send{kind}", {field: b"bytes"}, **chat)
    album = await send("sendMediaGroup", {"one": PIXEL, "two": PIXEL}, **chat, media=str(ALBUM).replace("'", '"'))
    assert album[0]["media_group_id"] == album[1]["media_group_id"]
    where: dict[str, Any] = {**chat, "message_id": hello["message_id"]}
    await send("editMessageText", **where, text="Changed", reply_markup=buttons)
    await send("editMessageReplyMarkup", **where)
    there: dict[str, Any] = {**chat, "message_id": photo["message_id"]}
    await send("editMessageCaption", **there, caption="new")
    await send("editMessageMedia", {"p": PIXEL}, **there, media='{"type": "photo", "media": "attach://p"}')
    copied = await send("copyMessage", **room, from_chat_id=anna.id, message_id=hello["message_id"])
    await send("forwardMessage", **room, from_chat_id=anna.id, message_id=hello["message_id"])
    await send("pinChatMessage", **room, message_id=copied["message_id"])
    await send("getChat", **room)
    await send("unpinChatMessage", **room, message_id=copied["message_id"])
    await send("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "👍"}])
    await send("deleteMessage", **where)
    await send("deleteMessages", **chat, message_ids=[message["message_id"] for message in album])
    file = await send("getFile", file_id=photo["photo"][-1]["file_id"])
    async with client.session.get(f"{fake.url}/file/bot{bot.token}/{file['file_path']}") as response:
        assert await response.read() == PIXEL
    for noun in ("Name", "Description", "ShortDescription"):
        key = {"ShortDescription": "short_description"}.get(noun, noun.lower())
        words: dict[str, Any] = {key: "Words"}
        await send(f"setMy{noun}", **words)
        assert await send(f"getMy{noun}") == words
    await send("setMyCommands", commands=[{"command": "start", "description": "Begin"}])
    assert (await send("getMyCommands"))[0]["command"] == "start"
    await send("deleteMyCommands")
    await send("setChatMenuButton", menu_button={"type": "commands"})
    topic = (await send("createForumTopic", **room, name="Stories"))["message_thread_id"]
    await send("sendMessage", **room, text="in the topic", message_thread_id=topic)
    await send("editForumTopic", **room, message_thread_id=topic, name="News")
    await send("closeForumTopic", **room, message_thread_id=topic)
    await send("deleteForumTopic", **room, message_thread_id=topic)
    for user in (anna.id, bot.id):
        await send("getChatMember", **room, user_id=user)
    await send("getChatAdministrators", **room)
    await send("getChatMemberCount", **room)
    await send("createChatInviteLink", **room, name="for editors")
    await send("exportChatInviteLink", **room)
    await send("sendMessage", **chat, text="?", reply_markup=buttons)
    tapped = anna.taps(await anna.expects("?", bot), "Yes")
    await send("answerCallbackQuery", callback_query_id=tapped.id, text="Done")
    assert await tapped.answered() == {"text": "Done"}
    anna.edits(anna.says("typo", bot), "fixed")
    anna.sends_photo(PIXEL, bot, "look", album="trip")
    anna.sends_voice(b"OggS", bot, duration=3)
    anna.sends_video(b"mp4", bot, "at home")
    anna.sends_video_note(b"mp4", bot)
    anna.sends_document(b"%PDF-1.7", bot, name="paper.pdf", mime="application/pdf")
    anna.reacts(anna.sees(bot)[-1], "👍")
    anna.blocks(bot)
    everything = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member", "message_reaction"]
    updates = await send("getUpdates", allowed_updates=everything)
    kinds = {next(iter(update.keys() - {"update_id"})) for update in updates}
    assert {"message", "edited_message", "callback_query", "my_chat_member"} <= kinds
    await send("setWebhook", url="https://127.0.0.1:1/hook")
    for method in ("getWebhookInfo", "deleteWebhook", "getMe", "close"):
        await send(method)
    await send("leaveChat", **room)
    await send("logOut")
    assert driven == METHODS.keys()


def aiogram_bot(fake: FakeTelegram, bot: Bot) -> aiogram.Bot:
    import aiogram
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    return aiogram.Bot(bot.token, session=AiohttpSession(api=TelegramAPIServer.from_base(fake.url)))


def ptb_bot(fake: FakeTelegram, bot: Bot) -> telegram.Bot:
    return telegram.Bot(bot.token, base_url=f"{fake.url}/bot", base_file_url=f"{fake.url}/file/bot")


BUTTONS = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Press", callback_data="pressed")]])


async def test_python_telegram_bot_lives_on_it(fake: FakeTelegram, bot: Bot, anna: Person) -> None:
    async with ptb_bot(fake, bot) as ptb:
        assert ptb.username == "newsroom_bot"
        await ptb.send_message(anna.id, "<b>Hello</b>", parse_mode="HTML", reply_markup=BUTTONS)
        anna.taps(await anna.expects("Hello", bot), "Press")
        anna.sends_photo(PIXEL, bot, "a photo")
        started, tap, photo = await ptb.get_updates(timeout=1)
        assert started.message is not None
        assert started.message.text == "/start"
        assert tap.callback_query is not None
        assert tap.callback_query.data == "pressed"
        await tap.callback_query.answer("thanks")
        assert photo.message is not None
        file = await photo.message.photo[-1].get_file()
        assert bytes(await file.download_as_bytearray()) == PIXEL
        items = [telegram.InputMediaPhoto(PIXEL), telegram.InputMediaPhoto(PIXEL, caption="Two")]
        assert len(await ptb.send_media_group(anna.id, items)) == 2
        document = await ptb.send_document(anna.id, b"text", filename="story.txt", protect_content=True)
        assert document.document is not None
        assert document.document.file_name == "story.txt"
        anna.blocks(bot)
        with pytest.raises(telegram.error.Forbidden, match="bot was blocked by the user"):
            await ptb.send_message(anna.id, "still there?")


@pytest.mark.parametrize("kind", ["voice", "video", "video_note", "document"])
async def test_a_file_passes_from_one_client_to_another_and_back(
    kind: str, fake: FakeTelegram, bot: Bot, anna: Person
) -> None:
    data = bytes(range(256)) * 1000
    anna.sends_file(kind, bot, data)
    async with aiogram_bot(fake, bot) as client, ptb_bot(fake, bot) as ptb:
        _, update = await client.get_updates()
        assert update.message is not None
        downloaded = await client.download(getattr(update.message, kind))
        assert downloaded is not None
        assert downloaded.read() == data
        await getattr(ptb, f"send_{kind}")(anna.id, data)
    shown = anna.sees(bot)[-1]
    assert (shown.kind, shown.file_size, fake.file(shown)) == (kind, len(data), data)


async def test_a_voice_message_can_not_become_another_file(client: Client, anna: Person) -> None:
    voice = await client.judged("sendVoice", {"voice": b"OggS"}, chat_id=anna.id)
    media = '{"type": "photo", "media": "attach://p"}'
    body = await client.raw(
        "editMessageMedia", {"p": PIXEL}, chat_id=anna.id, message_id=voice["message_id"], media=media
    )
    assert body["description"] == "Bad Request: there is no media in the message to edit"


async def test_aiogram_lives_on_it(fake: FakeTelegram, bot: Bot, anna: Person) -> None:
    import aiogram

    async with aiogram_bot(fake, bot) as client:
        button = aiogram.types.InlineKeyboardButton(text="Press", callback_data="pressed")
        markup = aiogram.types.InlineKeyboardMarkup(inline_keyboard=[[button]])
        await client.send_message(anna.id, "<b>Hello</b>", parse_mode="HTML", reply_markup=markup)
        tapped = anna.taps(await anna.expects("Hello", bot), "Press")
        _, tap = await client.get_updates(timeout=1)
        assert tap.callback_query is not None
        await client.answer_callback_query(tap.callback_query.id, text="thanks")
        assert tapped.answer == {"text": "thanks"}
        sent = await client.send_photo(anna.id, aiogram.types.BufferedInputFile(PIXEL, "p.png"), caption="x")
        assert sent.photo is not None
        downloaded = await client.download(sent.photo[-1])
        assert downloaded is not None
        assert downloaded.read() == PIXEL
        with pytest.raises(aiogram.exceptions.TelegramBadRequest, match="message is not modified"):
            await client.edit_message_caption(chat_id=anna.id, message_id=sent.message_id, caption="x")


@pytest.mark.parametrize("library", ["aiogram", "python-telegram-bot"])
async def test_a_webhook_gets_updates_in_order_until_it_says_yes(
    library: str, fake: FakeTelegram, bot: Bot, anna: Person
) -> None:
    seen: list[tuple[str | None, str | None]] = []
    answers = iter([500, 200, 503])

    async def hook(request: web.Request) -> web.Response:
        update = telegram.Update.de_json(await request.json(), None)
        text = update.message.text if update.message else None
        seen.append((text, request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        fake.world.changed()
        return web.Response(status=next(answers, 200))

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    if library == "aiogram":
        async with aiogram_bot(fake, bot) as client:
            await client.set_webhook(url, secret_token="s3cret", max_connections=1)
    else:
        async with ptb_bot(fake, bot) as ptb:
            await ptb.set_webhook(url, secret_token="s3cret", max_connections=1)
            with pytest.raises(telegram.error.Conflict, match="while webhook is active"):
                await ptb.get_updates()
    anna.says("one", bot)
    anna.says("two", bot)
    await fake.wait_for(lambda: len(seen) == 5)
    assert seen == [(text, "s3cret") for text in ("/start", "/start", "one", "one", "two")]
    await bot.webhook.stop()
    await runner.cleanup()
