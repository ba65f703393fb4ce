"""A brief as data: what each section holds, as of which day, and what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from goodoffices.analysis.impasse import impasse
from goodoffices.brief import Brief, brief, brief_data
from goodoffices.errors import CallError
from goodoffices.model import Case
from tests.brief.cases import (
    EXAMPLES,
    GOLDEN,
    RIGHT_TO_LEFT,
    SHIFTS,
    brief_of,
    example,
    example_brief,
    made,
)
from tests.golden import assert_golden

OPEN = made(
    {
        "issues": {"bus": {"question": "A bus?", "options": ["no", "yes"]}},
        "positions": [{"id": "a1", "party": "ana", "requires": {"bus": "yes"}}],
    }
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_golden_data(name: str) -> None:
    text = json.dumps(brief_data(example_brief(name)), ensure_ascii=False, indent=1, sort_keys=True)
    assert_golden(GOLDEN / f"{name}.json", text + "\n")


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_id_that_a_section_names_is_there(name: str) -> None:
    made = example_brief(name)
    positions = [id for row in made.standing for cell in row.cells for id in cell.asks + cell.bears]
    positions += [id for p in made.proposals for id in p.breaks]
    positions += [id for k in made.stuck.knots for c in k.conflicts for id in c.positions]
    positions += [id for way in made.freeing.ways_out for id in way.relax]
    positions += [id for alone in made.giving.alone for id in alone.relax]
    assert set(positions) <= set(made.positions)
    sources = [source for p in made.positions.values() for source in p.sources]
    assert {source.statement for source in sources if source.known} <= set(made.statements)
    assert {s.document for s in made.statements.values()} <= set(made.documents)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_position_in_force_stands_in_the_grid(name: str) -> None:
    made = example_brief(name)
    assert set(made.rows_of) == set(made.positions) == {p.id for p in example(name).in_force}


def test_two_briefs_of_one_case_are_the_same() -> None:
    case = example("gaza-2025")
    assert brief_of(case) == brief_of(case)


def test_the_finding_stands_whole_in_the_data() -> None:
    case = example("gaza-2025")
    found = impasse(case)
    assert brief_data(brief(case, found))["finding"] == found.to_data()


def test_data_has_no_invisible_marks() -> None:
    text = json.dumps(brief_data(brief_of(RIGHT_TO_LEFT)), ensure_ascii=False)
    assert "حزب الشمال requires ‘הפסקת אש ארוכה’" in text
    assert "\u2068" not in text
    assert "\u2069" not in text


def test_a_finding_of_another_day_or_case_is_refused() -> None:
    case = example("gaza-2025")
    with pytest.raises(CallError, match="as of 2025-05"):
        brief(case, impasse(case.on("2025-05")))
    with pytest.raises(CallError, match="expected what was found"):
        brief(case, impasse(SHIFTS))
    with pytest.raises(CallError, match="a number from 1 up"):
        brief(case, impasse(case), show=0)


def test_what_is_not_written_out_is_counted() -> None:
    case = example("gaza-2025")
    short = brief_of(case, show=1)
    assert len(short.freeing.ways_out) == 1
    assert short.freeing.left_out == "2 more ways out are not written out."
    assert short.stuck.knots[0].left_out == "1 more is not written out."
    whole = brief_of(case, show=3)
    assert (whole.freeing.left_out, whole.stuck.knots[0].left_out) == ("", "")


def test_an_open_zone_asks_nobody_to_move() -> None:
    made = brief_of(OPEN)
    assert made.glance.zone == "The zone is open: 1 of 2 packages meets every position."
    assert made.freeing.ways_out == ()
    assert [term.option for term in made.freeing.example] == ["‘yes’"]
    assert {alone.sentence for alone in made.giving.alone} == {
        "Ana does not have to move.",
        "Ben does not have to move.",
    }
    assert made.standing[0].zone == "Every package of the zone has ‘yes’."
    assert [option.possible for option in made.standing[0].options] == [False, True]


def test_the_gaza_brief_names_the_smallest_ways_out_on_either_side() -> None:
    made = example_brief("gaza-2025")
    assert [way.who for way in made.freeing.ways_out] == [
        "Hamas",
        "Government of Israel",
        "Government of Israel",
    ]
    assert all("h1" in c.positions for k in made.stuck.knots for c in k.conflicts)


def test_a_brief_with_a_confidential_position_says_so() -> None:
    assert brief_of(SHIFTS).confidential
    assert not brief_of(SHIFTS.on("2025-04-30")).confidential
    assert not example_brief("gaza-2025").confidential
    assert example_brief("hospital-pay").confidential


def secret(**more: str) -> Case:
    """Return talks in which Ana told the mediator something, and ended that position."""
    statement = {"document": "notes", "by": "ana", "date": "2025-05-01", "says": "Could go lower."}
    position = {"id": "a1", "party": "ana", "requires": {"rent": "low"}, "source": "s1"}
    return made(
        {
            "documents": {"notes": {"title": "Notes"}},
            "statements": {"s1": statement, "s2": statement | {"says": "Said in the hall."}},
            "issues": {"rent": {"question": "How much?", "options": ["low", "high"]}},
            "positions": [position | {"status": "confidential"} | more],
        }
    )


@pytest.mark.parametrize("until", ["2025-06-01", "2025-05-02"])
def test_what_was_told_in_confidence_stays_marked_when_the_position_has_ended(until: str) -> None:
    found = brief_of(secret(until=until).on("2025-05-20"))
    assert found.confidential
    marked = {id: line.confidential for id, line in found.statements.items()}
    assert marked == {"s1": True, "s2": False}
    assert [event.words for event in found.events] == [
        "Could go lower. (confidential)",
        "Said in the hall.",
    ]


def test_a_statement_on_which_nothing_confidential_rests_is_not_marked() -> None:
    found = brief_of(secret(status="reported"))
    assert not found.confidential
    assert not any(line.confidential for line in found.statements.values())


def test_a_statement_on_which_confidential_priorities_rest_is_marked() -> None:
    priorities = {"ana": {"issues": ["rent"], "status": "confidential", "source": ["s2"]}}
    data = secret(status="reported").model_dump(by_alias=True, mode="json", exclude_defaults=True)
    found = brief_of(Case.model_validate(data | {"priorities": priorities}))
    assert [id for id, line in found.statements.items() if line.confidential] == ["s2"]
    assert found.confidential


def test_a_figure_that_rests_on_what_was_told_in_confidence_is_marked() -> None:
    figures = {
        "f1": {"measure": "rent", "value": 8, "source": "s1"},
        "f2": {"measure": "rooms", "value": 3, "source": "s2"},
    }
    data = secret().model_dump(by_alias=True, mode="json", exclude_defaults=True)
    found = brief_of(Case.model_validate(data | {"figures": figures}))
    marked = {claim.id: claim.confidential for line in found.facts for claim in line.claims}
    assert marked == {"f1": True, "f2": False}


@pytest.mark.parametrize(
    ("kept", "head", "opens"),
    [
        (6, "no other number would open the zone by itself.", False),
        (8, "a new option is needed if nobody moves.", True),
    ],
)
def test_a_new_number_is_asked_for_only_where_one_could_help(
    kept: int, head: str, opens: bool
) -> None:
    case = made(
        {
            "issues": {"rent": {"question": "How much?",
                                "range": {"from": 4, "to": 10, "step": 2}}},
            "positions": [
                {"id": "a1", "party": "ana", "requires": {"rent": {"at-least": 8}}},
                {"id": "a2", "party": "ana", "refuses": {"rent": [8, 10]}},
                {"id": "b1", "party": "ben", "requires": {"rent": {"at-least": kept}},
                 "status": "confidential"},
                *([{"id": "b2", "party": "ben", "requires": {"rent": {"at-most": 6}}}]
                  if not opens else []),
            ],
        }
    )  # fmt: skip
    found = brief_of(case)
    (new,) = found.stuck.new_options
    assert new.sentence.endswith(f"has a position against it; {head}")
    assert ("would open the zone with nobody moving" in new.opens) is opens
    assert any("Ben (b1, confidential)" in demand for demand in new.demands)


def test_all_numbers_of_a_long_range_are_counted_as_options() -> None:
    issues = {"rent": {"question": "How much?", "range": {"from": 1, "to": 10**9}}}
    positions = [
        {"id": "a1", "party": "ana", "requires": {"rent": {"at-least": 500}}},
        {"id": "b1", "party": "ben", "requires": {"rent": {"at-most": 400}}},
    ]
    (new,) = brief_of(made({"issues": issues, "positions": positions})).stuck.new_options
    assert new.sentence.startswith("Each of the 1,000,000,000 options on rent")


def test_positions_that_rule_nothing_out_are_told_apart() -> None:
    rests = [brief_of(case).method.sentences[0] for case in (SHIFTS, secret())]
    assert rests[0].endswith("rests on 3 of 4 positions in force; the other rules nothing out.")
    assert rests[1].endswith("rests on 1 position in force.")


def test_one_option_and_one_way_out_are_worded_as_one() -> None:
    only = {"rent": {"question": "How much?", "options": ["low"]}}
    refusal = {"id": "a1", "party": "ana", "refuses": {"rent": "low"}}
    found = brief_of(made({"issues": only, "positions": [refusal]}))
    assert found.freeing.sentence == "1 way out, as small as can be:"
    assert found.glance.new_options[0].startswith("The only option on rent has a position")
    (knot,) = found.stuck.knots
    assert knot.conflicts[0].sentence == "No package meets this position of Ana on rent:"


def test_a_case_without_issues_announces_no_package() -> None:
    assert brief_of(made({})).freeing.sentence == "The zone is open: nobody has to move for it."


def test_the_grid_parts_what_is_asked_from_what_it_hangs_on() -> None:
    rows = {row.id: row for row in brief_of(SHIFTS).standing}
    ana = {id: row.cells[0] for id, row in rows.items()}
    assert (ana["pay"].asks, ana["pay"].bears) == (("a1",), ("a2",))
    assert (ana["nights"].asks, ana["nights"].bears) == (("a2",), ("a1",))
    assert (ana["bus"].asks, ana["bus"].bears) == ((), ())
    assert rows["pay"].range == "0 to 5 percent, in steps of 1"
    assert rows["nights"].given_by == "Cleo"


def test_proposals_with_differences_answers_and_silence() -> None:
    first, second = brief_of(SHIFTS).proposals
    assert [answer.sentence for answer in first.answers] == [
        "Ana (through Dan Ode) counters it with Second paper, 12 May 2025."
    ]
    assert first.silent == ()
    assert second.silent == ("Ben",)
    assert second.differences[0].base == "p1"
    assert second.differences[0].sentences == (
        "Changes pay from 1 percent to 4 percent.",
        "Adds ‘yes’ on bus.",
        "Names nothing on Night work, where it was ‘everybody’.",
    )
    assert second.open_issues == ("Night work",)


def ids(made: Brief) -> tuple[list[str], list[str], list[str]]:
    return (
        [proposal.id for proposal in made.proposals],
        list(made.statements),
        list(made.documents),
    )


def test_what_is_later_than_the_day_is_left_out_and_counted() -> None:
    assert ids(brief_of(SHIFTS)) == (["p1", "p2"], ["s1", "s2", "s3"], ["paper"])
    gaps = {gap.heading: gap.items for gap in brief_of(SHIFTS).gaps}
    assert gaps["Dated after this day, and left out"] == (
        "statements: 1",
        "documents: 1",
        "proposals: 1",
    )
    later = brief_of(SHIFTS.on("2025-07-02"))
    assert ids(later)[0] == ["p1", "p2", "p9"]
    assert later.proposals[2].based_on == ("p2", "p1")
    assert "Dated after this day, and left out" not in {gap.heading for gap in later.gaps}


def test_a_source_dated_later_is_marked_and_not_linked() -> None:
    (known, later) = brief_of(SHIFTS).positions["a2"].sources
    assert (known.statement, known.known) == ("s1", True)
    assert (later.statement, later.known) == ("s9", False)


def test_an_answer_given_later_is_not_told() -> None:
    first = brief_of(SHIFTS.on("2025-05-11")).proposals[0]
    assert first.answers == ()
    assert first.silent == ("Ana",)


def test_a_case_of_names_alone_has_a_brief() -> None:
    bare: dict[str, Any] = {}
    empty = brief_of(made(bare))
    assert empty.as_of == ""
    assert empty.standing == ()
    assert {gap.heading: gap.items for gap in empty.gaps} == {
        "Parties without a position": ("Ana", "Ben")
    }
