"""The fake's own stories: rules, faults, limits, hold points, and the control interface from another process."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import msgspec
import pytest

from tests.fakes.telegram import Bot, FakeTelegram, Person, RemoteTelegram, Room

GIGABYTE = 1 << 30
YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}


class Api:
    """The program's side: plain HTTP."""

    def __init__(self, url: str, token: str, session: aiohttp.ClientSession) -> None:
        self._base, self._session = f"{url}/bot{token}", session

    async def __call__(self, method: str, **args: Any) -> Any:
        async with self._session.post(f"{self._base}/{method}", json=args) as response:
            return msgspec.json.decode(await response.read())

    async def refusal(self, method: str, **args: Any) -> str:
        body = await self(method, **args)
        assert not body["ok"], body
        return str(body["description"])


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
def bot(fake: FakeTelegram) -> Bot:
    return fake.bot("newsroom_bot")


@pytest.fixture
async def api(fake: FakeTelegram, bot: Bot) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(fake.url, bot.token, session)


@pytest.fixture
def anna(fake: FakeTelegram, bot: Bot) -> Person:
    person = fake.person(42, "Anna")
    person.starts(bot)
    return person


@pytest.fixture
def room(fake: FakeTelegram, bot: Bot) -> Room:
    editors = fake.supergroup("Editors")
    editors.admits(fake.person(7, "Boris"), "creator")
    editors.admits(bot)
    return editors


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("", "message text is empty"),
        (" \n ", "text must be non-empty"),
        ("<b> </b>", "text must be non-empty"),
        ("ё" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("<b>x", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
    ],
)
async def test_texts_telegram_refuses(api: Api, anna: Person, words: str, refusal: str) -> None:
    said = await api.refusal("sendMessage", chat_id=anna.id, text=words, parse_mode="HTML")
    assert said == f"Bad Request: {refusal}"


async def test_a_text_is_measured_after_its_tags_are_read(api: Api, anna: Person, bot: Bot) -> None:
    words = "<b>" + "😀" * 2048 + "</b>"
    assert (await api("sendMessage", chat_id=anna.id, text=words, parse_mode="HTML"))["ok"]
    assert anna.sees(bot)[-1].entities == [{"type": "bold", "offset": 0, "length": 4096}]


