"""What the local page needs of the house: its two editors in the roster, its rooms, the key of its journal."""

from __future__ import annotations

from bot.platforms.local.people import ANNA, BORIS, CHANNELS, EDITORS_ROOM, account, address
from bot.platforms.names import LOCAL
from bot.rooms import BOT, Rooms
from storage.role import Role
from storage.store import Store
from storage.vault import DataKey

_EDITORS = {ANNA: ("Анна", Role.ADMIN), BORIS: ("Борис", Role.EDITOR)}


async def enrol_demo_editors(store: Store) -> None:
    """The demo has no console at hand: both may work at once."""
    async with store.write() as tx:
        for person, (name, role) in _EDITORS.items():
            await tx.editors.add(account(person), name, role=role)


async def page_key(store: Store) -> DataKey:
    """The key of what the page keeps for itself, wrapped like every other."""
    async with store.write() as tx:
        return await tx.work.keys.named(tx.work.connection, "local-page")


def page_rooms() -> Rooms:
    return Rooms(
        editors={LOCAL: address(EDITORS_ROOM, BOT)},
        channels={channel.removeprefix("channel-"): (address(channel, BOT),) for channel in CHANNELS},
        demo=True,
    )
