"""What can go wrong, outside of storage (whose tree is in `storage/errors.py`).

TamizdatError
├── ConfigError          the configuration can't be used: exit code 2, one line, with the key and the remedy
├── StartRefused         something that protects people is missing: exit code 2, one line
├── PlatformError        a messenger
│   ├── PlatformAway     it does not answer, or answers with a fault of its own: try again later
│   │   └── NotHere      another worker has it: it is for that one to do
│   ├── PlatformDenied   it refuses us: the token was revoked, another program polls with it
│   └── FileRefused      a file can't be fetched
│       ├── FileTooLarge larger than the messenger gives to a bot, or than we take; says how much is taken
│       └── FileLost     the messenger has it no more: it has to be sent again
├── BrokenListing        a signed list of official accounts is no such list, or was altered
└── OutsideNeeded        a turn must know something from outside before it can go on; see `turns.py`

Every message says what happened and what to do, and holds no content, no account id and no token.
"""

from __future__ import annotations


class TamizdatError(Exception):
    """The base of all of them."""


class ConfigError(TamizdatError):
    """The configuration can't be used."""


class StartRefused(TamizdatError):
    """The service does not start, because what protects people is not in place."""


class PlatformError(TamizdatError):
    """A messenger did not do what was asked."""


class PlatformAway(PlatformError):
    """The messenger can't be reached at the moment."""

    def __init__(self, message: str, after: float = 1.0) -> None:
        super().__init__(message)
        self.after = after


class NotHere(PlatformAway):
    """Another worker has this messenger; none but that one may use it."""

    def __init__(self) -> None:
        super().__init__("Another worker has this messenger.")


class PlatformDenied(PlatformError):
    """The messenger refuses this bot."""


class FileRefused(PlatformError):
    """The messenger does not give us this file."""


class FileTooLarge(FileRefused):
    def __init__(self, limit: int) -> None:
        """limit: bytes."""
        self.megabytes = limit // 1024**2
        super().__init__(f"The file is larger than {self.megabytes} MB.")


class FileLost(FileRefused):
    """The messenger does not have this file any more. It has to be sent again."""

    def __init__(self) -> None:
        super().__init__(FileLost.__doc__)


class OutsideNeeded(TamizdatError):
    """The turn needs to know whether this person is in the editors' room now."""
