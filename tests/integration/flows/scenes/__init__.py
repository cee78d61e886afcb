"""The dialogues that are kept word for word, one a flow."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.integration.flows.scenes import authors, desks, readers
from tests.integration.flows.scenes.scene import Scene

SCENES: dict[str, Callable[[Scene], Awaitable[None]]] = {
    scene.__name__: scene for scene in (*authors.SCENES, *desks.SCENES, *readers.SCENES)
}
