"""What sets of positions accept, compared: the packages that a change of positions gains or loses.

Two sets of positions are compared by implication: does every package that meets the one (and the
rules) meet the other? Each answer is exact and comes with a package that shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from goodoffices.analysis.zone.clauses import Clause
from goodoffices.analysis.zone.solving import ZoneSolver
from goodoffices.analysis.zone.system import System

Acceptance = Literal["wider", "narrower", "shifted", "same"]
"""What became of the packages that somebody accepts: gained, lost, both, neither."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the packages that two sets of positions accept differ.

    Attributes:
        gained: a package that only the second set accepts, as terms; None when there is none.
        lost: a package that only the first set accepts, as terms; None when there is none.
    """

    gained: dict[str, str] | None
    lost: dict[str, str] | None

    @property
    def acceptance(self) -> Acceptance:
        """What became of the packages, going from the first set to the second."""
        if self.gained is None:
            return "same" if self.lost is None else "narrower"
        return "wider" if self.lost is None else "shifted"


class Acceptances:
    """Compares what sets of positions accept under the rules; positions go by their numbers."""

    def __init__(self, system: System, solver: ZoneSolver) -> None:
        self._system = system
        self._solver = solver
        self._known: dict[tuple[frozenset[int], frozenset[int]], dict[str, str] | None] = {}

    def fits(self, positions: Iterable[int]) -> bool:
        """Whether some package meets the rules and these positions."""
        return self._solver.fits(positions)

    def compare(self, before: frozenset[int], after: frozenset[int]) -> Comparison:
        """Compare what is accepted after a change with what was before it."""
        return Comparison(self.beyond(after, before), self.beyond(before, after))

    def beyond(self, positions: frozenset[int], others: frozenset[int]) -> dict[str, str] | None:
        """Return a package that meets the rules and some positions, but not all of the others."""
        key = (positions, others - positions)
        if key not in self._known:
            self._known[key] = self._beyond(positions, sorted(others - positions))
        return self._known[key]

    def _beyond(self, positions: frozenset[int], others: Sequence[int]) -> dict[str, str] | None:
        held = sorted(positions)
        for other in others:
            for clause in self._system.clauses_of[other]:
                if self._solver.fits(held, list(self._unmet(clause))):
                    cells = self._solver.cells()[: len(self._system.space.axes)]
                    return self._system.space.package(cells)
        return None

    def _unmet(self, clause: Clause) -> Iterator[int]:
        """Yield assumptions under which a clause is not met: none of its masks holds the cell."""
        for axis, mask in clause:
            full = (1 << len(self._system.weights[axis])) - 1
            yield self._solver.gate(((axis, full & ~mask),))
