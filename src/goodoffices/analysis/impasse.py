"""Impasse: what the sides are stuck on, and the smallest movements that would free them.

The zone is the set of packages that meet every rule and every position in force. When it is empty
the points of contention are the minimal unsatisfiable subsets of the positions, the ways out their
minimal correction subsets; each kind is the set of minimal hitting sets of the other.

Source: Reiter (1987), Theorem 4.4; Liffiton & Sakallah, "Algorithms for computing minimal
unsatisfiable subsets of constraints", JAR 40 (2008), Definitions 1 to 4. We differ in working on
positions as groups of clauses under fixed rules, in splitting what is independent first, and in
ordering ways out by firmness.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from goodoffices.analysis.impasse_examples import Examples
from goodoffices.analysis.impasse_issues import IssueZones
from goodoffices.analysis.impasse_options import NewOptions
from goodoffices.analysis.impasse_proposals import Proposals
from goodoffices.analysis.impasse_result import (
    Alone,
    Conflict,
    Cost,
    EvenWayOut,
    ImpasseResult,
    Knot,
    Missing,
    NewOption,
    ProposalFinding,
    WayOut,
    Zone,
)
from goodoffices.analysis.zone.cheapest import Ranked
from goodoffices.analysis.zone.counting import Stopped, ZoneCounter
from goodoffices.analysis.zone.search import Limits, Prices, Search, Tangle
from goodoffices.analysis.zone.solving import ZoneSolver
from goodoffices.analysis.zone.system import System
from goodoffices.model import Case

METHOD = (
    "minimal unsatisfiable and correction subsets of the positions in force, "
    "by independent knots; exact counts"
)
_ALTERNATIVES = 10
"""How many ways out are looked at to say what excludes an option of an empty zone."""


def impasse(
    case: Case, *, weights: Mapping[str, int] | None = None, limits: Limits | None = None
) -> ImpasseResult:
    """Say what the sides are stuck on, as of the case's day, and what would free them.

    Args:
        case: the case; `Case.on` gives it as of another day.
        weights: what giving up a position costs, by position id or firmness (whole numbers above
            0); the cheapest way out then has the smallest sum. Without weights red lines count
            above any number of firm positions, firm above any number of open ones.
        limits: how far to search; what they keep out is named in the result's ``missing``.

    Returns:
        Zone, points of contention, knots, ways out, what each party could do alone, the most even
        way out, where each proposal stands, and issues on which a new option is needed.

    Raises:
        CallError: the weights do not fit the case.
        NotFoundError: a weight is for something the case does not hold.

    >>> from goodoffices.model import Case
    >>> case = Case.model_validate({
    ...     "case": "Two roommates",
    ...     "parties": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}},
    ...     "issues": {"window": {"question": "At night?", "options": ["open", "shut"]}},
    ...     "positions": [
    ...         {"id": "a1", "party": "ana", "requires": {"window": "open"}},
    ...         {"id": "b1", "party": "ben", "refuses": {"window": "open"}, "firmness": "open"},
    ...     ],
    ... })
    >>> [way.relax for way in impasse(case).ways_out]
    [('b1',), ('a1',)]
    """
    for found in search_impasse(case, weights=weights, limits=limits):
        if isinstance(found, ImpasseResult):
            return found
    raise AssertionError("the search ends with its result")


@dataclass(frozen=True, slots=True)
class CheapestWayOut:
    """A way out than which none costs less, as `search_impasse` yields it early.

    Attributes:
        relax: ids of the positions to give up, in the order of the case.
        cost: what giving them up costs.
    """

    relax: tuple[str, ...]
    cost: Cost


def search_impasse(
    case: Case, *, weights: Mapping[str, int] | None = None, limits: Limits | None = None
) -> Iterator[tuple[str, ...] | CheapestWayOut | ImpasseResult]:
    """Yield each point of contention as soon as it is found, and the whole result at the end.

    A point of contention is yielded as the ids of its positions, in the order of the case. The
    first one comes at once; then, where there is a way out, one that costs least; then the rest.
    """
    system = System.of(case)
    prices = Prices.of(system.positions, weights)
    search = Search(system, prices, limits or Limits())
    with system.solver() as solver:
        for found in search.run(solver):
            ids = system.ids(found.positions)
            if found.kind == "conflict":
                yield ids
            else:
                yield CheapestWayOut(ids, prices.cost(found.positions))
        yield _Report(case, system, search, solver, weights).result()


@dataclass
class _Report:
    """Turns what a search found into a result."""

    case: Case
    system: System
    search: Search
    solver: ZoneSolver
    weights: Mapping[str, int] | None
    missing: list[Missing] = field(default_factory=list)

    def result(self) -> ImpasseResult:
        """Return the whole result."""
        conflicts, knots = self._conflicts()
        ways = self.search.ways_out()
        zone, found = self._zone([way for _, way in ways])
        cheapest = [way for cost, way in ways if cost == ways[0][0]]
        total = self.search.ways_total
        return ImpasseResult(
            case=self.case.case,
            as_of=str(self.case.as_of) if self.case.as_of else None,
            zone=zone,
            conflicts=conflicts,
            conflicts_complete=self.search.complete and self._all_listed(conflicts),
            knots=knots,
            ways_out=tuple(found),
            ways_out_complete=total == len(ways),
            ways_out_total=total,
            alone=self._alone(),
            most_even=self._most_even(),
            proposals=self._proposals(
                cheapest if self.search.tangles else [()],
                all_targets=len(cheapest) < len(ways) or total == len(ways),
            ),
            new_options=self._new_options(zone),
            missing=self._missing(conflicts, ways),
            method=METHOD,
            parameters={
                "max": self.search.limits.most,
                "weights": None if self.weights is None else dict(sorted(self.weights.items())),
            },
            positions=tuple(position.id for position in self.system.positions),
            numeric=frozenset(n for n, issue in self.case.issues.items() if issue.numeric),
        )

    def _stop(self) -> bool:
        return self.search.limits.spent() >= 1

    def _conflicts(self) -> tuple[tuple[Conflict, ...], tuple[Knot, ...]]:
        conflicts: list[Conflict] = []
        knots: list[Knot] = []
        for number, tangle in enumerate(self.search.tangles, start=1):
            knot = f"k{number}"
            listed = [
                Conflict(
                    id=f"c{len(conflicts) + place}",
                    positions=self.system.ids(numbers),
                    parties=self.system.parties(numbers),
                    issues=self._issues(numbers),
                    knot=knot,
                )
                for place, numbers in enumerate(tangle.conflicts, start=1)
            ]
            conflicts += listed
            knots.append(self._knot(knot, tangle, tuple(conflict.id for conflict in listed)))
        return tuple(conflicts[: self.search.limits.most]), tuple(knots)

    def _knot(self, id: str, tangle: Tangle, conflicts: tuple[str, ...]) -> Knot:
        numbers = tangle.positions
        return Knot(
            id=id,
            conflicts=conflicts,
            positions=self.system.ids(numbers),
            parties=self.system.parties(numbers),
            issues=self._issues(numbers),
            ways_out=len(tangle.ways_out) if tangle.complete else None,
        )

    def _issues(self, numbers: Sequence[int]) -> tuple[str, ...]:
        named = frozenset().union(*(self.system.positions[n].issues for n in numbers))
        return tuple(name for name in self.case.issues if name in named)

    def _all_listed(self, conflicts: Sequence[Conflict]) -> bool:
        return len(conflicts) == sum(len(tangle.conflicts) for tangle in self.search.tangles)

    def _zone(self, ways: Sequence[tuple[int, ...]]) -> tuple[Zone, list[WayOut]]:
        """Return the zone, and the ways out with what each opens."""
        everybody = range(len(self.system.positions))
        counter = ZoneCounter(self.system.clause_set)
        kept = [[n for n in everybody if n not in way] for way in map(frozenset, ways)]
        zones = IssueZones(self.system, self.solver, kept[:_ALTERNATIVES]).all()
        empty = bool(self.search.tangles)
        examples = Examples(self.system, self.solver, counter, self._stop)
        found = [
            WayOut(
                relax=self.system.ids(way),
                parties=self.system.parties(way),
                cost=self.search.prices.cost(way),
                packages=self._count(counter, left),
                example=examples.package(left, way),
            )
            for way, left in zip(ways, kept, strict=True)
        ]
        packages = 0 if empty else self._count(counter, everybody)
        example = None if empty else examples.package(everybody)
        return Zone(empty, packages, self.system.space.size, zones, example), found

    def _count(self, counter: ZoneCounter, positions: Sequence[int]) -> int | None:
        """Return how many packages meet some positions; None when a limit stopped the count."""
        try:
            if not self._stop():
                return counter.count(self.system.active(positions), stop=self._stop)
        except Stopped:
            pass
        self._note_missing("packages", "seconds")
        return None

    def _alone(self) -> dict[str, Alone | None]:
        alone: dict[str, Alone | None] = {}
        for party in sorted(self.case.parties):
            way = self.search.alone(party)
            if way is None:
                alone[party] = None
            else:
                alone[party] = Alone(self.system.ids(way), self.search.prices.cost(way))
        return alone

    def _most_even(self) -> EvenWayOut | None:
        way = self.search.most_even()
        if way is None:
            if self.search.tangles and not self.search.complete:
                self._note_missing("most_even", "search")
            return None
        holders = self.system.positions
        burden = {
            party: self.search.prices.cost([n for n in way if holders[n].party == party])
            for party in sorted(self.case.parties)
        }
        return EvenWayOut(self.system.ids(way), self.search.prices.cost(way), burden)

    def _proposals(
        self, targets: Sequence[tuple[int, ...]], *, all_targets: bool
    ) -> dict[str, ProposalFinding]:
        most = self.search.limits.most
        proposals = Proposals(self.system, self.solver, targets, most, self._stop)
        findings: dict[str, ProposalFinding] = {}
        for proposal in self.case.proposals_made:
            finding = proposals.finding(proposal)
            if proposals.stopped:
                self._note_missing("amendments", "seconds")
            elif not (finding.amendments_complete and all_targets):
                self._note_missing("amendments", "max")
            whole = finding.amendments_complete and all_targets
            findings[proposal.id] = replace(finding, amendments_complete=whole)
        return findings

    def _new_options(self, zone: Zone) -> tuple[NewOption, ...]:
        if not self.search.complete:  # further points of contention may name further issues
            self._note_missing("new_options", "search")
        stuck = {
            name
            for tangle in self.search.tangles
            for number in tangle.positions
            for name in self.system.positions[number].issues
        }
        return NewOptions(self.case, self.system, self.solver, zone.issues).all(stuck)

    def _missing(
        self, conflicts: Sequence[Conflict], ways: Sequence[Ranked]
    ) -> tuple[Missing, ...]:
        limit = "search" if not self.search.complete else "max"
        if not (self.search.complete and self._all_listed(conflicts)):
            self._note_missing("conflicts", limit)
        if self.search.ways_total != len(ways):
            self._note_missing("ways_out", limit)
        return tuple(self.missing)

    def _note_missing(self, what: str, limit: str) -> None:
        if Missing(what, limit) not in self.missing:
            self.missing.append(Missing(what, limit))
