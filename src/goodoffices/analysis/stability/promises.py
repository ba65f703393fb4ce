"""Which single promise would make a wished state hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from goodoffices.analysis.json_form import json_form
from goodoffices.analysis.stability.changes import with_change
from goodoffices.analysis.stability.graph import verdicts
from goodoffices.analysis.stability.inverse import Progress
from goodoffices.analysis.stability.model import Model
from goodoffices.errors import CallError, NotFoundError
from goodoffices.model import Case
from goodoffices.model.preferences import MoveChange

GivenUp = Literal["making", "taking back", "both", "one step"]

METHOD = (
    "each direction of each move, each move as a whole and each single step from the wished state "
    "given up by itself, everything else as it is"
)


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing that one side gives up, by which the wished state becomes an equilibrium.

    Attributes:
        by: who promises.
        gives_up: making the move, taking it back, or both; or one step from the wished state.
        move: the move; None for one step.
        to: the state that one step would reach; None for a move.
        holds: the concepts by which the wished state becomes an equilibrium that it was not.
        undertaking: the promise as a change, to look at it with `what_if`.
    """

    by: str
    gives_up: GivenUp
    move: str | None
    to: str | None
    holds: tuple[str, ...]
    undertaking: MoveChange = field(repr=False)


@dataclass(frozen=True, slots=True)
class PromisesResult:
    """The single promises by which a wished state would become an equilibrium.

    Attributes:
        case: the name of the case.
        state: the wished state.
        holds: the concepts by which it is an equilibrium without any promise.
        promises: the promises, those that bring more concepts first; a move given up as a whole
            is left out where one of its directions does the same.
        tried: how many promises were looked at.
        method: how it was computed.
    """

    case: str
    state: str
    holds: tuple[str, ...]
    promises: tuple[Promise, ...]
    tried: int
    method: str = METHOD

    def to_data(self) -> dict[str, Any]:
        """Return the result as plain data for JSON; undertakings as in a case file."""
        data: dict[str, Any] = json_form(self)
        for promise, form in zip(self.promises, data["promises"], strict=True):
            form["undertaking"] = promise.undertaking.model_dump(
                mode="json", by_alias=True, exclude_defaults=True
            )
        return data


def promises(case: Case, state: str, *, progress: Progress | None = None) -> PromisesResult:
    """Search the single promises by which a wished state would become an equilibrium.

    Args:
        case: the case.
        state: the wished state, by its name or number.
        progress: told after each promise how many of how many have been looked at.

    Raises:
        CallError: something is wrong with the moves of the case, some of its preferences are
            unknown, or it has more than 4,096 states.
        NotFoundError: there is no such state.

    >>> case = Case.model_validate({
    ...     "case": "Prisoner's dilemma",
    ...     "parties": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}},
    ...     "moves": {
    ...         "options": {"a": {"by": "ana"}, "b": {"by": "ben"}},
    ...         "states": {"CC": [], "DC": ["a"], "CD": ["b"], "DD": ["a", "b"]},
    ...         "preferences": {
    ...             "ana": {"ranking": ["DC", "CC", "DD", "CD"]},
    ...             "ben": {"ranking": ["CD", "CC", "DD", "DC"]},
    ...         },
    ...     },
    ... })
    >>> found = promises(case, "CC")
    >>> found.holds, found.promises
    (('gmr', 'smr', 'seq', 'sseq'), ())
    """
    model = Model.of(case)
    if model.unknown:
        raise CallError("preferences", expected="no unknown pairs of states")
    if not model.states.has(state):
        raise NotFoundError("a state", expected="the name or number of a feasible one", found=state)
    search = _Search(case, model, model.states.index(state))
    before = search.holds(model)
    candidates = list(search.candidates())
    found: list[Promise] = []
    for done, promise in enumerate(candidates, 1):
        holds = search.with_promise(promise)
        gained = tuple(concept for concept in holds if concept not in before)
        if gained and not _said_by_direction(promise, gained, found):
            found.append(replace(promise, holds=gained))
        if progress is not None:
            progress(done, len(candidates))
    found.sort(key=lambda promise: -len(promise.holds))
    return PromisesResult(
        case.case, model.states.id(search.wished), before, tuple(found), len(candidates)
    )


def _said_by_direction(promise: Promise, gained: tuple[str, ...], found: list[Promise]) -> bool:
    """Whether a part of what a promise gives up does as much."""
    return promise.gives_up == "both" and any(
        other.move == promise.move and set(gained) <= set(other.holds) for other in found
    )


class _Search:
    """Tries promises for one wished state."""

    def __init__(self, case: Case, model: Model, wished: int) -> None:
        self._case, self._model, self.wished = case, model, wished

    def candidates(self) -> Iterator[Promise]:
        """Yield every promise, those about the directions of a move before those about all of it.

        A party that gives up a move as a whole keeps to what it does in the wished state.
        """
        assert self._case.moves is not None
        states, code = self._model.states, int(self._model.states.codes[self.wished])
        for bit, (id, option) in enumerate(self._case.moves.options.items()):
            if option.direction == "both":
                for direction in ("backward", "forward"):
                    what: GivenUp = "making" if direction == "backward" else "taking back"
                    yield _candidate(option.by, what, id, None, {"directions": {id: direction}})
            other = "no" if code >> bit & 1 else "yes"
            keeps: dict[str, Any] = {"infeasible": [{id: other}]}
            yield _candidate(option.by, "both", id, None, keeps)
        here = states.id(self.wished)
        for mover in self._model.graph.movers:
            for target in self._model.graph.targets(mover.name, self.wished).tolist():
                to = states.id(target)
                step = {"removed": [{"by": mover.name, "from": here, "to": to}]}
                yield _candidate(mover.name, "one step", None, to, step)

    def with_promise(self, promise: Promise) -> tuple[str, ...]:
        """Return the concepts by which the wished state is an equilibrium with a promise."""
        return self.holds(Model.of(with_change(self._case, promise.undertaking)))

    def holds(self, model: Model) -> tuple[str, ...]:
        """Return the concepts by which the wished state is an equilibrium."""
        place = model.states.at(int(self._model.states.codes[self.wished]))
        assert place is not None
        return tuple(
            concept
            for concept, rows in verdicts(model.graph).items()
            if np.all([row[place] for row in rows.values()])
        )


def _candidate(
    by: str, what: GivenUp, move: str | None, to: str | None, change: dict[str, Any]
) -> Promise:
    return Promise(by, what, move, to, (), MoveChange.model_validate(change))
