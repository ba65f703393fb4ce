"""``goodoffices check``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from goodoffices.cli.running import at_day, option, print_json

if TYPE_CHECKING:
    from goodoffices.casefile import Reading


def run(options: Mapping[str, object]) -> int:
    """Print every problem of a case and what an editor would ask about; 1 with problems."""
    from goodoffices.brief.phrases import shown
    from goodoffices.casefile import read_document

    reading = read_document(option(options, "case", str))
    warnings = _warnings(reading, options)
    if options["json"]:
        problems = [asdict(problem) for problem in reading.problems]
        print_json({"problems": problems, "warnings": warnings})
        return 1 if reading.problems else 0
    for problem in reading.problems:
        print(problem, file=sys.stderr)
    for warning in warnings:
        where = f"{warning['file']}:{warning['line']}: {warning['path']}"
        print(shown(f"{where}: {warning['words']}"))
    if reading.problems:
        print(f"{_counted(len(reading.problems), 'problem')}", file=sys.stderr)
        return 1
    print(f"no problems; {_counted(len(warnings), 'question')} that an editor would ask")
    return 0


def _counted(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"


def _warnings(reading: Reading, options: Mapping[str, object]) -> list[dict[str, Any]]:
    """Return what an editor would ask, with lines and words; nothing of a case with problems."""
    from goodoffices.analysis.review import review
    from goodoffices.brief import warning_words
    from goodoffices.cli.running import move_faults

    if reading.case is None or reading.problems:
        return []
    case = at_day(reading.case, options)
    moves = [
        {
            "kind": "moves-incomplete",
            "file": problem.file,
            "line": problem.line,
            "path": problem.path,
            "about": {"expected": problem.expected, "found": problem.found},
            "words": str(problem).partition(f"{problem.path}: ")[2],
        }
        for problem in move_faults(reading)
    ]
    asked = [
        {
            "kind": warning.kind,
            "file": reading.places.file,
            "line": reading.line_of(warning.path),
            "path": reading.place(warning.path),
            "about": warning.about,
            "words": warning_words(case, warning),
        }
        for warning in review(case).warnings
    ]
    return sorted(moves + asked, key=lambda warning: int(warning["line"]))
