"""Movement: how far apart the sides were on each day, and who moved, which way, in answer to what.

The distance on a day is what the cheapest way out costs: red lines before firm positions before
open ones. A move is a change of one party's positions; it is judged by the packages that the party
accepts with and without it, and by what it does to the distance, all else as it stands that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from goodoffices.analysis.movement_record import Chronicle, acts_on, days_of_change, silences
from goodoffices.analysis.movement_result import (
    Bearing,
    CheapestWay,
    Day,
    Direction,
    Move,
    MovementResult,
    Trend,
)
from goodoffices.analysis.zone.acceptance import Acceptance, Acceptances
from goodoffices.analysis.zone.costs import Alone, Cost, Missing, Terms
from goodoffices.analysis.zone.search import Limits, Prices, Search
from goodoffices.analysis.zone.system import System
from goodoffices.errors import CallError
from goodoffices.model import FIRMNESSES, Case, PartialDate, Position

METHOD = (
    "cheapest ways out of the positions in force, day by day; "
    "moves by exact implication between the packages accepted with and without them"
)
STALE_DAYS = 90
"""Days without a word after which a position is called stale: a quarter, in which most missions
and mediators report at least once, so that one whole report has passed without it."""


def movement(
    case: Case,
    *,
    since: date | None = None,
    until: date | None = None,
    stale_days: int = STALE_DAYS,
    limits: Limits | None = None,
) -> MovementResult:
    """Replay the record and say how the distance between the sides changed, and who moved.

    Args:
        case: the case; nothing dated after its day is told.
        since: the first day told; all from the first change of the record without it.
        until: the last day told; without it the case's day, or the last change of the record.
        stale_days: a position of which nothing was heard for more days than this is stale.
        limits: how far to search on each day; what they keep out is named in ``missing``. The
            distance is always exact.

    Returns:
        Distance, points of contention, cheapest ways out, what each party could do alone, moves
        and stale positions, for each day on which the record changes.

    Raises:
        CallError: ``stale_days`` is below 1, or ``until`` is before ``since``.

    >>> case = Case.model_validate({
    ...     "case": "Two roommates",
    ...     "parties": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}},
    ...     "issues": {"window": {"question": "At night?", "options": ["open", "ajar", "shut"]}},
    ...     "positions": [
    ...         {"id": "a1", "party": "ana", "requires": {"window": "open"}, "until": "2025-02-03"},
    ...         {"id": "a2", "party": "ana", "refuses": {"window": "shut"}, "since": "2025-02-03"},
    ...         {"id": "b1", "party": "ben", "refuses": {"window": "open"}},
    ...     ],
    ... })
    >>> [(day, move.acceptance, move.direction) for day, move in movement(case).moves]
    [('2025-02-03', 'wider', 'towards')]
    """
    if stale_days < 1:
        raise CallError("stale_days", expected="a number of days from 1", found=str(stale_days))
    if since is not None and until is not None and until < since:
        expected = f"a day not before {since.isoformat()}"
        raise CallError("until", expected=expected, found=until.isoformat())
    last = min((day for day in (until, case.day) if day is not None), default=None)
    replay = _Replay(case, days_of_change(case, since, last), stale_days, limits or Limits())
    with replay.system.solver() as solver:
        replay.acceptances = Acceptances(replay.system, solver)
        return replay.result(since, last)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What one set of positions is stuck on."""

    distance: Cost | None
    conflicts: tuple[tuple[str, ...], ...]
    ways_out: tuple[tuple[str, ...], ...]
    alone: dict[str, Alone | None]
    complete: bool


