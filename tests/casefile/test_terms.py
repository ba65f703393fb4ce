"""Conditions name options that are there, against a twin that walks the condition of the model."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.casefile import read_text
from goodoffices.model import Bounds, Is, Issue, Not, OneOf, OptionTest, each_test, passes
from goodoffices.model.conditions import parse_condition

ISSUES: dict[str, Any] = {
    "a": {"question": "?", "options": ["x", "y", "10"]},
    "n": {"question": "?", "range": {"from": 0, "to": 10, "step": "2.5"}},
}
READ = {name: Issue.model_validate(issue) for name, issue in ISSUES.items()}
OPTIONS = ("x", "y", "z", "10", "0", "2.5", "2.50", "5", "7", "11", "-1", "1e1")


def drawn_test(rng: Random, depth: int = 0) -> Any:
    kind = rng.randrange(5) if depth < 2 else 0
    if kind == 1:
        return [drawn_test(rng, depth + 1) for _ in range(rng.randint(1, 3))]
    if kind == 2:
        return {"not": drawn_test(rng, depth + 1)}
    if kind == 3:
        low, high = sorted(rng.sample((-3, -1, 0, 1, 2, 2.5, 3, 6, 9.9, 10, 10.5, 12), 2))
        return rng.choice(
            ({"at-least": low, "at-most": high}, {"at-least": low}, {"at-most": high})
        )
    return rng.choice(OPTIONS)


def drawn_condition(rng: Random, depth: int = 0) -> dict[str, Any]:
    if depth < 2 and rng.random() < 0.4:
        parts = [drawn_condition(rng, depth + 1) for _ in range(rng.randint(1, 3))]
        return {rng.choice(("all", "any", "none")): parts}
    names = rng.sample(("a", "n", "b"), rng.randint(1, 2))
    return {name: drawn_test(rng) for name in names}


def leaves(test: OptionTest) -> list[Is | Bounds]:
    if isinstance(test, OneOf):
        return [leaf for part in test.tests for leaf in leaves(part)]
    return leaves(test.test) if isinstance(test, Not) else [test]


def wrong(issue: Issue | None, leaf: Is | Bounds) -> int:
    """How many faults one thing that is asked of an issue should give."""
    if issue is None:
        return 0
    options = [issue.option(index) for index in range(issue.size)]
    if isinstance(leaf, Is):
        return int(not any(passes(leaf, issue, option) for option in options))
    if not issue.numeric:
        return int(leaf.at_least is not None) + int(leaf.at_most is not None)
    return int(not any(passes(leaf, issue, option) for option in options))


@settings(deadline=None, max_examples=200)
@given(st.randoms(use_true_random=False))
def test_as_many_faults_as_the_twin_counts(rng: Random) -> None:
    data = drawn_condition(rng)
    case = {
        "case": "Talks",
        "parties": {"p": {"name": "P"}},
        "issues": ISSUES,
        "positions": [{"id": "x", "party": "p", "requires": data}],
    }
    found = read_text(json.dumps(case), "case.json").problems
    tests = [test for test, _ in each_test(parse_condition(data))]
    count = sum(test.issue not in READ for test in tests)
    count += sum(wrong(READ.get(test.issue), leaf) for test in tests for leaf in leaves(test.test))
    assert len(found) == len({problem.path for problem in found}) == count


@settings(deadline=None, max_examples=100)
@given(st.randoms(use_true_random=False))
def test_places_lead_to_what_is_wrong(rng: Random) -> None:
    data = drawn_condition(rng)
    case = {
        "case": "Talks",
        "parties": {"p": {"name": "P"}},
        "issues": ISSUES,
        "rules": [{"id": "x", "requires": data}],
    }
    reading = read_text(json.dumps(case, indent=0), "case.json")
    lines = json.dumps(case, indent=0).split("\n")
    for problem in reading.problems:
        assert problem.path.startswith("$.rules[0].requires.")
        if problem.found and not problem.found.startswith("{"):
            assert f'"{problem.found}"' in lines[problem.line - 1] or problem.found in OPTIONS
