"""Who really gets our room keys, on a real homeserver: devices look into their own post."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.devices.confirming import confirm, confirm_identity, findings, waiting
from bot.platforms.matrix.devices.device_policy import DevicePolicy, Sharing
from bot.platforms.matrix.devices.trust import Reason, Withheld
from bot.platforms.matrix.errors import checked
from bot.platforms.matrix.ids import DeviceId, RoomId, UserId
from bot.platforms.matrix.signing.one_time_keys import publish
from storage.address import Account
from storage.ids import EditorId
from storage.private import Private
from storage.store import Store
from tests.homeserver.synapse import Synapse
from tests.integration.matrix.keys_bot import Bot
from tests.integration.matrix.keys_stage import Stranger, person

ENCRYPTION = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}


class Newsroom:
    """The bot with an editors' room, and the policy between them."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.editors_room: RoomId | None = None
        self.policy = self._policy()

    def _policy(self) -> DevicePolicy:
        return DevicePolicy(self.bot.client, self.bot.store, editors_room=self.editors_room)

    async def joins(self, host: Stranger) -> RoomId:
        """An encrypted room that the person makes, with the bot in it."""
        body = {"invite": [self.bot.user], "initial_state": [ENCRYPTION], "preset": "private_chat"}
        room = RoomId((await host.ask("POST", "v3/createRoom", body))["room_id"])
        await self.bot.client.call("POST", f"v3/rooms/{room}/join", body={})
        await self.bot.client.sync(full_state=True)
        return room

    async def has_editors_room(self, host: Stranger) -> RoomId:
        self.editors_room = await self.joins(host)
        await self.enrols(host)
        self.policy = self._policy()
        return self.editors_room

    async def enrols(self, one: Stranger) -> EditorId:
        async with self.bot.store.write() as tx:
            return await tx.editors.add(Account(platform="matrix", person=Private(one.user)), "Olga")

    async def restarts(self) -> None:
        await self.bot.restart()
        await self.bot.client.sync(full_state=True)
        self.policy = self._policy()

    async def syncs(self) -> None:
        """The loop's part: whose devices changed."""
        answer = await self.bot.client.sync()
        self.policy.changed(answer.device_list.changed)

    async def says(self, room: RoomId) -> Sharing:
        sharing = await self.policy.prepare(room)
        content = {"msgtype": "m.text", "body": "Здравствуйте"}
        assert checked(
            await self.bot.client.room_send(room, "m.room.message", content, ignore_unverified_devices=False)
        ).event_id
        return sharing


@pytest.fixture
async def newsroom(synapse: Synapse, on_sqlite: Store) -> AsyncIterator[Newsroom]:
    bot = await Bot.made(synapse, on_sqlite)
    await publish(bot.client)
    yield Newsroom(bot)
    await bot.stop()


async def _device(synapse: Synapse, user: str) -> Stranger:
    device = await Stranger.of(synapse, user)
    await device.publishes()
    return device


def _why(withheld: tuple[Withheld, ...]) -> dict[str, Reason]:
    return {one.device.id.reveal(): one.reason for one in withheld}


async def test_an_author_s_new_device_reads_along_once_it_is_verified(synapse: Synapse, newsroom: Newsroom) -> None:
    anna = await person(synapse, "anna")
    phone, tablet = await _device(synapse, anna), await _device(synapse, anna)
    identity = await phone.takes_identity()
    await phone.vouched_by(identity)
    room = await newsroom.joins(phone)

    sharing = await newsroom.says(room)
    assert (await phone.keys_came(), await tablet.keys_came()) == (True, True)
    assert sharing.withheld == ()

    laptop = await _device(synapse, anna)
    await newsroom.syncs()
    assert _why((await newsroom.says(room)).withheld) == {laptop.device: Reason.UNSIGNED}
    assert not await laptop.keys_came()

    await laptop.vouched_by(identity)
    await newsroom.syncs()
    assert (await newsroom.says(room)).withheld == ()
    assert await laptop.keys_came()


