"""What stories are about. A story has one topic or none; readers choose theirs. Names are in `locales/*/topics.ftl`."""

from __future__ import annotations

from bot.texts.fluent import Message, msg

TOPICS = ("war", "home", "leaving", "prison", "work", "family", "protest", "help")
OTHER = "other"
"""What a story without a topic counts as, and one whose topic is no more."""
READERS_TOPICS = (*TOPICS, OTHER)


def readers_topic(topic: str) -> str:
    """Of a story, as readers choose it."""
    return topic if topic in TOPICS else OTHER


def topic_name(topic: str) -> Message:
    """As a button says it."""
    return msg(f"topic-{readers_topic(topic)}")
