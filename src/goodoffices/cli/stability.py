"""``goodoffices stability``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from goodoffices.cli.running import (
    at_day,
    console,
    move_faults,
    option,
    print_json,
    read_foreign,
)
from goodoffices.errors import CallError, CaseError

if TYPE_CHECKING:
    from goodoffices.model import Case


def run(options: Mapping[str, object]) -> int:
    """Print which states away from the table would hold, and why."""
    from goodoffices.analysis.stability import stability

    horizon = option(options, "horizon", int)
    if horizon < 1:
        raise CallError("--horizon", expected="a whole number from 1", found=str(horizon))
    case = _case(options)
    result = stability(case, horizon=horizon)
    if options["json"]:
        print_json(result.to_data())
    else:
        from goodoffices.brief.terminal_stability import print_stability

        print_stability(case, result, console())
    return 0


def _case(options: Mapping[str, object]) -> Case:
    """Read the case, or the ``.gmcr`` file, and make sure that its moves can be computed with.

    Raises:
        CaseError: something is wrong with the file or its moves.
    """
    from goodoffices.casefile import read_document

    path = Path(option(options, "case", str))
    if path.suffix.lower() == ".gmcr":
        read = read_foreign(path)
        for words in read.lost:
            print(f"no counterpart: {words}", file=sys.stderr)
        return at_day(read.case, options)
    reading = read_document(path)
    problems = reading.problems or move_faults(reading)
    if problems or reading.case is None:
        raise CaseError(problems)
    return at_day(reading.case, options)
