"""The versions of a story: each can be read, compared with another, and taken up again."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.flows.flow import Answer, Bubble, Go, Option, Outcome, Picked, Prompt, Reads, Step, Words
from bot.flows.questions import BACK, back_row, otherwise, rows
from bot.texts.fluent import Message, msg
from handlers.editors.colleagues import Names, names
from handlers.editors.decisions import SaveVersion
from handlers.editors.moment import moment_of
from handlers.editors.opened import Desk
from handlers.editors.reading import nothing_here
from handlers.editors.sight import visible
from handlers.manuscript.cuts import only_cut
from handlers.manuscript.sections import shown
from storage.private import Private
from storage.story import OPEN, Contact, Story, Version

_A_ROW = 3


@dataclass(frozen=True, kw_only=True)
class Shelf:
    story: Story
    kept: list[Version]
    names: Names
    text: Private[str]
    """of the version that was chosen, else of the latest"""
    may_return: bool
    """to that version"""
    moment: str


async def _load(reads: Reads, draft: Desk) -> Shelf | None:
    found = await visible(reads.tx, reads.who, draft.story)
    if found is None:
        return None
    story, _ = found
    kept = await reads.tx.stories.versions(story)
    chosen = [version.number for version in kept if version.number == draft.version]
    number = chosen[0] if chosen else story.details.latest
    text = await reads.tx.stories.text(story, number)
    may_return = story.status in OPEN and number != story.details.latest
    if may_return and story.details.contact is Contact.NEVER:
        may_return = only_cut(await reads.tx.stories.text(story, kept[0].number), text)
    called = await names(reads.tx, reads.who.chat.platform)
    return Shelf(
        story=story, kept=kept, names=called, text=text, may_return=may_return, moment=await moment_of(reads.tx, story)
    )


def _ask_which(_draft: Desk, shelf: Shelf | None) -> Prompt:
    if shelf is None:
        return nothing_here()
    numbers = [version.number for version in reversed(shelf.kept)]
    options = [Option(f"version-{number}", msg("version-button", version=number)) for number in numbers]
    choices = tuple(tuple(options[place : place + _A_ROW]) for place in range(0, len(options), _A_ROW))
    listed = [_made(version, shelf.names) for version in shelf.kept]
    return Prompt(text=(msg("versions-are", count=len(options)), *listed), choices=choices + back_row())


def _made(version: Version, called: Names) -> Message:
    """By whom and when, as far as that is kept."""
    if version.number == 1:
        return msg("version-of-author")
    name = called.get(version.editor) if version.editor is not None else None
    if version.day is None:
        return msg("version-unknown", version=version.number)
    if name is None:
        return msg("version-former", version=version.number, day=version.day)
    return msg("version-by", version=version.number, day=version.day, name=name)


def _answer_which(draft: Desk, shelf: Shelf | None, answer: Answer) -> Outcome:
    match answer:
        case Picked(value) if shelf is not None and value in {f"version-{one.number}" for one in shelf.kept}:
            number = int(value.removeprefix("version-"))
            return Go("version", msgspec.structs.replace(draft, version=number))
    return otherwise(answer)


def _ask_one(draft: Desk, shelf: Shelf | None) -> Prompt:
    if shelf is None or not _stands(draft, shelf):
        return nothing_here()
    return Prompt(
        before=(Bubble(text=shown(shelf.text)),),
        text=(msg("version-is", version=draft.version),),
        choices=rows(*_options(draft, shelf), (BACK, msg("button-back"))),
    )


def _stands(draft: Desk, shelf: Shelf) -> bool:
    return draft.version in {version.number for version in shelf.kept}


def _options(draft: Desk, shelf: Shelf) -> list[tuple[str, Words]]:
    options: list[tuple[str, Words]] = []
    before = [version.number for version in shelf.kept if version.number < draft.version]
    if before:
        options.append((f"against-{before[-1]}", msg("version-against-last")))
    if len(before) > 1:
        options.append((f"against-{before[0]}", msg("version-against-first")))
    if shelf.may_return:
        options.append((f"take-{shelf.moment}", msg("version-take")))
    return options


def _answer_one(draft: Desk, shelf: Shelf | None, answer: Answer) -> Outcome:
    if shelf is None or not _stands(draft, shelf):
        return otherwise(answer)
    match answer:
        case Picked(value) if value not in {offer for offer, _ in _options(draft, shelf)} and value != BACK:
            return Go("desk", draft, notice=msg("desk-has-changed"))
        case Picked(value) if value.startswith("against-"):
            against = int(value.removeprefix("against-"))
            return Go("changes", msgspec.structs.replace(draft, against=against, page=0))
        case Picked(value) if value.startswith("take-"):
            effect = SaveVersion(story=draft.story, moment=shelf.moment, text=shelf.text)
            return Go("desk", draft, notice=msg("version-taken", version=draft.version), effects=(effect,))
    return otherwise(answer)


VERSIONS: Step[Desk, Shelf | None] = Step(name="versions", load=_load, ask=_ask_which, answer=_answer_which)
ONE_VERSION: Step[Desk, Shelf | None] = Step(name="version", load=_load, ask=_ask_one, answer=_answer_one)
