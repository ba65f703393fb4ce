"""The certificate that a list of conflicts is complete: see `factoring`."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Protocol

from goodoffices.analysis.zone.clauses import Clause
from goodoffices.analysis.zone.hitting import TooManyError
from goodoffices.analysis.zone.solving import ZoneSolver

Patch = Mapping[int, int]
"""Axes settled otherwise than in the package that the certificate starts from."""

Owned = tuple[int | None, Clause]
"""A clause with the group that it belongs to; None for a hard clause."""

_MOST_COMBINATIONS = 50_000
"""Choices that factors may have together when they must be certified together."""


@dataclass(frozen=True, slots=True)
class Factor:
    """Conflicts that hang together, and their minimal hitting sets, as groups of the solver."""

    conflicts: tuple[tuple[int, ...], ...]
    ways_out: tuple[tuple[int, ...], ...]


@dataclass
class Bundle:
    """Factors certified together: for each combination of their ways out, a patch.

    ``wanted`` holds assumptions that a choice's package must meet beyond its clauses; ``patched``
    finds the choices that settle an axis otherwise, with the cell.
    """

    factors: tuple[int, ...]
    choices: dict[tuple[int, ...], Patch]
    wanted: dict[tuple[int, ...], list[int]] = field(default_factory=dict)
    patched: dict[int, dict[tuple[int, ...], int]] = field(default_factory=dict)

    def put(self, ways: tuple[int, ...], patch: Patch) -> None:
        """Give a choice its patch, in place of an earlier one."""
        for axis in self.choices.get(ways, {}):
            del self.patched[axis][ways]
        self.choices[ways] = patch
        for axis, cell in patch.items():
            self.patched.setdefault(axis, {})[ways] = cell


class Search(Protocol):
    """What the certificate asks of the search that it serves."""

    solver: ZoneSolver
    clauses: Sequence[Sequence[Clause]]
    hard: Sequence[Clause]
    factors: tuple[Factor, ...]
    packages: dict[frozenset[int], tuple[int, ...]]

    @property
    def stop(self) -> Callable[[], bool]:
        """Asked between questions; when it answers True the attempt ends."""


Clash = tuple[Owned, list[tuple[int, tuple[int, ...]]]]
"""A clause that is not met when these bundles make these choices."""


class Certificate:
    """One attempt to show that the conflicts at hand are all there are."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.solver = search.solver
        self.factors = search.factors
        self.found: list[tuple[int, ...]] = []
        self.base: tuple[int, ...] = ()
        self.bundles: dict[int, Bundle] = {}
        self.queue: deque[Owned] = deque()
        self.owned: list[Owned] = [(None, clause) for clause in search.hard]
        for group, clauses in enumerate(search.clauses):
            self.owned += [(group, clause) for clause in clauses]
        self.touching: dict[int, list[Owned]] = {}
        for owned in self.owned:
            for axis, _ in owned[1]:
                self.touching.setdefault(axis, []).append(owned)
        self.home = {
            group: number
            for number, factor in enumerate(self.factors)
            for conflict in factor.conflicts
            for group in conflict
        }

    def gaps(self) -> Iterator[tuple[int, ...]]:
        """Yield conflicts that were missing; none when the certificate stands.

        Raises:
            TooManyError: factors must be certified together that have too many combinations.
        """
        relaxed = self._relaxed((), ())
        package = self._package(relaxed)
        if package is None:
            yield self.solver.shrink_last()
            return
        self.base = package
        for number, factor in enumerate(self.factors):
            bundle = self.bundles[number] = Bundle((number,), {(0,): {}})
            for way in range(1, len(factor.ways_out)):
                if self.search.stop():
                    return
                yield from self._settle(bundle, (way,))
            if self.found:
                return
        if len(self.factors) > 1:
            self.queue.extend(self.owned)
        while self.queue and not self.found and not self.search.stop():
            clash = self._clash(self.queue[0])
            if clash is None:
                self.queue.popleft()
            elif not self._repair(clash):
                yield from self._merge(sorted(number for number, _ in clash[1]))

    def _relaxed(self, factors: Sequence[int], ways: Sequence[int]) -> frozenset[int]:
        """Return the groups given up: some factors choose, the others take their first way out."""
        chosen = dict(zip(factors, ways, strict=True))
        return frozenset(
            group
            for number, factor in enumerate(self.factors)
            for group in factor.ways_out[chosen.get(number, 0)]
        )

    def _kept(self, relaxed: frozenset[int]) -> list[int]:
        return [group for group in range(len(self.search.clauses)) if group not in relaxed]

    def _package(self, relaxed: frozenset[int]) -> tuple[int, ...] | None:
        """Return a package that meets all but some groups; None when there is none."""
        if relaxed not in self.search.packages:
            if not self.solver.fits(self._kept(relaxed)):
                return None
            self.search.packages[relaxed] = self.solver.cells()
        return self.search.packages[relaxed]

    def _settle(self, bundle: Bundle, ways: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """Find a patch for one combination of a bundle's ways out, or yield the conflict in it."""
        relaxed = self._relaxed(bundle.factors, ways)
        if any(relaxed.isdisjoint(conflict) for conflict in self.found):
            return
        alone = len(self.factors) == 1
        cells = self._package(relaxed) if alone else self._nearby(relaxed, ())
        if cells is None:
            conflict = self.solver.shrink_last()
            self.found.append(conflict)
            yield conflict
        else:
            bundle.put(ways, self._patch(cells))

    def _patch(self, cells: tuple[int, ...]) -> Patch:
        pairs = enumerate(zip(cells, self.base, strict=True))
        return {axis: cell for axis, (cell, was) in pairs if cell != was}

    def _nearby(self, relaxed: frozenset[int], wanted: Sequence[int]) -> tuple[int, ...] | None:
        """Return a package that meets all but some groups and differs little from the base."""
        kept = self._kept(relaxed)
        free = {
            axis
            for group in self._relaxed((), ()) - relaxed
            for clause in self.search.clauses[group]
            if not self._met(clause, {})
            for axis, _ in clause
        }
        while True:
            held = {
                literal: axis
                for axis, cell in enumerate(self.base)
                if axis not in free
                for literal in self.solver.encoding.cell_literals(axis, cell)
            }
            if self.solver.fits(kept, [*wanted, *held]):
                return self.solver.cells()
            freed = {held[literal] for literal in self.solver.core_literals() if literal in held}
            if not freed:
                return None
            free |= freed

    def _met(self, clause: Clause, patch: Patch) -> bool:
        """Whether the base, patched, meets a clause."""
        return any(mask >> patch.get(axis, self.base[axis]) & 1 for axis, mask in clause)

    def _clash(self, owned: Owned) -> Clash | None:
        """Return choices of several bundles under which a clause is not met; None if none are."""
        owner, clause = owned
        axes = [axis for axis, _ in clause]
        patched = {axis for axis in axes for b in self.bundles.values() if b.patched.get(axis)}
        if any(mask >> self.base[axis] & 1 for axis, mask in clause if axis not in patched):
            return None
        effects = []
        for number, bundle in self.bundles.items():
            seen = self._effects(bundle, owner, axes)
            if len(seen) > 1:
                effects.append([(number, ways, effect) for effect, ways in seen.items()])
        if len(effects) < 2:
            return None
        for combination in product(*effects):
            if any(gives_up for _, _, (gives_up, _) in combination):
                continue
            patch: dict[int, int] = {}
            for _, _, (_, cells) in combination:
                patch |= {axis: c for axis, c in zip(axes, cells, strict=True) if c >= 0}
            if not self._met(clause, patch):
                return owned, [(number, ways) for number, ways, _ in combination]
        return None

    def _effects(
        self, bundle: Bundle, owner: int | None, axes: list[int]
    ) -> dict[tuple[bool, tuple[int, ...]], tuple[int, ...]]:
        """Return what a bundle's choices do to a clause, each with the first such choice.

        An effect is whether the clause is given up, and the new cell of each of its axes, -1
        where the choice leaves it as it is.
        """
        mine = owner is not None and self.home.get(owner) in bundle.factors
        touching: Iterable[tuple[int, ...]] = bundle.choices
        if not mine:
            touching = {ways: None for axis in axes for ways in bundle.patched.get(axis, ())}
        effects: dict[tuple[bool, tuple[int, ...]], tuple[int, ...]] = {}
        first = next(iter(bundle.choices))
        for ways in (first, *touching):
            gives_up = mine and owner in self._relaxed(bundle.factors, ways)
            patch = bundle.choices[ways]
            effects.setdefault((gives_up, tuple(patch.get(axis, -1) for axis in axes)), ways)
        return effects

    def _repair(self, clash: Clash) -> bool:
        """Give one of the clashing choices a patch that meets the clause by itself."""
        (_, clause), choices = clash
        for number, ways in choices:
            bundle = self.bundles[number]
            if not any(ways):
                continue  # the first way out of every factor stays at the base
            others = {
                axis for n, w in choices if n != number for axis in self.bundles[n].choices[w]
            }
            own = tuple(pair for pair in clause if pair[0] not in others)
            if not own:
                continue
            wanted = [*bundle.wanted.get(ways, []), self.solver.gate(own)]
            cells = self._nearby(self._relaxed(bundle.factors, ways), wanted)
            if cells is not None:
                bundle.wanted[ways] = wanted
                self._renew(bundle, ways, self._patch(cells))
                return True
        return False

    def _renew(self, bundle: Bundle, ways: tuple[int, ...], patch: Patch) -> None:
        """Replace a patch; what it touched and touches is checked again."""
        axes = {*bundle.choices.get(ways, {}), *patch}
        bundle.put(ways, patch)
        self.queue.extend(
            dict.fromkeys(owned for axis in sorted(axes) for owned in self.touching[axis])
        )

    def _merge(self, numbers: list[int]) -> Iterator[tuple[int, ...]]:
        """Certify bundles together."""
        parts = [self.bundles[number] for number in numbers]
        if prod(len(part.choices) for part in parts) > _MOST_COMBINATIONS:
            raise TooManyError
        merged = Bundle(tuple(factor for part in parts for factor in part.factors), {})
        for combination in product(*(part.choices.items() for part in parts)):
            if self.search.stop():
                return
            ways = tuple(way for choice, _ in combination for way in choice)
            overlay = {axis: cell for _, patch in combination for axis, cell in patch.items()}
            if self._stands(merged, ways, overlay):
                merged.put(ways, overlay)
            else:
                yield from self._settle(merged, ways)
                axes = {*overlay, *merged.choices.get(ways, {})}
                self.queue.extend(owned for axis in sorted(axes) for owned in self.touching[axis])
        for number in numbers[1:]:
            del self.bundles[number]
        self.bundles[numbers[0]] = merged
        # Where bundles settle the same axis the later one counts, and the order has changed.
        others = {a for b in self.bundles.values() if b is not merged for a in b.patched}
        for axis in sorted(others & merged.patched.keys()):
            self.queue.extend(self.touching[axis])
        self.queue = deque(dict.fromkeys(self.queue))

    def _stands(self, bundle: Bundle, ways: tuple[int, ...], overlay: Patch) -> bool:
        """Whether patches laid over each other meet every clause, other bundles at the base."""
        relaxed = self._relaxed(bundle.factors, ways)
        affected = [owned for axis in overlay for owned in self.touching[axis]]
        affected += [
            (group, clause)
            for group in self._relaxed((), ()) - relaxed
            for clause in self.search.clauses[group]
        ]
        return all(owner in relaxed or self._met(clause, overlay) for owner, clause in affected)
