"""Dates: resolved against the day of publication, with their bounds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading.dates import DateFound, dates_in
from goodoffices.reading.lexicon import lexicon

EN = lexicon("en")
MONDAY = date(2025, 6, 2)


def dates(text: str, published: date | None = MONDAY) -> list[DateFound]:
    return dates_in(text, EN, published)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It began on 2 June 2025.", "2025-06-02", "2025-06-02"),
        ("It began on June 2, 2025.", "2025-06-02", "2025-06-02"),
        ("It began on the 2nd of June 2025.", "2025-06-02", "2025-06-02"),
        ("It began on Monday, June 2, 2025.", "2025-06-02", "2025-06-02"),
        ("It began on 2025-06-02.", "2025-06-02", "2025-06-02"),
        ("It began in June 2024.", "2024-06-01", "2024-06-30"),
        ("It began in 2019.", "2019-01-01", "2019-12-31"),
        ("It began on 28 May.", "2025-05-28", "2025-05-28"),
        ("It began on December 11.", "2024-12-11", "2024-12-11"),
        ("It will begin on December 11.", "2025-12-11", "2025-12-11"),
        ("It began on Sunday.", "2025-06-01", "2025-06-01"),
        ("It began on Monday.", "2025-06-02", "2025-06-02"),
        ("It began last Monday.", "2025-05-26", "2025-05-26"),
        ("They will meet on Wednesday.", "2025-06-04", "2025-06-04"),
        ("They meet next Monday.", "2025-06-09", "2025-06-09"),
        ("It began today.", "2025-06-02", "2025-06-02"),
        ("It began yesterday.", "2025-06-01", "2025-06-01"),
        ("It ends tomorrow.", "2025-06-03", "2025-06-03"),
        ("It began last week.", "2025-05-26", "2025-06-01"),
        ("It began this week.", "2025-06-02", "2025-06-08"),
        ("It began last month.", "2025-05-01", "2025-05-31"),
        ("It began earlier this year.", "2025-01-01", "2025-12-31"),
        ("It ends next year.", "2026-01-01", "2026-12-31"),
        ("It began two days ago.", "2025-05-31", "2025-05-31"),
        ("It began three months ago.", "2025-03-01", "2025-03-31"),
        ("It began a year ago.", "2024-01-01", "2024-12-31"),
        ("It began last summer.", "2024-06-01", "2024-08-31"),
        ("It began in summer 2023.", "2023-06-01", "2023-08-31"),
        ("It began last October.", "2024-10-01", "2024-10-31"),
        ("It began in the 1960s.", "1960-01-01", "1969-12-31"),
        ("It began in May.", "2025-05-01", "2025-05-31"),
        ("It began at the end of May.", "2025-05-31", "2025-05-31"),
        ("It ends at the end of the year.", "2025-12-31", "2025-12-31"),
    ],
)
def test_one_date(text: str, first: str, last: str) -> None:
    (one,) = dates(text)
    assert (str(one.first), str(one.last)) == (first, last)


@pytest.mark.parametrize(
    ("text", "bound", "last"),
    [
        ("It must end by 31 July 2025.", "by", "2025-07-31"),
        ("It must end by the end of July.", "by", "2025-07-31"),
        ("It lasts until the end of the year.", "until", "2025-12-31"),
        ("It lasted since October 2023.", "since", "2023-10-31"),
        ("It began before 2019.", "before", "2019-12-31"),
        ("It began after 28 May.", "after", "2025-05-28"),
        ("It holds as of 1 June.", "from", "2025-06-01"),
        ("It happened over the past three months.", "since", "2025-06-02"),
        ("It happened on Sunday.", "on", "2025-06-01"),
    ],
)
def test_bounds_are_kept(text: str, bound: str, last: str) -> None:
    (one,) = dates(text)
    assert (one.bound, str(one.last)) == (bound, last)


@pytest.mark.parametrize(
    "text",
    [
        "They may march on.",
        "He may go. May he go?",
        "The sun rose. She sat down.",
        "2000 people came.",
        "It costs $2019.",
        "In 1709 schoolchildren it was found.",
        "The 31st of June",
        "1,2019",
        "the second half",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert [one.span.of(text) for one in dates(text)] == []


def test_without_a_day_of_publication_relative_dates_stay_open() -> None:
    sunday, year = dates("It began on Sunday and ended in 2019.", None)
    assert (sunday.first, sunday.last, sunday.relative) == (None, None, True)
    assert sunday.partial is None
    assert (year.first, year.relative) == (date(2019, 1, 1), False)


@pytest.mark.parametrize(
    ("text", "partial"),
    [("in 2019", "2019"), ("in June 2024", "2024-06"), ("on Sunday", "2025-06-01"),
     ("last week", None)],
)  # fmt: skip
def test_days_months_and_years_are_dates_of_a_case(text: str, partial: str | None) -> None:
    (one,) = dates(text)
    assert (str(one.partial) if one.partial else None) == partial


def test_dates_at_the_ends_of_the_calendar() -> None:
    assert dates("ten decades ago", date(50, 1, 1)) == []
    assert dates("next year", date(9999, 1, 1)) == []


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_written_day_is_read_back(day: date) -> None:
    for text in (f"on {day.day} {day:%B} {day.year}", f"on {day:%B} {day.day}, {day.year}"):
        (one,) = dates(text, None)
        assert (one.first, one.last) == (day, day)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 6))
def test_a_weekday_lies_in_the_seven_days_up_to_publication(published: date, number: int) -> None:
    name = (date(2025, 6, 2) + timedelta(days=number)).strftime("%A")
    (one,) = dates(f"It began on {name}.", published)
    assert one.first is not None
    assert one.first.weekday() == number
    assert timedelta(0) <= published - one.first < timedelta(days=7)


@given(st.text(alphabet="0123456789-/,. June Monday last year ago the end of by", max_size=60))
def test_any_text_has_dates_within_it_in_order(text: str) -> None:
    end = 0
    for one in dates(text):
        assert end <= one.span.start < one.span.end <= len(text)
        assert one.first is None or one.last is None or one.first <= one.last
        end = one.span.end
