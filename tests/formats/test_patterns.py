"""Conditions as patterns: the same combinations, by every kind of condition."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from goodoffices.errors import CallError
from goodoffices.formats.patterns import Pattern, patterns_of
from goodoffices.model import Condition, Issue, holds, parse_condition

NAMES = ("a", "b", "c", "d")
PLACE = {name: number for number, name in enumerate(NAMES)}
ISSUES = dict.fromkeys(NAMES, Issue(question="Made?", options={"no": None, "yes": None}))


def fits(pattern: Pattern, code: int) -> bool:
    return all((code >> place & 1) == made for place, made in pattern.items())


def met(condition: Condition) -> set[int]:
    """Return the codes that meet a condition, by the model's own meaning."""
    return {
        code
        for code in range(16)
        if holds(
            condition,
            {name: "yes" if code >> place & 1 else "no" for name, place in PLACE.items()},
            ISSUES,
        )
    }


def random_condition(rng: np.random.Generator, depth: int) -> dict[str, Any]:
    kind = ("all", "any", "none")[int(rng.integers(3))]
    if depth and rng.random() < 0.7:
        parts = [random_condition(rng, depth - 1) for _ in range(int(rng.integers(1, 4)))]
        return {kind: parts}
    name = NAMES[int(rng.integers(4))]
    tests: list[Any] = [
        "yes", "no", ["yes", "no"], {"not": "yes"}, {"not": ["yes", "no"]}, ["no", {"not": "no"}],
    ]  # fmt: skip
    return {name: tests[int(rng.integers(len(tests)))]}


@pytest.mark.parametrize("seed", range(200))
def test_patterns_fit_where_the_condition_holds(seed: int) -> None:
    condition = parse_condition(random_condition(np.random.default_rng(seed), 3))
    patterns = patterns_of(condition, PLACE)
    assert {code for code in range(16) if any(fits(p, code) for p in patterns)} == met(condition)


@pytest.mark.parametrize("seed", range(50))
def test_no_pattern_is_a_part_of_another(seed: int) -> None:
    condition = parse_condition(random_condition(np.random.default_rng(seed), 3))
    patterns = patterns_of(condition, PLACE)
    for one in patterns:
        assert not any(other.items() < one.items() for other in patterns)
    assert len({tuple(sorted(pattern.items())) for pattern in patterns}) == len(patterns)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"a": "yes"}, [{0: True}]),
        ({"a": {"not": "yes"}}, [{0: False}]),
        ({"a": "yes", "c": "no"}, [{0: True, 2: False}]),
        ({"any": [{"a": "yes"}, {"b": "yes"}]}, [{0: True}, {1: True}]),
        ({"none": [{"a": "yes"}, {"b": "yes"}]}, [{0: False, 1: False}]),
        ({"none": [{"all": [{"a": "yes"}, {"b": "yes"}]}]}, [{0: False}, {1: False}]),
        ({"none": [{"none": [{"a": "yes"}]}]}, [{0: True}]),
        ({"none": [{"any": [{"a": "yes"}, {"b": "no"}]}]}, [{0: False, 1: True}]),
        ({"any": [{"a": "yes"}, {"a": "yes", "b": "yes"}]}, [{0: True}]),
        ({"all": [{"a": "yes"}, {"a": "no"}]}, []),
        ({"a": ["yes", "no"]}, [{}]),
        ({"any": [{"a": ["yes", "no"]}, {"b": "yes"}]}, [{}]),
    ],
)
def test_patterns_of_small_conditions(data: dict[str, Any], expected: list[Pattern]) -> None:
    assert patterns_of(parse_condition(data), PLACE) == expected


def test_a_move_has_no_bounds() -> None:
    with pytest.raises(CallError, match="at-least or at-most"):
        patterns_of(parse_condition({"a": {"at-most": 3}}), PLACE)


def test_too_many_patterns_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goodoffices.formats.patterns.MOST_PATTERNS", 3)
    clash = {"all": [{"any": [{"a": "yes"}, {"b": "yes"}]}, {"any": [{"c": "yes"}, {"d": "yes"}]}]}
    with pytest.raises(CallError, match="at most 3 combinations"):
        patterns_of(parse_condition(clash), PLACE)
