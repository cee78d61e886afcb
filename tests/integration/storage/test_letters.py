"""Newsletters as they are kept: what changes one undoes its approvals, whoever comes second is told, nothing stays."""

from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import func, select

from storage.errors import Conflict
from storage.ids import EditorId, LetterId, TemplateId, new_id
from storage.letter import Edition, Frame, Letter, LetterStatus
from storage.private import Private
from storage.store import Store, Transaction
from storage.tables import letter_templates, letters, wraps
from tests.clock import Clock

ANNA, BORIS = EditorId(b"a" * 16), EditorId(b"b" * 16)


async def written(tx: Transaction) -> Letter:
    letter = await tx.letters.create(LetterId(new_id()), Private("Ноябрь"), "telegram")
    editions = {"ru": Edition(text=Private("Здравствуйте."))}
    return await tx.letters.change(letter, msgspec.structs.replace(letter.details, editions=editions))


async def approved(tx: Transaction) -> Letter:
    return await tx.letters.approve(await tx.letters.approve(await written(tx), ANNA), BORIS)


async def test_a_letter_comes_back_as_it_was_kept(store: Store) -> None:
    async with store.write() as tx:
        letter = await approved(tx)
    async with store.read() as tx:
        assert await tx.letters.find(letter.id) == letter
        assert await tx.letters.all() == [letter]
        assert await tx.letters.find(LetterId(b"0" * 16)) is None


async def test_who_approves_twice_counts_once_and_a_change_undoes_all_approvals(store: Store) -> None:
    async with store.write() as tx:
        letter = await tx.letters.approve(await approved(tx), ANNA)
        assert letter.details.approvals == (ANNA, BORIS)
        changed = await tx.letters.change(letter, msgspec.structs.replace(letter.details, title=Private("Декабрь")))
    assert (changed.details.approvals, changed.details.content) == ((), letter.details.content + 1)


async def test_whoever_changes_what_they_have_not_read_is_told(store: Store) -> None:
    async with store.write() as tx:
        letter = await written(tx)
        await tx.letters.change(letter, letter.details)
        with pytest.raises(Conflict):
            await tx.letters.change(letter, letter.details)


async def test_what_is_sent_changes_no_more(store: Store) -> None:
    async with store.write() as tx:
        letter = await approved(tx)
        sent = await tx.letters.move(letter, LetterStatus.SENT, letter.details)
        for again in (tx.letters.change, lambda one, details: tx.letters.move(one, LetterStatus.SENT, details)):
            with pytest.raises(Conflict):
                await again(sent, sent.details)


async def test_what_is_noted_of_a_sent_letter_leaves_it_sent_and_a_letter_taken_back_stays_so(
    store: Store, clock: Clock
) -> None:
    async with store.write() as tx:
        letter = await approved(tx)
        with pytest.raises(Conflict):
            await tx.letters.amend(letter, letter.details)
        sent = await tx.letters.move(letter, LetterStatus.SENT, letter.details)
    clock.pass_(days=1)
    async with store.write() as tx:
        noted = await tx.letters.amend(sent, msgspec.structs.replace(sent.details, retracts=ANNA))
        assert (noted.status, noted.since) == (LetterStatus.SENT, sent.since)
        gone = await tx.letters.move(noted, LetterStatus.RETRACTED, noted.details)
        assert (gone.since - sent.since).days == 1
        assert await tx.letters.find(letter.id) == gone
        with pytest.raises(Conflict):
            await tx.letters.amend(gone, gone.details)
        for status in LetterStatus:
            with pytest.raises(Conflict):
                await tx.letters.move(gone, status, gone.details)


async def test_a_template_is_kept_by_its_languages(store: Store) -> None:
    template = TemplateId(new_id())
    frames = {"ru": Frame(greeting=Private("Друзья!"), footer=Private("Редакция"))}
    async with store.write() as tx:
        await tx.letters.templates.create(template, Private("Обычный"))
        (made,) = await tx.letters.templates.all()
        await tx.letters.templates.change(made, frames)
        with pytest.raises(Conflict):
            await tx.letters.templates.change(made, {})
    async with store.read() as tx:
        found = await tx.letters.templates.find(template)
    assert found is not None
    assert (found.name, found.frames) == (Private("Обычный"), frames)


async def test_nothing_is_left_of_what_is_shredded(store: Store) -> None:
    async with store.read() as tx:
        before = (await tx.work.connection.execute(select(func.count()).select_from(wraps))).scalar_one()
    async with store.write() as tx:
        letter = await written(tx)
        await tx.letters.templates.create(TemplateId(new_id()), Private("Обычный"))
        await tx.letters.shred(letter)
        await tx.letters.templates.shred((await tx.letters.templates.all())[0])
    async with store.read() as tx:
        for table, left in ((letters, 0), (letter_templates, 0), (wraps, before)):
            assert (await tx.work.connection.execute(select(func.count()).select_from(table))).scalar_one() == left
