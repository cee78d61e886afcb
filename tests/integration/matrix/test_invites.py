"""Which rooms the bot comes into, which it leaves again, and the room that it opens itself."""

from __future__ import annotations

from typing import Any

import pytest

from bot.platforms.matrix.ids import UserId
from bot.platforms.matrix.rooms.caps import HOUR, IN_ALL, PER_PERSON, PER_SERVER, Caps, Verdict
from bot.platforms.matrix.rooms.direct_rooms import open_direct
from bot.platforms.matrix.rooms.invites import read_invite
from tests.homeserver.synapse import Synapse
from tests.integration.matrix.loop_stage import Bot, Person

ME = UserId("@bot:paper.test")


async def test_its_own_room_is_for_two_encrypted_and_nobody_elses_to_change(bot: Bot, anna: Person) -> None:
    room = await open_direct(bot.client, bot.directs, bot.store, UserId(anna.user))
    assert await open_direct(bot.client, bot.directs, bot.store, UserId(anna.user)) == room  # one for each person
    assert bot.client.rooms[room].encrypted
    assert set(bot.client.rooms[room].users) == {bot.user, anna.user}  # so keys go to her before she comes
    assert bot.directs.is_marked(room)
    assert await anna.invitations() == [room]
    await anna.joins(room)
    await bot.until(lambda: bot.heard == ["/come"])  # and what was said there waits for her word
    third = await anna.ask("POST", f"v3/rooms/{room}/invite", {"user_id": "@eve:paper.test"})
    levels = await anna.states(room, "m.room.power_levels", {"users": {anna.user: 100}})
    assert (third["errcode"], levels["errcode"]) == ("M_FORBIDDEN", "M_FORBIDDEN")
    await anna.hands(bot, room)
    said = await anna.tells(room, "to be taken back")
    await bot.until(lambda: "to be taken back" in bot.heard)
    assert "event_id" in await bot.client.call("PUT", f"v3/rooms/{room}/redact/{said}/1", body={})


async def test_in_a_plain_room_it_says_why_and_opens_an_encrypted_one(bot: Bot, anna: Person) -> None:
    plain = await anna.opens(bot, encrypted=False)
    await bot.until(lambda: bot.room_of(anna))
    await bot.settles()
    ours = bot.room_of(anna)
    assert ours not in (None, plain)
    assert await anna.invitations() == [ours]
    said = [event["content"]["body"] for event in await anna.sees(plain) if event["type"] == "m.room.message"]
    assert len(said) == 1
    assert "шифрован" in said[0]
    assert (await anna.members(plain))[bot.user] == "leave"
    assert bot.heard == []  # nothing was said to the newsroom


async def test_where_it_may_not_erase_it_opens_its_own(bot: Bot, anna: Person) -> None:
    levels = {"users": {anna.user: 100, bot.user: 49}}
    room = await anna.opens(bot, room_version="11", power_level_content_override=levels)
    await bot.until(lambda: bot.room_of(anna))
    assert bot.room_of(anna) != room
    assert (await anna.members(room))[bot.user] == "leave"


@pytest.mark.parametrize(
    "more",
    [
        {"is_direct": False, "name": "Friends of the paper"},
        {"is_direct": False, "creation_content": {"type": "m.space"}},
    ],
)
async def test_groups_are_declined(bot: Bot, anna: Person, more: dict[str, Any]) -> None:
    room = await anna.opens(bot, **more)
    await bot.settles()
    assert (await anna.members(room))[bot.user] == "leave"
    assert bot.room_of(anna) is None


async def test_what_calls_itself_direct_and_is_not_is_left(bot: Bot, synapse: Synapse, anna: Person) -> None:
    boris = await Person.made(synapse, "boris")
    room = await anna.opens(bot, invite=[bot.user, boris.user])
    await bot.settles()
    assert (await anna.members(room))[bot.user] == "leave"
    assert bot.room_of(anna) is None


