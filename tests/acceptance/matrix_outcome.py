"""What a journey on Matrix has led to: the messages that stand in every room, without what differs from run to run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from tests.acceptance.outcome import PROGRESS
from tests.homeserver.chat import Chat, Seen

_BY_LOT = re.compile(r"[А-ЯЁ][а-яё]+-\d{3}\b|\bs_[0-9a-f]{32}\b|(?<=выйдет )\d[^()\n]*?(?=\sпо\sUTC)")
"""What editors call a story, the link to it, and when it would come out."""
_NAMED_BY_SERVER = re.compile(r"@[^\s:]+:[^\s)]+")


@dataclass(frozen=True, order=True, kw_only=True)
class Line:
    """A message as it is compared."""

    mine: bool
    kind: str
    text: str
    in_thread: bool
    file: int
    """bytes of the file; 0 without one"""


Outcome = dict[str, Counter[Line]]
"""name of a room → what stands in it, and how often"""


def line(seen: Seen, me: str) -> Line:
    return Line(
        mine=seen.sender == me,
        kind=seen.kind,
        text=_NAMED_BY_SERVER.sub("@…", _BY_LOT.sub("…", seen.text)),
        in_thread=seen.thread is not None,
        file=seen.content.get("info", {}).get("size", 0),
    )


async def outcome(rooms: Mapping[str, tuple[Chat, str]]) -> Outcome:
    """rooms: name → (room, the reader's user id). Nothing there may be unreadable."""
    found: Outcome = {}
    for name, (chat, me) in rooms.items():
        seen = await chat.sees()
        assert [one.event_id for one in seen if one.kind == "undecryptable"] == []
        found[name] = Counter(line(one, me) for one in seen if not one.text.startswith(PROGRESS))
    return found


async def assert_encrypted(chat: Chat) -> None:
    assert (await chat.facts()).encrypted
    plain = [seen.kind for seen in await chat.sees() if not seen.encrypted]
    assert plain == []
