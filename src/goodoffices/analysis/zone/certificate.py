"""The certificate that a list of conflicts is complete: see `factoring`."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import product
from math import prod
from operator import or_
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


@dataclass
class Memory:
    """What one attempt at a certificate leaves for the next.

    Attributes:
        packages: for groups given up, a package that meets the rest.
        base: the package that the certificate starts from.
        first: the ways out that it takes there.
        patches: for groups given up, a patch of the base.
    """

    packages: dict[frozenset[int], tuple[int, ...]] = field(default_factory=dict)
    base: tuple[int, ...] = ()
    first: frozenset[tuple[int, ...]] = frozenset()
    patches: dict[frozenset[int], Patch] = field(default_factory=dict)

    def start(self, base: tuple[int, ...], first: Iterable[tuple[int, ...]]) -> None:
        """Start from a package; patches of another one are forgotten."""
        if base != self.base:
            self.patches.clear()
        self.base, self.first = base, frozenset(first)

    def reordered(self, factor: Factor) -> Factor:
        """Return a factor with the way out first that was taken before, if it is still one."""
        ways = sorted(factor.ways_out, key=lambda way: way not in self.first)
        return Factor(factor.conflicts, tuple(ways))


class Search(Protocol):
    """What the certificate asks of the search that it serves."""

    solver: ZoneSolver
    clauses: Sequence[Sequence[Clause]]
    hard: Sequence[Clause]
    factors: tuple[Factor, ...]
    memory: Memory

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
        self.memory = search.memory
        self.factors = tuple(map(self.memory.reordered, search.factors))
        self.given = frozenset(group for f in self.factors for group in f.ways_out[0])
        self.found: list[tuple[int, ...]] = []
        self.base: tuple[int, ...] = ()
        self.held: list[list[int]] = []
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
        self.memory.start(package, (factor.ways_out[0] for factor in self.factors))
        literals = self.solver.encoding.cell_literals
        self.held = [literals(axis, cell) for axis, cell in enumerate(package)]
        # Small factors first: when they have a gap, the large ones need not be looked at yet.
        for number in sorted(range(len(self.factors)), key=lambda n: len(self.factors[n].ways_out)):
            bundle = self.bundles[number] = Bundle((number,), {(0,): {}})
            for way in range(1, len(self.factors[number].ways_out)):
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
        given = self.given
        for number, way in zip(factors, ways, strict=True):
            if way:
                first, *_ = listed = self.factors[number].ways_out
                given = given.difference(first).union(listed[way])
        return given

    def _kept(self, relaxed: frozenset[int]) -> list[int]:
        return [group for group in range(len(self.search.clauses)) if group not in relaxed]

    def _package(self, relaxed: frozenset[int]) -> tuple[int, ...] | None:
        """Return a package that meets all but some groups; None when there is none."""
        if relaxed not in self.memory.packages:
            if not self.solver.fits(self._kept(relaxed)):
                return None
            self.memory.packages[relaxed] = self.solver.cells()
        return self.memory.packages[relaxed]

    def _settle(self, bundle: Bundle, ways: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """Find a patch for one combination of a bundle's ways out, or yield the conflict in it."""
        relaxed = self._relaxed(bundle.factors, ways)
        if any(relaxed.isdisjoint(conflict) for conflict in self.found):
            return
        patch = self._alone(relaxed) if len(self.factors) == 1 else self._nearby(relaxed, ())
        if patch is None:
            conflict = self.solver.shrink_last()
            self.found.append(conflict)
            yield conflict
        else:
            bundle.put(ways, patch)

    def _alone(self, relaxed: frozenset[int]) -> Patch | None:
        """Return any patch under which all but some groups are met; None when there is none."""
        cells = self._package(relaxed)
        if cells is None:
            return None
        pairs = enumerate(zip(cells, self.base, strict=True))
        return {axis: cell for axis, (cell, was) in pairs if cell != was}

    def _nearby(self, relaxed: frozenset[int], wanted: Sequence[int]) -> Patch | None:
        """Return a small patch under which all but some groups are met; None when there is none."""
        if not wanted and relaxed in self.memory.patches:
            return self.memory.patches[relaxed]
        free = {
            axis
            for group in self._relaxed((), ()) - relaxed
            for clause in self.search.clauses[group]
            if not self._met(clause, {})
            for axis, _ in clause
        }
        switches = [s for group, s in enumerate(self.solver.switches) if group not in relaxed]
        asked = [*switches, *wanted]
        held = {
            literal: axis
            for axis, literals in enumerate(self.held)
            if axis not in free
            for literal in literals
        }
        while not self.solver.fits((), [*asked, *held]):
            freed = {held[literal] for literal in self.solver.core_literals() if literal in held}
            if not freed:
                return None
            free |= freed
            for axis in freed:
                for literal in self.held[axis]:
                    del held[literal]
        cells = self.solver.cells_of(free)
        patch = {axis: cell for axis, cell in cells.items() if cell != self.base[axis]}
        if not wanted:
            self.memory.patches[relaxed] = patch
        return patch

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
        effects = {}
        for number, bundle in self.bundles.items():
            seen = self._effects(bundle, owner, axes)
            if all(gives_up for gives_up, _ in seen):
                return None
            if len(seen) > 1:
                effects[number] = [
                    (None if place == 0 else ways, *_bits(clause, cells))
                    for place, ((gives_up, cells), ways) in enumerate(seen.items())
                    if not gives_up
                ]
        choices = _unmet(self._bits_met(clause), effects)
        return None if choices is None else (owned, choices)

    def _bits_met(self, clause: Clause) -> int:
        """Return which axes of a clause meet it in the base."""
        return _bits(clause, [self.base[axis] for axis, _ in clause])[1]

    def _effects(
        self, bundle: Bundle, owner: int | None, axes: list[int]
    ) -> dict[tuple[bool, tuple[int, ...]], tuple[int, ...]]:
        """Return what a bundle's choices do to a clause, each with the first such choice.

        An effect is whether the clause is given up, and the new cell of each of its axes, -1
        where the choice leaves it as it is. The effect of the first way out comes first.
        """
        home = -1 if owner is None else self.home.get(owner, -1)
        touching: Iterable[tuple[int, ...]] = bundle.choices
        giving: Collection[int] = ()
        place = 0
        if home in bundle.factors:
            place = bundle.factors.index(home)
            ways_out = self.factors[home].ways_out
            giving = {number for number, way in enumerate(ways_out) if owner in way}
        else:
            touching = {ways: None for axis in axes for ways in bundle.patched.get(axis, ())}
        effects: dict[tuple[bool, tuple[int, ...]], tuple[int, ...]] = {}
        first = next(iter(bundle.choices))
        for ways in (first, *touching):
            patch = bundle.choices[ways]
            effects.setdefault(
                (ways[place] in giving, tuple(patch.get(axis, -1) for axis in axes)), ways
            )
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
            patch = self._nearby(self._relaxed(bundle.factors, ways), wanted)
            if patch is not None:
                bundle.wanted[ways] = wanted
                self._renew(bundle, ways, patch)
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


