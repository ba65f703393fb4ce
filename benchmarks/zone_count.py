"""How long it takes to count the packages of a zone, exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.cases import Shape, generate
from benchmarks.timing import milliseconds, stopwatch, table
from goodoffices.analysis.zone.counting import ZoneCounter
from goodoffices.analysis.zone.system import System
from goodoffices.model import Case

GOAL_SECONDS = 2.0
ALL = (Shape(40, 150, 0.2, 0.3), Shape(200, 1000, 0.05, 0.6), Shape(200, 1000, 0.1, 0.6))
QUICK = (Shape(10, 30, 0.6, 0.3),)


def opened(case: Case) -> tuple[System, list[int]]:
    """Return a case and positions that some package meets: all, as long as they fit together."""
    system = System.of(case)
    kept: list[int] = []
    with system.solver() as solver:
        for number in range(len(system.positions)):
            if solver.fits([*kept, number]):
                kept.append(number)
    return system, kept


def report(number: int, shapes: Sequence[Shape] = ALL) -> Iterator[str]:
    """Yield the table: the zone of the positions that fit together, counted.

    >>> "| 10 / 30 " in "".join(report(1, QUICK))
    True
    """
    rows = []
    for shape in shapes:
        times, sizes = [], []
        for seed in range(number):
            system, kept = opened(generate(shape, np.random.default_rng(seed)))
            active = system.active(kept)
            clock = stopwatch()
            sizes.append(ZoneCounter(system.clause_set).count(active))
            times.append(clock())
        goal = f"{GOAL_SECONDS:g} s: {sum(t <= GOAL_SECONDS for t in times)} of {number}"
        powers = f"1e{len(str(min(sizes))) - 1} to 1e{len(str(max(sizes))) - 1}"
        cells = [f"{shape.issues} / {shape.positions}", f"{shape.d:g}, {shape.tolerance:g}"]
        rows.append([*cells, powers, milliseconds(times), goal])
    yield table(
        ["issues / positions", "d, tolerance", "packages", "ms to count", "goal, kept"], rows
    )
