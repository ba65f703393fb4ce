"""Where a proposal stands, and the fewest terms to change."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.analysis.impasse import impasse
from goodoffices.analysis.impasse_result import ProposalFinding
from goodoffices.analysis.zone.search import Limits
from goodoffices.model import Case
from tests.analysis.talks import demand, talks

DAYS = {"from": 0, "to": 120, "step": 10}


def with_terms(case: Case, terms: dict[str, Any], **more: Any) -> Case:
    data = case.model_dump(mode="json", by_alias=True, exclude_none=True)
    return Case.model_validate(
        {**data, "proposals": [{"id": "draft", "by": "ana", "terms": terms, **more}]}
    )


def finding(case: Case, terms: dict[str, Any], limits: Limits | None = None) -> ProposalFinding:
    return impasse(with_terms(case, terms), limits=limits).proposals["draft"]


def changes(found: ProposalFinding) -> list[dict[str, str]]:
    return [dict(amendment.change) for amendment in found.amendments]


OPEN = talks(
    {"truce": "none short long", "days": DAYS, "talks": "no yes"},
    [
        demand("ana1", "requires", {"days": {"at-least": 55}}),
        demand("ben1", "refuses", {"truce": "none"}),
        demand("ben2", "requires", {"talks": "yes"}, when={"truce": "long"}),
        demand("ana2", "refuses", {"talks": "yes"}),
    ],
    rules=[{"id": "r", "refuses": {"truce": "none", "talks": "yes"}}],
)


def test_a_proposal_within_the_zone_breaks_nothing_and_needs_no_amendment() -> None:
    found = finding(OPEN, {"truce": "short", "days": 60, "talks": "no"})
    assert found == ProposalFinding({}, (), True, (), True)


def test_terms_left_open_are_completed() -> None:
    assert finding(OPEN, {"days": 60}).acceptable
    assert finding(OPEN, {}).acceptable
    assert finding(OPEN, {}).amendments == ()


def test_a_number_moves_no_further_than_it_must() -> None:
    found = finding(OPEN, {"days": 20})
    assert found.breaks == {"ana": ("ana1",)}
    assert not found.acceptable
    assert changes(found) == [{"days": "60"}]
    assert found.amendments[0].after == ()
    assert found.amendments[0].package["days"] == "60"


def test_a_number_may_move_either_way() -> None:
    case = talks(
        {"days": DAYS}, [demand("ana1", "refuses", {"days": {"at-least": 35, "at-most": 65}})]
    )
    assert changes(finding(case, {"days": 50})) == [{"days": "30"}, {"days": "70"}]


def test_a_break_is_of_positions_that_no_completion_meets() -> None:
    found = finding(OPEN, {"truce": "long"})
    assert found.breaks == {}
    assert not found.acceptable
    assert changes(found) == [{"truce": "short"}]


def test_a_proposal_may_break_rules_by_itself() -> None:
    found = finding(OPEN, {"truce": "none", "talks": "yes"})
    assert found.rules_broken == ("r",)
    assert found.breaks == {"ana": ("ana2",), "ben": ("ben1",)}


def test_rules_narrow_what_a_proposal_leaves_room_for() -> None:
    case = talks(
        {"a": "x y", "b": "u v"},
        [demand("ana1", "requires", {"b": "u"})],
        rules=[{"id": "r", "requires": {"b": "v"}, "when": {"a": "x"}}],
    )
    found = finding(case, {"a": "x"})
    assert found.rules_broken == ()
    assert found.breaks == {"ana": ("ana1",)}
    assert changes(found) == [{"a": "y"}]


def test_every_way_to_change_the_fewest_terms_is_listed() -> None:
    case = talks(
        {"a": "x y z", "b": "u v"},
        [demand("ana1", "refuses", {"a": "x", "b": "u"})],
    )
    assert as_sets(changes(finding(case, {"a": "x", "b": "u"}))) == as_sets(
        [{"b": "v"}, {"a": "y"}, {"a": "z"}]
    )


def as_sets(found: list[dict[str, str]]) -> list[list[tuple[str, str]]]:
    return sorted(sorted(change.items()) for change in found)


STUCK = talks(
    {"truce": "none short long", "days": DAYS},
    [
        demand("ana1", "requires", {"truce": "long"}),
        demand("ben1", "refuses", {"truce": "long"}),
        demand("ben2", "requires", {"days": {"at-most": 60}}, firmness="red-line"),
    ],
)


def test_of_an_empty_zone_amendments_lead_to_what_each_cheapest_way_out_opens() -> None:
    found = finding(STUCK, {"truce": "long", "days": 100})
    assert {(tuple(sorted(a.change.items())), a.after) for a in found.amendments} == {
        ((("days", "60"), ("truce", "short")), ("ana1",)),
        ((("days", "60"), ("truce", "none")), ("ana1",)),
        ((("days", "60"),), ("ben1",)),
    }
    assert len(found.amendments) == 3


def test_a_proposal_acceptable_after_a_way_out_has_an_empty_change() -> None:
    found = finding(STUCK, {"truce": "long", "days": 50})
    assert ({}, ("ben1",)) in [(dict(a.change), a.after) for a in found.amendments]
    assert not found.acceptable


def test_without_any_way_out_there_is_nothing_to_amend() -> None:
    case = talks({"a": "x y"}, [], rules=[{"id": f"r{o}", "requires": {"a": o}} for o in "xy"])
    found = finding(case, {"a": "x"})
    assert found.amendments == ()
    assert found.rules_broken == ("ry",)


def test_a_limit_on_amendments_says_so() -> None:
    case = talks({"a": "x y z w"}, [demand("ana1", "refuses", {"a": "x"})])
    result = impasse(with_terms(case, {"a": "x"}), limits=Limits(most=2))
    found = result.proposals["draft"]
    assert len(found.amendments) == 2
    assert not found.amendments_complete
    assert [(m.what, m.limit) for m in result.missing] == [("amendments", "max")]
    whole = finding(case, {"a": "x"}, Limits(most=3))
    assert len(whole.amendments) == 3
    assert whole.amendments_complete


def test_a_cheapest_way_out_that_a_limit_left_out_leaves_amendments_incomplete() -> None:
    case = talks(
        {"a": "x y"},
        [demand("ana1", "requires", {"a": "x"}), demand("ben1", "requires", {"a": "y"})],
    )
    result = impasse(with_terms(case, {"a": "x"}), limits=Limits(most=1))
    assert len(result.ways_out) == len(result.proposals["draft"].amendments) == 1
    assert not result.proposals["draft"].amendments_complete
    assert ("amendments", "max") in [(m.what, m.limit) for m in result.missing]


def test_only_proposals_made_by_the_day_are_looked_at() -> None:
    case = with_terms(OPEN, {"days": 60}, date="2025-05")
    assert set(impasse(case.on("2025-04-30")).proposals) == set()
    assert set(impasse(case.on("2025-05-01")).proposals) == {"draft"}


def test_a_term_that_is_no_option_of_its_issue_is_an_error() -> None:
    with pytest.raises(ValueError, match="truce has no option forever"):
        finding(OPEN, {"truce": "forever"})


def test_a_number_written_another_way_is_the_same_number() -> None:
    assert changes(finding(OPEN, {"days": "20.0"})) == [{"days": "60"}]
    assert finding(OPEN, {"days": "60.00"}).acceptable
