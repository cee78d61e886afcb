"""What goes out to Matrix, as a real homeserver takes it and another client shows it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from urllib.parse import quote

import msgspec
import pytest
from nio import Event, MegolmEvent
from nio.exceptions import EncryptionError

from bot.outcomes import Delivered, Later, Outcome, Refused, Unreachable
from bot.platforms.matrix.adapter import MatrixAdapter
from bot.platforms.matrix.ids import RoomId
from bot.platforms.matrix.speaking.content import TEXT_LIMIT
from bot.platforms.matrix.speaking.download import LARGEST
from bot.platforms.matrix.speaking.failures import DENIED, NO_RIGHTS
from bot.texts.rich import Rich, bold, italic
from bot.types import Choice, Content, Erase, FileKind, Media, Opening, Outgoing, Place, Said, Show, Tapped, Token
from storage.address import Address, Reference
from storage.private import Private
from tests.homeserver.people import MatrixPerson
from tests.integration.platforms.contract import ANCHOR, BYTES, NO_FILES, PHOTO, choice, opens, showing, text
from tests.integration.platforms.keeper import Keeper, running
from tests.integration.platforms.matrix_stage import MatrixStage, StagedAdapter, address

pytestmark = pytest.mark.asyncio(loop_scope="module")

KEY = "the-same-for-a-second-try"


@asynccontextmanager
async def talking(
    stage: MatrixStage, keeper: Keeper | None = None, *, joins: str | None = None
) -> AsyncIterator[StagedAdapter]:
    """The bot runs, and knows the rooms it is in, with one that it joins now."""
    keeper, adapter = keeper or Keeper(), stage.adapter()
    async with running(adapter, keeper):
        if joins is not None:
            await adapter._there.client.call("POST", f"v3/join/{quote(joins)}", body={})
        await stage.says("Hello")
        await keeper.got(1)
        yield adapter


async def delivered(
    adapter: MatrixAdapter, outgoing: Outgoing, chat: Address, before: Reference | None = None, key: str = ""
) -> Reference:
    outcome = await adapter.perform(outgoing, chat, before, NO_FILES, key)
    assert isinstance(outcome, Delivered), outcome
    assert outcome.reference is not None
    return outcome.reference


async def plain_room(stage: MatrixStage) -> str:
    """The editor's, and the bot is invited there."""
    body = {"preset": "public_chat", "invite": [stage.settings.user]}
    return str((await stage.editor.ask("POST", "v3/createRoom", body))["room_id"])


async def words(stage: MatrixStage) -> list[str]:
    return [sight.text for sight in await stage.sees() if sight.from_bot]


async def test_what_is_tried_again_comes_once_also_after_a_restart(stage: MatrixStage) -> None:
    show = Show(content=text("Thank you"))
    async with talking(stage) as adapter:
        first = await delivered(adapter, show, stage.chat, key=KEY)
        assert await delivered(adapter, show, stage.chat, key=KEY) == first
    async with talking(stage) as adapter:
        assert await delivered(adapter, show, stage.chat, key=KEY) == first
        assert await words(stage) == ["Thank you"]
        await delivered(adapter, show, stage.chat, key="another")
        assert await words(stage) == ["Thank you", "Thank you"]


async def test_nothing_goes_out_in_plain_where_it_must_be_encrypted(
    stage: MatrixStage, caplog: pytest.LogCaptureFixture
) -> None:
    async with talking(stage) as adapter:
        adapter._there.client.rooms[stage.direct.room_id].encrypted = False
        with caplog.at_level(logging.ERROR):
            assert await adapter.perform(Show(content=text("secret")), stage.chat, None, NO_FILES, "") == NO_RIGHTS
        assert "must be encrypted" in caplog.text
        assert stage.anna.user_id not in caplog.text
        assert await words(stage) == []


async def test_a_room_that_nobody_marked_gets_nothing_in_plain_either(stage: MatrixStage) -> None:
    room = await plain_room(stage)
    stage.settings = msgspec.structs.replace(stage.settings, editors_room=room)
    async with talking(stage, joins=room) as adapter:
        assert not adapter._there.directs.is_marked(RoomId(room))
        assert await adapter.perform(Show(content=text("secret")), stage.room, None, NO_FILES, "") == NO_RIGHTS
        assert "secret" not in str(await stage.editor.sees(room))


