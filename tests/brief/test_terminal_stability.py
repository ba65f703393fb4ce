"""What would hold, on a terminal: columns side by side as far as they fit, and nothing cut."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some
from rich.cells import cell_len
from rich.console import Console

from goodoffices.analysis.stability import stability
from goodoffices.brief import brief_terminal
from goodoffices.brief.section_names import SECTIONS
from goodoffices.brief.terminal_stability import _blocks, print_stability
from goodoffices.model import Case
from tests.brief.cases import RIGHT_TO_LEFT, SHIFTS, brief_of, hostile
from tests.brief.test_holding import PUBLISHED, held, published


def printed(case: Case, width: int) -> str:
    stream = io.StringIO()
    print_stability(case, stability(case), Console(file=stream, width=width))
    return stream.getvalue()


def in_brief(case: Case, width: int) -> str:
    stream = io.StringIO()
    brief_terminal(brief_of(case), Console(file=stream, width=width))
    return stream.getvalue()


def flat(text: str) -> str:
    return " ".join(text.split())


def rows(text: str, name: str) -> list[str]:
    """Return the cells of a row of the table, over all the blocks that it is cut into."""
    lines = [line for line in text.splitlines() if line.startswith(f"{name}  ")]
    return [cell for line in lines for cell in line.removeprefix(name).split()]


@given(some.lists(some.integers(1, 30), min_size=1, max_size=30), some.integers(1, 90))
def test_blocks_hold_every_column_once_and_fit_where_one_column_does(
    widths: Sequence[int], room: int
) -> None:
    blocks = list(_blocks(widths, room))
    assert blocks[0][0] == 0
    assert blocks[-1][1] == len(widths)
    assert all(one[1] == other[0] for one, other in pairwise(blocks))
    for first, last in blocks:
        assert last > first
        used = sum(width + 2 for width in widths[first:last])
        assert used <= room or last - first == 1


@pytest.mark.parametrize("width", [44, 70, 140])
@pytest.mark.parametrize("name", PUBLISHED)
def test_the_table_holds_the_same_at_every_width(name: str, width: int) -> None:
    case = published(name)
    text, shown = printed(case, width), held(case)
    assert max(map(cell_len, text.splitlines())) <= width
    for place, move in enumerate(shown.moves):
        expected = ["Y" if column.made[place] else "·" for column in shown.columns]
        assert rows(text, move.id) == expected
    for place, order in enumerate(shown.orders):
        assert rows(text, f"rank, {order.party}") == [c.ranks[place] for c in shown.columns]
        assert rows(text, f"holds, {order.party}") == [c.marks[place] for c in shown.columns]
    assert rows(text, "holds, for all") == [column.mark for column in shown.columns]


@pytest.mark.parametrize("name", PUBLISHED)
def test_brief_and_command_say_the_same(name: str) -> None:
    case = published(name)
    shown = held(case)
    for text in (flat(printed(case, 100)), flat(in_brief(case, 100))):
        for sentence in (*shown.summary, shown.arranging.sentence, *shown.missing):
            assert sentence in text
        for line in (*shown.holds, *shown.falls):
            assert line.head in text
        for move in shown.arranging.moves:
            assert move.sentence in text


def test_the_sections_have_their_names() -> None:
    text = in_brief(SHIFTS, 90)
    held = re.search(r"^(\d+) Would it hold\?$", text, re.MULTILINE)
    assert held is not None
    number = int(held[1])
    assert f"\n{number + 1} {SECTIONS['arranging']}\n" in text
    record = re.search(rf"^(\d+) {re.escape(SECTIONS['record'])}$", text, re.MULTILINE)
    assert record is not None
    assert f"are statements in section {record[1]}." in flat(text)


@pytest.mark.parametrize("case", [RIGHT_TO_LEFT, hostile()], ids=["right-to-left", "hostile"])
def test_names_that_turn_the_line_or_move_the_cursor_stay_harmless(case: Case) -> None:
    text = printed(case, 80)
    assert not {"\x1b", "\u2066", "\u2068", "\u2069", "\u202e"} & set(text)
    assert max(map(cell_len, text.splitlines())) <= 80
