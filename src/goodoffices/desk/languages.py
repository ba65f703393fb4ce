"""The languages of the pages: gettext catalogues in `locale/`, right to left where they are."""

from __future__ import annotations

import gettext as standard
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the pages: its code, its own name for itself, and its direction."""

    code: str
    name: str
    direction: str = "ltr"


LANGUAGES = (
    Language("en", "English"),
    Language("fr", "Français"),
    Language("es", "Español"),
    Language("ar", "العربية", "rtl"),
)
"""English is what the pages are written in, and needs no catalogue."""

ENGLISH = LANGUAGES[0]


def mark(words: str) -> str:
    """Return words as they are: they are translated where they are shown.

    >>> mark("Sign in")
    'Sign in'
    """
    return words


def language(code: str | None) -> Language:
    """Return the language of a code, English when there is none.

    >>> language("ar").direction, language("tlh").code
    ('rtl', 'en')
    """
    return next((known for known in LANGUAGES if known.code == code), ENGLISH)


def preferred(header: str) -> Language:
    """Return the first language of an Accept-Language header that the pages have.

    >>> preferred("tlh, es-MX;q=0.8, fr;q=0.9").code
    'fr'
    """
    asked = sorted(_weighed(header), key=lambda pair: -pair[0])
    codes = {known.code for known in LANGUAGES}
    return language(next((code for weight, code in asked if code in codes and weight > 0), None))


def _weighed(header: str) -> Iterable[tuple[float, str]]:
    """Yield the languages of a header with their weights; what is malformed weighs nothing."""
    for part in header[:200].split(","):
        code, _, rest = part.strip().partition(";")
        text = rest.strip().removeprefix("q=") if rest else "1"
        weight = float(text) if text.replace(".", "", 1).isdecimal() else 0.0
        yield weight, code.strip().split("-")[0].lower()


@cache
def catalogue(code: str) -> standard.NullTranslations:
    """Return the translations into a language; English words stand where one is missing."""
    return standard.translation("desk", LOCALE, [code], fallback=True)
