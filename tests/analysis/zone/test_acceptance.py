"""What sets of positions accept, compared by implication, and by trying every package."""

from __future__ import annotations

from itertools import combinations
from random import Random
from typing import Any

import pytest

from goodoffices.analysis.zone.acceptance import Acceptances
from goodoffices.analysis.zone.system import System
from goodoffices.model import Case, meets
from tests import oracles
from tests.brief.cases import made
from tests.strategies import Shape, random_case

ISSUES = {
    "window": {"question": "?", "options": ["open", "ajar", "shut"]},
    "heat": {"question": "?", "range": {"from": 15, "to": 25}},
}


def rooms(*asked: dict[str, Any], rules: list[dict[str, Any]] | None = None) -> Case:
    """Return a case with one position for each thing asked, numbered in their order."""
    positions = [{"id": f"x{n}", "party": "ana", **one} for n, one in enumerate(asked)]
    return made({"issues": ISSUES, "positions": positions, "rules": rules or []})


def compared(case: Case, before: set[int], after: set[int]) -> tuple[str, Any, Any]:
    system = System.of(case)
    with system.solver() as solver:
        found = Acceptances(system, solver).compare(frozenset(before), frozenset(after))
    return found.acceptance, found.gained, found.lost


OPEN = {"requires": {"window": "open"}}
NOT_SHUT = {"refuses": {"window": "shut"}}
WARM = {"requires": {"heat": {"at-least": 24}}}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({0}, {1}, "wider"),
        ({1}, {0}, "narrower"),
        ({1}, {2}, "shifted"),
        ({0}, {0, 1}, "same"),
        (set(), {0}, "narrower"),
        ({0}, set(), "wider"),
        (set(), set(), "same"),
    ],
)
def test_the_kinds_of_change(before: set[int], after: set[int], expected: str) -> None:
    assert compared(rooms(OPEN, NOT_SHUT, WARM), before, after)[0] == expected


def test_a_package_shows_what_is_gained_and_what_is_lost() -> None:
    _, gained, lost = compared(rooms(OPEN, WARM), {0}, {1})
    assert gained is not None
    assert lost is not None
    assert gained["window"] != "open"
    assert int(gained["heat"]) >= 24
    assert (lost["window"], int(lost["heat"]) < 24) == ("open", True)


def test_only_what_the_rules_allow_counts() -> None:
    rules = [{"id": "r", "requires": {"window": "open"}}]
    assert compared(rooms(OPEN, NOT_SHUT, rules=rules), {0}, {1}) == ("same", None, None)


def test_sets_that_nothing_meets_are_the_same() -> None:
    shut = {"requires": {"window": "shut"}}
    assert compared(rooms(OPEN, shut, WARM), {0, 1}, {0, 1, 2})[0] == "same"
    assert compared(rooms(OPEN, shut, WARM), {0, 1}, {0})[0] == "wider"


def test_a_position_that_nothing_ever_meets() -> None:
    never = {"requires": {"heat": {"at-least": 90}}}
    assert compared(rooms(never, OPEN), {1}, {0})[0] == "narrower"
    assert compared(rooms(never, OPEN), {0}, {1})[0] == "wider"


def accepted(case: Case, chosen: set[int]) -> set[frozenset[tuple[str, str]]]:
    """Return the packages within the rules that meet some positions, by trying every one."""
    held = [p for p in case.in_force if p.binding]
    return {
        frozenset(x.items())
        for x in oracles.within_rules(case)
        if all(meets(held[n], x, case.issues) for n in chosen)
    }


@pytest.mark.parametrize("seed", range(60))
def test_every_comparison_is_what_trying_every_package_finds(seed: int) -> None:
    rng = Random(seed)
    case = random_case(rng, Shape(issues=3, positions=6, packages=60))
    system = System.of(case)
    numbers = range(len(system.positions))
    parts = [frozenset(c) for size in range(4) for c in combinations(numbers, size)]
    with system.solver() as solver:
        acceptances = Acceptances(system, solver)
        for _ in range(12):
            before, after = rng.choice(parts), rng.choice(parts)
            was, is_ = accepted(case, set(before)), accepted(case, set(after))
            found = acceptances.compare(before, after)
            for terms, only in ((found.gained, is_ - was), (found.lost, was - is_)):
                assert (terms is None) is (not only)
                assert terms is None or frozenset(terms.items()) in only
            assert acceptances.fits(before) is bool(was)
