"""What editors must know besides the text: topic, region, whether its author may be written to, the terms."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Go, Option, Outcome, Picked, Prompt, Rewrote, Stay, Wrote
from bot.flows.questions import back_row, rows
from bot.texts.fluent import msg
from handlers.contributors.telling.collecting import meanwhile
from handlers.contributors.telling.draft import Telling
from handlers.policy import LONGEST_REGION
from handlers.topics import TOPICS, topic_name
from storage.private import Private
from storage.story import Contact

_OTHER = "other"


# ── topic ────────────────────────────────────────────────────────────────────────────────────────────────────────
def ask_topic(_draft: Telling, _view: None) -> Prompt:
    options = [Option(topic, topic_name(topic)) for topic in TOPICS]
    pairs = tuple(tuple(options[place : place + 2]) for place in range(0, len(options), 2))
    return Prompt(text=(msg("tell-topic"),), choices=pairs + rows((_OTHER, topic_name(""))) + back_row())


def answer_topic(draft: Telling, _view: None, answer: Answer) -> Outcome:
    match answer:
        case Picked(topic) if topic in (*TOPICS, _OTHER):
            return _on(msgspec.structs.replace(draft, topic="" if topic == _OTHER else topic))
    return meanwhile(draft, answer)


# ── region ───────────────────────────────────────────────────────────────────────────────────────────────────────
def ask_region(_draft: Telling, _view: None) -> Prompt:
    return Prompt(
        text=(msg("tell-region"), msg("tell-region-how")), choices=rows(("skip", msg("tell-region-skip"))) + back_row()
    )


def answer_region(draft: Telling, _view: None, answer: Answer) -> Outcome:
    match answer:
        case Picked("skip"):
            return _on(msgspec.structs.replace(draft, region=Private("")))
        case Wrote(text=text):
            return _place(draft, text)
        case Rewrote(text=text, message=message) if text.reveal() and not draft.has(message):
            return _place(draft, text)  # one that was too long, made shorter where it stands
    return meanwhile(draft, answer)


def _place(draft: Telling, region: Private[str]) -> Outcome:
    if len(region.reveal()) > LONGEST_REGION or "\n" in region.reveal():
        return Stay(notice=msg("tell-region-too-long", most=LONGEST_REGION))
    return _on(msgspec.structs.replace(draft, region=region))


# ── may we write to you ──────────────────────────────────────────────────────────────────────────────────────────
def ask_contact(_draft: Telling, _view: None) -> Prompt:
    return Prompt(
        text=(msg("tell-contact"), msg("tell-contact-never-means")),
        choices=rows(
            (Contact.SILENT, msg("tell-contact-silent")),
            (Contact.RETURN, msg("tell-contact-return")),
            (Contact.NEVER, msg("tell-contact-never")),
        )
        + back_row(),
    )


def answer_contact(draft: Telling, _view: None, answer: Answer) -> Outcome:
    match answer:
        case Picked(Contact.SILENT | Contact.RETURN | Contact.NEVER as contact):
            return _on(msgspec.structs.replace(draft, contact=Contact(contact)))
    return meanwhile(draft, answer)


# ── the terms ────────────────────────────────────────────────────────────────────────────────────────────────────
def ask_licence(_draft: Telling, _view: None) -> Prompt:
    return Prompt(
        text=(msg("tell-licence"), msg("tell-licence-needed")),
        choices=rows(("agree", msg("tell-licence-agree"))) + back_row(),
    )


def answer_licence(draft: Telling, _view: None, answer: Answer) -> Outcome:
    if answer == Picked("agree"):
        return _on(msgspec.structs.replace(draft, has_agreed=True))
    return meanwhile(draft, answer)


def _on(draft: Telling) -> Outcome:
    return Go(draft.onward, draft)
