"""Brute-force twins of the engines: each answers from the definitions, by trying everything.

They rest on `goodoffices.model.meets` alone and know nothing of clauses, knots or solvers. They
are for small cases: all packages and all sets of positions are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import combinations, product

from goodoffices.model import (
    FIRMNESSES,
    Bounds,
    Case,
    Issue,
    Not,
    OneOf,
    OptionTest,
    Package,
    Position,
    Rule,
    each_test,
    meets,
)

Ids = frozenset[str]
Change = frozenset[tuple[str, str]]
Key = tuple[int, ...]


# --- Packages ---------------------------------------------------------------------------------


def options(issue: Issue) -> list[str]:
    """Return the options of an issue, in order."""
    return [issue.option(index) for index in range(issue.size)]


def packages(case: Case) -> list[Package]:
    """Return every package, whether or not it meets anything."""
    every = product(*(options(issue) for issue in case.issues.values()))
    return [dict(zip(case.issues, terms, strict=True)) for terms in every]


def within_rules(case: Case) -> list[Package]:
    """Return the packages that meet every rule."""
    return [x for x in packages(case) if all(meets(rule, x, case.issues) for rule in case.rules)]


def binding(case: Case) -> dict[str, Position]:
    """Return the positions in force that can make a package unacceptable."""
    return {position.id: position for position in case.in_force if position.binding}


def unmet(case: Case, x: Package) -> Ids:
    """Return the positions that a package does not meet."""
    held = binding(case).items()
    return frozenset(id for id, position in held if not meets(position, x, case.issues))


def zone(case: Case, without: Iterable[str] = ()) -> list[Package]:
    """Return the packages that meet the rules and every position but those given up."""
    given_up = frozenset(without)
    return [x for x in within_rules(case) if unmet(case, x) <= given_up]


def left_of(case: Case, issue: str) -> tuple[tuple[str, ...], str | None]:
    """Return an issue's options that a package of the zone has, and the one if all have it."""
    had = {x[issue] for x in zone(case)}
    possible = tuple(option for option in options(case.issues[issue]) if option in had)
    return possible, possible[0] if len(possible) == 1 else None


def excludes(case: Case, issue: str, option: str, ids: Collection[str]) -> bool:
    """Whether the rules and these positions leave no package with an option."""
    left = [x for x in within_rules(case) if x[issue] == option]
    return all(unmet(case, x) & frozenset(ids) for x in left)


# --- Sets of positions ------------------------------------------------------------------------


def smallest(ids: Collection[str], wanted: Callable[[Ids], bool]) -> set[Ids]:
    """Return the sets that are wanted while no proper part of them is, by trying every set."""
    found: set[Ids] = set()
    for number in range(len(ids) + 1):
        for chosen in map(frozenset, combinations(ids, number)):
            if not any(part <= chosen for part in found) and wanted(chosen):
                found.add(chosen)
    return found


def conflicts(case: Case) -> set[Ids]:
    """Return the minimal sets of positions that no package within the rules meets together."""
    breaches = {unmet(case, x) for x in within_rules(case)}
    return smallest(binding(case), lambda ids: all(ids & breach for breach in breaches))


def ways_out(case: Case) -> set[Ids]:
    """Return the minimal sets of positions which, given up, open the zone; none if it is open."""
    breaches = {unmet(case, x) for x in within_rules(case)}
    opening = smallest(binding(case), lambda ids: any(breach <= ids for breach in breaches))
    return opening - {frozenset()}


