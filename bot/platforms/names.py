"""What the platforms are called: in every address, and in texts that read differently on each."""

from __future__ import annotations

from typing import Final

TELEGRAM: Final = "telegram"
MATRIX: Final = "matrix"
LOCAL: Final = "local"
