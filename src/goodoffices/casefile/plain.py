"""A case as plain data in canonical form: what both writers write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from goodoffices.model import Case, number_text
from goodoffices.model.conditions import JOINERS

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?")
_CONDITIONS = ("requires", "refuses", "offers", "in-return-for", "prefers", "over", "when")
_SINGLE = ("source", "carrier", "based-on")
_DATES = ("as-of", "since", "until", "date", "published")


class Plain(str):
    """A number or a date: the same in every reader, so that it needs no quotation marks."""

    __slots__ = ()


def case_data(case: Case) -> dict[str, Any]:
    """Return a case as dicts, lists, texts and whole numbers, without what is default."""
    data: dict[str, Any] = _numbers(case.model_dump(by_alias=True, exclude_defaults=True))
    numeric = {id for id, issue in case.issues.items() if issue.numeric}
    _mark(data, ("as-of",))
    for entry in _entries(data):
        _mark(entry, _DATES)
        for key in _SINGLE:
            if key in entry:
                entry[key] = _single(entry[key])
    for figure in data.get("figures", {}).values():
        _mark(figure, ("by",))
    for issue in data.get("issues", {}).values():
        if "range" in issue and "now" in issue:
            issue["now"] = _number(issue["now"])
    for entry in (*data.get("rules", ()), *data.get("positions", ())):
        for key in set(entry) & set(_CONDITIONS):
            entry[key] = _condition(entry[key], numeric)
    for proposal in data.get("proposals", ()):
        _write_proposal(proposal, numeric)
    _write_orders(data)
    return data


def json_data(data: Any) -> Any:
    """Return canonical data as JSON has it: texts, whole numbers, lists and objects."""
    if isinstance(data, dict):
        return {key: json_data(value) for key, value in data.items()}
    if isinstance(data, list):
        return [json_data(value) for value in data]
    return str(data) if isinstance(data, Plain) else data


def _numbers(value: Any) -> Any:
    """Write numbers the one way that the case has, and tuples as lists."""
    if isinstance(value, Decimal):
        return Plain(number_text(value))
    if isinstance(value, dict):
        return {key: _numbers(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_numbers(part) for part in value]
    return value


def _entries(data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every entry that may have sources or dates."""
    for section in ("documents", "statements", "figures", "priorities"):
        yield from data.get(section, {}).values()
    for section in ("rules", "positions", "proposals"):
        yield from data.get(section, ())
    for proposal in data.get("proposals", ()):
        for responses in proposal.get("responses", {}).values():
            yield from responses
    moves = data.get("moves", {})
    for section in ("options", "preferences", "what-if"):
        yield from moves.get(section, {}).values()
    for change in moves.get("what-if", {}).values():
        yield from change.get("options", {}).values()


def _mark(entry: dict[str, Any], keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in entry:
            entry[key] = Plain(entry[key])


def _single(value: Any) -> Any:
    """Let one of a list stand alone."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _number(option: Any) -> Any:
    return Plain(option) if isinstance(option, str) and _NUMBER.fullmatch(option) else option


def _condition(data: Any, numeric: set[str]) -> Any:
    """Mark the numbers of a condition."""
    if not isinstance(data, dict):
        return data
    return {
        key: [_condition(part, numeric) for part in value]
        if key in JOINERS
        else _test(value, key in numeric)
        for key, value in data.items()
    }


def _test(data: Any, numeric: bool) -> Any:
    if isinstance(data, list):
        return [_test(part, numeric) for part in data]
    if isinstance(data, dict):
        return {key: _test(value, numeric or key != "not") for key, value in data.items()}
    return _number(data) if numeric else data


def _write_proposal(proposal: dict[str, Any], numeric: set[str]) -> None:
    terms = proposal.get("terms", {})
    for issue in numeric & set(terms):
        terms[issue] = _number(terms[issue])
    responses = proposal.get("responses", {})
    for side in responses:
        responses[side] = _single(responses[side])


def _write_orders(data: dict[str, Any]) -> None:
    """Write a tie of one as the one."""
    for priority in data.get("priorities", {}).values():
        options = priority.get("options", {})
        for holder, key in ((priority, "issues"), *((options, key) for key in options)):
            if isinstance(holder.get(key), list):
                holder[key] = [_single(tie) for tie in holder[key]]
    for preference in data.get("moves", {}).get("preferences", {}).values():
        if "ranking" in preference:
            preference["ranking"] = [_single(tie) for tie in preference["ranking"]]
