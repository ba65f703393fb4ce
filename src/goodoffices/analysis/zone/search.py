"""Knots, points of contention and ways out of a case: one search for `impasse` and `movement`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from math import prod

from goodoffices.analysis.zone.cheapest import Ranked, cheapest_first, combined, scalar
from goodoffices.analysis.zone.costs import Cost
from goodoffices.analysis.zone.enumeration import Found, region_solver
from goodoffices.analysis.zone.factoring import Factoring
from goodoffices.analysis.zone.knots import Region, regions
from goodoffices.analysis.zone.solving import ZoneSolver
from goodoffices.analysis.zone.system import System
from goodoffices.errors import CallError, NotFoundError
from goodoffices.model import FIRMNESSES, Position

_GLANCE = 8
"""Findings in each region before a cheapest way out is searched for, unless that is everything."""


def unlimited() -> float:
    """Say that no share of the time has been spent: there is no limit on it."""
    return 0.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a search goes; what they keep out is named in the result.

    Attributes:
        most: how many points of contention, ways out and amendments are listed.
        spent: asked on the way, answers which share of the time is spent; the search ends at 1.
    """

    most: int = 200
    spent: Callable[[], float] = unlimited

    def __post_init__(self) -> None:
        if self.most < 1:
            raise CallError("the number of findings", expected="at least 1", found=str(self.most))


