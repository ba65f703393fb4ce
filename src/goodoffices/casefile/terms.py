"""Conditions, terms and orders speak of issues of the case and of options that these have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import ceil, floor
from typing import Any

from goodoffices.casefile.content import Content, names_in, repeated, unknown
from goodoffices.casefile.nodes import Fault
from goodoffices.casefile.places import nearest, one_of
from goodoffices.model import Issue, Range, number_text, read_number
from goodoffices.model.conditions import JOINERS, Path

_CONDITIONS = ("requires", "refuses", "offers", "in-return-for", "prefers", "over", "when")

Issues = Mapping[str, Issue | None]
"""Issues by name; None for one whose options could not be read."""


def term_faults(content: Content) -> Iterator[Fault]:
    """Yield the faults of everything in a case file that speaks of issues and options."""
    issues = content.issues
    if issues is None:
        return
    for path, entry in content.entries("issues"):
        yield from _option_faults(entry.get("now"), (*path, "now"), issues[str(path[-1])])
    for section in ("rules", "positions"):
        for path, entry in content.rows(section):
            for key in _CONDITIONS:
                yield from condition_faults(entry.get(key), (*path, key), issues, "an issue")
    for path, proposal in content.rows("proposals"):
        yield from _package_faults(proposal.get("terms"), (*path, "terms"), issues)
    for path, priority in content.entries("priorities"):
        yield from _priority_faults(priority, path, issues)


def _package_faults(terms: Any, path: Path, issues: Issues) -> Iterator[Fault]:
    if isinstance(terms, dict):
        yield from unknown(_keys(terms, path), issues, "an issue")
        for issue, option in terms.items():
            if isinstance(option, str):
                yield from _option_faults(option, (*path, issue), issues.get(issue))


def condition_faults(data: Any, path: Path, issues: Issues, kind: str) -> Iterator[Fault]:
    """Yield the faults of a condition's references, at their places as it is written."""
    if not isinstance(data, dict):
        return
    for key, value in data.items():
        place = (*path, key)
        if key in JOINERS:
            for index, part in enumerate(value if isinstance(value, list) else ()):
                yield from condition_faults(part, (*place, index), issues, kind)
        elif key not in issues:
            yield Fault(place, one_of(issues, kind), key, nearest(key, issues))
        else:
            yield from _option_faults(value, place, issues[key])


def _option_faults(value: Any, path: Path, issue: Issue | None) -> Iterator[Fault]:
    """Yield the faults of what is asked of one issue."""
    if issue is None:
        return
    if isinstance(value, str):
        if issue.index(value) is None:
            yield Fault(path, _options(issue), value, _near_option(value, issue))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _option_faults(part, (*path, index), issue)
    elif isinstance(value, dict) and "not" in value:
        yield from _option_faults(value["not"], (*path, "not"), issue)
    elif isinstance(value, dict):
        yield from _bounds_faults(value, path, issue)


def _bounds_faults(bounds: dict[str, Any], path: Path, issue: Issue) -> Iterator[Fault]:
    if issue.range is None:
        for key in bounds:
            if key in {"at-least", "at-most"}:
                words = f"an option without bounds, since the options are names: {_options(issue)}"
                yield Fault((*path, key), words, key)
        return
    low, high = _number(bounds.get("at-least")), _number(bounds.get("at-most"))
    first = 0 if low is None else ceil((low - issue.range.from_) / issue.range.step)
    last = issue.size - 1
    if high is not None:
        last = floor((high - issue.range.from_) / issue.range.step)
    crossed = low is not None and high is not None and low > high  # the model says so already
    if not crossed and max(first, 0) > min(last, issue.size - 1):
        yield Fault(path, f"bounds that allow {_options(issue)}", bounds)


def _number(value: Any) -> Decimal | None:
    try:
        return read_number(value)
    except ValueError:
        return None


def _options(issue: Issue) -> str:
    """Say which options an issue has."""
    if issue.range is None:
        return one_of(issue.options or (), "an option")
    unit = f" {issue.range.unit}" if issue.range.unit else ""
    ends = f"from {number_text(issue.range.from_)} to {number_text(issue.range.to)}{unit}"
    return f"a number {ends} in steps of {number_text(issue.range.step)}"


def _near_option(value: str, issue: Issue) -> str:
    if issue.range is None:
        return nearest(value, issue.options or ())
    number = _number(value)
    return "" if number is None else _near_step(number, issue.range, issue)


def _near_step(number: Decimal, range: Range, issue: Issue) -> str:
    steps = min(max((number - range.from_) / range.step, Decimal(0)), Decimal(issue.size - 1))
    return issue.option(int(steps.to_integral_value()))


def _keys(value: dict[str, Any], path: Path) -> Iterator[tuple[Path, str]]:
    for key in value:
        yield (*path, key), key


def named(value: Any, path: Path) -> list[tuple[Path, str]]:
    """Return the names that points or an order speak of."""
    if isinstance(value, dict):
        return list(_keys(value, path))
    return list(names_in(value, path)) if isinstance(value, list) else []


def _priority_faults(priority: dict[str, Any], path: Path, issues: Issues) -> Iterator[Fault]:
    names = named(priority.get("issues"), (*path, "issues"))
    yield from unknown(names, issues, "an issue")
    yield from repeated(names, "issue")
    orders = priority.get("options")
    if not isinstance(orders, dict):
        return
    yield from unknown(_keys(orders, (*path, "options")), issues, "an issue")
    for key, order in orders.items():
        options = named(order, (*path, "options", key))
        for place, option in options:
            yield from _option_faults(option, place, issues.get(key))
        yield from repeated(_alike(options, issues.get(key)), "option")


def _alike(options: list[tuple[Path, str]], issue: Issue | None) -> Iterator[tuple[Path, str]]:
    """Write numbers one way, so that 60 and 60.0 are one option."""
    for path, option in options:
        index = issue.index(option) if issue else None
        yield path, option if index is None or issue is None else issue.option(index)
