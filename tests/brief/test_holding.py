"""What would hold, in words: golden on published cases, and true of the result it is made from."""

from __future__ import annotations

import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from goodoffices.analysis.stability import StabilityLimits, stability
from goodoffices.brief import brief_data, brief_html
from goodoffices.brief.compose_holding import COLUMNS, LATER, NOT_ASKED, holding
from goodoffices.brief.hold_words import READING, SHORT, condition_words
from goodoffices.brief.holding import Holding
from goodoffices.brief.terminal_stability import print_stability
from goodoffices.casefile import read_case
from goodoffices.model import Case, parse_condition
from tests.brief.cases import GOLDEN, SHIFTS, brief_of, example, hostile, made
from tests.golden import assert_golden
from tests.house.source import ROOT

PUBLISHED = sorted(path.parent.name for path in (ROOT / "examples/published").glob("*/case.yaml"))


def published(name: str) -> Case:
    return read_case(ROOT / "examples" / "published" / name)


def held(case: Case, show: int = 100, **limits: int) -> Holding:
    found = holding(case, stability(case, limits=StabilityLimits(**limits)), show)
    assert found is not None
    return found


def printed(case: Case, width: int = 100) -> str:
    stream = io.StringIO()
    print_stability(case, stability(case), Console(file=stream, width=width))
    return stream.getvalue()


def flat(text: str) -> str:
    return " ".join(text.split())


def game(moves: int, **more: object) -> Case:
    """Return a case in which each of two parties has some moves, and prefers to make them."""
    options = {f"{by}{n}": {"by": by} for by in ("ana", "ben") for n in range(moves)}
    preferences = {
        by: {"statements": [{"prefers": {f"{by}{n}": "yes"}} for n in range(moves)]}
        for by in ("ana", "ben")
    }
    return made({"moves": {"options": options, "preferences": preferences} | more})


@pytest.mark.parametrize("name", PUBLISHED)
def test_golden_listing_of_published_cases(name: str) -> None:
    assert_golden(GOLDEN / f"stability-{name}.txt", printed(published(name)))


def test_golden_page_of_elmira() -> None:
    assert_golden(GOLDEN / "elmira.html", brief_html(brief_of(published("hipel-1993"))))


def test_the_mediator_can_lead_the_ministry_and_uniroyal_from_s5_to_s8() -> None:
    (joint,) = held(published("hipel-1993")).arranging.moves
    assert (joint.state, joint.parties, joint.to) == ("s5", ("moe", "uniroyal"), "s8")
    assert joint.sentence == (
        "From s5 (‘delay’ and ‘insist’), Ministry of the Environment and Uniroyal together reach "
        "s8 (‘modify’, ‘accept’ and ‘insist’), which both prefer."
    )
    assert joint.steps == (
        "Ministry of the Environment moves to s6 (makes ‘modify’)",
        "Uniroyal moves to s8 (turns from ‘delay’ to ‘accept’)",
    )
    assert joint.after == (
        "On the way, at s6, Ministry of the Environment and Uniroyal are worse off than in s5: the "
        "step after it has to be sure.",
        "s8 would then hold by Nash, and so by SSEQ, SEQ, SMR and GMR.",
        "Local government, without a part in it, prefers s5 to s8.",
        "The steps can come in the other order, too: Uniroyal moves to s7 (turns from ‘delay’ to "
        "‘accept’), then Ministry of the Environment moves to s8 (makes ‘modify’).",
        "On the way, at s7, Uniroyal is worse off than in s5: the step after it has to be sure.",
    )


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_table_agrees_with_the_result(name: str) -> None:
    case = published(name)
    result = stability(case)
    shown = held(case)
    assert {column.id for column in shown.columns} == {row.id for row in result.states}
    for column in shown.columns:
        (row,) = (row for row in result.states if row.id == column.id)
        moves = [m.id for m, is_made in zip(shown.moves, column.made, strict=True) if is_made]
        assert set(moves) == set(row.moves)
        assert column.now == (column.id == result.now)
        for order, rank, marks in zip(shown.orders, column.ranks, column.marks, strict=True):
            groups = [group.split(" = ") for group in order.order.split(" > ")]
            better = [id for group in groups[: _group(groups, column.id)] for id in group]
            assert int(rank) == len(better) + 1
            stable = {c for c in SHORT if column.id in result.stable[order.party][c]}
            assert _implied(marks) == stable
        common = {c for c in SHORT if column.id in result.equilibria[c]}
        assert _implied(column.mark) == common


