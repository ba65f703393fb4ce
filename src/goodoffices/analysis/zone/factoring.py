"""All points of contention and all ways out of a region, without listing their combinations.

Where a region holds several quarrels, its ways out are combinations of theirs, and listing these
is what takes other programs hours. Here the points of contention found so far are grouped by the
positions that they share; each group has its own ways out (its minimal hitting sets); and a
certificate shows that *every* combination of them opens the zone: one package to start from, and
for each way out of each group a patch, a few issues settled otherwise, such that any clause is met
under any combination of patches. Checking that needs only the groups that touch the clause. Where
a combination fails, it is asked for: either it has no package, and a new point of contention is
found, or it has one, and the two groups are certified together.

The answer is exact: a list of conflicts is complete when all its minimal hitting sets are ways
out (Reiter 1987, Theorem 4.4), and the certificate says so of each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from goodoffices.analysis.zone.certificate import Certificate, Factor, Memory
from goodoffices.analysis.zone.clauses import Clause
from goodoffices.analysis.zone.enumeration import Found, explore
from goodoffices.analysis.zone.hitting import (
    TooManyError,
    components,
    hitting_more,
    mask_of,
    members,
)
from goodoffices.analysis.zone.solving import ZoneSolver

_FIRST_LOOK = 150
"""Findings after which plain exploration gives way to the certificate."""
_MOST_SETS = 20_000
"""Hitting sets of one group of conflicts beyond which the search ends incomplete."""

_Hit = tuple[Sequence[tuple[int, ...]], list[int], Sequence[tuple[int, ...]]]
"""Conflicts with their minimal hitting sets, as masks, and sorted."""


@dataclass
class Factoring:
    """Finds every conflict of a region.

    Attributes:
        solver: the region's solver, over local axes.
        clauses: for each group, its clauses over the same axes.
        hard: clauses that always hold.
        stop: asked between questions; when it answers True the search ends incomplete.
        conflicts: what has been found.
        complete: whether that is everything.
        factors: the conflicts grouped, with their hitting sets; ways out once complete.
    """

    solver: ZoneSolver
    clauses: Sequence[Sequence[Clause]]
    hard: Sequence[Clause]
    stop: Callable[[], bool] = lambda: False
    conflicts: list[tuple[int, ...]] = field(default_factory=list)
    complete: bool = False
    factors: tuple[Factor, ...] = ()
    memory: Memory = field(default_factory=Memory)
    _sets: dict[tuple[int, ...], _Hit] = field(default_factory=dict)
    _explored: Iterator[Found] | None = None
    _ahead: Found | None = None
    _findings: int = 0

    def search(self) -> Iterator[tuple[int, ...]]:
        """Yield every conflict, each once; afterwards `complete` and `factors` tell the rest.

        Conflicts that `glance` has yielded are not yielded again.
        """
        yield from self.glance(_FIRST_LOOK)
        while not self.complete and not self.stop():
            known = len(self.conflicts)
            try:
                self.factors = tuple(self._factors(most=_MOST_SETS, stop=self.stop))
                yield from self._keep(Certificate(self).gaps())
            except TooManyError:
                return
            if len(self.conflicts) == known:
                self.complete = not self.stop()
                return

    def glance(self, findings: int) -> Iterator[tuple[int, ...]]:
        """Yield conflicts by plain exploration, up to so many findings of either kind in all.

        Where that is everything, `complete` is set and `factors` are known.
        """
        if self._explored is None:
            self._explored = explore(self.solver, range(len(self.clauses)))
        while not self.complete:
            found = self._ahead or next(self._explored, None)
            self._ahead = found
            if found is None:  # what is known whole is handed on whole, however late it is
                self.factors = tuple(self._factors(most=None, stop=lambda: False))
                self.complete = True
            elif self._findings == findings or self.stop():
                return
            else:
                self._ahead = None
                self._findings += 1
                if found.kind == "conflict":
                    self.conflicts.append(found.positions)
                    yield found.positions

    def _keep(self, found: Iterator[tuple[int, ...]]) -> Iterator[tuple[int, ...]]:
        for conflict in found:
            self.conflicts.append(conflict)
            yield conflict

    def _factors(self, *, most: int | None, stop: Callable[[], bool]) -> Iterator[Factor]:
        """Yield the conflicts found so far in groups, each with its minimal hitting sets."""
        for conflicts in components(self.conflicts):
            # Conflicts only ever join a group at its end, unless groups have become one.
            known, sets, ways = self._sets.get(conflicts[0], ([], [0], ()))
            if known != conflicts[: len(known)]:
                known, sets = [], [0]
            if known != conflicts:
                masks = [mask_of(conflict) for conflict in conflicts]
                hit, more = masks[: len(known)], masks[len(known) :]
                sets = hitting_more(sets, more, known=hit, most=most, stop=stop)
                ways = sorted(map(members, sets), key=lambda chosen: (len(chosen), chosen))
                self._sets[conflicts[0]] = (conflicts, sets, ways)
            yield Factor(tuple(conflicts), tuple(ways))
