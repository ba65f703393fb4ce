"""What a result says of itself: its data, its text, its table."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest

from goodoffices.analysis.impasse import impasse
from goodoffices.analysis.impasse_result import Cost
from goodoffices.analysis.zone.search import Limits
from tests.analysis.talks import demand, talks

STUCK = talks(
    {"window": "open ajar shut", "hours": {"from": 0, "to": 8, "step": "0.5"}},
    [
        demand("ana1", "requires", {"window": "open"}, firmness="red-line"),
        demand("ben1", "refuses", {"window": "open"}, firmness="open"),
        demand("ben2", "requires", {"hours": {"at-most": "1.5"}}),
    ],
    proposals=[{"id": "half", "by": "ana", "terms": {"window": "open", "hours": 2}}],
    **{"as-of": "2025-06"},
)
OPEN = talks({"window": "open shut"}, [demand("ana1", "requires", {"window": "open"})])


def test_the_keys_are_those_documented() -> None:
    data = impasse(STUCK).to_data()
    assert {
        *("case", "as_of", "zone", "conflicts", "conflicts_complete", "ways_out"),
        *("ways_out_complete", "alone", "proposals"),
    } <= set(data)
    assert {"empty", "packages", "issues"} <= set(data["zone"])
    for left in data["zone"]["issues"].values():
        assert set(left) == {"possible", "settled", "excluded"}
    (conflict,) = data["conflicts"]
    assert set(conflict) == {"id", "positions", "parties", "issues", "knot"}
    for way in data["ways_out"]:
        assert set(way) == {"relax", "parties", "cost", "packages", "example"}
        assert set(way["cost"]) == {"red_line", "firm", "open"}
    assert set(data["alone"]["ana"]) == {"relax", "cost"}
    assert {"breaks", "amendments"} <= set(data["proposals"]["half"])
    for amendment in data["proposals"]["half"]["amendments"]:
        assert {"change", "after"} <= set(amendment)


def test_the_data_is_json_and_says_the_same_every_time() -> None:
    first, second = (json.dumps(impasse(STUCK).to_data()) for _ in range(2))
    assert first == second
    assert json.loads(first) == impasse(STUCK).to_data()


def test_values_of_the_data() -> None:
    data = impasse(STUCK).to_data()
    assert data["as_of"] == "2025-06"
    assert data["conflicts"][0]["positions"] == ["ana1", "ben1"]
    assert [way["relax"] for way in data["ways_out"]] == [["ben1"], ["ana1"]]
    assert data["ways_out"][0]["example"] == {"window": "open", "hours": 0}
    assert data["proposals"]["half"]["breaks"] == {"ben": ["ben1", "ben2"]}
    assert data["proposals"]["half"]["amendments"] == [
        {
            "change": {"hours": 1.5},
            "after": ["ben1"],
            "package": {"window": "open", "hours": 1.5},
        }
    ]
    assert "numeric" not in data


def test_a_party_that_cannot_do_it_alone_has_null() -> None:
    case = talks(
        {"a": "x y", "b": "x y"},
        [
            demand("ana1", "requires", {"a": "x"}),
            demand("ben1", "requires", {"a": "y"}),
            demand("ben2", "requires", {"b": "x"}),
            demand("cleo1", "requires", {"b": "y"}),
        ],
    )
    alone = impasse(case).to_data()["alone"]
    assert alone == {
        "ana": None,
        "ben": {"relax": ["ben1", "ben2"], "cost": {"red_line": 0, "firm": 2, "open": 0}},
        "cleo": None,
    }


def test_many_packages_are_a_decimal_text() -> None:
    issues = {f"i{n}": {"from": 1, "to": 1000} for n in range(10)}
    data = impasse(talks(issues, [])).to_data()
    assert data["zone"]["packages"] == "1" + "0" * 30
    assert data["zone"]["space"] == "1" + "0" * 30


@pytest.mark.parametrize(("red", "firm"), list(product(range(3), repeat=2)))
def test_red_lines_count_above_any_number_of_others(red: int, firm: int) -> None:
    cost = Cost(red, firm, 5)
    assert cost < Cost(red + 1, 0, 0)
    assert cost < Cost(red, firm + 1, 0)
    assert not Cost(red, firm, 6) < cost


def test_weights_decide_alone() -> None:
    assert Cost(9, 9, 9, 1) < Cost(0, 0, 0, 2)
    assert Cost(9, 9, 9, 1).key == (1,)
    assert Cost(1, 2, 3).key == (1, 2, 3)


def test_the_text_names_conflicts_and_ways_out() -> None:
    assert str(impasse(STUCK)).splitlines() == [
        "Talks as of 2025-06: the zone is empty",
        "  c1: ana1, ben1",
        "  way out: give up ben1",
        "  way out: give up ana1",
    ]


def test_the_text_of_an_open_zone_counts_it() -> None:
    assert str(impasse(OPEN)) == "Talks: the zone is open; packages: 1"


def test_the_text_names_what_is_missing() -> None:
    assert "  missing: ways_out (max)" in str(impasse(STUCK, limits=Limits(most=1)))


def test_the_table_escapes_what_the_case_says() -> None:
    case = talks(
        {"a": "x y"},
        [demand("<b>1", "requires", {"a": "x"}), demand("ben1", "refuses", {"a": "x"})],
        parties={"<b>": {"name": "B"}, "ben": {"name": "Ben"}},
    )
    table: Any = impasse(case)._repr_html_()
    assert "<b>" not in table
    assert "&lt;b&gt;1, ben1" in table
    assert table.startswith("<table><caption>Talks: the zone is empty</caption>")
    assert table.count("<tr>") == 3
