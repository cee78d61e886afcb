"""What editors are called: among themselves, and nowhere else."""

from __future__ import annotations

from storage.ids import EditorId
from storage.private import Private
from storage.store import Transaction

Names = dict[EditorId, Private[str]]


async def names(tx: Transaction, platform: str) -> Names:
    """Of those who work on this platform, as the roster has them; who has left it is not there."""
    roster = [editor for editor in await tx.editors.all() if editor.account.platform == platform]
    return {editor.id: editor.name for editor in sorted(roster, key=lambda one: one.name.reveal().casefold())}
