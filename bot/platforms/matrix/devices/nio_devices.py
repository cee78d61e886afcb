"""A decision handed to nio: which devices it may know, and which of them it gives room keys to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nio import KeysQueryResponse

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.devices.shown import Answer
from bot.platforms.matrix.devices.trust import Decision, Reason

_UNKNOWN_TO_NIO = (Reason.KEYS_CHANGED, Reason.TOO_MANY)
"""nio would take a changed curve25519 key for the old one's"""


async def hand_over(client: MatrixClient, answers: Mapping[str, Answer], decisions: Mapping[str, Decision]) -> None:
    """In place of nio's own key query, which raises at one malformed device and loses everybody else's."""
    accepted = {user: _accepted(answer, decisions[user]) for user, answer in answers.items()}
    await client.receive_response(KeysQueryResponse(accepted, {}))
    client.users_for_key_query.difference_update(answers)


def set_trust(client: MatrixClient, user: str, decision: Decision) -> None:
    """nio throws the outbound sessions of the person's rooms away for each device that gains or loses trust."""
    trusted = {(one.id.reveal(), one.ed25519.reveal(), one.curve25519.reveal()) for one in decision.trusted}
    for name, device in client.device_store[user].items():
        if (name, device.ed25519, device.curve25519) not in trusted:
            client.blacklist_device(device)
            continue
        if device.deleted:  # missing from one answer: nio would take it for gone for ever
            device.deleted = False
            client.sealed.save_device_keys({user: {name: device}})
        client.verify_device(device)


def is_undecided(client: MatrixClient, user: str) -> bool:
    """Whether nio has learnt of a device by itself."""
    return any(not (one.verified or one.blacklisted) for one in client.device_store.active_user_devices(user))


def _accepted(answer: Answer, decision: Decision) -> dict[str, Any]:
    refused = {one.device.id.reveal() for one in decision.withheld if one.reason in _UNKNOWN_TO_NIO}
    return {
        name: {key: part for key, part in payload.items() if key != "unsigned"}
        for name, payload in answer.devices.items()
        if name not in refused
    }
