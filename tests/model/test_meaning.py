"""What positions mean, table by table as the design gives it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any, NamedTuple

import pytest

from goodoffices.model import Issue, Position, Rule, holds, meets, parse_condition, passes
from goodoffices.model.conditions import AllOf, AnyOf, NoneOf, parse_test

ISSUES = {
    name: Issue.model_validate({"question": "?", "options": ["yes", "no"]}) for name in "ABCW"
}
EVERY = [dict(zip("ABCW", terms, strict=True)) for terms in product(("yes", "no"), repeat=4)]


def position(**data: Any) -> Position:
    keys = {key.replace("_", "-"): value for key, value in data.items()}
    return Position.model_validate({"id": "p", "party": "ana", **keys})


def met(one: Position | Rule) -> list[bool]:
    return [meets(one, package, ISSUES) for package in EVERY]


class Truths(NamedTuple):
    """Whether a package has "yes" on each issue."""

    a: bool
    b: bool
    c: bool
    w: bool


def truths(meaning: Callable[[Truths], bool]) -> list[bool]:
    return [meaning(Truths(*(option == "yes" for option in x.values()))) for x in EVERY]


A, B, C, W = ({name: "yes"} for name in "ABCW")


def test_requires() -> None:
    assert met(position(requires=A)) == truths(lambda t: t.a)
    assert met(position(requires=A, when=W)) == truths(lambda t: not t.w or t.a)


def test_refuses() -> None:
    assert met(position(refuses=A)) == truths(lambda t: not t.a)
    assert met(position(refuses=A, when=W)) == truths(lambda t: not (t.w and t.a))
    both = position(refuses={**A, **B})
    assert met(both) == truths(lambda t: not (t.a and t.b))


def test_offers() -> None:
    one = position(offers=A, in_return_for=B)
    assert met(one) == truths(lambda t: not t.a or t.b)
    two = position(offers={**A, **C}, in_return_for=B)
    assert met(two) == truths(lambda t: (not t.a or t.b) and (not t.c or t.b))
    some = position(offers=A, in_return_for=B, when=W)
    assert met(some) == truths(lambda t: not t.w or not t.a or t.b)
    either = position(offers={"any": [A, C]}, in_return_for=B)
    assert met(either) == truths(lambda t: not (t.a or t.c) or t.b)


def test_offers_for_nothing_and_wishes_rule_nothing_out() -> None:
    for one in (position(offers=A), position(prefers=A), position(prefers=A, over=B, when=W)):
        assert met(one) == [True] * 16
        assert not one.binding


def test_rules() -> None:
    requires = Rule.model_validate({"id": "r", "requires": A, "when": W})
    assert met(requires) == truths(lambda t: not t.w or t.a)
    refuses = Rule.model_validate({"id": "r", "refuses": A})
    assert met(refuses) == truths(lambda t: not t.a)


def test_joined_conditions() -> None:
    def held(data: Any) -> list[bool]:
        return [holds(parse_condition(data), package, ISSUES) for package in EVERY]

    assert held({**A, **B}) == truths(lambda t: t.a and t.b)
    assert held({"any": [A, B]}) == truths(lambda t: t.a or t.b)
    assert held({"none": [A, B]}) == truths(lambda t: not t.a and not t.b)
    nested = {"any": [{"all": [A, {"none": [B]}]}, {**C, "W": {"not": "yes"}}]}
    assert held(nested) == truths(lambda t: (t.a and not t.b) or (t.c and not t.w))


def test_joins_of_nothing() -> None:
    package = EVERY[0]
    assert holds(AllOf(()), package, ISSUES)
    assert not holds(AnyOf(()), package, ISSUES)
    assert holds(NoneOf(()), package, ISSUES)


TRUCE = Issue.model_validate({"question": "?", "options": ["none", "short", "long"]})
DAYS = Issue.model_validate({"question": "?", "range": {"from": 0, "to": 40, "step": 10}})


@pytest.mark.parametrize(
    ("test", "passing"),
    [
        ("short", {"short"}),
        ("unknown", set()),
        (["none", "long"], {"none", "long"}),
        ({"not": "none"}, {"short", "long"}),
        ({"not": ["none", "long"]}, {"short"}),
        ({"not": {"not": "long"}}, {"long"}),
        ({"not": "unknown"}, {"none", "short", "long"}),
        ([{"not": "none"}, "none"], {"none", "short", "long"}),
    ],
)
def test_options_that_pass(test: Any, passing: set[str]) -> None:
    found = {option for option in TRUCE.options or () if passes(parse_test(test), TRUCE, option)}
    assert found == passing


@pytest.mark.parametrize(
    ("test", "passing"),
    [
        ({"at-least": 20}, {"20", "30", "40"}),
        ({"at-most": 20}, {"0", "10", "20"}),
        ({"at-least": 15, "at-most": 25}, {"20"}),
        ({"not": {"at-least": 15}}, {"0", "10"}),
        ("20.0", {"20"}),
        (["0", {"at-least": 35}], {"0", "40"}),
    ],
)
def test_numbers_that_pass(test: Any, passing: set[str]) -> None:
    options = [DAYS.option(n) for n in range(DAYS.size)]
    assert {option for option in options if passes(parse_test(test), DAYS, option)} == passing


def test_a_package_may_write_its_numbers_otherwise() -> None:
    assert passes(parse_test("20"), DAYS, "20.00")


def test_a_condition_on_an_issue_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        holds(parse_condition({"D": "yes"}), EVERY[0], ISSUES)
