"""Files of GMCR+: import, export, what is lost on the way, and what is wrong with a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from goodoffices.analysis.stability import move_problems, stability
from goodoffices.casefile import read_case
from goodoffices.errors import CallError, CaseError
from goodoffices.formats import gmcr_text, read_gmcr
from goodoffices.formats.gmcr_form import read_form
from goodoffices.model import Case
from tests.analysis.stability.oracle import twin
from tests.analysis.stability.test_verdicts import SHAPES, sample
from tests.house.source import ROOT

BAD = Path(__file__).parent / "bad"
PUBLISHED = sorted((ROOT / "examples" / "published").glob("*/case.yaml"))

DILEMMA: dict[str, Any] = {
    "title": "Prisoner's dilemma",
    "options": [
        {"name": "Confess", "permittedDirection": "both"},
        {"name": "confess", "permittedDirection": "both"},
    ],
    "decisionMakers": [
        {"name": "First", "options": [0], "preferences": [], "preferenceRanking": [2, 1, 4, 3]},
        {"name": "Second", "options": [1], "preferences": [], "preferenceRanking": [3, 1, 4, 2]},
    ],
    "infeasibles": [],
    "useManualPreferenceRanking": True,
}


def test_rankings_are_read_as_states_by_number() -> None:
    read = read_gmcr(json.dumps(DILEMMA))
    assert read.lost == ()
    assert read.case.case == "Prisoner's dilemma"
    assert read.case.moves is not None
    assert list(read.case.moves.options) == ["confess", "confess-2"]
    assert read.case.moves.states["4"] == ("confess", "confess-2")
    found = stability(read.case)
    assert found.equilibria["nash"] == ("4",)
    assert found.equilibria["seq"] == ("1", "4")


def old(data: dict[str, Any]) -> dict[str, Any]:
    """Return the same file with the keys of older versions."""
    text = json.dumps(data).replace("preferenceRanking", "preferenceVector")
    changed: dict[str, Any] = json.loads(
        text.replace("useManualPreferenceRanking", "useManualPreferenceVectors")
    )
    return changed


def test_old_keys_mean_the_same() -> None:
    assert read_gmcr(json.dumps(old(DILEMMA))) == read_gmcr(json.dumps(DILEMMA))


def statements() -> dict[str, Any]:
    """A model with statements, an "or", one-way options and states that are not feasible."""
    return {
        "version": "0.4",
        "options": [
            {"name": "Modify", "permittedDirection": "fwd"},
            {"name": "Delay", "permittedDirection": "back"},
            {"name": "Accept"},
        ],
        "decisionMakers": [
            {
                "name": "Ministry",
                "options": [0],
                "preferences": [
                    [[2, "Y"], [0, "N"]],
                    {"compound": True, "members": [[[1, "N"]], [[0, "Y"], [2, "N"]]]},
                ],
                "preferenceRanking": [1, 2],
                "misperceptions": [[1]],
            },
            {"name": "Plant", "options": [1, 2], "preferences": [[[1, "Y"]], [[2, "N"]]]},
        ],
        "infeasibles": [[[1, "Y"], [2, "Y"]]],
        "coalitions": [0, [0, 1]],
    }


def test_statements_weigh_by_their_place() -> None:
    read = read_gmcr(json.dumps(statements()), name="Ministry and plant")
    case = read.case
    assert case.case == "Ministry and plant"
    assert case.moves is not None
    assert [o.direction for o in case.moves.options.values()] == ["forward", "backward", "both"]
    made = twin(case)
    # Weights 2 and 1; feasible codes 0 to 5.
    assert [min(state) for state in made.states] == [0, 1, 2, 3, 4, 5]
    assert made.scores["ministry"] == (1, 1, 0, 1, 3, 1)
    assert made.scores["plant"] == (1, 1, 3, 3, 0, 0)


def test_what_has_no_counterpart_is_told() -> None:
    assert read_gmcr(json.dumps(statements())).lost == (
        "the ranking of Ministry: its statements are used",
        "the misperceptions of Ministry",
        "the coalition of Ministry and Plant: every coalition is looked at",
        'the key "version"',
    )


def test_a_ranking_in_use_leaves_statements_out() -> None:
    data = statements()
    data["useManualPreferenceRanking"] = True
    data["decisionMakers"][0]["preferenceRanking"] = [[1, 2], 3, [4, 5, 6]]
    read = read_gmcr(json.dumps(data))
    assert read.lost[0] == "the statements of Ministry: its ranking is used"
    assert twin(read.case).scores["ministry"] == (0, 0, -1, -2, -2, -2)


def test_a_pattern_may_name_an_option_twice() -> None:
    data = statements()
    data["infeasibles"] = [[[1, "Y"], [1, "N"]], [[0, "Y"], [0, "Y"]]]
    read = read_gmcr(json.dumps(data))
    assert [min(state) for state in twin(read.case).states] == [0, 2, 4, 6]
    data["infeasibles"] = [[[0, "Y"], [0, "Y"], [1, "Y"]]]
    assert len(twin(read_gmcr(json.dumps(data)).case).states) == 6


def test_a_file_without_title_has_the_name_of_the_file() -> None:
    data = {**DILEMMA, "title": " "}
    assert read_gmcr(json.dumps(data), file="talks.gmcr").case.case == "talks.gmcr"


def by_code(case: Case) -> dict[str, dict[str, set[int]]]:
    """Return the codes of the stable states, by party's name and concept."""
    result = stability(case)
    code = {row.id: row.code for row in result.states}
    return {
        case.name_of(party): {
            concept: {code[id] for id in ids} for concept, ids in rows.items() if concept != "sim"
        }
        for party, rows in result.stable.items()
    }


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.parent.name)
def test_published_cases_go_there_and_back(path: Path) -> None:
    case = read_case(path.parent)
    written = gmcr_text(case)
    back = read_gmcr(written.text)
    assert back.lost == ()
    assert move_problems(back.case) == ()
    assert case.moves is not None
    if not case.moves.merged:
        assert by_code(back.case) == by_code(case)


