"""Counts of rankings against enumeration, and smallest changes against all rankings."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations

import pytest

from goodoffices.analysis.stability.inverse import inverse
from goodoffices.errors import CallError, NotFoundError
from goodoffices.model import Case
from tests.analysis.stability.generating import Shape
from tests.analysis.stability.oracle import Twin, twin
from tests.analysis.stability.test_published import published
from tests.analysis.stability.test_verdicts import sample

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")


def ranked_twin(made: Twin, party: str, order: tuple[int, ...]) -> Twin:
    """Return the twin with one party's ranking replaced, best first."""
    scores = [0] * len(order)
    for place, state in enumerate(order):
        scores[state] = len(order) - place
    return replace(made, scores={**made.scores, party: tuple(scores)})


def enumerated(made: Twin, party: str, concept: str, state: int) -> int:
    return sum(
        ranked_twin(made, party, order).stable(concept, party, state)
        for order in permutations(range(len(made.states)))
    )


def test_the_published_counts() -> None:
    wishes = inverse(published("hipel-2014"), "2").wishes["syria"]
    assert {name: wish.rankings for name, wish in wishes.items()} == {
        "nash": 240, "gmr": 384, "smr": 300, "seq": 384, "sseq": 300,
    }  # fmt: skip
    assert {wish.of for wish in wishes.values()} == {720}


def test_published_counts_against_enumeration() -> None:
    case = published("hipel-2014")
    made = twin(case)
    for party, wishes in inverse(case, "2").wishes.items():
        for concept, wish in wishes.items():
            assert wish.rankings == enumerated(made, party, concept, 1)


SMALL = [
    Shape(2, 3, infeasible=1),
    Shape(3, 3, infeasible=1),
    Shape(2, 3, infeasible=1, one_way=0.5),
    Shape(3, 3, infeasible=2),
]


@pytest.mark.parametrize("seed", range(1, 17, 2))
def test_random_counts_against_enumeration(seed: int) -> None:
    case = sample(seed, SMALL[seed // 2 % len(SMALL)])
    made = twin(case)
    state = seed % len(made.states)
    wishes = inverse(case, str(state + 1)).wishes["p0"]
    for concept, wish in wishes.items():
        assert wish.rankings == enumerated(made, "p0", concept, state)
        assert wish.stable == made.stable(concept, "p0", state)


def turned(scores: tuple[int, ...], order: tuple[int, ...]) -> int:
    """Pairs whose order turns round; a tie that is broken is not turned."""
    return sum(scores[low] > scores[high] for high, low in combinations(order, 2))


@pytest.mark.parametrize("seed", range(1, 33, 2))
def test_the_smallest_change_is_smallest(seed: int) -> None:
    case = sample(seed, SMALL[seed // 2 % len(SMALL)])
    made = twin(case)
    state = seed % len(made.states)
    for concept, wish in inverse(case, str(state + 1)).wishes["p0"].items():
        fewest = min(
            (
                turned(made.scores["p0"], order)
                for order in permutations(range(len(made.states)))
                if ranked_twin(made, "p0", order).stable(concept, "p0", state)
            ),
        )
        if wish.stable:
            assert wish.change is None
            continue
        assert wish.change is not None
        assert wish.change.fewest
        assert len(wish.change.turned) == wish.change.bound == fewest


def test_the_change_makes_the_state_stable() -> None:
    case = published("hipel-2014")
    made = twin(case)
    change = inverse(case, "2").wishes["syria"]["nash"].change
    assert change is not None
    assert change.below == ("1", "3", "6")
    order = (1, 0, 2, 5, 3, 4)
    assert ranked_twin(made, "syria", order).stable("nash", "syria", 1)


def test_what_would_answer_an_improvement_does() -> None:
    """A new move from the improvement to any of the answers makes the state stable by GMR."""
    case = published("hipel-2014")
    made = twin(case)
    wish = inverse(case, "2").wishes["syria"]["gmr"]
    (unanswered,) = wish.unanswered
    assert (unanswered.improvement, unanswered.answers) == ("3", ("2", "4", "5"))
    for answer in unanswered.answers:
        guest: dict[int, set[int]] = {n: set() for n in range(len(made.states))}
        guest[2] = {int(answer) - 1}
        promised = replace(made, moves={**made.moves, "guest": guest})
        assert promised.stable("gmr", "syria", 1)
    assert not made.stable("gmr", "syria", 1)


def test_counts_beyond_exact_numbers_of_json_are_texts() -> None:
    case = Case.model_validate(
        {
            "case": "Five moves",
            "parties": {"ana": {"name": "Ana"}},
            "moves": {
                "options": {f"m{n}": {"by": "ana"} for n in range(5)},
                "preferences": {"ana": {"statements": [{"prefers": {"m0": "yes"}}]}},
            },
        }
    )
    data = inverse(case, "1").to_data()
    assert data["wishes"]["ana"]["nash"]["of"] == "263130836933693530167218012160000000"


def test_progress_is_told_after_each_party_and_concept() -> None:
    told: list[tuple[int, int]] = []
    inverse(published("chicken"), "CC", progress=lambda done, of: told.append((done, of)))
    assert told == [(done, 10) for done in range(1, 11)]


def test_bad_calls() -> None:
    case = published("hipel-2014")
    with pytest.raises(NotFoundError):
        inverse(case, "9")
    with pytest.raises(CallError, match="at most 5 states"):
        inverse(case, "1", most_states=5)
    data = case.model_dump(by_alias=True, exclude_unset=True)
    data["moves"]["preferences"]["syria"]["unknown"] = [["1", "2"]]
    with pytest.raises(CallError, match="no unknown pairs"):
        inverse(Case.model_validate(data), "1")


def test_a_large_model_is_not_counted_and_its_change_is_found() -> None:
    """Ana prefers every other state to the one wished: each that her moves reach has to fall."""
    moves = [f"m{number}" for number in range(11)]
    case = Case.model_validate(
        {
            "case": "Eleven moves",
            "parties": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}},
            "moves": {
                "options": {move: {"by": "ben" if move == "m10" else "ana"} for move in moves},
                "preferences": {
                    "ana": {"statements": [{"prefers": {move: "yes"}} for move in moves]},
                    "ben": {"statements": [{"prefers": {"m10": "no"}}]},
                },
            },
        }
    )
    wish = inverse(case, "1").wishes["ana"]["nash"]
    assert (wish.rankings, wish.of) == (None, None)
    assert wish.change is not None
    # All 1,023 that her own ten moves reach, and what ranks between them and the wished state.
    best = 2**11 - 1 - 2**0
    assert len(wish.change.below) == wish.change.bound == best
    assert wish.change.fewest
