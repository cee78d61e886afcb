"""How often a reader hears from us, said in a sentence."""

from __future__ import annotations

from datetime import datetime

from bot.flows.flow import Words
from bot.texts.fluent import Message, msg
from handlers.subscribers.cities import city_of
from storage.rhythm import Every, Rhythm, zone_of


def how_often(rhythm: Rhythm, spoken: str) -> tuple[Words, ...]:
    """`spoken`: the language in which it will be read."""
    zone, city = zone_key(rhythm.zone), city_of(rhythm.zone, spoken)
    match rhythm.every:
        case Every.DAILY:
            return (msg("reader-daily", hour=rhythm.hour, zone=zone, city=city),)
        case Every.WEEKLY:
            return (msg("reader-weekly", weekday=rhythm.weekday, hour=rhythm.hour, zone=zone, city=city),)
    if rhythm.quiet is None:
        return (msg("reader-at-once"),)
    begins, ends = rhythm.quiet.begins, rhythm.quiet.ends
    return msg("reader-at-once"), msg("reader-quiet", begins=begins, ends=ends, zone=zone, city=city)


def clock_now(zone: str, now: int, spoken: str) -> Message:
    """So that a person sees whether it is theirs."""
    time = datetime.fromtimestamp(now, zone_of(zone)).strftime("%H:%M")
    return msg("rhythm-clock", time=time, zone=zone_key(zone), city=city_of(zone, spoken))


def zone_key(zone: str) -> str:
    """As a text can name it: Fluent takes no slash."""
    return zone.replace("/", "_")
