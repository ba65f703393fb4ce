"""What the moves of a case rest on: known by the day or not, confidential or not, marked or not."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from pydantic import ValidationError

from goodoffices.model import Case
from goodoffices.model.preferences import Moves

STATUSES = ("stated", "reported", "inferred", "confidential")


def case(**moves: Any) -> Case:
    return Case.model_validate(
        {
            "case": "Ward",
            "parties": {"nurses": {"name": "Nurses"}, "ward": {"name": "Ward"}},
            "documents": {"d": {"title": "Paper"}},
            "statements": {
                "early": {"document": "d", "by": "nurses", "date": "2025-03"},
                "late": {"document": "d", "by": "ward", "date": "2025-06-10"},
                "undated": {"document": "d", "by": "ward"},
            },
            "moves": {
                "options": {
                    "strike": {"by": "nurses", "source": ["early", "undated"]},
                    "lock-out": {"by": "ward"},
                },
                "preferences": {
                    "nurses": {"statements": [{"prefers": {"strike": "no"}}], "source": "early"},
                    "ward": {"statements": [{"prefers": {"strike": "no"}}], "source": "late"},
                },
            }
            | moves,
        }
    )


def test_each_source_stands_once_in_the_order_of_the_file() -> None:
    found = case().moves
    assert found is not None
    assert found.sources == ("early", "undated", "late")
    assert Moves().sources == ()


@pytest.mark.parametrize(
    ("day", "known"),
    [(None, True), ("2025-06-10", True), ("2025-06", True), ("2025-06-09", False), ("2025", True)],
)
def test_moves_are_known_when_nothing_they_rest_on_is_dated_later(
    day: str | None, known: bool
) -> None:
    assert (case() if day is None else case().on(day)).moves_known is known


def test_a_case_without_moves_or_sources_knows_all_that_there_is() -> None:
    assert Case.model_validate({"case": "x", "parties": {"a": {"name": "A"}}}).moves_known
    assert case(options={"strike": {"by": "nurses"}}, preferences={}).on("2001").moves_known


@pytest.mark.parametrize("status", STATUSES)
def test_what_is_told_in_confidence_keeps_its_sources_so(status: str) -> None:
    thought = {"truce": {"infeasible": [{"strike": "yes"}], "source": "undated"}}
    found = case(status=status, **{"what-if": thought}).told_in_confidence
    assert found == ({"early", "late", "undated"} if status == "confidential" else frozenset())


def test_moves_are_the_analysts_reading_unless_the_case_says_otherwise() -> None:
    found = case().moves
    assert found is not None
    assert found.status == "inferred"
    assert get_args(Moves.model_fields["status"].annotation) == STATUSES
    with pytest.raises(ValidationError, match="status"):
        case(status="certain")
