"""Who gets our room keys: the rules, without a server."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.platforms.matrix.devices.trust import (
    MOST_DEVICES,
    MOST_PINS,
    Decision,
    Device,
    Pins,
    Reason,
    Shown,
    Standing,
    confirmed,
    decide,
    reidentified,
)
from storage.private import Private


def device(name: str, *, signed: bool = False, keys: str = "first") -> Device:
    return Device(
        user=Private("@anna:paper.test"),
        id=Private(name),
        name=Private(""),
        ed25519=Private(f"{name} ed {keys}"),
        curve25519=Private(f"{name} curve {keys}"),
        signed=signed,
    )


@dataclass
class Anna:
    """A person whom the server shows again and again."""

    standing: Standing
    pins: Pins | None = None
    master: str | None = "her identity"
    devices: list[Device] = field(default_factory=list)

    def shows(self, *devices: Device) -> None:
        self.devices = list(devices)

    def _decision(self) -> Decision:
        decision = decide(self.pins, self.shown, self.standing)
        self.pins = decision.pins
        return decision

    @property
    def shown(self) -> Shown:
        master = None if self.master is None else Private(self.master)
        return Shown(user=Private("@anna:paper.test"), master=master, devices=tuple(self.devices))

    def reads(self) -> list[str]:
        return [one.id.reveal() for one in self._decision().trusted]

    def why(self) -> dict[str, Reason]:
        return {one.device.id.reveal(): one.reason for one in self._decision().withheld}

    def is_confirmed(self, one: Device) -> None:
        assert self.pins is not None
        self.pins = confirmed(self.pins, one)


def test_the_devices_that_an_author_has_at_first_are_trusted_signed_or_not() -> None:
    anna = Anna(Standing.CONTRIBUTOR)
    anna.shows(device("PHONE", signed=True), device("TABLET"))
    assert anna.reads() == ["PHONE", "TABLET"]


def test_a_new_device_of_an_author_with_an_identity_waits_until_it_is_vouched_for() -> None:
    """s4 of the review: the homeserver could add one that nobody heard of."""
    anna = Anna(Standing.CONTRIBUTOR)
    anna.shows(device("PHONE", signed=True))
    anna.reads()
    anna.shows(device("PHONE", signed=True), device("NEW"))
    assert anna.reads() == ["PHONE"]
    assert anna.why() == {"NEW": Reason.UNSIGNED}

    anna.shows(device("PHONE", signed=True), device("NEW", signed=True))
    assert anna.reads() == ["PHONE", "NEW"]


def test_who_has_no_identity_is_not_shut_out_with_a_new_device() -> None:
    anna = Anna(Standing.CONTRIBUTOR, master=None)
    anna.shows(device("PHONE"))
    anna.reads()
    anna.shows(device("PHONE"), device("NEW"))
    assert anna.reads() == ["PHONE", "NEW"]

    anna.master = "her identity"
    anna.shows(device("PHONE"), device("NEW"), device("LATER"))
    assert anna.why() == {"LATER": Reason.UNSIGNED}


def test_under_another_identity_an_author_keeps_the_devices_they_had_and_gets_no_more() -> None:
    anna = Anna(Standing.CONTRIBUTOR)
    anna.shows(device("PHONE", signed=True))
    anna.reads()
    anna.master = "another identity"
    anna.shows(device("PHONE"), device("NEW", signed=True))
    assert anna.reads() == ["PHONE"]
    assert anna.why() == {"NEW": Reason.IDENTITY_CHANGED}

    assert anna.pins is not None
    anna.pins = reidentified(anna.pins, anna.shown)
    assert anna.reads() == ["PHONE", "NEW"]


def test_an_author_s_device_whose_keys_change_is_never_trusted_again() -> None:
    anna = Anna(Standing.CONTRIBUTOR)
    anna.shows(device("PHONE"))
    assert anna.reads() == ["PHONE"]

    anna.shows(device("PHONE", keys="second"))
    assert anna.why() == {"PHONE": Reason.KEYS_CHANGED}

    anna.shows(device("PHONE"))
    assert anna.why() == {"PHONE": Reason.KEYS_CHANGED}


def test_an_editor_s_unsigned_device_waits_for_an_admin() -> None:
    anna = Anna(Standing.EDITOR)
    anna.shows(device("PHONE", signed=True), device("NEW"))
    assert anna.reads() == ["PHONE"]
    assert anna.why() == {"NEW": Reason.UNSIGNED}

    anna.is_confirmed(device("NEW"))
    assert anna.reads() == ["PHONE", "NEW"]


def test_a_confirmation_holds_for_the_keys_that_were_confirmed() -> None:
    anna = Anna(Standing.EDITOR)
    anna.shows(device("NEW"))
    assert anna.reads() == []
    anna.is_confirmed(device("NEW"))
    assert anna.reads() == ["NEW"]

    anna.shows(device("NEW", keys="second"))
    assert anna.why() == {"NEW": Reason.KEYS_CHANGED}


def test_an_editor_s_changed_identity_stops_all_their_devices_until_it_is_confirmed() -> None:
    anna = Anna(Standing.EDITOR)
    anna.shows(device("PHONE", signed=True), device("OLD"))
    anna.reads()
    anna.is_confirmed(device("OLD"))
    assert anna.reads() == ["PHONE", "OLD"]

    anna.master = "another identity"
    assert anna.why() == {"PHONE": Reason.IDENTITY_CHANGED, "OLD": Reason.IDENTITY_CHANGED}

    assert anna.pins is not None
    anna.pins = reidentified(anna.pins, anna.shown)
    assert anna.reads() == ["PHONE", "OLD"]


def test_an_identity_that_disappears_is_a_changed_one() -> None:
    anna = Anna(Standing.EDITOR)
    anna.shows(device("PHONE", signed=True))
    assert anna.reads() == ["PHONE"]

    anna.master = None
    anna.shows(device("PHONE"))
    assert anna.why() == {"PHONE": Reason.IDENTITY_CHANGED}


def test_a_server_can_t_make_up_an_identity_for_an_editor_who_has_none() -> None:
    anna = Anna(Standing.EDITOR, master=None)
    anna.shows(device("PHONE"))
    anna.reads()
    anna.is_confirmed(device("PHONE"))

    anna.master = "made up"
    anna.shows(device("PHONE"), device("SPY", signed=True))
    assert anna.reads() == ["PHONE"]
    assert anna.why() == {"SPY": Reason.IDENTITY_CHANGED}


def test_an_author_who_becomes_an_editor_is_held_to_the_editors_rules_for_good() -> None:
    anna = Anna(Standing.CONTRIBUTOR)
    anna.shows(device("PHONE", signed=True), device("TABLET"))
    assert anna.reads() == ["PHONE", "TABLET"]

    anna.standing = Standing.EDITOR
    assert anna.reads() == ["PHONE"]

    anna.standing = Standing.CONTRIBUTOR
    assert anna.reads() == ["PHONE"]


def test_no_other_device_in_our_own_account_reads_anything() -> None:
    bot = Anna(Standing.OURSELVES)
    bot.shows(device("STRANGE", signed=True))
    assert bot.why() == {"STRANGE": Reason.NOT_OURS}


def test_a_flood_of_devices_keeps_those_that_were_first() -> None:
    anna = Anna(Standing.CONTRIBUTOR, master=None)
    anna.shows(device("PHONE"))
    anna.reads()

    anna.shows(*(device(f"FLOOD {number}") for number in range(2 * MOST_DEVICES)), device("PHONE"))
    assert "PHONE" in anna.reads()
    assert len(anna.reads()) == MOST_DEVICES
    assert set(anna.why().values()) == {Reason.TOO_MANY}


def test_devices_that_come_and_go_do_not_pile_up() -> None:
    """A server can show a hundred new ones at every question."""
    anna = Anna(Standing.CONTRIBUTOR)
    anna.shows(device("PHONE", signed=True), device("OLD", signed=True))
    anna.reads()
    for number in range(0, 3 * MOST_PINS, MOST_DEVICES):
        anna.shows(device("PHONE"), *(device(f"FLOOD {number + one}") for one in range(MOST_DEVICES - 1)))
        assert anna.reads() == ["PHONE"]
    assert anna.pins is not None
    assert len(anna.pins.devices) == MOST_PINS

    anna.shows(device("OLD", keys="second"), device("PHONE"))
    assert anna.why() == {"OLD": Reason.KEYS_CHANGED}


def test_nothing_of_it_shows_in_a_repr() -> None:
    anna = Anna(Standing.EDITOR)
    anna.shows(device("PHONE"))
    decision = decide(None, anna.shown, Standing.EDITOR)
    assert "PHONE" not in repr(decision)
    assert "anna" not in repr(decision)
