"""The sentences of a brief, made from data: what a person can say to another.

The software asserts nothing about the world. A sentence says what a party requires, refuses,
offers or prefers, and marks what is inferred and what was said in confidence; it takes over no
source's adjectives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from goodoffices.analysis.impasse_result import (
    Amendment,
    Conflict,
    Cost,
    ImpasseResult,
    IssueZone,
    Knot,
    Missing,
    NewOption,
    OptionDemand,
    ProposalFinding,
    WayOut,
    Zone,
)
from goodoffices.brief.phrases import (
    band_words,
    big,
    condition_words,
    counted,
    date_words,
    isolated,
    label,
    listed,
    name_of,
    option_runs,
    option_words,
    runs_by,
    spaced,
)
from goodoffices.model import Case, Position, Proposal, Response, Rule, Statement

ANSWER_WORDS = {
    "accepts": "accepts it",
    "accepts-in-part": "accepts it in part",
    "counters": "counters it",
    "considers": "is considering it",
    "rejects": "rejects it",
}
MISSING_WORDS = {
    "conflicts": "further points of contention",
    "ways_out": "further ways out",
    "packages": "how many packages there are",
    "most_even": "the most even way out",
    "amendments": "further amendments of proposals",
    "new_options": "issues on which a new option would help",
}
LIMIT_WORDS = {
    "max": "the limit on how many are listed",
    "seconds": "the limit on seconds",
    "search": "the search was ended before it was through",
}
FIRMNESS_WORDS = {"red-line": "red line", "firm": "firm", "open": "open"}
KIND_WORDS = {"claimed": "claim", "estimated": "estimate", "wanted": "aim", "ordered": "order"}
MARKED = frozenset({"inferred", "confidential"})
"""Statuses that a sentence itself carries, since it may be read out alone."""
_SPELLED_OUT = 4
"""How many positions given up are put into one sentence."""
_ALIKE_TOLD = 3
"""How many ways out of the same, smallest cost are told at a glance."""


def _demand_words(case: Case, position: Position | Rule) -> str:
    key, condition = next(pair for pair in position.conditions)
    joiner = "together with" if key == "refuses" else "and"
    return condition_words(case, condition, joiner=joiner)


def _when_words(case: Case, position: Position | Rule) -> str:
    if position.when is None:
        return ""
    what = "it" if isinstance(position, Rule) else "an agreement"
    return f" when {what} has {condition_words(case, position.when)}"


def position_clause(case: Case, position: Position) -> str:
    """Return what a position says, without the party: ``requires ... when ...``."""
    clause = f"{position.kind} {_demand_words(case, position)}"
    if position.in_return_for is not None:
        clause += f" in return for {condition_words(case, position.in_return_for)}"
    if position.over is not None:
        clause += f" over {condition_words(case, position.over)}"
    return clause + _when_words(case, position)


def position_sentence(case: Case, position: Position) -> str:
    """Return a position as a sentence, marked when it is inferred or confidential."""
    mark = f" ({position.status})" if position.status in MARKED else ""
    return f"{name_of(case, position.party)} {position_clause(case, position)}{mark}."


def given_up_clause(case: Case, position: Position) -> str:
    """Return what changes when a position is given up: ``no longer requires ...``."""
    if position.in_return_for is None:
        return f"no longer {position_clause(case, position)}"
    asked = condition_words(case, position.in_return_for)
    given = _demand_words(case, position)
    return f"no longer asks {asked} in return for {given}{_when_words(case, position)}"


def rule_sentence(case: Case, rule: Rule) -> str:
    """Return a rule of the case as a sentence: ``An agreement here has ... when ...``."""
    verb = "has" if rule.requires is not None else "does not have"
    return f"An agreement here {verb} {_demand_words(case, rule)}{_when_words(case, rule)}."


def _by_party(positions: Iterable[Position]) -> dict[str, list[Position]]:
    parties: dict[str, list[Position]] = {}
    for position in positions:
        parties.setdefault(position.party, []).append(position)
    return parties


def given_up_words(case: Case, relax: Iterable[str]) -> str:
    """Return who gives up what; beyond four positions only how many each party gives up."""
    held = {position.id: position for position in case.positions}
    positions = [held[id] for id in relax]
    parties = _by_party(positions)
    if len(positions) > _SPELLED_OUT:
        return listed(
            f"{name_of(case, party)} gives up {counted(len(group), 'position')}"
            for party, group in parties.items()
        )
    return ", and ".join(
        f"{name_of(case, party)} {' and '.join(_moves(case, group))}"
        for party, group in parties.items()
    )


def _moves(case: Case, positions: Iterable[Position]) -> list[str]:
    """What one party gives up, in words; each inferred or confidential position says so."""
    return [
        given_up_clause(case, position)
        + (f" ({position.status})" if position.status in MARKED else "")
        for position in positions
    ]


def cost_words(cost: Cost) -> str:
    """Return what a way out costs.

    >>> cost_words(Cost(1, 0, 2))
    '1 red line and 2 open positions'
    """
    if cost.weight is not None:
        return f"weight {cost.weight:,}"
    kinds = (
        (cost.red_line, "red line", "red lines"),
        (cost.firm, "firm position", "firm positions"),
        (cost.open, "open position", "open positions"),
    )
    return listed(counted(n, one, many) for n, one, many in kinds if n) or "nothing"


def opens_words(packages: int | None) -> str:
    """Return how many packages something opens.

    >>> opens_words(1), opens_words(6), opens_words(None)
    ('1 package opens', '6 packages open', 'packages open (not counted)')
    """
    if packages is None:
        return "packages open (not counted)"
    return f"{counted(packages, 'package')} {'opens' if packages == 1 else 'open'}"


def way_out_sentence(case: Case, way: WayOut) -> str:
    """Return a way out as a sentence: who would move how, and what that opens."""
    return f"If {given_up_words(case, way.relax)}, {opens_words(way.packages)}."


def zone_sentence(zone: Zone) -> str:
    """Return whether a package meets every position."""
    if zone.empty:
        return f"The zone is empty: none of {counted(zone.space, 'package')} meets every position."
    if zone.packages is None:
        return (
            f"The zone is open; how many of {counted(zone.space, 'package')} lie in it "
            "was not counted."
        )
    verb = "meets" if zone.packages == 1 else "meet"
    of = counted(zone.space, "package")
    return f"The zone is open: {big(zone.packages)} of {of} {verb} every position."


def contention_sentence(result: ImpasseResult) -> str:
    """Return how many points of contention and knots there are."""
    if not result.zone.empty:
        return "No point of contention: the positions in force can be met together."
    least = "" if result.conflicts_complete else "at least "
    points = counted(len(result.conflicts), "point of contention", "points of contention")
    verb = "is" if len(result.conflicts) == 1 else "are"
    if len(result.conflicts) < 2:
        return f"There {verb} {least}{points}."
    knots = counted(len(result.knots), "knot")
    hang = ": they share positions" if len(result.knots) == 1 else ", which can be freed apart"
    return f"There {verb} {least}{points}, in {knots}{hang}."


def cheapest_sentence(case: Case, result: ImpasseResult) -> str:
    """Return the cheapest way out in a sentence; where several cost the same, none goes alone."""
    if not result.zone.empty:
        return "Nobody has to move for the zone to be open."
    if not result.ways_out:
        return "No way out: giving up every position leaves the zone empty."
    least = [way for way in result.ways_out if way.cost.key == result.ways_out[0].cost.key]
    told = [
        f"if {given_up_words(case, way.relax)}, {opens_words(way.packages)}"
        for way in least[:_ALIKE_TOLD]
    ]
    cost = cost_words(least[0].cost)
    weighed = least[0].cost.weight is not None
    basis = "By the weights given" if weighed else "By the firmness recorded for each position"
    if len(least) == 1:
        who = listed(name_of(case, party) for party in least[0].parties)
        alone = " alone" if len(least[0].parties) == 1 else ""
        return f"{basis}, the cheapest way out asks {who}{alone} to move ({cost}): {told[0]}."
    more = f"; and {len(least) - len(told):,} more" if len(least) > len(told) else ""
    ways = counted(len(least), "way out", "ways out")
    return f"{basis}, {ways} cost the least ({cost}): {'; or '.join(told)}{more}."


def each_alone_sentence(case: Case, result: ImpasseResult) -> str:
    """Return what it would cost each side to open the zone with no other moving."""
    if not result.ways_out:
        return ""
    told = []
    for party in case.parties:
        alone = result.alone.get(party)
        by = "cannot" if alone is None else f"by giving up {cost_words(alone.cost)}"
        told.append(f"{name_of(case, party)} {by}")
    return f"What each side could do alone to open it: {'; '.join(told)}."


def conflict_sentence(case: Case, conflict: Conflict) -> str:
    """Return what a point of contention is, in front of its positions."""
    if not conflict.positions:
        return "The rules of the case cannot be met together, whatever the positions."
    who = listed(name_of(case, party) for party in conflict.parties)
    on = f" on {listed(label(case, issue) for issue in conflict.issues)}" if conflict.issues else ""
    if len(conflict.positions) == 1:
        head = "Under the rules of the case no" if case.rules else "No"
        return f"{head} package meets this position of {who}{on}:"
    between = f"Between {who}" if len(conflict.parties) > 1 else f"Within the positions of {who}"
    these = counted(len(conflict.positions), "position")
    return f"{between}{on}: no package meets these {these} together."


def knot_sentence(case: Case, knot: Knot) -> str:
    """Return what a knot joins."""
    points = counted(len(knot.conflicts), "point of contention", "points of contention")
    who = listed(name_of(case, party) for party in knot.parties)
    on = listed(label(case, issue) for issue in knot.issues)
    ways = "" if knot.ways_out is None else f"; {counted(knot.ways_out, 'way')} out of it"
    return f"{points} of {who}, on {on}{ways}."


def refused_sentence(case: Case, new: NewOption) -> str:
    """Return that every option of an issue is refused by somebody."""
    size = case.issues[new.issue].size
    every = f"Each of the {counted(size, 'option')}" if size > 1 else "The only option"
    head = f"{every} on {label(case, new.issue)} has a position against it"
    if case.issues[new.issue].numeric and not new.opens:
        return f"{head}; no other number would open the zone by itself."
    return f"{head}; a new option is needed if nobody moves."


def refusals_sentences(case: Case, new: NewOption) -> list[str]:
    """Return whose positions stand against which options; numbers in runs."""
    held = {position.id: position for position in case.positions}
    sentences = []
    for words, against in runs_by(case, new.issue, new.refused):
        groups = _by_party(held[id] for id in against)
        who = listed(
            f"{name_of(case, party)} ({', '.join(position.id for position in group)})"
            for party, group in groups.items()
        )
        sentences.append(f"Against {words}: {who or 'the rules of the case'}.")
    return sentences


def option_demand_sentence(case: Case, issue: str, demand: OptionDemand) -> str:
    """Return what one position asks of a new option."""
    asks = []
    if demand.counts_as:
        asks.append(f"count as {_any_of(case, issue, demand.counts_as)}")
    if demand.counts_as_none_of:
        asks.append(f"not count as {_any_of(case, issue, demand.counts_as_none_of)}")
    if demand.bounds:
        asks.append(f"be {listed((band_words(case, issue, b) for b in demand.bounds), 'or')}")
    status = next(p.status for p in case.positions if p.id == demand.position)
    mark = f", {status}" if status in MARKED else ""
    who = f"{name_of(case, demand.party)} ({demand.position}{mark})"
    if not asks:
        return f"{who} asks nothing of it."
    when = ", in some packages" if demand.when else ""
    return f"For {who} it would have to {listed(asks)}{when}."


def _any_of(case: Case, issue: str, options: Iterable[str]) -> str:
    return listed((option_words(case, issue, option) for option in options), "or")


def new_option_opens_sentence(case: Case, new: NewOption) -> str:
    """Return whether an option that no position names would open the zone."""
    on = label(case, new.issue)
    if not new.opens:
        return f"An option on {on} that no position names would not open the zone by itself."
    if new.values:
        bands = listed((band_words(case, new.issue, band) for band in new.values), "or")
        number = f"A number on {on} that is no option now, {bands},"
        return f"{number} would open the zone with nobody moving."
    return f"An option on {on} that no position names would open the zone with nobody moving."


def missing_words(missing: Missing) -> str:
    """Return what a limit kept from being found."""
    what = MISSING_WORDS.get(missing.what, spaced(missing.what))
    return f"{what} ({LIMIT_WORDS.get(missing.limit, missing.limit)})"


def issue_zone_sentence(case: Case, issue: str, left: IssueZone) -> str:
    """Return what the zone leaves of an issue."""
    if left.settled is not None:
        return f"Every package of the zone has {option_words(case, issue, left.settled)}."
    options = listed(option_runs(case, issue, left.possible), "or")
    return f"Packages of the zone have {options}." if options else ""


def proposal_sentence(case: Case, proposal: Proposal) -> str:
    """Return who made a proposal, who carries it, and when."""
    carried = f", carried by {listed(name_of(case, id) for id in proposal.carrier)}"
    when = f", {date_words(proposal.date)}" if proposal.date else ", not dated"
    return f"By {name_of(case, proposal.by)}{carried if proposal.carrier else ''}{when}."


def answer_sentence(case: Case, side: str, response: Response, names: Mapping[str, str]) -> str:
    """Return how a side answered a proposal."""
    who = name_of(case, side)
    if response.by and response.by != side:
        who += f" (through {name_of(case, response.by)})"
    words = ANSWER_WORDS[response.answer]
    if response.with_:
        words += f" with {names.get(response.with_, isolated(response.with_))}"
    when = f", {date_words(response.date)}" if response.date else ", not dated"
    return f"{who} {words}{when}."


def difference_sentences(case: Case, base: Proposal, proposal: Proposal) -> list[str]:
    """Return how a proposal's terms differ from those of one that it is based on."""
    found = []
    for issue, option in proposal.terms.items():
        before = base.terms.get(issue)
        now = option_words(case, issue, option)
        if before is None:
            found.append(f"Adds {now} on {label(case, issue)}.")
        elif case.issues[issue].index(before) != case.issues[issue].index(option):
            was = option_words(case, issue, before)
            found.append(f"Changes {label(case, issue)} from {was} to {now}.")
    for issue, before in base.terms.items():
        if issue not in proposal.terms:
            found.append(f"Names nothing on {label(case, issue)}, where it was "
                         f"{option_words(case, issue, before)}.")  # fmt: skip
    return found or ["The same terms."]


