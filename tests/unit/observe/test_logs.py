"""No path into the log shows a value: each is tried in a process of its own, with a marker for the content."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
MARKER = "MARKER-of-a-story"
LINE = r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (INFO|WARNING|ERROR|CRITICAL) [\w.]+: .+$"


def run(body: str, level: str = "info") -> subprocess.CompletedProcess[str]:
    program = f"""\
import asyncio, gc, logging, sys, threading, warnings
from bot.errors import PlatformAway
from bot.observe import logs
logs.set_up("{level}")
MARKER = "{MARKER}"
TOKEN = "7000000001:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
{textwrap.dedent(body)}
"""
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )


def only_line(body: str, level: str = "info") -> str:
    done = run(body, level)
    lines = done.stderr.splitlines()
    assert done.stdout == ""
    assert len(lines) == 1, done.stderr
    return lines[0]


PATHS = {
    "our exception": """
        try: {}[MARKER]
        except KeyError: logging.getLogger("bot.dispatch").exception("a turn failed")
    """,
    "a library's exception in our record": """
        import json
        try: json.loads(MARKER)
        except ValueError as error: logging.getLogger("bot.dispatch").error("failed", exc_info=error)
    """,
    "a cause": """
        try:
            try: int(MARKER)
            except ValueError as error: raise RuntimeError(MARKER) from error
        except RuntimeError: logging.getLogger("storage.x").exception("failed")
    """,
    "arguments that don't fit": 'logging.getLogger("bot.x").error("%d of %s", MARKER)',
    "an argument that can't be shown": """
        class Bad:
            def __str__(self): raise ValueError(MARKER)
        logging.getLogger("bot.x").error("%s", Bad())
    """,
    "a library's arguments": 'logging.getLogger("aiohttp.server").error("Error handling %s", MARKER)',
    "a library's text": 'logging.getLogger("nio.client").error(f"event {MARKER}")',
    "an unknown library": 'logging.getLogger("someone.else").error(f"{MARKER}")',
    "the root logger": 'logging.warning(f"{MARKER}")',
    "a library's exception": """
        try: int(MARKER)
        except ValueError: logging.getLogger("telegram.ext").exception("No error handlers: %s", MARKER)
    """,
    "a library's stack": 'logging.getLogger("sqlalchemy.pool").error("x %s", MARKER, stack_info=True)',
    "a warning": "warnings.warn(MARKER)",
    "nobody caught it": "raise ValueError(MARKER)",
    "nobody caught a group": "raise ExceptionGroup(MARKER, [ValueError(MARKER)])",
    "a thread": """
        def work(): raise ValueError(MARKER)
        thread = threading.Thread(target=work, name=MARKER); thread.start(); thread.join()
    """,
    "a destructor": """
        class Bad:
            def __del__(self): raise ValueError(MARKER)
        Bad()
    """,
    "a task": """
        async def work(): raise ValueError(MARKER)
        async def main():
            task = asyncio.create_task(work(), name=MARKER)
            await asyncio.wait([task]); del task; gc.collect()
        asyncio.run(main())
    """,
    "a callback": """
        def work(value): raise ValueError(value)
        async def main():
            asyncio.get_running_loop().call_soon(work, MARKER)
            await asyncio.sleep(0)
        asyncio.run(main())
    """,
    "a coroutine that was never awaited": """
        async def work(value): pass
        work(MARKER)
    """,
}


@pytest.mark.parametrize("body", PATHS.values(), ids=PATHS.keys())
def test_one_line_and_no_content(body: str) -> None:
    line = only_line(body)
    assert MARKER not in line
    assert "Traceback" not in line
    assert re.match(LINE, line), line


def test_what_we_say_ourselves_is_said() -> None:
    line = only_line('logging.getLogger("bot.dispatch").info("turn %s done in %d ms", "ab12", 7)')
    assert line.endswith("INFO dispatch: turn ab12 done in 7 ms")


def test_an_exception_of_ours_keeps_its_message() -> None:
    line = only_line("""
        try: raise PlatformAway("Telegram does not answer.")
        except PlatformAway: logging.getLogger("bot.x").exception("waiting")
    """)
    assert "waiting: PlatformAway (Telegram does not answer.) at <string>" in line.replace("/", "")


@pytest.mark.parametrize("level", ["info", "warning", "error"])
def test_levels(level: str) -> None:
    said = run('[logging.getLogger("bot.x").log(n, "n%d", n) for n in (10, 20, 30, 40)]', level).stderr
    assert [f"n{number}" in said for number in (10, 20, 30, 40)] == [
        False,
        level == "info",
        level != "error",
        True,
    ]


def test_libraries_are_heard_from_warning_on() -> None:
    names = (
        "httpx",
        "httpcore",
        "telegram.Bot",
        "aiohttp.access",
        "sqlalchemy.engine",
        "alembic",
        "aiosqlite",
        "asyncio",
        "another",
    )
    assert run(f'[logging.getLogger(name).info("hello %s", MARKER) for name in {names!r}]').stderr == ""


def test_a_librarys_own_handler_is_silenced() -> None:
    done = run("""
        logging.getLogger("sqlalchemy").addHandler(logging.StreamHandler())
        logs.set_up("info")
        logging.getLogger("sqlalchemy").warning("x %s", MARKER)
    """)
    assert len(done.stderr.splitlines()) == 1
    assert MARKER not in done.stderr


def test_the_net_is_under_our_own_words_too() -> None:
    line = only_line('logging.getLogger("bot.x").warning("token %s of @anna_k 712345678", TOKEN)')
    assert line.endswith("WARNING x: token … of @… …")


def test_a_record_stays_one_line() -> None:
    line = only_line(r'logging.getLogger("bot.x").warning("one\n2026-01-01 00:00:00 ERROR forged: two\x1b[31m")')
    assert "\x1b" not in line


def test_the_program_still_ends_with_an_error() -> None:
    assert run("raise ValueError(MARKER)").returncode == 1


def test_a_stream_that_is_gone_is_no_second_error() -> None:
    done = run('sys.stderr.close(); logging.getLogger("bot.x").error("%s", MARKER)')
    assert (done.returncode, done.stderr) == (0, "")
