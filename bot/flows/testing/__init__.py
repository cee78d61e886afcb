"""A driver that reads like a person: say, press, send a photo, expect, restart.

It runs the real store, engine, dispatcher, senders, timers and jobs; only the messenger is a stage with people on it.
A `StageAdapter` says what the messenger can: `StageAdapter.like(platform, capabilities)` reads as that one does.

    async with Stage(store, newsroom, texts) as stage:
        anna = stage.person("anna")
        await anna.says("/start")
        await anna.expects("Чем помочь?")
        await anna.presses("Рассказать историю")
"""

from bot.flows.testing.messenger import SECOND_BOT, Seen, StageAdapter
from bot.flows.testing.person import Person
from bot.flows.testing.stage import Stage

__all__ = ["SECOND_BOT", "Person", "Seen", "Stage", "StageAdapter"]
