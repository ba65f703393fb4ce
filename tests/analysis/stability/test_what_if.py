"""What one more move, promise or guarantee would do, against rebuilding the case by hand."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from goodoffices.analysis.stability import (
    move_problems,
    stability,
    what_if,
    with_change,
)
from goodoffices.analysis.stability.graph import CONCEPTS
from goodoffices.analysis.stability.states import States
from goodoffices.errors import CallError, NotFoundError
from goodoffices.model import Case
from goodoffices.model.preferences import MoveChange
from tests.analysis.stability.changing import change
from tests.analysis.stability.generating import Shape, model, ranked
from tests.analysis.stability.oracle import Twin, twin
from tests.analysis.stability.oracle_changes import changed_twin
from tests.analysis.stability.test_answering import changed
from tests.analysis.stability.test_published import published

SHAPES = (
    Shape(parties=2, moves=3),
    Shape(parties=2, moves=4, one_way=0.5, infeasible=1),
    Shape(parties=3, moves=4, one_way=0.3),
    Shape(parties=2, moves=4, third_party=True),
    Shape(parties=3, moves=4, infeasible=2, third_party=True),
    Shape(parties=2, moves=4, merged=1),
)


def drawn(seed: int, shape: Shape, *, by_ranking: bool) -> tuple[Case, Twin, MoveChange] | None:
    """Return a random case with its twin and a change that can be made, if one comes up."""
    rng = np.random.default_rng(seed)
    case = model(rng, shape)
    made = twin(case)
    if by_ranking and made.states:
        case = ranked(rng, case, len(made.states), ties=True)
        made = twin(case)
    if move_problems(case):
        return None
    for _ in range(20):
        asked = change(rng, case, made)
        try:
            with_change(case, asked)
        except CallError:
            continue
        return case, made, asked
    return None


def holding(made: Twin, state: int) -> list[str]:
    return [c for c in CONCEPTS if all(made.stable(c, p, state) for p in made.scores)]


@pytest.mark.parametrize(
    ("shape", "by_ranking"),
    [(shape, by) for shape in SHAPES for by in (False, True) if by or not shape.merged],
    ids=str,
)
def test_a_change_does_what_it_does_in_a_case_made_by_hand(shape: Shape, by_ranking: bool) -> None:
    compared = 0
    for seed in range(14):
        found = drawn(seed, shape, by_ranking=by_ranking)
        if found is None:
            continue
        case, before, asked = found
        after, origin = changed_twin(case, asked)
        result = what_if(case, asked)
        assert [row.code for row in result.states] == [min(state) for state in after.states]
        ids = [row.id for row in result.states]
        old = [str(number + 1) for number in range(len(before.states))]
        same = [min(state) < 2 ** len(case.moves.options) for state in after.states]  # type: ignore[union-attr]
        assert result.ruled_out == tuple(id for n, id in enumerate(old) if n not in set(origin))
        for concept in CONCEPTS:
            now = {n for n in range(len(ids)) if concept in holding(after, n)}
            was = {n for n in range(len(old)) if concept in holding(before, n)}
            assert result.equilibria[concept] == tuple(ids[n] for n in sorted(now))
            assert result.equilibria_before[concept] == tuple(old[n] for n in sorted(was))
            kept = {origin[n] for n in now if same[n]}
            gained = [ids[n] for n in sorted(now) if not (same[n] and origin[n] in was)]
            assert result.shifts[concept].gained == tuple(gained)
            assert result.shifts[concept].lost == tuple(old[n] for n in sorted(was - kept))
            compared += len(ids)
    assert compared > 200


@pytest.mark.parametrize("shape", SHAPES[:4], ids=str)
def test_what_each_party_gains_and_loses(shape: Shape) -> None:
    for seed in range(20, 28):
        found = drawn(seed, shape, by_ranking=seed % 2 == 0)
        if found is None:
            continue
        case, before, asked = found
        after, origin = changed_twin(case, asked)
        result = what_if(case, asked)
        assert set(result.stable) == set(after.scores)
        for party, shifts in result.stable.items():
            for concept, shift in shifts.items():
                now = {n for n in range(len(origin)) if after.stable(concept, party, n)}
                was = {
                    n
                    for n in range(len(before.states))
                    if party in before.scores and before.stable(concept, party, n)
                }
                same = {n for n in now if min(after.states[n]) < 2 ** len(case.moves.options)}  # type: ignore[union-attr]
                gained = {result.states[n].id for n in now if n not in same or origin[n] not in was}
                assert set(shift.gained) == gained
                assert set(shift.lost) == {str(n + 1) for n in was - {origin[n] for n in same}}


@pytest.mark.parametrize("seed", range(30, 42))
def test_the_changed_case_is_a_case_that_answers_the_same(seed: int) -> None:
    found = drawn(seed, SHAPES[seed % len(SHAPES)], by_ranking=bool(seed % 2))
    if found is None:
        pytest.skip("no change that could be made came up")
    case, _, asked = found
    whole = with_change(case, asked)
    again = Case.model_validate(whole.model_dump(mode="json", by_alias=True, exclude_unset=True))
    assert again.moves == whole.moves
    assert {c: stability(again).equilibria[c] for c in CONCEPTS} == what_if(case, asked).equilibria


GUARANTEE = MoveChange.model_validate(
    {
        "text": "The board guarantees.",
        "options": {"guarantee": {"by": "board", "direction": "forward"}},
        "preferences": {
            "first": [{"prefers": {"a": "no"}, "if": {"guarantee": "yes"}, "before": 1}],
            "second": [{"prefers": {"b": "no"}, "if": {"guarantee": "yes"}, "before": 1}],
        },
    }
)


def dilemma(**moves: Any) -> Case:
    """Return the prisoner's dilemma with short names and somebody who could guarantee."""
    data: dict[str, Any] = {
        "case": "Dilemma",
        "parties": {"first": {"name": "First"}, "second": {"name": "Second"}},
        "third-parties": {"board": {"name": "Board", "roles": ["guarantor"]}},
        "moves": {
            "options": {"a": {"by": "first"}, "b": {"by": "second"}},
            "states": {"CC": [], "DC": ["a"], "CD": ["b"], "DD": ["a", "b"]},
            "preferences": {
                "first": {"ranking": ["DC", "CC", "DD", "CD"]},
                "second": {"ranking": ["CD", "CC", "DD", "DC"]},
            },
            "what-if": {"pact": GUARANTEE.model_dump(by_alias=True, exclude_defaults=True)},
        }
        | moves,
    }
    return Case.model_validate(data)


