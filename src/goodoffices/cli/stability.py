"""``goodoffices stability``."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.cli.running import at_day, console, move_faults, option, print_json
from goodoffices.errors import CallError, CaseError


def run(options: Mapping[str, object]) -> int:
    """Print which states away from the table would hold, and why."""
    from goodoffices.analysis.stability import stability
    from goodoffices.casefile import read_document

    horizon = option(options, "horizon", int)
    if horizon < 1:
        raise CallError("--horizon", expected="a whole number from 1", found=str(horizon))
    reading = read_document(option(options, "case", str))
    problems = reading.problems or move_faults(reading)
    if problems or reading.case is None:
        raise CaseError(problems)
    case = at_day(reading.case, options)
    result = stability(case, horizon=horizon)
    if options["json"]:
        print_json(result.to_data())
    else:
        from goodoffices.brief.terminal_stability import print_stability

        print_stability(case, result, console())
    return 0
