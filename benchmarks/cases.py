"""Generated cases: sides whose ideals lie near a common one.

Every side has an ideal package: the common one, but for a share ``d`` of the issues, where it
differs. Each position is met by its side's ideal, so a side never contradicts itself, and with
``d = 0`` the zone holds at least the common ideal. How much the sides quarrel depends on ``d`` and
on how ``tolerant`` positions are: a tolerant one accepts more than its side's ideal. With ``d`` a
tenth and tolerance .6, most positions of a large case are in no conflict, and the rest fall into a
few quarrels that have little to do with each other; with tolerance .3 many hang together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice
from typing import Any

import numpy as np

from goodoffices.analysis.zone.system import System
from goodoffices.model import Case

FIRMNESSES = ("red-line", "firm", "open")


@dataclass(frozen=True)
class Shape:
    """What a generated case looks like.

    Attributes:
        issues: number of issues.
        positions: number of positions, of all sides together.
        d: share of the issues on which a side's ideal is drawn anew.
        tolerance: share of the other options that a position accepts beside the ideal; of a range,
            the largest distance from the ideal that it accepts is 33 steps times this.
        parties: number of sides.
        numeric_share: share of the issues that are ranges, of 41 values.
    """

    issues: int
    positions: int
    d: float
    tolerance: float = 0.3
    parties: int = 3
    numeric_share: float = 0.3


def stuck(shape: Shape, number: int, start: int = 0) -> Iterator[tuple[int, Case]]:
    """Yield seeds and cases of a shape whose zone is empty; other seeds are passed over.

    >>> [seed for seed, _ in stuck(Shape(4, 20, 0.9), 2)]
    [0, 1]
    """
    cases = ((seed, generate(shape, np.random.default_rng(seed))) for seed in count(start))
    return islice((pair for pair in cases if not _open(pair[1])), number)


def _open(case: Case) -> bool:
    system = System.of(case)
    with system.solver() as solver:
        return solver.fits(range(len(system.positions)))


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
        body = _position(rng, shape, sizes, ideals[side])
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


def _position(
    rng: np.random.Generator, shape: Shape, sizes: list[int], ideal: list[int]
) -> dict[str, Any]:
    """Return a position over one to three issues that the ideal meets."""
    count = min(len(sizes), int(rng.choice([1, 2, 3], p=[0.7, 0.25, 0.05])))
    chosen = [int(issue) for issue in rng.choice(len(sizes), size=count, replace=False)]
    first, *others = chosen
    demand = {f"i{first}": _near(rng, shape.tolerance, sizes[first], ideal[first])}
    if not others:
        return {"requires": demand}
    when = {
        f"i{issue}": _near(rng, shape.tolerance, sizes[issue], ideal[issue]) for issue in others
    }
    if rng.random() < 0.3:
        return {"offers": {f"i{first}": _any(sizes[first], ideal[first])}, "in-return-for": when}
    return {"requires": demand, "when": when}


def _near(rng: np.random.Generator, tolerance: float, size: int, option: int) -> Any:
    """Return a test that an option passes: a bound, or a list of options."""
    if size == 41:
        slack = int(rng.integers(0, max(1, round(33 * tolerance))))
        if rng.random() < 0.5:
            return {"at-least": 5 * max(0, option - slack)}
        return {"at-most": 5 * min(40, option + slack)}
    others = [f"o{other}" for other in range(size) if other != option and rng.random() < tolerance]
    return [f"o{option}", *others]


def _any(size: int, option: int) -> Any:
    return {"at-least": 5 * option} if size == 41 else [f"o{option}"]
