"""Stability: which states would hold, why, and how the parties could come to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from goodoffices.analysis.stability import variants
from goodoffices.analysis.stability.coalitions import (
    Coalition,
    coalition_judgements,
    joint_departures,
)
from goodoffices.analysis.stability.explaining import PairExplainer
from goodoffices.analysis.stability.foresight import Foresight, limited_move_verdicts
from goodoffices.analysis.stability.graph import Concept, Verdicts, equilibria, verdicts
from goodoffices.analysis.stability.judging import PAIR_CONCEPTS, Judgement, decided
from goodoffices.analysis.stability.model import Model
from goodoffices.analysis.stability.paths import evolutions
from goodoffices.analysis.stability.relations import Relations
from goodoffices.analysis.stability.result import (
    Coalitions,
    CoalitionWitness,
    Departure,
    Evolution,
    NotAnswered,
    Stability,
    StabilityResult,
    StateIds,
    StateRow,
    Witness,
)
from goodoffices.analysis.stability.simultaneous import Simultaneous, TooManyError
from goodoffices.analysis.stability.states import Array
from goodoffices.analysis.stability.uncertain import (
    EXTENSIONS,
    greatly_worse,
    strength_judgements,
    symmetric_pairs,
    unknown_judgements,
)
from goodoffices.analysis.stability.witness import Explainer, shortest_moves
from goodoffices.model import Case

METHOD = (
    "graph model for conflict resolution; least and best values over what parties reach, in time "
    "linear in the number of states"
)


Held = Mapping[Concept, Array]
"""The equilibria by concept."""
OwnKind = tuple[str, dict[str, list[bool]], Callable[[str, int], Iterable[Witness]]]
"""A concept, for each party whether each state is stable, and what tells why."""


@dataclass(frozen=True, slots=True)
class StabilityLimits:
    """How much of a large model is written down; the verdicts are for all of it.

    Attributes:
        listed: most states that are listed, with the states stable for each party.
        explained: most states every verdict of which has its witness; beyond, equilibria do.
        paired: most states for concepts that compare states in pairs.
        followed: most states among which paths are sought.
        joined: most parties whose coalitions are looked at.
    """

    listed: int = 4_096
    explained: int = 64
    paired: int = 512
    followed: int = 16_384
    joined: int = 8


def stability(
    case: Case, *, horizon: int = 3, limits: StabilityLimits | None = None
) -> StabilityResult:
    """Say which states of the moves away from the table would hold, for whom, and why.

    Args:
        case: the case.
        horizon: number of moves that limited-move stability looks ahead, at most.
        limits: how much of a large model is written down; what they leave out is named in the
            result's ``missing``.

    Returns:
        Equilibria and stable states by concept, their witnesses, paths from the state now, and
        what coalitions could do. Without moves, or with moves that rest on what was said after
        the day of the case, a result that says so.

    Raises:
        CallError: something is wrong with the moves of the case.

    >>> case = Case.model_validate({
    ...     "case": "Prisoner's dilemma",
    ...     "parties": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}},
    ...     "moves": {
    ...         "options": {"a": {"by": "ana"}, "b": {"by": "ben"}},
    ...         "states": {"CC": [], "DC": ["a"], "CD": ["b"], "DD": ["a", "b"]},
    ...         "preferences": {
    ...             "ana": {"ranking": ["DC", "CC", "DD", "CD"]},
    ...             "ben": {"ranking": ["CD", "CC", "DD", "DC"]},
    ...         },
    ...     },
    ... })
    >>> found = stability(case).equilibria
    >>> found["nash"], found["seq"]
    (('DD',), ('CC', 'DD'))
    """
    if case.moves is None or not case.moves.options:
        return _without_moves(case, "the case has no moves")
    if not case.moves_known:
        return _without_moves(case, "the moves rest on statements dated after this day")
    return _Report(case, Model.of(case), horizon, limits or StabilityLimits()).result()


def _without_moves(case: Case, why: str) -> StabilityResult:
    return StabilityResult(
        case=case.case,
        parties=(),
        now=None,
        total=0,
        states=(),
        equilibria={},
        stable={},
        witnesses=(),
        paths=(),
        coalitions=Coalitions({}, {}, (), ()),
        unknown={},
        strength={},
        variants={},
        missing=(NotAnswered("states", why),),
        method=METHOD,
    )


@dataclass
class _Report:
    """Decides the concepts one after the other and writes down what they say."""

    case: Case
    model: Model
    horizon: int
    limits: StabilityLimits
    missing: list[NotAnswered] = field(default_factory=list)
    variants: dict[str, str] = field(default_factory=dict)

    def result(self) -> StabilityResult:
        """Return the whole result."""
        model, states = self.model, self.model.states
        made = self._decided()
        held = equilibria(made)
        listed = len(states) <= self.limits.listed
        if not listed:
            self._lacks("stable", f"more than {self.limits.listed} states")
        stable = self._by_party(made) if listed else {}
        found = {str(concept): states.ids(indices) for concept, indices in held.items()}
        witnesses = list(self._witnesses(made))
        for concept, verdict, explain in self._of_own_kind():
            found[concept] = self._common(verdict)
            for party, row in verdict.items():
                stable.setdefault(party, {})[concept] = self._chosen(row)
            for state in self._explained(verdict.values()):
                witnesses += [witness for party in verdict for witness in explain(party, state)]
        small = self._relations()
        paths = self._paths(held)
        return StabilityResult(
            case=self.case.case,
            parties=tuple(model.graph.scores),
            now=None if states.now is None else states.id(states.now),
            total=len(states),
            states=self._rows(paths, listed=listed),
            equilibria=found,
            stable=stable,
            witnesses=tuple(witnesses),
            paths=paths,
            coalitions=self._coalitions(small, held),
            unknown=self._unknown(small),
            strength=self._strength(small),
            variants=self.variants,
            missing=tuple(self.missing),
            method=METHOD,
        )

    def _lacks(self, what: str, why: str) -> None:
        self.missing.append(NotAnswered(what, why))

    def _decided(self) -> Verdicts:
        """Return the verdicts of the five concepts; none where the order of states is not known."""
        if self.model.unknown:
            words = "pairs of states have no known order; see unknown"
            self._lacks("equilibria, stable, witnesses, paths and coalitions", words)
            return {}
        self.variants |= variants.CONCEPT_VARIANTS
        return verdicts(self.model.graph)

    def _chosen(self, row: Sequence[bool]) -> StateIds:
        return self.model.states.ids(np.flatnonzero(row))

    def _common(self, verdict: Mapping[str, Sequence[bool]]) -> StateIds:
        return self._chosen(np.logical_and.reduce(list(verdict.values())).tolist())

    def _by_party(self, decided: Verdicts) -> dict[str, dict[str, StateIds]]:
        return {
            party: {
                str(concept): self._chosen(rows[party].tolist())
                for concept, rows in decided.items()
            }
            for party in (self.model.graph.scores if decided else ())
        }

    def _explained(self, rows: Iterable[Sequence[bool] | Array]) -> list[int]:
        """Return the states whose verdicts are explained: all, or in a larger model equilibria."""
        total = len(self.model.states)
        if total <= self.limits.explained:
            return list(range(total))
        return [
            int(state)
            for state in np.flatnonzero(np.logical_and.reduce(list(map(np.asarray, rows))))
        ]

    def _of_own_kind(self) -> Iterator[OwnKind]:
        """Yield the verdicts of simultaneous and of limited-move stability, where they apply."""
        if self.model.unknown:
            return
        yield from self._simultaneous()
        parties = tuple(self.model.graph.scores)
        movers = {mover.name for mover in self.model.graph.movers}
        if len(parties) != 2 or not movers <= set(parties):
            self._lacks("limited-move and non-myopic", "defined here for two parties who move")
        elif not self.model.strict:
            self._lacks("limited-move and non-myopic", "a party has states of equal preference")
        elif len(self.model.states) > self.limits.listed:
            self._lacks("limited-move and non-myopic", f"more than {self.limits.listed} states")
        else:
            yield from self._limited(parties)

    def _simultaneous(self) -> Iterator[OwnKind]:
        states = self.model.states
        if states.merged_into is not None:
            self._lacks("sim", "simultaneous moves are not defined between merged states")
        elif len(states) > self.limits.listed:
            self._lacks("sim", f"more than {self.limits.listed} states")
        else:
            search = Simultaneous(self.model.graph, states)
            try:
                verdict = search.verdicts()
            except TooManyError:
                self._lacks("sim", "too many joint moves from one state")
                return
            self.variants["sim"] = variants.SIMULTANEOUS
            yield "sim", verdict, lambda party, state: [search.witness(party, state)]

    def _limited(self, parties: Sequence[str]) -> Iterator[OwnKind]:
        found = limited_move_verdicts(self.model.graph, parties, self.horizon)
        foreseen = Foresight(self.model.graph, self.model.states, found)
        for horizon, verdict in found.stable.items():
            name = f"limited-move-{horizon}"
            self.variants[name] = variants.LIMITED.format(horizon=horizon)
            yield name, verdict, partial(foreseen.limited, horizon=horizon)
        if found.non_myopic is None:
            self._lacks("non-myopic", "what the parties foresee does not come to repeat itself")
        else:
            self.variants["non-myopic"] = variants.NON_MYOPIC
            yield "non-myopic", found.non_myopic, foreseen.non_myopic

    def _rows(self, paths: Sequence[Evolution], *, listed: bool) -> tuple[StateRow, ...]:
        states = self.model.states
        if listed:
            return tuple(self._row(state) for state in range(len(states)))
        named = {step.to for path in paths for step in path.moves}
        wanted = {states.index(id) for id in named}
        if states.now is not None:
            wanted.add(states.now)
        return tuple(self._row(state) for state in sorted(wanted))

    def _row(self, state: int) -> StateRow:
        states = self.model.states
        return StateRow(states.id(state), int(states.codes[state]), states.made_in(state))

    def _witnesses(self, decided: Verdicts) -> Iterator[Witness]:
        """Yield witnesses of all verdicts, in a larger model of those that make equilibria."""
        explainer = Explainer(self.model.graph, self.model.states)
        total = len(self.model.states)
        if not decided:
            return
        if total > self.limits.listed:
            self._lacks("witnesses", f"more than {self.limits.listed} states")
            return
        if total > self.limits.explained:
            words = f"of states that are no equilibria: more than {self.limits.explained} states"
            self._lacks("witnesses", words)
        for concept, rows in decided.items():
            for state in self._explained(rows.values()):
                for party in rows:
                    yield explainer.witness(party, state, concept)

    def _paths(self, held: Held) -> tuple[Evolution, ...]:
        states = self.model.states
        targets = sorted({int(state) for indices in held.values() for state in indices})
        if states.now is None or not targets:
            return ()
        if len(states) > self.limits.followed:
            self._lacks("paths", f"more than {self.limits.followed} states")
            return ()
        return tuple(evolutions(self.model.graph, states, targets))

    def _relations(self) -> Relations | None:
        """Return the model in pairs of states, unless it is too large for that."""
        if len(self.model.states) <= self.limits.paired:
            return Relations.of(self.model.graph, len(self.model.states))
        words = f"compare states in pairs: more than {self.limits.paired} states"
        self._lacks("coalitions, unknown and strength", words)
        return None

    def _coalitions(self, small: Relations | None, held: Held) -> Coalitions:
        parties = tuple(self.model.graph.scores)
        if len(parties) > self.limits.joined:
            self._lacks("coalitions", f"more than {self.limits.joined} parties")
        if small is None or not held or len(parties) > self.limits.joined:
            return Coalitions({}, {}, (), ())
        self.variants["coalitions"] = variants.COALITION
        judgements = coalition_judgements(small)
        found = decided(judgements)
        common = {
            concept: self._common({"+".join(who): row for who, row in rows.items()})
            for concept, rows in found.items()
        }
        stable = {
            party: {
                concept: self._common({"+".join(w): row for w, row in rows.items() if party in w})
                for concept, rows in found.items()
            }
            for party in parties
        }
        return Coalitions(
            common,
            stable,
            tuple(self._departures(small, held)),
            tuple(self._joint_witnesses(small, judgements, found)),
        )

    def _joint_witnesses(
        self,
        small: Relations,
        judgements: Mapping[Coalition, Judgement],
        found: Mapping[str, Mapping[Coalition, list[bool]]],
    ) -> Iterator[CoalitionWitness]:
        """Yield witnesses of all verdicts on two or more, or of those that make equilibria."""
        explainer = PairExplainer(small, self.model.states)
        for concept, rows in found.items():
            for state in self._explained(rows.values()):
                for who, judgement in judgements.items():
                    if len(who) > 1:
                        yield explainer.joint_witness(judgement, who, state, concept)

    def _departures(self, small: Relations, held: Held) -> Iterator[Departure]:
        graph, states = self.model.graph, self.model.states
        for state, who, target in joint_departures(small, [int(s) for s in held["nash"]]):
            wanted = np.zeros(len(states), dtype=np.bool_)
            wanted[target] = True
            moving = [party for party in who if party in small.moves]
            moves = shortest_moves(graph, moving, state, wanted, improving=False)
            assert moves is not None
            steps = Explainer(graph, states).steps(moves)
            concepts = tuple(str(name) for name, indices in held.items() if target in indices)
            yield Departure(states.id(state), who, states.id(target), steps, concepts)

    def _stability(self, small: Relations, judgements: Mapping[str, Judgement]) -> Stability:
        verdict = decided(judgements)
        explainer = PairExplainer(small, self.model.states)
        return Stability(
            {concept: self._common(rows) for concept, rows in verdict.items()},
            {
                party: {concept: self._chosen(rows[party]) for concept, rows in verdict.items()}
                for party in judgements
            },
            tuple(
                explainer.witness(judgement, party, state, concept)
                for concept in PAIR_CONCEPTS
                for state in self._explained(verdict[concept].values())
                for party, judgement in judgements.items()
            ),
        )

    def _unknown(self, small: Relations | None) -> dict[str, Stability]:
        if small is None or not self.model.unknown:
            return {}
        self.variants["unknown"] = variants.UNKNOWN
        pairs = {
            party: symmetric_pairs(listed, small.size)
            for party, listed in self.model.unknown.items()
        }
        return {
            extension: self._stability(small, unknown_judgements(small, pairs, extension))
            for extension in EXTENSIONS
        }

    def _strength(self, small: Relations | None) -> dict[str, Stability]:
        if small is None or not self.model.greatly:
            return {}
        if self.model.unknown:
            self._lacks("strength", "some preferences are unknown")
            return {}
        self.variants["strength"] = variants.STRENGTH
        greatly = {
            party: greatly_worse(scores, self.model.greatly.get(party, ()))
            for party, scores in self.model.graph.scores.items()
        }
        return {
            name: self._stability(
                small, strength_judgements(small, greatly, strong=name == "strong")
            )
            for name in ("general", "strong")
        }
