"""`/official`: a person asks whether this bot is real: in their language, on any messenger, amid anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

import handlers
from bot.flows.program import JobKind
from bot.flows.testing import Stage
from bot.handles.listing import Listing, read, write
from bot.texts.fluent import Texts
from storage.store import Store
from storage.vault.signing import SigningKey
from tests.clock import Clock
from tests.databases import Newsroom
from tests.integration.flows.conftest import RESTARTS, messenger
from tests.integration.flows.held import Rules
from tests.integration.flows.people import STORY, Cast

KEY = SigningKey(bytes(range(32)))
ACCOUNTS = ("Telegram: @tamizdat_bot", "Matrix: @newsroom:example.org", "https://example.org")
UNTIL = date(2026, 3, 3)
"""the clock begins on 1 March"""
NONE = "Сейчас у нас нет подписанного списка адресов"


def signed() -> Listing:
    return read(write(KEY, name="Наш Тамиздат", accounts=ACCOUNTS, signed=date(2026, 2, 1), until=UNTIL))


@dataclass(kw_only=True)
class Shown:
    """What the service read at its start."""

    listing: Listing | None


@pytest.fixture
def shown() -> Shown:
    return Shown(listing=signed())


@pytest.fixture
def make_stage(store: Store, texts: Texts, fetch: JobKind, rules: Rules, shown: Shown) -> Callable[[str], Stage]:
    def make(manner: str) -> Stage:
        return Stage(
            store,
            lambda: rules.hold(handlers.newsroom(fetch, listing=shown.listing)),
            texts,
            adapter=messenger(manner),
            restart_always=manner == RESTARTS,
        )

    return make


async def test_the_list_is_shown_with_its_key_and_how_to_check(stage: Stage) -> None:
    reader = stage.person("reader")
    await reader.says("/official")
    for account in ACCOUNTS:
        await reader.reads(account)
    await reader.reads(str(KEY.public))
    await reader.reads("Наш Тамиздат: наши настоящие адреса")
    await reader.reads("буква за буквой")
    await reader.reads("действует до 3 марта 2026")


@pytest.mark.parametrize(
    ("language", "until", "none"),
    [
        ("ru", "до 3 марта 2026", "пока не пишите сюда"),
        ("en", "until 3 March 2026", "don't write here yet"),
        ("de", "bis 3. März 2026", "schreiben Sie hier noch nicht"),
        ("fr", "jusqu’au 3 mars 2026", "n’écrivez pas encore ici"),
        ("cs", "do 3. března 2026", "zatím sem nepište"),
    ],
)
async def test_everybody_reads_it_in_their_language(
    stage: Stage, shown: Shown, language: str, until: str, none: str
) -> None:
    reader = stage.person("reader", language=language)
    await reader.says("/official")
    await reader.reads(str(KEY.public))
    await reader.reads(until)
    shown.listing = None
    stage.restart()
    await reader.says("/official")
    await reader.reads(none)


async def test_what_has_expired_is_not_shown(stage: Stage, clock: Clock) -> None:
    reader = stage.person("reader")
    clock.pass_(days=2)
    await reader.says("/official")
    await reader.reads("@tamizdat_bot")
    clock.pass_(days=1)
    asker = stage.person("asker")
    await asker.says("/official")
    await asker.reads(NONE)
    assert all("@tamizdat_bot" not in seen.text.text for seen in asker.chat)


async def test_where_nothing_is_signed_it_is_said_calmly(stage: Stage, shown: Shown) -> None:
    shown.listing = None
    stage.restart()
    reader = stage.person("reader")
    await reader.says("/official")
    await reader.reads(NONE)


async def test_who_is_telling_a_story_may_ask_and_goes_on(stage: Stage, newsroom: Newsroom) -> None:
    cast = Cast(stage=stage, data=newsroom.data)
    await cast.begin(cast.author)
    await cast.author.says(STORY)
    await cast.author.says("/official")
    await cast.author.reads(str(KEY.public))
    await cast.author.presses("Готово")
    await cast.author.presses("Без имени")
