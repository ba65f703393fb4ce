"""The distance over time as a drawing: a step for every change, and who moved when.

Distances have an order but no size, so that they stand on the rungs of a ladder, named in words;
the lowest rung is the open zone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from goodoffices.brief.contents import DayLine, Movement
from goodoffices.brief.phrases import counted, listed
from goodoffices.brief.plot_timeline import EDGE, FOOT, LABEL, PLOT, across, ticks
from goodoffices.brief.plots import Sheet, wrapped

HEAD = 44.0
RUNG = 34.0
LANE = 30.0
MARKS = {"towards": "v", "away": "^", "mixed": "D", "neither": "o", "first": "P"}
"""Shapes of matplotlib by where a move takes the talks."""
MARK_WORDS = (
    ("towards", "towards a way out"),
    ("away", "away"),
    ("mixed", "both"),
    ("neither", "neither"),
    ("first", "first position"),
)
PROPOSALS = "Proposals"
IN_CONFIDENCE = "Rests in part on what was said in confidence."


def movement_svg(lines: Movement, sides: Sequence[str]) -> str:
    """Return the drawing of the distance over time; "" when no change has a date.

    A lane for each party that moved stands below the ladder, in the order of ``sides``, and one
    for proposals.
    """
    if not lines.days:
        return ""
    moved = {move.party_name for day in lines.days for move in day.moves}
    lanes = [side for side in sides if side in moved]
    lanes += [PROPOSALS] if any(day.proposals for day in lines.days) else []
    ladder = HEAD + RUNG * len(lines.levels)
    sheet = Sheet(LABEL + PLOT + EDGE, ladder + LANE * len(lanes) + FOOT)
    ends = _ends(lines)
    _legend(sheet)
    if any(day.confidential for day in lines.days):
        sheet.text(LABEL + EDGE / 2 - 5, 30, IN_CONFIDENCE, size=10,
                   weight="bold")  # fmt: skip
    _rungs(sheet, lines)
    _ticks(sheet, ends, ladder + LANE * len(lanes))
    _steps(sheet, lines, ends)
    for number, lane in enumerate(lanes):
        _lane(sheet, lines.days, lane, (ladder + LANE * (number + 0.5), ends))
    return sheet.svg("movement-plot", "Distance between the sides over time", description(lines))


def _ends(lines: Movement) -> tuple[int, int]:
    """Return the first and last day drawn: a little before the first change, so that it shows."""
    first, last = _day(lines.days[0].day), _day(lines.until or lines.days[-1].day)
    room = max(1, round((last - first) * 0.03))
    return max(first - room, 1), last + (0 if last > first else 1)


def _day(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


def _y(rank: int, levels: int) -> float:
    return HEAD + RUNG * (levels - rank - 0.5)


def _legend(sheet: Sheet) -> None:
    x = LABEL + EDGE / 2
    for direction, words in MARK_WORDS:
        sheet.marker(x, 10, MARKS[direction], size=8)
        sheet.text(x + 9, 14, words, size=10, colour="quiet")
        x += 26 + 5.6 * len(words)
    sheet.marker(x, 10, "s", size=8)
    sheet.text(x + 9, 14, "proposal", size=10, colour="quiet")
    sheet.text(0, 14, "Distance: what the", size=10, colour="quiet")
    sheet.text(0, 27, "cheapest way out costs", size=10, colour="quiet")


def _rungs(sheet: Sheet, lines: Movement) -> None:
    for rank, words in enumerate(lines.levels):
        y = _y(rank, len(lines.levels))
        sheet.line([(LABEL, y), (LABEL + PLOT, y)], "rule", 1)
        told = wrapped("none: the zone is open" if rank == 0 else words, 30, 2)
        for number, line in enumerate(told):
            sheet.text(0, y + 4 + 13 * (number - (len(told) - 1) / 2), line, size=11)


def _ticks(sheet: Sheet, ends: tuple[int, int], bottom: float) -> None:
    for day, words in ticks(*ends):
        x = across(day, ends)
        sheet.line([(x, HEAD), (x, bottom)], "rule", 0.7)
        near_end = x > LABEL + PLOT - 60
        anchor = "right" if near_end else "center"
        sheet.text(x + (EDGE / 2 if near_end else 0), bottom + 18, words, size=10, anchor=anchor,
                   colour="quiet")  # fmt: skip


def _steps(sheet: Sheet, lines: Movement, ends: tuple[int, int]) -> None:
    levels = len(lines.levels)
    points = [(across(ends[0], ends), _y(lines.start, levels))]
    for day in lines.days:
        x = across(_day(day.day), ends)
        points += [(x, points[-1][1]), (x, _y(day.rank, levels))]
    points.append((across(ends[1], ends), points[-1][1]))
    sheet.line(points, "accent", 2.5)
    for day in lines.days:
        sheet.marker(across(_day(day.day), ends), _y(day.rank, levels), "o", size=6)


def _lane(
    sheet: Sheet, days: Sequence[DayLine], lane: str, place: tuple[float, tuple[int, int]]
) -> None:
    y, ends = place
    sheet.line([(LABEL, y), (LABEL + PLOT, y)], "rule", 1)
    lines = wrapped(lane, 28, 2)
    for number, words in enumerate(lines):
        sheet.text(0, y + 4 + 12 * (number - (len(lines) - 1) / 2), words, size=11)
    for day in days:
        shapes = (
            Counter({"s": day.proposals} if day.proposals else {})
            if lane == PROPOSALS
            else Counter(MARKS[move.mark] for move in day.moves if move.party_name == lane)
        )
        _marks(sheet, shapes, across(_day(day.day), ends), y)


def _marks(sheet: Sheet, shapes: Counter[str], x: float, y: float) -> None:
    """Put the marks of one day side by side, each with its number where there are several."""
    for number, (shape, count) in enumerate(sorted(shapes.items())):
        at = x + 12 * (number - (len(shapes) - 1) / 2)
        sheet.marker(at, y, shape, size=8)
        if count > 1:
            sheet.text(at + 3, y - 6, str(count), size=9)


def description(lines: Movement) -> str:
    """Return the drawing as a text, for whoever does not see it."""
    sentences = [lines.sentence]
    for day in lines.days:
        moves = Counter((move.party_name, move.mark) for move in day.moves)
        told = [f"{who} {_moves_words(n, mark)}" for (who, mark), n in moves.items()]
        tail = f"; {listed(told)}" if told else ""
        held = " (confidential)" if day.confidential else ""
        sentences.append(f"{day.words}: distance {day.distance}{held}{tail}.")
    return " ".join(sentences)


def _moves_words(number: int, mark: str) -> str:
    words = {"first": counted(number, "first position"), "mixed": f"{counted(number, 'move')} both"}
    return words.get(mark, f"{counted(number, 'move')} {mark}")
