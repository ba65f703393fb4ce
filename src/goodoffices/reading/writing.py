"""Words of any script: where they stand, and the forms in which they are looked up.

A form is folded: lower case, composed, without what only decorates it. Spans are never folded;
they stay code points of the text as it was sent, marks and invisible characters included.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from goodoffices.reading.spans import Span

Row = tuple[str, ...]
"""Folded words in a row."""

DASHES = frozenset("-‐‑–—־−")
_APOSTROPHES = "'’ʼ＇"
_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_MARKS = r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
_MARKS += r"\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_HIDDEN = re.compile(f"[{_INVISIBLE}]")
_SHORTEST = 2
"""Letters that must be left when a prefix is cut."""
_MOST_DIGITS = 15


class Form(NamedTuple):
    """One way to read a word: what is left of it, the prefixes cut off, and how long they are."""

    text: str
    prefixes: tuple[tuple[str, str], ...] = ()
    cut: int = 0


class Word(NamedTuple):
    """A word, a number in digits, or a mark.

    Attributes:
        start: its first code point.
        end: the code point after its last.
        text: as it is looked up.
        forms: the ways to read it, as it stands first.
        sort: ``w`` a word, ``n`` a number, ``m`` a mark.
        capital: whether it begins with a capital letter.
    """

    start: int
    end: int
    text: str
    forms: tuple[Form, ...]
    sort: str
    capital: bool

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)

    def begins(self, form: Form) -> int:
        """Return where a form of the word begins in the text."""
        return self.start + form.cut


@dataclass(frozen=True, eq=False)
class Script:
    """How a language is written.

    Attributes:
        pattern: what a word, a number or a mark is.
        fold: letters that are read as others.
        drops_marks: whether vowel points and accents are left out when words are looked up.
        slots: prefixes that are written as part of a word, in their order: class and prefixes.
        thousands: what may stand between thousands.
        decimal: what may stand before decimals.
    """

    pattern: re.Pattern[str]
    fold: Mapping[int, str | None]
    drops_marks: bool
    slots: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    thousands: str
    decimal: str

    @classmethod
    def of(
        cls,
        settings: Mapping[str, str],
        fold: Sequence[tuple[str, ...]] = (),
        prefixes: Sequence[tuple[str, ...]] = (),
    ) -> Script:
        """Return the script that a folder describes."""
        table: dict[int, str | None] = {}
        for to, letters in fold:
            table |= {ord(letter): to if to != "-" else None for letter in letters.split()}
        thousands = (
            settings.get("thousands", "").replace("space", " \u00a0\u202f").replace("\t", "")
        )
        thousands = "".join(dict.fromkeys(thousands.replace("  ", " ") + "٬"))
        decimal = "".join(settings.get("decimal", ".").split()) + "٫"
        inner = "".join(settings.get("inner", "").split())
        script = cls(
            _pattern(thousands, decimal, inner, settings.get("elided", "").split()),
            table,
            settings.get("marks") == "drop",
            (),
            thousands,
            decimal,
        )
        slots = tuple((name, tuple(script._prefixes(row))) for name, row in prefixes)
        return cls(script.pattern, table, script.drops_marks, slots, thousands, decimal)

    def _prefixes(self, row: str) -> Iterator[tuple[str, str]]:
        """Prefixes of one class; ``a=b`` is a prefix after which b is put before the rest."""
        for written in row.split():
            prefix, _, put = written.partition("=")
            yield self.folded(prefix), self.folded(put)

    def words(self, text: str, span: Span | None = None) -> list[Word]:
        """Return the words, numbers and marks of a text, in order."""
        start, end = span if span is not None else (0, len(text))
        return [self._word(match) for match in self.pattern.finditer(text, start, end)]

    def _word(self, match: re.Match[str]) -> Word:
        written, sort = match.group(), str(match.lastgroup)
        end = match.end()
        while sort == "w" and _HIDDEN.match(written[-1]):
            written, end = written[:-1], end - 1
        if sort == "n":
            return Word(match.start(), end, written, (Form(written),), "n", False)
        if sort == "m":
            text = "-" if written in DASHES else written
            return Word(match.start(), end, text, (Form(text),), "m", False)
        text = self.folded(written)
        return Word(match.start(), end, text, self._forms(written, text), "w", written[0].isupper())

    def folded(self, written: str) -> str:
        """Return a word as it is looked up."""
        return _folded(self, written)

    def entries(self, words: str) -> Iterator[Row]:
        """Yield the entries of a column: words apart by spaces, a plus sign within an entry."""
        for entry in words.split():
            yield tuple(word.text for word in self.words(entry.replace("+", " ")))

    def _forms(self, written: str, text: str) -> tuple[Form, ...]:
        if not self.slots or len(text) <= _SHORTEST:
            return (Form(text),)
        found = [Form(text)]
        for name, prefixes in self.slots:
            for form in list(found):
                for prefix, put in prefixes:
                    left = form.text[len(prefix) :]
                    if form.text.startswith(prefix) and len(left) >= _SHORTEST:
                        taken = (*form.prefixes, (name, prefix))
                        # What stands for what is put back is no part of the prefix.
                        letters = len(text) - len(left) - (1 if put else 0)
                        cut = self._cut(written, letters)
                        found.append(Form(put + left, taken, cut))
        return tuple(found)

    def _cut(self, written: str, letters: int) -> int:
        """How many code points of a word its first letters take, with what decorates them."""
        for place in range(1, len(written) + 1):
            if len(self.folded(written[:place])) > letters:
                return place - 1
        return len(written)

    def value(self, written: str) -> str | None:
        """Return a number in plain digits; None when it has too many to be a quantity."""
        digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in written)
        match = self._grouped.match(digits)
        whole = re.sub(r"\D", "", match.group(1)) if match is not None else ""
        rest = digits[match.end(1) :] if match is not None else ""
        if not whole or max(len(whole), len(rest)) > _MOST_DIGITS:
            return None
        return whole + ("." + rest[1:] if rest else "")

    @cached_property
    def _grouped(self) -> re.Pattern[str]:
        return re.compile(rf"(\d{{1,3}}(?:[{re.escape(self.thousands)}]\d{{3}})+(?!\d)|\d+)")


@lru_cache(maxsize=16384)
def _folded(script: Script, written: str) -> str:
    lower = unicodedata.normalize("NFC", _HIDDEN.sub("", written)).lower()
    lower = re.sub(f"[{_APOSTROPHES}]", "'", lower)
    if script.drops_marks:
        lower = bare(lower)
    return lower.translate(script.fold)


@lru_cache(maxsize=16384)
def bare(text: str) -> str:
    """Return a text without accents and vowel points.

    >>> bare("José")
    'Jose'
    """
    parts = unicodedata.normalize("NFD", text)
    left = "".join(c for c in parts if unicodedata.category(c) != "Mn")
    return unicodedata.normalize("NFC", left)


def _pattern(thousands: str, decimal: str, inner: str, elided: Sequence[str]) -> re.Pattern[str]:
    letter = rf"[^\W\d_{_INVISIBLE}]"
    part = rf"(?:{letter}|[{_MARKS}{_INVISIBLE}])"
    between, point = re.escape(thousands), re.escape(decimal)
    number = rf"\d{{1,3}}(?:[{between}]\d{{3}})+(?!\d)(?:[{point}]\d+)?|\d+(?:[{point}]\d+(?!\d))?"
    joined = f"{_APOSTROPHES}{re.escape(inner)}"
    cut = "|".join(re.escape(word) for word in sorted(elided, key=len, reverse=True))
    short = rf"(?:{cut})[{_APOSTROPHES}](?={letter}|\Z)|" if cut else ""
    word = rf"{short}{letter}{part}*(?:[{joined}](?={letter}){part}*)*"
    return re.compile(rf"(?P<n>{number})|(?P<w>{word})|(?P<m>[^\w\s{_INVISIBLE}{_MARKS}])", re.I)