def knots(found: Iterable[Ids]) -> set[frozenset[Ids]]:
    """Group conflicts that share positions, directly or through others."""
    groups: list[set[Ids]] = []
    for conflict in found:
        near = [group for group in groups if any(conflict & other for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append({conflict}.union(*near))
    return {frozenset(group) for group in groups}


def hitting(found: Collection[Ids]) -> set[Ids]:
    """Return the minimal sets that have a position of every conflict."""
    every: Ids = frozenset().union(*found)
    return smallest(every, lambda ids: all(ids & conflict for conflict in found))


# --- What it costs ----------------------------------------------------------------------------


def cost(case: Case, ids: Iterable[str], weights: Mapping[str, int] | None = None) -> Key:
    """Return what giving up positions costs: red lines, firm, open ones; or a sum of weights."""
    held = [binding(case)[id] for id in ids]
    if weights is not None:
        return (sum(weights.get(p.id, weights.get(p.firmness, 1)) for p in held),)
    return tuple(sum(p.firmness == firmness for p in held) for firmness in FIRMNESSES)


def alone(case: Case, party: str, weights: Mapping[str, int] | None = None) -> set[Ids] | None:
    """Return the cheapest sets of a party's own positions that open the zone; None if none do."""
    own = [id for id, position in binding(case).items() if position.party == party]
    sets = [frozenset(c) for number in range(len(own) + 1) for c in combinations(own, number)]
    opening = [ids for ids in sets if zone(case, ids)]
    if not opening:
        return None
    least = min(cost(case, ids, weights) for ids in opening)
    return {ids for ids in opening if cost(case, ids, weights) == least}


def burdens(case: Case, ids: Ids, weights: Mapping[str, int] | None = None) -> list[Key]:
    """Return what giving up positions costs each party, the largest burden first."""
    held = binding(case)
    shares = [[id for id in ids if held[id].party == party] for party in case.parties]
    return sorted((cost(case, share, weights) for share in shares), reverse=True)


def most_even(case: Case, weights: Mapping[str, int] | None = None) -> set[Ids]:
    """Return the ways out whose largest burden is least, then the next largest, and so on."""
    ways = ways_out(case)
    least = min((burdens(case, way, weights) for way in ways), default=None)
    return {way for way in ways if burdens(case, way, weights) == least}


# --- Proposals --------------------------------------------------------------------------------


def changed(case: Case, terms: Mapping[str, str], x: Package) -> Change:
    """Return the terms of a package that are others than a proposal's."""
    issues = case.issues
    same = {
        name for name in terms if issues[name].index(terms[name]) == issues[name].index(x[name])
    }
    return frozenset((name, x[name]) for name in terms if name not in same)


def completions(case: Case, terms: Mapping[str, str]) -> list[Package]:
    """Return the packages that have all of a proposal's terms."""
    return [x for x in packages(case) if not changed(case, terms, x)]


def breaks(case: Case, terms: Mapping[str, str]) -> Ids:
    """Return the positions that no completion meets; within the rules, if the terms can be."""
    every = completions(case, terms)
    lawful = [x for x in every if all(meets(rule, x, case.issues) for rule in case.rules)]
    return frozenset.intersection(*(unmet(case, x) for x in lawful or every))


def rules_broken(case: Case, terms: Mapping[str, str]) -> Ids:
    """Return the rules that no completion meets."""
    every = completions(case, terms)
    return frozenset(
        rule.id for rule in case.rules if not any(meets(rule, x, case.issues) for x in every)
    )


def amendments(case: Case, terms: Mapping[str, str], after: Iterable[str]) -> set[Change]:
    """Return the fewest terms to change so that a proposal can be completed to a package.

    The package is one of the zone that is open once the positions ``after`` are given up. Of
    numbers only those stand that cannot be moved nearer to the proposal's own, the rest equal.
    """
    changes = {changed(case, terms, x) for x in zone(case, after)}
    least = min((len(change) for change in changes), default=0)
    fewest = {change for change in changes if len(change) == least}
    return {c for c in fewest if not any(_nearer(case, terms, other, c) for other in fewest)}


def _nearer(case: Case, terms: Mapping[str, str], one: Change, other: Change) -> bool:
    """Whether one change is another with a single number moved nearer, on the same side."""
    moved = dict(one - other), dict(other - one)
    if len(moved[0]) != 1 or moved[0].keys() != moved[1].keys():
        return False
    ((name, near),), ((_, far),) = moved[0].items(), moved[1].items()
    own = Decimal(terms[name]) if case.issues[name].numeric else Decimal(0)
    return case.issues[name].numeric and (
        own < Decimal(near) < Decimal(far) or own > Decimal(near) > Decimal(far)
    )


# --- New options ------------------------------------------------------------------------------

FRESH = "an option that nobody names"


def opens_with_option(case: Case, name: str, option: str) -> bool:
    """Whether an option that no condition names would open the zone, nobody moving.

    Of a range it is a number, on its steps or off.
    """
    issue = case.issues[name]
    form = {"range": {"from": option, "to": option}} if issue.numeric else {"options": [option]}
    only = Issue.model_validate({"question": issue.question, **form})
    return bool(zone(case.model_copy(update={"issues": {**case.issues, name: only}})))


def refused_by(case: Case, name: str, option: str) -> Ids:
    """Return the positions on an issue that no package within the rules meets with an option.

    Where the rules themselves exclude the option, that says nothing about any position.
    """
    left = [unmet(case, x) for x in within_rules(case) if x[name] == option]
    speaking = {id for id, position in binding(case).items() if name in position.issues}
    return frozenset.intersection(*left) & speaking if left else frozenset()


def numbers_named(case: Case, name: str) -> Iterator[Decimal]:
    """Yield the numbers that positions and rules in force name on a range."""
    holders: tuple[Position | Rule, ...] = (*case.in_force, *case.rules)
    for holder in holders:
        for _, condition in holder.conditions:
            for test, _ in each_test(condition):
                yield from _named(test.test) if test.issue == name else ()


def _named(test: OptionTest) -> Iterator[Decimal]:
    if isinstance(test, Bounds):
        yield from (end for end in (test.at_least, test.at_most) if end is not None)
    elif isinstance(test, Not):
        yield from _named(test.test)
    elif isinstance(test, OneOf):
        for part in test.tests:
            yield from _named(part)
    else:
        yield Decimal(test.option)
