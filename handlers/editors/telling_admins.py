"""What every admin is told in private, on each of their accounts: somebody may be trying to get in."""

from __future__ import annotations

from bot.flows.turn import Turn
from bot.rooms import private_chat
from bot.texts.fluent import Language, Message, msg
from bot.types import Choice, calling
from handlers.policy import EDITORS_LANGUAGE, WIPE_SECONDS
from storage.ids import EditorId
from storage.role import Role

ROSTER_COMMAND = "roster"


async def tell_admins(turn: Turn, words: Message, *, but: EditorId | None = None) -> None:
    """With a button that opens the roster. `but`: who knows it already."""
    for admin in await turn.tx.editors.all():
        platform = admin.account.platform
        if admin.role is not Role.ADMIN or admin.id == but or platform not in turn.rooms.editors:
            continue
        language = Language(EDITORS_LANGUAGE)
        label = turn.words(platform, language, msg("roster-open")).text
        button = Choice(label=label, token=calling(ROSTER_COMMAND))
        said = turn.words(platform, language, words)
        await turn.show(private_chat(admin.account), said, buttons=((button,),), wipe_after=WIPE_SECONDS)
