"""Coalitions: what parties do together, and which states hold against that.

Source: Inohara & Hipel, "Coalition analysis in the graph model for conflict resolution", Systems
Engineering 11 (2008); Kilgour, Hipel, Fang & Peng, "Coalition analysis in group decision support",
Group Decision and Negotiation 10 (2001).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from goodoffices.analysis.stability.judging import Judgement, decided
from goodoffices.analysis.stability.relations import Bits, Relations, members

Coalition = tuple[str, ...]


def coalitions(parties: Sequence[str]) -> list[Coalition]:
    """Return the coalitions of parties, smaller ones first.

    >>> coalitions(["a", "b"])
    [('a',), ('b',), ('a', 'b')]
    """
    sizes = range(1, len(parties) + 1)
    return [coalition for size in sizes for coalition in combinations(parties, size)]


def joint_improvements(relations: Relations, coalition: Coalition) -> list[Bits]:
    """Return the states that a coalition reaches and each member prefers to where it began."""
    moving = [party for party in coalition if party in relations.moves]
    improved = relations.reach(moving)
    for party in coalition:
        improved = [
            bits & better for bits, better in zip(improved, relations.better[party], strict=True)
        ]
    return improved


def coalition_judgements(relations: Relations) -> dict[Coalition, Judgement]:
    """Return what counts for each coalition.

    ``H`` moves by legal sequences, and wants what every member prefers. A state deters it that is
    not better for at least one member. The others, of any kind, sanction by legal sequences of
    their moves (GMR, SMR) or of joint improvements of any of their coalitions (SEQ). Those without
    preferences move, and improve nothing.
    """
    everybody = tuple(relations.better)
    improved = {
        coalition: joint_improvements(relations, coalition) for coalition in coalitions(everybody)
    }
    return {
        coalition: Judgement(
            relations,
            tempting,
            [_deterring(relations, coalition, state) for state in range(relations.size)],
            relations.reach([party for party in coalition if party in relations.moves]),
            relations.others(*coalition),
            {
                other: improved[other]
                for other in coalitions([p for p in everybody if p not in coalition])
            },
        )
        for coalition, tempting in improved.items()
    }


def coalition_verdicts(relations: Relations) -> dict[str, dict[Coalition, list[bool]]]:
    """Return by concept and coalition whether each state is stable for that coalition."""
    return decided(coalition_judgements(relations))


def _deterring(relations: Relations, coalition: Coalition, state: int) -> Bits:
    """Return the states that some member does not prefer to a state."""
    liked = relations.all
    for party in coalition:
        liked &= relations.better[party][state]
    return relations.all & ~liked


def joint_departures(
    relations: Relations, states: Sequence[int]
) -> Iterator[tuple[int, Coalition, int]]:
    """Yield joint improvements from states that no single party improves on, smallest ones only.

    A coalition is left out where a part of it, of two or more, leads to the same state.
    """
    parties = tuple(relations.better)
    improved = {
        coalition: joint_improvements(relations, coalition) for coalition in coalitions(parties)
    }
    for state in states:
        if any(improved[(party,)][state] for party in parties):
            continue
        smaller: dict[int, list[set[str]]] = {}
        for coalition, tempting in improved.items():
            for target in members(tempting[state]):
                if not any(part <= set(coalition) for part in smaller.get(target, ())):
                    smaller.setdefault(target, []).append(set(coalition))
                    yield state, coalition, target
