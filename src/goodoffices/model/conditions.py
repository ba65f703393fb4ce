"""Conditions: boolean expressions over terms, written as data.

In a case file a mapping means "and", a list of options "any of", ``{not: x}``, ``{at-least: n}``
and ``{at-most: n}`` say what they say, and ``all:``, ``any:``, ``none:`` join conditions:

```yaml
{truce: 60-days, guarantee: {not: none}}          # both
{days: {at-least: 30, at-most: 60}}               # a band of a numeric issue
{any: [{truce: permanent}, {guarantee: personal}]}  # at least one
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from goodoffices.model.issues import number_text, read_number

JOINERS = ("all", "any", "none")
"""Words that join conditions; no issue may have one of these names."""
_BOUNDS = ("at-least", "at-most")
_MAX_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Is:
    """The issue is settled by this option."""

    option: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """The issue is settled in one of these ways."""

    tests: tuple[OptionTest, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The issue is settled, but not in this way."""

    test: OptionTest


@dataclass(frozen=True, slots=True)
class Bounds:
    """The number that settles the issue lies within these bounds, both included."""

    at_least: Decimal | None = None
    at_most: Decimal | None = None


OptionTest = Is | OneOf | Not | Bounds
"""What a condition asks of the option of one issue."""


@dataclass(frozen=True, slots=True)
class Test:
    """One issue's term passes an option test."""

    __test__ = False

    issue: str
    test: OptionTest


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; with no part it always holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; with no part it never holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """No part holds."""

    parts: tuple[Condition, ...]


Condition = Test | AllOf | AnyOf | NoneOf
"""A boolean expression over terms."""

Path = tuple[str | int, ...]


def _fault(expected: str, path: Path, found: Any) -> PydanticCustomError:
    context = {"expected": expected, "at": path, "found": found}
    return PydanticCustomError("condition", "expected {expected}", context)


def parse_condition(data: Any, path: Path = ()) -> Condition:
    """Read a condition from plain data.

    >>> parse_condition({"truce": "60-days"})
    Test(issue='truce', test=Is(option='60-days'))
    >>> parse_condition({"days": {"at-least": 30}, "truce": ["none", "60-days"]}).parts[0]
    Test(issue='days', test=Bounds(at_least=Decimal('30'), at_most=None))

    Raises:
        PydanticCustomError: the data is no condition; its context names the place and what was
            expected there.
    """
    if isinstance(data, Test | AllOf | AnyOf | NoneOf):
        return data
    if len(path) > _MAX_DEPTH:
        raise _fault(f"conditions nested at most {_MAX_DEPTH} deep", path, "")
    if not isinstance(data, Mapping):
        raise _fault("a mapping from issues to options", path, data)
    if not data:
        raise _fault("at least one issue", path, "{}")
    parts = tuple(_parse_entry(str(key), value, (*path, str(key))) for key, value in data.items())
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _parse_entry(key: str, value: Any, path: Path) -> Condition:
    if key not in JOINERS:
        return Test(key, parse_test(value, path))
    if not isinstance(value, list | tuple) or not value:
        raise _fault("a list of conditions", path, value)
    parts = tuple(parse_condition(part, (*path, index)) for index, part in enumerate(value))
    if key == "all":
        return AllOf(parts)
    return AnyOf(parts) if key == "any" else NoneOf(parts)


def parse_test(data: Any, path: Path = ()) -> OptionTest:
    """Read what a condition asks of one issue.

    Raises:
        PydanticCustomError: the data is no option test.
    """
    if isinstance(data, Is | OneOf | Not | Bounds):
        return data
    if len(path) > _MAX_DEPTH:
        raise _fault(f"conditions nested at most {_MAX_DEPTH} deep", path, "")
    if isinstance(data, list | tuple):
        if not data:
            raise _fault("at least one option", path, "[]")
        return OneOf(tuple(parse_test(part, (*path, i)) for i, part in enumerate(data)))
    if isinstance(data, Mapping):
        return _parse_mapping(data, path)
    if isinstance(data, str) and data.strip():
        return Is(data)
    if isinstance(data, int | float | Decimal) and not isinstance(data, bool):
        return Is(number_text(_number(data, path)))
    raise _fault("an option, a list of options, or not, at-least, at-most", path, data)


