"""What differs between two texts: nothing is lost, nothing is invented, and what is not marked is the same in both."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given

from bot.texts.rich import Rich
from handlers.manuscript.changes import Change, changes
from handlers.manuscript.matching import runs
from handlers.manuscript.sections import without_sign
from storage.private import Private
from tests.unit.manuscript.strategies import texts

FIRST = "Весной мы вышли на площадь.\nНас было трое.\nПотом всё изменилось."


def compared(was: str, now: str) -> tuple[Change, ...]:
    return changes(Private(was), Private(now))


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def bold_words(text: Rich | None) -> list[str]:
    assert text is not None
    return [span.text for span in text.spans if span.style.bold]


def plain_words(text: Rich) -> str:
    return "".join(span.text for span in text.spans if not span.style.bold)


def test_the_changed_words_are_marked_in_both() -> None:
    (change,) = compared(FIRST, FIRST.replace("площадь", "улицу"))
    assert bold_words(change.was) == ["площадь"]
    assert bold_words(change.now) == ["улицу"]


def test_a_comma_marks_the_word_before_it_for_a_bold_comma_is_not_seen() -> None:
    (change,) = compared("Мы вышли и стояли.", "Мы вышли, и стояли.")
    assert bold_words(change.now) == ["вышли, "]


def test_what_went_and_what_came_have_no_other_side() -> None:
    went, came = compared(FIRST, "Весной мы вышли на площадь.\nПотом всё изменилось.\nВот и вся история.")
    assert (went.was, went.now) == (Rich.plain("Нас было трое."), None)
    assert (came.was, came.now) == (None, Rich.plain("Вот и вся история."))


def test_a_title_is_read_without_its_sign() -> None:
    (change,) = compared("# Почему мы вышли\nТак.", "# Почему мы вышли туда\nТак.")
    assert change.was is not None
    assert change.was.text == "Почему мы вышли"


def test_blank_lines_are_no_change() -> None:
    assert compared(FIRST, "\n\n" + FIRST.replace("\n", "\n\n \n") + "\n") == ()


def test_a_change_shows_nothing_in_a_log() -> None:
    assert "площадь" not in repr(compared(FIRST, FIRST.replace("площадь", "улицу")))


@pytest.mark.parametrize(("was", "now"), [("", FIRST), (FIRST, "")])
def test_a_text_that_came_or_went_as_a_whole(was: str, now: str) -> None:
    assert [(change.before is None, change.after is None) for change in compared(was, now)] == [(not was, not now)] * 3


@given(texts, texts)
def test_without_what_went_and_with_what_came_the_one_becomes_the_other(was: str, now: str) -> None:
    found = compared(was, now)
    gone = Counter(change.before.reveal() for change in found if change.before is not None)
    come = Counter(change.after.reveal() for change in found if change.after is not None)
    assert gone <= Counter(paragraphs(was))
    assert Counter(paragraphs(was)) - gone + come == Counter(paragraphs(now))


@given(texts, texts)
def test_changes_stand_in_the_order_of_both_texts(was: str, now: str) -> None:
    found = compared(was, now)
    for text, sides in ((was, [one.before for one in found]), (now, [one.after for one in found])):
        rest = iter(paragraphs(text))
        assert all(side.reveal() in rest for side in sides if side is not None)


@given(texts, texts)
def test_every_word_is_shown_and_what_is_not_marked_is_the_same_in_both(was: str, now: str) -> None:
    for change in compared(was, now):
        for side, shown in ((change.before, change.was), (change.after, change.now)):
            assert (shown.text if shown is not None else None) == (side and without_sign(side.reveal()))
        if change.was is not None and change.now is not None:
            assert plain_words(change.was) == plain_words(change.now)


@given(texts, texts)
def test_runs_go_through_both_texts_without_a_gap(was: str, now: str) -> None:
    before, after = was.split(), now.split()
    i = j = 0
    for run in runs(before, after):
        assert (run.i1, run.j1) == (i, j)
        assert (before[run.i1 : run.i2] == after[run.j1 : run.j2]) or not run.same
        i, j = run.i2, run.j2
    assert (i, j) == (len(before), len(after))


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert compared(text, text) == ()
