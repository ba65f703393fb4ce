"""``goodoffices brief``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from goodoffices.cli.running import (
    asked_case,
    asked_impasse,
    asked_limits,
    console,
    option,
    print_json,
    write_whole,
)
from goodoffices.errors import CallError

if TYPE_CHECKING:
    from goodoffices.analysis.stability import StabilityResult
    from goodoffices.model import Case


def run(options: Mapping[str, object]) -> int:
    """Print the brief of a case, and write it as a page where asked."""
    from goodoffices.analysis.movement import movement
    from goodoffices.brief import brief, brief_data, brief_terminal

    case = asked_case(options)
    page = Path(str(options["html"])) if options["html"] else None
    if page:
        _keep_the_record(page, case, Path(option(options, "case", str)))
    finding, limits = asked_impasse(case, options), asked_limits(options)
    made = brief(case, finding, moved=movement(case, limits=limits), stability=_stability(case))
    if options["json"]:
        print_json(brief_data(made))
    else:
        brief_terminal(made, console())
    if page:
        from goodoffices.brief import brief_html

        write_whole(page, brief_html(made))
        print(f"wrote {page}", file=sys.stderr)
    return 0


def _stability(case: Case) -> StabilityResult | None:
    """Return what would hold away from the table, where the case has moves that can be computed."""
    if case.moves is None or not case.moves.options:
        return None
    from goodoffices.analysis.stability import move_problems, stability

    return None if move_problems(case) else stability(case)


def _keep_the_record(page: Path, case: Case, source: Path) -> None:
    """Refuse to write the page over the case file or a text of the record.

    Raises:
        CallError: the page would replace one of them.
    """
    from goodoffices.casefile.reading import CASE_FILES

    folder = source if source.is_dir() else source.parent
    texts = [document.text for document in case.documents.values() if document.text]
    kept = [source, *(folder / name for name in (*CASE_FILES, *texts))]
    if page.resolve() in {path.resolve() for path in kept if path.is_file()}:
        expected = "another file than the case and its texts"
        raise CallError("--html", expected=expected, found=str(page))
