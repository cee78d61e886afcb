"""Which deed each step and each decision is. What is in neither list is refused to everybody."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Final

from bot.flows.flow import Effect
from bot.flows.gate import Refusal, Unproven, Verdict
from bot.flows.turn import Turn
from bot.texts.fluent import msg
from handlers.editors import (
    accepting,
    blocking,
    claiming,
    decisions,
    pairs,
    picture,
    roster_changes,
    steering,
    writing,
)
from handlers.editors.opened import DESK_NAME, QUEUE_NAME
from handlers.editors.proving import PROVING, is_proven
from handlers.editors.release_correcting import CORRECTING
from handlers.editors.release_view import RELEASE_NAME
from handlers.editors.rewriting import REWRITING
from handlers.editors.roles import RULES, Deed, Proof, may
from handlers.editors.roster import ROSTER
from handlers.editors.steering import STEERING
from handlers.letters import changing, deciding, previewing, templates
from handlers.letters import correcting as letter_correcting
from handlers.letters import retracting as letter_retracting
from handlers.letters.correction import CORRECTION
from handlers.letters.flow import LETTERS
from handlers.letters.releasing import SEND
from handlers.letters.taking_back import RETRACT
from handlers.letters.writing import WRITING
from handlers.policy import FRESH_PROOF_SECONDS, PROOF_SECONDS
from handlers.publication import correcting, retracting, schedule
from handlers.tongue import Speak
from storage.errors import VaultError

log = logging.getLogger(__name__)

STEPS: Final[Mapping[tuple[str, str], Deed]] = {
    (QUEUE_NAME, "list"): Deed.READ,
    (QUEUE_NAME, "topics"): Deed.READ,
    (QUEUE_NAME, "figures"): Deed.READ,
    (DESK_NAME, "desk"): Deed.READ,
    (DESK_NAME, "more"): Deed.READ,
    (DESK_NAME, "read"): Deed.READ,
    (DESK_NAME, "photos"): Deed.READ,
    (DESK_NAME, "originals"): Deed.PAIR,
    (DESK_NAME, "originals-shown"): Deed.PAIR,
    (DESK_NAME, "export"): Deed.PAIR,
    (DESK_NAME, "deletion"): Deed.PAIR,
    (DESK_NAME, "exchange"): Deed.READ,
    (DESK_NAME, "ask"): Deed.ASK,
    (DESK_NAME, "return"): Deed.ASK,
    (DESK_NAME, "note"): Deed.NOTE,
    (DESK_NAME, "hand"): Deed.CLAIM,
    (DESK_NAME, "versions"): Deed.READ,
    (DESK_NAME, "version"): Deed.READ,
    (DESK_NAME, "changes"): Deed.READ,
    (DESK_NAME, "cut"): Deed.REWRITE,
    (DESK_NAME, "cut-check"): Deed.REWRITE,
    (DESK_NAME, "accept"): Deed.OFFER,
    (DESK_NAME, "reject"): Deed.REJECT,
    (DESK_NAME, "reject-check"): Deed.REJECT,
    (DESK_NAME, "block"): Deed.BLOCK,
    (REWRITING.name, "which"): Deed.REWRITE,
    (REWRITING.name, "text"): Deed.REWRITE,
    (RELEASE_NAME, RELEASE_NAME): Deed.READ,
    (RELEASE_NAME, "time"): Deed.RELEASE,
    (RELEASE_NAME, "retract"): Deed.RETRACT,
    (RELEASE_NAME, "correction"): Deed.CORRECT,
    (CORRECTING.name, "how"): Deed.CORRECT,
    (CORRECTING.name, "passage"): Deed.CORRECT,
    (CORRECTING.name, "replacement"): Deed.CORRECT,
    (CORRECTING.name, "whole"): Deed.CORRECT,
    (CORRECTING.name, "meaning"): Deed.CORRECT,
    (WRITING.name, "text"): Deed.LETTER,
    **{(LETTERS.name, step.name): Deed.LETTER for step in LETTERS.steps if step not in (SEND, CORRECTION, RETRACT)},
    (LETTERS.name, SEND.name): Deed.SEND,
    (LETTERS.name, CORRECTION.name): Deed.CORRECT,
    (LETTERS.name, RETRACT.name): Deed.RETRACT,
    (STEERING.name, STEERING.name): Deed.READ,
    (STEERING.name, "cancel"): Deed.BROADCAST,
    (ROSTER.name, "list"): Deed.ROSTER,
    (ROSTER.name, "person"): Deed.ROSTER,
}
DECISIONS: Final[Mapping[type, Deed]] = {
    picture.ShowPicture: Deed.READ,
    decisions.AskAuthor: Deed.ASK,
    decisions.SendBack: Deed.ASK,
    decisions.SaveVersion: Deed.REWRITE,
    decisions.Offer: Deed.OFFER,
    decisions.Approve: Deed.APPROVE,
    decisions.Reject: Deed.REJECT,
    blocking.Block: Deed.BLOCK,
    accepting.Accept: Deed.OFFER,
    claiming.Claim: Deed.CLAIM,
    writing.KeepNote: Deed.NOTE,
    schedule.Reschedule: Deed.RELEASE,
    schedule.Stop: Deed.RELEASE,
    schedule.Urge: Deed.RELEASE,
    correcting.Propose: Deed.CORRECT,
    correcting.Confirm: Deed.CORRECT,
    correcting.Drop: Deed.CORRECT,
    retracting.Retract: Deed.RETRACT,
    steering.PauseBroadcast: Deed.BROADCAST,
    steering.ResumeBroadcast: Deed.BROADCAST,
    steering.CancelBroadcast: Deed.BROADCAST,
    pairs.AskSecond: Deed.PAIR,
    pairs.Agree: Deed.PAIR,
    pairs.DropPair: Deed.PAIR,
    pairs.OpenOriginals: Deed.PAIR,
    changing.CreateLetter: Deed.LETTER,
    changing.ChangeLetter: Deed.LETTER,
    changing.DeleteLetter: Deed.LETTER,
    templates.MakeTemplate: Deed.LETTER,
    templates.SaveTemplate: Deed.LETTER,
    templates.DropTemplate: Deed.LETTER,
    previewing.PreviewLetter: Deed.LETTER,
    previewing.TryLetter: Deed.LETTER,
    previewing.ReadTest: Deed.LETTER,
    deciding.ApproveLetter: Deed.SEND,
    deciding.SendLetter: Deed.SEND,
    deciding.StopLetter: Deed.SEND,
    letter_correcting.WriteCorrection: Deed.CORRECT,
    letter_correcting.ApproveCorrection: Deed.CORRECT,
    letter_retracting.RetractLetter: Deed.RETRACT,
    roster_changes.ChangeRole: Deed.ROSTER,
    roster_changes.Forget: Deed.ROSTER,
}
_NOBODYS_BUSINESS: Final = frozenset({Speak})
"""What editors do at work that concerns no story."""


class RoleRules:
    proving = PROVING

    async def entry(self, turn: Turn, flow: str, step: str) -> Verdict:
        return await _verdict(turn, STEPS.get((flow, step)), is_done=False)

    async def deed(self, turn: Turn, effect: Effect, *, at_work: bool) -> Verdict:
        deed = DECISIONS.get(type(effect))
        if deed is None and (not at_work or type(effect) in _NOBODYS_BUSINESS):
            return None  # an author's, a reader's
        return await _verdict(turn, deed, is_done=True)


async def _verdict(turn: Turn, deed: Deed | None, *, is_done: bool) -> Verdict:
    """To whoever is no editor there is no story: the same answer as for one that is gone.

    `is_done`: else it is only looked at, and a proof of the day will do.
    """
    editor = turn.person.editor
    if editor is None:
        return Refusal(msg("desk-no-story"))
    if deed is None:
        log.error("a step or a decision has no rule: handlers/editors/rules.py")
    if deed is None or not may(editor.role, deed):
        return Refusal(msg("role-may-not"))
    proof = RULES[deed].proof
    try:
        factor = await turn.tx.second_factors.find(editor.id)
    except VaultError as error:
        log.error("an editor's second factor can't be read, so it lets nobody in: %s", type(error).__name__)
        return Refusal(msg("factor-is-damaged"))
    if factor is None:  # on the local page there is no console to enrol one at, and nothing to guard
        return Refusal(msg("factor-is-needed")) if proof is Proof.DEMANDED and not turn.rooms.demo else None
    within = PROOF_SECONDS if proof is Proof.OF_THE_DAY or not is_done else FRESH_PROOF_SECONDS
    return None if is_proven(turn.tx, turn.person, factor, within) else Unproven()
