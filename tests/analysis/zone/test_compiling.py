"""Conditions and positions as clauses: the same packages, counted once each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from random import Random
from typing import Any

import pytest

from goodoffices.analysis.zone.clauses import Clause, ClauseSet
from goodoffices.analysis.zone.compiling import Compiler, joined
from goodoffices.analysis.zone.space import Space
from goodoffices.model import (
    Condition,
    Issue,
    Position,
    Rule,
    condition_data,
    holds,
    meets,
    parse_condition,
)
from tests.strategies import Draw, Shape

ISSUES = {
    "a": Issue.model_validate({"question": "?", "options": ["x", "y", "z"]}),
    "b": Issue.model_validate({"question": "?", "options": ["u", "v"]}),
    "c": Issue.model_validate({"question": "?", "range": {"from": 0, "to": 8, "step": 2}}),
}
WIDE = {
    f"i{n}": Issue.model_validate({"question": "?", "options": ["x", "y", "z"]}) for n in range(6)
}


def space_of(conditions: Sequence[Condition], issues: dict[str, Issue] | None = None) -> Space:
    return Space.of(issues or ISSUES, conditions)


def condition(data: Any) -> Condition:
    return parse_condition(data)


def completions(compiler: Compiler, cells: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The ways in which the helpers can be settled beside a choice of cells."""
    tails = product((0, 1), repeat=compiler.helpers)
    wholes = [(*cells, *tail) for tail in tails]
    return [w for w in wholes if all(ClauseSet.met_by(c, w) for c in compiler.definitions)]


def check(compiler: Compiler, clauses: Sequence[Clause], meaning: Any) -> None:
    """Hold clauses against a meaning on every choice of cells; the helpers must be fixed."""
    space = compiler.space
    for cells in product(*(range(len(axis.cells)) for axis in space.axes)):
        found = completions(compiler, cells)
        assert len(found) == 1
        met = all(ClauseSet.met_by(clause, found[0]) for clause in clauses)
        assert met is meaning(space.package(cells))


def test_joined_clauses_are_met_where_one_is() -> None:
    assert joined(((0, 1),), ((0, 2), (1, 4))) == ((0, 3), (1, 4))
    assert joined() == ()
    assert joined(((3, 1),), ((1, 1),)) == ((1, 1), (3, 1))


@pytest.mark.parametrize("most", [1, 2, 3, 16])
@pytest.mark.parametrize("wanted", [True, False])
def test_conditions_compile_to_what_they_mean(most: int, wanted: bool) -> None:
    rng = Random(most)
    draw = Draw(rng, ISSUES, Shape(crowded=0.1))
    for _ in range(60):
        data = draw.condition()
        one = condition(data)
        compiler = Compiler(space_of([one]), most=most)
        clauses = compiler.condition(one, wanted)
        check(compiler, clauses, lambda x, c=one: holds(c, x, ISSUES) is wanted)


@pytest.mark.parametrize("most", [1, 2, 16])
def test_positions_compile_to_what_they_mean(most: int) -> None:
    draw = Draw(Random(most), ISSUES, Shape(crowded=0.2))
    for number in range(80):
        data = draw.position(f"p{number}", "ana")
        position = Position.model_validate(data)
        conditions = [c for _, c in position.conditions]
        compiler = Compiler(space_of(conditions), most=most)
        check(compiler, compiler.position(position), lambda x, p=position: meets(p, x, ISSUES))


def test_rules_compile_to_what_they_mean() -> None:
    draw = Draw(Random(5), ISSUES, Shape(rules=0.9))
    for data in [rule for _ in range(20) for rule in draw.rules()]:
        rule = Rule.model_validate(data)
        compiler = Compiler(space_of([c for _, c in rule.conditions]))
        check(compiler, compiler.position(rule), lambda x, r=rule: meets(r, x, ISSUES))


def test_a_bound_is_one_literal() -> None:
    one = condition({"c": {"at-least": 3}})
    compiler = Compiler(space_of([one]))
    assert compiler.condition(one) == (((2, 0b10),),)
    assert compiler.condition(one, False) == (((2, 0b01),),)


def test_what_always_holds_has_no_clause_and_what_never_holds_the_empty_one() -> None:
    always, never = condition({"c": {"at-least": -1}}), condition({"a": "unknown"})
    compiler = Compiler(space_of([always, never]))
    assert compiler.condition(always) == ()
    assert compiler.condition(always, False) == ((),)
    assert compiler.condition(never) == ((),)
    assert compiler.condition(never, False) == ()
    either = condition({"any": [condition_data(never), condition_data(always)]})
    assert compiler.condition(either) == ()


def test_prefers_and_offers_for_nothing_have_no_clauses() -> None:
    for kind in ("prefers", "offers"):
        position = Position.model_validate({"id": "p", "party": "ana", kind: {"a": "x"}})
        assert Compiler(space_of([position.demand])).position(position) == ()


def test_each_term_of_an_offer_is_given_only_in_return() -> None:
    position = Position.model_validate(
        {"id": "p", "party": "ana", "offers": {"a": "x", "b": "u"}, "in-return-for": {"c": "4"}}
    )
    compiler = Compiler(space_of([c for _, c in position.conditions]))
    assert compiler.position(position) == (
        ((0, 0b10), (2, 0b010)),
        ((1, 0b10), (2, 0b010)),
    )


def hard_to_multiply() -> Condition:
    """An "or" of many "and"s over many issues."""
    pairs = [{"all": [{f"i{n}": "x"}, {f"i{(n + 1) % 6}": "y"}]} for n in range(6)]
    return condition({"any": pairs})


def test_large_parts_get_helpers_instead_of_being_multiplied_out() -> None:
    one = hard_to_multiply()
    compiler = Compiler(space_of([one], WIDE), most=8)
    clauses = compiler.condition(one)
    assert compiler.helpers > 0
    assert len(clauses) <= 8
    check(compiler, clauses, lambda x: holds(one, x, WIDE))


def test_helpers_are_fixed_both_when_a_part_holds_and_when_not() -> None:
    one = hard_to_multiply()
    for wanted in (True, False):
        compiler = Compiler(space_of([one], WIDE), most=2)
        clauses = compiler.condition(one, wanted)
        check(compiler, clauses, lambda x, w=wanted: holds(one, x, WIDE) is w)


def test_small_parts_are_multiplied_out_without_helpers() -> None:
    one = condition({"any": [{"a": "x", "b": "u"}, {"c": "4"}]})
    compiler = Compiler(space_of([one]))
    assert len(compiler.condition(one)) == 2
    assert compiler.helpers == 0
    assert compiler.definitions == []
