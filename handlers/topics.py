"""What stories are about. A story has one topic or none; readers choose theirs. Names are in `locales/*/topics.ftl`."""

from __future__ import annotations

from bot.texts.fluent import Message, msg

TOPICS = ("war", "home", "leaving", "prison", "work", "family", "protest", "help")


def topic_name(topic: str) -> Message:
    """As a button says it; of no topic, and of one that is no more, "other"."""
    return msg(f"topic-{topic if topic in TOPICS else 'other'}")
