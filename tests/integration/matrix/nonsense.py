"""Events with something wrong in them, made from a seed: the same seed, the same ten thousand."""

from __future__ import annotations

import copy
import random
from collections.abc import Mapping
from typing import Any

from tests.integration.matrix.keys_stage import unpadded
from tests.integration.matrix.loop_stage import Bot, Person

_JUNK: tuple[Any, ...] = (
    None,
    True,
    -1,
    7,
    10**30,
    0.5,
    "",
    "\x00\x1b[31m\u202e",
    "\ud800",
    "../../etc/passwd",
    "А" * 2000,
    "!",
    "@",
    "$",
    [],
    [[[[[[]]]]]],
    [None, 7, {}],
    {},
    {"a": {"a": {"a": {}}}},
    {"rel_type": "m.replace", "event_id": "$never", "m.in_reply_to": {"event_id": 7}},
)


class Nonsense:
    def __init__(self, seed: int, bot: Bot, person: Person, room: str) -> None:
        self._random = random.Random(seed)
        self._bot = bot
        self._person = person
        self._room = room
        self._number = 0

    def event(self) -> Any:
        """For the timeline or the state of the person's room, or of another."""
        made = self._random.choice((self._plain, self._sealed, self._broken_seal, self._state))()
        return self._spoilt(made) if self._random.random() < 0.9 else self._random.choice(_JUNK)

    def to_device(self) -> Any:
        content = {
            "algorithm": "m.olm.v1.curve25519-aes-sha2",
            "sender_key": self._person.account.curve25519_key.to_base64(),
            "ciphertext": {
                self._bot.client.machine.account.identity_keys["curve25519"]: {
                    "type": self._random.choice((0, 1, 2, True)),
                    "body": unpadded(self._random.randbytes(self._random.choice((0, 1, 30, 200)))),
                }
            },
        }
        kind = self._random.choice(("m.room.encrypted", "m.room_key", "m.room_key_request", "m.key.verification.start"))
        return self._spoilt({"type": kind, "sender": self._person.user, "content": content})

    def invitation(self) -> Any:
        member = {"type": "m.room.member", "state_key": self._bot.user, "sender": self._person.user}
        return self._spoilt(
            {"invite_state": {"events": [{**member, "content": {"membership": "invite", "is_direct": True}}]}}, times=3
        )

    def right(self, number: int) -> dict[str, Any]:
        """An event with nothing wrong in it."""
        said = {"type": "m.room.message", "content": {"msgtype": "m.text", "body": f"right {number}"}}
        return self._whole("m.room.encrypted", self._person.sealed(self._room, said))

    def content(self) -> dict[str, Any]:
        """Of an event that a homeserver will take."""
        made: dict[str, Any] = self._random.choice((self._plain, self._sealed, self._broken_seal))()["content"]
        spoilt = self._spoilt(made)
        return spoilt if isinstance(spoilt, dict) else {"body": spoilt}

    def junk(self) -> Any:
        return copy.deepcopy(self._random.choice(_JUNK))

    def _whole(self, kind: str, content: Mapping[str, Any], **more: Any) -> dict[str, Any]:
        self._number += 1
        about = {
            "event_id": f"$nonsense{self._number}",
            "sender": self._person.user,
            "origin_server_ts": 1_772_000_000_000,
        }
        return {"type": kind, "content": dict(content), **about, **more}

    def _said(self) -> dict[str, Any]:
        file = {"url": "mxc://paper.test/abc", "key": {"k": "a"}, "iv": "b", "hashes": {"sha256": "c"}, "v": "v2"}
        relation = {"rel_type": "m.replace", "event_id": "$first"}
        return self._random.choice(
            (
                {"msgtype": "m.text", "body": "words", "formatted_body": "<b>words"},
                {
                    "msgtype": "m.image",
                    "body": "../../../a.png",
                    "filename": "b\x00.png",
                    "file": file,
                    "info": {"size": 1},
                },
                {"msgtype": "m.text", "body": "*", "m.new_content": {"body": "new"}, "m.relates_to": relation},
                {"msgtype": "m.location", "body": "here", "geo_uri": "geo:1,1"},
            )
        )

    def _plain(self) -> dict[str, Any]:
        reaction = {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$first", "key": "1️⃣"}}
        kinds = (("m.room.message", self._said()), ("m.reaction", reaction), ("m.sticker", {"body": "", "info": {}}))
        return self._whole(*self._random.choice(kinds))

    def _sealed(self) -> dict[str, Any]:
        """Encrypted as it should be, and nonsense inside."""
        inside = self._spoilt({"type": "m.room.message", "room_id": self._room, "content": self._said()})
        return self._whole("m.room.encrypted", self._person.sealed(self._room, inside))

    def _broken_seal(self) -> dict[str, Any]:
        sealed = self._person.sealed(self._room, {})
        sealed["ciphertext"] = unpadded(self._random.randbytes(self._random.choice((0, 1, 50, 400))))
        return self._whole("m.room.encrypted", sealed)

    def _state(self) -> dict[str, Any]:
        kinds: tuple[tuple[str, dict[str, Any]], ...] = (
            ("m.room.name", {"name": "\x00\x1b[2J\u202e" * 50}),
            ("m.room.topic", {"topic": "А" * 1_000_000 if self._number % 500 == 0 else "topic"}),
            ("m.room.power_levels", {"users": {self._bot.user: 100}, "redact": 50}),
            ("m.room.canonical_alias", {"alias": "#a:paper.test"}),
            ("m.room.history_visibility", {"history_visibility": "invited"}),
            ("m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"}),
            ("m.space.child", {"via": ["paper.test"]}),
        )
        return self._whole(*self._random.choice(kinds), state_key="")

    def _spoilt(self, value: Any, times: int = 1) -> Any:
        """The same with `times` fields of it missing, or holding something else."""
        made = copy.deepcopy(value)
        for _ in range(times):
            place = made
            while isinstance(place, dict) and place:
                name = self._random.choice(list(place))
                if isinstance(place[name], dict) and place[name] and self._random.random() < 0.7:
                    place = place[name]
                    continue
                if self._random.random() < 0.3:
                    del place[name]
                else:
                    place[name] = self.junk()
                break
        return made
