"""Newsletters and their templates: each row sealed under a key of its own. Whoever changes one says which revision they
have read; Conflict when somebody else has changed it meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Row, delete, insert, select, true, update

from storage.errors import Conflict, VaultError
from storage.ids import AnchorId, EditorId, KeyId, LetterId, TemplateId, new_id
from storage.letter import FOLLOWING, Details, Frame, Letter, LetterStatus, Template
from storage.private import Private
from storage.sealed import open_record, seal_record
from storage.tables import letter_templates, letters
from storage.vault import Column
from storage.work import Work

_LETTER = Column("letters", "body")
_TEMPLATE = Column("letter_templates", "body")
T = TypeVar("T")

log = logging.getLogger(__name__)


class _Template(msgspec.Struct, frozen=True, kw_only=True):
    name: Private[str]
    frames: dict[str, Frame] = {}


class Letters:
    def __init__(self, work: Work) -> None:
        self._work = work
        self.templates = Templates(work)

    async def create(self, letter: LetterId, title: Private[str], origin: str) -> Letter:
        work = self._work
        key_id, _ = await work.keys.new(work.connection)
        details = Details(title=title, origin=origin, card=AnchorId(new_id()))
        status, since, revision = LetterStatus.DRAFT, work.today, 0
        body = await seal_record(work, key_id, _LETTER, letter, revision, details)
        await work.connection.execute(
            insert(letters).values(id=letter, status=status, since=since, revision=revision, key_id=key_id, body=body)
        )
        return Letter(id=letter, status=status, since=since, revision=revision, key_id=key_id, details=details)

    async def find(self, letter: LetterId) -> Letter | None:
        """None also for one that does not open: it must not keep editors from the others."""
        return next(iter(await self._found(letters.c.id == letter)), None)

    async def all(self) -> list[Letter]:
        """In no order that tells anything; without those that do not open."""
        return await self._found(true())

    async def change(self, letter: Letter, details: Details) -> Letter:
        """What would be sent, or to whom: it is a draft again, and nobody has approved it. Raises Conflict."""
        changed = msgspec.structs.replace(
            details, content=letter.details.content + 1, approvals=(), goes_out=None, sender=None
        )
        return await self._put(letter, LetterStatus.DRAFT, changed)

    async def approve(self, letter: Letter, editor: EditorId) -> Letter:
        """An editor counts once. Raises Conflict."""
        approvals = tuple(dict.fromkeys((*letter.details.approvals, editor)))
        return await self._put(letter, letter.status, msgspec.structs.replace(letter.details, approvals=approvals))

    async def move(self, letter: Letter, status: LetterStatus, details: Details) -> Letter:
        """Raises Conflict, also when it can't become that any more."""
        return await self._put(letter, status, details)

    async def amend(self, letter: Letter, details: Details) -> Letter:
        """What is noted of one that was sent; it stays so, since that day. Raises Conflict."""
        if letter.status is not LetterStatus.SENT:
            raise Conflict("The letter has not been sent, or has been taken back.")
        return await self._write(msgspec.structs.replace(letter, details=details))

    async def shred(self, letter: Letter) -> None:
        """Its files are the caller's."""
        await self._work.connection.execute(delete(letters).where(letters.c.id == letter.id))
        await self._work.shred([letter.key_id])

    async def _put(self, letter: Letter, status: LetterStatus, details: Details) -> Letter:
        if status not in FOLLOWING[letter.status]:
            raise Conflict(f"The letter is {letter.status}.")
        return await self._write(
            msgspec.structs.replace(letter, status=status, since=self._work.today, details=details)
        )

    async def _write(self, letter: Letter) -> Letter:
        """With the revision that was read; it is returned with the next one."""
        work, revision = self._work, letter.revision + 1
        body = await seal_record(work, letter.key_id, _LETTER, letter.id, revision, letter.details)
        changed = await work.connection.execute(
            update(letters)
            .where(letters.c.id == letter.id, letters.c.revision == letter.revision)
            .values(status=letter.status, since=letter.since, revision=revision, body=body)
        )
        if changed.rowcount != 1:
            raise Conflict("Somebody else has changed the letter in the same moment.")
        return msgspec.structs.replace(letter, revision=revision)

    async def _found(self, which: ColumnElement[bool]) -> list[Letter]:
        rows = await self._work.connection.execute(select(letters).where(which))
        return await _readable(rows.all(), self._opened)

    async def _opened(self, row: Row[Any]) -> Letter:
        details: Details = await open_record(self._work, row.key_id, _LETTER, row.id, row.revision, row.body, Details)
        return Letter(
            id=LetterId(row.id),
            status=LetterStatus(row.status),
            since=row.since,
            revision=row.revision,
            key_id=KeyId(row.key_id),
            details=details,
        )


class Templates:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def all(self) -> list[Template]:
        """By name; without those that do not open."""
        return sorted(await self._found(true()), key=lambda template: template.name.reveal().casefold())

    async def find(self, template: TemplateId) -> Template | None:
        return next(iter(await self._found(letter_templates.c.id == template)), None)

    async def create(self, template: TemplateId, name: Private[str]) -> None:
        work = self._work
        key_id, _ = await work.keys.new(work.connection)
        body = await seal_record(work, key_id, _TEMPLATE, template, 0, _Template(name=name))
        await work.connection.execute(
            insert(letter_templates).values(id=template, revision=0, key_id=key_id, body=body)
        )

    async def change(self, template: Template, frames: dict[str, Frame]) -> None:
        """Raises Conflict."""
        work, revision = self._work, template.revision + 1
        record = _Template(name=template.name, frames=frames)
        body = await seal_record(work, template.key_id, _TEMPLATE, template.id, revision, record)
        changed = await work.connection.execute(
            update(letter_templates)
            .where(letter_templates.c.id == template.id, letter_templates.c.revision == template.revision)
            .values(revision=revision, body=body)
        )
        if changed.rowcount != 1:
            raise Conflict("Somebody else has changed the template in the same moment.")

    async def shred(self, template: Template) -> None:
        await self._work.connection.execute(delete(letter_templates).where(letter_templates.c.id == template.id))
        await self._work.shred([template.key_id])

    async def _found(self, which: ColumnElement[bool]) -> list[Template]:
        rows = await self._work.connection.execute(select(letter_templates).where(which))
        return await _readable(rows.all(), self._opened)

    async def _opened(self, row: Row[Any]) -> Template:
        body: _Template = await open_record(
            self._work, row.key_id, _TEMPLATE, row.id, row.revision, row.body, _Template
        )
        return Template(
            id=TemplateId(row.id),
            revision=row.revision,
            key_id=KeyId(row.key_id),
            name=body.name,
            frames=body.frames,
        )


async def _readable(rows: Sequence[Row[Any]], opened: Callable[[Row[Any]], Awaitable[T]]) -> list[T]:
    found = []
    for row in rows:
        try:
            found.append(await opened(row))
        except VaultError as error:
            log.error("a letter or template that can't be read counts as none: %s", type(error).__name__)
    return found
