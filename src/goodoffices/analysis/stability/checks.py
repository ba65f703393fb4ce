"""What is wrong with the moves of a case beyond its form: problems as values, all of them."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.analysis.stability.change_checks import change_problems
from goodoffices.analysis.stability.movers import movers_of
from goodoffices.analysis.stability.problems import (
    MoveProblem,
    asked_of_moves,
    asks_in,
    raise_first,
    statement_lacks,
)
from goodoffices.analysis.stability.scores import state_scores
from goodoffices.analysis.stability.states import MOST_MOVES, States
from goodoffices.model import Case, Condition
from goodoffices.model.conditions import Path
from goodoffices.model.preferences import Moves, StatePreference


def move_problems(case: Case) -> tuple[MoveProblem, ...]:
    """Return every problem of the moves of a case that has been read without problems.

    A party without preferences; a condition that asks a move for more than yes or no, or holds of
    no feasible state; a ranking that lacks or repeats a state; names for states that are not
    feasible or are the same; a removed move that nobody could make; no feasible state.

    >>> case = Case.model_validate({
    ...     "case": "Ward", "parties": {"nurses": {"name": "Nurses"}},
    ...     "moves": {"options": {"strike": {"by": "nurses"}}},
    ... })
    >>> move_problems(case)[0].expected
    'preferences of nurses, who have moves'
    """
    moves = case.moves
    if moves is None or not moves.options:
        return ()
    written = [*_written(case, moves)]
    if written:
        return tuple(written)
    states = States.of(moves)
    if not len(states):
        return (MoveProblem(("moves", "infeasible"), "at least one feasible state"),)
    found = tuple(
        problem
        for problems in (
            _name_problems(moves, states),
            _owner_problems(case, moves),
            _condition_problems(moves, states),
            _preference_problems(moves, states),
            _removed_problems(case, moves, states),
        )
        for problem in problems
    )
    if found:
        return found
    return tuple(
        problem
        for id, change in moves.what_if.items()
        for problem in change_problems(case, change, ("moves", "what-if", id))
    )


def raise_problems(case: Case) -> None:
    """Raise the first problem of the moves of a case, if there is one.

    Raises:
        CallError: names the place, what was expected there, and how many more there are.
    """
    raise_first(move_problems(case))


def _conditions(moves: Moves) -> Iterator[tuple[Path, Condition]]:
    for key, conditions in (("infeasible", moves.infeasible), ("merged", moves.merged)):
        for number, condition in enumerate(conditions):
            yield ("moves", key, number), condition
    for party, preference in moves.preferences.items():
        for number, statement in enumerate(preference.statements or ()):
            place = ("moves", "preferences", party, "statements", number)
            yield from asks_in(statement, place)


def _written(case: Case, moves: Moves) -> Iterator[MoveProblem]:
    """Yield what keeps the states from being formed at all."""
    if len(moves.options) > MOST_MOVES:
        words = f"at most {MOST_MOVES} moves"
        yield MoveProblem(("moves", "options"), words, str(len(moves.options)))
    for path, condition in _conditions(moves):
        yield from asked_of_moves(condition, path, moves.options)
    for id, move in moves.options.items():
        if move.by not in case.parties and move.by not in case.third_parties:
            yield MoveProblem(("moves", "options", id, "by"), "a party or third party", move.by)
    for id, taken in moves.states.items():
        for name in taken:
            if name not in moves.options:
                yield MoveProblem(("moves", "states", id), "moves of the case", name)


def _name_problems(moves: Moves, states: States) -> Iterator[MoveProblem]:
    for id in moves.states:
        place = ("moves", "states", id)
        if id not in states.names:
            yield MoveProblem(place, "a feasible state", id)
            continue
        state = states.names[id]
        if states.id(state) != id:
            words = f'one name for a state; this one is "{states.id(state)}", too'
            yield MoveProblem(place, words, id)
        number = int(id) - 1 if id.isascii() and id.isdigit() else state
        if number != state and 0 <= number < len(states) and number not in states.names.values():
            words = f"the number of the state, {state + 1}, or another name; {id} is another state"
            yield MoveProblem(place, words, id)
    made_today = any(move.now == "yes" for move in moves.options.values())
    if moves.now is not None and not states.has(moves.now):
        yield MoveProblem(("moves", "now"), "a feasible state", moves.now)
    elif states.now is None and made_today:
        yield MoveProblem(("moves", "options"), "moves made today that make a feasible state")


def _owner_problems(case: Case, moves: Moves) -> Iterator[MoveProblem]:
    owners = {option.by for option in moves.options.values()}
    for party in case.parties:
        if party in owners and party not in moves.preferences:
            words = f"preferences of {party}, who have moves"
            yield MoveProblem(("moves", "preferences"), words)
    for party in moves.preferences:
        if party not in case.parties and party not in case.third_parties:
            yield MoveProblem(("moves", "preferences", party), "a party or third party", party)


def _condition_problems(moves: Moves, states: States) -> Iterator[MoveProblem]:
    """Statements that hold of no feasible state order nothing."""
    for party, preference in moves.preferences.items():
        for number, statement in enumerate(preference.statements or ()):
            place = ("moves", "preferences", party, "statements", number)
            if words := statement_lacks(statement, states):
                yield MoveProblem(place, words)


def _preference_problems(moves: Moves, states: States) -> Iterator[MoveProblem]:
    for party, preference in moves.preferences.items():
        place: Path = ("moves", "preferences", party)
        found = list(_ranking_problems(preference, states, place))
        for key, pairs in (("unknown", preference.unknown), ("greatly", preference.greatly)):
            for number, pair in enumerate(pairs):
                for id in pair:
                    if not states.has(id):
                        found.append(MoveProblem((*place, key, number), "a feasible state", id))
        yield from found
        if not found:
            yield from _greatly_problems(preference, states, place)


def _ranking_problems(
    preference: StatePreference, states: States, place: Path
) -> Iterator[MoveProblem]:
    if preference.ranking is None:
        return
    seen: set[int] = set()
    for number, tied in enumerate(preference.ranking):
        for id in tied:
            here = (*place, "ranking", number)
            if not states.has(id):
                yield MoveProblem(here, "a feasible state", id)
            elif states.index(id) in seen:
                yield MoveProblem(here, "each state once", id)
            else:
                seen.add(states.index(id))
    lacking = [state for state in range(len(states)) if state not in seen]
    if lacking:
        names = ", ".join(states.ids(lacking[:5])) + (", …" if len(lacking) > 5 else "")
        yield MoveProblem((*place, "ranking"), f"every feasible state; it lacks {names}")


def _greatly_problems(
    preference: StatePreference, states: States, place: Path
) -> Iterator[MoveProblem]:
    scores = state_scores(preference, states)
    for number, pair in enumerate(preference.greatly):
        better, worse = (scores[states.index(id)] for id in pair)
        if better <= worse:
            words = "first a state that the party prefers to the second"
            yield MoveProblem((*place, "greatly", number), words, ", ".join(pair))


def _removed_problems(case: Case, moves: Moves, states: States) -> Iterator[MoveProblem]:
    if not moves.removed:
        return
    from goodoffices.analysis.stability.listed import ListedGraph

    graph = ListedGraph(states, movers_of(moves.options, case), {})
    owners = {mover.name for mover in graph.movers}
    for number, move in enumerate(moves.removed):
        place = ("moves", "removed", number)
        unknown = [id for id in (move.from_, move.to) if not states.has(id)]
        if unknown:
            yield MoveProblem(place, "a feasible state", unknown[0])
        elif move.by not in owners:
            yield MoveProblem((*place, "by"), "somebody with moves", move.by)
        elif states.index(move.to) not in graph.targets(move.by, states.index(move.from_)):
            yield MoveProblem(place, "a move that could be made", f"{move.from_} to {move.to}")
