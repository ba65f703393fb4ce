"""Layout: what fits goes on one line, what does not is spread, comments in either find a place."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.casefile.comments import Comments, Place, read_comments
from goodoffices.casefile.layout import Layout
from goodoffices.casefile.nodes import PlainData
from goodoffices.casefile.plain import Plain
from goodoffices.casefile.yaml_nodes import read_yaml
from tests.casefile.cases import texts


def lines(data: dict[str, Any], comments: Comments | None = None) -> list[str]:
    return Layout(data, comments or Comments()).lines()


def section(value: Any, **comments: Any) -> list[str]:
    """The lines of a value two levels down, where it may go on one line."""
    return lines({"a": {"b": value}}, Comments(**comments))[1:]


def test_sections_are_blocks_apart_from_each_other() -> None:
    data = {"x": "1", "w": "2", "list": ["a"], "empty": {}, "map": {"k": "v"}, "z": "3"}
    assert lines(data) == [
        "x: '1'",
        "w: '2'",
        "",
        "list:",
        "  - a",
        "",
        "empty: {}",
        "",
        "map:",
        "  k: v",
        "",
        "z: '3'",
    ]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("text", ["  b: text"]),
        (Plain("2025-06-02"), ["  b: 2025-06-02"]),
        (5, ["  b: 5"]),
        (None, ["  b:"]),
        ([], ["  b: []"]),
        ({}, ["  b: {}"]),
        (["x", "y, z"], ["  b: [x, 'y, z']"]),
        ([["x"], []], ["  b: [[x], []]"]),
        ({"c": {"d": ["e"]}}, ["  b: {c: {d: [e]}}"]),
        ({"c": None}, ["  b:", "    c:"]),
        (["x\ny"], ["  b:", "    - |-", "      x", "      y"]),
        ([["x\ny"], "z"], ["  b:", "    -", "      - |-", "        x", "        y", "    - z"]),
        (
            [{"c": "x\ny", "d": "e"}],
            ["  b:", "    - c: |-", "        x", "        y", "      d: e"],
        ),
        ({"c": " x\ny"}, ["  b:", '    c: " x\\ny"']),
    ],
)
def test_values(value: Any, written: list[str]) -> None:
    assert section(value) == written


def test_what_is_too_long_for_one_line_is_spread() -> None:
    fits, long = ["x" * 40, "y" * 48], ["x" * 40, "y" * 49]
    assert section(fits) == [f"  b: [{fits[0]}, {fits[1]}]"]
    assert len(section(fits)[0]) == 97
    assert section([*fits, "zz"]) == ["  b:", *(f"    - {word}" for word in (*fits, "zz"))]
    assert section([*long, "z"])[0] == "  b:"


def test_a_long_text_is_folded_below_its_key() -> None:
    text = "word " * 30 + "end"
    written = section(text)
    assert written[0] == "  b: >-"
    assert all(line.startswith("    word") for line in written[1:])
    assert " ".join(line.strip() for line in written[1:]) == text


def test_a_comment_inside_spreads_what_would_fit() -> None:
    value = {"c": "x", "d": ["w", "z"]}
    assert section(value) == ["  b: {c: x, d: [w, z]}"]
    assert section(value, beside={("a", "b"): ("# 1",)}) == ["  b: {c: x, d: [w, z]}  # 1"]
    assert section(value, beside={("a", "b", "d"): ("# 2",)}) == [
        "  b:",
        "    c: x",
        "    d: [w, z]  # 2",
    ]
    assert section(value, before={("a", "b", "d", "[#1]"): ("# 3",)}) == [
        "  b:",
        "    c: x",
        "    d:",
        "      - w",
        "      # 3",
        "      - z",
    ]


def test_a_comment_of_a_first_key_is_one_of_its_entry() -> None:
    entries = [{"id": "one", "x": "1"}]
    place: Place = ("a", "b", "[one]", "id")
    assert section(entries, before={place: ("# of one",)}) == [
        "  b:",
        "    # of one",
        "    - {id: one, x: '1'}",
    ]
    assert section(entries, beside={place: ("# of one",)})[1] == "    - {id: one, x: '1'}  # of one"


def test_a_comment_whose_place_is_gone() -> None:
    gone = Comments(
        before={("a", "gone"): ("# 1", "", "# 2")},
        beside={("a", "b", "gone"): ("# 3",), ("gone",): ("# 4",)},
        after={("a", "b", "gone", "deep"): ("# 5",)},
        end=("# 6",),
    )
    assert lines({"a": {"b": "x"}}, gone) == [
        "a:",
        "  # 3",
        "  # 5",
        "  b: x",
        "",
        "# 1",
        "# 2",
        "# 4",
        "# 6",
    ]


DATA = st.dictionaries(
    st.sampled_from(("a", "b b", "no", "#")),
    st.recursive(
        texts(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(("id", "x", "y: z")), inner, max_size=3)
        ),
        max_leaves=6,
    ),
    min_size=1,
)


def places(value: Any, place: Place = ()) -> list[Place]:
    if isinstance(value, dict):
        return [p for k, v in value.items() for p in ((*place, k), *places(v, (*place, k)))]
    return []


@settings(deadline=None, max_examples=60)
@given(DATA)
def test_whatever_is_laid_out_is_read_back(data: dict[str, Any]) -> None:
    text = "\n".join(lines(data)) + "\n"
    assert yaml.safe_load(text) == data
    root, faults = read_yaml(text)
    assert root is not None
    assert faults == []
    assert PlainData(root).data == data


@settings(deadline=None, max_examples=60)
@given(DATA, st.data())
def test_comments_anywhere_change_no_data_and_stay(
    data: dict[str, Any], draw: st.DataObject
) -> None:
    at = st.sampled_from([*places(data), ("gone",), ("gone", "too", "deep")])
    slots = st.dictionaries(at, st.just(("# said", "# done")), max_size=3)
    given_comments = Comments(draw.draw(slots), draw.draw(slots), draw.draw(slots), ("# end",))
    text = "\n".join(lines(data, given_comments)) + "\n"
    assert yaml.safe_load(text) == data
    written = read_comments(text)
    again = "\n".join(lines(data, written)) + "\n"
    assert yaml.safe_load(again) == data
    total = 1 + 2 * sum(
        len(slot) for slot in (given_comments.before, given_comments.beside, given_comments.after)
    )
    assert text.count("# said") + text.count("# done") + text.count("# end") >= total
    assert again.count("# said") >= text.count("# said")
    third = "\n".join(lines(data, read_comments(again))) + "\n"
    assert third == again
