"""What a single sentence of an .ftl file needs and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from babel import Locale
from fluent.syntax import ast as ftl

from bot.texts.entries import nodes, referred
from bot.texts.fluent import PLATFORM
from bot.texts.markup import MarkupError, parse, slot
from bot.texts.rich import Rich

Entries = Mapping[str, ftl.Message | ftl.Term]
"""By key; terms with their leading `-`."""

_FUNCTIONS = {"NUMBER", "DATETIME"}
_NUMBERED = {"zero", "one", "two", "few", "many"}
# Good wherever an argument may stand: in a sentence, as a whole address or as a part of one.
_EXAMPLE = Rich.plain("https://example.org")


def _variables(node: ftl.BaseNode) -> set[str]:
    return {part.id.name for part in nodes(node) if isinstance(part, ftl.VariableReference)}


def references(entries: Entries) -> set[str]:
    """All keys that some entry refers to."""
    return set[str]().union(*(referred(entry) for entry in entries.values()))


def variables(key: str, entries: Entries) -> set[str]:
    """The arguments that saying `key` takes, also through the messages it refers to; without the platform, which every
    sentence has.
    """
    found: set[str] = set()
    seen = {key}
    waiting = [key]
    while waiting:
        entry = entries[waiting.pop()]
        found |= _variables(entry)
        # A term's variables are its own: nothing said by the caller reaches them.
        new = {name for name in referred(entry) if name in entries and not name.startswith("-")} - seen
        seen |= new
        waiting.extend(new)
    return found - {PLATFORM}


def faults(key: str, entries: Entries, language: str) -> Iterator[str]:
    """What is wrong with one entry, looked at in its own language."""
    entry = entries[key]
    if entry.value is None or (entry.attributes and not key.startswith("-")):
        yield "has attributes, which are never said"
    for name in sorted(referred(entry) - set(entries)):
        yield f"refers to {name}, which is not there"
    for node in nodes(entry):
        if isinstance(node, ftl.FunctionReference) and node.id.name not in _FUNCTIONS:
            yield f"calls {node.id.name}, which Fluent does not have"
        if isinstance(node, ftl.SelectExpression):
            yield from _plural_faults(node, language)
    for pattern in [entry.value, *(attribute.value for attribute in entry.attributes)]:
        if pattern is not None:
            yield from _markup_faults(pattern)


def _plural_faults(selection: ftl.SelectExpression, language: str) -> Iterator[str]:
    keys = {variant.key.name for variant in selection.variants if isinstance(variant.key, ftl.Identifier)}
    shown = set[str]().union(*(_variables(variant.value) for variant in selection.variants))
    counts = keys == {"other"} and bool(shown & _variables(selection.selector))
    if not (keys & _NUMBERED or counts):
        return
    # CLDR lists a language's forms without "other", which every language has.
    forms = {str(tag) for tag in Locale.parse(language).plural_form.tags} | {"other"}
    if missing := _whole_number_forms(language) - keys:
        yield f"lacks the plural forms {', '.join(sorted(missing))}"
    if extra := keys - forms:
        yield f"has plural forms that {language} does not: {', '.join(sorted(extra))}"


@cache
def _whole_number_forms(language: str) -> frozenset[str]:
    """The forms that counting things needs: Russian says its "other" of fractions only."""
    rule = Locale.parse(language).plural_form
    return frozenset(rule(number) for number in (*range(200), 1_000_000))


def _markup_faults(pattern: ftl.Pattern) -> Iterator[str]:
    """Each variant of a selection must be well-formed by itself; it then stands for one argument."""
    source = ""
    for element in pattern.elements:
        if isinstance(element, ftl.TextElement):
            if re.search("[\ue000-\uf8ff]", element.value):
                yield "holds private-use characters, which mark arguments"
                return
            source += element.value
        elif isinstance(element.expression, ftl.StringLiteral):
            source += element.expression.parse()["value"]
        else:
            source += slot(0)
            if isinstance(element.expression, ftl.SelectExpression):
                for variant in element.expression.variants:
                    yield from _markup_faults(variant.value)
    try:
        parse(source, [_EXAMPLE])
    except MarkupError as error:
        yield str(error)
