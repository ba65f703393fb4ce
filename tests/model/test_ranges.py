"""Ranges: their steps are counted exactly, however large or fine the numbers are."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from goodoffices.model import Issue, Range
from goodoffices.model.issues import MAX_STEPS


def issue(start: str, end: str, step: str) -> Issue:
    data = {"from": start, "to": end, "step": step}
    return Issue.model_validate({"question": "How many?", "range": data})


@pytest.mark.parametrize(
    ("start", "end", "step"),
    [("0", "1e40", "1"), ("0", "1e300", "1e-300"), ("0.1", "1e29", "0.1"), ("0", "1e200", "7e3")],
)
def test_a_range_without_end_is_refused_in_words(start: str, end: str, step: str) -> None:
    with pytest.raises(ValidationError, match=r"a range (of at most|that its step divides)"):
        issue(start, end, step)


def test_a_large_range_within_the_limit() -> None:
    wide = issue("0", str(MAX_STEPS), "1")
    assert wide.size == MAX_STEPS + 1
    assert wide.option(MAX_STEPS) == str(MAX_STEPS)
    assert wide.index("123456789012345") == 123456789012345
    assert issue("-1e20", "1e20", "1e20").size == 3


def test_large_numbers_are_divided_exactly() -> None:
    with pytest.raises(ValidationError, match="that its step divides evenly"):
        issue("0", "1" + "0" * 40 + "1", "1" + "0" * 40)


@settings(deadline=None)
@given(
    st.decimals(-1000, 1000, places=3),
    st.integers(0, 500),
    st.decimals("0.001", 50, places=3),
)
def test_every_option_is_found_again(start: Decimal, steps: int, step: Decimal) -> None:
    data = {"from": start, "to": start + steps * step, "step": step}
    scale = Range.model_validate(data)
    numeric = Issue(question="How many?", range=scale)
    assert numeric.size == steps + 1
    for index in {0, steps // 2, steps}:
        option = numeric.option(index)
        assert Fraction(option) == Fraction(start) + index * Fraction(step)
        assert numeric.index(option) == index
