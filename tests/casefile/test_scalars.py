"""Texts as YAML: every reader gets the same text back."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.casefile.nodes import ListNode, MapNode, Scalar
from goodoffices.casefile.scalars import block_scalar, scalar
from goodoffices.casefile.yaml_nodes import PythonLoader, read_yaml
from tests.casefile.cases import ODD, texts

CORE_1_2 = re.compile(
    r"null|Null|NULL|~|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
"""What the core schema of YAML 1.2 takes for something else than a text."""


def read_back(text: str) -> Any:
    root, faults = read_yaml(text)
    assert faults == []
    return root


@settings(deadline=None)
@given(texts())
def test_a_text_comes_back_from_every_reader(text: str) -> None:
    for line in (f"key: {scalar(text)}", f"key: [{scalar(text, flow=True)}]"):
        assert yaml.safe_load(line) in ({"key": text}, {"key": [text]})
        assert yaml.load(line, PythonLoader) == yaml.safe_load(line)
    root = read_back(f"{scalar(text, flow=True)}: [{scalar(text, flow=True)}]")
    assert isinstance(root, MapNode)
    [(key, value)] = root.entries
    assert key.text == text
    assert isinstance(value, ListNode)
    assert isinstance(value.items[0], Scalar)
    assert value.items[0].text == text


@settings(deadline=None)
@given(st.text(max_size=10) | st.sampled_from(ODD))
def test_a_plain_text_is_a_text_to_all(text: str) -> None:
    if scalar(text) == text:
        assert yaml.safe_load(text) == text
        assert not CORE_1_2.fullmatch(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("open", "open"),
        ("60-days", "60-days"),
        ("a, b", "a, b"),
        ("no", "'no'"),
        ("NO", "'NO'"),
        ("Null", "'Null'"),
        ("010", "'010'"),
        ("2025-06-02", "'2025-06-02'"),
        ("it's", "it's"),
        ("'tis", "'''tis'"),
        ("a: b", "'a: b'"),
        ("", "''"),
        (" a", "' a'"),
        ("a\nb", '"a\\nb"'),
        ('"\x07', '"\\"\\x07"'),
        ("\u2028", '"\\L"'),
        ("\ufeffa", '"\\uFEFFa"'),
        ("هدنة دائمة", "هدنة دائمة"),
        ("🕊 of peace", "'🕊 of peace'"),
    ],
)
def test_as_few_quotation_marks_as_needed(text: str, written: str) -> None:
    assert scalar(text) == written


def test_within_brackets_more_is_needed() -> None:
    assert scalar("a, b", flow=True) == "'a, b'"
    assert scalar("What truce?", flow=True) == "'What truce?'"
    assert scalar("http://x.y", flow=True) == "'http://x.y'"


@settings(deadline=None)
@given(texts())
def test_a_block_comes_back(text: str) -> None:
    lines = block_scalar(text, 2, 40)
    if lines is not None:
        written = "key: " + "\n".join(lines) + "\n"
        assert yaml.safe_load(written) == {"key": text}
        assert yaml.load(written, PythonLoader) == {"key": text}


@pytest.mark.parametrize(
    "text",
    [
        "one  two",
        " one two",
        "one two ",
        "oneword",
        "a\n b",
        "a \nb",
        "\na",
        "a\n\n",
        "a\tb\nc",
        "a\r\nb",
    ],
)
def test_what_a_block_could_change_is_not_written_as_one(text: str) -> None:
    assert block_scalar(text, 2, 40) is None


def test_blocks() -> None:
    assert block_scalar("a\n\nb", 4, 80) == ["|-", "    a", "", "    b"]
    long = block_scalar("word " * 20 + "end", 2, 42)
    assert long is not None
    assert long[0] == ">-"
    assert all(len(line) <= 42 for line in long)
