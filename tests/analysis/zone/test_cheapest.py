"""Ways out in the order of their cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, product
from random import Random

import pytest

from goodoffices.analysis.zone.cheapest import Ranked, cheapest_first, combined, scalar
from goodoffices.analysis.zone.solving import ZoneSolver
from tests.analysis.zone.quarrels import Quarrels, linked, loose


@pytest.mark.parametrize("shape", [loose, linked])
@pytest.mark.parametrize("seed", range(25))
def test_every_way_out_comes_once_cheapest_first(
    seed: int, shape: Callable[[Random], Quarrels]
) -> None:
    rng = Random(seed)
    quarrels = shape(rng)
    weights = [rng.randint(1, 9) for _ in quarrels.groups]
    with quarrels.solver() as solver:
        found = list(cheapest_first(solver, weights))
    assert sorted(found) == quarrels.ways_out()
    costs = [sum(weights[group] for group in way) for way in found]
    assert costs == sorted(costs)


@pytest.mark.parametrize("seed", range(40))
def test_fixed_groups_are_never_given_up(seed: int) -> None:
    rng = Random(seed)
    quarrels = linked(rng)
    fixed = set(rng.sample(range(len(quarrels.groups)), 2))
    with quarrels.solver() as solver:
        found = list(cheapest_first(solver, [1] * len(quarrels.groups), fixed))
    assert sorted(found) == [way for way in quarrels.ways_out() if fixed.isdisjoint(way)]


def test_no_way_out_of_contradicting_hard_clauses() -> None:
    with ZoneSolver([(1, 1)], [False], [((0, 1),), ((0, 2),)], [[((0, 1),)]]) as solver:
        assert list(cheapest_first(solver, [1])) == []


def test_an_open_zone_asks_for_nothing() -> None:
    with ZoneSolver([(1, 1)], [False], [], [[((0, 1),)]]) as solver:
        assert list(cheapest_first(solver, [1])) == [()]
    with ZoneSolver([(1, 1)], [False], [], []) as solver:
        assert list(islice(cheapest_first(solver, []), 2)) == [()]


def test_the_solver_is_only_read() -> None:
    quarrels = linked(Random(4))
    with quarrels.solver() as solver:
        first = list(cheapest_first(solver, [1] * len(quarrels.groups)))
        assert list(cheapest_first(solver, [1] * len(quarrels.groups))) == first


@pytest.mark.parametrize("seed", range(30))
def test_scalars_compare_as_lexicographic_sums_do(seed: int) -> None:
    rng = Random(seed)
    costs = [tuple(rng.choice((0, 0, 1, 3)) for _ in range(3)) for _ in range(6)]
    numbers = scalar(costs)
    subsets = [[n for n in range(6) if mask >> n & 1] for mask in range(64)]
    totals = [tuple(sum(costs[n][tier] for n in chosen) for tier in range(3)) for chosen in subsets]
    sums = [sum(numbers[n] for n in chosen) for chosen in subsets]
    for (one, this), (other, that) in product(zip(totals, sums, strict=True), repeat=2):
        assert (one < other) is (this < that)


def test_no_number_of_firm_positions_outweighs_a_red_line() -> None:
    firm, red = (0, 1, 0), (1, 0, 0)
    numbers = scalar([*[firm] * 1000, red])
    assert sum(numbers[:1000]) < numbers[-1]
    assert scalar([]) == []


def random_lists(rng: Random) -> list[list[Ranked]]:
    start, lists = 0, []
    for _ in range(rng.randint(1, 4)):
        ways: list[Ranked] = []
        for _ in range(rng.randint(1, 4)):
            ways.append(((rng.randint(0, 3), rng.randint(0, 3)), (start,)))
            start += 1
        lists.append(sorted(ways))
    return lists


@pytest.mark.parametrize("seed", range(40))
def test_independent_ways_out_are_put_together_cheapest_first(seed: int) -> None:
    lists = random_lists(Random(seed))
    found = list(combined(lists))
    expected = sorted(
        (
            (sum(c[0] for c, _ in parts), sum(c[1] for c, _ in parts)),
            tuple(sorted(n for _, way in parts for n in way)),
        )
        for parts in product(*lists)
    )
    assert [cost for cost, _ in found] == [cost for cost, _ in expected]
    assert sorted(found) == expected


def test_a_knot_without_a_way_out_leaves_none() -> None:
    assert list(combined([[((1,), (0,))], []])) == []


def test_no_knot_gives_the_empty_way_out() -> None:
    assert list(combined([])) == [((), ())]


def test_no_more_is_taken_from_a_knot_than_is_needed() -> None:
    taken: list[int] = []

    def ways(knot: int) -> Iterator[Ranked]:
        for number in range(100):
            taken.append(knot)
            yield (number,), (100 * knot + number,)

    first = next(combined([ways(0), ways(1)]))
    assert first == ((0,), (0, 100))
    assert taken == [0, 1]


def test_the_first_of_a_huge_number_come_at_once() -> None:
    lists = [[((1,), (2 * n,)), ((2,), (2 * n + 1,))] for n in range(60)]
    found = list(islice(combined(lists), 5))
    assert [cost for cost, _ in found] == [(60,), (61,), (61,), (61,), (61,)]
