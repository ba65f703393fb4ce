"""The counter against plain enumeration, and what must not change its answers."""

from __future__ import annotations

import itertools
import math
import random
from collections import Counter
from collections.abc import Collection, Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from goodoffices.analysis.zone.clauses import Clause, ClauseSet
from goodoffices.analysis.zone.counting import Manner, Stopped, ZoneCounter
from goodoffices.analysis.zone.elimination import Limits

Within = Mapping[int, int]
MANNERS = {
    "usual": Manner(),
    "always divided": Manner(divided_from=0),
    "divided and forgetful": Manner(divided_from=0, kept_pairs=6),
    "divided above a few states": Manner(divided_from=9, patience=1),
    "counts ahead": Manner(patience=0),
    "keeps no trace": Manner(limits=Limits(traced=2)),
}


def packages(
    zone: ClauseSet, active: Collection[int] | None = None, within: Within | None = None
) -> dict[tuple[int, ...], int]:
    """Every choice of cells that meets the clauses, with its weight, by enumeration."""
    clauses = [c for i, c in enumerate(zone.clauses) if active is None or i in active]
    allowed = [
        [c for c in range(len(row)) if within is None or within.get(axis, -1) >> c & 1]
        for axis, row in enumerate(zone.weights)
    ]
    return {
        cells: math.prod(row[c] for row, c in zip(zone.weights, cells, strict=True))
        for cells in itertools.product(*allowed)
        if all(zone.met_by(clause, cells) for clause in clauses)
    }


def enumerated(
    zone: ClauseSet, active: Collection[int] | None = None, within: Within | None = None
) -> int:
    return sum(packages(zone, active, within).values())


def random_zone(rng: random.Random, *, axes: int = 6, clauses: int = 12) -> ClauseSet:
    """Few axes of one to four cells, and clauses of any width, the empty one now and then."""
    count = rng.randint(0, axes)
    weights = tuple(
        tuple(rng.choice((1, 1, 2, 3)) for _ in range(rng.randint(1, 4))) for _ in range(count)
    )
    shortest = 0 if rng.random() < 0.05 else min(1, count)
    made = []
    for _ in range(rng.randint(0, clauses) if count else 0):
        chosen = sorted(rng.sample(range(count), rng.randint(shortest, min(count, 4))))
        made.append(tuple((a, rng.randrange(1 << len(weights[a]))) for a in chosen))
    return ClauseSet(weights, tuple(made))


