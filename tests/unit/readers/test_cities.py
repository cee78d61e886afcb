"""Cities and offsets as people type them."""

from __future__ import annotations

import pytest

from bot.texts.fluent import Language, msg
from handlers.subscribers.cities import city_of, known_zones, look_up
from handlers.subscribers.often import zone_key
from storage.rhythm import zone_of
from tests.sentences import newsroom_texts

UNDECLINED = {
    *("Тбилиси", "Баку", "Алматы", "Душанбе", "Хельсинки", "Осло", "Токио", "Коломбо", "Чикаго", "Торонто", "Мехико"),
    *("Сан-Паулу", "Сантьяго"),
}


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("Москва", "Europe/Moscow"),
        ("  тбилиси ", "Asia/Tbilisi"),
        ("г. Санкт-Петербург", "Europe/Moscow"),
        ("санкт петербург", "Europe/Moscow"),
        ("Орел", "Europe/Moscow"),
        ("Königsberg", "Europe/Kaliningrad"),
        ("munchen", "Europe/Berlin"),
        ("PRAHA", "Europe/Prague"),
        ("Prag", "Europe/Prague"),
        ("Сербия", "Europe/Belgrade"),
        ("+4", "UTC+4"),
        ("UTC +04:00", "UTC+4"),
        ("gmt−3", "UTC-3"),
        ("+5:30", "UTC+5:30"),
        ("+0", "UTC+0"),
    ],
)
def test_a_clock_is_found(written: str, zone: str) -> None:
    found = look_up(written)
    assert found.is_sure
    assert found.zones == (zone,)


@pytest.mark.parametrize(
    ("written", "zone"), [("Тбилисси", "Asia/Tbilisi"), ("Белгр", "Europe/Belgrade"), ("Moskow", "Europe/Moscow")]
)
def test_what_may_be_meant_is_offered(written: str, zone: str) -> None:
    found = look_up(written)
    assert not found.is_sure
    assert zone in found.zones


@pytest.mark.parametrize("written", ["Атлантида", "+15", "-12:30", "4", "ё" * 100_000, "🌍", "+4:17"])
def test_what_there_is_not_is_not_found(written: str) -> None:
    assert look_up(written).zones == ()


def test_every_city_has_its_genitive_in_russian() -> None:
    for zone in known_zones():
        city = city_of(zone, "ru")
        said = newsroom_texts().say(Language("ru"), msg("zone-of", zone=zone_key(zone), city=city)).text
        assert (said == city) == (city in UNDECLINED), f"{zone}: {said}"


def test_every_clock_runs_and_has_one_name_each() -> None:
    assert [zone for zone in known_zones() if str(zone_of(zone)) != zone] == []
    for language in ("ru", "en", "de", "fr", "cs"):
        names = [city_of(zone, language) for zone in known_zones()]
        assert len(set(names)) == len(names)
