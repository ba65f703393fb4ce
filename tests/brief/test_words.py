"""The sentences of a brief: their wording is golden, and neutral."""

from __future__ import annotations

import re

import pytest

from goodoffices.analysis.impasse import impasse
from goodoffices.analysis.impasse_result import (
    Amendment,
    Conflict,
    Cost,
    ImpasseResult,
    IssueZone,
    Missing,
    NewOption,
    OptionDemand,
    WayOut,
)
from goodoffices.brief.words import (
    alone_sentence,
    amendment_head,
    amendment_sentence,
    answer_sentence,
    cheapest_sentence,
    conflict_sentence,
    contention_sentence,
    cost_words,
    difference_sentences,
    each_alone_sentence,
    even_sentence,
    given_up_words,
    issue_zone_sentence,
    knot_sentence,
    missing_words,
    new_option_opens_sentence,
    option_demand_sentence,
    place_words,
    position_sentence,
    proposal_sentence,
    refusals_sentences,
    refused_sentence,
    rule_sentence,
    speaker_words,
    standing_sentence,
    way_out_sentence,
    zone_sentence,
)
from goodoffices.model import Case
from tests.brief.cases import EXAMPLES, GOLDEN, SHIFTS, example, made
from tests.golden import assert_golden
from tests.house.test_names import LOADED

OUR_VERBS = ("requires", "refuses", "offers", "prefers")


def sentences(case: Case, result: ImpasseResult) -> list[str]:
    """Return every sentence that a case gives rise to."""
    names = {proposal.id: proposal.name or proposal.id for proposal in case.proposals}
    made = {proposal.id: proposal for proposal in case.proposals}
    said = [zone_sentence(result.zone), contention_sentence(result)]
    said.append(cheapest_sentence(case, result))
    said += [position_sentence(case, position) for position in case.positions]
    said += [f"If {given_up_words(case, [position.id])}." for position in case.positions]
    said += [rule_sentence(case, rule) for rule in case.rules]
    said += [conflict_sentence(case, conflict) for conflict in result.conflicts]
    said += [knot_sentence(case, knot) for knot in result.knots]
    said += [way_out_sentence(case, way) for way in result.ways_out]
    said += [alone_sentence(case, party, result) for party in case.parties]
    said.append(even_sentence(case, result))
    for proposal in case.proposals:
        said.append(proposal_sentence(case, proposal))
        bases = [made[base] for base in proposal.based_on]
        said += [words for base in bases for words in difference_sentences(case, base, proposal)]
        for side, response in proposal.responses_until(None):
            said.append(answer_sentence(case, side, response, names))
    for id, finding in result.proposals.items():
        said.append(f"{id}: {standing_sentence(case, finding, case.rules)}")
        for amendment in finding.amendments:
            head = amendment_head(case, amendment.after)
            said.append(f"{head} {amendment_sentence(case, amendment)}")
    for new in result.new_options:
        said.append(refused_sentence(case, new))
        said += refusals_sentences(case, new)
        said += [option_demand_sentence(case, new.issue, demand) for demand in new.demands]
        said.append(new_option_opens_sentence(case, new))
    said += [f"{speaker_words(case, s)}; {place_words(s)}" for s in case.statements.values()]
    return said


@pytest.mark.parametrize("name", ["shifts", *EXAMPLES])
def test_golden_words(name: str) -> None:
    case = SHIFTS if name == "shifts" else example(name)
    text = "\n".join(sentences(case, impasse(case))) + "\n"
    assert_golden(GOLDEN / f"words-{name}.txt", text)


@pytest.mark.parametrize("name", EXAMPLES)
def test_our_words_about_a_party_are_four_verbs(name: str) -> None:
    case = example(name)
    for position in case.positions:
        who = case.name_of(position.party)
        rest = position_sentence(case, position).removeprefix(who).split()
        assert rest[0] in OUR_VERBS


@pytest.mark.parametrize("name", EXAMPLES)
def test_our_sentences_take_over_no_sides_adjectives(name: str) -> None:
    case = example(name)
    assert [words for words in sentences(case, impasse(case)) if LOADED.search(words)] == []


