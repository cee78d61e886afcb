"""A Bot API server for tests, held to outside judges (see tests/integration/test_fake_telegram_judges.py)."""

from .client import RemoteTelegram
from .fake import FakeTelegram
from .faults import Fault, Hold
from .people import Person
from .places import Room
from .robots import Bot
from .seen import Button, Seen
from .taps import Tapped

__all__ = ["Bot", "Button", "FakeTelegram", "Fault", "Hold", "Person", "RemoteTelegram", "Room", "Seen", "Tapped"]
