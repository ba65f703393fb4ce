"""States: the feasible combinations of moves, as codes of one bit per move.

The bit of a move is its place in the case, so a code is the sum of ``2**index`` over the moves
that are made. Arrays over states are in the order of the codes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from goodoffices.errors import CallError, NotFoundError
from goodoffices.model import (
    AllOf,
    AnyOf,
    Bounds,
    Condition,
    Is,
    Not,
    OneOf,
    OptionTest,
    Test,
    issues_in,
)
from goodoffices.model.preferences import Moves

Array = npt.NDArray[Any]
"""An array whose kind of number the name of its variable tells."""

MOST_MOVES = 62
MOST_STATES = 2**26
"""More states than this are refused: their arrays would not fit into a common memory."""


def admits(test: OptionTest, made: str) -> bool:
    """Whether an option test is passed by a move that is made, ``yes``, or not, ``no``.

    Raises:
        CallError: the test asks for bounds, which a move has not.

    >>> from goodoffices.model.conditions import parse_test
    >>> admits(parse_test({"not": "yes"}), "no")
    True
    """
    if isinstance(test, Is):
        return test.option == made
    if isinstance(test, OneOf):
        return any(admits(part, made) for part in test.tests)
    if isinstance(test, Not):
        return not admits(test.test, made)
    assert isinstance(test, Bounds)
    raise CallError("a condition on a move", expected="yes or no", found="at-least or at-most")


def truth(condition: Condition, codes: Array, index: Mapping[str, int]) -> Array:
    """Return for each code whether a condition on moves holds of it.

    Args:
        condition: speaks of moves with the options ``yes`` and ``no``.
        codes: codes of combinations.
        index: the bit of each move.
    """
    if isinstance(condition, Test):
        no, yes = (admits(condition.test, made) for made in ("no", "yes"))
        if no == yes:
            return np.full(len(codes), yes)
        made = (codes >> index[condition.issue]) & 1
        return np.asarray(made == int(yes))
    parts = [truth(part, codes, index) for part in condition.parts]
    if isinstance(condition, AllOf):
        return np.asarray(np.logical_and.reduce(parts))
    some: Array = np.logical_or.reduce(parts)
    return some if isinstance(condition, AnyOf) else ~some


def feasible_codes(names: Sequence[str], infeasible: Sequence[Condition]) -> Array:
    """Return the codes that meet none of the infeasible conditions, in order.

    Move by move, so that combinations ruled out by the first moves are never formed.

    >>> from goodoffices.model import parse_condition
    >>> both = parse_condition({"strike": "yes", "lock-out": "yes"})
    >>> feasible_codes(["strike", "lock-out"], [both]).tolist()
    [0, 1, 2]
    """
    index = {name: bit for bit, name in enumerate(names)}
    if len(names) > MOST_MOVES:
        raise CallError("moves", expected=f"at most {MOST_MOVES} of them", found=str(len(names)))
    due: dict[int, list[Condition]] = {}
    for condition in infeasible:
        last = max((index[name] for name in issues_in(condition)), default=0)
        due.setdefault(last, []).append(condition)
    codes: Array = np.zeros(1, dtype=np.int32 if len(names) < 31 else np.int64)
    for bit in range(len(names)):
        if len(codes) > MOST_STATES // 2:
            raise CallError("moves", expected=f"at most {MOST_STATES:,} states")
        codes = np.concatenate([codes, codes | codes.dtype.type(1 << bit)])
        for condition in due.get(bit, ()):
            codes = codes[~truth(condition, codes, index)]
    return codes


def _classes(moves: Moves, codes: Array, index: Mapping[str, int]) -> Array | None:
    """Return the state of each feasible code where some are merged, else None."""
    if not moves.merged:
        return None
    label = np.arange(len(codes))
    for condition in moves.merged:
        together = np.unique(label[truth(condition, codes, index)])
        if len(together) > 1:
            label[np.isin(label, together)] = together[0]
    return np.asarray(np.unique(label, return_inverse=True)[1])


@dataclass(frozen=True, eq=False)
class States:
    """The states of a case.

    Attributes:
        moves: ids of the moves; the bit of each is its place.
        feasible: the feasible codes, in order.
        merged_into: the state of each feasible code, or None where none are merged.
        codes: the code of each state; of a merged one, its smallest.
        names: the state of each name that the case gives.
        now: the state as of now; None when that combination is not feasible.
    """

    moves: tuple[str, ...]
    feasible: Array
    merged_into: Array | None
    codes: Array
    names: Mapping[str, int]
    now: int | None

    @classmethod
    def of(cls, moves: Moves) -> States:
        """Return the states that the moves of a case make."""
        names = tuple(moves.options)
        index = {name: bit for bit, name in enumerate(names)}
        codes = feasible_codes(names, moves.infeasible)
        label = _classes(moves, codes, index)
        first = codes if label is None else codes[np.unique(label, return_index=True)[1]]
        found: dict[str, int] = {}
        for id, taken in moves.states.items():
            place = _state_at(sum(1 << index[move] for move in taken), codes, label)
            if place is not None:
                found[id] = place
        states = cls(names, codes, label, first, found, None)
        return replace(states, now=states._today(moves))

    def _today(self, moves: Moves) -> int | None:
        if moves.now is not None:
            return self.index(moves.now) if self.has(moves.now) else None
        made = (bit for bit, move in enumerate(moves.options.values()) if move.now == "yes")
        return self.at(sum(1 << bit for bit in made))

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def _ids(self) -> dict[int, str]:
        return {state: id for id, state in reversed(list(self.names.items()))}

    def id(self, state: int) -> str:
        """Return the id of a state: the case's name for it, else its number from 1."""
        return self._ids.get(int(state), str(int(state) + 1))

    def ids(self, states: Array | Sequence[int]) -> tuple[str, ...]:
        """Return the ids of several states."""
        return tuple(self.id(state) for state in states)

    def index(self, id: str) -> int:
        """Return the state of an id.

        Raises:
            NotFoundError: no state has this id.
        """
        if not self.has(id):
            words = "the name or number of a feasible state"
            raise NotFoundError("a state", expected=words, found=id)
        return self.names[id] if id in self.names else int(id) - 1

    def has(self, id: str) -> bool:
        """Whether some state has this id."""
        if id in self.names:
            return True
        number = int(id) if id.isascii() and id.isdigit() and len(id) < 20 else 0
        return 0 < number <= len(self) and self.id(number - 1) == id

    def at(self, code: int) -> int | None:
        """Return the state of a code, None when the code is not feasible."""
        return _state_at(code, self.feasible, self.merged_into)

    def made_in(self, state: int) -> tuple[str, ...]:
        """Return the moves that are made in a state; in a merged one, in its smallest code."""
        code = int(self.codes[state])
        return tuple(move for bit, move in enumerate(self.moves) if code >> bit & 1)


def _state_at(code: int, codes: Array, label: Array | None) -> int | None:
    place = int(np.searchsorted(codes, code))
    if place == len(codes) or codes[place] != code:
        return None
    return place if label is None else int(label[place])
