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
    share_done,
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
    if options["what_if"] is not None:
        return _what_if(case, options)
    if options["wish"] is not None:
        return _wish(case, options)
    result = stability(case, horizon=horizon)
    if options["json"]:
        print_json(result.to_data())
    else:
        from goodoffices.brief.terminal_stability import print_stability

        print_stability(case, result, console())
    return 0


def _what_if(case: Case, options: Mapping[str, object]) -> int:
    """Print what one more move, promise or guarantee would do, also to the wished state."""
    from goodoffices.analysis.stability import what_if
    from goodoffices.casefile import read_change

    _known(case)
    asked = option(options, "what_if", str)
    known = case.moves.what_if if case.moves is not None else {}
    if asked not in known and not Path(asked).is_file():
        expected = " or ".join(["a file", *known])
        raise CallError("--what-if", expected=expected, found=asked)
    change = asked if asked in known else read_change(asked, case)
    state = None if options["wish"] is None else option(options, "wish", str)
    result = what_if(case, change, state=state)
    if options["json"]:
        print_json(result.to_data())
    else:
        from goodoffices.brief.terminal_wish import print_what_if

        print_what_if(case, result, console())
    return 0


def _wish(case: Case, options: Mapping[str, object]) -> int:
    """Print which preferences, and which single promises, would make a state hold."""
    from goodoffices.analysis.stability import inverse, promises

    _known(case)
    state = option(options, "wish", str)
    with share_done() as show:
        most = option(options, "most_states", int)
        wishes = inverse(case, state, most_states=most, progress=show)
        found = promises(case, state, progress=show)
    if options["json"]:
        print_json({"wish": wishes.to_data(), "promises": found.to_data()})
    else:
        from goodoffices.brief.terminal_wish import print_wish

        print_wish(case, wishes, found, console())
    return 0


def _known(case: Case) -> None:
    """Refuse to read moves before what they rest on was said.

    Raises:
        CallError: something that they rest on is dated later.
    """
    if not case.moves_known:
        expected = "a day by which was said what the moves rest on"
        raise CallError("--as-of", expected=expected, found=str(case.as_of))


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