def standing_sentence(case: Case, finding: ProposalFinding, rules: Sequence[Rule]) -> str:
    """Return whether a proposal can be completed to a package that meets every position."""
    if finding.acceptable:
        return "Its terms can be completed to a package that meets every position."
    parties = [party for party, broken in finding.breaks.items() if broken]
    broken = [rule_sentence(case, rule) for rule in rules if rule.id in finding.rules_broken]
    if broken:
        return f"It leaves no room for a rule of the case: {' '.join(broken)}"
    if not parties:
        return "It meets each position taken alone, but no package with its terms meets them all."
    who = listed(name_of(case, party) for party in parties)
    number = sum(len(broken) for broken in finding.breaks.values())
    return f"It leaves no room for {counted(number, 'position')} of {who}."


def amendment_sentence(case: Case, amendment: Amendment) -> str:
    """Return the terms to change: ``Change guarantee to ‘no guarantee’.``"""
    changes = [
        f"{label(case, issue)} to {option_words(case, issue, option)}"
        for issue, option in amendment.change.items()
    ]
    return f"Change {listed(changes)}." if changes else "It lies there as it stands."


def amendment_head(case: Case, after: Sequence[str]) -> str:
    """Return into which zone amendments bring a proposal, in front of them."""
    if not after:
        return "To lie in the zone:"
    held = {position.id: position for position in case.positions}
    groups = _by_party(held[id] for id in after)
    moves = ", and ".join(
        f"{name_of(case, party)} gives up {listed(position.id for position in group)}"
        for party, group in groups.items()
    )
    return f"To lie in the zone that opens if {moves}:"


