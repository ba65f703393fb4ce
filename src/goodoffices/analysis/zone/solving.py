"""The system of clauses as a satisfiability problem, with a switch for each position.

A range is encoded by its order (one variable for each boundary between bands, "the value is not
below it"), so that a bound is one literal; other issues have one variable for each cell. Switches
are assumptions: the same solver answers for any set of positions.

Source: the solver is Glucose 4 (Audemard & Simon) through PySAT (Ignatiev, Morgado &
Marques-Silva, SAT 2018).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise
from types import TracebackType
from typing import Self

from pysat.solvers import Solver

from goodoffices.analysis.zone.clauses import Clause

_PAIRWISE_MOST = 6
"""Up to this many cells "at most one" is written pair by pair, beyond it as a ladder."""


class Encoding:
    """Variables and literals for axes, positions and clauses.

    >>> encoding = Encoding([(1, 1)], [False])
    >>> encoding.literals(((0, 0b01),)), encoding.hard
    ([-1], [])
    """

    def __init__(self, weights: Sequence[Sequence[int]], ordered: Sequence[bool]) -> None:
        self.top = 0
        self.hard: list[list[int]] = []
        self._sizes = [len(cells) for cells in weights]
        self._masks: dict[tuple[int, int], list[int]] = {}
        self._first: list[int] = []
        self._ordered = [
            size == 2 or (order and size > 2)
            for size, order in zip(self._sizes, ordered, strict=True)
        ]
        for axis, size in enumerate(self._sizes):
            self._add_axis(axis, size)

    def variable(self) -> int:
        """Return a new variable."""
        self.top += 1
        return self.top

    def _add_axis(self, axis: int, size: int) -> None:
        first = self.top + 1
        self._first.append(first)
        if self._ordered[axis]:
            self.top += size - 1
            self.hard += [[low, -high] for low, high in pairwise(range(first, self.top + 1))]
        elif size > 1:
            self.top += size
            cells = list(range(first, self.top + 1))
            self.hard.append(cells)
            self.hard += self._at_most_one(cells)

    def _at_most_one(self, cells: list[int]) -> list[list[int]]:
        if len(cells) <= _PAIRWISE_MOST:
            return [[-one, -other] for one, other in combinations(cells, 2)]
        clauses = [[-cells[0], self.variable()]]
        for cell in cells[1:-1]:
            before, after = self.top, self.variable()
            clauses += [[-before, after], [-cell, after], [-cell, -before]]
        return [*clauses, [-cells[-1], -self.top]]

    def literals(self, clause: Clause) -> list[int]:
        """Return the literals of which one must be true for a clause to be met."""
        return [literal for axis, mask in clause for literal in self.mask_literals(axis, mask)]

    def mask_literals(self, axis: int, mask: int) -> list[int]:
        """Return the literals of which one is true exactly when the axis has a cell of a mask.

        The mask is not the full one.
        """
        key = (axis, mask)
        if key not in self._masks:
            find = self._band_literals if self._ordered[axis] else self._cell_literals
            self._masks[key] = find(axis, mask)
        return self._masks[key]

    def _cell_literals(self, axis: int, mask: int) -> list[int]:
        first, size = self._first[axis], self._sizes[axis]
        missing = [cell for cell in range(size) if not mask >> cell & 1]
        if len(missing) == 1:
            return [-(first + missing[0])]
        return [first + cell for cell in range(size) if mask >> cell & 1]

    def _band_literals(self, axis: int, mask: int) -> list[int]:
        size, literals, low = self._sizes[axis], [], 0
        while low < size:
            if not mask >> low & 1:
                low += 1
                continue
            high = low
            while high < size and mask >> high & 1:
                high += 1
            literals.append(self._band(axis, low, high))
            low = high
        return literals

    def _band(self, axis: int, low: int, high: int) -> int:
        """Return the literal for the band of cells from ``low`` up to, not including, ``high``."""
        above = self._first[axis] + low - 1
        below = -(self._first[axis] + high - 1)
        if low == 0:
            return below
        if high == self._sizes[axis]:
            return above
        band = self.variable()
        self.hard += [[-band, above], [-band, below], [band, -above, -below]]
        return band

    def cell(self, axis: int, model: Sequence[int]) -> int:
        """Return the cell that an axis has in a solver's model."""
        size, first = self._sizes[axis], self._first[axis]
        if size == 1:
            return 0
        if self._ordered[axis]:
            return len([value for value in model[first - 1 : first + size - 2] if value > 0])
        return next(v for v in range(first, first + size) if model[v - 1] > 0) - first

    def cell_literals(self, axis: int, cell: int) -> list[int]:
        """Return literals that are all true exactly when an axis has a cell."""
        size, first = self._sizes[axis], self._first[axis]
        if size == 1:
            return []
        if not self._ordered[axis]:
            return [first + cell]
        above = [first + cell - 1] if cell > 0 else []
        return [*above, -(first + cell)] if cell < size - 1 else above

    def cells(self, model: Sequence[int]) -> tuple[int, ...]:
        """Return the cell of every axis in a solver's model."""
        return tuple(self.cell(axis, model) for axis in range(len(self._sizes)))


