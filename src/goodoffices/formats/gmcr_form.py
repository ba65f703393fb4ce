"""The form of a ``.gmcr`` file: every problem with it, before anything is made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from goodoffices.formats.json_lines import JsonLines

_MOST_FAULTS = 100


@dataclass(frozen=True, slots=True)
class FormFault:
    """One thing that is wrong with a file; its line is that of the text where it is known."""

    place: str
    expected: str
    found: str = ""
    line: int = 1


class _RefusedError(Exception):
    """Raised inside the reader of JSON: a key stands twice, or a word for a number."""


def read_form(text: str) -> tuple[Any, list[FormFault]]:
    """Return the data of a file, and what is wrong with it.

    >>> read_form('{"options": 1}')[1][0]
    FormFault(place='$.options', expected='a list', found='1', line=1)
    """
    try:
        data = json.loads(text, object_pairs_hook=_unrepeated, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        return None, [_syntax_fault(error)]
    except RecursionError:
        return None, [FormFault("$", "JSON that is not nested so deep")]
    except _RefusedError:
        return None, _refused(text)
    faults = list(_faults(data))[:_MOST_FAULTS]
    if not faults:
        return data, []
    lines = JsonLines.of(text)
    told = [replace(fault, line=lines.line_of(fault.place)) for fault in faults]
    return data, sorted(told, key=lambda fault: fault.line)


def _refused(text: str) -> list[FormFault]:
    """Return what keeps a text from being JSON with each key once, up to where it is JSON."""
    lines = JsonLines.of(text)
    found = [FormFault("$", "each key once", key, line) for line, key in lines.repeated]
    found += [
        FormFault("$", f"JSON ({word.lower()} is no number)", "", line)
        for line, word in lines.no_numbers
    ]
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        found = [fault for fault in found if fault.line <= error.lineno]
        found.append(_syntax_fault(error))
    return sorted(found, key=lambda fault: fault.line)[:_MOST_FAULTS]


def _syntax_fault(error: json.JSONDecodeError) -> FormFault:
    return FormFault("$", f"JSON ({error.msg.lower()})", "", error.lineno)


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise _RefusedError
    return dict(pairs)


def _no_number(_: str) -> Any:
    raise _RefusedError


def _faults(data: Any) -> Iterator[FormFault]:
    if not isinstance(data, dict):
        yield _fault("$", "a mapping", data)
        return
    for key in ("options", "decisionMakers"):
        yield from _list_faults(data, key, required=True)
    for key in ("infeasibles", "coalitions"):
        yield from _list_faults(data, key, required=key == "infeasibles")
    if any(not isinstance(data.get(k), list) for k in ("options", "decisionMakers", "infeasibles")):
        return
    if not data["options"]:
        yield FormFault("$.options", "at least one option")
        return
    yield from _option_faults(data["options"])
    yield from _maker_faults(data["decisionMakers"], len(data["options"]))
    for number, pattern in enumerate(data["infeasibles"]):
        yield from _pattern_faults(pattern, f"$.infeasibles[{number}]", len(data["options"]))
    yield from _coalition_faults(data.get("coalitions") or [], len(data["decisionMakers"]))


def _fault(place: str, expected: str, found: Any) -> FormFault:
    shown = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
    return FormFault(place, expected, shown if len(shown) <= 60 else shown[:59] + "…")


def _list_faults(data: dict[str, Any], key: str, *, required: bool) -> Iterator[FormFault]:
    if key not in data:
        if required:
            yield FormFault("$", f'the key "{key}"')
    elif not isinstance(data[key], list):
        yield _fault(f"$.{key}", "a list", data[key])


def _name_faults(entry: Any, place: str) -> Iterator[FormFault]:
    if not isinstance(entry, dict):
        yield _fault(place, "a mapping", entry)
    elif not isinstance(entry.get("name"), str) or not entry["name"].strip():
        yield _fault(f"{place}.name", "a name", entry.get("name"))


def _option_faults(options: list[Any]) -> Iterator[FormFault]:
    for number, option in enumerate(options):
        place = f"$.options[{number}]"
        faults = list(_name_faults(option, place))
        yield from faults
        direction = option.get("permittedDirection", "both") if isinstance(option, dict) else "both"
        if direction not in ("both", "fwd", "back"):
            words = "one of both, fwd, back"
            yield _fault(f"{place}.permittedDirection", words, direction)


def _maker_faults(makers: list[Any], options: int) -> Iterator[FormFault]:
    owned: list[int] = []
    for number, maker in enumerate(makers):
        place = f"$.decisionMakers[{number}]"
        faults = list(_name_faults(maker, place))
        yield from faults
        if not isinstance(maker, dict):
            continue
        own = maker.get("options")
        if not isinstance(own, list) or not all(_is_place(n, options) for n in own):
            yield _fault(f"{place}.options", f"a list of numbers from 0 to {options - 1}", own)
        else:
            owned += own
        yield from _preference_faults(maker, place, options)
    for number in range(options):
        if owned.count(number) != 1:
            words = "exactly one decision maker that owns it"
            yield _fault(f"$.options[{number}]", words, owned.count(number))


def _is_place(number: Any, length: int) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number < length


def _preference_faults(maker: dict[str, Any], place: str, options: int) -> Iterator[FormFault]:
    statements = maker.get("preferences", [])
    if not isinstance(statements, list):
        yield _fault(f"{place}.preferences", "a list", statements)
        return
    for number, statement in enumerate(statements):
        here = f"{place}.preferences[{number}]"
        if not isinstance(statement, dict):
            yield from _pattern_faults(statement, here, options)
            continue
        members = statement.get("members")
        if not isinstance(members, list) or not members:
            yield _fault(f"{here}.members", "a list of patterns", members)
            continue
        for index, member in enumerate(members):
            yield from _pattern_faults(member, f"{here}.members[{index}]", options)
    for key in ("preferenceRanking", "preferenceVector"):
        ranking = maker.get(key)
        if ranking is not None and not _is_ranking(ranking):
            yield _fault(f"{place}.{key}", "a list of states, or of lists of tied ones", ranking)


def _is_ranking(ranking: Any) -> bool:
    if not isinstance(ranking, list):
        return False
    states = [s for tied in ranking for s in (tied if isinstance(tied, list) else [tied])]
    whole = all(isinstance(s, int) and not isinstance(s, bool) and s > 0 for s in states)
    return whole and len(set(states)) == len(states)


def _pattern_faults(pattern: Any, place: str, options: int) -> Iterator[FormFault]:
    right = isinstance(pattern, list) and pattern and all(_is_answer(a, options) for a in pattern)
    if not right:
        yield _fault(place, 'a list of pairs of an option and "Y" or "N"', pattern)


def _is_answer(answer: Any, options: int) -> bool:
    return (
        isinstance(answer, list)
        and len(answer) == 2
        and _is_place(answer[0], options)
        and answer[1] in ("Y", "N")
    )


def _coalition_faults(coalitions: Any, makers: int) -> Iterator[FormFault]:
    for number, group in enumerate(coalitions if isinstance(coalitions, list) else ()):
        members = group if isinstance(group, list) else [group]
        if not members or not all(_is_place(member, makers) for member in members):
            words = f"a decision maker, 0 to {makers - 1}, or a list of them"
            yield _fault(f"$.coalitions[{number}]", words, group)
