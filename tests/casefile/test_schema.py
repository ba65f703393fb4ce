"""The JSON Schema: up to date, a schema, and of one mind with the model about examples."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings

from goodoffices.casefile import case_json, case_schema
from goodoffices.casefile.nodes import PlainData
from goodoffices.casefile.schema import SCHEMA_FILE, schema_text
from goodoffices.casefile.structure import read_structure
from goodoffices.casefile.yaml_nodes import read_yaml
from goodoffices.model import Case
from tests.casefile.cases import whole_cases
from tests.golden import assert_golden

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/case.yaml"))
VALIDATOR = jsonschema.Draft202012Validator(case_schema())
BASE: dict[str, Any] = {
    "case": "Talks",
    "parties": {"a": {"name": "A"}},
    "issues": {"i": {"question": "Which?", "options": ["x", "y"]}},
}


def test_golden_schema_is_published_with_the_package() -> None:
    published = files("goodoffices.casefile") / SCHEMA_FILE
    assert_golden(Path(str(published)), schema_text())


def test_it_is_a_schema_with_a_name() -> None:
    jsonschema.Draft202012Validator.check_schema(case_schema())
    schema = json.loads(schema_text())
    assert schema["$id"] == "urn:goodoffices:case:1"
    assert schema["title"] == "A case of Good Offices"
    assert schema["description"]


def test_every_part_is_described() -> None:
    for name, part in case_schema()["$defs"].items():
        assert part["description"], name
        assert ">>>" not in part["description"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_examples_fit(path: Path) -> None:
    root, _ = read_yaml(path.read_text(encoding="utf-8"))
    assert root is not None
    assert [error.message for error in VALIDATOR.iter_errors(PlainData(root).data)] == []


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(whole_cases())
def test_whatever_is_written_fits(case: Case) -> None:
    data = json.loads(case_json(case))
    assert [error.message for error in VALIDATOR.iter_errors(data)] == []


GOOD: tuple[dict[str, Any], ...] = (
    {},
    {"as-of": 2025, "language": "pt-BR"},
    {"positions": [{"id": "p", "party": "a", "requires": {"i": {"not": "x"}}, "source": "s"}]},
    {"positions": [{"id": 1, "party": "a", "offers": {"i": 1}, "in-return-for": {"i": ["x", 2]}}]},
    {"issues": {"i": {"question": "?", "range": {"from": 0, "to": "1", "step": 0.5}, "now": 0.5}}},
    {"issues": {"i": {"question": "?", "options": {"x": None, "y": "words"}}}},
    {"statements": {"s": {"document": "d", "paragraph": 3, "span": "5-9"}}},
    {"statements": {"s": {"document": "d", "paragraph": "3", "span": [5, "9"]}}},
    {"proposals": [{"id": "p", "by": "a", "responses": {"a": {"answer": "accepts"}}}]},
    {"proposals": [{"id": "p", "by": "a", "responses": {"a": [{"answer": "accepts"}]}}]},
    {"priorities": {"a": {"issues": ["i", ["j", "k"]], "options": {"i": {"x": 1, "y": "2"}}}}},
)

BAD: tuple[dict[str, Any], ...] = (
    {"parties": {}},
    {"colour": "red"},
    {"as-of": "soon"},
    {"summary": "  "},
    {"summary": None},
    {"parties": {" a": {"name": "A"}}},
    {"positions": [{"id": "p", "party": "a"}]},
    {"positions": [{"id": "p", "party": "a", "requires": {"i": "x"}, "refuses": {"i": "y"}}]},
    {"positions": [{"id": "p", "party": "a", "requires": {}}]},
    {"positions": [{"id": "p", "party": "a", "requires": {"i": {"nott": "x"}}}]},
    {"positions": [{"id": "p", "party": "a", "requires": {"i": "x"}, "over": {"i": "y"}}]},
    {"positions": [{"id": "p", "party": "a", "requires": {"i": "x"}, "firmness": "hard"}]},
    {"rules": [{"id": "r"}]},
    {"issues": {"i": {"question": "?"}}},
    {"issues": {"i": {"question": "?", "options": [], "now": "x"}}},
    {"statements": {"s": {"document": "d", "paragraph": 0}}},
    {"statements": {"s": {"document": "d", "span": "5"}}},
    {"statements": {"s": {"document": "d", "span": [5]}}},
    {"figures": {"f": {"measure": "m", "value": 1, "high": 2, "source": "s"}}},
    {"figures": {"f": {"measure": "m", "value": 1, "bound": "between", "source": "s"}}},
    {"documents": {"d": {"title": "D", "sha256": "abc"}}},
    {"third-parties": {"t": {"name": "T", "roles": []}}},
    {"proposals": [{"id": "p", "by": "a", "responses": {"a": "accepts"}}]},
    {"moves": {"preferences": {"a": {}}}},
)


@pytest.mark.parametrize("change", GOOD, ids=str)
def test_schema_and_model_take_the_same(change: dict[str, Any]) -> None:
    data = {**BASE, **change}
    assert [error.message for error in VALIDATOR.iter_errors(data)] == []
    as_read = json.loads(json.dumps(data), parse_int=str, parse_float=str)
    assert read_structure(as_read)[1] == []


@pytest.mark.parametrize("change", BAD, ids=str)
def test_schema_and_model_refuse_the_same(change: dict[str, Any]) -> None:
    data = {**BASE, **change}
    assert not VALIDATOR.is_valid(data)
    as_read = json.loads(json.dumps(data), parse_int=str, parse_float=str)
    if change != {"summary": None}:  # to the model None is the same as no key; the reader says so
        assert read_structure(as_read)[1]
