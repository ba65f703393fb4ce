"""Half-open ranges of code points."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_]+")

Tokens = list[tuple[int, str]]
"""Words and numbers in lower case, each with the code point at which it begins."""


def tokens_in(text: str, wanted: Container[str]) -> Tokens:
    """Return those runs of letters and digits of a text that are wanted or begin with a digit.

    >>> tokens_in("40 Percent of the land", {"percent"})
    [(0, '40'), (3, 'percent')]
    """
    lower = text.lower()
    if len(lower) == len(text):  # letter by letter the same, so that all places are
        found = ((match.start(), match.group()) for match in _TOKEN.finditer(lower))
    else:
        found = ((match.start(), match.group().lower()) for match in _TOKEN.finditer(text))
    return [(at, word) for at, word in found if word in wanted or word[0].isdigit()]


class Span(NamedTuple):
    """A half-open range of code points of a document's text.

    >>> Span(4, 8).of("The plan is dead.")
    'plan'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return what stands there."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether the other lies within."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether both share a code point."""
        return self.start < other.end and other.start < self.end
