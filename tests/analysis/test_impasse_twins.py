"""`impasse` against its brute-force twins, on random small cases."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.analysis.impasse import impasse
from goodoffices.analysis.impasse_result import ImpasseResult, NewOption, ProposalFinding
from goodoffices.model import Case, Issue, meets
from tests import oracles
from tests.strategies import Shape, cases, random_case

WEIGHTS = {"red-line": 7, "firm": 3, "open": 1}
SEEDS = 400
SLOW_SEEDS = 2400
CROWDED = Shape(issues=3, positions=9, packages=40, rules=0.2, crowded=0.9)


def sets(groups: object) -> set[frozenset[str]]:
    assert isinstance(groups, tuple)
    return {frozenset(group) for group in groups}


def check(case: Case, weights: Mapping[str, int] | None = None) -> ImpasseResult:
    """Hold every part of a result against its twin."""
    result = impasse(case, weights=weights)
    check_zone(case, result)
    check_conflicts(case, result)
    check_ways_out(case, result, weights)
    check_movements(case, result, weights)
    for proposal in case.proposals_made:
        check_proposal(case, proposal.terms, result.proposals[proposal.id], result)
    assert set(result.proposals) == {proposal.id for proposal in case.proposals_made}
    check_new_options(case, result)
    assert result.missing == ()
    return result


def check_zone(case: Case, result: ImpasseResult) -> None:
    zone = oracles.zone(case)
    assert result.positions == tuple(oracles.binding(case))
    assert result.zone.empty is (zone == [])
    assert result.zone.packages == len(zone)
    assert result.zone.space == len(oracles.packages(case))
    assert (result.zone.example in zone) if zone else (result.zone.example is None)
    assert set(result.zone.issues) == set(case.issues)
    for name, left in result.zone.issues.items():
        assert (left.possible, left.settled) == oracles.left_of(case, name)
        excluded = [o for o in oracles.options(case.issues[name]) if o not in left.possible]
        assert sorted(left.excluded) == sorted(excluded)
        for option, ids in left.excluded.items():
            assert oracles.excludes(case, name, option, ids)
            for id in ids:
                assert not oracles.excludes(case, name, option, set(ids) - {id})


def check_conflicts(case: Case, result: ImpasseResult) -> None:
    held = oracles.binding(case)
    listed = [conflict.positions for conflict in result.conflicts]
    assert result.conflicts_complete
    assert len(listed) == len(set(listed))
    assert sets(tuple(listed)) == oracles.conflicts(case)
    assert [conflict.id for conflict in result.conflicts] == [
        f"c{number}" for number in range(1, len(listed) + 1)
    ]
    for conflict in result.conflicts:
        speaking = [held[id] for id in conflict.positions]
        assert conflict.positions == tuple(id for id in held if id in conflict.positions)
        assert conflict.parties == tuple(sorted({position.party for position in speaking}))
        named = frozenset().union(*(position.issues for position in speaking))
        assert conflict.issues == tuple(name for name in case.issues if name in named)
    check_knots(case, result)


def check_knots(case: Case, result: ImpasseResult) -> None:
    positions = {conflict.id: frozenset(conflict.positions) for conflict in result.conflicts}
    found = {frozenset(positions[id] for id in knot.conflicts) for knot in result.knots}
    assert found == oracles.knots(oracles.conflicts(case))
    for knot in result.knots:
        conflicts = [positions[id] for id in knot.conflicts]
        assert frozenset(knot.positions) == frozenset().union(*conflicts)
        assert knot.ways_out == len(oracles.hitting(conflicts))
        assert {c.id for c in result.conflicts if c.knot == knot.id} == set(knot.conflicts)


def check_ways_out(case: Case, result: ImpasseResult, weights: Mapping[str, int] | None) -> None:
    held = oracles.binding(case)
    listed = [way.relax for way in result.ways_out]
    assert result.ways_out_complete
    assert result.ways_out_total == len(listed) == len(set(listed))
    assert sets(tuple(listed)) == oracles.ways_out(case)
    costs = [oracles.cost(case, way.relax, weights) for way in result.ways_out]
    assert costs == sorted(costs)
    assert [way.cost.key for way in result.ways_out] == costs
    for way in result.ways_out:
        opened = oracles.zone(case, way.relax)
        assert way.packages == len(opened)
        assert way.example in opened
        assert way.relax == tuple(id for id in held if id in way.relax)
        assert way.parties == tuple(sorted({held[id].party for id in way.relax}))
        assert (way.cost.red_line, way.cost.firm, way.cost.open) == oracles.cost(case, way.relax)


def check_movements(case: Case, result: ImpasseResult, weights: Mapping[str, int] | None) -> None:
    assert set(result.alone) == set(case.parties)
    for party, movement in result.alone.items():
        cheapest = oracles.alone(case, party, weights)
        if cheapest is None:
            assert movement is None
        else:
            assert movement is not None
            assert frozenset(movement.relax) in cheapest
            assert movement.cost.key == oracles.cost(case, movement.relax, weights)
    even = oracles.most_even(case, weights)
    if not even:
        assert result.most_even is None
        return
    assert result.most_even is not None
    assert frozenset(result.most_even.relax) in even
    assert result.most_even.cost.key == oracles.cost(case, result.most_even.relax, weights)
    burdens = sorted((cost.key for cost in result.most_even.burden.values()), reverse=True)
    assert burdens == oracles.burdens(case, frozenset(result.most_even.relax), weights)


def check_proposal(
    case: Case, terms: Mapping[str, str], found: ProposalFinding, result: ImpasseResult
) -> None:
    held = oracles.binding(case)
    broken = [id for ids in found.breaks.values() for id in ids]
    assert all(held[id].party == party for party, ids in found.breaks.items() for id in ids)
    assert sorted(broken) == sorted(oracles.breaks(case, terms))
    assert set(found.rules_broken) == oracles.rules_broken(case, terms)
    whole = any(not oracles.changed(case, terms, x) for x in oracles.zone(case))
    assert found.acceptable is whole
    costs = [way.cost.key for way in result.ways_out]
    cheapest = [
        way.relax for way, cost in zip(result.ways_out, costs, strict=True) if cost == costs[0]
    ]
    expected: set[tuple[tuple[str, ...], oracles.Change]] = set()
    for after in cheapest if result.zone.empty else [()]:
        changes = oracles.amendments(case, terms, after) - (set() if after else {frozenset()})
        expected |= {(after, change) for change in changes}
    listed = [(a.after, frozenset(a.change.items())) for a in found.amendments]
    assert found.amendments_complete
    assert len(listed) == len(set(listed))
    assert set(listed) == expected
    for amendment in found.amendments:
        assert amendment.package in oracles.zone(case, amendment.after)
        assert oracles.changed(case, terms, amendment.package) == frozenset(
            amendment.change.items()
        )


def check_new_options(case: Case, result: ImpasseResult) -> None:
    found = {option.issue: option for option in result.new_options}
    assert not found or result.zone.empty
    for name, issue in case.issues.items():
        if not result.zone.empty:
            return
        every = oracles.options(issue)
        refused = {option: oracles.refused_by(case, name, option) for option in every}
        closed = all(oracles.excludes(case, name, o, ()) or refused[o] for o in every)
        numbers = list(_numbers(case, name))
        if issue.numeric:
            opening = {
                f"{number:f}"
                for number in numbers
                if oracles.opens_with_option(case, name, f"{number:f}")
            }
        else:
            opening = {
                fresh for fresh in [oracles.FRESH] if oracles.opens_with_option(case, name, fresh)
            }
        stuck = any(name in conflict.issues for conflict in result.conflicts)
        assert (name in found) is (stuck and (bool(opening) or closed)), name
        if name in found:
            check_new_option(case, found[name], opening, refused)


def _numbers(case: Case, name: str) -> set[Decimal]:
    """Numbers off the steps of a range, one between any two that anybody could tell apart."""
    issue = case.issues[name]
    if not issue.numeric:
        return set()
    steps = {Decimal(option) for option in oracles.options(issue)}
    marks = sorted(steps | set(oracles.numbers_named(case, name)))
    between = {(low + high) / 2 for low, high in pairwise(marks)}
    return {*between, *marks, marks[0] - 1, marks[-1] + 1} - steps


def check_new_option(
    case: Case,
    found: NewOption,
    opening: set[str],
    refused: Mapping[str, oracles.Ids],
) -> None:
    name = found.issue
    assert found.opens is bool(opening)
    assert (found.example is not None) is found.opens
    assert set(found.refused) == set(refused)
    for option, ids in refused.items():
        if ids:
            assert set(found.refused[option]) == ids, (name, option)
    if case.issues[name].numeric:
        for number in _numbers(case, name):
            inside = any(_within(band, number) for band in found.values)
            assert inside is (f"{number:f}" in opening), (name, number, found.values)
    else:
        assert found.values == ()
        check_demands(case, found)


def check_demands(case: Case, found: NewOption) -> None:
    """Hold what positions ask of a named new option against what they mean."""
    issue = case.issues[found.issue]
    fresh = Issue(question="?", options={**(issue.options or {}), oracles.FRESH: None})
    issues = {**case.issues, found.issue: fresh}
    with_fresh = [{**x, found.issue: oracles.FRESH} for x in oracles.packages(case)]
    for id, position in oracles.binding(case).items():
        asked = [demand for demand in found.demands if demand.position == id]
        assert all(demand.party == position.party for demand in asked)
        if any(demand.counts_as and not demand.when for demand in asked):
            assert not any(meets(position, x, issues) for x in with_fresh)
        if not any(demand.counts_as for demand in asked):
            for old, new in zip(oracles.packages(case), with_fresh, strict=True):
                assert meets(position, new, issues) or not meets(position, old, issues)


def _within(band: Mapping[str, str], number: Decimal) -> bool:
    meets: dict[str, Callable[[Decimal, Decimal], bool]] = {
        "at-least": operator.ge, "above": operator.gt, "at-most": operator.le, "below": operator.lt,
    }  # fmt: skip
    return all(meets[end](number, Decimal(text)) for end, text in band.items())


def by_seed(seed: int) -> None:
    shape = CROWDED if seed % 2 else Shape()
    check(random_case(Random(seed), shape), None if seed % 3 else WEIGHTS)


@pytest.mark.parametrize("start", range(0, SEEDS, 50))
def test_by_seed(start: int) -> None:
    for seed in range(start, start + 50):
        by_seed(seed)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(SEEDS, SLOW_SEEDS, 200))
def test_by_more_seeds(start: int) -> None:
    for seed in range(start, start + 200):
        by_seed(seed)


@settings(max_examples=60, deadline=None)
@given(cases(), st.sampled_from([None, WEIGHTS]))
def test_whatever_the_case(case: Case, weights: Mapping[str, int] | None) -> None:
    check(case, weights)


def test_the_seeds_hold_cases_of_every_kind() -> None:
    results = [impasse(random_case(Random(seed), CROWDED)) for seed in range(1, 120, 2)]
    assert any(result.zone.packages for result in results)
    assert any(len(result.knots) > 1 for result in results)
    assert any(len(result.ways_out) > 3 for result in results)
    assert any(option.opens for result in results for option in result.new_options)
    assert any(c.positions == () for result in results for c in result.conflicts)
    found = [finding for result in results for finding in result.proposals.values()]
    assert any(finding.breaks and finding.amendments for finding in found)
    assert any(not amendment.change for finding in found for amendment in finding.amendments)
