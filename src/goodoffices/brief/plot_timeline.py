"""The timeline as a drawing: a lane for each side, a mark for each act, a bar for an open day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from goodoffices.brief.contents import Event
from goodoffices.brief.phrases import counted, date_words, listed
from goodoffices.brief.plots import Sheet, wrapped
from goodoffices.model import PartialDate

LABEL = 190.0
PLOT = 690.0
LANE = 42.0
HEAD = 30.0
FOOT = 40.0
EDGE = 24.0
MARKS = {"proposal": "D", "answer": "s"}
"""Shapes of matplotlib; any other act is a disc."""
MARK_WORDS = (("o", "statement"), ("D", "proposal"), ("s", "answer"))
_LONG = 31


def timeline_svg(events: Sequence[Event], *, until: str, sides: Sequence[str] = ()) -> str:
    """Return the drawing of what happened up to a day; "" when nothing has a date.

    The lanes of ``sides`` come first, in that order.
    """
    if not events:
        return ""
    lanes = lanes_of(events, sides)
    first, last = axis(events, until)
    sheet = Sheet(LABEL + PLOT + EDGE, HEAD + LANE * len(lanes) + FOOT)
    _legend(sheet)
    _ticks(sheet, first, last, len(lanes))
    for number, lane in enumerate(lanes):
        y = HEAD + LANE * (number + 0.5)
        _lane(sheet, lane, y)
        marks = Counter(
            (event.first, event.last, MARKS.get(event.kind, "o"))
            for event in events
            if event.lane == lane
        )
        _marks(sheet, marks, y, (first, last))
    return sheet.svg("timeline", "Timeline of statements, proposals and answers",
                     description(events))  # fmt: skip


def lanes_of(events: Sequence[Event], sides: Sequence[str]) -> list[str]:
    """Return the lanes in which something happened: the sides, then others as they come."""
    held = dict.fromkeys(event.lane for event in events)
    return [side for side in sides if side in held] + [lane for lane in held if lane not in sides]


def axis(events: Sequence[Event], until: str) -> tuple[int, int]:
    """Return the first and last day drawn, as ordinals: years without a month are left out of it.

    >>> day = Event("Ana", "says", "2025-06-01", "2025-06-01", "")
    >>> year = Event("Ana", "does", "2025-01-01", "2025-12-31", "")
    >>> [str(date.fromordinal(end)) for end in axis([day, year], "2025-06-11")]
    ['2025-06-01', '2025-06-11']
    """
    spans = [(_day(event.first), _day(event.last)) for event in events]
    near = [span for span in spans if span[1] - span[0] < _LONG] or spans
    first = min(start for start, _ in near)
    last = _day(until) if until else max(end for _, end in near)
    return (first, last) if last > first else (first - 1, first + 1)


def _day(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


def across(day: float, ends: tuple[int, int]) -> float:
    """Return where a day stands across a drawing that runs between two days."""
    share = (day - ends[0]) / (ends[1] - ends[0])
    return LABEL + EDGE / 2 + min(max(share, 0.0), 1.0) * (PLOT - EDGE)


def _legend(sheet: Sheet) -> None:
    x = LABEL + EDGE / 2
    for shape, words in MARK_WORDS:
        sheet.marker(x, 10, shape, size=8)
        sheet.text(x + 9, 14, words, size=10, colour="quiet")
        x += 95
    sheet.line([(x - 4, 10), (x + 18, 10)], "accent", 4)
    sheet.text(x + 26, 14, "some day in this time; a number counts acts at one place", size=10,
               colour="quiet")  # fmt: skip


def _lane(sheet: Sheet, lane: str, y: float) -> None:
    sheet.line([(LABEL, y), (LABEL + PLOT, y)], "rule", 1)
    lines = wrapped(lane, 28, 2)
    for number, words in enumerate(lines):
        sheet.text(0, y + 4 + 13 * (number - (len(lines) - 1) / 2), words, size=11)


def _marks(
    sheet: Sheet, marks: Counter[tuple[str, str, str]], y: float, ends: tuple[int, int]
) -> None:
    for (first, last, shape), number in marks.items():
        start, end = across(_day(first), ends), across(_day(last), ends)
        lift = {"o": 0.0, "D": -11.0, "s": 11.0}[shape]
        if end > start:
            sheet.line([(start, y + lift), (end, y + lift)], "accent", 2.5)
        sheet.marker((start + end) / 2, y + lift, shape)
        if number > 1:
            sheet.text((start + end) / 2 + 8, y + lift - 4, str(number), size=10)


def _ticks(sheet: Sheet, first: int, last: int, lanes: int) -> None:
    bottom = HEAD + LANE * lanes
    for day, words in ticks(first, last):
        x = across(day, (first, last))
        sheet.line([(x, HEAD), (x, bottom)], "rule", 0.7)
        near_end = x > LABEL + PLOT - 60
        anchor = "right" if near_end else "center"
        sheet.text(x + (EDGE / 2 if near_end else 0), bottom + 18, words, size=10, anchor=anchor,
                   colour="quiet")  # fmt: skip


def ticks(first: int, last: int) -> list[tuple[int, str]]:
    """Return at most six days between two ordinals, with their words, evenly apart.

    >>> ticks(date(2025, 6, 1).toordinal(), date(2025, 6, 2).toordinal())
    [(739403, '1 June 2025'), (739404, '2 June 2025')]
    """
    number = min(last - first, 5)
    days = [first + round(step * (last - first) / number) for step in range(number + 1)]
    return [(day, date_words(PartialDate.of_day(date.fromordinal(day)))) for day in days]


def description(events: Sequence[Event]) -> str:
    """Return the drawing as a text, for whoever does not see it."""
    sentences = []
    for lane in dict.fromkeys(event.lane for event in events):
        kinds = Counter(
            event.kind if event.kind in MARKS else "statement"
            for event in events
            if event.lane == lane
        )
        words = listed(counted(number, kind) for kind, number in kinds.items())
        sentences.append(f"{lane}: {words}.")
    return " ".join(sentences)
