"""The editors' room is told of a device that gets no keys there, once."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from hashlib import sha256

from bot.errors import PlatformError
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.devices.device_policy import DevicePolicy
from bot.platforms.matrix.devices.trust import Withheld
from bot.platforms.matrix.errors import checked
from bot.platforms.matrix.ids import RoomId
from bot.texts.fluent import Texts, msg

log = logging.getLogger(__name__)


class DeviceNews:
    def __init__(self, client: MatrixClient, policy: DevicePolicy, texts: Texts) -> None:
        self._client = client
        self._policy = policy
        self._texts = texts

    async def tell(self, room: RoomId, news: Sequence[Withheld]) -> None:
        """What can't be told now is told with the next message to the room."""
        devices = [f"{one.device.user.reveal()}: {one.device.id.reveal()}" for one in news]
        message = msg("matrix-device-withheld", devices="; ".join(devices), count=len(devices))
        said = self._texts.say(self._texts.pick(None), message).text
        content = {"msgtype": "m.text", "body": said}
        once = sha256(f"{room} {sorted(devices)} {[one.reason for one in news]}".encode()).hexdigest()[:32]
        try:
            checked(await self._client.room_send(room, "m.room.message", content, once))
        except PlatformError as error:
            log.warning("The editors' room could not be told of a device without keys: %s", error)
            return
        await self._policy.told(news)
