"""The dialogues, word for word, so that a change of a sentence is read where it is said.

`UPDATE_GOLDEN=1 pytest -m "soak or not soak" tests/integration/flows/test_golden.py` writes them anew: read the
difference aloud. The Russian ones in `make test`, but for most of those without buttons; the others in `make soak`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.flows.testing import Stage
from handlers.policy import LANGUAGES
from storage.clock import HOUR
from storage.vault import Receipt
from tests.integration.flows.people import Cast
from tests.integration.flows.scenes import SCENES
from tests.integration.flows.scenes.receipts import WORDS
from tests.integration.flows.scenes.scene import Scene
from tests.integration.flows.transcript import Transcript

GOLDEN = Path(__file__).parent / "golden"


BY_NUMBER = ("home", "telling", "deleting", "reading", "replying", "consenting", "queueing", "rejecting")
"""Those that are also read as they are without buttons: the first two in `make test`."""
READ = [
    *(("telegram", language, name) for language, name in SCENES),
    *(("matrix", language, name) for language, name in SCENES if name in BY_NUMBER and language in LANGUAGES),
]


def is_in_soak(manner: str, language: str, name: str) -> bool:
    return language != "ru" or (manner == "matrix" and name not in BY_NUMBER[:2])


@pytest.mark.parametrize(
    ("manner", "language", "name"),
    [pytest.param(*one, marks=pytest.mark.soak) if is_in_soak(*one) else one for one in READ],
)
async def test_a_dialogue_reads_as_it_was_approved(
    stage: Stage, cast: Cast, monkeypatch: pytest.MonkeyPatch, manner: str, language: str, name: str
) -> None:
    monkeypatch.setattr("handlers.contributors.submission.new_alias", lambda: "Берёза-100")
    afternoon = 9 * HOUR // 2  # when a story comes out
    monkeypatch.setattr("secrets.randbelow", lambda limit: min(afternoon, limit - 1))
    monkeypatch.setattr("handlers.contributors.receipts.receipting.draw", lambda: Receipt(tuple(WORDS.split())))
    monkeypatch.setattr("handlers.contributors.receipts.receipting.two_places", lambda: (1, 4))
    await cast.editors()
    author, reader, anna, boris = (stage.person(one, language) for one in ("author", "reader", "anna", "boris"))
    if language == "en":
        for editor in (anna, boris):
            await editor.says("/language")
            await editor.presses("English")
    script = Transcript(stage=stage)
    await SCENES[language, name](Scene(cast, script, author, reader, anna, boris, language))

    approved = GOLDEN / language / f"{name}.txt"
    if manner != "telegram":
        approved = GOLDEN / manner / language / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        approved.parent.mkdir(parents=True, exist_ok=True)
        approved.write_text(script.text(), "utf-8")
    assert script.text() == approved.read_text("utf-8")
