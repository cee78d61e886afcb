"""A text that went back to its author and came again unchanged kept the approvals that it had. Whoever had given them
was not asked about it again, and when both had, neither could: two editors had a story that could never come out.
"""

from __future__ import annotations

import pytest

from storage.store import Store
from storage.story import Status
from tests.databases import BOTH_BUT_POSTGRESQL_IN_SOAK, Newsroom
from tests.integration.flows.people import Cast
from tests.issues.stages import newsroom_stage

pytestmark = BOTH_BUT_POSTGRESQL_IN_SOAK


@pytest.mark.parametrize("approvals", [1, 2])
async def test_it_counts_no_more(store: Store, newsroom: Newsroom, approvals: int) -> None:
    cast = Cast(stage=newsroom_stage(store), data=newsroom.data)
    anna, boris = await cast.editors()
    await cast.agree(cast.author, anna)
    for editor in (anna, boris)[:approvals]:
        await cast.open_card(editor)
        await editor.presses("Одобрить")
    await cast.open_card(anna)
    await anna.presses("Ещё")
    await anna.presses("Вернуть автору")
    await anna.says("Уберите имя директора.")
    await cast.open_card(anna)
    await anna.presses("Отправить автору")
    await cast.author.says("/mine")
    await cast.author.presses("История 1")
    await cast.author.presses("Прочесть готовый текст")
    await cast.author.presses("Согласиться")
    assert "approvals" not in await cast.rows()
    await cast.open_card(anna)
    await anna.presses("Одобрить")
    assert (await cast.story()).status is Status.AGREED
    await cast.open_card(boris)
    await boris.presses("Одобрить")
    assert (await cast.story()).status is Status.SCHEDULED
