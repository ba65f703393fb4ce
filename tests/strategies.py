"""Random small cases: for hypothesis as `cases()`, and by seed as `random_case(Random(seed))`.

Cases are drawn as the plain data of a case file and read by the model, so that whatever fails can
be written down as a file. They stay small enough for the twins in `oracles`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from goodoffices.model import FIRMNESSES, Case, Issue

Data = dict[str, Any]

STEPS = ("0.25", "1", "3", "10")
DATES = ("2025-01-01", "2025-02", "2025-03-15", "2025-04", "2026")


@dataclass(frozen=True)
class Shape:
    """How large a random case is, and what it holds.

    Attributes:
        issues: most issues.
        positions: most positions.
        packages: most packages; larger issues are left out.
        rules: chance of one more rule.
        crowded: chance that a position is about one option of one issue, so that there are
            several quarrels.
    """

    issues: int = 4
    positions: int = 7
    packages: int = 150
    rules: float = 0.4
    crowded: float = 0.5


SMALL = Shape()


def cases(shape: Shape = SMALL) -> SearchStrategy[Case]:
    """Return a strategy for whole cases."""
    return st.randoms(use_true_random=False).map(lambda rng: random_case(rng, shape))


def random_case(rng: Random, shape: Shape = SMALL) -> Case:
    """Return a case drawn at random."""
    return Case.model_validate(case_data(rng, shape))


def case_data(rng: Random, shape: Shape = SMALL) -> Data:
    """Return a random case as a case file has it."""
    parties = [f"p{number}" for number in range(rng.randint(2, 4))]
    issues = _issues(rng, shape)
    read = {name: Issue.model_validate(issue) for name, issue in issues.items()}
    draw = Draw(rng, read, shape)
    number = rng.randint(0, shape.positions)
    data: Data = {
        "case": "Random talks",
        "parties": {party: {"name": party.upper()} for party in parties},
        "issues": issues,
        "rules": draw.rules(),
        "positions": [draw.position(f"x{n}", rng.choice(parties)) for n in range(number)],
        "proposals": [draw.proposal(f"o{n}") for n in range(rng.randint(0, 2))],
    }
    if rng.random() < 0.5:
        data["as-of"] = rng.choice(DATES)
    return data


def _issues(rng: Random, shape: Shape) -> Data:
    issues: Data = {}
    size = 1
    for number in range(rng.randint(1, shape.issues)):
        issue, options = _range(rng) if rng.random() < 0.4 else _choice(rng, number)
        if size * options <= shape.packages:
            size *= options
            issues[f"i{number}"] = {"question": "Which?", **issue}
    return issues


def _choice(rng: Random, number: int) -> tuple[Data, int]:
    size = rng.choice((1, 2, 2, 3, 3, 4))
    return {"options": [f"o{number}{letter}" for letter in "abcd"[:size]]}, size


def _range(rng: Random) -> tuple[Data, int]:
    size, step = rng.choice((1, 2, 4, 5, 7, 9)), Decimal(rng.choice(STEPS))
    start = rng.choice((Decimal(0), Decimal(-3), Decimal("0.5")))
    ends = {"from": start, "to": start + step * (size - 1), "step": step}
    return {"range": {key: str(value) for key, value in ends.items()}}, size


class Draw:
    """Draws what stands on given issues."""

    def __init__(self, rng: Random, issues: dict[str, Issue], shape: Shape = SMALL) -> None:
        self.rng = rng
        self.issues = issues
        self.shape = shape

    def option(self, name: str) -> str:
        """Return an option of an issue."""
        return self.issues[name].option(self.rng.randrange(self.issues[name].size))

    def number(self, name: str) -> str:
        """Return a bound near a range: on its steps, between them, or beyond its ends."""
        scale = self.issues[name].range
        assert scale is not None
        own = Decimal(self.option(name))
        return str(own + scale.step * Decimal(self.rng.choice(("0", "0", "0.5", "-0.3", "-2"))))

    def test(self, name: str, depth: int = 0) -> Any:
        """Return what a condition asks of one issue."""
        if self.issues[name].numeric and self.rng.random() < 0.6:
            return self.bounds(name)
        shape = self.rng.choice(("is", "is", "not", "one-of") if depth < 2 else ("is",))
        if shape == "is":
            return self.option(name) if self.rng.random() < 0.97 else self.stranger(name)
        if shape == "not":
            return {"not": self.test(name, depth + 1)}
        return [self.test(name, depth + 1) for _ in range(self.rng.randint(1, 3))]

    def stranger(self, name: str) -> str:
        """Return something that is no option of an issue."""
        scale = self.issues[name].range
        return "nothing known" if scale is None else str(scale.to + scale.step)

    def bounds(self, name: str) -> Data:
        """Return bounds on a range."""
        one, other = sorted((Decimal(self.number(name)), Decimal(self.number(name))))
        both = {"at-least": str(one), "at-most": str(other)}
        kept = self.rng.choice((("at-least",), ("at-most",), ("at-least", "at-most")))
        return {key: both[key] for key in kept}

    def condition(self, depth: int = 0) -> Data:
        """Return a condition of any shape."""
        names = list(self.issues)
        if depth >= 2 or self.rng.random() < (0.75 if depth else self.shape.crowded):
            name = self.rng.choice(names)
            return {name: self.test(name)}
        if self.rng.random() < 0.4:
            chosen = self.rng.sample(names, self.rng.randint(1, len(names)))
            return {name: self.test(name) for name in chosen}
        joiner = self.rng.choice(("all", "any", "any", "none"))
        return {joiner: [self.condition(depth + 1) for _ in range(self.rng.randint(1, 3))]}

    def rules(self) -> list[Data]:
        """Return a few rules, which contradict each other now and then."""
        found: list[Data] = []
        while len(found) < 4 and self.rng.random() < self.shape.rules:
            kind = self.rng.choice(("requires", "refuses"))
            found.append({"id": f"r{len(found)}", kind: self.condition(), **self.when()})
        return found

    def when(self) -> Data:
        """Return a reservation, mostly none."""
        return {"when": self.condition(1)} if self.rng.random() < 0.2 else {}

    def position(self, id: str, party: str) -> Data:
        """Return a position of any kind."""
        kind = self.rng.choice(("requires", "requires", "refuses", "refuses", "offers", "prefers"))
        data: Data = {"id": id, "party": party, kind: self.condition(), **self.when()}
        if kind == "offers" and self.rng.random() < 0.8:
            data["in-return-for"] = self.condition(1)
        if kind == "prefers" and self.rng.random() < 0.3:
            data["over"] = self.condition(1)
        return {**data, "firmness": self.rng.choice(FIRMNESSES), **self.dates()}

    def dates(self) -> Data:
        """Return when a position holds, mostly without bounds."""
        since, until = sorted(self.rng.sample(DATES, 2))
        data = {"since": since, "until": until}
        return {key: data[key] for key in data if self.rng.random() < 0.1}

    def proposal(self, id: str) -> Data:
        """Return a proposal, whole, partial or without any term."""
        names = list(self.issues)
        chosen: Sequence[str] = names
        if self.rng.random() < 0.5:
            chosen = self.rng.sample(names, self.rng.randint(0, len(names)))
        data: Data = {"id": id, "by": "p0", "terms": {name: self.option(name) for name in chosen}}
        return {**data, "date": self.rng.choice(DATES)} if self.rng.random() < 0.3 else data
