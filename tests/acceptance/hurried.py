"""The command line with cards that come within seconds: `python -m tests.acceptance.hurried …`.

In a journey through the real process nobody waits hours for the editors' room (`handlers/appearing.py`). The way is the
same: a timer in the database, rung by the service. There is no setting for it: an operator can't hurry anybody's card.
"""

from __future__ import annotations

from typing import Any, cast

import bot.clockwork
from bot.cli import main
from handlers import policy


def hurry_cards() -> None:
    policy.CARD_FROM_SECONDS = policy.CARD_UNTIL_SECONDS = 0
    policy.FOLLOWED_FROM_SECONDS = policy.FOLLOWED_UNTIL_SECONDS = 0
    bot.clockwork._IDLE_SECONDS = 0.5


if __name__ == "__main__":
    hurry_cards()
    cast(Any, main)()
