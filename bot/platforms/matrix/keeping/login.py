"""Who we are on Matrix, as it is kept."""

from __future__ import annotations

import msgspec

from bot.platforms.matrix.ids import DeviceId, UserId
from storage.private import Private


class Login(msgspec.Struct, frozen=True, kw_only=True):
    """Device, token and the crypto rows belong together: none of them is worth anything with another's."""

    user: Private[str]
    device: Private[str]
    token: Private[str]
    pickle_key: Private[str]
    """64 hexadecimal digits of 32 random bytes, made with the device and never changed"""

    @property
    def user_id(self) -> UserId:
        return UserId(self.user.reveal())

    @property
    def device_id(self) -> DeviceId:
        return DeviceId(self.device.reveal())
