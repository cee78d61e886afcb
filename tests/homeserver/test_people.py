"""The people of the tests can do what a test asks of them: two of them, each with a client of their own."""

from __future__ import annotations

import pytest
import pytest_asyncio

from tests.homeserver.company import Company
from tests.homeserver.people import People
from tests.homeserver.synapse import Synapse

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.soak]


@pytest_asyncio.fixture(loop_scope="module")
async def people(synapse: Synapse, company: Company) -> People:
    return await company.people(synapse)


async def test_two_people_hold_an_encrypted_conversation(people: People) -> None:
    anna, boris = await people.person("anna", only_signed=True), await people.person("boris", only_signed=True)
    hers = await anna.direct(boris.user_id)
    his = await boris.accepts(anna.user_id)
    await hers.waits_for_room(lambda room: boris.user_id in room.members)

    greeting = await hers.says("Здравствуйте, Борис")
    await his.reacts((await his.expects("Здравствуйте")).event_id, "👍")
    photo = await his.sends_file("m.image", b"a picture", name="площадь.jpg", mime="image/jpeg", thread=greeting)
    seen = await hers.waits(lambda seen: next((one for one in seen if one.kind == "m.image"), None), "a photo")
    assert (seen.event_id, seen.thread, seen.encrypted) == (photo, greeting, True)
    assert await hers.downloads(seen) == b"a picture"

    await hers.edits(greeting, "Здравствуй, Боря")
    edited = await his.expects("Боря")
    assert (edited.event_id, edited.edited, edited.reactions) == (greeting, True, (("👍", boris.user_id),))

    answer = await his.says("И тебе не хворать", reply_to=greeting)
    assert (await hers.expects("хворать")).reply_to == greeting
    await his.redacts(answer)
    await hers.waits(lambda seen: True if answer not in {one.event_id for one in seen} else None, "nothing")


async def test_who_talks_to_signed_devices_only_is_not_read_by_another(people: People) -> None:
    """The bar for the bot's cross-signing means something: without it, this is what happens."""
    anna, boris = await people.person("anna", only_signed=True), await people.person("boris")
    unsigned = await people.logs_in(boris.user_id, boris.password, signs=False)

    hers = await anna.direct(boris.user_id)
    his = await boris.accepts(anna.user_id)
    await hers.waits_for_room(lambda room: boris.user_id in room.members)
    await hers.says("Только для подписанных")
    await his.expects("Только для подписанных")
    kinds = await unsigned.chat(his.room_id).waits(lambda seen: [one.kind for one in seen] or None, "anything")
    assert kinds == ["undecryptable"]
    judged = {device.device_id: device.signed_by_owner for device in await anna.devices(boris.user_id)}
    assert judged == {boris.device_id: True, unsigned.device_id: False}
