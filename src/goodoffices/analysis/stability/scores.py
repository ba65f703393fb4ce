"""Preferences as scores: a whole number for each state, the larger the better."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from goodoffices.analysis.stability.states import Array, States, truth
from goodoffices.model.preferences import Order, PreferenceStatement, StatePreference

_BITS = 30
"""Statements weighed before scores are made small again, so that they stay within 32 bits."""


def statement_truth(statement: PreferenceStatement, codes: Array, moves: Sequence[str]) -> Array:
    """Return for each code whether a statement is satisfied.

    With ``if`` it is where that does not hold; with ``iff`` where both hold or neither.
    """
    index = {move: bit for bit, move in enumerate(moves)}
    holds = truth(statement.prefers, codes, index)
    if statement.if_ is not None:
        return holds | ~truth(statement.if_, codes, index)
    if statement.iff is not None:
        return np.asarray(holds == truth(statement.iff, codes, index))
    return holds


def statement_scores(
    statements: Sequence[PreferenceStatement], codes: Array, moves: Sequence[str]
) -> Array:
    """Return scores by prioritized statements: statement k of n, from 1, weighs ``2**(n-k)``.

    So each outweighs all later ones together. Beyond 30 statements scores are replaced by their
    ranks now and then, which keeps their order.

    Source: Fang, Hipel, Kilgour & Peng, "A decision support system for interactive decision
    making", IEEE Transactions on Systems, Man, and Cybernetics C 33 (2003), option prioritizing.
    """
    scores = np.zeros(len(codes), dtype=np.int64)
    for number, statement in enumerate(statements):
        if number % _BITS == 0 and number:
            scores = np.unique(scores, return_inverse=True)[1].astype(np.int64)
        scores = 2 * scores + statement_truth(statement, codes, moves)
    return _small(scores)


def _small(scores: Array) -> Array:
    """Return scores in 32 bits, with the same order."""
    if len(scores) and scores.max() >= 2**31 - 1:
        scores = np.unique(scores, return_inverse=True)[1]
    return scores.astype(np.int32)


def ranking_scores(ranking: Order, states: States) -> Array:
    """Return scores by a ranking, best first; states that it lacks stay below all others."""
    scores = np.full(len(states), -1, dtype=np.int32)
    for place, tied in enumerate(ranking):
        for id in tied:
            scores[states.index(id)] = len(ranking) - 1 - place
    return scores


def state_scores(preference: StatePreference, states: States) -> Array:
    """Return a party's score of every state; a merged state has that of its smallest code."""
    if preference.ranking is not None:
        return ranking_scores(preference.ranking, states)
    return statement_scores(preference.statements or (), states.codes, states.moves)
