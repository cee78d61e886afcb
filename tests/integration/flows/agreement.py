"""Whether the words around a number agree with it, as a Russian editor would hear it. The dictionary is OpenCorpora's.

1, 21, 101: one знак, singular. 2–4, 22: a few. 0, 5–20, 25, 111: many. What follows depends on the case that the
place in the sentence asks for: «2 знака», but «до 2 знаков»; «через 1 минуту», but «готова 1 фотография».
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pymorphy3 import MorphAnalyzer

CASES = {
    "gent": {"до", "от", "из", "без", "для", "около", "после", "кроме", "больше", "меньше", "более", "менее"}
    | {"длиннее", "короче", "дольше", "старше", "моложе", "свыше", "среди", "у", "против"},
    "accs": {"через", "за", "про", "спустя"},
    "datv": {"к", "ко", "благодаря"},
    "ablt": {"со", "перед", "над", "под", "между"},
    "loct": {"при", "о", "об"},
}
"""What the word before a number asks for."""
EITHER = {"в": ("accs", "loct"), "во": ("accs", "loct"), "на": ("accs", "loct"), "с": ("gent", "ablt")}
"""These mean different things with different cases."""
BETWEEN = {"ещё", "уже", "пока", "только", "всего", "примерно", "почти", "ровно", "лишь", "сейчас", "здесь", "там"}
"""May stand between a verb and its number."""
SPEAKERS = {"я", "ты", "мы", "вы", "они"}
"""Where they act, the things counted are what is acted upon: «вы выбрали 1 тему»."""
OF_THE_CLOCK = {"утра", "вечера", "ночи"}
"""«В 5 утра»: the number is the hour's, and what follows says of which part of the day."""
_NUMBER = re.compile(r"(?<![\w.])\d+(?:[\u00a0 ]\d{3})*(?![\w.:])")
_WORD = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*")


def disagreements(sentence: str, number: int) -> list[str]:
    """The pieces of the sentence in which something does not agree with that number."""
    found = []
    for match in _NUMBER.finditer(sentence):
        if int(re.sub(r"\D", "", match[0])) == number:
            before = _words(re.split(r"[.!?:;,()—«»\n]", sentence[: match.start()])[-1])
            after = _words(re.split(r"[.!?:;,()—«»\n]", sentence[match.end() :])[0])
            if not _agrees(before, after, number):
                found.append(" ".join([*before[-3:], str(number), *after[:3]]))
    return found


def _agrees(before: list[str], after: list[str], number: int) -> bool:
    words = _phrase(after)
    if not words or words[0] in OF_THE_CLOCK:
        return True
    cases = _cases(before)
    if not any(_fits(words, case, number) for case in cases):
        return False
    return "nomn" not in cases or _verb_agrees(before, after[len(words) :], words[-1], number)


def _phrase(after: list[str]) -> list[str]:
    """The adjectives and the noun that are counted; nothing, when it is not a noun that follows."""
    for place, word in enumerate(after[:4]):
        if _is(word, "NOUN"):
            return after[: place + 1]
        if not (_is(word, "ADJF") or _is(word, "PRTF")):
            return []
    return []


def _cases(before: list[str]) -> tuple[str, ...]:
    for word in reversed(before[-3:]):
        lower = word.lower()
        if lower in BETWEEN:
            continue
        if lower in EITHER:
            return EITHER[lower]
        for case, prepositions in CASES.items():
            if lower in prepositions:
                return (case,)
        if SPEAKERS & {other.lower() for other in before} or any(_takes_an_object(parse) for parse in _parses(lower)):
            return ("accs",)
        return ("nomn", "accs") if _is(lower, "INFN") else ("nomn",)
    return ("nomn", "accs")


def _takes_an_object(parse: Any) -> bool:
    """«Готовим 1 фотографию», «пришлите 1 фотографию»: who does it is not the thing that is counted."""
    tag = parse.tag
    return tag.POS == "VERB" and "tran" in tag and (tag.mood == "impr" or tag.person in {"1per", "2per"})


def _fits(words: list[str], case: str, number: int) -> bool:
    *adjectives, noun = words
    return any(
        _noun_fits(parse, case, number) and all(_adjective_fits(word, parse, case, number) for word in adjectives)
        for parse in _parses(noun)
        if parse.tag.POS == "NOUN"
    )


def _noun_fits(parse: Any, case: str, number: int) -> bool:
    tag = parse.tag
    in_case = _case(tag.case)
    if is_one(number):
        return tag.number == "sing" and in_case == case
    if case not in {"nomn", "accs"}:
        return tag.number == "plur" and in_case == case
    if is_few(number) and not (case == "accs" and tag.animacy == "anim"):
        return tag.number == "sing" and in_case == "gent"
    return tag.number == "plur" and in_case == "gent"


def _adjective_fits(word: str, noun: Any, case: str, number: int) -> bool:
    wanted = {case} if case not in {"nomn", "accs"} or is_one(number) else {"gent"}
    if is_few(number) and noun.tag.gender == "femn" and case in {"nomn", "accs"}:
        wanted = {"gent", "nomn"}
    count = "sing" if is_one(number) else "plur"
    return any(
        parse.tag.POS in {"ADJF", "PRTF"}
        and parse.tag.number == count
        and _case(parse.tag.case) in wanted
        and (count == "plur" or parse.tag.gender == noun.tag.gender)
        for parse in _parses(word)
    )


def _verb_agrees(before: list[str], after: list[str], noun: str, number: int) -> bool:
    """«Остался 1 день», «осталось 5 дней»: the word that says what becomes of the things counted."""
    beside = [word for word in reversed(before[-3:]) if word.lower() not in BETWEEN][:1]
    rest = [word for word in after if word.lower() not in BETWEEN]
    if not any(_may_act(word) for word in rest[1:]):  # «1 запись получат редакторы»: it is they who do it
        beside += rest[:1]
    genders = {parse.tag.gender for parse in _parses(noun) if parse.tag.POS == "NOUN"}
    for word in beside:
        tags = [parse.tag for parse in _parses(word) if parse.tag.POS in {"VERB", "ADJS", "PRTS"}]
        tags = [tag for tag in tags if tag.person not in {"1per", "2per"} and tag.mood != "impr"]
        if tags and not any(_predicate_fits(tag, genders, number) for tag in tags):
            return False
    return True


def _may_act(word: str) -> bool:
    return any(parse.tag.POS == "NOUN" and parse.tag.case == "nomn" for parse in _parses(word))


def _predicate_fits(tag: Any, genders: set[str | None], number: int) -> bool:
    if is_one(number):
        return tag.number == "sing" and (tag.gender is None or tag.gender in genders)
    return bool(tag.number == "plur" or tag.gender in {None, "neut"})


def is_one(number: int) -> bool:
    return number % 10 == 1 and number % 100 != 11


def is_few(number: int) -> bool:
    return number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14}


def _case(tag: str | None) -> str | None:
    return {"gen1": "gent", "gen2": "gent", "acc2": "accs", "loc1": "loct", "loc2": "loct"}.get(tag or "", tag)


def _is(word: str, part: str) -> bool:
    return bool(part == _parses(word)[0].tag.POS)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


@cache
def _parses(word: str) -> Any:
    return _morph().parse(word.lower())


@cache
def _morph() -> MorphAnalyzer:
    return MorphAnalyzer(lang="ru")