@pytest.mark.parametrize(
    ("button", "refusal"),
    [
        ({"text": "x"}, "text buttons are unallowed in the inline keyboard"),
        ({"text": "x", "callback_data": ""}, "text buttons are unallowed in the inline keyboard"),
        ({"text": "x", "callback_data": "ё" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "url": "nowhere"}, "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
    ],
)
async def test_buttons_telegram_refuses(api: Api, anna: Person, button: dict[str, str], refusal: str) -> None:
    markup = {"inline_keyboard": [[button]]}
    said = await api.refusal("sendMessage", chat_id=anna.id, text="x", reply_markup=markup)
    assert said == f"Bad Request: {refusal}"


async def test_who_cannot_be_written_to(fake: FakeTelegram, api: Api, bot: Bot, anna: Person, room: Room) -> None:
    stranger, member = fake.person(1, "Stranger"), fake.person(2, "Member")
    room.admits(member)
    send = {"method": "sendMessage", "text": "x"}
    assert await api.refusal(chat_id=stranger.id, **send) == "Bad Request: chat not found"
    assert await api.refusal(chat_id=member.id, **send) == "Forbidden: bot can't initiate conversation with a user"
    anna.blocks(bot)
    assert await api.refusal(chat_id=anna.id, **send) == "Forbidden: bot was blocked by the user"
    anna.unblocks(bot)
    anna.deactivates()
    assert await api.refusal(chat_id=anna.id, **send) == "Forbidden: user is deactivated"
    room.expels(bot)
    assert await api.refusal(chat_id=room.id, **send) == "Forbidden: bot was kicked from the supergroup chat"
    old = fake.group("Old")
    old.admits(bot)
    new = old.upgrades()
    body = await api(chat_id=old.id, **send)
    assert body["parameters"] == {"migrate_to_chat_id": new.id}
    assert (await api(chat_id=new.id, **send))["ok"]


async def test_messages_age(fake: FakeTelegram, api: Api, bot: Bot, anna: Person) -> None:
    sent = (await api("sendMessage", chat_id=anna.id, text="old"))["result"]
    where = {"chat_id": anna.id, "message_id": sent["message_id"]}
    fake.advance(48 * 3600 + 1)
    assert await api.refusal("deleteMessage", **where) == "Bad Request: message can't be deleted"
    assert (await api("editMessageText", text="newer", **where))["ok"]
    assert "message is not modified" in await api.refusal("editMessageText", text="newer", **where)
    assert anna.sees(bot)[-1].edited
    fresh = anna.says("mine", bot)
    assert (await api("deleteMessage", chat_id=anna.id, message_id=fresh.message_id))["ok"]
    gone = await api.refusal("deleteMessage", chat_id=anna.id, message_id=fresh.message_id)
    assert gone == "Bad Request: message to delete not found"
    theirs = await api.refusal("editMessageText", chat_id=anna.id, message_id=anna.says("x", bot).message_id, text="y")
    assert theirs == "Bad Request: message can't be edited"


async def test_taps_stale_and_forged(fake: FakeTelegram, api: Api, bot: Bot, anna: Person) -> None:
    await api("sendMessage", chat_id=anna.id, text="Publish?", reply_markup=YES)
    asked = await anna.expects("Publish?", bot)
    slow = anna.taps(asked, "Yes")
    forged = fake.person(13, "Mallory").taps(asked, data="another token")
    updates = (await api("getUpdates"))["result"]
    assert updates[-1]["callback_query"]["from"]["id"] == 13
    assert updates[-1]["callback_query"]["data"] == "another token"
    assert (await api("answerCallbackQuery", callback_query_id=forged.id, text="no"))["ok"]
    fake.advance(60)
    assert "query is too old" in await api.refusal("answerCallbackQuery", callback_query_id=slow.id)
    assert slow.answer is None
    anna.deletes(asked)
    anna.taps(asked, "Yes")
    late = (await api("getUpdates"))["result"][-1]
    assert late["callback_query"]["message"]["date"] == 0


async def test_a_protected_message_stays_where_it_is(api: Api, anna: Person, room: Room) -> None:
    sent = (await api("sendMessage", chat_id=anna.id, text="secret", protect_content=True))["result"]
    where = {"chat_id": room.id, "from_chat_id": anna.id, "message_id": sent["message_id"]}
    assert "protected content" in await api.refusal("forwardMessage", **where)
    assert await api.refusal("copyMessage", **where) == "Bad Request: the message can't be copied"


async def test_a_file_may_be_announced_larger_than_bots_can_fetch(api: Api, bot: Bot, anna: Person) -> None:
    anna.sends_video(None, bot, size=2 * GIGABYTE)
    video = (await api("getUpdates"))["result"][-1]["message"]["video"]
    assert video["file_size"] == 2 * GIGABYTE
    assert await api.refusal("getFile", file_id=video["file_id"]) == "Bad Request: file is too big"


async def test_unknown_parameters_are_noted(fake: FakeTelegram, api: Api, anna: Person) -> None:
    assert (await api("sendMessage", chat_id=anna.id, text="x", colour="red"))["ok"]
    assert fake.violations == ["sendMessage: unknown parameter 'colour'"]
    assert (await api("sendTelegram"))["error_code"] == 404


async def test_all_four_forms_of_a_request(fake: FakeTelegram, bot: Bot, anna: Person) -> None:
    url, args = f"{fake.url}/bot{bot.token}/sendMessage", {"chat_id": "42", "text": "<i>x</i>", "parse_mode": "HTML"}
    parts = aiohttp.FormData(args, default_to_multipart=True)
    async with aiohttp.ClientSession() as session:
        ways = (session.get(url, params=args), session.post(url, data=args), session.post(url, data=parts))
        for way in (*ways, session.post(url, json=args)):
            async with way as response:
                assert response.status == 200
        async with session.get(f"{fake.url}/bot1:wrong/getMe") as response:
            assert await response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert [message.text for message in anna.sees(bot)[1:]] == ["x"] * 4


async def test_looking_into_a_chat_does_not_begin_it(fake: FakeTelegram, api: Api, bot: Bot) -> None:
    stranger = fake.person(1)
    assert stranger.sees(bot) == []
    assert await api.refusal("sendMessage", chat_id=stranger.id, text="x") == "Bad Request: chat not found"


async def test_refused_connections_open_again(fake: FakeTelegram, api: Api) -> None:
    fake.faults.refuse_all(30)
    with pytest.raises(aiohttp.ClientError):
        await api("getMe")
    fake.advance(31)
    assert (await api("getMe"))["ok"]


async def test_what_the_fake_cannot_do_is_loud(fake: FakeTelegram, api: Api, anna: Person) -> None:
    body = await api("sendMessage", chat_id=anna.id, text="*x*", parse_mode="MarkdownV2")
    assert body["error_code"] == 501
    assert "Markdown" in fake.violations[0]


async def test_a_second_reader_ends_the_first(fake: FakeTelegram, api: Api, bot: Bot) -> None:
    first = asyncio.create_task(api("getUpdates", timeout=30))
    await fake.wait_for(lambda: bot.updates.is_polled)
    second = asyncio.create_task(api("getUpdates", timeout=30))
    assert (await first)["description"].startswith("Conflict: terminated by other getUpdates request")
    fake.person(42).starts(bot)
    (update,) = (await second)["result"]
    assert (await api("getUpdates", offset=update["update_id"] + 1))["result"] == []
    bot.redelivers(update["update_id"])
    assert (await api("getUpdates", offset=update["update_id"] + 1))["result"] == [update]


async def test_groups_show_a_bot_only_what_is_meant_for_it(fake: FakeTelegram, api: Api, bot: Bot, room: Room) -> None:
    boris = fake.person(7)
    boris.says("not for bots", room)
    boris.says("/start", room)
    room.promotes(bot)
    boris.says("now it reads all", room)
    texts = [update["message"]["text"] for update in (await api("getUpdates"))["result"] if "message" in update]
    assert texts == ["/start", "now it reads all"]


async def test_limits_are_strict_and_counted(fake: FakeTelegram, api: Api, bot: Bot, room: Room) -> None:
    bot.crowd(1000, 50)
    fake.limits.strict(per_second=5)
    answers = [await api("sendMessage", chat_id=1000 + n, text="x") for n in range(7)]
    assert [body["ok"] for body in answers] == [True] * 5 + [False] * 2
    assert answers[-1]["parameters"] == {"retry_after": 1}
    fake.advance(1.1)
    assert (await api("sendMessage", chat_id=1010, text="x"))["ok"]
    assert "Too Many Requests" in await api.refusal("sendMessage", chat_id=1010, text="again at once")
    assert (bot.tally().accepted, bot.tally().refused, bot.tally().peak) == (6, 3, 5)


async def test_faults_say_whether_the_message_arrived(fake: FakeTelegram, api: Api, bot: Bot, anna: Person) -> None:
    fake.faults.too_many(7, method="sendMessage")
    refused = await api("sendMessage", chat_id=anna.id, text="refused")
    assert refused["parameters"] == {"retry_after": 7}
    fake.faults.cut("before_read", method="sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await api("sendMessage", chat_id=anna.id, text="never read")
    fake.faults.cut("after_apply", method="sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await api("sendMessage", chat_id=anna.id, text="arrived, unanswered")
    fake.faults.cut("mid_body", method="sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await api("sendMessage", chat_id=anna.id, text="arrived, half answered")
    fake.faults.html(502, method="sendMessage")
    with pytest.raises(msgspec.DecodeError):
        await api("sendMessage", chat_id=anna.id, text="bad gateway")
    visible = [message.text for message in anna.sees(bot)]
    assert visible == ["/start", "arrived, unanswered", "arrived, half answered"]
    counts = fake.ledger.counts("sendMessage")
    assert (counts.started, counts.applied, counts.answered) == (5, 2, 0)


@pytest.mark.parametrize("applied", [True, False])
async def test_a_time_out_leaves_the_sender_unsure(
    fake: FakeTelegram, api: Api, bot: Bot, anna: Person, applied: bool
) -> None:
    fake.faults.silence(applied, chat=anna.id)
    request = asyncio.create_task(api("sendMessage", chat_id=anna.id, text="hello?"))
    await fake.wait_for(lambda: fake.ledger.counts("sendMessage").started and not fake.faults.rules)
    if applied:
        await anna.expects("hello?", bot)
    request.cancel()
    await asyncio.gather(request, return_exceptions=True)
    await fake.ledger.was_cut("sendMessage", 1)
    assert ["hello?" in message.text for message in anna.sees(bot)[1:]] == [True] * applied
    assert len(fake.ledger.in_flight()) == applied


async def test_a_held_request_is_in_flight_until_its_sender_dies(
    fake: FakeTelegram, api: Api, bot: Bot, anna: Person
) -> None:
    hold = fake.hold("sendMessage", "after_apply")
    doomed = asyncio.create_task(api("sendMessage", chat_id=anna.id, text="sent twice one day"))
    await hold.reached()
    assert anna.sees(bot)[-1].text == "sent twice one day"
    doomed.cancel()
    await asyncio.gather(doomed, return_exceptions=True)
    await fake.ledger.was_cut("sendMessage", 1)
    (lost,) = fake.ledger.in_flight()
    assert (lost.chat, lost.message_ids) == (anna.id, [anna.sees(bot)[-1].message_id])
    hold.release()
    assert (await api("sendMessage", chat_id=anna.id, text="goes through"))["ok"]


async def test_channels_topics_and_albums(fake: FakeTelegram, api: Api, bot: Bot, anna: Person) -> None:
    channel = fake.channel("Stories", username="stories")
    channel.admits(bot, "administrator", without=("can_post_messages",))
    denied = await api.refusal("sendMessage", chat_id="@stories", text="x")
    assert denied == "Bad Request: need administrator rights in the channel chat"
    channel.promotes(bot)
    assert (await api("sendMessage", chat_id="@stories", text="published"))["result"]["sender_chat"]["id"] == channel.id
    forum = fake.supergroup("Forum", forum=True)
    forum.admits(anna, "creator")
    forum.admits(bot, "administrator")
    topic = (await api("createForumTopic", chat_id=forum.id, name="Review"))["result"]["message_thread_id"]
    await api("sendMessage", chat_id=forum.id, message_thread_id=topic, text="card")
    assert [message.thread_id for message in forum.sees()][-1] == topic
    lost = await api.refusal("sendMessage", chat_id=forum.id, message_thread_id=99, text="x")
    assert lost == "Bad Request: message thread not found"
    for data in (b"\xff\xd8\xff1", b"\xff\xd8\xff2"):
        anna.sends_photo(data, bot, album="trip")
    parts = [
        update["message"] for update in (await api("getUpdates"))["result"] if "photo" in update.get("message", {})
    ]
    assert len({part["media_group_id"] for part in parts}) == 1
    assert len({part["message_id"] for part in parts}) == 2


async def test_another_process_is_driven_by_the_same_calls() -> None:
    telegram = await RemoteTelegram.start()
    try:
        bot, anna = await telegram.bot("newsroom_bot"), await telegram.person(42, "Anna")
        await anna.starts(bot, "from-a-link")
        async with aiohttp.ClientSession() as session:
            api = Api(telegram.url, await bot.token(), session)
            assert (await api("getUpdates"))["result"][0]["message"]["text"] == "/start from-a-link"
            hold = await telegram.hold("sendMessage", "after_apply")
            sending = asyncio.create_task(api("sendMessage", chat_id=42, text="Hello", reply_markup=YES))
            await hold.reached()
            await hold.release()
            await sending
            note = await anna.sends_video_note(b"a round video", bot)
            assert (note.kind, await telegram.file(note)) == ("video_note", b"a round video")
            tapped = await anna.taps(await anna.expects("Hello", bot), "Yes")
            await api("answerCallbackQuery", callback_query_id=tapped.id)
            assert await tapped.answered() == {}
            await telegram.faults.error(403, "Forbidden: bot was blocked by the user", method="sendMessage")
            assert await api.refusal("sendMessage", chat_id=42, text="x") == "Forbidden: bot was blocked by the user"
        assert (await telegram.ledger.counts("sendMessage"))["answered"] == 1
        assert await telegram.ledger.in_flight() == []
        assert await telegram.violations() == []
        with pytest.raises(TimeoutError, match="never saw"):
            await anna.expects("nothing of the kind", bot, within=0.01)
    finally:
        await telegram.stop()


SENDER = """
import sys, urllib.request
urllib.request.urlopen(sys.argv[1], data=b"chat_id=42&text=before+the+kill").read()
"""


async def test_a_killed_process_leaves_its_request_in_flight() -> None:
    telegram = await RemoteTelegram.start()
    try:
        bot, anna = await telegram.bot("newsroom_bot"), await telegram.person(42, "Anna")
        await anna.starts(bot)
        hold = await telegram.hold("sendMessage", "after_apply")
        url = f"{telegram.url}/bot{await bot.token()}/sendMessage"
        sender = await asyncio.create_subprocess_exec(sys.executable, "-c", SENDER, url)
        await hold.reached()
        sender.kill()
        await sender.wait()
        await telegram.ledger.was_cut("sendMessage", 1)
        (lost,) = await telegram.ledger.in_flight()
        (_, message) = await anna.sees(bot)
        assert message.text == "before the kill"
        assert (lost["chat"], lost["message_ids"]) == (42, [message.message_id])
    finally:
        await telegram.stop()
