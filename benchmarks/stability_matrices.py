"""The peer: the published matrix formulas of the graph model, plainly written.

Reachability by legal sequences is iterated by last mover, and each concept is one product of
matrices over pairs of states, in single precision, since that is what is quick in numpy.

Source: Xu, Hipel, Kilgour & Fang, Conflict Resolution Using the Graph Model (2018), chapter 4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from goodoffices.analysis.stability.graph import Graph

Matrix = npt.NDArray[Any]


def step_matrices(graph: Graph, size: int) -> dict[str, Matrix]:
    """Return for each mover which state leads to which in one step."""
    found = {}
    for mover in graph.movers:
        matrix = np.zeros((size, size), dtype=np.bool_)
        for state in range(size):
            matrix[state, graph.targets(mover.name, state)] = True
        found[mover.name] = matrix
    return found


def matrix_verdicts(
    steps: Mapping[str, Matrix], scores: Mapping[str, Matrix]
) -> dict[str, dict[str, Matrix]]:
    """Return by concept and party which states are stable."""
    found: dict[str, dict[str, Matrix]] = {c: {} for c in ("nash", "gmr", "smr", "seq", "sseq")}
    improving = {name: steps[name] & (s[None, :] > s[:, None]) for name, s in scores.items()}
    for party, score in scores.items():
        others = [name for name in steps if name != party]
        better = score[None, :] > score[:, None]
        wanted = improving[party]
        answered = _product(better, steps[party].T)
        bad = ~better
        found["nash"][party] = np.logical_not(wanted.any(axis=1))
        for concept, symmetric, moves in (("gmr", "smr", steps), ("seq", "sseq", improving)):
            reach = reached([moves[name] for name in others])
            for name, sanctions in ((concept, bad), (symmetric, bad & ~answered)):
                sanctioned = _product(sanctions, reach.T)
                found[name][party] = np.logical_not((wanted & ~sanctioned).any(axis=1))
    return found


def _product(one: Matrix, other: Matrix) -> Matrix:
    """Return the product of matrices of truth values."""
    return np.asarray(one.astype(np.float32) @ other.astype(np.float32) > 0)


def reached(steps: Sequence[Matrix]) -> Matrix:
    """Return what legal sequences reach: nobody moves twice in succession.

    >>> one = np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]], dtype=np.bool_)
    >>> reached([one]).astype(int).tolist()
    [[0, 1, 0], [0, 0, 1], [0, 0, 0]]
    """
    by_last = [step.copy() for step in steps]
    changed = len(steps) > 1
    while changed:
        changed = False
        for last, step in enumerate(steps):
            before = np.logical_or.reduce([m for n, m in enumerate(by_last) if n != last])
            more = by_last[last] | _product(before, step)
            changed |= bool((more != by_last[last]).any())
            by_last[last] = more
    return np.asarray(np.logical_or.reduce(by_last))
