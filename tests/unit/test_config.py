"""The config file: what it says, and a line with key, file and remedy for whatever can be wrong with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.config import RootKeyPlace, Settings, load
from bot.config.load import PORT_VARIABLE
from bot.config.rooms import LANGUAGES
from bot.config.service import LEVELS
from bot.config.telegram import TOKEN_VARIABLE
from bot.errors import ConfigError
from bot.handles.settings import HandlesSettings
from bot.platforms.matrix.settings import MatrixSettings
from bot.platforms.telegram.settings import TelegramSettings

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
SECRET = "SecretSecretSecretSecretSecret42xyz"
TOKEN = f"7000000001:{SECRET}"
GOOD = f"""
[telegram]
token = "{TOKEN}"
editors_chat = -1001234567890
channels.ru = "@our_channel"
"""
MATRIX = """
[matrix]
homeserver = "https://matrix.example.org"
user = "@newsroom:example.org"
editors_room = "!editors:example.org"
channels.ru = "!russian:example.org"
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)
    monkeypatch.delenv(PORT_VARIABLE, raising=False)
    return tmp_path


def write(text: str | bytes, name: str = "config.toml", mode: int = 0o600) -> Path:
    file = Path(name)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    file.chmod(mode)
    return file


def problems(text: str | bytes | None = None, path: Path | None = None) -> list[str]:
    if text is not None:
        write(text)
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert SECRET not in str(caught.value)
    return str(caught.value).splitlines()


def the_problem(text: str | bytes | None = None, path: Path | None = None) -> str:
    found = problems(text, path)
    assert len(found) == 1, found
    return found[0]


# ── what it says ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_without_a_file_it_is_the_demo() -> None:
    settings = load()
    assert settings.demo
    assert settings.local is not None
    assert settings.telegram is None
    assert (settings.data, settings.keys, settings.file) == (Path("data/demo"), Path("keys/demo"), None)


def test_the_demos_port_may_be_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PORT_VARIABLE, "9001")
    local = load().local
    assert local is not None
    assert local.port == 9001


@pytest.mark.parametrize("port", ["0", "65536", "-1", "x", "", "１"])
def test_a_port_out_of_range(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv(PORT_VARIABLE, port)
    assert the_problem() == f"{PORT_VARIABLE}: is not a port: it must be a number between 1 and 65535."


def test_questionnaires_lie_beside_the_file() -> None:
    write("[newsroom]\nquestionnaires = 'ours'\n" + GOOD, "folder-config.toml")
    assert load(Path("folder-config.toml")).questionnaires == Path("ours")
    assert the_problem("[newsroom]\nquestions = 'ours'\n" + GOOD).startswith(
        "config.toml: [newsroom] questions: there is no such key; did you mean questionnaires?"
    )


def test_with_a_file_the_local_page_is_off() -> None:
    write(GOOD)
    settings = load()
    assert not settings.demo
    assert settings.local is None
    assert settings.telegram is not None
    assert settings.telegram.token.reveal() == TOKEN
    assert settings.telegram.editors_chat == "-1001234567890"
    assert settings.telegram.channels == {"ru": "@our_channel"}
    assert settings.root_key is RootKeyPlace.FILE
    assert settings.database is None


def test_paths_count_from_the_files_folder() -> None:
    Path("etc").mkdir()
    file = write(f'[service]\ndata = "d"\nkeys = "/srv/k"\n{GOOD}', "etc/newsroom.toml")
    settings = load(file)
    assert settings.data == Path("etc/d")
    assert settings.keys == Path("/srv/k")
    assert settings.ring == Path("/srv/k/ring")
    assert settings.root_file == Path("/srv/k/root.key")


def test_a_webhook() -> None:
    more = 'mode = "webhook"\nwebhook_url = "https://b.example.org/t/"\nwebhook_listen = "[::1]:9000"\n'
    write(GOOD + more)
    telegram = load().telegram
    assert telegram is not None
    assert (telegram.mode, telegram.webhook_url) == ("webhook", "https://b.example.org/t")
    assert telegram.webhook_listen == ("::1", 9000)


def test_files_of_another_server_are_beside_its_methods() -> None:
    write(GOOD + 'api_url = "http://127.0.0.1:8081/"\n')
    telegram = load().telegram
    assert telegram is not None
    assert (telegram.api_url, telegram.file_url) == ("http://127.0.0.1:8081", "http://127.0.0.1:8081/file")


def test_matrix_alone() -> None:
    write(MATRIX.replace('.org"\nuser', '.org/"\nuser') + "per_second = 5\n")
    settings = load()
    assert settings.telegram is None
    assert settings.matrix == MatrixSettings(
        homeserver="https://matrix.example.org",
        user="@newsroom:example.org",
        editors_room="!editors:example.org",
        channels={"ru": "!russian:example.org"},
        per_second=5.0,
    )


def test_both_messengers() -> None:
    write(GOOD + MATRIX)
    settings = load()
    assert settings.telegram is not None
    assert settings.matrix is not None


def test_telegram_may_do_without_an_editors_room_where_matrix_has_one() -> None:
    write(GOOD.replace(EDITORS_LINE, "") + MATRIX)
    telegram = load().telegram
    assert telegram is not None
    assert telegram.editors_chat is None


def test_the_token_may_lie_in_a_file_or_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    write(f"{TOKEN}\n", "token")
    write(GOOD.replace(f'token = "{TOKEN}"', 'token_file = "token"'))
    from_file = load().telegram
    write(GOOD.replace(f'token = "{TOKEN}"', ""))
    monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)
    from_environment = load().telegram
    assert from_file is not None
    assert from_file == from_environment
    assert from_file.token.reveal() == TOKEN


