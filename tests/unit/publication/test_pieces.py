"""A story's messages go to every platform alike."""

from __future__ import annotations

from bot.platforms.local.adapter import LocalAdapter
from bot.platforms.matrix.adapter import CAPABILITIES as MATRIX
from bot.platforms.telegram.adapter import CAPABILITIES as TELEGRAM
from handlers.publication.publish import PIECE


def test_a_piece_fits_where_there_is_the_least_room() -> None:
    assert min(one.text_limit for one in (TELEGRAM, MATRIX, LocalAdapter.capabilities)) >= PIECE
