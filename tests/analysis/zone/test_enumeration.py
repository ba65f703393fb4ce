"""Plain exploration: each conflict and each way out once."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from goodoffices.analysis.zone.clauses import Clause
from goodoffices.analysis.zone.enumeration import Found, explore, region_solver
from goodoffices.analysis.zone.hitting import minimal_hitting_sets
from goodoffices.analysis.zone.knots import regions
from goodoffices.analysis.zone.solving import ZoneSolver
from goodoffices.analysis.zone.system import System
from tests import oracles
from tests.analysis.zone.quarrels import Quarrels, linked, loose
from tests.strategies import Shape, random_case

TEXTBOOK: list[list[Clause]] = [
    [((0, 0b10),)],
    [((0, 0b01),)],
    [((0, 0b01), (1, 0b10))],
    [((1, 0b01),)],
]
"""a; not a; not a or b; not b."""


def test_the_textbook_example() -> None:
    with ZoneSolver([(1, 1), (1, 1)], [False, False], [], TEXTBOOK) as solver:
        found = list(explore(solver, [1, 2, 3, 4]))
    assert {f.positions for f in found if f.kind == "conflict"} == {(1, 2), (1, 3, 4)}
    assert {f.positions for f in found if f.kind == "way-out"} == {(1,), (2, 3), (2, 4)}
    assert len(found) == 5


@pytest.mark.parametrize("shape", [loose, linked])
@pytest.mark.parametrize("seed", range(60))
def test_exploration_finds_what_trying_every_set_finds(
    seed: int, shape: Callable[[Random], Quarrels]
) -> None:
    quarrels = shape(Random(seed))
    if len(quarrels.groups) > 9:
        return
    with quarrels.solver() as solver:
        found = list(explore(solver, range(len(quarrels.groups))))
    assert len(found) == len(set(found))
    assert sorted(f.positions for f in found if f.kind == "conflict") == quarrels.conflicts()
    assert sorted(f.positions for f in found if f.kind == "way-out") == quarrels.ways_out()


def test_the_same_search_finds_the_same_in_the_same_order() -> None:
    quarrels = linked(Random(3))
    runs: list[list[Found]] = []
    for _ in range(2):
        with quarrels.solver() as solver:
            runs.append(list(explore(solver, range(len(quarrels.groups)))))
    assert runs[0] == runs[1]


def test_an_open_zone_has_one_way_out_which_gives_nothing_up() -> None:
    with ZoneSolver([(1, 1)], [False], [], [[((0, 1),)], [((0, 1),)]]) as solver:
        assert list(explore(solver, [0, 1])) == [Found("way-out", ())]


def test_hard_clauses_that_contradict_each_other_are_the_only_conflict() -> None:
    with ZoneSolver([(1, 1)], [False], [((0, 1),), ((0, 2),)], [[((0, 1),)]]) as solver:
        assert list(explore(solver, [0])) == [Found("conflict", ())]


def test_an_exploration_may_be_left_at_any_time() -> None:
    with ZoneSolver([(1, 1), (1, 1)], [False, False], [], TEXTBOOK) as solver:
        exploring = explore(solver, range(4))
        next(exploring)
        exploring.close()
        assert solver.fits([0])


@pytest.mark.parametrize("seed", range(50))
def test_a_region_s_solver_answers_for_its_positions(seed: int) -> None:
    case = random_case(Random(seed), Shape(issues=3, positions=7, packages=40, crowded=0.8))
    system = System.of(case)
    found: set[frozenset[str]] = set()
    for region in regions(system):
        with region_solver(system, region) as solver:
            found |= {
                frozenset(system.ids(f.positions))
                for f in explore(solver, region.positions)
                if f.kind == "conflict"
            }
    if frozenset() not in found:
        assert found == oracles.conflicts(case)


def test_conflicts_and_ways_out_are_each_other_s_hitting_sets() -> None:
    quarrels = linked(Random(11))
    with quarrels.solver() as solver:
        found = list(explore(solver, range(len(quarrels.groups))))
    conflicts = [f.positions for f in found if f.kind == "conflict"]
    ways = [f.positions for f in found if f.kind == "way-out"]
    assert conflicts
    assert sorted(minimal_hitting_sets(conflicts)) == sorted(ways)
    assert sorted(minimal_hitting_sets(ways)) == sorted(conflicts)
