"""``goodoffices movement``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from goodoffices.cli.running import asked_case, asked_limits, console, option, print_json
from goodoffices.errors import CallError
from goodoffices.model import PartialDate


def run(options: Mapping[str, object]) -> int:
    """Print how far apart the sides were on each day, and who moved."""
    from goodoffices.analysis.movement import movement

    case = asked_case(options)
    first, last = (_asked_day(options, name) for name in ("since", "until"))
    result = movement(
        case,
        since=None if first is None else first.first,
        until=None if last is None else last.last,
        stale_days=_stale_days(options),
        limits=asked_limits(options),
    )
    if options["json"]:
        print_json(result.to_data())
    else:
        from goodoffices.brief import movement_terminal

        movement_terminal(case, result, console())
    return 0


def _stale_days(options: Mapping[str, object]) -> int:
    """Return the days after which a position is stale.

    Raises:
        CallError: the number is not above 0.
    """
    days = option(options, "stale_days", int)
    if days < 1:
        raise CallError("--stale-days", expected="a whole number from 1", found=str(days))
    return days


def _asked_day(options: Mapping[str, object], name: str) -> PartialDate | None:
    """Return a day, month or year asked for, or None.

    Raises:
        CallError: it is no date.
    """
    asked: date | str | None = options[name]  # type: ignore[assignment]
    if asked is None:
        return None
    try:
        return PartialDate.parse(str(asked))
    except ValueError as error:
        raise CallError(f"--{name}", expected=str(error), found=str(asked)) from None
