"""The examples replayed: the movement that their records are known for is what is found."""

from __future__ import annotations

from functools import cache

import pytest

from goodoffices.analysis.impasse_result import Cost
from goodoffices.analysis.movement import movement
from goodoffices.analysis.movement_result import Day, Move, MovementResult
from tests.examples import replay

DATED = ("black-sea-grain-2022", "camp-david-1978", "gaza-2025", "hospital-pay")


@cache
def moved(name: str) -> MovementResult:
    return movement(replay.load(name))


def day_of(name: str, day: str) -> Day:
    return next(found for found in moved(name).days if found.day == day)


def move_with(name: str, position: str) -> Move:
    (found,) = [move for _, move in moved(name).moves if position in move.begun]
    return found


@pytest.mark.parametrize("name", ["camp-david-1978", "gaza-2025"])
def test_each_day_is_what_replaying_it_by_hand_finds(name: str) -> None:
    case = replay.load(name)
    for day in moved(name).days:
        then = case.on(day.day)
        assert (day.distance == Cost()) is replay.is_open(then)
        for way in day.ways_out:
            assert replay.is_open(then, without=way.relax)


@pytest.mark.parametrize("name", DATED)
def test_every_move_names_a_change_of_that_day(name: str) -> None:
    case = replay.load(name)
    held = {position.id: position for position in case.positions}
    for day, move in moved(name).moves:
        begins = [held[id].since for id in move.begun]
        assert all(since is not None and str(since.first) == day for since in begins)
        assert all(held[id].party == move.party for id in (*move.begun, *move.ended))
        assert set(move.ended).isdisjoint(p.id for p in case.on(day).in_force)


@pytest.mark.parametrize("name", DATED)
def test_what_a_move_answers_is_another_s_and_not_later(name: str) -> None:
    case = replay.load(name)
    for day, move in moved(name).moves:
        for done in move.answers_to:
            assert done.by != move.party
            assert done.date is None or done.date <= day
            if done.basis == "recorded":
                assert done.kind == "proposal"
            if done.kind == "statement":
                assert case.side_of(case.statements[done.id].by) == done.by


def test_at_camp_david_a_vote_of_the_knesset_freed_the_settlements() -> None:
    name = "camp-david-1978"
    israel, egypt = (move_with(name, id) for id in ("i-settlements-vote", "e-settlements-vote"))
    for move in (israel, egypt):
        assert (move.acceptance, move.direction) == ("wider", "towards")
        assert move.gained is not None
        assert move.gained["settlements"] == "knesset-first"
    assert day_of(name, "1978-09-16").distance == Cost(0, 1, 1)
    assert day_of(name, "1978-09-17").distance == Cost()
    assert [(done.id, done.basis) for done in egypt.answers_to] == [("knesset-first", "recorded")]


def test_at_camp_david_the_distance_was_largest_before_the_american_draft() -> None:
    distances = {day.day: day.distance for day in moved("camp-david-1978").days}
    assert max(distances.values(), key=lambda cost: cost.key if cost else ()) == Cost(1, 0, 3)
    assert {day for day, cost in distances.items() if cost == Cost(1, 0, 3)} == {
        "1978-09-09", "1978-09-10",
    }  # fmt: skip


def test_the_grain_initiative_was_open_when_it_was_signed_and_each_time_extended() -> None:
    name = "black-sea-grain-2022"
    for day in ("2022-07-22", "2022-11-17", "2023-03-18", "2023-05-17"):
        assert day_of(name, day).distance == Cost()
    for day in ("2022-10-29", "2023-03-13", "2023-07-17"):
        assert day_of(name, day).distance != Cost()


def test_the_suspension_of_october_2022_was_a_move_away_and_its_end_a_move_back() -> None:
    name = "black-sea-grain-2022"
    away, back = (move_with(name, id) for id in ("r-suspends", "r-assurance"))
    assert (away.party, away.direction) == ("russia", "away")
    assert (back.party, back.direction, back.ended) == ("russia", "towards", ("r-suspends",))


def test_both_sides_moved_on_a_day_of_march_2023_and_either_alone_would_have_been_enough() -> None:
    day = day_of("black-sea-grain-2022", "2023-03-18")
    assert {move.party for move in day.moves} == {"ukraine", "russia"}
    assert {move.without for move in day.moves} == {Cost()}
    assert {move.acceptance for move in day.moves} == {"wider"}
    assert {done.basis for move in day.moves for done in move.answers_to} == {"recorded"}
    assert day.distance == Cost()
