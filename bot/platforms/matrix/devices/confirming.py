"""What an admin does about devices that get no keys: look, compare fingerprints, confirm. The service may run on."""

from __future__ import annotations

import msgspec

from bot.platforms.base import Finding
from bot.platforms.matrix.devices.pinned import Known, all_known, load_known, save_known
from bot.platforms.matrix.devices.trust import Reason, Standing, Withheld, confirmed, decide, reidentified
from bot.platforms.matrix.ids import DeviceId, UserId
from storage.store import Store

_TO_CONFIRM = (Reason.UNSIGNED, Reason.IDENTITY_CHANGED)
"""A device whose keys changed is never confirmed: its owner logs in anew and has another."""


async def waiting(store: Store) -> list[Withheld]:
    """Editors' devices that get no keys, as last seen; `device.ed25519` is what to compare with its owner."""
    return [
        withheld
        for known in await all_known(store)
        if known.pins.standing is Standing.EDITOR
        for withheld in _withheld(known)
        if withheld.reason in _TO_CONFIRM
    ]


async def confirm(store: Store, user: UserId, device: DeviceId) -> bool:
    """This device may read along: an editor's, or of a contributor who asks for it. False: none of that name waits
    (`waiting` lists editors').

    Its keys are those that `waiting` showed: had they changed since, it could not be confirmed any more. The running
    service notices before its next message to the room; after a changed identity it waits for `confirm_identity` too.
    """
    async with store.write() as tx:
        await tx.crypto.hold()
        known = await load_known(tx, user)
        if known is None or known.pins.standing is Standing.OURSELVES:
            return False
        found = [
            one.device for one in _withheld(known) if one.device.id.reveal() == device and one.reason in _TO_CONFIRM
        ]
        if not found:
            return False
        await save_known(tx, msgspec.structs.replace(known, pins=confirmed(known.pins, found[0])))
    return True


async def confirm_identity(store: Store, user: UserId) -> bool:
    """The person's identity (master key), as shown last, is theirs: what it has signed may read along again.

    No list names contributors: one who has a new identity tells an admin, or their new devices get no answer.
    False: there is no change to confirm.
    """
    async with store.write() as tx:
        await tx.crypto.hold()
        known = await load_known(tx, user)
        if known is None or known.pins.standing is Standing.OURSELVES or known.pins.master == known.shown.master:
            return False
        await save_known(tx, msgspec.structs.replace(known, pins=reidentified(known.pins, known.shown)))
    return True


async def findings(store: Store) -> list[Finding]:
    """For `doctor`: counts only."""
    everybody = await all_known(store)
    reasons = [(known.pins.standing, one.reason) for known in everybody for one in _withheld(known)]
    editors = sum(standing is Standing.EDITOR for standing, _ in reasons)
    ours = sum(standing is Standing.OURSELVES for standing, _ in reasons)
    changed = sum(one == (Standing.CONTRIBUTOR, Reason.KEYS_CHANGED) for one in reasons)
    strange = sum(one == (Standing.CONTRIBUTOR, Reason.IDENTITY_CHANGED) for one in reasons)
    return [
        Finding(
            what=f"Matrix: {editors} devices of editors get no keys",
            ok=editors == 0,
            remedy="Compare their fingerprints with their owners, then run `tamizdat matrix trust`. What that does not "
            "list shows other keys than before, and has to log in anew.",
        ),
        Finding(
            what=f"Matrix: {ours} other devices in the bot's account",
            ok=ours == 0,
            remedy="They read nothing, but somebody has the password: end those sessions and change it.",
        ),
        Finding(
            what=f"Matrix: {changed} devices of other people show other keys than before",
            ok=changed == 0,
            remedy="They get no messages. The homeserver may be tampered with: ask who runs it.",
        ),
        Finding(
            what=f"Matrix: {strange} devices of other people come with another identity than before",
            ok=strange == 0,
            remedy="They get no messages. Who tells you that they had to reset theirs: "
            "`tamizdat matrix trust @user:server --identity`.",
        ),
    ]


def _withheld(known: Known) -> tuple[Withheld, ...]:
    return decide(known.pins, known.shown, known.pins.standing).withheld
