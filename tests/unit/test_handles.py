"""The signed list of official accounts: whatever is changed in it is found, and its key is guarded like the others."""

from __future__ import annotations

import base64
import logging
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Settings, load
from bot.errors import ConfigError
from bot.handles import findings, official
from bot.handles.listing import BrokenListing, Listing, read, write
from bot.platforms.base import Finding
from bot.platforms.matrix.settings import MatrixSettings
from storage.errors import KeyMissing, VaultError, WrongKey
from storage.vault import RootKey
from storage.vault.signing import (
    PublicKey,
    SigningKey,
    create_signing_key,
    load_public_key,
    load_signing_key,
)

ROOT = RootKey(bytes(range(32)))
KEY = SigningKey(bytes(range(32)))
ACCOUNTS = ("Telegram: @tamizdat_bot", "Matrix: @newsroom:example.org", "https://тамиздат.example")
SIGNED, UNTIL = date(2026, 3, 1), date(2026, 8, 28)
FILE = write(KEY, name="Tamizdat", accounts=ACCOUNTS, signed=SIGNED, until=UNTIL)
BODY = FILE.index(b"Signature: ")


def forged(content: bytes, *, like: bytes = FILE) -> None:
    assert content != like
    with pytest.raises(BrokenListing):
        read(content)


def signed_by_hand(body: bytes) -> bytes:
    return body + b"Signature: " + base64.b64encode(KEY.sign(body)) + b"\n"


# ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_list_comes_back_as_it_was_signed() -> None:
    assert read(FILE) == Listing(name="Tamizdat", accounts=ACCOUNTS, signed=SIGNED, until=UNTIL, key=KEY.public)


def test_a_person_can_read_it() -> None:
    lines = FILE.decode().splitlines()
    assert lines[0] == "Official accounts of Tamizdat"
    assert [line for line in lines if line.startswith("- ")] == [f"- {account}" for account in ACCOUNTS]
    assert {"Signed on: 2026-03-01", "Valid until: 2026-08-28", f"Public key: {KEY.public}"} <= set(lines)
    assert lines[-1].startswith("Signature: ")


@given(place=st.integers(0, BODY - 1), byte=st.integers(0, 255))
def test_any_changed_byte_is_found(place: int, byte: int) -> None:
    if FILE[place] != byte:
        forged(FILE[:place] + bytes([byte]) + FILE[place + 1 :])


@given(place=st.integers(BODY, len(FILE) - 2), byte=st.integers(33, 126))
def test_any_changed_letter_of_the_signature_is_found(place: int, byte: int) -> None:
    if FILE[place] != byte:
        forged(FILE[:place] + bytes([byte]) + FILE[place + 1 :])


@given(start=st.integers(0, len(FILE) - 2), length=st.integers(1, 200))
def test_whatever_is_cut_out_is_found(start: int, length: int) -> None:
    rest = FILE[:start] + FILE[start + length :]
    if rest.rstrip(b"\n") != FILE.rstrip(b"\n"):
        forged(rest)


def test_a_name_put_in_by_whoever_has_no_key_is_found() -> None:
    forged(FILE.replace(b"- Telegram: @tamizdat_bot\n", b"- Telegram: @tamizdat_bot\n- Telegram: @tamizdat_bot2\n"))
    forged(FILE.replace(b"Valid until: 2026", b"Valid until: 2036"))


def test_a_forger_who_puts_in_a_key_of_their_own_does_not_pass_for_the_newsroom() -> None:
    theirs = SigningKey(bytes(32))
    forged(FILE.replace(str(KEY.public).encode(), str(theirs.public).encode()))
    copy = write(theirs, name="Tamizdat", accounts=("Telegram: @tamizdat_b0t",), signed=SIGNED, until=UNTIL)
    assert read(copy).key != KEY.public


def test_what_mail_and_editors_do_to_a_file_does_no_harm() -> None:
    windows = b"\xef\xbb\xbf" + FILE.replace(b"\n", b"\r\n") + b"\r\n"
    assert read(windows) == read(FILE) == read(FILE.rstrip())


@pytest.mark.parametrize("junk", [b"", b"Signature: ", b"\xff\n\nSignature: AAAA\n", FILE[BODY:], FILE * 200])
def test_what_is_no_list_is_refused_calmly(junk: bytes) -> None:
    forged(junk)


