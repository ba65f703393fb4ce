"""Results as plain data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from goodoffices.analysis.impasse_result import Cost, IssueZone, OptionDemand
from goodoffices.analysis.json_form import SAFE_INTEGER, json_form, option_form


@dataclass(frozen=True)
class Sample:
    packages: int
    example: dict[str, str] | None
    parts: tuple[Any, ...] = ()
    numeric: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (0, 0),
        (2**53, 2**53),
        (2**53 + 1, str(2**53 + 1)),
        (10**30, "1" + "0" * 30),
        (-(2**53), -(2**53)),
        (-(2**53) - 1, str(-(2**53) - 1)),
    ],
)
def test_integers_past_what_readers_keep_are_texts(number: int, form: int | str) -> None:
    assert json_form({"packages": number}) == {"packages": form}
    assert json_form(Sample(number, None))["packages"] == form


def test_the_safe_integers_survive_a_reader_with_floats_only() -> None:
    assert int(float(SAFE_INTEGER)) == SAFE_INTEGER
    assert int(float(SAFE_INTEGER + 1)) != SAFE_INTEGER + 1


def test_truths_stay_truths() -> None:
    assert json_form([True, False, None]) == [True, False, None]


@pytest.mark.parametrize(
    ("option", "form"),
    [
        ("60", 60),
        ("-3", -3),
        ("0", 0),
        ("0.25", 0.25),
        ("12.1", 12.1),
        ("0.1234567890123456789", "0.1234567890123456789"),
        ("9007199254740993", "9007199254740993"),
        ("0..1000", "0..1000"),
        ("none", "none"),
    ],
)
def test_numeric_options_are_numbers_where_that_is_exact(option: str, form: Any) -> None:
    found = option_form(option)
    assert found == form
    assert type(found) is type(form)
    if not isinstance(found, str):
        assert Decimal(json.dumps(found)) == Decimal(option)


def test_terms_of_numeric_issues_are_numbers_and_others_are_not() -> None:
    sample = Sample(1, {"days": "60", "room": "12"})
    form = json_form(sample, numeric=frozenset({"days"}))
    assert form["example"] == {"days": 60, "room": "12"}


def test_parts_know_which_issues_are_numeric() -> None:
    sample = Sample(1, None, (Sample(2, {"days": "60"}),))
    form = json_form(sample, numeric=frozenset({"days"}))
    assert form["parts"][0]["example"] == {"days": 60}


def test_what_only_the_writer_needs_is_left_out() -> None:
    assert set(json_form(Sample(1, None))) == {"packages", "example", "parts"}


def test_a_cost_has_a_weight_only_where_weights_were_given() -> None:
    assert json_form(Cost(1, 2, 3)) == {"red_line": 1, "firm": 2, "open": 3}
    assert json_form(Cost(1, 0, 0, 7)) == {"red_line": 1, "firm": 0, "open": 0, "weight": 7}


def test_what_is_left_of_an_issue_keeps_its_own_kind_of_options() -> None:
    left = {"days": IssueZone(("60", "90"), None, {"30": ("a1",)})}

    @dataclass(frozen=True)
    class Holder:
        issues: dict[str, IssueZone]

    assert json_form(Holder(left), numeric=frozenset({"days"}))["issues"]["days"] == {
        "possible": [60, 90],
        "settled": None,
        "excluded": {"30": ["a1"]},
    }
    settled = {"days": IssueZone(("60",), "60", {})}
    form = json_form(Holder(settled), numeric=frozenset({"days"}))["issues"]["days"]
    assert (form["possible"], form["settled"]) == ([60], 60)
    assert json_form(Holder(settled))["issues"]["days"]["settled"] == "60"


def test_names_of_issues_are_no_terms() -> None:
    @dataclass(frozen=True)
    class Named:
        issues: tuple[str, ...]

    assert json_form(Named(("days",)), numeric=frozenset({"days"})) == {"issues": ["days"]}


def test_bounds_are_numbers() -> None:
    one = OptionDemand("a1", "ana", (), (), ({"above": "0.5", "at-most": "60"},), False)
    assert json_form(one)["bounds"] == [{"above": 0.5, "at-most": 60}]
