"""Autarkies by brute force, and regions that cannot touch each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from random import Random

import pytest

from goodoffices.analysis.zone.clauses import Clause, ClauseSet
from goodoffices.analysis.zone.knots import lean, regions
from goodoffices.analysis.zone.system import System
from goodoffices.model import Case
from tests import oracles
from tests.analysis.zone.quarrels import Quarrels, linked, loose
from tests.strategies import Shape, random_case


def clauses_of(quarrels: Quarrels) -> list[Clause]:
    return [*quarrels.hard, *(clause for group in quarrels.groups for clause in group)]


def without_autarky(clauses: Sequence[Clause], sizes: Sequence[int]) -> list[bool]:
    """For each clause whether no autarky touches it, by trying every partial package."""
    settled: set[int] = set()
    for cells in product(*(range(-1, size) for size in sizes)):
        axes = {axis for axis, cell in enumerate(cells) if cell >= 0}
        touched = [c for c in clauses if axes & {axis for axis, _ in c}]
        parts = [tuple(pair for pair in clause if pair[0] in axes) for clause in touched]
        if all(ClauseSet.met_by(part, cells) for part in parts):
            settled |= axes
    return [settled.isdisjoint(axis for axis, _ in clause) for clause in clauses]


@pytest.mark.parametrize("seed", range(150))
def test_the_lean_part_is_what_no_autarky_touches(seed: int) -> None:
    quarrels = loose(Random(seed))
    clauses = clauses_of(quarrels)
    assert lean(clauses, quarrels.weights) == without_autarky(clauses, quarrels.sizes)


@pytest.mark.parametrize("seed", range(40))
def test_every_clause_of_a_conflict_is_in_the_lean_part(seed: int) -> None:
    quarrels = linked(Random(seed))
    kept = lean(clauses_of(quarrels), quarrels.weights)
    left = {group for group in range(len(quarrels.groups)) if kept[len(quarrels.hard) + group]}
    for conflict in quarrels.conflicts():
        assert set(conflict) <= left


def test_the_empty_clause_is_in_no_autarky() -> None:
    assert lean([(), ((0, 1),)], [(1, 1)]) == [True, False]
    assert lean([], []) == []


def test_an_autarky_may_have_to_settle_several_axes_at_once() -> None:
    clauses: list[Clause] = [((0, 0b01), (1, 0b10)), ((0, 0b10), (1, 0b01))]
    assert lean(clauses, [(1, 1), (1, 1)]) == [False, False]


def talks(positions: Sequence[tuple[str, Mapping[str, object]]], **more: object) -> System:
    case = {
        "case": "Talks",
        "parties": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}},
        "issues": {name: {"question": "?", "options": ["x", "y"]} for name in "abcd"},
        "positions": [
            {"id": f"p{n}", "party": "ana", kind: condition}
            for n, (kind, condition) in enumerate(positions)
        ],
        **more,
    }
    return System.of(Case.model_validate(case))


def test_independent_quarrels_are_regions_of_their_own() -> None:
    system = talks(
        [
            ("requires", {"c": "x"}),
            ("requires", {"a": "x"}),
            ("refuses", {"c": "x"}),
            ("refuses", {"a": "x"}),
            ("requires", {"d": "x"}),
            ("requires", {"a": "y", "b": "y"}),
        ]
    )
    found = regions(system)
    assert [region.positions for region in found] == [(0, 2), (1, 3, 5)]
    assert [region.axes for region in found] == [(2,), (0,)]
    assert [region.positions for region in regions(system, [1, 3])] == [(1, 3)]
    assert regions(system, [0, 1, 4]) == ()


def test_rules_join_what_they_link() -> None:
    quarrels = [("requires", {name: option}) for name in "ab" for option in "xy"]
    apart = talks(quarrels)
    assert [region.positions for region in regions(apart)] == [(0, 1), (2, 3)]
    rules = [{"id": f"r{n}", "requires": {"a": n}, "when": {"b": n}} for n in "xy"]
    linked = talks(quarrels, rules=rules)
    (region,) = regions(linked)
    assert region.positions == (0, 1, 2, 3)
    assert len(region.hard) == 2


def test_a_position_that_nothing_can_meet_is_a_region() -> None:
    (region,) = regions(talks([("requires", {"a": "neither"})]))
    assert (region.positions, region.axes, region.groups) == ((0,), (), (((),),))


def test_rules_that_contradict_each_other_are_a_region_without_positions() -> None:
    rules = [{"id": f"r{n}", "requires": {"a": n}} for n in "xy"]
    (region,) = regions(talks([("requires", {"b": "x"})], rules=rules))
    assert (region.positions, region.axes) == ((), (0,))
    (region,) = regions(talks([], rules=[{"id": "r", "requires": {"a": "neither"}}]))
    assert (region.positions, region.hard) == ((), ((),))


@pytest.mark.parametrize("seed", range(80))
def test_every_conflict_lies_within_one_region(seed: int) -> None:
    case = random_case(Random(seed), Shape(issues=3, positions=8, packages=40, crowded=0.8))
    system = System.of(case)
    found = regions(system)
    axes = [axis for region in found for axis in region.axes]
    assert len(axes) == len(set(axes))
    ids = [frozenset(system.ids(region.positions)) for region in found]
    for conflict in oracles.conflicts(case):
        if conflict:
            assert any(conflict <= region for region in ids)
