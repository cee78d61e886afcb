"""Where a chat stands, as it is kept: sealed, one record a chat."""

from __future__ import annotations

import msgspec

from bot.types import Choice, Offered, Token, command_of
from storage.address import Account, Address
from storage.codec import decode, encode
from storage.conversations import Stored
from storage.ids import AnchorId, ChatHash, new_id
from storage.store import Transaction


def typed(text: str) -> str:
    """As it counts when it is compared: «1.», «1)» and «1» are one number."""
    said = text.strip().casefold()
    number = said.rstrip(".)\ufe0f\u20e3")
    return number if number.isdecimal() else said


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The prompt that is open, so that a tap can be told from a stale one."""

    id: str
    values: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    weighty: tuple[str, ...] = ()
    """of the values"""

    def __repr__(self) -> str:  # a label may quote a person, a value may be a story's id
        return f"Asked({len(self.values)} choices)"

    def token(self, number: int) -> Token:
        return Token(f"{self.id}.{number}")

    def value(self, token: Token) -> str | None:
        """None for a button of another prompt."""
        prompt, _, number = token.partition(".")
        if prompt != self.id or not number.isdecimal() or int(number) >= len(self.values):
            return None
        return self.values[int(number)]

    def typed(self, text: str, *, numbers: bool) -> str | None:
        """The choice whose words (or, without buttons, number) the person wrote."""
        for number, label in enumerate(self.labels):
            if typed(text) == typed(label) or (numbers and typed(text) == str(number + 1)):
                return self.values[number]
        return None


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    chat: Address
    person: Account
    language: str
    flow: str
    step: str
    draft: bytes
    """the flow's record, encoded"""
    draft_id: bytes
    """new with every flow that begins: results of jobs name it"""
    trail: tuple[str, ...] = ()
    """steps behind, for "back" """
    asked: Asked
    offers: tuple[Choice, ...] = ()
    """of a message that came after the prompt, where choices are typed: the numbers are of the last one"""
    anchor: AnchorId
    """of the prompt that moves along"""
    expires: int | None = None
    """when the unfinished draft is destroyed"""
    undeleted: int = 0
    """messages that the platform did not let us delete, of which the person does not know yet"""
    proving: bool = False
    """the prompt that is open is the rules' own (`gate.Rules.proving`)"""
    held: str = ""
    """the choice that was made before it, carried out when the proof is there"""

    def __repr__(self) -> str:  # the draft is what the person has written so far
        return f"Conversation({self.flow}, {self.step})"


async def load(tx: Transaction, chat: ChatHash) -> tuple[Stored | None, Conversation | None]:
    stored = await tx.conversations.load(chat)
    return stored, decode(Conversation, stored.body) if stored else None


async def save(
    tx: Transaction, chat: ChatHash, conversation: Conversation, before: Stored | None, *, fresh_key: bool
) -> None:
    await tx.conversations.save(chat, encode(conversation), before, fresh_key=fresh_key)


def new_prompt_id() -> str:
    """Eight random bytes: with the number behind it a token has far less than Telegram's 64 bytes."""
    return new_id()[:8].hex()


def numbers_change(conversation: Conversation, offered: Offered) -> bool:
    """Whether the numbers that are typed in this chat stand for something else now. Of a message that was changed we
    can't tell for certain that it is the last one: it is, if it shares a choice that names something, or has all there
    were.
    """
    if not offered.again or conversation.offers == offered.choices:
        return conversation.offers != offered.choices
    before, now = ({choice.token for choice in choices} for choices in (conversation.offers, offered.choices))
    calls = [command_of(token) for token in before & now]
    return any(call is not None and call.argument.reveal() for call in calls) or bool(before and before <= now)
