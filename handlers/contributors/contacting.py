"""Whether an author may be written to: chosen when sending, changed at any time after."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from bot.flows.flow import Answer, Go, Outcome, Picked, Prompt, Reads, Step, Words
from bot.flows.questions import BACK, back_row, otherwise, rows, too_late
from bot.flows.turn import Turn
from bot.texts.fluent import msg
from handlers.contributors.own import AboutAStory, own_in_turn, own_story
from handlers.contributors.reminding import SetReminder, may_be_reminded, order_reminder
from handlers.deadlines import kept_until
from handlers.editors.card import show_card
from handlers.policy import REMINDED_BEFORE_DAYS
from storage.ids import StoryId
from storage.story import OPEN, Contact, Status, Story


def may_be_reached(story: Story, today: date) -> bool:
    """While there may be something to ask; of what is published, whether it may be corrected."""
    return story.status in OPEN or (story.status is Status.PUBLISHED and today < kept_until(story))


class SetContact(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    contact: Contact


async def load_reachable(reads: Reads, draft: AboutAStory) -> Story | None:
    story = await own_story(reads, draft.story)
    return story if story is not None and may_be_reached(story, reads.tx.work.today) else None


def _ask(_draft: AboutAStory, story: Story | None) -> Prompt:
    if story is None:
        return Prompt(text=(msg("mine-is-gone"),), choices=back_row())
    others = [(contact.value, msg(f"contact-to-{contact}")) for contact in Contact if contact != story.details.contact]
    return Prompt(
        text=(msg(f"contact-is-{story.details.contact}"), msg("contact-means")),
        choices=rows(*others, *_reminder(story), (BACK, msg("contact-leave"))),
    )


def _reminder(story: Story) -> tuple[tuple[str, Words], ...]:
    """Not for who wants to hear nothing at all."""
    if not may_be_reminded(story) or story.details.contact is Contact.NEVER:
        return ()
    if story.details.reminds:
        return (("forget", msg("contact-remind-not")),)
    return (("remind", msg("contact-remind", days=REMINDED_BEFORE_DAYS)),)


def _answer(draft: Any, story: Story | None, answer: Answer) -> Outcome:
    if story is None:
        return too_late(answer)
    match answer:
        case Picked("remind" | "forget" as wish) if wish in dict(_reminder(story)):
            wanted = wish == "remind"
            notice = msg("contact-remind-set") if wanted else msg("contact-remind-unset")
            return Go("story", draft, notice=notice, effects=(SetReminder(story=draft.story, wanted=wanted),))
        case Picked(value) if value in tuple(Contact):
            effect = SetContact(story=draft.story, contact=Contact(value))
            return Go("story", draft, notice=msg(f"contact-set-{value}"), effects=(effect,))
    return otherwise(answer)


CONTACTING: Step[Any, Story | None] = Step(name="contact", load=load_reachable, ask=_ask, answer=_answer)


async def set_contact(turn: Turn, effect: SetContact) -> None:
    """Who wants to be asked nothing has skipped what was asked."""
    story = await own_in_turn(turn, effect.story, lambda story: may_be_reached(story, turn.tx.work.today))
    if effect.contact is Contact.NEVER:
        for asked in await turn.tx.questions.all(story):
            if asked.waits:
                await turn.tx.questions.skip(story, asked.id)
    reminds = story.details.reminds and effect.contact is Contact.SILENT  # "don't write to me" is meant for all
    details = msgspec.structs.replace(story.details, contact=effect.contact, reminds=reminds)
    amended = await turn.tx.stories.amend(story, details)
    await order_reminder(turn, amended)
    await show_card(turn, amended)
