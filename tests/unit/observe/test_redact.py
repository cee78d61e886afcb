"""The net under every line."""

from __future__ import annotations

import pytest

from bot.observe.redact import redact

SECRETS = {
    "a bot's token": "7000000001:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
    "an account's id": "712345678",
    "a chat's id": "-1001234567890",
    "a name": "@anna_k",
    "a Matrix account": "@anna:example.org",
    "a Matrix room": "!abcdef:example.org",
    "an e-mail": "anna.k@example.org",
    "a telephone": "+7 912 345-67-89",
    "a telephone at home": "8 (912) 345-67-89",
    "a link to a person": "t.me/anna_k",
    "a hash": "3fa9c1d2e4b5a6978877665544332211",
    "a root key": "tamizdat-root-v1:Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFy",
}


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS.keys())
def test_it_is_caught_wherever_it_stands(secret: str) -> None:
    for text in (secret, f"the chat {secret} is gone", f"({secret})", f"'{secret}',"):
        assert secret not in redact(text)
        assert not set(secret.split(":")) & set(redact(text).split())


def test_of_an_address_only_the_host_stays() -> None:
    assert redact("no answer: https://user:pass@api.example.org/bot123456:AAA/getMe?x=1 at all") == (
        "no answer: https://api.example.org/… at all"
    )


def test_plain_words_and_small_numbers_stay() -> None:
    text = "2026-11-22: 3 messages of 4096 could not be deleted at bot/dispatch.py:120, 127.0.0.1:8420"
    assert redact(text) == text
