"""The whole case."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest
from pydantic import ValidationError

from goodoffices.model import Case, PartialDate
from tests.strategies import random_case

DATA: dict[str, Any] = {
    "case": "Two roommates",
    "as-of": "2025-06",
    "parties": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}},
    "third-parties": {"cleo": {"name": "Cleo", "roles": ["mediator"]}},
    "persons": {"don": {"name": "Don", "of": "ben"}, "eve": {"name": "Eve"}},
    "issues": {"window": {"question": "At night?", "options": ["open", "shut"]}},
    "positions": [
        {"id": "a1", "party": "ana", "requires": {"window": "open"}},
        {"id": "b1", "party": "ben", "refuses": {"window": "open"}, "since": "2025-06-30"},
        {"id": "b0", "party": "ben", "prefers": {"window": "shut"}, "until": "2025-06-30"},
    ],
    "proposals": [
        {"id": "o1", "by": "cleo", "date": "2025-06-15", "terms": {"window": "open"}},
        {"id": "o2", "by": "cleo", "date": "2025-07", "terms": {"window": "shut"}},
        {"id": "o3", "by": "cleo", "terms": {"window": "shut"}},
    ],
}
CASE = Case.model_validate(DATA)


def ids(items: Any) -> list[str]:
    return [item.id for item in items]


def test_a_month_is_read_as_of_its_last_day() -> None:
    assert CASE.day == date(2025, 6, 30)
    assert ids(CASE.in_force) == ["a1", "b1"]
    assert ids(CASE.positions_of("ben")) == ["b1"]
    assert ids(CASE.positions_of("cleo")) == []


@pytest.mark.parametrize("day", ["2025-06-29", date(2025, 6, 29), PartialDate.parse("2025-06-29")])
def test_a_case_is_replayed_as_it_stood(day: Any) -> None:
    then = CASE.on(day)
    assert ids(then.in_force) == ["a1", "b0"]
    assert ids(then.positions_of("ben")) == ["b0"]
    assert CASE.day == date(2025, 6, 30)


def test_without_a_day_what_was_ended_is_over() -> None:
    case = Case.model_validate({key: value for key, value in DATA.items() if key != "as-of"})
    assert case.day is None
    assert ids(case.in_force) == ["a1", "b1"]
    assert ids(case.proposals_made) == ["o1", "o2", "o3"]
    assert case.known(PartialDate.parse("2999"))


def test_proposals_made_by_the_day() -> None:
    assert ids(CASE.proposals_made) == ["o1", "o3"]
    assert ids(CASE.on("2025-06-14").proposals_made) == ["o3"]
    assert ids(CASE.on("2025-07-01").proposals_made) == ["o1", "o2", "o3"]


def test_what_is_no_day_is_an_error() -> None:
    with pytest.raises(ValueError, match="a date as 2025"):
        CASE.on("yesterday")


@pytest.mark.parametrize(
    ("id", "name", "side"),
    [
        ("ana", "Ana", "ana"),
        ("cleo", "Cleo", "cleo"),
        ("don", "Don", "ben"),
        ("eve", "Eve", None),
        ("nobody", "nobody", None),
    ],
)
def test_names_and_sides(id: str, name: str, side: str | None) -> None:
    assert CASE.name_of(id) == name
    assert CASE.side_of(id) == side


def test_nobody_speaks_for_nobody() -> None:
    assert CASE.side_of(None) is None


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"parties": {}}, "at least 1 item"),
        ({"case": ""}, "at least 1 character"),
        ({"as-of": "soon"}, "a date as 2025"),
        ({"sides": {}}, "Extra inputs"),
        ({"parties": {" a": {"name": "A"}}}, "match pattern"),
        ({"issues": {"window": {"question": "?"}}}, "either options or a range"),
    ],
)
def test_what_is_no_case(change: dict[str, Any], expected: str) -> None:
    with pytest.raises(ValidationError, match=expected):
        Case.model_validate({**DATA, **change})


def test_all_problems_of_form_come_at_once() -> None:
    with pytest.raises(ValidationError) as error:
        Case.model_validate({**DATA, "case": "", "as-of": "soon", "sides": {}})
    assert error.value.error_count() == 3


@pytest.mark.parametrize("seed", range(40))
def test_nothing_is_lost_on_the_way_through_json(seed: int) -> None:
    case = random_case(Random(seed))
    text = case.model_dump_json(by_alias=True)
    assert Case.model_validate_json(text) == case
    assert Case.model_validate_json(text).model_dump_json(by_alias=True) == text
