"""Which quotation marks belong together, in any text, however they are typed.

A quotation is the text between two marks. One that is not closed runs to the end of its
paragraph; if the next paragraph opens with a mark again, it goes on there, as newspapers print
long quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from goodoffices.reading.spans import Span

# One class of marks leads the pattern, so that everything else is passed over at once.
_MARK = re.compile("[`'\"“”„‟«»‘’‚‹›＂「」『』](?:(?<=`)`|(?<=')')?")
_PAIRS = {
    "“": "”", "„": "“”‟", "‟": "”", "«": "»", "»": "«", "‹": "›", "›": "‹", "‘": "’", "‚": "‘’",
    "「": "」", "『": "』", "``": "''", '"': '"', "＂": "＂", "'": "'", "''": "''", "”": "”",
}  # fmt: skip
_CLOSERS = frozenset("”»’›」』")
_OPENERS = frozenset("“„«‘‚‹「『") | {"``"}
_APOSTROPHES = frozenset("'’")
_SINGLE = frozenset("'’‘‚‹›")
_BEFORE_OPENING = frozenset("([{<—–-/:;,=…") | _OPENERS | {'"'}
_DEEPEST = 12
"""How many quotations within each other are told apart."""
_AFTER_CLOSING = frozenset(")]}>.,;:!?—–-/…'\"’”»›")


class Quotation(NamedTuple):
    """A quotation with its marks.

    Attributes:
        span: from the opening mark to the end of the closing one.
        inner: what stands between.
        closed: whether a closing mark was found.
    """

    span: Span
    inner: Span
    closed: bool


def quotations(text: str, paragraph: Span) -> tuple[Quotation, ...]:
    """Return the quotations of a paragraph, in order of their starts.

    >>> text = 'He said: "They call it \\'a deal\\', not I." Then he left.'
    >>> [text[q.inner.start:q.inner.end] for q in quotations(text, Span(0, len(text)))]
    ["They call it 'a deal', not I.", 'a deal']
    """
    open_marks: list[tuple[str, Span]] = []
    found: list[Quotation] = []
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        mark, at = match.group(), Span(*match.span())
        if mark == "`":
            continue
        depth = _closes(text, open_marks, mark, at) if open_marks else None
        if depth is not None:
            if depth + 1 < len(open_marks):
                found += _unclosed(open_marks[depth + 1 :], at.start, found)
            start = open_marks[depth][1]
            found.append(Quotation(Span(start.start, at.end), Span(start.end, at.start), True))
            del open_marks[depth:]
        elif len(open_marks) < _DEEPEST and _opens(text, mark, at, paragraph):
            open_marks.append((mark, at))
    found += _unclosed(open_marks, paragraph.end, found)
    return tuple(sorted(found, key=lambda quotation: (quotation.span.start, -quotation.span.end)))


def _unclosed(
    marks: list[tuple[str, Span]], end: int, found: list[Quotation]
) -> Iterator[Quotation]:
    """Quotations whose closing mark is missing; of apostrophes nothing is made.

    One that is not closed ends at the latest where the next begins.
    """
    if not marks:
        return
    starts = [at.start for _, at in marks]
    for quotation in reversed(found):
        if quotation.span.end <= starts[0]:  # of what is closed before, nothing matters
            break
        starts.append(quotation.span.start)
    starts.sort()
    for mark, at in marks:
        if mark in _SINGLE:
            continue
        stop = next((start for start in starts if at.end <= start < end), end)
        yield Quotation(Span(at.start, stop), Span(at.end, stop), False)


def _closes(text: str, open_marks: list[tuple[str, Span]], mark: str, at: Span) -> int | None:
    """Return which open quotation a mark closes, the innermost that it can."""
    if mark in _APOSTROPHES and not _ends_word(text, at):
        return None
    if mark == '"' and _starts_word(text, at) and not _ends_word(text, at):
        # A mark before a word closes only where nothing else can be meant.
        return None
    for depth in range(len(open_marks) - 1, -1, -1):
        opener, start = open_marks[depth]
        if mark in _PAIRS.get(opener, "") and start.end <= at.start:
            return depth
    return None


def _opens(text: str, mark: str, at: Span, paragraph: Span) -> bool:
    if mark in _OPENERS:
        return True
    if mark in _APOSTROPHES:
        return _starts_word(text, at) and _has_partner(text, mark, at, paragraph)
    if mark in _CLOSERS:
        return mark in "»›”" and _starts_word(text, at)
    after_pause = at.start > paragraph.start and text[at.start - 1] in ",:"
    return after_pause or not _ends_word(text, at) or at.start == paragraph.start


def _starts_word(text: str, at: Span) -> bool:
    """Whether a mark stands where a quotation can begin: before a word and not after one."""
    before = text[at.start - 1] if at.start else " "
    after = text[at.end] if at.end < len(text) else " "
    if after.isspace():
        return False
    return before.isspace() or before in _BEFORE_OPENING


def _ends_word(text: str, at: Span) -> bool:
    """Whether a mark stands where a quotation can end: after a word and not before one."""
    before = text[at.start - 1] if at.start else " "
    after = text[at.end] if at.end < len(text) else " "
    return not before.isspace() and (after.isspace() or after in _AFTER_CLOSING)


def _has_partner(text: str, mark: str, at: Span, paragraph: Span) -> bool:
    """Whether a single mark is closed within its paragraph, near enough to be a quotation."""
    end = min(paragraph.end, at.end + 600)
    partner = text.find(mark, at.end, end)
    while partner != -1:
        if _ends_word(text, Span(partner, partner + 1)):
            return True
        partner = text.find(mark, partner + 1, end)
    return False
