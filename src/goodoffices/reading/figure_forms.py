"""The forms in which a language writes quantities, as patterns made of its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple, cast, get_args

from goodoffices.model.record import Bound
from goodoffices.reading.lexicon import Lexicon
from goodoffices.reading.numbers import NumberWords, number_words

FigureSort = Literal["count", "percent", "money", "duration", "measure"]
"""What a figure's unit is: things counted, a share, money, a time, or a measure."""

_CLASSES = (
    "label", "label-of", "label-named", "street", "score", "hurt", "pointed", "period", "rising",
    "ordering",
    "clock-before", "clock-hours", "aged-unit", "aged-whom", "comparing", "share-article", "passed",
    "fixed", "one-idiom", "lasting", "longer", "changed", "change-from", "share-of", "dimension",
    "no-echo", "bound-alone", "joins", "share-plain", "part-of-time", "single",
    "group-of", "unnumbered", "not-counted", "year-noun", "echo-after", "bare-share",
    "opened", "site-after", "site-before",
)  # fmt: skip

_CLOSED = (
    "preposition", "conjunction", "auxiliary", "determiner", "pronoun", "finite", "adverb",
    "time-unit",
)  # fmt: skip
"""Classes of words with which the words for what is counted end."""


class AgeForms(NamedTuple):
    """The forms that tell how old somebody is.

    Attributes:
        before: words that lead an age.
        when: words after one: "19 when he joined".
        side: words for people with "over" or "under" before one.
        last: words before a number that counts nothing: "she was", "turned".
        near: words that make a number of their clause an age.
        ends: the last words of those that stand before.
    """

    before: re.Pattern[str]
    when: re.Pattern[str]
    side: re.Pattern[str]
    last: re.Pattern[str]
    near: tuple[str, ...]
    ends: frozenset[str]


def _age_forms(rows: Mapping[str, Mapping[str, str]]) -> AgeForms:
    def named(sort: str) -> str:
        return _any(rows.get(sort, {}))

    sorts = ("aged-before", "aged-side", "aged-last")
    return AgeForms(
        re.compile(rf"(?<!\w)(?:{named('aged-before')})\s+$", re.IGNORECASE),
        re.compile(rf"\s(?:{named('aged-when')})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{named('aged-whom')})\s(?:{named('aged-side')})\s$", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{named('aged-last')})\s$", re.IGNORECASE),
        tuple(rows.get("aged-near", {})),
        frozenset(name.split()[-1] for sort in sorts for name in rows.get(sort, {})),
    )


class UnitForms(NamedTuple):
    """The forms of units.

    Attributes:
        known: what each name of a unit stands for.
        after: a unit that follows a number.
        one: an article with a unit: "a year", "an hour and a half".
        share: a unit that follows a fraction: "of an hour".
        signs: a sign or code of a currency before a number.
        starts: the first words of units.
        sign_ends: the last letters of signs.
        codes: the codes of currencies.
    """

    known: Mapping[str, tuple[FigureSort, str]]
    after: re.Pattern[str]
    one: re.Pattern[str]
    share: re.Pattern[str]
    signs: re.Pattern[str]
    starts: frozenset[str]
    sign_ends: frozenset[str]
    codes: frozenset[str]


def _unit_forms(rows: Mapping[str, Mapping[str, str]], numbers: NumberWords) -> UnitForms:
    units = {
        name.lower(): (sort, value)
        for sort in get_args(FigureSort)
        for name, value in rows.get(sort, {}).items()
    }
    plain = [name for name in units if name[-1].isalpha()]
    marks = [name for name in units if not name[-1].isalpha()]
    money: FigureSort = "money"
    codes = {name.lower(): (money, value) for name, value in rows.get("code", {}).items()}
    words, signs, one = _any(plain), _any(marks), _any(numbers.of("one"))
    joiner, fraction = _any(numbers.of("joiner")), _any(numbers.of("fraction"))
    half = rf"(?:\s+(?:{joiner})\s+(?:{one})\s+({fraction})(?!\w))?"
    of = rf"(?:\s+(?:{_any(rows.get('share-of', {}))}))?"
    return UnitForms(
        {**units, **codes},
        re.compile(rf"[\s-]?\s?({words})(?![^\W_])|\s?({signs})", re.IGNORECASE),
        re.compile(rf"(?:{one})\s+({words})(?!\w){half}", re.IGNORECASE),
        re.compile(rf"{of}\s+(?:{one})\s+({words})(?!\w)", re.IGNORECASE),
        re.compile(rf"((?<![^\W\d_])(?:{_any(codes)})|{signs})\s?$", re.IGNORECASE),
        frozenset(name.split()[0] for name in plain),
        frozenset(sign[-1] for sign in marks),
        frozenset(codes),
    )


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
    aged: AgeForms
    pointed: re.Pattern[str]
    units: UnitForms
    ones: frozenset[str]
    bound_ends: frozenset[str]
    bound_words: int
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
    joints, leading = _parted(rows.get("joint", {})), _parted(rows.get("before", {}))
    bounds = {**rows.get("before", {}), **rows.get("after", {})}
    numbers = number_words(words)
    return FigureForms(
        words=frozenset(numbers.values) - numbers.of("joiner") - numbers.of("part"),
        number=re.compile(rf"(?<![\w.,:/#])(?:{numbers.pattern})(?![\w]*\d)", re.IGNORECASE),
        before=re.compile(
            rf"(?<!\w)({_any(leading[True])})\s+$|({_any(leading[False])})\s*$", re.IGNORECASE
        ),
        after=re.compile(rf"(?:,?\s+|-)({_any(rows.get('after', {}))})(?!\w)", re.IGNORECASE),
        ratio=re.compile(rf"\s+(?:{_any(rows.get('ratio-joint', {}))})\s+", re.IGNORECASE),
        joint=re.compile(
            rf"[\s-]*({_any(joints[True])})(?:[\s-]+|(?!\w))|\s*({_any(joints[False])})\s*",
            re.IGNORECASE,
        ),
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
        aged=_age_forms(rows),
        pointed=re.compile(rf"(?<!\w)(?:{_any(rows.get('pointing', {}))})\s$", re.IGNORECASE),
        ones=numbers.of("one"),
        units=_unit_forms(rows, numbers),
        bound_words=max(
            (len(name.split()) for sort in ("before", "between") for name in rows.get(sort, {})),
            default=1,
        ),
        bound_ends=frozenset(
            name.split()[-1] for sort in ("before", "between") for name in rows.get(sort, {})
        ),
        closed=frozenset().union(*(words.words(name) for name in _CLOSED)),
        bounds={name: cast(Bound, value) for name, value in bounds.items()},
        classes={
            name: frozenset(rows.get(name, {})) for name in _CLASSES
        } if rows else {},
    )  # fmt: skip


def _parted(names: Mapping[str, str]) -> dict[bool, list[str]]:
    """Names that are words, by true, and marks, by false."""
    return {
        known: [name for name in names if name[0].isalpha() is known] for known in (True, False)
    }


def _any(names: Iterable[str]) -> str:
    """A pattern for any of some groups of words, the longest first; for none, one for nothing."""
    row = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in row) or r"(?!)"
