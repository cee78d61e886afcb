"""What becomes the story and what stays with editors, also when the questionnaire was changed under a draft."""

from __future__ import annotations

import msgspec

from handlers.contributors.telling.answers import answers, first_unanswered, notes_of_answers, story_of_answers
from handlers.contributors.telling.draft import Part, Telling
from handlers.questionnaires.questionnaire import Question, Questionnaire
from storage.codec import decode, encode
from storage.private import Private


def question(name: str, *, title: str = "", optional: bool = False, for_editors: bool = False) -> Question:
    return Question(id=name, ask=f"{name}?", title=title, help="", optional=optional, for_editors=for_editors)


def questionnaire(*questions: Question) -> Questionnaire:
    return Questionnaire(name="q", title="Q", about="q", order=1, questions=questions)


def part(text: str, name: str, *, for_editors: bool = False) -> Part:
    return Part(message=Private(text), text=Private(text), question=name, for_editors=for_editors)


WHO = question("who", title="О себе", optional=True)
WHAT = question("what", title="Что было")
HIDE = question("hide", title="О чём умолчать", optional=True, for_editors=True)
TOLD = Telling(
    parts=(part("Весна.", "what"), part("Мне сорок.", "who"), part("Моё имя.", "hide", for_editors=True)),
)


def told(draft: Telling, by: Questionnaire) -> tuple[str, list[str]]:
    return story_of_answers(draft, by).reveal(), [note.reveal() for note in notes_of_answers(draft, by)]


def test_sections_stand_in_the_order_of_the_questions() -> None:
    story, notes = told(TOLD, questionnaire(WHO, WHAT, HIDE))
    assert story == "# О себе\nМне сорок.\n\n# Что было\nВесна."
    assert notes == ["О чём умолчать\nМоё имя."]


def test_what_was_written_for_editors_is_never_published() -> None:
    public = msgspec.structs.replace(HIDE, for_editors=False)
    for changed in (questionnaire(WHO, WHAT), questionnaire(WHO, WHAT, public), questionnaire(public)):
        story, notes = told(TOLD, changed)
        assert "Моё имя." not in story
        assert notes == ["Моё имя."]


def test_what_was_written_for_the_story_stays_in_it() -> None:
    hidden = msgspec.structs.replace(WHAT, for_editors=True, optional=True)
    story, notes = told(TOLD, questionnaire(hidden, WHO, HIDE))
    assert story == "# О себе\nВесна.\n\nМне сорок."
    assert notes == ["О чём умолчать\nМоё имя."]


def test_what_was_written_before_any_question_answers_the_first_that_is_published() -> None:
    draft = Telling(parts=(part("Само собой.", ""),))
    asked = questionnaire(HIDE, WHAT, WHO)
    assert answers(draft, asked)["what"] == draft.parts
    assert first_unanswered(draft, asked) is None
    assert first_unanswered(draft, questionnaire(WHO, WHAT)) == WHAT


def test_a_draft_of_before_still_opens() -> None:
    old = {"parts": [{"message": "m1", "text": "Весна."}], "naming": "nobody"}
    draft: Telling = decode(Telling, encode(old))
    assert draft.parts[0].text.reveal() == "Весна."
    assert draft.onward == "topic"
