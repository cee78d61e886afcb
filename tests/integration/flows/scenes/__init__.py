"""The dialogues that are kept word for word, at least one a flow."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.integration.flows.scenes import (
    abroad,
    afterwards,
    authors,
    beginnings,
    colleagues,
    desks,
    letters,
    readers,
    receipts,
    visitors,
)
from tests.integration.flows.scenes.scene import Scene

Dialogue = Callable[[Scene], Awaitable[None]]

_HERE: tuple[Dialogue, ...] = (
    *authors.SCENES,
    *beginnings.SCENES,
    *afterwards.SCENES,
    *receipts.SCENES,
    *desks.SCENES,
    *colleagues.SCENES,
    *letters.SCENES,
    *readers.SCENES,
    *visitors.SCENES,
)
_ABROAD: tuple[Dialogue, ...] = abroad.SCENES

SCENES: dict[tuple[str, str], Dialogue] = {
    (language, scene.__name__): scene
    for language, scenes in (("ru", _HERE), ("en", _HERE), ("de", _ABROAD), ("fr", _ABROAD), ("cs", _ABROAD))
    for scene in scenes
}
"""By language and name."""
