"""Issues on which a new option is needed, and what it would have to meet."""

from __future__ import annotations

from typing import Any

from goodoffices.analysis.impasse import impasse
from goodoffices.analysis.impasse_result import NewOption, OptionDemand
from goodoffices.model import Case
from tests import oracles
from tests.analysis.talks import demand, talks


def new_options(case: Case) -> dict[str, NewOption]:
    return {option.issue: option for option in impasse(case).new_options}


def asked(option: NewOption) -> list[OptionDemand]:
    return list(option.demands)


def test_an_issue_whose_options_are_all_refused_needs_a_new_one() -> None:
    case = talks(
        {"city": "here there"},
        [demand("ana1", "refuses", {"city": "here"}), demand("ben1", "refuses", {"city": "there"})],
    )
    (new,) = impasse(case).new_options
    assert new.issue == "city"
    assert new.refused == {"here": ("ana1",), "there": ("ben1",)}
    assert new.opens
    assert new.example == {}
    assert new.values == ()
    assert asked(new) == [
        OptionDemand("ana1", "ana", (), ("here",), (), False),
        OptionDemand("ben1", "ben", (), ("there",), (), False),
    ]


def test_a_demand_for_an_option_keeps_a_new_one_out() -> None:
    case = talks(
        {"city": "here there"},
        [demand("ana1", "requires", {"city": "here"}), demand("ben1", "refuses", {"city": "here"})],
    )
    new = new_options(case)["city"]
    assert not new.opens
    assert new.example is None
    assert asked(new) == [
        OptionDemand("ana1", "ana", ("here",), (), (), False),
        OptionDemand("ben1", "ben", (), ("here",), (), False),
    ]


def test_a_demand_that_depends_on_other_issues_says_so() -> None:
    case = talks(
        {"city": "here there", "day": "one two"},
        [
            demand("ana1", "refuses", {"city": ["here", "there"]}, when={"day": "one"}),
            demand("ben1", "refuses", {"city": "here"}),
            demand("ben2", "requires", {"day": "one"}),
        ],
    )
    new = new_options(case)["city"]
    assert new.opens
    assert new.example == {"day": "one"}
    assert asked(new) == [
        OptionDemand("ana1", "ana", (), ("here", "there"), (), True),
        OptionDemand("ben1", "ben", (), ("here",), (), False),
    ]


def test_no_new_option_where_some_option_is_refused_by_nobody_alone() -> None:
    case = talks(
        {"city": "here there", "day": "one two"},
        [
            demand("ana1", "requires", {"day": "one"}),
            demand("ben1", "requires", {"day": "two"}),
            demand("ben2", "refuses", {"city": "here"}, when={"day": "one"}),
        ],
    )
    assert set(new_options(case)) == {"day"}


def test_an_open_zone_needs_none() -> None:
    assert impasse(talks({"a": "x y"}, [demand("ana1", "refuses", {"a": "x"})])).new_options == ()


def test_an_option_that_only_the_rules_exclude_is_refused_by_nobody() -> None:
    case = talks(
        {"a": "x y"},
        [demand("ana1", "requires", {"a": "x"})],
        rules=[{"id": "r", "refuses": {"a": "x"}}],
    )
    new = new_options(case)["a"]
    assert new.refused == {"x": (), "y": ("ana1",)}


def test_a_position_is_against_an_option_only_if_it_speaks_of_the_issue() -> None:
    case = talks(
        {"a": "x y", "b": "u"},
        [
            demand("ana1", "requires", {"a": "x"}),
            demand("ben1", "requires", {"a": "y"}),
            demand("ben2", "refuses", {"b": "u"}),
        ],
    )
    found = new_options(case)
    assert found["a"].refused == {"x": ("ben1",), "y": ("ana1",)}
    assert found["b"].refused == {"u": ("ben2",)}


def steps(*positions: Any, **more: Any) -> NewOption:
    return new_options(talks({"days": {"from": 0, "to": 30, "step": 10}}, positions, **more))[
        "days"
    ]


def test_a_number_between_the_steps_may_open_the_zone() -> None:
    new = steps(
        demand("ana1", "requires", {"days": {"at-least": 12}}),
        demand("ben1", "requires", {"days": {"at-most": 15}}),
    )
    assert new.opens
    assert new.values == ({"at-least": "12", "at-most": "15"},)
    assert new.refused == {
        "0": ("ana1",),
        "10": ("ana1",),
        "20": ("ben1",),
        "30": ("ben1",),
    }
    assert asked(new) == [
        OptionDemand("ana1", "ana", (), (), ({"at-least": "12"},), False),
        OptionDemand("ben1", "ben", (), (), ({"at-most": "15"},), False),
    ]