def _group(groups: list[list[str]], id: str) -> int:
    return next(place for place, group in enumerate(groups) if id in group)


def _implied(marks: str) -> set[str]:
    """Return the concepts that a mark stands for, by the theorems of inclusion."""
    weaker = {"Nash": set(SHORT), "SSEQ": {"sseq", "seq", "smr", "gmr"}, "SEQ": {"seq", "gmr"},
              "SMR": {"smr", "gmr"}, "GMR": {"gmr"}, "–": set[str]()}  # fmt: skip
    return {concept for part in marks.split("+") for concept in weaker[part]}


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_state_would_hold_or_would_not_and_says_why(name: str) -> None:
    case = published(name)
    shown = held(case)
    holds, falls = ({line.state for line in lines} for lines in (shown.holds, shown.falls))
    assert holds == set(stability(case).equilibria["gmr"])
    assert holds | falls == {column.id for column in shown.columns}
    assert not holds & falls
    assert all(line.reasons for line in (*shown.holds, *shown.falls))


def test_a_sanction_is_told_with_what_each_does() -> None:
    lines = {line.state: line for line in held(published("prisoners-dilemma")).holds}
    (one, other) = lines["CC"].reasons
    assert re.search(r"prefers DC \(makes ‘.*’\); but .* would prefer to move to DD", one)
    assert "which" in other


def test_gmr_tells_what_others_could_do_and_seq_what_would_suit_them() -> None:
    lines = {line.state: line for line in held(published("hipel-1993")).holds}
    assert "could move to s6" in " ".join(lines["s1"].reasons)
    assert "would prefer to move" not in " ".join(lines["s1"].reasons)


def test_the_state_now_comes_first_among_those_that_would_not_hold() -> None:
    assert held(example("camp-david-1978")).falls[0].state == "1"


@pytest.mark.parametrize("status", ["stated", "reported", "inferred", "confidential"])
def test_how_the_moves_are_known_stands_wherever_they_are_shown(status: str) -> None:
    case = game(1, status=status)
    assert held(case).reading.startswith(READING[status])
    assert READING[status] in flat(printed(case))
    page = brief_html(brief_of(case))
    assert page.count(READING[status]) == 2
    assert brief_data(brief_of(case))["holding"]["status"] == status
    assert ("It is for the mediator only" in page) == (status == "confidential")
    assert ("It is for the mediator only" in flat(printed(case))) == (status == "confidential")


def test_what_moves_told_in_confidence_rest_on_is_confidential() -> None:
    data = SHIFTS.model_dump(by_alias=True, exclude_unset=True, mode="json")
    data["moves"]["status"] = "confidential"
    assert "s1" in Case.model_validate(data).told_in_confidence
    assert SHIFTS.moves is not None
    assert SHIFTS.moves.sources == ("s1",)


def test_moves_are_left_out_before_what_they_rest_on_was_said() -> None:
    case = example("camp-david-1978")
    early = case.on("1978-09-10")
    found = held(early)
    assert (found.faults, found.moves, found.note) == ((LATER,), (), None)
    assert "Knesset" not in printed(early)
    assert "arranging" not in brief_of(early).sections
    assert stability(early).missing[0].why == "the moves rest on statements dated after this day"
    assert stability(case).states


def test_a_case_without_moves_has_neither_section() -> None:
    found = brief_of(made({}))
    assert found.holding is None
    assert {"holding", "arranging"} & set(found.sections) == set()
    assert "Would it hold?" not in brief_html(found)


