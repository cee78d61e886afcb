"""Where every command starts and ends: whatever goes wrong becomes a calm line and an exit code, never a traceback.

Exit codes: 0 done; 1 a check failed, or an error that nobody expected; 2 refused, with the remedy; 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from bot.cli import say
from bot.cli.group import tamizdat
from bot.errors import TamizdatError
from bot.observe import logs
from bot.observe.describe import describe
from bot.observe.redact import redact
from storage.errors import StorageError

REFUSED = 2
INTERRUPTED = 130


def main(words: Sequence[str] | None = None) -> NoReturn:
    """`words`: instead of those on the command line."""
    logs.set_up("error")
    sys.exit(_code(words))


def _code(words: Sequence[str] | None) -> int:
    try:
        result = tamizdat.main(words, prog_name="tamizdat", standalone_mode=False)
        sys.stdout.flush()
    except (click.Abort, KeyboardInterrupt):
        say.problem("Stopped.")
        return INTERRUPTED
    except click.ClickException as error:
        # click quotes what was typed, which may be a token by mistake.
        say.problem(f"{redact(error.format_message())} See `tamizdat --help`.")
        return REFUSED
    except (TamizdatError, StorageError) as error:
        say.problem(str(error))
        return REFUSED
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain once more while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        say.problem(f"{error.filename or 'The system'}: {error.strerror or type(error).__name__}.")
        return REFUSED
    except Exception as error:
        say.problem(f"Something happened that nobody expected; please report this line: {describe(error)}")
        return 1
    return result if isinstance(result, int) else 0
