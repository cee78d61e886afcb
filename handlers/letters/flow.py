"""Newsletters, from the list to the moment of sending.

list ─► new ─► letter ◄─► languages ─► edition ─► links
                 │  ◄─► pictures, template, readers ─► topics, preview, test
                 └─► send; correction, retract
The text itself is written in a flow of its own (`writing.py`), a correction's too.
"""

from __future__ import annotations

from bot.flows.flow import Audience, Flow
from handlers.letters.correction import CORRECTION
from handlers.letters.desk import DELETE, LETTER_STEP
from handlers.letters.editions import EDITION, LANGUAGES_STEP, LINKS
from handlers.letters.listing import LIST, NEW
from handlers.letters.narrowing import READERS, TOPICS_STEP
from handlers.letters.opened import LETTERS_NAME, Open
from handlers.letters.picturing import LOOK, PICTURES
from handlers.letters.releasing import SEND
from handlers.letters.taking_back import RETRACT
from handlers.letters.templating import NAME, PART, TAKE, TEMPLATE, TEMPLATES
from handlers.policy import EDITOR_WIPE_SECONDS

LETTERS = Flow(
    name=LETTERS_NAME,
    draft=Open,
    audience=Audience.EDITORS,
    wipe_after=EDITOR_WIPE_SECONDS,
    protect=True,
    steps=(
        LIST,
        NEW,
        LETTER_STEP,
        LANGUAGES_STEP,
        EDITION,
        LINKS,
        PICTURES,
        LOOK,
        TAKE,
        READERS,
        TOPICS_STEP,
        SEND,
        CORRECTION,
        RETRACT,
        DELETE,
        TEMPLATES,
        NAME,
        TEMPLATE,
        PART,
    ),
)
