"""What `stability` answers: frozen results that carry their reasons as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goodoffices.analysis.json_form import json_form

StateIds = tuple[str, ...]
"""States by their ids: the names of the case, else numbers from 1."""


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state.

    Attributes:
        id: the name that the case gives it, else its number from 1 in the order of the codes.
        code: the sum of ``2**index`` over the moves made; of a merged state, its smallest.
        moves: the moves made in it; of a merged state, in its smallest code.
        feasible: always true: other combinations are no states.
    """

    id: str
    code: int
    moves: tuple[str, ...]
    feasible: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """A move: who makes it, and the state it leads to."""

    by: str
    to: str


@dataclass(frozen=True, slots=True)
class Sanction:
    """What the others can do against an improvement, move by move, and nobody moves twice running.

    For SMR and SSEQ the party has no answer, either, that it prefers to where it began. For
    simultaneous sanctions the moves are made at once from the state itself, each to where it
    alone would lead. For concepts of foresight it is what the party foresees after a move.

    Attributes:
        improvement: the improvement; with foresight, any move of the party.
        moves: the moves that follow, or that are made at the same moment.
        end: the state to which all of it leads.
    """

    improvement: str
    moves: tuple[Step, ...]
    end: str


@dataclass(frozen=True, slots=True)
class Witness:
    """Why a state is stable for a party by a concept, or why not.

    Attributes:
        state: the state.
        party: the party.
        concept: the concept.
        stable: the verdict.
        unsanctioned: an improvement that nobody sanctions; None when the state is stable.
        sanctions: for each improvement the shortest sanction; empty when the state is not stable.
            With foresight: for each move of the party, or for the one that it makes, what follows.
        horizon: with foresight, the number of moves foreseen; else None.
    """

    state: str
    party: str
    concept: str
    stable: bool
    unsanctioned: str | None
    sanctions: tuple[Sanction, ...]
    horizon: int | None = None


@dataclass(frozen=True, slots=True)
class Evolution:
    """A shortest way from the state now to an equilibrium.

    Attributes:
        to: the equilibrium.
        improving: whether every move is an improvement for the one who makes it.
        reachable: whether there is such a way.
        moves: the moves; empty when the state now is the equilibrium, or cannot lead there.
    """

    to: str
    improving: bool
    reachable: bool
    moves: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Departure:
    """A joint move that leaves a state which none of its makers leaves alone.

    Attributes:
        state: the state that is left.
        parties: who move together; no part of them could reach ``to`` and want to.
        to: a state that each of them prefers.
        moves: a shortest legal sequence of their moves.
        equilibrium: the concepts by which ``to`` is an equilibrium.
    """

    state: str
    parties: tuple[str, ...]
    to: str
    moves: tuple[Step, ...]
    equilibrium: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stability:
    """Which states are stable by several concepts.

    Attributes:
        equilibria: by concept, the states that are stable for every party.
        stable: by party and concept, the states that are stable for it.
        witnesses: why verdicts are what they are.
    """

    equilibria: Mapping[str, StateIds]
    stable: Mapping[str, Mapping[str, StateIds]]
    witnesses: tuple[Witness, ...]


@dataclass(frozen=True, slots=True)
class JointStep:
    """A step of a sanction against a coalition: of one of the others, or of several together.

    Attributes:
        parties: who move.
        to: the state that they reach; by SEQ each of them prefers it to where the step began.
        moves: a shortest legal sequence of their moves.
    """

    parties: tuple[str, ...]
    to: str
    moves: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class CoalitionSanction:
    """What the others can do against a joint improvement.

    Attributes:
        improvement: the state that the coalition would reach.
        moves: a shortest legal sequence of its moves to there.
        steps: the steps of the others from there; no group steps twice running.
    """

    improvement: str
    moves: tuple[Step, ...]
    steps: tuple[JointStep, ...]


@dataclass(frozen=True, slots=True)
class CoalitionWitness:
    """Why a state is stable for a coalition by a concept, or why not.

    Attributes:
        state: the state.
        parties: the coalition.
        concept: the concept.
        stable: the verdict.
        unsanctioned: a joint improvement that nobody sanctions; None when the state is stable.
        moves: a shortest legal sequence of the coalition's moves to it.
        sanctions: for each joint improvement a sanction; empty when the state is not stable.
    """

    state: str
    parties: tuple[str, ...]
    concept: str
    stable: bool
    unsanctioned: str | None
    moves: tuple[Step, ...]
    sanctions: tuple[CoalitionSanction, ...]


@dataclass(frozen=True, slots=True)
class Coalitions:
    """What parties can do together.

    Attributes:
        equilibria: by concept, the states that are stable for every coalition.
        stable: by party and concept, the states stable for every coalition that it is in.
        departures: from each equilibrium that no side leaves alone, the joint moves that do.
        witnesses: why verdicts on coalitions of two or more are what they are.
    """

    equilibria: Mapping[str, StateIds]
    stable: Mapping[str, Mapping[str, StateIds]]
    departures: tuple[Departure, ...]
    witnesses: tuple[CoalitionWitness, ...]


@dataclass(frozen=True, slots=True)
class NotAnswered:
    """A part of the answer that is not there, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class StabilityResult:
    """Which states would hold and why.

    Attributes:
        case: the name of the case.
        parties: the parties whose preferences count, in the order of the case.
        now: the state as of now; None when the case has no moves.
        total: number of feasible states.
        states: the states; of a large model only the one now and those on ``paths``.
        equilibria: by concept, the states that are stable for every party.
        stable: by party and concept, the states that are stable for it; empty for a large model.
        witnesses: why verdicts are what they are.
        paths: how the state now could come to each equilibrium.
        coalitions: what parties can do together.
        unknown: by extension, ``a`` to ``d``, where pairs of states have no known order.
        strength: ``general`` and ``strong``, where some preferences are marked as great.
        variants: by concept, the definition that was used.
        missing: what is not answered, and why.
        method: how it was computed.
    """

    case: str
    parties: tuple[str, ...]
    now: str | None
    total: int
    states: tuple[StateRow, ...]
    equilibria: Mapping[str, StateIds]
    stable: Mapping[str, Mapping[str, StateIds]]
    witnesses: tuple[Witness, ...]
    paths: tuple[Evolution, ...]
    coalitions: Coalitions
    unknown: Mapping[str, Stability]
    strength: Mapping[str, Stability]
    variants: Mapping[str, str]
    missing: tuple[NotAnswered, ...]
    method: str

    def to_data(self) -> dict[str, Any]:
        """Return the result as plain data for JSON."""
        data: dict[str, Any] = json_form(self)
        return data
