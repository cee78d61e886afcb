"""The people of the flow tests."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from bot.flows.testing import Person, Stage


async def enrol(stage: Stage, name: str) -> Person:
    """An editor: in the room, and in the roster by a code from the console."""
    editor = stage.person(name)
    stage.admit("editors", editor)
    async with stage.store.write() as tx:
        code = await tx.editors.new_code(name)
    await editor.says(f"/enrol {code}")
    await editor.expects("Теперь вы редактор")
    return editor


def photo() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (64, 48), "steelblue").save(buffer, "JPEG")
    return buffer.getvalue()
