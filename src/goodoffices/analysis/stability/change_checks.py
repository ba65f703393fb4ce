"""What is wrong with one more move, promise or guarantee, as it would be put into a case."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.analysis.stability.listed import ListedGraph
from goodoffices.analysis.stability.movers import movers_of
from goodoffices.analysis.stability.problems import (
    MoveProblem,
    asked_of_moves,
    asks_in,
    statement_lacks,
)
from goodoffices.analysis.stability.states import MOST_MOVES, States
from goodoffices.model import Case
from goodoffices.model.conditions import JOINERS, Path
from goodoffices.model.preferences import MoveChange, Moves


def change_problems(case: Case, change: MoveChange, place: Path) -> tuple[MoveProblem, ...]:
    """Return every problem of a change of a case whose moves have none.

    Args:
        case: the case, without the change.
        change: the change.
        place: where the change stands.
    """
    moves = case.moves
    assert moves is not None
    written = [*_option_problems(case, moves, change, place), *_references(moves, change, place)]
    if written:
        return tuple(written)
    return (
        *_removed_problems(case, moves, change, place),
        *_preference_problems(case, moves, change, place),
        *_truth_problems(moves, change, place),
    )


def _option_problems(
    case: Case, moves: Moves, change: MoveChange, place: Path
) -> Iterator[MoveProblem]:
    for id, option in change.options.items():
        here = (*place, "options", id)
        if id in moves.options:
            yield MoveProblem(here, "a name that no move of the case has", id)
        if id in JOINERS:
            words = f"another name than {', '.join(JOINERS)}, which join conditions"
            yield MoveProblem(here, words, id)
        if option.by not in case.parties and option.by not in case.third_parties:
            yield MoveProblem((*here, "by"), "a party or third party", option.by)
        elif option.by in case.parties and option.by not in {
            *moves.preferences,
            *change.preferences,
        }:
            words = f"somebody with preferences, as parties with moves have; {option.by} has none"
            yield MoveProblem((*here, "by"), words, option.by)
    if len(moves.options) + len(change.options) > MOST_MOVES:
        words = f"at most {MOST_MOVES} moves together with those of the case"
        yield MoveProblem((*place, "options"), words, str(len(change.options)))
    for id in change.directions:
        if id not in moves.options:
            yield MoveProblem((*place, "directions", id), "a move of the case", id)


def _references(moves: Moves, change: MoveChange, place: Path) -> Iterator[MoveProblem]:
    """Conditions speak of moves of the case and of new ones, and ask for yes or no."""
    known = {*moves.options, *change.options}
    for number, condition in enumerate(change.infeasible):
        yield from asked_of_moves(condition, (*place, "infeasible", number), known)
    for party, statements in change.preferences.items():
        for number, statement in enumerate(statements):
            here = (*place, "preferences", party, number)
            for path, condition in asks_in(statement, here):
                yield from asked_of_moves(condition, path, known)


def _removed_problems(
    case: Case, moves: Moves, change: MoveChange, place: Path
) -> Iterator[MoveProblem]:
    if not change.removed:
        return
    states = States.of(moves)
    graph = ListedGraph(states, movers_of(moves.options, case), {})
    owners = {mover.name for mover in graph.movers}
    for number, move in enumerate(change.removed):
        here = (*place, "removed", number)
        unknown = [id for id in (move.from_, move.to) if not states.has(id)]
        if unknown:
            yield MoveProblem(here, "a feasible state", unknown[0])
        elif move.by not in owners:
            yield MoveProblem((*here, "by"), "somebody with moves", move.by)
        elif states.index(move.to) not in graph.targets(move.by, states.index(move.from_)):
            yield MoveProblem(here, "a move that could be made", f"{move.from_} to {move.to}")


def _preference_problems(
    case: Case, moves: Moves, change: MoveChange, place: Path
) -> Iterator[MoveProblem]:
    if any(preference.unknown for preference in moves.preferences.values()):
        words = "preferences without unknown pairs, for which changes are not looked at"
        yield MoveProblem(place, words)
    for party, statements in change.preferences.items():
        here = (*place, "preferences", party)
        if party not in case.parties and party not in case.third_parties:
            yield MoveProblem(here, "a party or third party", party)
        present = moves.preferences.get(party)
        most = 0
        if present is not None:
            most = 1 if present.ranking is not None else len(present.statements or ())
        for number, statement in enumerate(statements):
            if statement.before is not None and statement.before > most:
                words = "no place, since there is nothing to come before"
                if most:
                    words = "1, before the whole ranking" if present and present.ranking else ""
                    words = words or f"the number of a statement of {party}, 1 to {most}"
                yield MoveProblem((*here, number, "before"), words, str(statement.before))


def _truth_problems(moves: Moves, change: MoveChange, place: Path) -> Iterator[MoveProblem]:
    """There are states with the change, and in some of them each new statement holds."""
    changed = Moves(
        options={**moves.options, **change.options},
        infeasible=(*moves.infeasible, *change.infeasible),
        merged=moves.merged,
    )
    states = States.of(changed)
    if not len(states):
        yield MoveProblem((*place, "infeasible"), "at least one feasible state")
        return
    for party, statements in change.preferences.items():
        for number, statement in enumerate(statements):
            if words := statement_lacks(statement, states):
                yield MoveProblem((*place, "preferences", party, number), words)
