"""The inverse question: which preferences would make a wished state hold.

Whether a state is stable for a party by Nash, GMR, SMR, SEQ or SSEQ, the others' preferences as
they are, depends only on which states the party ranks above it. "Not above" is written ``a``, one
truth value for each other state; then a state is stable exactly if for each of the party's moves
``x`` either ``a(x)`` holds or, for some sanction ``y`` that the others reach from ``x``, all of
what the party must not rank above holds: ``a(y)``, and by SMR and SSEQ also ``a(z)`` for each ``z``
that it reaches from ``y``. Written as a polynomial of the ``a``, the share of strict rankings for
which this holds follows at once: see `goodoffices.analysis.stability.rankings`. The smallest change
is found without any search but among states that are level: see
`goodoffices.analysis.stability.lowering`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import factorial
from typing import Any

import numpy as np

from goodoffices.analysis.json_form import json_form
from goodoffices.analysis.stability import lowering, rankings
from goodoffices.analysis.stability.graph import (
    CONCEPTS,
    Concept,
    Graph,
    improvements,
    verdicts,
)
from goodoffices.analysis.stability.model import Model
from goodoffices.analysis.stability.states import Array
from goodoffices.errors import CallError, NotFoundError
from goodoffices.model import Case

IMPROVING = frozenset({"seq", "sseq"})
"""The concepts by which others sanction only by what they prefer."""
SYMMETRIC = frozenset({"smr", "sseq"})
"""The concepts by which the party may move once more after a sanction."""
MOST_STATES = 4_096
"""States of a model, beyond which the question is refused unless more are allowed."""
MOST_WAYS = 2_000
"""Sanctions of a single move, beyond which rankings are not counted."""
METHOD = (
    "for each party the others' preferences stay as they are; rankings are strict; counts are "
    "exact, by inclusion and exclusion over the states that must not be ranked above"
)

Progress = Callable[[int, int], None]
"""Told how much of how much is done."""


@dataclass(frozen=True, slots=True)
class SmallestChange:
    """The fewest pairs of states to turn in a party's ranking so that the wished state is stable.

    Attributes:
        below: the states that now rank above the wished one and would have to rank below it.
        turned: the pairs of states whose order turns round, the one now preferred first.
        fewest: whether fewer cannot do; else ``bound`` is the number that at least must turn.
        bound: a lower bound of the number of pairs.
    """

    below: tuple[str, ...]
    turned: tuple[tuple[str, str], ...]
    fewest: bool
    bound: int


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An improvement that nobody sanctions, and what would.

    Attributes:
        improvement: the state that the party would move to.
        answers: states to which a move of somebody else from there would be a sanction: a promise
            or guarantee that could bring about any one of them would do.
    """

    improvement: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What makes the wished state stable for one party by one concept.

    Attributes:
        stable: whether it is stable now.
        rankings: number of strict rankings for which it is; None when that was too long a sum.
        of: number of all strict rankings; None for more than 1,000 states, which are not counted.
        change: the smallest change to the party's ranking; None when it is stable, or where no
            ranking at all makes it so.
        unanswered: the improvements that keep it from being stable, and what would answer them.
    """

    stable: bool
    rankings: int | None
    of: int | None
    change: SmallestChange | None
    unanswered: tuple[Unanswered, ...]


@dataclass(frozen=True, slots=True)
class InverseResult:
    """What would make a wished state hold, by party and concept."""

    case: str
    state: str
    wishes: Mapping[str, Mapping[str, Wish]]
    method: str = METHOD

    def to_data(self) -> dict[str, Any]:
        """Return the result as plain data for JSON; counts beyond 2**53 as texts."""
        data: dict[str, Any] = json_form(self)
        return data


def inverse(
    case: Case, state: str, *, most_states: int = MOST_STATES, progress: Progress | None = None
) -> InverseResult:
    """Say under which preferences a wished state is stable, and how little would have to change.

    Args:
        case: the case.
        state: the wished state, by its name or number.
        most_states: larger models are refused.
        progress: told after each party and concept how many of how many are done.

    Raises:
        CallError: the case has no moves or something is wrong with them, some of its preferences
            are unknown, or it has too many states.
        NotFoundError: there is no such state.

    >>> case = Case.model_validate({
    ...     "case": "Two moves",
    ...     "parties": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}},
    ...     "moves": {
    ...         "options": {"a": {"by": "ana"}, "b": {"by": "ben"}},
    ...         "preferences": {
    ...             "ana": {"ranking": ["2", "1", "4", "3"]},
    ...             "ben": {"ranking": ["3", "1", "4", "2"]},
    ...         },
    ...     },
    ... })
    >>> wish = inverse(case, "1").wishes["ana"]["nash"]
    >>> wish.rankings, wish.of, wish.change.turned
    (12, 24, (('2', '1'),))
    """
    model = Model.of(case)
    if model.unknown:
        raise CallError("preferences", expected="no unknown pairs of states")
    if len(model.states) > most_states:
        words = f"at most {most_states} states for this question"
        raise CallError("states", expected=words, found=str(len(model.states)))
    wished = _wished(model, state)
    search = _Search(model, wished)
    wishes: dict[str, dict[str, Wish]] = {party: {} for party in model.graph.scores}
    for done, (party, concept) in enumerate(product(wishes, CONCEPTS), 1):
        wishes[party][str(concept)] = search.wish(party, concept)
        if progress is not None:
            progress(done, len(wishes) * len(CONCEPTS))
    return InverseResult(case.case, model.states.id(wished), wishes)


def _wished(model: Model, state: str) -> int:
    if not model.states.has(state):
        raise NotFoundError("a state", expected="the name or number of a feasible one", found=state)
    return model.states.index(state)


@dataclass(frozen=True, slots=True)
class _Levels:
    """What it costs a party to have states below the wished one, in its own scores.

    Attributes:
        costs: of each state: its score, or that of the wished one where it is not above.
        after: the same after one more move of the party, where the concept allows it one.
        stayed: of a move to each state, at the cheapest way of staying it.
        own: the score of the wished state: what costs no more costs nothing.
    """

    costs: Array
    after: Array
    stayed: Array
    own: int


class _Search:
    """Looks at one wished state from each party's side."""

    def __init__(self, model: Model, wished: int) -> None:
        self._model = model
        self._graph = model.graph
        self._wished = wished
        self._verdicts = verdicts(model.graph)
        self._movers = [mover.name for mover in model.graph.movers]

    def wish(self, party: str, concept: Concept) -> Wish:
        """Return what makes the state stable for a party by a concept."""
        size = len(self._model.states)
        stable = bool(self._verdicts[concept][party][self._wished])
        change: SmallestChange | None = None
        free: tuple[Unanswered, ...] = ()
        if not stable:
            levels = self._levels(party, concept)
            change = self._change(party, concept, levels)
            free = tuple(self._unanswered(party, concept, levels))
        if size > rankings.MOST_STATES:
            return Wish(stable, None, None, change, free)
        return Wish(stable, self._count(party, concept), factorial(size), change, free)

    def _count(self, party: str, concept: Concept) -> int | None:
        """Return for how many rankings the state is stable; None when that is too long a sum."""
        demands = []
        for move in self._moves(party):
            ways = self._ways(party, concept, move)
            if len(ways) > MOST_WAYS:
                return None
            demands.append([sum(1 << state for state in way) for way in ways])
        return rankings.count_rankings(demands, len(self._model.states))

    def _moves(self, party: str) -> list[int]:
        return self._targets(party, self._wished)

    def _ways(self, party: str, concept: Concept, move: int) -> list[frozenset[int]]:
        """Return sets of states, one of which must not rank above when a move is to be stayed."""
        ways = [frozenset({move})]
        for answer in self._answers(party, concept, move):
            after = self._targets(party, answer) if concept in SYMMETRIC else ()
            ways.append(frozenset({answer, *after}) - {self._wished})
        return ways

    def _targets(self, mover: str, state: int) -> list[int]:
        """Return where somebody's moves lead; nowhere for whoever has none."""
        if mover not in self._movers:
            return []
        found: list[int] = self._graph.targets(mover, state).tolist()
        return found

    def _answers(self, party: str, concept: Concept, start: int) -> list[int]:
        """Return what the others reach from a state by legal sequences, improving where asked."""
        if concept == "nash":
            return []
        others = [mover for mover in self._movers if mover != party]
        step = improvements if concept in IMPROVING else _any_move
        seen: set[tuple[int, str]] = set()
        ahead = [(start, "")]
        while ahead:
            state, last = ahead.pop()
            for mover in others:
                if mover == last:
                    continue
                for target in step(self._graph, mover, state).tolist():
                    if (target, mover) not in seen:
                        seen.add((target, mover))
                        ahead.append((target, mover))
        return sorted({state for state, _ in seen})

    def _levels(self, party: str, concept: Concept) -> _Levels:
        graph, scores = self._graph, self._graph.scores[party]
        costs = np.maximum(scores, scores[self._wished])
        if concept == "nash":
            return _Levels(costs, costs, costs, costs[self._wished])
        own = graph.native(costs)
        after = graph.best(party, own) if concept in SYMMETRIC else own
        others = [mover for mover in self._movers if mover != party]
        reached = graph.least(others, after, improving=concept in IMPROVING)
        stayed = np.minimum(costs, graph.over_states(reached))
        return _Levels(costs, graph.over_states(after), stayed, costs[self._wished])

    def _change(self, party: str, concept: Concept, levels: _Levels) -> SmallestChange:
        """Lower the shortest run of states just above the wished one: see `lowering`."""
        costs, stayed, own = levels.costs, levels.stayed, levels.own
        moves = self._moves(party)
        end = max(stayed[move] for move in moves)
        lowered = set(np.flatnonzero((costs > own) & (costs < end)).tolist())
        level = np.flatnonzero(costs == end).tolist()
        bound = len(lowered) + 1
        if len(level) > 1:
            demands = [
                [way & frozenset(level) for way in self._ways(party, concept, move)
                 if max((costs[state] for state in way), default=own) <= end]
                for move in moves if stayed[move] == end
            ]  # fmt: skip
            chosen, least = lowering.fewest_of(demands)
            bound, level = len(lowered) + least, sorted(chosen)
        scores = self._graph.scores[party]
        below = sorted({*lowered, *level}, key=lambda state: (-scores[state], state))
        ids = self._model.states
        wished = ids.id(self._wished)
        turned = tuple((ids.id(state), wished) for state in below)
        return SmallestChange(ids.ids(below), turned, bound == len(below), bound)

    def _unanswered(self, party: str, concept: Concept, levels: _Levels) -> Iterator[Unanswered]:
        """Yield the moves none of whose ways is met, and the states that would be a way."""
        ids = self._model.states
        good = np.flatnonzero(levels.after <= levels.own).tolist()
        answers = () if concept == "nash" else ids.ids(good)
        for move in self._moves(party):
            if levels.stayed[move] > levels.own:
                yield Unanswered(ids.id(move), answers)


def _any_move(graph: Graph, mover: str, state: int) -> Array:
    return graph.targets(mover, state)