def test_what_is_inferred_or_confidential_says_so_in_the_sentence() -> None:
    said = {p.id: position_sentence(SHIFTS, p) for p in SHIFTS.positions}
    assert said["b2"] == (
        "Ben prefers ‘everybody’ on Night work over ‘volunteers’ on Night work (inferred)."
    )
    assert said["a2"] == (
        "Ana offers ‘everybody’ on Night work in return for 5 percent on pay (confidential)."
    )
    assert "(" not in said["a1"] + said["b1"]


def test_a_way_out_carries_the_mark_of_what_is_given_up() -> None:
    words = given_up_words(SHIFTS, ["a2", "b1"])
    assert words == (
        "Ana no longer asks 5 percent on pay in return for ‘everybody’ on Night work "
        "(confidential), and Ben no longer refuses at least 3 percent on pay"
    )


def test_ways_out_of_one_cost_are_told_side_by_side() -> None:
    def asked(number: int) -> Case:
        names = [f"p{k}" for k in range(number)]
        return made(
            {
                "parties": {name: {"name": name.upper()} for name in names},
                "issues": {"x": {"question": "?", "options": [*names, "other"]}},
                "positions": [
                    {"id": f"{name}-1", "party": name, "requires": {"x": name}} for name in names
                ],
            }
        )

    two, five = (cheapest_sentence(c, impasse(c)) for c in (asked(2), asked(5)))
    assert two == (
        "By the firmness recorded for each position, 2 ways out cost the least "
        "(1 firm position): if P0 no longer requires ‘p0’ on x, "
        "1 package opens; or if P1 no longer requires ‘p1’ on x, 1 package opens."
    )
    assert "5 ways out cost the least (4 firm positions): if " in five
    assert five.endswith("; and 2 more.")


def test_many_positions_are_counted_by_party() -> None:
    positions = [
        {"id": f"{party}{n}", "party": party, "requires": {"x": "y"}}
        for party, number in (("ana", 3), ("ben", 2))
        for n in range(number)
    ]
    case = made({"issues": {"x": {"question": "?", "options": ["y"]}}, "positions": positions})
    words = given_up_words(case, [position.id for position in case.positions])
    assert words == "Ana gives up 3 positions and Ben gives up 2 positions"


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        (Cost(), "nothing"),
        (Cost(2, 0, 0), "2 red lines"),
        (Cost(1, 1, 1), "1 red line, 1 firm position and 1 open position"),
        (Cost(0, 3, 0, 17), "weight 17"),
    ],
)
def test_costs(cost: Cost, words: str) -> None:
    assert cost_words(cost) == words


def test_a_way_out_that_was_not_counted_says_so() -> None:
    way = WayOut(("a1",), ("ana",), Cost(1), None, {})
    assert way_out_sentence(SHIFTS, way).endswith("packages open (not counted).")


def test_rules_that_contradict_each_other() -> None:
    conflict = Conflict("c1", (), (), (), "k1")
    assert "rules of the case cannot be met" in conflict_sentence(SHIFTS, conflict)


def test_a_party_against_itself_and_against_the_rules() -> None:
    own = Conflict("c1", ("a1", "a2"), ("ana",), ("pay",), "k1")
    assert conflict_sentence(SHIFTS, own).startswith("Within the positions of Ana on pay")
    single = Conflict("c1", ("a1",), ("ana",), ("pay",), "k1")
    assert "no package meets this position of Ana" in conflict_sentence(SHIFTS, single)


def test_a_new_option_in_words() -> None:
    demand = OptionDemand("a1", "ana", ("all", "some"), ("none",), (), True)
    new = NewOption("nights", {"all": ("a1", "b1"), "none": ()}, (demand,), True, (), None)
    assert option_demand_sentence(SHIFTS, "nights", demand) == (
        "For Ana (a1) it would have to count as ‘everybody’ or ‘volunteers’ "
        "and not count as ‘nobody’, in some packages."
    )
    assert refusals_sentences(SHIFTS, new) == [
        "Against ‘everybody’: Ana (a1) and Ben (b1).",
        "Against ‘nobody’: the rules of the case.",
    ]
    assert new_option_opens_sentence(SHIFTS, new).endswith("with nobody moving.")
    free = OptionDemand("a1", "ana", (), (), (), False)
    assert option_demand_sentence(SHIFTS, "nights", free) == "Ana (a1) asks nothing of it."


