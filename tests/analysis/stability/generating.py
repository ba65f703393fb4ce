"""Random models of moves: parties, infeasible and merged states, one-way and removed moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from goodoffices.model import Case


@dataclass(frozen=True)
class Shape:
    """What a random model looks like; shares are between 0 and 1."""

    parties: int = 2
    moves: int = 4
    one_way: float = 0.0
    infeasible: int = 0
    merged: int = 0
    third_party: bool = False


def model(rng: np.random.Generator, shape: Shape) -> Case:
    """Return a random case with statements as preferences."""
    names = [f"m{number}" for number in range(shape.moves)]
    owners = [f"p{party}" for party in range(shape.parties)]
    owners += ["guest"] if shape.third_party else []
    options = {
        name: {
            "by": owners[number]
            if number < len(owners)
            else owners[int(rng.integers(len(owners)))],
            "direction": _direction(rng, shape.one_way),
        }
        for number, name in enumerate(names)
    }
    options = {name: options[name] for name in rng.permutation(names)}
    moves: dict[str, Any] = {
        "options": options,
        "infeasible": [condition(rng, names, 2) for _ in range(shape.infeasible)],
        "merged": [condition(rng, names, 1) for _ in range(shape.merged)],
        "preferences": {
            f"p{party}": {"statements": statements(rng, names)} for party in range(shape.parties)
        },
    }
    parties = {f"p{party}": {"name": f"Party {party}"} for party in range(shape.parties)}
    guest = {"guest": {"name": "Guest", "roles": ["guarantor"]}} if shape.third_party else {}
    return Case.model_validate(
        {"case": "Random", "parties": parties, "third-parties": guest, "moves": moves}
    )


def _direction(rng: np.random.Generator, one_way: float) -> str:
    return ("forward", "backward")[int(rng.integers(2))] if rng.random() < one_way else "both"


def condition(rng: np.random.Generator, names: list[str], size: int) -> dict[str, Any]:
    """Return a condition on a few moves, some of them joined by any or none."""
    chosen = rng.choice(names, size=min(size, len(names)), replace=False)
    parts = [{str(name): ("no", "yes")[int(rng.integers(2))]} for name in chosen]
    kind = rng.random()
    if kind < 0.15:
        return {"any": parts}
    if kind < 0.25:
        return {"none": parts}
    return {key: value for part in parts for key, value in part.items()}


def statements(rng: np.random.Generator, names: list[str]) -> list[dict[str, Any]]:
    """Return a few prioritized statements, some with if or iff."""
    found = []
    for _ in range(int(rng.integers(1, len(names) + 2))):
        statement: dict[str, Any] = {"prefers": condition(rng, names, int(rng.integers(1, 3)))}
        kind = rng.random()
        if kind < 0.5:
            statement["if" if kind < 0.25 else "iff"] = condition(rng, names, 1)
        found.append(statement)
    return found


def ranked(rng: np.random.Generator, case: Case, number: int, ties: bool) -> Case:
    """Return the same case with a random ranking of its states, by their numbers, per party."""
    assert case.moves is not None
    ids = [str(n + 1) for n in range(number)]
    preferences = {}
    for party in case.parties:
        order = [str(id) for id in rng.permutation(ids)]
        cuts = [n for n in range(1, number) if not ties or rng.random() < 0.6]
        groups = [order[a:b] for a, b in zip([0, *cuts], [*cuts, number], strict=True)]
        preferences[party] = {"ranking": groups}
    data = case.model_dump(by_alias=True, exclude_unset=True)
    data["moves"]["preferences"] = preferences
    return Case.model_validate(data)
