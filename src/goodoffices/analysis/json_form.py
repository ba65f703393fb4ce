"""Results as plain data for JSON: fixed keys, exact numbers, the same bytes every time."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from goodoffices.model import number_text, read_number

SAFE_INTEGER = 2**53
"""Largest integer that every JSON reader keeps exactly; larger ones become decimal strings."""
_HIDDEN = frozenset({"numeric"})
_BANDS = frozenset({"bounds", "values"})
_TERMS = frozenset({"example", "change", "package", "gained", "lost"})


def json_form(result: Any, *, numeric: frozenset[str] = frozenset()) -> Any:
    """Turn a result into dictionaries, lists, texts, numbers and None.

    Args:
        result: a frozen dataclass, or a part of one.
        numeric: issues whose options are numbers; these become JSON numbers.

    >>> json_form({"packages": 10**20, "few": 7})
    {'packages': '100000000000000000000', 'few': 7}
    """
    if dataclasses.is_dataclass(result):
        return {
            item.name: _field_form(item.name, getattr(result, item.name), numeric)
            for item in dataclasses.fields(result)
            if item.name not in _HIDDEN and not _left_out(item.name, getattr(result, item.name))
        }
    if isinstance(result, Mapping):
        return {str(key): json_form(value, numeric=numeric) for key, value in result.items()}
    if isinstance(result, tuple | list):
        return [json_form(value, numeric=numeric) for value in result]
    if isinstance(result, int) and not isinstance(result, bool) and abs(result) > SAFE_INTEGER:
        return str(result)
    return result


def _left_out(name: str, value: Any) -> bool:
    return name == "weight" and value is None


def _field_form(name: str, value: Any, numeric: frozenset[str]) -> Any:
    if name in _TERMS and isinstance(value, Mapping):
        return {k: option_form(v) if k in numeric else v for k, v in value.items()}
    if name in _BANDS:
        return [{end: option_form(number) for end, number in band.items()} for band in value]
    if name == "issues" and isinstance(value, Mapping):
        return {key: _issue_form(zone, key in numeric) for key, zone in value.items()}
    return json_form(value, numeric=numeric)


def _issue_form(zone: Any, is_number: bool) -> Any:
    form = json_form(zone)
    if is_number:
        form["possible"] = [option_form(option) for option in zone.possible]
        form["settled"] = None if zone.settled is None else option_form(zone.settled)
    return form


def option_form(option: str) -> int | float | str:
    """Return a numeric option as a JSON number where that keeps it exact, else as its text.

    >>> option_form("60"), option_form("0.25"), option_form("0..1000")
    (60, 0.25, '0..1000')
    """
    try:
        number = read_number(option)
    except ValueError:
        return option
    if number == number.to_integral_value():
        whole = int(number)
        return whole if abs(whole) <= SAFE_INTEGER else option
    nearest = float(number)
    return nearest if number_text(read_number(repr(nearest))) == option else option
