"""Who is in the roster, as commands name them: by the name that `list` shows, or the letters in its brackets."""

from __future__ import annotations

from bot.errors import ConfigError
from storage.editors import Editor
from storage.ids import EditorId
from storage.store import Transaction


async def people(tx: Transaction) -> list[list[Editor]]:
    found: dict[EditorId, list[Editor]] = {}
    for editor in sorted(await tx.editors.all(), key=lambda one: (one.name.reveal().casefold(), one.account.platform)):
        found.setdefault(editor.id, []).append(editor)
    return list(found.values())


async def meant(tx: Transaction, name: str) -> list[Editor]:
    """All accounts of the one whom the operator means."""
    found = [one for one in await people(tx) if name in (one[0].name.reveal(), short(one[0]))]
    if not found:
        raise ConfigError("There is no such editor: see `tamizdat editors list`.")
    if len(found) > 1:
        raise ConfigError("Several editors have this name: use the letters in brackets of `tamizdat editors list`.")
    return found[0]


def short(editor: Editor) -> str:
    """Tells two of one name apart; it is not the account's id."""
    return editor.id.hex()[:6]
