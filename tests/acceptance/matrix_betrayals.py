"""What people on Matrix would be betrayed by, as markers: their words and files, and every id that Matrix gives."""

from __future__ import annotations

from collections.abc import Sequence

from tests.acceptance import words
from tests.acceptance.journey import Script
from tests.acceptance.markers import Marker, of_bytes, of_text
from tests.acceptance.matrix_journey import Public
from tests.acceptance.matrix_scene import MatrixScene
from tests.homeserver.people import MatrixPerson


async def betrayals(scene: MatrixScene, public: Public, script: Script, tokens: Sequence[str]) -> list[Marker]:
    """Everybody has met the bot: their rooms and devices are known. tokens: the bot's."""
    texts = {
        **{f"story, message {number}": text for number, text in enumerate(script.story, 1)},
        "edited story": script.edited,
        "question": words.QUESTION,
        "answer": words.ANSWER,
        "pen name": words.PEN_NAME,
        "region": words.REGION,
        "description of a photo": words.DESCRIPTION,
        "note": words.NOTE,
        "EXIF": words.EXIF,
        "bot's password": scene.password,
    }
    for one in (*public.everybody, scene.anna, scene.boris):
        texts |= {
            f"user id of {one.name}": one.person.user_id,
            f"device id of {one.name}": one.person.device_id,
            f"room of {one.name}": one.chat.room_id,
            **{f"{kind} key of {one.name}": key for kind, key in (await keys_of(one.person)).items()},
        }
    devices = [device.device_id for device in await scene.anna.person.devices(scene.bot)]
    assert devices
    assert tokens
    texts |= {f"device id {number} of the bot": device for number, device in enumerate(devices)}
    texts |= {f"token {number} of the bot": token for number, token in enumerate(tokens)}
    found = [marker for of, text in texts.items() for marker in of_text(of, text)]
    for photo in script.photos:
        found += of_bytes("photo, as it came", photo[len(photo) // 2 :])  # every JPEG begins alike
    found += of_bytes("voice message", script.voice)
    found.append(Marker(of="photo", form="as it is shown", needle=b"\xff\xd8\xff\xe0\x00\x10JFIF"))
    return found


async def keys_of(person: MatrixPerson) -> dict[str, str]:
    """The public keys by which everybody on the homeserver would know this device."""
    status, said = await person.request("POST", "/_matrix/client/v3/keys/query", {"device_keys": {person.user_id: []}})
    assert status == 200, said
    keys = said["device_keys"][person.user_id][person.device_id]["keys"]
    return {name.partition(":")[0]: key for name, key in keys.items()}
