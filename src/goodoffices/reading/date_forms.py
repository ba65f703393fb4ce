"""The forms in which a language writes dates, as patterns made of its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from goodoffices.reading.lexicon import Lexicon
from goodoffices.reading.numbers import number_words

_TRIGGERS = ("month", "unit", "weekday", "day", "season", "y", "n")
"""What a form of dates cannot do without, the rarest first."""


@dataclass(frozen=True, eq=False)
class DateForms:
    """The forms of dates of a language: patterns in the order of their precedence."""

    patterns: tuple[tuple[str, str, re.Pattern[str]], ...]
    values: Mapping[str, Mapping[str, str]]
    bound: re.Pattern[str] | None
    triggers: Mapping[str, str]


def _trigger_of(pattern: str) -> str:
    needed = re.sub(r"\(\?:[^()]*\)\?", "", pattern)
    return next(name for name in _TRIGGERS if "{" + name + "}" in needed)


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
        (kind, _trigger_of(pattern), re.compile(_filled(pattern, parts), re.IGNORECASE))
        for kind, pattern in words.table("date-patterns")
    )
    bound = parts.get("bound")
    filler = parts.get("filler", r"(?!)")
    before = re.compile(rf"(?<!\w)({bound})\s+(?:{filler}\s+)?$", re.IGNORECASE) if bound else None
    triggers = {
        word.split()[-1]: name for name in reversed(_TRIGGERS[:-2]) for word in values.get(name, {})
    }
    return DateForms(patterns, values, before, triggers)


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
