"""`python -m tests.bench.service …`: the service as `tamizdat …` starts it, with the bench's dialogue and no limits."""

from __future__ import annotations

from unittest.mock import patch

import msgspec

from bot import app
from bot.cli import main
from bot.platforms.telegram import adapter
from tests.bench.program import interview

UNLIMITED = msgspec.structs.replace(adapter.CAPABILITIES, per_second=None, private_gap=0.0, room_per_minute=None)

if __name__ == "__main__":
    with patch.object(app, "newsroom", interview), patch.object(adapter, "CAPABILITIES", UNLIMITED):
        main()
