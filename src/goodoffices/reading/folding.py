"""Finding words in a text however they were typeset, and where they stand in it as it is.

Quotation marks, dashes, case, white space, equivalent forms of one character and marks that cannot
be seen are folded; every letter of the folded text knows the code point that it came from.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from goodoffices.reading.spans import Span

_MARKS = str.maketrans({
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»״", '"'),
    **dict.fromkeys("‐‑‒–—―−־", "-"),
    **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e", ""),
    **dict.fromkeys("\u2066\u2067\u2068\u2069\u00ad\ufeff", ""),
})  # fmt: skip


@cache
def _folded_mark(mark: str) -> str:
    """One code point, folded; nothing, one letter, or several."""
    return unicodedata.normalize("NFD", mark.translate(_MARKS).casefold())


def folded(text: str) -> tuple[str, list[int]]:
    """Return a folded text, and for each of its letters the code point that it came from.

    >>> folded("“No”  –\\nno")
    ('"no" - no', [0, 1, 2, 3, 4, 6, 7, 8, 9])
    """
    out: list[str] = []
    places: list[int] = []
    for place, mark in enumerate(text):
        if mark.isspace():
            if out and out[-1] != " ":
                out.append(" ")
                places.append(place)
            continue
        for letter in _folded_mark(mark):
            out.append(letter)
            places.append(place)
    _order_marks(out, places)
    return "".join(out), places


def _order_marks(out: list[str], places: list[int]) -> None:
    """Put combining marks in the one order that equivalent texts share."""
    start = 0
    while start < len(out):
        end = start
        while end < len(out) and unicodedata.combining(out[end]):
            end += 1
        if end - start > 1:
            run = sorted(zip(out[start:end], places[start:end], strict=True),
                         key=lambda pair: unicodedata.combining(pair[0]))  # fmt: skip
            out[start:end] = [letter for letter, _ in run]
            places[start:end] = [place for _, place in run]
        start = end + 1


class Folded:
    """A text in which words are looked up."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded, self._places = folded(text)

    def find(self, words: str, within: Span | None = None) -> Iterator[Span]:
        """Yield where some words stand whole, in order, as spans of the text as it is."""
        wanted = folded(words)[0].strip()
        if not wanted:
            return
        start = bisect_left(self._places, within.start) if within else 0
        while (start := self._folded.find(wanted, start)) >= 0:
            end = start + len(wanted)
            if self._stands_whole(start, end):
                span = self._span(start, end)
                if within is not None and span.end > within.end:
                    return
                yield span
            start += 1

    def _stands_whole(self, start: int, end: int) -> bool:
        before, after = self._folded[start - 1 : start], self._folded[end : end + 1]
        opens = not (before.isalnum() and self._folded[start].isalnum())
        closes = not ((after.isalnum() or _combines(after)) and self._folded[end - 1].isalnum())
        return opens and closes

    def _span(self, start: int, end: int) -> Span:
        last = max(self._places[start:end]) + 1
        # Marks that cannot be seen, or that belong to the last letter, stay with it.
        while last < len(self.text) and unicodedata.combining(self.text[last]):
            last += 1
        return Span(min(self._places[start:end]), last)


def _combines(mark: str) -> bool:
    return bool(mark) and unicodedata.combining(mark) > 0
