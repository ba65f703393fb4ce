"""Movement on records made for it: who moved, which way, in answer to what, and who fell silent."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from goodoffices.analysis.impasse_result import Cost, Missing
from goodoffices.analysis.movement import STALE_DAYS, movement
from goodoffices.analysis.movement_result import Move
from goodoffices.analysis.zone.search import Limits
from goodoffices.errors import CallError
from goodoffices.model import Case
from tests.brief.cases import made

WINDOW = {"window": {"question": "At night?", "options": ["open", "ajar", "shut"]},
          "heat": {"question": "How warm?", "range": {"from": 15, "to": 25}}}  # fmt: skip
RECORD: dict[str, Any] = {
    "issues": WINDOW,
    "third-parties": {"cleo": {"name": "Cleo", "roles": ["mediator"]}},
    "persons": {"dan": {"name": "Dan", "of": "ben"}},
    "documents": {"d": {"title": "Diary"}},
    "statements": {
        "old": {"document": "d", "by": "dan", "date": "2025-01-02"},
        "word": {"document": "d", "by": "dan", "date": "2025-02-10"},
        "own": {"document": "d", "by": "ana", "date": "2025-03-01"},
        "voice": {"document": "d", "date": "2025-02-20"},
    },
    "positions": [
        {"id": "a1", "party": "ana", "requires": {"window": "open"}, "until": "2025-03-01"},
        {"id": "a2", "party": "ana", "refuses": {"window": "shut"}, "since": "2025-03-01",
         "source": "own"},
        {"id": "b1", "party": "ben", "refuses": {"window": "open"}, "source": ["old", "word"],
         "since": "2025-01-02"},
    ],
}  # fmt: skip


def record(**changes: Any) -> Case:
    named = {name.replace("_", "-"): value for name, value in changes.items()}
    return made(RECORD | named)


def position(id: str, party: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "party": party, **{k.replace("_", "-"): v for k, v in more.items()}}


def move_of(case: Case, party: str, day: str = "2025-03-01") -> Move:
    (found,) = [m for at, m in movement(case).moves if at == day and m.party == party]
    return found


def test_a_wider_acceptance_that_opens_the_zone() -> None:
    result = movement(record())
    assert [(day.day, day.distance, day.trend) for day in result.days] == [
        ("2025-01-02", Cost(0, 1, 0), "farther"),
        ("2025-03-01", Cost(), "nearer"),
    ]
    move = move_of(record(), "ana")
    assert (move.begun, move.ended, move.issues, move.first) == (
        ("a2",),
        ("a1",),
        ("window",),
        False,
    )
    assert (move.acceptance, move.gained, move.lost) == ("wider", {"window": "ajar"}, None)
    assert (move.direction, move.without) == ("towards", Cost(0, 1, 0))
    (bearing,) = move.bearings
    assert (bearing.party, bearing.direction, bearing.common) == ("ben", "towards", "wider")


def test_a_position_on_new_ground_is_a_first_one() -> None:
    first = move_of(record(), "ben", "2025-01-02")
    assert first.first
    assert (first.acceptance, first.direction) == ("narrower", "away")


def test_changes_on_issues_apart_are_moves_apart() -> None:
    positions = [
        *RECORD["positions"],
        position("a3", "ana", requires={"heat": {"at-least": 20}}, since="2025-03-01"),
    ]
    moves = [m for at, m in movement(record(positions=positions)).moves if at == "2025-03-01"]
    assert [(m.id, m.issues, m.acceptance) for m in moves] == [
        ("m2", ("window",), "wider"),
        ("m3", ("heat",), "narrower"),
    ]
    assert moves[1].lost == {"heat": "15"}
    assert movement(record(positions=positions)).to_data()["days"][1]["moves"][1]["lost"] == {
        "heat": 15
    }


def test_a_change_of_firmness_alone_changes_the_distance_but_not_what_is_accepted() -> None:
    positions = [
        position("a1", "ana", requires={"window": "open"}, firmness="red-line", until="2025-03-01"),
        position("a2", "ana", requires={"window": "open"}, firmness="open", since="2025-03-01"),
        position("b1", "ben", requires={"window": "shut"}, firmness="red-line"),
    ]
    move = move_of(record(positions=positions), "ana")
    assert (move.acceptance, move.gained, move.lost) == ("same", None, None)
    assert (move.firmness_before, move.firmness_after) == ("red-line", "open")
    assert (move.direction, move.without) == ("towards", Cost(1, 0, 0))


def test_a_preference_moves_nothing() -> None:
    positions = [*RECORD["positions"],
                 position("b2", "ben", prefers={"window": "shut"}, since="2025-03-01")]  # fmt: skip
    move = move_of(record(positions=positions), "ben")
    assert (move.acceptance, move.direction) == ("same", "neither")


# --- In answer to what ------------------------------------------------------------------------


def proposal(**more: Any) -> dict[str, Any]:
    return {"id": "paper", "by": "cleo", "date": "2025-02-12", "terms": {"window": "ajar"}} | more


def told(case: Case) -> list[tuple[str, str, str, str]]:
    return [(a.kind, a.id, a.by, a.basis) for a in move_of(case, "ana").answers_to]


def test_the_record_ties_a_move_to_the_proposal_that_its_statement_answers() -> None:
    answers = {"ana": {"answer": "accepts", "date": "2025-03-01", "source": "own"}}
    case = record(proposals=[proposal(responses=answers)])
    assert told(case) == [("proposal", "paper", "cleo", "recorded")]


def test_the_record_ties_a_move_to_what_its_own_proposal_is_based_on() -> None:
    own = {"id": "mine", "by": "ana", "date": "2025-03-01", "source": "own", "based-on": "paper"}
    assert told(record(proposals=[proposal(), own])) == [("proposal", "paper", "cleo", "recorded")]


def test_else_the_last_act_of_another_on_the_issues_is_inferred() -> None:
    assert told(record()) == [("statement", "word", "ben", "inferred")]
    assert told(record(proposals=[proposal()])) == [("proposal", "paper", "cleo", "inferred")]
    answers = {"ben": {"answer": "rejects", "date": "2025-02-15"}}
    case = record(proposals=[proposal(responses=answers)])
    assert told(case) == [("answer", "paper", "ben", "inferred")]


def test_of_several_acts_on_one_day_the_most_formal_counts() -> None:
    answers = {"ben": {"answer": "rejects", "date": "2025-02-12"}}
    case = record(proposals=[proposal(responses=answers)])
    assert told(case) == [("proposal", "paper", "cleo", "inferred")]


@pytest.mark.parametrize(
    "other",
    [
        {"by": "ana"},
        {"terms": {"heat": "20"}},
        {"date": "2025-03-02"},
        {"date": "2025-03"},
        {"date": "2024-12-01"},
    ],
)
def test_acts_of_its_own_on_other_issues_or_possibly_later_are_not_inferred(
    other: dict[str, str],
) -> None:
    positions = [p | ({"since": "2025-01-01"} if p["id"] == "a1" else {})
                 for p in RECORD["positions"]]  # fmt: skip
    case = record(proposals=[proposal(**other)], positions=positions)
    assert told(case) == [("statement", "word", "ben", "inferred")]


def test_an_act_older_than_the_position_given_up_is_no_reason_for_it() -> None:
    positions = [p | ({"since": "2025-02-11"} if p["id"] == "a1" else {})
                 for p in RECORD["positions"]]  # fmt: skip
    assert told(record(positions=positions)) == []


# --- Days, silence, limits --------------------------------------------------------------------


def test_acts_stand_on_their_days() -> None:
    answers = {"ana": {"answer": "considers", "date": "2025-03"}}
    days = movement(record(proposals=[proposal(responses=answers)])).days
    acts = {day.day: [(a.kind, a.by, a.answer, a.date) for a in day.acts] for day in days}
    assert acts["2025-02-12"] == [("proposal", "cleo", None, "2025-02-12")]
    assert acts["2025-03-01"] == [("answer", "ana", "considers", "2025-03")]


def test_a_day_keeps_the_date_that_the_record_has_for_it() -> None:
    positions = [
        position("a", "ana", requires={"window": "open"}, since="2025-02"),
        position("b", "ben", requires={"window": "open"}, since="2025"),
        position("c", "ben", requires={"heat": "20"}, since="2025-01"),
    ]
    days = movement(record(positions=positions, statements={})).days
    assert [(day.day, day.dated) for day in days] == [
        ("2025-01-01", "2025-01"), ("2025-02-01", "2025-02"),
    ]  # fmt: skip


def test_nothing_after_the_case_s_day_is_told() -> None:
    result = movement(record().on("2025-02-28"))
    assert [day.day for day in result.days] == ["2025-01-02"]
    assert result.until == "2025-02-28"
    assert movement(record(), until=date(2025, 2, 28)).days == result.days


def test_since_leaves_out_what_was_before_but_starts_from_it() -> None:
    result = movement(record(), since=date(2025, 2, 1))
    assert [day.day for day in result.days] == ["2025-03-01"]
    assert (result.before, result.since) == (Cost(0, 1, 0), "2025-02-01")


def test_a_record_without_dates_has_no_movement_but_a_distance() -> None:
    positions = [position("a", "ana", requires={"window": "open"}),
                 position("b", "ben", requires={"window": "shut"})]  # fmt: skip
    result = movement(record(positions=positions, statements={}))
    assert (result.days, result.before, result.until) == ((), Cost(0, 1, 0), None)
    assert result.silences == ()


def test_rules_that_contradict_each_other_leave_no_way_out() -> None:
    rules = [{"id": "r1", "requires": {"window": "open"}},
             {"id": "r2", "refuses": {"window": "open"}}]  # fmt: skip
    result = movement(record(rules=rules))
    assert {day.distance for day in result.days} == {None}
    assert {day.trend for day in result.days} == {"same"}
    assert {day.conflicts for day in result.days} == {((),)}


def test_a_position_is_stale_from_the_day_after_its_time() -> None:
    case = record()
    heard = date(2025, 2, 10).toordinal()
    for silent, stale in ((20, False), (21, True)):
        day = date.fromordinal(heard + silent)
        result = movement(case.on(day), stale_days=20)
        found = {silence.position: silence for silence in result.silences}
        assert ("b1" in found) is stale
    assert (found["b1"].heard, found["b1"].days, found["b1"].party) == ("2025-02-10", 21, "ben")


def test_staleness_looks_at_what_was_said_by_then() -> None:
    days = {day.day: day.stale for day in movement(record(), stale_days=10).days}
    assert days == {"2025-01-02": (), "2025-03-01": ("b1",)}


def test_a_position_without_any_date_is_never_stale() -> None:
    positions = [position("a", "ana", requires={"window": "open"}, source="voice"),
                 position("b", "ben", requires={"window": "shut"})]  # fmt: skip
    result = movement(record(positions=positions).on("2030"))
    assert [silence.position for silence in result.silences] == ["a"]
    assert result.parameters["stale_days"] == STALE_DAYS


def test_what_was_told_in_confidence_is_marked() -> None:
    positions = [p | ({"status": "confidential"} if p["id"] == "a2" else {})
                 for p in RECORD["positions"]]  # fmt: skip
    case = record(positions=positions)
    result = movement(case)
    assert [day.confidential for day in result.days] == [False, True]
    assert result.confidential
    assert move_of(case, "ana").confidential
    assert not move_of(case, "ben", "2025-01-02").confidential
    assert not movement(case.on("2025-02-01")).confidential
    assert not movement(record()).confidential


def test_an_act_that_rests_on_words_told_in_confidence_is_marked() -> None:
    hidden = position("b9", "ben", prefers={"heat": "15"}, status="confidential", source="word")
    case = record(positions=[*RECORD["positions"], hidden | {"until": "2024-01-01"}])
    (answered,) = move_of(case, "ana").answers_to
    assert (answered.id, answered.confidential) == ("word", True)
    assert move_of(case, "ana").confidential


def test_a_limit_says_what_it_kept_out_and_the_distance_stays_exact() -> None:
    positions = [
        position(f"{party}{number}", party, requires={f"i{number}": option}, since="2025-01-01")
        for number in range(4)
        for party, option in (("ana", "x"), ("ben", "y"))
    ]
    issues = {f"i{n}": {"question": "?", "options": ["x", "y"]} for n in range(4)}
    case = record(positions=positions, issues=issues, statements={})
    for limits in (Limits(most=2), Limits(spent=lambda: 1.0)):
        result = movement(case, limits=limits)
        (day,) = result.days
        assert not day.complete
        assert day.distance == Cost(0, 4, 0)
        assert {missing.what for missing in result.missing} == {"conflicts"}
    assert movement(case, limits=Limits(most=2)).missing == (Missing("conflicts", "max"),)
    assert movement(case).missing == ()


def test_wrong_calls_say_what_was_expected() -> None:
    with pytest.raises(CallError, match="a number of days from 1"):
        movement(record(), stale_days=0)
    with pytest.raises(CallError, match="a day not before 2025-03-01"):
        movement(record(), since=date(2025, 3, 1), until=date(2025, 2, 1))


def test_the_first_day_of_all_days_has_no_eve() -> None:
    positions = [position("a", "ana", requires={"window": "open"}, since="0001-01-01"),
                 position("b", "ben", requires={"window": "shut"})]  # fmt: skip
    result = movement(record(positions=positions, statements={}))
    assert [day.day for day in result.days] == ["0001-01-01"]
    assert result.before == Cost()


def test_the_result_is_the_same_every_time() -> None:
    once, again = (json.dumps(movement(record()).to_data()) for _ in range(2))
    assert once == again
