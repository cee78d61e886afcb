"""The newsroom's rules in numbers, with their source. One place: the flows, the timers and the texts read them here."""

from __future__ import annotations

from storage.clock import DAY, HOUR

DRAFT_SECONDS = 24 * HOUR
"""An unsent draft, after the last message (threat model, 7)."""
WIPE_SECONDS = 36 * HOUR
"""Whatever stands in a private chat is deleted after this: Telegram lets a bot delete for 48 h, the promise is 40 h
(threat model, 8), and four hours are left for a server that was off."""
EDITOR_WIPE_SECONDS = 1 * HOUR
"""A story's text in an editor's private chat (threat model, 8)."""
MAINTENANCE_SECONDS = DAY
"""How often old rows, empty lanes and orphaned files are swept."""
LONGEST_STORY = 60_000
"""Characters; four times the longest story that we have seen."""
LONGEST_NAME = 60
LONGEST_QUESTION = 2_000
LONGEST_ANSWER = 20_000
MOST_PHOTOS = 10
EDITORS_LANGUAGE = "ru"
"""Of the cards in the editors' room; in private each editor is spoken to in their own."""
LANGUAGES = ("ru", "en")
"""In which stories are told and published."""
