"""What `stability` found, on a terminal: the states as analysts draw them, and what would hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from goodoffices.analysis.stability.result import (
    Departure,
    Evolution,
    StabilityResult,
    StateIds,
    Step,
)
from goodoffices.brief.paper import Paper
from goodoffices.brief.phrases import counted, listed, name_of, shown, spaced
from goodoffices.model import Case

CONCEPT_NAMES = {
    "nash": "Nash",
    "gmr": "general metarational (GMR)",
    "smr": "symmetric metarational (SMR)",
    "seq": "sequential (SEQ)",
    "sseq": "symmetric sequential (SSEQ)",
}
"""The names of the first concepts; others go by the name that they have in the result."""


def print_stability(case: Case, result: StabilityResult, console: Console) -> None:
    """Print the moves, the states, what is an equilibrium by which concept, and the ways there."""
    paper = Paper(console)
    paper.title(f"{result.case}: what would hold away from the table")
    paper.line(
        "It says what would follow from the moves and preferences recorded, "
        "which are the analyst's reading; it predicts nothing."
    )
    if case.moves is None or not result.total:
        _missing(paper, result)
        return
    _moves(paper, case)
    _states(paper, case, result)
    _equilibria(paper, result)
    _paths(paper, case, result)
    _departures(paper, case, result)
    _missing(paper, result)
    paper.heading("Method")
    for concept, words in result.variants.items():
        paper.line(words.removeprefix(f"{concept}: "), lead=f"{concept}: ", indent=2)
    paper.line(f"Found by: {result.method}.")


def _moves(paper: Paper, case: Case) -> None:
    paper.heading("Moves")
    for id, option in (case.moves.options if case.moves else {}).items():
        ways = {"both": "", "forward": "; not undone", "backward": "; only undone"}
        words = option.text or spaced(id)
        paper.line(f"{words} ({name_of(case, option.by)}{ways[option.direction]})", lead=f"{id}: ")


def _states(paper: Paper, case: Case, result: StabilityResult) -> None:
    paper.heading("States")
    paper.line(
        f"{counted(result.total, 'feasible state')}, each with the moves made in it (Y) and the "
        "concepts by which it is stable for each party."
    )
    moves = list(case.moves.options) if case.moves else []
    head = ["state", *moves, *(f"stable for {party}" for party in result.stable)]
    rows = [
        [
            f"{row.id} (now)" if row.id == result.now else row.id,
            *("Y" if move in row.moves else "·" for move in moves),
            *(_by(result.stable[party], row.id) for party in result.stable),
        ]
        for row in result.states
    ]
    _table(paper, [head, *rows], moves)


def _by(stable: Mapping[str, StateIds], state: str) -> str:
    """Return the concepts by which a state is stable."""
    return " ".join(concept for concept, states in stable.items() if state in states) or "—"


def _table(paper: Paper, rows: Sequence[Sequence[str]], moves: Sequence[str]) -> None:
    """Write a table; one that is too wide becomes a list of states with the moves made."""
    widths = [max(len(shown(row[place])) for row in rows) for place in range(len(rows[0]))]
    if sum(widths) + 2 * len(widths) <= paper.width:
        for number, row in enumerate(rows):
            cells = (shown(cell).ljust(width) for cell, width in zip(row, widths, strict=True))
            paper.line(Text("  ".join(cells).rstrip(), style="bold" if number == 0 else ""))
        return
    head, *rest = rows
    for row in rest:
        made = [move for move, cell in zip(moves, row[1:], strict=False) if cell == "Y"]
        paper.line(f"{row[0]}: {listed(made) or 'no move made'}")
        stable = zip(head[1 + len(moves) :], row[1 + len(moves) :], strict=True)
        for name, cell in stable:
            paper.field(name, cell, indent=2)


def _equilibria(paper: Paper, result: StabilityResult) -> None:
    paper.heading("What would hold")
    paper.line("States that no party has a reason to leave, by what it takes for a reason:")
    for concept, states in result.equilibria.items():
        name = CONCEPT_NAMES.get(concept, concept)
        paper.line(listed(states) or "no state", lead=f"{name}: ", indent=2)


def _steps(case: Case, steps: Iterable[Step]) -> str:
    return ", then ".join(f"{name_of(case, step.by)} moves to {step.to}" for step in steps)


def _paths(paper: Paper, case: Case, result: StabilityResult) -> None:
    if result.paths:
        paper.heading(f"From {result.now} to there")
    for path in result.paths:
        paper.line(_path_words(case, path), lead=f"{path.to}: ", indent=2)


def _path_words(case: Case, path: Evolution) -> str:
    how = "by improvements only" if path.improving else "by any moves"
    if not path.reachable:
        return f"cannot be reached {how}"
    return f"{how}, {_steps(case, path.moves)}" if path.moves else f"{how}, it is the state now"


def _departures(paper: Paper, case: Case, result: StabilityResult) -> None:
    if not result.coalitions.departures:
        return
    paper.heading("What a mediator could arrange")
    paper.line("Joint moves out of a state that no side leaves alone, to one that each prefers:")
    paper.bullets(_departure_words(case, departure) for departure in result.coalitions.departures)


def _departure_words(case: Case, departure: Departure) -> str:
    who = listed(name_of(case, party) for party in departure.parties)
    held = listed(CONCEPT_NAMES.get(concept, concept) for concept in departure.equilibrium)
    then = f"; {departure.to} is an equilibrium: {held}" if held else ""
    steps = _steps(case, departure.moves)
    return f"From {departure.state}, {who} together reach {departure.to}: {steps}{then}."


def _missing(paper: Paper, result: StabilityResult) -> None:
    if result.missing:
        paper.heading("What is not answered")
        paper.bullets(f"{spaced(item.what)}: {item.why}" for item in result.missing)
