"""Coalitions, unknown and great preferences, simultaneous sanctions and foresight, by the twin."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from goodoffices.analysis.stability import stability
from goodoffices.analysis.stability.coalitions import coalition_verdicts, coalitions
from goodoffices.analysis.stability.foresight import limited_move_verdicts
from goodoffices.analysis.stability.relations import Relations, reached
from goodoffices.analysis.stability.simultaneous import TooManyError, simultaneous_verdicts
from goodoffices.analysis.stability.uncertain import (
    greatly_worse,
    strength_verdicts,
    symmetric_pairs,
    unknown_verdicts,
)
from goodoffices.model import Case
from tests.analysis.stability.generating import Shape, model, ranked
from tests.analysis.stability.oracle import twin
from tests.analysis.stability.oracle_pairs import (
    coalition_stable,
    foresight,
    groups,
    simultaneously_stable,
    strength_stable,
    unknown_stable,
)
from tests.analysis.stability.test_published import published
from tests.analysis.stability.test_verdicts import SHAPES, graph_of, sample

CONCEPTS = ("nash", "gmr", "smr", "seq")


def relations_of(case: Case) -> Relations:
    return Relations.of(graph_of(case), len(twin(case).states))


@pytest.mark.parametrize("seed", range(48))
def test_coalitions_agree_with_the_twin(seed: int) -> None:
    case = sample(seed, SHAPES[seed % len(SHAPES)])
    made = twin(case)
    found = coalition_verdicts(relations_of(case))
    for concept in CONCEPTS:
        assert set(found[concept]) == set(groups(tuple(made.scores)))
        for group, row in found[concept].items():
            states = range(len(made.states))
            assert row == [coalition_stable(made, concept, group, s) for s in states]


def test_a_party_alone_is_a_coalition_of_one() -> None:
    """By Nash, GMR and SMR; the others may join in a credible sanction (SEQ)."""
    for seed in range(12):
        case = sample(seed, SHAPES[seed % len(SHAPES)])
        made, found = twin(case), coalition_verdicts(relations_of(case))
        for party in made.scores:
            for concept in ("nash", "gmr", "smr"):
                alone = [made.stable(concept, party, s) for s in range(len(made.states))]
                assert found[concept][(party,)] == alone


def random_pairs(rng: np.random.Generator, size: int, number: int) -> list[tuple[int, int]]:
    pairs = [(a, b) for a in range(size) for b in range(a)]
    chosen = rng.permutation(len(pairs))[:number]
    return [pairs[n] for n in chosen]


@pytest.mark.parametrize("seed", range(32))
def test_unknown_preferences_agree_with_the_twin(seed: int) -> None:
    case = sample(seed, SHAPES[seed % len(SHAPES)])
    made = twin(case)
    size = len(made.states)
    rng = np.random.default_rng(seed)
    pairs = {party: random_pairs(rng, size, size) for party in list(made.scores)[: 1 + seed % 3]}
    gaps = {party: {frozenset(pair) for pair in listed} for party, listed in pairs.items()}
    given = {party: symmetric_pairs(listed, size) for party, listed in pairs.items()}
    for extension in "abcd":
        found = unknown_verdicts(relations_of(case), given, extension)
        for concept in CONCEPTS:
            for party in made.scores:
                stable = unknown_stable(made, concept, party, extension, gaps)
                assert found[concept][party] == [stable(s) for s in range(size)]


@pytest.mark.parametrize("seed", range(12))
def test_without_unknown_pairs_all_extensions_are_the_plain_concepts(seed: int) -> None:
    case = sample(seed, SHAPES[seed % len(SHAPES)])
    made = twin(case)
    for extension in "abcd":
        found = unknown_verdicts(relations_of(case), {}, extension)
        for concept in CONCEPTS:
            for party in made.scores:
                plain = [made.stable(concept, party, s) for s in range(len(made.states))]
                assert found[concept][party] == plain


@pytest.mark.parametrize("seed", range(32))
def test_great_preferences_agree_with_the_twin(seed: int) -> None:
    case = sample(seed, SHAPES[seed % len(SHAPES)])
    graph, made = graph_of(case), twin(case)
    size = len(made.states)
    rng = np.random.default_rng(seed)
    pairs = {
        party: [p for p in random_pairs(rng, size, 4) if scores[p[0]] > scores[p[1]]]
        for party, scores in made.scores.items()
    }
    greatly = {p: greatly_worse(scores, pairs[p]) for p, scores in graph.scores.items()}
    for strong in (False, True):
        found = strength_verdicts(relations_of(case), greatly, strong=strong)
        for concept in CONCEPTS:
            for party in made.scores:
                stable = strength_stable(made, concept, party, pairs[party], strong)
                assert found[concept][party] == [stable(s) for s in range(size)]


@pytest.mark.parametrize("seed", range(40))
def test_simultaneous_sanctions_agree_with_the_twin(seed: int) -> None:
    shape = [SHAPES[n] for n in (0, 1, 2, 3, 5, 7)][seed % 6]
    case = sample(seed, shape)
    graph, made = graph_of(case), twin(case)
    masks = {mover.name: mover.mask for mover in graph.movers}
    found = simultaneous_verdicts(graph, graph._states)  # type: ignore[union-attr]
    for party, row in found.items():
        states = range(len(made.states))
        assert row == [simultaneously_stable(made, party, s, masks) for s in states]


def test_too_many_joint_moves_are_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    case = published("chicken")
    graph = graph_of(case)
    monkeypatch.setattr("goodoffices.analysis.stability.simultaneous.MOST_COMBINATIONS", 1)
    with pytest.raises(TooManyError):
        simultaneous_verdicts(graph, graph._states)  # type: ignore[union-attr]
    result = stability(case)
    assert "sim" not in result.equilibria
    assert ("sim", "too many joint moves from one state") in [
        (lack.what, lack.why) for lack in result.missing
    ]


def strict(seed: int) -> Case:
    rng = np.random.default_rng(seed)
    case = model(rng, Shape(2, 3 + seed % 2, one_way=0.3 * (seed % 3)))
    return ranked(rng, case, len(twin(case).states), ties=False)


@pytest.mark.parametrize("seed", range(30))
def test_foresight_agrees_with_the_twin(seed: int) -> None:
    case = strict(seed)
    made = twin(case)
    found = limited_move_verdicts(graph_of(case), ("p0", "p1"), 5)
    end = foresight(made, ("p0", "p1"))
    states = range(len(made.states))
    for horizon in range(400):  # nearer ones first, so that farther ones find them
        assert all(end(horizon, own, s) in states for own in (0, 1) for s in states)
    for horizon, rows in found.stable.items():
        for own, party in enumerate(("p0", "p1")):
            assert rows[party] == [end(horizon, own, s) == s for s in states]
    assert found.non_myopic is not None
    for own, party in enumerate(("p0", "p1")):
        # Far horizons repeat themselves long before the three hundredth.
        late = [all(end(h, own, s) == s for h in range(300, 400)) for s in states]
        assert found.non_myopic[party] == late


def test_foresight_of_one_move_is_nash() -> None:
    for seed in range(10):
        case = strict(seed)
        made = twin(case)
        found = limited_move_verdicts(graph_of(case), ("p0", "p1"), 1)
        for party in ("p0", "p1"):
            nash = [made.stable("nash", party, s) for s in range(len(made.states))]
            assert found.stable[1][party] == nash


def test_a_limit_that_does_not_come_is_not_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goodoffices.analysis.stability.foresight.MOST_ROUNDS", 0)
    result = stability(published("chicken"), horizon=1)
    assert "non-myopic" not in result.equilibria
    assert "limited-move-1" in result.equilibria
    assert any(lack.what == "non-myopic" for lack in result.missing)


def test_a_party_without_moves_stays_where_it_is() -> None:
    data: dict[str, Any] = {
        "case": "One moves",
        "parties": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}},
        "moves": {
            "options": {"a": {"by": "ana"}},
            "preferences": {"ana": {"ranking": ["2", "1"]}, "ben": {"ranking": ["1", "2"]}},
        },
    }
    result = stability(Case.model_validate(data))
    assert result.equilibria["nash"] == result.equilibria["non-myopic"] == ("2",)
    assert result.stable["ben"]["sim"] == result.stable["ben"]["nash"] == ("1", "2")
    assert result.coalitions.stable["ben"]["smr"] == ("1", "2")


def test_nobody_uses_the_same_step_twice_in_succession() -> None:
    one, other = [0b0010, 0b0100, 0, 0], [0, 0b1000, 0, 0]
    assert reached([one], 4)[0] == 0b0010
    assert reached([one, other], 4)[0] == 0b1010


def test_coalitions_are_listed_from_small_to_large() -> None:
    assert coalitions(["a", "b", "c"])[-1] == ("a", "b", "c")
    assert len(coalitions(["a", "b", "c"])) == 7
