"""Nothing that betrays anybody is in the service's files: not the story, not an answer, a name, an id, the token."""

from __future__ import annotations

import base64
import json
import random
import re
import shutil
import struct
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest

from tests.acceptance import words
from tests.acceptance.betrayals import betrayals
from tests.acceptance.conftest import OpenScene
from tests.acceptance.interview import Facts, answer_all, begin, give, send
from tests.acceptance.journey import People, Script, travel
from tests.acceptance.kills import READERS, killable
from tests.acceptance.markers import files_under, of_bytes, of_number, of_text, scan
from tests.acceptance.newsdesk import newest_alias, reject
from tests.acceptance.scene import AUTHOR, FEW_BYTES, Human, Scene
from tests.databases import BOTH_BUT_POSTGRESQL_IN_SOAK


def _base64(shift: int, secret: str | bytes) -> bytes:
    return base64.b64encode(b"?>~"[:shift] + _bytes(secret))


def _base64_for_urls(shift: int, secret: str | bytes) -> bytes:
    return base64.urlsafe_b64encode(b"?>~"[:shift] + _bytes(secret))


def _bytes(secret: str | bytes) -> bytes:
    return secret.encode() if isinstance(secret, str) else secret


TEXTS: dict[str, Callable[[str], bytes]] = {
    "UTF-8": lambda text: text.encode(),
    "UTF-16 LE": lambda text: text.encode("utf-16-le"),
    "UTF-16 BE": lambda text: text.encode("utf-16-be"),
    "Windows-1251": lambda text: text.encode("cp1251"),
    "JSON escapes": lambda text: json.dumps(text).encode(),
    "JSON escapes, capitals": lambda text: re.sub(
        r"(?<=\\u)....", lambda found: found.group().upper(), json.dumps(text)
    ).encode(),
    "percent": lambda text: quote(text).encode(),
    "hex": lambda text: text.encode().hex().encode(),
    "hex, capitals": lambda text: text.encode().hex().upper().encode(),
    **{f"Base64, {shift}": partial(_base64, shift) for shift in range(3)},
    **{f"Base64 for URLs, {shift}": partial(_base64_for_urls, shift) for shift in range(3)},
}
BYTES: dict[str, Callable[[bytes], bytes]] = {
    "as it is": bytes,
    "hex": lambda data: data.hex().encode(),
    "hex, capitals": lambda data: data.hex().upper().encode(),
    **{f"Base64, {shift}": partial(_base64, shift) for shift in range(3)},
    **{f"Base64 for URLs, {shift}": partial(_base64_for_urls, shift) for shift in range(3)},
}
PLANTED = {
    "region": words.REGION.encode(),
    "note": words.NOTE.encode(),
    "description of a photo": words.DESCRIPTION.encode(),
    "answer for editors only": words.FOR_EDITORS.encode(),
    "reason": words.REASON.encode(),
    "voice message": Script.short().voice,
}
NUMBERS: dict[str, Callable[[int], bytes]] = {
    "decimal": lambda number: str(number).encode(),
    "8 bytes, big end first": lambda number: struct.pack(">q", number),
    "8 bytes, little end first": lambda number: struct.pack("<q", number),
    "6 bytes, big end first": lambda number: struct.pack(">q", number)[2:],
    "6 bytes, little end first": lambda number: struct.pack("<q", number)[:6],
    "MessagePack": lambda number: msgspec.msgpack.encode({"id": number}),
}


@BOTH_BUT_POSTGRESQL_IN_SOAK
async def test_nothing_that_betrays_anybody_is_in_a_file(scene: Scene) -> None:
    """Looked at while the story lies there, when it is published, when its author is forgotten; and after a kill.

    The program is the impatient one of the kill tests; `test_journey.py` ends with the same search of the real one's.
    """
    people, script = People.gather(scene), Script.short()
    for number, reader in zip(FEW_BYTES, ("first", "second", "third"), strict=True):
        scene.person(number, reader)
    markers = betrayals(scene, people, script, READERS)
    places = [*scene.home.places, *await scene.home.database_places()]
    looked: list[int] = []

    def look() -> None:
        files = files_under(*places, since=scene.home.begun)
        looked.append(len(files))
        assert scan(markers, files) == []

    async with killable(scene, readers=[*READERS, *FEW_BYTES]) as (service, _):
        await service.start()
        await another_story_is_rejected(scene, people.anna)
        look()
        await travel(scene, people, script, [*READERS, *FEW_BYTES], look)
        await service.kill()
        look()
        await service.start()
        await scene.settled()
        await service.stop()
        await scene.home.database_places()
        look()
    assert len(looked) == 6
    assert min(looked) >= 4  # the database, its key files, the log


