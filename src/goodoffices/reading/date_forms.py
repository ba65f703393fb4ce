"""The forms in which a language writes dates, as patterns made of its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from goodoffices.reading.lexicon import Lexicon
from goodoffices.reading.numbers import number_words

_TRIGGERS = ("month", "unit", "weekday", "day", "season", "y", "n")
"""What triggers a form of dates, the rarest first."""
_WRITTEN = frozenset("deny")
_DIGITS = "digits"
"""What stands for the parts that are written in digits."""
_PARTS = frozenset(_TRIGGERS) | _WRITTEN | {"number", "pointer", "ago", "edge", "rest"}
"""The parts whose words are looked for before a form is tried; others are short or common."""


@dataclass(frozen=True, eq=False)
class DateForms:
    """The forms of dates of a language.

    Attributes:
        patterns: in the order of their precedence.
        values: what the words of dates stand for, by their sort.
        bound: the words before a date that bound it.
        triggers: words without which a date is written in digits only, each with its name.
        shown: the parts of forms that a word is a sign of: each part has such a word in it.
    """

    patterns: tuple[DateForm, ...]
    values: Mapping[str, Mapping[str, str]]
    bound: re.Pattern[str] | None
    triggers: Mapping[str, str]
    shown: Mapping[str, frozenset[str]]


class DateForm(NamedTuple):
    """One form: what it says, what triggers it, its pattern, and the parts it cannot do without."""

    kind: str
    trigger: str
    pattern: re.Pattern[str]
    needed: frozenset[str]


_GROUP = re.compile(r"\((\?[:=!]|\?<[=!])?([^()]*)\)([?*]?)")


def _needed(pattern: str, parts: Iterable[str]) -> frozenset[str]:
    """The parts that stand in whatever fits a pattern: not optional, no alternatives.

    >>> sorted(_needed("(?:{part} )?(?:the )?{d}{ordinal}?(?:{day}|{unit})", ("d", "part", "unit")))
    ['d']
    """
    while (group := _GROUP.search(pattern)) is not None:
        kept = group[1] in {"?:", "?=", None} and not group[3] and "|" not in group[2]
        pattern = pattern[: group.start()] + (group[2] if kept else "") + pattern[group.end() :]
    pattern = re.sub(r"\{\w+\}[?*]", "", pattern)
    return frozenset(part for part in parts if "{" + part + "}" in pattern)


@cache
def date_forms(words: Lexicon) -> DateForms:
    """Return the forms of dates of a language."""
    values: dict[str, dict[str, str]] = {}
    for sort, value, names in words.table("dates"):
        for name in names.split():
            values.setdefault(sort, {})[name.replace("+", " ")] = value
    parts = {name: _one_of(group) for name, group in values.items()}
    parts |= {
        "number": rf"(?:\[?{number_words(words).pattern}\]?)",
        "d": r"(?:[12]\d|3[01]|0?[1-9])",
        "e": r"(?:[12]\d|3[01]|0?[1-9])",
    }
    parts |= {"y": r"(?:1[5-9]|20|21)\d\d", "n": r"\d{1,2}"}
    patterns = tuple(
        DateForm(
            kind,
            next(name for name in _TRIGGERS if name in (needed := _needed(pattern, parts))),
            re.compile(_filled(pattern, parts), re.IGNORECASE),
            frozenset(_DIGITS if part in _WRITTEN else part for part in needed & _PARTS),
        )
        for kind, pattern in words.table("date-patterns")
    )
    bound = parts.get("bound")
    filler = parts.get("filler", r"(?!)")
    before = re.compile(rf"(?<!\w)({bound})\s+(?:{filler}\s+)?$", re.IGNORECASE) if bound else None
    triggers = {
        word.split()[-1]: name for name in reversed(_TRIGGERS[:-2]) for word in values.get(name, {})
    }
    return DateForms(patterns, values, before, triggers, _shown(values, words))


def _shown(values: Mapping[str, Mapping[str, str]], words: Lexicon) -> dict[str, frozenset[str]]:
    """The longest word of each group of words, with the parts of forms that it shows."""
    numbers = number_words(words).values.items()
    found = {word: {"number"} for word, (sort, _) in numbers if sort not in {"one", "joiner"}}
    for name, group in values.items():
        if name in _PARTS:
            for entry in group:
                found.setdefault(max(re.findall(r"[^\W_]+", entry), key=len), set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def _one_of(group: Mapping[str, str]) -> str:
    names = sorted(group, key=lambda name: (-len(name), name))
    return "(?:" + "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names) + ")"


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    """Put the words of a language in the place of their names, as named groups."""
    pattern = re.sub(r" (?!-\])(?!\?)", " +", pattern)
    for name, part in parts.items():
        pattern = pattern.replace("{" + name + "}", f"(?P<{name}>{part})", 1)
        if name == "n":
            pattern = pattern.replace("{n}", r"(?P<n2>\d{1,2})", 1)
    return rf"(?<![\w.,/:$€£-])(?:{pattern})(?![\w/]|[.,:]\d|-\d)"
