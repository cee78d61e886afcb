"""From a prompt to messages: in order, within the limits, with the choices under the last one."""

from __future__ import annotations

from pathlib import Path

import pytest

import bot.texts
from bot.flows.flow import Bubble, Flow, Prompt, Words
from bot.flows.questions import rows
from bot.flows.speech import Speech
from bot.texts.fluent import Language, Texts
from bot.texts.rich import Rich
from bot.types import Capabilities, FileKind, Media, Place, Show
from storage.ids import AnchorId, BlobId

TEXTS = Texts.load([Path(bot.texts.__file__).parent / "locales"], strict=True)
FLOW: Flow[object] = Flow(name="toy", draft=object, steps=())
CHOICES = rows(("yes", Rich.plain("Yes")), ("no", Rich.plain("No")))
ANCHOR = AnchorId(b"a" * 16)


def shows(prompt: Prompt, notice: Words | None = None, flow: Flow[object] = FLOW) -> list[Show]:
    capabilities = Capabilities(
        buttons=True,
        text_limit=40,
        caption_limit=10,
        per_second=None,
        private_gap=0.0,
        room_per_minute=None,
        download_limit=1000,
    )
    speech = Speech(texts=TEXTS, language=Language("en"), capabilities=capabilities)
    _, messages = speech.messages(prompt, notice, flow, 100, ANCHOR)
    return messages


def texts(messages: list[Show]) -> list[str]:
    return [show.content.text.text for show in messages]


def plain(text: str) -> Rich:
    return Rich.plain(text)


def test_a_notice_stands_before_the_question() -> None:
    assert texts(shows(Prompt(text=(plain("Sure?"),)), plain("Hm."))) == ["Hm.\n\nSure?"]


def test_a_notice_stands_before_everything_that_it_explains() -> None:
    prompt = Prompt(before=(Bubble(text=plain("A story.")),), text=(plain("Sure?"),))
    assert texts(shows(prompt, plain("It has changed:"))) == ["It has changed:", "A story.", "Sure?"]


def test_a_long_text_comes_in_pieces_and_the_choices_under_the_last() -> None:
    messages = shows(Prompt(text=(plain("word " * 30),), choices=CHOICES))
    assert len(messages) > 3
    assert all(show.content.text.utf16_length <= 40 for show in messages)
    assert [bool(show.content.buttons) for show in messages] == [False] * (len(messages) - 1) + [True]


@pytest.mark.parametrize(
    ("text", "expected"), [("short", [("short", True)]), ("longer than ten", [("", True), ("longer than ten", False)])]
)
def test_a_caption_that_does_not_fit_follows_its_photo(text: str, expected: list[tuple[str, bool]]) -> None:
    bubble = Bubble(text=plain(text), media=Media(kind=FileKind.PHOTO, blob=BlobId(b"p" * 16), size=1))
    *found, _ = shows(Prompt(before=(bubble,), text=(plain("Sure?"),)))
    assert [(show.content.text.text, show.content.media is not None) for show in found] == expected


def test_what_is_said_beside_a_video_note_is_a_message_of_its_own() -> None:
    media = Media(kind=FileKind.VIDEO_NOTE, blob=BlobId(b"n" * 16), size=1)
    *found, _ = shows(Prompt(before=(Bubble(text=plain("short"), media=media),), text=(plain("Sure?"),)))
    assert [(show.content.text.text, show.content.media) for show in found] == [("", media), ("short", None)]
    *found, _ = shows(Prompt(before=(Bubble(text=Rich(), media=media),), text=(plain("Sure?"),)))
    assert [(show.content.text.text, show.content.media) for show in found] == [("", media)]


def test_only_the_prompt_that_moves_along_has_an_anchor() -> None:
    (standing,) = shows(Prompt(text=(plain("Sure?"),)))
    (moving,) = shows(Prompt(text=(plain("Sure?"),), follow=True))
    assert (standing.anchor, standing.place) == (None, Place.NEW)
    assert (moving.anchor, moving.place) == (ANCHOR, Place.BOTTOM)


def test_what_a_flow_protects_is_protected_and_wiped_in_its_own_time() -> None:
    flow: Flow[object] = Flow(name="desk", draft=object, steps=(), protect=True, wipe_after=7)
    prompt = Prompt(before=(Bubble(text=plain("A story.")),), text=(plain("Sure?"),), follow=True)
    assert {(show.protect, show.wipe_after) for show in shows(prompt, flow=flow)} == {(True, 7)}
    assert {(show.protect, show.wipe_after) for show in shows(prompt)} == {(False, 100)}


def test_each_question_has_a_name_of_its_own() -> None:
    prompt = Prompt(text=(plain("Sure?"),), choices=CHOICES)
    assert shows(prompt)[0].content.buttons != shows(prompt)[0].content.buttons
