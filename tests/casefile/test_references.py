"""What a case names is there; what is unusual but possible is no problem.

The faults themselves are held by the bad files; here are the cases next to them that are right,
and the theorems: every circle is told, and only what is impossible is refused.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.casefile import read_text
from goodoffices.errors import Problem

BASE: dict[str, Any] = {
    "case": "Talks",
    "parties": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}},
    "third-parties": {"cy": {"name": "Cy", "roles": ["mediator"]}},
    "persons": {"di": {"name": "Di", "of": "cy"}, "ed": {"name": "Ed", "of": "ana"}},
    "documents": {
        "d": {"title": "D", "published": "2025-03-01"},
        "month": {"title": "M", "published": "2025-03"},
        "undated": {"title": "U"},
    },
    "statements": {
        "s": {"document": "d"},
        "m": {"document": "month"},
        "u": {"document": "undated"},
    },
    "issues": {
        "i": {"question": "?", "options": ["x", "y"]},
        "n": {"question": "?", "range": {"from": "-1", "to": "1", "step": "0.25"}},
    },
}


def problems(**data: Any) -> list[Problem]:
    return list(read_text(json.dumps({**BASE, **data}), "case.json").problems)


def expected(**data: Any) -> list[str]:
    return [problem.expected for problem in problems(**data)]


def proposals(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"by": "ana", **row} for row in rows]


def statement(**entry: Any) -> dict[str, Any]:
    return {"statements": {"s": {"document": "d", **entry}}}


def figure(**entry: Any) -> dict[str, Any]:
    return {"figures": {"f": {"measure": "m", "value": 1, "source": "s", **entry}}}


def requires(test: Any, issue: str = "n") -> dict[str, Any]:
    return {"positions": [{"id": "p", "party": "ana", "requires": {issue: test}}]}


P = {"id": "p"}


@pytest.mark.parametrize(
    "data",
    [
        {},
        statement(by="di", **{"relayed-by": "cy"}),
        statement(date="2025-03-02"),
        statement(date="2025"),
        statement(document="month", date="2025-04-01"),
        statement(document="undated", date="2031"),
        figure(source="u", **{"as-of": "2031"}),
        figure(source=["s", "u"], **{"as-of": "2031"}),
        figure(**{"as-of": "2025"}),
        figure(since="2025-01", **{"as-of": "2025"}),
        figure(kind="wanted", **{"as-of": "2031"}),
        {"issues": {"i": {"question": "?", "options": ["x"], "now": "x", "given-by": "cy"}}},
        {"issues": {"n": {"question": "?", "range": {"from": 0, "to": 4}, "now": "4.0"}}},
        requires(["-1", 0, "0.250"]),
        requires({"at-least": "0.9"}),
        requires({"at-most": -1}),
        requires({"at-least": -99, "at-most": 99}),
        {"proposals": proposals({**P, "carrier": ["cy", "di", "ben"], "terms": {"n": "0.5"}})},
        {"proposals": proposals({**P, "responses": {"cy": {"answer": "rejects", "by": "di"}}})},
        {
            "proposals": proposals(
                P, {"id": "q", "based-on": "p"}, {"id": "r", "based-on": ["p", "q"]}
            )
        },
        {"proposals": proposals({"id": "q", "based-on": "p"}, P)},
        {
            "proposals": proposals(
                {**P, "date": "2025"}, {"id": "q", "date": "2025-01", "based-on": "p"}
            )
        },
        {"rules": [{"id": "p", "requires": {"i": "x"}}], "proposals": proposals(P)},
        {"priorities": {"ana": {"issues": {"i": 3, "n": 0}, "options": {"n": ["0", ["1", "-1"]]}}}},
        {"moves": {}},
        {"moves": {"options": {"go": {"by": "ben"}}, "states": {"a": [], "b": "go"}, "now": "a"}},
    ],
    ids=str,
)
def test_what_is_possible_is_no_problem(data: dict[str, Any]) -> None:
    assert [str(problem) for problem in problems(**data)] == []


def test_a_person_answers_for_a_side_and_a_side_is_no_person() -> None:
    answer = {"answer": "rejects", "by": "ana"}
    assert expected(proposals=proposals({"id": "p", "responses": {"ben": answer}})) == [
        "one of di, ed"
    ]


def test_a_section_that_cannot_be_read_hides_no_other_problem() -> None:
    data = {"positions": [{"id": "p", "party": "eve", "requires": {"i": "z"}}]}
    both = problems(**data)
    assert [problem.path for problem in both] == [
        "$.positions[0].party",
        "$.positions[0].requires.i",
    ]
    unread: tuple[Any, ...] = ([], "x", None)
    for parties in unread:
        found = {problem.path for problem in problems(**{**data, "parties": parties})}
        assert found == {"$.parties", "$.positions[0].requires.i"}
    found = {problem.path for problem in problems(**{**data, "issues": []})}
    assert found == {"$.issues", "$.positions[0].party"}


def test_an_issue_that_cannot_be_read_is_known_all_the_same() -> None:
    position = {"id": "p", "party": "ana", "requires": {"i": "z", "j": "x"}}
    found = problems(issues={"i": {"question": "?"}}, positions=[position])
    assert [problem.path for problem in found] == ["$.issues.i", "$.positions[0].requires.j"]


def test_nothing_to_choose_from() -> None:
    position = {"id": "p", "party": "ana", "requires": {"i": "x"}}
    assert expected(issues={}, positions=[position]) == [
        "the id of an issue, of which the case has none"
    ]


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 5), max_size=2, unique=True), min_size=1, max_size=6))
def test_every_circle_is_told_and_nothing_else(parents: list[list[int]]) -> None:
    known = range(len(parents))
    graph = {n: [p for p in parents[n] if p in known] for n in known}
    rows = proposals(*({"id": str(n), "based-on": [str(p) for p in graph[n]]} for n in known))
    found = [problem.found for problem in problems(proposals=rows)]
    left = dict(graph)
    while ends := [n for n, ps in left.items() if not any(p in left for p in ps)]:
        for n in ends:
            del left[n]
    assert bool(found) == bool(left)
    for circle in found:
        names = [int(name) for name in circle.split(" based on ")]
        assert names[0] == names[-1]
        assert all(after in graph[before] for before, after in pairwise(names))


def test_a_long_lineage_needs_no_deep_stack() -> None:
    rows = proposals(*({"id": str(n), "based-on": str(n + 1)} for n in range(5000)), {"id": "5000"})
    assert problems(proposals=rows) == []
    rows[-1]["based-on"] = "0"
    [problem] = problems(proposals=rows)
    assert problem.path == "$.proposals[0].based-on"


@pytest.mark.parametrize(
    ("bounds", "right"),
    [
        ({"at-least": "1"}, True),
        ({"at-least": "1.01"}, False),
        ({"at-most": "-1"}, True),
        ({"at-most": "-1.01"}, False),
        ({"at-least": "0.3", "at-most": "0.5"}, True),
        ({"at-least": "0.3", "at-most": "0.49"}, False),
        ({"at-least": "1e300"}, False),
        ({"at-most": "-1e300"}, False),
    ],
)
def test_bounds_allow_a_number_of_the_range(bounds: dict[str, str], right: bool) -> None:
    position = {"id": "p", "party": "ana", "requires": {"n": bounds}}
    words = "bounds that allow a number from -1 to 1 in steps of 0.25"
    assert expected(positions=[position]) == ([] if right else [words])


def test_the_nearest_step_is_offered() -> None:
    def near(option: str) -> str:
        position = {"id": "p", "party": "ana", "requires": {"n": option}}
        return problems(positions=[position])[0].near

    assert [near(text) for text in ("0.3", "0.9", "7", "-1e300", "many")] == [
        "0.25",
        "1",
        "1",
        "-1",
        "",
    ]


def test_a_pair_of_states_is_two_states() -> None:
    moves = {
        "options": {"go": {"by": "ben"}},
        "states": {"a": [], "b": "go"},
        "preferences": {"ana": {"ranking": ["a", "b"], "greatly": [["a", "b"], ["b", "b"]]}},
    }
    assert expected(moves=moves) == ["each state of a pair once"]
