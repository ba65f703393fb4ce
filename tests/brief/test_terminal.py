"""Briefs on a terminal: golden at fixed widths, never cut, safe, and plain in a pipe."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from rich.cells import cell_len
from rich.console import Console

from goodoffices.analysis.impasse import impasse
from goodoffices.analysis.zone.search import Limits
from goodoffices.brief import Brief, brief_terminal, impasse_terminal
from goodoffices.brief.paper import FIRMNESS_MARKS, Paper
from goodoffices.brief.phrases import shown
from goodoffices.brief.section_names import CONFIDENTIAL, SECTIONS
from tests.brief.cases import (
    EXAMPLES,
    GOLDEN,
    RIGHT_TO_LEFT,
    SHIFTS,
    brief_of,
    example,
    example_brief,
    hostile,
)
from tests.golden import assert_golden
from tests.house.source import ROOT


def printed(made: Brief, width: int, *, colour: bool = False) -> str:
    stream = io.StringIO()
    brief_terminal(made, Console(file=stream, width=width, force_terminal=colour))
    return stream.getvalue()


def listing(name: str, width: int = 100) -> str:
    stream = io.StringIO()
    case = example(name)
    impasse_terminal(case, impasse(case), Console(file=stream, width=width))
    return stream.getvalue()


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", EXAMPLES)
def test_golden_terminal(name: str) -> None:
    assert_golden(GOLDEN / f"{name}.txt", printed(example_brief(name), 100))


def test_golden_terminal_of_every_kind_of_thing() -> None:
    assert_golden(GOLDEN / "shifts-60.txt", printed(brief_of(SHIFTS), 60))


@pytest.mark.parametrize("name", EXAMPLES)
def test_golden_impasse_listing(name: str) -> None:
    assert_golden(GOLDEN / f"impasse-{name}.txt", listing(name))


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_no_line_is_wider_than_the_terminal_and_nothing_is_cut(width: int) -> None:
    text = printed(example_brief("gaza-2025"), width)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert "…" not in text
    for position in example_brief("gaza-2025").positions:
        assert position in text


def test_every_sentence_stands_whole_at_every_width() -> None:
    made = example_brief("gaza-2025")
    for width in (60, 95):
        text = flat(printed(made, width))
        for way in made.freeing.ways_out:
            assert way.sentence in text
        for position in made.positions.values():
            assert position.sentence in text


def test_a_pipe_gets_no_escape_codes_and_a_terminal_does() -> None:
    assert "\x1b" not in printed(brief_of(SHIFTS), 80)
    assert "\x1b[" in printed(brief_of(SHIFTS), 80, colour=True)


def test_colour_changes_no_words() -> None:
    stream = io.StringIO()
    console = Console(file=stream, width=80, force_terminal=True, no_color=True)
    brief_terminal(brief_of(SHIFTS), console)
    for mark in FIRMNESS_MARKS.values():
        assert mark in stream.getvalue()


def test_sections_stand_in_their_order() -> None:
    text = printed(brief_of(SHIFTS), 80)
    places = [text.index(f"{n} {name}") for n, name in enumerate(SECTIONS.values(), 1)]
    assert places == sorted(places)


def test_confidential_positions_put_a_banner_on_top() -> None:
    text = flat(printed(brief_of(SHIFTS), 80))
    assert text.index(CONFIDENTIAL) < text.index("The talks at a glance")
    assert CONFIDENTIAL not in flat(printed(example_brief("gaza-2025"), 80))


def test_texts_of_a_case_cannot_drive_the_terminal_or_the_markup() -> None:
    text = printed(brief_of(hostile()), 80)
    assert "\x1b" not in text
    assert "\ufffd[31m" in text
    assert "<script>alert('x')</script> & \"q\" $x^2$ {{ 7*7 }}" in flat(text)


def test_markup_of_the_terminal_stays_text() -> None:
    case = SHIFTS.model_copy(update={"case": "[red]Talks[/red] :smile:"})
    assert "[red]Talks[/red] :smile:" in printed(brief_of(case), 80)


def test_right_to_left_names_come_without_turning_marks() -> None:
    text = printed(brief_of(RIGHT_TO_LEFT), 100)
    assert "حزب الشمال" in text
    assert not set("\u2066\u2067\u2068\u2069\u202e") & set(text)


def test_turning_marks_of_a_case_are_left_out() -> None:
    assert shown("a\u202eb\u2068c") == "abc"


def test_wrapped_lines_hang_under_their_text() -> None:
    stream = io.StringIO()
    Paper(Console(file=stream, width=30)).line("one two three four five six seven", lead="• ")
    assert stream.getvalue() == "• one two three four five six\n  seven\n"


def test_ids_keep_their_letters() -> None:
    case = SHIFTS.model_copy(
        update={
            "proposals": tuple(
                proposal.model_copy(update={"source": ("S-Big",)}) for proposal in SHIFTS.proposals
            ),
            "statements": {**SHIFTS.statements, "S-Big": SHIFTS.statements["s1"]},
        }
    )
    assert "From S-Big." in printed(brief_of(case), 80)


def test_a_long_word_is_folded_not_cut() -> None:
    stream = io.StringIO()
    Paper(Console(file=stream, width=20)).line("x" * 45)
    assert stream.getvalue().replace("\n", "") == "x" * 45


def test_the_listing_tells_what_a_limit_kept_out() -> None:
    case = example("gaza-2025")
    stream = io.StringIO()
    found = impasse(case, limits=Limits(most=1))
    impasse_terminal(case, found, Console(file=stream, width=100))
    text = flat(stream.getvalue())
    assert "further ways out (the limit on how many are listed)" in text
    assert "1 more is not written out." in text


def test_the_listing_says_what_each_option_is_excluded_by() -> None:
    text = flat(listing("hospital-pay"))
    assert "Excluded: 0 to 4 percent, by n3" in text


def test_a_brief_on_a_terminal_loads_only_what_it_needs() -> None:
    code = (
        "import sys, io\n"
        "from rich.console import Console\n"
        "from goodoffices.analysis.impasse import impasse\n"
        "from goodoffices.analysis.movement import movement\n"
        "from goodoffices.analysis.stability import stability\n"
        "from goodoffices.brief import brief, brief_terminal\n"
        "from goodoffices.casefile import read_case\n"
        "case = read_case(sys.argv[1])\n"
        "found = {'moved': movement(case), 'stability': stability(case)}\n"
        "brief_terminal(brief(case, impasse(case), **found), Console(file=io.StringIO()))\n"
        "heavy = {'matplotlib', 'jinja2', 'networkx', 'scipy'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)\n"
    )
    folder = str(ROOT / "examples" / "gaza-2025")
    answer = subprocess.run(
        [sys.executable, "-c", code, folder], capture_output=True, text=True, check=False
    )
    assert (answer.returncode, answer.stderr) == (0, "")


def test_data_loads_no_terminal_either() -> None:
    code = (
        "import sys\n"
        "import goodoffices.brief\n"
        "sys.exit(', '.join(sorted({'matplotlib', 'jinja2', 'rich'} & set(sys.modules))) or 0)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert (answer.returncode, answer.stderr) == (0, "")


def test_the_listing_says_on_top_that_it_holds_what_was_said_in_confidence() -> None:
    head = flat(listing("hospital-pay"))[:400]
    assert CONFIDENTIAL in head
    assert CONFIDENTIAL not in flat(listing("gaza-2025"))


def test_a_statement_told_in_confidence_is_marked_where_it_is_told() -> None:
    text = flat(printed(brief_of(SHIFTS), 120))
    assert "“paid nights” (confidential) (paper, paragraph 3)" in text
    assert "at most 1,200 shifts (claim, as of May 2025, confidential)" in text
    assert "a2 (confidential) of Ana bears on this too" in flat(printed(brief_of(SHIFTS), 60))


def test_a_proposal_without_answers_says_so_once() -> None:
    text = flat(printed(brief_of(SHIFTS), 120))
    assert "No answer recorded from: Ben" in text
    assert "No answer is recorded" not in text
