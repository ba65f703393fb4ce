"""The case as it would be with one more move, promise or guarantee."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from goodoffices.analysis.stability.change_checks import change_problems
from goodoffices.analysis.stability.checks import raise_problems
from goodoffices.analysis.stability.listed import ListedGraph
from goodoffices.analysis.stability.movers import movers_of
from goodoffices.analysis.stability.problems import raise_first
from goodoffices.analysis.stability.scores import state_scores, statement_truth
from goodoffices.analysis.stability.states import Array, States
from goodoffices.errors import CallError, NotFoundError
from goodoffices.model import Case
from goodoffices.model.preferences import (
    AddedStatement,
    MoveChange,
    MoveOption,
    Moves,
    PreferenceStatement,
    RemovedMove,
    StatePreference,
)

MOST_STATES = 4_096
"""States with the change, beyond which it is refused: every one of them gets a name."""
_LONGEST_ID = 200


def asked_change(case: Case, change: MoveChange | str) -> MoveChange:
    """Return a change, or the one that the case names so.

    Raises:
        NotFoundError: the case has no change of this name.
    """
    if isinstance(change, MoveChange):
        return change
    known = case.moves.what_if if case.moves is not None else {}
    if change not in known:
        words = f"one of {', '.join(known)}" if known else "a case with moves.what-if"
        raise NotFoundError("a change", expected=words, found=change)
    return known[change]


def with_change(case: Case, change: MoveChange | str) -> Case:
    """Return the case with one more move, promise or guarantee in it.

    States keep their names or numbers, as names; where new moves are made in them, these follow
    with a plus sign. A party is indifferent to new moves that no statement of it speaks of. A
    single move that is removed stays so, whatever new moves are made at the same time. Where the
    change rules the state now out, the feasible one that differs in the fewest moves takes its
    place (of several, the one of the smallest code).

    Args:
        case: the case.
        change: the change, or the id that it has in ``moves.what-if``.

    Raises:
        CallError: something is wrong with the moves of the case or with the change, or there
            would be more than 4,096 states.
        NotFoundError: the case has no change of this name.

    >>> case = Case.model_validate({
    ...     "case": "Ward", "parties": {"nurses": {"name": "Nurses"}},
    ...     "moves": {
    ...         "options": {"strike": {"by": "nurses"}},
    ...         "preferences": {"nurses": {"statements": [{"prefers": {"strike": "yes"}}]}},
    ...     },
    ... })
    >>> list(with_change(case, MoveChange(directions={"strike": "backward"})).moves.states)
    ['1', '2']
    """
    change = asked_change(case, change)
    if case.moves is None or not case.moves.options:
        raise CallError("moves", expected="a case with moves")
    raise_problems(case)
    raise_first(change_problems(case, change, ("what-if",)))
    return _Changing(case, case.moves, change).changed()


@dataclass(frozen=True)
class Origins:
    """Where the states with a change come from.

    Attributes:
        before: the states without it.
        after: the states with it.
        state: for each state with the change, the state before whose moves are made in it.
        same: whether it is that state itself: no new move is made in it.
    """

    before: States
    after: States
    state: Array
    same: Array

    @classmethod
    def of(cls, before: States, after: States) -> Origins:
        """Return the origins; the moves after begin with those before."""
        mask = (1 << len(before.moves)) - 1
        codes = after.codes.astype(np.int64)
        place = np.searchsorted(before.feasible, codes & mask)
        state = place if before.merged_into is None else before.merged_into[place]
        return cls(before, after, np.asarray(state), np.asarray(codes & ~mask == 0))

    def stemming(self, state: int) -> list[int]:
        """Return the states with the change that come from one before."""
        return [int(found) for found in np.flatnonzero(self.state == state)]


class _Changing:
    """Puts a change into the moves of a case."""

    def __init__(self, case: Case, moves: Moves, change: MoveChange) -> None:
        self._case, self._moves, self._change = case, moves, change
        directions = change.directions
        options = {
            id: option.model_copy(update={"direction": directions[id]})
            if id in directions
            else option
            for id, option in moves.options.items()
        }
        self._options: dict[str, MoveOption] = {**options, **change.options}
        infeasible = (*moves.infeasible, *change.infeasible)
        plain = Moves(options=self._options, infeasible=infeasible, merged=moves.merged)
        before, after = States.of(moves), States.of(plain)
        if len(after) > MOST_STATES:
            words = f"at most {MOST_STATES:,} states with the change"
            raise CallError("what-if", expected=words, found=f"{len(after):,}")
        self._plain = plain
        self._origins = Origins.of(before, after)
        self._ids = self._named()

    def changed(self) -> Case:
        """Return the case with the change."""
        after = self._origins.after
        moves = self._plain.model_copy(
            update={
                "states": {id: after.made_in(state) for state, id in enumerate(self._ids)},
                "removed": tuple(self._removed()),
                "preferences": self._preferences(),
                "status": self._moves.status,
                "note": self._moves.note,
            }
            | self._now()
        )
        case = self._case.model_copy(update={"moves": moves})
        raise_problems(case)
        return case

    def _named(self) -> list[str]:
        origins = self._origins
        new = range(len(origins.before.moves), len(origins.after.moves))
        found: dict[str, None] = {}
        for code, state in zip(origins.after.codes.tolist(), origins.state.tolist(), strict=True):
            made = [origins.after.moves[bit] for bit in new if code >> bit & 1]
            id = "+".join([origins.before.id(state), *made])
            while id in found:
                id += "'"
            if len(id) > _LONGEST_ID:
                words = f"names of states and moves that make at most {_LONGEST_ID} characters"
                raise CallError("what-if", expected=words, found=id)
            found[id] = None
        return list(found)

    def _now(self) -> dict[str, Any]:
        """Return what says which state is the one now, with the new moves as of now."""
        before, after = self._origins.before, self._origins.after
        if before.now is None:
            return {}
        code = int(before.codes[before.now])
        for id, option in self._change.options.items():
            code |= (option.now == "yes") << after.moves.index(id)
        away = [(int(other) ^ code).bit_count() for other in after.feasible.tolist()]
        nearest = after.at(int(after.feasible[int(np.argmin(away))]))
        assert nearest is not None
        return {"now": self._ids[nearest]}

    def _removed(self) -> Iterator[RemovedMove]:
        origins, before = self._origins, self._origins.before
        gone = {
            (move.by, before.index(move.from_), before.index(move.to)): move.note
            for move in (*self._moves.removed, *self._change.removed)
        }
        graph = ListedGraph(origins.after, movers_of(self._options, self._case), {})
        for (by, leaves, to), note in gone.items():
            for state in origins.stemming(leaves):
                for target in graph.targets(by, state).tolist():
                    if origins.state[target] == to:
                        ends = {"from": self._ids[state], "to": self._ids[target]}
                        yield RemovedMove.model_validate({"by": by, **ends, "note": note})

    def _preferences(self) -> dict[str, StatePreference]:
        added, present = self._change.preferences, self._moves.preferences
        return {
            party: self._preference(present.get(party), added.get(party, ()))
            for party in [*present, *(party for party in added if party not in present)]
        }

    def _preference(
        self, present: StatePreference | None, added: Sequence[AddedStatement]
    ) -> StatePreference:
        if present is None:
            return StatePreference(statements=tuple(map(_statement, added)))
        if present.ranking is None:
            # What the change makes impossible orders nothing any more, and would be a problem.
            ordering = self._origins.after
            statements = tuple(
                statement
                for statement in _inserted(present.statements or (), added)
                if statement_truth(statement, ordering.feasible, ordering.moves).any()
            )
            changed = present.model_copy(update={"statements": statements})
        else:
            scores = self._ranked(present, added)
            changed = present.model_copy(update={"ranking": self._ranking(scores)})
        if not present.greatly:
            return changed
        return changed.model_copy(update={"greatly": tuple(self._greatly(present, changed))})

    def _ranked(self, present: StatePreference, added: Sequence[AddedStatement]) -> list[Any]:
        """Return what each state is ranked by: statements before the ranking, it, those after."""
        origins = self._origins
        ranks = state_scores(present, origins.before)[origins.state].tolist()
        parts: dict[bool, list[Any]] = {True: [], False: []}
        for statement in added:
            truth = statement_truth(_statement(statement), origins.after.codes, origins.after.moves)
            parts[statement.before is not None].append(truth.tolist())
        return list(zip(*parts[True], ranks, *parts[False], strict=True))

    def _ranking(self, scores: Sequence[Any]) -> tuple[tuple[str, ...], ...]:
        groups: dict[Any, list[str]] = {}
        for id, score in zip(self._ids, scores, strict=True):
            groups.setdefault(score, []).append(id)
        return tuple(tuple(groups[score]) for score in sorted(groups, reverse=True))

    def _greatly(
        self, present: StatePreference, changed: StatePreference
    ) -> Iterator[tuple[str, str]]:
        """Yield the great preferences among the states that come from those of each pair.

        The party has to prefer the first to the second with the change, too.
        """
        origins = self._origins
        names = {id: number for number, id in enumerate(self._ids)}
        after = States(
            origins.after.moves,
            origins.after.feasible,
            origins.after.merged_into,
            origins.after.codes,
            names,
            None,
        )
        scores = state_scores(changed, after)
        for pair in present.greatly:
            ends = [origins.stemming(origins.before.index(id)) for id in pair]
            for better, worse in product(*ends):
                if scores[better] > scores[worse]:
                    yield self._ids[better], self._ids[worse]


def _statement(added: AddedStatement) -> PreferenceStatement:
    """Return a statement without its place."""
    return PreferenceStatement.model_validate(
        {"prefers": added.prefers, "if": added.if_, "iff": added.iff, "note": added.note}
    )


def _inserted(
    present: Sequence[PreferenceStatement], added: Sequence[AddedStatement]
) -> Iterator[PreferenceStatement]:
    """Yield the statements, each new one before that of its number, or at the end."""
    places: Mapping[int, list[PreferenceStatement]] = {n: [] for n in range(len(present) + 1)}
    for statement in added:
        place = len(present) if statement.before is None else statement.before - 1
        places[place].append(_statement(statement))
    for place, statements in places.items():
        yield from statements
        yield from present[place : place + 1]