Effect = tuple[tuple[int, ...] | None, int, int]
"""A choice, None for the one that the base has, with the axes it settles and those it meets."""


def _bits(clause: Clause, cells: Sequence[int]) -> tuple[int, int]:
    """Return which axes of a clause are settled by cells (-1 is none), and which meet it so."""
    settled = met = 0
    for place, ((_, mask), cell) in enumerate(zip(clause, cells, strict=True)):
        if cell >= 0:
            settled |= 1 << place
            met |= (mask >> cell & 1) << place
    return settled, met


def _unmet(
    start: int, effects: dict[int, list[Effect]]
) -> list[tuple[int, tuple[int, ...]]] | None:
    """Return choices of bundles after which no axis meets a clause, fewest first; None if none.

    Bundles are taken one by one, later ones over earlier ones, and what matters of the earlier ones
    is which axes meet the clause now. An axis that no later bundle settles has to be without.

    Args:
        start: the axes that meet the clause in the base.
        effects: for each bundle, what it can do.
    """
    coming = [0]
    for choices in reversed(effects.values()):
        coming.append(reduce(or_, (settled for _, settled, _ in choices), coming[-1]))
    states: dict[int, list[tuple[int, tuple[int, ...]]]] = {start: []}
    for later, (number, choices) in zip(coming[-2::-1], effects.items(), strict=True):
        reached: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
        for state, taken in states.items():
            for ways, settled, met in choices:
                after = state & ~settled | met
                path = taken if ways is None else [*taken, (number, ways)]
                if not after & ~later and (after not in reached or len(path) < len(reached[after])):
                    reached[after] = path
        states = reached
    return states.get(0)
