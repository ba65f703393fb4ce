"""What each mover can do in one step: which codes it reaches from a code by its own moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from goodoffices.analysis.stability.states import Array
from goodoffices.model import Case
from goodoffices.model.preferences import MoveOption


@dataclass(frozen=True)
class Mover:
    """A party or third party with moves of its own.

    Attributes:
        name: its id.
        bits: the bits of its moves, lowest first.
        forward: those of them that it can only make.
        backward: those that it can only take back.
    """

    name: str
    bits: tuple[int, ...]
    forward: frozenset[int] = frozenset()
    backward: frozenset[int] = frozenset()

    @cached_property
    def mask(self) -> int:
        """The sum of the bits' values."""
        return sum(1 << bit for bit in self.bits)

    @property
    def one_way(self) -> tuple[int, ...]:
        """The bits that change one way only, lowest first."""
        return tuple(bit for bit in self.bits if bit in self.forward or bit in self.backward)

    @property
    def both_ways(self) -> tuple[int, ...]:
        """The other bits, lowest first."""
        return tuple(bit for bit in self.bits if bit not in self.one_way)

    @cached_property
    def choices(self) -> Array:
        """Return every combination of its own moves, as codes in order."""
        codes = np.zeros(1, dtype=np.int64)
        for bit in self.bits:
            codes = np.concatenate([codes, codes | (1 << bit)])
        return codes

    def may_go(self, here: Array | int, there: Array) -> Array:
        """Whether its moves lead one way only from codes to codes that agree in all others'."""
        stuck = (here & ~there & self._forward) | (there & ~here & self._backward)
        return np.asarray(stuck == 0)

    @cached_property
    def _forward(self) -> int:
        return sum(1 << bit for bit in self.forward)

    @cached_property
    def _backward(self) -> int:
        return sum(1 << bit for bit in self.backward)


def movers_of(options: Mapping[str, MoveOption], case: Case) -> tuple[Mover, ...]:
    """Return those who own moves: parties, then third parties, in the order of the case."""
    owned: dict[str, list[int]] = {}
    ways: dict[str, set[int]] = {"forward": set(), "backward": set(), "both": set()}
    for bit, option in enumerate(options.values()):
        owned.setdefault(option.by, []).append(bit)
        ways[option.direction].add(bit)
    order = [name for name in (*case.parties, *case.third_parties) if name in owned]
    return tuple(
        Mover(
            name,
            tuple(owned[name]),
            frozenset(ways["forward"].intersection(owned[name])),
            frozenset(ways["backward"].intersection(owned[name])),
        )
        for name in order
    )
