"""Figures: values, bounds, units, what is counted; and numbers that are none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading import read_statements
from goodoffices.reading.dates import dates_in
from goodoffices.reading.figures import FigureFound, figures_in
from goodoffices.reading.lexicon import lexicon
from goodoffices.reading.numbers import value_of

EN = lexicon("en")


def figures(text: str) -> list[FigureFound]:
    return figures_in(text, EN, dates_in(text, EN, date(2025, 6, 2)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"), ("1,200", "1200"), ("2.2 million", "2200000"), ("3bn", "3000000000"),
        ("seven", "7"), ("twenty-one", "21"), ("three hundred and five", "305"),
        ("two thousand five hundred", "2500"), ("a hundred", "100"), ("a dozen", "12"),
        ("half", "0.5"), ("three-quarters", "0.75"), ("a third", "0.333333"),
        ("one hundred thousand", "100000"), ("450 thousand", "450000"),
    ],
)  # fmt: skip
def test_values_of_numbers(text: str, value: str) -> None:
    assert value_of(text, EN) == Decimal(value)


@pytest.mark.parametrize("text", ["", "word", "and", "1" * 40, "seven dwarves"])
def test_what_is_no_number(text: str) -> None:
    assert value_of(text, EN) is None


@pytest.mark.parametrize(
    ("text", "bound", "value", "high", "unit"),
    [
        ("The army called up as many as 450,000 reservists.", "at-most", "450000", None,
         "reservists"),
        ("It holds around 40 percent of the land.", "about", "40", None, "percent"),
        ("It wants 75 per cent of the land.", "exactly", "75", None, "percent"),
        ("More than 240 residential units fell.", "more-than", "240", None, "residential units"),
        ("Three-quarters of all homes fell.", "exactly", "75", None, "percent"),
        ("It holds more than half of the seats.", "more-than", "50", None, "percent"),
        ("All 2.2 million inhabitants left.", "exactly", "2200000", None, "inhabitants"),
        ("a 60-day truce", "exactly", "60", None, "days"),
        ("the 20-month war", "exactly", "20", None, "months"),
        ("Between 2 and 3 million people fled.", "between", "2000000", "3000000", "people"),
        ("It cost from $5 to $7 million.", "between", "5000000", "7000000", "USD"),
        ("It rose 10-15 percent.", "between", "10", "15", "percent"),
        ("They sent 20–30 trucks.", "between", "20", "30", "trucks"),
        ("At least three hundred people fled.", "at-least", "300", None, "people"),
        ("No fewer than 12 ships sank.", "at-least", "12", None, "ships"),
        ("No more than 12 ships sank.", "at-most", "12", None, "ships"),
        ("Up to 1,000 tonnes of grain arrived.", "at-most", "1000", None, "t"),
        ("Fewer than 30 trucks came.", "less-than", "30", None, "trucks"),
        ("Nearly 3.5 percent were hurt.", "about", "3.5", None, "percent"),
        ("An estimated 8,000 migrants waited.", "about", "8000", None, "migrants"),
        ("Some 800 workers walked out.", "about", "800", None, "workers"),
        ("40 or more ships were seen.", "at-least", "40", None, "ships"),
        ("40+ ships were seen.", "at-least", "40", None, "ships"),
        ("Five hundred or so tents stood there.", "about", "500", None, "tents"),
        ("The storm killed 107.", "exactly", "107", None, ""),
        ("It offered €3bn.", "exactly", "3000000000", None, "EUR"),
        ("It offered 50,000 dollars.", "exactly", "50000", None, "USD"),
        ("Pay rose 5 percentage points.", "exactly", "5", None, "percentage points"),
        ("It was 800 km away.", "exactly", "800", None, "km"),
    ],
)  # fmt: skip
def test_one_figure(text: str, bound: str, value: str, high: str | None, unit: str) -> None:
    (one,) = figures(text)
    assert (one.bound, one.value, one.unit) == (bound, Decimal(value), unit)
    assert one.high == (Decimal(high) if high else None)


@pytest.mark.parametrize(
    "text",
    [
        "They met at 5 p.m. on Monday.",
        "The polls closed at 22:30.",
        "It began in 2019.",
        "Since October 2023 it has gone on.",
        "The 2nd round failed.",
        "They won 3-1.",
        "The score was 3–2.",
        "It passed by a 3-1 vote.",
        "Ana Keller, 34, left.",
        "A 14-year-old boy was hurt.",
        "She is 34 years old.",
        "A man aged 34 was hurt.",
        "Article 5 says so.",
        "Resolution 1701 was passed.",
        "It runs on Windows 10.",
        "It came #2 of all.",
        "The two sides met.",
        "One of them left.",
        "The 2014 protests ended.",
        "Dozens of people came.",
        "They met on June 2, 2025.",
    ],
)
def test_numbers_that_are_no_figures(text: str) -> None:
    assert figures(text) == []


def test_what_a_share_is_a_share_of() -> None:
    text = "around 40 percent of Gaza"
    (one,) = figures(text)
    assert one.counted is not None
    assert one.counted.of(text) == "Gaza"
    assert one.span.of(text) == "around 40 percent"


def test_figures_belong_to_the_statement_that_claims_them() -> None:
    text = (
        "The army holds 40 percent of the land. The ministry said that at least 300 people fled. "
        "The union demanded a rise of 5 percent by the end of July."
    )
    reading = read_statements(text, published=date(2025, 6, 2))
    assert [figure.statement for figure in reading.figures] == [None, 0, 1]
    assert [figure.kind for figure in reading.figures] == ["claimed", "claimed", "wanted"]
    by = reading.figures[2].by
    assert by is not None
    assert reading.dates[by].last == date(2025, 7, 31)


def test_an_estimate_is_marked_as_one() -> None:
    text = "It is estimated that 300 people fled. An estimated 20 ships sank."
    assert [one.kind for one in read_statements(text).figures] == ["estimated", "estimated"]


@given(st.text(alphabet="0123456789,.%$€ -–abmn percentmillionto", max_size=60))
def test_any_text_has_figures_within_it_in_order(text: str) -> None:
    end = 0
    for one in figures_in(text, EN):
        assert 0 <= one.span.start <= one.number.start < one.number.end <= one.span.end <= len(text)
        assert one.number.start >= end
        assert one.high is None or (one.high >= one.value and one.bound == "between")
        end = one.number.end


@given(st.integers(1, 10**9), st.sampled_from(["about ", "at least ", "up to ", ""]))
def test_a_grouped_number_is_read_back(number: int, before: str) -> None:
    text = f"They counted {before}{number:,} ships there."
    (one,) = figures(text)
    assert one.value == number
    assert one.unit == "ships"
