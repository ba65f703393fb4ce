"""Stability: which states of the moves away from the table would hold, and why."""

from goodoffices.analysis.stability.answering import StabilityLimits, stability
from goodoffices.analysis.stability.changes import with_change
from goodoffices.analysis.stability.checks import move_problems
from goodoffices.analysis.stability.inverse import InverseResult, inverse
from goodoffices.analysis.stability.problems import MoveProblem
from goodoffices.analysis.stability.promises import Promise, PromisesResult, promises
from goodoffices.analysis.stability.result import StabilityResult
from goodoffices.analysis.stability.what_if import WhatIfResult, what_if

__all__ = [
    "InverseResult",
    "MoveProblem",
    "Promise",
    "PromisesResult",
    "StabilityLimits",
    "StabilityResult",
    "WhatIfResult",
    "inverse",
    "move_problems",
    "promises",
    "stability",
    "what_if",
    "with_change",
]