def _number(data: Any, path: Path) -> Decimal:
    try:
        return read_number(data)
    except ValueError as error:
        raise _fault(str(error), path, data) from None


def _parse_mapping(data: Mapping[Any, Any], path: Path) -> OptionTest:
    if set(data) == {"not"}:
        return Not(parse_test(data["not"], (*path, "not")))
    for key in data:
        if key not in _BOUNDS:
            words = "one of at-least, at-most" if len(data) > 1 else "one of not, at-least, at-most"
            raise PydanticCustomError(
                "condition",
                "expected {expected}",
                {"expected": words, "at": (*path, str(key)), "found": str(key), "key": True},
            )
    if not data:
        raise _fault("one of not, at-least, at-most", path, "{}")
    bounds = {key: _number(value, (*path, str(key))) for key, value in data.items()}
    low, high = bounds.get("at-least"), bounds.get("at-most")
    if low is not None and high is not None and low > high:
        raise _fault("at-least not above at-most", path, f"{low} to {high}")
    return Bounds(low, high)


def condition_data(condition: Condition) -> dict[str, Any]:
    """Write a condition as plain data, the way `parse_condition` reads it.

    >>> condition_data(parse_condition({"any": [{"a": "x"}, {"b": {"not": "y"}}]}))
    {'any': [{'a': 'x'}, {'b': {'not': 'y'}}]}
    """
    if isinstance(condition, Test):
        return {condition.issue: _test_data(condition.test)}
    parts = [condition_data(part) for part in condition.parts]
    if isinstance(condition, AnyOf):
        return {"any": parts}
    if isinstance(condition, NoneOf):
        return {"none": parts}
    keys = [key for part in parts for key in part]
    if len(parts) > 1 and len(set(keys)) == len(keys) == len(parts):
        return {key: value for part in parts for key, value in part.items()}
    return {"all": parts}


def _test_data(test: OptionTest) -> Any:
    if isinstance(test, Is):
        return test.option
    if isinstance(test, OneOf):
        return [_test_data(part) for part in test.tests]
    if isinstance(test, Not):
        return {"not": _test_data(test.test)}
    pairs = (("at-least", test.at_least), ("at-most", test.at_most))
    return {key: number_text(value) for key, value in pairs if value is not None}


def each_test(condition: Condition, path: Path = ()) -> Iterator[tuple[Test, Path]]:
    """Yield every test on an issue, in order, with its place in the condition's data."""
    if isinstance(condition, Test):
        yield condition, (*path, condition.issue)
        return
    data = condition_data(condition)
    joiner = next(iter(data)) if len(data) == 1 and next(iter(data)) in JOINERS else None
    for index, part in enumerate(condition.parts):
        yield from each_test(part, (*path, joiner, index) if joiner else path)


def issues_in(condition: Condition | None) -> frozenset[str]:
    """Return the issues that a condition speaks of."""
    if condition is None:
        return frozenset()
    if isinstance(condition, Test):
        return frozenset((condition.issue,))
    return frozenset().union(*(issues_in(part) for part in condition.parts))


_TEST_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": ["string", "number"]},
        {"type": "array", "minItems": 1},
        {
            "type": "object",
            "minProperties": 1,
            "properties": {"not": {}, "at-least": {}, "at-most": {}},
            "additionalProperties": False,
        },
    ]
}

CONDITION_SCHEMA: dict[str, Any] = {
    "type": "object",
    "minProperties": 1,
    "properties": {
        joiner: {"type": "array", "minItems": 1, "items": {"type": "object"}} for joiner in JOINERS
    },
    "additionalProperties": _TEST_SCHEMA,
    "description": (
        "issues and what is asked of each: an option, a list (any of), {not: ...}, "
        "{at-least: n}, {at-most: n}; or all, any, none with a list of conditions"
    ),
}

CaseCondition = Annotated[
    Condition,
    BeforeValidator(parse_condition),
    PlainSerializer(condition_data),
    WithJsonSchema(CONDITION_SCHEMA),
]
"""A `Condition` in a model: plain data in files and in JSON."""
