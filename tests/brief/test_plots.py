"""The drawings: where boxes and marks lie, how texts are put in, what they say without eyes."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from goodoffices.brief.contents import Event
from goodoffices.brief.lineage import described, drawing, tree_lines
from goodoffices.brief.plot_lineage import lineage_svg
from goodoffices.brief.plot_timeline import axis, description, lanes_of, ticks, timeline_svg
from goodoffices.brief.plots import COLOURS, Sheet, wrapped
from goodoffices.brief.tabled import in_order
from goodoffices.model import Proposal
from tests.brief.cases import SHIFTS, brief_of, example_brief, hostile


def proposal(id: str, *based_on: str, day: str | None = None) -> Proposal:
    return Proposal.model_validate({"id": id, "by": "ana", "based-on": based_on, "date": day})


def test_proposals_stand_after_what_they_are_based_on_and_else_by_date() -> None:
    given_order = (
        proposal("c", "b", day="2025-01-01"),
        proposal("a", day="2025-03-01"),
        proposal("b"),
        proposal("d", day="2024-01-01"),
        proposal("e", "gone"),
    )
    assert [p.id for p in in_order(given_order)] == ["d", "b", "c", "a", "e"]


def test_a_lineage_deeper_than_the_stack_of_calls_is_ordered() -> None:
    deep = tuple(proposal(str(n), str(n + 1)) for n in range(3000))
    assert [p.id for p in in_order(deep)] == [str(n) for n in reversed(range(3000))]


def test_the_tree_draws_children_below_their_first_base() -> None:
    made = brief_of(SHIFTS.on("2025-07-02"))
    lines = [line.lead + line.text for line in tree_lines(made.proposals)]
    assert lines == [
        "First paper (Ben, 10 May 2025)",
        "└─ Second paper (Ana, 12 May 2025)",
        "   └─ p9 (Cleo, 20 June 2025), based on First paper too",
    ]


def test_the_drawing_has_a_column_an_author_and_a_link_a_base() -> None:
    laid = drawing(brief_of(SHIFTS.on("2025-07-02")).proposals)
    assert laid.authors == ("Ben", "Ana", "Cleo")
    assert [(box.id, box.column, box.row) for box in laid.boxes] == [
        ("p1", 0, 0),
        ("p2", 1, 1),
        ("p9", 2, 2),
    ]
    assert laid.links == (("p1", "p2"), ("p2", "p9"), ("p1", "p9"))


def test_the_drawing_is_told_in_words() -> None:
    words = described(brief_of(SHIFTS).proposals)
    assert words == (
        "First paper by Ben, 10 May 2025. Second paper by Ana, 12 May 2025, based on First paper."
    )


def test_nothing_to_draw_is_no_drawing() -> None:
    assert lineage_svg(()) == ""
    assert timeline_svg((), until="2025-06-02") == ""


def test_a_drawing_names_its_own_ids_and_no_address() -> None:
    svg = lineage_svg(example_brief("gaza-2025").proposals)
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert ids
    assert all(id.startswith("lineage-") for id in ids)
    assert "http" not in svg
    assert "<metadata" not in svg
    assert "DOCTYPE" not in svg


def test_colours_are_the_pages_own() -> None:
    svg = timeline_svg(example_brief("gaza-2025").events, until="2025-06-02")
    assert not set(re.findall(r"#[0-9a-f]{6}\b", svg)) & set(COLOURS.values())
    assert re.findall(r"#[0-9a-f]{6}\b", svg) == []
    assert {"var(--accent)", "var(--rule)", "var(--quiet)"} <= set(re.findall(r"var\([^)]*\)", svg))


def test_texts_are_put_in_as_texts() -> None:
    sheet = Sheet(100, 50)
    sheet.text(5, 10, "<b>$x^2$ & שלום 漢字")
    sheet.text(5, 30, "text00000")
    svg = sheet.svg("x", "a < b", "c & d")
    assert "&lt;b&gt;$x^2$ &amp; שלום 漢字" in svg
    assert svg.count(">text00000<") == 1
    assert '<title id="x-title">a &lt; b</title>' in svg
    assert "font-family" not in svg
    assert "DejaVu" not in svg


def test_hostile_names_reach_the_drawings_escaped() -> None:
    made = brief_of(hostile())
    for svg in (lineage_svg(made.proposals), timeline_svg(made.events, until="")):
        assert "<script>" not in svg
        assert "&lt;script&gt;" in svg


def test_years_do_not_stretch_the_time_axis_unless_there_is_nothing_else() -> None:
    year = Event("a", "says", "2020-01-01", "2020-12-31", "")
    day = Event("a", "says", "2025-06-01", "2025-06-01", "")
    start = date(2025, 6, 1).toordinal()
    assert axis([year, day], "2025-06-11") == (start, start + 10)
    assert axis([year], "") == (date(2020, 1, 1).toordinal(), date(2020, 12, 31).toordinal())
    assert axis([day], "2025-06-01") == (start - 1, start + 1)


@given(st.integers(1, 3000), st.integers(700_000, 740_000))
def test_ticks_lie_between_the_ends_in_order(length: int, first: int) -> None:
    days = [day for day, _ in ticks(first, first + length)]
    assert days[0] == first
    assert days[-1] == first + length
    assert days == sorted(set(days))
    assert len(days) <= 6


def test_lanes_begin_with_the_sides() -> None:
    events = [Event(lane, "says", "2025-01-01", "2025-01-01", "") for lane in "xbay"]
    assert lanes_of(events, ["a", "b", "c"]) == ["a", "b", "x", "y"]


def test_the_timeline_is_told_in_words() -> None:
    assert description(brief_of(SHIFTS).events) == (
        "Ana: 1 statement, 1 answer and 1 proposal. Ben: 1 proposal and 1 statement."
    )


def test_long_words_are_wrapped_and_shortened_with_a_sign() -> None:
    assert wrapped("one two three four", 9, 3) == ["one two", "three", "four"]
    assert wrapped("one two three four", 9, 2) == ["one two", "three…"]
    assert wrapped("", 9, 2) == [""]
