"""What would hold away from the table, on a terminal: in a brief, and all that was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from goodoffices.analysis.stability.result import StabilityResult
from goodoffices.brief.compose_holding import holding
from goodoffices.brief.hold_words import PREDICTS_NOTHING, READING
from goodoffices.brief.holding import Holding, VerdictLine
from goodoffices.brief.paper import Paper
from goodoffices.brief.phrases import listed, shown
from goodoffices.brief.section_names import CONFIDENTIAL, SECTIONS
from goodoffices.model import Case

ALL = 10**9
"""More verdicts than any result has: `goodoffices stability` writes all of them out."""
Row = tuple[str, list[str]]
"""A row of the table: its name and a cell for each state."""


def print_stability(case: Case, result: StabilityResult, console: Console) -> None:
    """Print the moves, the states, what would hold and why, and the ways there."""
    paper = Paper(console)
    paper.title(f"{result.case}: what would hold away from the table")
    made = holding(case, result, ALL)
    if made is None:
        paper.line(f"{READING['inferred']} {PREDICTS_NOTHING}")
        paper.heading("What is not answered")
        paper.bullets(f"{item.what}: {item.why}" for item in result.missing)
        return
    if made.status == "confidential":
        paper.line(Text(CONFIDENTIAL, style="bold reverse"))
    print_holding(paper, made)
    if not made.faults:
        paper.heading(SECTIONS["arranging"])
        print_arranging(paper, made)
        paper.heading("Method")
        paper.bullets(made.method)


def print_holding(paper: Paper, made: Holding) -> None:
    """Print the moves, the table of states, which would hold and why, and the ways there."""
    paper.line(Text(shown(made.reading), style="bold"))
    if made.note:
        paper.quiet(made.note)
    if made.moves:
        _moves(paper, made)
    if made.faults:
        paper.sub("Nothing is answered")
        paper.bullets(made.faults)
        return
    _orders(paper, made)
    _table(paper, made)
    paper.sub("What would hold")
    for sentence in made.summary:
        paper.line(sentence)
    for concept in made.concepts:
        states = listed(concept.states) or "no state"
        paper.line(f"{concept.name}: {states} ({concept.meaning})", lead="• ", indent=2)
    _verdicts(paper, made.holds, made.holds_left_out)
    if made.falls:
        paper.sub("What would not hold")
        _verdicts(paper, made.falls, made.falls_left_out)
    if made.ways:
        paper.sub("From the state now to there")
    for way in made.ways:
        paper.line(way.sentence, lead=f"To {shown(way.to)}: ", indent=2)
    paper.quiet(made.ways_left_out, indent=2)
    if made.missing:
        paper.sub("What is not answered")
        paper.bullets(made.missing)


def print_arranging(paper: Paper, made: Holding) -> None:
    """Print the joint moves that leave a state which no side leaves alone."""
    arranging = made.arranging
    paper.line(arranging.sentence)
    for number, move in enumerate(arranging.moves, 1):
        paper.gap()
        paper.line(move.sentence, lead=f"{number}. ", indent=2)
        paper.bullets((f"{step}." for step in move.steps), indent=5)
        for sentence in move.after:
            paper.line(sentence, indent=5)
    paper.quiet(arranging.left_out, indent=2)
    if arranging.against_all:
        paper.gap()
        paper.line(arranging.against_all)
    if arranging.changes:
        paper.sub("What the case thinks of")
    for change in arranging.changes:
        sources = ", ".join(source.statement for source in change.sources)
        paper.line(
            f"{change.words}{f' (from {sources})' if sources else ''}",
            lead=f"{shown(change.id)}: ",
            indent=2,
        )
        paper.bullets(change.sentences, indent=4)
        paper.quiet(change.note or "", indent=4)


def _moves(paper: Paper, made: Holding) -> None:
    paper.sub("Moves")
    for move in made.moves:
        facts = [move.by_name, *([move.way] if move.way else [])]
        sources = [f"{s.statement}{'' if s.known else ' (dated later)'}" for s in move.sources]
        if sources:
            facts.append(f"from {', '.join(sources)}")
        paper.line(f"{move.words} ({'; '.join(facts)})", lead=f"{shown(move.id)}: ", indent=2)
        paper.quiet(move.note or "", indent=4)


def _orders(paper: Paper, made: Holding) -> None:
    paper.sub("Preferences, best first")
    for order in made.orders:
        sources = ", ".join(source.statement for source in order.sources)
        rest = f" (from {sources})" if sources else ""
        paper.line(f"{order.order}{rest}", lead=f"{shown(order.party_name)}: ", indent=2)
        for reason in order.reasons:
            paper.line(reason, indent=4)
        paper.quiet(order.note or "", indent=4)


def _table(paper: Paper, made: Holding) -> None:
    paper.sub("States")
    rows = list(_rows(made))
    lead = max(cell_len(name) for name, _ in rows)
    widths = [
        max(cell_len(cells[place]) for _, cells in rows) for place in range(len(made.columns))
    ]
    for first, last in _blocks(widths, max(paper.width - lead, 1)):
        for number, (name, cells) in enumerate(rows):
            parts = zip(cells[first:last], widths[first:last], strict=True)
            line = "".join(f"  {_filled(cell, width)}" for cell, width in parts)
            text = f"{_filled(name, lead)}{line}".rstrip()
            paper.line(Text(text, style="bold" if number == 0 else ""))
        paper.gap()
    paper.quiet(
        "* the state now. Y: the move is made. Rank: the place in the order of preference. Holds: "
        "the strongest concepts by which that party, or nobody, would leave; Nash implies SSEQ, "
        "SSEQ implies SEQ and SMR, each of these GMR."
    )
    paper.quiet(made.columns_left_out)


def _filled(cell: str, width: int) -> str:
    return cell + " " * (width - cell_len(cell))


def _blocks(widths: Sequence[int], room: int) -> Iterator[tuple[int, int]]:
    """Yield runs of columns that fit side by side, as half-open ranges; one at least."""
    first = used = 0
    for place, width in enumerate(widths):
        if place > first and used + width + 2 > room:
            yield first, place
            first, used = place, 0
        used += width + 2
    yield first, len(widths)


def _rows(made: Holding) -> Iterator[Row]:
    columns = made.columns
    yield "", [f"{shown(column.id)}{'*' if column.now else ''}" for column in columns]
    for place, move in enumerate(made.moves):
        yield shown(move.id), ["Y" if column.made[place] else "·" for column in columns]
    for place, order in enumerate(made.orders):
        yield f"rank, {shown(order.party)}", [column.ranks[place] for column in columns]
    for place, order in enumerate(made.orders):
        if all(column.marks for column in columns):
            yield f"holds, {shown(order.party)}", [column.marks[place] for column in columns]
    yield "holds, for all", [column.mark for column in columns]


def _verdicts(paper: Paper, verdicts: Sequence[VerdictLine], left_out: str) -> None:
    for verdict in verdicts:
        paper.line(verdict.head, lead="• ", indent=2)
        for reason in verdict.reasons:
            paper.line(reason, indent=4)
    paper.quiet(left_out, indent=2)
