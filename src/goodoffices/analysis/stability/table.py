"""States side by side: how each party orders them, and who can move from which to which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goodoffices.analysis.stability.model import Model
from goodoffices.model import Case


@dataclass(frozen=True, slots=True)
class Arc:
    """A move between two states, and whether the one who makes it prefers where it leads."""

    by: str
    start: str
    end: str
    improving: bool


@dataclass(frozen=True, slots=True)
class StateTable:
    """Some states of a case side by side.

    Attributes:
        orders: by party, the states from the best to the worst, those of equal preference together.
        arcs: the moves between them, by mover in the order of the case, then by state.
    """

    orders: Mapping[str, tuple[tuple[str, ...], ...]]
    arcs: tuple[Arc, ...]


def state_table(case: Case, states: Sequence[str]) -> StateTable:
    """Return how the parties order some states, and the moves between them.

    Args:
        case: a case with moves.
        states: ids of the states.

    Raises:
        CallError: the case has no moves, or something is wrong with them.
        NotFoundError: a state has no such id.

    >>> case = Case.model_validate({
    ...     "case": "Ward", "parties": {"nurses": {"name": "Nurses"}},
    ...     "moves": {
    ...         "options": {"strike": {"by": "nurses"}},
    ...         "preferences": {"nurses": {"ranking": ["2", "1"]}},
    ...     },
    ... })
    >>> table = state_table(case, ["1", "2"])
    >>> table.orders["nurses"]
    (('2',), ('1',))
    >>> [(arc.start, arc.end) for arc in table.arcs if arc.improving]
    [('1', '2')]
    """
    model = Model.of(case)
    places = {model.states.index(id): id for id in states}
    return StateTable(
        {party: _order(model, party, places) for party in model.graph.scores},
        tuple(
            arc
            for mover in model.graph.movers
            for place in places
            for arc in _arcs(model, mover.name, place, places)
        ),
    )


def _order(model: Model, party: str, places: Mapping[int, str]) -> tuple[tuple[str, ...], ...]:
    scores = model.graph.scores[party]
    tied: dict[int, list[str]] = {}
    for place, id in places.items():
        tied.setdefault(int(scores[place]), []).append(id)
    return tuple(tuple(tied[score]) for score in sorted(tied, reverse=True))


def _arcs(model: Model, mover: str, start: int, places: Mapping[int, str]) -> list[Arc]:
    scores = model.graph.scores.get(mover)
    return [
        Arc(mover, places[start], places[end],
            scores is not None and bool(scores[end] > scores[start]))
        for end in model.graph.targets(mover, start).tolist()
        if end in places
    ]  # fmt: skip
