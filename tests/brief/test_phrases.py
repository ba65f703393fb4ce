"""Parts of sentences: options, conditions, dates, numbers, names."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.brief.phrases import (
    big,
    condition_words,
    counted,
    date_words,
    figure_words,
    grouped,
    isolated,
    label,
    listed,
    option_words,
    plain,
)
from goodoffices.model import Figure, PartialDate, parse_condition
from tests.brief.cases import RIGHT_TO_LEFT, SHIFTS

CONDITIONS: list[tuple[Any, str]] = [
    ({"nights": "all"}, "‘everybody’ on Night work"),
    ({"nights": ["all", "some"]}, "‘everybody’ or ‘volunteers’ on Night work"),
    ({"nights": {"not": "none"}}, "anything but ‘nobody’ on Night work"),
    ({"nights": {"not": {"not": "none"}}}, "‘nobody’ on Night work"),
    ({"nights": {"not": ["all", "some"]}},
     "anything but ‘everybody’ or ‘volunteers’ on Night work"),
    ({"pay": 3}, "3 percent on pay"),
    ({"pay": {"at-least": 3}}, "at least 3 percent on pay"),
    ({"pay": {"at-most": 0}}, "at most 0 percent on pay"),
    ({"pay": {"at-least": 1, "at-most": 3}}, "1 to 3 percent on pay"),
    ({"pay": {"at-least": 2, "at-most": 2}}, "2 percent on pay"),
    ({"pay": {"not": {"at-least": 3}}}, "less than 3 percent on pay"),
    ({"pay": {"not": {"at-least": 1, "at-most": 3}}},
     "less than 1 percent or more than 3 percent on pay"),
    ({"pay": 3, "bus": "yes"}, "3 percent on pay and ‘yes’ on bus"),
    ({"any": [{"pay": 3}, {"bus": "yes"}]}, "3 percent on pay or ‘yes’ on bus"),
    ({"none": [{"bus": "yes"}]}, "anything but ‘yes’ on bus"),
    ({"none": [{"pay": 3}, {"bus": "yes"}]}, "neither 3 percent on pay nor ‘yes’ on bus"),
    ({"none": [{"any": [{"pay": 3}, {"bus": "yes"}]}]}, "not (3 percent on pay or ‘yes’ on bus)"),
    ({"all": [{"any": [{"pay": 3}, {"pay": 4}]}, {"bus": "yes"}]},
     "(3 percent on pay or 4 percent on pay) and ‘yes’ on bus"),
    ({"any": [{"all": [{"pay": 3}, {"bus": "no"}]}, {"bus": "yes"}]},
     "(3 percent on pay and ‘no’ on bus) or ‘yes’ on bus"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "words"), CONDITIONS, ids=lambda value: str(value)[:40])
def test_a_condition_in_words(data: Any, words: str) -> None:
    assert condition_words(SHIFTS, parse_condition(data)) == words


def test_no_two_conditions_share_their_words_but_double_negation() -> None:
    words = [words for _, words in CONDITIONS]
    twice = {text for text in words if words.count(text) > 1}
    assert twice == set()


def test_an_option_that_names_its_issue_needs_no_other_name() -> None:
    case = SHIFTS.model_copy(
        update={
            "issues": {
                "truce": SHIFTS.issues["nights"].model_copy(
                    update={
                        "name": None,
                        "options": {"all": "a truce of 60 days", "some": "no truces", "none": "x"},
                    }
                )
            }
        }
    )
    assert condition_words(case, parse_condition({"truce": "all"})) == "‘a truce of 60 days’"
    assert condition_words(case, parse_condition({"truce": "some"})) == "‘no truces’ on truce"
    both = parse_condition({"truce": ["all", "none"]})
    assert condition_words(case, both) == "‘a truce of 60 days’ or ‘x’ on truce"


def test_options_and_labels() -> None:
    assert option_words(SHIFTS, "pay", "3") == "3 percent"
    assert option_words(SHIFTS, "pay", "1..3") == "1 to 3 percent"
    assert option_words(SHIFTS, "bus", "yes") == "‘yes’"
    assert label(SHIFTS, "nights") == "Night work"
    assert label(SHIFTS, "pay") == "pay"


@pytest.mark.parametrize(
    ("date", "words"),
    [("2025", "2025"), ("2025-01", "January 2025"), ("2024-12-31", "31 December 2024"),
     ("0044-03-05", "5 March 44")],
)  # fmt: skip
def test_dates(date: str, words: str) -> None:
    assert date_words(PartialDate.parse(date)) == words


def test_no_date_is_said() -> None:
    assert date_words(None) == "no date"


@pytest.mark.parametrize(
    ("bound", "words"),
    [("exactly", "1,234.5 km"), ("about", "about 1,234.5 km"), ("at-least", "at least 1,234.5 km"),
     ("more-than", "more than 1,234.5 km"), ("at-most", "at most 1,234.5 km"),
     ("less-than", "less than 1,234.5 km")],
)  # fmt: skip
def test_bounds_of_figures(bound: Any, words: str) -> None:
    figure = Figure(measure="m", value=Decimal("1234.50"), bound=bound, unit="km", source=("s",))
    assert figure_words(figure) == words


def test_a_figure_between_two_values() -> None:
    figure = Figure(measure="m", value=Decimal(3), high=Decimal(5), bound="between", source=("s",))
    assert figure_words(figure) == "between 3 and 5"


@pytest.mark.parametrize(
    ("number", "words"),
    [("0", "0"), ("-0.5", "-0.5"), ("999", "999"), ("1000", "1,000"), ("-12345.60", "-12,345.6"),
     ("1E+3", "1,000")],
)  # fmt: skip
def test_numbers_are_grouped(number: str, words: str) -> None:
    assert grouped(Decimal(number)) == words


def test_large_counts() -> None:
    assert big(999_999_999_999_999) == "999,999,999,999,999"
    assert big(10**30) == "about 1.0 × 10^30"
    assert big(96 * 10**29) == "about 9.6 × 10^30"
    assert counted(10**30, "package") == "about 1.0 × 10^30 packages"


@given(st.lists(st.text(alphabet="abc", min_size=1), max_size=5))
def test_a_list_keeps_every_part_in_order(parts: list[str]) -> None:
    words = listed(parts)
    assert words.replace(" and ", ", ").split(", ") == (parts or [""])


@given(st.text(max_size=30))
def test_marks_around_a_name_come_off_again(text: str) -> None:
    assert plain(isolated(plain(text))) == plain(text)


def test_only_right_to_left_names_are_marked() -> None:
    assert label(RIGHT_TO_LEFT, "truce") == "\u2068الهدنة\u2069"
    assert isolated("Łódź") == "Łódź"
    assert isolated("מפלגה").startswith("\u2068")
