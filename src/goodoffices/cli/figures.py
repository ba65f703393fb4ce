"""``goodoffices figures``."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.cli.running import asked_case, console, print_json


def run(options: Mapping[str, object]) -> int:
    """Print every measure with what is claimed of it, and where claims disagree."""
    from goodoffices.analysis.figures import figures

    case = asked_case(options)
    measure = options["measure"]
    result = figures(case, measure=None if measure is None else str(measure))
    if options["json"]:
        print_json(result.to_data())
    else:
        from goodoffices.brief import figures_terminal

        figures_terminal(case, result, console())
    return 0
