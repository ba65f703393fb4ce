"""The stability engine: beside plain matrices, and alone as models grow.

``python -m benchmarks.stability [--quick] [--largest 24] [--plot FILE]``. Every model has three
parties; verdicts of Nash, GMR, SMR, SEQ and SSEQ for all parties and states are timed, with the
scores given and everything else from the moves on.
"""

from __future__ import annotations

import argparse
import tracemalloc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.stability_matrices import matrix_verdicts, step_matrices
from benchmarks.timing import machine, ratio, stopwatch, table
from goodoffices.analysis.stability.boxed import BoxedGraph
from goodoffices.analysis.stability.graph import Graph, verdicts
from goodoffices.analysis.stability.listed import ListedGraph
from goodoffices.analysis.stability.movers import movers_of
from goodoffices.analysis.stability.states import Array, States
from goodoffices.model import Case

KINDS = ("reversible", "directed", "infeasible")
PREFERENCES = ("statements", "random")
PUBLISHED_STATES, PUBLISHED_SECONDS = 4_096, (24, 43)
"""Processor seconds that existing programs took for so many states of three parties."""
GOAL_SECONDS, GOAL_BYTES = 5.0, 2**30


@dataclass(frozen=True)
class Made:
    """A generated model: its states, and scores as ranks of random statements or a random order."""

    case: Case
    states: States
    scores: dict[str, Array]

    def graph(self, *, listed: bool = False) -> Graph:
        """Return its graph, everything else than scores made anew."""
        assert self.case.moves is not None
        movers = movers_of(self.case.moves.options, self.case)
        kind = ListedGraph if listed else BoxedGraph
        return kind(self.states, movers, self.scores)


