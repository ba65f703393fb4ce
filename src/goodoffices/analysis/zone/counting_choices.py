"""Fair choices among things of whole weight, however large the weights."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from goodoffices.analysis.zone.arrays import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from goodoffices.analysis.zone.arrays import Cells

WORD_LIMIT = 1 << 62
"""Sums below this are safe in 64-bit integers."""


def choose(rng: np.random.Generator, weights: Sequence[int], size: int) -> Cells:
    """Draw ``size`` indices of ``weights``, each as often as its weight says.

    Args:
        rng: where chance comes from.
        weights: whole numbers from 0, not all 0; the draw is exact for any size of them.
        size: how many to draw.

    >>> choose(np.random.default_rng(1), [0, 10**40, 0], 3)
    array([1, 1, 1])
    """
    sums = list(accumulate(weights))
    if sums[-1] < WORD_LIMIT:
        drawn = rng.integers(sums[-1], size=size)
        return np.searchsorted(np.array(sums, dtype=np.int64), drawn, side="right").astype(np.int64)
    limits = np.array(sums, dtype=object)
    numbers = np.array(_below_each(rng, [sums[-1]] * size), dtype=object)
    return np.searchsorted(limits, numbers, side="right").astype(np.int64)


def below(rng: np.random.Generator, limit: int) -> int:
    """A whole number from 0, below ``limit``, each as likely as any other.

    >>> 0 <= below(np.random.default_rng(1), 10**40) < 10**40
    True
    """
    length = (limit - 1).bit_length()
    while True:
        drawn = int.from_bytes(rng.bytes((length + 7) // 8), "little") & ((1 << length) - 1)
        if drawn < limit:
            return drawn


def below_each(rng: np.random.Generator, limits: NDArray[Any]) -> NDArray[Any]:
    """For each of some limits a whole number from 0 below it, each as likely as any other.

    >>> below_each(np.random.default_rng(1), np.array([1, 1]))
    array([0, 0])
    """
    if limits.dtype == object:
        return np.array(_below_each(rng, limits.tolist()), dtype=object)
    return rng.integers(limits)


def _below_each(rng: np.random.Generator, limits: list[int]) -> list[int]:
    """One helping of chance for all; the few numbers that reach their limit are drawn afresh."""
    lengths = [(limit - 1).bit_length() for limit in limits]
    step = (max(lengths, default=0) + 7) // 8
    chance = rng.bytes(step * len(limits))
    drawn = [
        int.from_bytes(chance[step * place : step * (place + 1)], "little") & ((1 << length) - 1)
        for place, length in enumerate(lengths)
    ]
    return [
        number if number < limit else below(rng, limit)
        for number, limit in zip(drawn, limits, strict=True)
    ]
