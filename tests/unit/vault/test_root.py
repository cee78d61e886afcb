"""The root key comes from four places, and from none that others may read."""

from __future__ import annotations

import hashlib
import os
import re
import socket
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from storage.errors import KeyMissing, VaultError, WrongKey
from storage.private import Private
from storage.vault import (
    KeyCredential,
    KeyEnvironment,
    KeyFile,
    KeyPassphrase,
    RootKey,
    create_root_key,
    load_root_key,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "root.key"


def test_a_new_key_is_ours_alone_and_comes_back(path: Path) -> None:
    key = create_root_key(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert load_root_key(KeyFile(path=path)) == key


def test_the_line_is_the_key_and_a_checksum_computed_independently(path: Path) -> None:
    raw = bytes(range(32))
    checksum = hashlib.sha256(b"tamizdat-root-v1:" + raw).digest()[:4]
    path.parent.mkdir(mode=0o700)
    path.write_text(f"tamizdat-root-v1:{urlsafe_b64encode(raw + checksum).decode()}\n")
    path.chmod(0o400)

    assert load_root_key(KeyFile(path=path)) == RootKey(raw)


def test_a_key_is_never_replaced(path: Path) -> None:
    create_root_key(path)
    before = path.read_bytes()

    with pytest.raises(VaultError, match="not replaced"):
        create_root_key(path)
    assert path.read_bytes() == before


def test_a_folder_that_others_may_enter_is_refused_with_the_remedy(path: Path) -> None:
    path.parent.mkdir()
    path.parent.chmod(0o750)

    with pytest.raises(VaultError, match=re.escape(f"chmod 700 {path.parent}")):
        create_root_key(path)
    assert not path.exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601, 0o644])
def test_a_file_that_others_may_read_is_refused_with_the_remedy(path: Path, mode: int) -> None:
    create_root_key(path)
    path.chmod(mode)

    with pytest.raises(VaultError, match=re.escape(f"chmod 600 {path}")):
        load_root_key(KeyFile(path=path))


def test_a_file_of_another_account_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create_root_key(path)
    stranger = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: stranger)

    with pytest.raises(VaultError, match=f"chown {stranger} "):
        load_root_key(KeyFile(path=path))


def test_what_is_not_a_regular_file_is_refused(path: Path) -> None:
    create_root_key(path)
    link, pipe, plug = (path.with_name(name) for name in ("link", "pipe", "plug"))
    link.symlink_to(path)
    os.mkfifo(pipe, 0o600)

    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(plug))
        for odd in (link, pipe, plug, path.parent):
            with pytest.raises(VaultError, match=re.escape(str(odd))):
                load_root_key(KeyFile(path=odd))


def test_a_missing_file_says_what_to_do(path: Path) -> None:
    with pytest.raises(KeyMissing, match="tamizdat init"):
        load_root_key(KeyFile(path=path))


def test_a_cut_or_mistyped_key_is_told_and_not_shown(path: Path) -> None:
    create_root_key(path)
    line = path.read_text().strip()
    secret = line.partition(":")[2]
    swapped = "B" if secret[10] == "A" else "A"

    for damaged in (
        "",
        "tamizdat-root-v1",
        line[:-1],
        line + "A",
        line.replace("v1", "v9"),
        secret,
        f"tamizdat-root-v1:{secret[:10]}{swapped}{secret[11:]}",
        f"tamizdat-root-v1:{secret[:10]} {secret[11:]}",
        f"tamizdat-root-v1:{secret[:10]}ё{secret[11:]}",
        f"{line[:30]} {line[30:]}",
        line + "\n" + line,
    ):
        path.write_text(damaged)
        with pytest.raises(VaultError, match="is damaged") as refused:
            load_root_key(KeyFile(path=path))
        assert secret[20:30] not in str(refused.value)


def test_bytes_that_are_no_text_are_damage_too(path: Path) -> None:
    create_root_key(path)
    path.write_bytes(os.urandom(5000))

    with pytest.raises(VaultError, match="is damaged"):
        load_root_key(KeyFile(path=path))


