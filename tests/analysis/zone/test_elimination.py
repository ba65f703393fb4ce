"""Elimination against enumeration, in every manner of working that its limits allow."""

from __future__ import annotations

import itertools
import math
import random
from collections import Counter

import numpy as np
import pytest
from scipy.stats import chi2

from goodoffices.analysis.zone.clauses import Clause, ClauseSet
from goodoffices.analysis.zone.counting_order import good_order
from goodoffices.analysis.zone.elimination import Elimination, Limits, TooLargeError

MANNERS = {
    "one by one": Limits(few=10**9),
    "arrays": Limits(few=0, sharpen=10**9),
    "one form": Limits(few=0, sharpen=1),
    "late arrays": Limits(few=8, sharpen=4),
    "pieces": Limits(few=0, sharpen=1, most=16),
    "smallest pieces": Limits(few=0, sharpen=10**9, most=1),
}


def unhurried() -> None:
    """Never ends the work."""


def part(rng: random.Random, *, axes: int = 6, clauses: int = 12, widest: int = 4) -> ClauseSet:
    """Axes of two to four cells, and clauses of two and more pairs over them."""
    weights = tuple(
        tuple(rng.choice((1, 1, 2, 10**25)) for _ in range(rng.randint(2, 4))) for _ in range(axes)
    )

    def clause() -> Clause:
        chosen = sorted(rng.sample(range(axes), rng.randint(2, widest)))
        return tuple((axis, rng.randrange(1, (1 << len(weights[axis])) - 1)) for axis in chosen)

    return ClauseSet(weights, tuple(clause() for _ in range(clauses)))


def packages(zone: ClauseSet) -> dict[tuple[int, ...], int]:
    """Every choice of cells that meets the clauses, with its weight, by enumeration."""
    return {
        cells: math.prod(row[c] for row, c in zip(zone.weights, cells, strict=True))
        for cells in itertools.product(*(range(len(row)) for row in zone.weights))
        if all(zone.met_by(clause, cells) for clause in zone.clauses)
    }


@pytest.mark.parametrize("manner", MANNERS)
def test_counts_what_enumeration_counts(manner: str) -> None:
    for seed in range(60):
        rng = random.Random(seed)
        zone = part(rng, clauses=rng.randint(1, 20))
        axes = rng.sample(range(6), 6)
        found = Elimination(zone, axes, unhurried, limits=MANNERS[manner]).count()
        assert found == sum(packages(zone).values()), seed


@pytest.mark.parametrize("manner", ["arrays", "one form", "pieces"])
def test_counts_with_more_open_clauses_than_a_word_has_bits(manner: str) -> None:
    for seed in range(2):
        zone = part(random.Random(seed), axes=6, clauses=160, widest=6)
        zone = ClauseSet(zone.weights, tuple(clause for clause in zone.clauses if len(clause) > 3))
        assert len(zone.clauses) > 64
        found = Elimination(zone, range(6), unhurried, limits=MANNERS[manner]).count()
        assert found == sum(packages(zone).values()) > 0, seed


def test_any_order_of_the_axes_counts_the_same() -> None:
    zone = part(random.Random(4), axes=4, clauses=6)
    counts = {
        Elimination(zone, axes, unhurried, limits=MANNERS["one form"]).count()
        for axes in itertools.permutations(range(4))
    }
    assert counts == {sum(packages(zone).values())}


def test_states_that_run_out_before_a_huge_weight_count_nought() -> None:
    split = tuple(((0, a), (1, b)) for a in (1, 2) for b in (1, 2))
    zone = ClauseSet(((1, 1), (1, 1), (10**30, 10**30)), (*split, ((1, 1), (2, 1))))
    for limits in MANNERS.values():
        assert Elimination(zone, (0, 1, 2), unhurried, limits=limits).count() == 0


def test_empty_part_counts_nought_in_every_manner() -> None:
    zone = ClauseSet(
        ((1, 1), (1, 1)),
        tuple(((0, a), (1, b)) for a in (1, 2) for b in (1, 2)),
    )
    for limits in MANNERS.values():
        assert Elimination(zone, (0, 1), unhurried, limits=limits).count() == 0


@pytest.mark.parametrize("manner", ["arrays", "one form"])
@pytest.mark.parametrize("seed", range(6))
def test_draws_are_fair(manner: str, seed: int) -> None:
    zone = part(random.Random(seed), axes=4, clauses=4, widest=3)
    light = tuple(tuple(min(weight, 3) for weight in row) for row in zone.weights)
    zone = ClauseSet(light, zone.clauses)
    expected = packages(zone)
    total = sum(expected.values())
    size = 30 * total
    rng = np.random.default_rng(seed)
    rows = Elimination(zone, good_order(zone).axes, unhurried, limits=MANNERS[manner])
    drawn = Counter(tuple(row) for row in rows.draw(rng, size).tolist())
    assert set(drawn) <= set(expected)
    statistic = sum((drawn[c] - 30 * w) ** 2 / (30 * w) for c, w in expected.items())
    assert statistic < chi2.ppf(0.9999, len(expected) - 1)


def test_draws_by_weights_past_any_machine_number() -> None:
    zone = ClauseSet(((10**30, 3 * 10**30), (1, 1)), (((0, 0b10), (1, 0b01)),))
    rows = Elimination(zone, (0, 1), unhurried).draw(np.random.default_rng(5), 7000)
    assert np.mean(rows[:, 0] == 0) == pytest.approx(1 / 7, abs=0.015)


def test_a_draw_that_would_keep_too_much_says_so() -> None:
    zone = part(random.Random(1))
    small = Elimination(zone, range(6), unhurried, limits=Limits(traced=10))
    with pytest.raises(TooLargeError):
        small.draw(np.random.default_rng(1), 1)


def test_poll_may_end_the_work() -> None:
    def poll() -> None:
        raise KeyboardInterrupt

    zone = part(random.Random(1))
    with pytest.raises(KeyboardInterrupt):
        Elimination(zone, range(6), poll, limits=MANNERS["arrays"]).count()


@pytest.mark.parametrize("seed", range(40))
def test_an_order_takes_every_axis_once_and_bounds_the_states(seed: int) -> None:
    rng = random.Random(seed)
    zone = part(rng, axes=7, clauses=rng.randint(1, 12))
    order = good_order(zone)
    assert sorted(order.axes) == list(range(7))
    total = 0
    for place in range(7):
        seen = order.axes[: place + 1]
        choices = itertools.product(*(range(len(zone.weights[axis])) for axis in seen))
        met = {_open_met(zone, dict(zip(seen, cells, strict=True))) for cells in choices}
        total += len(met)
    assert total <= order.states + 1e-6


def _open_met(zone: ClauseSet, cells: dict[int, int]) -> tuple[bool, ...]:
    """Which of the clauses with axes on both sides are met so far."""
    return tuple(
        any(mask >> cells[axis] & 1 for axis, mask in clause if axis in cells)
        for clause in zone.clauses
        if 0 < sum(axis in cells for axis, _ in clause) < len(clause)
    )


def test_order_of_nothing_is_empty() -> None:
    assert good_order(ClauseSet((), ())).axes == ()


def test_a_long_chain_is_taken_from_an_end() -> None:
    links = tuple(((a, 1), (a + 1, 1)) for a in range(49))
    order = good_order(ClauseSet(((1, 1),) * 50, links))
    assert order.states == 2 * 49 + 1
