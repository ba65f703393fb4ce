"""Quotation marks of a language, paired as its folder says they belong together.

A quotation that is not closed runs to the next mark that opens one of its sort, or to the end of
its paragraph; one that a closing mark further out cuts off ends there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from goodoffices.reading.quotes import Quotation
from goodoffices.reading.spans import Span

_DEEPEST = 12
"""How many quotations within each other are told apart."""


def paired(
    text: str, paragraph: Span, quotes: Mapping[str, frozenset[str]]
) -> tuple[Quotation, ...]:
    """Return the quotations of a paragraph, in order of their starts.

    >>> text = "«Il a dit “non”», selon elle."
    >>> pairs = {"«": frozenset("»"), "“": frozenset("”")}
    >>> [one.inner.of(text) for one in paired(text, Span(0, len(text)), pairs)]
    ['Il a dit “non”', 'non']
    """
    found: list[Quotation] = []
    stack: list[tuple[str, Span]] = []
    pattern = _marks(
        tuple(sorted({*quotes, *(mark for marks in quotes.values() for mark in marks)}))
    )
    for match in pattern.finditer(text, paragraph.start, paragraph.end):
        mark, at = match.group(), Span(*match.span())
        before, after = _beside(text, at, paragraph)
        if before.isalnum() and after.isalnum():
            continue  # within a word, as in acronyms
        depth = _closed_by(stack, mark, quotes)
        reopens = mark in quotes and not before.isalnum() and after.isalnum()
        if depth is not None and mark == stack[depth][0] and reopens and before in " \t\u00a0":
            # The same mark before a word: the one before was never closed.
            found += _cut(stack, depth, at.start)
            stack.append((mark, at))
        elif depth is not None:
            found += _cut(stack, depth + 1, at.start)
            _, opening = stack.pop()
            found.append(Quotation(Span(opening.start, at.end), Span(opening.end, at.start), True))
        elif mark in quotes and len(stack) < _DEEPEST and _opens(mark, after, quotes):
            stack.append((mark, at))
    found += _cut(stack, 0, paragraph.end)
    return tuple(sorted(found, key=lambda one: (one.span.start, -one.span.end)))


def _opens(mark: str, after: str, quotes: Mapping[str, frozenset[str]]) -> bool:
    """Whether a mark can open: before a word, or with a space when another mark closes it."""
    return after != "" and (not after.isspace() or mark not in quotes[mark])


def _cut(stack: list[tuple[str, Span]], depth: int, end: int) -> list[Quotation]:
    """End the quotations from a depth on, none of which was closed."""
    left = [Quotation(Span(at.start, end), Span(at.end, end), False) for _, at in stack[depth:]]
    del stack[depth:]
    return left


def _closed_by(
    stack: list[tuple[str, Span]], mark: str, quotes: Mapping[str, frozenset[str]]
) -> int | None:
    """The innermost open quotation that a mark closes."""
    for depth in range(len(stack) - 1, -1, -1):
        if mark in quotes[stack[depth][0]]:
            return depth
    return None


def _beside(text: str, at: Span, paragraph: Span) -> tuple[str, str]:
    """The characters before and after a mark; "" at the ends of the paragraph."""
    before = text[at.start - 1] if at.start > paragraph.start else ""
    return before, text[at.end] if at.end < paragraph.end else ""


@lru_cache(maxsize=64)
def _marks(marks: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(mark) for mark in marks) or r"(?!)")
