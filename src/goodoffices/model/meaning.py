"""What positions and rules mean for a package: the one definition, as DESIGN gives it.

A package is a mapping from every issue to one of its options. The engines compile the same
meaning into clauses; the tests hold the two against each other.
"""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.model.conditions import (
    AllOf,
    AnyOf,
    Bounds,
    Condition,
    Is,
    Not,
    OneOf,
    OptionTest,
    Test,
)
from goodoffices.model.issues import Issue, read_number
from goodoffices.model.positions import Position, Rule, offered_terms

Package = Mapping[str, str]
"""A term for every issue."""


def passes(test: OptionTest, issue: Issue, option: str) -> bool:
    """Whether an option of an issue passes an option test.

    >>> from goodoffices.model.conditions import parse_test
    >>> truce = Issue(question="What truce?", options=["none", "60-days", "permanent"])
    >>> passes(parse_test({"not": "none"}), truce, "60-days")
    True
    """
    if isinstance(test, Is):
        return issue.index(test.option) == issue.index(option)
    if isinstance(test, OneOf):
        return any(passes(part, issue, option) for part in test.tests)
    if isinstance(test, Not):
        return not passes(test.test, issue, option)
    return _within(test, option)


def _within(bounds: Bounds, option: str) -> bool:
    number = read_number(option)
    above = bounds.at_least is None or number >= bounds.at_least
    return above and (bounds.at_most is None or number <= bounds.at_most)


def holds(condition: Condition, package: Package, issues: Mapping[str, Issue]) -> bool:
    """Whether a condition holds of a package.

    Raises:
        KeyError: the condition speaks of an issue that is not in the package or the case.
    """
    if isinstance(condition, Test):
        return passes(condition.test, issues[condition.issue], package[condition.issue])
    parts = (holds(part, package, issues) for part in condition.parts)
    if isinstance(condition, AllOf):
        return all(parts)
    return any(parts) if isinstance(condition, AnyOf) else not any(parts)


def meets(position: Position | Rule, package: Package, issues: Mapping[str, Issue]) -> bool:
    """Whether a package meets a position or a rule.

    Source: the meaning of positions in the project's design, restated in `Position`.
    """
    if position.when is not None and not holds(position.when, package, issues):
        return True
    if position.requires is not None:
        return holds(position.requires, package, issues)
    if position.refuses is not None:
        return not holds(position.refuses, package, issues)
    if isinstance(position, Rule) or position.offers is None or position.in_return_for is None:
        return True
    if holds(position.in_return_for, package, issues):
        return True
    return not any(holds(term, package, issues) for term in offered_terms(position.offers))
