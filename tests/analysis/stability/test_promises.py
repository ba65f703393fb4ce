"""The search of single promises: each one found does what it says, and none is missed."""

from __future__ import annotations

import json

import numpy as np
import pytest

from goodoffices.analysis.stability import promises, stability, what_if
from goodoffices.errors import CallError, NotFoundError
from goodoffices.model import Case, issues_in
from goodoffices.model.preferences import MoveChange
from tests.analysis.stability.generating import Shape, model
from tests.analysis.stability.oracle import twin
from tests.analysis.stability.oracle_changes import changed_twin
from tests.analysis.stability.test_answering import changed
from tests.analysis.stability.test_published import published
from tests.analysis.stability.test_what_if import holding


def cases() -> list[Case]:
    found = []
    for seed in range(12):
        rng = np.random.default_rng(seed)
        case = model(rng, Shape(parties=2 + seed % 2, moves=4, one_way=0.3, infeasible=seed % 3))
        try:
            stability(case)
        except CallError:
            continue
        found.append(case)
    return found


def undertakings(case: Case, wished: int) -> list[MoveChange]:
    """Return all single promises about a state, from what may be given up."""
    assert case.moves is not None
    made = twin(case)
    (code,) = made.states[wished]
    found = [
        MoveChange.model_validate({"directions": {id: way}})
        for id, option in case.moves.options.items()
        for way in ("forward", "backward")
        if option.direction == "both"
    ]
    for bit, id in enumerate(case.moves.options):
        other = "no" if code >> bit & 1 else "yes"
        found.append(MoveChange.model_validate({"infeasible": [{id: other}]}))
    for by, rows in made.moves.items():
        for to in rows[wished]:
            ends = {"from": str(wished + 1), "to": str(to + 1)}
            found.append(MoveChange.model_validate({"removed": [{"by": by, **ends}]}))
    return found


@pytest.mark.parametrize("number", range(8))
def test_the_search_finds_what_trying_everything_finds(number: int) -> None:
    case = cases()[number]
    for wished in range(0, stability(case).total, 3):
        before = holding(twin(case), wished)
        (code,) = twin(case).states[wished]
        wanted = []
        every = undertakings(case, wished)
        for undertaking in every:
            after, _ = changed_twin(case, undertaking)
            place = after.states.index(frozenset([code]))
            gained = [c for c in holding(after, place) if c not in before]
            if gained:
                wanted.append((undertaking, tuple(gained)))
        result = promises(case, str(wished + 1))
        assert result.tried == len(every)
        assert result.holds == tuple(before)
        found = [(promise.undertaking, promise.holds) for promise in result.promises]
        assert all(one in wanted for one in found)
        for undertaking, gained_now in wanted:
            if (undertaking, gained_now) not in found:
                (move,) = issues_in(undertaking.infeasible[0])
                directions = [p.holds for p in result.promises if p.move == move]
                assert any(set(gained_now) <= set(holds) for holds in directions)


def test_a_promise_can_be_looked_at() -> None:
    case = published("hipel-1993")
    result = promises(case, "s1")
    assert result.promises
    for promise in result.promises:
        (wished,) = what_if(case, promise.undertaking, state="s1").wished
        assert set(promise.holds) == set(wished.holds) - set(wished.holds_before)


def test_promises_that_bring_more_come_first() -> None:
    numbers = [len(p.holds) for p in promises(published("hipel-1993"), "s1").promises]
    assert numbers == sorted(numbers, reverse=True)


def test_the_words_of_a_promise() -> None:
    found = promises(published("hipel-1993"), "s1").promises
    assert {(p.by, p.gives_up, p.move, p.to) for p in found} == {
        ("local", "making", "insist", None),
        ("local", "one step", None, "s5"),
    }


def test_somebody_is_told_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    result = promises(published("hipel-1993"), "s1", progress=lambda *done: told.append(done))
    assert told == [(n, result.tried) for n in range(1, result.tried + 1)]


def test_the_data_is_plain_and_holds_the_undertaking() -> None:
    data = promises(published("hipel-1993"), "s1").to_data()
    assert json.loads(json.dumps(data)) == data
    assert list(data) == ["case", "state", "holds", "promises", "tried", "method"]
    first = data["promises"][0]
    assert list(first) == ["by", "gives_up", "move", "to", "holds", "undertaking"]
    assert MoveChange.model_validate(first["undertaking"])


def test_what_cannot_be_searched_is_refused() -> None:
    with pytest.raises(NotFoundError, match="a feasible one"):
        promises(published("hipel-1993"), "s12")
    preferences = {
        "first": {"ranking": ["DC", "CC", "DD", "CD"], "unknown": [["CC", "DD"]]},
        "second": {"ranking": ["CD", "CC", "DD", "DC"]},
    }
    with pytest.raises(CallError, match="no unknown pairs"):
        promises(changed("prisoners-dilemma", preferences=preferences), "CC")
