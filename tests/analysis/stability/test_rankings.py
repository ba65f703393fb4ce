"""Counts of rankings against going through them."""

from __future__ import annotations

from importlib import import_module
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.analysis.stability.rankings import count_rankings

SIZE = 5
sets = st.integers(1, 2 ** (SIZE - 1) - 1)
one_state = st.integers(0, SIZE - 2).map(lambda place: 1 << place)


def gone_through(demands: list[list[int]], size: int) -> int:
    """Count the orders in which all of one set of each demand come after the last state."""
    found = 0
    for order in permutations(range(size)):
        below = sum(1 << state for state in order[order.index(size - 1) + 1 :])
        found += all(any(way & ~below == 0 for way in ways) for ways in demands)
    return found


@given(st.lists(st.lists(sets, min_size=1, max_size=4), max_size=4))
@settings(max_examples=60, deadline=None)
def test_counts_of_any_demands(demands: list[list[int]]) -> None:
    assert count_rankings(demands, SIZE) == gone_through(demands, SIZE)


@given(st.lists(st.lists(one_state, min_size=1, max_size=4), max_size=5))
@settings(max_examples=60, deadline=None)
def test_counts_of_single_states(demands: list[list[int]]) -> None:
    assert count_rankings(demands, SIZE) == gone_through(demands, SIZE)


def test_many_single_states_are_no_long_sum() -> None:
    """Any one of forty below: in all orders but those that have the forty above."""
    anyone = [1 << place for place in range(40)]
    whole = count_rankings([], 41)
    assert whole is not None
    assert count_rankings([anyone], 41) == whole - whole // 41


@pytest.mark.parametrize(("name", "limit"), [("TERMS", 1), ("TERMS", 4), ("PRODUCTS", 3)])
def test_too_long_a_sum_is_not_given(
    name: str, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    demands = [[0b00001, 0b00010], [0b00100, 0b11000]]
    assert count_rankings(demands, 6) == gone_through(demands, 6) == 348
    home = import_module("goodoffices.analysis.stability.rankings")
    monkeypatch.setattr(home, f"MOST_{name}", limit)
    assert count_rankings(demands, 6) is None
