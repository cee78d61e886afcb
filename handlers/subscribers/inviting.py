"""Whoever stands on a list from elsewhere is asked, once, in a chat of their own; they subscribe themselves or don't.

Why nobody is simply added: a list does not tell who wrote a name on it, and may be old, wrong or a trap. So a yes from
the account itself is what counts, and until then nothing of theirs is kept but the question and the chat it stands in.

Why nobody gets a link of their own: whoever has the list would learn which account belongs to which name on it. A bot
on Telegram can't write first and finds nobody by name or number, so who reads there is sent the link that is the same
for everybody of a language (`links.py`), by whoever has the list, in the way in which the list came about.
"""

from __future__ import annotations

from bot.flows.flow import Enter, Outcome, Reads
from bot.flows.turn import Turn
from bot.rooms import private_chat
from bot.texts.fluent import Language, msg
from bot.texts.rich import Rich
from bot.types import Choice, calling
from handlers.subscribers.reading import READING
from handlers.subscribers.subscription import Join, Pause
from handlers.subscribers.unlisting import UNLIST_COMMAND
from storage.address import Account

INVITED_COMMAND = "invited"


async def invite(turn: Turn, person: Account, language: Language) -> bool:
    """False, and nothing is said, where they read already or have asked not to be added from lists."""
    tx, chat = turn.tx, private_chat(person)
    if await tx.suppressions.has(person) or await tx.subscribers.language_of(person) is not None:
        return False
    said = [turn.words(chat.platform, language, msg(key)) for key in ("invite-why", "invite-what", "invite-ignore")]
    yes = Choice(
        label=turn.words(chat.platform, language, msg("invite-yes")).text, token=calling(INVITED_COMMAND, language)
    )
    no = Choice(label=turn.words(chat.platform, language, msg("unlist-yes")).text, token=calling(UNLIST_COMMAND))
    await turn.show(chat, Rich.join("\n\n", said), buttons=((yes,), (no,)), urgent=False)
    return True


async def accept(reads: Reads, argument: str) -> Outcome:
    """The button of the invitation. We go on in its language: of a newcomer we know no other."""
    language = Language(argument) if argument in reads.languages else reads.who.language
    return Enter(flow=READING.name, language=language, effects=(Join(language=language), Pause(until=0)))
