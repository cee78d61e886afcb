"""A newsletter before its eyes: as each messenger will show it, and as a test in the editor's own chat."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Outcome, Reads, Stay
from bot.flows.turn import Turn
from bot.numbered import numbered
from bot.texts.fluent import Message, msg
from bot.texts.rich import Rich
from bot.types import Choice, Content, Link, calling
from handlers.languages import language_name
from handlers.letters.correcting import corrected
from handlers.letters.rendering import pages, with_ways
from handlers.letters.sending import first_message, place_meant
from handlers.letters.sight import may_correct, visible
from handlers.policy import EDITOR_WIPE_SECONDS
from handlers.subscribers.letters import show_further
from storage.ids import LetterId

TEST_COMMAND = "letter_test"
PREVIEW_COMMAND = "letter_preview"
"""What its buttons call: they are to be seen."""


class PreviewLetter(msgspec.Struct, frozen=True, kw_only=True):
    letter: LetterId
    corrected: bool = False
    """with the correction that waits"""


class TryLetter(msgspec.Struct, frozen=True, kw_only=True):
    letter: LetterId


class ReadTest(msgspec.Struct, frozen=True, kw_only=True):
    """What follows after the first message of a test."""

    letter: LetterId
    language: str
    number: int


async def preview_letter(turn: Turn, effect: PreviewLetter) -> None:
    letter = await visible(turn.tx, turn.person, effect.letter)
    if letter is None:
        return
    if effect.corrected and may_correct(turn.person, letter):
        letter = corrected(turn, letter)
    nothing = calling(PREVIEW_COMMAND)
    for platform in turn.rooms.platforms:
        for language in letter.details.editions:
            name = language_name(language, turn.person.language)
            await _say(turn, msg("letter-preview", name=platform, language=name))
            shown = pages(turn, letter, language, platform)
            for number, content in enumerate((*shown.texts, *shown.pictures)):
                on = nothing if number < len(shown.texts) and shown.has_more_than(number) else None
                whole = with_ways(turn, content, language, platform, on=on, leave=nothing)
                await _show(turn, _as_on(turn, whole, platform))


def _as_on(turn: Turn, content: Content, platform: str) -> Content:
    """As it reads on that platform, shown on this one."""
    if platform == turn.person.chat.platform:
        return content
    if platform in turn.rooms.typed:
        return Content(text=numbered(content), media=content.media)
    links = tuple(tuple(one for one in row if isinstance(one, Link)) for row in content.buttons)
    choices = [Rich.plain(f"[{one.label}]") for row in content.buttons for one in row if isinstance(one, Choice)]
    text = Rich.join("\n", [content.text, Rich(), *choices])
    return Content(text=text, buttons=tuple(row for row in links if row), media=content.media)


async def try_letter(turn: Turn, effect: TryLetter) -> None:
    """The very message that a reader gets; its buttons work, "leave" too."""
    letter, chat = await visible(turn.tx, turn.person, effect.letter), turn.person.chat
    if letter is not None:
        for language in letter.details.editions:
            await _show(turn, first_message(turn, letter, language, chat.platform, command=TEST_COMMAND))


async def read_test(turn: Turn, effect: ReadTest) -> None:
    letter = await visible(turn.tx, turn.person, effect.letter)
    if letter is None:
        await _say(turn, msg("letter-is-gone"))
    else:
        await show_further(turn, letter, effect.language, effect.number, command=TEST_COMMAND)


async def read_test_now(_reads: Reads, argument: str) -> Outcome:
    letter, language, number = place_meant(argument)
    return Stay(effects=(ReadTest(letter=letter, language=language, number=number),), quiet=True)


async def say_preview(_reads: Reads, _argument: str) -> Outcome:
    return Stay(notice=msg("letter-preview-button"))


async def _say(turn: Turn, words: Message) -> None:
    who = turn.person
    await turn.show(who.chat, turn.words(who.chat.platform, who.language, words), wipe_after=EDITOR_WIPE_SECONDS)


async def _show(turn: Turn, content: Content) -> None:
    await turn.show(
        turn.person.chat, content.text, buttons=content.buttons, media=content.media, wipe_after=EDITOR_WIPE_SECONDS
    )
