"""Small models as packed bits: for each state a whole number whose bits are states.

Concepts that need pairs of states rather than scores are decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from goodoffices.analysis.stability.graph import Graph
from goodoffices.analysis.stability.states import Array

Bits = int
"""A set of states: bit ``s`` is set when state ``s`` is in it."""
Relation = Sequence[Bits]
"""For each state the set of states it is related to."""


def packed(chosen: Array) -> Bits:
    """Return the set of states that an array of truth values chooses.

    >>> packed(np.array([True, False, True]))
    5
    """
    return int.from_bytes(np.packbits(chosen, bitorder="little").tobytes(), "little")


def members(bits: Bits) -> Iterator[int]:
    """Yield the states of a set, in order.

    >>> list(members(5))
    [0, 2]
    """
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def both(first: Relation, second: Relation) -> list[Bits]:
    """Return the pairs that two relations have in common."""
    return [one & other for one, other in zip(first, second, strict=True)]


def either(first: Relation, second: Relation) -> list[Bits]:
    """Return the pairs of two relations."""
    return [one | other for one, other in zip(first, second, strict=True)]


@dataclass(frozen=True)
class Relations:
    """One-step moves and preferences as relations.

    Attributes:
        movers: who can move.
        moves: by mover, the states reached in one step.
        better: by party, the states preferred to each.
        size: number of states.
    """

    movers: tuple[str, ...]
    moves: dict[str, list[Bits]]
    better: dict[str, list[Bits]]
    size: int
    _reached: dict[tuple[str, ...], list[Bits]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, graph: Graph, size: int) -> Relations:
        """Return the relations of a graph."""
        movers = tuple(mover.name for mover in graph.movers)
        moves = {
            name: [
                sum(1 << s for s in graph.targets(name, state).tolist()) for state in range(size)
            ]
            for name in movers
        }
        better = {
            party: [packed(scores > score) for score in scores]
            for party, scores in graph.scores.items()
        }
        return cls(movers, moves, better, size)

    @property
    def all(self) -> Bits:
        """The set of all states."""
        return (1 << self.size) - 1

    def others(self, *parties: str) -> tuple[str, ...]:
        """Return the movers that are not among some parties."""
        return tuple(name for name in self.movers if name not in parties)

    def moves_of(self, party: str) -> list[Bits]:
        """Return a party's one-step moves; none for a party that cannot move."""
        return self.moves.get(party, [0] * self.size)

    def reach(self, movers: Sequence[str]) -> list[Bits]:
        """Return what movers reach from each state by legal sequences."""
        key = tuple(movers)
        if key not in self._reached:
            self._reached[key] = reached([self.moves[name] for name in key], self.size)
        return self._reached[key]


def reached(steps: Sequence[Relation], size: int) -> list[Bits]:
    """Return what legal sequences of steps reach: no relation is used twice in succession.

    >>> reached([[0b10, 0, 0], [0, 0b100, 0]], 3)
    [6, 4, 0]
    """
    if len(steps) < 2:
        return list(steps[0]) if steps else [0] * size
    onward = [
        sum(step[state] << index * size for index, step in enumerate(steps) if index != last)
        for last in range(len(steps))
        for state in range(size)
    ]
    beyond = _beyond(onward)
    found = []
    for state in range(size):
        first = sum(step[state] << index * size for index, step in enumerate(steps))
        nodes = _with_beyond(first, first, beyond)
        found.append(_union(nodes >> index * size for index in range(len(steps))) & (1 << size) - 1)
    return found


def _union(sets: Iterable[Bits]) -> Bits:
    union = 0
    for bits in sets:
        union |= bits
    return union


def _beyond(onward: Sequence[Bits]) -> list[Bits]:
    """Return what each node of a graph reaches, itself only where it is on a circle.

    Node ``k * size + s`` is state ``s`` when the last step was by relation ``k``. The path of a
    depth-first search is kept as components: an arc back to one makes it and all after it one.
    The sets do in plain Python what would need a library of graphs, which takes longer to load
    than most cases take to decide.
    """
    beyond = [0] * len(onward)
    done = on_path = 0
    for start in range(len(onward)):
        path = [] if done >> start & 1 else [(1 << start, onward[start])]
        while path:
            own, leaving = path.pop()
            on_path |= own
            ahead = leaving & ~own & ~done
            if not ahead:
                reaches = _with_beyond(leaving, leaving & ~own, beyond)
                for node in members(own):
                    beyond[node] = reaches
                done |= own
                on_path &= ~own
            elif back := ahead & on_path:
                while back:
                    earlier, leaving_earlier = path.pop()
                    own, leaving = own | earlier, leaving | leaving_earlier
                    back &= ~earlier
                path.append((own, leaving))
            else:
                node = ahead.bit_length() - 1
                path += [(own, leaving), (1 << node, onward[node])]
    return beyond


def _with_beyond(nodes: Bits, ends: Bits, beyond: Sequence[Bits]) -> Bits:
    """Return nodes and all that some of them reach."""
    while ends:
        node = ends.bit_length() - 1
        nodes |= beyond[node]
        ends &= ~(beyond[node] | 1 << node)
    return nodes


def sanctioned(
    tempting: Relation,
    sanctions: Relation,
    bad: Callable[[int], Bits],
    answers: Relation | None = None,
) -> list[bool]:
    """Return for each state whether every tempting move from it is sanctioned.

    A move to ``x`` is sanctioned by a state in ``sanctions[x]`` that is bad, seen from the state
    where it began, and from which, if ``answers`` are given, every answer leads to a bad one, too.
    """
    stable = []
    for state, moves in enumerate(tempting):
        deterring = bad(state) if moves else 0
        stable.append(
            all(_is_sanctioned(sanctions[move], deterring, answers) for move in members(moves))
        )
    return stable


def _is_sanctioned(sanctions: Bits, deterring: Bits, answers: Relation | None) -> bool:
    possible = sanctions & deterring
    if answers is None:
        return possible != 0
    return any(answers[state] & ~deterring == 0 for state in members(possible))
