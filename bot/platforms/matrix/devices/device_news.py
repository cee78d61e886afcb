"""The editors' room is told of a person or a device that gets no keys there, once."""

from __future__ import annotations

import logging
from hashlib import sha256

from bot.errors import PlatformError
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.devices.device_policy import DevicePolicy, Sharing
from bot.platforms.matrix.errors import checked
from bot.platforms.matrix.ids import RoomId
from bot.texts.fluent import Texts, msg

log = logging.getLogger(__name__)


class DeviceNews:
    def __init__(self, client: MatrixClient, policy: DevicePolicy, texts: Texts) -> None:
        self._client = client
        self._policy = policy
        self._texts = texts

    async def tell(self, room: RoomId, sharing: Sharing) -> None:
        """What can't be told now is told with the next message to the room."""
        devices = [f"{one.device.user.reveal()}: {one.device.id.reveal()}" for one in sharing.news]
        messages = []
        if sharing.strangers:
            messages.append(msg("matrix-person-withheld", people="; ".join(sharing.strangers)))
        if devices:
            messages.append(msg("matrix-device-withheld", devices="; ".join(devices), count=len(devices)))
        said = "\n\n".join(self._texts.say(self._texts.pick(None), message).text for message in messages)
        content = {"msgtype": "m.text", "body": said}
        about = f"{room} {sorted(devices)} {[one.reason for one in sharing.news]} {sharing.strangers}"
        once = sha256(about.encode()).hexdigest()[:32]
        try:
            checked(await self._client.room_send(room, "m.room.message", content, once))
        except PlatformError as error:
            log.warning("The editors' room could not be told of who gets no keys there: %s", error)
            return
        await self._policy.told(sharing)