@dataclass(frozen=True, slots=True)
class Prices:
    """What giving up each position costs.

    Attributes:
        positions: the positions, by number.
        weights: for each position its weight; None where firmness decides.
    """

    positions: tuple[Position, ...]
    weights: tuple[int, ...] | None

    @classmethod
    def of(cls, positions: tuple[Position, ...], weights: Mapping[str, int] | None) -> Prices:
        """Read the caller's weights, which name positions or firmnesses.

        Raises:
            NotFoundError: a weight is for something else.
            CallError: a weight is not a whole number above 0, or a position has none.
        """
        if weights is None:
            return cls(positions, None)
        known = {*FIRMNESSES, *(position.id for position in positions)}
        for name, weight in weights.items():
            if name not in known:
                expected = "a position in force, red-line, firm or open"
                raise NotFoundError("a weight", expected=expected, found=name)
            if isinstance(weight, bool) or not isinstance(weight, int) or weight < 1:
                expected = "a whole number above 0"
                raise CallError(f"the weight of {name}", expected=expected, found=str(weight))
        found = [weights.get(p.id, weights.get(p.firmness)) for p in positions]
        without = [p.id for p, weight in zip(positions, found, strict=True) if weight is None]
        if without:
            raise CallError(
                "weights",
                expected="one for every position in force, or for its firmness",
                found=f"none for {', '.join(without)}",
            )
        return cls(positions, tuple(weight for weight in found if weight is not None))

    def key(self, number: int) -> tuple[int, ...]:
        """Return what giving up a position costs, as numbers to add and compare."""
        if self.weights is not None:
            return (self.weights[number],)
        return tuple(int(self.positions[number].firmness == f) for f in FIRMNESSES)

    def total(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """Return what giving up some positions costs together."""
        width = len(FIRMNESSES) if self.weights is None else 1
        columns = zip(*(self.key(number) for number in numbers), strict=True)
        return tuple(map(sum, columns)) if numbers else (0,) * width

    def cost(self, numbers: Sequence[int]) -> Cost:
        """Return what giving up some positions costs together, as it is shown."""
        red, firm, open_ = (
            sum(self.positions[n].firmness == firmness for n in numbers) for firmness in FIRMNESSES
        )
        weight = None if self.weights is None else sum(self.weights[n] for n in numbers)
        return Cost(red, firm, open_, weight)


@dataclass(frozen=True, slots=True)
class Tangle:
    """A knot in numbers of positions: its conflicts, and its ways out, cheapest first.

    ``complete`` says whether the ways out (and the conflicts) are all there are; otherwise they
    are the cheapest ones. ``region`` is where it was found.
    """

    conflicts: tuple[tuple[int, ...], ...]
    ways_out: tuple[Ranked, ...]
    complete: bool
    region: Region

    @property
    def positions(self) -> tuple[int, ...]:
        """The positions in the conflicts, sorted."""
        return tuple(sorted({number for conflict in self.conflicts for number in conflict}))


@dataclass(frozen=True, slots=True)
class _Part:
    """A region and the search of it, which calls positions by their place in the region."""

    region: Region
    factoring: Factoring

    def numbers(self, groups: Iterable[int]) -> tuple[int, ...]:
        """Return positions by number."""
        return tuple(self.region.positions[group] for group in groups)

    def groups(self, numbers: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """Yield positions by place, if all are in the region."""
        place = {number: group for group, number in enumerate(self.region.positions)}
        if place.keys() >= set(numbers):
            yield tuple(place[number] for number in numbers)

    def conflicts(self, found: Iterable[tuple[int, ...]]) -> Iterator[Found]:
        """Yield conflicts by number."""
        return (Found("conflict", self.numbers(conflict)) for conflict in found)


@dataclass
class Search:
    """Searches a compiled case.

    Attributes:
        system: the case.
        prices: what giving up positions costs.
        limits: how far to go.
        tangles: the knots found, after `run`.
    """

    system: System
    prices: Prices
    limits: Limits
    tangles: list[Tangle] = field(default_factory=list)

    def run(self, solver: ZoneSolver) -> Iterator[Found]:
        """Yield each point of contention as it is found, a cheapest way out, and fill `tangles`.

        The first point of contention comes at once; the way out after a glance at each knot.
        Nothing is yielded when the zone is open.

        Args:
            solver: a solver of the whole case.
        """
        if solver.fits(range(len(self.system.positions))):
            return
        first = Found("conflict", solver.shrink_last())
        yield first
        if not first.positions:  # the rules contradict each other: no other conflict is smallest
            self.tangles.append(Tangle((first.positions,), (), True, Region((), (), (), ())))
            return
        with ExitStack() as stack:
            for conflict_or_way in self._untangle(self._parts(stack), first):
                if conflict_or_way != first:
                    yield conflict_or_way
        self.tangles.sort(key=lambda tangle: sorted(tangle.conflicts))

    def _parts(self, stack: ExitStack) -> list[_Part]:
        """Return the regions, each with a search of its own that may take its share of the time."""
        found = regions(self.system)
        parts = []
        for number, region in enumerate(found, start=1):
            local = {axis: number for number, axis in enumerate(region.axes)}
            *groups, hard = (
                [tuple((local[axis], mask) for axis, mask in clause) for clause in group]
                for group in (*region.groups, region.hard)
            )
            solver = stack.enter_context(region_solver(self.system, region))
            stop = partial(self._late, 0.5 * number / len(found))
            parts.append(_Part(region, Factoring(solver, groups, hard, stop)))
        return parts

    def _late(self, until: float) -> bool:
        return self.limits.spent() >= until

    def _untangle(self, parts: Sequence[_Part], first: Found) -> Iterator[Found]:
        glimpsed = [
            found for part in parts for found in part.conflicts(part.factoring.glance(_GLANCE))
        ]
        sources = [source for part in parts for source in self._ranked(part)]
        yield from (Found("way-out", way) for _, way in islice(combined(sources), 1))
        yield from glimpsed
        for part in parts:
            yield from part.conflicts(part.factoring.search())
            self._add(part, first)

    def _ranked(self, part: _Part) -> Iterator[Iterable[Ranked]]:
        """Yield the ways out, cheapest first, of each knot of a region, if these are known."""
        if part.factoring.complete:
            for factor in part.factoring.factors:
                ways = map(part.numbers, factor.ways_out)
                yield sorted(((self.prices.total(way), way) for way in ways), key=_rank)
        else:
            yield self._cheapest_in(part)

    def _cheapest_in(self, part: _Part) -> Iterator[Ranked]:
        keys = [self.prices.key(number) for number in part.region.positions]
        for groups in cheapest_first(part.factoring.solver, scalar(keys)):
            way = part.numbers(groups)
            yield self.prices.total(way), way

    def _add(self, part: _Part, first: Found) -> None:
        """Add the knots of a region."""
        listed = [factor.conflicts for factor in part.factoring.factors]
        if not part.factoring.complete:
            known = {*part.factoring.conflicts, *part.groups(first.positions)}
            listed = [tuple(known)]
        for conflicts, ways in zip(listed, self._ranked(part), strict=True):
            found = tuple(sorted(map(part.numbers, conflicts)))
            ranked = ways if part.factoring.complete else islice(ways, self.limits.most)
            self.tangles.append(Tangle(found, tuple(ranked), part.factoring.complete, part.region))

    @property
    def complete(self) -> bool:
        """Whether every conflict and every way out of every knot was found."""
        return all(tangle.complete for tangle in self.tangles)

    @property
    def ways_total(self) -> int | None:
        """Number of all ways out; None when some knot's are not all known."""
        if not self.complete:
            return None
        return prod(len(tangle.ways_out) for tangle in self.tangles) if self.tangles else 0

    def ways_out(self) -> list[Ranked]:
        """Return the cheapest ways out of all knots together, as many as are listed."""
        if not self.tangles:
            return []
        return list(islice(combined([t.ways_out for t in self.tangles]), self.limits.most))

    def alone(self, party: str) -> tuple[int, ...] | None:
        """Return the cheapest positions by which one party opens the zone alone, or None."""
        given: list[int] = []
        for tangle in self.tangles:
            part = self._alone_in(tangle, party)
            if part is None:
                return None
            given += part
        return tuple(sorted(given))

    def _alone_in(self, tangle: Tangle, party: str) -> tuple[int, ...] | None:
        own = {n for n in tangle.region.positions if self.system.positions[n].party == party}
        if tangle.complete:
            return next((way for _, way in tangle.ways_out if own.issuperset(way)), None)
        numbers = tangle.region.positions
        fixed = [group for group, number in enumerate(numbers) if number not in own]
        weights = scalar([self.prices.key(number) for number in numbers])
        with region_solver(self.system, tangle.region) as solver:
            way = next(cheapest_first(solver, weights, fixed), None)
        return None if way is None else tuple(numbers[group] for group in way)

    def most_even(self) -> tuple[int, ...] | None:
        """Return the way out whose largest burden on a party is smallest, then the next largest.

        Knots are put together one by one; of two partial ways out the one that burdens no party
        less and some party more cannot become better, and is dropped. None without a complete
        search or a way out.
        """
        if not self.tangles or not self.complete:
            return None
        parties = sorted({position.party for position in self.system.positions})
        partial: list[tuple[tuple[tuple[int, ...], ...], tuple[int, ...]]] = [
            (tuple(self.prices.total(()) for _ in parties), ())
        ]
        for tangle in self.tangles:
            grown = [
                (tuple(map(_sum, burden, self._burden(way, parties))), (*given, *way))
                for burden, given in partial
                for _, way in tangle.ways_out
            ]
            partial = _undominated(grown)
        best = min(
            partial, key=lambda item: (sorted(item[0], reverse=True), sorted(item[1])), default=None
        )
        return None if best is None else tuple(sorted(best[1]))

    def _burden(self, way: Sequence[int], parties: Sequence[str]) -> list[tuple[int, ...]]:
        holders = self.system.positions
        return [self.prices.total([n for n in way if holders[n].party == p]) for p in parties]


def _rank(ranked: Ranked) -> tuple[tuple[int, ...], int, tuple[int, ...]]:
    cost, way = ranked
    return cost, len(way), way


def _sum(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))


Burdened = tuple[tuple[tuple[int, ...], ...], tuple[int, ...]]


def _undominated(items: Sequence[Burdened]) -> list[Burdened]:
    """Keep the items that no other burdens every party at most as much as; one of equals."""
    kept: list[Burdened] = []
    for burden, way in sorted(items, key=lambda item: (item[0], sorted(item[1]))):
        if not any(all(a <= b for a, b in zip(o, burden, strict=True)) for o, _ in kept):
            kept.append((burden, way))
    return kept