async def test_a_third_one_in_a_persons_room_ends_the_talk_there(bot: Bot, synapse: Synapse, anna: Person) -> None:
    boris = await Person.made(synapse, "boris")
    room = await anna.meets(bot)
    await anna.ask("POST", f"v3/rooms/{room}/invite", {"user_id": boris.user})
    await bot.until(lambda: bot.room_of(anna) not in (None, room))
    assert (await anna.members(room))[bot.user] == "leave"
    assert any(event["type"] == "m.room.encrypted" for event in await anna.sees(room))  # it said so
    await anna.tells(room, "boris is reading this")
    await bot.settles()
    assert bot.heard == ["/start"]


async def test_a_second_room_of_the_same_person_is_left_with_a_word(bot: Bot, anna: Person) -> None:
    first = await anna.meets(bot)
    second = await anna.opens(bot)
    await bot.settles()
    assert bot.room_of(anna) == first
    events = [event for event in await anna.sees(second) if event.get("state_key") == bot.user]
    assert events[0]["content"]["membership"] == "leave"
    assert "другой комнате" in events[0]["content"]["reason"]


async def test_an_invitation_that_was_shown_and_not_followed_is_followed_at_the_next_start(
    bot: Bot, anna: Person
) -> None:
    room = await anna.opens(bot)
    bot._doing.cancel()  # the process dies after the commit, before it joins
    await bot.loop.round(bot.sink)
    await bot.restarts()
    await bot.until(lambda: bot.room_of(anna) == room)


async def test_a_room_that_was_joined_and_not_kept_is_kept_at_the_next_start(bot: Bot, anna: Person) -> None:
    room = await anna.opens(bot)
    await bot.client.call("POST", f"v3/join/{room}", body={})
    async with bot.store.write() as tx:  # the sync that showed it is done with
        await tx.inbox.set_cursor(*await _now(bot))
    await bot.restarts()
    await bot.until(lambda: bot.room_of(anna) == room)


async def _now(bot: Bot) -> tuple[bytes, str]:
    from bot.intake import _name
    from bot.platforms.matrix.listening.sync import SOURCE

    return _name(SOURCE), (await bot.client.call("GET", "v3/sync", query={"timeout": "0"}))["next_batch"]


def test_caps_count_a_person_a_server_and_all() -> None:
    caps = Caps("paper.test")
    eve = [caps.take(UserId("@eve:evil.test"), 0.0) for _ in range(PER_PERSON + 1)]
    assert eve == [*[Verdict.WELCOME] * PER_PERSON, Verdict.NO]
    flood = [caps.take(UserId(f"@{number}:evil.test"), 1.0) for number in range(PER_SERVER)]
    assert flood.count(Verdict.WELCOME) == PER_SERVER - PER_PERSON
    assert flood[-1] is Verdict.LATER
    assert caps.take(UserId("@anna:other.test"), 2.0) is Verdict.WELCOME
    ours = [caps.take(UserId(f"@{number}:paper.test"), 3.0) for number in range(IN_ALL)]
    assert ours.count(Verdict.WELCOME) == IN_ALL - PER_SERVER - 1
    assert caps.take(UserId("@late:paper.test"), HOUR + 1.0) is Verdict.WELCOME


def _member(key: object, membership: object, sender: object = "@anna:paper.test", **more: object) -> dict[str, Any]:
    content = {"membership": membership, **more}
    return {"type": "m.room.member", "state_key": key, "sender": sender, "content": content}


@pytest.mark.parametrize(
    "events",
    [
        [],
        "events",
        [None, 7, {"type": "m.room.member"}],
        [_member("@boris:paper.test", "invite")],  # somebody else's
        [_member(ME, "leave")],
        [_member(ME, "invite", sender=7)],
        [_member(ME, "invite", sender="anna")],
        [_member(ME, "invite", sender=f"@{'a' * 300}:paper.test")],
        [_member(ME, "invite", sender=ME)],
    ],
)
def test_what_is_no_invitation_for_us(events: object) -> None:
    assert read_invite("!room", {"invite_state": {"events": events}}, ME) is None


def test_what_an_invitation_says() -> None:
    said = {"invite_state": {"events": [_member(ME, "invite", is_direct=True)]}}
    invite = read_invite("!room", said, ME)
    assert invite is not None
    assert (invite.room, invite.person, invite.direct) == ("!room", "@anna:paper.test", True)
    assert read_invite(7, said, ME) is None
    assert read_invite("!room", 7, ME) is None
