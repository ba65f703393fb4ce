"""What the zone leaves of each issue, and what excludes the rest."""

from __future__ import annotations

from goodoffices.analysis.impasse import impasse
from tests.analysis.talks import demand, talks


def test_the_rest_of_an_issue_is_excluded_by_somebody() -> None:
    case = talks(
        {"truce": "none short long", "talks": "no yes"},
        [
            demand("ana1", "refuses", {"truce": "none"}),
            demand("ben1", "requires", {"talks": "yes"}, when={"truce": "long"}),
            demand("ana2", "refuses", {"talks": "yes"}),
        ],
    )
    truce = impasse(case).zone.issues["truce"]
    assert truce.possible == ("short",)
    assert truce.settled == "short"
    assert truce.excluded == {"none": ("ana1",), "long": ("ben1", "ana2")}


def test_what_the_rules_exclude_is_nobody_s_doing() -> None:
    case = talks(
        {"truce": "none short"},
        [demand("ana1", "requires", {"truce": "short"})],
        rules=[{"id": "r", "refuses": {"truce": "none"}}],
    )
    assert impasse(case).zone.issues["truce"].excluded == {"none": ()}


def test_options_of_one_cell_come_in_the_order_of_the_issue() -> None:
    case = talks({"a": "x y z w"}, [demand("ana1", "refuses", {"a": ["y", "w"]})])
    left = impasse(case).zone.issues["a"]
    assert left.possible == ("x", "z")
    assert left.settled is None
    assert left.excluded == {"y": ("ana1",), "w": ("ana1",)}


def test_a_short_range_is_listed_value_by_value() -> None:
    case = talks(
        {"days": {"from": 0, "to": 999}}, [demand("ana1", "requires", {"days": {"at-least": 998}})]
    )
    left = impasse(case).zone.issues["days"]
    assert left.possible == ("998", "999")
    assert len(left.excluded) == 998


def test_a_long_range_is_listed_in_bands() -> None:
    case = talks(
        {"days": {"from": 0, "to": 1000}},
        [
            demand("ana1", "requires", {"days": {"at-least": 10}}),
            demand("ben1", "refuses", {"days": "500"}),
        ],
    )
    left = impasse(case).zone.issues["days"]
    assert left.possible == ("10..499", "501..1000")
    assert left.settled is None
    assert left.excluded == {"0..9": ("ana1",), "500": ("ben1",)}


def test_a_long_range_may_be_settled() -> None:
    case = talks({"days": {"from": 0, "to": 5000}}, [demand("ana1", "requires", {"days": "77"})])
    left = impasse(case).zone.issues["days"]
    assert left.possible == ("77",)
    assert left.settled == "77"


def test_one_band_is_not_one_number() -> None:
    case = talks({"days": {"from": 0, "to": 5000}}, [])
    left = impasse(case).zone.issues["days"]
    assert left.possible == ("0..5000",)
    assert left.settled is None


def test_many_named_options_are_never_bands() -> None:
    names = [f"place-{n}" for n in range(1200)]
    case = talks({"where": " ".join(names)}, [demand("ana1", "refuses", {"where": names[3:6]})])
    left = impasse(case).zone.issues["where"]
    assert left.possible == (*names[:3], *names[6:])
    assert left.excluded == dict.fromkeys(names[3:6], ("ana1",))


def test_an_empty_zone_leaves_nothing_and_says_who_stands_against_each_option() -> None:
    case = talks(
        {"a": "x y", "b": "u v"},
        [
            demand("ana1", "requires", {"a": "x"}),
            demand("ben1", "refuses", {"a": "x"}),
            demand("ana2", "requires", {"b": "u"}),
        ],
    )
    zone = impasse(case).zone
    assert zone.issues["a"].possible == zone.issues["b"].possible == ()
    assert zone.issues["a"].excluded == {"x": ("ben1",), "y": ("ana1",)}
    assert zone.issues["b"].excluded["v"] == ("ana2",)
