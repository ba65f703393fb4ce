"""Times of one run, and how they are told: medians, quartiles, ratios.

Processor time is measured, not the time on the wall, so that what else the machine does matters
less; none of the programs uses a second thread. On an idle machine the two are the same.
"""

from __future__ import annotations

import gc
import os
import platform
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles
from types import FrameType


class OutOfTimeError(Exception):
    """The time allowed has passed."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `OutOfTimeError` inside when that much processor time has passed.

    >>> try:
    ...     with limited(0.01):
    ...         while True:
    ...             pass
    ... except OutOfTimeError:
    ...     print("stopped")
    stopped
    """

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise OutOfTimeError

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def stopwatch() -> Callable[[], float]:
    """Return a clock of the processor time since now, in seconds, after clearing up."""
    gc.collect()
    start = time.process_time()
    return lambda: time.process_time() - start


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the lower quartile, median and upper quartile.

    >>> quartiles([3.0, 1.0, 2.0])
    (1.5, 2.0, 2.5)
    """
    if len(values) == 1:
        return values[0], values[0], values[0]
    low, _, high = quantiles(values, n=4, method="inclusive")
    return low, median(values), high


def milliseconds(seconds: Sequence[float]) -> str:
    """Return median and quartiles, as the tables show them.

    >>> milliseconds([0.0012, 0.0011, 0.0019])
    '1.2 (1.1 to 1.6)'
    """
    low, middle, high = (_short(1000 * value) for value in quartiles(seconds))
    return f"{middle} ({low} to {high})"


def _short(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 1 else f"{value:.2g}"


def ratio(value: float) -> str:
    """Return a ratio with two figures.

    >>> ratio(0.1234), ratio(12.34)
    ('0.12', '12')
    """
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table as documents in Markdown write it.

    >>> print(table(["a", "b"], [["1", "22"]]))
    | a | b  |
    |---|----|
    | 1 | 22 |
    """
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) + " |"
        for row in (head, *rows)
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def machine() -> str:
    """Return what this runs on, in a sentence."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB, "
        f"Python {platform.python_version()}, python-sat {version('python-sat')}, "
        f"load {os.getloadavg()[0]:.1f}"
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