def test_settings_show_no_secret() -> None:
    write(f'[service]\ndatabase = "postgresql+asyncpg://a:{SECRET}@host/name"\n{GOOD}webhook_secret = "{SECRET}"\n')
    assert SECRET not in repr(load())


# ── what can be wrong with the file ──────────────────────────────────────────────────────────────────────────────
def test_a_file_that_is_not_there() -> None:
    assert "no such file" in the_problem(path=Path("other.toml"))


def test_a_folder() -> None:
    Path("config.toml").mkdir()
    assert "is a folder" in the_problem()


def test_a_file_that_cannot_be_read() -> None:
    Path("config.toml").symlink_to("config.toml")
    assert "can't be read (Too many levels of symbolic links)" in the_problem()


def test_a_file_that_others_may_read() -> None:
    write(GOOD, mode=0o640)
    assert the_problem().endswith("Run: chmod 600 config.toml")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (b'[telegram]\ntoken = "\xff\xfe"', "not UTF-8"),
        (f'[telegram]\ntoken = "{SECRET}\n'.encode(), "line 2, column"),
        (f'[telegram]\ntoken = "a"\ntoken = "{SECRET}"\n'.encode(), "line 3, column"),
        (b"[telegram", "end of document"),
    ],
    ids=["empty", "blank", "not UTF-8", "no quote", "twice", "no bracket"],
)
def test_a_file_that_is_not_toml(content: bytes, said: str) -> None:
    found = the_problem(content)
    assert found.startswith("config.toml: ")
    assert said in found


# ── what can be wrong in it ──────────────────────────────────────────────────────────────────────────────────────
TOKEN_LINE, EDITORS_LINE = f'token = "{TOKEN}"', "editors_chat = -1001234567890"
SERVICE = "[service]\n"

