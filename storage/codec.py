"""Records to bytes and back, for sealing. One encoding in the whole house: MessagePack by field name.

A record that gains a field with a default still reads its old rows; whatever changes more carries a version.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar, get_args

import msgspec

from storage.errors import Unreadable
from storage.private import Private

T = TypeVar("T")


def _encode_private(value: object) -> object:
    if isinstance(value, Private):
        return value.reveal()
    raise TypeError(f"{type(value).__name__} can't be stored")


def _decode_private(kind: Any, value: Any) -> Any:
    inner = _within(kind)
    return Private(value if type(value) is inner else msgspec.convert(value, inner))


@cache
def _within(kind: Any) -> Any:
    if getattr(kind, "__origin__", kind) is not Private:
        raise TypeError(f"{kind} can't be read")
    (inner,) = get_args(kind) or (object,)
    return inner


_encoder = msgspec.msgpack.Encoder(enc_hook=_encode_private)


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind, dec_hook=_decode_private)


def encode(record: object) -> bytes:
    return _encoder.encode(record)


def decode(kind: Any, data: bytes) -> Any:
    """The record of type `kind`. Raises Unreadable, without a word of the content, when it has another shape."""
    try:
        return _decoder(kind).decode(data)
    except msgspec.DecodeError:
        # Without the cause: it may quote a value.
        raise Unreadable(f"A stored record is not a {getattr(kind, '__name__', 'record')}.") from None
