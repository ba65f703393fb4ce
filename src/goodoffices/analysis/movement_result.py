"""What `movement` answers: frozen results that carry their reasons as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from goodoffices.analysis.json_form import json_form
from goodoffices.analysis.zone.acceptance import Acceptance
from goodoffices.analysis.zone.costs import Alone, Cost, Missing, Terms

Direction = Literal["towards", "away", "mixed", "neither"]
"""Where a move takes a party, seen from another or from the way out."""

ActKind = Literal["proposal", "answer", "statement"]
Basis = Literal["recorded", "inferred"]
Trend = Literal["nearer", "farther", "same"]


@dataclass(frozen=True, slots=True)
class Act:
    """A proposal made or an answer given.

    Attributes:
        kind: ``proposal`` or ``answer``.
        proposal: the proposal that is made or answered.
        by: the party or third party whose act it is.
        answer: the answer, or None.
        date: its date, as the record has it.
        confidential: whether it rests on what was said in confidence.
    """

    kind: ActKind
    proposal: str
    by: str
    answer: str | None
    date: str
    confidential: bool


@dataclass(frozen=True, slots=True)
class AnswerTo:
    """What a move answers.

    Attributes:
        kind: whether it is a proposal, an answer or a statement.
        id: the proposal (also of an answer) or the statement.
        by: the party or third party whose act it was.
        date: its date, as the record has it; None without one.
        basis: ``recorded`` when the record ties the two together, else ``inferred``: it is only
            the last act of another before the move on the same issues.
        confidential: whether the act rests on what was said in confidence.
    """

    kind: ActKind
    id: str
    by: str
    date: str | None
    basis: Basis
    confidential: bool


@dataclass(frozen=True, slots=True)
class Bearing:
    """Where a move takes a party as seen from one other party.

    Attributes:
        party: the other party.
        direction: ``towards`` it, ``away`` from it, ``mixed`` or ``neither``.
        before: the distance between the two without the move; None without a way out.
        after: the distance between the two with it; None without a way out.
        common: what became of the packages that both accept.
    """

    party: str
    direction: Direction
    before: Cost | None
    after: Cost | None
    common: Acceptance


@dataclass(frozen=True, slots=True)
class Move:
    """A change of one party's positions on one day, on issues that hang together.

    Attributes:
        id: a name for it within this result.
        party: who moved.
        issues: the issues that the positions begun and ended speak of.
        begun: the positions that begin on this day.
        ended: the positions that end on this day.
        first: whether the party had no position on any of these issues before.
        acceptance: what became of the packages that the party accepts.
        gained: a package that it accepts now and did not before, told on these issues, or None.
        lost: a package that it accepted before and does not now, told on these issues, or None.
        firmness_before: the hardest firmness among the positions ended, or None.
        firmness_after: the hardest firmness among the positions begun, or None.
        direction: where it takes the talks as a whole.
        without: the distance that the day would have without this move; None without a way out.
        bearings: where it takes the party, seen from each other party with a position.
        answers_to: what it answers.
        confidential: whether a position or act named here was told in confidence.
    """

    id: str
    party: str
    issues: tuple[str, ...]
    begun: tuple[str, ...]
    ended: tuple[str, ...]
    first: bool
    acceptance: Acceptance
    gained: Terms | None
    lost: Terms | None
    firmness_before: str | None
    firmness_after: str | None
    direction: Direction
    without: Cost | None
    bearings: tuple[Bearing, ...]
    answers_to: tuple[AnswerTo, ...]
    confidential: bool


@dataclass(frozen=True, slots=True)
class CheapestWay:
    """A way out than which none costs less, and what it asks of each party."""

    relax: tuple[str, ...]
    burden: Mapping[str, Cost]


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which the record changes, and how things stand at its end.

    Attributes:
        day: the day.
        dated: the date as the record has it: a day, or a month or year that begins with it.
        acts: the proposals made and answers given.
        moves: the changes of positions.
        distance: what the cheapest way out costs; nothing when the zone is open; None when
            there is no way out.
        trend: the distance against the day before.
        conflicts: the points of contention, each as its positions.
        ways_out: the cheapest ways out.
        alone: for each party, the cheapest way in which it opens the zone alone, or None.
        stale: the positions of which nothing was heard for longer than ``stale_days``.
        confidential: whether positions told in confidence are in force.
        complete: whether all points of contention and cheapest ways out are listed.
    """

    day: str
    dated: str
    acts: tuple[Act, ...]
    moves: tuple[Move, ...]
    distance: Cost | None
    trend: Trend
    conflicts: tuple[tuple[str, ...], ...]
    ways_out: tuple[CheapestWay, ...]
    alone: Mapping[str, Alone | None]
    stale: tuple[str, ...]
    confidential: bool
    complete: bool


@dataclass(frozen=True, slots=True)
class Silence:
    """A position in force of which nothing was heard for long.

    Attributes:
        position: the position.
        party: the party that holds it.
        heard: the last day on which a statement that it rests on can have been made, or it began.
        days: how many days before the last day told that was.
        confidential: whether the position was told in confidence.
    """

    position: str
    party: str
    heard: str
    days: int
    confidential: bool


@dataclass(frozen=True, slots=True)
class MovementResult:
    """How far apart the sides were on each day; who moved, which way, in answer to what.

    Attributes:
        case: the name of the talks.
        as_of: the day on which the case was read, or None.
        since: the first day asked for, or None.
        until: the last day told, or None for a record without dates.
        before: the distance on the eve of the first day told.
        days: the days on which the record changes, in order.
        silences: the positions stale at the end of the last day told.
        confidential: whether any of it rests on what was said in confidence.
        missing: what a limit kept out.
        method: how it was found.
        parameters: the options.
    """

    case: str
    as_of: str | None
    since: str | None
    until: str | None
    before: Cost | None
    days: tuple[Day, ...]
    silences: tuple[Silence, ...]
    confidential: bool
    missing: tuple[Missing, ...]
    method: str
    parameters: Mapping[str, Any]
    numeric: frozenset[str] = field(default_factory=frozenset, repr=False)

    def to_data(self) -> dict[str, Any]:
        """Return the result as plain data for JSON: documented keys, in a fixed order."""
        data: dict[str, Any] = json_form(self, numeric=self.numeric)
        return data

    @property
    def moves(self) -> tuple[tuple[str, Move], ...]:
        """Every move with its day, in order."""
        return tuple((day.day, move) for day in self.days for move in day.moves)
