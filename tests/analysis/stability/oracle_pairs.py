"""The twin of the other concepts: coalitions, unknown and great preferences, foresight."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, combinations, product

from tests.analysis.stability.oracle import Twin

Relation = Callable[[int, int], bool]


def groups(parties: Sequence[str]) -> list[tuple[str, ...]]:
    sizes = range(1, len(parties) + 1)
    return list(chain.from_iterable(combinations(parties, size) for size in sizes))


def sequences(steps: Iterable[Callable[[int], set[int]]], start: int) -> set[int]:
    """All ends of sequences of steps in which no step is used twice in succession."""
    listed = list(steps)
    seen: set[tuple[int, int]] = set()
    ahead = [(start, -1)]
    while ahead:
        here, last = ahead.pop()
        for index, step in enumerate(listed):
            if index != last:
                fresh = {(to, index) for to in step(here)} - seen
                seen |= fresh
                ahead += fresh
    return {to for to, _ in seen}


def together(made: Twin, group: Sequence[str], state: int) -> set[int]:
    """What a group reaches and each member prefers."""
    return {
        to
        for to in made.reach([m for m in group if m in made.movers], state, False)
        if all(made.scores[party][to] > made.scores[party][state] for party in group)
    }


def coalition_stable(made: Twin, concept: str, group: tuple[str, ...], state: int) -> bool:
    movers = [m for m in made.movers if m not in group]
    rest = [party for party in made.scores if party not in group]

    def bad(to: int) -> bool:
        return any(made.scores[party][to] <= made.scores[party][state] for party in group)

    wanted = together(made, group, state)
    if concept == "nash":
        return not wanted
    for improvement in wanted:
        if concept == "seq":
            steps = [lambda s, k=k: together(made, k, s) for k in groups(rest)]
            answers = sequences(steps, improvement)
        else:
            answers = made.reach(movers, improvement, False)
        sanctions = {answer for answer in answers if bad(answer)}
        if concept == "smr":
            own = [m for m in group if m in made.movers]
            sanctions = {a for a in sanctions if all(bad(z) for z in made.reach(own, a, False))}
        if not sanctions:
            return False
    return True


@dataclass(frozen=True)
class Counts:
    """What counts: ``tempts(s, x)``, ``deters(s, y)`` and ``credible(mover, x, y)``."""

    tempts: Relation
    deters: Relation
    credible: Callable[[str, int, int], bool]


def pair_stable(made: Twin, concept: str, party: str, counts: Counts) -> Callable[[int], bool]:
    """Return the concept's verdict for a party, where the counts say what counts."""
    tempts, deters = counts.tempts, counts.deters

    def stable(state: int) -> bool:
        wanted = {x for x in made.own(party, state) if tempts(state, x)}
        others = [m for m in made.movers if m != party]
        for improvement in wanted:
            if concept == "nash":
                return False
            if concept == "seq":
                steps = [
                    lambda s, m=m: {t for t in made.own(m, s) if counts.credible(m, s, t)}
                    for m in others
                    if m in made.scores
                ]
                answers = sequences(steps, improvement)
            else:
                answers = made.reach(others, improvement, False)
            sanctions = {answer for answer in answers if deters(state, answer)}
            if concept == "smr":
                sanctions = {
                    a for a in sanctions if all(deters(state, z) for z in made.own(party, a))
                }
            if not sanctions:
                return False
        return True

    return stable


def unknown_stable(
    made: Twin, concept: str, party: str, extension: str, gaps: dict[str, set[frozenset[int]]]
) -> Callable[[int], bool]:
    return pair_stable(made, concept, party, unknown_counts(made, party, extension, gaps))


def unknown_counts(
    made: Twin, party: str, extension: str, gaps: dict[str, set[frozenset[int]]]
) -> Counts:
    def unclear(who: str, one: int, other: int) -> bool:
        return frozenset((one, other)) in gaps.get(who, set())

    def better(who: str, state: int, to: int) -> bool:
        return made.scores[who][to] > made.scores[who][state] and not unclear(who, state, to)

    def tempts(state: int, to: int) -> bool:
        return better(party, state, to) or (extension in "ac" and unclear(party, state, to))

    def deters(state: int, to: int) -> bool:
        if unclear(party, state, to):
            return extension in "cd"
        return not better(party, state, to)

    def credible(mover: str, state: int, to: int) -> bool:
        return better(mover, state, to) or unclear(mover, state, to)

    return Counts(tempts, deters, credible)


def strength_stable(
    made: Twin, concept: str, party: str, pairs: Sequence[tuple[int, int]], strong: bool
) -> Callable[[int], bool]:
    return pair_stable(made, concept, party, strength_counts(made, party, pairs, strong))


def strength_counts(
    made: Twin, party: str, pairs: Sequence[tuple[int, int]], strong: bool
) -> Counts:
    scores = made.scores[party]

    def great(state: int, to: int) -> bool:
        return any(scores[state] >= scores[a] and scores[to] <= scores[b] for a, b in pairs)

    def tempts(state: int, to: int) -> bool:
        return scores[to] > scores[state]

    def deters(state: int, to: int) -> bool:
        return great(state, to) if strong else scores[to] <= scores[state]

    def credible(mover: str, state: int, to: int) -> bool:
        return mover in made.scores and made.scores[mover][to] > made.scores[mover][state]

    return Counts(tempts, deters, credible)


def simultaneously_stable(made: Twin, party: str, state: int, masks: dict[str, int]) -> bool:
    """Every improvement meets some joint answer of others who improve from the same state."""
    codes = [min(codes) for codes in made.states]
    scores = made.scores[party]
    for improvement in made.steps(party, state, True):
        choices = [
            [state, *made.steps(mover, state, True)] for mover in made.movers if mover != party
        ]
        names = [mover for mover in made.movers if mover != party]
        ends = set()
        for moved in product(*choices):
            code = codes[improvement] & masks[party]
            for name, to in zip(names, moved, strict=True):
                code |= codes[to] & masks[name]
            if any(to != state for to in moved) and code in codes:
                ends.add(codes.index(code))
        if not any(scores[end] <= scores[state] for end in ends):
            return False
    return True


def foresight(made: Twin, parties: tuple[str, str]) -> Callable[[int, int, int], int]:
    """Return G(h, party, state): where the talks end if the party moves first and sees h moves."""

    @cache
    def end(horizon: int, own: int, state: int) -> int:
        targets = made.own(parties[own], state)
        if horizon == 0 or not targets:
            return state
        scores = made.scores[parties[own]]
        best = max((end(horizon - 1, 1 - own, to) for to in targets), key=scores.__getitem__)
        return best if scores[best] > scores[state] else state

    return end
