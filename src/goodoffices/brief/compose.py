"""From a case and what `impasse` found to a brief: every section as data."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from goodoffices.analysis.impasse_result import Conflict, ImpasseResult, Knot, NewOption, WayOut
from goodoffices.analysis.movement_result import MovementResult
from goodoffices.brief.contents import (
    AloneLine,
    Brief,
    Burden,
    Cell,
    ConflictLine,
    Freeing,
    Giving,
    Glance,
    IssueRow,
    KnotLine,
    Method,
    Named,
    NewOptionLine,
    OptionLine,
    PositionLine,
    StatementLine,
    Stuck,
    WayLine,
)
from goodoffices.brief.movement_lines import movement_lines
from goodoffices.brief.phrases import (
    counted,
    date_words,
    grouped,
    isolated,
    label,
    listed,
    name_of,
    option_words,
    spaced,
)
from goodoffices.brief.record import (
    document_lines,
    events,
    gaps,
    known_statements,
    measure_lines,
    source_lines,
    statement_lines,
)
from goodoffices.brief.tabled import proposal_lines, term_lines
from goodoffices.brief.words import (
    FIRMNESS_WORDS,
    alone_sentence,
    cheapest_sentence,
    conflict_sentence,
    contention_sentence,
    cost_words,
    each_alone_sentence,
    even_sentence,
    issue_zone_sentence,
    knot_sentence,
    new_option_opens_sentence,
    opens_words,
    option_demand_sentence,
    position_sentence,
    refusals_sentences,
    refused_sentence,
    way_out_sentence,
    zone_sentence,
)
from goodoffices.errors import CallError
from goodoffices.model import ABOUT_SHARE, Case, Position, issues_in

if TYPE_CHECKING:
    from goodoffices.analysis.stability import StabilityResult
    from goodoffices.brief.holding import Holding

SHOWN = 12
"""How many points of contention, ways out and amendments a brief writes out, unless told."""


def brief(
    case: Case,
    finding: ImpasseResult,
    *,
    moved: MovementResult | None = None,
    stability: StabilityResult | None = None,
    show: int = SHOWN,
) -> Brief:
    """Make the mediator's brief of a case: who stands where, what they are stuck on, what frees it.

    Args:
        case: the case, read as of its day.
        finding: what `impasse` found in this case on this day.
        moved: what `movement` found in it; without it the brief has no section on movement.
        stability: what `stability` found in it, for a case with moves.
        show: how many points of contention (of each knot), ways out, and amendments (of each
            proposal) are written out; the brief says how many more there are.

    Raises:
        CallError: a finding is not of this case on this day, or ``show`` is below 1.

    >>> from goodoffices.analysis.impasse import impasse
    >>> case = Case.model_validate({
    ...     "case": "Two roommates",
    ...     "parties": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}},
    ...     "issues": {"window": {"question": "At night?", "options": ["open", "shut"]}},
    ...     "positions": [
    ...         {"id": "a1", "party": "ana", "requires": {"window": "open"}},
    ...         {"id": "b1", "party": "ben", "refuses": {"window": "open"}, "firmness": "open"},
    ...     ],
    ... })
    >>> brief(case, impasse(case)).freeing.ways_out[0].sentence
    'If Ben no longer refuses ‘open’ on window, 1 package opens.'
    """
    _check(case, (finding, moved), show)
    statements = statement_lines(case)
    return Brief(
        title=case.case,
        as_of=date_words(case.as_of) if case.as_of else "",
        last_day=case.day.isoformat() if case.day else "",
        summary=case.summary,
        language=case.language,
        confidential=_confidential(case, statements.values(), moved),
        glance=_glance(case, finding),
        positions={position.id: position_line(case, position) for position in case.in_force},
        statements=statements,
        documents=document_lines(case),
        standing=tuple(_issue_row(case, finding, issue) for issue in case.issues),
        proposals=proposal_lines(case, finding.proposals, show),
        stuck=_stuck(case, finding, show),
        freeing=_freeing(case, finding, show),
        giving=_giving(case, finding),
        movement=None if moved is None else movement_lines(case, moved),
        holding=_holding(case, stability, show),
        facts=measure_lines(case),
        events=events(case),
        gaps=gaps(case, finding),
        method=_method(case, finding, show),
        finding=finding,
    )


def _confidential(
    case: Case, statements: Iterable[StatementLine], moved: MovementResult | None
) -> bool:
    """Whether a brief holds something that was said in confidence."""
    held = any(position.status == "confidential" for position in case.in_force)
    said = any(statement.confidential for statement in statements)
    moves = case.moves is not None and case.moves.status == "confidential"
    return held or said or moves or (moved is not None and moved.confidential)


def _holding(case: Case, found: StabilityResult | None, show: int) -> Holding | None:
    """Return what would hold; what that needs is loaded for cases with moves only."""
    if case.moves is None or not case.moves.options:
        return None
    from goodoffices.brief.compose_holding import holding

    return holding(case, found, show)


def _check(case: Case, found: Iterable[ImpasseResult | MovementResult | None], show: int) -> None:
    if show < 1:
        raise CallError("show", expected="a number from 1 up", found=str(show))
    day = str(case.as_of) if case.as_of else None
    for finding in found:
        if finding is not None and (finding.case, finding.as_of) != (case.case, day):
            expected = f'what was found in "{case.case}" as of {day or "no day"}'
            of = f"{finding.case} as of {finding.as_of or 'no day'}"
            raise CallError("the finding", expected=expected, found=of)


def _glance(case: Case, finding: ImpasseResult) -> Glance:
    return Glance(
        parties=tuple(Named(id, isolated(party.name)) for id, party in case.parties.items()),
        third_parties=tuple(
            Named(id, isolated(third.name), third.roles) for id, third in case.third_parties.items()
        ),
        zone=zone_sentence(finding.zone),
        contention=contention_sentence(finding),
        way_out=cheapest_sentence(case, finding),
        alone=each_alone_sentence(case, finding),
        new_options=tuple(refused_sentence(case, new) for new in finding.new_options),
        record=_record_sentence(case),
    )


def _record_sentence(case: Case) -> str:
    kinds = (
        counted(len(case.issues), "issue"),
        f"{counted(len(case.in_force), 'position')} in force",
        counted(len(case.proposals_made), "proposal"),
        counted(len(known_statements(case)), "statement"),
        counted(len(document_lines(case)), "document"),
    )
    return f"The record holds {listed(kinds)}."


def position_line(case: Case, position: Position) -> PositionLine:
    """Return a position as a sentence, with what is known of it."""
    return PositionLine(
        id=position.id,
        party=position.party,
        party_name=name_of(case, position.party),
        sentence=position_sentence(case, position),
        says=position.says,
        firmness=FIRMNESS_WORDS[position.firmness],
        status=position.status,
        since=date_words(position.since) if position.since else "",
        until=date_words(position.until) if position.until and case.day is None else "",
        binding=position.binding,
        sources=source_lines(case, position.source),
        note=position.note,
    )


def _issue_row(case: Case, finding: ImpasseResult, id: str) -> IssueRow:
    issue = case.issues[id]
    left = finding.zone.issues.get(id)
    possible = frozenset(left.possible) if left else frozenset[str]()
    few = not issue.numeric
    return IssueRow(
        id=id,
        label=isolated(issue.name or spaced(id)),
        question=issue.question,
        options=tuple(
            OptionLine(option_words(case, id, name), name == issue.now, name in possible)
            for name in (issue.option(index) for index in range(issue.size if few else 0))
        ),
        range=None if issue.range is None else _range_words(case, id),
        now=option_words(case, id, issue.now) if issue.now is not None else None,
        given_by=name_of(case, issue.given_by) if issue.given_by else None,
        zone=issue_zone_sentence(case, id, left) if left else "",
        cells=tuple(_cell(case, id, party) for party in case.parties),
    )


def _range_words(case: Case, id: str) -> str:
    steps = case.issues[id].range
    assert steps is not None  # asked only of numeric issues
    low, high = (grouped(steps.from_), option_words(case, id, str(steps.to)))
    return f"{low} to {high}, in steps of {grouped(steps.step)}"


def _cell(case: Case, issue: str, party: str) -> Cell:
    asks, bears = [], []
    for position in case.positions_of(party):
        if issue in issues_in(position.demand):
            asks.append(position.id)
        elif issue in position.issues:
            bears.append(position.id)
    return Cell(party, name_of(case, party), tuple(asks), tuple(bears))


def _stuck(case: Case, finding: ImpasseResult, show: int) -> Stuck:
    held = {conflict.id: conflict for conflict in finding.conflicts}
    return Stuck(
        sentence=contention_sentence(finding),
        knots=tuple(_knot_line(case, knot, held, show) for knot in finding.knots),
        new_options=tuple(_new_option_line(case, new) for new in finding.new_options),
    )


def _knot_line(case: Case, knot: Knot, held: Mapping[str, Conflict], show: int) -> KnotLine:
    listed_here = [held[id] for id in knot.conflicts if id in held][:show]
    more = len(knot.conflicts) - len(listed_here)
    return KnotLine(
        id=knot.id,
        sentence=knot_sentence(case, knot),
        conflicts=tuple(
            ConflictLine(conflict.id, conflict_sentence(case, conflict), conflict.positions)
            for conflict in listed_here
        ),
        left_out=f"{counted(more, 'more is', 'more are')} not written out." if more else "",
    )


def _new_option_line(case: Case, new: NewOption) -> NewOptionLine:
    return NewOptionLine(
        issue=new.issue,
        label=label(case, new.issue),
        sentence=refused_sentence(case, new),
        refused=tuple(refusals_sentences(case, new)),
        demands=tuple(option_demand_sentence(case, new.issue, demand) for demand in new.demands),
        opens=new_option_opens_sentence(case, new),
        example=term_lines(case, new.example),
    )


def _freeing(case: Case, finding: ImpasseResult, show: int) -> Freeing:
    return Freeing(
        sentence=_ways_sentence(finding),
        ways_out=tuple(_way_line(case, way) for way in finding.ways_out[:show]),
        left_out=_ways_left_out(finding, show),
        example=term_lines(case, finding.zone.example),
    )


def _ways_sentence(finding: ImpasseResult) -> str:
    if not finding.zone.empty:
        tail = " One of its packages:" if finding.zone.example else ""
        return f"The zone is open: nobody has to move for it.{tail}"
    if not finding.ways_out:
        return "No way out: giving up every position leaves the zone empty."
    if finding.ways_out_total is None:
        return "Ways out found, cheapest first; each is as small as can be:"
    if finding.ways_out_total == 1:
        return "1 way out, as small as can be:"
    ways = counted(finding.ways_out_total, "way out", "ways out")
    return f"{ways}, cheapest first; each is as small as can be:"


def _ways_left_out(finding: ImpasseResult, show: int) -> str:
    if not finding.zone.empty:
        return ""
    more = (finding.ways_out_total or len(finding.ways_out)) - show
    words = counted(more, "more way out is", "more ways out are") if more > 0 else ""
    tail = "" if finding.ways_out_complete else " Not all were listed, for a limit was met."
    return (f"{words} not written out." if words else "") + tail


def _way_line(case: Case, way: WayOut) -> WayLine:
    return WayLine(
        sentence=way_out_sentence(case, way),
        who=listed(name_of(case, party) for party in way.parties),
        cost=cost_words(way.cost),
        opens=opens_words(way.packages),
        relax=way.relax,
        example=term_lines(case, way.example),
    )


def _giving(case: Case, finding: ImpasseResult) -> Giving:
    even = finding.most_even
    burden = even.burden if even else {}
    alone = {party: finding.alone.get(party) for party in case.parties}
    return Giving(
        alone=tuple(
            AloneLine(party, name_of(case, party), alone_sentence(case, party, finding),
                      found.relax if found else ())
            for party, found in alone.items()
        ),
        even=even_sentence(case, finding),
        relax=even.relax if even else (),
        burdens=tuple(
            Burden(party, name_of(case, party), cost_words(cost)) for party, cost in burden.items()
        ),
    )  # fmt: skip


def _method(case: Case, finding: ImpasseResult, show: int) -> Method:
    share = f"{ABOUT_SHARE:%}".replace(".0", "")
    day = f"as of {date_words(case.as_of)}" if case.as_of else "with no day given"
    sentences = (
        f"Read {day}; it rests on {_resting_words(case, finding)}.",
        "Single marks ‘ ’ hold an option of the case; double marks “ ” hold words of a source.",
        "Red lines count above any number of firm positions, firm above any number of open ones."
        if finding.parameters.get("weights") is None
        else "Costs are the sums of the weights that were given.",
        "The findings change when a position is added, ended or read with another firmness.",
        f"Found by: {finding.method}.",
    )
    parameters = [(str(key), _setting(value)) for key, value in finding.parameters.items()]
    if show < sys.maxsize:
        parameters.append(("written out at most", str(show)))
    parameters.append(("“about” reaches", f"{share} either way"))
    return Method(sentences, tuple(parameters))


def _resting_words(case: Case, finding: ImpasseResult) -> str:
    """How many positions the findings rest on; those that rule nothing out are told apart."""
    ruling, held = len(finding.positions), len(case.in_force)
    if ruling == held:
        return f"{counted(held, 'position')} in force"
    others = "the other rules" if held - ruling == 1 else "the others rule"
    return f"{ruling:,} of {counted(held, 'position')} in force; {others} nothing out"


def _setting(value: object) -> str:
    if isinstance(value, Mapping):
        return _pairs(value.items()) or "none"
    return "none" if value is None else str(value)


def _pairs(items: Iterable[tuple[object, object]]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in items)
