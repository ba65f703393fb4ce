"""The fewest pairs of a ranking that have to turn so that states fall below a wished one.

Let ``L`` be what is lowered, ``c`` the best of it in the ranking as it is, and ``n`` the number of
states between ``c`` and the wished state, neither counted. Each of the ``n`` is lowered itself,
which turns its pair with the wished state, or stays, which turns its pair with ``c``. So ``L``
turns at least ``n + 1`` pairs, which is what lowering ``c`` and everything between turns; and the
more is lowered, the more demands are met. What is lowered is therefore a run of states just above
the wished one: it ends where every demand is met. Only where several states are level with its end
is there something to search, namely how few of them do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

MOST_NODES = 20_000
"""Nodes of the search tree, after which the best so far is returned."""


def fewest_of(
    demands: Sequence[Sequence[frozenset[int]]], *, nodes: int = MOST_NODES
) -> tuple[frozenset[int], int]:
    """Return the fewest states that hold one set of every demand, and a bound that they reach.

    Args:
        demands: for each, sets of states, one of which must be chosen entirely.
        nodes: nodes of the search tree, after which the best so far is returned.

    Returns:
        The states, and how many there must at least be: as many, unless the search was cut short.

    >>> fewest_of([[{1}, {2}], [{2, 3}, {2, 4}], [{4}]])
    (frozenset({2, 4}), 2)
    """
    forced: frozenset[int] = frozenset()
    while True:
        # A demand with one set left leaves no choice, and may meet others.
        open_ = [ways for ways in demands if not any(forced.issuperset(way) for way in ways)]
        single = next((ways[0] for ways in open_ if len(ways) == 1), None)
        if single is None:
            break
        forced |= single
    if not open_:
        return forced, len(forced)
    left = [[frozenset(way - forced) for way in ways] for ways in open_]
    found, bound = _search(left, nodes)
    return forced | found, len(forced) + bound


def _search(demands: Sequence[Sequence[frozenset[int]]], nodes: int) -> tuple[frozenset[int], int]:
    """Solve it as an integer program: states are chosen or not, one way of each demand is met."""
    states = sorted({state for ways in demands for way in ways for state in way})
    place = {state: number for number, state in enumerate(states)}
    rows: list[tuple[dict[int, float], float]] = []
    column = len(states)
    for ways in demands:
        rows.append(({column + number: 1 for number in range(len(ways))}, 1))
        for number, way in enumerate(ways):
            rows += [({column + number: -1, place[state]: 1}, 0) for state in way]
        column += len(ways)
    costs = [1.0] * len(states) + [0.0] * (column - len(states))
    solved = _solve(rows, costs, nodes)
    if solved.x is None:
        # Cut short before anything was found: the smallest set of each demand does, too.
        chosen = frozenset[int]().union(*(min(ways, key=len) for ways in demands))
        return chosen, 1
    chosen = frozenset(state for state in states if solved.x[place[state]] > 0.5)
    return chosen, min(len(chosen), int(np.ceil(solved.mip_dual_bound - 1e-6)))


def _solve(
    rows: Sequence[tuple[dict[int, float], float]], costs: Sequence[float], nodes: int
) -> OptimizeResult:
    # Loaded where it is used: what only asks which states hold does not pay for it.
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    entries = [(r, c, v) for r, (row, _) in enumerate(rows) for c, v in row.items()]
    data = [v for _, _, v in entries]
    place = ([r for r, _, _ in entries], [c for _, c, _ in entries])
    matrix = csr_array((data, place), shape=(len(rows), len(costs)))
    return milp(
        np.array(costs),
        integrality=np.ones(len(costs)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, lb=np.array([low for _, low in rows])),
        options={"node_limit": nodes},
    )
