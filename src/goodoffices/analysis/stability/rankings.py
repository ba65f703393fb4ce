"""How many strict rankings meet demands, without going through them.

A demand lists sets of states, one of which must rank entirely below the wished state. Written as a
polynomial of one truth value for each state, the share of rankings that meet every demand follows
at once: the wished state is above, and as well below, all of ``u`` given states in one of ``u + 1``
rankings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import factorial

from goodoffices.analysis.stability.relations import Bits, members

MOST_STATES = 1_000
"""States of a model, beyond which rankings are not counted: the number has 2,500 digits."""
MOST_TERMS = 200_000
"""Terms of the polynomial, beyond which they are not, either."""
MOST_PRODUCTS = 2_000_000
"""Products of terms in one multiplication, beyond which they are not, either."""

Demand = Sequence[Bits]
"""Sets of states, one of which the party must rank entirely not above the wished state."""
Polynomial = dict[Bits, int]
"""Factors of products of truth values, each product by its set of states."""


def count_rankings(demands: Sequence[Demand], size: int) -> int | None:
    """Return how many strict rankings of states meet every demand; None beyond `MOST_TERMS`.

    A demand is met when all states of one of its sets rank below the wished state, which is in
    none of them.

    >>> count_rankings([[0b001], [0b010, 0b100]], 4)
    10
    """
    smallest = [_smallest(ways) for ways in demands]
    if all(way.bit_count() == 1 for ways in smallest for way in ways):
        found = _product([_not_all_above(ways) for ways in _needed(smallest)])
    else:
        found = _product(_one_below(ways) for ways in smallest)
    if found is None:
        return None
    whole = factorial(size)
    return sum(factor * (whole // (bits.bit_count() + 1)) for bits, factor in found.items())


def _needed(demands: Sequence[Demand]) -> list[Demand]:
    """Return the demands that no other implies: what meets a shorter list meets a longer one."""
    lists = _smallest([sum(ways) for ways in demands])
    return [[1 << place for place in members(states)] for states in lists]


def _not_all_above(ways: Demand) -> Polynomial:
    """Return a demand of single states in truth values for *ranked above*: not all of them are."""
    return {0: 1, sum(ways): -1}


def _one_below(ways: Demand) -> Polynomial | None:
    """Return a demand in truth values for *ranked below*: all of one of its sets are."""
    # 1 - (1 - a(way)) (1 - a(way)) ...
    failing = _product({0: 1, way: -1} for way in ways)
    if failing is None:
        return None
    holding = {bits: -factor for bits, factor in failing.items()}
    holding[0] = holding.get(0, 0) + 1
    return holding


def _product(polynomials: Iterable[Polynomial | None]) -> Polynomial | None:
    """Multiply polynomials; None when that is too much."""
    product: Polynomial = {0: 1}
    for polynomial in polynomials:
        if polynomial is None or len(product) * len(polynomial) > MOST_PRODUCTS:
            return None
        product = _times(product, polynomial)
        if len(product) > MOST_TERMS:
            return None
    return product


def _times(one: Polynomial, other: Polynomial) -> Polynomial:
    """Multiply polynomials of truth values: a value times itself is itself."""
    found: Polynomial = {}
    for bits, factor in one.items():
        for more, times in other.items():
            both_bits = bits | more
            found[both_bits] = found.get(both_bits, 0) + factor * times
    return {bits: factor for bits, factor in found.items() if factor}


def _smallest(ways: Sequence[Bits]) -> list[Bits]:
    """Return the sets of which no other is a part, each once."""
    kept: list[Bits] = []
    for way in sorted(set(ways), key=lambda bits: (bits.bit_count(), bits)):
        if not any(smaller & ~way == 0 for smaller in kept):
            kept.append(way)
    return kept
