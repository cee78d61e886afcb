"""The rules of `trust.py` put to work: asked before each message, it settles whom nio shares the room's keys with."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping

import msgspec

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.devices.editors_room import EditorsRoom
from bot.platforms.matrix.devices.nio_devices import hand_over, is_undecided, set_trust
from bot.platforms.matrix.devices.pinned import Known, forget_known, load_known, save_known, still, told
from bot.platforms.matrix.devices.shown import query
from bot.platforms.matrix.devices.trust import Decision, Device, Reason, Shown, Standing, Withheld, decide
from bot.platforms.matrix.ids import RoomId, UserId
from storage.store import Store, Transaction

log = logging.getLogger(__name__)

_AT_ONCE = 100
"""people asked for in one request"""
_ASK_AGAIN = 300.0
"""seconds, for people whose own homeserver did not answer: ours waits for it ten seconds each time"""


class Sharing(msgspec.Struct, frozen=True, kw_only=True):
    trusted: tuple[Device, ...]
    withheld: tuple[Withheld, ...]
    news: tuple[Withheld, ...]
    """editors' devices, and strange ones in our own account, of which the editors' room was not told yet"""
    strangers: tuple[UserId, ...] = ()
    """who is in the editors' room, in no roster, and it was not told yet"""

    @property
    def is_news(self) -> bool:
        return bool(self.news or self.strangers)

    def __repr__(self) -> str:
        return "Sharing(…)"


