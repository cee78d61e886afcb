"""Who may do what in the newsroom. One table, and why it is as it is; `rules.py` says which step and which decision is
which deed, and the engine lets nobody past it.

- An **admin** is an editor who also looks after the roster: in a small newsroom nobody only administers.
- A **translator** reads what is to be translated and writes versions of it. A new version decides nothing: its author
  and two editors have to say yes to it anew. A translator speaks with no author, hears no voice, and decides nothing.
- What can't be taken back, or gives an author away, takes two persons besides: approving a story or a newsletter,
  publishing today, correcting, retracting, opening recordings as they were sent, taking a cold story off the server,
  destroying a story, making or unmaking an admin. So approving asks for no fresh code: one stolen account publishes
  nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from storage.role import Role

EVERYBODY: Final = frozenset(Role)
EDITORS: Final = frozenset({Role.ADMIN, Role.EDITOR})


class Deed(StrEnum):
    READ = "read"
    NOTE = "note"
    REWRITE = "rewrite"
    ASK = "ask"
    CLAIM = "claim"
    OFFER = "offer"
    APPROVE = "approve"
    REJECT = "reject"
    BLOCK = "block"
    RELEASE = "release"
    CORRECT = "correct"
    RETRACT = "retract"
    BROADCAST = "broadcast"
    PAIR = "pair"
    LETTER = "letter"
    SEND = "send"
    ROSTER = "roster"


class Proof(StrEnum):
    """How recent a code of the second factor must be, of whoever has one."""

    OF_THE_DAY = "of the day"
    FRESH = "fresh"
    """what can't be taken back"""
    DEMANDED = "demanded"
    """fresh, and who has no second factor may not: with the roster somebody could let others in"""


@dataclass(frozen=True, kw_only=True)
class Rule:
    what: str
    """as the README has it"""
    roles: frozenset[Role]
    proof: Proof = Proof.OF_THE_DAY


RULES: Final = {
    Deed.READ: Rule(what="queue, search, figures; texts, photos, versions, questions and notes", roles=EVERYBODY),
    Deed.NOTE: Rule(what="write a note", roles=EVERYBODY),
    Deed.REWRITE: Rule(what="write a new version, cut, take up an older one", roles=EVERYBODY),
    Deed.ASK: Rule(what="ask the author, send the text back", roles=EDITORS),
    Deed.CLAIM: Rule(what="take care of a story, hand it over", roles=EDITORS),
    Deed.OFFER: Rule(what="offer a version to its author; pass cuts on for approval", roles=EDITORS),
    Deed.APPROVE: Rule(what="approve", roles=EDITORS),
    Deed.REJECT: Rule(what="reject", roles=EDITORS),
    Deed.BLOCK: Rule(what="take nothing new from a story's author for some days", roles=EDITORS),
    Deed.RELEASE: Rule(what="choose the time of release, hold it back, insist on today", roles=EDITORS),
    Deed.CORRECT: Rule(what="correct what is published, confirm or drop a correction", roles=EDITORS),
    Deed.RETRACT: Rule(what="take a published story or a newsletter back", roles=EDITORS),
    Deed.BROADCAST: Rule(what="pause, resume and cancel what is being sent to readers", roles=EDITORS),
    Deed.PAIR: Rule(
        what="by two: hear and see recordings, export a cold story, destroy one", roles=EDITORS, proof=Proof.FRESH
    ),
    Deed.LETTER: Rule(what="write newsletters and their templates, see and test them", roles=EDITORS),
    Deed.SEND: Rule(what="approve a newsletter, send it, choose its time, stop it", roles=EDITORS),
    Deed.ROSTER: Rule(what="see and change the roster", roles=frozenset({Role.ADMIN}), proof=Proof.DEMANDED),
}


def may(role: Role, deed: Deed) -> bool:
    return role in RULES[deed].roles
