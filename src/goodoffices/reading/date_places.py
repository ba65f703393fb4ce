"""Where in a text a date can stand, by its words, so that forms are tried nowhere else."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from goodoffices.reading.date_forms import DateForms
from goodoffices.reading.spans import Span, Tokens

_BEFORE, _AFTER = 36, 30
"""How far from its trigger a date may begin and end."""
_FAR = {"unit": 60}
"""Triggers before which numbers in words may stand."""


def written_in(text: str, forms: DateForms, tokens: Tokens) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield what fits a form, with its kind; a form is tried where all that it needs is shown.

    >>> from goodoffices.reading.date_forms import date_forms
    >>> from goodoffices.reading.lexicon import lexicon
    >>> from goodoffices.reading.spans import tokens_in
    >>> text, forms = "from 2 June on", date_forms(lexicon("en"))
    >>> next(written_in(text, forms, tokens_in(text, {"june"})))[0]
    'day'
    """
    windows = _windows(text, forms, tokens)
    for kind, trigger, pattern, needed in forms.patterns:
        for span, shown in windows.get(trigger, ()):
            if needed <= shown:
                for match in pattern.finditer(text, *span):
                    yield kind, match


class _Window(NamedTuple):
    """Where in a text a date can stand, and the parts of forms that its words show."""

    span: Span
    shown: frozenset[str]


def _windows(text: str, forms: DateForms, tokens: Tokens) -> dict[str, list[_Window]]:
    """Where dates can stand, by what triggers them: looking elsewhere takes long."""
    starts = [at for at, _ in tokens]
    return {
        name: [_Window(span, _shown(span, forms, tokens, starts)) for span in spans]
        for name, spans in _triggered(text, forms, tokens).items()
    }


def _shown(span: Span, forms: DateForms, tokens: Tokens, starts: Sequence[int]) -> frozenset[str]:
    """The parts of forms that the words of a stretch of text show."""
    first = max(0, bisect_left(starts, span.start) - 1)
    found: set[str] = set()
    for _, token in tokens[first : bisect_left(starts, span.end)]:
        found.update(_IN_DIGITS if token[0].isdigit() else forms.shown.get(token, ()))
    return frozenset(found)


_IN_DIGITS = frozenset({"digits", "number"})


def _triggered(text: str, forms: DateForms, tokens: Tokens) -> dict[str, list[Span]]:
    """The surroundings of what triggers a date."""
    found: dict[str, list[Span]] = {}
    for at, token in tokens:
        name = forms.triggers.get(token)
        if name is None:
            name = _digits(token) if token[0].isdigit() else None
            if name is None:
                continue
        last = min(len(text), at + len(token))
        start, end = max(0, at - _FAR.get(name, _BEFORE)), min(len(text), last + _AFTER)
        while end < len(text) and not text[end].isspace() and end < last + 2 * _AFTER:
            end += 1
        known = found.setdefault(name, [])
        if known and known[-1].end >= start:
            start = known.pop().start
        known.append(Span(start, end))
    return found


def _digits(token: str) -> str | None:
    """What digits can trigger: a year, or with an ending the number of a century."""
    if token[:4].isdigit() and len(token) in {4, 5}:
        return "y"
    return "n" if not token.isdigit() and len(token) < 5 else None
