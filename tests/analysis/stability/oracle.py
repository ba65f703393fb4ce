"""The brute-force twin: states, moves, preferences and concepts straight from the definitions.

Nothing here is quick, shares code with the engine, or uses a theorem. Moves of several parties are
walked as legal sequences, one state and last mover after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from goodoffices.model import Case, Issue, holds
from goodoffices.model.preferences import PreferenceStatement

YES_NO = Issue(question="Is the move made?", options={"no": None, "yes": None})
State = frozenset[int]
"""The codes that a state stands for: one, or several that are merged."""


@dataclass(frozen=True)
class Twin:
    """A case as sets: states in order, one-step moves and scores."""

    states: tuple[State, ...]
    moves: dict[str, dict[int, set[int]]]
    scores: dict[str, tuple[int, ...]]

    @property
    def movers(self) -> tuple[str, ...]:
        return tuple(self.moves)

    def steps(self, mover: str, state: int, improving: bool) -> set[int]:
        found = self.moves[mover][state]
        if not improving:
            return found
        scores = self.scores.get(mover)
        return {to for to in found if scores is not None and scores[to] > scores[state]}

    def own(self, party: str, state: int) -> set[int]:
        return self.moves.get(party, {}).get(state, set())

    def reach(self, movers: Sequence[str], state: int, improving: bool) -> set[int]:
        """All ends of legal sequences: somebody moves, nobody twice in succession."""
        seen: set[tuple[int, str]] = set()
        ahead = [(state, "")]
        while ahead:
            here, last = ahead.pop()
            for mover in movers:
                if mover != last:
                    fresh = {(to, mover) for to in self.steps(mover, here, improving)} - seen
                    seen |= fresh
                    ahead += fresh
        return {to for to, _ in seen}

    def stable(self, concept: str, party: str, state: int) -> bool:
        """The definitions of Nash, GMR, SMR, SEQ and SSEQ."""
        scores = self.scores[party]
        others = [mover for mover in self.movers if mover != party]
        wanted = [to for to in self.own(party, state) if scores[to] > scores[state]]
        if concept == "nash":
            return not wanted
        for improvement in wanted:
            answers = self.reach(others, improvement, concept in {"seq", "sseq"})
            bad = [answer for answer in answers if scores[answer] <= scores[state]]
            if concept in {"smr", "sseq"}:
                bad = [
                    answer
                    for answer in bad
                    if all(scores[z] <= scores[state] for z in self.own(party, answer))
                ]
            if not bad:
                return False
        return True


def twin(case: Case) -> Twin:
    """Build the twin of a case."""
    assert case.moves is not None
    names = list(case.moves.options)
    issues = dict.fromkeys(names, YES_NO)
    codes = [
        code
        for code in range(2 ** len(names))
        if not any(holds(c, _package(names, code), issues) for c in case.moves.infeasible)
    ]
    states = _states(case, names, codes)
    moves = {
        name: {n: set(_moves(case, names, states, name, n)) for n in range(len(states))}
        for name in dict.fromkeys(option.by for option in case.moves.options.values())
    }
    named = {
        id: find(states, sum(2 ** names.index(move) for move in taken))
        for id, taken in case.moves.states.items()
    }
    for removed in case.moves.removed:
        moves[removed.by][named[removed.from_]].discard(named[removed.to])
    scores = {party: _scores(case, party, names, states, named) for party in case.moves.preferences}
    return Twin(states, moves, scores)


def _package(names: Sequence[str], code: int) -> dict[str, str]:
    return {name: "yes" if code >> bit & 1 else "no" for bit, name in enumerate(names)}


def find(states: Sequence[State], code: int) -> int:
    """Return the place of the state that a code belongs to."""
    (place,) = [n for n, state in enumerate(states) if code in state]
    return place


def _states(case: Case, names: list[str], codes: list[int]) -> tuple[State, ...]:
    """Merge what a condition makes one, again and again until nothing more is to be merged."""
    assert case.moves is not None
    issues = dict.fromkeys(names, YES_NO)
    states = [frozenset([code]) for code in codes]
    for condition in case.moves.merged:
        hit = [s for s in states if any(holds(condition, _package(names, c), issues) for c in s)]
        if hit:
            states = [state for state in states if state not in hit] + [frozenset().union(*hit)]
    return tuple(sorted(states, key=min))


def _moves(
    case: Case, names: Sequence[str], states: Sequence[State], mover: str, here: int
) -> Iterator[int]:
    assert case.moves is not None
    for there, target in enumerate(states):
        if there != here and any(
            all(
                _may(case, name, mover, a >> bit & 1, b >> bit & 1)
                for bit, name in enumerate(names)
            )
            for a, b in product(states[here], target)
        ):
            yield there


def _may(case: Case, name: str, mover: str, before: int, after: int) -> bool:
    assert case.moves is not None
    option = case.moves.options[name]
    if before == after:
        return True
    ways = {"both": (0, 1), "forward": (0,), "backward": (1,)}[option.direction]
    return option.by == mover and before in ways


def _scores(
    case: Case, party: str, names: Sequence[str], states: Sequence[State], named: dict[str, int]
) -> tuple[int, ...]:
    assert case.moves is not None
    preference = case.moves.preferences[party]
    if preference.ranking is not None:
        order = [
            {named[id] if id in named else int(id) - 1 for id in t} for t in preference.ranking
        ]
        return tuple(-next(n for n, t in enumerate(order) if s in t) for s in range(len(states)))
    statements = preference.statements or ()
    weights = [2 ** (len(statements) - 1 - k) for k in range(len(statements))]
    return tuple(
        sum(w for w, s in zip(weights, statements, strict=True) if satisfied(s, names, min(state)))
        for state in states
    )


def satisfied(statement: PreferenceStatement, names: Sequence[str], code: int) -> bool:
    """Whether a combination satisfies a statement."""
    issues = dict.fromkeys(names, YES_NO)
    package = _package(names, code)
    prefers = holds(statement.prefers, package, issues)
    if statement.if_ is not None:
        return prefers or not holds(statement.if_, package, issues)
    if statement.iff is not None:
        return prefers == holds(statement.iff, package, issues)
    return prefers


def everything(case: Case) -> dict[str, Any]:
    """Return every verdict of a case, by concept and party."""
    made = twin(case)
    return {
        concept: {
            party: [made.stable(concept, party, s) for s in range(len(made.states))]
            for party in made.scores
        }
        for concept in ("nash", "gmr", "smr", "seq", "sseq")
    }
