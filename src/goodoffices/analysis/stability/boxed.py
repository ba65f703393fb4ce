"""The graph of a case in which moves alone decide what is reached: states in a box of bits.

Values of all codes lie in one array, feasible or not, whose bits are sorted by mover, so that the
states that differ in one mover's moves only (a fibre) are an axis of it. One step of a mover is
then a few operations on whole arrays, and what several movers reach is found by repeating their
steps until nothing changes; where that takes long, by `least_reached`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from goodoffices.analysis.stability.condensation import least_reached
from goodoffices.analysis.stability.ladders import Block, Fibres, ladders, reaching
from goodoffices.analysis.stability.movers import Mover
from goodoffices.analysis.stability.states import Array, States

_HIGH = np.int32(2**31 - 1)
_LOW = np.int32(-(2**31))
PATIENCE = 48
"""How many steps of single movers are tried before the graph is written out."""
_MANY_PATTERNS = 16
_FEW_CHOICES = 4
"""Choices are compared in pairs from so many patterns of one-way moves, with so few of the rest."""


class BoxedGraph:
    """The one-step relations where no states are merged and no single move is removed."""

    transitive = True

    def __init__(
        self, states: States, movers: Sequence[Mover], scores: Mapping[str, Array]
    ) -> None:
        self.movers = tuple(movers)
        self.scores = scores
        self._states = states
        self._owners = {mover.name: mover for mover in movers}
        self._size = 1 << len(states.moves)
        self._shapes: dict[str, tuple[int, int, int, int]] = {}
        self._ladders: dict[str, list[list[Block]]] = {}
        self._pairwise: dict[str, Array] = {}
        self._place = self._layout()
        self._feasible = np.zeros(self._size, dtype=np.bool_)
        self._feasible[self._place] = True
        self._full = len(states) == self._size
        self._infeasible = ~self._feasible

    def _layout(self) -> Array:
        """Return the place of each state in the box: movers from high to low, one-way bits first.

        A move that can only be taken back is stored turned round, so that every one-way bit
        changes from 0 to 1.
        """
        place = np.zeros(len(self._states), dtype=np.int32)
        low, codes = 0, self._states.codes
        for mover in reversed(self.movers):
            one_way, both = mover.one_way, mover.both_ways
            width = len(mover.bits)
            rest = self._size >> (low + width)
            self._shapes[mover.name] = (rest, 1 << len(one_way), 1 << len(both), 1 << low)
            for offset, bit in enumerate((*both, *one_way)):
                made = ((codes >> bit) & 1) ^ (1 if bit in mover.backward else 0)
                place |= made.astype(np.int32) << np.int32(low + offset)
            low += width
        return place

    def native(self, values: Array) -> Array:
        """Return an array over states as an array over the box."""
        box = np.zeros(self._size, dtype=values.dtype)
        box[self._place] = values
        return box

    def over_states(self, values: Array) -> Array:
        """Return an array over the box as one over states."""
        return np.asarray(values[self._place])

    def targets(self, mover: str, state: int) -> Array:
        """Return the states that a mover reaches from a state in one step, in order."""
        if mover not in self._owners:
            return np.zeros(0, dtype=np.int64)
        owner = self._owners[mover]
        here = int(self._states.codes[state])
        there = (here & ~owner.mask) | owner.choices
        there = there[owner.may_go(here, there) & (there != here)]
        codes = self._states.codes
        place = np.searchsorted(codes, there)
        known = place < len(codes)
        known[known] = codes[place[known]] == there[known]
        return np.asarray(place[known])

    def best(self, mover: str, values: Array) -> Array:
        """Return the largest value among each code and the feasible ones reached in a step."""
        start = values.copy() if self._full else np.where(self._feasible, values, _LOW)
        return self._step(mover, start, np.maximum) if mover in self._shapes else start

    def least(self, movers: Sequence[str], values: Array, *, improving: bool) -> Array:
        """Return the smallest value among each code and those that movers reach together."""
        start = values.copy() if self._full else np.where(self._feasible, values, _HIGH)
        active = [name for name in movers if not improving or name in self.scores]
        if not active:
            return start
        unchanged = 0
        for turn in range(PATIENCE):
            name = active[turn % len(active)]
            lowered = self._improve(name, start) if improving else self._reach(name, start)
            # After its own step a mover adds nothing, so that step counts as the first of them.
            unchanged = 1 if lowered else unchanged + 1
            if unchanged >= len(active):
                return start
        return self._written_out(active, start, improving=improving)

    def _reach(self, mover: str, values: Array) -> bool:
        """Lower each code, in place, to the smallest value a step away; tell whether any was."""
        stepped = self._step(mover, values.copy(), np.minimum)
        if not self._full:
            stepped[self._infeasible] = _HIGH
        lowered = not np.array_equal(stepped, values)
        values[:] = stepped
        return lowered

    def _step(self, mover: str, values: Array, better: np.ufunc) -> Array:
        """Spread values, in place, to the codes from which a mover reaches theirs in one step."""
        rest, one_way, both, low = self._shapes[mover]
        box = values.reshape(rest, one_way, both, low)
        if both > 1:
            box[:] = better.reduce(box, axis=2, keepdims=True)
        width = 1
        while width < one_way:
            halves = box.reshape(rest, one_way // (2 * width), 2, width, both * low)
            better(halves[:, :, 0], halves[:, :, 1], out=halves[:, :, 0])
            width *= 2
        return values

    def _improve(self, mover: str, values: Array) -> bool:
        """Lower each code, in place, to the smallest value that improves on it; tell if any was."""
        _, one_way, both, _ = self._shapes[mover]
        if one_way >= _MANY_PATTERNS and both <= _FEW_CHOICES:
            return self._improve_in_pairs(mover, values)
        lowered = [block.improve(values) for pattern in self._improving(mover) for block in pattern]
        return any(lowered)

    def _improve_in_pairs(self, mover: str, values: Array) -> bool:
        """Do the same, choice by choice: quicker than sorting where most moves are one-way."""
        rest, one_way, both, low = self._shapes[mover]
        shape = (rest, one_way * both, low)
        if mover not in self._pairwise:
            native = self.native(self.scores[mover])
            self._pairwise[mover] = self._choice_by_choice(native, shape)
        scores = self._pairwise[mover]
        found = self._choice_by_choice(values, shape)
        for choice in reversed(range(one_way * both)):
            pattern = choice // both
            for other in range(pattern * both, one_way * both):
                if other != choice and (other // both) & pattern == pattern:
                    better = scores[other] > scores[choice]
                    reached = np.where(better, found[other], _HIGH)
                    np.minimum(found[choice], reached, out=found[choice])
        new = found.reshape(shape[1], rest, low).transpose(1, 0, 2).reshape(-1)
        if not self._full:
            new = np.where(self._feasible, new, _HIGH)
        lowered = not np.array_equal(new, values)
        values[:] = new
        return lowered

    @staticmethod
    def _choice_by_choice(values: Array, shape: tuple[int, int, int]) -> Array:
        box = values.reshape(shape).transpose(1, 0, 2)
        return np.ascontiguousarray(box).reshape(shape[1], -1).copy()

    def _improving(self, mover: str) -> list[list[Block]]:
        """Return the ladders of a mover's improvements, made when first asked for."""
        if mover not in self._ladders:
            self._ladders[mover] = self._made(mover, self.native(self.scores[mover]))
        return self._ladders[mover]

    def _made(self, mover: str, scores: Array) -> list[list[Block]]:
        feasible = None if self._full else self._feasible
        return ladders(Fibres(*self._shapes[mover]), scores, feasible)

    def _written_out(self, movers: Sequence[str], values: Array, *, improving: bool) -> Array:
        """Return the same by writing the ladders out as nodes and arcs of one graph."""
        arcs: list[tuple[Array, Array]] = []
        size = self._size
        for name in movers:
            for block in self._blocks(name, improving=improving):
                arcs += block.arcs(size)
                size += len(block.order)
        sources, targets = (np.concatenate(ends) for ends in zip(*arcs, strict=True))
        start = np.concatenate([values, np.full(size - self._size, _HIGH, values.dtype)])
        return least_reached(start, sources, targets)[: self._size]

    def _blocks(self, mover: str, *, improving: bool) -> Iterator[Block]:
        if improving:
            made = self._improving(mover)
        else:
            made = reaching(self._made(mover, np.zeros(self._size, dtype=np.int32)))
        for pattern in made:
            yield from pattern
