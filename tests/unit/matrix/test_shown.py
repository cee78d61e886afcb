"""What /keys/query says is believed only as far as it is signed, and nothing in it can raise."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest

from bot.platforms.matrix.devices.shown import read
from tests.unit.matrix.devices import Phone, answer, identity

ANNA = "@anna:paper.test"


def _ids(found: dict[str, Any]) -> list[str]:
    return [device.id.reveal() for device in read(found, ANNA).shown.devices]


def test_a_device_counts_as_signed_by_the_identity_shown_beside_it() -> None:
    anna, phone, tablet = identity(ANNA), Phone(ANNA, "PHONE"), Phone(ANNA, "TABLET")

    shown = read(answer(ANNA, {"PHONE": phone.json(anna), "TABLET": tablet.json()}, anna), ANNA).shown

    assert shown.master is not None
    assert shown.master.reveal() == anna.master
    assert [device.signed for device in shown.devices] == [True, False]


def test_another_identity_s_signature_does_not_count() -> None:
    anna, stranger, phone = identity(ANNA), identity(ANNA), Phone(ANNA, "PHONE")

    (device,) = read(answer(ANNA, {"PHONE": phone.json(stranger)}, anna), ANNA).shown.devices

    assert not device.signed


def test_a_self_signing_key_that_the_master_key_does_not_vouch_for_signs_nothing() -> None:
    anna, stranger, phone = identity(ANNA), identity(ANNA), Phone(ANNA, "PHONE")
    found = answer(ANNA, {"PHONE": phone.json(stranger)}, anna)
    found["self_signing_keys"] = {ANNA: stranger.published()["self_signing_key"]}

    (device,) = read(found, ANNA).shown.devices

    assert not device.signed


def test_a_device_whose_keys_it_did_not_sign_itself_is_not_there() -> None:
    phone, other = Phone(ANNA, "PHONE"), Phone(ANNA, "PHONE")
    forged = {**phone.json(), "keys": other.json()["keys"]}

    assert _ids(answer(ANNA, {"PHONE": forged})) == []


@pytest.mark.parametrize("change", [{"user_id": "@boris:paper.test"}, {"device_id": "TABLET"}, {"keys": {}}])
def test_a_device_under_a_wrong_name_is_not_there(change: dict[str, Any]) -> None:
    phone, tablet = Phone(ANNA, "PHONE"), Phone(ANNA, "TABLET")

    assert _ids(answer(ANNA, {"PHONE": phone.json(**change), "TABLET": tablet.json()})) == ["TABLET"]


def test_a_padded_key_is_not_there_as_vodozemac_would_raise_at_it() -> None:
    phone = Phone(ANNA, "PHONE")
    keys = phone.json()["keys"]

    assert _ids(answer(ANNA, {"PHONE": phone.json(keys={**keys, "curve25519:PHONE": phone.curve + "="})})) == []


def test_nothing_that_is_malformed_raises_and_the_sound_device_is_found_beside_it() -> None:
    """600 answers, each with one place replaced by something else."""
    anna, phone, chance = identity(ANNA), Phone(ANNA, "PHONE"), random.Random(5)
    sound = answer(ANNA, {"BROKEN": Phone(ANNA, "BROKEN").json(anna), "PHONE": phone.json(anna)}, anna)
    junk: list[object] = [None, 7, 1.5, "", "\ud800", [], {}, [[]], {"ed25519:": "x"}, "A" * 43, "=" * 4, True]
    for _ in range(600):
        found = copy.deepcopy(sound)
        _spoil(found["device_keys"][ANNA]["BROKEN"], chance, junk)
        assert "PHONE" in _ids(found)
        found = copy.deepcopy(sound)
        _spoil(found, chance, junk)
        read(found, ANNA)


def _spoil(value: Any, chance: random.Random, junk: list[object]) -> None:
    while True:
        key = chance.choice(list(value) if isinstance(value, dict) else range(len(value)))
        inner = value[key]
        if not isinstance(inner, dict | list) or not inner or chance.random() < 0.3:
            value[key] = chance.choice(junk)
            return
        value = inner
