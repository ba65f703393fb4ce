"""Preferences that are partly unknown, or of different strength.

Source: Li, Hipel, Kilgour & Fang, "Preference uncertainty in the graph model for conflict
resolution", IEEE Transactions on Systems, Man, and Cybernetics A 34 (2004), extensions a to d;
Hamouda, Kilgour & Hipel, "Strength of preference in the graph model for conflict resolution",
Group Decision and Negotiation 13 (2004), general and strong stability; extended to several parties
as in Xu, Hipel, Kilgour & Fang, Conflict Resolution Using the Graph Model (2018), chapters 5 and 6.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goodoffices.analysis.stability.judging import Judgement, decided
from goodoffices.analysis.stability.relations import Bits, Relation, Relations, both, either
from goodoffices.analysis.stability.states import Array

EXTENSIONS = ("a", "b", "c", "d")
Verdict = dict[str, dict[str, list[bool]]]
"""By concept and party: whether each state is stable."""


def symmetric_pairs(pairs: Sequence[tuple[int, int]], size: int) -> list[Bits]:
    """Return pairs of states, in either order, as a relation."""
    relation = [0] * size
    for one, other in pairs:
        relation[one] |= 1 << other
        relation[other] |= 1 << one
    return relation


def unknown_judgements(
    relations: Relations, unknown: Mapping[str, list[Bits]], extension: str
) -> dict[str, Judgement]:
    """Return what counts for each party by one extension, ``a`` to ``d``.

    In a and c a party is tempted by what it prefers and by what it cannot compare, in b and d only
    by what it prefers. In a and b it is deterred only by what is known not to be better, in c and d
    by what it cannot compare, too. In a credible sanction (SEQ) the others move to what they
    prefer or cannot compare, in all four.
    """
    none = [0] * relations.size
    gaps = {party: unknown.get(party, none) for party in relations.better}
    better = {party: _known(relations.better[party], gaps[party]) for party in gaps}
    maybe = {party: either(better[party], gaps[party]) for party in gaps}
    found = {}
    for party in relations.better:
        tempting = maybe[party] if extension in "ac" else better[party]
        spared = maybe[party] if extension in "ab" else better[party]
        bad = [relations.all & ~bits for bits in spared]
        found[party] = _judgement(relations, party, (tempting, bad), maybe)
    return found


def unknown_verdicts(
    relations: Relations, unknown: Mapping[str, list[Bits]], extension: str
) -> Verdict:
    """Return the verdicts of one extension, ``a`` to ``d``, by Nash, GMR, SMR and SEQ."""
    return decided(unknown_judgements(relations, unknown, extension))


def _known(better: Sequence[Bits], unknown: Sequence[Bits]) -> list[Bits]:
    return [bits & ~gap for bits, gap in zip(better, unknown, strict=True)]


def _judgement(
    relations: Relations,
    party: str,
    counts: tuple[Relation, Sequence[Bits]],
    credible: Mapping[str, Relation],
) -> Judgement:
    """Return what counts, given what a party likes and what deters it, and what the others like."""
    liked, bad = counts
    own, others = relations.moves_of(party), relations.others(party)
    answers: dict[tuple[str, ...], Relation] = {
        (n,): both(relations.moves[n], credible[n]) for n in others if n in credible
    }
    return Judgement(relations, both(own, liked), bad, own, others, answers)


def greatly_worse(scores: Array, pairs: Sequence[tuple[int, int]]) -> list[Bits]:
    """Return for each state those to which it is greatly preferred.

    If a party greatly prefers one state to another, then so does every state that is at least as
    good as the first to every one that is at most as good as the second.
    """
    worse = [0] * len(scores)
    for better, other in pairs:
        low = sum(1 << int(s) for s in (scores <= scores[other]).nonzero()[0])
        for state in (scores >= scores[better]).nonzero()[0]:
            worse[int(state)] |= low
    return worse


def strength_judgements(
    relations: Relations, greatly: Mapping[str, list[Bits]], *, strong: bool
) -> dict[str, Judgement]:
    """Return what counts for each party in general or strong stability.

    Any improvement tempts, great or not. In general stability what is no better deters, in strong
    stability only what is greatly worse than where the party began.
    """
    better = relations.better
    return {
        party: _judgement(
            relations,
            party,
            (liked, greatly[party] if strong else [relations.all & ~bits for bits in liked]),
            better,
        )
        for party, liked in better.items()
    }


def strength_verdicts(
    relations: Relations, greatly: Mapping[str, list[Bits]], *, strong: bool
) -> Verdict:
    """Return the verdicts of general or strong stability, by Nash, GMR, SMR and SEQ."""
    return decided(strength_judgements(relations, greatly, strong=strong))
