"""Movement in words, on a terminal and as a drawing: golden, whole, safe, and marked."""

from __future__ import annotations

import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from goodoffices.analysis.impasse import impasse
from goodoffices.analysis.impasse_result import Cost
from goodoffices.analysis.movement import movement
from goodoffices.analysis.zone.search import Limits
from goodoffices.brief import brief, brief_data, brief_html, brief_terminal, movement_terminal
from goodoffices.brief.contents import Movement
from goodoffices.brief.movement_lines import movement_lines
from goodoffices.brief.movement_words import distance_words
from goodoffices.brief.plot_movement import MARKS, description, movement_svg
from goodoffices.brief.section_names import CONFIDENTIAL, DIRECTION_MARKS
from goodoffices.errors import CallError
from goodoffices.model import Case
from tests.brief.cases import (
    EXAMPLES,
    GOLDEN,
    RIGHT_TO_LEFT,
    SHIFTS,
    brief_of,
    example,
    hostile,
    made,
)
from tests.golden import assert_golden

SWAP = made(
    {
        "as-of": "2025-06-01",
        "parties": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}, "cem": {"name": "Cem"}},
        "issues": {
            "window": {"question": "?", "options": ["open", "ajar", "shut"]},
            "heat": {"question": "?", "options": ["low", "mild", "high"]},
        },
        "positions": [
            {"id": "a1", "party": "ana", "requires": {"window": "open"}, "firmness": "red-line",
             "until": "2025-02-01"},
            {"id": "a2", "party": "ana", "requires": {"window": "open"}, "firmness": "open",
             "since": "2025-02-01", "until": "2025-03-01", "status": "confidential"},
            {"id": "a3", "party": "ana", "requires": {"window": "ajar"}, "since": "2025-03-01"},
            {"id": "b1", "party": "ben", "requires": {"window": ["ajar", "shut"]},
             "since": "2025-01-01"},
            {"id": "c1", "party": "cem", "refuses": {"heat": "high"}, "until": "2025-04-01"},
            {"id": "c2", "party": "cem", "refuses": {"heat": ["mild", "high"]},
             "since": "2025-04-01"},
        ],
    }
)  # fmt: skip
"""Every kind of change: firmness alone, other packages, fewer packages, first positions."""


def lines_of(case: Case) -> Movement:
    return movement_lines(case, movement(case))


def printed(case: Case, width: int = 100, *, limits: Limits | None = None) -> str:
    stream = io.StringIO()
    movement_terminal(case, movement(case, limits=limits), Console(file=stream, width=width))
    return stream.getvalue()


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", EXAMPLES)
def test_golden_movement(name: str) -> None:
    assert_golden(GOLDEN / f"movement-{name}.txt", printed(example(name)))


def test_golden_movement_of_every_kind_of_change() -> None:
    assert_golden(GOLDEN / "movement-swap.txt", printed(SWAP, 72))


def test_what_a_move_does_is_told_from_data() -> None:
    days = {day.day: day for day in lines_of(SWAP).days}
    (softer,) = days["2025-02-01"].moves
    assert softer.does == (
        "What it accepts stays the same. It holds to it as open, before as red line.",
        "Towards Ben: between the two it goes from 1 firm position to 1 open position.",
        "Without this the distance of the day would be 1 firm position.",
    )
    (other,) = days["2025-03-01"].moves
    assert other.does[0] == (
        "It accepts others than before: now ‘ajar’ on window, no longer ‘open’ on window."
    )
    (less,) = days["2025-04-01"].moves
    assert less.does == ("It accepts less than before: no longer ‘mild’ on heat.",), (
        "the others hold nothing on heat"
    )
    (opening,) = days["2025-03-01"].moves
    assert opening.does[1:] == (
        "Towards Ben: between the two it goes from 1 open position to none.",
        "Without this the distance of the day would be 1 open position.",
    )


def test_a_day_is_told_with_its_distance_and_what_it_would_take() -> None:
    day = lines_of(SWAP).days[0]
    assert day.sentence == "Farther: the distance goes from none to 1 firm position."
    assert day.stuck == "1 point of contention: a1 + b1"
    assert day.ways_out == "Ben gives up b1"
    assert day.alone == (
        "Ana would give up 1 red line; Ben would give up 1 firm position; Cem cannot open it"
    )


def test_positions_held_before_are_introduced_when_they_are_named_later() -> None:
    assert lines_of(SWAP).before == (
        "Ana requires ‘open’ on window (a1).",
        "Cem refuses ‘high’ on heat (c1).",
    )


def test_the_rungs_hold_every_distance_in_order_and_the_open_zone() -> None:
    lines = lines_of(SWAP)
    assert lines.levels == ("none", "1 open position", "1 firm position")
    assert [day.rank for day in lines.days] == [2, 1, 0, 0]
    for name in EXAMPLES:
        made_lines = lines_of(example(name))
        assert made_lines.levels[0] == "none"
        assert [made_lines.levels[d.rank] for d in made_lines.days] == [
            d.distance for d in made_lines.days
        ]


def test_no_way_out_is_the_farthest_rung() -> None:
    rules = [
        {"id": "r", "requires": {"window": "open"}},
        {"id": "q", "refuses": {"window": "open"}},
    ]
    case = made(
        {
            "issues": {"window": {"question": "?", "options": ["open", "shut"]}},
            "rules": rules,
            "positions": [{"id": "a", "party": "ana", "requires": {"window": "open"},
                           "since": "2025-01-01"}],
        }
    )  # fmt: skip
    lines = lines_of(case)
    assert lines.levels == ("none", "no way out")
    assert lines.days[0].stuck == "1 point of contention: the rules themselves"
    assert "There is no way out." in brief_html(brief_of(case))