def test_moves_that_cannot_be_computed_with_say_what_is_wrong() -> None:
    found = brief_of(made({"moves": {"options": {"leave": {"by": "ana"}}}})).holding
    assert found is not None
    (fault, *_) = found.faults
    assert fault == "moves.preferences: expected preferences of ana, who have moves"
    assert [move.id for move in found.moves] == ["leave"]


def test_a_brief_without_a_result_says_that_it_was_not_asked() -> None:
    found = holding(game(1), None, 12)
    assert found is not None
    assert found.faults == (NOT_ASKED,)


def test_large_models_show_what_the_answer_names_and_say_how_much_more_there_is() -> None:
    found = held(game(3), show=3)
    assert len(found.columns) <= COLUMNS
    assert found.columns_left_out.endswith("of 64 are not written out.")
    assert found.drawing.left_out.startswith(f"{64 - len(found.drawing.states)} states of 64")
    named = {"1", *(state for line in found.holds for state in line.state)}
    assert any(column.now for column in found.columns)
    assert named & {column.id for column in found.columns}
    ways = {(arc.start, arc.end) for arc in found.drawing.arcs}
    assert ("1", "8") in ways


def test_verdicts_beyond_what_is_shown_are_counted() -> None:
    case = published("fraser-hipel-1984")
    found = held(case, show=2)
    assert len(found.holds) == 2
    assert found.holds_left_out == "5 more states that would hold are not written out."


def test_unknown_and_great_preferences_have_their_own_answers() -> None:
    ranking = {"ana": {"ranking": ["2", "1", "4", "3"], "unknown": [["1", "2"]]},
               "ben": {"ranking": ["3", "1", "4", "2"]}}  # fmt: skip
    moves = {"options": {"a": {"by": "ana"}, "b": {"by": "ben"}}, "preferences": ranking}
    found = held(made({"moves": moves}))
    assert [line[:27] for line in found.summary[1:]] == ["With unknown preferences, a",
        "With unknown preferences, b", "With unknown preferences, c",
        "With unknown preferences, d"]  # fmt: skip
    assert found.orders[0].reasons == ("It is not known which of 1 and 2 it prefers.",)
    assert found.holds == ()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"a": "yes"}, "‘a’"),
        ({"a": "no"}, "not ‘a’"),
        ({"a": {"not": "no"}}, "‘a’"),
        ({"a": ["yes", "no"]}, "‘a’ or not"),
        ({"a": {"not": ["yes", "no"]}}, "‘a’ both made and not"),
        ({"a": "yes", "b-c": "no"}, "‘a’ and not ‘b c’"),
        ({"any": [{"a": "yes"}, {"b": "yes", "c": "yes"}]}, "‘a’ or (‘b’ and ‘c’)"),
        ({"none": [{"a": "yes"}]}, "not ‘a’"),
        ({"none": [{"a": "yes"}, {"b": "yes"}]}, "none of ‘a’ and ‘b’"),
    ],
)
def test_conditions_on_moves_in_words(data: dict[str, object], words: str) -> None:
    assert condition_words(parse_condition(data)) == words


def test_hostile_texts_stay_texts() -> None:
    page = brief_html(brief_of(hostile()))
    assert "<script" not in page
    assert "m <i>" not in page
    assert "z &lt;s&gt;" in page
    assert "\x1b" not in printed(hostile())


@pytest.mark.parametrize("width", [40, 60, 100])
@pytest.mark.parametrize("name", ["hipel-1993", "fraser-hipel-1984"])
def test_no_line_is_wider_than_the_terminal_and_every_state_has_its_column(
    name: str, width: int
) -> None:
    case = published(name)
    text = printed(case, width)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    heads = re.findall(r"^ {5,}(.*)$", text, re.M)
    names = {name.strip("*") for head in heads for name in head.split()}
    assert {row.id for row in stability(case).states} <= names
