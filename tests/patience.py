"""How long tests wait for what is to happen: it comes sooner, and only a test that fails waits so long."""

from __future__ import annotations

from typing import Final

PATIENCE: Final = 60.0
"""seconds; a busy machine needs more of them than one would think"""
