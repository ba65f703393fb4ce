"""Positions, rules and proposals."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from goodoffices.model import (
    FIRMNESSES,
    Position,
    Proposal,
    Response,
    Rule,
    condition_data,
    offered_terms,
    parse_condition,
)
from goodoffices.model.positions import POSITION_KINDS


def position(**data: Any) -> Position:
    return Position.model_validate({"id": "p", "party": "ana", **data})


A, B = {"a": "x"}, {"b": "y"}


@pytest.mark.parametrize("kind", POSITION_KINDS)
def test_a_position_has_one_kind_and_one_demand(kind: str) -> None:
    one = position(**{kind: A})
    assert one.kind == kind
    assert condition_data(one.demand) == A
    assert one.binding is (kind in {"requires", "refuses"})


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, "exactly one of requires, refuses, offers, prefers"),
        ({"requires": A, "refuses": B}, "exactly one of requires, refuses, offers, prefers"),
        ({"requires": A, "in-return-for": B}, "in-return-for only beside offers"),
        ({"refuses": A, "over": B}, "over only beside prefers"),
        ({"requires": A, "since": "2025-06", "until": "2025-06"}, "an 'until' after 'since'"),
        ({"requires": A, "since": "2025-06-02", "until": "2025-06"}, "an 'until' after 'since'"),
        ({"requires": A, "firmness": "soft"}, "'red-line', 'firm' or 'open'"),
        ({"requires": A, "status": "secret"}, "'stated', 'reported', 'inferred' or 'confidential'"),
        ({"requires": {}}, "expected at least one issue"),
        ({"requires": A, "demands": B}, "Extra inputs"),
        ({"requires": A, "says": " "}, "match pattern"),
    ],
)
def test_what_is_no_position(data: dict[str, Any], expected: str) -> None:
    with pytest.raises(ValidationError, match=expected):
        position(**data)


def test_what_goes_without_saying() -> None:
    one = position(requires=A)
    assert (one.firmness, one.status, one.source) == ("firm", "stated", ())
    assert position(requires=A, source="s6").source == ("s6",)


def test_firmnesses_go_from_hard_to_soft() -> None:
    assert FIRMNESSES == ("red-line", "firm", "open")


def test_conditions_come_with_their_keys() -> None:
    one = position(**{"offers": A, "in-return-for": B, "when": {"c": "z"}})
    assert [(key, condition_data(value)) for key, value in one.conditions] == [
        ("offers", A),
        ("in-return-for", B),
        ("when", {"c": "z"}),
    ]
    assert one.issues == {"a", "b", "c"}
    assert one.binding
    assert [key for key, _ in position(prefers=A, over=B).conditions] == ["prefers", "over"]


@pytest.mark.parametrize(
    ("since", "until", "day", "held"),
    [
        (None, None, None, True),
        (None, None, "2025-06-02", True),
        ("2025-06-02", None, "2025-06-01", False),
        ("2025-06-02", None, "2025-06-02", True),
        ("2025-06", None, "2025-05-31", False),
        ("2025-06", None, "2025-06-01", True),
        (None, "2025-06-02", "2025-06-01", True),
        (None, "2025-06-02", "2025-06-02", False),
        (None, "2025-06", "2025-06-01", False),
        (None, "2025", "2024-12-31", True),
        ("2025-05", "2025-06", "2025-05-15", True),
        ("2025-05", "2025-06", None, False),
        ("2025-05", None, None, True),
    ],
)
def test_a_position_holds_from_since_until_until(
    since: str | None, until: str | None, day: str | None, held: bool
) -> None:
    data = {key: value for key, value in (("since", since), ("until", until)) if value}
    one = position(requires=A, **data)
    assert one.in_force(date.fromisoformat(day) if day else None) is held


def test_a_copy_of_another_kind_is_of_that_kind() -> None:
    one = position(requires=A)
    assert one.kind == "requires"
    other = one.model_copy(update={"requires": None, "refuses": one.requires})
    assert other.kind == "refuses"
    assert other.demand == one.demand


def test_each_term_of_an_offer_stands_for_itself() -> None:
    def terms(data: Any) -> list[dict[str, Any]]:
        return [condition_data(term) for term in offered_terms(parse_condition(data))]

    assert terms(A) == [A]
    assert terms({**A, **B}) == [A, B]
    assert terms({"all": [{**A, **B}, {"c": "z"}]}) == [A, B, {"c": "z"}]
    assert terms({"any": [A, B]}) == [{"any": [A, B]}]


def test_a_rule_requires_or_refuses() -> None:
    rule = Rule.model_validate({"id": "r", "refuses": A, "when": B})
    assert [key for key, _ in rule.conditions] == ["refuses", "when"]
    for data in ({"id": "r"}, {"id": "r", "requires": A, "refuses": B}):
        with pytest.raises(ValidationError, match="exactly one of requires, refuses"):
            Rule.model_validate(data)


def proposal(**data: Any) -> Proposal:
    return Proposal.model_validate({"id": "o", "by": "egypt", **data})


def test_terms_that_are_numbers_are_texts() -> None:
    one = proposal(terms={"days": 60, "rate": 2.5, "truce": "short"})
    assert one.terms == {"days": "60", "rate": "2.5", "truce": "short"}
    with pytest.raises(ValidationError):
        proposal(terms={"days": None})
    with pytest.raises(ValidationError):
        proposal(terms="short")


def test_one_answer_stands_without_a_list() -> None:
    one = proposal(responses={"ana": {"answer": "accepts"}, "ben": [{"answer": "rejects"}]})
    assert one.responses["ana"] == (Response(answer="accepts"),)
    assert one.responses["ben"] == (Response(answer="rejects"),)
    with pytest.raises(ValidationError, match="'accepts'"):
        proposal(responses={"ana": {"answer": "perhaps"}})


def test_responses_given_by_a_day() -> None:
    one = proposal(
        responses={
            "ana": [
                {"answer": "rejects", "date": "2025-05-01"},
                {"answer": "accepts", "date": "2025-06"},
            ],
            "ben": {"answer": "counters", "with": "other"},
        }
    )

    def answers(day: str | None) -> list[tuple[str, str]]:
        found = one.responses_until(date.fromisoformat(day) if day else None)
        return [(side, response.answer) for side, response in found]

    assert answers(None) == [("ana", "rejects"), ("ana", "accepts"), ("ben", "counters")]
    assert answers("2025-05-31") == [("ana", "rejects"), ("ben", "counters")]
    assert answers("2025-06-01") == answers(None)
    assert answers("2025-04-30") == [("ben", "counters")]
    assert one.responses["ben"][0].with_ == "other"


def test_a_proposal_may_be_based_on_one_or_several() -> None:
    assert proposal(**{"based-on": "first"}).based_on == ("first",)
    assert proposal(**{"based-on": ["first", "second"], "carrier": "qatar"}).carrier == ("qatar",)
