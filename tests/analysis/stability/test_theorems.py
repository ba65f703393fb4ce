"""Theorems on the other concepts, and what names, order and idle moves must not change."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from goodoffices.analysis.stability import move_problems, stability, what_if
from goodoffices.analysis.stability.coalitions import coalition_verdicts
from goodoffices.analysis.stability.graph import CONCEPTS
from goodoffices.analysis.stability.result import StabilityResult
from goodoffices.analysis.stability.uncertain import (
    greatly_worse,
    strength_verdicts,
    symmetric_pairs,
    unknown_verdicts,
)
from goodoffices.model import Case
from goodoffices.model.preferences import MoveChange
from tests.analysis.stability.generating import Shape, model
from tests.analysis.stability.oracle import everything, twin
from tests.analysis.stability.oracle_changes import changed_twin
from tests.analysis.stability.test_other_witnesses import listed_by_number
from tests.analysis.stability.test_pairs import random_pairs, relations_of
from tests.analysis.stability.test_verdicts import SHAPES, graph_of, listed, renamed, sample

PAIRS = ("nash", "gmr", "smr", "seq")
Rows = Mapping[str, list[bool]]


def implies(strong: Rows, weak: Rows) -> bool:
    """Whether every state that is stable in the first is so in the second, for every side."""
    return all(
        later or not earlier
        for side in strong
        for earlier, later in zip(strong[side], weak[side], strict=True)
    )


@pytest.mark.parametrize("seed", range(16))
def test_concepts_of_coalitions_imply_each_other(seed: int) -> None:
    found = coalition_verdicts(relations_of(sample(seed, SHAPES[seed % len(SHAPES)])))
    by_name = {
        concept: {"+".join(who): row for who, row in rows.items()}
        for concept, rows in found.items()
    }
    assert implies(by_name["nash"], by_name["smr"])
    assert implies(by_name["nash"], by_name["seq"])
    assert implies(by_name["smr"], by_name["gmr"])
    assert implies(by_name["seq"], by_name["gmr"])


@pytest.mark.parametrize("seed", range(16))
def test_extensions_imply_each_other(seed: int) -> None:
    """More temptation and less deterrence leave fewer states stable."""
    case = sample(seed, SHAPES[seed % len(SHAPES)])
    relations = relations_of(case)
    rng = np.random.default_rng(seed)
    gaps = {
        party: symmetric_pairs(random_pairs(rng, relations.size, relations.size), relations.size)
        for party in relations.better
    }
    found = {name: unknown_verdicts(relations, gaps, name) for name in "abcd"}
    for concept in PAIRS:
        for strong, weak in ("ab", "ac", "bd", "cd"):
            assert implies(found[strong][concept], found[weak][concept])


@pytest.mark.parametrize("seed", range(16))
def test_strong_stability_implies_general(seed: int) -> None:
    case = sample(seed, SHAPES[seed % len(SHAPES)])
    relations, scores = relations_of(case), graph_of(case).scores
    rng = np.random.default_rng(seed)
    greatly = {
        party: greatly_worse(
            row, [p for p in random_pairs(rng, relations.size, 4) if row[p[0]] > row[p[1]]]
        )
        for party, row in scores.items()
    }
    strong, general = (
        strength_verdicts(relations, greatly, strong=strong) for strong in (True, False)
    )
    for concept in PAIRS:
        assert implies(strong[concept], general[concept])
        assert strong["nash"] == general["nash"]


def sound(seed: int, shape: Shape) -> Case | None:
    """Return a random case with statements that has no problem, if this seed makes one."""
    case = model(np.random.default_rng(seed), shape)
    return None if move_problems(case) else case


def by_moves(result: StabilityResult, old: Mapping[str, str]) -> dict[str, set[frozenset[str]]]:
    """Return the equilibria of every concept as sets of moves made, under the old names."""
    made = {row.id: frozenset(old.get(move, move) for move in row.moves) for row in result.states}
    found = dict(result.equilibria)
    found |= {f"coalition {name}": ids for name, ids in result.coalitions.equilibria.items()}
    return {name: {made[id] for id in ids} for name, ids in found.items()}


@pytest.mark.parametrize("shape", SHAPES[:4], ids=str)
def test_other_names_in_another_order_change_no_equilibrium(shape: Shape) -> None:
    compared = 0
    for seed in range(30):
        case = sound(seed, shape)
        if case is None:
            continue
        other, old = renamed(case, seed)
        assert by_moves(stability(other), old) == by_moves(stability(case), {})
        compared += 1
    assert compared >= 4


@pytest.mark.parametrize("seed", range(12))
def test_a_move_that_nobody_cares_for_changes_nothing(seed: int) -> None:
    """States with and without it hold alike, whoever of the parties owns it."""
    case = listed_by_number(seed)
    idle = MoveChange.model_validate({"options": {"idle": {"by": "p0"}}})
    result = what_if(case, idle)
    known = {row.id for row in result.states}  # a merged state may hold both
    for concept in CONCEPTS:
        plain = set(result.equilibria_before[concept])
        assert set(result.equilibria[concept]) == (plain | {f"{id}+idle" for id in plain}) & known
        assert result.shifts[concept].lost == ()


@pytest.mark.parametrize("seed", range(12))
def test_giving_up_a_step_never_tempts_its_owner(seed: int) -> None:
    """Without one of its own steps a party stays where it stayed, by Nash."""
    case = listed_by_number(seed)
    made = twin(case)
    arcs = [(by, a, b) for by, rows in made.moves.items() for a in rows for b in sorted(rows[a])]
    for by, here, to in arcs[:: max(1, len(arcs) // 6)]:
        step = {"by": by, "from": str(here + 1), "to": str(to + 1)}
        result = what_if(case, MoveChange.model_validate({"removed": [step]}))
        for party, shifts in result.stable.items():
            assert shifts["nash"].lost == ()
            if party != by:
                assert shifts["nash"].gained == ()


GUESTS = [
    Shape(2, 4, third_party=True),
    Shape(2, 5, infeasible=2, third_party=True),
    Shape(3, 5, one_way=0.4, third_party=True),
    Shape(3, 5, infeasible=1, one_way=0.3, third_party=True),
    Shape(4, 6, one_way=0.2, third_party=True),
]


@pytest.mark.parametrize("shape", GUESTS, ids=str)
def test_third_parties_with_preferences_are_looked_at_like_parties(shape: Shape) -> None:
    """The twin takes whoever has preferences; the engine must do so with a guest among them."""
    agreed = 0
    for seed in range(10):
        rng = np.random.default_rng(seed)
        case = model(rng, shape)
        if not twin(case).states or move_problems(case):
            continue
        wants = {"guest": [{"prefers": {"m0": "yes"}, "iff": {"m1": "no"}}]}
        change = MoveChange.model_validate({"preferences": wants})
        result = what_if(case, change)
        made, _ = changed_twin(case, change)
        for concept in CONCEPTS:
            for party in made.scores:
                held = {n for n in range(len(made.states)) if made.stable(concept, party, n)}
                gained, lost = (
                    result.stable[party][concept].gained,
                    result.stable[party][concept].lost,
                )
                before = set() if party == "guest" else stable_before(case, concept, party)
                now = (before | {int(id) - 1 for id in gained}) - {int(id) - 1 for id in lost}
                assert now == held
                agreed += len(made.states)
        assert result.parties == tuple(made.scores)
    assert agreed > 300


def stable_before(case: Case, concept: str, party: str) -> set[int]:
    return {n for n, held in enumerate(listed(case)[concept][party]) if held}


MORE = [
    Shape(2, 6, one_way=0.5),
    Shape(2, 6, infeasible=3),
    Shape(3, 6, infeasible=3, one_way=0.3),
    Shape(4, 6, infeasible=2),
    Shape(4, 6, one_way=0.6),
    Shape(3, 6, merged=2),
]


@pytest.mark.parametrize("shape", MORE, ids=str)
def test_larger_models_agree_with_the_twin(shape: Shape) -> None:
    for seed in range(100, 103):
        case = sample(seed, shape)
        assert listed(case) == everything(case)
