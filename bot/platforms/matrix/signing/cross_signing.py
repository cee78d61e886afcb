"""Our cross-signing keys: made once, sealed, uploaded, never changed but by the reset command.

The master key signs the other two and is signed by our device; the self-signing key signs our device. Clients that
give room keys to signed devices only need this chain; matrix-nio knows nothing of it.
Source: Matrix specification, client-server API, "Cross-signing".
"""

from __future__ import annotations

from bot.errors import StartRefused
from bot.platforms.base import Finding
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.signing import chain, seeds
from bot.platforms.matrix.signing.chain import Chain
from bot.platforms.matrix.signing.one_time_keys import publish
from bot.platforms.matrix.signing.own_device import device_keys, signed_by_device
from bot.platforms.matrix.signing.seeds import Keys, Seeds
from bot.platforms.matrix.signing.signing_upload import upload_keys
from storage.private import Private
from storage.store import Store

_RESET = (
    "Unless somebody did that on purpose, change the account's password: a stranger may have it. Then run "
    "`tamizdat matrix reset-signing`."
)
_OTHER_DEVICE = (
    "The homeserver shows other keys for the bot's device than it has: an old back-up was restored, or the server is "
    "not to be trusted. Run `tamizdat matrix login` to log in anew."
)


async def establish(client: MatrixClient, store: Store, password: Private[str] | None = None) -> Seeds:
    """From `init` and at each start: the chain from the master key to our device is complete on the server.

    Makes seeds where there are none (they are on the disk before the server hears of them) and uploads what the server
    lacks. Never rotates: other keys than ours raise StartRefused with the remedy, as does a server that wants a
    password when there is none, or another. Raises as `client.call` does.
    """
    kept = await seeds.load(store)
    shown = await chain.ask(client)
    if kept is None and shown.has_keys:
        raise StartRefused(f"The bot's Matrix account has cross-signing keys that this newsroom did not make. {_RESET}")
    if kept is None:
        kept = seeds.make()
        await seeds.save(store, kept)
    keys = Keys(kept, client.machine.user_id)
    if not shown.has_keys:
        await upload_keys(client, keys, password)
    elif not shown.is_of(keys):
        raise StartRefused(f"The homeserver shows other cross-signing keys for the bot than its own. {_RESET}")
    await _complete(client, keys, shown)
    return kept


async def verify(client: MatrixClient, store: Store) -> list[Finding]:
    """What `doctor` shows: each link of the chain. Changes nothing. Raises as `client.call` does."""
    kept = await seeds.load(store)
    if kept is None:
        return [Finding(what="Matrix: cross-signing keys", ok=False, remedy="None yet: run `tamizdat matrix login`.")]
    shown = await chain.ask(client)
    start = "Start the service: it signs what is not signed yet."
    return [
        Finding(
            what="Matrix: the homeserver shows the bot's own cross-signing keys",
            ok=shown.is_of(Keys(kept, client.machine.user_id)) and shown.keys_signed,
            remedy=f"They are missing or others. {_RESET}",
        ),
        Finding(what="Matrix: the bot's device is known by its own keys", ok=shown.is_device, remedy=_OTHER_DEVICE),
        Finding(what="Matrix: the bot's identity has signed its device", ok=shown.device_signed, remedy=start),
        Finding(what="Matrix: the bot's device has signed its identity", ok=shown.master_signed, remedy=start),
    ]


async def reset(client: MatrixClient, store: Store, password: Private[str] | None) -> Seeds:
    """New keys on purpose: `tamizdat matrix reset-signing`. People who verified the bot are shown that it changed.

    Raises StartRefused when the homeserver does not take the password: the keys are as before then.
    """
    before = await seeds.load(store)
    made = seeds.make()
    keys = Keys(made, client.machine.user_id)
    await seeds.save(store, made)
    try:
        await upload_keys(client, keys, password)
    except StartRefused:
        await seeds.save(store, before)
        raise
    await _complete(client, keys, await chain.ask(client))
    return made


async def _complete(client: MatrixClient, keys: Keys, shown: Chain) -> None:
    """Signs device and master key where that is missing; safe to repeat after a crash anywhere before."""
    machine = client.machine
    if not shown.has_device:
        await publish(client)
    elif not shown.is_device:
        raise StartRefused(_OTHER_DEVICE)
    if not shown.is_whole(keys):
        device = keys.vouched(device_keys(machine))
        signed = {machine.device_id: device, keys.master: signed_by_device(machine, keys.master_key())}
        await client.call("POST", "v3/keys/signatures/upload", body={machine.user_id: signed})
        shown = await chain.ask(client)
    if not shown.is_whole(keys):
        raise StartRefused(
            "The homeserver does not show the bot's signatures as they were uploaded: `tamizdat doctor` says which."
        )
