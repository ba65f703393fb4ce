"""What a result holds: keys, states, paths, what is left out and why."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from goodoffices.analysis.stability import StabilityLimits, stability
from goodoffices.errors import CallError
from goodoffices.model import Case
from tests.analysis.stability.generating import Shape, model, ranked
from tests.analysis.stability.oracle import twin
from tests.analysis.stability.test_published import published


def changed(name: str, **moves: Any) -> Case:
    """Return a published case with some keys of its moves changed."""
    data = published(name).model_dump(by_alias=True, exclude_unset=True, mode="json")
    data["moves"] |= moves
    return Case.model_validate(data)


def test_a_case_without_moves_says_so() -> None:
    case = Case.model_validate({"case": "x", "parties": {"p": {"name": "P"}}})
    result = stability(case)
    assert result.total == 0
    assert [(lack.what, lack.why) for lack in result.missing] == [
        ("states", "the case has no moves")
    ]
    assert stability(Case.model_validate({**_bare(), "moves": {}})).states == ()


def _bare() -> dict[str, Any]:
    return {"case": "x", "parties": {"p": {"name": "P"}}}


def test_the_data_has_the_keys_of_a_result() -> None:
    data = stability(published("hipel-1993")).to_data()
    assert list(data) == [
        "case", "parties", "now", "total", "states", "equilibria", "stable", "witnesses", "paths",
        "coalitions", "unknown", "strength", "variants", "missing", "method",
    ]  # fmt: skip
    assert data["states"][0] == {
        "id": "s1", "code": 2, "moves": ["delay"], "feasible": True,
    }  # fmt: skip
    assert data["now"] == "s1"
    assert data["parties"] == ["moe", "uniroyal", "local"]
    assert list(data["stable"]["moe"]) == ["nash", "gmr", "smr", "seq", "sseq"]


def test_the_same_case_gives_the_same_bytes() -> None:
    one, two = (json.dumps(stability(published("hipel-1993")).to_data()) for _ in range(2))
    assert one == two


def test_every_concept_of_an_equilibrium_names_its_variant() -> None:
    for name in ("chicken", "hipel-1993"):
        result = stability(published(name))
        assert set(result.equilibria) <= set(result.variants)


def test_three_parties_have_no_foresight_here() -> None:
    result = stability(published("fang-2002-economy"))
    lacks = {lack.what: lack.why for lack in result.missing}
    assert lacks == {"limited-move and non-myopic": "defined here for two parties who move"}
    assert not any(name.startswith("limited") for name in result.equilibria)


def test_ties_leave_foresight_out() -> None:
    preferences = {
        "first": {"ranking": [["DC", "CC"], "DD", "CD"]},
        "second": {"ranking": ["CD", "CC", "DD", "DC"]},
    }
    result = stability(changed("prisoners-dilemma", preferences=preferences))
    lacks = {lack.what: lack.why for lack in result.missing}
    assert lacks == {"limited-move and non-myopic": "a party has states of equal preference"}


def test_the_horizon_is_the_callers() -> None:
    found = stability(published("chicken"), horizon=5).equilibria
    assert [name for name in found if name.startswith("limited")] == [
        f"limited-move-{h}" for h in range(1, 6)
    ]
    assert found["limited-move-1"] == found["nash"]


def test_merged_states_have_no_simultaneous_moves() -> None:
    result = stability(published("hipel-1993"))
    assert "sim" not in result.equilibria
    assert any(lack.what == "sim" for lack in result.missing)


def test_unknown_pairs_have_answers_of_their_own() -> None:
    preferences = {
        "first": {"ranking": ["DC", "CC", "DD", "CD"], "unknown": [["DC", "CC"]]},
        "second": {"ranking": ["CD", "CC", "DD", "DC"], "greatly": [["CD", "DC"]]},
    }
    result = stability(changed("prisoners-dilemma", preferences=preferences))
    left_out = (result.equilibria, result.stable, result.strength, result.witnesses, result.paths)
    assert not any(left_out)
    assert result.coalitions.departures == ()
    assert set(result.unknown) == {"a", "b", "c", "d"}
    assert result.unknown["b"].stable["first"]["nash"] == ("CC", "DC", "DD")
    assert result.unknown["a"].stable["first"]["nash"] == ("DD",)
    assert {lack.what for lack in result.missing} == {
        "equilibria, stable, witnesses, paths and coalitions", "strength",
    }  # fmt: skip
    assert "unknown" in result.variants


def test_great_preferences_tell_strong_from_general() -> None:
    preferences = {
        "first": {"ranking": ["DC", "CC", "DD", "CD"], "greatly": [["CC", "DD"]]},
        "second": {"ranking": ["CD", "CC", "DD", "DC"]},
    }
    result = stability(changed("prisoners-dilemma", preferences=preferences))
    assert set(result.strength) == {"general", "strong"}
    general, strong = result.strength["general"], result.strength["strong"]
    assert general.equilibria == {k: result.equilibria[k] for k in general.equilibria}
    # Confessing alone is answered by DD, which only the first prisoner finds greatly worse.
    assert "CC" in strong.stable["first"]["seq"]
    assert "CC" not in strong.stable["second"]["seq"]


def test_paths_go_to_every_equilibrium_in_both_ways() -> None:
    result = stability(published("hipel-1993"))
    found = {(path.to, path.improving): path for path in result.paths}
    ends = {id for ids in result.equilibria.values() for id in ids}
    assert set(found) == {(id, improving) for id in ends for improving in (True, False)}
    assert [(s.by, s.to) for s in found["s5", True].moves] == [("local", "s5")]
    assert not found["s8", True].reachable
    assert len(found["s8", False].moves) == 3
    assert found["s1", True].reachable
    assert found["s1", True].moves == ()


def test_no_state_now_no_paths() -> None:
    case = changed(
        "hipel-2014", infeasible=[{"release": "no", "escalate": "no"}, {"attack": "no"}],
        states={}, preferences={
            "syria": {"ranking": ["1", "2", "3"]}, "iraq": {"ranking": [["1", "2", "3"]]},
        },
    )  # fmt: skip
    result = stability(case)
    assert result.now is None
    assert result.paths == ()


def large(moves: int) -> Case:
    """A random case of three parties whose preferences no check would ask about."""
    names = [f"m{n}" for n in range(moves)]
    options = {name: {"by": f"p{n % 3}"} for n, name in enumerate(names)}
    statements = {
        f"p{p}": {"statements": [{"prefers": {n: "yes"}, "iff": {names[p]: "yes"}} for n in names]}
        for p in range(3)
    }
    return Case.model_validate(
        {
            "case": "Large",
            "parties": {f"p{p}": {"name": f"P{p}"} for p in range(3)},
            "moves": {"options": options, "preferences": statements},
        }
    )


def test_a_larger_model_explains_its_equilibria_only() -> None:
    result = stability(large(7))
    equilibria = {id for ids in result.equilibria.values() for id in ids}
    assert result.witnesses
    assert {witness.state for witness in result.witnesses} <= equilibria
    assert all(witness.stable for witness in result.witnesses)
    assert any(lack.what == "witnesses" for lack in result.missing)


def test_a_large_model_names_what_is_left_out() -> None:
    limits = StabilityLimits(listed=100, explained=10, paired=100, followed=127)
    result = stability(large(7), limits=limits)
    assert result.total == 128
    assert result.stable == {}
    assert not any((result.witnesses, result.paths))
    assert [row.id for row in result.states] == ["1"]
    assert {lack.what for lack in result.missing} == {
        "stable", "sim", "limited-move and non-myopic", "coalitions, unknown and strength",
        "paths", "witnesses",
    }  # fmt: skip
    whole = stability(large(7))
    assert {k: result.equilibria[k] for k in ("nash", "sseq")} == {
        k: whole.equilibria[k] for k in ("nash", "sseq")
    }


def test_states_on_paths_are_listed_even_of_a_large_model() -> None:
    result = stability(large(7), limits=StabilityLimits(listed=100))
    named = {step.to for path in result.paths for step in path.moves} | {result.now}
    assert {row.id for row in result.states} == named


def test_foresight_of_a_large_model_is_left_out() -> None:
    result = stability(published("chicken"), limits=StabilityLimits(listed=3))
    assert ("limited-move and non-myopic", "more than 3 states") in [
        (lack.what, lack.why) for lack in result.missing
    ]


def test_coalitions_of_many_parties_are_left_out() -> None:
    result = stability(published("chicken"), limits=StabilityLimits(joined=1))
    assert result.coalitions.equilibria == {}
    assert any(lack.what == "coalitions" for lack in result.missing)


def test_departures_are_joint_improvements_no_part_could_make() -> None:
    rng = np.random.default_rng(5)
    seen = 0
    for _ in range(60):
        case = model(rng, Shape(3, 4))
        case = ranked(rng, case, 16, ties=False)
        result, made = stability(case), twin(case)
        for departure in result.coalitions.departures:
            seen += 1
            here, there = int(departure.state) - 1, int(departure.to) - 1
            assert departure.state in result.equilibria["nash"]
            assert len(departure.parties) > 1
            assert all(made.scores[p][there] > made.scores[p][here] for p in departure.parties)
            for party in departure.parties:
                rest = [p for p in departure.parties if p != party]
                reach = made.reach(rest, here, False)
                assert there not in reach
            assert {s.by for s in departure.moves} == set(departure.parties)
            concepts = ("nash", "gmr", "smr", "seq", "sseq")
            held = [name for name in concepts if departure.to in result.equilibria[name]]
            assert list(departure.equilibrium) == held
    assert seen > 5


def test_third_parties_move_and_want_nothing() -> None:
    data = published("prisoners-dilemma").model_dump(by_alias=True, exclude_unset=True, mode="json")
    data["third-parties"] = {"warden": {"name": "Warden", "roles": ["guarantor"]}}
    data["moves"]["options"]["separate"] = {"by": "warden"}
    data["moves"]["states"] = {}
    order = ["2", "1", "4", "3"]
    data["moves"]["preferences"] = {
        "first": {"ranking": [order, [str(int(id) + 4) for id in order]]},
        "second": {"statements": [{"prefers": {"separate": "no"}}]},
    }
    result = stability(Case.model_validate(data))
    assert result.parties == ("first", "second")
    # No party leaves a state for one that it finds no better, and the warden leaves none.
    assert len(result.equilibria["nash"]) == 8


def test_what_is_wrong_with_the_moves_is_told() -> None:
    case = changed("chicken", preferences={})
    with pytest.raises(CallError, match=r"preferences of first.*and 1 more"):
        stability(case)
    with pytest.raises(CallError, match="every feasible state; it lacks DD"):
        stability(
            changed(
                "chicken",
                preferences={
                    "first": {"ranking": ["CC", "CD", "DC"]},
                    "second": {"ranking": ["CC", "CD", "DC", "DD"]},
                },
            )
        )