@pytest.mark.parametrize("seed", range(40))
def test_random_models_go_there_and_back(seed: int) -> None:
    """Preferences come back as the same order, moves and states as the same ones."""
    case = sample(seed, SHAPES[seed % 4])
    back = read_gmcr(gmcr_text(case).text).case
    before, after = twin(case), twin(back)
    assert after.states == before.states
    old = {back.name_of(id): id for id in back.parties}
    for party, scores in before.scores.items():
        new = old[case.name_of(party)]
        assert after.moves[new] == before.moves[party]
        assert ranks(after.scores[new]) == ranks(scores)


def ranks(scores: tuple[int, ...]) -> list[int]:
    order = sorted(set(scores))
    return [order.index(score) for score in scores]


def test_merged_states_are_written_as_ties() -> None:
    case = read_case(ROOT / "examples" / "published" / "hipel-1993")
    written = gmcr_text(case)
    data = json.loads(written.text)
    # The four codes in which the plant is abandoned are four of 12 states.
    assert data["decisionMakers"][0]["preferenceRanking"][-1] == [5, 6, 11, 12]
    assert written.lost == (
        "merged states: their codes are written as states of their own",
        "the state now",
        "the names of states: the file numbers them",
        "all of the case but its moves, with their sources and notes",
    )


def case_of(moves: dict[str, Any]) -> Case:
    return Case.model_validate(
        {
            "case": "Ward",
            "parties": {"nurses": {"name": "Nurses"}, "ward": {"name": "Ward"}},
            "third-parties": {"city": {"name": "City", "roles": ["guarantor"]}},
            "moves": moves,
        }
    )


