"""`movement` against its brute-force twins on random small records, and what must hold of any."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.analysis.impasse_result import Cost
from goodoffices.analysis.movement import movement
from goodoffices.analysis.movement_result import Day, Move, MovementResult
from goodoffices.model import Case, Position
from tests import oracles
from tests.analysis import movement_twins as twins

SEEDS = 200
seeds = st.integers(0, 2**32)


def key(cost: Cost | None) -> tuple[int, ...]:
    return twins.NO_WAY if cost is None else cost.key


def check_day(case: Case, day: Day) -> None:
    then = case.on(day.day)
    held = list(then.in_force)
    assert key(day.distance) == twins.distance(case, held)
    assert {frozenset(ids) for ids in day.conflicts} == oracles.conflicts(then)
    ways = oracles.ways_out(then)
    least = min((oracles.cost(then, way) for way in ways), default=None)
    expected = {way for way in ways if oracles.cost(then, way) == least}
    assert {frozenset(way.relax) for way in day.ways_out} == expected
    for way in day.ways_out:
        held_by = {p.id: p.party for p in held}
        for party, cost in way.burden.items():
            own = [id for id in way.relax if held_by[id] == party]
            assert cost.key == oracles.cost(then, own)
    for party in case.parties:
        check_alone(then, day, party)


def check_alone(then: Case, day: Day, party: str) -> None:
    alone = day.alone[party]
    expected = oracles.alone(then, party)
    if alone is None:
        assert expected is None
    elif day.conflicts:
        assert frozenset(alone.relax) in (expected or ())
    else:
        assert alone.relax == ()


def check_moves(case: Case, day: Day) -> None:
    on = date.fromisoformat(day.day)
    before, after = twins.held_on(case, twins.eve(on)), twins.held_on(case, on)
    for party in case.parties:
        changed = [p for p in case.positions if p.party == party and (p in before) != (p in after)]
        found = [move for move in day.moves if move.party == party]
        assert {frozenset(m.begun + m.ended) for m in found} == twins.groups(changed)
        assert {id for m in found for id in m.begun} == {p.id for p in changed if p in after}
        for move in found:
            check_move(case, move, after)


def check_move(case: Case, move: Move, after: list[Position]) -> None:
    """Hold a move against the same day without it."""
    back = [p for p in case.positions if p.id in move.ended]
    without = [p for p in after if p.id not in move.begun] + back
    own = [[p for p in held if p.party == move.party] for held in (without, after)]
    was, is_ = (twins.accepted(case, held) for held in own)
    assert move.acceptance == twins.acceptance(was, is_)
    for terms, only in ((move.gained, is_ - was), (move.lost, was - is_)):
        assert (terms is None) == (not only)
        assert terms is None or any(frozenset(terms.items()) <= package for package in only)
    assert key(move.without) == twins.distance(case, without)
    assert move.direction == twins.direction(case, without, after)
    others = {p.party for p in after if p.binding and p.party != move.party}
    assert {bearing.party for bearing in move.bearings} == others
    for bearing in move.bearings:
        theirs = [p for p in after if p.party == bearing.party]
        pair = ([*own[0], *theirs], [*own[1], *theirs])
        assert bearing.direction == twins.direction(case, *pair)
        assert [key(bearing.before), key(bearing.after)] == [twins.distance(case, h) for h in pair]
        assert bearing.common == twins.acceptance(*(twins.accepted(case, h) for h in pair))


def check(case: Case) -> MovementResult:
    result = movement(case)
    days = [date.fromisoformat(day.day) for day in result.days]
    assert days == twins.change_days(case)
    held = twins.held_on(case, twins.eve(days[0])) if days else list(case.in_force)
    assert key(result.before) == twins.distance(case, held)
    distances = [key(result.before), *(key(day.distance) for day in result.days)]
    for was, day in zip(distances, result.days, strict=False):
        check_day(case, day)
        check_moves(case, day)
        now = key(day.distance)
        assert day.trend == ("same" if was == now else "nearer" if now < was else "farther")
        assert day.complete
    return result


@pytest.mark.parametrize("seed", range(SEEDS))
def test_every_day_is_what_trying_everything_finds(seed: int) -> None:
    check(twins.timeline(Random(seed)))


def test_the_random_records_hold_every_kind_of_move() -> None:
    results = [movement(twins.timeline(Random(seed))) for seed in range(SEEDS)]
    moves = [move for result in results for _, move in result.moves]
    assert {move.acceptance for move in moves} == {"wider", "narrower", "shifted", "same"}
    assert {move.direction for move in moves} == {"towards", "away", "mixed", "neither"}
    assert {day.trend for result in results for day in result.days} == {
        "nearer", "farther", "same",
    }  # fmt: skip
    assert any(day.distance is None for result in results for day in result.days)


some = settings(max_examples=25, deadline=None)


@some
@given(seeds)
def test_a_day_on_which_no_position_changes_changes_nothing(seed: int) -> None:
    case = twins.timeline(Random(seed))
    data = case.model_dump(mode="json", by_alias=True, exclude_none=True)
    data["proposals"] = [*data["proposals"], {"id": "news", "by": "p0", "date": "2025-02-20"}]
    result = movement(Case.model_validate(data))
    plain = {day.day: day for day in movement(case).days}
    previous = result.before
    for day in result.days:
        if day.day == "2025-02-20":
            assert (day.moves, day.trend, day.distance) == ((), "same", previous)
            assert [act.proposal for act in day.acts] == ["news"]
        else:
            assert day.distance == plain[day.day].distance
        previous = day.distance


@some
@given(seeds)
def test_renaming_the_parties_renames_them_in_the_result_and_nothing_else(seed: int) -> None:
    case = twins.timeline(Random(seed))
    names = {party: f"other-{party}" for party in case.parties}
    data = case.model_dump(mode="json", by_alias=True, exclude_none=True)
    renamed = Case.model_validate(twins.renamed(data, names))
    assert movement(renamed).to_data() == twins.renamed(movement(case).to_data(), names)


@some
@given(seeds)
def test_one_position_more_never_lowers_a_distance(seed: int) -> None:
    rng = Random(seed)
    case = twins.timeline(rng)
    issue = rng.choice(list(case.issues))
    option = case.issues[issue].option(rng.randrange(case.issues[issue].size))
    more = Position.model_validate(
        {"id": "more", "party": "p0", "refuses": {issue: option}, "firmness": "open"}
    )
    grown = movement(case.model_copy(update={"positions": (*case.positions, more)}))
    for less, day in zip(movement(case).days, grown.days, strict=True):
        assert key(less.distance) <= key(day.distance)


@some
@given(seeds)
def test_a_part_of_the_time_is_told_as_in_the_whole(seed: int) -> None:
    case = twins.timeline(Random(seed))
    since, until = date(2025, 1, 5), date(2025, 3, 1)
    whole, part = movement(case), movement(case, since=since, until=until)
    within = [d for d in whole.days if since.isoformat() <= d.day <= until.isoformat()]
    for one, other in zip(within, part.days, strict=True):
        assert (one.day, one.distance, one.trend) == (other.day, other.distance, other.trend)
        told = [[(m.party, m.begun, m.ended, m.acceptance, m.direction) for m in day.moves]
                for day in (one, other)]  # fmt: skip
        assert told[0] == told[1]


@some
@given(seeds)
def test_the_zone_is_open_exactly_where_the_distance_is_nothing(seed: int) -> None:
    case = twins.timeline(Random(seed))
    for day in movement(case).days:
        assert (day.distance == Cost()) is bool(oracles.zone(case.on(day.day)))
