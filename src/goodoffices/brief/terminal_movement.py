"""What `movement` found, on a terminal: day by day, as a mediator would tell it."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from goodoffices.analysis.movement_result import MovementResult
from goodoffices.brief.contents import DayLine, MoveLine, Movement
from goodoffices.brief.movement_lines import movement_lines
from goodoffices.brief.paper import Paper
from goodoffices.brief.phrases import listed, shown
from goodoffices.brief.section_names import CONFIDENTIAL, DIRECTION_MARKS
from goodoffices.brief.words import missing_words
from goodoffices.model import Case


def print_movement(case: Case, result: MovementResult, console: Console) -> None:
    """Print how far apart the sides were on each day, and who moved."""
    paper = Paper(console)
    lines = movement_lines(case, result)
    paper.title(f"{result.case}: movement")
    if result.confidential:
        paper.line(Text(CONFIDENTIAL, style="bold reverse"))
    paper.line(Text(shown(lines.sentence), style="bold"))
    print_chart(paper, lines)
    if lines.before:
        paper.heading("Held before")
        paper.bullets(lines.before)
    for day in lines.days:
        paper.heading(f"{day.words}{' (confidential)' if day.confidential else ''}")
        _day(paper, day)
    print_silences(paper, lines)
    if result.missing:
        paper.heading("Not found, for a limit was met")
        paper.bullets(missing_words(missing) for missing in result.missing)
    paper.heading("Method")
    for sentence in lines.definition:
        paper.line(sentence)


def print_chart(paper: Paper, lines: Movement) -> None:
    """Print the distance as a ladder: one line a day, longer the farther apart the sides are."""
    if not lines.days:
        return
    paper.gap()
    for day in lines.days:
        bar = "█" * day.rank or "·"
        words = day.distance if day.rank else "none: the zone is open"
        marks = "".join(DIRECTION_MARKS[move.mark] for move in day.moves)
        mark = " confidential" if day.confidential else ""
        paper.line(f"{bar} {words}{mark} {marks}", lead=f"{day.dated:<10}  ")
    paper.quiet(
        "A longer bar is a larger distance; the steps between bars are not equal. Moves: "
        "▼ towards a way out, ▲ away, ◆ both, ○ neither; + a first position."
    )


def _day(paper: Paper, day: DayLine) -> None:
    paper.line(Text(shown(day.sentence), style="bold"))
    paper.bullets(day.acts)
    for move in day.moves:
        _move(paper, move)
    paper.field("Stuck on", day.stuck, indent=2)
    paper.field("Cheapest way out", day.ways_out, indent=2)
    paper.field("Alone", day.alone, indent=2)
    paper.field("Stale", listed(day.stale), indent=2)


def _move(paper: Paper, move: MoveLine) -> None:
    paper.line(move.head, lead=f"{DIRECTION_MARKS[move.mark]} {move.id}  ", indent=2)
    indent = len(move.id) + 6
    for sentence in (*move.does, move.answers):
        if sentence:
            paper.line(sentence, indent=indent)


def print_moves(paper: Paper, lines: Movement) -> None:
    """Print who moved on which day and in answer to what, in a few lines."""
    for day in lines.days:
        if day.moves:
            paper.sub(f"{day.words}{' (confidential)' if day.confidential else ''}")
        for move in day.moves:
            words = " ".join(part for part in (move.head, move.answers) if part)
            paper.line(words, lead=f"{DIRECTION_MARKS[move.mark]} ", indent=2)


def print_silences(paper: Paper, lines: Movement) -> None:
    """Print the positions of which nothing was heard for long."""
    if lines.silences:
        paper.sub("Not heard of for long")
        paper.bullets(lines.silences)
