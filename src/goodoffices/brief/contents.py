"""What a brief holds: its sections as data, worded once, for every way of showing them.

Positions, statements and documents stand once, under their ids; sections name the ids. Texts may
hold the invisible marks that keep right-to-left names apart; `brief_data` leaves them out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goodoffices.analysis.impasse_result import ImpasseResult
from goodoffices.analysis.json_form import json_form
from goodoffices.brief.holding import Holding
from goodoffices.brief.phrases import plain
from goodoffices.brief.section_names import SECTIONS


@dataclass(frozen=True, slots=True)
class Named:
    """A party or third party, and what it is in the talks."""

    id: str
    name: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Glance:
    """The talks at a glance: who takes part, and the answers in a sentence each."""

    parties: tuple[Named, ...]
    third_parties: tuple[Named, ...]
    zone: str
    contention: str
    way_out: str
    alone: str
    new_options: tuple[str, ...]
    record: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A statement that something rests on; not ``known`` when it is dated after the brief's day."""

    statement: str
    words: str
    document: str
    place: str
    known: bool


@dataclass(frozen=True, slots=True)
class PositionLine:
    """A position in force, as a sentence, with what is known of it."""

    id: str
    party: str
    party_name: str
    sentence: str
    says: str | None
    firmness: str
    status: str
    since: str
    until: str
    binding: bool
    sources: tuple[SourceLine, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class StatementLine:
    """What a document reports that somebody said or did.

    ``confidential`` when something that a side told in confidence rests on it.
    """

    id: str
    date: str
    speaker: str
    side: str
    kind: str
    channel: str | None
    says: str | None
    quote: str | None
    document: str
    place: str
    confidential: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A source text."""

    id: str
    title: str
    about: str
    language: str
    kept: str
    sha256: str | None
    url: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class OptionLine:
    """An option of an issue; ``now`` as things stand, ``possible`` in some package of the zone."""

    words: str
    now: bool
    possible: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A party's positions that speak of an issue.

    ``asks`` require, refuse, offer or prefer something on it; ``bears`` only name it as a
    condition or in return.
    """

    party: str
    party_name: str
    asks: tuple[str, ...]
    bears: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue and where each party stands on it."""

    id: str
    label: str
    question: str
    options: tuple[OptionLine, ...]
    range: str | None
    now: str | None
    given_by: str | None
    zone: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TermLine:
    """One term: an issue and its option, in words."""

    issue: str
    label: str
    option: str


@dataclass(frozen=True, slots=True)
class Difference:
    """How a proposal differs from one that it is based on."""

    base: str
    base_name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """How a side answered a proposal; ``short`` for a drawing."""

    side: str
    sentence: str
    short: str
    quote: str | None
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    """Smallest changes that bring a proposal into one zone: each of ``changes`` is enough.

    ``after`` holds the positions given up for that zone; none when it is the zone itself.
    """

    after: tuple[str, ...]
    head: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal: its terms, what it is based on, who answered what, and what it breaks."""

    id: str
    name: str
    author: str
    sentence: str
    date: str
    terms: tuple[TermLine, ...]
    open_issues: tuple[str, ...]
    based_on: tuple[str, ...]
    differences: tuple[Difference, ...]
    answers: tuple[AnswerLine, ...]
    silent: tuple[str, ...]
    standing: str
    breaks: tuple[str, ...]
    amendments: tuple[AmendmentLine, ...]
    amendments_left_out: str
    says: str | None
    sources: tuple[SourceLine, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """A point of contention."""

    id: str
    sentence: str
    positions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnotLine:
    """Points of contention that hang together."""

    id: str
    sentence: str
    conflicts: tuple[ConflictLine, ...]
    left_out: str


@dataclass(frozen=True, slots=True)
class NewOptionLine:
    """An issue that needs a new option, and what that would have to meet."""

    issue: str
    label: str
    sentence: str
    refused: tuple[str, ...]
    demands: tuple[str, ...]
    opens: str
    example: tuple[TermLine, ...]


@dataclass(frozen=True, slots=True)
class Stuck:
    """What the sides are stuck on."""

    sentence: str
    knots: tuple[KnotLine, ...]
    new_options: tuple[NewOptionLine, ...]


@dataclass(frozen=True, slots=True)
class WayLine:
    """A way out: who would move how, what it costs, what it opens."""

    sentence: str
    who: str
    cost: str
    opens: str
    relax: tuple[str, ...]
    example: tuple[TermLine, ...]


@dataclass(frozen=True, slots=True)
class Freeing:
    """What would free the talks, cheapest first."""

    sentence: str
    ways_out: tuple[WayLine, ...]
    left_out: str
    example: tuple[TermLine, ...]


@dataclass(frozen=True, slots=True)
class AloneLine:
    """The smallest movement of one party by itself."""

    party: str
    party_name: str
    sentence: str
    relax: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Burden:
    """What the most even way out asks of one party."""

    party: str
    party_name: str
    cost: str


@dataclass(frozen=True, slots=True)
class Giving:
    """What each side would have to give: alone, and in the most even way out."""

    alone: tuple[AloneLine, ...]
    even: str
    relax: tuple[str, ...]
    burdens: tuple[Burden, ...]


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A figure: what is claimed, by whom, of which day.

    ``confidential`` when a statement that it rests on is.
    """

    id: str
    value: str
    kind: str
    about: str
    who: str
    when: str
    sources: tuple[SourceLine, ...]
    confidential: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """The figures on one measure, and where they cannot all be so."""

    measure: str
    label: str
    claims: tuple[ClaimLine, ...]
    disagreements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A dated act for the timeline: from its first possible day to its last, as ISO days."""

    lane: str
    kind: str
    first: str
    last: str
    words: str


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One party's change of positions: what it is, what it does, and what it answers.

    ``mark`` is where it takes the talks, or ``first`` for positions on new ground.
    """

    id: str
    party: str
    party_name: str
    mark: str
    head: str
    does: tuple[str, ...]
    answers: str
    inferred: bool
    confidential: bool


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day on which the record changes; ``rank`` orders distances, 0 when the zone is open.

    ``proposals`` is how many of ``acts`` make a proposal.
    """

    day: str
    dated: str
    words: str
    rank: int
    distance: str
    sentence: str
    acts: tuple[str, ...]
    proposals: int
    moves: tuple[MoveLine, ...]
    stuck: str
    ways_out: str
    alone: str
    stale: tuple[str, ...]
    confidential: bool


@dataclass(frozen=True, slots=True)
class Movement:
    """How far apart the sides were, day by day.

    ``levels`` are the distances that occur, smallest first; ``start`` is the rank before the
    first day, ``before`` the positions held then that are named later.
    """

    sentence: str
    levels: tuple[str, ...]
    start: int
    until: str
    before: tuple[str, ...]
    days: tuple[DayLine, ...]
    silences: tuple[str, ...]
    definition: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """One kind of thing that the record does not hold, and where."""

    heading: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """How the findings were reached."""

    sentences: tuple[str, ...]
    parameters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A mediator's brief: every section as data.

    ``last_day`` is the last day of the date as of which the case is read, in ISO form, or "".
    ``confidential`` tells that it holds positions, statements or moves told in confidence;
    ``holding`` is None for a case without moves.
    """

    title: str
    as_of: str
    last_day: str
    summary: str | None
    language: str
    confidential: bool
    glance: Glance
    positions: Mapping[str, PositionLine]
    statements: Mapping[str, StatementLine]
    documents: Mapping[str, DocumentLine]
    standing: tuple[IssueRow, ...]
    proposals: tuple[ProposalLine, ...]
    stuck: Stuck
    freeing: Freeing
    giving: Giving
    movement: Movement | None
    holding: Holding | None
    facts: tuple[MeasureLine, ...]
    events: tuple[Event, ...]
    gaps: tuple[Gap, ...]
    method: Method
    finding: ImpasseResult

    @property
    def sections(self) -> dict[str, str]:
        """The names of the sections that this brief has, by key, in order."""
        left_out = set() if self.movement else {"movement"}
        if self.holding is None:
            left_out.add("holding")
        if self.holding is None or self.holding.faults:
            left_out.add("arranging")
        return {key: name for key, name in SECTIONS.items() if key not in left_out}

    @property
    def rows_of(self) -> dict[str, IssueRow]:
        """For each position the first row of the grid that it asks something on."""
        rows: dict[str, IssueRow] = {}
        for row in self.standing:
            for cell in row.cells:
                for id in cell.asks:
                    rows.setdefault(id, row)
        return rows


def brief_data(brief: Brief) -> dict[str, Any]:
    """Return a brief as plain data for JSON: fixed keys, exact numbers, the same every time.

    ``finding`` is the whole result of `impasse`, in its own form.
    """
    data: dict[str, Any] = _without_marks(json_form(brief))
    data["finding"] = brief.finding.to_data()
    return data


def _without_marks(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {key: _without_marks(part) for key, part in value.items()}
    return [_without_marks(part) for part in value] if isinstance(value, list) else value
