"""Minimal hitting sets, and conflicts that share members."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from goodoffices.analysis.zone.hitting import (
    TooManyError,
    components,
    hitting_more,
    mask_of,
    members,
    minimal_hitting_sets,
)
from tests import oracles


def random_conflicts(rng: Random) -> list[tuple[int, ...]]:
    found: list[tuple[int, ...]] = []
    for _ in range(rng.randint(0, 7)):
        chosen = tuple(sorted(rng.sample(range(8), rng.randint(1, 4))))
        if not any(set(chosen) <= set(other) or set(other) <= set(chosen) for other in found):
            found.append(chosen)
    return found


def by_trying(conflicts: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    found: list[tuple[int, ...]] = []
    for number in range(9):
        for chosen in combinations(range(8), number):
            hits = all(set(chosen) & set(conflict) for conflict in conflicts)
            if hits and not any(set(part) <= set(chosen) for part in found):
                found.append(chosen)
    return found


@pytest.mark.parametrize("seed", range(80))
def test_hitting_sets_are_those_found_by_trying(seed: int) -> None:
    conflicts = random_conflicts(Random(seed))
    assert minimal_hitting_sets(conflicts) == by_trying(conflicts)


@pytest.mark.parametrize("seed", range(40))
def test_hitting_twice_gives_the_conflicts_back(seed: int) -> None:
    conflicts = random_conflicts(Random(seed))
    if conflicts:
        assert sorted(minimal_hitting_sets(minimal_hitting_sets(conflicts))) == sorted(conflicts)


def test_nothing_to_hit_needs_nothing() -> None:
    assert minimal_hitting_sets([]) == [()]


def test_an_empty_conflict_cannot_be_hit() -> None:
    assert minimal_hitting_sets([()]) == []
    assert minimal_hitting_sets([(0, 1), ()]) == []


def test_the_order_of_conflicts_does_not_matter() -> None:
    conflicts = [(0, 1, 2), (2, 3), (0, 3, 4)]
    assert minimal_hitting_sets(conflicts) == minimal_hitting_sets(conflicts[::-1])


def test_more_conflicts_extend_what_is_known() -> None:
    first, rest = [(0, 1), (1, 2)], [(3, 4), (0, 4)]
    known = hitting_more([0], map(mask_of, first), known=())
    both = hitting_more(known, map(mask_of, rest), known=map(mask_of, first))
    found = [members(mask) for mask in both]
    assert sorted(found) == sorted(minimal_hitting_sets([*first, *rest]))


def test_too_many_sets_are_refused() -> None:
    pairs = [(2 * n, 2 * n + 1) for n in range(5)]
    assert len(minimal_hitting_sets(pairs, most=32)) == 32
    with pytest.raises(TooManyError):
        minimal_hitting_sets(pairs, most=31)


def test_hitting_stops_when_told_to() -> None:
    with pytest.raises(TooManyError):
        hitting_more([0], [0b1], known=(), stop=lambda: True)


def test_masks_and_members_are_each_other_s_inverse() -> None:
    for mask in (0, 1, 0b1011, 1 << 200 | 1):
        assert mask_of(members(mask)) == mask
    assert members(mask_of([5, 0, 5])) == (0, 5)


@pytest.mark.parametrize("seed", range(40))
def test_components_are_conflicts_that_share_members(seed: int) -> None:
    conflicts = random_conflicts(Random(seed))
    named = [frozenset(map(str, conflict)) for conflict in conflicts]
    groups = components(conflicts)
    found = {frozenset(frozenset(map(str, c)) for c in group) for group in groups}
    assert found == oracles.knots(named)
    assert [c for group in groups for c in sorted(group, key=conflicts.index)] == [
        c for group in groups for c in group
    ]
    firsts = [conflicts.index(group[0]) for group in groups]
    assert firsts == sorted(firsts)


def test_a_late_conflict_joins_what_was_apart() -> None:
    assert components([(0, 1), (2, 3), (4, 5), (1, 2)]) == [[(0, 1), (2, 3), (1, 2)], [(4, 5)]]