def test_numbers_beside_a_refused_step_are_open_at_that_end() -> None:
    new = steps(
        demand("ana1", "refuses", {"days": ["0", "10"]}),
        demand("ben1", "refuses", {"days": {"at-least": 20}}),
    )
    assert new.values == (
        {"below": "0"},
        {"above": "0", "below": "10"},
        {"above": "10", "below": "20"},
    )
    assert asked(new) == [
        OptionDemand(
            "ana1",
            "ana",
            (),
            (),
            ({"below": "0"}, {"above": "0", "below": "10"}, {"above": "10"}),
            False,
        ),
        OptionDemand("ben1", "ben", (), (), ({"below": "20"},), False),
    ]


def test_numbers_beyond_the_range_have_no_end() -> None:
    new = steps(demand("ana1", "requires", {"days": {"at-least": "30.5"}}))
    assert new.values == ({"at-least": "30.5"},)
    new = steps(demand("ana1", "refuses", {"days": {"at-least": "0"}}))
    assert new.values == ({"below": "0"},)


def test_bands_that_touch_are_one() -> None:
    new = steps(
        demand("ana1", "refuses", {"days": ["0", "10", "20", "30"]}),
        demand("ben1", "requires", {"days": {"at-most": 25}}, when={"days": {"at-least": 5}}),
    )
    assert {"above": "0", "below": "10"} in new.values
    assert {"above": "20", "at-most": "25"} in new.values
    assert not any(band.get("above") == "25" for band in new.values)


def test_fractions_of_a_step_are_exact() -> None:
    case = talks(
        {"rate": {"from": "0.1", "to": "0.9", "step": "0.2"}},
        [
            demand("ana1", "requires", {"rate": {"at-least": "0.333"}}),
            demand("ben1", "requires", {"rate": {"at-most": "0.3331"}}),
        ],
    )
    assert new_options(case)["rate"].values == ({"at-least": "0.333", "at-most": "0.3331"},)


def test_the_rest_of_a_package_keeps_to_options_that_there_are() -> None:
    case = talks(
        {"city": "here", "days": {"from": 0, "to": 30, "step": 10}},
        [
            demand("ana1", "refuses", {"city": "here"}),
            demand("ben1", "requires", {"days": {"at-least": 15}}),
            demand("ben2", "refuses", {"days": "20"}),
            demand("ben3", "refuses", {"days": "30"}, when={"city": "here"}),
        ],
    )
    new = new_options(case)["city"]
    assert new.opens
    assert new.example == {"days": "30"}


def test_one_new_option_does_not_open_two_quarrels() -> None:
    refusals = [demand(f"ana{n}", "refuses", {name: "x"}) for n, name in enumerate("ab")]
    found = new_options(talks({"a": "x", "b": "x"}, refusals))
    assert set(found) == {"a", "b"}
    assert not any(option.opens for option in found.values())


def test_joint_refusals_are_named_where_a_new_option_would_open_the_zone() -> None:
    case = talks(
        {"a": "x", "b": "u v"},
        [
            demand("ana1", "requires", {"b": "u"}, when={"a": "x"}),
            demand("ben1", "requires", {"b": "v"}, when={"a": "x"}),
        ],
    )
    new = new_options(case)["a"]
    assert new.opens
    assert new.refused == {"x": ("ana1", "ben1")}
    assert oracles.opens_with_option(case, "a", oracles.FRESH)


def test_steps_finer_than_a_range_could_have() -> None:
    tiny = "0.0000000000000000000000000000000001"
    case = talks(
        {"money": {"from": 0, "to": 10**12}},
        [
            demand("ana1", "requires", {"money": {"at-least": tiny}}),
            demand("ben1", "requires", {"money": {"at-most": "0.5"}}),
        ],
    )
    assert new_options(case)["money"].values == ({"at-least": tiny, "at-most": "0.5"},)


def test_a_position_of_many_parts_asks_what_its_parts_ask() -> None:
    issues = {"city": "here there", **{f"i{n}": "x y" for n in range(6)}}
    pairs = [{"all": [{"city": "here"}, {f"i{n}": "x", f"i{(n + 1) % 6}": "y"}]} for n in range(6)]
    case = talks(
        issues,
        [demand("ana1", "requires", {"any": pairs}), demand("ben1", "refuses", {"city": "here"})],
    )
    new = new_options(case)["city"]
    assert OptionDemand("ana1", "ana", ("here",), (), (), False) in asked(new)
