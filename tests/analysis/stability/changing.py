"""Random changes of random models: new moves, promises, guarantees, statements that come in."""

from __future__ import annotations

from typing import Any

import numpy as np

from goodoffices.model import Case
from goodoffices.model.preferences import MoveChange
from tests.analysis.stability.generating import condition, statements
from tests.analysis.stability.oracle import Twin

DIRECTIONS = ("both", "forward", "backward")


def change(rng: np.random.Generator, case: Case, made: Twin) -> MoveChange:
    """Return a random change of a case, its twin given; it may be one that cannot be made."""
    assert case.moves is not None
    names = list(case.moves.options)
    data: dict[str, Any] = {"options": _options(rng, case)}
    every = [*names, *data["options"]]
    if rng.random() < 0.4:
        data["infeasible"] = [condition(rng, every, 2)]
    if rng.random() < 0.4:
        data["directions"] = {str(rng.choice(names)): str(rng.choice(DIRECTIONS))}
    if rng.random() < 0.4:
        data["removed"] = _removed(rng, made)
    owners = {option["by"] for option in data["options"].values()}
    asked = {party for party in case.parties if rng.random() < 0.6}
    asked |= {name for name in owners if name in case.third_parties and rng.random() < 0.5}
    data["preferences"] = {
        name: _statements(rng, case, name, every) for name in sorted(asked) if rng.random() < 0.9
    }
    if not any(data.values()):
        data["directions"] = {names[0]: "forward"}
    return MoveChange.model_validate(data)


def _options(rng: np.random.Generator, case: Case) -> dict[str, Any]:
    owners = [*case.parties, *case.third_parties]
    return {
        f"n{number}": {
            "by": str(rng.choice(owners)),
            "direction": str(rng.choice(DIRECTIONS)),
            "now": ("no", "yes")[int(rng.random() < 0.2)],
        }
        for number in range(int(rng.integers(0, 3)))
    }


def _removed(rng: np.random.Generator, made: Twin) -> list[dict[str, str]]:
    arcs = [
        (by, here, to)
        for by, rows in made.moves.items()
        for here, found in rows.items()
        for to in sorted(found)
    ]
    if not arcs:
        return []
    by, here, to = arcs[int(rng.integers(len(arcs)))]
    return [{"by": by, "from": str(here + 1), "to": str(to + 1)}]


def _statements(
    rng: np.random.Generator, case: Case, party: str, names: list[str]
) -> list[dict[str, Any]]:
    assert case.moves is not None
    present = case.moves.preferences.get(party)
    most = 0
    if present is not None:
        most = 1 if present.ranking is not None else len(present.statements or ())
    found = statements(rng, names)[:3]
    for statement in found:
        if most and rng.random() < 0.7:
            statement["before"] = int(rng.integers(1, most + 1))
    return found
