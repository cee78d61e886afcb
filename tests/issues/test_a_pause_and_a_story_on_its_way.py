"""Who paused was told that nothing comes before that day. A story that had been handed out, but not sent, came all the
same.
"""

from __future__ import annotations

import pytest

from storage.store import Store
from tests.databases import BOTH_BUT_POSTGRESQL_IN_SOAK, Newsroom
from tests.integration.flows.people import STORY, Cast, subscribe
from tests.integration.flows.test_leaving import published_but_not_sent
from tests.issues.stages import newsroom_stage

pytestmark = BOTH_BUT_POSTGRESQL_IN_SOAK


@pytest.mark.parametrize("how_long", ["На неделю", "Пока я не вернусь"])
async def test_nothing_comes_after_it(store: Store, newsroom: Newsroom, how_long: str) -> None:
    cast = Cast(stage=newsroom_stage(store), data=newsroom.data)
    await subscribe(cast.reader)
    await cast.reader.says("/read_stories")
    await cast.reader.presses("Сделать паузу")
    async with published_but_not_sent(cast):
        await cast.reader.presses(how_long)
    assert [seen for seen in cast.reader.chat if STORY in seen.text.text] == []
