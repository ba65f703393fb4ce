"""A case as clauses."""

from __future__ import annotations

from itertools import islice, product
from random import Random

import pytest

from goodoffices.analysis.zone.clauses import ClauseSet
from goodoffices.analysis.zone.system import System
from goodoffices.model import Case, meets
from tests import oracles
from tests.strategies import Shape, random_case

CASE = Case.model_validate(
    {
        "case": "Two roommates",
        "as-of": "2025-03",
        "parties": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}},
        "issues": {
            "window": {"question": "At night?", "options": ["open", "shut"]},
            "hours": {"question": "For how long?", "range": {"from": 0, "to": 8}},
        },
        "rules": [{"id": "r", "refuses": {"window": "shut", "hours": {"at-least": 1}}}],
        "positions": [
            {"id": "b1", "party": "ben", "requires": {"hours": {"at-most": 2}}},
            {"id": "gone", "party": "ana", "requires": {"window": "shut"}, "until": "2025-01"},
            {"id": "wish", "party": "ana", "prefers": {"window": "open"}},
            {"id": "a1", "party": "ana", "requires": {"hours": {"at-least": 5}}},
        ],
    }
)


def test_only_binding_positions_in_force_are_compiled() -> None:
    system = System.of(CASE)
    assert [position.id for position in system.positions] == ["b1", "a1"]
    assert [rule.id for rule in system.rules] == ["r"]
    assert system.weights == ((1, 1), (1, 2, 2, 4))


def test_ids_come_in_the_order_of_the_case_and_parties_sorted() -> None:
    system = System.of(CASE)
    assert system.ids([1, 0]) == ("b1", "a1")
    assert system.parties([0, 1]) == ("ana", "ben")
    assert system.parties([0, 0]) == ("ben",)
    assert system.ids([]) == system.parties([]) == ()


def test_active_clauses_are_the_hard_ones_and_those_of_the_chosen_positions() -> None:
    system = System.of(CASE)
    clauses = system.clause_set.clauses
    assert [clauses[n] for n in system.active([])] == list(system.hard)
    chosen = [clauses[n] for n in system.active([1])]
    assert chosen == [*system.hard, *system.clauses_of[1]]
    assert system.active([0, 1]) == list(range(len(clauses)))


@pytest.mark.parametrize("seed", range(40))
def test_a_choice_of_cells_meets_what_its_package_meets(seed: int) -> None:
    case = random_case(Random(seed), Shape(crowded=0.2))
    system = System.of(case)
    axes = system.space.axes
    with system.solver() as solver:
        for cells in islice(product(*(range(len(axis.cells)) for axis in axes)), 40):
            package = system.space.package(cells)
            literals = map(solver.encoding.cell_literals, range(len(cells)), cells)
            held = [literal for found in literals for literal in found]
            lawful = solver.fits((), held)
            assert lawful is all(meets(rule, package, case.issues) for rule in case.rules)
            for number, position in enumerate(system.positions):
                met = meets(position, package, case.issues)
                assert solver.fits_group(number, held) is met
                assert solver.fits([number], held) is (met and lawful)
                assert system.definitions or system.met(number, cells) is met


@pytest.mark.parametrize("seed", range(60))
def test_the_clauses_hold_the_zone_exactly(seed: int) -> None:
    case = random_case(Random(seed))
    system = System.of(case)
    clauses = [system.clause_set.clauses[n] for n in system.active(range(len(system.positions)))]
    count = 0
    for cells in product(*(range(len(row)) for row in system.weights)):
        if all(ClauseSet.met_by(clause, cells) for clause in clauses):
            share = 1
            for row, cell in zip(system.weights, cells, strict=True):
                share *= row[cell]
            count += share
    assert count == len(oracles.zone(case))
