"""What a Matrix event means to us."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.platforms.matrix.ids import EventId, RoomId, UserId
from bot.platforms.matrix.listening.html_in import text_of
from bot.platforms.matrix.listening.incoming import from_editors, from_person
from bot.platforms.matrix.listening.reading import Malformed, RoomEvent, read
from bot.platforms.matrix.listening.room_state import shape_of
from bot.types import Body, Called, ChatKind, Edited, FileKind, Said, Sent, Tapped, Token, Undecrypted, Unsupported
from storage.private import Private

ROOM = RoomId("!room:paper.test")
ANNA = "@anna:paper.test"
ME = UserId("@bot:paper.test")
FILE = {
    "v": "v2",
    "url": "mxc://paper.test/abcDEF",
    "key": {"kty": "oct", "alg": "A256CTR", "ext": True, "k": "aGVsbG8", "key_ops": ["decrypt"]},
    "iv": "w+sE15fzSc0AAAAAAAAAAA",
    "hashes": {"sha256": "fdSLu/YkRx3Wyh3KQabP3rd6+SFiKg5lsJZQHtkSAYA"},
}


def event(content: dict[str, Any], kind: str = "m.room.message", *, encrypted: bool = True) -> RoomEvent:
    raw = {"type": kind, "event_id": "$this", "sender": ANNA, "origin_server_ts": 1_772_000_000_500, "content": content}
    return RoomEvent(**{**_fields(read(raw, ROOM)), "encrypted": encrypted})


def _fields(found: RoomEvent) -> dict[str, Any]:
    return {name: getattr(found, name) for name in found.__struct_fields__}


async def nothing(room: RoomId, message: EventId, said: str) -> Body | None:
    return None


async def body_of(content: dict[str, Any], kind: str = "m.room.message", *, encrypted: bool = True) -> Body | None:
    heard = await from_person(event(content, kind, encrypted=encrypted), nothing)
    return None if heard is None else heard.incoming.body


def said(text: str, **more: Any) -> dict[str, Any]:
    return {"msgtype": "m.text", "body": text, **more}


REPLY = {"m.in_reply_to": {"event_id": "$before"}}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (said("Привет"), "Привет"),
        (said("1"), "1"),
        (said("*bold*", format="org.matrix.custom.html", formatted_body="<b>bold</b>"), "*bold*"),
        (said("", formatted_body="<p>one</p><p>two &lt;3<br>three</p>"), "one\ntwo <3\nthree"),
        ({"msgtype": "m.emote", "body": "waves"}, "waves"),
        (said("> <@bot:paper.test> 1. Yes\n> 2. No\n\nmy answer", **{"m.relates_to": REPLY}), "my answer"),
        (said("> a line of Pushkin's", **{"m.relates_to": REPLY}), "> a line of Pushkin's"),
        (said("> <@bot:paper.test> no answer to anything"), "> <@bot:paper.test> no answer to anything"),
        (said("half a \ud800"), "half a ?"),
        (said("!Внимание"), "!Внимание"),
        (said("!!!"), "!!!"),
    ],
)
async def test_words(content: dict[str, Any], words: str) -> None:
    body = await body_of(content)
    assert isinstance(body, Said)
    assert body.text == Private(words)


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [("/start", "start", ""), ("!start t-7 ", "start", "t-7"), ("/Help", "help", ""), ("!find a\nb", "find", "a\nb")],
)
async def test_commands(text: str, name: str, argument: str) -> None:
    assert await body_of(said(text)) == Called(name=name, argument=Private(argument))


async def test_who_when_and_which() -> None:
    heard = await from_person(event(said("Привет")), nothing)
    assert heard is not None
    incoming = heard.incoming
    assert (incoming.event, incoming.kind, incoming.at) == ("$this", ChatKind.PRIVATE, 1_772_000_000)
    assert incoming.chat.chat.reveal() == incoming.person.person.reveal() == ANNA
    assert incoming.reference is not None
    assert incoming.reference.chat == incoming.chat
    assert not any(secret in repr(heard) for secret in ("Привет", "anna", "!room"))
    assert repr(event(said("Привет"))) == "RoomEvent(…)"


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"msgtype": "m.image"}, FileKind.PHOTO),
        ({"msgtype": "m.video"}, FileKind.VIDEO),
        ({"msgtype": "m.file"}, FileKind.DOCUMENT),
        ({"msgtype": "m.audio"}, FileKind.OTHER),
        ({"msgtype": "m.audio", "org.matrix.msc3245.voice": {}}, FileKind.VOICE),
    ],
)
async def test_files(more: dict[str, Any], kind: FileKind) -> None:
    body = await body_of({"body": "../../a.bin", "file": FILE, "info": {"size": 70_000}, **more})
    assert isinstance(body, Sent)
    assert (body.file.kind, body.file.size, body.caption) == (kind, 70_000, Private(""))
    handle = json.loads(body.file.handle.reveal())
    assert handle == {name: FILE[name] for name in ("url", "iv", "hashes")} | {"key": {"k": "aGVsbG8"}}


async def test_captions_are_apart_from_file_names() -> None:
    picture = {"msgtype": "m.image", "file": FILE}
    captioned = await body_of({**picture, "filename": "a.jpg", "body": "our street"})
    named = await body_of({**picture, "filename": "a.jpg", "body": "a.jpg"})
    assert [body.caption.reveal() for body in (captioned, named) if isinstance(body, Sent)] == ["our street", ""]


@pytest.mark.parametrize(
    "file",
    [
        {**FILE, "url": "https://evil.test/a"},
        {**FILE, "url": "mxc://paper.test/../../admin"},
        {**FILE, "key": {}},
        {**FILE, "hashes": {"sha256": 7}},
        {**FILE, "iv": "a" * 300},
        None,
    ],
)
async def test_files_that_lie_nowhere_or_open(file: object) -> None:
    assert (
        await body_of({"msgtype": "m.image", "body": "a", "url": "mxc://paper.test/open", "file": file})
        == Unsupported()
    )


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("m.sticker", {"body": "a cat"}),
        ("org.matrix.msc3381.poll.start", {"question": {}}),
        ("m.call.invite", {"call_id": "1"}),
        ("m.room.message", {"msgtype": "m.location", "geo_uri": "geo:1,1"}),
        ("m.room.message", {"msgtype": "org.example.thing"}),
        ("m.room.message", {"body": "no type"}),
    ],
)
async def test_what_we_do_not_take(kind: str, content: dict[str, Any]) -> None:
    assert await body_of(content, kind) == Unsupported()


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("m.room.message", {}),  # redacted
        ("m.room.redaction", {"redacts": "$before"}),
        ("m.room.message", {"msgtype": "m.notice", "body": "another program"}),
        ("m.room.message", {"msgtype": "m.key.verification.request", "body": ""}),
        ("m.room.message", {**said("*"), "m.relates_to": {"rel_type": "m.replace", "event_id": "$before"}}),
        ("m.reaction", {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$before", "key": "❤"}}),
        ("m.reaction", {"m.relates_to": {"rel_type": "m.thread", "event_id": 7, "key": []}}),
        ("org.example.thing", {"body": "?"}),
    ],
)
async def test_what_is_nothing_to_us(kind: str, content: dict[str, Any]) -> None:
    assert await body_of(content, kind) is None


async def test_words_without_encryption_are_not_taken() -> None:
    assert await body_of(said("the server wrote this"), encrypted=False) == Undecrypted()


async def test_an_edit() -> None:
    relation = {"rel_type": "m.replace", "event_id": "$before"}
    heard = await from_person(event({**said("* new"), "m.new_content": said("new"), "m.relates_to": relation}), nothing)
    assert heard is not None
    assert heard.incoming.body == Edited(text=Private("new"))
    assert heard.incoming.reference is not None
    assert heard.trace is not None
    assert heard.incoming.reference.message.reveal() == "$before"
    assert heard.trace.message.reveal() == "$this"


async def test_a_reaction_asks_what_it_means() -> None:
    async def meant(room: RoomId, message: EventId, key: str) -> Body | None:
        assert (room, message, key) == (ROOM, "$prompt", "2️⃣")
        return Tapped(token=Token("no"))

    relation = {"rel_type": "m.annotation", "event_id": "$prompt", "key": "2️⃣"}
    heard = await from_person(event({"m.relates_to": relation}, "m.reaction", encrypted=False), meant)
    assert heard is not None
    assert heard.incoming.body == Tapped(token=Token("no"), proven=False)


@pytest.mark.parametrize(
    ("relation", "target"),
    [
        ({"m.in_reply_to": {"event_id": "$card"}}, "$card"),
        ({"rel_type": "m.thread", "event_id": "$card"}, "$card"),
        (
            {
                "rel_type": "m.thread",
                "event_id": "$card",
                "is_falling_back": True,
                "m.in_reply_to": {"event_id": "$latest"},
            },
            "$card",
        ),
        ({"rel_type": "m.thread", "event_id": "$root", "m.in_reply_to": {"event_id": "$card"}}, "$card"),
    ],
)
async def test_answers_in_the_editors_room(relation: dict[str, Any], target: str) -> None:
    async def meant(room: RoomId, message: EventId, key: str) -> Body | None:
        opening = Called(name="start", argument=Private("s-7"))
        return opening if (message, key) == (target, "1") else None

    heard = await from_editors(event({**said(" 1"), "m.relates_to": relation}), meant)
    assert heard is not None
    assert heard.incoming.kind is ChatKind.PRIVATE
    assert heard.incoming.chat.chat.reveal() == ANNA
    assert heard.incoming.body == Called(name="start", argument=Private("s-7"))
    assert heard.incoming.reference is None
    assert await from_editors(event({**said("1"), "m.relates_to": relation}, encrypted=False), meant) is None
    assert await from_editors(event(said("1")), meant) is None


async def test_a_choice_that_is_no_opening_does_nothing_in_the_editors_room() -> None:
    async def meant(room: RoomId, message: EventId, key: str) -> Body | None:
        return Tapped(token=Token("yes"))

    assert await from_editors(event({**said("1"), "m.relates_to": REPLY}), meant) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"event_id": 7},
        {"event_id": "no sigil"},
        {"event_id": "$" + "a" * 300},
        {"event_id": "$\ud800"},
        {"event_id": "$\n"},
        {"sender": None},
        {"origin_server_ts": -1},
        {"origin_server_ts": True},
        {"origin_server_ts": 0.5},
        {"content": []},
        {"type": None},
        {"state_key": 7},
    ],
)
def test_malformed_events(wrong: dict[str, Any]) -> None:
    good = {"type": "m", "event_id": "$a", "sender": "@a:b", "origin_server_ts": 1, "content": {}}
    assert read(good, ROOM).at == 0
    with pytest.raises(Malformed):
        read({**good, **wrong}, ROOM)
    with pytest.raises(Malformed):
        read([good], ROOM)


@pytest.mark.parametrize(
    ("formatted", "text"),
    [
        ("<mx-reply><blockquote>quoted</blockquote></mx-reply>mine", "mine"),
        ("<script>alert(1)</script>a<img src=x onerror=alert(1)>b", "ab"),
        ("&lt;script&gt;", "<script>"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<p>never closed <b>", "never closed"),
        ("", ""),
    ],
)
def test_html_becomes_text(formatted: str, text: str) -> None:
    assert text_of(formatted) == text


@pytest.mark.parametrize(
    ("create", "levels", "may"),
    [
        ({}, {"users": {ME: 50}}, True),
        ({}, {"users": {ME: 49}}, False),
        ({}, {"users": {ME: 50}, "redact": 51}, False),
        ({}, {"users_default": 60}, True),
        ({}, {"users": {ME: "100"}}, False),  # a text is no level
        ({}, {"users": {ME: float("inf")}}, False),
        ({"room_version": "12"}, {"redact": 100}, False),
        ({"room_version": "12", "additional_creators": [ME]}, {"redact": 100}, True),
        ({"room_version": "11", "additional_creators": [ME]}, {"redact": 100}, False),
        ({"room_version": "12", "additional_creators": 7}, {}, False),
    ],
)
def test_who_may_redact(create: dict[str, Any], levels: dict[str, Any], may: bool) -> None:
    state = [
        {"type": "m.room.create", "state_key": "", "sender": ANNA, "content": create},
        {"type": "m.room.power_levels", "state_key": "", "sender": ANNA, "content": levels},
    ]
    assert shape_of(state, ME).may_redact is may


async def test_formatting_comes_along_as_marks() -> None:
    bold = {"format": "org.matrix.custom.html", "formatted_body": "<b>три</b> истории"}
    assert await body_of(said("три истории", **bold)) == Said(
        text=Private("три истории"), marked=Private("**три** истории")
    )
