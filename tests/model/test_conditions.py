"""Conditions as data: read, written, walked."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from goodoffices.model import (
    AllOf,
    AnyOf,
    Bounds,
    Is,
    Issue,
    NoneOf,
    Not,
    OneOf,
    Test,
    condition_data,
    each_test,
    issues_in,
    parse_condition,
)
from goodoffices.model.conditions import CaseCondition, Path, parse_test
from tests.strategies import Draw, Shape

A, B = Test("a", Is("x")), Test("b", Is("y"))


@pytest.mark.parametrize(
    ("data", "condition"),
    [
        ({"a": "x"}, A),
        ({"a": "x", "b": "y"}, AllOf((A, B))),
        ({"all": [{"a": "x"}, {"b": "y"}]}, AllOf((A, B))),
        ({"any": [{"a": "x"}, {"b": "y"}]}, AnyOf((A, B))),
        ({"none": ({"a": "x"},)}, NoneOf((A,))),
        ({"any": [{"a": "x"}], "b": "y"}, AllOf((AnyOf((A,)), B))),
        ({"a": ["x", {"not": "y"}]}, Test("a", OneOf((Is("x"), Not(Is("y")))))),
        ({"a": {"not": ["x", "y"]}}, Test("a", Not(OneOf((Is("x"), Is("y")))))),
        ({"a": {"at-least": 3}}, Test("a", Bounds(Decimal(3), None))),
        ({"a": {"at-most": "4.5"}}, Test("a", Bounds(None, Decimal("4.5")))),
        ({"a": {"at-least": 3, "at-most": 3}}, Test("a", Bounds(Decimal(3), Decimal(3)))),
        ({"a": 60}, Test("a", Is("60"))),
        ({"a": 2.5}, Test("a", Is("2.5"))),
        ({"a": "60.0"}, Test("a", Is("60.0"))),
        (A, A),
    ],
)
def test_conditions_are_read_from_plain_data(data: Any, condition: object) -> None:
    assert parse_condition(data) == condition


@pytest.mark.parametrize(
    ("data", "expected", "at", "found"),
    [
        ("x", "a mapping from issues to options", (), "x"),
        (["x"], "a mapping from issues to options", (), ["x"]),
        ({}, "at least one issue", (), "{}"),
        ({"all": []}, "a list of conditions", ("all",), []),
        ({"any": {"a": "x"}}, "a list of conditions", ("any",), {"a": "x"}),
        ({"any": [{"a": "x"}, "b"]}, "a mapping from issues to options", ("any", 1), "b"),
        ({"a": []}, "at least one option", ("a",), "[]"),
        ({"a": {}}, "one of not, at-least, at-most", ("a",), "{}"),
        ({"a": ["x", []]}, "at least one option", ("a", 1), "[]"),
        ({"a": {"not": {"not": []}}}, "at least one option", ("a", "not", "not"), "[]"),
        ({"a": {"at-least": "many"}}, "a number", ("a", "at-least"), "many"),
        ({"a": {"at-least": "inf"}}, "a finite number", ("a", "at-least"), "inf"),
        ({"a": {"at-least": 5, "at-most": 4}}, "at-least not above at-most", ("a",), "5 to 4"),
    ],
)
def test_what_is_no_condition_names_the_place(
    data: Any, expected: str, at: Path, found: Any
) -> None:
    with pytest.raises(PydanticCustomError) as error:
        parse_condition(data)
    context = error.value.context
    assert context is not None
    assert (context["expected"], context["at"], context["found"]) == (expected, at, found)
    assert str(error.value) == f"expected {expected}"


@pytest.mark.parametrize("value", [None, True, "", "  ", b"x", object])
def test_what_is_no_option(value: Any) -> None:
    with pytest.raises(PydanticCustomError, match="expected an option, a list of options, or not"):
        parse_condition({"a": value})


def test_a_number_without_end_is_no_option() -> None:
    with pytest.raises(PydanticCustomError, match="expected a finite number") as error:
        parse_condition({"any": [{"a": float("nan")}]})
    assert error.value.context is not None
    assert error.value.context["at"] == ("any", 0, "a")


@pytest.mark.parametrize(
    ("data", "expected", "key"),
    [
        ({"atleast": 3}, "one of not, at-least, at-most", "atleast"),
        ({"not": "x", "at-least": 3}, "one of at-least, at-most", "not"),
        ({"at-least": 3, "below": 4}, "one of at-least, at-most", "below"),
    ],
)
def test_an_unknown_word_is_named_as_a_key(data: Any, expected: str, key: str) -> None:
    with pytest.raises(PydanticCustomError) as error:
        parse_test(data, ("a",))
    assert error.value.context == {
        "expected": expected,
        "at": ("a", key),
        "found": key,
        "key": True,
    }


def nested(depth: int) -> dict[str, Any]:
    data: dict[str, Any] = {"a": "x"}
    for _ in range(depth):
        data = {"any": [data]}
    return data


def test_deep_nesting_is_refused_in_words() -> None:
    parse_condition(nested(20))
    for data in (nested(100), nested(5000), {"a": _nots(5000)}):
        with pytest.raises(PydanticCustomError, match="nested at most 50 deep"):
            parse_condition(data)


def _nots(depth: int) -> Any:
    test: Any = "x"
    for _ in range(depth):
        test = {"not": test}
    return test


ISSUES = {
    "a": Issue.model_validate({"question": "?", "options": ["x", "y", "z"]}),
    "b": Issue.model_validate({"question": "?", "range": {"from": 0, "to": 9}}),
    "c": Issue.model_validate({"question": "?", "options": ["x"]}),
}


@pytest.mark.parametrize("seed", range(100))
def test_a_condition_is_read_as_it_is_written(seed: int) -> None:
    condition = parse_condition(Draw(Random(seed), ISSUES, Shape(crowded=0.2)).condition())
    assert parse_condition(condition_data(condition)) == condition


@pytest.mark.parametrize(
    "condition",
    [
        AllOf((A,)),
        AllOf((A, A)),
        AllOf((AllOf((A, B)), B)),
        AllOf((AnyOf((A, B)), AnyOf((B,)))),
        AllOf((NoneOf((A,)), AnyOf((AllOf((A, A)), B)))),
    ],
)
def test_conditions_put_together_in_code_survive_being_written(condition: Any) -> None:
    assert parse_condition(condition_data(condition)) == condition


@pytest.mark.parametrize(
    ("data", "places"),
    [
        ({"a": "x"}, [("a",)]),
        ({"a": "x", "b": 3}, [("a",), ("b",)]),
        (
            {"any": [{"a": "x"}, {"b": 3, "c": "x"}]},
            [("any", 0, "a"), ("any", 1, "b"), ("any", 1, "c")],
        ),
        ({"none": [{"a": "x"}], "b": 3}, [("none", 0, "a"), ("b",)]),
        ({"all": [{"all": [{"a": "x"}]}]}, [("all", 0, "all", 0, "a")]),
        ({"all": [{"a": "x"}, {"a": "y"}]}, [("all", 0, "a"), ("all", 1, "a")]),
    ],
)
def test_each_test_has_its_place_in_the_data(data: Any, places: list[Path]) -> None:
    found = list(each_test(parse_condition(data)))
    assert [path for _, path in found] == places
    assert [test.issue for test, _ in found] == [path[-1] for path in places]
    assert [path for _, path in each_test(parse_condition(data), ("when",))] == [
        ("when", *path) for path in places
    ]


def test_issues_of_a_condition() -> None:
    condition = parse_condition({"any": [{"a": "x"}, {"none": [{"b": 3}, {"a": "y"}]}]})
    assert issues_in(condition) == {"a", "b"}
    assert issues_in(None) == issues_in(AllOf(())) == frozenset()


def test_conditions_in_a_model_are_plain_data_outside() -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(CaseCondition)
    data = {"any": [{"a": ["x", {"not": "y"}]}, {"b": {"at-least": "3"}}]}
    condition = adapter.validate_python(data)
    assert isinstance(condition, AnyOf)
    assert adapter.dump_python(condition, mode="json") == data
    assert adapter.validate_json(adapter.dump_json(condition)) == condition
    with pytest.raises(ValidationError):
        adapter.validate_python({"a": {"at-least": None}})


def test_the_schema_knows_the_joiners() -> None:
    schema = TypeAdapter(CaseCondition).json_schema()
    assert set(schema["properties"]) == {"all", "any", "none"}
    assert schema["minProperties"] == 1
