"""What a template may leave open, and what stands there when a newsletter is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

VARIABLES: Final = ("date", "stories", "leave")
"""The day of sending; how to ask for the latest stories; how to leave. Their words: `locales/*/letters.ftl`."""
_VARIABLE = re.compile(r"\{([^{}\n]*)\}")


def unknown_variable(text: str) -> str | None:
    """The first that we don't have, as it was typed; None: all are known."""
    return next((name for name in _VARIABLE.findall(text) if name.strip() not in VARIABLES), None)


def filled(text: str, values: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda found: values[found[1].strip()], text)
