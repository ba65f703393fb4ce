"""Brute-force twins of `movement`: each answers from the definitions, by trying every package."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from typing import Any

from goodoffices.analysis.movement_result import Direction
from goodoffices.analysis.zone.acceptance import Acceptance
from goodoffices.model import FIRMNESSES, Case, Issue, Position, meets
from tests import oracles
from tests.strategies import Draw, Shape, case_data

Cost = tuple[int, ...]
Packages = frozenset[frozenset[tuple[str, str]]]
NO_WAY: Cost = (10**9,)
DATES = ("2025-01-01", "2025-01-10", "2025-02", "2025-03-15", "2026")
SHAPE = Shape(issues=3, positions=7, packages=40, rules=0.3, crowded=0.7)


def timeline(rng: Random, shape: Shape = SHAPE) -> Case:
    """Return a random case whose positions mostly begin and end on some day."""
    data = case_data(rng, shape)
    for position in data["positions"]:
        begin, end = sorted(rng.sample(range(len(DATES)), 2))
        position["party"] = rng.choice(("p0", "p1", position["party"]))
        position.pop("since", None)
        position.pop("until", None)
        if rng.random() < 0.8:
            position["since"] = DATES[begin]
        if rng.random() < 0.5:
            position["until"] = DATES[end]
    replaced = [p for p in data["positions"] if "until" in p and rng.random() < 0.7]
    draw = Draw(rng, {name: Issue.model_validate(i) for name, i in data["issues"].items()}, shape)
    for position in replaced:
        after = draw.position(f"{position['id']}-after", position["party"])
        after.pop("until", None)
        data["positions"].append(after | {"since": position["until"]})
    for proposal in data["proposals"]:
        answers = {"answer": rng.choice(("accepts", "rejects")), "date": rng.choice(DATES)}
        proposal["responses"] = {"p1": answers} if rng.random() < 0.5 else {}
    return Case.model_validate(data)


def held_on(case: Case, day: date) -> list[Position]:
    """Return the positions in force on a day."""
    return [position for position in case.positions if position.in_force(day)]


def eve(day: date) -> date:
    """Return the day before."""
    return day - timedelta(days=1)


def change_days(case: Case) -> list[date]:
    """Return every day of the record on which what is in force, made or answered is other."""
    days = [date(2024, 12, 31) + timedelta(days=n) for n in range(400)]
    last = case.day or date.max
    return [day for day in days if day <= last and _news(case, day)]


def _news(case: Case, day: date) -> bool:
    acts = [p.date for p in case.proposals]
    acts += [r.date for p in case.proposals for rs in p.responses.values() for r in rs]
    bounds = [bound for p in case.positions for bound in (p.since, p.until)]
    return any(when is not None and when.first == day for when in acts + bounds)


def distance(case: Case, positions: Iterable[Position]) -> Cost:
    """Return the least that giving up positions costs so that some package meets the rest."""
    held = [position for position in positions if position.binding]
    costs = []
    for x in oracles.within_rules(case):
        unmet = [p for p in held if not meets(p, x, case.issues)]
        costs.append(tuple(sum(p.firmness == f for p in unmet) for f in FIRMNESSES))
    return min(costs, default=NO_WAY)


def accepted(case: Case, positions: Iterable[Position]) -> Packages:
    """Return the packages within the rules that meet positions."""
    held = list(positions)
    return frozenset(
        frozenset(x.items())
        for x in oracles.within_rules(case)
        if all(meets(p, x, case.issues) for p in held)
    )


def acceptance(before: Packages, after: Packages) -> Acceptance:
    """Say what became of the packages: inclusion, the plain way."""
    if before == after:
        return "same"
    if before < after:
        return "wider"
    return "narrower" if after < before else "shifted"


def direction(case: Case, before: list[Position], after: list[Position]) -> Direction:
    """Say whether a change brings what holds these positions nearer."""
    was, is_ = distance(case, before), distance(case, after)
    if was != is_:
        return "towards" if is_ < was else "away"
    change = acceptance(accepted(case, before), accepted(case, after))
    words: dict[Acceptance, Direction] = {
        "wider": "towards", "narrower": "away", "shifted": "mixed", "same": "neither",
    }  # fmt: skip
    return words[change]


def groups(positions: list[Position]) -> set[frozenset[str]]:
    """Group positions that share issues, by joining until nothing more joins."""
    parts = [({p.id}, set(p.issues)) for p in positions]
    joined = True
    while joined:
        joined = False
        for one in parts:
            for other in parts:
                if one is not other and one[1] & other[1]:
                    parts.remove(other)
                    one[0].update(other[0])
                    one[1].update(other[1])
                    joined = True
                    break
            if joined:
                break
    return {frozenset(ids) for ids, _ in parts}


def renamed(value: Any, names: dict[str, str]) -> Any:
    """Return plain data with some texts, as keys and as values, replaced."""
    if isinstance(value, dict):
        return {names.get(key, key): renamed(part, names) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [renamed(part, names) for part in value]
    return names.get(value, value) if isinstance(value, str) else value
