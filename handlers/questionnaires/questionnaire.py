"""A questionnaire: questions that are asked one by one, each answer a section of the story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from handlers.policy import LANGUAGES


class Question(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    """by which drafts remember it; it stays when the words change"""
    ask: str
    title: str
    """the section's title in the story; empty: a section without one"""
    help: str
    """a word on how to answer; may be empty"""
    optional: bool
    for_editors: bool
    """the answer is no part of the story: only editors read it"""


class Questionnaire(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    title: str
    about: str
    """in one line, for the choice between several"""
    order: int
    questions: tuple[Question, ...]

    def place(self, question: str) -> int:
        """From 0; of a question that is no more: the first one's."""
        return next((place for place, one in enumerate(self.questions) if one.id == question), 0)

    def at(self, question: str) -> Question:
        return self.questions[self.place(question)]

    @property
    def is_single(self) -> bool:
        return len(self.questions) == 1


@dataclass(frozen=True, kw_only=True)
class Questionnaires:
    """All of them. In each language the first one is for those who tell without being asked."""

    by_language: Mapping[str, tuple[Questionnaire, ...]]

    def of(self, language: str) -> tuple[Questionnaire, ...]:
        """Never empty: a language that stories are not told in gets the newsroom's own."""
        return self.by_language.get(language) or self.by_language[LANGUAGES[0]]

    def find(self, language: str, name: str) -> Questionnaire:
        """The first one, when there is none of this name any more."""
        choice = self.of(language)
        return next((one for one in choice if one.name == name), choice[0])