def generate(moves: int, kind: str, preferences: str, seed: int) -> Made:
    """Return a model of three parties; of an infeasible kind, about a quarter of states remain.

    >>> len(generate(6, "reversible", "statements", 0).states)
    64
    """
    rng = np.random.default_rng(seed)
    names = [f"m{n}" for n in range(moves)]
    options = {
        name: {
            "by": f"p{3 * n // moves}",
            "direction": "forward" if kind == "directed" and n % 3 == 0 else "both",
        }
        for n, name in enumerate(names)
    }
    # Pairs of moves of two parties exclude each other: three of four combinations remain.
    pairs = range(0, moves // 3, 2) if kind == "infeasible" else range(0)
    infeasible = [{names[n]: "yes", names[n + moves // 3]: "yes"} for n in pairs]
    parties = {f"p{n}": {"name": f"Party {n}"} for n in range(3)}
    data = {"options": options, "infeasible": infeasible}
    case = Case.model_validate({"case": "Generated", "parties": parties, "moves": data})
    assert case.moves is not None
    states = States.of(case.moves)
    scores = {party: _scores(states, preferences, rng) for party in parties}
    return Made(case, states, scores)


def _scores(states: States, preferences: str, rng: np.random.Generator) -> Array:
    if preferences == "random":
        return rng.permutation(len(states)).astype(np.int32)
    scores = np.zeros(len(states), dtype=np.int32)
    moves = len(states.moves)
    for bit in rng.permutation(moves):
        satisfied = (states.codes >> bit) ^ int(rng.integers(2))
        if rng.random() < 0.5:  # "exactly if" another move is made
            satisfied = satisfied ^ (states.codes >> (bit + 1) % moves)
        scores = 2 * scores + (satisfied & 1).astype(np.int32)
    return scores


def measured(made: Made) -> tuple[float, int]:
    """Return processor seconds, and in a second run the most bytes that arrays took."""
    clock = stopwatch()
    verdicts(made.graph())
    seconds = clock()
    tracemalloc.start()
    verdicts(made.graph())
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return seconds, most


def beside_matrices(moves: int) -> Iterator[str]:
    """Yield the table against plain matrices; both must give the same verdicts.

    >>> "| 16 " in "".join(beside_matrices(4))
    True
    """
    rows = []
    for kind in KINDS:
        made = generate(moves, kind, "statements", 1)
        clock = stopwatch()
        ours = verdicts(made.graph())
        seconds = clock()
        clock = stopwatch()
        theirs = matrix_verdicts(step_matrices(made.graph(), len(made.states)), made.scores)
        plain = clock()
        for concept, stable in ours.items():
            for party in stable:
                assert (stable[party] == theirs[concept][party]).all(), (kind, concept, party)
        published = " to ".join(ratio(low / seconds) for low in PUBLISHED_SECONDS)
        alike = len(made.states) == PUBLISHED_STATES
        cells = [f"{len(made.states):,}", kind, f"{1000 * seconds:.1f}", f"{plain:.1f}"]
        rows.append([*cells, ratio(plain / seconds), published if alike else ""])
    head = ["states", "moves", "ms", "s, matrices", "times quicker", "than 24 to 43 s"]
    yield table(head, rows)


def growing(sizes: Sequence[int], points: list[tuple[str, int, float]]) -> Iterator[str]:
    """Yield the table of larger and larger models, and collect its points.

    >>> points = []
    >>> "| 64 " in "".join(growing([6], points)), len(points)
    (True, 6)
    """
    rows = []
    for moves in sizes:
        for kind in KINDS:
            for preferences in PREFERENCES:
                # Of two moves more, so that about as many states are feasible.
                made = generate(moves + 2 * (kind == "infeasible"), kind, preferences, 1)
                seconds, most = measured(made)
                states = len(made.states)
                points.append((f"{kind}, {preferences}", states, seconds))
                kept = "yes" if seconds <= GOAL_SECONDS and most <= GOAL_BYTES else "no"
                cells = [f"{states:,}", f"{kind}, {preferences}", f"{seconds:.3g}"]
                each = f"{1e6 * seconds / states:.2f}"
                rows.append([*cells, each, f"{most / 2**20:,.1f}", kept if moves >= 20 else ""])
    yield table(["states", "model", "s", "µs a state", "MiB", "5 s and 1 GiB"], rows)


def draw(points: Sequence[tuple[str, int, float]], file: Path) -> None:
    """Draw seconds over states, both by powers of ten, beside a line of slope one."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4.5), layout="constrained")
    axes = figure.subplots()
    for name in dict.fromkeys(name for name, _, _ in points):
        own = [(states, seconds) for label, states, seconds in points if label == name]
        axes.plot([s for s, _ in own], [t for _, t in own], marker="o", markersize=3, label=name)
    low, high = min(s for _, s, _ in points), max(s for _, s, _ in points)
    axes.plot([low, high], [1e-6 * low, 1e-6 * high], "k:", label="1 µs a state")
    axes.set(xscale="log", yscale="log", xlabel="feasible states", ylabel="processor seconds")
    axes.set_title("All of Nash, GMR, SMR, SEQ, SSEQ for three parties")
    axes.legend(fontsize="small")
    with rc_context({"svg.hashsalt": "stability"}):
        figure.savefig(file, metadata={"Date": None} if file.suffix == ".svg" else None)


def report(moves: int, largest: int, plot: Path | None = None) -> Iterator[str]:
    """Yield all tables: on up to ``2**largest`` states, and against matrices at ``2**moves``."""
    yield machine()
    points: list[tuple[str, int, float]] = []
    yield from growing(range(min(10, largest), largest + 1, 2), points)
    if plot is not None:
        draw(points, plot)
    yield from beside_matrices(moves)


def main(words: Sequence[str] | None = None) -> None:
    """Print the tables, each as soon as it is ready."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stability", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small models only: does it run?")
    parser.add_argument("--largest", type=int, default=20, help="moves of the largest model")
    parser.add_argument("--plot", type=Path, help="file for a plot of seconds over states")
    asked = parser.parse_args(words)
    moves, largest = (8, 10) if asked.quick else (12, asked.largest)
    for part in report(moves, largest, asked.plot):
        print(part, end="\n\n", flush=True)


if __name__ == "__main__":
    main()
