"""Witnesses of the other concepts, checked move by move with the twin as the referee."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from goodoffices.analysis.stability import StabilityLimits, stability
from goodoffices.analysis.stability.result import (
    CoalitionWitness,
    StabilityResult,
    Step,
    Witness,
)
from goodoffices.model import Case
from tests.analysis.stability.generating import Shape, model, ranked
from tests.analysis.stability.oracle import Twin, twin
from tests.analysis.stability.oracle_pairs import (
    Counts,
    coalition_stable,
    foresight,
    groups,
    pair_stable,
    simultaneously_stable,
    strength_counts,
    together,
    unknown_counts,
)
from tests.analysis.stability.test_pairs import random_pairs, strict
from tests.analysis.stability.test_published import PUBLISHED, published
from tests.analysis.stability.test_verdicts import SHAPES, graph_of, sample
from tests.analysis.stability.test_witnesses import assert_legal, numbers

PAIRS = ("nash", "gmr", "smr", "seq")


def some(case: Case, key: str, pairs: dict[str, list[tuple[int, int]]]) -> Case:
    """Return a case with pairs of states marked, by their numbers."""
    data = case.model_dump(mode="json", by_alias=True, exclude_unset=True)
    for party, listed in pairs.items():
        named = [[str(one + 1), str(other + 1)] for one, other in listed]
        data["moves"]["preferences"][party][key] = named
    return Case.model_validate(data)


def listed_by_number(seed: int) -> Case:
    """Return a sample whose states go by their numbers and whose parties rank them."""
    rng = np.random.default_rng(seed)
    shape = [
        Shape(2, 3),
        Shape(3, 4, one_way=0.4),
        Shape(3, 4, infeasible=2),
        Shape(2, 4, merged=1),
        Shape(2, 4, third_party=True),
        Shape(4, 4),
    ][seed % 6]
    case = model(rng, shape)
    return ranked(rng, case, len(twin(case).states), ties=bool(seed % 2))


@pytest.mark.parametrize("seed", range(24))
def test_joint_answers_are_made_at_the_same_moment(seed: int) -> None:
    case = sample(2 * seed + 1, [SHAPES[n] for n in (0, 1, 2, 3, 5, 7)][seed % 6])
    result, made = stability(case), twin(case)
    number = numbers(result)
    masks = {mover.name: mover.mask for mover in graph_of(case).movers}
    found = [witness for witness in result.witnesses if witness.concept == "sim"]
    assert len(found) == len(made.states) * len(made.scores)
    for witness in found:
        state = number[witness.state]
        assert witness.stable == simultaneously_stable(made, witness.party, state, masks)
        wanted = made.steps(witness.party, state, True) if witness.party in made.moves else set()
        if not witness.stable:
            assert number[witness.unsanctioned or ""] in wanted
            assert witness.sanctions == ()
            continue
        assert {number[s.improvement] for s in witness.sanctions} == wanted
        for sanction in witness.sanctions:
            movers = [step.by for step in sanction.moves]
            assert movers
            assert witness.party not in movers
            assert len(set(movers)) == len(movers)
            code = min(made.states[state])
            for by, to in ((witness.party, sanction.improvement), *map(pair, sanction.moves)):
                assert number[to] in made.steps(by, state, True)
                code = (code & ~masks[by]) | (min(made.states[number[to]]) & masks[by])
            end = number[sanction.end]
            assert min(made.states[end]) == code
            assert made.scores[witness.party][end] <= made.scores[witness.party][state]


def pair(step: Step) -> tuple[str, str]:
    return step.by, step.to


@pytest.mark.parametrize("seed", range(20))
def test_what_is_foreseen_is_what_the_twin_foresees(seed: int) -> None:
    case = strict(seed)
    result, made = stability(case, horizon=4), twin(case)
    number, end = numbers(result), foresight(made, ("p0", "p1"))
    states = range(len(made.states))
    for horizon in range(400):
        assert all(end(horizon, own, s) in states for own in (0, 1) for s in states)
    limited = [w for w in result.witnesses if w.concept.startswith("limited-move-")]
    assert len(limited) == 4 * 2 * len(made.states)
    late = [w for w in result.witnesses if w.concept == "non-myopic"]
    assert {(w.party, w.state) for w in late} == {(w.party, w.state) for w in limited}
    for witness in (*limited, *late):
        own = ("p0", "p1").index(witness.party)
        state, horizon = number[witness.state], witness.horizon or 0
        assert witness.concept in {f"limited-move-{horizon}", "non-myopic"}
        assert witness.stable == (end(horizon, own, state) == state)
        scores = made.scores[witness.party]
        moved = {number[s.improvement] for s in witness.sanctions}
        if witness.stable:
            assert moved == made.own(witness.party, state)
        else:
            assert moved == {number[witness.unsanctioned or ""]}
        for sanction in witness.sanctions:
            assert_foreseen(made, number, witness, sanction.moves, sanction.improvement)
            last = number[sanction.end]
            start = number[sanction.improvement]
            assert last == end(horizon - 1, 1 - own, start)
            assert (scores[last] > scores[state]) == (not witness.stable)


def assert_foreseen(
    made: Twin, number: dict[str, int], witness: Witness, moves: tuple[Step, ...], start: str
) -> None:
    """The others and the party move by turns, no more often than the horizon says."""
    assert_legal(made, number, start, moves, improving=False)
    assert len(moves) < (witness.horizon or 0)
    assert all(step.by != witness.party for step in moves[::2])
    assert all(step.by == witness.party for step in moves[1::2])


def test_non_myopic_verdicts_are_explained_for_every_horizon_that_comes_round() -> None:
    for seed in range(10):
        result = stability(strict(seed))
        late = [w for w in result.witnesses if w.concept == "non-myopic"]
        for party, stable in result.stable.items():
            for row in result.states:
                found = [w for w in late if (w.party, w.state) == (party, row.id)]
                assert {w.stable for w in found} == {row.id in stable["non-myopic"]}
                assert len({w.horizon for w in found}) == len(found)


def assert_by_counts(made: Twin, number: dict[str, int], witness: Witness, counts: Counts) -> None:
    state = number[witness.state]
    own = made.own(witness.party, state)
    wanted = {to for to in own if counts.tempts(state, to)}
    assert witness.stable == pair_stable(made, witness.concept, witness.party, counts)(state)
    if not witness.stable:
        assert number[witness.unsanctioned or ""] in wanted
        return
    assert {number[s.improvement] for s in witness.sanctions} == wanted
    for sanction in witness.sanctions:
        assert_legal(made, number, sanction.improvement, sanction.moves, improving=False)
        assert witness.party not in {step.by for step in sanction.moves}
        end = number[sanction.end]
        assert counts.deters(state, end)
        if witness.concept == "smr":
            assert all(counts.deters(state, z) for z in made.own(witness.party, end))
        if witness.concept == "seq":
            places = [number[sanction.improvement], *(number[s.to] for s in sanction.moves)]
            for step, (here, there) in zip(sanction.moves, pairwise(places), strict=True):
                assert counts.credible(step.by, here, there)


@pytest.mark.parametrize("seed", range(24))
def test_witnesses_where_preferences_are_unknown(seed: int) -> None:
    case = listed_by_number(seed)
    size = len(twin(case).states)
    rng = np.random.default_rng(seed)
    pairs = {party: random_pairs(rng, size, max(1, size // 2)) for party in list(case.parties)[:2]}
    if not any(pairs.values()):
        pytest.skip("one state, and no pair of them")
    case = some(case, "unknown", pairs)
    result, made = stability(case), twin(case)
    gaps = {party: {frozenset(pair) for pair in listed} for party, listed in pairs.items()}
    assert set(result.unknown) == set("abcd")
    for extension, found in result.unknown.items():
        assert len(found.witnesses) == 4 * size * len(made.scores)
        for witness in found.witnesses:
            counts = unknown_counts(made, witness.party, extension, gaps)
            assert_by_counts(made, numbers(result), witness, counts)


@pytest.mark.parametrize("seed", range(24))
def test_witnesses_where_preferences_are_great(seed: int) -> None:
    case = listed_by_number(seed)
    made = twin(case)
    size = len(made.states)
    rng = np.random.default_rng(seed)
    pairs = {
        party: [p for p in random_pairs(rng, size, 5) if scores[p[0]] > scores[p[1]]]
        for party, scores in made.scores.items()
    }
    if not any(pairs.values()):
        pytest.skip("no pair of which one is preferred")
    result = stability(some(case, "greatly", pairs))
    assert set(result.strength) == {"general", "strong"}
    for name, found in result.strength.items():
        assert len(found.witnesses) == 4 * size * len(made.scores)
        for witness in found.witnesses:
            counts = strength_counts(made, witness.party, pairs[witness.party], name == "strong")
            assert_by_counts(made, numbers(result), witness, counts)


def assert_joint(made: Twin, number: dict[str, int], witness: CoalitionWitness) -> None:
    who, state = witness.parties, number[witness.state]
    wanted = together(made, who, state)
    assert witness.stable == coalition_stable(made, witness.concept, who, state)
    if not witness.stable:
        assert number[witness.unsanctioned or ""] in wanted
        assert_way(made, number, (witness.state, witness.moves, who), witness.unsanctioned)
        return
    assert {number[s.improvement] for s in witness.sanctions} == wanted
    for sanction in witness.sanctions:
        assert_way(made, number, (witness.state, sanction.moves, who), sanction.improvement)
        here = sanction.improvement
        assert sanction.steps
        assert all(one.parties != next.parties for one, next in pairwise(sanction.steps))
        for step in sanction.steps:
            assert not set(step.parties) & set(who)
            assert_way(made, number, (here, step.moves, step.parties), step.to)
            if witness.concept == "seq":
                assert number[step.to] in together(made, step.parties, number[here])
            here = step.to
        assert is_bad(made, who, state, number[here])
        if witness.concept == "smr":
            own = [name for name in who if name in made.movers]
            onward = made.reach(own, number[here], False)
            assert all(is_bad(made, who, state, z) for z in onward)


def assert_way(
    made: Twin,
    number: dict[str, int],
    way: tuple[str, tuple[Step, ...], tuple[str, ...]],
    to: str | None,
) -> None:
    start, moves, who = way
    assert_legal(made, number, start, moves, improving=False)
    assert {step.by for step in moves} <= set(who)
    assert moves[-1].to == to


def is_bad(made: Twin, who: tuple[str, ...], state: int, to: int) -> bool:
    return any(made.scores[party][to] <= made.scores[party][state] for party in who)


@pytest.mark.parametrize("seed", range(24))
def test_witnesses_of_coalitions(seed: int) -> None:
    # With rankings by number, which no statement that never holds can spoil.
    case = sample(2 * seed + 1, SHAPES[seed % len(SHAPES)])
    assert_coalitions(stability(case), twin(case))


@pytest.mark.parametrize("name", PUBLISHED)
def test_witnesses_of_coalitions_of_published_cases(name: str) -> None:
    assert_coalitions(stability(published(name)), twin(published(name)))


def assert_coalitions(result: StabilityResult, made: Twin) -> None:
    joint = [group for group in groups(tuple(made.scores)) if len(group) > 1]
    found = result.coalitions.witnesses
    assert len(found) == len(PAIRS) * len(joint) * len(made.states)
    assert {witness.parties for witness in found} == set(joint)
    for witness in found:
        assert_joint(made, numbers(result), witness)


def test_in_a_larger_model_equilibria_are_explained() -> None:
    case = published("hipel-1993")
    few = stability(case, limits=StabilityLimits(explained=3))
    every = stability(case)
    for concept in PAIRS:
        states = {w.state for w in few.coalitions.witnesses if w.concept == concept}
        assert states == set(few.coalitions.equilibria[concept])
    assert set(few.coalitions.witnesses) < set(every.coalitions.witnesses)
    assert {w.state for w in few.witnesses if w.concept == "sim"} <= set(few.equilibria["nash"])


def test_every_witness_names_a_variant() -> None:
    for name in PUBLISHED:
        result = stability(published(name))
        assert {witness.concept for witness in result.witnesses} <= set(result.variants)
