"""Good Offices: a workbench for indirect talks.

>>> import goodoffices as go
>>> case = go.read_case("examples/gaza-2025")
>>> go.impasse(case).ways_out[0].parties
('hamas',)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from goodoffices.errors import (
    CallError,
    CaseError,
    GoodOfficesError,
    MissingExtraError,
    NotFoundError,
    Problem,
)

if TYPE_CHECKING:
    from goodoffices.analysis.figures import FiguresResult, figures
    from goodoffices.analysis.impasse import impasse, search_impasse
    from goodoffices.analysis.impasse_result import ImpasseResult
    from goodoffices.analysis.movement import movement
    from goodoffices.analysis.movement_result import MovementResult
    from goodoffices.analysis.review import ReviewResult, review
    from goodoffices.analysis.stability import StabilityResult, stability
    from goodoffices.analysis.zone.search import Limits
    from goodoffices.casefile import case_schema, case_text, read_case, write_case
    from goodoffices.model import Case

_HOMES = {
    "Case": "goodoffices.model",
    "FiguresResult": "goodoffices.analysis.figures",
    "ImpasseResult": "goodoffices.analysis.impasse_result",
    "Limits": "goodoffices.analysis.zone.search",
    "MovementResult": "goodoffices.analysis.movement_result",
    "ReviewResult": "goodoffices.analysis.review",
    "StabilityResult": "goodoffices.analysis.stability",
    "case_schema": "goodoffices.casefile",
    "case_text": "goodoffices.casefile",
    "figures": "goodoffices.analysis.figures",
    "impasse": "goodoffices.analysis.impasse",
    "movement": "goodoffices.analysis.movement",
    "read_case": "goodoffices.casefile",
    "review": "goodoffices.analysis.review",
    "search_impasse": "goodoffices.analysis.impasse",
    "stability": "goodoffices.analysis.stability",
    "write_case": "goodoffices.casefile",
}

__all__ = [
    "CallError",
    "Case",
    "CaseError",
    "FiguresResult",
    "GoodOfficesError",
    "ImpasseResult",
    "Limits",
    "MissingExtraError",
    "MovementResult",
    "NotFoundError",
    "Problem",
    "ReviewResult",
    "StabilityResult",
    "case_schema",
    "case_text",
    "figures",
    "impasse",
    "movement",
    "read_case",
    "review",
    "search_impasse",
    "stability",
    "write_case",
]


def __getattr__(name: str) -> Any:
    """Import a name when it is first used, so that nobody pays for what is not used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
