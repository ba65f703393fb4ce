"""From what `movement` found to the lines of a brief's section on it."""

from __future__ import annotations

from goodoffices.analysis.impasse_result import Cost
from goodoffices.analysis.movement_result import Day, Move, MovementResult
from goodoffices.brief.contents import DayLine, MoveLine, Movement
from goodoffices.brief.movement_words import (
    act_sentence,
    alone_words,
    answers_words,
    distance_sentence,
    distance_words,
    held_sentence,
    move_effects,
    move_head,
    movement_sentence,
    silence_sentence,
    stuck_words,
    ways_words,
)
from goodoffices.brief.phrases import counted, date_words, name_of
from goodoffices.model import Case, PartialDate

_NO_WAY = (float("inf"),)


def movement_lines(case: Case, result: MovementResult) -> Movement:
    """Return what `movement` found in a case, in words."""
    begun = {id for _, move in result.moves for id in move.begun}
    used = {id for _, move in result.moves for id in move.ended}
    used |= {id for day in result.days for ids in day.conflicts for id in ids}
    distances = [result.before, *(day.distance for day in result.days), Cost()]
    levels = sorted({_key(distance) for distance in distances})
    words = {_key(distance): distance_words(distance) for distance in distances}
    previous = [result.before, *(day.distance for day in result.days)]
    return Movement(
        sentence=movement_sentence(result.days, result.before),
        levels=tuple(words[level] for level in levels),
        start=levels.index(_key(result.before)),
        until=result.until or "",
        before=tuple(held_sentence(case, p) for p in case.positions if p.id in used - begun),
        days=tuple(
            _day_line(case, day, before, levels.index(_key(day.distance)))
            for day, before in zip(result.days, previous, strict=False)
        ),
        silences=tuple(silence_sentence(case, silence) for silence in result.silences),
        definition=_definition(result),
    )


def _key(distance: Cost | None) -> tuple[float, ...]:
    return _NO_WAY if distance is None else distance.key


def _day_line(case: Case, day: Day, before: Cost | None, rank: int) -> DayLine:
    return DayLine(
        day=day.day,
        dated=day.dated,
        words=date_words(PartialDate.parse(day.dated)),
        rank=rank,
        distance=distance_words(day.distance),
        sentence=distance_sentence(before, day),
        acts=tuple(act_sentence(case, act) for act in day.acts),
        proposals=sum(act.kind == "proposal" for act in day.acts),
        moves=tuple(_move_line(case, move, day) for move in day.moves),
        stuck=stuck_words(day),
        ways_out=ways_words(case, day),
        alone=alone_words(case, day),
        stale=day.stale,
        confidential=day.confidential,
    )


def _move_line(case: Case, move: Move, day: Day) -> MoveLine:
    return MoveLine(
        id=move.id,
        party=move.party,
        party_name=name_of(case, move.party),
        mark="first" if move.first else move.direction,
        head=move_head(case, move),
        does=tuple(move_effects(case, move, day)),
        answers=answers_words(case, move, day.day),
        inferred=any(done.basis == "inferred" for done in move.answers_to),
        confidential=move.confidential,
    )


def _definition(result: MovementResult) -> tuple[str, ...]:
    stale = counted(int(result.parameters["stale_days"]), "day")
    return (
        "The distance is what the cheapest way out costs: the positions that would have to be "
        "given up, red lines before firm positions before open ones.",
        "A move is judged with all else as it stands that day: by what its party accepts, and by "
        "the distance, with and without it.",
        f"A position is stale when nothing was heard of it for more than {stale}.",
        f"Found by: {result.method}.",
    )