def test_a_guarantee_makes_the_better_state_hold() -> None:
    result = what_if(dilemma(), GUARANTEE, state="CC")
    assert result.moves == ("guarantee",)
    assert result.equilibria_before["nash"] == ("DD",)
    assert result.equilibria["nash"] == ("DD", "CC+guarantee")
    assert result.shifts["nash"].gained == ("CC+guarantee",)
    assert result.shifts["nash"].lost == ()
    plain, kept = result.wished
    assert (plain.state, plain.was) == ("CC", "CC")
    assert (kept.state, kept.was) == ("CC+guarantee", "CC")
    assert "nash" not in kept.holds_before
    assert kept.holds == tuple(CONCEPTS)
    nash = [w for w in kept.witnesses_before if w.concept == "nash"]
    assert [w.unsanctioned for w in nash] == ["DC", "CD"]
    assert all(w.stable and w.unsanctioned is None for w in kept.witnesses)


def test_a_guarantor_without_preferences_is_not_asked_and_with_them_it_is() -> None:
    assert what_if(dilemma(), GUARANTEE).parties == ("first", "second")
    reluctant = GUARANTEE.model_copy(
        update={
            "preferences": MoveChange.model_validate(
                {
                    "preferences": {
                        **GUARANTEE.model_dump(by_alias=True)["preferences"],
                        "board": [{"prefers": {"guarantee": "no"}}],
                    }
                }
            ).preferences
        }
    )
    result = what_if(dilemma(), reluctant)
    assert result.parties == ("first", "second", "board")
    # The guarantee cannot be taken back, so the board has no improvement from where it is made.
    assert result.equilibria["nash"] == ("DD", "CC+guarantee")
    assert set(result.stable["board"]["nash"].gained) == {row.id for row in result.states}


def test_a_change_of_the_case_goes_by_its_name() -> None:
    case = dilemma()
    by_name, by_value = what_if(case, "pact"), what_if(case, GUARANTEE)
    assert by_name == by_value
    assert by_name.change == "The board guarantees."
    nameless = MoveChange(directions={"a": "backward"})
    assert what_if(case, nameless).change == ""
    with pytest.raises(NotFoundError, match="expected one of pact"):
        what_if(case, "pakt")
    with pytest.raises(NotFoundError, match=r"a case with moves\.what-if"):
        what_if(published("chicken"), "pact")


def test_a_wished_state_that_only_the_change_makes() -> None:
    (only,) = what_if(dilemma(), "pact", state="DC+guarantee").wished
    assert (only.state, only.was) == ("DC+guarantee", "DC")
    with pytest.raises(NotFoundError, match="without the change or with it"):
        what_if(dilemma(), "pact", state="DC+treaty")


def test_a_promise_that_rules_the_wished_state_out() -> None:
    promise = MoveChange.model_validate({"infeasible": [{"a": "yes"}]})
    result = what_if(dilemma(), promise, state="DD")
    assert result.ruled_out == ("DC", "DD")
    assert result.wished == ()
    assert result.shifts["nash"].lost == ("DD",)
    assert result.equilibria["nash"] == ("CD",)


def test_the_state_now_follows() -> None:
    bound = MoveChange.model_validate({"infeasible": [{"a": "yes"}]})
    assert with_change(dilemma(now="DD"), bound).moves.now == "CD"  # type: ignore[union-attr]
    assert with_change(dilemma(now="CC"), "pact").moves.now == "CC"  # type: ignore[union-attr]
    made = MoveChange.model_validate({"options": {"aid": {"by": "board", "now": "yes"}}})
    assert with_change(dilemma(now="CD"), made).moves.now == "CD+aid"  # type: ignore[union-attr]


