"""Generated cases: sides whose ideals lie near a common one.

Every side has an ideal package: the common one, but for a share ``d`` of the issues, where it
differs. Each position is met by its side's ideal, so a side never contradicts itself, and with
``d = 0`` the zone holds at least the common ideal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from goodoffices.model import Case

FIRMNESSES = ("red-line", "firm", "open")


@dataclass(frozen=True)
class Shape:
    """What a generated case looks like."""

    issues: int
    positions: int
    d: float
    parties: int = 3
    numeric_share: float = 0.3


def generate(shape: Shape, rng: np.random.Generator) -> Case:
    """Return a generated case of a shape.

    >>> len(generate(Shape(4, 9, 0.2), np.random.default_rng(1)).positions)
    9
    """
    sizes = [
        41 if rng.random() < shape.numeric_share else int(rng.integers(3, 6))
        for _ in range(shape.issues)
    ]
    issues = {f"i{n}": _issue(n, size) for n, size in enumerate(sizes)}
    common = [int(rng.integers(size)) for size in sizes]
    ideals = [
        [
            int(rng.integers(size)) if rng.random() < shape.d else option
            for size, option in zip(sizes, common, strict=True)
        ]
        for _ in range(shape.parties)
    ]
    positions = []
    for number in range(shape.positions):
        side = int(rng.integers(shape.parties))
        body = _position(rng, sizes, ideals[side])
        firmness = FIRMNESSES[int(rng.choice(3, p=[0.2, 0.5, 0.3]))]
        positions.append({"id": f"p{number}", "party": f"s{side}", "firmness": firmness, **body})
    parties = {f"s{side}": {"name": f"Side {side}"} for side in range(shape.parties)}
    data = {"case": "Generated", "parties": parties, "issues": issues, "positions": positions}
    return Case.model_validate(data)


def _issue(number: int, size: int) -> dict[str, Any]:
    question = f"Question {number}?"
    if size == 41:
        return {"question": question, "range": {"from": 0, "to": 200, "step": 5}}
    return {"question": question, "options": [f"o{option}" for option in range(size)]}


def _position(rng: np.random.Generator, sizes: list[int], ideal: list[int]) -> dict[str, Any]:
    """Return a position over one to three issues that the ideal meets."""
    count = min(len(sizes), int(rng.choice([1, 2, 3], p=[0.7, 0.25, 0.05])))
    chosen = [int(issue) for issue in rng.choice(len(sizes), size=count, replace=False)]
    first, *others = chosen
    demand = {f"i{first}": _near(rng, sizes[first], ideal[first])}
    if not others:
        return {"requires": demand}
    when = {f"i{issue}": _near(rng, sizes[issue], ideal[issue]) for issue in others}
    if rng.random() < 0.3:
        return {"offers": {f"i{first}": _any(sizes[first], ideal[first])}, "in-return-for": when}
    return {"requires": demand, "when": when}


def _near(rng: np.random.Generator, size: int, option: int) -> Any:
    """Return a test that an option passes: a bound, or a list of options."""
    if size == 41:
        slack = int(rng.integers(0, 10))
        if rng.random() < 0.5:
            return {"at-least": 5 * max(0, option - slack)}
        return {"at-most": 5 * min(40, option + slack)}
    others = [f"o{other}" for other in range(size) if other != option and rng.random() < 0.3]
    return [f"o{option}", *others]


def _any(size: int, option: int) -> Any:
    return {"at-least": 5 * option} if size == 41 else [f"o{option}"]