def test_the_rest_of_what_an_export_loses() -> None:
    case = case_of(
        {
            "options": {"strike": {"by": "nurses", "now": "yes"}, "pay": {"by": "city"}},
            "states": {"calm": [], "loud": ["strike"]},
            "removed": [{"by": "nurses", "from": "calm", "to": "loud"}],
            "preferences": {
                "nurses": {
                    "ranking": [["calm", "3"], "loud", "4"],
                    "unknown": [["calm", "loud"]],
                    "greatly": [["calm", "4"]],
                },
                "ward": {"statements": [{"prefers": {"strike": "no"}}]},
            },
        }
    )
    written = gmcr_text(case)
    data = json.loads(written.text)
    rankings = {maker["name"]: maker["preferenceRanking"] for maker in data["decisionMakers"]}
    assert rankings == {
        "Nurses": [[1, 3], 2, 4], "Ward": [[1, 3], [2, 4]], "City": [[1, 2, 3, 4]],
    }  # fmt: skip
    assert written.lost == (
        "city has no preferences: all states are written as tied",
        "single moves that are removed",
        "the state now",
        "the names of states: the file numbers them",
        "pairs of states whose order is not known",
        "great preferences",
        "all of the case but its moves, with their sources and notes",
    )


def test_conditions_become_patterns() -> None:
    case = case_of(
        {
            "options": {"a": {"by": "nurses"}, "b": {"by": "ward"}, "c": {"by": "ward"}},
            "infeasible": [{"none": [{"a": "yes"}, {"b": {"not": "yes"}}]}],
            "preferences": {
                "nurses": {
                    "statements": [
                        {"prefers": {"a": "yes"}, "iff": {"b": "yes", "c": "no"}},
                        {"prefers": {"a": "yes"}, "if": {"any": [{"b": "yes"}, {"c": "yes"}]}},
                        {"prefers": {"a": ["yes", "no"]}},
                        {"prefers": {"all": [{"a": "yes"}, {"a": "no"}]}},
                    ]
                },
                "ward": {"statements": [{"prefers": {"c": "no"}}]},
            },
        }
    )
    data = json.loads(gmcr_text(case).text)
    assert data["infeasibles"] == [[[0, "N"], [1, "Y"]]]
    first, second = data["decisionMakers"][0]["preferences"]
    assert first["members"] == [
        [[0, "N"], [1, "N"]], [[0, "N"], [2, "Y"]], [[0, "Y"], [1, "Y"], [2, "N"]],
    ]  # fmt: skip
    assert second["members"] == [[[0, "Y"]], [[1, "N"], [2, "N"]]]
    assert twin(read_gmcr(gmcr_text(case).text).case).states == twin(case).states


def test_an_export_needs_moves_that_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = Case.model_validate({"case": "x", "parties": {"p": {"name": "P"}}})
    with pytest.raises(CallError, match="a case with moves"):
        gmcr_text(bare)
    bounds = case_of({"options": {"a": {"by": "ward"}}, "infeasible": [{"a": {"at-least": 1}}]})
    with pytest.raises(CallError, match="yes or no"):
        gmcr_text(bounds)
    either = {"any": [{"a": "yes"}, {"b": "yes"}]}
    two = case_of({"options": {"a": {"by": "ward"}, "b": {"by": "ward"}}, "infeasible": [either]})
    monkeypatch.setattr("goodoffices.formats.patterns.MOST_PATTERNS", 1)
    with pytest.raises(CallError, match="combinations of yes and no"):
        gmcr_text(two)


def test_too_many_options_for_a_ranking() -> None:
    data = json.loads(json.dumps(DILEMMA))
    data["options"] = [{"name": f"Option {n}"} for n in range(21)]
    data["decisionMakers"][0]["options"] = list(range(20))
    data["decisionMakers"][1]["options"] = [20]
    with pytest.raises(CallError, match="at most 20 options"):
        read_gmcr(json.dumps(data))


@pytest.mark.parametrize("path", sorted(BAD.glob("*.gmcr")), ids=lambda path: path.stem)
def test_bad_files_have_exactly_the_problems_beside_them(path: Path) -> None:
    with pytest.raises(CaseError) as caught:
        read_gmcr(path.read_text(encoding="utf-8"), file=path.name)
    expected = path.with_suffix(".txt").read_text(encoding="utf-8")
    assert str(caught.value) + "\n" == expected


def test_every_bad_file_has_its_problems() -> None:
    assert {path.stem for path in BAD.glob("*.gmcr")} == {path.stem for path in BAD.glob("*.txt")}


def test_a_file_nested_too_deep_is_refused() -> None:
    assert read_form("[" * 100_000)[1][0].expected == "JSON that is not nested so deep"
