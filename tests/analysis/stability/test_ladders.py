"""Ladders: what improves on each code, block by block, against looking at every pair of codes."""

from __future__ import annotations

import numpy as np
import pytest

from goodoffices.analysis.stability import ladders as module
from goodoffices.analysis.stability.condensation import least_reached
from goodoffices.analysis.stability.ladders import Block, Fibres, ladders, reaching
from goodoffices.analysis.stability.states import Array

HIGH = 2**31 - 1
SHAPES = [
    Fibres(1, 1, 8, 1),
    Fibres(4, 1, 4, 2),
    Fibres(2, 2, 2, 4),
    Fibres(2, 4, 1, 2),
    Fibres(1, 4, 2, 4),
    Fibres(8, 1, 1, 8),
]


def size_of(fibres: Fibres) -> int:
    return fibres.rest * fibres.one_way * fibres.both * fibres.low


def parts(fibres: Fibres, code: int) -> tuple[tuple[int, int], int]:
    """Return the fibre of a code, and its pattern of one-way moves."""
    low, above = code % fibres.low, code // fibres.low
    pattern = above // fibres.both % fibres.one_way
    return (above // fibres.both // fibres.one_way, low), pattern


def leads(fibres: Fibres, here: int, there: int) -> bool:
    """Whether the mover gets from one code to another, feasible or not, in one step."""
    (one, pattern), (other, later) = parts(fibres, here), parts(fibres, there)
    return here != there and one == other and pattern & later == pattern


def drawn(fibres: Fibres, seed: int) -> tuple[Array, Array, Array]:
    """Return scores with ties, which codes are feasible, and values that are high elsewhere."""
    rng = np.random.default_rng(seed)
    size = size_of(fibres)
    scores = rng.integers(-3, 4, size=size).astype(np.int32)
    feasible = rng.random(size) < 0.7
    values = rng.integers(-50, 50, size=size).astype(np.int32)
    values[~feasible] = HIGH
    return scores, feasible, values


def climbed(made: list[list[Block]], values: Array) -> tuple[Array, bool]:
    found = values.copy()
    lowered = [block.improve(found) for pattern in made for block in pattern]
    return found, any(lowered)


def by_pairs(fibres: Fibres, feasible: Array, values: Array, scores: Array | None) -> list[int]:
    """Return the smallest value among each code and what it leads to, or to what is better."""
    size = size_of(fibres)
    return [
        min(
            int(values[there])
            for there in range(size)
            if there == here
            or (
                feasible[here]
                and feasible[there]
                and leads(fibres, here, there)
                and (scores is None or scores[there] > scores[here])
            )
        )
        for here in range(size)
    ]


@pytest.mark.parametrize("block", [1, 7, 1 << 16])
@pytest.mark.parametrize("fibres", SHAPES, ids=str)
def test_codes_are_lowered_to_the_least_of_what_improves_on_them(
    fibres: Fibres, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BLOCK", block)
    for seed in range(6):
        scores, feasible, values = drawn(fibres, seed)
        made = ladders(fibres, scores, feasible)
        found, lowered = climbed(made, values)
        assert found.tolist() == by_pairs(fibres, feasible, values, scores)
        assert lowered == (found.tolist() != values.tolist())
        # One step of a mover after another of the same is no step.
        again, lowered_again = climbed(made, found)
        assert not lowered_again
        assert again.tolist() == found.tolist()


@pytest.mark.parametrize("fibres", SHAPES, ids=str)
def test_ladders_that_lead_everywhere(fibres: Fibres) -> None:
    for seed in range(4):
        _, feasible, values = drawn(fibres, seed)
        flat = np.zeros(size_of(fibres), dtype=np.int32)
        found, _ = climbed(reaching(ladders(fibres, flat, feasible)), values)
        assert found.tolist() == by_pairs(fibres, feasible, values, None)


@pytest.mark.parametrize("fibres", SHAPES, ids=str)
def test_arcs_say_the_same_as_steps(fibres: Fibres) -> None:
    for seed in range(4):
        scores, feasible, values = drawn(fibres, seed)
        made = ladders(fibres, scores, feasible)
        size = size_of(fibres)
        arcs: list[tuple[Array, Array]] = []
        nodes = size
        for pattern in made:
            for block in pattern:
                arcs += block.arcs(nodes)
                nodes += len(block.order)
        sources, targets = (np.concatenate(ends) for ends in zip(*arcs, strict=True))
        start = np.concatenate([values, np.full(nodes - size, HIGH, dtype=np.int32)])
        found = least_reached(start, sources, targets)[:size]
        assert found.tolist() == climbed(made, values)[0].tolist()


def test_every_code_without_infeasible_ones() -> None:
    fibres = SHAPES[1]
    scores, _, _ = drawn(fibres, 3)
    every = np.ones(size_of(fibres), dtype=np.bool_)
    values = np.arange(size_of(fibres), dtype=np.int32)[::-1].copy()
    one, other = (ladders(fibres, scores, feasible) for feasible in (None, every))
    assert climbed(one, values)[0].tolist() == climbed(other, values)[0].tolist()


def test_nothing_feasible_makes_no_ladder() -> None:
    fibres = SHAPES[2]
    none = np.zeros(size_of(fibres), dtype=np.bool_)
    assert ladders(fibres, np.zeros(size_of(fibres), dtype=np.int32), none) == [[], []]
