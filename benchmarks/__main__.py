"""Run every benchmark and print its tables: ``python -m benchmarks [--quick]``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from benchmarks import desk, impasse, stability, start_up, zone_count


def main(words: Sequence[str] | None = None) -> None:
    """Print the tables, each as soon as it is ready."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small cases only, once: does it run?")
    parser.add_argument("--cases", type=int, default=5, help="cases of each shape (default 5)")
    parser.add_argument(
        "--seconds", type=float, default=10, help="for each contender and case (default 10)"
    )
    asked = parser.parse_args(words)
    for part in _quick() if asked.quick else _whole(asked.cases, asked.seconds):
        print(part, end="\n\n", flush=True)


def _quick() -> Iterator[str]:
    yield from impasse.report(2, 1, impasse.QUICK)
    yield from zone_count.report(1, zone_count.QUICK)
    yield from stability.report(8, 10)
    yield from start_up.report(1)


def _whole(cases: int, seconds: float) -> Iterator[str]:
    yield "## Points of contention and ways out"
    yield from impasse.report(cases, seconds)
    yield "## Packages of a zone"
    yield from zone_count.report(cases)
    yield "## Stability"
    yield from stability.report(12, 20)
    yield "## Start"
    yield from start_up.report(2 * cases)
    yield "## The rooms under load"
    yield from desk.report(desk.Load())


if __name__ == "__main__":
    main()