def test_the_environment_is_read_once_and_forgets(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = create_root_key(path)
    monkeypatch.setenv("TAMIZDAT_ROOT_KEY", path.read_text())

    assert load_root_key(KeyEnvironment()) == key
    assert "TAMIZDAT_ROOT_KEY" not in os.environ
    with pytest.raises(KeyMissing, match="TAMIZDAT_ROOT_KEY"):
        load_root_key(KeyEnvironment())


def test_a_damaged_key_leaves_the_environment_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAMIZDAT_ROOT_KEY", "tamizdat-root-v1:AAAA")

    with pytest.raises(VaultError, match="TAMIZDAT_ROOT_KEY is damaged"):
        load_root_key(KeyEnvironment())
    assert "TAMIZDAT_ROOT_KEY" not in os.environ


def test_systemd_hands_the_key_over(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = create_root_key(path.with_name("tamizdat-root-key"))
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(path.parent))

    assert load_root_key(KeyCredential()) == key


def test_a_service_without_the_credential_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    with pytest.raises(KeyMissing, match="LoadCredential=tamizdat-root-key"):
        load_root_key(KeyCredential())

    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    with pytest.raises(KeyMissing, match="can't be read"):
        load_root_key(KeyCredential())


def test_a_passphrase_opens_its_own_file_only(path: Path) -> None:
    key = create_root_key(path, Private("кони в яблоках"))

    assert load_root_key(KeyPassphrase(path=path, passphrase=Private("кони в яблоках"))) == key
    with pytest.raises(WrongKey, match="passphrase") as refused:
        load_root_key(KeyPassphrase(path=path, passphrase=Private("кони в облаках")))
    assert "облаках" not in str(refused.value)


def test_the_sealed_line_is_argon2id_with_its_parameters_in_the_header(path: Path) -> None:
    key = create_root_key(path, Private("horses"))
    header, _, encoded = path.read_text().strip().rpartition(":")
    content = urlsafe_b64decode(encoded + "=")
    salt, nonce, sealed = content[:16], content[16:28], content[28:76]

    stretch = Argon2id(salt=salt, length=32, iterations=3, lanes=1, memory_cost=64 * 1024)
    opened = AESGCM(stretch.derive(b"horses")).decrypt(nonce, sealed, header.encode())

    assert header == "tamizdat-root-argon2id-v1:m=65536,t=3,p=1"
    assert opened == key.reveal()


def test_a_sealed_file_is_not_taken_for_a_plain_one_nor_the_reverse(path: Path) -> None:
    plain = path.with_name("plain")
    create_root_key(path, Private("horses"))
    create_root_key(plain)

    with pytest.raises(VaultError, match="sealed by a passphrase"):
        load_root_key(KeyFile(path=path))
    with pytest.raises(VaultError, match="has no passphrase"):
        load_root_key(KeyPassphrase(path=plain, passphrase=Private("horses")))


def test_weaker_parameters_written_into_the_header_are_noticed(path: Path) -> None:
    create_root_key(path, Private("horses"))
    path.write_text(path.read_text().replace("m=65536", "m=8"))

    with pytest.raises(VaultError, match="is damaged"):
        load_root_key(KeyPassphrase(path=path, passphrase=Private("horses")))


def test_parameters_beyond_reason_are_refused_though_the_line_is_whole(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    for parameters in ("m=8,t=3,p=1", "m=9999999,t=3,p=1", "m=65536,t=0,p=1", "m=65536,t=3,p=0", "t=3"):
        header, payload = f"tamizdat-root-argon2id-v1:{parameters}", bytes(76)
        checksum = hashlib.sha256(header.encode() + b":" + payload).digest()[:4]
        path.write_text(f"{header}:{urlsafe_b64encode(payload + checksum).decode()}")
        path.chmod(0o600)

        with pytest.raises(VaultError, match="is damaged"):
            load_root_key(KeyPassphrase(path=path, passphrase=Private("horses")))


def test_a_passphrase_is_the_same_from_every_keyboard(path: Path) -> None:
    composed, decomposed = "чай и ёж", unicodedata.normalize("NFD", "чай и ёж")
    assert composed != decomposed
    key = create_root_key(path, Private(composed))

    assert load_root_key(KeyPassphrase(path=path, passphrase=Private(decomposed))) == key


def test_a_passphrase_that_is_not_valid_unicode_is_only_wrong(path: Path) -> None:
    # UnicodeEncodeError would carry the passphrase in its text.
    create_root_key(path, Private("horses"))
    with pytest.raises(WrongKey):
        load_root_key(KeyPassphrase(path=path, passphrase=Private("horses\udcff")))
