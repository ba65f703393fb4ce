"""Problems of moves as values, and what every condition on moves has to be."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from goodoffices.analysis.stability.scores import statement_truth
from goodoffices.analysis.stability.states import States
from goodoffices.errors import CallError
from goodoffices.model import Bounds, Condition, Is, Not, OneOf, OptionTest, each_test
from goodoffices.model.conditions import Path
from goodoffices.model.preferences import PreferenceStatement


@dataclass(frozen=True, slots=True)
class MoveProblem:
    """One thing that is wrong with the moves of a case.

    Attributes:
        path: place in the case.
        expected: what should stand there, in words.
        found: what stands there, or "" when nothing does.
    """

    path: Path
    expected: str
    found: str = ""


def raise_first(problems: Sequence[MoveProblem]) -> None:
    """Raise the first of some problems, if there is one.

    Raises:
        CallError: names the place, what was expected there, and how many more there are.
    """
    if problems:
        first = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        place = ".".join(str(step) for step in first.path)
        raise CallError(place, expected=f"{first.expected}{more}", found=first.found)


def asked_of_moves(
    condition: Condition, path: Path, known: Collection[str]
) -> Iterator[MoveProblem]:
    """Yield what is wrong with a condition that should speak of known moves only."""
    for test, place in each_test(condition, path):
        if test.issue not in known:
            yield MoveProblem(place, "a move of the case", test.issue)
        elif not _is_yes_or_no(test.test):
            yield MoveProblem(place, "yes or no")


def asks_in(statement: PreferenceStatement, place: Path) -> Iterator[tuple[Path, Condition]]:
    """Yield the conditions of a statement with their places."""
    parts = (("prefers", statement.prefers), ("if", statement.if_), ("iff", statement.iff))
    yield from (((*place, key), part) for key, part in parts if part is not None)


def statement_lacks(statement: PreferenceStatement, states: States) -> str:
    """Return what a statement would have to be to order the states; "" when it does.

    It has to hold of some feasible state, and alike of all codes of a merged one.
    """
    holds = statement_truth(statement, states.feasible, states.moves)
    if not holds.any():
        return "a statement that some feasible state satisfies"
    if states.merged_into is not None:
        first = holds[np.searchsorted(states.feasible, states.codes)]
        if (holds != first[states.merged_into]).any():
            return "a statement that is the same of all codes of a merged state"
    return ""


def _is_yes_or_no(test: OptionTest) -> bool:
    if isinstance(test, Bounds):
        return False
    if isinstance(test, Is):
        return test.option in {"yes", "no"}
    return all(map(_is_yes_or_no, test.tests if isinstance(test, OneOf) else (_inner(test),)))


def _inner(test: Not) -> OptionTest:
    return test.test