class ZoneSolver:
    """Answers whether some package meets the hard clauses and a set of groups of clauses.

    Args:
        weights: number of options in each cell of each axis.
        ordered: for each axis, whether its cells are bands of a range.
        hard: clauses that always hold.
        groups: for each group (a position, mostly), its clauses.
        rules: groups that hold in every question but `fits_rule`.

    >>> with ZoneSolver([(1, 1)], [False], [], [[((0, 1),)], [((0, 2),)]]) as solver:
    ...     solver.fits([0]), solver.fits([0, 1]), solver.shrink_last()
    (True, False, (0, 1))
    """

    def __init__(
        self,
        weights: Sequence[Sequence[int]],
        ordered: Sequence[bool],
        hard: Iterable[Clause],
        groups: Sequence[Iterable[Clause]],
        *,
        rules: Sequence[Iterable[Clause]] = (),
    ) -> None:
        self.encoding = Encoding(weights, ordered)
        self.switches = [self.encoding.variable() for _ in groups]
        clauses = [self.encoding.literals(clause) for clause in hard]
        for switch, group in zip(self.switches, groups, strict=True):
            clauses += [[-switch, *self.encoding.literals(clause)] for clause in group]
        self._rules = [self.encoding.variable() for _ in rules]
        for switch, rule in zip(self._rules, rules, strict=True):
            clauses += [[-switch, *self.encoding.literals(clause)] for clause in rule]
        self.clauses = [*self.encoding.hard, *clauses]
        # A variable that no clause names would be missing from the solver's models.
        named = [[top, -top]] if (top := self.encoding.top) else []
        self._solver = Solver(name="g4", bootstrap_with=[*self.clauses, *named])
        self._solver.set_phases(self.switches)
        self._groups = {switch: group for group, switch in enumerate(self.switches)}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._solver.delete()

    def _either(self, literals: list[int]) -> int:
        """Return a literal that forces one of some others."""
        one = self.encoding.variable()
        self._solver.add_clause([-one, *literals])
        return one

    def gate(self, clause: Clause) -> int:
        """Return an assumption under which a clause holds."""
        before = len(self.encoding.hard)
        literals = self.encoding.literals(clause)
        for added in self.encoding.hard[before:]:
            self._solver.add_clause(added)
        return self._either(literals)

    def fits(self, groups: Iterable[int], assumptions: Sequence[int] = ()) -> bool:
        """Whether some package meets the hard clauses and these groups."""
        switched = [self.switches[group] for group in groups]
        answer: bool = self._solver.solve(assumptions=[*self._rules, *switched, *assumptions])
        return answer

    def fits_rule(self, rule: int, assumptions: Sequence[int] = ()) -> bool:
        """Whether some package meets the hard clauses and this one rule."""
        answer: bool = self._solver.solve(assumptions=[self._rules[rule], *assumptions])
        return answer

    def fits_group(self, group: int, assumptions: Sequence[int] = ()) -> bool:
        """Whether some package meets the hard clauses and this one group, whatever the rules."""
        answer: bool = self._solver.solve(assumptions=[self.switches[group], *assumptions])
        return answer

    def core_literals(self) -> list[int]:
        """Return assumed literals that were enough for the last refusal."""
        return self._solver.get_core() or []

    def core(self) -> list[int]:
        """Return groups that were enough for the last refusal, sorted."""
        core = self.core_literals()
        return sorted(self._groups[literal] for literal in core if literal in self._groups)

    def cells(self) -> tuple[int, ...]:
        """Return the package found by the last question, as the cell of each axis."""
        return self.encoding.cells(self._solver.get_model())

    def cells_of(self, axes: Iterable[int]) -> dict[int, int]:
        """Return the cells that some axes have in the package found by the last question."""
        model = self._solver.get_model()
        return {axis: self.encoding.cell(axis, model) for axis in axes}

    def shrink_last(self, assumptions: Sequence[int] = ()) -> tuple[int, ...]:
        """Return a smallest-as-can-be set of groups that does not fit, after a refusal.

        Every group of the answer is needed: without it the rest fits. Later groups are tried
        first.

        Args:
            assumptions: the literals that were assumed when the groups were refused.
        """
        left = self.core()
        for group in reversed(left.copy()):
            if group in left:
                rest = [other for other in left if other != group]
                if not self.fits(rest, assumptions):
                    left = self.core()
        return tuple(left)
