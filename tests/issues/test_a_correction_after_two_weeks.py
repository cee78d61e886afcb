"""Two weeks after a story came out only what readers have is kept. A correction after that left the text that had been
corrected behind, for ever: perhaps the very name that was to go.
"""

from __future__ import annotations

from handlers.policy import SOURCE_DAYS
from storage.store import Store
from tests.clock import Clock
from tests.databases import BOTH_BUT_POSTGRESQL_IN_SOAK, Newsroom
from tests.integration.flows.people import Cast
from tests.issues.stages import newsroom_stage

pytestmark = BOTH_BUT_POSTGRESQL_IN_SOAK

TEXT = "Мы вышли с Ириной на плошадь."


async def test_leaves_only_what_readers_have(store: Store, newsroom: Newsroom, clock: Clock) -> None:
    cast = Cast(stage=newsroom_stage(store), data=newsroom.data)
    anna, boris = await cast.editors()
    await cast.publish(cast.author, anna, boris, TEXT)
    clock.pass_(days=SOURCE_DAYS)
    await cast.stage.settle()
    key = (await cast.story()).key_id
    await cast.open_card(anna)
    for label in ("Выход и публикация", "Исправить текст", "Заменить отрывок"):
        await anna.presses(label)
    await anna.says("с Ириной на плошадь")
    await anna.says("на площадь")
    await anna.presses("Смысл тот же")
    await cast.open_card(boris)
    for label in ("Выход и публикация", "Открыть исправление", "Подтвердить"):
        await boris.presses(label)
    assert await cast.text() == "Мы вышли на площадь."
    assert (await cast.rows())["versions"] == 1
    assert (await cast.story()).key_id != key
    assert await cast.keys_without_use() == 0


async def test_neither_a_late_note_nor_a_correction_that_nobody_confirms_stays(
    store: Store, newsroom: Newsroom, clock: Clock
) -> None:
    cast = Cast(stage=newsroom_stage(store), data=newsroom.data)
    anna, boris = await cast.editors()
    await cast.publish(cast.author, anna, boris, TEXT)
    clock.pass_(days=SOURCE_DAYS)
    await cast.stage.settle()
    await cast.open_card(anna)
    await anna.presses("Записать заметку")
    await anna.says("Ирина просила не называть её.")
    await cast.open_card(anna)
    for label in ("Выход и публикация", "Исправить текст", "Заменить отрывок"):
        await anna.presses(label)
    await anna.says("с Ириной на плошадь")
    await anna.says("на площадь")
    await anna.presses("Смысл тот же")
    assert (await cast.story()).details.notes
    clock.pass_(days=SOURCE_DAYS)
    await cast.stage.settle()
    kept = await cast.story()
    assert (kept.details.notes, kept.details.correction) == ((), None)
    assert (await cast.rows())["versions"] == 1
    assert await cast.text() == TEXT
