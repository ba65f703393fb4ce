"""Priorities and moves: parsed, checked and kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from goodoffices.model import Moves, Priority
from goodoffices.model.preferences import MoveOption, PreferenceStatement, StatePreference


def test_priorities_are_points_or_orders() -> None:
    points = Priority.model_validate({"issues": {"truce": 60, "days": "40.5"}, "no-agreement": 30})
    assert points.issues == {"truce": Decimal(60), "days": Decimal("40.5")}
    assert points.no_agreement == 30
    order = Priority.model_validate(
        {"issues": ["truce", ["days", "talks"]], "options": {"truce": ["short", "none"]}}
    )
    assert order.issues == (("truce",), ("days", "talks"))
    assert order.options["truce"] == (("short",), ("none",))
    assert order.status == "inferred"


@pytest.mark.parametrize(
    "data", [{"issues": "truce"}, {"issues": {"truce": "most"}}, {"no-agreement": "x"}, {"rank": 1}]
)
def test_what_is_no_priority(data: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Priority.model_validate(data)


def test_points_stay_exact_in_json() -> None:
    priority = Priority.model_validate({"issues": {"truce": "0.1"}})
    assert priority.model_dump(mode="json")["issues"] == {"truce": "0.1"}


def test_a_move_can_be_made_both_ways_unless_said() -> None:
    assert MoveOption(by="ana").direction == "both"
    assert MoveOption(by="ana").now == "no"
    with pytest.raises(ValidationError):
        MoveOption.model_validate({"by": "ana", "direction": "sideways"})


def test_a_statement_has_one_condition_at_most() -> None:
    one = PreferenceStatement.model_validate({"prefers": {"a": "yes"}, "if": {"b": "no"}})
    assert one.if_ is not None
    assert one.iff is None
    with pytest.raises(ValidationError, match="either if or iff"):
        PreferenceStatement.model_validate(
            {"prefers": {"a": "yes"}, "if": {"b": "no"}, "iff": {"b": "no"}}
        )


def test_states_are_ordered_in_one_form() -> None:
    ranking = StatePreference.model_validate({"ranking": ["s1", ["s2", "s3"]]})
    assert ranking.ranking == (("s1",), ("s2", "s3"))
    statements = StatePreference.model_validate({"statements": [{"prefers": {"a": "yes"}}]})
    assert statements.statements is not None
    for data in ({}, {"ranking": ["s1"], "statements": []}):
        with pytest.raises(ValidationError, match="either statements or a ranking"):
            StatePreference.model_validate(data)
    pairs = StatePreference.model_validate({"ranking": ["s1"], "unknown": [["s1", "s2"]]})
    assert pairs.unknown == (("s1", "s2"),)


def test_moves_keep_all_that_is_said_of_them() -> None:
    data = {
        "options": {"boycott": {"by": "ana", "now": "yes"}, "strike": {"by": "ben"}},
        "infeasible": [{"boycott": "yes", "strike": "yes"}],
        "merged": [{"strike": "yes"}],
        "states": {"calm": [], "storm": "boycott"},
        "now": "calm",
        "removed": [{"by": "ana", "from": "storm", "to": "calm"}],
        "preferences": {"ana": {"ranking": ["calm", "storm"]}},
    }
    moves = Moves.model_validate(data)
    assert moves.states == {"calm": (), "storm": ("boycott",)}
    assert (moves.removed[0].from_, moves.removed[0].to) == ("storm", "calm")
    again = moves.model_dump(mode="json", by_alias=True, exclude_none=True)
    assert Moves.model_validate(again) == moves
    assert again["infeasible"] == [{"boycott": "yes", "strike": "yes"}]
