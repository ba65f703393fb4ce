"""Conditions to clauses.

A test on an issue is a set of its cells, and so is its negation; negation therefore moves to the
tests for free. What remains is "and" and "or", which are multiplied out while that stays small;
beyond that a part gets a helper axis with two cells, no and yes, that says whether the part holds.
The helper is fixed by the other axes, so counts do not change.

Source: the helper is Tseitin's definition (1968), written in both directions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from goodoffices.analysis.zone.clauses import Clause
from goodoffices.analysis.zone.space import Space
from goodoffices.model import (
    AllOf,
    AnyOf,
    Condition,
    NoneOf,
    Position,
    Rule,
    Test,
    offered_terms,
)

NO, YES = 0b01, 0b10
"""The cells of a helper axis, as masks."""


def joined(*clauses: Clause) -> Clause:
    """Return the clause that is met when one of these is.

    >>> joined(((0, 0b01),), ((0, 0b10), (2, 0b1)))
    ((0, 3), (2, 1))
    """
    masks: dict[int, int] = {}
    for clause in clauses:
        for axis, mask in clause:
            masks[axis] = masks.get(axis, 0) | mask
    return tuple(sorted(masks.items()))


@dataclass
class Compiler:
    """Compiles conditions over one space.

    Attributes:
        space: the space; every test of the conditions must be among those that cut it.
        most: how many clauses a part may be multiplied out to before it gets a helper.
        definitions: clauses that fix the helpers; they always hold.
        helpers: number of helper axes, numbered after those of the space.
    """

    space: Space
    most: int = 16
    definitions: list[Clause] = field(default_factory=list)
    helpers: int = 0

    def position(self, position: Position | Rule) -> tuple[Clause, ...]:
        """Return the clauses of a position or rule: a package meets it if it meets all of them."""
        unless = [] if position.when is None else [(position.when, False)]
        if position.requires is not None:
            return self._either([*unless, (position.requires, True)])
        if position.refuses is not None:
            return self._either([*unless, (position.refuses, False)])
        if isinstance(position, Rule) or position.offers is None or position.in_return_for is None:
            return ()
        clauses = [
            clause
            for term in offered_terms(position.offers)
            for clause in self._either([*unless, (term, False), (position.in_return_for, True)])
        ]
        return tuple(dict.fromkeys(clauses))

    def condition(self, condition: Condition, wanted: bool = True) -> tuple[Clause, ...]:
        """Return clauses that are all met exactly where the condition is (or is not) as wanted."""
        if isinstance(condition, Test):
            axis = self.space.numbers[condition.issue]
            mask = self.space.mask(condition.issue, condition.test)
            return self._literal(axis, mask if wanted else self.space.axes[axis].full & ~mask)
        if isinstance(condition, NoneOf):
            return self.condition(AnyOf(condition.parts), not wanted)
        parts = [(part, wanted) for part in condition.parts]
        if isinstance(condition, AllOf) is wanted:
            return tuple(dict.fromkeys(c for part in parts for c in self.condition(*part)))
        return self._either(parts)

    def _literal(self, axis: int, mask: int) -> tuple[Clause, ...]:
        if mask == self.space.axes[axis].full:
            return ()
        return (((axis, mask),) if mask else (),)

    def _either(self, parts: Iterable[tuple[Condition, bool]]) -> tuple[Clause, ...]:
        """Return the clauses of "at least one of these parts is as wanted"."""
        product: tuple[Clause, ...] = ((),)
        for part in parts:
            clauses = self.condition(*part)
            if product == ((),):
                product = clauses
                continue
            if len(product) * len(clauses) > self.most:
                clauses = self._named(clauses)
                if len(product) * len(clauses) > self.most:
                    product = self._named(product)
            product = tuple(self._multiplied(product, clauses))
        return product

    def _multiplied(self, left: tuple[Clause, ...], right: tuple[Clause, ...]) -> Iterator[Clause]:
        seen = set()
        for one in left:
            for other in right:
                clause = joined(one, other)
                if clause not in seen and not self._always(clause):
                    seen.add(clause)
                    yield clause

    def _always(self, clause: Clause) -> bool:
        axes = self.space.axes
        return any(mask == (axes[a].full if a < len(axes) else NO | YES) for a, mask in clause)

    def _named(self, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
        """Return one clause that stands for all of these, through a helper axis."""
        if len(clauses) <= 1:
            return clauses
        whole = self._helper()
        parts = []
        for clause in clauses:
            if len(clause) == 1:
                parts.append(clause[0])
                continue
            part = self._helper()
            parts.append((part, YES))
            self.definitions.append(joined(((part, NO),), clause))
            for axis, mask in clause:
                self.definitions.append(joined(((part, YES),), ((axis, self._rest(axis, mask)),)))
        for axis, mask in parts:
            self.definitions.append(joined(((whole, NO),), ((axis, mask),)))
        rest = tuple(((axis, self._rest(axis, mask)),) for axis, mask in parts)
        self.definitions.append(joined(((whole, YES),), *rest))
        return (((whole, YES),),)

    def _rest(self, axis: int, mask: int) -> int:
        axes = self.space.axes
        return (axes[axis].full if axis < len(axes) else NO | YES) & ~mask

    def _helper(self) -> int:
        self.helpers += 1
        return len(self.space.axes) + self.helpers - 1
