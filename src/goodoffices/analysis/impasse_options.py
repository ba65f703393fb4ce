"""Issues whose options are all refused, and what a new option would have to meet.

A new option is one that no condition names: it is none of the options there are, so "not x" holds
of it and "x" does not. For a range it is a number off the steps. The issues in question are given
such an option, and the engine is asked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import reduce
from math import ceil, gcd

from goodoffices.analysis.impasse_issues import names
from goodoffices.analysis.impasse_result import IssueZone, NewOption, OptionDemand
from goodoffices.analysis.zone.compiling import Compiler
from goodoffices.analysis.zone.solving import ZoneSolver
from goodoffices.analysis.zone.system import System
from goodoffices.model import (
    Case,
    Is,
    Issue,
    Not,
    OneOf,
    OptionTest,
    Position,
    Range,
    Rule,
    each_test,
    number_text,
    read_number,
)

_NEW = "(a new option)"
_EXACT = Context(prec=700)
_MULTIPLIED_OUT = 100_000
"""Clauses up to which a position is multiplied out to say what it asks of a new option."""


@dataclass
class NewOptions:
    """Looks for issues on which a new option is needed.

    Attributes:
        case: the case.
        system: the case, compiled.
        solver: a solver of the whole case.
        zones: what is left of each issue, with what excludes the rest.
    """

    case: Case
    system: System
    solver: ZoneSolver
    zones: Mapping[str, IssueZone]

    def all(self, issues: set[str]) -> tuple[NewOption, ...]:
        """Return the issues, out of these, on which a new option is needed."""
        chosen = [name for name in self.case.issues if name in issues]
        named = {name: _named_numbers(self.case, name) for name in chosen}
        widened = {name: _widened(self.case.issues[name], named[name]) for name in chosen}
        case = self.case.model_copy(update={"issues": {**self.case.issues, **widened}})
        system = System.of(case)
        with system.solver() as solver:
            search = _Widened(self.system, system, solver, named)
            found = [self._option(name, search) for name in chosen]
        return tuple(option for option in found if option is not None)

    def _option(self, name: str, search: _Widened) -> NewOption | None:
        refusers = self._refusers(name)
        example = search.example(name)
        if example is None and not all(against is None or against for against in refusers.values()):
            return None
        excluded = self.zones[name].excluded
        issue = self.case.issues[name]
        return NewOption(
            issue=name,
            refused={option: ids or excluded.get(option, ()) for option, ids in refusers.items()},
            demands=tuple(search.demands(name)),
            opens=example is not None,
            values=search.values(name) if issue.numeric and example is not None else (),
            example=example,
        )

    def _refusers(self, name: str) -> dict[str, tuple[str, ...] | None]:
        """Return, for each option, the positions that refuse it each by itself, with the rules.

        An option that the rules exclude has None: it says nothing about any position.
        """
        number = self.system.space.numbers[name]
        axis, issue = self.system.space.axes[number], self.case.issues[name]
        speaking = [n for n, p in enumerate(self.system.positions) if name in p.issues]
        refusers: dict[str, tuple[str, ...] | None] = {}
        for cell in range(len(axis.cells)):
            held = self.solver.encoding.cell_literals(number, cell)
            against = None
            if self.solver.fits((), held):
                refusing = (n for n in speaking if not self.solver.fits([n], held))
                against = self.system.ids(refusing)
            refusers |= dict.fromkeys(names(issue, axis, cell), against)
        return refusers


def _named_numbers(case: Case, name: str) -> frozenset[str]:
    """Return the numbers that rules and positions in force name on an issue, if it is a range."""
    if not case.issues[name].numeric:
        return frozenset()
    holders: tuple[Position | Rule, ...] = (*case.in_force, *case.rules)
    conditions = [condition for holder in holders for _, condition in holder.conditions]
    tests = [test.test for c in conditions for test, _ in each_test(c) if test.issue == name]
    return frozenset(number_text(number) for test in tests for number in _numbers(test))


def _widened(issue: Issue, named: frozenset[str]) -> Issue:
    """Return an issue with a new option, or a range with the numbers between and around."""
    if issue.range is None:
        return Issue(question=issue.question, options={**(issue.options or {}), _NEW: None})
    numbers = [Fraction(text) for text in named]
    ends = [Fraction(issue.range.from_), Fraction(issue.range.to), *numbers]
    steps = [Fraction(issue.range.step), *(number - ends[0] for number in numbers)]
    step = reduce(_common, (abs(s) for s in steps if s)) / 2
    # Not checked as a case's own ranges are: its steps may be finer than any of these.
    fine = Range.model_construct(
        from_=_decimal(min(ends) - step), to=_decimal(max(ends) + step), step=_decimal(step)
    )
    return Issue.model_construct(question=issue.question, range=fine)


def _numbers(test: OptionTest) -> Iterator[Decimal]:
    if isinstance(test, OneOf):
        for part in test.tests:
            yield from _numbers(part)
    elif isinstance(test, Not):
        yield from _numbers(test.test)
    elif isinstance(test, Is):
        yield read_number(test.option)
    else:
        yield from (bound for bound in (test.at_least, test.at_most) if bound is not None)


def _common(one: Fraction, other: Fraction) -> Fraction:
    """Return the largest step of which both are multiples."""
    below = one.denominator * other.denominator
    return Fraction(
        gcd(one.numerator * other.denominator, other.numerator * one.denominator), below
    )


def _decimal(value: Fraction) -> Decimal:
    """Return a fraction as a decimal; these come from decimals, halved, so they are exact."""
    return _EXACT.divide(value.numerator, value.denominator)


class _Widened:
    """The case with new options on some issues, one of which is allowed at a time."""

    def __init__(
        self,
        narrow: System,
        system: System,
        solver: ZoneSolver,
        named: Mapping[str, frozenset[str]],
    ) -> None:
        self.narrow = narrow
        self.system = system
        self.solver = solver
        self.named = named
        self.everybody = range(len(system.positions))
        self.old = {name: self._old_mask(narrow, name) for name in named}

    def _old_mask(self, narrow: System, name: str) -> int:
        """Return the cells that hold an option the issue has already."""
        axis = self.system.space.axes[self.system.space.numbers[name]]
        mask = 0
        for cell, spans in enumerate(axis.cells):
            if any(self._old_in(narrow, name, span) is not None for span in spans):
                mask |= 1 << cell
        return mask

    def _old_in(self, narrow: System, name: str, span: tuple[int, int]) -> str | None:
        """Return the first option of the issue as it was that lies in a span of it widened."""
        issue, wide = narrow.space.issues[name], self.system.space.issues[name]
        if issue.range is None:
            return issue.option(span[0]) if span[0] < issue.size else None
        low, high = (read_number(wide.option(index)) for index in (span[0], span[1] - 1))
        first = max(0, ceil((low - issue.range.from_) / issue.range.step))
        if first >= issue.size or read_number(issue.option(first)) > high:
            return None
        return issue.option(first)

    def _held(self, allowed: str) -> list[int] | None:
        """Return assumptions that only this issue has a new option; None when it cannot."""
        assumptions = []
        for name in self.named:
            number = self.system.space.numbers[name]
            full = self.system.space.axes[number].full
            mask = full & ~self.old[name] if name == allowed else self.old[name]
            if not mask:
                return None
            if mask != full:
                assumptions.append(self.solver.gate(((number, mask),)))
        return assumptions

    def example(self, name: str) -> dict[str, str] | None:
        """Return the rest of a package in which an issue has a new option, or None."""
        held = self._held(name)
        if held is None or not self.solver.fits(self.everybody, held):
            return None
        space = self.system.space
        cells = self.solver.cells()[: len(space.axes)]
        package = {}
        for number, axis in enumerate(space.axes):
            if axis.name != name:
                package[axis.name] = self._old_option(number, cells[number])
        return package

    def _old_option(self, number: int, cell: int) -> str:
        """Return an option that the issue has already out of a cell that holds one."""
        axis = self.system.space.axes[number]
        found = (self._old_in(self.narrow, axis.name, span) for span in axis.cells[cell])
        return next(option for option in found if option is not None)

    def values(self, name: str) -> tuple[dict[str, str], ...]:
        """Return the bands of new numbers that open the zone."""
        number = self.system.space.numbers[name]
        held = self._held(name) or []
        opening = 0
        for cell in range(len(self.system.space.axes[number].cells)):
            literals = self.solver.encoding.cell_literals(number, cell)
            if not self.old[name] >> cell & 1 and self.solver.fits(
                self.everybody, [*held, *literals]
            ):
                opening |= 1 << cell
        return self._bands(name, opening)

    def demands(self, name: str) -> Iterator[OptionDemand]:
        """Yield what each position asks of a new option of an issue."""
        number = self.system.space.numbers[name]
        for clauses, position in zip(self.system.clauses_of, self.system.positions, strict=True):
            if any(axis >= len(self.system.space.axes) for clause in clauses for axis, _ in clause):
                whole = Compiler(self.system.space, most=_MULTIPLIED_OUT)
                clauses = whole.position(position)  # the helpers hide what is asked
            asked = [
                (mask, len(clause) > 1) for clause in clauses for n, mask in clause if n == number
            ]
            for mask, when in dict.fromkeys(asked):
                yield self._demand(name, position, mask, when=when)

    def _demand(self, name: str, position: Position, mask: int, *, when: bool) -> OptionDemand:
        """Return what a position asks of a new option, given the cells that it leaves."""
        id, party = position.id, position.party
        axis = self.system.space.axes[self.system.space.numbers[name]]
        issue = self.system.space.issues[name]
        if issue.numeric:
            return OptionDemand(id, party, (), (), self._bands(name, mask), when)
        new = axis.cell_of(issue.size - 1)
        open_ = bool(mask >> new & 1)
        named = {
            issue.option(index)
            for cell in range(len(axis.cells))
            if bool(mask >> cell & 1) != open_
            for index in axis.indexes(cell)
        }
        listed = tuple(option for option in issue.options or () if option in named)
        one_of, none_of = ((), listed) if open_ else (listed, ())
        return OptionDemand(id, party, one_of, none_of, (), when)

    def _bands(self, name: str, mask: int) -> tuple[dict[str, str], ...]:
        """Return the bounds of each band of numbers in a mask.

        A band ends at a number that a condition names, which belongs to it or not; between two
        such numbers lie others, so that of two neighbouring numbers at most one is named.
        """
        axis = self.system.space.axes[self.system.space.numbers[name]]
        issue, named = self.system.space.issues[name], self.named[name]
        bands = []
        for low, high in _runs(mask, len(axis.cells)):
            start, end = axis.cells[low][0][0], axis.cells[high - 1][0][1]
            band: dict[str, str] = {}
            if start > 0:
                own = issue.option(start) in named
                band["at-least" if own else "above"] = issue.option(start - (not own))
            if end < issue.size:
                own = issue.option(end - 1) in named
                band["at-most" if own else "below"] = issue.option(end - own)
            bands.append(band)
        return tuple(bands)


def _runs(mask: int, size: int) -> list[tuple[int, int]]:
    """Return the runs of cells in a mask, half-open."""
    runs: list[tuple[int, int]] = []
    for cell in range(size):
        if mask >> cell & 1:
            if runs and runs[-1][1] == cell:
                runs[-1] = (runs[-1][0], cell + 1)
            else:
                runs.append((cell, cell + 1))
    return runs
