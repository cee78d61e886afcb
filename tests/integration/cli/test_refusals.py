"""What can't be done is refused in a calm line and with exit code 2."""

from __future__ import annotations

import pytest

from tests.integration.cli.desk import SECRET, TOKEN, Desk

COMMANDS = [
    ["run"],
    ["worker"],
    ["keys", "rotate"],
    ["editors", "enrol", "Anna"],
    ["editors", "list"],
    ["editors", "remove", "Anna"],
    ["migrate"],
    ["backup", "copies", "--keys-to", "ring-copies"],
    ["restore", "a.backup", "--keys-from", "b"],
    ["outbox", "release"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words[:2]))
async def test_every_command_refuses_a_wrong_config(desk: Desk, command: list[str]) -> None:
    desk.config('[service]\nlog_levle = "info"')
    said = await desk.refuses(*command)
    assert said.startswith("config.toml: [service] log_levle: there is no such key; did you mean log_level?")


async def test_all_problems_are_told_a_line_each(desk: Desk) -> None:
    desk.write(f'[service]\nroot_key = "{SECRET}"\n[telegram]\nmode = "x"\nwebhook_ulr = "{TOKEN}"\n', "config.toml")
    done = await desk.run("run")
    assert done.code == 2
    assert [line.split(": ")[1] for line in done.err.splitlines()] == [
        "[service] root_key",
        "[telegram] token",
        "[telegram] mode",
        "[telegram] editors_chat",
        "[telegram] webhook_ulr",
    ]


async def test_a_config_that_others_may_read(desk: Desk) -> None:
    desk.config().chmod(0o644)
    assert "chmod 600 config.toml" in await desk.refuses("run")


async def test_a_config_that_is_not_there(desk: Desk) -> None:
    assert "no such file" in await desk.refuses("--config", "other.toml", "run")


@pytest.mark.parametrize("command", COMMANDS[2:6] + COMMANDS[7:8] + COMMANDS[9:], ids=lambda words: " ".join(words[:2]))
async def test_nothing_is_made_where_no_newsroom_is(desk: Desk, command: list[str]) -> None:
    assert "There is no newsroom in data/demo yet" in await desk.refuses(*command)
    assert list(desk.folder.iterdir()) == []


async def test_several_workers_on_sqlite(desk: Desk) -> None:
    assert await desk.refuses("worker") == (
        "Several workers need PostgreSQL, and this newsroom is on SQLite: `tamizdat run` is all that it needs."
    )
    assert list(desk.folder.iterdir()) == []


async def test_words_that_are_no_command_show_no_token(desk: Desk) -> None:
    assert "No such command 'rnu'" in await desk.refuses("rnu")
    assert "unexpected extra argument" in await desk.refuses("run", TOKEN)


async def test_a_key_file_that_is_gone(newsroom_desk: Desk) -> None:
    (newsroom_desk.folder / "keys/newsroom/root.key").unlink()
    assert "There is no root key at keys/newsroom/root.key" in await newsroom_desk.refuses("editors", "list")


@pytest.mark.usefixtures("processes")
async def test_a_key_file_that_others_may_read(newsroom_desk: Desk) -> None:
    (newsroom_desk.folder / "keys/newsroom/root.key").chmod(0o640)
    assert "chmod 600" in await newsroom_desk.refuses("keys", "rotate")


async def test_a_data_folder_that_is_gone_is_not_begun_anew(newsroom_desk: Desk) -> None:
    (newsroom_desk.folder / "data/newsroom").rename(newsroom_desk.folder / "elsewhere")
    assert "is a disk missing?" in await newsroom_desk.refuses("editors", "list")


async def test_a_root_key_from_the_environment(newsroom_desk: Desk) -> None:
    key = newsroom_desk.folder / "keys/newsroom/root.key"
    line = key.read_text()
    key.unlink()
    newsroom_desk.config('[service]\nroot_key = "environment"')
    assert "TAMIZDAT_ROOT_KEY" in await newsroom_desk.refuses("editors", "list")
    done = await newsroom_desk.run("editors", "list", TAMIZDAT_ROOT_KEY=line)
    assert (done.code, done.err) == (0, "")


async def test_a_passphrase_needs_a_person(newsroom_desk: Desk) -> None:
    newsroom_desk.config('[service]\nroot_key = "passphrase"')
    assert "a person must start this at a terminal" in await newsroom_desk.refuses("editors", "list")
