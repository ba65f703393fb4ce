"""The form of a case: the model's errors in the words of a case file, whatever is wrong."""

from __future__ import annotations

import json
import re
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodoffices.casefile import case_json, read_text
from goodoffices.casefile.structure import _PATTERNS, keys_at, read_structure
from goodoffices.errors import Problem
from goodoffices.model import Case
from tests.casefile.cases import whole_cases
from tests.casefile.test_bad_input import JARGON

# fmt: off
JUNK: tuple[Any, ...] = (
    "", " ", "x", "0", "-1", "1.5", [], {}, ["x"], {"x": "y"}, [["x"]], [{}], {"x": []}, None,
    "2025-13", "all", {"not": {"not": []}}, {"at-least": "x"}, "a\nb", "x" * 300,
)
# fmt: on


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container in some data, with each of its keys or indexes."""
    found: list[tuple[Any, Any]] = []
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in list(parts):
        found.append((value, key))
        if isinstance(part, dict | list):
            found += places(part)
    return found


def spoiled(case: Case, rng: Random) -> Any:
    """Return the data of a case in which something is replaced, removed or misspelt."""
    data = json.loads(case_json(case))
    for _ in range(rng.randint(1, 3)):
        holder, key = rng.choice(places(data))
        kind = rng.randrange(3)
        if kind == 0 or isinstance(holder, list):
            holder[key] = json.loads(json.dumps(rng.choice(JUNK)))
        elif kind == 1:
            holder.pop(key)
        else:
            holder[f"{key}s"] = holder.pop(key)
        if not data:
            break
    return data


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(whole_cases(), st.randoms(use_true_random=False))
def test_a_spoiled_case_gives_problems_in_plain_words(case: Case, rng: Random) -> None:
    text = json.dumps(spoiled(case, rng), indent=1)
    reading = read_text(text, "case.json")
    assert (reading.case is None) == bool(reading.problems)
    for problem in reading.problems:
        assert not JARGON.search(problem.expected), str(problem)
        assert 1 <= problem.line <= text.count("\n") + 1


def test_every_pattern_of_the_model_has_words() -> None:
    found = set(re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(Case.model_json_schema())))
    dates = {r"^\d{4}(-\d{2}(-\d{2})?)?$"}
    assert {json.loads(pattern) for pattern in found} - dates == set(_PATTERNS)


def test_keys_are_those_of_files() -> None:
    assert "as-of" in list(keys_at(()))
    assert list(keys_at((), required=True)) == ["case", "parties"]
    assert list(keys_at(("issues", "x", "range"))) == ["from", "to", "step", "unit"]
    assert list(keys_at(("proposals", 0, "responses", "a", 3)))[:2] == ["answer", "with"]
    assert list(keys_at(("proposals", 0, "responses", "a")))[:2] == ["answer", "with"]
    assert list(keys_at(("moves", "preferences", "a", "statements", 0)))[:2] == ["prefers", "if"]
    assert list(keys_at(("case",))) == []
    assert list(keys_at(("nothing", "there"))) == []


def problems_of(**data: Any) -> list[Problem]:
    base = {"case": "Talks", "parties": {"a": {"name": "A"}}}
    return list(read_text(json.dumps({**base, **data}), "case.json").problems)


def said(**data: Any) -> list[str]:
    return [str(problem).split(": ", 1)[1] for problem in problems_of(**data)]


def test_keys_with_underscores_are_unknown_but_near() -> None:
    [problem] = problems_of(as_of="2025", third_parties={})[:1]
    assert (problem.found, problem.near) == ("as_of", "as-of")
    assert len(problems_of(as_of="2025", third_parties={})) == 2


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("x", "a list, or a mapping to points"),
        ({"i": "x"}, "a number"),
        ([{"i": "x"}], "a list"),
        ([["i", {}]], "a text"),
    ],
)
def test_points_or_orders(value: Any, expected: str) -> None:
    issues = {"i": {"question": "?", "options": ["x"]}}
    found = problems_of(issues=issues, priorities={"a": {"issues": value}})
    assert [problem.expected for problem in found] == [expected]


def test_one_or_a_list() -> None:
    assert said(proposals=[{"id": "p", "by": "a", "responses": {"a": {"answr": "x"}}}]) == [
        '$.proposals[0].responses.a: expected the key "answer"',
        "$.proposals[0].responses.a.answr: expected one of the keys answer, with, date, source, "
        'by, quote, note; found "answr" (did you mean "answer"?)',
    ]
    assert said(parties={"a": {"name": "A", "aliases": " A"}}) == [
        "$.parties.a.aliases: expected a name on one line, without a space at either end; "
        'found " A"'
    ]


def test_whole_data_that_is_no_mapping() -> None:
    wholes: tuple[Any, ...] = ([], "x", None)
    for data in wholes:
        case, faults = read_structure(data)
        assert case is None
        assert [fault.expected for fault in faults] == ["a mapping with at least: case, parties"]


def test_holes_are_not_told_twice() -> None:
    data: dict[str, Any] = {
        "case": "T",
        "parties": {"a": {"name": "A"}},
        "positions": [{"id": "p", "party": "a"}],
    }
    assert [fault.path for fault in read_structure(data)[1]] == [("positions", 0)]
    data["positions"][0]["requires"] = None
    assert read_structure(data, [("positions", 0, "requires")])[1] == []
    data["positions"][0]["colour"] = "red"
    faults = read_structure(data, [("positions", 0, "requires")])[1]
    assert [fault.path for fault in faults] == [("positions", 0, "colour")]
