"""After a sync: our keys refilled, new devices asked for, broken sessions mended, old ones dropped.

None of it stops the loop.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable

from bot.errors import PlatformAway, PlatformDenied, PlatformError
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.devices.device_policy import DevicePolicy
from bot.platforms.matrix.errors import checked
from bot.platforms.matrix.keeping.directs import Directs
from bot.platforms.matrix.keeping.sweeping import Sweep
from bot.platforms.matrix.listening.decrypting import Decrypter
from bot.platforms.matrix.listening.reading import Raw, mapping, sequence
from bot.platforms.matrix.signing import one_time_keys

log = logging.getLogger(__name__)

_AGAIN_SECONDS = 60
"""before the same strangers are asked for again, or a broken session is mended again"""


class KeyUpkeep:
    def __init__(self, client: MatrixClient, directs: Directs, policy: DevicePolicy, decrypter: Decrypter) -> None:
        self._client = client
        self._policy = policy
        self._decrypter = decrypter
        self._sweep = Sweep(client, directs, policy)
        self._asked: dict[str, int] = {}
        self._mended = 0

    async def after(self, answer: Raw, now: int) -> bool:
        """answer: the sync's, committed. True: there are new devices, whose events may be opened now.

        Raises PlatformDenied only.
        """
        counts = {
            name: count for name, count in mapping(answer, "device_one_time_keys_count").items() if _is_count(count)
        }
        unused = [name for name in sequence(answer, "device_unused_fallback_key_types") if isinstance(name, str)]
        changed = [user for user in sequence(answer, "device_lists", "changed") if isinstance(user, str)]
        self._policy.changed(changed)
        for user in changed:
            self._asked.pop(user, None)
        await self._try("our one-time keys", one_time_keys.upkeep(self._client, counts, unused))
        await self._try("the keys of new devices", self._learn(now))
        await self._try("broken sessions", self._mend(now))
        await self._try("what is needed no more", self._sweep.hourly())
        return now in self._asked.values()

    async def _learn(self, now: int) -> None:
        """Devices that an event claims to come from and that nobody has told us of."""
        self._asked = {user: at for user, at in self._asked.items() if at > now - _AGAIN_SECONDS}
        strangers, self._decrypter.strangers = self._decrypter.strangers - set(self._asked), set()
        if strangers:
            await self._policy.learn(strangers)
            self._asked |= dict.fromkeys(strangers, now)

    async def _mend(self, now: int) -> None:
        """A device whose Olm session broke gets a new one, with an empty message in it, and can send us keys again."""
        if self._client.should_claim_keys and now >= self._mended + _AGAIN_SECONDS:
            self._mended = now
            checked(await self._client.keys_claim(self._client.get_users_for_key_claiming()))
        if self._client.outgoing_to_device_messages:
            await self._client.send_to_device_messages()

    async def _try(self, what: str, work: Awaitable[None]) -> None:
        try:
            await work
        except PlatformDenied:
            raise
        except PlatformAway as away:
            log.info("Later: %s (%s)", what, away)
        except PlatformError as error:
            log.warning("The homeserver refuses to take or give %s: %s", what, error)
        except Exception as error:  # nio's reading of other people's keys; the loop goes on without
            log.error("Not done: %s (%s)", what, type(error).__name__)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
