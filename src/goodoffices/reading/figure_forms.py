"""The forms in which a language writes quantities, as patterns made of its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from goodoffices.model.record import Bound
from goodoffices.reading.lexicon import Lexicon
from goodoffices.reading.numbers import number_words

FigureSort = Literal["count", "percent", "money", "duration", "measure"]
"""What a figure's unit is: things counted, a share, money, a time, or a measure."""

_CLASSES = (
    "label", "score", "hurt", "pointed", "period", "rising", "ordering", "clock-before",
    "clock-hours", "aged-unit", "comparing", "share-article",
)  # fmt: skip

_CLOSED = (
    "preposition", "conjunction", "auxiliary", "determiner", "pronoun", "finite", "adverb",
    "time-unit",
)  # fmt: skip
"""Classes of words with which the words for what is counted end."""


@dataclass(frozen=True, eq=False)
class FigureForms:
    """The forms of figures of a language: patterns, units and classes of words."""

    number: re.Pattern[str]
    words: frozenset[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    joint: re.Pattern[str]
    ratio: re.Pattern[str]
    between: re.Pattern[str]
    share_of: re.Pattern[str]
    negated: re.Pattern[str]
    other_after: re.Pattern[str]
    aged: re.Pattern[str]
    pointed: re.Pattern[str]
    units: Mapping[str, tuple[FigureSort, str]]
    unit: re.Pattern[str]
    signs: re.Pattern[str]
    sign_ends: frozenset[str]
    bound_ends: frozenset[str]
    closed: frozenset[str]
    bounds: Mapping[str, Bound]
    classes: Mapping[str, frozenset[str]]


@cache
def figure_forms(words: Lexicon) -> FigureForms:
    """Return the forms of figures of a language."""
    rows: dict[str, dict[str, str]] = {}
    for sort, value, names in words.table("figures"):
        for name in names.split():
            rows.setdefault(sort, {})[name.replace("+", " ")] = value
    units: dict[str, tuple[FigureSort, str]] = {}
    for sort in get_args(FigureSort):
        for name, value in rows.get(sort, {}).items():
            units[name.lower()] = (cast(FigureSort, sort), value)
    bounds = {**rows.get("before", {}), **rows.get("after", {})}
    plain = [name for name in units if name[-1].isalpha()]
    signs = [name for name in units if not name[-1].isalpha()]
    number = number_words(words).pattern
    return FigureForms(
        words=frozenset(number_words(words).values),
        number=re.compile(rf"(?<![\w.,:/#])(?:{number})(?![\w]*\d)", re.IGNORECASE),
        before=re.compile(rf"(?<!\w)({_any(rows.get('before', {}))})\s+$", re.IGNORECASE),
        after=re.compile(rf"(?:,?\s+|-)({_any(rows.get('after', {}))})(?!\w)", re.IGNORECASE),
        ratio=re.compile(rf"\s+(?:{_any(rows.get('ratio-joint', {}))})\s+", re.IGNORECASE),
        joint=re.compile(rf"\s*({_any(rows.get('joint', {}))})\s*", re.IGNORECASE),
        between=re.compile(rf"(?<!\w)({_any(rows.get('between', {}))})\s+$", re.IGNORECASE),
        share_of=re.compile(
            rf"\s+(?:{_any(rows.get('share-of', {}))})\s+"
            rf"(?:(?:{_any(rows.get('article', {}))})\s+)*",
            re.IGNORECASE,
        ),
        negated=re.compile(rf"(?<!\w)(?:{_any(rows.get('not', {}))})\s+$", re.IGNORECASE),
        other_after=re.compile(
            rf"\s?(?:{_any(rows.get('clock', {}))})(?!\w)|:\d\d|[/:]\d"
            rf"|(?:{_any(rows.get('ordinal', {}))})\b|[\s-]?(?:{_any(rows.get('aged-joined', {}))})"
            rf"|[\s-](?:{_any(rows.get('aged-unit', {}))})[\s-]"
            rf"(?:{_any(rows.get('aged-after', {}))})\b",
            re.IGNORECASE,
        ),
        aged=re.compile(rf"(?<!\w)(?:{_any(rows.get('aged-before', {}))})\s+$", re.IGNORECASE),
        pointed=re.compile(rf"(?<!\w)(?:{_any(rows.get('pointing', {}))})\s$", re.IGNORECASE),
        units=units,
        unit=re.compile(rf"[\s-]?\s?({_any(plain)})(?![^\W_])|\s?({_any(signs)})", re.IGNORECASE),
        signs=re.compile(rf"({_any(signs)})\s?$", re.IGNORECASE),
        sign_ends=frozenset(sign[-1] for sign in signs),
        bound_ends=frozenset(
            name.split()[-1] for sort in ("before", "between") for name in rows.get(sort, {})
        ),
        closed=frozenset().union(*(words.words(name) for name in _CLOSED)),
        bounds={name: cast(Bound, value) for name, value in bounds.items()},
        classes={
            name: frozenset(rows.get(name, {})) for name in _CLASSES
        } if rows else {},
    )  # fmt: skip


def _any(names: Iterator[str] | Mapping[str, str] | Sequence[str]) -> str:
    """A pattern for any of some groups of words, the longest first; for none, one for nothing."""
    row = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in row) or r"(?!)"
