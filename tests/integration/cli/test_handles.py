"""`handles`: a newsroom signs which accounts are its own, and somebody who has nothing but the file checks it."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.handles.listing import write
from storage.vault import KeyFile, load_root_key
from storage.vault.signing import load_signing_key
from tests.fakes.telegram.fake import FakeTelegram
from tests.integration.cli.desk import Desk, check_calm
from tests.patience import PATIENCE

HANDLES = '[handles]\nname = "Наши"\nalso = ["https://example.org"]'
CHANNELS = '[telegram.channels]\nru = "@our_channel"\nen = -1009876543210\n'


def configure(desk: Desk, telegram: FakeTelegram) -> None:
    file = desk.config(HANDLES, api_url=telegram.url)
    file.write_text(file.read_text() + CHANNELS)


async def sign(desk: Desk, telegram: FakeTelegram, *more: str) -> str:
    """Returns the public key that is to be published."""
    configure(desk, telegram)
    said = await desk.succeeds("handles", "new-key")
    await desk.succeeds("handles", "sign", *more)
    return said.partition("Public key: ")[2].splitlines()[0]


def stranger(desk: Desk, folder: Path) -> Desk:
    """Somebody with a copy of the list, without any newsroom."""
    folder.mkdir()
    (folder / "handles.txt").write_bytes((desk.folder / "handles.txt").read_bytes())
    return Desk(folder)


async def test_a_list_goes_from_the_newsroom_to_a_stranger(
    newsroom_desk: Desk, telegram: FakeTelegram, tmp_path: Path
) -> None:
    configure(newsroom_desk, telegram)
    said = await newsroom_desk.succeeds("handles", "new-key")
    key = said.partition("Public key: ")[2].splitlines()[0]
    assert re.fullmatch(r"([A-Z2-7]{4}-){13}[A-Z2-7]{4}", key)
    assert "On your web site, on paper" in said
    assert (newsroom_desk.folder / "keys/newsroom/signing.key").stat().st_mode & 0o777 == 0o600

    said = await newsroom_desk.succeeds("handles", "sign")
    until = datetime.now(UTC).date() + timedelta(days=180)
    assert f"Signed until {until}" in said
    assert "The channel for en on Telegram is not in it" in said
    shown = await newsroom_desk.succeeds("handles", "show")
    assert shown == (newsroom_desk.folder / "handles.txt").read_text()
    assert "Official accounts of Наши" in shown
    accounts = [line for line in shown.splitlines() if line.startswith("- ")]
    assert accounts == ["- Telegram: @newsroom_bot", "- Telegram: @our_channel", "- https://example.org"]

    reader = stranger(newsroom_desk, tmp_path / "reader")
    reader.processes = True
    said = await reader.succeeds("handles", "verify", "handles.txt", "--key", key.lower())
    assert said.startswith("The signature is right: Наши, signed on ")
    assert key in said
    assert "anybody may sign" not in said
    assert "anybody may sign a list" in await reader.succeeds("handles", "verify", "handles.txt")
    assert [file.name for file in reader.folder.iterdir()] == ["handles.txt"]


async def test_what_is_not_right_ends_with_1(newsroom_desk: Desk, telegram: FakeTelegram, tmp_path: Path) -> None:
    key = await sign(newsroom_desk, telegram)
    reader = stranger(newsroom_desk, tmp_path / "reader")
    file = reader.folder / "handles.txt"
    file.write_text(file.read_text().replace("@newsroom_bot", "@newsr00m_bot"))
    done = await reader.run("handles", "verify", file, "--key", key)
    assert (done.code, done.out) == (1, "")
    assert "Don't trust it. The signature is wrong" in done.err


async def test_a_list_of_somebody_elses_key_is_not_ours(
    newsroom_desk: Desk, telegram: FakeTelegram, tmp_path: Path
) -> None:
    ours = await sign(newsroom_desk, telegram)
    (newsroom_desk.folder / "keys/newsroom/signing.key").unlink()
    theirs = await sign(newsroom_desk, telegram)
    reader = stranger(newsroom_desk, tmp_path / "reader")
    done = await reader.run("handles", "verify", "handles.txt", "--key", ours)
    assert (done.code, done.out) == (1, "")
    assert f"Don't trust it. It was signed by another key: {theirs}" in done.err
    assert (await reader.run("handles", "verify", "handles.txt", "--key", theirs)).code == 0


async def test_an_old_list_is_not_trusted(newsroom_desk: Desk, telegram: FakeTelegram, tmp_path: Path) -> None:
    key = await sign(newsroom_desk, telegram)
    keys = newsroom_desk.folder / "keys/newsroom"
    signing = load_signing_key(keys / "signing.key", load_root_key(KeyFile(path=keys / "root.key")))
    today = datetime.now(UTC).date()
    for days, code in ((0, 0), (1, 1)):
        until = today - timedelta(days=days)
        old = write(signing, name="Наши", accounts=("@a",), signed=until - timedelta(days=9), until=until)
        (tmp_path / "old.txt").write_bytes(old)
        done = await Desk(tmp_path).run("handles", "verify", "old.txt", "--key", key)
        assert done.code == code
        assert (f"held only until {until}" in done.err) is bool(code)


async def test_a_key_is_not_replaced_in_silence(newsroom_desk: Desk, telegram: FakeTelegram) -> None:
    await sign(newsroom_desk, telegram)
    before = (newsroom_desk.folder / "keys/newsroom/signing.key").read_bytes()
    assert "already; it is not replaced" in await newsroom_desk.refuses("handles", "new-key")
    assert (newsroom_desk.folder / "keys/newsroom/signing.key").read_bytes() == before


async def test_what_is_missing_is_said_with_what_to_do(newsroom_desk: Desk, telegram: FakeTelegram) -> None:
    configure(newsroom_desk, telegram)
    assert "tamizdat handles new-key" in await newsroom_desk.refuses("handles", "sign")
    await newsroom_desk.succeeds("handles", "new-key")
    assert "tamizdat handles sign" in await newsroom_desk.refuses("handles", "show")
    newsroom_desk.config(HANDLES)
    assert "Telegram can't be reached" in await newsroom_desk.refuses("handles", "sign")
    assert not (newsroom_desk.folder / "handles.txt").exists()


async def test_a_mistyped_key_is_told_from_a_forged_list(
    newsroom_desk: Desk, telegram: FakeTelegram, tmp_path: Path
) -> None:
    key = await sign(newsroom_desk, telegram)
    reader = stranger(newsroom_desk, tmp_path / "reader")
    assert "mistyped" in await reader.refuses("handles", "verify", "handles.txt", "--key", key[:-4])


async def test_the_demo_signs_nothing(desk: Desk) -> None:
    for command in ("new-key", "sign", "show"):
        assert "The demo has no accounts" in await desk.refuses("handles", command)


@pytest.mark.parametrize("signed", [False, True])
async def test_doctor_looks_at_it(newsroom_desk: Desk, telegram: FakeTelegram, signed: bool) -> None:
    if signed:
        key = await sign(newsroom_desk, telegram)
        done = await newsroom_desk.run("doctor")
        assert f"✓ Official accounts: the signing key, whose public half is {key}" in done.out
        assert "✓ Official accounts: the list names those of the config" in done.out
    else:
        done = await newsroom_desk.run("doctor")
        assert "✗ Official accounts: the signing key\n  → There is no signing key" in done.out


@pytest.mark.usefixtures("processes")
async def test_the_service_shows_the_list_and_nothing_once_it_was_altered(
    newsroom_desk: Desk, telegram: FakeTelegram
) -> None:
    key = await sign(newsroom_desk, telegram)
    log = await asked_of_the_service(newsroom_desk, telegram, "Anna", key)
    assert "official accounts" not in log
    file = newsroom_desk.folder / "handles.txt"
    file.write_text(file.read_text().replace("@our_channel", "@our_chanel"))
    log = await asked_of_the_service(newsroom_desk, telegram, "Boris", "Сейчас у нас нет подписанного списка")
    assert "the list of official accounts is not shown. " in log
    assert "The signature is wrong" in log


async def asked_of_the_service(desk: Desk, telegram: FakeTelegram, name: str, answer: str) -> str:
    """`/official`, of the real service by a person of this name; what it has logged until then."""
    service = await desk.start("run")
    assert service.stderr is not None
    log = ""
    async with asyncio.timeout(PATIENCE):
        while "the newsroom is open" not in log:
            line = (await service.stderr.readline()).decode()
            assert line, log
            log += line
        bot = telegram.bot("newsroom_bot")
        person = telegram.person(len(name), name, language_code="ru")
        person.starts(bot)
        person.says("/official", bot)
        await person.expects(answer, bot)
        service.terminate()
        log += (await service.communicate())[1].decode()
    check_calm(log)
    return log
