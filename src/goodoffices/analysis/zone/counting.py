"""How many packages meet a set of clauses, exactly; one of them; and fair samples of them.

The count follows the structure of the quarrel: what no clause joins is counted apart and
multiplied. A part is counted by eliminating its axes, in the order that keeps least in mind; a
part for which that would still be too much is first divided by the cells of one axis, and what
each leaves is counted in turn. Parts are remembered, so that counts with slightly different
clauses share their work.

Source: component caching as in Sang, Bacchus, Beame, Kautz & Pitassi (2004), Combining component
caching and clause learning for effective model counting; here with cells for values, like cells
made one, and elimination in place of clause learning.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goodoffices.analysis.zone.arrays import np
from goodoffices.analysis.zone.clauses import ClauseSet
from goodoffices.analysis.zone.counting_choices import choose
from goodoffices.analysis.zone.counting_order import Order, good_order
from goodoffices.analysis.zone.counting_parts import Reducer, Residue, bits, weight_of
from goodoffices.analysis.zone.elimination import USUAL, Elimination, Limits, TooLargeError

if TYPE_CHECKING:
    from goodoffices.analysis.zone.arrays import Cells

Stop = Callable[[], bool]
_Question = tuple[frozenset[int] | None, frozenset[tuple[int, int]]]
_POLL_EVERY = 256


class Stopped(Exception):  # noqa: N818  (a request was obeyed; nothing is wrong)
    """A count was given up because its caller asked for that."""


@dataclass(frozen=True, slots=True)
class Manner:
    """When the counter changes its way of working; no answer depends on it.

    Attributes:
        divided_from: a part that elimination may need this many states for is divided by the
            cells of an axis first. Of the states that may be needed few ever arise.
        kept_pairs: how much is remembered, in pairs of the clauses of the parts.
        patience: how many parts a search for an example tries before it counts ahead.
        limits: where elimination changes its manner.
    """

    divided_from: float = 2.0**36
    kept_pairs: int = 500_000
    patience: int = 100
    limits: Limits = USUAL


USUAL_MANNER = Manner()


class ZoneCounter:
    """Counts the packages of one zone, again and again.

    In every method ``active`` holds the indices of the clauses that count (None: all), ``within``
    the mask of the cells an axis may take, where not all; ``stop`` is asked now and then, and
    when it answers true the work ends with `Stopped`.

    >>> zone = ClauseSet(((1, 2), (1, 1)), (((0, 0b01), (1, 0b10)),))
    >>> counter = ZoneCounter(zone)
    >>> counter.count(), counter.count([]), counter.count(within={0: 0b10})
    (4, 6, 2)
    >>> counter.example()
    (0, 0)
    """

    def __init__(self, zone: ClauseSet, *, manner: Manner = USUAL_MANNER) -> None:
        self._zone = zone
        self._reducer = Reducer(zone)
        self._asked: tuple[_Question, Residue | None] | None = None
        self._parts = _Parts(manner)

    def count(
        self,
        active: Collection[int] | None = None,
        *,
        within: Mapping[int, int] | None = None,
        stop: Stop | None = None,
    ) -> int:
        """The number of packages: options, not cells, are counted.

        Raises:
            Stopped: ``stop`` answered true.
        """
        self._parts.stop = stop
        residue = self._residue(active, within)
        return 0 if residue is None else self._parts.product(self._zone, residue)

    def example(
        self,
        active: Collection[int] | None = None,
        *,
        within: Mapping[int, int] | None = None,
        stop: Stop | None = None,
    ) -> tuple[int, ...] | None:
        """One cell for each axis, always the same for the same question; None when there is none.

        Raises:
            Stopped: ``stop`` answered true.
        """
        self._parts.stop = stop
        residue = self._residue(active, within)
        found = None if residue is None else self._parts.example(self._zone, residue)
        return None if found is None else tuple(found)

    def sample(
        self,
        rng: np.random.Generator,
        size: int,
        active: Collection[int] | None = None,
        *,
        within: Mapping[int, int] | None = None,
        stop: Stop | None = None,
    ) -> list[tuple[int, ...]]:
        """Cells of packages drawn one by one, each package of the zone as likely as any other.

        Raises:
            Stopped: ``stop`` answered true.
            ValueError: there is no package to draw.
        """
        self._parts.stop = stop
        residue = self._residue(active, within)
        if residue is None or not self._parts.product(self._zone, residue):
            raise ValueError("no package to draw from: the zone is empty")
        rows = self._parts.draw_of(self._zone, residue, rng, size)
        return [tuple(row) for row in rows.tolist()]

    def _residue(
        self, active: Collection[int] | None, within: Mapping[int, int] | None
    ) -> Residue | None:
        """Return what is left of the question; a count and an example often ask the same."""
        chosen = None if active is None else frozenset(active)
        question = (chosen, frozenset((within or {}).items()))
        if self._asked is None or self._asked[0] != question:
            cells = list(self._reducer.full)
            for axis, mask in (within or {}).items():
                cells[axis] &= mask
            self._asked = (question, self._reducer.residue(cells, active=chosen))
        return self._asked[1]


class _Parts:
    """Counts, finds and draws in parts, and remembers the counts."""

    def __init__(self, manner: Manner) -> None:
        self._manner = manner
        self.stop: Stop | None = None
        self._known: dict[ClauseSet, int] = {}
        self._held = 0
        self._tried = 0
        self.nodes = 0

    def _visit(self) -> None:
        self.nodes += 1
        if self.nodes % _POLL_EVERY == 0:
            self._poll()

    def _poll(self) -> None:
        if self.stop is not None and self.stop():
            raise Stopped

    def product(self, zone: ClauseSet, residue: Residue) -> int:
        """The number of packages of a residue of ``zone``."""
        total = 1
        for axis, mask in residue.free:
            total *= weight_of(zone.weights[axis], mask)
        for part in sorted(residue.parts, key=lambda part: len(part.axes)):
            total *= self._count(part.zone)
            if not total:
                break
        return total

    def _count(self, zone: ClauseSet) -> int:
        known = self._known.get(zone)
        if known is not None:
            return known
        self._visit()
        order = good_order(zone)
        if order.states < self._manner.divided_from:
            total = self._elimination(zone, order).count()
        else:
            total = sum(self.product(zone, branch) for branch in _branches(zone))
        self._remember(zone, total)
        return total

    def _elimination(self, zone: ClauseSet, order: Order) -> Elimination:
        return Elimination(zone, order.axes, self._poll, limits=self._manner.limits)

    def _remember(self, zone: ClauseSet, count: int) -> None:
        """Keep a count; the oldest go when there are more than fit."""
        if zone not in self._known:
            self._held += _size(zone)
        self._known[zone] = count
        while self._held > self._manner.kept_pairs:
            oldest = next(iter(self._known))
            del self._known[oldest]
            self._held -= _size(oldest)

    def example(self, zone: ClauseSet, residue: Residue) -> list[int] | None:
        """The cells of one package of a residue of ``zone``, or None."""
        self._tried = 0
        return self._first_of(zone, residue)

    def _first_of(self, zone: ClauseSet, residue: Residue) -> list[int] | None:
        cells = [0] * len(zone.weights)
        for axis, mask in residue.free:
            cells[axis] = bits(mask)[0]
        for part in residue.parts:
            found = self._first(part.zone)
            if found is None:
                return None
            for axis, classes, cell in zip(part.axes, part.classes, found, strict=True):
                cells[axis] = bits(classes[cell])[0]
        return cells

    def _first(self, zone: ClauseSet) -> list[int] | None:
        """Try cells in turn; a search that gets long counts before it goes into a part."""
        self._tried += 1
        if self._known.get(zone) == 0 or (
            self._tried > self._manner.patience and not self._count(zone)
        ):
            return None
        self._visit()
        for branch in _branches(zone):
            found = self._first_of(zone, branch)
            if found is not None:
                return found
        self._remember(zone, 0)
        return None

    def draw_of(
        self, zone: ClauseSet, residue: Residue, rng: np.random.Generator, size: int
    ) -> Cells:
        """Rows of cells of packages of a residue of ``zone``."""
        rows = np.zeros((size, len(zone.weights)), dtype=np.int64)
        for axis, mask in residue.free:
            rows[:, axis] = _cells_of(rng, zone.weights[axis], mask, size)
        for part in residue.parts:
            drawn = self._draw(part.zone, rng, size)
            for column, (axis, classes) in enumerate(zip(part.axes, part.classes, strict=True)):
                for cell, mask in enumerate(classes):
                    (chosen,) = np.nonzero(drawn[:, column] == cell)
                    rows[chosen, axis] = _cells_of(rng, zone.weights[axis], mask, len(chosen))
        return rows

    def _draw(self, zone: ClauseSet, rng: np.random.Generator, size: int) -> Cells:
        self._visit()
        order = good_order(zone)
        if order.states < self._manner.divided_from:
            try:
                return self._elimination(zone, order).draw(rng, size)
            except TooLargeError:
                pass
        branches = list(_branches(zone))
        picked = choose(rng, [self.product(zone, branch) for branch in branches], size)
        rows = np.zeros((size, len(zone.weights)), dtype=np.int64)
        for place, branch in enumerate(branches):
            (chosen,) = np.nonzero(picked == place)
            if len(chosen):
                rows[chosen] = self.draw_of(zone, branch, rng, len(chosen))
        return rows


def _size(zone: ClauseSet) -> int:
    """What a part takes up, in pairs."""
    return len(zone.weights) + sum(len(clause) for clause in zone.clauses)


def _cells_of(rng: np.random.Generator, weights: tuple[int, ...], mask: int, size: int) -> Cells:
    """Cells of a mask, drawn by their weights."""
    cells = np.array(bits(mask), dtype=np.int64)
    if len(cells) == 1 or not size:
        return np.repeat(cells[:1], size)
    return cells[choose(rng, [weights[cell] for cell in cells.tolist()], size)]


def _branches(zone: ClauseSet) -> Iterator[Residue]:
    """What is left of a part for each cell of one axis."""
    reducer = Reducer(zone)
    axis = _branching_axis(zone)
    for cell in range(len(zone.weights[axis])):
        cells = list(reducer.full)
        cells[axis] = 1 << cell
        residue = reducer.residue(cells, changed=axis)
        if residue is not None:
            yield residue


def _branching_axis(zone: ClauseSet) -> int:
    score = [0.0] * len(zone.weights)
    for clause in zone.clauses:
        for axis, _ in clause:
            score[axis] += 2.0 ** -len(clause)
    return max(range(len(score)), key=lambda axis: score[axis])
