"""Short cases written out for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from goodoffices.model import Case


def talks(issues: Mapping[str, Any], positions: Sequence[Mapping[str, Any]], **more: Any) -> Case:
    """Return a case from issues and positions.

    An issue is a text of its options, ``"open shut"``, or a mapping of its range; a position is
    its data, with an id that starts with its party's: ``{"id": "ana1", ...}``.
    """
    parties = dict.fromkeys(position["id"].rstrip("0123456789") for position in positions)
    return Case.model_validate(
        {
            "case": "Talks",
            "parties": {party: {"name": party.title()} for party in parties or ["ana"]},
            "issues": {
                name: {
                    "question": "Which?",
                    **({"options": of.split()} if isinstance(of, str) else {"range": of}),
                }
                for name, of in issues.items()
            },
            "positions": [
                {"party": position["id"].rstrip("0123456789"), **position} for position in positions
            ],
            **more,
        }
    )


def demand(id: str, kind: str, condition: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Return a position's data."""
    return {"id": id, kind: condition, **more}
