"""A brute-force reading of small cases: what the examples' findings are held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations, product

from goodoffices.model import Case, Issue, Package, meets


def packages(case: Case) -> list[Package]:
    """Return every package that meets the rules."""
    options = [[issue.option(k) for k in range(issue.size)] for issue in case.issues.values()]
    every = (dict(zip(case.issues, terms, strict=True)) for terms in product(*options))
    return [x for x in every if all(meets(rule, x, case.issues) for rule in case.rules)]


def zone(case: Case, without: Iterable[str] = ()) -> list[Package]:
    """Return the packages that meet every position in force but those given up."""
    given_up = set(without)
    kept = [position for position in case.in_force if position.id not in given_up]
    return [x for x in packages(case) if all(meets(position, x, case.issues) for position in kept)]


def findings(case: Case) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """Return the points of contention and the ways out, by trying every set of positions."""
    held = {position.id: position for position in case.in_force if position.binding}
    met = [
        frozenset(id for id, position in held.items() if meets(position, x, case.issues))
        for x in packages(case)
    ]
    sets = [frozenset(s) for n in range(len(held) + 1) for s in combinations(held, n)]
    stuck = {s for s in sets if not any(s <= meeting for meeting in met)}
    conflicts = {s for s in stuck if all(s - {id} not in stuck for id in s)}
    every = frozenset(held)
    opening = {s for s in sets if every - s not in stuck}
    ways_out = {s for s in opening if all(s - {id} not in opening for id in s)}
    return conflicts, ways_out


def thinned(case: Case, keep: Mapping[str, Iterable[str]]) -> Case:
    """Return a case whose numeric issues have these options only, so that all can be tried."""
    issues = {
        name: Issue(question=issue.question, options=dict.fromkeys(keep[name], None))
        if issue.numeric
        else issue
        for name, issue in case.issues.items()
    }
    return case.model_copy(update={"issues": issues})
