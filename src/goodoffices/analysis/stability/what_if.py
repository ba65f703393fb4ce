"""What one more move, promise or guarantee would do to the states that hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from goodoffices.analysis.json_form import json_form
from goodoffices.analysis.stability import variants
from goodoffices.analysis.stability.changes import Origins, asked_change, with_change
from goodoffices.analysis.stability.graph import CONCEPTS, Verdicts, verdicts
from goodoffices.analysis.stability.model import Model
from goodoffices.analysis.stability.result import StateIds, StateRow, Witness
from goodoffices.analysis.stability.states import Array
from goodoffices.analysis.stability.witness import Explainer
from goodoffices.errors import NotFoundError
from goodoffices.model import Case
from goodoffices.model.preferences import MoveChange

METHOD = (
    "all verdicts without the change and with it; a state is the same where no new move is made in "
    "it; a party is indifferent to new moves of which its statements do not speak"
)


@dataclass(frozen=True, slots=True)
class Shift:
    """The states that are stable only with a change, and only without it.

    Attributes:
        gained: states stable with the change that were not, or were no states, without it.
        lost: states stable without it that no longer are, or are no longer feasible.
    """

    gained: StateIds
    lost: StateIds


@dataclass(frozen=True, slots=True)
class Wished:
    """What a change does to one wished state.

    Attributes:
        state: the state with the change.
        was: the state without it that has the same moves of those there were.
        holds_before: the concepts by which ``was`` is an equilibrium without the change.
        holds: the concepts by which ``state`` is one with it.
        witnesses_before: why ``was`` is stable or not without the change, by party and concept.
        witnesses: why ``state`` is with it.
    """

    state: str
    was: str
    holds_before: tuple[str, ...]
    holds: tuple[str, ...]
    witnesses_before: tuple[Witness, ...]
    witnesses: tuple[Witness, ...]


@dataclass(frozen=True, slots=True)
class WhatIfResult:
    """What one more move, promise or guarantee would do.

    Attributes:
        case: the name of the case.
        change: the change in words, or its id, or "" when it has neither.
        parties: those whose preferences count with the change.
        moves: the new moves.
        states: the states with the change, with the moves made in them.
        ruled_out: the states that are no longer feasible.
        equilibria_before: by concept, the states stable for every party without the change.
        equilibria: the same with it.
        shifts: by concept, the equilibria that come and go.
        stable: by party and concept, the states that come and go.
        wished: what happens to the wished state, in each of the states that come from it.
        variants: by concept, the definition that was used.
        method: how it was computed.
    """

    case: str
    change: str
    parties: tuple[str, ...]
    moves: tuple[str, ...]
    states: tuple[StateRow, ...]
    ruled_out: StateIds
    equilibria_before: Mapping[str, StateIds]
    equilibria: Mapping[str, StateIds]
    shifts: Mapping[str, Shift]
    stable: Mapping[str, Mapping[str, Shift]]
    wished: tuple[Wished, ...]
    variants: Mapping[str, str]
    method: str = METHOD

    def to_data(self) -> dict[str, Any]:
        """Return the result as plain data for JSON."""
        data: dict[str, Any] = json_form(self)
        return data


def what_if(case: Case, change: MoveChange | str, *, state: str | None = None) -> WhatIfResult:
    """Say what one more move, promise or guarantee would do to the states that hold.

    Args:
        case: the case.
        change: the change, or the id that it has in ``moves.what-if``.
        state: a wished state, as it is named without the change or with it; its witnesses are
            then part of the result.

    Raises:
        CallError: something is wrong with the moves of the case or with the change, or there
            would be more than 4,096 states.
        NotFoundError: there is no such change or state.

    >>> case = Case.model_validate({
    ...     "case": "Ward", "parties": {"nurses": {"name": "Nurses"}},
    ...     "third-parties": {"board": {"name": "Board", "roles": ["guarantor"]}},
    ...     "moves": {
    ...         "options": {"strike": {"by": "nurses"}},
    ...         "preferences": {"nurses": {"statements": [{"prefers": {"strike": "yes"}}]}},
    ...     },
    ... })
    >>> guarantee = MoveChange.model_validate({
    ...     "text": "The board guarantees the rosters.",
    ...     "options": {"guarantee": {"by": "board", "direction": "forward"}},
    ...     "preferences": {"nurses": [
    ...         {"prefers": {"strike": "no"}, "if": {"guarantee": "yes"}, "before": 1},
    ...     ]},
    ... })
    >>> what_if(case, guarantee).equilibria["nash"]
    ('2', '1+guarantee')
    """
    asked = asked_change(case, change)
    name = asked.text or (change if isinstance(change, str) else "")
    without, with_it = Model.of(case), Model.of(with_change(case, asked))
    comparison = _Comparison(without, with_it)
    return WhatIfResult(
        case=case.case,
        change=name,
        parties=tuple(with_it.graph.scores),
        moves=tuple(asked.options),
        states=tuple(comparison.rows()),
        ruled_out=comparison.ruled_out(),
        equilibria_before=comparison.before.equilibria(),
        equilibria=comparison.after.equilibria(),
        shifts=comparison.shifts(),
        stable=comparison.stable(),
        wished=() if state is None else tuple(comparison.wished(state)),
        variants=variants.CONCEPT_VARIANTS,
    )


class _Side:
    """The verdicts without the change or with it."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.verdicts: Verdicts = verdicts(model.graph)
        self._explainer = Explainer(model.graph, model.states)

    def common(self, concept: str) -> Array:
        """Return for each state whether it is stable for every party."""
        rows = self.verdicts[concept]  # type: ignore[index]
        return np.asarray(np.logical_and.reduce(list(rows.values())))

    def equilibria(self) -> dict[str, StateIds]:
        """Return the equilibria by concept."""
        ids = self.model.states.ids
        return {concept: ids(np.flatnonzero(self.common(concept))) for concept in CONCEPTS}

    def holds(self, state: int) -> tuple[str, ...]:
        """Return the concepts by which a state is an equilibrium."""
        return tuple(concept for concept in CONCEPTS if self.common(concept)[state])

    def witnesses(self, state: int) -> Iterator[Witness]:
        """Yield why a state is stable or not."""
        for concept, rows in self.verdicts.items():
            for party in rows:
                yield self._explainer.witness(party, state, concept)


