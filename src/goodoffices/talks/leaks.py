"""The leak check: what a wording shares with words that were entrusted.

It looks for what gives a source away: the same figures, names, loaded words and long phrases.
It cannot know what a wording means; each flag is for a person to answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from goodoffices.model.issues import number_text

PHRASE_WORDS = 5
"""Words in a row that two texts have to share before the phrase is flagged."""

_NUMBER = re.compile(r"\d+(?:[.,'’٫٬\u00a0\u202f]\d+)*")
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_ENDS = frozenset(".!?؟。:;")


@dataclass(frozen=True, slots=True, order=True)
class Flag:
    """Something in a wording that also stands in what was entrusted, or is loaded for a side.

    Attributes:
        kind: what is shared.
        found: the figure, name, word or phrase, in one spelling.
        where: the item it stands in, or the side for which a word is loaded.
    """

    kind: Literal["figure", "loaded", "name", "phrase"]
    found: str
    where: str

    @property
    def key(self) -> str:
        """What an answer to the flag calls it."""
        return f"{self.kind}:{self.found}:{self.where}"


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in one spelling.

    >>> words("The Ｆirst, STRASSE")
    ('the', 'first', 'strasse')
    """
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def figures(text: str) -> frozenset[str]:
    """Return the figures of a text in one spelling, whatever the digits and separators.

    What can be read in two ways is read in both: 1,200 is a number of four digits where a comma
    sets off thousands, and a little more than one where it sets off the fraction.

    >>> sorted(figures("1,200 tents, ٦٠ days, 2.50"))
    ['1.2', '1200', '2.5', '60']
    """
    readings = (number for match in _NUMBER.finditer(text) for number in _readings(match.group()))
    return frozenset(number_text(number) for number in readings)


def _readings(written: str) -> Iterator[Decimal]:
    plain = "".join(str(unicodedata.decimal(char, char)) for char in written)
    parts = re.split(r"\D", plain)
    marks = [char for char in plain if not char.isdecimal()]
    grouped = all(len(part) == 3 for part in parts[1:])
    if grouped:
        yield Decimal("".join(parts))
    if len(parts) == 2 or (len(set(marks[:-1])) == 1 and marks[-1] != marks[0]):
        yield Decimal(f"{''.join(parts[:-1])}.{parts[-1]}")
    elif not grouped:
        yield from map(Decimal, parts)
    if marks == [","] and not grouped:
        yield from map(Decimal, parts)


def names(text: str) -> frozenset[str]:
    """Return words that look like names: a capital within a sentence.

    >>> sorted(names("We met Ana in Doha. There we spoke."))
    ['ana', 'doha']
    """
    plain = unicodedata.normalize("NFKC", text)
    return frozenset(
        match.group().casefold()
        for match in _WORD.finditer(plain)
        if len(match.group()) > 1 and match.group()[0].isupper()
        if _inside_sentence(plain[: match.start()])
    )


def _inside_sentence(before: str) -> bool:
    trimmed = before.rstrip(" \t\n\"'“”‘’«»()[]")
    return bool(trimmed) and trimmed[-1] not in _SENTENCE_ENDS


def phrases(text: str, other: str) -> frozenset[str]:
    """Return the runs of at least `PHRASE_WORDS` words of a text that stand in the other.

    >>> phrases("we could open the northern gate at noon", "Open the northern gate at ten.")
    frozenset({'open the northern gate at'})
    """
    length = PHRASE_WORDS
    here, there = words(text), words(other)
    known = {there[start : start + length] for start in range(len(there) - length + 1)}
    runs: list[tuple[int, int]] = []
    for start in range(len(here) - length + 1):
        if here[start : start + length] in known:
            if runs and start + length == runs[-1][1] + 1:
                runs[-1] = (runs[-1][0], start + length)
            else:
                runs.append((start, start + length))
    return frozenset(" ".join(here[start:end]) for start, end in runs)


def leaks(text: str, entrusted: Iterable[tuple[str, str]]) -> tuple[Flag, ...]:
    """Return what a wording shares with entrusted words, given as pairs of item and words.

    >>> [flag.key for flag in leaks("What about 60 days?", [("item-1", "We need 60 days.")])]
    ['figure:60:item-1']
    """
    numbers, tokens = figures(text), frozenset(words(text))
    found = set()
    for item, told in entrusted:
        found |= {Flag("figure", figure, item) for figure in numbers & figures(told)}
        found |= {Flag("name", name, item) for name in tokens & names(told)}
        found |= {Flag("phrase", phrase, item) for phrase in phrases(text, told)}
    return tuple(sorted(found))


def loaded(text: str, watched: Iterable[tuple[str, str]]) -> tuple[Flag, ...]:
    """Return the loaded words in a wording, given as pairs of side and word.

    >>> [flag.key for flag in loaded("Full autonomy.", [("aceh", "autonomy"), ("aceh", "auto")])]
    ['loaded:autonomy:aceh']
    """
    spoken = f" {' '.join(words(text))} "
    return tuple(
        sorted(
            {
                Flag("loaded", " ".join(words(word)), side)
                for side, word in watched
                if f" {' '.join(words(word))} " in spoken
            }
        )
    )
