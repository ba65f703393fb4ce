"""The twin of changes: the changed case as sets, from the words of the definition.

Nothing of the changed case of the engine is used: states are made from all combinations, and each
is looked up in the case without the change by its old moves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goodoffices.model import Case
from goodoffices.model.preferences import MoveChange, PreferenceStatement
from tests.analysis.stability.oracle import Twin, find, satisfied, twin


def changed_twin(case: Case, change: MoveChange) -> tuple[Twin, list[int]]:
    """Return the twin of a case with a change, and the state before of each of its states."""
    assert case.moves is not None
    before = twin(case)
    old = len(case.moves.options)
    options = {
        id: option.model_copy(update={"direction": change.directions.get(id, option.direction)})
        for id, option in case.moves.options.items()
    }
    whole = case.model_copy(
        update={
            "moves": case.moves.model_copy(
                update={
                    "options": {**options, **change.options},
                    "infeasible": (*case.moves.infeasible, *change.infeasible),
                    "removed": (),
                    "states": {},
                    "preferences": {},
                }
            )
        }
    )
    bare = twin(whole)
    origin = [find(before.states, min(state) % 2**old) for state in bare.states]
    gone = {
        (move.by, _named(case, before, move.from_), _named(case, before, move.to))
        for move in (*case.moves.removed, *change.removed)
    }
    moves = {
        by: {
            here: {to for to in found if (by, origin[here], origin[to]) not in gone}
            for here, found in rows.items()
        }
        for by, rows in bare.moves.items()
    }
    return Twin(bare.states, moves, _scores(case, change, (before, bare), origin)), origin


def _named(case: Case, before: Twin, id: str) -> int:
    assert case.moves is not None
    if id in case.moves.states:
        names = list(case.moves.options)
        taken = case.moves.states[id]
        return find(before.states, sum(2 ** names.index(move) for move in taken))
    return int(id) - 1


def _scores(
    case: Case, change: MoveChange, twins: tuple[Twin, Twin], origin: Sequence[int]
) -> dict[str, tuple[int, ...]]:
    """Order the states by all that speaks of them, the weightiest first."""
    before, after = twins
    assert case.moves is not None
    names = [*case.moves.options, *change.options]
    found = {}
    for party in dict.fromkeys([*before.scores, *change.preferences]):
        keys = [
            tuple(
                satisfied(part, names, code) if isinstance(part, PreferenceStatement) else part
                for part in _parts(case, change, party, before.scores.get(party, ())[was : was + 1])
            )
            for was, code in zip(origin, map(min, after.states), strict=True)
        ]
        order = sorted(set(keys))
        found[party] = tuple(order.index(key) for key in keys)
    return found


def _parts(
    case: Case, change: MoveChange, party: str, score: tuple[int, ...]
) -> Iterator[PreferenceStatement | int]:
    """Yield the statements, and for a ranking the score of the state before, in their order."""
    assert case.moves is not None
    added = change.preferences.get(party, ())
    present = case.moves.preferences.get(party)
    statements = present.statements or () if present is not None else ()
    parts: list[PreferenceStatement | int]
    parts = list(statements) if present is None or present.ranking is None else list(score)
    for number, part in enumerate(parts, 1):
        yield from (new for new in added if new.before == number)
        yield part
    yield from (new for new in added if new.before is None)
