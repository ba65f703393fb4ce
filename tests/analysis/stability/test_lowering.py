"""The fewest states that meet every demand, against trying all sets of them."""

from __future__ import annotations

from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.analysis.stability.lowering import fewest_of

STATES = range(6)
ways = st.lists(st.frozensets(st.sampled_from(STATES), min_size=1), min_size=1, max_size=4)
Demands = list[list[frozenset[int]]]


def meets(chosen: frozenset[int], demands: Demands) -> bool:
    return all(any(way <= chosen for way in options) for options in demands)


def tried(demands: Demands) -> int:
    subsets = chain.from_iterable(combinations(STATES, size) for size in range(7))
    return next(len(chosen) for chosen in subsets if meets(frozenset(chosen), demands))


@given(st.lists(ways, max_size=5))
@settings(max_examples=80, deadline=None)
def test_as_few_as_trying_all_sets_finds(demands: Demands) -> None:
    chosen, bound = fewest_of(demands)
    assert meets(chosen, demands)
    assert len(chosen) == bound == tried(demands)


def test_a_search_that_is_cut_short_gives_what_does_and_a_bound() -> None:
    rows = [[frozenset({a, b}), frozenset({b, c})] for a, b, c in combinations(range(6), 3)]
    chosen, bound = fewest_of(rows, nodes=0)
    assert meets(chosen, rows)
    assert bound <= tried(rows) <= len(chosen)
