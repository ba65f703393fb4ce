"""Sets of states as packed bits: legal sequences, sanctions, and small cases worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from goodoffices.analysis.stability import stability
from goodoffices.analysis.stability.coalitions import joint_departures, joint_improvements
from goodoffices.analysis.stability.relations import (
    Relations,
    both,
    either,
    members,
    packed,
    reached,
    sanctioned,
)
from goodoffices.analysis.stability.uncertain import greatly_worse, symmetric_pairs
from tests.analysis.stability.oracle import twin
from tests.analysis.stability.oracle_pairs import sequences
from tests.analysis.stability.test_published import published
from tests.analysis.stability.test_verdicts import SHAPES, graph_of, sample


@pytest.mark.parametrize("seed", range(20))
def test_sets_are_packed_and_unpacked(seed: int) -> None:
    chosen = np.random.default_rng(seed).random(seed * 7 + 1) < 0.4
    assert list(members(packed(chosen))) == np.flatnonzero(chosen).tolist()


def test_relations_are_joined() -> None:
    assert both([0b11, 0b01], [0b10, 0b10]) == [0b10, 0]
    assert either([0b11, 0b01], [0b10, 0b10]) == [0b11, 0b11]


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("seed", range(12))
def test_legal_sequences_of_any_relations(seed: int, number: int) -> None:
    """Relations that are not transitive, lead back, or lead nowhere: all by the definition."""
    rng = np.random.default_rng([seed, number])
    size = int(rng.integers(1, 12))
    tables = [rng.random((size, size)) < rng.choice([0.05, 0.2, 0.5]) for _ in range(number)]
    found = reached([[packed(row) for row in table] for table in tables], size)
    steps = [lambda s, t=table: set(np.flatnonzero(t[s]).tolist()) for table in tables]
    assert [set(members(bits)) for bits in found] == [sequences(steps, s) for s in range(size)]


def test_a_state_is_reached_again_only_by_turns() -> None:
    there_and_back = [0b10, 0b01]
    assert reached([there_and_back], 2) == [0b10, 0b01]
    # One goes, the other returns: both states are reached, by either's first step.
    assert reached([there_and_back, there_and_back], 2) == [0b11, 0b11]
    # The other cannot return, and the same one may not.
    assert reached([there_and_back, [0, 0]], 2) == [0b10, 0b01]


def test_sanctions() -> None:
    tempting, sanctions = [0b0010, 0, 0, 0], [0, 0b1100, 0, 0]
    assert sanctioned(tempting, sanctions, lambda _: 0b0100) == [True] * 4
    assert sanctioned(tempting, sanctions, lambda _: 0b0001) == [False, True, True, True]
    # From the sanction an answer leads to a state that is not bad.
    answers = [0, 0, 0b0010, 0b0001]
    assert not sanctioned(tempting, sanctions, lambda _: 0b0101, answers)[0]
    assert sanctioned(tempting, sanctions, lambda _: 0b1001, answers)[0]


@pytest.mark.parametrize("seed", range(16))
def test_relations_of_a_graph(seed: int) -> None:
    case = sample(seed, SHAPES[seed % len(SHAPES)])
    made = twin(case)
    size = len(made.states)
    relations = Relations.of(graph_of(case), size)
    assert set(relations.movers) == set(made.movers)
    for mover in made.movers:
        assert [set(members(bits)) for bits in relations.moves[mover]] == [
            made.moves[mover][state] for state in range(size)
        ]
    for party, scores in made.scores.items():
        assert [set(members(bits)) for bits in relations.better[party]] == [
            {to for to in range(size) if scores[to] > scores[state]} for state in range(size)
        ]
    reach = relations.reach(made.movers)
    assert [set(members(bits)) for bits in reach] == [
        made.reach(made.movers, state, False) for state in range(size)
    ]
    assert relations.reach(made.movers) is reach
    first = made.movers[0]
    assert set(relations.others(first)) == set(made.movers) - {first}


def test_pairs_count_in_either_order() -> None:
    assert symmetric_pairs([(0, 2), (2, 1)], 3) == [0b100, 0b100, 0b011]


def test_great_preference_carries_over() -> None:
    scores = np.array([3, 2, 2, 1, 0])
    assert greatly_worse(scores, []) == [0] * 5
    assert greatly_worse(scores, [(1, 3)]) == [0b11000, 0b11000, 0b11000, 0, 0]
    assert greatly_worse(scores, [(0, 4), (1, 3)])[0] == 0b11000


def test_two_prisoners_gain_together_and_lose_alone() -> None:
    case = published("prisoners-dilemma")
    relations = Relations.of(graph_of(case), 4)
    silent, confessed = 0, 3
    assert joint_improvements(relations, ("first", "second"))[confessed] == 1 << silent
    assert joint_improvements(relations, ("first",))[confessed] == 0
    assert list(joint_departures(relations, [silent, confessed])) == [
        (confessed, ("first", "second"), silent)
    ]


def test_elmira_as_a_table() -> None:
    """Who finds which state stable, worked out by hand from moves and rankings for Nash."""
    stable = stability(published("hipel-1993")).stable
    nash = {party: set(stable[party]["nash"]) for party in stable}
    # The ministry prefers each state with its order as it stands: 1 to 2, 3 to 4, 5 to 6, 7 to 8;
    # where it has modified the order there is nothing left for it to do.
    assert nash["moe"] == {f"s{n}" for n in range(1, 10)}
    # The plant would rather accept a modified order (s2, s6) and abandon an unmodified one it
    # has accepted (s3, s7).
    assert nash["uniroyal"] == {"s1", "s4", "s5", "s8", "s9"}
    # The local government insists, but for s3 and s1 of each pair: 7>3, 5>1, 8>4, 6>2.
    assert nash["local"] == {"s5", "s6", "s7", "s8", "s9"}


def test_cuba_as_a_table() -> None:
    """For each of the other's choices the best of four and of three, by the printed rankings."""
    stable = stability(published("fraser-hipel-1984")).stable
    assert set(stable["united-states"]["nash"]) == {"4", "2", "11"}
    assert set(stable["ussr"]["nash"]) == {"0", "5", "6", "7"}
