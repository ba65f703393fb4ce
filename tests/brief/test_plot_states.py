"""The graph of states: every state and move once, arrows where movers want to go."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest

from goodoffices.analysis.stability import stability
from goodoffices.brief.compose_holding import DRAWN, holding
from goodoffices.brief.holding import ArcLine, Drawing
from goodoffices.brief.plot_states import _lines, described, placed, states_svg
from goodoffices.model import Case
from tests.brief.cases import RIGHT_TO_LEFT, SHIFTS, hostile, made
from tests.brief.test_holding import PUBLISHED, game, held, published


def texts(svg: str) -> list[str]:
    root = ElementTree.fromstring(re.sub("xlink:href", "href", svg))
    return [part.text or "" for part in root.iter() if part.tag.endswith("text")]


def arcs(*rows: tuple[str, str, str, bool]) -> list[ArcLine]:
    return [ArcLine(by, by.title(), start, end, wanted) for by, start, end, wanted in rows]


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_state_and_every_mover_is_written_in_the_drawing(name: str) -> None:
    shown = held(published(name))
    written = texts(states_svg(shown))
    assert {column.id for column in shown.columns} <= set(written)
    assert {order.party_name for order in shown.orders} <= set(written)
    assert sum("now" in words.split(" · ") for words in written) == 1


@pytest.mark.parametrize("name", PUBLISHED)
def test_boxes_do_not_touch(name: str) -> None:
    places = placed(held(published(name)).drawing)
    for (x, y), (across, down) in combinations(places.values(), 2):
        assert abs(x - across) > 34 or abs(y - down) > 30


def test_boxes_of_a_large_model_do_not_touch() -> None:
    places = placed(held(game(6)).drawing)
    assert len(places) >= 3
    for (x, y), (across, down) in combinations(places.values(), 2):
        assert abs(x - across) > 34 or abs(y - down) > 30


@pytest.mark.parametrize(
    "pairs",
    [[], [("s0", "s1")], [(f"s{n}", f"s{n + 1}") for n in range(0, 16, 2)],
     [("s0", f"s{n}") for n in range(1, 6)] + [("s6", "s7"), ("s7", "s8"), ("s8", "s6")]],
)  # fmt: skip
def test_boxes_of_groups_that_nothing_joins_do_not_touch(pairs: list[tuple[str, str]]) -> None:
    moves = tuple(ArcLine("ana", "Ana", start, end, True) for start, end in pairs)
    places = placed(Drawing(tuple(f"s{n}" for n in range(16)), moves, ""))
    assert len(places) == 16
    for (x, y), (across, down) in combinations(places.values(), 2):
        assert abs(x - across) > 34 or abs(y - down) > 30


def test_a_move_there_and_back_is_one_line_with_its_arrow_where_it_is_wanted() -> None:
    (line,) = _lines(arcs(("ana", "1", "2", True), ("ana", "2", "1", False)))
    assert (line.start, line.end, line.wanted) == ("1", "2", True)


def test_a_move_that_cannot_be_undone_keeps_its_arrow() -> None:
    (line,) = _lines(arcs(("ana", "1", "2", False)))
    assert (line.start, line.end, line.wanted, line.both) == ("1", "2", False, False)


def test_indifference_is_a_line_without_an_arrow() -> None:
    (line,) = _lines(arcs(("ana", "2", "1", False), ("ana", "1", "2", False)))
    assert (line.start, line.wanted, line.both) == ("1", False, True)


def test_two_movers_between_the_same_states_have_a_line_each() -> None:
    lines = _lines(arcs(("ana", "1", "2", True), ("ben", "1", "2", True)))
    assert {line.by for line in lines} == {"ana", "ben"}


def test_each_mover_has_its_own_kind_of_line() -> None:
    svg = states_svg(held(published("hipel-1993")))
    assert len(set(re.findall(r"stroke-dasharray: ([^;\"]+)", svg))) >= 2


def test_the_drawing_takes_the_colours_of_the_page_and_its_ids_are_its_own() -> None:
    svg = states_svg(held(published("chicken")))
    assert "var(--accent)" in svg
    assert "#050505" not in svg
    assert all(id.startswith("states-") for id in re.findall(r'\bid="([^"]+)"', svg))


def test_the_same_states_are_drawn_the_same_way() -> None:
    assert states_svg(held(SHIFTS)) == states_svg(held(SHIFTS))


def test_the_description_tells_the_moves_that_are_wanted() -> None:
    assert described(held(published("prisoners-dilemma"))).count("from CC to") == 2
    assert "<desc" in states_svg(held(published("chicken")))


def test_nothing_answered_is_nothing_drawn() -> None:
    found = holding(made({"moves": {"options": {"leave": {"by": "ana"}}}}), None, 12)
    assert found is not None
    assert states_svg(found) == ""


def test_a_single_state_is_drawn() -> None:
    case = made({"moves": {
        "options": {"a": {"by": "ana"}}, "infeasible": [{"a": "yes"}],
        "preferences": {"ana": {"ranking": ["1"]}, "ben": {"ranking": ["1"]}},
    }})  # fmt: skip
    assert "1" in texts(states_svg(held(case)))


def test_a_large_model_is_drawn_by_its_equilibria_and_ways_only() -> None:
    case = game(3)
    found = held(case)
    assert len(found.drawing.states) <= DRAWN
    every = stability(case).equilibria["nash"]
    assert set(every) <= set(found.drawing.states)
    steps = {(step.by, step.to) for path in stability(case).paths for step in path.moves}
    assert {(arc.by, arc.end) for arc in found.drawing.arcs} <= steps


@pytest.mark.parametrize("case", [RIGHT_TO_LEFT, hostile()], ids=["right-to-left", "hostile"])
def test_names_of_any_kind_are_texts_in_the_drawing(case: Case) -> None:
    svg = states_svg(held(case))
    assert "<script" not in svg
    assert "1" in texts(svg) or "z <s>" in texts(svg)
