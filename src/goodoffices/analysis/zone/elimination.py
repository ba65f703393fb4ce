"""Counting a part by eliminating its axes one after another.

The axes are taken in an order that keeps few clauses open. After each axis two choices of cells
matter only by the open clauses that they have met so far, so choices that met the same ones become
one state with a count. Before states are compared they are brought to one form: what an open
clause still needs may follow from what another one needs, and a state that leaves some axis no
cell is dropped. Beyond a few hundred states the work is done on whole arrays: counts of 64 bits
while their sum fits into that, else of any length; states as bits of clauses met, words by
states, where bit b of word w is slot ``64 * w + b``.

Source: bucket elimination (Dechter 1999) along a path decomposition, with the clauses met as
states instead of the cells chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goodoffices.analysis.zone.arrays import np
from goodoffices.analysis.zone.clauses import ClauseSet
from goodoffices.analysis.zone.counting_choices import WORD_LIMIT, below_each

if TYPE_CHECKING:
    from goodoffices.analysis.zone.arrays import Cells, Counts, Flags, States

_WORD = 64
_MIXER = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True)
class Limits:
    """Numbers of states at which the work changes its manner; no answer depends on them.

    Attributes:
        few: up to here states are moved one by one.
        sharpen: from here on states are brought to one form before they are merged.
        most: more are cut into pieces that are finished one after another, to save memory.
        traced: the most, over all axes, that a draw keeps.
    """

    few: int = 256
    sharpen: int = 1024
    most: int = 1 << 21
    traced: int = 1 << 24


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class _Step:
    """One axis in turn.

    Attributes:
        axis: the axis.
        moves: for each cell its weight and the slots of the clauses it meets.
        closed: slots of the clauses for which this is the last axis.
        needs: afterwards, by the slot of each open clause, its pairs on axes still to come.
    """

    axis: int
    moves: tuple[tuple[int, int], ...]
    closed: int
    needs: dict[int, dict[int, int]]


@dataclass(frozen=True, slots=True)
class _Layer:
    """How the states before an axis became those after it.

    Attributes:
        counts: counts of the states before.
        children: for each cell and each state before (cell by cell), the state after, or -1.
    """

    counts: Counts
    children: Cells


class TooLargeError(Exception):
    """A trace was asked for that would not fit into the memory allowed."""


class Elimination:
    """One part, its axes taken in one order.

    Args:
        zone: the part.
        axes: every axis of it once.
        poll: called now and then; may raise to end the work.
        limits: where the work changes its manner.

    >>> zone = ClauseSet(((1, 2), (1, 1)), (((0, 0b01), (1, 0b10)),))
    >>> Elimination(zone, (0, 1), lambda: None).count()
    4
    """

    def __init__(
        self,
        zone: ClauseSet,
        axes: Sequence[int],
        poll: Callable[[], None],
        *,
        limits: Limits = USUAL,
    ) -> None:
        self._limits = limits
        self._sizes = [len(row) for row in zone.weights]
        self._poll = poll
        self._steps = _steps(zone, axes)
        slots = 1 + max((slot for step in self._steps for slot in step.needs), default=0)
        self._words = -(-slots // _WORD)

    def count(self) -> int:
        """The number of packages."""
        few = {0: 1}
        for level, step in enumerate(self._steps):
            if len(few) > self._limits.few:
                return self._count_many(level, *self._arrays(few))
            few = _moved_few(step, few)
        return few.get(0, 0)

    def draw(self, rng: np.random.Generator, size: int) -> Cells:
        """Rows of cells of packages, each package as likely as any other.

        Raises:
            TooLargeError: the states do not fit into the memory allowed.
        """
        layers = self._trace()
        rows = np.zeros((size, len(self._steps)), dtype=np.int64)
        at = np.zeros(size, dtype=np.int64)
        for step, layer in zip(reversed(self._steps), reversed(layers), strict=True):
            at, rows[:, step.axis] = _back(step, layer, at, rng)
        return rows

    def _arrays(self, few: dict[int, int]) -> tuple[States, Counts]:
        states = np.array([split_words(state, self._words) for state in few], dtype=np.uint64)
        kind = np.int64 if sum(few.values()) < WORD_LIMIT else object
        return states.T.copy(), np.array(list(few.values()), dtype=kind)

    def _count_many(self, level: int, states: States, counts: Counts) -> int:
        for place in range(level, len(self._steps)):
            self._poll()
            room = max(1, self._limits.most // len(self._steps[place].moves))
            if len(counts) > room:
                cuts = range(0, len(counts), room)
                pieces = [(states[:, c : c + room], counts[c : c + room]) for c in cuts]
                return sum(self._count_many(place, *piece) for piece in pieces)
            states, counts = self._advance(self._steps[place], states, counts)
        return int(counts.sum()) if len(counts) else 0

    def _trace(self) -> list[_Layer]:
        layers: list[_Layer] = []
        states, counts = self._arrays({0: 1})
        used = 0
        for step in self._steps:
            self._poll()
            used += len(counts) * len(step.moves)
            if used > self._limits.traced:
                raise TooLargeError
            states, counts = self._advance(step, states, counts, layers)
        return layers

    def _advance(
        self, step: _Step, states: States, counts: Counts, layers: list[_Layer] | None = None
    ) -> tuple[States, Counts]:
        """Take one axis, and note in ``layers`` where each state went."""
        counts = _roomy(counts, sum(weight for weight, _ in step.moves))
        moved = np.concatenate([states | self._mask(met) for _, met in step.moves], axis=1)
        grown = np.concatenate([counts * w if w != 1 else counts for w, _ in step.moves])
        kept = _holds(moved, step.closed)
        merge = _Merge(moved[:, kept] & ~self._mask(step.closed))
        after, sums = merge.states, merge.sums(grown[kept])
        children = np.full(len(kept) if layers is not None else 0, -1, dtype=np.int64)
        if layers is not None:
            children[kept] = merge.groups()
            layers.append(_Layer(counts, children))
        if after.shape[1] < self._limits.sharpen:
            return after, sums
        sharp, alive = _sharpened(step, after, self._sizes)
        again = _Merge(sharp[:, alive])
        if layers is not None:
            where = np.full(len(alive) + 1, -1, dtype=np.int64)
            where[:-1][alive] = again.groups()
            children[:] = where[children]
        return again.states, again.sums(sums[alive])

    def _mask(self, mask: int) -> States:
        words: States = np.array(split_words(mask, self._words), dtype=np.uint64)
        return words[:, None]


class _Merge:
    """Equal states made one.

    States of several words are sorted by a mixture of them; equal states that the mixture should
    ever part by chance stay two, which costs time but changes no sum.
    """

    def __init__(self, states: States) -> None:
        key = states[0]
        for word in states[1:]:
            key = (key ^ (key >> np.uint64(29))) * np.uint64(_MIXER) + word
        self._order = np.argsort(key)
        ordered = states[:, self._order]
        self._new = np.ones(len(key), dtype=np.bool_)
        self._new[1:] = (ordered[:, 1:] != ordered[:, :-1]).any(axis=0)
        self.states: States = ordered[:, self._new]

    def sums(self, counts: Counts) -> Counts:
        """The counts of equal states together."""
        if not len(counts):
            return counts
        summed: Counts = np.add.reduceat(counts[self._order], np.flatnonzero(self._new))
        return summed

    def groups(self) -> Cells:
        """For each state given, its place among the merged ones."""
        places = np.empty(len(self._order), dtype=np.int64)
        places[self._order] = np.cumsum(self._new) - 1
        return places


def split_words(mask: int, words: int) -> list[int]:
    """The 64-bit words of a mask, lowest first.

    >>> split_words(1 << 65 | 3, 2)
    [3, 2]
    """
    return [mask >> _WORD * word & (1 << _WORD) - 1 for word in range(words)]


def _steps(zone: ClauseSet, axes: Sequence[int]) -> list[_Step]:
    """The steps of an elimination; a clause keeps one slot while it is open."""
    turn = {axis: place for place, axis in enumerate(axes)}
    occurs: dict[int, list[tuple[int, int]]] = {axis: [] for axis in axes}
    for index, clause in enumerate(zone.clauses):
        for axis, mask in clause:
            occurs[axis].append((index, mask))
    last = [max(turn[axis] for axis, _ in clause) for clause in zone.clauses]
    slot: dict[int, int] = {}
    spare: list[int] = []
    steps = []
    for place, axis in enumerate(axes):
        for index, _ in occurs[axis]:
            if index not in slot:
                slot[index] = spare.pop() if spare else len(slot)
        moves = tuple(
            (weight, sum(1 << slot[index] for index, mask in occurs[axis] if mask >> cell & 1))
            for cell, weight in enumerate(zone.weights[axis])
        )
        done = [index for index, _ in occurs[axis] if last[index] == place]
        closed = sum(1 << slot[index] for index in done)
        spare += [slot.pop(index) for index in done]
        needs = {
            at: {a: mask for a, mask in zone.clauses[index] if turn[a] > place}
            for index, at in slot.items()
        }
        steps.append(_Step(axis, moves, closed, needs))
    return steps


def _moved_few(step: _Step, few: dict[int, int]) -> dict[int, int]:
    """Take one axis from few states, one by one."""
    after: dict[int, int] = {}
    for state, count in few.items():
        for weight, met in step.moves:
            moved = state | met
            if moved & step.closed == step.closed:
                moved ^= step.closed
                after[moved] = after.get(moved, 0) + count * weight
    return after


def _roomy(counts: Counts, factor: int) -> Counts:
    """Counts that stay exact when their sum grows by a factor."""
    if counts.dtype == object or max(1, int(counts.sum())) * factor < WORD_LIMIT:
        return counts
    return counts.astype(object)


def _holds(states: States, mask: int) -> Flags:
    """Which states have met all clauses of a mask of slots."""
    held = np.ones(states.shape[1], dtype=np.bool_)
    for row, word in zip(states, split_words(mask, len(states)), strict=True):
        if word:
            held &= row & np.uint64(word) == np.uint64(word)
    return held


def _sharpened(step: _Step, states: States, sizes: Sequence[int]) -> tuple[States, Flags]:
    """States in one form, and which of them leave every axis a cell."""
    states = states.copy()
    alive = np.ones(states.shape[1], dtype=np.bool_)
    for axis in sorted({axis for need in step.needs.values() if len(need) == 1 for axis in need}):
        blocked = _blocked(step, axis, states, sizes[axis])
        alive &= ~_all_of(blocked)
        _apply_narrowing(step, axis, states, blocked)
    for slot, need in step.needs.items():
        for other, wide in step.needs.items():
            if slot == other or len(need) == 1 or not _implies(need, wide):
                continue
            if need != wide:
                _note(states, other, _lacks(states, slot))
            elif slot < other:
                lacking = _lacks(states, other)
                _note(states, other, lacking)
                _note(states, slot, lacking, met=False)
    return states, alive


def _blocked(step: _Step, axis: int, states: States, size: int) -> list[Flags]:
    """For each cell of an axis to come, which states can no longer take it.

    A clause with that axis alone to come, and not met yet, needs one of the cells of its mask.
    """
    single = [(slot, need[axis]) for slot, need in step.needs.items() if need.keys() == {axis}]
    return [
        ~_holds(states, sum(1 << slot for slot, mask in single if not mask >> cell & 1))
        for cell in range(size)
    ]


def _apply_narrowing(step: _Step, axis: int, states: States, blocked: Sequence[Flags]) -> None:
    """Note what follows from the cells blocked: needs of the axis alone, and clauses it meets."""
    for slot, need in step.needs.items():
        if axis in need:
            outside = [flags for cell, flags in enumerate(blocked) if not need[axis] >> cell & 1]
            _note(states, slot, _all_of(outside), met=len(need) > 1)


def _all_of(flags: Sequence[Flags]) -> Flags:
    every: Flags = np.logical_and.reduce(flags)
    return every


def _implies(need: dict[int, int], wide: dict[int, int]) -> bool:
    """Whether whatever meets one need meets the other."""
    return all(mask & ~wide.get(axis, 0) == 0 for axis, mask in need.items())


def _lacks(states: States, slot: int) -> Flags:
    """Which states have not met the clause of a slot."""
    return ~_holds(states, 1 << slot)


def _note(states: States, slot: int, where: Flags, *, met: bool = True) -> None:
    """Note in some states that the clause of a slot is met, or that it is not."""
    word, place = divmod(slot, _WORD)
    flags = where.astype(np.uint64) << np.uint64(place)
    if met:
        states[word] |= flags
    else:
        states[word] &= ~flags


def _back(step: _Step, layer: _Layer, at: Cells, rng: np.random.Generator) -> tuple[Cells, Cells]:
    """From states after an axis, draw the states before it and the cells taken."""
    before = len(layer.counts)
    wanted = np.zeros(int(layer.children.max()) + 2, dtype=np.bool_)
    wanted[at] = True
    ways = np.flatnonzero(wanted[layer.children])
    ways = ways[np.argsort(layer.children[ways], kind="stable")]
    children = layer.children[ways]
    weights = np.array([weight for weight, _ in step.moves], dtype=layer.counts.dtype)
    sums = np.cumsum(layer.counts[ways % before] * weights[ways // before])
    ends = sums[np.searchsorted(children, at, side="right") - 1]
    starts = np.searchsorted(children, at, side="left")
    begins = np.where(starts > 0, sums[starts - 1], 0)
    drawn = ways[np.searchsorted(sums, begins + below_each(rng, ends - begins), side="right")]
    return drawn % before, drawn // before