class DevicePolicy:
    """One for the client; `editors_room`: whoever is in it, and in the roster, is held to the rules for editors from
    then on; nobody else gets its keys.
    """

    def __init__(self, client: MatrixClient, store: Store, *, editors_room: RoomId | None) -> None:
        self._client = client
        self._store = store
        self._editors = EditorsRoom(client, store, editors_room)
        self._known: dict[str, Known] = {}
        self._decisions: dict[str, Decision] = {}
        self._stale: set[str] = set()
        self._unanswered: dict[str, float] = {}
        self._lock = asyncio.Lock()

    async def prepare(self, room: RoomId) -> Sharing:
        """Before every encrypted message to this room, when its members are known; costs nothing when all is as before.

        Asks for keys where needed and pins what is new (on the disk when this returns), then sets nio's trust: nio
        throws the room's outbound session away when a device came or went. Raises as `client.call` does.
        """
        members = set(self._client.rooms[room].users)
        await self._editors.look(members)
        if any(self._is_stale(user) or self._may_have_changed(user) for user in members):
            async with self._lock:
                await self._ask([user for user in members if self._is_stale(user)])
                await self._look_again([user for user in members if self._may_have_changed(user)])
        readers = self._editors.readers(room, members)
        decisions = [self._decisions[user] for user in readers if user in self._decisions]
        withheld = tuple(
            one for decision in decisions for one in decision.withheld if one.reason is not Reason.TOO_MANY
        )
        return Sharing(
            trusted=tuple(device for decision in decisions for device in decision.trusted),
            withheld=withheld,
            news=tuple(one for one in withheld if self._is_news(one)),
            strangers=self._unannounced(members, readers),
        )

    def changed(self, users: Iterable[str]) -> None:
        """The loop calls this with a sync's `device_lists.changed`: their keys are asked for at the next `prepare`."""
        self._stale.update(users)

    async def learn(self, users: Iterable[str]) -> None:
        """Asks for their keys now, in place of nio's `keys_query`: nio is given what we accept of the answer."""
        async with self._lock:
            await self._ask(list(users))

    async def told(self, sharing: Sharing) -> None:
        """The room was told: these are no news any more."""
        async with self._lock, self._store.write() as tx:
            await tx.crypto.hold()
            for user in {one.device.user.reveal() for one in sharing.news} | set(sharing.strangers):
                known = await load_known(tx, user)
                if known is not None:
                    said = (told(one) for one in sharing.news if one.device.user == known.shown.user)
                    known = msgspec.structs.replace(
                        known,
                        told=tuple(dict.fromkeys((*known.told, *said))),
                        announced=known.announced or user in sharing.strangers,
                    )
                    await save_known(tx, known)
                    self._known[user] = known

    @property
    def users(self) -> set[str]:
        """Whose devices were judged since the start."""
        return set(self._known)

    async def forget(self, users: Iterable[str]) -> set[str]:
        """Drops what is pinned of them, and returns of whom: not of editors, as who was in the room once is held to
        their first identity for ever.
        """
        forgotten: set[str] = set()
        async with self._lock, self._store.write() as tx:
            await tx.crypto.hold()
            for user in users:
                known = await load_known(tx, user)
                if known is None or known.pins.standing is Standing.CONTRIBUTOR:
                    forgotten.add(user)
            await forget_known(tx, forgotten)
        for user in forgotten:
            self._known.pop(user, None)
            self._decisions.pop(user, None)
            self._unanswered.pop(user, None)
        self._stale -= forgotten
        return forgotten

    def _unannounced(self, members: set[str], readers: set[str]) -> tuple[UserId, ...]:
        """None as long as there is no editor in the room to read of them."""
        if not readers - {self._client.user_id}:
            return ()
        strangers = sorted(members - readers)
        return tuple(UserId(user) for user in strangers if user in self._known and not self._known[user].announced)

    def _is_stale(self, user: str) -> bool:
        if asyncio.get_running_loop().time() < self._unanswered.get(user, 0.0):
            return False
        marked = user in self._stale or user in self._client.users_for_key_query
        return marked or user not in self._known or is_undecided(self._client, user)

    def _may_have_changed(self, user: str) -> bool:
        """A withheld device may have been confirmed by another process; an author may have become an editor."""
        return user in self._known and (bool(self._decisions[user].withheld) or self._is_now_editor(user))

    def _is_now_editor(self, user: str) -> bool:
        return self._known[user].pins.standing is Standing.CONTRIBUTOR and self._standing(user) is Standing.EDITOR

    async def _ask(self, users: list[str]) -> None:
        for start in range(0, len(users), _AT_ONCE):
            some = users[start : start + _AT_ONCE]
            self._stale.difference_update(some)  # before the question: what changes meanwhile is asked for again
            try:
                answers = await query(self._client, some)
                await self._judge({user: answer.shown for user, answer in answers.items()})
                await hand_over(self._client, answers, self._decisions)
            except BaseException:
                self._stale.update(some)
                raise
            self._set_trust(answers)
            for user in set(some) - set(answers):
                self._stale.add(user)
                self._unanswered[user] = asyncio.get_running_loop().time() + _ASK_AGAIN

    async def _look_again(self, users: list[str]) -> None:
        async with self._store.read() as tx:
            rows = {user: await load_known(tx, user) for user in users}
        changed = [user for user, row in rows.items() if row != self._known[user] or self._is_now_editor(user)]
        if changed:
            await self._judge({user: self._known[user].shown for user in changed})
            self._set_trust(changed)

    async def _judge(self, people: Mapping[str, Shown]) -> None:
        async with self._store.write() as tx:
            await tx.crypto.hold()
            judged = {user: await self._judged(tx, user, shown) for user, shown in people.items()}
        for user, (known, decision) in judged.items():
            self._known[user], self._decisions[user] = known, decision

    async def _judged(self, tx: Transaction, user: str, shown: Shown) -> tuple[Known, Decision]:
        shown = self._others(shown)
        before = await load_known(tx, user)
        decision = decide(None if before is None else before.pins, shown, self._standing(user))
        known = Known(
            pins=decision.pins,
            shown=_within_reason(shown, decision),
            told=() if before is None else still(before.told, decision),
            announced=before is not None and before.announced,
        )
        if decision.pins.standing is Standing.CONTRIBUTOR:
            known = _alarmed(known, decision)
        if known != before:
            await save_known(tx, known)
        return known, decision

    def _set_trust(self, users: Iterable[str]) -> None:
        for user in users:
            set_trust(self._client, user, self._decisions[user])

    def _others(self, shown: Shown) -> Shown:
        """Without the device that we are."""
        if shown.user.reveal() != self._client.user_id:
            return shown
        others = tuple(device for device in shown.devices if device.id.reveal() != self._client.device_id)
        return msgspec.structs.replace(shown, devices=others)

    def _standing(self, user: str) -> Standing:
        if user == self._client.user_id:
            return Standing.OURSELVES
        return Standing.EDITOR if self._editors.is_editor(user) else Standing.CONTRIBUTOR

    def _is_news(self, one: Withheld) -> bool:
        return told(one) not in self._known[one.device.user.reveal()].told


def _within_reason(shown: Shown, decision: Decision) -> Shown:
    """Without those too many: a row for each of a hundred thousand made-up devices would be kept for ever."""
    too_many = {one.device.id for one in decision.withheld if one.reason is Reason.TOO_MANY}
    return msgspec.structs.replace(shown, devices=tuple(one for one in shown.devices if one.id not in too_many))


def _alarmed(known: Known, decision: Decision) -> Known:
    """An author's devices are never news: editors are not to learn who writes. The log is told, without a name."""
    judged = [one for one in decision.withheld if one.reason is not Reason.TOO_MANY]
    new = [told(one) for one in judged if told(one) not in known.told]
    reasons = {one.reason for one in new}
    if Reason.KEYS_CHANGED in reasons:
        log.error("A person's Matrix device shows other keys than before: it gets no messages. See `tamizdat doctor`.")
    if Reason.IDENTITY_CHANGED in reasons:
        log.error("A person's Matrix identity has changed: their new devices get no messages. See `tamizdat doctor`.")
    if Reason.UNSIGNED in reasons:
        log.warning("A person's new Matrix device gets no messages until they have verified it.")
    return msgspec.structs.replace(known, told=(*known.told, *new))
