"""What is to be seen in each photo, in words, for those who can't see it. One at a time; each can be skipped."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Bubble, Go, Option, Outcome, Picked, Prompt, Rewrote, Stay, Wrote
from bot.flows.questions import back_row, rows
from bot.texts.fluent import msg
from handlers.contributors.telling.collecting import meanwhile
from handlers.contributors.telling.draft import Part, Telling
from handlers.policy import LONGEST_DESCRIPTION
from handlers.publication.page import media_of
from storage.private import Private


def ask_description(draft: Telling, _view: None) -> Prompt:
    part = _in_hand(draft)
    if part is None or part.file is None:
        return Prompt(text=(msg("tell-describe-none"),), choices=back_row())
    photos = draft.ready_photos
    number = msg("tell-describe-number", number=photos.index(part) + 1, count=len(photos))
    photo = Bubble(text=number, media=media_of(part.file))
    if part.alt is not None and part.alt.reveal():
        return Prompt(
            before=(photo,),
            text=(msg("tell-describe-is", description=part.alt), msg("tell-describe-anew")),
            choices=rows(("skip", msg("tell-describe-keep"))) + back_row(),
        )
    return Prompt(before=(photo,), text=(msg("tell-describe"),), choices=_skips(draft) + back_row())


def _skips(draft: Telling) -> tuple[tuple[Option, ...], ...]:
    several = sum(part.alt is None for part in draft.ready_photos) > 1
    skip_all = rows(("skip-all", msg("tell-describe-skip-all"))) if several else ()
    return rows(("skip", msg("tell-skip"))) + skip_all


def answer_description(draft: Telling, _view: None, answer: Answer) -> Outcome:
    part = _in_hand(draft)
    if part is None:
        return meanwhile(draft, answer)
    match answer:
        case Wrote(text=text):
            return _describe(draft, part, text)
        case Rewrote(text=text, message=message) if text.reveal() and not draft.has(message):
            return _describe(draft, part, text)  # one that was too long, made shorter where it stands
        case Picked("skip"):
            return _next(draft, part, part.alt or Private(""))
        case Picked("skip-all"):
            parts = tuple(_with_alt(one, one.alt or Private("")) if one.is_photo else one for one in draft.parts)
            return _on(msgspec.structs.replace(draft, parts=parts))
    return meanwhile(draft, answer)


def _describe(draft: Telling, part: Part, text: Private[str]) -> Outcome:
    if len(text.reveal()) > LONGEST_DESCRIPTION:
        return Stay(notice=msg("tell-describe-too-long", most=LONGEST_DESCRIPTION))
    return _next(draft, part, text)


def _next(draft: Telling, part: Part, alt: Private[str]) -> Outcome:
    """To the first photo that has not been asked about; among those that are looked at again, to the one after."""
    photos = draft.ready_photos
    after = photos[photos.index(part) + 1 :] if part.alt is not None else ()
    waiting = next((one for one in photos if one.alt is None and one is not part), None) or next(iter(after), None)
    parts = tuple(_with_alt(one, alt) if one is part else one for one in draft.parts)
    described = msgspec.structs.replace(draft, parts=parts)
    if waiting is None:
        return _on(described)
    return Stay(draft=msgspec.structs.replace(described, describing=waiting.item))


def _on(draft: Telling) -> Outcome:
    done = msgspec.structs.replace(draft, describing=b"")
    return Go(done.onward, done)


def _in_hand(draft: Telling) -> Part | None:
    """The one that was chosen, else the first that has no words yet, else the first."""
    photos = draft.ready_photos
    chosen = [part for part in photos if part.item == draft.describing]
    return next(iter((*chosen, *(part for part in photos if part.alt is None), *photos)), None)


def _with_alt(part: Part, alt: Private[str]) -> Part:
    return msgspec.structs.replace(part, alt=alt)
