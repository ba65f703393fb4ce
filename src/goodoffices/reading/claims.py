"""What belongs together: dates with statements, figures with the statement that claims them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from goodoffices.model.record import FigureKind, StatementKind
from goodoffices.reading.dates import DateFound
from goodoffices.reading.figures import FigureFound
from goodoffices.reading.lexicon import Lexicon
from goodoffices.reading.result import Figure, Statement
from goodoffices.reading.spans import Span
from goodoffices.reading.text import Block

_WANTED: frozenset[StatementKind] = frozenset(
    {"demands", "offers", "proposes", "vows", "threatens", "calls-for"}
)


def dates_of(
    statements: Sequence[Statement], row: Sequence[Block], dates: Sequence[DateFound]
) -> list[int | None]:
    """Return of each statement the number of the date in its sentence that says when, if one does.

    That is the date nearest to the cue that stands outside what is said, and in no other
    statement's words.
    """
    sentences = _sentences(row)
    return [_date_of(one, _around(one.cue, sentences), dates) for one in statements]


def _date_of(one: Statement, sentence: Span | None, dates: Sequence[DateFound]) -> int | None:
    if sentence is None:
        return None
    free = [
        (min(abs(found.span.end - one.cue.start), abs(found.span.start - one.cue.end)), number)
        for number, found in _within(dates, sentence)
        if found.bound == "on" and not any(part.meets(found.span) for part in one.content)
    ]
    return min(free)[1] if free else None


def _sentences(row: Sequence[Block]) -> list[Span]:
    """The sentences outside quotations, in order."""
    return [one.span for block in row for one in block.sentences if one.inside == -1]


def _around(span: Span, sentences: Sequence[Span]) -> Span | None:
    """The sentence in which something begins."""
    place = bisect_right(sentences, span.start, key=lambda one: one.start) - 1
    return sentences[place] if place >= 0 and sentences[place].end > span.start else None


def _within(dates: Sequence[DateFound], sentence: Span) -> Iterator[tuple[int, DateFound]]:
    """The dates of a sentence, with their numbers."""
    place = bisect_left(dates, sentence.start, key=lambda one: one.span.start)
    while place < len(dates) and dates[place].span.start < sentence.end:
        yield place, dates[place]
        place += 1


class Written(NamedTuple):
    """The quantities and dates that a text writes."""

    figures: Sequence[FigureFound]
    dates: Sequence[DateFound]


def claimed(
    text: str,
    written: Written,
    row: Sequence[Block],
    statements: Sequence[Statement],
    words: Lexicon,
) -> Iterator[Figure]:
    """Yield the figures of a text, each with who claims it and the dates of its sentence."""
    sentences = _sentences(row)
    contents = sorted(
        (part, number) for number, one in enumerate(statements) for part in one.content
    )
    for found in written.figures:
        claim = _claim(found.span, contents)
        sentence = _around(found.number, sentences)
        near = list(_within(written.dates, sentence)) if sentence is not None else []
        said = statements[claim] if claim is not None else None
        yield Figure(
            span=found.span,
            value=found.value,
            high=found.high,
            bound=found.bound,
            sort=found.sort,
            unit=found.unit,
            counted=found.counted,
            kind=_kind(text, found, sentence, said, words),
            statement=claim,
            since=_first(near, found, "since"),
            by=_first(near, found, "by"),
            as_of=_first(near, found, "on"),
        )


def _claim(span: Span, contents: Sequence[tuple[Span, int]]) -> int | None:
    """The innermost statement that says a figure."""
    until = bisect_left(contents, span.end, key=lambda entry: entry[0].start)
    near = contents[max(0, until - 50) : until]
    holding = [(part.end - part.start, number) for part, number in near if part.holds(span)]
    return min(holding)[1] if holding else None


def _first(near: Sequence[tuple[int, DateFound]], found: FigureFound, bound: str) -> int | None:
    """The date nearest to a figure that bounds it in some way."""
    fitting = [
        (abs(one.span.start - found.span.end), number)
        for number, one in near
        if one.bound == bound and not one.span.holds(found.number)
    ]
    return min(fitting)[1] if fitting else None


def _kind(
    text: str, found: FigureFound, sentence: Span | None, said: Statement | None, words: Lexicon
) -> FigureKind:
    """Whether a figure is claimed, estimated, wanted or ordered, as the words near it show."""
    if said is not None and said.kind == "estimates":
        return "estimated"
    if said is not None and said.kind == "orders":
        return "ordered"
    if said is not None and said.kind in _WANTED:
        return "wanted"
    start = sentence.start if sentence is not None else found.span.start
    near = re.split(r"[,;:]", text[max(start, found.span.start - 40) : found.span.start])[-1]
    if _words(words, "estimating") & set(found.span.of(text).lower().split()):
        return "estimated"
    return "wanted" if set(near.lower().split()) & _words(words, "wanting") else "claimed"


@cache
def _words(words: Lexicon, name: str) -> frozenset[str]:
    return frozenset(
        word for sort, _, row in words.table("figures") if sort == name for word in row.split()
    )
