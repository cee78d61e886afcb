"""What languages are called: in themselves, as a button says it, and in another language. The names are Babel's."""

from __future__ import annotations

from babel import Locale

from bot.texts.fluent import Language
from handlers.policy import LANGUAGES


def own_name(language: str) -> str:
    """ "Русский", "Français": whoever reads the language finds it, whatever the others around it say."""
    return capital(language_name(language, language))


def capital(name: str) -> str:
    """As it stands at the beginning of a line or on a button."""
    return name[:1].upper() + name[1:]


def working_language(language: Language) -> Language:
    """The same, when newsroom work is spoken of in it; else English."""
    return language if language in LANGUAGES else Language("en")


def language_name(language: str, said_in: str) -> str:
    """ "французский", "French"; a language that Babel has no word for stays a code."""
    return Locale.parse(language).get_language_name(said_in) or language
