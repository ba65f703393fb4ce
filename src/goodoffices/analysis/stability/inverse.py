"""The inverse question: which preferences would make a wished state hold.

Whether a state is stable for a party by Nash, GMR, SMR, SEQ or SSEQ, the others' preferences as
they are, depends only on which states the party ranks above it. "Not above" is written ``a``, one
truth value for each other state; then a state is stable exactly if for each of the party's moves
``x`` either ``a(x)`` holds or, for some sanction ``y`` that the others reach from ``x``, all of
what the party must not rank above holds: ``a(y)``, and by SMR and SSEQ also ``a(z)`` for each ``z``
that it reaches from ``y``. Written as a polynomial of the ``a``, the share of strict rankings for
which this holds follows at once, since the wished state is above all of ``u`` given states in one
of ``u + 1`` rankings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import factorial
from typing import TYPE_CHECKING, Any

import numpy as np

from goodoffices.analysis.json_form import json_form
from goodoffices.analysis.stability.graph import CONCEPTS, Concept, verdicts
from goodoffices.analysis.stability.model import Model
from goodoffices.analysis.stability.relations import Bits, Relations, both, members, reached
from goodoffices.errors import CallError, NotFoundError
from goodoffices.model import Case

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

MOST_TERMS = 200_000
"""Terms of the polynomial, beyond which rankings are not counted."""
MOST_PRODUCTS = 20_000_000
"""Products of terms in one multiplication, beyond which they are not, either."""
METHOD = (
    "for each party the others' preferences stay as they are; rankings are strict; counts are "
    "exact, by inclusion and exclusion over the states that must not be ranked above"
)

Progress = Callable[[int, int], None]
"""Told how much of how much is done."""

Demand = Sequence[Bits]
"""Sets of states, one of which the party must rank entirely not above the wished state."""


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
        of: number of all strict rankings.
        change: the smallest change to the party's ranking; None when it is stable, or where no
            ranking at all makes it so.
        unanswered: the improvements that keep it from being stable, and what would answer them.
    """

    stable: bool
    rankings: int | None
    of: int
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
    case: Case, state: str, *, most_states: int = 128, progress: Progress | None = None
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
    search = _Search(model, Relations.of(model.graph, len(model.states)), wished)
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


class _Search:
    """Looks at one wished state from each party's side."""

    def __init__(self, model: Model, relations: Relations, wished: int) -> None:
        self._model = model
        self._relations = relations
        self._wished = wished
        self._verdicts = verdicts(model.graph)

    def wish(self, party: str, concept: Concept) -> Wish:
        """Return what makes the state stable for a party by a concept."""
        demands = self._demands(party, concept)
        size = len(self._model.states)
        stable = bool(self._verdicts[concept][party][self._wished])
        change = None if stable else self._change(party, demands)
        free = () if stable else tuple(self._unanswered(party, concept, demands))
        return Wish(stable, count_rankings(demands, size), factorial(size), change, free)

    def _demands(self, party: str, concept: Concept) -> list[Demand]:
        """Return for each of the party's moves what must not be ranked above, one way or other."""
        relations, wished = self._relations, self._wished
        own = relations.moves_of(party)
        answers = self._answers(party, concept)
        demands: list[Demand] = []
        for move in members(own[wished]):
            ways = [1 << move]
            if answers is not None:
                for answer in members(answers[move]):
                    after = own[answer] if concept in {"smr", "sseq"} else 0
                    ways.append(((1 << answer) | after) & ~(1 << wished))
            demands.append(_smallest(ways))
        return demands

    def _answers(self, party: str, concept: Concept) -> list[Bits] | None:
        relations = self._relations
        if concept == "nash":
            return None
        others = relations.others(party)
        if concept in {"gmr", "smr"}:
            return relations.reach(others)
        steps = [
            both(relations.moves[name], relations.better[name])
            for name in others
            if name in relations.better
        ]
        return reached(steps, relations.size)

    def _change(self, party: str, demands: Sequence[Demand]) -> SmallestChange:
        scores = self._model.graph.scores[party]
        above = np.flatnonzero(scores > scores[self._wished])
        above = above[np.argsort(-scores[above], kind="stable")]
        lowered, bound, exact = fewest_lowered(scores[above], _among(demands, above.tolist()))
        below = [int(above[number]) for number in lowered]
        turned = [
            (state, int(other))
            for number, state in zip(lowered, below, strict=True)
            for place, other in enumerate(above)
            if place not in lowered and scores[state] > scores[other]
        ]
        turned += [(state, self._wished) for state in below]
        ids = self._model.states
        pairs = tuple((ids.id(one), ids.id(other)) for one, other in turned)
        return SmallestChange(ids.ids(below), pairs, exact, bound)

    def _unanswered(
        self, party: str, concept: Concept, demands: Sequence[Demand]
    ) -> Iterator[Unanswered]:
        """Yield the moves none of whose ways is met, and the states that would be a way."""
        relations, ids = self._relations, self._model.states
        above = relations.better[party][self._wished]
        own = relations.moves_of(party)
        symmetric = concept in {"smr", "sseq"}
        good = [
            state
            for state in range(relations.size)
            if not above >> state & 1 and not (symmetric and own[state] & above)
        ]
        for move, ways in zip(members(own[self._wished]), demands, strict=True):
            if all(way & above for way in ways):
                yield Unanswered(ids.id(move), () if concept == "nash" else ids.ids(good))


