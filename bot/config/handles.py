"""The table [handles]: which accounts the newsroom has besides those that the config names anyway."""

from __future__ import annotations

from bot.config.table import Table
from bot.config.web import split_address
from bot.handles.settings import HandlesSettings

LONGEST_NAME = 60
LONGEST_ACCOUNT = 200
MOST_ACCOUNTS = 20


def read_handles(table: Table) -> HandlesSettings:
    default = HandlesSettings()
    settings = HandlesSettings(name=_name(table) or default.name, also=_also(table))
    table.finish()
    return settings


def _name(table: Table) -> str | None:
    name = table.take("name", str)
    if name is not None and not (len(name) <= LONGEST_NAME and name.isprintable() and name.strip() == name):
        table.problem("name", f"must be one line of at most {LONGEST_NAME} characters.")
        return None
    return name


def _also(table: Table) -> tuple[str, ...]:
    given = table.take("also", object)
    if given is None:
        return ()
    if not isinstance(given, list) or len(given) > MOST_ACCOUNTS:
        table.problem("also", f'must be a list of at most {MOST_ACCOUNTS} accounts, like ["https://example.org"].')
        return ()
    if not all(map(_is_account, given)):
        table.problem(
            "also", f"may hold addresses (https://…) and names (@…) only, each of at most {LONGEST_ACCOUNT} characters."
        )
        return ()
    return tuple(given)


def _is_account(given: object) -> bool:
    if not isinstance(given, str) or len(given) > LONGEST_ACCOUNT or not given.isprintable() or " " in given:
        return False
    return (
        len(given) > 1 if given.startswith("@") else given.startswith("https://") and split_address(given) is not None
    )
