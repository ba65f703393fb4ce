"""A case as a system of clauses: what `solving`, `knots` and `counting` work on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from goodoffices.analysis.zone.clauses import Clause, ClauseSet
from goodoffices.analysis.zone.compiling import Compiler
from goodoffices.analysis.zone.solving import ZoneSolver
from goodoffices.analysis.zone.space import Space
from goodoffices.model import Case, Position, Rule


@dataclass(frozen=True)
class System:
    """The rules and binding positions of a case in force, compiled.

    Attributes:
        space: the packages, cut into cells.
        positions: the binding positions in force, in the order of the case; engines call them by
            their number here.
        clauses_of: for each position, its clauses.
        rules: the rules of the case.
        clauses_of_rules: for each rule, its clauses.
        definitions: clauses that fix helper axes; they always hold.
        weights: for each axis, helpers last, the number of options in each cell.
    """

    space: Space
    positions: tuple[Position, ...]
    clauses_of: tuple[tuple[Clause, ...], ...]
    rules: tuple[Rule, ...]
    clauses_of_rules: tuple[tuple[Clause, ...], ...]
    definitions: tuple[Clause, ...]
    weights: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, case: Case) -> System:
        """Compile a case as of its day."""
        positions = tuple(position for position in case.in_force if position.binding)
        holders: tuple[Position | Rule, ...] = (*positions, *case.rules)
        conditions = [condition for holder in holders for _, condition in holder.conditions]
        space = Space.of(case.issues, conditions)
        compiler = Compiler(space)
        clauses = tuple(compiler.position(position) for position in positions)
        rules = tuple(compiler.position(rule) for rule in case.rules)
        weights = (*(axis.weights for axis in space.axes), *((1, 1),) * compiler.helpers)
        definitions = tuple(compiler.definitions)
        return cls(space, positions, clauses, case.rules, rules, definitions, weights)

    @cached_property
    def hard(self) -> tuple[Clause, ...]:
        """The clauses that hold whoever moves: rules and definitions."""
        return (*(clause for rule in self.clauses_of_rules for clause in rule), *self.definitions)

    @cached_property
    def clause_set(self) -> ClauseSet:
        """All clauses: the hard ones first, then those of each position in turn."""
        soft = (clause for clauses in self.clauses_of for clause in clauses)
        return ClauseSet(self.weights, (*self.hard, *soft))

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        starts, start = [], len(self.hard)
        for clauses in self.clauses_of:
            starts.append(start)
            start += len(clauses)
        return tuple(starts)

    def active(self, positions: Iterable[int]) -> list[int]:
        """Return the numbers, in `clause_set`, of the hard clauses and those of some positions."""
        numbers = list(range(len(self.hard)))
        for position in positions:
            start = self._starts[position]
            numbers.extend(range(start, start + len(self.clauses_of[position])))
        return numbers

    def solver(self) -> ZoneSolver:
        """Return a solver of the whole case: its groups are the positions, by their numbers."""
        known = len(self.space.axes)
        ordered = [
            axis < known and self.space.axes[axis].ordered for axis in range(len(self.weights))
        ]
        return ZoneSolver(
            self.weights, ordered, self.definitions, self.clauses_of, rules=self.clauses_of_rules
        )

    def met(self, position: int, cells: Sequence[int]) -> bool:
        """Whether a choice of one cell per axis meets a position."""
        return all(ClauseSet.met_by(clause, cells) for clause in self.clauses_of[position])

    def ids(self, positions: Iterable[int]) -> tuple[str, ...]:
        """Return the ids of positions, in the order of the case."""
        return tuple(self.positions[number].id for number in sorted(positions))

    def parties(self, positions: Iterable[int]) -> tuple[str, ...]:
        """Return the parties that hold some positions, each once, sorted."""
        return tuple(sorted({self.positions[number].party for number in positions}))
