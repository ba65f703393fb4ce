"""Every witness is checked move by move, with the twin as the referee."""

from __future__ import annotations

from itertools import pairwise

import pytest

from goodoffices.analysis.stability import stability
from goodoffices.analysis.stability.graph import CONCEPTS
from goodoffices.analysis.stability.result import StabilityResult, Step, Witness
from goodoffices.model import Case
from tests.analysis.stability.oracle import Twin, twin
from tests.analysis.stability.test_published import PUBLISHED, published
from tests.analysis.stability.test_verdicts import SHAPES, sample, with_removed


def numbers(result: StabilityResult) -> dict[str, int]:
    return {row.id: number for number, row in enumerate(result.states)}


def assert_legal(
    made: Twin, number: dict[str, int], start: str, steps: tuple[Step, ...], improving: bool
) -> None:
    """Each move is one the mover has, improves where it must, and nobody moves twice running."""
    here = number[start]
    for step in steps:
        assert number[step.to] in made.steps(step.by, here, improving)
        here = number[step.to]
    assert all(one.by != next.by for one, next in pairwise(steps))


def assert_right(made: Twin, number: dict[str, int], witness: Witness) -> None:
    scores = made.scores[witness.party]
    state = number[witness.state]
    wanted = {to for to in made.own(witness.party, state) if scores[to] > scores[state]}
    assert made.stable(witness.concept, witness.party, state) == witness.stable
    if not witness.stable:
        assert witness.unsanctioned is not None
        free = number[witness.unsanctioned]
        assert free in wanted
        assert witness.sanctions == ()
        return
    assert witness.unsanctioned is None
    assert {number[s.improvement] for s in witness.sanctions} == wanted
    for sanction in witness.sanctions:
        improving = witness.concept in {"seq", "sseq"}
        assert sanction.moves
        assert_legal(made, number, sanction.improvement, sanction.moves, improving)
        assert witness.party not in {step.by for step in sanction.moves}
        assert sanction.end == sanction.moves[-1].to
        end = number[sanction.end]
        assert scores[end] <= scores[state]
        if witness.concept in {"smr", "sseq"}:
            assert all(scores[z] <= scores[state] for z in made.own(witness.party, end))


def assert_all_right(case: Case) -> None:
    result = stability(case)
    made, number = twin(case), numbers(result)
    expected = 5 * len(made.states) * len(made.scores)
    plain = [witness for witness in result.witnesses if witness.concept in CONCEPTS]
    assert len(plain) == expected
    for witness in plain:
        assert_right(made, number, witness)
    for path in result.paths:
        assert_legal(made, number, result.now or "", path.moves, path.improving)
        end = path.moves[-1].to if path.moves else result.now
        assert (end == path.to) == path.reachable


@pytest.mark.parametrize("name", PUBLISHED)
def test_witnesses_of_published_cases(name: str) -> None:
    assert_all_right(published(name))


@pytest.mark.parametrize("seed", range(1, 40, 2))
def test_witnesses_of_random_cases(seed: int) -> None:
    # With rankings by number, which no statement that never holds can spoil.
    assert_all_right(sample(seed, SHAPES[seed % len(SHAPES)]))


@pytest.mark.parametrize("seed", range(8))
def test_witnesses_without_some_single_moves(seed: int) -> None:
    assert_all_right(with_removed(sample(2 * seed + 1, SHAPES[2]), seed))


@pytest.mark.parametrize("name", PUBLISHED)
def test_paths_are_shortest(name: str) -> None:
    case = published(name)
    result = stability(case)
    made, number = twin(case), numbers(result)
    assert result.paths
    for path in result.paths:
        assert path.reachable == (
            distance(made, number, result, path.to, path.improving) is not None
        )
        if path.reachable:
            assert len(path.moves) == distance(made, number, result, path.to, path.improving)


def distance(
    made: Twin, number: dict[str, int], result: StabilityResult, to: str, improving: bool
) -> int | None:
    """Return the least number of moves from the state now, by widening rings."""
    assert result.now is not None
    ring = {(number[result.now], "")}
    seen = set(ring)
    for length in range(len(number) * 4):
        if any(state == number[to] for state, _ in ring):
            return length
        ring = {
            (target, mover)
            for state, last in ring
            for mover in made.movers
            if mover != last
            for target in made.steps(mover, state, improving)
        } - seen
        seen |= ring
    return None
