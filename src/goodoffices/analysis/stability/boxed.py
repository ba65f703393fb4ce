"""The graph of a case in which moves alone decide what is reached: states in a box of bits.

Values of all codes lie in one array, feasible or not, whose bits are sorted by mover, so that the
states that differ in one mover's moves only (a fibre) are an axis of it. One step of a mover is
then a few operations on whole arrays, and what several movers reach is found by repeating their
steps until nothing changes; where that takes long, by `least_reached`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from goodoffices.analysis.stability.condensation import least_reached
from goodoffices.analysis.stability.movers import Mover
from goodoffices.analysis.stability.states import Array, States

_HIGH = np.int32(2**31 - 1)
_LOW = np.int32(-(2**31))
PATIENCE = 48
"""How many steps of single movers are tried before the graph is written out."""
_MANY_PATTERNS = 16
_FEW_CHOICES = 4
"""Choices are compared in pairs from so many patterns of one-way moves, with so few of the rest."""


@dataclass(frozen=True)
class _Chain:
    """For the states of a fibre with one pattern of one-way moves: what improves on each.

    Attributes:
        order: ``[fibre, place]``, all codes that the pattern leads to, by the mover's score.
        own: ``[fibre, n]``, the codes that have the pattern itself.
        after: ``[fibre, n]``, the first place in ``order`` with a score above that of ``own``;
            None when ``own`` is ``order`` and no two scores are the same.
    """

    order: Array
    own: Array
    after: Array | None


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
        self._chains: dict[str, list[_Chain]] = {}
        self._pairwise: dict[str, Array] = {}
        self._place = self._layout()
        self._feasible = np.zeros(self._size, dtype=np.bool_)
        self._feasible[self._place] = True
        self._full = len(states) == self._size

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
            name, before = active[turn % len(active)], start
            start = self._improve(name, before) if improving else self._reach(name, before)
            # After its own step a mover adds nothing, so that step counts as the first of them.
            unchanged = unchanged + 1 if np.array_equal(before, start) else 1
            if unchanged >= len(active):
                return start
        return self._written_out(active, start, improving=improving)

    def _reach(self, mover: str, values: Array) -> Array:
        stepped = self._step(mover, values.copy(), np.minimum)
        return stepped if self._full else np.where(self._feasible, stepped, _HIGH)

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

    def _improve(self, mover: str, values: Array) -> Array:
        """Return for each code the smallest value among it and what improves on it for a mover."""
        _, one_way, both, _ = self._shapes[mover]
        if one_way >= _MANY_PATTERNS and both <= _FEW_CHOICES:
            values = self._improve_in_pairs(mover, values)
            return values if self._full else np.where(self._feasible, values, _HIGH)
        values = values.copy()
        for chain in self._improving(mover):
            above = values[chain.order]
            np.minimum.accumulate(above[:, ::-1], axis=1, out=above[:, ::-1])
            if chain.after is None:
                values[chain.own] = above
                continue
            above = np.concatenate([above, np.full((len(above), 1), _HIGH, above.dtype)], axis=1)
            found = np.take_along_axis(above, chain.after.astype(np.intp), axis=1)
            values[chain.own] = np.minimum(values[chain.own], found)
        return values if self._full else np.where(self._feasible, values, _HIGH)

    def _improve_in_pairs(self, mover: str, values: Array) -> Array:
        """Return the same, choice by choice: quicker than sorting where most moves are one-way."""
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
        return found.reshape(shape[1], rest, low).transpose(1, 0, 2).reshape(-1)

    @staticmethod
    def _choice_by_choice(values: Array, shape: tuple[int, int, int]) -> Array:
        box = values.reshape(shape).transpose(1, 0, 2)
        return np.ascontiguousarray(box).reshape(shape[1], -1).copy()

    def _improving(self, mover: str) -> list[_Chain]:
        """Return the chains of a mover's improvements, made when first asked for."""
        if mover not in self._chains:
            scores = self.native(self.scores[mover])
            self._chains[mover] = self._make_chains(mover, scores)
        return self._chains[mover]

    def _make_chains(self, mover: str, scores: Array) -> list[_Chain]:
        rest, one_way, both, low = self._shapes[mover]
        box = np.arange(self._size, dtype=np.int32).reshape(rest, one_way, both, low)
        codes = box.transpose(0, 3, 1, 2).reshape(rest * low, one_way, both)
        chains = []
        for pattern in reversed(range(one_way)):
            above = [other for other in range(one_way) if other & pattern == pattern]
            reached = codes[:, above].reshape(rest * low, -1)
            sort = np.argsort(scores[reached], axis=1, kind="stable").astype(np.int32)
            order = np.take_along_axis(reached, sort, axis=1)
            chains.append(_chain(order, sort < both, scores[order], codes[:, pattern]))
        return chains

    def _written_out(self, movers: Sequence[str], values: Array, *, improving: bool) -> Array:
        """Return the same by writing the chains out as nodes and arcs of one graph."""
        sources, targets, size = [], [], self._size
        for name in movers:
            for chain in self._improving(name) if improving else self._reaching(name):
                nodes = size + np.arange(chain.order.size).reshape(chain.order.shape)
                size += chain.order.size
                after = _places_after(chain)
                enters = after < chain.order.shape[1]
                rows = np.broadcast_to(np.arange(len(after))[:, None], after.shape)[enters]
                sources += [nodes.ravel(), nodes[:, :-1].ravel(), chain.own[enters]]
                targets += [chain.order.ravel(), nodes[:, 1:].ravel(), nodes[rows, after[enters]]]
        start = np.concatenate([values, np.full(size - self._size, _HIGH, values.dtype)])
        # An infeasible code can be neither left nor reached.
        arcs = np.concatenate(sources), np.concatenate(targets)
        real = np.concatenate([self._feasible, np.ones(size - self._size, dtype=np.bool_)])
        keep = real[arcs[0]] & real[arcs[1]]
        return least_reached(start, arcs[0][keep], arcs[1][keep])[: self._size]

    def _reaching(self, mover: str) -> list[_Chain]:
        """Return chains of all that a mover reaches in one step, whatever it prefers."""
        scores = np.zeros(self._size, dtype=np.int32)
        return [
            _Chain(chain.order, chain.own, np.zeros(chain.own.shape, dtype=np.int32))
            for chain in self._make_chains(mover, scores)
        ]


def _chain(order: Array, owned: Array, scores: Array, own: Array) -> _Chain:
    """Return a chain from codes sorted by score, and which of them have the pattern itself."""
    length = order.shape[1]
    rises = scores[:, 1:] > scores[:, :-1]
    if own.shape[1] == length:
        if rises.all():
            return _Chain(order, order, None)
        return _Chain(order, order, _next_rise(rises))
    after = _next_rise(rises)
    return _Chain(order, order[owned].reshape(own.shape), after[owned].reshape(own.shape))


def _next_rise(rises: Array) -> Array:
    """Return for each place the first later one with a larger score; the length when none."""
    length = rises.shape[1] + 1
    places = np.where(rises, np.arange(1, length, dtype=np.int32), np.int32(length))
    last = np.full((len(rises), 1), length, dtype=np.int32)
    padded = np.concatenate([places, last], axis=1)
    return np.asarray(np.minimum.accumulate(padded[:, ::-1], axis=1)[:, ::-1])


def _places_after(chain: _Chain) -> Array:
    if chain.after is not None:
        return chain.after
    length = chain.order.shape[1]
    return np.broadcast_to(np.arange(1, length + 1), chain.order.shape)
