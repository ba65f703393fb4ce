"""``goodoffices brief``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from goodoffices.cli.running import asked_case, asked_impasse, console, print_json, write_whole


def run(options: Mapping[str, object]) -> int:
    """Print the brief of a case, and write it as a page where asked."""
    from goodoffices.brief import brief, brief_data, brief_terminal

    case = asked_case(options)
    made = brief(case, asked_impasse(case, options))
    if options["json"]:
        print_json(brief_data(made))
    else:
        brief_terminal(made, console())
    if options["html"]:
        from goodoffices.brief import brief_html

        path = Path(str(options["html"]))
        write_whole(path, brief_html(made))
        print(f"wrote {path}", file=sys.stderr)
    return 0