class _Comparison:
    """Both sides, and which state of the one is which of the other."""

    def __init__(self, before: Model, after: Model) -> None:
        self.before, self.after = _Side(before), _Side(after)
        self.origins = Origins.of(before.states, after.states)

    def rows(self) -> Iterator[StateRow]:
        """Yield the states with the change."""
        states = self.after.model.states
        for state in range(len(states)):
            yield StateRow(states.id(state), int(states.codes[state]), states.made_in(state))

    def ruled_out(self) -> StateIds:
        """Return the states that are no longer feasible, with or without new moves."""
        before = self.before.model.states
        return before.ids(np.setdiff1d(np.arange(len(before)), self.origins.state))

    def shifts(self) -> dict[str, Shift]:
        """Return by concept the equilibria that come and go."""
        return {
            concept: self._shift(self.before.common(concept), self.after.common(concept))
            for concept in CONCEPTS
        }

    def stable(self) -> dict[str, dict[str, Shift]]:
        """Return by party and concept the stable states that come and go.

        What a party finds that had no preferences without the change is all gained.
        """
        nothing = np.zeros(len(self.before.model.states), dtype=np.bool_)
        return {
            party: {
                concept: self._shift(
                    self.before.verdicts[concept].get(party, nothing),
                    self.after.verdicts[concept][party],
                )
                for concept in CONCEPTS
            }
            for party in self.after.model.graph.scores
        }

    def _shift(self, before: Array, after: Array) -> Shift:
        origins = self.origins
        was = before[origins.state] & origins.same
        kept = np.zeros(len(before), dtype=np.bool_)
        kept[origins.state[after & origins.same]] = True
        return Shift(
            self.after.model.states.ids(np.flatnonzero(after & ~was)),
            self.before.model.states.ids(np.flatnonzero(before & ~kept)),
        )

    def wished(self, id: str) -> Iterator[Wished]:
        """Yield what happens to a wished state, in each state that comes from it."""
        before, after = self.before.model.states, self.after.model.states
        if before.has(id):
            found = self.origins.stemming(before.index(id))
        elif after.has(id):
            found = [after.index(id)]
        else:
            words = "the name or number of a feasible state, without the change or with it"
            raise NotFoundError("a state", expected=words, found=id)
        for state in found:
            was = int(self.origins.state[state])
            yield Wished(
                after.id(state),
                before.id(was),
                self.before.holds(was),
                self.after.holds(state),
                tuple(self.before.witnesses(was)),
                tuple(self.after.witnesses(state)),
            )
