"""A list of readers as a CSV file: `address` and `language`, with a line of headings; other columns are passed over."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from io import StringIO
from pathlib import Path

import msgspec

from bot.errors import ConfigError
from storage.private import Private

MOST = 1_000
"""Rows of one file: they are taken up together or not at all, and Matrix servers are slow with invitations."""
_NEEDED = ("address", "language")
_MATRIX = re.compile(r"@[^\s:@]+:[^\s@]+")


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    address: Private[str] | None
    """on Matrix; None: it is none"""
    language: str
    line: int
    """of the file, from 1"""


def read_list(file: Path, languages: Collection[str]) -> list[Listed]:
    """Each address once. Raises ConfigError, which names lines and nobody on them."""
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(f"{file} is not UTF-8: save it as CSV in UTF-8.") from None
    reader = csv.DictReader(StringIO(text, newline=""))
    missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
    if missing:
        raise ConfigError(f"{file} needs a first line with the headings address,language: {missing[0]} is missing.")
    found = {one.address or one.line: one for one in _rows(reader)}
    rows = list(found.values())
    unknown = [str(one.line) for one in rows if one.language not in languages]
    if unknown:
        raise ConfigError(
            f"{file}, line {', '.join(unknown[:10])}: there is no such language. There are: {', '.join(languages)}."
        )
    if len(rows) > MOST:
        raise ConfigError(f"{file} has {len(rows)} rows: at most {MOST} at once. Split it, and wait a day between.")
    return rows


def _rows(reader: csv.DictReader[str]) -> Iterator[Listed]:
    for row in reader:
        address = (row["address"] or "").strip()
        yield Listed(
            address=Private(address) if _MATRIX.fullmatch(address) else None,
            language=(row["language"] or "").strip().lower(),
            line=reader.line_num,
        )
