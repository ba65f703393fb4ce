"""The programs that are compared: ours, OptUx, RC2 and a plain MARCO loop.

All start from a `Case` and work on the same clauses; each tells a `Note` what it has found out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from itertools import islice
from typing import Any

from pysat.examples.optux import OptUx
from pysat.examples.rc2 import RC2
from pysat.formula import WCNF
from pysat.solvers import Solver

from goodoffices.analysis.zone.cheapest import scalar
from goodoffices.analysis.zone.search import Limits, Prices, Search
from goodoffices.analysis.zone.solving import ZoneSolver
from goodoffices.analysis.zone.system import System
from goodoffices.model import Case

LISTED = 20
"""How many of the smallest or cheapest are asked for."""

Positions = tuple[int, ...]


class Question(Enum):
    """What is asked, in the words of the table."""

    FIRST_CONFLICT = "first point of contention"
    CHEAPEST = "cheapest way out"
    SMALLEST_CONFLICTS = f"{LISTED} smallest points of contention"
    CHEAPEST_WAYS = f"{LISTED} cheapest ways out"
    CONFLICTS = "all points of contention"
    WAYS = "all ways out"


Note = Callable[[Question, Any], None]
"""Called with a question as soon as it is answered, and the answer."""

Contender = Callable[[Case, Note], None]


def ours(case: Case, note: Note) -> None:
    """Search as `impasse` does; ways out are noted as knots, whose product they are."""
    system = System.of(case)
    search = Search(system, Prices.of(system.positions, None), Limits(LISTED))
    seen = set()
    with system.solver() as solver:
        for found in search.run(solver):
            question = Question.FIRST_CONFLICT if found.kind == "conflict" else Question.CHEAPEST
            if question not in seen:
                seen.add(question)
                note(question, [found.positions])
    note(Question.CHEAPEST_WAYS, [way for _, way in search.ways_out()])
    if search.complete:
        conflicts = [conflict for tangle in search.tangles for conflict in tangle.conflicts]
        note(Question.CONFLICTS, conflicts)
        note(Question.WAYS, [[way for _, way in t.ways_out] for t in search.tangles])
        note(Question.SMALLEST_CONFLICTS, sorted(conflicts, key=len)[:LISTED])


def optux(case: Case, note: Note) -> None:
    """PySAT's OptUx: points of contention, smallest first."""
    with System.of(case).solver() as solver, OptUx(_formula(solver, None), solver="g4") as search:
        found = (tuple(group - 1 for group in conflict) for conflict in search.enumerate())
        _in_order(
            found, note, (Question.FIRST_CONFLICT, Question.SMALLEST_CONFLICTS, Question.CONFLICTS)
        )


def rc2(case: Case, note: Note) -> None:
    """PySAT's RC2, blocking each way out found: ways out, cheapest first."""
    system = System.of(case)
    prices = Prices.of(system.positions, None)
    weights = scalar([prices.key(number) for number in range(len(system.positions))])
    with system.solver() as solver, RC2(_formula(solver, weights), solver="g4") as search:
        models = search.enumerate(block=-1)
        found = (
            tuple(n for n, switch in enumerate(solver.switches) if model[switch - 1] < 0)
            for model in models
        )
        _in_order(found, note, (Question.CHEAPEST, Question.CHEAPEST_WAYS, Question.WAYS))


def marco(case: Case, note: Note) -> None:
    """A plain MARCO loop on Glucose 4: both kinds by turns, in no order.

    Source: Liffiton, Previti, Malik & Marques-Silva, "Fast, flexible MUS enumeration",
    Constraints 21 (2016), figure 2, with seeds grown to the largest before they are tried.
    """
    with System.of(case).solver() as encoded:
        switches, clauses = encoded.switches, encoded.clauses
    loop = _Marco(switches, clauses)
    try:
        loop.run(note)
    finally:
        loop.close()


CONTENDERS: Mapping[str, Contender] = {
    "Good Offices": ours,
    "OptUx": optux,
    "RC2": rc2,
    "MARCO": marco,
}
"""The contenders by name; ours is the first."""


def _formula(solver: ZoneSolver, weights: list[int] | None) -> WCNF:
    formula = WCNF()
    formula.extend(solver.clauses)
    for switch, weight in zip(solver.switches, weights or [1] * len(solver.switches), strict=True):
        formula.append([switch], weight=weight)
    return formula


def _in_order(found: Iterator[Positions], note: Note, questions: tuple[Question, ...]) -> None:
    """Note the first, the first few and all of what comes in order."""
    first, few, everything = questions
    listed: list[Positions] = []
    for answer in islice(found, 1):
        listed.append(answer)
        note(first, listed[:])
    listed.extend(islice(found, LISTED - 1))
    note(few, listed[:])
    listed.extend(found)
    note(everything, listed)


class _Marco:
    """The loop: a map of what is unexplored, and a solver for the clauses."""

    def __init__(self, switches: list[int], clauses: list[list[int]]) -> None:
        self.switches = switches
        self.groups = {switch: group for group, switch in enumerate(switches)}
        self.solver = Solver(name="g4", bootstrap_with=clauses)
        self.chart = Solver(
            name="g4", bootstrap_with=[[g, -g] for g in range(1, len(switches) + 1)]
        )
        self.chart.set_phases(list(range(1, len(switches) + 1)))

    def close(self) -> None:
        self.solver.delete()
        self.chart.delete()

    def run(self, note: Note) -> None:
        conflicts: list[Positions] = []
        ways: list[Positions] = []
        while (seed := self.unexplored()) is not None:
            if self.fits(seed):
                chosen = set(seed)
                left = tuple(g for g in range(len(self.switches)) if g not in chosen)
                ways.append(left)
                self.chart.add_clause([group + 1 for group in left])
            else:
                conflicts.append(self.shrunk())
                self.chart.add_clause([-(group + 1) for group in conflicts[-1]])
                if len(conflicts) == 1:
                    note(Question.FIRST_CONFLICT, conflicts[:])
        note(Question.CONFLICTS, conflicts)
        note(Question.WAYS, ways)

    def fits(self, groups: list[int]) -> bool:
        answer: bool = self.solver.solve(assumptions=[self.switches[g] for g in groups])
        return answer

    def shrunk(self) -> Positions:
        left = self.core()
        for group in left.copy():
            if group in left and not self.fits([other for other in left if other != group]):
                left = self.core()
        return tuple(sorted(left))

    def core(self) -> list[int]:
        return [self.groups[literal] for literal in self.solver.get_core() or []]

    def unexplored(self) -> list[int] | None:
        """Return a largest set of groups that the map still holds, or None."""
        if not self.chart.solve():
            return None
        while True:
            model = self.chart.get_model()[: len(self.switches)]
            seed = [literal for literal in model if literal > 0]
            rest = [-literal for literal in model if literal < 0]
            if not rest:
                break
            gate = self.chart.nof_vars() + 1
            self.chart.add_clause([-gate, *rest])
            larger = self.chart.solve(assumptions=[*seed, gate])
            self.chart.add_clause([-gate])
            if not larger:
                break
        return [literal - 1 for literal in seed]