WRONG = {
    "no platform": ("[service]\n", r"\[telegram\]: is missing"),
    "unknown key": (GOOD + 'webhook_ulr = "x"', r"\[telegram\] webhook_ulr: .* did you mean webhook_url\?"),
    "unknown key of the service": (SERVICE + 'dta = "x"' + GOOD, r"\[service\] dta: .* did you mean data\?"),
    "unknown table": (GOOD + "[servise]\n", r"servise: there is no such key; did you mean service\?"),
    "a secret as a key": (f'[service]\n"{TOKEN}" = 1\n{GOOD}', r"\[service\] …: there is no such key"),
    "table that is none": ('telegram = "x"', r"telegram: must be a table"),
    "wrong type": (SERVICE + "data = 5" + GOOD, r"\[service\] data: must be text in quotes"),
    "empty text": (SERVICE + 'keys = ""' + GOOD, r"\[service\] keys: is empty"),
    "root key": (SERVICE + 'root_key = "fil"' + GOOD, r"root_key: must be one of file, .* did you mean file\?"),
    "log level": (SERVICE + 'log_level = "debug"' + GOOD, r"log_level: must be one of info, warning, error"),
    "keys in data": (SERVICE + 'data = "d"\nkeys = "d/k"' + GOOD, r"\[service\] keys: lies in the data folder"),
    "keys are data": (SERVICE + 'data = "d"\nkeys = "d"' + GOOD, r"\[service\] keys: lies in the data folder"),
    "data in keys": (SERVICE + 'data = "k/d"\nkeys = "k"' + GOOD, r"\[service\] data: lies in the folder of the keys"),
    "a file for a folder": (SERVICE + 'data = "config.toml"' + GOOD, r"\[service\] data: is a file"),
    "the demo's data": (SERVICE + 'data = "data/demo"' + GOOD, r"\[service\] data: is the demo's folder"),
    "in the demo's data": (SERVICE + 'data = "./data/../data/demo/x"' + GOOD, r"data: is the demo's folder"),
    "the demo's keys": (SERVICE + 'keys = "keys/demo"' + GOOD, r"\[service\] keys: is the demo's folder"),
    "other database": (SERVICE + f'database = "mysql://a:{SECRET}@h/n"' + GOOD, r"database: is of an unknown kind"),
    "no database URL": (SERVICE + f'database = "{SECRET}"' + GOOD, r"database: can't be read"),
    "database port": (SERVICE + f'database = "postgresql://a:{SECRET}@h:x/n"' + GOOD, r"database: can't be read"),
    "unnamed database": (SERVICE + f'database = "postgresql://a:{SECRET}@h"' + GOOD, r"database: names no database"),
    "no token": (GOOD.replace(TOKEN_LINE, ""), r"\[telegram\] token: is missing: get one from @BotFather"),
    "empty token": (GOOD.replace(TOKEN, ""), r"\[telegram\] token: is empty"),
    "token shape": (GOOD.replace("7000000001:", "70000:"), r"\[telegram\] token: is not a bot's token"),
    "token type": (GOOD.replace(f'"{TOKEN}"', "7"), r"\[telegram\] token: must be text in quotes"),
    "two tokens": (GOOD + 'token_file = "x"', r"token: is given twice, in token and token_file"),
    "no token file": (GOOD.replace(TOKEN_LINE, 'token_file = "x"'), r"token_file: x: there is no such file"),
    "mode": (GOOD + 'mode = "webhok"', r"mode: must be one of polling, webhook; did you mean webhook\?"),
    "webhook without URL": (GOOD + 'mode = "webhook"', r"webhook_url: is missing"),
    "webhook not https": (GOOD + 'webhook_url = "http://b.example.org"', r"webhook_url: must begin with https"),
    "webhook port": (GOOD + 'webhook_url = "https://b.example.org:444"', r"webhook_url: must use one of the ports"),
    "webhook port out of range": (GOOD + 'webhook_url = "https://b.example.org:99999"', r"webhook_url: must begin"),
    "webhook secret": (GOOD + f'webhook_secret = "{SECRET} ü"', r"webhook_secret: may hold 1–256 Latin letters"),
    "listen": (GOOD + 'webhook_listen = "8443"', r"webhook_listen: must be a host and a port"),
    "listen port": (GOOD + 'webhook_listen = "127.0.0.1:70000"', r"webhook_listen: has a port out of range"),
    "API in the clear": (GOOD + 'api_url = "http://api.example.org"', r"api_url: must begin with https"),
    "API": (GOOD + 'file_url = "ftp://api.example.org"', r"file_url: must be an address that begins with https"),
    "no editors": (GOOD.replace(EDITORS_LINE, ""), r"editors_chat: is missing"),
    "editors": (GOOD.replace("-1001234567890", '"our room"'), r"editors_chat: must be the chat's id"),
    "editors type": (GOOD.replace("-1001234567890", "true"), r"editors_chat: must be the chat's id"),
    "language": (GOOD.replace("channels.ru", "channels.rus"), r"\[telegram.channels\] rus: .* did you mean ru\?"),
    "channel": (GOOD.replace("@our_channel", "https://t.me/x"), r"\[telegram.channels\] ru: must be the chat's id"),
    "channels": (GOOD.replace("channels.ru", "channels"), r"\[telegram\] channels: must be a table"),
    "no homeserver": (MATRIX.replace("homeserver =", "# ="), r"\[matrix\] homeserver: is missing: put the address"),
    "homeserver in the clear": (MATRIX.replace("https", "http"), r"\[matrix\] homeserver: must begin with https"),
    "homeserver with a path": (MATRIX.replace('.org"\nu', '.org/_matrix"\nu'), r"homeserver: must be the bare address"),
    "no user": (MATRIX.replace("user =", "# ="), r"\[matrix\] user: is missing: put the bot's own account"),
    "user": (MATRIX.replace("@newsroom:", "newsroom@"), r"\[matrix\] user: must be a whole Matrix id, @name:server"),
    "no room on Matrix": (GOOD + MATRIX.replace("editors_room =", "# ="), r"\[matrix\] editors_room: is missing"),
    "room by its name": (MATRIX.replace("!editors", "#editors"), r"\[matrix\] editors_room: must be the room's id"),
    "room twice": (MATRIX.replace("!russian", "!editors"), r"\[matrix.channels\] ru: is the same chat as another"),
    "pace": (MATRIX + "per_second = 0", r"\[matrix\] per_second: must be a number above 0"),
    "pace type": (MATRIX + 'per_second = "5"', r"\[matrix\] per_second: must be a number\."),
    "device": (MATRIX + f'device_name = "{"x" * 61}"', r"\[matrix\] device_name: must be one line of at most 60"),
    "a password in the file": (MATRIX + f'password = "{SECRET}"', r"\[matrix\] password: there is no such key"),
    "one chat twice": (GOOD.replace('"@our_channel"', "-1001234567890"), r"ru: is the same chat as another one"),
}


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG.keys())
def test_one_line_names_file_key_and_remedy(text: str, said: str) -> None:
    assert re.match(rf"config\.toml: .*{said}", the_problem(text))


