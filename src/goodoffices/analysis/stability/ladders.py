"""A mover's improvements as ladders: the codes of each fibre, from the worst to the best.

What improves on a code lies above it on its ladder, so that the smallest value among all of that
is a running minimum from the top. Fibres lie one after the other in flat arrays, worked on in
blocks of some thousand codes, so that what is read at random stays near the processor. Only
feasible codes are on a ladder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from goodoffices.analysis.stability.states import Array

BLOCK = 1 << 16
"""Codes that are worked on together, about."""
_HIGH = 2**31 - 1


@dataclass(frozen=True)
class Fibres:
    """Where in a box the fibres of a mover lie.

    Attributes:
        rest: how many values the bits of movers above have.
        one_way: how many patterns of one-way moves there are.
        both: how many combinations of the mover's other moves.
        low: how many values the bits of movers below have.
    """

    rest: int
    one_way: int
    both: int
    low: int

    def codes(self, first: int, last: int, patterns: Array) -> Array:
        """Return the codes of some fibres with some patterns, a row for each fibre."""
        fibre = np.arange(first, last, dtype=np.int64)
        base = fibre // self.low * (self.one_way * self.both * self.low) + fibre % self.low
        choices = patterns[:, None] * self.both + np.arange(self.both)
        return np.asarray(base[:, None] + choices.ravel()[None, :] * self.low)

    def __len__(self) -> int:
        return self.rest * self.low


@dataclass(frozen=True)
class Block:
    """Some fibres of a ladder.

    Attributes:
        order: the codes, by fibre and in it by score.
        fibre: the number of each code's fibre within the block.
        own: places in ``order`` of those that have the pattern itself; None when all have.
        above: for each of these the first place with a larger score in its fibre; the length of
            ``order`` where there is none.
    """

    order: Array
    fibre: Array
    own: Array | None
    above: Array

    def improve(self, values: Array) -> bool:
        """Lower each own code to the smallest value that improves on it; tell whether any was."""
        here = values.take(self.order)
        running = np.empty(len(here) + 1, dtype=np.int64)
        running[-1] = _HIGH
        body = running[:-1]
        # Each fibre lies above all later ones, so that the running minimum starts anew in it.
        np.multiply(self.fibre, 1 << 32, out=body, dtype=np.int64)
        body += here
        np.minimum.accumulate(body[::-1], out=body[::-1])
        found = running.take(self.above).astype(np.int32)
        own = here if self.own is None else here.take(self.own)
        lower = found < own
        if not lower.any():
            return False
        order = self.order if self.own is None else self.order.take(self.own)
        values[order] = np.minimum(own, found)
        return True

    def arcs(self, first_node: int) -> Iterator[tuple[Array, Array]]:
        """Yield the block as arcs between codes and a node for each place, from a number on."""
        nodes = first_node + np.arange(len(self.order))
        same = self.fibre[1:] == self.fibre[:-1]
        yield nodes, self.order
        yield nodes[:-1][same], nodes[1:][same]
        enters = self.above < len(self.order)
        own = self.order if self.own is None else self.order[self.own]
        yield own[enters], nodes[self.above[enters]]


def ladders(fibres: Fibres, scores: Array, feasible: Array | None) -> list[list[Block]]:
    """Return a mover's ladders: for each pattern of its one-way moves, from the last, its blocks.

    A pattern leads to all patterns that include it.

    Args:
        fibres: where the mover's fibres lie.
        scores: its score of every code of the box.
        feasible: which codes are feasible; None when all are.
    """
    found = []
    for pattern in reversed(range(fibres.one_way)):
        patterns = np.arange(fibres.one_way)
        patterns = patterns[patterns & pattern == pattern]
        width = len(patterns) * fibres.both
        step = max(1, BLOCK // width)
        blocks = []
        for first in range(0, len(fibres), step):
            codes = fibres.codes(first, min(first + step, len(fibres)), patterns)
            # The pattern itself is the smallest of those that include it.
            block = _block(codes, scores, feasible, fibres.both)
            if len(block.order):
                blocks.append(block)
        found.append(blocks)
    return found


def _block(codes: Array, scores: Array, feasible: Array | None, own: int) -> Block:
    """Return the ladders of rows of codes, the first of which have the pattern itself."""
    count, width = codes.shape
    fibre = np.repeat(np.arange(count), width)
    has = np.tile(np.arange(width) < own, count)
    flat = codes.ravel()
    if feasible is not None:
        keep = feasible[flat]
        flat, fibre, has = flat[keep], fibre[keep], has[keep]
    key = (fibre << 32) + scores[flat]
    sort = np.argsort(key, kind="stable")
    order, fibre, has, key = flat[sort], fibre[sort], has[sort], key[sort]
    above = _above(key, fibre)
    all_own = width == own
    places = None if all_own else np.flatnonzero(has).astype(np.int32)
    return Block(
        order.astype(np.int32),
        fibre.astype(np.int32),
        places,
        (above if places is None else above[places]).astype(np.int32),
    )


def _above(key: Array, fibre: Array) -> Array:
    """Return for each place the first with a larger key of the same fibre, else the length."""
    size = len(key)
    starts = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])) if size else key[:0]
    run = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, size)))
    after = np.append(starts, size)[run + 1] if size else starts
    inside = after < size
    inside[inside] = fibre[after[inside]] == fibre[inside]
    return np.where(inside, after, size)


def reaching(blocks: list[list[Block]]) -> list[list[Block]]:
    """Return ladders on which every code leads to all of its fibre, whatever it is worth."""
    return [[_reaching(block) for block in pattern] for pattern in blocks]


def _reaching(block: Block) -> Block:
    first = np.searchsorted(block.fibre, block.fibre)
    own = first if block.own is None else first[block.own]
    return Block(block.order, block.fibre, block.own, own.astype(np.int32))
