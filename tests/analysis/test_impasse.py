"""The theorems: what must be so of every answer, whatever the case."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest

from goodoffices.analysis.impasse import CheapestWayOut, impasse, search_impasse
from goodoffices.analysis.impasse_result import ImpasseResult
from goodoffices.analysis.zone import factoring
from goodoffices.model import Case, condition_data
from tests import oracles
from tests.analysis.talks import demand, talks
from tests.analysis.test_impasse_twins import CROWDED, check
from tests.strategies import Shape, case_data, random_case

TEXTBOOK = talks(
    {"a": "yes no", "b": "yes no"},
    [
        demand("ana1", "requires", {"a": "yes"}),
        demand("ben2", "refuses", {"a": "yes"}),
        demand("ana3", "requires", {"any": [{"a": "no"}, {"b": "yes"}]}),
        demand("ben4", "refuses", {"b": "yes"}),
    ],
)
"""a; not a; not a or b; not b."""


def test_the_textbook_example() -> None:
    result = impasse(TEXTBOOK)
    assert {conflict.positions for conflict in result.conflicts} == {
        ("ana1", "ben2"),
        ("ana1", "ana3", "ben4"),
    }
    assert {way.relax for way in result.ways_out} == {
        ("ana1",),
        ("ben2", "ana3"),
        ("ben2", "ben4"),
    }
    assert result.ways_out[0].relax == ("ana1",)
    assert result.alone["ana"] is not None
    assert result.alone["ana"].relax == ("ana1",)
    assert result.alone["ben"] is not None
    assert result.alone["ben"].relax == ("ben2", "ben4")


@pytest.mark.parametrize("seed", range(0, 60, 2))
def test_each_conflict_fits_no_package_and_each_proper_part_of_it_does(seed: int) -> None:
    case = random_case(Random(seed), CROWDED)
    held = set(oracles.binding(case))
    for conflict in impasse(case).conflicts:
        assert oracles.zone(case, held - set(conflict.positions)) == []
        for id in conflict.positions:
            assert oracles.zone(case, held - (set(conflict.positions) - {id}))


@pytest.mark.parametrize("seed", range(1, 60, 2))
def test_each_way_out_opens_the_zone_and_each_part_of_it_does_not(seed: int) -> None:
    case = random_case(Random(seed), CROWDED)
    for way in impasse(case).ways_out:
        assert oracles.zone(case, way.relax)
        for id in way.relax:
            assert not oracles.zone(case, set(way.relax) - {id})


@pytest.mark.parametrize("quota", [1, 3])
def test_the_certificate_changes_no_answer(quota: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(factoring, "_FIRST_LOOK", quota)
    for seed in range(60):
        check(random_case(Random(seed), CROWDED))


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """Rename whatever text is a name, keys and values alike."""
    if isinstance(value, Mapping):
        return {names.get(key, key): renamed(part, names) for key, part in value.items()}
    if isinstance(value, list):
        return [renamed(part, names) for part in value]
    return names.get(value, value) if isinstance(value, str) else value


def answer(result: ImpasseResult) -> dict[str, Any]:
    """What must not depend on names or on the order of the file."""
    return {
        "packages": result.zone.packages,
        "conflicts": {frozenset(conflict.positions) for conflict in result.conflicts},
        "ways": {(frozenset(way.relax), way.cost.key, way.packages) for way in result.ways_out},
        "alone": {party: way and way.cost.key for party, way in result.alone.items()},
        "even": result.most_even and sorted(cost.key for cost in result.most_even.burden.values()),
        "left": {name: frozenset(left.possible) for name, left in result.zone.issues.items()},
        "amendments": {
            id: {(frozenset(a.change.items()), frozenset(a.after)) for a in finding.amendments}
            for id, finding in result.proposals.items()
        },
        "new": {option.issue: option.opens for option in result.new_options},
    }


@pytest.mark.parametrize("seed", range(40))
def test_the_order_of_the_file_does_not_matter(seed: int) -> None:
    data = case_data(Random(seed), CROWDED)
    first = impasse(Case.model_validate(data))
    rng = Random(seed)
    other = {**data, "issues": dict(rng.sample(list(data["issues"].items()), len(data["issues"])))}
    for key in ("positions", "rules", "proposals"):
        other[key] = rng.sample(data[key], len(data[key]))
    for issue in other["issues"].values():
        if "options" in issue:
            issue["options"] = rng.sample(issue["options"], len(issue["options"]))
    assert answer(impasse(Case.model_validate(other))) == answer(first)


@pytest.mark.parametrize("seed", range(40))
def test_names_do_not_matter(seed: int) -> None:
    data = case_data(Random(seed), CROWDED)
    case = Case.model_validate(data)
    ids = [*(position.id for position in case.positions), *case.issues, *case.parties]
    ids += [option for issue in case.issues.values() for option in issue.options or ()]
    names = {id: f"z{len(ids) - n}" for n, id in enumerate(ids)}
    back = {new: old for old, new in names.items()}
    found = impasse(Case.model_validate(renamed(data, names)))
    mended = answer(impasse(case))
    other = answer(found)
    assert other["packages"] == mended["packages"]
    assert {frozenset(back[id] for id in c) for c in other["conflicts"]} == mended["conflicts"]
    assert {(frozenset(back[id] for id in w), *rest) for w, *rest in other["ways"]} == mended[
        "ways"
    ]
    assert {back[party]: cost for party, cost in other["alone"].items()} == mended["alone"]
    assert {back[name]: opens for name, opens in other["new"].items()} == mended["new"]


@pytest.mark.parametrize("seed", range(30))
def test_giving_up_a_way_out_opens_what_was_said(seed: int) -> None:
    data = case_data(Random(seed), CROWDED)
    data.pop("as-of", None)
    case = Case.model_validate(data)
    for way in impasse(case).ways_out[:3]:
        rest = [position for position in data["positions"] if position["id"] not in way.relax]
        opened = impasse(Case.model_validate({**data, "positions": rest}))
        assert not opened.zone.empty
        assert opened.zone.packages == way.packages
        assert (opened.conflicts, opened.knots, opened.ways_out) == ((), (), ())


@pytest.mark.parametrize("seed", range(30))
def test_a_wish_changes_nothing(seed: int) -> None:
    case = random_case(Random(seed))
    data = case.model_dump(mode="json", by_alias=True, exclude_none=True)
    name = next(iter(case.issues), None)
    assert name is not None
    wish = {"id": "wish", "party": "p0", "prefers": {name: case.issues[name].option(0)}}
    other = Case.model_validate({**data, "positions": [*data["positions"], wish]})
    assert answer(impasse(other)) == answer(impasse(case))


def test_rules_that_contradict_each_other_are_the_only_point_of_contention() -> None:
    case = talks(
        {"a": "x y", "b": "u v"},
        [demand("ana1", "requires", {"b": "u"}), demand("ben1", "requires", {"b": "v"})],
        rules=[{"id": f"r{option}", "requires": {"a": option}} for option in "xy"],
    )
    result = impasse(case)
    assert [conflict.positions for conflict in result.conflicts] == [()]
    assert result.ways_out == ()
    assert result.ways_out_total == 0
    assert result.ways_out_complete
    assert set(result.alone.values()) == {None}
    assert result.most_even is None


def test_an_open_zone_asks_nobody_to_move() -> None:
    case = talks({"a": "x y"}, [demand("ana1", "requires", {"a": "x"})])
    result = impasse(case)
    assert (result.zone.packages, result.zone.space, result.zone.example) == (1, 2, {"a": "x"})
    assert (result.conflicts, result.knots, result.ways_out) == ((), (), ())
    assert result.conflicts_complete
    assert result.ways_out_complete
    assert result.alone["ana"] is not None
    assert result.alone["ana"].relax == ()
    assert result.missing == ()


def test_a_case_without_issues_has_one_package_and_no_quarrel() -> None:
    result = impasse(talks({}, []))
    assert (result.zone.packages, result.zone.example) == (1, {})


def test_the_day_of_the_case_picks_the_positions() -> None:
    case = talks(
        {"a": "x y"},
        [
            demand("ana1", "requires", {"a": "x"}, until="2025-06-02"),
            demand("ben1", "requires", {"a": "y"}, since="2025-05"),
        ],
    )
    assert impasse(case.on("2025-04-30")).positions == ("ana1",)
    assert impasse(case.on("2025-05-01")).zone.empty
    assert impasse(case.on("2025-06-02")).positions == ("ben1",)
    assert impasse(case.on("2025-05-01")).as_of == "2025-05-01"
    assert impasse(case).as_of is None


def test_the_first_point_of_contention_comes_before_the_rest() -> None:
    found = list(search_impasse(TEXTBOOK))
    assert isinstance(found[0], tuple)
    assert [item.relax for item in found if isinstance(item, CheapestWayOut)] == [("ana1",)]
    assert isinstance(found[-1], ImpasseResult)
    conflicts = [item for item in found if isinstance(item, tuple)]
    assert len(conflicts) == len(set(conflicts)) == 2
    assert set(conflicts) == {conflict.positions for conflict in found[-1].conflicts}


@pytest.mark.parametrize("seed", range(40))
def test_a_stream_holds_each_point_of_contention_once_and_a_cheapest_way_out(seed: int) -> None:
    case = random_case(Random(seed), CROWDED)
    *early, result = search_impasse(case)
    assert isinstance(result, ImpasseResult)
    conflicts = [item for item in early if isinstance(item, tuple)]
    assert sorted(conflicts) == sorted(conflict.positions for conflict in result.conflicts)
    ways = [item for item in early if isinstance(item, CheapestWayOut)]
    assert len(ways) == bool(result.ways_out)
    for way in ways:
        assert way.cost == result.ways_out[0].cost
        assert way.relax in {found.relax for found in result.ways_out}


@pytest.mark.parametrize("seed", range(20))
def test_a_condition_written_another_way_means_the_same(seed: int) -> None:
    data = case_data(Random(seed), Shape(crowded=0.3))
    case = Case.model_validate(data)
    twice = {
        **data,
        "positions": [
            {
                **position,
                **{
                    key: {"none": [{"none": [condition_data(condition)]}]}
                    for key, condition in read.conditions
                    if key != "offers"
                },
            }
            for position, read in zip(data["positions"], case.positions, strict=True)
        ],
    }
    assert answer(impasse(Case.model_validate(twice))) == answer(impasse(case))
