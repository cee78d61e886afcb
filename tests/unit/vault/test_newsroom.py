"""The newsroom's offline key: twelve words, of which a wrong one is noticed; a public half that nobody exchanges."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.errors import Unreadable, VaultError
from storage.private import Private
from storage.vault import RootKey
from storage.vault.newsroom import NewsroomKey, Words, draw, keep_newsroom_key, load_newsroom_key, read
from storage.vault.words import words
from tests.databases import ROOT

WORDS = "абажур балкон даровать гараж диван ежевика органик подрядчик игрушка кабинет лампа лесть"
PAPER = Words(tuple(WORDS.split()))


def test_what_stands_on_paper_opens_for_ever() -> None:
    """A change of the list, of the checksum or of a label would show here."""
    assert all(word in words() for word in PAPER.reveal())
    assert read(Private(" ".join(PAPER.reveal()))) == PAPER
    assert PAPER.key.public.name == "MLLJJBFE"
    sealed = bytes.fromhex(
        "cb63fcfaf22d60571cce82f34a9b0dc8cc2b78f86eae3fe38995dae929c3915f"
        "a67a3ab07f9953bbac982ac79e3716c35b66f2be98e9ee146c3dff8eda"
    )
    assert PAPER.key.open("newsroom/story", b"place", sealed) == b"a story's key"


def test_words_are_read_however_they_were_typed() -> None:
    drawn = draw()
    typed = ", ".join(f"{place}. {word.upper()}" for place, word in enumerate(drawn.reveal(), start=1))
    assert read(Private(typed)) == drawn
    assert len(set(draw().reveal()) | set(draw().reveal())) > 12


def test_a_wrong_word_an_exchanged_pair_and_a_missing_one_are_noticed() -> None:
    chosen = list(PAPER.reveal())
    for wrong in (
        [*chosen[:3], words()[0] if chosen[3] != words()[0] else words()[1], *chosen[4:]],
        [chosen[1], chosen[0], *chosen[2:]],
        chosen[:11],
        [*chosen, chosen[0]],
        ["qwerty"] * 12,
    ):
        assert read(Private(" ".join(wrong))) is None


def test_sealed_for_one_key_purpose_and_place() -> None:
    key, other = draw().key, draw().key
    sealed = key.public.seal("purpose", b"place", b"plain")
    assert key.open("purpose", b"place", sealed) == b"plain"
    for wrong, purpose, place in ((other, "purpose", b"place"), (key, "another", b"place"), (key, "purpose", b"next")):
        with pytest.raises(Unreadable):
            wrong.open(purpose, place, sealed)
    for altered in (b"", sealed[:40], sealed[:-1], bytes([sealed[0] ^ 1]) + sealed[1:]):
        with pytest.raises(Unreadable):
            key.open("purpose", b"place", altered)


def test_nothing_shows_the_words_or_the_key() -> None:
    assert "абажур" not in repr(PAPER) + str(PAPER) + f"{PAPER}"
    assert repr(PAPER.key) == "OfflineKey(…)"


def test_the_public_half_is_kept_and_nobody_else_s_is_taken(tmp_path: Path) -> None:
    place = tmp_path / "keys" / "newsroom.key"
    assert load_newsroom_key(place, ROOT) is None
    keep_newsroom_key(place, PAPER.key.public, ROOT)
    assert place.stat().st_mode & 0o777 == 0o600
    assert load_newsroom_key(place, ROOT) == PAPER.key.public
    content = place.read_bytes()
    for altered in (content[:-1], content[:7] + NewsroomKey(bytes(32)).raw + content[39:], b""):
        place.write_bytes(altered)
        with pytest.raises(VaultError, match="in its place"):
            load_newsroom_key(place, ROOT)
    keep_newsroom_key(place, PAPER.key.public, RootKey.new())  # by somebody who has the folder only
    with pytest.raises(VaultError):
        load_newsroom_key(place, ROOT)
