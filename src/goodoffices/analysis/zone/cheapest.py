"""Ways out in the order of what they cost, without finding all of them first.

Source: RC2 (Ignatiev, Morgado & Marques-Silva, JSAT 11, 2019) through PySAT, blocking each way
out found; ways out of independent knots are put together with a heap (Lawler 1972).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import islice

from goodoffices.analysis.zone.solving import ZoneSolver

Ranked = tuple[tuple[int, ...], tuple[int, ...]]
"""A way out with its cost first: ``(cost, positions)``; costs of one list have equal length."""


def scalar(costs: Sequence[tuple[int, ...]]) -> list[int]:
    """Return one number for each cost, so that sums compare as the costs' sums do.

    >>> scalar([(0, 0, 1), (0, 1, 0), (1, 0, 0)])
    [1, 2, 4]
    """
    factors, factor = [], 1
    for tier in reversed(range(len(costs[0]) if costs else 0)):
        factors.append(factor)
        factor *= 1 + sum(cost[tier] for cost in costs)
    factors.reverse()
    return [sum(c * f for c, f in zip(cost, factors, strict=True)) for cost in costs]


def cheapest_first(
    solver: ZoneSolver, weights: Sequence[int], fixed: Iterable[int] = ()
) -> Iterator[tuple[int, ...]]:
    """Yield ways out of a solver's groups, cheapest first, each smallest-as-can-be.

    Args:
        solver: the groups; it is only read.
        weights: for each group, what giving it up costs: whole numbers above 0.
        fixed: groups that may not be given up.

    Yields:
        Sorted numbers of the groups given up; nothing when there is no way out.
    """
    from pysat.examples.rc2 import RC2  # a command pays only for what it uses
    from pysat.formula import WCNF

    formula = WCNF()
    formula.extend(solver.clauses)
    hard = frozenset(fixed)
    for group, (switch, weight) in enumerate(zip(solver.switches, weights, strict=True)):
        formula.append([switch], weight=None if group in hard else weight)
    with RC2(formula, solver="g4") as search:
        for model in search.enumerate(block=-1):
            true = {literal for literal in model if literal > 0}
            yield tuple(group for group, switch in enumerate(solver.switches) if switch not in true)


def combined(sources: Iterable[Iterable[Ranked]]) -> Iterator[Ranked]:
    """Yield the ways out of independent knots together, cheapest first.

    Args:
        sources: for each knot, its ways out in the order of their cost; no more are taken from
            them than are needed.

    >>> [way for _, way in combined([[((1,), (0,)), ((2,), (1,))], [((1,), (5,))]])]
    [(0, 5), (1, 5)]
    """
    lists = [_Taken(source) for source in sources]
    start = (0,) * len(lists)
    heap = [(_together(lists, start), start)] if _there(lists, start) else []
    seen = {start}
    while heap:
        ranked, choice = heappop(heap)
        yield ranked
        for knot, number in enumerate(choice):
            following = (*choice[:knot], number + 1, *choice[knot + 1 :])
            if following not in seen and lists[knot].has(number + 1):
                seen.add(following)
                heappush(heap, (_together(lists, following), following))


class _Taken:
    """What was taken from a source so far."""

    def __init__(self, source: Iterable[Ranked]) -> None:
        self._rest = iter(source)
        self._taken: list[Ranked] = []

    def has(self, number: int) -> bool:
        """Whether there is an item of this number; it is taken if need be."""
        self._taken.extend(islice(self._rest, max(0, number + 1 - len(self._taken))))
        return number < len(self._taken)

    def __getitem__(self, number: int) -> Ranked:
        return self._taken[number]


def _there(lists: Sequence[_Taken], choice: Sequence[int]) -> bool:
    return all(ways.has(number) for ways, number in zip(lists, choice, strict=True))


def _together(lists: Sequence[_Taken], choice: Sequence[int]) -> Ranked:
    parts = [ways[number] for ways, number in zip(lists, choice, strict=True)]
    cost = tuple(sum(column) for column in zip(*(cost for cost, _ in parts), strict=True))
    return cost, tuple(sorted(position for _, way in parts for position in way))
