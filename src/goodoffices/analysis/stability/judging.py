"""How one side judges its states in a small model: what tempts it, what deters it, who answers.

The concepts that compare states in pairs (coalitions, unknown and great preferences) differ in
these only; the verdicts and their witnesses follow here, once for all of them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from goodoffices.analysis.stability.relations import (
    Bits,
    Relation,
    Relations,
    members,
    reached,
    sanctioned,
)

PAIR_CONCEPTS = ("nash", "gmr", "smr", "seq")
"""The concepts that are decided for coalitions, unknown and great preferences."""

Name = TypeVar("Name", bound=Hashable)
Steps = list[tuple[Name, int]]
"""Who steps and to which state, in order."""


@dataclass(frozen=True)
class Judgement:
    """What counts for one side.

    Attributes:
        relations: the model.
        tempting: for each state, those that the side could move to and would want to.
        bad: for each state, those that deter the side from leaving it.
        own: for each state, those to which the side can move on.
        others: who can answer.
        credible: the steps by which others answer credibly, by who makes them.
    """

    relations: Relations
    tempting: Relation
    bad: Sequence[Bits]
    own: Relation
    others: tuple[str, ...]
    credible: Mapping[tuple[str, ...], Relation]

    @cached_property
    def _credibly(self) -> list[Bits]:
        return reached(list(self.credible.values()), self.relations.size)

    def verdict(self, concept: str) -> list[bool]:
        """Return for each state whether it is stable by a concept of `PAIR_CONCEPTS`."""
        if concept == "nash":
            return [bits == 0 for bits in self.tempting]
        sanctions = self._credibly if concept == "seq" else self.relations.reach(self.others)
        answers = self.own if concept == "smr" else None
        return sanctioned(self.tempting, sanctions, self.bad.__getitem__, answers)

    def answers(self, concept: str, state: int) -> dict[int, Steps[tuple[str, ...]] | None]:
        """Return for each tempting move from a state the shortest sanction, None without one."""
        ends = self._ends(concept, state)
        steps = self.credible
        if concept != "seq":
            steps = {(name,): self.relations.moves[name] for name in self.others}
        return {
            move: shortest_steps(steps, move, ends) if ends else None
            for move in members(self.tempting[state])
        }

    def _ends(self, concept: str, state: int) -> Bits:
        """Return where a sanction against leaving a state may end."""
        bad = self.bad[state]
        if concept == "nash":
            return 0
        if concept != "smr":
            return bad
        return sum(1 << end for end in members(bad) if self.own[end] & ~bad == 0)


def decided(judgements: Mapping[Name, Judgement]) -> dict[str, dict[Name, list[bool]]]:
    """Return by concept and side whether each state is stable."""
    return {
        concept: {side: judgement.verdict(concept) for side, judgement in judgements.items()}
        for concept in PAIR_CONCEPTS
    }


def shortest_steps(steps: Mapping[Name, Relation], start: int, wanted: Bits) -> Steps[Name] | None:
    """Return a shortest sequence of steps to a wanted state; None when there is none.

    There is at least one step, and nobody's step follows another of the same name.

    >>> shortest_steps({"a": [0b10, 0, 0], "b": [0, 0b100, 0]}, 0, 0b100)
    [('a', 1), ('b', 2)]
    """
    came: dict[tuple[Name, int], tuple[Name, int] | None] = {}
    queue: deque[tuple[Name, int] | None] = deque([None])
    while queue:
        here = queue.popleft()
        last, state = here or (None, start)
        for name, relation in steps.items():
            for target in members(relation[state]) if name != last else ():
                there = (name, target)
                if there not in came:
                    came[there] = here
                    if wanted >> target & 1:
                        return _back(came, there)
                    queue.append(there)
    return None


def _back(
    came: Mapping[tuple[Name, int], tuple[Name, int] | None], last: tuple[Name, int]
) -> Steps[Name]:
    found = [last]
    while (before := came[found[-1]]) is not None:
        found.append(before)
    return found[::-1]
