"""How a broadcast goes, in the editors' room and in an editor's private chat."""

from __future__ import annotations

import pytest

from bot.flows.testing import Stage
from bot.outcomes import Later, Outcome
from bot.platforms.base import Deliver, OpenBlob
from bot.types import Show
from handlers.broadcasting.progress import payload
from handlers.policy import PROGRESS_SECONDS
from storage.address import Address
from storage.broadcasts import Broadcast
from storage.role import Role
from tests.clock import Clock
from tests.integration.flows.library import put_out
from tests.integration.flows.people import Cast, enrol, labels, subscribe


@pytest.fixture
def busy(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Chats that the messenger tells to wait."""
    busy: set[str] = set()
    ready = stage.adapter.ready

    async def patched(show: Show, open_blob: OpenBlob) -> Deliver:
        usual = await ready(show, open_blob)

        async def deliver(chat: Address, key: str) -> Outcome:
            return Later(after=PROGRESS_SECONDS) if chat.chat.reveal() in busy else await usual(chat, key)

        return deliver

    monkeypatch.setattr(stage.adapter, "ready", patched)
    return busy


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
    await boris.reads("Пока вы смотрели, рассылка изменилась.")
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