def _smallest(ways: Sequence[Bits]) -> list[Bits]:
    """Return the sets of which no other is a part, each once."""
    kept: list[Bits] = []
    for way in sorted(set(ways), key=lambda bits: (bits.bit_count(), bits)):
        if not any(smaller & ~way == 0 for smaller in kept):
            kept.append(way)
    return kept


def _among(demands: Sequence[Demand], above: Sequence[int]) -> list[list[list[int]]]:
    """Return the demands that are not met, in places among the states now ranked above."""
    place = {state: number for number, state in enumerate(above)}
    found = []
    for ways in demands:
        needed = [[place[state] for state in members(way) if state in place] for way in ways]
        if all(needed):
            found.append(needed)
    return found


def count_rankings(demands: Sequence[Demand], size: int) -> int | None:
    """Return how many strict rankings of states meet every demand; None beyond `MOST_TERMS`.

    A demand is met when all states of one of its sets rank below the wished state, which is in
    none of them.

    >>> count_rankings([[0b001], [0b010, 0b100]], 4)
    10
    """
    product: dict[Bits, int] = {0: 1}
    for ways in demands:
        # 1 - (1 - a(way)) (1 - a(way)) ...
        failing: dict[Bits, int] = {0: 1}
        for way in ways:
            failing = _times(failing, {0: 1, way: -1})
            if len(failing) > MOST_TERMS:
                return None
        holding = {bits: -factor for bits, factor in failing.items()}
        holding[0] = holding.get(0, 0) + 1
        if len(product) * len(holding) > MOST_PRODUCTS:
            return None
        product = _times(product, holding)
        if len(product) > MOST_TERMS:
            return None
    whole = factorial(size)
    return sum(factor * (whole // (bits.bit_count() + 1)) for bits, factor in product.items())


def _times(one: Mapping[Bits, int], other: Mapping[Bits, int]) -> dict[Bits, int]:
    """Multiply polynomials of truth values: a value times itself is itself."""
    found: dict[Bits, int] = {}
    for bits, factor in one.items():
        for more, times in other.items():
            both_bits = bits | more
            found[both_bits] = found.get(both_bits, 0) + factor * times
    return {bits: factor for bits, factor in found.items() if factor}


def fewest_lowered(
    scores: Sequence[int] | np.ndarray[Any, Any],
    demands: Sequence[Sequence[Sequence[int]]],
    *,
    nodes: int = 20_000,
) -> tuple[list[int], int, bool]:
    """Return which states to rank below the wished one so that the fewest pairs turn.

    Lowering a state turns its pair with the wished state, and with every state of a smaller score
    that stays above. An integer program: ``low[c]`` whether ``c`` is lowered, ``pair[c, b]`` at
    least ``low[c] - low[b]``, ``way[d, k]`` at most each of its ``low``, one way per demand.

    Args:
        scores: of the states now above the wished one, largest first.
        demands: for each, sets of these states one of which must be lowered entirely.
        nodes: nodes of the search tree, after which the best so far is returned.

    Returns:
        The states, a lower bound of the number of pairs turned, and whether it is reached.

    >>> fewest_lowered([3, 2, 1], [[[0], [2]]])
    ([2], 1, True)
    """
    number = len(scores)
    pairs = [(c, b) for c in range(number) for b in range(number) if scores[c] > scores[b]]
    ways = [(d, way) for d, demand in enumerate(demands) for way in demand]
    first_way = number + len(pairs)
    rows: list[tuple[dict[int, float], float]] = [
        ({number + n: 1, c: -1, b: 1}, 0) for n, (c, b) in enumerate(pairs)
    ]
    for n, (_, way) in enumerate(ways):
        rows += [({first_way + n: -1, c: 1}, 0) for c in way]
    for d in range(len(demands)):
        rows.append(({first_way + n: 1 for n, (own, _) in enumerate(ways) if own == d}, 1))
    solved = _solve(rows, [1.0] * first_way + [0.0] * len(ways), number, first_way, nodes)
    if solved.x is None:
        lowered, bound = list(range(number)), 1
    else:
        lowered = [c for c in range(number) if solved.x[c] > 0.5]
        bound = int(np.ceil(solved.mip_dual_bound - 1e-6))
    turned = len(lowered) + sum(c in lowered and b not in lowered for c, b in pairs)
    return lowered, min(bound, turned), bound >= turned


def _solve(
    rows: Sequence[tuple[Mapping[int, float], float]],
    costs: Sequence[float],
    number: int,
    first_way: int,
    nodes: int,
) -> OptimizeResult:
    # Loaded where it is used: what only asks which states hold does not pay for it.
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    entries = [(r, c, v) for r, (row, _) in enumerate(rows) for c, v in row.items()]
    data = [v for _, _, v in entries]
    place = ([r for r, _, _ in entries], [c for _, c, _ in entries])
    matrix = csr_array((data, place), shape=(len(rows), len(costs)))
    integral = np.zeros(len(costs))
    integral[:number] = 1
    integral[first_way:] = 1
    return milp(
        np.array(costs),
        integrality=integral,
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, lb=np.array([low for _, low in rows])),
        options={"node_limit": nodes},
    )