async def another_story_is_rejected(scene: Scene, anna: Human) -> None:
    """It lies there to the end, with an answer that only editors were to read, and the reason."""
    author = scene.person(AUTHOR + 1, "vtoroy")
    await begin(author, "Интервью")
    await answer_all(author, {"change": words.story(300, 5), "leave_out": words.FOR_EDITORS})
    await give(author, Facts())
    await send(author)
    await reject(scene, anna, await newest_alias(scene), words.REASON)


@pytest.fixture
def haystack(tmp_path: Path) -> Path:
    """Bytes like those of sealed data, in a folder within a folder."""
    file = tmp_path / "data" / "files" / "some.blob"
    file.parent.mkdir(parents=True)
    file.write_bytes(random.Random(7).randbytes(1 << 20))
    return file


def plant(file: Path, needle: bytes) -> None:
    straw = file.read_bytes()
    file.write_bytes(straw[:654_321] + needle + straw[654_321:])


@pytest.mark.parametrize("form", TEXTS)
def test_a_text_is_found_in_every_form(haystack: Path, form: str) -> None:
    text = words.story(200, seed=9)
    markers = of_text("story", text)
    assert scan(markers, files_under(haystack.parents[1])) == []
    plant(haystack, TEXTS[form](text))
    assert form in {found.marker.form for found in scan(markers, files_under(haystack.parents[1]))}


@pytest.mark.parametrize("form", BYTES)
def test_a_recording_is_found_in_every_form(haystack: Path, form: str) -> None:
    voice = words.recording(9, size=2000)
    markers = of_bytes("voice message", voice)
    assert scan(markers, files_under(haystack.parents[1])) == []
    plant(haystack, BYTES[form](voice))
    assert form in {found.marker.form for found in scan(markers, files_under(haystack.parents[1]))}


async def test_each_thing_that_was_told_is_looked_for(open_scene: OpenScene, haystack: Path) -> None:
    """Planted one after the other: what `betrayals` forgets would be found by nobody."""
    async with open_scene("sqlite") as scene:
        markers = betrayals(scene, People.gather(scene), Script.short(), READERS)
    assert scan(markers, [haystack]) == []
    found: dict[str, set[str]] = {}
    for of, secret in PLANTED.items():
        copy = haystack.with_name(f"{len(found)}.blob")
        shutil.copy(haystack, copy)
        plant(copy, secret)
        found[of] = {one.marker.of for one in scan(markers, [copy])}
    assert found == {of: {of} for of in PLANTED}


@pytest.mark.parametrize("form", NUMBERS)
@pytest.mark.parametrize("number", [AUTHOR, FEW_BYTES[0]], ids=["large", "small"])
def test_an_account_id_is_found_in_every_form(haystack: Path, form: str, number: int) -> None:
    markers = of_number("id", number)
    assert scan(markers, files_under(haystack.parents[1])) == []
    plant(haystack, NUMBERS[form](number))
    assert scan(markers, files_under(haystack.parents[1]))


@pytest.mark.parametrize("order", ["<i", ">i"])
def test_four_bytes_count_when_they_are_there_of_every_small_id(haystack: Path, order: str) -> None:
    markers = [marker for number in FEW_BYTES for marker in of_number(f"id {number}", number)]
    for number in FEW_BYTES[:-1]:
        plant(haystack, struct.pack(order, number))
    assert scan(markers, files_under(haystack.parents[1])) == []
    plant(haystack, struct.pack(order, FEW_BYTES[-1]))
    assert len(scan(markers, files_under(haystack.parents[1]))) == len(FEW_BYTES)


def test_a_copy_of_real_files_with_a_plant_in_it_is_not_clean(haystack: Path, tmp_path: Path) -> None:
    shutil.copytree(haystack.parents[1], tmp_path / "copy")
    plant(next((tmp_path / "copy").rglob("*.blob")), words.PEN_NAME.encode())
    markers = of_text("pen name", words.PEN_NAME)
    assert scan(markers, files_under(tmp_path / "data")) == []
    assert scan(markers, files_under(tmp_path / "copy"))
