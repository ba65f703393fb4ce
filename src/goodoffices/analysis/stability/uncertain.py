"""Preferences that are partly unknown, or of different strength.

Source: Li, Hipel, Kilgour & Fang, "Preference uncertainty in the graph model for conflict
resolution", IEEE Transactions on Systems, Man, and Cybernetics A 34 (2004), extensions a to d;
Hamouda, Kilgour & Hipel, "Strength of preference in the graph model for conflict resolution",
Group Decision and Negotiation 13 (2004), general and strong stability; extended to several parties
as in Xu, Hipel, Kilgour & Fang, Conflict Resolution Using the Graph Model (2018), chapters 5 and 6.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goodoffices.analysis.stability.relations import (
    Bits,
    Relations,
    both,
    either,
    reached,
    sanctioned,
)
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


def unknown_verdicts(
    relations: Relations, unknown: Mapping[str, list[Bits]], extension: str
) -> Verdict:
    """Return the verdicts of one extension, ``a`` to ``d``, by Nash, GMR, SMR and SEQ.

    In a and c a party is tempted by what it prefers and by what it cannot compare, in b and d only
    by what it prefers. In a and b it is deterred only by what is known not to be better, in c and d
    by what it cannot compare, too. In a credible sanction (SEQ) the others move to what they
    prefer or cannot compare, in all four.
    """
    none = [0] * relations.size
    gaps = {party: unknown.get(party, none) for party in relations.better}
    better = {party: _known(relations.better[party], gaps[party]) for party in gaps}
    maybe = {party: either(better[party], gaps[party]) for party in gaps}
    steps = {
        name: both(relations.moves[name], maybe[name]) for name in relations.movers if name in maybe
    }
    found: Verdict = {concept: {} for concept in ("nash", "gmr", "smr", "seq")}
    for party in relations.better:
        own = relations.moves_of(party)
        tempting = both(own, maybe[party] if extension in "ac" else better[party])
        spared = maybe[party] if extension in "ab" else better[party]
        bad = [relations.all & ~bits for bits in spared]
        _decide(_Asked(party, tempting, bad, steps), relations, found)
    return found


def _known(better: Sequence[Bits], unknown: Sequence[Bits]) -> list[Bits]:
    return [bits & ~gap for bits, gap in zip(better, unknown, strict=True)]


@dataclass(frozen=True)
class _Asked:
    """What tempts a party and what deters it, and by which steps the others sanction credibly."""

    party: str
    tempting: list[Bits]
    bad: list[Bits]
    credible: Mapping[str, list[Bits]]


def _decide(asked: _Asked, relations: Relations, found: Verdict) -> None:
    others = relations.others(asked.party)
    any_way = relations.reach(others)
    steps = [asked.credible[name] for name in others if name in asked.credible]
    credible = reached(steps, relations.size)
    own = relations.moves_of(asked.party)
    bad = asked.bad.__getitem__
    found["nash"][asked.party] = [bits == 0 for bits in asked.tempting]
    found["gmr"][asked.party] = sanctioned(asked.tempting, any_way, bad)
    found["smr"][asked.party] = sanctioned(asked.tempting, any_way, bad, own)
    found["seq"][asked.party] = sanctioned(asked.tempting, credible, bad)


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


def strength_verdicts(
    relations: Relations, greatly: Mapping[str, list[Bits]], *, strong: bool
) -> Verdict:
    """Return the verdicts of general or strong stability, by Nash, GMR, SMR and SEQ.

    Any improvement tempts, great or not. In general stability what is no better deters, in strong
    stability only what is greatly worse than where the party began.
    """
    steps = {
        name: both(relations.moves[name], relations.better[name])
        for name in relations.movers
        if name in relations.better
    }
    found: Verdict = {concept: {} for concept in ("nash", "gmr", "smr", "seq")}
    for party, better in relations.better.items():
        tempting = both(relations.moves_of(party), better)
        bad = greatly[party] if strong else [relations.all & ~bits for bits in better]
        _decide(_Asked(party, tempting, bad, steps), relations, found)
    return found
