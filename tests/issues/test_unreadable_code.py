"""A code for new editors that did not open stopped the daily sweep before it came to lanes, files and the journal."""

from __future__ import annotations

from sqlalchemy import func, select, update

from storage import maintenance
from storage.store import Store
from storage.tables import settings, wraps
from tests.integration.storage.people import account


async def test_a_code_that_does_not_open_is_swept_with_its_key_and_a_good_one_stays(store: Store) -> None:
    async with store.write() as tx:
        await tx.editors.new_code("Анна")
        code = settings.c.name.startswith("enrol:")
        key_id = (await tx.work.connection.execute(select(settings.c.value).where(code))).scalar_one()[:16]
        await tx.work.connection.execute(update(settings).where(code).values(value=key_id + b"\x01" * 100))
        good = await tx.editors.new_code("Борис")
    await maintenance.sweep(store)
    async with store.write() as tx:
        named = select(func.count()).where(settings.c.name.startswith("enrol:"))
        assert (await tx.work.connection.execute(named)).scalar_one() == 1
        kept = select(func.count()).where(wraps.c.key_id == key_id)
        assert (await tx.work.connection.execute(kept)).scalar_one() == 0
        assert await tx.editors.redeem(good, account()) is not None
