"""Issues, their options and their numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from goodoffices.model.issues import MAX_STEPS, Issue, Range, number_text, read_number


def issue(**data: Any) -> Issue:
    return Issue.model_validate({"question": "Which?", **data})


def ranged(low: object, high: object, step: object = 1) -> Issue:
    return issue(range={"from": low, "to": high, "step": step})


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("2.50", "2.50"),
        (3, "3"),
        (0.1, "0.1"),
        (" 7 ", "7"),
        ("-4", "-4"),
        ("1e3", "1E+3"),
        (Decimal("0.25"), "0.25"),
    ],
)
def test_numbers_are_exact(value: Any, number: str) -> None:
    assert read_number(value) == Decimal(number)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "a number"),
        (None, "a number"),
        ([], "a number"),
        ("", "a number"),
        ("ten", "a number"),
        ("1,5", "a number"),
        ("nan", "a finite number"),
        ("Infinity", "a finite number"),
        (float("nan"), "a finite number"),
        ("1e301", "a finite number"),
        ("1e-301", "a finite number"),
    ],
)
def test_what_is_no_number(value: Any, expected: str) -> None:
    with pytest.raises(ValueError) as error:
        read_number(value)
    assert str(error.value) == expected


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("2.50", "2.5"),
        ("1E+2", "100"),
        ("-0.0", "0"),
        ("0E-7", "0"),
        ("-3.10", "-3.1"),
        ("10", "10"),
    ],
)
def test_a_number_is_written_one_way(number: str, text: str) -> None:
    assert number_text(Decimal(number)) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9))
def test_a_number_is_read_as_it_is_written(number: Decimal) -> None:
    if number == 0 or abs(number.adjusted()) <= 300:
        assert read_number(number_text(number)) == number


def test_a_range_has_its_steps_both_ends_included() -> None:
    days = ranged(0, 120, 10)
    assert days.numeric
    assert days.size == 13
    assert [days.option(n) for n in (0, 6, 12)] == ["0", "60", "120"]
    assert [days.index(text) for text in ("0", "60", "120", "60.0", "6e1")] == [0, 6, 12, 6, 6]
    assert [days.index(text) for text in ("65", "-10", "130", "none", "", "nan")] == [None] * 6


def test_a_range_may_have_one_value() -> None:
    assert ranged(5, 5).size == 1
    assert ranged(5, 5, 3).option(0) == "5"


@given(
    st.decimals(-100, 100, places=2),
    st.decimals("0.01", 10, places=2),
    st.integers(0, 500),
)
def test_every_option_of_a_range_has_its_index(low: Decimal, step: Decimal, steps: int) -> None:
    found = ranged(low, low + step * steps, step)
    assert found.size == steps + 1
    for index in (0, steps // 2, steps):
        assert found.index(found.option(index)) == index
        assert Decimal(found.option(index)) == low + step * index


def test_long_numbers_are_not_rounded() -> None:
    long = ranged("1e30", "1000000000000000000000000000003")
    assert [long.option(n) for n in range(long.size)] == [str(10**30 + n) for n in range(4)]
    assert long.index(str(10**30 + 2)) == 2
    fine = "1.00000000000000000000000000000000001"
    assert ranged(0, fine, fine).size == 2
    assert ranged(0, fine, fine).index("1") is None


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"from": 0, "to": 10, "step": 0}, "a step above 0"),
        ({"from": 0, "to": 10, "step": -1}, "a step above 0"),
        ({"from": 10, "to": 0}, "a range whose 'to' is not below its 'from'"),
        ({"from": 0, "to": 10, "step": 3}, "a range that its step divides evenly"),
        ({"from": 0, "to": 1, "step": "1e-16"}, f"a range of at most {MAX_STEPS} steps"),
        ({"from": 0, "to": "1e40"}, f"a range of at most {MAX_STEPS} steps"),
        ({"from": "low", "to": 10}, "a number"),
        ({"from": 0}, "Field required"),
        ({"from": 0, "to": 10, "by": 2}, "Extra inputs"),
        ({"from": 0, "to": 10, "unit": ""}, "at least 1 character"),
    ],
)
def test_what_is_no_range(data: dict[str, Any], expected: str) -> None:
    with pytest.raises(ValidationError, match=expected):
        Range.model_validate(data)


def test_named_options_keep_their_order() -> None:
    truce = issue(options=["none", "60-days", "permanent"])
    assert not truce.numeric
    assert truce.size == 3
    assert [truce.option(n) for n in range(3)] == ["none", "60-days", "permanent"]
    assert truce.index("60-days") == 1
    assert truce.index("short") is None


@pytest.mark.parametrize("index", [-1, 3, 100])
def test_there_is_no_option_beyond_the_last(index: int) -> None:
    for one in (issue(options=["a", "b", "c"]), ranged(1, 3)):
        with pytest.raises(IndexError):
            one.option(index)


def test_options_may_have_words() -> None:
    truce = issue(options={"none": "no truce at all", "short": None})
    assert truce.words("none") == "no truce at all"
    assert truce.words("short") == "short"
    assert truce.words("unknown") == "unknown"
    dumped = truce.model_dump(mode="json", exclude_none=True)
    assert dumped["options"] == {"none": "no truce at all", "short": None}


def test_options_without_words_are_written_as_a_list() -> None:
    assert issue(options={"a": None, "b": None}).model_dump(mode="json")["options"] == ["a", "b"]


def test_numbers_are_read_with_their_unit() -> None:
    days = issue(range={"from": 0, "to": 3, "unit": "days"})
    assert days.words("2") == "2 days"
    assert ranged(0, 3).words("2") == "2"


def test_numbers_as_names_of_options_are_texts() -> None:
    assert list(issue(options=[1, 2.5, "x"]).options or ()) == ["1", "2.5", "x"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, "either options or a range"),
        ({"options": ["a"], "range": {"from": 0, "to": 1}}, "either options or a range"),
        ({"options": []}, "at least one option"),
        ({"options": {}}, "at least one option"),
        ({"options": ["a", "a"]}, r"each option once \('a' stands twice\)"),
        ({"options": ["1", 1]}, r"each option once \('1' stands twice\)"),
        ({"options": "a b"}, "a list of option names, or a mapping from name to words"),
        ({"options": [["a"]]}, "a list of option names, or a mapping from name to words"),
        ({"options": [" a"]}, "match pattern"),
        ({"options": ["a"], "given-by": ""}, "at least 1 character"),
    ],
)
def test_what_is_no_issue(data: dict[str, Any], expected: str) -> None:
    with pytest.raises(ValidationError, match=expected):
        issue(**data)


def test_a_copy_with_other_options_counts_its_own() -> None:
    days = ranged(0, 9)
    assert days.size == 10
    named = days.model_copy(update={"range": None, "options": {"x": None}})
    assert (named.size, named.option(0), named.index("x")) == (1, "x", 0)


def test_the_schema_lets_options_be_a_list_or_a_mapping() -> None:
    schema = Issue.model_json_schema()
    forms = schema["properties"]["options"]["anyOf"][0]["anyOf"]
    assert [form["type"] for form in forms] == ["array", "object"]