@pytest.mark.parametrize("look", [bold, Rich.plain])
async def test_the_longest_text_arrives_whole_and_edited(stage: MatrixStage, look: Callable[[str], Rich]) -> None:
    long, other = "Ж" * TEXT_LIMIT, "Щ" * TEXT_LIMIT
    buttons = tuple((Choice(label=f"Выбор номер {number}", token=Token(f"t:{number}" * 8)),) for number in range(8))
    async with talking(stage) as adapter:
        show = Show(content=Content(text=look(long), buttons=buttons), anchor=ANCHOR, place=Place.SAME)
        reference = await delivered(adapter, show, stage.chat)
        assert await words(stage) == [long]
        again = Show(content=Content(text=look(other), buttons=buttons), anchor=ANCHOR, place=Place.SAME)
        assert await delivered(adapter, again, stage.chat, reference) == reference
        assert await words(stage) == [other]


async def test_a_text_beyond_all_limits_loses_its_looks_before_any_word(stage: MatrixStage) -> None:
    parts = [bold("Ж"), italic("ж")] * (TEXT_LIMIT // 2)
    async with talking(stage) as adapter:
        await delivered(adapter, Show(content=Content(text=Rich.join("", parts))), stage.chat)
        assert await words(stage) == ["Жж" * (TEXT_LIMIT // 2)]
        too_long = Show(content=text("Ж" * 20 * TEXT_LIMIT))
        outcome = await adapter.perform(too_long, stage.chat, None, NO_FILES, "")
        assert outcome == Refused(why="it is larger than the homeserver takes")


async def test_a_prompt_makes_itself_heard_and_a_silent_notice_does_not(stage: MatrixStage) -> None:
    async with talking(stage) as adapter:
        await delivered(adapter, Show(content=text("Somebody has a question for you")), stage.chat)
        await delivered(adapter, Show(content=choice("Yes")), stage.chat)
        await delivered(adapter, Show(content=text("Now!"), silent=False), stage.chat)
        await stage.sees()
        kinds = [seen.kind for seen in await stage.direct.sees() if seen.sender == stage.settings.user]
        assert kinds == ["m.notice", "m.text", "m.text"]


async def test_an_edited_prompt_answers_for_what_it_says_now_also_after_a_restart(stage: MatrixStage) -> None:
    keeper = Keeper()
    async with talking(stage, keeper) as adapter:
        old = Show(content=choice("Да"), anchor=ANCHOR, place=Place.SAME)
        reference = await delivered(adapter, old, stage.chat)
        buttons = ((Choice(label="Нет", token=Token("new:0")),),)
        new = Show(content=Content(text=Rich.plain("?"), buttons=buttons), anchor=ANCHOR, place=Place.SAME)
        await delivered(adapter, new, stage.chat, reference)
    async with running(stage.adapter(), keeper):
        await stage.taps("Нет")
        await stage.direct.reacts(reference.message.reveal(), "👍")
        await stage.says("that was all")
        _, tapped, said = await keeper.got(3)
        assert (tapped.body, tapped.reference) == (Tapped(token=Token("new:0"), proven=False), reference)
        assert isinstance(said.body, Said)


async def test_a_reaction_to_what_can_t_be_read_any_more_is_a_stale_one(stage: MatrixStage) -> None:
    keeper = Keeper()
    async with talking(stage, keeper) as adapter:
        gone = await delivered(adapter, Show(content=choice("Да")), stage.chat)
        await adapter.perform(Erase(references=(gone,)), stage.chat, None, NO_FILES, "")
    async with running(stage.adapter(), keeper):
        await stage.direct.reacts(gone.message.reveal(), "1")
        assert (await keeper.body(Tapped, 2)).token == ""


async def test_what_was_said_before_everything_is_erased_can_t_be_opened_any_more(stage: MatrixStage) -> None:
    room = RoomId(stage.direct.room_id)
    async with talking(stage) as adapter:
        client = adapter._there.client
        prompt = await delivered(adapter, Show(content=choice("Да")), stage.chat)
        event = prompt.message.reveal()
        kept = await client.call("GET", f"v3/rooms/{quote(room)}/event/{quote(event)}")
        sealed = Event.parse_encrypted_event({**kept, "room_id": room})
        assert isinstance(sealed, MegolmEvent)
        assert client.decrypt_event(sealed).source["content"]["body"] == "Which?\n\n1. Да"
        erase = Erase(references=(prompt,), everything=True)
        assert await adapter.perform(erase, stage.chat, None, NO_FILES, "") == Delivered()
        with pytest.raises(EncryptionError):
            client.decrypt_event(sealed)
        await delivered(adapter, Show(content=text("A new story")), stage.chat)
        assert await words(stage) == ["A new story"]


async def test_edits_and_reactions_go_with_the_message_they_belong_to(stage: MatrixStage) -> None:
    async with talking(stage) as adapter:
        show = Show(content=choice("Да"), anchor=ANCHOR, place=Place.SAME)
        prompt = await delivered(adapter, show, stage.chat)
        await delivered(adapter, show, stage.chat, prompt)
        await stage.direct.reacts(prompt.message.reveal(), "1")
        before = await on_the_server(stage.anna, stage.direct.room_id)
        assert [kind for kind, _ in before if kind != "m.room.encrypted"] == ["m.reaction"]
        assert await adapter.perform(Erase(anchor=ANCHOR), stage.chat, prompt, NO_FILES, "") == Delivered()
        after = await on_the_server(stage.anna, stage.direct.room_id)
        assert after == [("m.room.encrypted", stage.anna.user_id)]  # her "Hello"


async def test_what_the_bot_may_not_delete_is_counted(stage: MatrixStage) -> None:
    theirs = await stage.editor.tells(stage.room.chat.reveal(), "an editor's own words")
    async with talking(stage) as adapter:
        outcome = await adapter.perform(
            Erase(references=(Reference(chat=stage.room, message=Private(theirs)),)),
            stage.room,
            None,
            NO_FILES,
            "",
        )
        assert outcome == Delivered(failed=1)


async def test_a_bot_that_was_put_out_of_a_room_can_t_reach_it(stage: MatrixStage) -> None:
    async with talking(stage) as adapter:
        await delivered(adapter, Show(content=text("card")), stage.room)
        path = f"v3/rooms/{quote(stage.room.chat.reveal())}/kick"
        await stage.editor.ask("POST", path, {"user_id": stage.settings.user})
        assert await adapter.perform(Show(content=text("x")), stage.room, None, NO_FILES, "") == Unreachable()


async def test_a_homeserver_that_asks_for_slowness_gets_it(stage: MatrixStage) -> None:
    path = f"/_synapse/admin/v1/users/{quote(stage.settings.user)}/override_ratelimit"
    async with talking(stage) as adapter:
        await delivered(adapter, Show(content=text("one")), stage.chat)
        await stage.synapse.admin("POST", path, {"messages_per_second": 1, "burst_count": 1})
        outcomes: list[Outcome] = []
        for number in range(4):
            show = Show(content=text(f"more {number}"))
            outcomes.append(await adapter.perform(show, stage.chat, None, NO_FILES, f"{number}"))
        refused = [outcome for outcome in outcomes if isinstance(outcome, Later)]
        assert refused
        assert all(outcome.everyone and 0 < outcome.after <= 5 for outcome in refused)


async def test_an_ended_session_waits_for_an_operator(stage: MatrixStage) -> None:
    adapter = stage.adapter()
    await adapter.start()
    try:
        await adapter._there.client.call("POST", "v3/logout", body={})
        erase = Erase(references=(Reference(chat=stage.chat, message=Private("$some-event")),))
        assert await adapter.perform(erase, stage.chat, None, NO_FILES, "") == DENIED
    finally:
        await adapter.stop()


async def test_a_published_room_is_plain_and_names_the_way_to_the_bot(stage: MatrixStage) -> None:
    room = await plain_room(stage)
    stage.settings = msgspec.structs.replace(stage.settings, channels={"ru": room})
    content = Content(text=bold("A story"), buttons=((Opening(label="Write to us", payload="tell"),),))
    async with talking(stage, joins=room) as adapter:
        await delivered(adapter, Show(content=content), address(room))
    newest = (await stage.editor.sees(room))[0]
    assert newest["type"] == "m.room.message"
    assert newest["content"]["body"].endswith(
        f"Write to us: {stage.settings.user} (https://matrix.to/#/{stage.settings.user}) !start tell"
    )
    assert "<strong>A story</strong>" in newest["content"]["formatted_body"]


async def test_a_published_room_that_became_encrypted_gets_nothing_in_plain(stage: MatrixStage) -> None:
    room, keeper = await plain_room(stage), Keeper()
    stage.settings = msgspec.structs.replace(stage.settings, channels={"ru": room})
    async with talking(stage, keeper, joins=room) as adapter:
        await delivered(adapter, Show(content=text("A story")), address(room))
        assert "A story" in str(await stage.editor.sees(room))
        async with stage.store.write() as tx:
            await adapter._there.directs.mark(tx, RoomId(room))
        assert await adapter.perform(Show(content=text("secret")), address(room), None, NO_FILES, "") == NO_RIGHTS
        await stage.editor.states(room, "m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})
        await stage.says("the bot knows of it")
        await keeper.got(2)
        await delivered(adapter, Show(content=text("secret")), address(room))
        seen = await stage.editor.sees(room)
        assert seen[0]["type"] == "m.room.encrypted"
        assert "secret" not in str(seen)


async def test_receipts_and_typing_show_that_words_have_arrived(stage: MatrixStage) -> None:
    bot = stage.settings.user
    async with talking(stage) as adapter:
        await stage.direct.waits_for_room(lambda room: bot in room.typing)
        await delivered(adapter, Show(content=text("Welcome")), stage.chat)
        await stage.direct.waits_for_room(lambda room: bot not in room.typing)
        said = await stage.direct.says("Are you there?")
        await stage.direct.waits_for_room(lambda room: room.read.get(bot) == said)


async def test_a_photo_is_described_and_the_server_sees_neither_name_nor_kind(stage: MatrixStage) -> None:
    keeper = Keeper()
    async with running(stage.adapter(), keeper) as adapter:
        await stage.says("Hello")
        await keeper.got(1)
        data = BYTES[FileKind.PHOTO]
        buttons = ((Choice(label="Да", token=Token("t:0")),),)
        with_words = msgspec.structs.replace(showing(FileKind.PHOTO, "Это оно?", data), buttons=buttons)
        for content in (
            showing(FileKind.PHOTO, "", data),
            with_words,
            showing(FileKind.VOICE, "", BYTES[FileKind.VOICE]),
        ):
            file = BYTES[FileKind.VOICE] if content.media and content.media.kind is FileKind.VOICE else data
            assert isinstance(
                await adapter.perform(Show(content=content), stage.chat, None, opens(file), ""), Delivered
            )
        await stage.sees()
        described, asked, voice = [one for one in await stage.direct.sees() if one.sender == stage.settings.user]
        assert (described.kind, described.text, described.content["filename"]) == (
            "m.image",
            "Площадь, вечер",
            "photo.jpg",
        )
        assert asked.text == "Это оно?\n\n1. Да"
        assert (voice.kind, "org.matrix.msc3245.voice" in voice.content) == ("m.audio", True)
        media = voice.content["file"]["url"].removeprefix("mxc://")
        path = f"/_synapse/admin/v1/media/{quote(media)}"
        known = (await stage.synapse.admin("GET", path))["media_info"]
        assert (known["media_type"], known["upload_name"]) == ("application/octet-stream", None)


async def test_what_is_never_sent_is_refused_at_once(stage: MatrixStage) -> None:
    adapter = stage.adapter()
    await adapter.start()
    try:
        for kind, size, why in (
            (FileKind.OTHER, 5, "files of this kind are not sent"),
            (FileKind.VIDEO, LARGEST + 1, "the file is larger than 50 MB"),
        ):
            content = Content(text=Rich(), media=Media(kind=kind, blob=PHOTO.blob, size=size))
            outcome = await adapter.perform(Show(content=content), stage.chat, None, opens(b""), "")
            assert outcome == Refused(why=why)
    finally:
        await adapter.stop()


async def on_the_server(person: MatrixPerson, room: str) -> list[tuple[str, str]]:
    """(type, sender) of what still has content there, but for state and redactions; the oldest first."""
    path = f"/_matrix/client/v3/rooms/{quote(room)}/messages?dir=f&limit=100"
    _, found = await person.request("GET", path)
    return [
        (one["type"], one["sender"])
        for one in found["chunk"]
        if "state_key" not in one and one["type"] != "m.room.redaction" and one["content"]
    ]
