"""Clauses over cells."""

from __future__ import annotations

from goodoffices.analysis.zone.clauses import ClauseSet


def test_a_clause_is_met_by_one_of_its_axes() -> None:
    clause = ((0, 0b01), (2, 0b110))
    assert ClauseSet.met_by(clause, (0, 5, 0))
    assert ClauseSet.met_by(clause, (1, 5, 2))
    assert not ClauseSet.met_by(clause, (1, 5, 0))


def test_the_empty_clause_is_never_met() -> None:
    assert not ClauseSet.met_by((), (0, 0))


def test_a_clause_set_is_a_value() -> None:
    one, other = (ClauseSet(((1, 2),), (((0, 1),),)) for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
