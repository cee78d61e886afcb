"""How a broadcast goes, in the editors' room and in an editor's private chat."""

from __future__ import annotations

import pytest

from bot.flows.testing import Stage
from handlers.broadcasting.progress import payload
from handlers.policy import PROGRESS_SECONDS
from storage.broadcast import Broadcast, Progress
from storage.broadcasts import Broadcasts
from storage.role import Role
from storage.shards import Shards
from tests.clock import Clock
from tests.integration.flows.library import put_out
from tests.integration.flows.people import Cast, enrol, labels, subscribe


@pytest.fixture
def busy(stage: Stage) -> set[str]:
    return stage.adapter.busy


async def under_way(stage: Stage) -> Broadcast:
    async with stage.store.read() as tx:
        (broadcast,) = await tx.broadcasts.open()
        return broadcast


async def test_the_room_sees_how_it_goes_in_one_message(stage: Stage, cast: Cast, clock: Clock, busy: set[str]) -> None:
    other = stage.person("other")
    for reader in (cast.reader, other):
        await subscribe(reader)
    busy.add("other")
    await put_out(stage, "Мы вышли на площадь.")
    assert stage.sees("editors") == []
    clock.pass_(seconds=PROGRESS_SECONDS)
    await stage.settle()
    (seen,) = stage.sees("editors")
    assert "Рассылка: «Рябина-100»" in seen.text.text
    assert "▓▓▓▓▓░░░░░ 50 %" in seen.text.text
    assert "Отправлено: 1 из 2." in seen.text.text
    assert "Пока не отправлено: 1." in seen.text.text
    await other.says("/leave")
    for _ in range(2):
        clock.pass_(seconds=PROGRESS_SECONDS)
        await stage.settle()
    (ended,) = stage.sees("editors")
    assert ended.number == seen.number
    assert "Рассылка закончена." in ended.text.text
    assert "Отправлено: 1 из 2." in ended.text.text
    assert "Отписались за это время: 1." in ended.text.text
    assert ended.buttons == ()
    clock.pass_(days=1)
    await stage.settle()
    assert stage.sees("editors")[0].text == ended.text


async def test_an_editor_pauses_resumes_and_cancels_it(stage: Stage, cast: Cast, clock: Clock, busy: set[str]) -> None:
    anna = await enrol(stage, "anna")
    await subscribe(cast.reader)
    busy.add("reader")
    await put_out(stage, "Мы вышли на площадь.")
    clock.pass_(seconds=PROGRESS_SECONDS)
    await stage.settle()
    await anna.opens("editors", "Управлять рассылкой", about="Рассылка")
    await anna.presses("Приостановить")
    await anna.expects("Рассылка на паузе.")
    assert "Рассылка на паузе." in stage.sees("editors")[-1].text.text
    busy.clear()
    clock.pass_(hours=1)
    await stage.settle()
    assert not [seen for seen in cast.reader.chat if "площадь" in seen.text.text]
    await anna.presses("Отменить рассылку")
    await anna.presses("Не отменять")
    await anna.presses("Продолжить")
    assert [seen for seen in cast.reader.chat if "площадь" in seen.text.text]
    await anna.presses("Обновить")
    await anna.expects("Рассылка закончена.")
    assert "Приостановить" not in labels(anna)


async def test_it_is_told_to_its_end_also_when_it_ends_while_it_is_told(
    stage: Stage, cast: Cast, clock: Clock, busy: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By another worker, between two looks into the database."""
    await subscribe(cast.reader)
    busy.add("reader")
    await put_out(stage, "Мы вышли на площадь.")
    progress = Broadcasts.progress

    async def ends_meanwhile(self: Broadcasts, broadcast: Broadcast) -> Progress:
        await self.cancel(broadcast.id)
        await Shards(self._work).close(broadcast)
        return await progress(self, broadcast)

    monkeypatch.setattr(Broadcasts, "progress", ends_meanwhile)
    for _ in range(3):
        clock.pass_(seconds=PROGRESS_SECONDS)
        await stage.settle()
    assert "Рассылка отменена." in stage.sees("editors")[-1].text.text


async def test_what_is_cancelled_reaches_nobody_else(stage: Stage, cast: Cast, clock: Clock, busy: set[str]) -> None:
    anna = await enrol(stage, "anna")
    await subscribe(cast.reader)
    busy.add("reader")
    await put_out(stage, "Мы вышли на площадь.")
    await anna.says(f"/start {payload((await under_way(stage)).id)}")
    await anna.presses("Отменить рассылку")
    await anna.expects("продолжить эту рассылку будет нельзя")
    await anna.presses("Отменить рассылку")
    await anna.expects("Рассылка отменена.")
    busy.clear()
    clock.pass_(hours=1)
    await stage.settle()
    assert not [seen for seen in cast.reader.chat if "площадь" in seen.text.text]
    await anna.reads("Пока не отправлено: 1.")


async def test_of_two_editors_the_second_sees_what_the_first_has_done(stage: Stage, cast: Cast, busy: set[str]) -> None:
    anna, boris = await enrol(stage, "anna"), await enrol(stage, "boris")
    await subscribe(cast.reader)
    busy.add("reader")
    await put_out(stage, "Мы вышли на площадь.")
    link = payload((await under_way(stage)).id)
    for editor in (anna, boris):
        await editor.says(f"/start {link}")
    await anna.presses("Приостановить")
    await boris.presses("Приостановить")
    await boris.reads("Пока вы смотрели, здесь уже всё изменилось.")
    await boris.expects("Рассылка на паузе.")


async def test_a_translator_looks_on_and_a_stranger_sees_nothing(stage: Stage, cast: Cast, busy: set[str]) -> None:
    vera = await enrol(stage, "vera", Role.TRANSLATOR)
    await subscribe(cast.reader)
    busy.add("reader")
    await put_out(stage, "Мы вышли на площадь.")
    link = payload((await under_way(stage)).id)
    await vera.says(f"/start {link}")
    await vera.expects("Отправлено: 0 из 1.")
    assert "Приостановить" not in labels(vera)
    await cast.reader.says(f"/start {link}")
    assert "Отправлено" not in cast.reader.last.text.text
