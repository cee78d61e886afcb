"""Signed JSON, held to the examples in the Matrix specification's appendices."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.platforms.matrix.signing.canonical import (
    canonical,
    from_unpadded,
    is_signed_as,
    public_text,
    signature,
    unpadded,
)

KEY = Ed25519PrivateKey.from_private_bytes(from_unpadded("YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1"))
"""The specification's own"""
EMPTY = "K8280/U9SSy9IVtjBuVeLr+HpOB4BQFWbg+UZaADMtTdGYI7Geitb76LTrr5QV/7Xg4ahLwYGYZzuHGZKM5ZAQ"
ONE_TWO = "KqmLSbO39/Bzb0QIYE82zqLwsA+PDzYIpIRA2sRQ4sL53+sN6/fpNSoqE7BP7vBZhG6kYdD13EIMJpvhJI+6Bw"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({}, "{}"),
        ({"one": 1, "two": "Two"}, '{"one":1,"two":"Two"}'),
        ({"b": "2", "a": "1"}, '{"a":"1","b":"2"}'),
        ({"本": 2, "日": 1}, '{"日":1,"本":2}'),
        ({"a": "\u65e5"}, '{"a":"日"}'),
        ({"a": None, "unsigned": {"age": 1}, "signatures": {}}, '{"a":null}'),
    ],
)
def test_canonical_json_is_the_specification_s(value: dict[str, Any], expected: str) -> None:
    assert canonical(value) == expected.encode()


@pytest.mark.parametrize(("value", "expected"), [({}, EMPTY), ({"one": 1, "two": "Two"}, ONE_TWO)])
def test_signatures_are_the_specification_s(value: dict[str, Any], expected: str) -> None:
    assert signature(KEY, value) == expected


def test_a_signature_holds_for_its_words_only() -> None:
    signed = {"one": 1, "signatures": {"domain": {"ed25519:1": signature(KEY, {"one": 1})}}}

    def holds(value: object) -> bool:
        return is_signed_as(value, user="domain", name="ed25519:1", by=public_text(KEY))

    assert holds(signed)
    assert holds({**signed, "unsigned": {"anything": 2}})
    assert not holds({**signed, "one": 2})
    assert not holds({**signed, "more": 1})


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        {},
        {"signatures": None},
        {"signatures": {"domain": []}},
        {"signatures": {"domain": {"ed25519:1": 7}}},
        {"signatures": {"domain": {"ed25519:1": "кириллица"}}},
        {"signatures": {"domain": {"ed25519:1": "AAAA"}}},
        {"signatures": {"domain": {"ed25519:1": EMPTY}}, "half": "\ud800"},
        {"signatures": {"domain": {"ed25519:1": EMPTY}}, "number": float("nan")},
    ],
)
def test_what_is_malformed_is_not_signed(value: object) -> None:
    assert not is_signed_as(value, user="domain", name="ed25519:1", by=public_text(KEY))


def test_base64_has_no_padding_and_reads_back() -> None:
    for length in range(5):
        raw = bytes(range(length))
        assert "=" not in unpadded(raw)
        assert from_unpadded(unpadded(raw)) == raw
