"""What a text does not show: invisible characters, and the language it is in.

Characters that turn the direction of writing can make a text look as if it said something else.
They are kept, since spans count them; but a reviewer is to see that they are there.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from goodoffices.errors import CallError
from goodoffices.reading.lexicon import folder_of, languages
from goodoffices.reading.spans import Span

_HIDDEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LETTERS = 4_000
"""How many letters are looked at for the script of a text."""


def hidden_in(text: str) -> tuple[Span, ...]:
    """Return where characters stand that show nothing and change how the rest is shown.

    >>> hidden_in("a\\u202eb")
    (Span(start=1, end=2),)
    """
    return tuple(Span(*match.span()) for match in _HIDDEN.finditer(text))


def shown(text: str) -> str:
    """Return a text for a reviewer, each hidden character written as its number.

    The result is for the eye alone; its code points are not those that spans count.

    >>> shown("a\\u202eb")
    'a[U+202E]b'
    """
    return _HIDDEN.sub(lambda match: f"[U+{ord(match.group()):04X}]", text)


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """Which language a text may be in, by its letters alone.

    Attributes:
        language: the only one that can be read and is written so; None when none or several are.
        candidates: those that can be read and are written so.
        reason: why, in words.
        guessed: always true: a person has to confirm it.
    """

    language: str | None
    candidates: tuple[str, ...]
    reason: str
    guessed: bool = True


def guess_language(text: str) -> LanguageGuess:
    """Guess the language of a text by its script; between languages of one script it never chooses.

    >>> guess_language("הוועד דחה את ההצעה").language
    'he'
    >>> guess_language("la grève continue").candidates
    ('en', 'es', 'fr')
    """
    letters = [c for c in text[: 4 * _LETTERS] if c.isalpha()][:_LETTERS]
    if not letters:
        return LanguageGuess(None, (), "no letters")
    counts = Counter(_script(letter) for letter in letters)
    script, number = min(counts.items(), key=lambda one: (-one[1], one[0]))
    settings = {code: _settings(code) for code in languages()}
    candidates = tuple(code for code, one in settings.items() if one.get("script") == script)
    reason = f"{100 * number // len(letters)} % of its letters are {script}"
    if len(candidates) != 1 or 2 * number <= len(letters):
        return LanguageGuess(None, candidates, reason)
    foreign = set("".join(settings[candidates[0]].get("foreign-letters", "").split()))
    strange = next((c for c in letters if c in foreign), None)
    if strange is not None:
        reason += f', but "{strange}" is a letter of other languages'
        return LanguageGuess(None, candidates, reason)
    return LanguageGuess(candidates[0], candidates, reason)


def language_for(text: str, given: str | None = None) -> str:
    """Return the language to read a text in: the one given, or else none but a certain one.

    Raises:
        NotFoundError: the given language cannot be read.
        CallError: none is given; the message says what the letters would allow.

    >>> language_for("Dana said no.", "en")
    'en'
    """
    if given is not None:
        folder_of(given)
        return given
    guess = guess_language(text)
    fitting = f" (its letters fit {', '.join(guess.candidates)})" if guess.candidates else ""
    expected = "one of " + ", ".join(languages()) + fitting
    raise CallError("the language of the document", expected=expected)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "unknown").split()[0].lower()


def _settings(code: str) -> dict[str, str]:
    file = folder_of(code) / "settings.txt"
    if not file.is_file():
        return {}
    rows = (line.partition("|") for line in file.read_text(encoding="utf-8").splitlines())
    return {name.strip(): value.strip() for name, _, value in rows if not name.startswith("#")}