def test_no_state_now_stays_none() -> None:
    options = {"a": {"by": "first"}, "b": {"by": "second"}}
    preferences = {
        party: {"statements": [{"prefers": {"a": "yes"}}]} for party in ("first", "second")
    }
    case = changed(
        "prisoners-dilemma",
        options=options,
        infeasible=[{"a": "no", "b": "no"}],
        states={},
        preferences=preferences,
    )
    case = case.model_copy(update={"moves": case.moves.model_copy(update={"now": None})})  # type: ignore[union-attr]
    one_way = MoveChange(directions={"a": "forward"})
    assert stability(with_change(case, one_way)).now is None


def test_a_single_move_stays_removed_whatever_new_moves_are_made() -> None:
    case = dilemma(removed=[{"by": "first", "from": "DD", "to": "CD"}])
    more = MoveChange.model_validate({"options": {"c": {"by": "first"}}})
    removed = with_change(case, more).moves.removed  # type: ignore[union-attr]
    ends = {(move.from_, move.to) for move in removed}
    assert ends == {("DD", "CD"), ("DD", "CD+c"), ("DD+c", "CD"), ("DD+c", "CD+c")}


def test_great_preferences_go_along_where_they_still_are_preferences() -> None:
    ranking = ["DC", "CC", "DD", "CD"]
    case = dilemma(
        preferences={
            "first": {"ranking": ranking, "greatly": [["DC", "CD"]]},
            "second": {"ranking": ["CD", "CC", "DD", "DC"]},
        }
    )
    greatly = with_change(case, GUARANTEE).moves.preferences["first"].greatly  # type: ignore[union-attr]
    # With the guarantee made, DC breaks it and ranks below all states that do not.
    assert set(greatly) == {("DC", "CD"), ("DC", "CD+guarantee")}
    plain = MoveChange.model_validate({"options": {"c": {"by": "board"}}})
    kept = with_change(case, plain).moves.preferences["first"].greatly  # type: ignore[union-attr]
    assert len(kept) == 4


def test_statements_that_nothing_can_satisfy_any_more_are_left_out() -> None:
    statements = [{"prefers": {"a": "yes"}}, {"prefers": {"b": "no"}}]
    preferences = {p: {"statements": statements} for p in ("first", "second")}
    case = dilemma(preferences=preferences)
    bound = MoveChange.model_validate({"infeasible": [{"a": "yes"}]})
    left = with_change(case, bound).moves.preferences["first"].statements  # type: ignore[union-attr]
    assert left is not None
    assert len(left) == 1


def test_names_are_told_apart() -> None:
    case = dilemma()
    assert case.moves is not None
    states = {**case.moves.states}
    states["CC+c"] = states.pop("DC")
    renamed = case.model_dump(mode="json", by_alias=True, exclude_unset=True)
    text = json.dumps(renamed["moves"]["preferences"]).replace("DC", "CC+c")
    renamed["moves"] |= {"states": states, "preferences": json.loads(text)}
    more = MoveChange.model_validate({"options": {"c": {"by": "board"}}})
    names = list(with_change(Case.model_validate(renamed), more).moves.states)  # type: ignore[union-attr]
    assert len(set(names)) == 8
    assert "CC+c'" in names
    long = MoveChange.model_validate({"options": {"c" * 199: {"by": "board"}}})
    with pytest.raises(CallError, match="at most 200 characters"):
        with_change(case, long)


def test_large_models_are_refused() -> None:
    options = {f"m{n}": {"by": ("first", "second")[n % 2]} for n in range(12)}
    preferences = {p: {"statements": [{"prefers": {"m0": "yes"}}]} for p in ("first", "second")}
    case = dilemma(options=options, states={}, preferences=preferences)
    data = case.model_dump(mode="json", by_alias=True, exclude_unset=True)
    data["moves"]["what-if"] = {}
    case = Case.model_validate(data)
    assert len(what_if(case, MoveChange(directions={"m0": "forward"})).states) == 4096
    more = MoveChange.model_validate({"options": {"c": {"by": "board"}}})
    with pytest.raises(CallError, match="at most 4,096 states with the change"):
        what_if(case, more)


def test_a_case_without_moves_is_refused() -> None:
    bare = Case.model_validate({"case": "x", "parties": {"p": {"name": "P"}}})
    with pytest.raises(CallError, match="a case with moves"):
        what_if(bare, MoveChange(directions={"a": "forward"}))


def test_the_data_is_plain_and_has_the_keys_of_the_result() -> None:
    data = what_if(dilemma(), "pact", state="CC").to_data()
    assert list(data) == [
        "case", "change", "parties", "moves", "states", "ruled_out", "equilibria_before",
        "equilibria", "shifts", "stable", "wished", "variants", "method",
    ]  # fmt: skip
    assert json.loads(json.dumps(data)) == data


def test_states_keep_their_order_of_codes() -> None:
    case = with_change(dilemma(), "pact")
    assert case.moves is not None
    states = States.of(case.moves)
    assert states.ids(range(len(states)))[:4] == ("CC", "DC", "CD", "DD")
