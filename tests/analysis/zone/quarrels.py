"""Random groups of clauses with several quarrels, and plain answers to hold engines against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
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

    @cached_property
    def unmet(self) -> frozenset[frozenset[int]]:
        """The groups that a choice of cells within the hard clauses does not meet, for each."""
        cells = product(*map(range, self.sizes))
        lawful = (x for x in cells if all(ClauseSet.met_by(clause, x) for clause in self.hard))
        return frozenset(
            frozenset(
                number
                for number, group in enumerate(self.groups)
                if not all(ClauseSet.met_by(clause, x) for clause in group)
            )
            for x in lawful
        )

    def fits(self, groups: Iterable[int]) -> bool:
        """Whether some choice of cells meets the hard clauses and these groups."""
        chosen = frozenset(groups)
        return any(chosen.isdisjoint(unmet) for unmet in self.unmet)

    def conflicts(self) -> list[tuple[int, ...]]:
        """Return the smallest sets of groups that do not fit, by trying every set."""
        found: list[tuple[int, ...]] = []
        for number in range(len(self.groups) + 1):
            for chosen in map(frozenset, combinations(range(len(self.groups)), number)):
                if not any(chosen.issuperset(part) for part in found) and not self.fits(chosen):
                    found.append(tuple(sorted(chosen)))
        return sorted(found)

    def ways_out(self) -> list[tuple[int, ...]]:
        """Return the smallest sets of groups without which the rest fit."""
        smallest = (s for s in self.unmet if not any(other < s for other in self.unmet))
        return sorted(tuple(sorted(groups)) for groups in smallest)


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