def test_words_of_distances() -> None:
    assert distance_words(Cost(2, 0, 0)) == "2 red lines"
    assert distance_words(None) == "no way out"


def test_what_was_told_in_confidence_is_marked_wherever_it_is_shown() -> None:
    text = flat(printed(SWAP))
    assert CONFIDENTIAL in text
    assert "(a2, confidential)" in text
    assert "1 February 2025 (confidential)" in text
    assert "1 January 2025 (confidential)" not in text
    assert CONFIDENTIAL not in flat(printed(example("gaza-2025")))
    whole = brief_of(SWAP)
    assert whole.confidential, "although the position has ended"
    page = brief_html(whole)
    assert "Rests in part on what was said in confidence." in page
    assert page.count('<span class="status confidential">confidential</span>') >= 4
    assert "Rests in part" not in brief_html(brief_of(example("gaza-2025")))
    assert "(confidential)" in description(lines_of(SWAP))


def test_a_record_without_dates_says_so() -> None:
    case = made({"issues": SWAP.model_dump(mode="json", by_alias=True)["issues"]})
    assert "No change of the record has a date" in printed(case)
    assert movement_svg(lines_of(case), ["Ana"]) == ""
    assert "No change of the record has a date" in brief_html(brief_of(case))


def test_a_limit_is_told() -> None:
    text = flat(printed(example("hospital-pay"), limits=Limits(most=1)))
    assert "further points of contention (the limit on how many are listed)" in text


def test_stale_positions_are_told_with_the_day_they_were_last_heard_of() -> None:
    text = flat(printed(example("black-sea-grain-2022"), 120))
    assert "u-no-joint-paper: nothing since 22 July 2022, 360 days: Ukraine" in text
    assert "Stale: " in text


@pytest.mark.parametrize("width", [50, 80, 140])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    text = printed(example("black-sea-grain-2022"), width)
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_texts_of_a_case_cannot_drive_the_terminal_or_the_page() -> None:
    assert "\x1b" not in printed(hostile())
    assert "<script>alert" not in brief_html(brief_of(hostile()))
    assert "حزب الشمال" in printed(RIGHT_TO_LEFT)
    assert not set("\u2066\u2067\u2068\u2069") & set(printed(RIGHT_TO_LEFT))


# --- The drawing ------------------------------------------------------------------------------


def test_the_drawing_has_a_rung_a_distance_and_a_lane_a_side() -> None:
    lines = lines_of(SWAP)
    svg = movement_svg(lines, ["Ana", "Ben", "Cem", "Dora"])
    shown = re.findall(r">([^<>]+)</text>", svg)
    for words in (
        "none: the zone is open",
        "1 open position",
        "1 firm position",
        "Ana",
        "Ben",
        "Cem",
    ):
        assert words in shown
    assert "Dora" not in shown
    assert "Proposals" not in shown
    assert svg == movement_svg(lines_of(SWAP), ["Ana", "Ben", "Cem", "Dora"])


def test_the_drawing_takes_the_colours_of_the_page() -> None:
    svg = movement_svg(lines_of(SWAP), ["Ana"])
    assert "var(--accent)" in svg
    assert re.findall(r"#[0-9a-f]{6}", svg) == []


def test_the_text_beside_the_drawing_tells_every_day() -> None:
    lines = lines_of(example("camp-david-1978"))
    told = description(lines)
    for day in lines.days:
        assert f"{day.words}: distance {day.distance}" in told
    assert "Egypt 1 move towards" in told
    assert "Israel 2 first positions" in told


def test_every_mark_has_a_shape_on_the_page_and_on_the_terminal() -> None:
    assert set(MARKS) == set(DIRECTION_MARKS)
    assert len(set(MARKS.values())) == len(MARKS)
    assert len(set(DIRECTION_MARKS.values())) == len(DIRECTION_MARKS)


# --- The brief --------------------------------------------------------------------------------


def test_a_brief_has_the_section_only_where_the_record_was_replayed() -> None:
    plain = brief(SHIFTS, impasse(SHIFTS))
    assert "movement" not in plain.sections
    assert brief_data(plain)["movement"] is None
    stream = io.StringIO()
    brief_terminal(plain, Console(file=stream, width=100))
    assert "How the sides moved" not in stream.getvalue()
    facts, record = (list(plain.sections).index(key) + 1 for key in ("facts", "record"))
    assert f"{facts} Facts claimed" in flat(stream.getvalue())
    assert f"statements in section {record}." in flat(stream.getvalue())
    assert "How the sides moved" not in brief_html(plain)
    assert "How the sides moved" in brief_html(brief_of(SHIFTS))


def test_a_brief_refuses_the_movement_of_another_day() -> None:
    with pytest.raises(CallError, match="what was found in"):
        brief(SWAP, impasse(SWAP), moved=movement(SWAP.on("2025-02-01")))


def test_the_data_of_a_brief_holds_the_days_without_marks() -> None:
    data = brief_data(brief_of(RIGHT_TO_LEFT))
    assert not set("\u2068\u2069") & set(str(data["movement"]))
    assert [day["day"] for day in data["movement"]["days"]] == ["2025-06-01"]