async def test_an_author_s_device_that_shows_other_keys_gets_none_and_the_log_names_nobody(
    synapse: Synapse, newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    anna = await person(synapse, "anna")
    phone, tablet = await _device(synapse, anna), await _device(synapse, anna)
    room = await newsroom.joins(phone)
    await newsroom.says(room)
    assert await tablet.keys_came()

    impostor = tablet.changes_its_keys()
    await impostor.publishes()
    await newsroom.syncs()
    with caplog.at_level(logging.INFO, logger="bot"):
        sharing = await newsroom.says(room)
        await newsroom.says(room)

    assert _why(sharing.withheld) == {tablet.device: Reason.KEYS_CHANGED}
    assert (await phone.keys_came(), await impostor.keys_came()) == (True, False)
    (line,) = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    assert "other keys than before" in line
    assert anna not in line
    assert tablet.device not in line
    assert sharing.news == (), "editors are not to learn who writes"
    assert [found.ok for found in await findings(newsroom.bot.store)] == [True, True, False, True]


async def test_an_editor_s_unsigned_device_gets_no_keys_until_an_admin_confirms_it(
    synapse: Synapse, newsroom: Newsroom
) -> None:
    olga = await person(synapse, "olga")
    phone = await _device(synapse, olga)
    await phone.vouched_by(await phone.takes_identity())
    room = await newsroom.has_editors_room(phone)
    assert _why((await newsroom.says(room)).withheld) == {}
    assert await phone.keys_came()

    new = await _device(synapse, olga)
    await newsroom.syncs()
    sharing = await newsroom.says(room)
    assert _why(sharing.news) == {new.device: Reason.UNSIGNED}
    assert not await new.keys_came()
    (one,) = await waiting(newsroom.bot.store)
    assert one.device.ed25519.reveal() == new.account.ed25519_key.to_base64()

    assert await confirm(newsroom.bot.store, UserId(olga), DeviceId(new.device))
    assert _why((await newsroom.says(room)).withheld) == {}
    assert await new.keys_came()
    assert await waiting(newsroom.bot.store) == []


async def test_a_device_whose_keys_change_while_it_waits_can_t_be_confirmed_any_more(
    synapse: Synapse, newsroom: Newsroom
) -> None:
    """Else a homeserver could show an admin one fingerprint and have another confirmed."""
    phone = await _device(synapse, await person(synapse, "olga"))
    room = await newsroom.has_editors_room(phone)
    await newsroom.says(room)
    assert [one.device.id.reveal() for one in await waiting(newsroom.bot.store)] == [phone.device]

    impostor = phone.changes_its_keys()
    await impostor.publishes()
    await newsroom.syncs()
    sharing = await newsroom.says(room)

    assert _why(sharing.news) == {phone.device: Reason.KEYS_CHANGED}
    assert await waiting(newsroom.bot.store) == []
    assert not await confirm(newsroom.bot.store, UserId(phone.user), DeviceId(phone.device))
    await newsroom.says(room)
    assert not await impostor.keys_came()


async def test_the_room_is_told_once_also_over_a_restart(synapse: Synapse, newsroom: Newsroom) -> None:
    phone = await _device(synapse, await person(synapse, "olga"))
    room = await newsroom.has_editors_room(phone)

    sharing = await newsroom.policy.prepare(room)
    assert _why(sharing.news) == {phone.device: Reason.UNSIGNED}
    assert _why((await newsroom.policy.prepare(room)).news) == {phone.device: Reason.UNSIGNED}, "not said yet"
    await newsroom.policy.told(sharing)
    assert (await newsroom.policy.prepare(room)).news == ()

    await newsroom.restarts()
    again = await newsroom.policy.prepare(room)
    assert again.news == ()
    assert _why(again.withheld) == {phone.device: Reason.UNSIGNED}


async def test_a_device_that_an_editor_signs_later_needs_no_admin(synapse: Synapse, newsroom: Newsroom) -> None:
    olga = await person(synapse, "olga")
    phone, new = await _device(synapse, olga), await _device(synapse, olga)
    identity = await phone.takes_identity()
    await phone.vouched_by(identity)
    room = await newsroom.has_editors_room(phone)
    await newsroom.says(room)
    assert not await new.keys_came()

    await new.vouched_by(identity)
    await newsroom.syncs()
    await newsroom.says(room)
    assert await new.keys_came()


async def test_an_editor_s_changed_identity_reads_nothing_until_it_is_confirmed(
    synapse: Synapse, newsroom: Newsroom
) -> None:
    olga = await person(synapse, "olga")
    phone = await _device(synapse, olga)
    await phone.vouched_by(await phone.takes_identity())
    room = await newsroom.has_editors_room(phone)
    await newsroom.says(room)
    assert await phone.keys_came()

    spy = await _device(synapse, olga)
    made_up = await spy.takes_identity()
    await spy.vouched_by(made_up)
    await phone.vouched_by(made_up)
    await newsroom.restarts()
    sharing = await newsroom.says(room)
    assert set(_why(sharing.withheld).values()) == {Reason.IDENTITY_CHANGED}
    assert (await phone.keys_came(), await spy.keys_came()) == (False, False)

    assert await confirm_identity(newsroom.bot.store, UserId(olga))
    await newsroom.says(room)
    assert (await phone.keys_came(), await spy.keys_came()) == (True, True)


async def test_an_author_who_joins_the_editors_is_held_to_their_rules_at_once(
    synapse: Synapse, newsroom: Newsroom
) -> None:
    olga, anna = [await _device(synapse, await person(synapse, name)) for name in ("olga", "anna")]
    editors_room = await newsroom.has_editors_room(olga)
    chat = await newsroom.joins(anna)
    await newsroom.says(chat)
    assert await anna.keys_came()

    await olga.ask("POST", f"v3/rooms/{editors_room}/invite", {"user_id": anna.user})
    await anna.ask("POST", f"v3/rooms/{editors_room}/join", {})
    await newsroom.enrols(anna)
    await newsroom.syncs()

    assert _why((await newsroom.says(chat)).withheld) == {anna.device: Reason.UNSIGNED}
    assert not await anna.keys_came()


async def test_who_is_in_the_room_and_no_editor_reads_nothing_and_the_room_is_told(
    synapse: Synapse, newsroom: Newsroom
) -> None:
    """Whoever the homeserver said was there got the keys of every story's card, at first sight and unannounced."""
    olga, spy = [await _device(synapse, await person(synapse, name)) for name in ("olga", "spy")]
    for one in (olga, spy):
        await one.vouched_by(await one.takes_identity())
    room = await newsroom.has_editors_room(olga)
    await newsroom.says(room)
    chat = await newsroom.joins(spy)
    await newsroom.says(chat)
    assert (await olga.keys_came(), await spy.keys_came()) == (True, True)

    await olga.ask("POST", f"v3/rooms/{room}/invite", {"user_id": spy.user})
    await spy.ask("POST", f"v3/rooms/{room}/join", {})
    await newsroom.syncs()
    sharing = await newsroom.says(room)
    assert sharing.strangers == (spy.user,)
    assert (await olga.keys_came(), await spy.keys_came()) == (True, False)
    await newsroom.policy.told(sharing)
    await newsroom.restarts()
    assert (await newsroom.says(room)).strangers == ()
    assert not await spy.keys_came()

    editor = await newsroom.enrols(spy)
    await newsroom.says(room)
    assert await spy.keys_came()
    async with newsroom.bot.store.write() as tx:
        await tx.editors.remove(editor)
    await newsroom.says(room)
    assert not await spy.keys_came(), "who was put out of the roster has read their last"


async def test_an_author_whose_new_device_is_not_signed_asks_an_admin_for_it(
    synapse: Synapse, newsroom: Newsroom
) -> None:
    anna = await person(synapse, "anna")
    signed = await _device(synapse, anna)
    await signed.vouched_by(await signed.takes_identity())
    chat = await newsroom.joins(signed)
    await newsroom.says(chat)
    new = await _device(synapse, anna)
    await newsroom.syncs()
    assert _why((await newsroom.says(chat)).withheld) == {new.device: Reason.UNSIGNED}

    assert await confirm(newsroom.bot.store, UserId(anna), DeviceId(new.device))
    assert _why((await newsroom.says(chat)).withheld) == {}
    assert await new.keys_came()


async def test_only_what_waits_can_be_confirmed(synapse: Synapse, newsroom: Newsroom) -> None:
    olga, anna = [await _device(synapse, await person(synapse, name)) for name in ("olga", "anna")]
    await newsroom.says(await newsroom.has_editors_room(olga))
    await newsroom.says(await newsroom.joins(anna))
    store = newsroom.bot.store

    assert not await confirm(store, UserId(olga.user), DeviceId("NOBODYS"))
    assert not await confirm(store, UserId("@nobody:paper.test"), DeviceId(olga.device))
    assert not await confirm(store, UserId(anna.user), DeviceId(anna.device)), "an author's device is nobody's matter"
    assert not await confirm_identity(store, UserId(olga.user))
    assert [found.ok for found in await findings(store)] == [False, True, True, True]

    assert await confirm(store, UserId(olga.user), DeviceId(olga.device))
    assert [found.ok for found in await findings(store)] == [True, True, True, True]


async def test_another_device_in_the_bot_s_own_account_reads_nothing(synapse: Synapse, newsroom: Newsroom) -> None:
    phone = await _device(synapse, await person(synapse, "anna"))
    room = await newsroom.joins(phone)
    thief = await _device(synapse, newsroom.bot.user)

    sharing = await newsroom.says(room)

    assert _why(sharing.news) == {thief.device: Reason.NOT_OURS}
    assert (await phone.keys_came(), await thief.keys_came()) == (True, False)


async def test_a_device_that_was_missing_from_one_answer_is_not_gone_for_ever(
    synapse: Synapse, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await person(synapse, "anna")
    phone, tablet = await _device(synapse, anna), await _device(synapse, anna)
    room = await newsroom.joins(phone)
    await newsroom.says(room)
    await tablet.keys_came()

    with monkeypatch.context() as patched:
        patched.setattr(MatrixClient, "call", _without(tablet))
        newsroom.policy.changed([anna])
        await newsroom.says(room)
    assert not await tablet.keys_came()

    newsroom.policy.changed([anna])
    await newsroom.says(room)
    assert await tablet.keys_came()


async def test_one_person_s_malformed_device_does_not_keep_the_others_from_reading(
    synapse: Synapse, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = await _device(synapse, await person(synapse, "anna"))
    broken = await _device(synapse, phone.user)
    room = await newsroom.joins(phone)
    monkeypatch.setattr(MatrixClient, "call", _without(broken, {"user_id": 7, "keys": None}))

    await newsroom.says(room)

    assert (await phone.keys_came(), await broken.keys_came()) == (True, False)


async def test_nothing_is_asked_and_nothing_written_when_all_is_as_before(
    synapse: Synapse, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = await _device(synapse, await person(synapse, "anna"))
    room = await newsroom.joins(phone)
    await newsroom.says(room)

    monkeypatch.setattr(MatrixClient, "call", None)
    monkeypatch.setattr(Store, "write", None)

    assert (await newsroom.policy.prepare(room)).withheld == ()


def _without(device: Stranger, instead: object = None) -> Any:
    """A homeserver that leaves this device out of its answers, or shows something else for it."""
    call = MatrixClient.call

    async def changed(client: MatrixClient, method: str, path: str, **rest: Any) -> dict[str, Any]:
        found = await call(client, method, path, **rest)
        if path == "v3/keys/query":
            devices = found["device_keys"].get(device.user, {})
            devices.pop(device.device, None)
            if instead is not None:
                devices[device.device] = instead
        return found

    return changed


async def test_people_whose_homeserver_is_away_are_not_asked_for_again_at_every_message(
    synapse: Synapse, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = await _device(synapse, await person(synapse, "anna"))
    room = await newsroom.joins(phone)
    asked: list[str] = []
    call = MatrixClient.call

    async def unanswered(client: MatrixClient, method: str, path: str, **rest: Any) -> dict[str, Any]:
        found = await call(client, method, path, **rest)
        if path == "v3/keys/query":
            asked.extend(rest["body"]["device_keys"])
            found["device_keys"].pop(phone.user, None)
        return found

    monkeypatch.setattr(MatrixClient, "call", unanswered)
    for _ in range(3):
        assert (await newsroom.policy.prepare(room)).trusted == ()

    assert asked.count(phone.user) == 1
