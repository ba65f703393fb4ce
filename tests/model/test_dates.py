"""Dates as sources give them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from goodoffices.model.dates import CaseDate, PartialDate, read_date


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-06", date(2025, 6, 1), date(2025, 6, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2025-12-31", date(2025, 12, 31), date(2025, 12, 31)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_a_date_spans_what_it_leaves_open(text: str, first: date, last: date) -> None:
    found = PartialDate.parse(text)
    assert (found.first, found.last) == (first, last)
    assert str(found) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "a date as 2025, 2025-06 or 2025-06-02"),
        ("2025-6", "a date as 2025, 2025-06 or 2025-06-02"),
        ("25-06-02", "a date as 2025, 2025-06 or 2025-06-02"),
        ("2025-06-02T10:00", "a date as 2025, 2025-06 or 2025-06-02"),
        (" 2025", "a date as 2025, 2025-06 or 2025-06-02"),
        ("June 2025", "a date as 2025, 2025-06 or 2025-06-02"),
        ("0000", "a year from 0001 to 9999"),
        ("2025-13", "a month from 01 to 12"),
        ("2025-00", "a month from 01 to 12"),
        ("2025-02-29", "a day from 01 to 28 in 2025-02"),
        ("2024-02-30", "a day from 01 to 29 in 2024-02"),
        ("2025-06-00", "a day from 01 to 30 in 2025-06"),
    ],
)
def test_what_is_no_date_says_what_was_expected(text: str, expected: str) -> None:
    with pytest.raises(ValueError) as error:
        PartialDate.parse(text)
    assert str(error.value) == expected


@given(st.dates())
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    found = PartialDate.of_day(day)
    assert PartialDate.parse(str(found)) == found
    assert found.first == found.last == day


@given(st.integers(1, 9999), st.integers(1, 12))
def test_a_month_is_read_as_it_is_written(year: int, month: int) -> None:
    text = f"{year:04d}-{month:02d}"
    assert str(PartialDate.parse(text)) == text
    whole = PartialDate.parse(f"{year:04d}")
    assert whole.first <= PartialDate.parse(text).first
    assert PartialDate.parse(text).last <= whole.last


def test_dates_are_ordered_by_their_first_day() -> None:
    texts = ["2025-02", "2024", "2025-01-31", "2025"]
    found = sorted(map(PartialDate.parse, texts))
    assert [str(item) for item in found] == ["2024", "2025", "2025-01-31", "2025-02"]


@pytest.mark.parametrize(
    "value",
    [PartialDate.parse("2025-06-02"), date(2025, 6, 2), datetime(2025, 6, 2, 9), "2025-06-02"],
)
def test_days_are_read_from_what_people_have(value: Any) -> None:
    assert read_date(value) == PartialDate.parse("2025-06-02")


@pytest.mark.parametrize("value", [20250602, None, 2025.0, ["2025"], True])
def test_what_is_neither_text_nor_day_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="a date as 2025, 2025-06 or 2025-06-02"):
        read_date(value)


def test_a_date_in_a_model_is_text_again_in_json() -> None:
    adapter: TypeAdapter[PartialDate] = TypeAdapter(CaseDate)
    found = adapter.validate_python("2025-06")
    assert adapter.dump_python(found) == "2025-06"
    assert adapter.dump_json(found) == b'"2025-06"'
    assert adapter.json_schema()["type"] == "string"
    with pytest.raises(ValidationError, match="a month from 01 to 12"):
        adapter.validate_python("2025-14")
