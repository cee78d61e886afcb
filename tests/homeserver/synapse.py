"""One Synapse on a free port of 127.0.0.1: a fresh SQLite database, no federation, no limits but those set."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import secrets
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import aiohttp

from tests.patience import PATIENCE
from tests.ports import HeldPort

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".cache" / "synapse" / "bin" / "python"
NAME = "paper.test"
"""The server's name: users are `@somebody:paper.test`."""
_SECRET = "registration-secret-of-the-tests"
_QUIET = {
    "version": 1,
    "handlers": {"output": {"class": "logging.StreamHandler"}},
    "root": {"level": "WARNING", "handlers": ["output"]},
}
"""Its log is read when it does not start: a line for each request is for nobody."""


class Synapse:
    """`folder` is kept over `stop()` and `start()`: the same server, restarted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._port = HeldPort()
        self.url = f"http://127.0.0.1:{self._port.number}"
        self._process: subprocess.Popen[bytes] | None = None
        self._admin: str | None = None

    async def start(self) -> None:
        """Returns once it answers. Raises AssertionError with its log when it does not."""
        self.folder.mkdir(parents=True, exist_ok=True)
        config = self.folder / "homeserver.yaml"
        config.write_text(json.dumps(_config(self.folder, self._port.number)))  # JSON is YAML
        (self.folder / "logging.yaml").write_text(json.dumps(_QUIET))
        key = self.folder / "signing.key"
        if not key.exists():  # made here, because `--generate-keys` loads all of Synapse once more
            key.write_text(f"ed25519 a_test {base64.b64encode(secrets.token_bytes(32)).decode().rstrip('=')}\n")
        process = self._process = self._spawn(config)
        async with asyncio.timeout(PATIENCE):
            while not await self._answers():
                if process.poll() is not None:
                    raise AssertionError((self.folder / "output").read_text()[-4000:])
                await asyncio.sleep(0.05)

    def _spawn(self, config: Path) -> subprocess.Popen[bytes]:
        """Not asyncio's kind of process: it is started in one loop and stopped in another."""
        with (self.folder / "output").open("ab") as output:
            return subprocess.Popen(
                [str(PYTHON), "-m", "synapse.app.homeserver", "-c", str(config)],
                stdout=output,
                stderr=output,
                cwd=self.folder,
            )

    async def stop(self) -> None:
        """SIGTERM; gone when this returns. What clients have open is cut after its period of grace."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            await asyncio.to_thread(self._process.wait)

    def kill(self) -> None:
        """SIGKILL; gone when this returns."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def end(self) -> None:
        """Killed, and never started again."""
        self.kill()
        self._port.close()

    async def register(self, name: str, password: str, *, admin: bool = False) -> str:
        """Returns the new user's id."""
        async with aiohttp.ClientSession() as session:
            address = f"{self.url}/_synapse/admin/v1/register"
            async with session.get(address) as answer:
                nonce = (await answer.json())["nonce"]
            said = "\0".join((nonce, name, password, "admin" if admin else "notadmin"))
            mac = hmac.new(_SECRET.encode(), said.encode(), hashlib.sha1).hexdigest()
            body = {"nonce": nonce, "username": name, "password": password, "admin": admin, "mac": mac}
            async with session.post(address, json=body) as answer:
                found = await answer.json()
                assert answer.status == 200, found
                return str(found["user_id"])

    async def admin(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """A request of the server's administrator: `admin("POST", "/_synapse/admin/v1/users/…/override_ratelimit", …)`.

        Real troubles: `override_ratelimit` with a low figure answers 429s, `reset_password` with `logout_devices` makes
        a token unknown.
        """
        if self._admin is None:
            await self.register("root", "root-password", admin=True)
            self._admin = await self._login("root", "root-password")
        headers = {"Authorization": f"Bearer {self._admin}"}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.request(method, f"{self.url}{path}", json=body) as answer,
        ):
            found = await answer.json()
            assert answer.status == 200, found
            return found

    def tokens_of(self, user_id: str) -> list[str]:
        """The access tokens of all this user's devices: the server keeps them in plain."""
        with closing(sqlite3.connect(f"file:{self.folder / 'homeserver.db'}?mode=ro", uri=True)) as database:
            found = database.execute("SELECT token FROM access_tokens WHERE user_id = ?", (user_id,)).fetchall()
        return [str(token) for (token,) in found]

    async def _login(self, name: str, password: str) -> str:
        body = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": name}, "password": password}
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.url}/_matrix/client/v3/login", json=body) as answer,
        ):
            return str((await answer.json())["access_token"])

    async def _answers(self) -> bool:
        try:
            async with (
                aiohttp.ClientSession() as session,
                session.get(f"{self.url}/_matrix/client/versions") as answer,
            ):
                return answer.status == 200
        except aiohttp.ClientError:
            return False


def _config(folder: Path, port: int) -> dict[str, Any]:
    plenty = {"per_second": 10000, "burst_count": 10000}
    return {
        "server_name": NAME,
        "report_stats": False,
        "pid_file": str(folder / "pid"),
        "signing_key_path": str(folder / "signing.key"),
        "media_store_path": str(folder / "media"),
        "log_config": str(folder / "logging.yaml"),
        "listeners": [
            {
                "port": port,
                "bind_addresses": ["127.0.0.1"],
                "type": "http",
                "resources": [{"names": ["client", "media"]}],
            }
        ],
        "database": {"name": "sqlite3", "args": {"database": str(folder / "homeserver.db")}},
        "registration_shared_secret": _SECRET,
        "macaroon_secret_key": "macaroons-of-the-tests",
        "form_secret": "forms-of-the-tests",
        "trusted_key_servers": [],
        "suppress_key_server_warning": True,
        "federation_domain_whitelist": [],
        "bcrypt_rounds": 4,
        "caches": {"sync_response_cache_duration": "0s"},  # else a repeated first sync is stale
        "presence": {"enabled": False},
        "stats": {"enabled": False},  # this and the next two are work for what nobody here looks at
        "enable_search": False,
        "push": {"enabled": False},
        "url_preview_enabled": False,
        "max_upload_size": "60M",
        "rc_message": plenty,
        "rc_registration": plenty,
        "rc_login": dict.fromkeys(("address", "account", "failed_attempts"), plenty),
        "rc_joins": dict.fromkeys(("local", "remote"), plenty),
        "rc_joins_per_room": plenty,
        "rc_invites": dict.fromkeys(("per_room", "per_user", "per_issuer"), plenty),
        "rc_admin_redaction": plenty,
        "rc_room_creation": plenty,
        "rc_media_create": plenty,
        "rc_key_requests": plenty,
        "rc_presence": {"per_user": plenty},
        "rc_delayed_event_mgmt": plenty,
        "rc_reports": plenty,
        "rc_user_directory": plenty,
    }
