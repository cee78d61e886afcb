"""Who is in the editors' room now: asked of the platform, between two attempts at a turn."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from bot.errors import NotHere, PlatformAway, PlatformDenied, PlatformError
from bot.platforms.base import Adapter
from storage.address import Account, Address

log = logging.getLogger(__name__)


class Door:
    """rooms: platform → its editors' room."""

    def __init__(self, adapters: Mapping[str, Adapter], rooms: Mapping[str, Address]) -> None:
        self._adapters = adapters
        self._rooms = rooms
        self._silent: set[str] = set()
        """platforms that gave no answer when last asked: an outage is logged once, not once a try"""

    async def is_inside(self, person: Account) -> bool:
        """What the platform refuses to tell counts as no.

        Raises PlatformAway when it gives no answer: a "no" would end what an editor is writing. That it refuses us
        altogether is no answer about the person either.
        """
        platform = person.platform
        room = self._rooms.get(platform)
        if room is None:
            return False
        try:
            inside = await self._adapters[platform].is_member(room, person)
        except NotHere:
            raise
        except (PlatformAway, PlatformDenied) as error:
            if platform not in self._silent:
                self._silent.add(platform)
                log.warning("%s does not say who is in the editors' room: editors wait (%s)", platform, _name(error))
            raise error if isinstance(error, PlatformAway) else PlatformAway(str(error)) from None
        except PlatformError as error:
            log.warning("%s refuses to say who is in the editors' room, so it counts as no: %s", platform, _name(error))
            inside = False
        if platform in self._silent:
            self._silent.remove(platform)
            log.info("%s says again who is in the editors' room", platform)
        return inside


def _name(error: Exception) -> str:
    return type(error).__name__
