"""What every platform's adapter must do, as a person sees it. `test_contract.py` says which platforms."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.errors import FileLost, FileTooLarge
from bot.outcomes import Delivered, Later, Unreachable
from bot.platforms.base import Adapter, OpenBlob
from bot.texts.rich import Rich, bold
from bot.types import (
    Called,
    ChatKind,
    Choice,
    Content,
    Edited,
    Erase,
    File,
    FileKind,
    Gone,
    Link,
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
from storage.ids import AnchorId, BlobId
from storage.private import Private
from tests.integration.platforms.keeper import Keeper, running
from tests.integration.platforms.stage import Sight, Stage
from tests.unit.media.photos import jpeg

NASTY = "«Ёлка» <b>&amp;</b> *_`[x](y) 👩‍👩‍👧‍👦 é \u202eright-to-left\u202c\nsecond line"
PHOTO = Media(kind=FileKind.PHOTO, blob=BlobId(b"photo-of-the-test"), size=len(jpeg()))
BYTES = {
    FileKind.PHOTO: jpeg(),
    FileKind.VOICE: b"OggS" + bytes(range(256)) * 800,
    FileKind.VIDEO: b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 3000,
    FileKind.VIDEO_NOTE: b"\0\0\0\x18ftypmp42" + bytes(range(255)) * 1000,
    FileKind.DOCUMENT: b"%PDF-1.7 " + bytes(range(256)),
}
ANCHOR = AnchorId(b"anchor-of-a-test")
"""Any 16 bytes; an adapter only sees that there is one."""


def opens(data: bytes) -> OpenBlob:
    async def pieces(blob: BlobId) -> AsyncIterator[bytes]:
        assert blob == PHOTO.blob
        for start in range(0, len(data), 1000):
            yield data[start : start + 1000]

    return pieces


NO_FILES = opens(b"")
AGAIN = 0.05
"""seconds"""


def text(*parts: str) -> Content:
    return Content(text=Rich.plain("".join(parts)))


def choice(label: str) -> Content:
    return Content(text=Rich.plain("Which?"), buttons=((Choice(label=label, token=Token("t0ken:0")),),))


def showing(kind: FileKind, words: str, data: bytes) -> Content:
    media = Media(kind=kind, blob=PHOTO.blob, size=len(data), alt=Private("Площадь, вечер"))
    return Content(text=Rich.plain(words), media=media)


async def shown(
    stage: Stage, adapter: Adapter, show: Show, before: Reference | None = None, data: bytes = b""
) -> Reference:
    outcome = await adapter.perform(show, stage.chat, before, opens(data), "")
    while isinstance(outcome, Later):  # just started, it may not know the chat yet: a sender asks again, too
        await asyncio.sleep(AGAIN)
        outcome = await adapter.perform(show, stage.chat, before, opens(data), "")
    assert isinstance(outcome, Delivered), outcome
    assert outcome.reference is not None
    return outcome.reference


async def from_bot(stage: Stage) -> list[Sight]:
    return [sight for sight in await stage.sees() if sight.from_bot]


async def fetched(adapter: Adapter, file: File) -> bytes:
    return b"".join([piece async for piece in adapter.download(file)])


def needs(stage: Stage, *acts: str) -> None:
    for act in acts:
        if act in stage.lacks:
            pytest.skip(f"{act} does not exist on this platform")


class AdapterContract:
    async def test_a_message_arrives_as_it_was_written(self, stage: Stage, keeper: Keeper) -> None:
        async with running(stage.adapter(), keeper):
            await stage.says(NASTY)
            assert (await keeper.body(Said)).text.reveal() == NASTY
        event = keeper.events[0]
        assert (event.chat, event.kind, event.person) == (stage.chat, ChatKind.PRIVATE, stage.person)
        assert event.event
        assert event.reference is not None
        assert event.reference.chat == stage.chat

    async def test_a_message_is_seen_as_it_was_meant(self, stage: Stage, keeper: Keeper) -> None:
        async with running(stage.adapter(), keeper) as adapter:
            await stage.says("Hello")
            await keeper.got(1)
            await shown(stage, adapter, Show(content=Content(text=bold("Important: ") + NASTY)))
            assert [sight.text for sight in await from_bot(stage)] == ["Important: " + NASTY]

    async def test_messages_keep_their_order_both_ways(self, stage: Stage, keeper: Keeper) -> None:
        async with running(stage.adapter(), keeper) as adapter:
            for number in range(5):
                await stage.says(f"question {number}")
            said = [event.body for event in await keeper.got(5)]
            assert [body.text.reveal() for body in said if isinstance(body, Said)] == [
                f"question {number}" for number in range(5)
            ]
            for number in range(5):
                await shown(stage, adapter, Show(content=text(f"answer {number}")))
            assert [sight.text for sight in await from_bot(stage)] == [f"answer {number}" for number in range(5)]

    async def test_a_command_comes_with_its_argument(self, stage: Stage, keeper: Keeper) -> None:
        async with running(stage.adapter(), keeper):
            await stage.says("/find  two words ")
            called = await keeper.body(Called)
        assert (called.name, called.argument.reveal()) == ("find", "two words")

    async def test_a_deep_link_comes_as_start(self, stage: Stage, keeper: Keeper) -> None:
        needs(stage, "follows")
        async with running(stage.adapter(), keeper):
            await stage.follows("story_42-x")
            called = await keeper.body(Called)
        assert (called.name, called.argument.reveal()) == ("start", "story_42-x")

    async def test_a_tap_names_the_token_and_the_message(self, stage: Stage, keeper: Keeper) -> None:
        needs(stage, "taps")
        async with running(stage.adapter(), keeper) as adapter:
            await stage.says("Hello")
            await keeper.got(1)
            prompt = await shown(stage, adapter, Show(content=choice("Да")))
            assert (await from_bot(stage))[-1].buttons == (("Да",),)
            await stage.taps("Да")
            assert (await keeper.body(Tapped, 2)).token == "t0ken:0"
        assert keeper.events[1].reference == prompt
        assert keeper.events[1].person == stage.person

    async def test_a_button_may_stand_for_a_command(self, stage: Stage, keeper: Keeper) -> None:
        needs(stage, "taps")
        button = Choice(label="Stop", token=Token("!leave:weekly:all"))
        async with running(stage.adapter(), keeper) as adapter:
            await stage.says("Hello")
            await keeper.got(1)
            await shown(stage, adapter, Show(content=Content(text=Rich.plain("News"), buttons=((button,),))))
            await stage.taps("Stop")
            called = await keeper.body(Called, 2)
        assert (called.name, called.argument.reveal()) == ("leave", "weekly:all")

    async def test_a_button_that_opens_the_private_chat_is_shown(self, stage: Stage, keeper: Keeper) -> None:
        needs(stage, "taps")
        opening = Opening(label="Read on", payload="s-1")
        async with running(stage.adapter(), keeper) as adapter:
            await stage.says("Hello")
            await keeper.got(1)
            await shown(stage, adapter, Show(content=Content(text=Rich.plain("A story"), buttons=((opening,),))))
            assert (await from_bot(stage))[-1].buttons == (("Read on",),)

    async def test_a_button_that_leads_to_a_page_is_shown(self, stage: Stage, keeper: Keeper) -> None:
        link = Link(label="Read it there", url="https://example.org/november")
        async with running(stage.adapter(), keeper) as adapter:
            await stage.says("Hello")
            await keeper.got(1)
            await shown(stage, adapter, Show(content=Content(text=Rich.plain("News"), buttons=((link,),))))
            (sight,) = await from_bot(stage)
            said = [sight.text, *(label for row in sight.buttons for label in row)]
            assert any("Read it there" in words for words in said)

    async def test_a_photo_can_be_downloaded_as_it_was_sent(self, stage: Stage, keeper: Keeper) -> None:
        data = jpeg()
        async with running(stage.adapter(), keeper) as adapter:
            await stage.sends_photo(data, "at home")
            sent = await keeper.body(Sent)
            assert (sent.file.kind, sent.caption.reveal()) == (FileKind.PHOTO, "at home")
            assert await fetched(adapter, sent.file) == data

    async def test_an_album_comes_as_its_photos(self, stage: Stage, keeper: Keeper) -> None:
        async with running(stage.adapter(), keeper) as adapter:
            for number in range(3):
                await stage.sends_photo(jpeg(orientation=1 + number), f"photo {number}", album="summer")
            bodies = [event.body for event in await keeper.got(3)]
            sent = [body for body in bodies if isinstance(body, Sent)]
            assert [photo.caption.reveal() for photo in sent] == ["photo 0", "photo 1", "photo 2"]
            assert [await fetched(adapter, photo.file) for photo in sent] == [jpeg(orientation=1 + n) for n in range(3)]

    async def test_a_photo_of_ours_is_seen_with_its_caption(self, stage: Stage, keeper: Keeper) -> None:
        data = jpeg()
        async with running(stage.adapter(), keeper) as adapter:
            await stage.says("Hello")
            await keeper.got(1)
            content = Content(text=Rich.plain("Our photo"), media=PHOTO)
            outcome = await adapter.perform(Show(content=content), stage.chat, None, opens(data), "")
            assert isinstance(outcome, Delivered)
            assert [(sight.text, sight.file) for sight in await from_bot(stage)] == [("Our photo", data)]

    @pytest.mark.parametrize("kind", [FileKind.VOICE, FileKind.VIDEO, FileKind.VIDEO_NOTE, FileKind.DOCUMENT])
    async def test_a_file_of_every_kind_can_be_downloaded_as_it_was_sent(
        self, stage: Stage, keeper: Keeper, kind: FileKind
    ) -> None:
        needs(stage, f"sends_{kind}")
        words = "" if kind is FileKind.VIDEO_NOTE else "listen"
        async with running(stage.adapter(), keeper) as adapter:
            await stage.sends_file(kind, BYTES[kind], words)
            sent = await keeper.body(Sent)
            assert (sent.file.kind, sent.file.size, sent.caption.reveal()) == (kind, len(BYTES[kind]), words)
            assert await fetched(adapter, sent.file) == BYTES[kind]
            assert [(sight.kind, sight.file) for sight in await stage.sees()] == [(kind, BYTES[kind])]

    async def test_a_file_announced_as_too_large_is_refused(self, stage: Stage, keeper: Keeper) -> None:
        async with running(stage.adapter(), keeper) as adapter:
            await stage.sends_file(FileKind.VIDEO, BYTES[FileKind.VIDEO])
            file = (await keeper.body(Sent)).file
            limit = adapter.capabilities.download_limit
            with pytest.raises(FileTooLarge) as caught:
                await fetched(adapter, File(kind=file.kind, handle=file.handle, size=limit + 1))
        assert caught.value.megabytes == limit // 1024**2

    async def test_a_file_that_nobody_has_is_lost(self, stage: Stage, keeper: Keeper) -> None:
        async with running(stage.adapter(), keeper) as adapter:
            with pytest.raises(FileLost):
                await fetched(adapter, File(kind=FileKind.VOICE, handle=Private("00" * 16), size=5))

    @pytest.mark.parametrize(
        "kind", [FileKind.PHOTO, FileKind.VOICE, FileKind.VIDEO, FileKind.VIDEO_NOTE, FileKind.DOCUMENT]
    )
    async def test_a_file_of_ours_is_seen_whole(self, stage: Stage, keeper: Keeper, kind: FileKind) -> None:
        words = "" if kind is FileKind.VIDEO_NOTE else "Наша запись"
        async with running(stage.adapter(), keeper) as adapter:
            await stage.says("Hello")
            await keeper.got(1)
            show = Show(content=showing(kind, words, BYTES[kind]), protect=True)
            await shown(stage, adapter, show, data=BYTES[kind])
            (sight,) = await from_bot(stage)
        assert (sight.kind, sight.text, sight.file) == (kind, words, BYTES[kind])

    async def test_no_word_beside_a_video_note_is_lost(self, stage: Stage, keeper: Keeper) -> None:
        data = BYTES[FileKind.VIDEO_NOTE]
        async with running(stage.adapter(), keeper) as adapter:
            await stage.says("Hello")
            await keeper.got(1)
            await shown(stage, adapter, Show(content=showing(FileKind.VIDEO_NOTE, "Look", data)), data=data)
            (sight,) = await from_bot(stage)
        assert (sight.text, sight.file) == ("Look", data)

    async def test_a_message_becomes_each_kind_of_file_and_text_again(self, stage: Stage, keeper: Keeper) -> None:
        async with running(stage.adapter(), keeper) as adapter:
            await stage.says("Hello")
            await keeper.got(1)
            before = await shown(stage, adapter, Show(content=text("begin"), anchor=ANCHOR))
            for kind in (FileKind.PHOTO, FileKind.VIDEO, FileKind.VOICE, FileKind.VIDEO_NOTE, FileKind.PHOTO):
                show = Show(content=showing(kind, "", BYTES[kind]), anchor=ANCHOR, place=Place.SAME)
                before = await shown(stage, adapter, show, before, BYTES[kind])
                assert [(sight.kind, sight.file) for sight in await from_bot(stage)] == [(kind, BYTES[kind])]
            await shown(stage, adapter, Show(content=text("end"), anchor=ANCHOR, place=Place.SAME), before)
            assert [(sight.kind, sight.text) for sight in await from_bot(stage)] == [(None, "end")]

    @pytest.mark.parametrize("kind", [FileKind.PHOTO, FileKind.VOICE, FileKind.VIDEO, FileKind.VIDEO_NOTE])
    async def test_files_of_both_sides_are_erased(self, stage: Stage, keeper: Keeper, kind: FileKind) -> None:
        needs(stage, f"sends_{kind}")
        async with running(stage.adapter(), keeper) as adapter:
            await stage.sends_file(kind, BYTES[kind])
            theirs = (await keeper.got(1))[0].reference
            ours = await shown(stage, adapter, Show(content=showing(kind, "", BYTES[kind])), data=BYTES[kind])
            assert theirs is not None
            assert (
                await adapter.perform(Erase(references=(theirs, ours)), stage.chat, None, NO_FILES, "") == Delivered()
            )
            assert await stage.sees() == []

    async def test_a_person_may_correct_themselves(self, stage: Stage, keeper: Keeper) -> None:
        needs(stage, "edits")
        async with running(stage.adapter(), keeper):
            await stage.says("/nope is not what I meant")
            await stage.edits("/yes")
            assert (await keeper.body(Edited, 2)).text.reveal() == "/yes"
        assert keeper.events[1].reference == keeper.events[0].reference
        assert keeper.events[1].event != keeper.events[0].event

    async def test_a_message_changes_in_its_place(self, stage: Stage, keeper: Keeper) -> None:
        async with running(stage.adapter(), keeper) as adapter:
            await stage.says("Hello")
            await keeper.got(1)
            first = await shown(stage, adapter, Show(content=choice("Begin"), anchor=ANCHOR, place=Place.SAME))
            await shown(stage, adapter, Show(content=text("below")))
            again = Show(content=text("Thank you"), anchor=ANCHOR, place=Place.SAME)
            await shown(stage, adapter, again, first)
            second = await shown(stage, adapter, again, first)
            assert [(sight.text, sight.buttons) for sight in await from_bot(stage)] == [
                ("Thank you", ()),
                ("below", ()),
            ]
        assert second == first

    async def test_a_message_moves_to_the_bottom(self, stage: Stage, keeper: Keeper) -> None:
        async with running(stage.adapter(), keeper) as adapter:
            await stage.says("Hello")
            await keeper.got(1)
            old = await shown(stage, adapter, Show(content=text("the card"), anchor=ANCHOR))
            await shown(stage, adapter, Show(content=text("between")))
            move = Show(content=text("the card, anew"), anchor=ANCHOR, place=Place.BOTTOM)
            new = await shown(stage, adapter, move, old)
            assert [sight.text for sight in await from_bot(stage)] == ["between", "the card, anew"]
        assert new != old

    async def test_an_edit_of_a_message_that_is_gone_is_sent_anew(self, stage: Stage, keeper: Keeper) -> None:
        async with running(stage.adapter(), keeper) as adapter:
            await stage.says("Hello")
            await keeper.got(1)
            old = await shown(stage, adapter, Show(content=text("soon gone"), anchor=ANCHOR))
            await adapter.perform(Erase(anchor=ANCHOR), stage.chat, old, NO_FILES, "")
            await shown(stage, adapter, Show(content=text("here again"), anchor=ANCHOR, place=Place.SAME), old)
            assert [sight.text for sight in await from_bot(stage)] == ["here again"]

    async def test_a_copy_that_is_corrected_is_edited_and_one_that_is_gone_stays_gone(
        self, stage: Stage, keeper: Keeper
    ) -> None:
        async with running(stage.adapter(), keeper) as adapter:
            await stage.says("Hello")
            await keeper.got(1)
            copy = await shown(stage, adapter, Show(content=text("a mistake"), silent=False))
        correction = Show(content=text("no mistake"), anchor=ANCHOR, place=Place.THERE)
        async with running(stage.adapter(), keeper) as adapter:  # another start remembers nothing of it
            for _ in range(2):
                assert await shown(stage, adapter, correction, copy) == copy
            assert [sight.text for sight in await from_bot(stage)] == ["no mistake"]
            await adapter.perform(Erase(anchor=ANCHOR), stage.chat, copy, NO_FILES, "")
            assert await adapter.perform(correction, stage.chat, copy, NO_FILES, "") == Delivered()
            assert await from_bot(stage) == []

    async def test_words_under_a_picture_are_corrected_and_the_picture_stays(
        self, stage: Stage, keeper: Keeper
    ) -> None:
        async with running(stage.adapter(), keeper) as adapter:
            await stage.says("Hello")
            await keeper.got(1)
            copy = await shown(stage, adapter, Show(content=showing(FileKind.PHOTO, "a mistake", jpeg())), data=jpeg())
        correction = Show(content=showing(FileKind.PHOTO, "no mistake", jpeg()), anchor=ANCHOR, place=Place.THERE)
        async with running(stage.adapter(), keeper) as adapter:
            for _ in range(2):
                assert await shown(stage, adapter, correction, copy, data=jpeg()) == copy
            (sight,) = await from_bot(stage)
        assert (sight.text, sight.kind) == ("no mistake", FileKind.PHOTO)

    async def test_erasing_takes_messages_of_both_sides_and_may_be_repeated(self, stage: Stage, keeper: Keeper) -> None:
        async with running(stage.adapter(), keeper) as adapter:
            await stage.says("my secret")
            mine = (await keeper.got(1))[0].reference
            assert mine is not None
            first = await shown(stage, adapter, Show(content=text("first"), anchor=ANCHOR))
            second = await shown(stage, adapter, Show(content=text("second")))
            await shown(stage, adapter, Show(content=text("stays")))
            erase = Erase(references=(mine, second), anchor=ANCHOR)
            for _ in range(2):
                assert await adapter.perform(erase, stage.chat, first, NO_FILES, "") == Delivered(failed=0)
            assert [sight.text for sight in await stage.sees()] == ["stays"]

    async def test_loud_and_protected_messages_are_taken(self, stage: Stage, keeper: Keeper) -> None:
        async with running(stage.adapter(), keeper) as adapter:
            await stage.says("Hello")
            await keeper.got(1)
            await shown(stage, adapter, Show(content=text("loud"), silent=False, protect=True))
            assert [sight.text for sight in await from_bot(stage)] == ["loud"]

    async def test_what_could_not_be_stored_comes_again_the_same(self, stage: Stage, keeper: Keeper) -> None:
        keeper.refusals = 2
        async with running(stage.adapter(), keeper):
            await stage.says("don't lose me")
            await keeper.got(1)
            await stage.says("nor me")
            events = await keeper.got(2)
        said = [event.body.text.reveal() for event in events if isinstance(event.body, Said)]
        assert said == ["don't lose me", "nor me"]
        assert {event.event for event in keeper.refused} <= {event.event for event in events}
        assert len(keeper.refused) >= 2

    async def test_a_restart_loses_nothing_and_repeats_nothing(self, stage: Stage, keeper: Keeper) -> None:
        async with running(stage.adapter(), keeper):
            await stage.says("one")
            await keeper.got(1)
        async with running(stage.adapter(), keeper):
            await stage.says("two")
            await keeper.got(2)
        async with running(stage.adapter(), keeper):
            await stage.says("three")
            events = await keeper.got(3)
        said = [event.body.text.reveal() for event in events if isinstance(event.body, Said)]
        assert said == ["one", "two", "three"]
        assert len({event.event for event in events}) == 3

    async def test_messages_written_while_we_are_away_are_waiting(self, stage: Stage, keeper: Keeper) -> None:
        needs(stage, "away")
        async with running(stage.adapter(), keeper):
            await stage.says("one")
            await keeper.got(1)
        await stage.says("two")
        await stage.says("three")
        async with running(stage.adapter(), keeper):
            events = await keeper.got(3)
        said = [event.body.text.reveal() for event in events if isinstance(event.body, Said)]
        assert said == ["one", "two", "three"]

    async def test_who_blocks_the_bot_is_gone(self, stage: Stage, keeper: Keeper) -> None:
        needs(stage, "blocks")
        async with running(stage.adapter(), keeper) as adapter:
            await stage.says("Hello")
            await keeper.got(1)
            await stage.blocks()
            await keeper.body(Gone, 2)
            assert keeper.events[1].chat == stage.chat
            outcome = await adapter.perform(Show(content=text("too late")), stage.chat, None, NO_FILES, "")
            assert outcome == Unreachable()

    async def test_only_who_is_in_the_room_is_a_member(self, stage: Stage, keeper: Keeper) -> None:
        needs(stage, "joins_room", "leaves_room")
        async with running(stage.adapter(), keeper) as adapter:
            assert not await adapter.is_member(stage.room, stage.person)
            await stage.joins_room()
            assert await adapter.is_member(stage.room, stage.person)
            await stage.leaves_room()
            assert not await adapter.is_member(stage.room, stage.person)
