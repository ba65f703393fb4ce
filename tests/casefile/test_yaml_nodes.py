"""YAML: two parsers, one reading; syntax errors in plain words, at the line where it went wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.casefile.nodes import MapNode, PlainData
from goodoffices.casefile.yaml_nodes import LOADER, PythonLoader, read_yaml

HERE = Path(__file__).parent
FILES = sorted({*HERE.glob("bad/*.yaml"), *HERE.parents[1].glob("examples/*/case.yaml")})
CASES = Path(__file__).parents[2] / "examples"
# One parser meets these as errors of syntax, the other as characters that do not exist.
UNLIKE = {"lone-surrogate.yaml"}

SNIPPETS = {
    "a: b: c": (1, 'one key and one value, as "key: value"'),
    "a: x\nfoo\nbar: y": (2, "a colon and a space after the key"),
    "a: {b: c\nd: e": (2, "a comma or } in the mapping that begins with { on line 1"),
    "a: [b, c\nd: e": (2, "a comma or ] in the list that begins with [ on line 1"),
    "x: y\na: 'b\nc: d\n": (2, "a quotation mark that ends the text"),
    'a: "x\n---\nb"': (1, "a quotation mark that ends the text"),
    'a: "\\q"': (1, "an escape that YAML knows"),
    'a: "\\u12"': (1, "an escape that YAML knows"),
    'a: "\\U00110000"': (1, "an escape that YAML knows"),
    "a:\n\tb: c": (2, "spaces, not tabs"),
    "a:\n  b: c\n\td: e": (3, "spaces, not tabs"),
    "a: |\n\tx": (2, "spaces, not tabs"),
    "a: @b": (1, "quotation marks around a text that begins"),
    "a: `b": (1, "quotation marks around a text that begins"),
    "a: - b": (1, "a list that begins on a line of its own"),
    "a:\n    b: c\n  d: e": (3, "a key that begins below the keys above it"),
    "- a\nb: c": (2, "a dash that stands below the dashes above it"),
    "a: b\n... x": (2, "one document"),
    "a: 'b' c": (1, "nothing after a text in quotation marks"),
    "a: ]": (1, "a value"),
    "a: {b: c,, d: e}": (1, "a value"),
    "a: !e!x y": (1, "a value without a tag"),
    "a: & b": (1, "a value without an anchor"),
    "a: * b": (1, "the value written out"),
    "a: |x\n  b": (1, "a line break after | or >"),
    "%YAML 3.0\n---\na: b": (1, "YAML 1.1 or 1.2"),
    "%YAML 1.1\n%YAML 1.1\n---\na: b": (2, "a case, without directives"),
}

READABLE = (
    "a:\tb", "a: b\t# c", "a: {\n\tb: c}", "a: {b: c?}", "a: {b: c?, d: e?f}", "a: [x?, y]",
    "a: {u: http://x.y/z, b: c}", "a: b#c", "? a\n: b", "{a, b: c}", "a:\n- b\n- c", "'a': \"b\"",
    "a: >\n  b\n  c\n\n  d\n", "a: |+\n  b\n\n", "--- \na: b\n...\n", "%YAML 1.2\n---\na: b",
    'a: "\\u00e9\\n\\x41\\N\\L"', "a: b\n c\n\n d", "a: [b, [c, {d: e}]]", '{"a":b}', "a: ''",
)  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_two_parsers_read_files_alike(path: Path) -> None:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        pytest.skip("not UTF-8, so that no parser sees it")
    if path.name not in UNLIKE:
        assert read_yaml(text) == read_yaml(text, PythonLoader)


@pytest.mark.parametrize("text", [*SNIPPETS, *READABLE], ids=repr)
def test_two_parsers_read_snippets_alike(text: str) -> None:
    assert read_yaml(text) == read_yaml(text, PythonLoader)


@settings(deadline=None)
@given(st.text(st.sampled_from("ab:-?#,[]{}'\"|>&*!%@ \n\t"), max_size=25))
def test_two_parsers_agree_on_what_both_can_read(text: str) -> None:
    one, other = read_yaml(text), read_yaml(text, PythonLoader)
    if one[0] is not None and other[0] is not None:
        assert PlainData(one[0]).data == PlainData(other[0]).data


def test_the_faster_parser_is_used_where_it_is_present() -> None:
    assert yaml.__with_libyaml__ == (LOADER is not PythonLoader)


@pytest.mark.parametrize("text", SNIPPETS, ids=repr)
def test_syntax_errors_in_plain_words(text: str) -> None:
    line, words = SNIPPETS[text]
    root, faults = read_yaml(text)
    assert root is None
    assert [fault.line for fault in faults] == [line]
    assert faults[0].expected.startswith(words)
    if faults[0].found:
        assert faults[0].found == text.split("\n")[line - 1].strip()


@pytest.mark.parametrize("text", READABLE, ids=repr)
def test_readable_snippets(text: str) -> None:
    root, faults = read_yaml(text)
    assert isinstance(root, MapNode)
    assert faults == []


def data_of(text: str) -> object:
    root, faults = read_yaml(text)
    assert root is not None
    assert faults == []
    return PlainData(root).data


def test_nothing_has_a_type_by_its_looks() -> None:
    text = "{a: no, b: 010, c: 12:30, d: 2025-06-02, e: ~, f: 1.0, g: .inf, h: 0b1, i: =}"
    expected = {"a": "no", "b": "010", "c": "12:30", "d": "2025-06-02", "e": "~", "f": "1.0"}
    assert data_of(text) == {**expected, "g": ".inf", "h": "0b1", "i": "="}


@settings(deadline=None)
@given(
    st.recursive(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3)
        ),
        max_leaves=8,
    )
)
def test_what_another_writer_writes_is_read(data: object) -> None:
    text = yaml.safe_dump({"x": data}, allow_unicode=False, default_style='"')
    assert data_of(text) == {"x": data}


def test_lines_of_nodes() -> None:
    root, _ = read_yaml("a: b\n\nc:\n  - d\n  - e: f\n    g: >-\n      h\n")
    assert isinstance(root, MapNode)
    [(_, first), (key, second)] = root.entries
    assert (first.line, key.line, second.line) == (1, 3, 4)
    assert [item.line for item in second.items] == [4, 5]  # type: ignore[union-attr]


def test_deep_nesting_is_refused_and_shallow_is_not() -> None:
    assert read_yaml("a: " + "[" * 99 + "]" * 99)[1] == []
    [fault] = read_yaml("a: " + "[" * 100 + "]" * 100)[1]
    assert fault.expected == "lists and mappings at most 100 deep"
    [fault] = read_yaml("\n".join(" " * n + "a:" for n in range(500)))[1]
    assert fault.line == 101
    assert read_yaml("[" * 1_000_000)[1] == read_yaml("[" * 1000)[1]


def test_aliases_are_never_expanded() -> None:
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 60)]
    root, faults = read_yaml("\n".join(lines))
    assert root is not None
    assert len(faults) == 60 + 59 * 9
    assert PlainData(root).data["a59"] == [None] * 9


def test_refused_characters_are_told_once_a_line() -> None:
    text = "a: \x01\x02\nb: c\nd: \x03\n" + "e: \x04\n" * 30
    faults = read_yaml(text)[1]
    assert [(fault.line, fault.found) for fault in faults[:2]] == [(1, "U+0001"), (3, "U+0003")]
    assert len(faults) == 32
