"""The encodings and the questions asked of a solver."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from random import Random

import pytest
from pysat.solvers import Solver

from goodoffices.analysis.zone.clauses import Clause, ClauseSet
from goodoffices.analysis.zone.solving import Encoding, ZoneSolver
from tests.analysis.zone.quarrels import linked, loose


def models(encoding: Encoding, clauses: Sequence[Sequence[int]] = ()) -> list[list[int]]:
    """Every model of an encoding over all its variables."""
    every = [[v, -v] for v in range(1, encoding.top + 1)]
    with Solver(name="g4", bootstrap_with=[*encoding.hard, *clauses, *every]) as solver:
        return [list(model) for model in solver.enum_models()]


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("size", range(1, 13))
def test_an_axis_has_each_of_its_cells_once(size: int, ordered: bool) -> None:
    encoding = Encoding([(1,) * size], [ordered])
    found = [encoding.cell(0, model) for model in models(encoding)]
    assert set(found) == set(range(size))
    if ordered or size <= 6:  # a ladder's own variables may be free
        assert len(found) == size


def test_ranges_are_encoded_by_their_order_and_others_cell_by_cell() -> None:
    assert Encoding([(1,) * 5], [True]).top == 4
    assert Encoding([(1,) * 5], [False]).top == 5
    assert Encoding([(1,) * 2], [False]).top == 1
    assert Encoding([(1,)], [True]).top == Encoding([(1,)], [False]).top == 0


def test_at_most_one_of_many_cells_is_a_ladder() -> None:
    pairs, ladder = Encoding([(1,) * 6], [False]), Encoding([(1,) * 40], [False])
    assert len(pairs.hard) == 1 + 15
    assert len(ladder.hard) < 1 + 3 * 40
    assert ladder.top == 40 + 39 - 1 + 0 or ladder.top < 80


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 9])
@pytest.mark.parametrize("ordered", [True, False])
def test_cell_literals_are_true_exactly_at_the_cell(size: int, ordered: bool) -> None:
    encoding = Encoding([(1,) * size], [ordered])
    for model in models(encoding):
        here = encoding.cell(0, model)
        for cell in range(size):
            literals = encoding.cell_literals(0, cell)
            assert all(model[abs(v) - 1] == v for v in literals) is (cell == here)


@pytest.mark.parametrize("size", [2, 3, 5, 7])
@pytest.mark.parametrize("ordered", [True, False])
def test_mask_literals_say_that_a_cell_is_in_the_mask(size: int, ordered: bool) -> None:
    for mask in range(1, (1 << size) - 1):
        encoding = Encoding([(1,) * size], [ordered])
        literals = encoding.mask_literals(0, mask)
        for model in models(encoding):
            inside = bool(mask >> encoding.cell(0, model) & 1)
            assert any(model[abs(v) - 1] == v for v in literals) is inside


def test_a_bound_is_one_literal_and_a_band_one_variable() -> None:
    encoding = Encoding([(1,) * 8], [True])
    assert len(encoding.mask_literals(0, 0b11110000)) == 1
    assert len(encoding.mask_literals(0, 0b00001111)) == 1
    before = encoding.top
    band = encoding.mask_literals(0, 0b00111000)
    assert (len(band), encoding.top) == (1, before + 1)
    assert encoding.mask_literals(0, 0b00111000) == band
    assert encoding.top == before + 1


def test_all_cells_but_one_is_one_literal() -> None:
    encoding = Encoding([(1,) * 5], [False])
    assert encoding.mask_literals(0, 0b11011) == [-3]
    assert encoding.mask_literals(0, 0b00101) == [1, 3]


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("seed", range(40))
def test_a_solver_answers_as_enumeration_does(seed: int, ordered: bool) -> None:
    quarrels = loose(Random(seed))
    groups = range(len(quarrels.groups))
    with quarrels.solver(ordered) as solver:
        for number in (0, 1, 2, len(groups)):
            for chosen in combinations(groups, number):
                fits = solver.fits(chosen)
                assert fits is quarrels.fits(chosen)
                if fits:
                    cells = solver.cells()
                    clauses = [c for group in chosen for c in quarrels.groups[group]]
                    held = [*quarrels.hard, *clauses]
                    assert all(ClauseSet.met_by(clause, cells) for clause in held)


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("seed", range(40))
def test_a_refusal_shrinks_to_groups_that_are_all_needed(seed: int, ordered: bool) -> None:
    quarrels = linked(Random(seed))
    groups = range(len(quarrels.groups))
    with quarrels.solver(ordered) as solver:
        if solver.fits(groups):
            return
        assert set(solver.core()) <= set(groups)
        conflict = solver.shrink_last()
    assert list(conflict) == sorted(conflict)
    assert not quarrels.fits(conflict)
    for group in conflict:
        assert quarrels.fits(set(conflict) - {group})


HELD: tuple[Clause, ...] = (((0, 0b001),), ((0, 0b110),), ((1, 0b01),))


def solver_of(groups: Sequence[Clause], **more: Sequence[Sequence[Clause]]) -> ZoneSolver:
    weights = [(1, 1, 1), (1, 1), (1, 1)]
    return ZoneSolver(weights, [False] * 3, [], [[clause] for clause in groups], **more)


def test_what_is_assumed_counts_for_one_question_only() -> None:
    with solver_of(HELD) as solver:
        first = solver.encoding.cell_literals(0, 0)
        assert solver.fits([0], first)
        assert not solver.fits([1], first)
        assert solver.shrink_last(first) == (1,)
        assert solver.fits([1])
        assert not solver.fits([0, 1, 2])
        assert solver.shrink_last() == (0, 1)


def test_a_gate_holds_a_clause_while_it_is_assumed() -> None:
    with solver_of(HELD) as solver:
        gate = solver.gate(((0, 0b110), (1, 0b10)))
        assert not solver.fits([0, 2], [gate])
        assert solver.shrink_last([gate]) == (0, 2)
        assert solver.fits([0, 2])
        assert solver.fits([0], [gate])


def test_a_gate_on_a_band_of_a_range_that_no_clause_had() -> None:
    with ZoneSolver([(1,) * 6], [True], [], [[((0, 0b000011),)]]) as solver:
        gate = solver.gate(((0, 0b001100),))
        assert not solver.fits([0], [gate])
        assert solver.fits((), [gate])
        assert solver.cells()[0] in {2, 3}


def test_rules_hold_in_every_question_but_those_that_leave_them_out() -> None:
    rules = [[((0, 0b011),)], [((1, 0b01),)]]
    with solver_of([((0, 0b100),), ((1, 0b01),)], rules=rules) as solver:
        assert not solver.fits([0])
        assert solver.shrink_last() == (0,)
        assert solver.fits_group(0)
        assert solver.fits([1])
        last = solver.encoding.cell_literals(0, 2)
        assert not solver.fits_rule(0, last)
        assert solver.fits_rule(1, last)


def test_rules_that_contradict_each_other_leave_nobody_to_blame() -> None:
    with solver_of(HELD, rules=[[((2, 0b01),)], [((2, 0b10),)]]) as solver:
        assert not solver.fits([0])
        assert solver.core() == []
        assert solver.shrink_last() == ()


def test_axes_that_no_clause_names_have_a_cell_too() -> None:
    with ZoneSolver([(2, 3), (1, 1, 1), (5,)], [False] * 3, [], []) as solver:
        assert solver.fits(())
        cells = solver.cells()
    assert cells in set(product(range(2), range(3), range(1)))


def test_a_solver_without_axes_fits_nothing_but_nothing() -> None:
    with ZoneSolver([], [], [], [[], [()]]) as solver:
        assert solver.fits([0])
        assert solver.cells() == ()
        assert not solver.fits([0, 1])
        assert solver.shrink_last() == (1,)
