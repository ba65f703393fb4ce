"""Minimal hitting sets: the sets of positions that meet every point of contention.

The ways out are the minimal hitting sets of the points of contention, and the other way round.

Source: Reiter, "A theory of diagnosis from first principles" (1987), Theorem 4.4; the sets are
built one conflict at a time (Berge, Hypergraphs, 1989, ch. 2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence


class TooManyError(Exception):
    """More hitting sets than the caller allowed."""


def minimal_hitting_sets(
    conflicts: Sequence[Iterable[int]], most: int | None = None
) -> list[tuple[int, ...]]:
    """Return every minimal hitting set, smaller ones first, then in the order of their members.

    Args:
        conflicts: sets of numbers from 0.
        most: how many sets may be at hand at once.

    >>> minimal_hitting_sets([[0, 1], [0, 2, 3]])
    [(0,), (1, 2), (1, 3)]

    Raises:
        TooManyError: more than ``most`` sets were needed on the way.
    """
    masks = sorted((mask_of(conflict) for conflict in conflicts), key=int.bit_count)
    sets = hitting_more([0], masks, known=(), most=most)
    return sorted(map(members, sets), key=lambda chosen: (len(chosen), chosen))


def hitting_more(
    sets: list[int],
    conflicts: Iterable[int],
    *,
    known: Iterable[int],
    most: int | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> list[int]:
    """Return the minimal hitting sets of more conflicts, given those of some; all as masks.

    Args:
        sets: the minimal hitting sets of the known conflicts.
        conflicts: the conflicts to hit as well.
        known: the conflicts that the sets hit already.
        most: how many sets may be at hand at once.
        stop: asked after each conflict.

    Raises:
        TooManyError: more than ``most`` sets were needed on the way, or ``stop`` said so.
    """
    holding: dict[int, int] = {}
    number = 0
    for mask in known:
        _note(holding, mask, number)
        number += 1
    for mask in conflicts:
        sets = _hit(sets, mask, holding)
        _note(holding, mask, number)
        number += 1
        if (most is not None and len(sets) > most) or stop():
            raise TooManyError
    return sets


def _note(holding: dict[int, int], mask: int, number: int) -> None:
    """Note a conflict: each of its members, as a mask of one, is held by it."""
    for member in members(mask):
        holding[1 << member] = holding.get(1 << member, 0) | 1 << number


def _hit(sets: list[int], mask: int, holding: dict[int, int]) -> list[int]:
    """Extend sets so that they hit one more conflict, keeping the minimal ones.

    An extension is minimal when each member of the set still hits a conflict that no other does.
    """
    found = [chosen for chosen in sets if chosen & mask]
    spared = [(1 << n, ~holding.get(1 << n, 0)) for n in members(mask)]
    for chosen in sets:
        if chosen & mask:
            continue
        own = _own(chosen, holding)
        for bit, others in spared:
            for conflicts in own:
                if not conflicts & others:
                    break
            else:
                found.append(chosen | bit)
    return found


def _own(chosen: int, holding: dict[int, int]) -> list[int]:
    """Return for each member of a set the conflicts that it alone hits."""
    hit = hit_again = 0
    held = []
    while chosen:
        member = chosen & -chosen
        conflicts = holding[member]
        hit_again |= hit & conflicts
        hit |= conflicts
        held.append(conflicts)
        chosen ^= member
    return [conflicts & ~hit_again for conflicts in held]


def mask_of(numbers: Iterable[int]) -> int:
    """Return numbers as a mask.

    >>> bin(mask_of([1, 3]))
    '0b1010'
    """
    mask = 0
    for number in numbers:
        mask |= 1 << number
    return mask


def members(mask: int) -> tuple[int, ...]:
    """Return the numbers in a mask, ascending.

    >>> members(0b1010)
    (1, 3)
    """
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return tuple(found)


def components(conflicts: Iterable[tuple[int, ...]]) -> list[list[tuple[int, ...]]]:
    """Group conflicts that share members, directly or through others; each group in order given.

    >>> components([(0, 1), (2, 3), (1, 4)])
    [[(0, 1), (1, 4)], [(2, 3)]]
    """
    groups: list[tuple[int, list[int]]] = []
    listed = list(conflicts)
    for number, conflict in enumerate(listed):
        mask = mask_of(conflict)
        touching = [group for group in groups if group[0] & mask]
        groups = [group for group in groups if not group[0] & mask]
        for other, _ in touching:
            mask |= other
        merged = sorted([number, *(n for _, numbers in touching for n in numbers)])
        groups.append((mask, merged))
    ordered = sorted(numbers for _, numbers in groups)
    return [[listed[n] for n in numbers] for numbers in ordered]
