"""Where each proposal stands, and the fewest terms to change to bring it into a zone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

from goodoffices.analysis.impasse_result import Amendment, ProposalFinding
from goodoffices.analysis.zone.cheapest import cheapest_first
from goodoffices.analysis.zone.solving import ZoneSolver
from goodoffices.analysis.zone.space import Axis
from goodoffices.analysis.zone.system import System
from goodoffices.model import Issue, Proposal

Choice = tuple[tuple[int, int], ...]
"""``(axis, cell)`` of each changed term, by axis."""


@dataclass
class Proposals:
    """Looks at proposals.

    Attributes:
        system: the compiled case.
        solver: a solver of the whole case.
        targets: the zones to bring a proposal into, each as the positions given up for it.
        most: how many amendments are listed for a proposal.
        stop: asked on the way; when it answers True no more amendments are looked for.
        stopped: whether it did.
    """

    system: System
    solver: ZoneSolver
    targets: Sequence[tuple[int, ...]]
    most: int
    stop: Callable[[], bool]
    stopped: bool = False

    def finding(self, proposal: Proposal) -> ProposalFinding:
        """Return where a proposal stands."""
        terms = {
            self.system.space.numbers[name]: self._index(name, option)
            for name, option in proposal.terms.items()
        }
        held = [
            literal
            for number, index in terms.items()
            for literal in self.solver.encoding.cell_literals(number, self._cell(number, index))
        ]
        everybody = range(len(self.system.positions))
        broken_rules = tuple(
            rule.id
            for number, rule in enumerate(self.system.rules)
            if not self.solver.fits_rule(number, held)
        )
        listed = list(islice(self._amendments(terms), self.most + 1))
        return ProposalFinding(
            breaks=self._breaks(held),
            rules_broken=broken_rules,
            acceptable=self.solver.fits(everybody, held),
            amendments=tuple(listed[: self.most]),
            amendments_complete=len(listed) <= self.most and not self.stopped,
        )

    def _index(self, name: str, option: str) -> int:
        index = self.system.space.issues[name].index(option)
        if index is None:
            raise ValueError(f"issue {name} has no option {option}")
        return index

    def _cell(self, number: int, index: int) -> int:
        return self.system.space.axes[number].cell_of(index)

    def _breaks(self, held: Sequence[int]) -> dict[str, tuple[str, ...]]:
        """Return, by party, the positions that no package with these terms meets.

        Where the terms leave room within the rules, a package means one that meets the rules.
        """
        within = self.solver.fits((), held)
        breaks: dict[str, list[str]] = {}
        for number, position in enumerate(self.system.positions):
            fits = (
                self.solver.fits([number], held) if within else self.solver.fits_group(number, held)
            )
            if not fits:
                breaks.setdefault(position.party, []).append(position.id)
        return {party: tuple(breaks[party]) for party in sorted(breaks)}

    def _amendments(self, terms: Mapping[int, int]) -> Iterator[Amendment]:
        for target in self.targets:
            kept = frozenset(range(len(self.system.positions))) - frozenset(target)
            with _TermSolver(self.system, terms, kept, most=self.most, stop=self.stop) as found:
                for change, package in found.smallest():
                    if change or target:  # in the zone itself nothing is left to amend
                        yield Amendment(change, self.system.ids(target), package)
                self.stopped |= found.stopped


class _TermSolver:
    """The zone of one target, with a switch for each term of one proposal."""

    def __init__(
        self,
        system: System,
        terms: Mapping[int, int],
        kept: frozenset[int],
        *,
        most: int,
        stop: Callable[[], bool],
    ) -> None:
        self.system = system
        self.terms = terms
        self.most = most
        self.stop = stop
        self.stopped = False
        self.axes = sorted(terms)
        space = system.space
        cells = {axis: space.axes[axis].cell_of(index) for axis, index in terms.items()}
        groups = [
            [((axis, 1 << cells[axis]),)] if len(space.axes[axis].cells) > 1 else []
            for axis in self.axes
        ]
        hard = [*system.hard, *(clause for n in sorted(kept) for clause in system.clauses_of[n])]
        known = len(space.axes)
        flags = [n < known and space.axes[n].ordered for n in range(len(system.weights))]
        self.solver = ZoneSolver(system.weights, flags, hard, groups)

    def __enter__(self) -> _TermSolver:
        return self

    def __exit__(self, *_: object) -> None:
        self.solver.__exit__(None, None, None)

    def smallest(self) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
        """Yield changes with a whole package, for every smallest set of terms to change."""
        size: int | None = None
        for groups in cheapest_first(self.solver, [1] * len(self.axes)):
            if self.stopped or (size is not None and len(groups) > size):
                return
            size = len(groups)
            yield from self._changes(groups)

    def _changes(self, groups: tuple[int, ...]) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
        """Yield every way to settle the changed terms otherwise, numbers moving least."""
        kept = [group for group in range(len(self.axes)) if group not in groups]
        changed = [self.axes[group] for group in groups]
        found: dict[tuple[int, ...], tuple[int, ...]] = {}
        block: list[int] = []
        # Which numbers move least is only known when all were seen.
        whole = any(self.system.space.axes[axis].ordered for axis in changed)
        while (whole or len(found) <= self.most) and self.solver.fits(kept, block):
            self.stopped = self.stop()
            if self.stopped:
                return
            cells = self.solver.cells()
            chosen = tuple(cells[axis] for axis in changed)
            found[chosen] = cells
            block.append(self._other_than(changed, chosen))
        axes = [self.system.space.axes[axis] for axis in changed]
        own = [axis.cell_of(self.terms[number]) for axis, number in zip(axes, changed, strict=True)]
        for chosen in sorted(found):
            if not any(_nearer(axes, own, chosen, other) for other in found):
                yield from self._spelled(changed, chosen, found[chosen])

    def _other_than(self, axes: Sequence[int], cells: Sequence[int]) -> int:
        """Return an assumption that some of these axes has another cell."""
        weights = self.system.weights
        rest = [
            (axis, ((1 << len(weights[axis])) - 1) & ~(1 << cell))
            for axis, cell in zip(axes, cells, strict=True)
        ]
        return self.solver.gate(tuple(rest))

    def _spelled(
        self, changed: Sequence[int], chosen: Sequence[int], cells: Sequence[int]
    ) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
        space = self.system.space
        package = space.package(cells[: len(space.axes)])
        for number, index in self.terms.items():
            package[space.axes[number].name] = self._issue(number).option(index)
        options = [
            self._options(number, cell) for number, cell in zip(changed, chosen, strict=True)
        ]
        for combination in product(*options):
            names = [space.axes[number].name for number in changed]
            change = dict(zip(names, combination, strict=True))
            yield change, {**package, **change}

    def _issue(self, number: int) -> Issue:
        space = self.system.space
        return space.issues[space.axes[number].name]

    def _options(self, number: int, cell: int) -> list[str]:
        """Return the options of a cell; of a band only the one nearest to the proposal's own."""
        axis, issue = self.system.space.axes[number], self._issue(number)
        if not axis.ordered:
            return [issue.option(index) for index in axis.indexes(cell)]
        (low, high) = axis.cells[cell][0]
        return [issue.option(low if low > self.terms[number] else high - 1)]


def _nearer(
    axes: Sequence[Axis], own: Sequence[int], chosen: Sequence[int], other: Sequence[int]
) -> bool:
    """Whether another change is the same but for one number, which it moves less, the same way."""
    differ = [n for n in range(len(axes)) if chosen[n] != other[n]]
    if len(differ) != 1 or not axes[differ[0]].ordered:
        return False
    start, here, there = own[differ[0]], chosen[differ[0]], other[differ[0]]
    return start < there < here or here < there < start
