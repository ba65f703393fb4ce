"""Lines of values in JSON: each where a reader of the file finds it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.formats.gmcr_form import read_form
from goodoffices.formats.json_lines import JsonLines

DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)


def places(data: Any, place: str = "$") -> list[str]:
    """Return every place in some data."""
    found = [place]
    if isinstance(data, dict):
        for key, value in data.items():
            found += places(value, f"{place}.{key}")
    elif isinstance(data, list):
        for number, value in enumerate(data):
            found += places(value, f"{place}[{number}]")
    return found


@given(DATA)
def test_every_value_has_a_line_and_nothing_else_has_one(data: Any) -> None:
    for indent in (None, 1):
        text = json.dumps(data, indent=indent, ensure_ascii=False)
        lines = JsonLines.of(text)
        assert set(lines.places) == set(places(data))
        assert lines.repeated == lines.no_numbers == []
        assert set(lines.places.values()) <= set(range(1, text.count("\n") + 2))
        if indent is None:
            assert set(lines.places.values()) == {1}


@given(st.lists(st.integers(), min_size=1, max_size=8))
def test_entries_on_lines_of_their_own(numbers: list[int]) -> None:
    lines = JsonLines.of(json.dumps(numbers, indent=0))
    assert [lines.places[f"$[{n}]"] for n in range(len(numbers))] == [
        n + 2 for n in range(len(numbers))
    ]


def test_marks_within_texts_are_no_marks() -> None:
    lines = JsonLines.of('{"a{[,:": "}\\"]",\n"b\\"": {"c": ","}}')
    assert lines.places == {"$": 1, "$.a{[,:": 1, '$.b"': 2, '$.b".c': 2}


@pytest.mark.parametrize(
    ("place", "line"),
    [("$.a", 2), ("$.a[1]", 4), ("$.a[7]", 2), ("$.a[1].b.c", 4), ("$.z", 1), ("$.a[0].x", 3)],
)
def test_what_is_not_there_has_the_line_of_what_would_hold_it(place: str, line: int) -> None:
    assert JsonLines.of('{\n"a": [\n1,\n{"b": 2}]}').line_of(place) == line


def test_nothing_is_on_the_first_line() -> None:
    assert JsonLines.of("").line_of("$.a") == 1


def test_keys_that_stand_twice_and_words_for_numbers() -> None:
    lines = JsonLines.of('{"a": 1,\n"b": {"a": NaN},\n"a": -Infinity}')
    assert lines.repeated == [(3, "a")]
    assert lines.no_numbers == [(2, "NaN"), (3, "-Infinity")]


@pytest.mark.parametrize(
    "text", ["}", "]]", "{a: 1}", '{"\\x": 1}', "[,]", ":", '{"a" "b"}', "{[}"]
)
def test_what_is_no_json_is_gone_through_all_the_same(text: str) -> None:
    assert isinstance(JsonLines.of(text), JsonLines)


def test_all_that_the_reader_stops_at_is_told_up_to_where_it_is_json() -> None:
    faults = read_form('{"a": NaN,\n"a": 1,\n"b": [1 2],\n"b": NaN}')[1]
    assert [(fault.line, fault.expected) for fault in faults] == [
        (1, "JSON (nan is no number)"),
        (2, "each key once"),
        (3, "JSON (expecting ',' delimiter)"),
    ]
    assert [fault.line for fault in read_form('{"a": 1,\n"a": 1,\n"a": 2}')[1]] == [2, 3]
