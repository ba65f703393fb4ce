"""Witnesses of the concepts that compare states in pairs: who would answer what, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goodoffices.analysis.stability.coalitions import Coalition
from goodoffices.analysis.stability.judging import Judgement, shortest_steps
from goodoffices.analysis.stability.relations import Relations
from goodoffices.analysis.stability.result import (
    CoalitionSanction,
    CoalitionWitness,
    JointStep,
    Sanction,
    Step,
    Witness,
)
from goodoffices.analysis.stability.states import States


@dataclass(frozen=True)
class PairExplainer:
    """Words what judgements say with the ids of states."""

    relations: Relations
    states: States

    def witness(self, judgement: Judgement, party: str, state: int, concept: str) -> Witness:
        """Return why a state is stable for a party by a concept, or why not."""
        ids, sanctions = self.states.id, []
        for improvement, steps in judgement.answers(concept, state).items():
            if steps is None:
                return Witness(ids(state), party, concept, False, ids(improvement), ())
            moves = tuple(Step(name, ids(to)) for (name,), to in steps)
            sanctions.append(Sanction(ids(improvement), moves, moves[-1].to))
        return Witness(ids(state), party, concept, True, None, tuple(sanctions))

    def joint_witness(
        self, judgement: Judgement, who: Coalition, state: int, concept: str
    ) -> CoalitionWitness:
        """Return why a state is stable for a coalition by a concept, or why not."""
        ids, sanctions = self.states.id, []
        for improvement, steps in judgement.answers(concept, state).items():
            moves = self._moves(who, state, improvement)
            if steps is None:
                free = ids(improvement)
                return CoalitionWitness(ids(state), who, concept, False, free, moves, ())
            joint = tuple(self._joint(improvement, steps))
            sanctions.append(CoalitionSanction(ids(improvement), moves, joint))
        return CoalitionWitness(ids(state), who, concept, True, None, (), tuple(sanctions))

    def _joint(self, start: int, steps: Sequence[tuple[Coalition, int]]) -> Iterator[JointStep]:
        here = start
        for who, to in steps:
            yield JointStep(who, self.states.id(to), self._moves(who, here, to))
            here = to

    def _moves(self, who: Coalition, start: int, end: int) -> tuple[Step, ...]:
        """Return a shortest legal sequence by which some reach a state that they can reach."""
        moves = {name: self.relations.moves[name] for name in who if name in self.relations.moves}
        found = shortest_steps(moves, start, 1 << end)
        assert found is not None
        return tuple(Step(name, self.states.id(to)) for name, to in found)
