"""The space of packages, cut into cells: groups of options that no condition tells apart.

An issue with a million values and three bounds has four cells, so everything that follows costs
what the conditions cost, not what the ranges hold.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, prod

from goodoffices.model import Bounds, Condition, Is, Issue, Not, OneOf, OptionTest, Test

Spans = tuple[tuple[int, int], ...]
"""Sorted, disjoint, half-open ranges of option indexes."""


def passing(test: OptionTest, issue: Issue) -> Spans:
    """Return the indexes of the options of an issue that pass a test.

    >>> from goodoffices.model import parse_condition
    >>> days = Issue.model_validate({"question": "?", "range": {"from": 0, "to": 90, "step": 10}})
    >>> passing(parse_condition({"days": {"at-least": 25, "at-most": 60}}).test, days)
    ((3, 7),)
    """
    if isinstance(test, Is):
        index = issue.index(test.option)
        return () if index is None else ((index, index + 1),)
    if isinstance(test, OneOf):
        return _union([span for part in test.tests for span in passing(part, issue)])
    if isinstance(test, Not):
        return _complement(passing(test.test, issue), issue.size)
    return _bounded(test, issue)


def _bounded(bounds: Bounds, issue: Issue) -> Spans:
    if issue.range is None:
        return ()
    start, step = Fraction(issue.range.from_), Fraction(issue.range.step)
    low, high = 0, issue.size
    if bounds.at_least is not None:
        low = max(low, ceil((Fraction(bounds.at_least) - start) / step))
    if bounds.at_most is not None:
        high = min(high, floor((Fraction(bounds.at_most) - start) / step) + 1)
    return ((low, high),) if low < high else ()


def _union(spans: Iterable[tuple[int, int]]) -> Spans:
    ordered = sorted(spans)
    if len(ordered) < 2:
        return tuple(ordered)
    merged: list[tuple[int, int]] = []
    for low, high in ordered:
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return tuple(merged)


def _complement(spans: Spans, size: int) -> Spans:
    ends = [0, *(end for span in spans for end in span), size]
    pairs = zip(ends[::2], ends[1::2], strict=True)
    return tuple((low, high) for low, high in pairs if low < high)


@dataclass(frozen=True, slots=True)
class Axis:
    """One issue, cut into cells.

    Attributes:
        name: the issue.
        cells: for each cell, the option indexes that it holds.
        ordered: whether the cells are bands of a range, in its order.
    """

    name: str
    cells: tuple[Spans, ...]
    ordered: bool

    @property
    def weights(self) -> tuple[int, ...]:
        """Number of options in each cell."""
        return tuple(sum(high - low for low, high in cell) for cell in self.cells)

    @property
    def full(self) -> int:
        """The mask of all cells."""
        return (1 << len(self.cells)) - 1

    def masks(self, sets: Iterable[Spans]) -> Iterator[int]:
        """Yield, for sets of options made of whole cells, the masks of these cells."""
        firsts = [cell[0][0] for cell in self.cells]  # ascending, whether bands or groups
        for spans in sets:
            mask = 0
            for low, high in spans:
                mask |= (1 << bisect_left(firsts, high)) - (1 << bisect_left(firsts, low))
            yield mask

    def cell_of(self, index: int) -> int:
        """Return the cell that holds an option index.

        Raises:
            ValueError: no cell holds it.
        """
        for number, cell in enumerate(self.cells):
            if any(low <= index < high for low, high in cell):
                return number
        raise ValueError(index)

    def indexes(self, cell: int) -> Iterator[int]:
        """Yield the option indexes of a cell, in order."""
        for low, high in self.cells[cell]:
            yield from range(low, high)


def cut(name: str, issue: Issue, spans: Sequence[Spans]) -> Axis:
    """Cut an issue into cells, so that each of the given sets of options is a union of cells."""
    if issue.numeric:
        ends = {0, issue.size, *(end for part in spans for span in part for end in span)}
        marks = sorted(end for end in ends if 0 <= end <= issue.size)
        bands = pairwise(marks)
        return Axis(name, tuple(((low, high),) for low, high in bands), ordered=True)
    bits = [sum((1 << high) - (1 << low) for low, high in part) for part in spans]
    groups: dict[tuple[int, ...], list[tuple[int, int]]] = {}
    for index in range(issue.size):
        signature = tuple([part >> index & 1 for part in bits])
        groups.setdefault(signature, []).append((index, index + 1))
    return Axis(name, tuple(_union(group) for group in groups.values()), ordered=False)


def _tests(condition: Condition) -> Iterator[Test]:
    if isinstance(condition, Test):
        yield condition
    else:
        for part in condition.parts:
            yield from _tests(part)


@dataclass(frozen=True, slots=True)
class Space:
    """All packages of a case, as cells of its issues.

    Attributes:
        issues: the issues, in the order of the case.
        axes: one axis for each issue, in the same order.
        numbers: the number of each issue's axis.
        masks: for each issue, the tests that cut it, with the cells that pass them.
    """

    issues: Mapping[str, Issue]
    axes: tuple[Axis, ...]
    numbers: Mapping[str, int]
    masks: Mapping[str, Mapping[OptionTest, int]]

    @classmethod
    def of(cls, issues: Mapping[str, Issue], conditions: Iterable[Condition]) -> Space:
        """Cut the issues by every test that the conditions make on them."""
        tested: dict[str, list[OptionTest]] = {name: [] for name in issues}
        for condition in conditions:
            for test in _tests(condition):
                tested[test.issue].append(test.test)
        axes, masks = [], {}
        for name, issue in issues.items():
            spans = [passing(test, issue) for test in tested[name]]
            axes.append(cut(name, issue, spans))
            masks[name] = dict(zip(tested[name], axes[-1].masks(spans), strict=True))
        return cls(issues, tuple(axes), {name: n for n, name in enumerate(issues)}, masks)

    @property
    def size(self) -> int:
        """Number of all packages."""
        return prod(issue.size for issue in self.issues.values())

    def mask(self, name: str, test: OptionTest) -> int:
        """Return the cells of an issue that pass a test made by one of the conditions."""
        return self.masks[name][test]

    def package(self, cells: Sequence[int]) -> dict[str, str]:
        """Return the package that has the first option of each given cell."""
        return {
            axis.name: self.issues[axis.name].option(axis.cells[cell][0][0])
            for axis, cell in zip(self.axes, cells, strict=False)
        }
