"""Problems of moves: each kind, with its place, and none where there is none."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.analysis.stability import move_problems
from goodoffices.model import Case
from tests.analysis.stability.test_published import PUBLISHED, published


def case_of(moves: dict[str, Any]) -> Case:
    """Return a case of two parties and a guarantor; preferences that fit are filled in."""
    filled = {"preferences": {"ana": {"statements": []}, "ben": {"statements": []}}, **moves}
    return Case.model_validate(
        {
            "case": "Talks",
            "parties": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}},
            "third-parties": {"city": {"name": "City", "roles": ["guarantor"]}},
            "moves": filled,
        }
    )


OPTIONS = {"a": {"by": "ana"}, "b": {"by": "ben"}}


def problems(**moves: Any) -> list[tuple[str, str, str]]:
    found = move_problems(case_of({"options": OPTIONS, **moves}))
    return [(".".join(str(step) for step in p.path), p.expected, p.found) for p in found]


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_cases_have_none(name: str) -> None:
    assert move_problems(published(name)) == ()


def test_a_case_without_moves_has_none() -> None:
    assert move_problems(Case.model_validate({"case": "x", "parties": {"p": {"name": "P"}}})) == ()
    assert move_problems(case_of({})) == ()


def test_parties_with_moves_need_preferences_and_guarantors_do_not() -> None:
    options = {**OPTIONS, "c": {"by": "city"}}
    assert problems(options=options, preferences={"ben": {"statements": []}}) == [
        ("moves.preferences", "preferences of ana, who have moves", "")
    ]


def test_parties_and_third_parties_have_preferences_and_nobody_else() -> None:
    names = ("ana", "ben", "city", "cy")
    assert problems(preferences={name: {"statements": []} for name in names}) == [
        ("moves.preferences.cy", "a party or third party", "cy")
    ]


def test_no_feasible_state() -> None:
    found = problems(infeasible=[{"any": [{"a": "yes"}, {"a": "no"}]}])
    assert found == [("moves.infeasible", "at least one feasible state", "")]


def test_conditions_speak_of_moves_and_of_yes_and_no() -> None:
    assert problems(infeasible=[{"z": "yes"}], merged=[{"a": {"at-least": 1}}]) == [
        ("moves.infeasible.0.z", "a move of the case", "z"),
        ("moves.merged.0.a", "yes or no", ""),
    ]
    found = problems(infeasible=[{"a": {"not": ["maybe", "yes"]}}, {"b": ["yes", {"not": "no"}]}])
    assert found == [("moves.infeasible.0.a", "yes or no", "")]


def test_owners_and_moves_of_states_are_known() -> None:
    assert problems(options={"a": {"by": "zoe"}}, states={"calm": ["y"]}) == [
        ("moves.options.a.by", "a party or third party", "zoe"),
        ("moves.states.calm", "moves of the case", "y"),
    ]


def test_at_most_so_many_moves() -> None:
    options = {f"m{n}": {"by": "ana"} for n in range(63)}
    assert problems(options=options) == [("moves.options", "at most 62 moves", "63")]


def test_a_statement_that_never_holds_orders_nothing() -> None:
    statements = [
        {"prefers": {"a": "yes", "b": "yes"}},
        {"prefers": {"a": "yes"}, "if": {"b": "no"}},
        {"prefers": {"a": "yes"}, "iff": {"a": "no"}},
    ]
    preferences = {"ana": {"statements": statements}, "ben": {"statements": []}}
    words = "a statement that some feasible state satisfies"
    assert problems(infeasible=[{"a": "yes", "b": "yes"}], preferences=preferences) == [
        ("moves.preferences.ana.statements.0", words, ""),
        ("moves.preferences.ana.statements.2", words, ""),
    ]


def test_a_statement_is_the_same_of_all_codes_of_a_merged_state() -> None:
    preferences = {"ana": {"statements": [{"prefers": {"b": "yes"}}]}, "ben": {"statements": []}}
    assert problems(merged=[{"a": "yes"}], preferences=preferences) == [
        (
            "moves.preferences.ana.statements.0",
            "a statement that is the same of all codes of a merged state",
            "",
        )
    ]
    assert problems(merged=[{"b": "yes"}], preferences=preferences) == []


def test_names_are_for_feasible_states_one_each() -> None:
    states = {"calm": [], "quiet": [], "both": ["a", "b"]}
    assert problems(states=states, infeasible=[{"a": "yes", "b": "yes"}]) == [
        ("moves.states.quiet", 'one name for a state; this one is "calm", too', "quiet"),
        ("moves.states.both", "a feasible state", "both"),
    ]


def test_a_number_is_no_name_for_another_state() -> None:
    assert problems(states={"2": ["a"], "3": ["b"]}) == []
    words = "the number of the state, 1, or another name; 2 is another state"
    assert problems(states={"2": []}) == [("moves.states.2", words, "2")]
    everything = {"1": ["a", "b"], "2": [], "3": ["a"], "4": ["b"]}
    assert problems(states=everything) == []


def test_the_state_now_is_feasible() -> None:
    assert problems(now="calm") == [("moves.now", "a feasible state", "calm")]
    assert problems(now="4") == []
    options = {"a": {"by": "ana", "now": "yes"}, "b": {"by": "ben"}}
    words = "moves made today that make a feasible state"
    assert problems(options=options, infeasible=[{"a": "yes"}]) == [("moves.options", words, "")]
    assert problems(infeasible=[{"a": "no", "b": "no"}]) == []


def test_a_ranking_has_every_state_once() -> None:
    preferences = {
        "ana": {"ranking": ["1", ["2", "1"], "9"]},
        "ben": {"ranking": [["4", "3"], "2", "1"]},
    }
    assert problems(preferences=preferences) == [
        ("moves.preferences.ana.ranking.1", "each state once", "1"),
        ("moves.preferences.ana.ranking.2", "a feasible state", "9"),
        ("moves.preferences.ana.ranking", "every feasible state; it lacks 3, 4", ""),
    ]


def test_many_lacking_states_are_not_all_named() -> None:
    options = {f"m{n}": {"by": "ana"} for n in range(3)}
    ((_, words, _),) = problems(options=options, preferences={"ana": {"ranking": ["1"]}})
    assert words == "every feasible state; it lacks 2, 3, 4, 5, 6, …"


def test_pairs_name_states_and_the_first_is_better() -> None:
    preferences = {
        "ana": {"statements": [{"prefers": {"a": "yes"}}], "greatly": [["1", "2"], ["2", "1"]]},
        "ben": {"statements": [], "unknown": [["1", "7"]]},
    }
    assert problems(preferences=preferences) == [
        (
            "moves.preferences.ana.greatly.0",
            "first a state that the party prefers to the second",
            "1, 2",
        ),
        ("moves.preferences.ben.unknown.0", "a feasible state", "7"),
    ]


def test_removed_moves_are_moves() -> None:
    removed = [
        {"by": "ana", "from": "1", "to": "2"},
        {"by": "ana", "from": "1", "to": "3"},
        {"by": "city", "from": "1", "to": "3"},
        {"by": "ana", "from": "1", "to": "nowhere"},
    ]
    assert problems(removed=removed) == [
        ("moves.removed.1", "a move that could be made", "1 to 3"),
        ("moves.removed.2.by", "somebody with moves", "city"),
        ("moves.removed.3", "a feasible state", "nowhere"),
    ]
