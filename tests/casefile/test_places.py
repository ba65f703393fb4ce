"""How places and findings are shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.casefile.nodes import Fault
from goodoffices.casefile.places import Places, nearest, one_of, place, shown


def test_a_place_without_a_file_is_line_one() -> None:
    places = Places("case.yaml", None)
    assert places.line_of(("positions", 3)) == 1
    assert str(places.problem(Fault(("a",), "x"))) == "case.yaml:1: $.a: expected x"


def test_long_places_keep_both_ends() -> None:
    path = tuple(range(40))
    assert place(path) == "$[0][1][2][3][4][5][6][7]…[38][39]"
    assert place(path[:16]).count("[") == 16


@settings(deadline=None)
@given(st.recursive(st.text() | st.none(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)))
def test_what_is_shown_is_short_and_on_one_line(data: object) -> None:
    assert len(shown(data)) <= 60
    assert shown(data).isprintable()


def test_shown() -> None:
    assert shown({"a": ["b", {}], "c": None}) == "{a: [b, {}], c: }"
    assert shown("two\nlines") == "two lines"
    assert shown("x" * 61) == "x" * 59 + "…"
    assert shown("x" * 60) == "x" * 60


def test_names_to_choose_from() -> None:
    assert one_of(["ana"], "a party") == "ana, the only party"
    assert one_of(["i"], "an issue") == "i, the only issue"
    many = [f"statement-{n}" for n in range(100)]
    assert one_of(many, "a statement").endswith("statement-8 and 91 more")
    assert len(one_of(many, "a statement")) < 150


@pytest.mark.parametrize(
    ("found", "near"),
    [("hams", "hamas"), ("Hamas", "hamas"), ("in_return_for", "in-return-for"), ("zebra", ""),
     ("", ""), ("x" * 5000, ""), (None, ""), (["hamas"], "")],
)  # fmt: skip
def test_the_nearest_name(found: object, near: str) -> None:
    assert nearest(found, ["israel", "hamas", "in-return-for"]) == near
