"""Who had begun a story in a language in which none are told, and then pressed "delete the draft" instead of choosing
another, was told so; the files that came with it stayed, kept for ever and nobody's.
"""

from __future__ import annotations

import pytest

from bot.media.job import fetch_job
from bot.media.rebuild import PhotoRebuilder
from storage.store import Store
from tests.databases import Newsroom
from tests.integration.flows.people import Cast
from tests.issues.stages import newsroom_stage


@pytest.mark.parametrize(("language", "discard"), [("de", "Entwurf löschen"), ("cs", "Smazat koncept")])
async def test_they_go_with_it(store: Store, newsroom: Newsroom, language: str, discard: str) -> None:
    cast = Cast(stage=newsroom_stage(store, fetch_job(PhotoRebuilder())), data=newsroom.data)
    author = cast.stage.person("author", language=language)
    await author.says("/start")
    await author.sends_voice(b"OggS a voice that others would know")
    assert (await cast.rows())["blobs"] == 1
    await author.presses(discard)
    assert {"blobs", "blob_chunks"}.isdisjoint(await cast.rows())
    assert cast.files() == 0
