"""Numbers in digits and in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from goodoffices.reading.lexicon import Lexicon

_DIGITS = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"
    r"|[1-9]\d{0,2}(?:[ \xa0\u202f’']\d{3})+(?![\d,.]\d|\d)"
    r"|\d+(?:\.\d+)?[½¼¾]?"
)
_VULGAR = {"½": ".5", "¼": ".25", "¾": ".75"}
_PLAIN = re.compile(r"\d{1,3}(?:,\d{3}){1,4}|\d{1,15}(?:\.\d{1,9})?")
_TOKEN = re.compile(rf"{_DIGITS}|[^\W\d_]+")
_HALVES = re.compile("[" + "".join(_VULGAR) + "]")
_GROUPS = re.compile(r"(?<=\d)[ \xa0\u202f’'](?=\d{3})")
_MOST_DIGITS = 18
_LARGEST = 10**18
_LONG = 40
"""Numbers in words of that length are not kept in mind."""


@dataclass(frozen=True, eq=False)
class NumberWords:
    """The number words of a language: a pattern for what may be a number, and values."""

    pattern: str
    values: Mapping[str, tuple[str, Fraction]]
    scales: str

    def of(self, sort: str) -> frozenset[str]:
        """Return the words of one sort."""
        return frozenset(word for word, (name, _) in self.values.items() if name == sort)


@cache
def number_words(words: Lexicon) -> NumberWords:
    """Return the number words of a language."""
    values: dict[str, tuple[str, Fraction]] = {}
    for sort, value, forms in words.table("numbers"):
        for form in forms.split():
            values.setdefault(form, (sort, Fraction(value) if value else Fraction(0)))
    if not values:
        return NumberWords(rf"(?:{_DIGITS})", values, "")

    def of(*sorts: str) -> str:
        found = [re.escape(form) for form, (sort, _) in values.items() if sort in sorts]
        return "(?:" + "|".join(sorted(found, key=len, reverse=True)) + ")"

    scales = of("hundred", "scale", "dozen")
    plain = rf"(?:{of('ten')}(?:[ -]{of('digit')})?|{of('digit')})\b"
    part = rf"(?:{plain}(?: {scales}\b)*|{of('one')} (?:{scales}\b)(?: {scales}\b)*)"
    spelled = rf"{part}(?:(?: {of('joiner')})? {part})*"
    fraction = rf"(?:{plain}|{of('one')})[ -]{of('fraction')}\b|{of('fraction')}\b"
    joint = rf"(?:[ -](?:{of('part')} )?{of('one')}[ -]|[ -])"
    parted = rf"(?:{fraction}){joint}{of('scale', 'dozen')}\b"
    added = (
        rf"(?:{_DIGITS}|{plain})[ -]{of('joiner')}[ -]{of('one')}[ -]{of('fraction')}\b"
        rf"(?: {of('scale')}\b)?"
    )
    mixed = rf"(?:{_DIGITS})(?:[ -]?{of('scale')}\b)?(?! ?-? ?{of('fraction')}\b)"
    return NumberWords(rf"(?:{added}|{parted}|{mixed}|{fraction}|{spelled})", values, scales)


def value_of(text: str, words: Lexicon) -> Decimal | None:
    """Return the value of a number in digits or words, or None when it is none.

    >>> from goodoffices.reading.lexicon import lexicon
    >>> [str(value_of(text, lexicon("en"))) for text in ("2.2 million", "three hundred and five")]
    ['2200000', '305']
    """
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", ""))
    return _known(text, words) if len(text) < _LONG else _spelled(text, words)


def _spelled(text: str, words: Lexicon) -> Decimal | None:
    known = number_words(words).values
    total, current, seen = Fraction(0), Fraction(0), False
    text = _GROUPS.sub("", _HALVES.sub(lambda match: _VULGAR[match.group()], text))
    row = _TOKEN.findall(text.lower())
    sorts = [known.get(token, ("", Fraction(0)))[0] for token in row]
    if "fraction" in sorts and "one" in sorts[1:]:
        # "one and a half", "half a million": the article counts nothing.
        place = sorts.index("one", 1)
        if sorts[place + 1 : place + 2] == ["fraction"]:
            return _mixed(row, place, words)
        row = [token for n, token in enumerate(row) if n != place and sorts[n] != "part"]
    for token in row:
        if token[0].isdigit():
            if len(token) > _MOST_DIGITS:
                return None
            current, seen = current + Fraction(token.replace(",", "")), True
            continue
        if token not in known:
            return None
        total, current = _taken(known[token], total, current)
        seen = seen or known[token][0] != "joiner"
    value = total + current
    return _decimal(value) if seen and value < _LARGEST else None


def _mixed(row: Sequence[str], place: int, words: Lexicon) -> Decimal | None:
    """The value of "one and a half million"."""
    whole = value_of(" ".join(row[: place - 1]), words)
    known = number_words(words).values
    if whole is None or place < 2:
        return None
    value = Fraction(whole) + known[row[place + 1]][1]
    for token in row[place + 2 :]:
        value *= known[token][1]
    return _decimal(value) if value < _LARGEST else None


_known = lru_cache(maxsize=1 << 10)(_spelled)


def _taken(
    word: tuple[str, Fraction], total: Fraction, current: Fraction
) -> tuple[Fraction, Fraction]:
    """Add one number word to what was read before it."""
    sort, value = word
    if sort in {"hundred", "dozen"}:
        return total, (current or Fraction(1)) * value
    if sort == "scale":
        return total + (current or Fraction(1)) * value, Fraction(0)
    if sort == "fraction":
        return total, (current or Fraction(1)) * value
    return total, current + value


def _decimal(value: Fraction) -> Decimal:
    """A fraction as a decimal; one that does not end is rounded to six places."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    if Fraction(exact) == value:
        return Decimal(format(exact.normalize(), "f"))
    return exact.quantize(Decimal("0.000001"))