def talks(issues: int, positions: int, seed: int, *, single: float = 0.4) -> ClauseSet:
    """Positions around a package that meets them all: sets of options, and implications.

    Args:
        issues: how many axes; most have three to five cells, some are numeric with up to 20.
        positions: how many clauses.
        seed: of the chance that makes it.
        single: the share of positions on one issue alone; the others join two to four.
    """
    rng = random.Random(seed)
    sizes = [
        rng.choice((10, 20)) if rng.random() < 0.08 else rng.randint(3, 5) for _ in range(issues)
    ]
    agreed = [rng.randrange(size) for size in sizes]

    def near(axis: int, ideal: int) -> int:
        size = sizes[axis]
        if size > 5:
            return (2 << min(size - 1, ideal + rng.randint(1, size // 3))) - 1
        other = rng.choice([cell for cell in range(size) if cell != ideal])
        return sum(1 << c for c in range(size) if c == ideal or (c != other and rng.random() < 0.4))

    def position() -> Clause:
        width = 1 if rng.random() < single else rng.randint(2, min(4, issues))
        first, *others = rng.sample(range(issues), width)
        pairs = [(axis, near(axis, rng.randrange(sizes[axis]))) for axis in others]
        return tuple(sorted([(first, near(first, agreed[first])), *pairs]))

    clauses = tuple(position() for _ in range(positions))
    return ClauseSet(tuple((1,) * size for size in sizes), clauses)


@st.composite
def zones(draw: st.DrawFn) -> ClauseSet:
    weights = draw(
        st.lists(st.lists(st.integers(1, 3), min_size=1, max_size=3).map(tuple), max_size=5)
    )
    pairs = [
        st.tuples(st.just(a), st.integers(0, (1 << len(row)) - 1)) for a, row in enumerate(weights)
    ]
    clause = st.lists(st.one_of(pairs), max_size=4, unique_by=lambda pair: pair[0])
    sets = st.lists(clause.map(lambda found: tuple(sorted(found))), max_size=9)
    return ClauseSet(tuple(weights), tuple(draw(sets)) if weights else ())


@given(zones())
@settings(max_examples=150, deadline=None)
def test_counts_what_enumeration_counts(zone: ClauseSet) -> None:
    assert ZoneCounter(zone).count() == enumerated(zone)


@pytest.mark.parametrize("hundred", range(5))
def test_counts_what_enumeration_counts_on_seeded_zones(hundred: int) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        zone = random_zone(random.Random(seed))
        assert ZoneCounter(zone).count() == enumerated(zone), seed


@pytest.mark.parametrize("seed", range(12))
def test_counts_dense_zones_of_some_size(seed: int) -> None:
    rng = random.Random(seed)
    weights = tuple(tuple(rng.randint(1, 2) for _ in range(3)) for _ in range(9))
    clauses = tuple(
        tuple((a, rng.randrange(1, 7)) for a in sorted(rng.sample(range(9), rng.randint(2, 4))))
        for _ in range(25)
    )
    zone = ClauseSet(weights, clauses)
    assert ZoneCounter(zone).count() == enumerated(zone)


def test_no_axis_has_the_one_package_that_settles_nothing() -> None:
    counter = ZoneCounter(ClauseSet((), ()))
    assert counter.count() == 1
    assert counter.example() == ()
    assert counter.sample(np.random.default_rng(1), 2) == [(), ()]


def test_no_clause_counts_every_option() -> None:
    assert ZoneCounter(ClauseSet(((1, 2), (3,), (1, 1, 1)), ())).count() == 27


def test_empty_clause_is_never_met() -> None:
    zone = ClauseSet(((1, 1), (1, 1)), ((), ((0, 1), (1, 1))))
    counter = ZoneCounter(zone)
    assert counter.count() == 0
    assert counter.example() is None
    assert counter.count([1]) == 3


def test_axis_with_one_cell_is_settled() -> None:
    zone = ClauseSet(((5,), (1, 1)), (((0, 0), (1, 1)), ((0, 1), (1, 2))))
    assert ZoneCounter(zone).count() == 5
    assert ZoneCounter(zone).example() == (0, 0)


def test_within_restricts_the_cells() -> None:
    zone = ClauseSet(((1, 2, 4), (1, 1)), (((0, 0b011), (1, 0b01)),))
    counter = ZoneCounter(zone)
    assert counter.count(within={0: 0b110}) == 2 * 2 + 4
    assert counter.count(within={0: 0b100, 1: 0b10}) == 0
    assert counter.count(within={1: 0}) == 0
    assert counter.example(within={0: 0b100}) == (2, 0)
    assert counter.example(within={0: 0b100, 1: 0b10}) is None


@pytest.mark.parametrize("seed", range(30))
def test_any_question_in_any_order_has_the_same_answer(seed: int) -> None:
    rng = random.Random(seed)
    zone = random_zone(rng, axes=6, clauses=14)
    counter = ZoneCounter(zone)
    for _ in range(25):
        active = [i for i in range(len(zone.clauses)) if rng.random() < 0.8]
        within = {a: rng.randrange(16) for a in range(len(zone.weights)) if rng.random() < 0.2}
        found = packages(zone, active, within)
        example = counter.example(active, within=within)
        assert counter.count(active, within=within) == sum(found.values())
        assert (example in found) if found else example is None


def test_active_clauses_may_come_in_any_collection() -> None:
    counter = ZoneCounter(ClauseSet(((1, 1), (1, 1)), (((0, 1),), ((1, 1),))))
    asked: list[Collection[int]] = [[0], (0,), {0}, frozenset({0}), {0: "first"}]
    assert [counter.count(active) for active in asked] == [2] * 5
    assert counter.count([]) == 4


def test_huge_weights_stay_exact() -> None:
    big = 10**30
    weights = ((big, 1), (big + 7, 2), (1, 1))
    zone = ClauseSet(weights, (((0, 1), (1, 1)), ((1, 2), (2, 1))))
    assert ZoneCounter(zone).count() == enumerated(zone)


def test_many_free_axes_multiply_past_any_machine_number() -> None:
    weights = tuple((1, 1, 1, 1) for _ in range(210))
    zone = ClauseSet(weights, (((0, 1), (1, 1)),))
    assert ZoneCounter(zone).count() == 7 * 4**208


def test_a_chain_of_implications_has_the_count_of_its_recurrence() -> None:
    length = 120
    zone = ClauseSet(
        ((1, 1),) * length, tuple(((a, 0b01), (a + 1, 0b01)) for a in range(length - 1))
    )
    before, now = 1, 2
    for _ in range(length - 1):
        before, now = now, before + now
    assert ZoneCounter(zone).count() == now


def test_sample_is_fair() -> None:
    zone = ClauseSet(
        ((1, 2, 3), (1, 1), (2, 1, 1), (1, 1)),
        (((0, 0b011), (1, 0b01)), ((1, 0b10), (2, 0b110)), ((2, 0b011), (3, 0b01))),
    )
    expected = packages(zone)
    total, size = sum(expected.values()), 20_000
    drawn = Counter(ZoneCounter(zone).sample(np.random.default_rng(20250602), size))
    assert set(drawn) == set(expected)
    statistic = sum(
        (drawn[cells] - size * weight / total) ** 2 / (size * weight / total)
        for cells, weight in expected.items()
    )
    assert statistic < chi2.ppf(0.999, len(expected) - 1)


@pytest.mark.parametrize("seed", range(15))
def test_sample_is_fair_on_seeded_zones(seed: int) -> None:
    zone = random_zone(random.Random(seed + 7000), axes=4, clauses=5)
    expected = packages(zone)
    if not expected:
        with pytest.raises(ValueError, match="empty"):
            ZoneCounter(zone).sample(np.random.default_rng(seed), 1)
        return
    total, size = sum(expected.values()), 40 * sum(expected.values())
    drawn = Counter(ZoneCounter(zone).sample(np.random.default_rng(seed), size))
    assert set(drawn) <= set(expected)
    statistic = sum(
        (drawn[c] - size * w / total) ** 2 * total / size / w for c, w in expected.items()
    )
    assert statistic <= chi2.ppf(0.9999, max(1, len(expected) - 1))


def test_sample_meets_its_clauses_and_limits() -> None:
    zone = talks(40, 150, 1)
    active = range(0, 150, 2)
    drawn = ZoneCounter(zone).sample(np.random.default_rng(3), 50, active, within={0: 0b011})
    assert len(drawn) == 50
    assert len(set(drawn)) > 40
    for cells in drawn:
        assert cells[0] in (0, 1)
        assert all(zone.met_by(zone.clauses[i], cells) for i in active)


def test_sample_of_huge_weights_follows_them() -> None:
    zone = ClauseSet(((10**30, 3 * 10**30), (1, 1)), (((0, 0b10), (1, 0b01)),))
    drawn = ZoneCounter(zone).sample(np.random.default_rng(5), 7000)
    share = sum(cells[0] == 0 for cells in drawn) / 7000
    assert share == pytest.approx(1 / 7, abs=0.015)


def test_no_sample_from_an_empty_zone() -> None:
    counter = ZoneCounter(ClauseSet(((1, 1),), (((0, 1),), ((0, 2),))))
    with pytest.raises(ValueError, match="empty"):
        counter.sample(np.random.default_rng(1), 1)


def test_same_question_same_answer_in_every_counter() -> None:
    zone = talks(40, 150, 2)
    one, other = ZoneCounter(zone), ZoneCounter(zone)
    one.count()
    one.sample(np.random.default_rng(0), 3)
    assert one.example() == other.example()
    first = one.sample(np.random.default_rng(9), 20)
    assert first == other.sample(np.random.default_rng(9), 20)
    assert len(first) == 20


def test_example_meets_every_clause_of_a_large_case() -> None:
    zone = talks(200, 1000, 1)
    found = ZoneCounter(zone).example()
    assert found is not None
    assert all(zone.met_by(clause, found) for clause in zone.clauses)


def different(axes: int, cells: int) -> ClauseSet:
    """No two axes may take the same cell."""
    full = (1 << cells) - 1
    clauses = [
        ((one, full ^ 1 << cell), (other, full ^ 1 << cell))
        for one, other in itertools.combinations(range(axes), 2)
        for cell in range(cells)
    ]
    return ClauseSet(((1,) * cells,) * axes, tuple(clauses))


def test_example_does_not_wander_where_there_is_none() -> None:
    asked = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 2000

    counter = ZoneCounter(different(9, 8))
    assert counter.example(stop=stop) is None
    assert counter.count() == 0


def test_all_different_has_the_count_of_arrangements() -> None:
    for manner in MANNERS.values():
        assert ZoneCounter(different(5, 6), manner=manner).count() == 720


@pytest.mark.parametrize("name", list(MANNERS))
def test_manner_of_working_changes_no_answer(name: str) -> None:
    for seed in range(40):
        rng = random.Random(seed)
        zone = random_zone(rng, axes=6, clauses=14)
        counter = ZoneCounter(zone, manner=MANNERS[name])
        for _ in range(6):
            active = [i for i in range(len(zone.clauses)) if rng.random() < 0.8]
            found = packages(zone, active)
            example = counter.example(active)
            assert (example in found) if found else example is None
            assert example == ZoneCounter(zone).example(active)
            assert counter.count(active) == sum(found.values())


@pytest.mark.parametrize("name", list(MANNERS))
def test_samples_are_fair_in_every_manner(name: str) -> None:
    rng = random.Random(12)
    clauses = tuple(
        tuple((axis, rng.randrange(1, 7)) for axis in sorted(rng.sample(range(4), 2)))
        for _ in range(5)
    )
    zone = ClauseSet(((1, 2, 1),) * 4, clauses)
    expected = packages(zone)
    assert len(expected) > 5
    size = 40 * sum(expected.values())
    counter = ZoneCounter(zone, manner=MANNERS[name])
    drawn = Counter(counter.sample(np.random.default_rng(2), size))
    statistic = sum((drawn[c] - 40 * w) ** 2 / (40 * w) for c, w in expected.items())
    assert set(drawn) <= set(expected)
    assert statistic < chi2.ppf(0.999, len(expected) - 1)


def test_what_is_remembered_stays_within_bounds() -> None:
    zone = talks(40, 150, 3)
    wide = ZoneCounter(zone)
    narrow = ZoneCounter(zone, manner=Manner(kept_pairs=20))
    for start in range(0, 150, 10):
        active = [i for i in range(150) if not start <= i < start + 5]
        assert wide.count(active) == narrow.count(active)


def test_stop_ends_the_work_and_leaves_the_counter_usable() -> None:
    zone = talks(30, 60, 3, single=0)
    counter = ZoneCounter(zone)
    with pytest.raises(Stopped):
        counter.count(stop=lambda: True)
    assert counter.count(range(12), stop=lambda: False) > 0
    assert counter.count(range(12)) == ZoneCounter(zone).count(range(12))