def test_a_new_number_in_words() -> None:
    bands = ({"below": "1.5"}, {"above": "3", "at-most": "4"})
    demand = OptionDemand("a1", "ana", (), (), bands, False)
    refused = {"0": ("a1",), "1": ("a1",), "2": ("b1",), "3": ("a1",), "4": ("b1",), "5": ("b1",)}
    new = NewOption("pay", refused, (demand,), True, bands[:1], None)
    assert option_demand_sentence(SHIFTS, "pay", demand) == (
        "For Ana (a1) it would have to be below 1.5 percent or above 3 and at most 4 percent."
    )
    assert refusals_sentences(SHIFTS, new) == [
        "Against 0 to 1 percent: Ana (a1).",
        "Against 2 percent: Ben (b1).",
        "Against 3 percent: Ana (a1).",
        "Against 4 to 5 percent: Ben (b1).",
    ]
    assert new_option_opens_sentence(SHIFTS, new) == (
        "A number on pay that is no option now, below 1.5 percent, "
        "would open the zone with nobody moving."
    )


def test_what_a_zone_leaves_of_a_range_is_told_in_runs() -> None:
    left = IssueZone(("0", "1", "3..5"), None, {})
    assert issue_zone_sentence(SHIFTS, "pay", left) == (
        "Packages of the zone have 0 to 1 percent or 3 to 5 percent."
    )


def test_what_a_limit_kept_out_is_told_in_words() -> None:
    assert missing_words(Missing("ways_out", "max")) == (
        "further ways out (the limit on how many are listed)"
    )


def test_an_amendment_in_words() -> None:
    change = Amendment({"pay": "3", "bus": "yes"}, ("a1", "b1"), {})
    assert amendment_sentence(SHIFTS, change) == "Change pay to 3 percent and bus to ‘yes’."
    assert amendment_head(SHIFTS, change.after) == (
        "To lie in the zone that opens if Ana gives up a1, and Ben gives up b1:"
    )
    assert amendment_head(SHIFTS, ()) == "To lie in the zone:"
    assert amendment_sentence(SHIFTS, Amendment({}, (), {})) == "It lies there as it stands."


def test_every_sentence_ends_and_holds_no_loose_marks() -> None:
    for name in EXAMPLES:
        case = example(name)
        for words in sentences(case, impasse(case)):
            assert not re.search(r"\s[.,;:]|\s\s|\(\)|‘’|None", words), words


def test_what_each_side_could_do_alone_is_told_for_every_side_alike() -> None:
    case = Case.model_validate(
        {
            "case": "Talks",
            "parties": {name: {"name": name.upper()} for name in ("p", "q", "r")},
            "issues": {"x": {"question": "?", "options": ["yes", "no"]}},
            "positions": [
                {"id": "p1", "party": "p", "requires": {"x": "yes"}, "firmness": "red-line"},
                {"id": "q1", "party": "q", "requires": {"x": "no"}},
            ],
        }
    )
    assert each_alone_sentence(case, impasse(case)) == (
        "What each side could do alone to open it: P by giving up 1 red line; "
        "Q by giving up 1 firm position; R cannot."
    )


def test_an_order_by_weights_says_so() -> None:
    case = Case.model_validate(
        {
            "case": "Talks",
            "parties": {"p": {"name": "P"}},
            "issues": {"x": {"question": "?", "options": ["yes", "no"]}},
            "rules": [{"id": "r", "refuses": {"x": "yes"}}],
            "positions": [{"id": "p1", "party": "p", "requires": {"x": "yes"}}],
        }
    )
    told = cheapest_sentence(case, impasse(case, weights={"firm": 3}))
    assert told.startswith("By the weights given, the cheapest way out asks P alone to move")