def test_what_a_terminal_would_act_on_is_never_shown_even_when_it_is_signed() -> None:
    for account in ("@bot\x1b[2J", "@bot\u202etob@", "@bot\n- @other", ""):
        with pytest.raises(ValueError, match="not one printable line"):
            write(KEY, name="Tamizdat", accounts=(account,), signed=SIGNED, until=UNTIL)
    forged(signed_by_hand(FILE[:BODY].replace(b"@tamizdat_bot", b"@\x1b[2J")))


def test_a_list_is_written_in_one_way_only() -> None:
    assert signed_by_hand(FILE[:BODY]) == FILE
    bare = str(KEY.public).replace("-", "")
    forged(signed_by_hand(FILE[:BODY].replace(str(KEY.public).encode(), bare.encode())))
    forged(signed_by_hand(FILE[:BODY].replace(b"2026-03-01", b"2026-02-30")))


# ── the key ──────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_key_is_sealed_private_and_never_replaced(tmp_path: Path) -> None:
    place = tmp_path / "keys" / "signing.key"
    key = create_signing_key(place, ROOT)
    assert place.stat().st_mode & 0o777 == 0o600
    assert key.reveal() not in place.read_bytes()
    assert load_signing_key(place, ROOT) == key
    assert load_public_key(place) == key.public
    with pytest.raises(VaultError, match="not replaced"):
        create_signing_key(place, ROOT)
    assert load_signing_key(place, ROOT) == key


def test_without_the_root_key_nothing_can_be_signed(tmp_path: Path) -> None:
    place = tmp_path / "keys" / "signing.key"
    with pytest.raises(KeyMissing, match="handles new-key"):
        load_signing_key(place, ROOT)
    create_signing_key(place, ROOT)
    with pytest.raises(WrongKey):
        load_signing_key(place, RootKey(bytes(32)))


def test_another_public_half_put_into_the_file_is_found_when_it_signs(tmp_path: Path) -> None:
    place = tmp_path / "keys" / "signing.key"
    ours = create_signing_key(place, ROOT)
    place.write_bytes(place.read_bytes().replace(ours.public.raw, KEY.public.raw))
    with pytest.raises(WrongKey):
        load_signing_key(place, ROOT)
    place.write_bytes(place.read_bytes()[:-1])
    with pytest.raises(VaultError, match="damaged"):
        load_public_key(place)


def test_a_public_key_is_read_however_it_was_typed() -> None:
    printed = str(KEY.public)
    assert len(printed.split("-")) == 14
    for typed in (printed, printed.lower(), printed.replace("-", " "), printed.replace("-", "").replace("O", "0")):
        assert PublicKey.read(typed) == KEY.public


