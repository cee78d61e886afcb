"""What an editor can do with a story as it stands at this moment, in the order of how often it is wanted."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flows.flow import Words
from bot.texts.fluent import msg
from handlers.editors.facts import is_cut_short
from handlers.editors.pairs import can_be
from handlers.editors.roles import Deed, may
from handlers.editors.view import View
from storage.story import PairKind, Status

MORE = "more"
_MOST = 8
"""Buttons under one desk, with the way out; what is more than that stands one tap away."""
CHANGES = frozenset({"ask", "return", "edit", "cut", "offer", "accept", "reject"})
"""What an editor is told before doing it to a story that a colleague takes care of."""
WEIGHTY = ("approve", "accept")
"""What counts as this editor's voice."""

DEEDS = {
    "read": Deed.READ,
    "versions": Deed.READ,
    "exchange": Deed.READ,
    "release": Deed.READ,
    "note": Deed.NOTE,
    "photos": Deed.READ,
    "originals": Deed.PAIR,
    "deletion": Deed.PAIR,
    "edit": Deed.REWRITE,
    "cut": Deed.REWRITE,
    "ask": Deed.ASK,
    "return": Deed.ASK,
    "claim": Deed.CLAIM,
    "letgo": Deed.CLAIM,
    "hand": Deed.CLAIM,
    "offer": Deed.OFFER,
    "accept": Deed.OFFER,
    "approve": Deed.APPROVE,
    "reject": Deed.REJECT,
    "block": Deed.BLOCK,
}
"""What each of them is, as `roles.RULES` has it: nobody is offered what the engine would refuse."""

Offered = tuple[str, Words]
"""(value, label); a value that names a version counts for that version only"""


def all_offers(view: View) -> list[Offered]:
    return [(value, label) for value, label in _offers(view) if may(view.role, DEEDS[value.partition("-")[0]])]


def first_offers(view: View) -> list[Offered]:
    offers = all_offers(view)
    if len(offers) < _MOST:
        return offers
    return [*offers[: _MOST - 2], (MORE, msg("desk-more"))]


def further_offers(view: View) -> list[Offered]:
    offers = all_offers(view)
    return offers[_MOST - 2 :] if len(offers) >= _MOST else []


def _offers(view: View) -> Iterator[Offered]:
    story = view.story
    yield "read", msg("desk-read")
    if view.is_open:
        yield from _changes(view)
    if story.status in (Status.SCHEDULED, Status.PUBLISHED):
        yield "release", msg("desk-release")
    if view.is_open:
        yield "reject", msg("desk-reject")
        if story.details.claimed == view.me:
            yield "letgo", msg("desk-let")
        elif view.caretaker is None:
            yield "claim", msg("desk-claim")
    if story.details.photos:
        yield "photos", msg("desk-photos")
    if can_be(story, PairKind.ORIGINALS):
        yield "originals", msg("desk-originals")
    if story.details.latest > 1:
        yield "versions", msg("desk-versions")
    if is_cut_short(view):
        yield "exchange", msg("desk-exchange")
    yield "note", msg("desk-write-note")
    if view.is_open:
        yield from _rarer_changes(view)
    if view.is_open or story.status is Status.REJECTED:
        yield "block", msg("desk-block")
    if can_be(story, PairKind.DELETION):
        yield "deletion", msg("desk-deletion")


def _changes(view: View) -> Iterator[Offered]:
    story, latest = view.story, view.story.details.latest
    if view.is_cut_only:
        yield "cut", msg("desk-cut")
        if story.status is Status.SUBMITTED:
            yield f"accept-{latest}", msg("desk-accept")
    else:
        yield "ask", msg("desk-ask")
        yield "edit", msg("desk-edit")
        if story.status is Status.SUBMITTED:
            yield f"offer-{latest}", msg("desk-offer")
    if view.may_approve:
        yield f"approve-{view.page.version}", msg("desk-approve")


def _rarer_changes(view: View) -> Iterator[Offered]:
    if not view.is_cut_only:
        yield "cut", msg("desk-cut")
        yield "return", msg("desk-return")
    yield "hand", msg("desk-hand")
