"""Random groups of clauses with several quarrels, and plain answers to hold engines against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from random import Random

from goodoffices.analysis.zone.clauses import Clause, ClauseSet
from goodoffices.analysis.zone.solving import ZoneSolver


@dataclass(frozen=True)
class Quarrels:
    """Axes by their number of cells, groups of clauses, and hard clauses."""

    sizes: tuple[int, ...]
    groups: tuple[tuple[Clause, ...], ...]
    hard: tuple[Clause, ...]

    @property
    def weights(self) -> tuple[tuple[int, ...], ...]:
        return tuple((1,) * size for size in self.sizes)

    def solver(self, ordered: bool = False) -> ZoneSolver:
        return ZoneSolver(self.weights, [ordered] * len(self.sizes), self.hard, self.groups)

    def fits(self, groups: Iterable[int]) -> bool:
        """Whether some choice of cells meets the hard clauses and these groups, by enumeration."""
        clauses = [*self.hard, *(clause for group in groups for clause in self.groups[group])]
        every = product(*map(range, self.sizes))
        return any(all(ClauseSet.met_by(c, cells) for c in clauses) for cells in every)

    def conflicts(self) -> list[tuple[int, ...]]:
        """Return the smallest sets of groups that do not fit, by enumeration."""
        found: list[tuple[int, ...]] = []
        for number in range(len(self.groups) + 1):
            for chosen in combinations(range(len(self.groups)), number):
                if not any(set(part) <= set(chosen) for part in found) and not self.fits(chosen):
                    found.append(chosen)
        return sorted(found)

    def ways_out(self) -> list[tuple[int, ...]]:
        """Return the smallest sets of groups without which the rest fit, by enumeration."""
        every, found = set(range(len(self.groups))), list[tuple[int, ...]]()
        for number in range(len(self.groups) + 1):
            for given in combinations(range(len(self.groups)), number):
                larger = any(set(part) <= set(given) for part in found)
                if not larger and self.fits(every - set(given)):
                    found.append(given)
        return sorted(found)


def mask(rng: Random, size: int) -> int:
    """Return some but not all of an axis's cells."""
    return rng.randrange(1, (1 << size) - 1)


def clause(rng: Random, axes: Iterable[int], sizes: Sequence[int]) -> Clause:
    return tuple((axis, mask(rng, sizes[axis])) for axis in sorted(set(axes)))


def loose(rng: Random) -> Quarrels:
    """Groups of one or two clauses of any width, over a few axes."""
    sizes = tuple(rng.choice((2, 2, 3, 4)) for _ in range(rng.randint(2, 5)))
    axes = range(len(sizes))

    def some(widths: Sequence[int]) -> Clause:
        return clause(rng, rng.sample(axes, min(rng.choice(widths), len(sizes))), sizes)

    groups = [
        tuple(some((1, 1, 1, 2, 2, 3)) for _ in range(rng.choice((1, 1, 1, 2))))
        for _ in range(rng.randint(2, 8))
    ]
    return Quarrels(sizes, tuple(groups), tuple(some((2, 2, 3)) for _ in range(rng.randint(0, 3))))


def linked(rng: Random) -> Quarrels:
    """Quarrels over an axis each, which hard clauses link through axes that nobody holds."""
    fought = range(rng.randint(3, 5))
    shared = range(len(fought), len(fought) + rng.randint(1, 2))
    sizes = (*(rng.choice((2, 3, 3)) for _ in fought), *(rng.choice((3, 4, 5)) for _ in shared))
    groups = [
        (clause(rng, [axis], sizes),) for axis in fought for _ in range(rng.choice((2, 2, 3)))
    ]
    rng.shuffle(groups)
    hard = []
    for _ in range(rng.randint(3, 9)):
        axes = {rng.choice(fought), rng.choice(shared)}
        axes |= {rng.choice(fought)} if rng.random() < 0.3 else set()
        hard.append(clause(rng, axes, sizes))
    return Quarrels(sizes, tuple(groups), tuple(hard))
