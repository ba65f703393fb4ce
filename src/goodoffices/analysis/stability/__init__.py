"""Stability: which states of the moves away from the table would hold, and why."""

from goodoffices.analysis.stability.answering import StabilityLimits, stability
from goodoffices.analysis.stability.checks import MoveProblem, move_problems
from goodoffices.analysis.stability.result import StabilityResult

__all__ = [
    "MoveProblem",
    "StabilityLimits",
    "StabilityResult",
    "move_problems",
    "stability",
]