def test_a_token_file_that_others_may_read() -> None:
    write(TOKEN, "token", mode=0o644)
    assert the_problem(GOOD.replace(TOKEN_LINE, 'token_file = "token"')).endswith("Run: chmod 600 token")


def test_an_empty_token_file() -> None:
    write("\n", "token")
    assert "token_file: is empty" in the_problem(GOOD.replace(TOKEN_LINE, 'token_file = "token"'))


def test_a_wrong_token_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, SECRET)
    assert f"{TOKEN_VARIABLE}: is not a bot's token" in the_problem(GOOD.replace(TOKEN_LINE, ""))


def test_data_that_the_demo_has_used() -> None:
    Path("data/newsroom").mkdir(parents=True)
    Path("data/newsroom/this-is-a-demo").touch()
    assert "data: was used by the demo" in the_problem(GOOD)


def test_every_problem_is_told_at_once() -> None:
    found = problems('[service]\nlog_level = "x"\n[telegram]\nmode = "y"\n')
    assert [line.split(": ")[1] for line in found] == [
        "[service] log_level",
        "[telegram] token",
        "[telegram] mode",
        "[telegram] editors_chat",
    ]


# ── the example ──────────────────────────────────────────────────────────────────────────────────────────────────
def example_with_every_key() -> str:
    """Of two keys that exclude each other, the first stays."""
    text = re.sub(r"(?m)^# (\w+ = )", r"\1", EXAMPLE.read_text())
    return re.sub(r"(?m)^token_file = .*$", "", text)


def example_with_defaults() -> str:
    """Only what is commented out as a default is switched on."""
    lines, is_default = [], True
    for line in EXAMPLE.read_text().splitlines():
        if line.startswith("# ") and not re.match(r"# \w+ = ", line):
            is_default = "not a default" not in line and "not defaults" not in line and "Without this line" not in line
        lines.append(re.sub(r"^# (\w+ = )", r"\1", line) if is_default else line)
    return "\n".join(lines)


def test_the_example_knows_every_key_and_no_other() -> None:
    write(example_with_every_key())
    settings = load()  # refuses unknown keys
    assert settings.telegram is not None
    assert settings.matrix is not None
    assert set(settings.telegram.channels) == set(settings.matrix.channels) == set(LANGUAGES)
    written = set(re.findall(r"(?m)^#? ?(\w+) = ", EXAMPLE.read_text()))
    inner = {"file", "handles", "telegram", "matrix", "local", "demo", "poll_seconds", "sync_seconds", "read_seconds"}
    inner.add("longest_wait")
    keys = {"token_file", "second"} | set(LANGUAGES)  # the name of a bot
    for kind in (Settings, HandlesSettings, TelegramSettings, MatrixSettings):
        keys |= set(kind.__struct_fields__)
    assert written == keys - inner - {"channels", "bots"}
    tables = ("[telegram.channels]", "[telegram.bots]", "[matrix.channels]")
    assert all(table in EXAMPLE.read_text() for table in tables)
    assert all(word in EXAMPLE.read_text() for word in (*LEVELS, *RootKeyPlace))


def test_the_example_shows_the_defaults() -> None:
    write(EXAMPLE.read_text())
    bare = load()
    write(example_with_defaults())
    assert load() == bare


def test_further_bots_have_names_and_tokens_of_their_own() -> None:
    write(GOOD + f'bots.second = "7000000002:{SECRET}"\n')
    telegram = load().telegram
    assert telegram is not None
    assert [(name, own.token.reveal(), own.editors_chat) for name, own in telegram.each().items()] == [
        ("main", TOKEN, "-1001234567890"),
        ("second", f"7000000002:{SECRET}", None),
    ]


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        (f'bots.main = "7000000002:{SECRET}"', "[telegram.bots] main: is no name for a bot: 1–16 small Latin letters"),
        (f'bots.Second = "7000000002:{SECRET}"', "[telegram.bots] Second: is no name for a bot"),
        (f'bots.second = "{SECRET}"', "[telegram.bots] second: is not a bot's token"),
        (f'bots.second = "{TOKEN}"', "[telegram.bots] second: has the token of another bot here"),
        ("bots.second = 5", "[telegram.bots] second: must be text in quotes"),
        ('bots = "two"', "[telegram] bots: must be a table"),
    ],
)
def test_what_can_be_wrong_with_further_bots(line: str, remedy: str) -> None:
    (problem,) = problems(f"{GOOD}{line}\n")
    assert problem.startswith(f"config.toml: {remedy}")
