"""What can't be opened yet takes a place that is bounded, and nobody else's."""

from __future__ import annotations

import pytest

from bot.platforms.matrix.ids import EventId, RoomId, UserId
from bot.platforms.matrix.listening import undecryptable
from bot.platforms.matrix.listening.decrypting import Decrypter, NotYet
from bot.platforms.matrix.listening.reading import RoomEvent
from bot.platforms.matrix.listening.undecryptable import Unopened, Waiting


class WithoutKeys(Decrypter):
    def __init__(self) -> None:
        """Without a client, as it opens nothing."""

    def open(self, event: RoomEvent) -> RoomEvent:
        raise NotYet


def _event(room: str, number: int) -> RoomEvent:
    return RoomEvent(
        id=EventId(f"${room}{number}"),
        room=RoomId(f"!{room}:server"),
        sender=UserId(f"@{room}:server"),
        at=1,
        type="m.room.encrypted",
        state_key=None,
        content={},
        unsigned={},
    )


def test_when_very_many_wait_a_room_may_have_a_few_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undecryptable, "MOST_OF_A_ROOM", 20)
    monkeypatch.setattr(undecryptable, "MOST", 30)
    monkeypatch.setattr(undecryptable, "FEW", 2)
    waiting = Waiting(WithoutKeys())

    def held(room: str) -> int:
        return sum(waiting.take(_event(room, number), now=1) is None for number in range(40))

    assert (held("flood"), held("another"), held("anna"), held("boris")) == (20, 10, 2, 2)
    assert isinstance(waiting.take(_event("flood", 99), now=1), Unopened), "whoever wrote it is told at once"
