"""Clauses over cells: the form that every engine works on.

An axis stands for an issue (or for a helper that a condition needed); its values are cells, groups
of options that no condition tells apart, numbered from 0. A set of cells is a bit mask: bit c is
cell c. A clause is a tuple of ``(axis, mask)`` pairs, sorted by axis, each axis at most once; a
choice of one cell per axis meets the clause when at least one pair's mask holds the cell of its
axis. The empty clause is never met.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Clause = tuple[tuple[int, int], ...]
"""``(axis, mask)`` pairs, sorted by axis, each axis at most once."""


@dataclass(frozen=True, slots=True)
class ClauseSet:
    """Axes with the number of options in each of their cells, and clauses over them.

    Attributes:
        weights: for each axis, the number of options in each cell (integers from 1).
        clauses: the clauses.

    >>> zone = ClauseSet(((1, 2), (1, 1)), (((0, 0b01), (1, 0b10)),))
    >>> zone.met_by(zone.clauses[0], (1, 1))
    True
    """

    weights: tuple[tuple[int, ...], ...]
    clauses: tuple[Clause, ...]

    @staticmethod
    def met_by(clause: Clause, cells: Sequence[int]) -> bool:
        """Whether a choice of one cell per axis meets a clause."""
        return any(mask >> cells[axis] & 1 for axis, mask in clause)
