"""``goodoffices impasse``."""

from __future__ import annotations

import json
from collections.abc import Mapping

from goodoffices.cli.arguments import read_weights
from goodoffices.cli.running import (
    asked_case,
    asked_impasse,
    asked_limits,
    console,
    print_json,
)


def run(options: Mapping[str, object]) -> int:
    """Print what the sides are stuck on, and every way out."""
    case = asked_case(options)
    if options["stream"]:
        return _stream(options)
    result = asked_impasse(case, options)
    if options["json"]:
        print_json(result.to_data())
    else:
        from goodoffices.brief import impasse_terminal

        impasse_terminal(case, result, console())
    return 0


def _stream(options: Mapping[str, object]) -> int:
    """Print what is found as it is found, one JSON object a line, and the whole result last."""
    from goodoffices.analysis.impasse import CheapestWayOut, search_impasse
    from goodoffices.analysis.impasse_result import ImpasseResult

    case = asked_case(options)
    weights = read_weights(options["weight"])  # type: ignore[arg-type]
    for item in search_impasse(case, weights=weights, limits=asked_limits(options)):
        if isinstance(item, ImpasseResult):
            line = {"result": item.to_data()}
        elif isinstance(item, CheapestWayOut):
            line = {"cheapest_way_out": {"relax": list(item.relax)}}
        else:
            line = {"conflict": {"positions": list(item)}}
        print(json.dumps(line, ensure_ascii=False, sort_keys=True), flush=True)
    return 0