class _Replay:
    """Replays a record; whatever rests on the same positions is worked out once."""

    acceptances: Acceptances

    def __init__(
        self, case: Case, dates: Mapping[date, PartialDate], stale_days: int, limits: Limits
    ) -> None:
        self.case = case
        self.dates = dates
        self.days = list(dates)
        self.stale_days = stale_days
        self.limits = limits
        # One system over every position there ever was: a day is a choice among its groups.
        always = tuple(p.model_copy(update={"since": None, "until": None}) for p in case.positions)
        self.system = System.of(case.model_copy(update={"positions": always, "as_of": None}))
        self.numbers = {position.id: n for n, position in enumerate(self.system.positions)}
        self.chronicle = Chronicle(case)
        self._standings: dict[frozenset[int], _Standing] = {}
        self._distances: dict[frozenset[int], Cost | None] = {}
        self._moves = 0

    def result(self, since: date | None, last: date | None) -> MovementResult:
        """Return the whole result."""
        case = self.case
        before = self._held_before(self.days[0]) if self.days else case.in_force
        told = tuple(self._told(before))
        end = last or (self.days[-1] if self.days else None)
        at_end = [] if end is None else [p for p in case.positions if p.in_force(end)]
        silent = () if end is None else tuple(silences(case, at_end, end, self.stale_days))
        incomplete = any(not day.complete for day in told)
        return MovementResult(
            case=case.case,
            as_of=str(case.as_of) if case.as_of else None,
            since=None if since is None else since.isoformat(),
            until=None if end is None else end.isoformat(),
            before=self._distance(self._numbers(before)),
            days=told,
            silences=silent,
            confidential=self._confidential(told, [*before, *at_end]),
            missing=(Missing("conflicts", self._limit()),) if incomplete else (),
            method=METHOD,
            parameters={"max": self.limits.most, "stale_days": self.stale_days},
            numeric=frozenset(n for n, issue in case.issues.items() if issue.numeric),
        )

    def _limit(self) -> str:
        return "search" if self.limits.spent() >= 1 else "max"

    def _held_before(self, day: date) -> tuple[Position, ...]:
        """Return the positions in force on the eve of a day."""
        if day == date.min:
            return ()
        eve = day - timedelta(days=1)
        return tuple(position for position in self.case.positions if position.in_force(eve))

    def _told(self, before: Sequence[Position]) -> Iterator[Day]:
        previous = self._distance(self._numbers(before))
        for day in self.days:
            held = [position for position in self.case.positions if position.in_force(day)]
            made = self._day(day, self._held_before(day), held, previous)
            previous = made.distance
            yield made

    def _day(
        self, day: date, before: Sequence[Position], held: Sequence[Position], was: Cost | None
    ) -> Day:
        standing = self._standing(self._numbers(held))
        acts = tuple(acts_on(self.case, day))
        moves = tuple(self._moves_of(day, before, held))
        return Day(
            day=day.isoformat(),
            dated=str(self.dates[day]),
            acts=acts,
            moves=moves,
            distance=standing.distance,
            trend=_trend(was, standing.distance),
            conflicts=standing.conflicts,
            ways_out=tuple(self._cheapest(way) for way in standing.ways_out),
            alone=standing.alone,
            stale=tuple(s.position for s in silences(self.case, held, day, self.stale_days)),
            confidential=any(p.status == "confidential" for p in (*held, *before))
            or any(act.confidential for act in acts)
            or any(move.confidential for move in moves),
            complete=standing.complete,
        )

    @staticmethod
    def _confidential(days: Iterable[Day], held: Iterable[Position]) -> bool:
        return any(day.confidential for day in days) or any(
            position.status == "confidential" for position in held
        )

    # --- How things stand ---------------------------------------------------------------------

    def _numbers(self, positions: Iterable[Position]) -> frozenset[int]:
        return frozenset(self.numbers[p.id] for p in positions if p.id in self.numbers)

    def _part(self, numbers: frozenset[int]) -> System:
        """Return the system of some positions only."""
        chosen = sorted(numbers)
        return replace(
            self.system,
            positions=tuple(self.system.positions[n] for n in chosen),
            clauses_of=tuple(self.system.clauses_of[n] for n in chosen),
        )

    def _standing(self, numbers: frozenset[int]) -> _Standing:
        if numbers not in self._standings:
            self._standings[numbers] = self._search(self._part(numbers))
            self._distances[numbers] = self._standings[numbers].distance
        return self._standings[numbers]

    def _search(self, system: System) -> _Standing:
        prices = Prices.of(system.positions, None)
        search = Search(system, prices, self.limits)
        with system.solver() as solver:
            found = [found for found in search.run(solver) if found.kind == "conflict"]
        conflicts = sorted({conflict.positions for conflict in found})
        ways = search.ways_out()
        least = [way for cost, way in ways if cost == ways[0][0]]
        listed = len(least) < len(ways) or search.ways_total == len(ways)
        return _Standing(
            distance=_least_cost(prices, least, stuck=bool(search.tangles)),
            conflicts=tuple(system.ids(numbers) for numbers in conflicts[: self.limits.most]),
            ways_out=tuple(system.ids(way) for way in least),
            alone={party: self._alone(search, party) for party in self.case.parties},
            complete=search.complete and listed and len(conflicts) <= self.limits.most,
        )

    @staticmethod
    def _alone(search: Search, party: str) -> Alone | None:
        way = search.alone(party)
        if way is None:
            return None
        return Alone(search.system.ids(way), search.prices.cost(way))

    def _cheapest(self, way: Sequence[str]) -> CheapestWay:
        positions = self.system.positions
        given = [self.numbers[id] for id in way]
        prices = Prices.of(positions, None)
        burden = {
            party: prices.cost([n for n in given if positions[n].party == party])
            for party in self.case.parties
        }
        return CheapestWay(tuple(way), burden)

    def _distance(self, numbers: frozenset[int]) -> Cost | None:
        """Return what the cheapest way out of some positions costs; None without a way out."""
        if numbers not in self._distances:
            self._distances[numbers] = self._least(numbers)
        return self._distances[numbers]

    def _least(self, numbers: frozenset[int]) -> Cost | None:
        if self.acceptances.fits(sorted(numbers)):
            return Cost()
        system = self._part(numbers)
        prices = Prices.of(system.positions, None)
        with system.solver() as solver:
            found = Search(system, prices, self.limits).run(solver)
            ways = (found.positions for found in found if found.kind == "way-out")
            way = next(ways, None)
        return None if way is None else prices.cost(way)

    # --- Moves --------------------------------------------------------------------------------

    def _moves_of(
        self, day: date, before: Sequence[Position], held: Sequence[Position]
    ) -> Iterator[Move]:
        """Yield the changes of positions on a day, by party and by issues that hang together."""
        stays = {position.id for position in before} & {position.id for position in held}
        for party in self.case.parties:
            changed = [
                position
                for position in self.case.positions
                if position.party == party and position.id not in stays
                if position in before or position in held
            ]
            for group in _joined(changed):
                yield self._move(day, party, group, held)

    def _move(
        self, day: date, party: str, group: Sequence[Position], held: Sequence[Position]
    ) -> Move:
        begun = [position for position in group if position in held]
        ended = [position for position in group if position not in held]
        named = frozenset().union(*(position.issues for position in group))
        issues = tuple(name for name in self.case.issues if name in named)
        now = self._numbers(held)
        without = now - self._numbers(begun) | self._numbers(ended)
        own = [n for n, p in enumerate(self.system.positions) if p.party == party]
        seen = self.acceptances.compare(without.intersection(own), now.intersection(own))
        answered = self.chronicle.answers_to(party, day, begun, ended)
        self._moves += 1
        return Move(
            id=f"m{self._moves}",
            party=party,
            issues=issues,
            begun=tuple(position.id for position in begun),
            ended=tuple(position.id for position in ended),
            first=self._is_first(party, day, named),
            acceptance=seen.acceptance,
            gained=_on(issues, seen.gained),
            lost=_on(issues, seen.lost),
            firmness_before=_hardest(ended),
            firmness_after=_hardest(begun),
            direction=self._direction(without, now)[0],
            without=self._distance(without),
            bearings=tuple(self._bearings(party, without, now)),
            answers_to=answered,
            confidential=any(p.status == "confidential" for p in group)
            or any(item.confidential for item in answered),
        )

    def _is_first(self, party: str, day: date, issues: frozenset[str]) -> bool:
        return not any(
            position.party == party and not issues.isdisjoint(position.issues)
            for position in self.case.positions
            if position.since is None or position.since.first < day
        )

    def _bearings(
        self, party: str, without: frozenset[int], now: frozenset[int]
    ) -> Iterator[Bearing]:
        """Yield where a move takes a party as seen from each other with a position."""
        positions = self.system.positions
        own = frozenset(n for n, p in enumerate(positions) if p.party == party)
        for other in self.case.parties:
            theirs = frozenset(n for n in now if positions[n].party == other)
            if other != party and theirs:
                pair = (without & own | theirs, now & own | theirs)
                direction, common = self._direction(*pair)
                before, after = (self._distance(numbers) for numbers in pair)
                yield Bearing(other, direction, before, after, common)

    def _direction(
        self, before: frozenset[int], after: frozenset[int]
    ) -> tuple[Direction, Acceptance]:
        """Say what a change does to a distance, and where that stays, to what is in common."""
        common = self.acceptances.compare(before, after).acceptance
        trend = _trend(self._distance(before), self._distance(after))
        if trend != "same":
            return "towards" if trend == "nearer" else "away", common
        told: dict[Acceptance, Direction] = {"wider": "towards", "narrower": "away",
                                             "shifted": "mixed", "same": "neither"}  # fmt: skip
        return told[common], common


