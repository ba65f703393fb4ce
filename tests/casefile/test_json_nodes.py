"""JSON: the same data as any reader gets, numbers as written, and a line for every value."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.casefile.json_nodes import read_json
from goodoffices.casefile.nodes import MapNode, PlainData

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
VALUES = st.recursive(
    TEXTS | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(TEXTS.filter(bool), inner, max_size=4)
    ),
    max_leaves=12,
)


def data_of(text: str) -> Any:
    root, faults = read_json(text)
    assert faults == []
    assert root is not None
    return PlainData(root).data


@settings(deadline=None)
@given(VALUES, st.sampled_from((None, 1, "\t")), st.booleans())
def test_the_same_as_another_reader(value: Any, indent: int | str | None, ascii: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii)
    assert data_of(text) == json.loads(text, parse_int=str, parse_float=str)


@settings(deadline=None)
@given(st.text(st.sampled_from('{}[]:,"\\ab01.-+eEtruenlfs \n\t'), max_size=20))
def test_what_is_no_json_is_refused(text: str) -> None:
    root, faults = read_json(text)
    try:
        value = json.loads(text, parse_constant=lambda name: pytest.fail(name))
    except json.JSONDecodeError:
        assert faults
        return
    if not faults:
        assert root is not None
        assert value is not None or PlainData(root).faults


def test_numbers_stay_as_they_are_written() -> None:
    text = '{"a": 1.50, "b": -0, "c": 1e3, "d": 123456789012345678901234567890}'
    numbers = {"a": "1.50", "b": "-0", "c": "1e3", "d": "123456789012345678901234567890"}
    assert data_of(text) == numbers


def test_lines_of_values() -> None:
    root, faults = read_json('{\n  "a": "b",\n\n  "c": [\n    1,\n    {"d":\n     2}\n  ]\n}\n')
    assert faults == []
    assert isinstance(root, MapNode)
    [(_, first), (key, second)] = root.entries
    assert (root.line, first.line, key.line, second.line) == (1, 2, 4, 4)
    assert [item.line for item in second.items] == [5, 6]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("{", 1, "a key in double quotation marks"),
        ("[", 1, "a value"),
        ("[1\n2]", 2, "a comma or ]"),
        ("[1,]", 1, "a value"),
        ("[1}", 1, "a comma or ]"),
        ('{"a" 1}', 1, "a colon after the key"),
        ('{"a": }', 1, "a value"),
        ('{"a": 1,\n}', 2, "a key in double quotation marks"),
        ("{a: 1}", 1, "a key in double quotation marks"),
        ("{1: 1}", 1, "a key in double quotation marks"),
        ("nul", 1, "a value"),
        ("truely", 1, "a value"),
        ("01", 1, "a value"),
        ("1.", 1, "a value"),
        ("+1", 1, "a value"),
        ("NaN", 1, "a value"),
        ('"a\nb"', 1, "a quotation mark that ends the text on the same line"),
        ('"a', 1, "a quotation mark that ends the text on the same line"),
        ('"\\q"', 1, "an escape that JSON knows after \\"),
        ('"\\u12"', 1, "an escape that JSON knows after \\"),
        ("1 2", 1, "nothing after the end of the case"),
        ("// note\n1", 1, "a value"),
    ],
)
def test_syntax_errors(text: str, line: int, words: str) -> None:
    root, faults = read_json(text)
    assert root is None
    assert [(fault.line, fault.expected) for fault in faults] == [(line, words)]


def test_deep_nesting_is_refused_and_shallow_is_not() -> None:
    assert read_json("[" * 100 + "]" * 100)[1] == []
    [fault] = read_json("[" * 1_000_000)[1]
    assert fault.expected == "lists and mappings at most 100 deep"


def test_a_key_that_stands_twice() -> None:
    root, faults = read_json('{"a": 1,\n "a": 2}')
    assert root is not None
    assert PlainData(root).data == {"a": "1"}
    assert [fault.expected for fault in faults] == ["each key once; it stands on lines 1 and 2"]


def test_true_false_and_null() -> None:
    root, faults = read_json('{"a": true, "b": [false], "c": null}')
    assert root is not None
    assert [(fault.path, fault.found) for fault in faults] == [
        (("a",), "true"),
        (("b", 0), "false"),
    ]
    plain = PlainData(root)
    assert plain.data == {"a": None, "b": [None], "c": None}
    assert [fault.path for fault in plain.faults] == [("c",)]
    assert plain.holes == [("a",), ("b", 0), ("c",)]
