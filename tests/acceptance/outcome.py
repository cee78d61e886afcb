"""What a journey has led to: the messages that stand in every chat, without what differs from run to run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tests.acceptance.scene import Scene
from tests.fakes.telegram.model import Chat
from tests.fakes.telegram.seen import Seen, seen

_BY_LOT = re.compile(r"[А-ЯЁ][а-яё]+-\d{3}\b|\bs_[0-9a-f]{32}\b|(?<=выйдет )\d[^()\n]*?(?=\sпо\sUTC)")
"""What editors call a story, the link to it, and when it would come out."""
PROGRESS = "Рассылка: «"
"""How a message begins that tells how a broadcast goes: it comes some seconds later, and is there or not at the end."""


@dataclass(frozen=True, order=True, kw_only=True)
class Line:
    """A message as it is compared. photo: bytes of the file; 0 without one."""

    mine: bool
    text: str
    buttons: tuple[str, ...]
    photo: int
    protected: bool


Outcome = dict[int, Counter[Line]]
"""chat → what stands in it, and how often"""


def line(message: Seen) -> Line:
    return Line(
        mine=message.chat_id > 0 and message.sender_id == message.chat_id,
        text=_BY_LOT.sub("…", message.text),
        buttons=tuple(button.text for row in message.buttons for button in row),
        photo=message.file_size or 0,
        protected=message.protected,
    )


def outcome(scene: Scene, readers: Sequence[int]) -> Outcome:
    """Of every chat with the bot, of the editors' room and of the channel."""
    chats: list[Chat] = [*scene.bot.account.private.values(), scene.editors.chat, scene.channel.chat]
    said = {chat.id: [line(seen(message)) for message in chat.messages.values()] for chat in chats}
    found = {chat: Counter(one for one in lines if not one.text.startswith(PROGRESS)) for chat, lines in said.items()}
    return found | {reader: Counter() for reader in readers if reader not in found}
