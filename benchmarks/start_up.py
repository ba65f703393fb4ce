"""How long commands take from the call to the end, beside a bare interpreter.

The bare interpreter imports pydantic and yaml, which any command that reads a case has to.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.timing import milliseconds, ratio, table

CASE = Path(__file__).parents[1] / "examples" / "gaza-2025"
BARE = (sys.executable, "-c", "import pydantic, yaml")


@dataclass(frozen=True)
class Command:
    """A command that is timed; ``goal`` is seconds on the clock."""

    name: str
    words: tuple[str, ...]
    goal: float


ALL = (
    Command("goodoffices --help", ("--help",), 0.15),
    Command("goodoffices brief examples/gaza-2025", ("brief", str(CASE)), 1.0),
)


def seconds(words: Sequence[str]) -> float | str:
    """Run a program; return its time, or what it said when it failed.

    >>> seconds([sys.executable, "-c", "raise SystemExit('no such thing')"])
    'no such thing'
    """
    start = time.perf_counter()
    done = subprocess.run(words, capture_output=True, check=False, text=True)
    if done.returncode == 0:
        return time.perf_counter() - start
    return (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1]


def report(rounds: int, commands: Sequence[Command] = ALL) -> Iterator[str]:
    """Yield the table; bare interpreter and commands run by turns."""
    names: dict[tuple[str, ...], str] = {BARE: "python -c 'import pydantic, yaml'"}
    names |= {_call(command): command.name for command in commands}
    found: dict[tuple[str, ...], list[float]] = {words: [] for words in names}
    failed: dict[tuple[str, ...], str] = {}
    for _ in range(rounds):
        for words in names:
            took = seconds(words)
            if isinstance(took, float):
                found[words].append(took)
            else:
                failed[words] = took
    rows = []
    goals = {_call(command): command.goal for command in commands}
    for words, name in names.items():
        if words in failed:
            rows.append([name, f"failed: {failed[words]}", "-", "-"])
            continue
        ratios = [mine / bare for mine, bare in zip(found[words], found[BARE], strict=True)]
        kept = sum(took <= goals.get(words, took) for took in found[words])
        goal = f"{goals[words]:g} s: {kept} of {rounds}" if words in goals else ""
        rows.append([name, milliseconds(found[words]), ratio(median(ratios)), goal])
    yield table(["command", "ms on the clock", "ratio", "goal, kept"], rows)


def _call(command: Command) -> tuple[str, ...]:
    return (sys.executable, "-m", "goodoffices", *command.words)
