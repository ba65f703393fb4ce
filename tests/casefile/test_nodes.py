"""The builder that both readers feed: keys stand once, nothing nests too deeply, lines are kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.casefile.nodes import (
    MAX_DEPTH,
    Builder,
    Hole,
    ListNode,
    MapNode,
    Node,
    PlainData,
    Scalar,
    TooDeepError,
)
from goodoffices.casefile.places import Places


def text(word: str, line: int = 1, *, plain: bool = True) -> Scalar:
    return Scalar(word, line, plain)


def mapping(*words: str) -> Builder:
    """A builder that has been fed a mapping, every word on a line of its own."""
    builder = Builder()
    builder.open(1, mapping=True)
    for line, word in enumerate(words, start=1):
        builder.scalar(word, line, plain=True)
    builder.close()
    return builder


def test_a_text_alone() -> None:
    builder = Builder()
    builder.scalar("alone", 3, plain=False)
    assert builder.root == text("alone", 3, plain=False)
    assert builder.path == ()


def test_a_mapping_and_a_list() -> None:
    builder = Builder()
    builder.open(1, mapping=True)
    builder.scalar("a", 1, plain=True)
    builder.open(2, mapping=False)
    builder.scalar("x", 2, plain=True)
    inside = builder.path
    builder.scalar("y", 3, plain=True)
    builder.close()
    assert (inside, builder.path) == (("a", 1), ())
    builder.close()
    items = ListNode((text("x", 2), text("y", 3)), 2)
    assert builder.root == MapNode(((text("a"), items),), 1)
    assert builder.faults == []


def test_a_key_that_stands_twice_keeps_its_first_value() -> None:
    builder = mapping("a", "1", "b", "2", "a", "3", "a", "4", "c", "5")
    assert isinstance(builder.root, MapNode)
    kept = [(key.text, value) for key, value in builder.root.entries]
    assert kept == [("a", text("1", 2)), ("b", text("2", 4)), ("c", text("5", 10))]
    assert [(fault.line, fault.expected) for fault in builder.faults] == [
        (5, "each key once; it stands on lines 1 and 5"),
        (7, "each key once; it stands on lines 1 and 7"),
    ]
    assert {fault.path for fault in builder.faults} == {("a",)}


def test_a_merge_key_is_no_key_but_a_quoted_one_is() -> None:
    builder = mapping("<<", "x", "a", "y")
    assert isinstance(builder.root, MapNode)
    assert [key.text for key, _ in builder.root.entries] == ["a"]
    assert [fault.found for fault in builder.faults] == ["<<"]
    quoted = Builder()
    quoted.open(1, mapping=True)
    quoted.scalar("<<", 1, plain=False)
    quoted.scalar("x", 1, plain=True)
    quoted.close()
    assert quoted.faults == []


def test_what_is_no_name_cannot_be_a_key() -> None:
    builder = Builder()
    builder.open(1, mapping=True)
    builder.open(2, mapping=False)
    builder.close()
    builder.scalar("of a list", 2, plain=True)
    builder.scalar("", 3, plain=True)
    builder.scalar("of nothing", 3, plain=True)
    builder.hole(4)
    builder.scalar("of a hole", 4, plain=True)
    builder.scalar("b", 5, plain=True)
    builder.scalar("kept", 5, plain=True)
    builder.close()
    assert builder.root == MapNode(((text("b", 5), text("kept", 5)),), 1)
    assert [fault.line for fault in builder.faults] == [2, 3]


def test_half_characters_leave_a_hole() -> None:
    builder = mapping("a", "half \ud800", "b", "whole 🕊")
    assert isinstance(builder.root, MapNode)
    assert [value for _, value in builder.root.entries] == [Hole(2), text("whole 🕊", 4)]
    assert [(fault.path, fault.line) for fault in builder.faults] == [(("a",), 2)]


def test_depth() -> None:
    builder = Builder()
    for line in range(MAX_DEPTH):
        builder.open(line + 1, mapping=False)
    with pytest.raises(TooDeepError):
        builder.open(MAX_DEPTH + 1, mapping=False)
    [fault] = builder.faults
    assert (fault.path, fault.line) == ((0,) * MAX_DEPTH, MAX_DEPTH + 1)


NODES = st.recursive(
    st.builds(Scalar, st.text("ab", max_size=2), st.integers(1, 9), st.booleans())
    | st.builds(Hole, st.integers(1, 9)),
    lambda inner: (
        st.builds(ListNode, st.lists(inner, max_size=3).map(tuple), st.integers(1, 9))
        | st.builds(
            MapNode,
            st.dictionaries(st.sampled_from("abc"), inner, max_size=3).map(
                lambda entries: tuple((Scalar(k, 1, True), v) for k, v in entries.items())
            ),
            st.integers(1, 9),
        )
    ),
    max_leaves=8,
)


def feed(builder: Builder, node: Node) -> None:
    if isinstance(node, Scalar):
        builder.scalar(node.text, node.line, plain=node.plain)
    elif isinstance(node, Hole):
        builder.hole(node.line)
    else:
        builder.open(node.line, mapping=isinstance(node, MapNode))
        for part in node.entries if isinstance(node, MapNode) else node.items:
            for inner in part if isinstance(node, MapNode) else (part,):
                feed(builder, inner)  # type: ignore[arg-type]
        builder.close()


@settings(deadline=None)
@given(NODES)
def test_what_is_fed_is_built(node: Node) -> None:
    builder = Builder()
    feed(builder, node)
    assert builder.root == node
    assert builder.faults == []


@settings(deadline=None)
@given(NODES)
def test_holes_and_empty_values_are_all_told(node: Node) -> None:
    plain = PlainData(node)
    assert repr(plain.data).count("None") == len(plain.holes)
    assert {fault.path for fault in plain.faults} <= set(plain.holes)
    places = Places("case.yaml", node)
    for path in plain.holes:
        assert 1 <= places.line_of(path) <= 9


def test_only_an_option_may_stand_without_words() -> None:
    empty = text("", 2)

    def nested(*keys: str) -> Node:
        node: Node = empty
        for key in reversed(keys):
            node = MapNode(((text(key), node),), 1)
        return node

    assert PlainData(nested("issues", "i", "options", "x")).faults == []
    for keys in (
        ("issues", "i", "range", "x"),
        ("issues", "i", "options"),
        ("a", "i", "options", "x"),
    ):
        [fault] = PlainData(nested(*keys)).faults
        assert (fault.path, fault.expected, fault.line) == (keys, "a value", 2)
    quoted = MapNode(((text("a"), text("", 1, plain=False)),), 1)
    assert PlainData(quoted).data == {"a": ""}
