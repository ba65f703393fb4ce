"""What is left of a set of clauses once its cells are restricted: small independent parts.

Clauses with one live pair narrow their axis, met clauses go, what follows from another clause
goes, cells that no clause tells apart become one, and what no clause joins falls into parts.
Every step keeps the packages as they are, so counts multiply over parts and free axes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from goodoffices.analysis.zone.clauses import Clause, ClauseSet


@dataclass(frozen=True, slots=True)
class Part:
    """Axes that clauses join, numbered afresh, with like cells made one.

    Attributes:
        zone: the clauses over the part's own axes and cells.
        axes: for each axis of the part, the axis it came from.
        classes: for each axis of the part and each of its cells, the mask of the cells it was.
    """

    zone: ClauseSet
    axes: tuple[int, ...]
    classes: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Residue:
    """What a restriction leaves: axes that no clause touches, and parts that no clause joins.

    Attributes:
        free: axis and mask of the cells it may still take.
        parts: the rest.
    """

    free: tuple[tuple[int, int], ...]
    parts: tuple[Part, ...]


def bits(mask: int) -> list[int]:
    """The cells of a mask, ascending.

    >>> bits(0b1011)
    [0, 1, 3]
    """
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def weight_of(weights: Sequence[int], mask: int) -> int:
    """The number of options in the cells of a mask."""
    return sum(weights[cell] for cell in bits(mask))


class Reducer:
    """Restricts one set of clauses, again and again.

    >>> zone = ClauseSet(((1, 1), (1, 1), (1, 1)), (((0, 1), (1, 2)),))
    >>> Reducer(zone).residue([0b10, 0b11, 0b11])
    Residue(free=((0, 2), (1, 2), (2, 3)), parts=())
    """

    def __init__(self, zone: ClauseSet) -> None:
        self.zone = zone
        self.full = [(1 << len(row)) - 1 for row in zone.weights]
        self._occurs: list[list[int]] = [[] for _ in zone.weights]
        for index, clause in enumerate(zone.clauses):
            for axis, _ in clause:
                self._occurs[axis].append(index)

    def residue(
        self,
        cells: list[int],
        *,
        active: Collection[int] | None = None,
        changed: int | None = None,
    ) -> Residue | None:
        """What is left of the clauses in ``active``, or None when no package is.

        Args:
            cells: for each axis the cells allowed; narrowed in place.
            active: indices of the clauses that count (None: all).
            changed: the only axis whose cells were narrowed since no clause had a single live
                pair, when that is known.
        """
        chosen = range(len(self.zone.clauses)) if active is None else active
        first = chosen if changed is None else self._occurs[changed]
        if not self._propagate(cells, first, chosen if active is not None else None):
            return None
        return self._split(cells, self._live(cells, chosen))

    def _propagate(
        self, cells: list[int], first: Iterable[int], among: Collection[int] | None
    ) -> bool:
        """Narrow axes by clauses with one live pair; False when an axis has no cell left."""
        if not all(cells):
            return False
        clauses = self.zone.clauses
        queue = list(first)
        while queue:
            unit = _only_live(clauses[queue.pop()], cells)
            if unit is None:
                continue
            axis, mask = unit
            if not mask:
                return False
            cells[axis] = mask
            touched = self._occurs[axis]
            queue.extend(touched if among is None else [i for i in touched if i in among])
        return True

    def _live(self, cells: Sequence[int], chosen: Iterable[int]) -> set[Clause]:
        """The clauses not yet met, without the pairs that can no longer meet them."""
        found = set()
        for index in chosen:
            live = []
            for axis, mask in self.zone.clauses[index]:
                shared = mask & cells[axis]
                if shared == cells[axis]:
                    break
                if shared:
                    live.append((axis, shared))
            else:
                found.add(tuple(live))
        return found

    def _split(self, cells: Sequence[int], live: set[Clause]) -> Residue:
        """Free axes and parts."""
        groups = _components(simplify(live))
        joined = {axis for axes, _ in groups for axis in axes}
        free = tuple((axis, mask) for axis, mask in enumerate(cells) if axis not in joined)
        return Residue(free, tuple(self._part(cells, axes, inside) for axes, inside in groups))

    def _part(self, cells: Sequence[int], axes: list[int], clauses: list[Clause]) -> Part:
        masks: dict[int, set[int]] = {axis: set() for axis in axes}
        for clause in clauses:
            for axis, mask in clause:
                masks[axis].add(mask)
        classes = {axis: _classes(cells[axis], masks[axis]) for axis in axes}
        number = {axis: place for place, axis in enumerate(axes)}
        recode = {
            (axis, mask): sum(1 << c for c, like in enumerate(classes[axis]) if like & mask)
            for axis in axes
            for mask in masks[axis]
        }
        own = sorted(tuple((number[a], recode[a, m]) for a, m in clause) for clause in clauses)
        weights = tuple(
            tuple(weight_of(self.zone.weights[axis], like) for like in classes[axis])
            for axis in axes
        )
        return Part(
            ClauseSet(weights, tuple(own)), tuple(axes), tuple(classes[axis] for axis in axes)
        )


def _only_live(clause: Clause, cells: Sequence[int]) -> tuple[int, int] | None:
    """The last live pair of a clause, or None when it is met or has several; mask 0 for none."""
    last = (0, 0)
    for axis, mask in clause:
        shared = mask & cells[axis]
        if not shared:
            continue
        if last[1] or shared == cells[axis]:
            return None
        last = (axis, shared)
    return last


def _classes(allowed: int, masks: Iterable[int]) -> tuple[int, ...]:
    """Parts of the allowed cells that no mask divides, in order of their lowest cell."""
    blocks = [allowed]
    for mask in masks:
        blocks = [piece for block in blocks for piece in (block & mask, block & ~mask) if piece]
    return tuple(sorted(blocks, key=lambda block: block & -block))


def _components(clauses: Iterable[Clause]) -> list[tuple[list[int], list[Clause]]]:
    """Axes and clauses, grouped by what the clauses join."""
    parent: dict[int, int] = {}

    def root(axis: int) -> int:
        while parent[axis] != axis:
            parent[axis] = axis = parent[parent[axis]]
        return axis

    ordered = list(clauses)
    for clause in ordered:
        for axis, _ in clause:
            parent.setdefault(axis, axis)
        top = root(clause[0][0])
        for axis, _ in clause[1:]:
            parent[root(axis)] = top
    groups: dict[int, tuple[list[int], list[Clause]]] = {}
    for axis in sorted(parent):
        groups.setdefault(root(axis), ([], []))[0].append(axis)
    for clause in ordered:
        groups[root(clause[0][0])][1].append(clause)
    return list(groups.values())


def simplify(clauses: set[Clause]) -> set[Clause]:
    """The same packages by fewer clauses: like clauses made one, and what follows dropped.

    Two clauses that differ in one axis only are one clause with the cells both allow.

    >>> sorted(simplify({((0, 3), (1, 1)), ((0, 6), (1, 1))}))
    [((0, 2), (1, 1))]
    """
    merged = _merge(clauses)
    by_axis: dict[int, list[Clause]] = {}
    kept: set[Clause] = set()
    for clause in sorted(merged, key=lambda clause: (len(clause), clause)):
        if not _follows(clause, by_axis):
            kept.add(clause)
            by_axis.setdefault(clause[0][0], []).append(clause)
    return kept


def _follows(clause: Clause, by_axis: dict[int, list[Clause]]) -> bool:
    """Whether a clause follows from one of those kept, filed by their first axis."""
    masks = dict(clause)
    return any(
        all(mask & ~masks.get(axis, 0) == 0 for axis, mask in other)
        for first in masks
        for other in by_axis.get(first, ())
    )


def _merge(clauses: set[Clause]) -> set[Clause]:
    """Intersect clauses that differ in the mask of one axis only, while the masks overlap."""
    current = set(clauses)
    queue = sorted(current)
    index: dict[tuple[object, ...], Clause] = {}
    while queue:
        clause = queue.pop()
        if clause not in current:
            continue
        for place, (axis, mask) in enumerate(clause):
            key = (*clause[:place], axis, *clause[place + 1 :])
            other = index.get(key)
            if other is not None and other != clause and other in current:
                shared = mask & dict(other)[axis]
                if shared:
                    union = (*clause[:place], (axis, shared), *clause[place + 1 :])
                    current -= {clause, other}
                    current.add(union)
                    queue.append(union)
                    break
            index[key] = clause
    return current
