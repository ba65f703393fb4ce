"""Searching a region: few findings by exploration, many by factors (see test_certificate)."""

from __future__ import annotations

from random import Random

import pytest

from goodoffices.analysis.zone import factoring
from goodoffices.analysis.zone.certificate import Factor
from goodoffices.analysis.zone.clauses import Clause
from goodoffices.analysis.zone.factoring import Factoring
from tests.analysis.zone.quarrels import Quarrels, linked


def pairs(number: int, hard: tuple[Clause, ...] = ()) -> Quarrels:
    """As many quarrels of two groups each, over an axis of their own."""
    groups = tuple((((axis, mask),),) for axis in range(number) for mask in (0b10, 0b01))
    return Quarrels((2,) * number, groups, hard)


def test_few_findings_come_from_exploration_alone() -> None:
    quarrels = pairs(2)
    with quarrels.solver() as solver:
        search = Factoring(solver, quarrels.groups, quarrels.hard)
        assert sorted(search.search()) == [(0, 1), (2, 3)]
    assert search.complete
    assert search.memory.packages == {}
    assert set(search.factors) == {
        Factor(((0, 1),), ((0,), (1,))),
        Factor(((2, 3),), ((2,), (3,))),
    }


def test_ways_out_of_many_quarrels_are_never_listed_one_by_one() -> None:
    quarrels = pairs(40)
    with quarrels.solver() as solver:
        search = Factoring(solver, quarrels.groups, quarrels.hard)
        found = list(search.search())
    assert sorted(found) == [(2 * n, 2 * n + 1) for n in range(40)]
    assert search.complete
    assert len(search.factors) == 40  # 2**40 ways out, two by two


def test_a_link_that_every_combination_meets_keeps_the_factors_apart() -> None:
    link: Clause = (*((axis, 0b01) for axis in range(30)), (30, 0b10))
    quarrels = Quarrels((2,) * 31, pairs(30).groups, (link,))
    with quarrels.solver() as solver:
        search = Factoring(solver, quarrels.groups, quarrels.hard)
        assert len(list(search.search())) == 30
    assert search.complete
    assert len(search.factors) == 30


def test_a_link_that_forbids_a_combination_is_a_conflict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(factoring, "_FIRST_LOOK", 1)
    quarrels = pairs(3, (((0, 0b01), (1, 0b01)),))
    with quarrels.solver() as solver:
        search = Factoring(solver, quarrels.groups, quarrels.hard)
        assert sorted(search.search()) == [(0, 1), (0, 2), (2, 3), (4, 5)]
    assert search.complete
    assert [factor.ways_out for factor in search.factors if len(factor.conflicts) == 3] == [
        ((0, 2), (0, 3), (1, 2))
    ]


def test_too_many_hitting_sets_end_the_search_incomplete(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(factoring, "_FIRST_LOOK", 1)
    monkeypatch.setattr(factoring, "_MOST_SETS", 2)
    rng = Random(0)
    quarrels = linked(rng)
    while max((len(c) for c in quarrels.conflicts()), default=0) < 3:
        quarrels = linked(rng)
    with quarrels.solver() as solver:
        search = Factoring(solver, quarrels.groups, quarrels.hard)
        found = list(search.search())
    assert not search.complete
    assert set(found) < set(quarrels.conflicts())


def test_a_search_stopped_at_once_has_found_nothing_and_says_so() -> None:
    quarrels = pairs(2)
    with quarrels.solver() as solver:
        search = Factoring(solver, quarrels.groups, quarrels.hard, lambda: True)
        assert list(search.search()) == []
    assert not search.complete


def test_what_is_found_whole_is_not_lost_when_the_time_is_up_just_then() -> None:
    quarrels = pairs(2)
    answers = iter([False] * 6)  # asked before each of the six findings
    with quarrels.solver() as solver:
        search = Factoring(solver, quarrels.groups, quarrels.hard, lambda: next(answers, True))
        assert sorted(search.search()) == [(0, 1), (2, 3)]
    assert search.complete
    assert len(search.factors) == 2


def test_groups_that_fit_together_have_no_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(factoring, "_FIRST_LOOK", 1)
    quarrels = Quarrels((2,), ((((0, 1),),), (((0, 1),),)), ())
    with quarrels.solver() as solver:
        search = Factoring(solver, quarrels.groups, quarrels.hard)
        assert list(search.search()) == []
    assert search.complete
    assert search.factors == ()
