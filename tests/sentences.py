"""What the newsroom says, read once for all tests of a process; a sentence that is missing is an error."""

from __future__ import annotations

from functools import cache

import handlers
from bot.app import FRAMEWORK_TEXTS
from bot.texts.fluent import Texts


@cache
def newsroom_texts() -> Texts:
    return Texts.load([FRAMEWORK_TEXTS, handlers.LOCALES], strict=True)