@given(place=st.integers(0, 68), letter=st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_a_mistyped_public_key_is_no_key(place: int, letter: str) -> None:
    printed = str(KEY.public)
    if printed[place] not in ("-", letter):
        assert PublicKey.read(printed[:place] + letter + printed[place + 1 :]) is None


@pytest.mark.parametrize("junk", ["", "ключ", "AAAA", "A" * 56, "1" * 57])
def test_what_is_no_public_key_is_no_key(junk: str) -> None:
    assert PublicKey.read(junk) is None


# ── the newsroom's own ───────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    matrix = MatrixSettings(homeserver="https://matrix.example.org", user="@newsroom:example.org")
    return Settings(file=tmp_path / "config.toml", data=tmp_path / "data", keys=tmp_path / "keys", matrix=matrix)


def sign(
    settings: Settings, *, until: date = UNTIL, accounts: tuple[str, ...] = ("Matrix: @newsroom:example.org",)
) -> None:
    place = official.key_file(settings)
    key = load_signing_key(place, ROOT) if place.exists() else create_signing_key(place, ROOT)
    file = official.listing_file(settings)
    assert file is not None
    file.write_bytes(write(key, name="Tamizdat", accounts=accounts, signed=SIGNED, until=until))


def test_the_service_shows_what_was_signed(settings: Settings) -> None:
    assert official.shown_listing(settings) is None
    sign(settings)
    listing = official.shown_listing(settings)
    assert listing is not None
    assert listing.accounts == ("Matrix: @newsroom:example.org",)


def test_a_broken_signature_is_an_error_for_the_operator_and_nothing_is_shown(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    sign(settings)
    file = official.listing_file(settings)
    assert file is not None
    file.write_bytes(file.read_bytes().replace(b"@newsroom", b"@newsr00m"))
    assert official.shown_listing(settings) is None
    [said] = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert "the signature is wrong" in said.getMessage().lower()
    assert "tamizdat doctor" in said.getMessage()


def test_a_list_signed_by_another_key_is_not_shown(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    sign(settings)
    file = official.listing_file(settings)
    assert file is not None
    file.write_bytes(FILE)
    assert official.shown_listing(settings) is None
    assert "another key" in caplog.text


def test_a_list_without_our_key_is_not_shown(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    sign(settings)
    official.key_file(settings).unlink()
    assert official.shown_listing(settings) is None
    assert "no signing key" in caplog.text


# ── doctor ───────────────────────────────────────────────────────────────────────────────────────────────────────
async def failed(settings: Settings) -> list[Finding]:
    return [found for found in await findings.findings(settings) if not found.ok]


async def test_doctor_says_step_by_step_what_is_missing(settings: Settings) -> None:
    [found] = await failed(settings)
    assert "handles new-key" in found.remedy
    create_signing_key(official.key_file(settings), ROOT)
    [found] = await failed(settings)
    assert (found.what, "handles sign" in found.remedy) == ("Official accounts: nothing is signed yet", True)
    sign(settings, until=date.max)
    assert await failed(settings) == []


@pytest.mark.parametrize(("day", "warns"), [((2026, 8, 13), False), ((2026, 8, 14), True), ((2026, 8, 29), True)])
async def test_doctor_warns_two_weeks_before_the_end(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, day: tuple[int, int, int], warns: bool
) -> None:
    sign(settings)
    monkeypatch.setattr(findings, "_today", lambda: date(*day))
    assert [found.what for found in await failed(settings)] == ["Official accounts: signed until 2026-08-28"] * warns


async def test_doctor_finds_that_the_list_is_not_that_of_the_config(settings: Settings) -> None:
    sign(settings, until=date.max, accounts=("Matrix: @old:example.org",))
    [found] = await failed(settings)
    assert "It lacks Matrix: @newsroom:example.org." in found.remedy
    assert "It has Matrix: @old:example.org, which the config does not." in found.remedy


async def test_doctor_finds_a_list_that_was_altered(settings: Settings) -> None:
    sign(settings)
    file = official.listing_file(settings)
    assert file is not None
    file.write_bytes(file.read_bytes().replace(b"2026-08-28", b"2036-08-28"))
    [found] = await failed(settings)
    assert found.what == "Official accounts: the signature"


async def test_the_demo_has_none(tmp_path: Path) -> None:
    demo = Settings(file=None, data=tmp_path, keys=tmp_path, demo=True)
    assert await failed(demo) == []
    assert official.shown_listing(demo) is None


# ── the config ───────────────────────────────────────────────────────────────────────────────────────────────────
def config(folder: Path, table: str) -> Path:
    file = folder / "config.toml"
    file.write_text(
        '[matrix]\nhomeserver = "https://matrix.example.org"\nuser = "@newsroom:example.org"\n'
        f'editors_room = "!editors:example.org"\n[handles]\n{table}\n'
    )
    file.chmod(0o600)
    return file


def test_the_config_names_other_accounts(tmp_path: Path) -> None:
    handles = load(config(tmp_path, 'name = "Наши"\nalso = ["https://example.org", "@ours"]')).handles
    assert (handles.name, handles.also) == ("Наши", ("https://example.org", "@ours"))


@pytest.mark.parametrize(
    ("table", "what"),
    [
        ('also = "https://example.org"', "must be a list"),
        ('also = ["http://example.org"]', "may hold addresses"),
        ('also = ["@"]', "may hold addresses"),
        ('also = ["@a\\u202eb"]', "may hold addresses"),
        ("also = [5]", "may hold addresses"),
        ('name = "a\\nb"', "must be one line"),
        ('nmae = "a"', "there is no such key; did you mean name?"),
    ],
)
def test_what_is_wrong_with_the_table_is_said(tmp_path: Path, table: str, what: str) -> None:
    with pytest.raises(ConfigError, match=r"\[handles\]") as caught:
        load(config(tmp_path, table))
    assert what in str(caught.value)
