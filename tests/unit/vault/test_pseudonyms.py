"""Accounts and events leave no trace that joins two rows."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.vault import Pseudonyms, Purpose, RootKey


def _prefixed(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _key(*info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_prefixed(*info)).derive(bytes(range(32)))


def test_an_account_is_an_hmac_computed_independently(root: RootKey) -> None:
    expected = hmac.new(_key(b"tamizdat/v1/pseudonym/editor"), _prefixed(b"telegram", b"4711"), hashlib.sha256).digest()

    assert Pseudonyms(root).account(Purpose.EDITOR, "telegram", "4711") == expected


def test_a_day_has_its_own_key(root: RootKey) -> None:
    key = _key(b"tamizdat/v1/pseudonym/queue-in/daily", b"2026-02-24")
    expected = hmac.new(key, _prefixed(b"matrix", b"@anna:example.org"), hashlib.sha256).digest()
    names = Pseudonyms(root)

    assert names.daily(Purpose.QUEUE_IN, date(2026, 2, 24), "matrix", "@anna:example.org") == expected
    assert names.daily(Purpose.QUEUE_IN, date(2026, 2, 25), "matrix", "@anna:example.org") != expected


def test_one_person_in_every_role_is_many_strangers(root: RootKey) -> None:
    names = Pseudonyms(root)
    day = date(2026, 2, 24)
    everywhere = [names.account(purpose, "telegram", "4711") for purpose in Purpose]
    everywhere += [names.daily(purpose, day, "telegram", "4711") for purpose in Purpose]
    everywhere += [names.event("telegram", "4711", "")]

    assert len(set(everywhere)) == 2 * len(Purpose) + 1
    assert {len(name) for name in everywhere} == {32}


def test_the_borders_between_the_inputs_count(root: RootKey) -> None:
    names = Pseudonyms(root)

    assert names.account(Purpose.EDITOR, "ab", "c") != names.account(Purpose.EDITOR, "a", "bc")
    assert names.event("a", "bc", "d") != names.event("ab", "c", "d")


def test_another_root_key_gives_other_names_and_the_same_one_the_same(root: RootKey) -> None:
    name = Pseudonyms(root).event("matrix", "@bot:example.org", "$event")

    assert Pseudonyms(RootKey(bytes(range(32)))).event("matrix", "@bot:example.org", "$event") == name
    assert Pseudonyms(RootKey.new()).event("matrix", "@bot:example.org", "$event") != name


def test_an_id_that_is_not_valid_unicode_raises_nothing(root: RootKey) -> None:
    # UnicodeEncodeError would carry the id in its text.
    assert len(Pseudonyms(root).account(Purpose.CONTRIBUTOR, "matrix", "@\ud800:example.org")) == 32


def test_the_pseudonyms_show_no_key(root: RootKey) -> None:
    assert "pseudonyms.Pseudonyms object" in repr(Pseudonyms(root))
