"""The sentences on movement: how the distance changed, who moved, which way, in answer to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from goodoffices.analysis.impasse_result import Cost
from goodoffices.analysis.movement_result import Act, AnswerTo, Bearing, Day, Move, Silence
from goodoffices.brief.phrases import (
    big,
    counted,
    date_words,
    isolated,
    label,
    listed,
    name_of,
    option_words,
    spaced,
)
from goodoffices.brief.words import (
    FIRMNESS_WORDS,
    MARKED,
    cost_words,
    given_up_clause,
    position_clause,
)
from goodoffices.model import Case, PartialDate, Position, Proposal

_ANSWERS = {
    "accepts": "accepts",
    "accepts-in-part": "accepts in part",
    "counters": "counters",
    "considers": "is considering",
    "rejects": "rejects",
}
_TOLD = 3
"""How many ways out, points of contention and stale positions a line of a day writes out."""


def distance_words(distance: Cost | None) -> str:
    """Return a distance.

    >>> distance_words(Cost(1, 0, 2)), distance_words(Cost()), distance_words(None)
    ('1 red line and 2 open positions', 'none', 'no way out')
    """
    if distance is None:
        return "no way out"
    return "none" if distance.key == Cost().key else cost_words(distance)


def distance_sentence(before: Cost | None, day: Day) -> str:
    """Return how the distance of a day stands to that of the day before."""
    was, is_ = distance_words(before), distance_words(day.distance)
    tail = " The zone is open." if is_ == "none" else ""
    if day.trend == "same":
        return f"The distance stays: {is_}.{tail}"
    return f"{day.trend.capitalize()}: the distance goes from {was} to {is_}.{tail}"


def stuck_words(day: Day) -> str:
    """Return the points of contention of a day, by the ids of their positions."""
    if not day.conflicts:
        return ""
    told = [" + ".join(map(isolated, ids)) or "the rules themselves"
            for ids in day.conflicts[:_TOLD]]  # fmt: skip
    least = "" if day.complete else "at least "
    points = counted(len(day.conflicts), "point of contention", "points of contention")
    return f"{least}{points}: {'; '.join(told)}{_and_more(len(day.conflicts))}"


def ways_words(case: Case, day: Day) -> str:
    """Return the cheapest ways out of a day: who would give up which positions."""
    party = {position.id: position.party for position in case.positions}
    told = []
    for way in day.ways_out[:_TOLD]:
        groups: dict[str, list[str]] = {}
        for id in way.relax:
            groups.setdefault(party[id], []).append(isolated(id))
        told.append(
            ", ".join(f"{name_of(case, who)} gives up {listed(ids)}" for who, ids in groups.items())
        )
    return "; or ".join(told) + _and_more(len(day.ways_out))


def alone_words(case: Case, day: Day) -> str:
    """Return what each side would have to give to open the zone alone on a day."""
    if not day.ways_out:
        return ""
    told = []
    for party in case.parties:
        alone = day.alone[party]
        gives = f"would give up {cost_words(alone.cost)}" if alone else "cannot open it"
        told.append(f"{name_of(case, party)} {gives}")
    return "; ".join(told)


def _and_more(number: int) -> str:
    return f"; and {number - _TOLD:,} more" if number > _TOLD else ""


def act_sentence(case: Case, act: Act) -> str:
    """Return that a proposal is made or answered."""
    who, name = name_of(case, act.by), _proposal_name(case, act.proposal)
    mark = " (confidential)" if act.confidential else ""
    if act.kind == "proposal":
        return f"{who} proposes {name}{mark}."
    return f"{who} {_ANSWERS[act.answer or 'considers']} {name}{mark}."


def _proposal_name(case: Case, id: str) -> str:
    proposal: Proposal = next(p for p in case.proposals if p.id == id)
    return f"“{isolated(proposal.name)}”" if proposal.name else isolated(spaced(id))


def move_head(case: Case, move: Move) -> str:
    """Return what changes: ``Ana now requires ... and no longer refuses ...``."""
    held = {position.id: position for position in case.positions}
    begun = [_marked(position_clause(case, held[id]), held[id]) for id in move.begun]
    ended = [_marked(given_up_clause(case, held[id]), held[id]) for id in move.ended]
    first = " for the first time on record" if move.first else ""
    parts = ([f"now {listed(begun, 'and')}{first}"] if begun else []) + ended
    return f"{name_of(case, move.party)} {listed(parts)}."


def _marked(clause: str, position: Position) -> str:
    about = [isolated(position.id)] + ([position.status] if position.status in MARKED else [])
    return f"{clause} ({', '.join(about)})"


def held_sentence(case: Case, position: Position) -> str:
    """Return a position that was held before the first day told."""
    return f"{name_of(case, position.party)} {_marked(position_clause(case, position), position)}."


def move_effects(case: Case, move: Move, day: Day) -> list[str]:
    """Return what a move does: to what its party accepts, to each other party, to the whole.

    Parties that hold nothing on its issues are passed over, unless it comes between the two.
    """
    found = [_acceptance_words(case, move)]
    concerned = _holders(case, move, day)
    for bearing in move.bearings:
        if bearing.party in concerned or bearing.before != bearing.after:
            found.append(_bearing_words(case, bearing))
    whole = distance_words(move.without)
    if len(move.bearings) != 1 and whole != distance_words(day.distance):
        found.append(f"Without this the distance of the day would be {whole}.")
    return [words for words in found if words]


def _holders(case: Case, move: Move, day: Day) -> frozenset[str]:
    """Return the parties that hold a position on the issues of a move on its day."""
    on = date.fromisoformat(day.day)
    return frozenset(
        position.party
        for position in case.positions
        if position.in_force(on) and not position.issues.isdisjoint(move.issues)
    )


def _acceptance_words(case: Case, move: Move) -> str:
    gained, lost = (_terms_words(case, terms) for terms in (move.gained, move.lost))
    if move.acceptance == "same":
        return f"What it accepts stays the same.{_firmness_words(move)}"
    if move.first:
        return ""
    if move.acceptance == "wider":
        return f"It accepts more than before, such as {gained}."
    if move.acceptance == "narrower":
        return f"It accepts less than before: no longer {lost}."
    return f"It accepts others than before: now {gained}, no longer {lost}."


def _firmness_words(move: Move) -> str:
    before, after = move.firmness_before, move.firmness_after
    if before is None or after is None or before == after:
        return ""
    return f" It holds to it as {FIRMNESS_WORDS[after]}, before as {FIRMNESS_WORDS[before]}."


def _terms_words(case: Case, terms: Mapping[str, str] | None) -> str:
    return listed(
        f"{option_words(case, issue, option)} on {label(case, issue)}"
        for issue, option in (terms or {}).items()
    )


def _bearing_words(case: Case, bearing: Bearing) -> str:
    who = name_of(case, bearing.party)
    before, after = (distance_words(cost) for cost in (bearing.before, bearing.after))
    if bearing.direction == "neither":
        return ""
    if before != after:
        head = "Towards" if bearing.direction == "towards" else "Away from"
        return f"{head} {who}: between the two it goes from {before} to {after}."
    return {
        "towards": f"Towards {who}: the two have more in common.",
        "away": f"Away from {who}: the two have less in common.",
        "mixed": f"Seen from {who}: the two have other things in common than before.",
    }[bearing.direction]


def answers_words(case: Case, move: Move, day: str) -> str:
    """Return what a move of a day answers, and whether the record says so."""
    if not move.answers_to:
        return "" if move.first else "The record does not say what this answers."
    told = listed(_answered_words(case, done) for done in move.answers_to)
    if move.answers_to[0].basis == "recorded":
        return f"In answer to {told}."
    same = any(done.date == day for done in move.answers_to)
    order = "; of the same day, in an order not on record" if same else ""
    return f"After {told} (inferred: the last on these issues by another{order})."


def _answered_words(case: Case, done: AnswerTo) -> str:
    who = name_of(case, done.by)
    when = f" of {date_words(PartialDate.parse(done.date))}" if done.date else ""
    mark = " (confidential)" if done.confidential else ""
    if done.kind == "proposal":
        return f"{_proposal_name(case, done.id)} by {who}{when}{mark}"
    if done.kind == "answer":
        return f"the answer of {who}{when} to {_proposal_name(case, done.id)}{mark}"
    return f"statement {isolated(done.id)} by {who}{when}{mark}"


def silence_sentence(case: Case, silence: Silence) -> str:
    """Return that nothing was heard of a position for long."""
    position = next(p for p in case.positions if p.id == silence.position)
    when = date_words(PartialDate.parse(silence.heard))
    mark = " (confidential)" if silence.confidential else ""
    return (
        f"{isolated(position.id)}{mark}: nothing since {when}, {counted(silence.days, 'day')}: "
        f"{name_of(case, position.party)} {position_clause(case, position)}."
    )


def movement_sentence(days: Sequence[Day], before: Cost | None) -> str:
    """Return how the distance went over the whole time told."""
    if not days:
        return "No change of the record has a date, so that nothing can be said of movement."
    first, last = (date_words(PartialDate.parse(day.dated)) for day in (days[0], days[-1]))
    moves = [move for day in days for move in day.moves]
    firsts = sum(move.first for move in moves)
    span = f"on {first}" if first == last else f"from {first} to {last}"
    start, end = distance_words(before), distance_words(days[-1].distance)
    count = f"{counted(len(days), 'day')}, {span}, with {_moves_words(len(moves), firsts)}"
    return (
        f"The record changes on {count}. "
        f"Distance at the start: {start}; at the end: {end}. {_turns(days)}"
    )


def _moves_words(moves: int, firsts: int) -> str:
    if not firsts:
        return counted(moves, "move")
    if firsts == moves:
        return counted(firsts, "first position")
    few = "a first position" if firsts == 1 else "first positions"
    return f"{counted(moves, 'move')}, {big(firsts)} of them {few}"


def _turns(days: Iterable[Day]) -> str:
    trends = [day.trend for day in days]
    nearer, farther = trends.count("nearer"), trends.count("farther")
    if not nearer and not farther:
        return "It never changed."
    return f"It fell on {counted(nearer, 'day')} and rose on {counted(farther, 'day')}."