def alone_sentence(case: Case, party: str, result: ImpasseResult) -> str:
    """Return the smallest movement by which one party opens the zone alone."""
    who = name_of(case, party)
    if not result.zone.empty:
        return f"{who} does not have to move."
    alone = result.alone.get(party)
    if alone is None:
        return f"{who} alone cannot open the zone, whatever it gives up."
    moved = given_up_words(case, alone.relax)
    return f"Alone: {moved} ({cost_words(alone.cost)})."


def even_sentence(case: Case, result: ImpasseResult) -> str:
    """Return the way out whose heaviest burden on one party is lightest."""
    if result.most_even is None:
        return "No most even way out was found."
    return f"The most even way out: {given_up_words(case, result.most_even.relax)}."


def speaker_words(case: Case, statement: Statement) -> str:
    """Return who said something, for whom, and who passes it on."""
    if statement.by is None:
        who = "in the document's own voice"
    else:
        who = name_of(case, statement.by)
        side = case.side_of(statement.by)
        person = case.persons.get(statement.by)
        about = [isolated(person.role)] if person and person.role else []
        if side and side != statement.by and case.name_of(side) != case.name_of(statement.by):
            about.append(name_of(case, side))
        who += f" ({', '.join(about)})" if about else ""
    relayed = (
        f", passed on by {name_of(case, statement.relayed_by)}" if statement.relayed_by else ""
    )
    return who + relayed


def place_words(statement: Statement) -> str:
    """Return where in its document a statement stands."""
    if statement.paragraph is not None:
        return f"paragraph {statement.paragraph}"
    if statement.span is not None:
        return f"characters {statement.span[0]} to {statement.span[1]}"
    return ""


def measure_words(measure: str) -> str:
    """Return what a measure is called."""
    return isolated(spaced(measure))
