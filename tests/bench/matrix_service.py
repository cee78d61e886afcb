"""`python -m tests.bench.matrix_service …`: the service on Matrix, with the bench's dialogue and no limits."""

from __future__ import annotations

from unittest.mock import patch

from bot import app
from bot.cli import main
from bot.platforms.matrix.rooms import caps
from tests.bench.matrix_program import with_broadcast

AS_MANY_AS_COME = 1_000_000

if __name__ == "__main__":
    with patch.object(app, "newsroom", with_broadcast), patch.object(caps, "IN_ALL", AS_MANY_AS_COME):
        main()