def _joined(positions: Sequence[Position]) -> list[list[Position]]:
    """Group positions that share issues, directly or through others, in the order of the case."""
    groups: list[list[Position]] = []
    for position in positions:
        near = [g for g in groups if any(not position.issues.isdisjoint(p.issues) for p in g)]
        groups = [group for group in groups if group not in near]
        groups.append([*(p for group in near for p in group), position])
    order = {position.id: number for number, position in enumerate(positions)}
    return sorted(
        (sorted(group, key=lambda p: order[p.id]) for group in groups),
        key=lambda group: order[group[0].id],
    )


def _least_cost(prices: Prices, least: Sequence[tuple[int, ...]], *, stuck: bool) -> Cost | None:
    if not stuck:
        return Cost()
    return prices.cost(least[0]) if least else None


def _trend(before: Cost | None, after: Cost | None) -> Trend:
    """Compare two distances; no way out is farther than any."""
    if before is None or after is None:
        return "same" if before is after else "farther" if after is None else "nearer"
    if before.key == after.key:
        return "same"
    return "nearer" if after < before else "farther"


def _hardest(positions: Iterable[Position]) -> str | None:
    held = {position.firmness for position in positions}
    return next((firmness for firmness in FIRMNESSES if firmness in held), None)


def _on(issues: Sequence[str], package: Terms | None) -> Terms | None:
    return None if package is None else {name: package[name] for name in issues}
