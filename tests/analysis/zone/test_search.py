"""Prices, limits and what a stopped search may still say."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from goodoffices.analysis.impasse import impasse
from goodoffices.analysis.impasse_result import Cost, ImpasseResult
from goodoffices.analysis.zone import factoring
from goodoffices.analysis.zone.search import Limits, Prices, Search, unlimited
from goodoffices.analysis.zone.system import System
from goodoffices.errors import CallError, NotFoundError
from goodoffices.model import Case
from tests import oracles
from tests.analysis.talks import demand, talks
from tests.strategies import Shape, random_case

PAIR = talks(
    {"a": "x y"},
    [
        demand("ana1", "requires", {"a": "x"}, firmness="red-line"),
        demand("ben1", "requires", {"a": "y"}, firmness="open"),
        demand("ben2", "prefers", {"a": "y"}),
    ],
)
POSITIONS = System.of(PAIR).positions


def test_without_weights_firmness_decides() -> None:
    prices = Prices.of(POSITIONS, None)
    assert (prices.key(0), prices.key(1)) == ((1, 0, 0), (0, 0, 1))
    assert prices.total([0, 1]) == (1, 0, 1)
    assert prices.total([]) == (0, 0, 0)
    assert prices.cost([0, 1]) == Cost(1, 0, 1)


def test_a_position_s_own_weight_comes_before_its_firmness_s() -> None:
    prices = Prices.of(POSITIONS, {"red-line": 5, "open": 2, "ben1": 7})
    assert (prices.key(0), prices.key(1)) == ((5,), (7,))
    assert prices.total([0, 1]) == (12,)
    assert prices.total([]) == (0,)
    assert prices.cost([0, 1]) == Cost(1, 0, 1, 12)


def test_weights_may_make_a_red_line_the_cheapest_to_give() -> None:
    assert impasse(PAIR).ways_out[0].relax == ("ben1",)
    result = impasse(PAIR, weights={"ana1": 1, "ben1": 9})
    assert [(way.relax, way.cost.weight) for way in result.ways_out] == [
        (("ana1",), 1),
        (("ben1",), 9),
    ]
    assert result.parameters["weights"] == {"ana1": 1, "ben1": 9}


@pytest.mark.parametrize("name", ["cleo1", "ben2", "soft"])
def test_a_weight_for_something_unknown_is_an_error(name: str) -> None:
    with pytest.raises(NotFoundError) as error:
        impasse(PAIR, weights={name: 1})
    assert str(error.value) == (
        f'a weight: expected a position in force, red-line, firm or open; found "{name}"'
    )


@pytest.mark.parametrize("weight", [0, -1, 1.5, True, "2"])
def test_a_weight_is_a_whole_number_above_0(weight: int) -> None:
    with pytest.raises(CallError, match="the weight of ana1: expected a whole number above 0"):
        impasse(PAIR, weights={"ana1": weight, "ben1": 1})


def test_every_position_needs_a_weight() -> None:
    with pytest.raises(CallError) as error:
        impasse(PAIR, weights={"open": 1})
    assert error.value.found == "none for ana1"


def test_a_limit_of_nothing_is_an_error() -> None:
    with pytest.raises(CallError, match='expected at least 1; found "0"'):
        Limits(most=0)
    assert unlimited() == 0
    assert Limits().spent() == 0


def after(times: int) -> Callable[[], float]:
    """Say that the time is up once it was asked so many times."""
    answers = iter([0.0] * times)
    return lambda: next(answers, 1.0)


CROWDED = Shape(issues=4, positions=9, packages=60, rules=0.3, crowded=0.8)


def missing(result: ImpasseResult) -> set[str]:
    return {missing.what for missing in result.missing}


def check_stopped(case: Case, whole: ImpasseResult, found: ImpasseResult) -> None:
    """Nothing wrong is claimed, and what is not whole is named."""
    kinds = missing(found)
    assert found.zone.empty is whole.zone.empty
    conflicts = [set(conflict.positions) for conflict in found.conflicts]
    assert all(set(c) in map(set, oracles.conflicts(case)) for c in conflicts)
    complete = len(conflicts) == len(whole.conflicts)
    assert complete or ("conflicts" in kinds and not found.conflicts_complete)
    assert found.conflicts_complete <= complete
    ways = {way.relax for way in whole.ways_out}
    assert {way.relax for way in found.ways_out} <= ways
    every = len(found.ways_out) == len(ways)
    assert every or ("ways_out" in kinds and not found.ways_out_complete)
    assert found.ways_out_complete <= every
    costs = [way.cost.key for way in found.ways_out]
    assert costs == [way.cost.key for way in whole.ways_out][: len(costs)]
    for way in found.ways_out:
        opened = oracles.zone(case, way.relax)
        assert way.example in opened
        assert way.packages == len(opened) or (way.packages is None and "packages" in kinds)
    assert found.zone.packages == whole.zone.packages or "packages" in kinds
    for party, alone in whole.alone.items():
        own = found.alone[party]
        assert (alone and alone.cost.key) == (own and own.cost.key)
    assert found.most_even == whole.most_even or "most_even" in kinds
    options = {option.issue: option for option in whole.new_options}
    assert all(option == options[option.issue] for option in found.new_options)
    assert len(found.new_options) == len(options) or "new_options" in kinds
    for id, proposal in whole.proposals.items():
        own_finding = found.proposals[id]
        assert own_finding.breaks == proposal.breaks
        assert own_finding.acceptable is proposal.acceptable
        listed = {(a.after, *sorted(a.change.items())) for a in own_finding.amendments}
        assert listed <= {(a.after, *sorted(a.change.items())) for a in proposal.amendments}
        same = len(listed) == len(proposal.amendments)
        assert same or ("amendments" in kinds and not own_finding.amendments_complete)


@pytest.mark.parametrize("calls", [0, 1, 2, 3, 5, 8, 13, 21, 34, 55])
@pytest.mark.parametrize("quota", [1, 150])
def test_a_search_stopped_early_claims_nothing_wrong_and_names_what_is_missing(
    calls: int, quota: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(factoring, "_FIRST_LOOK", quota)
    for seed in range(12):
        case = random_case(Random(seed), CROWDED)
        found = impasse(case, limits=Limits(spent=after(calls)))
        check_stopped(case, impasse(case), found)


@pytest.mark.parametrize("most", [1, 2, 3])
def test_a_short_list_holds_the_cheapest_and_says_that_it_is_short(most: int) -> None:
    for seed in range(40):
        case = random_case(Random(seed), CROWDED)
        found = impasse(case, limits=Limits(most=most))
        check_stopped(case, impasse(case), found)
        assert len(found.conflicts) <= most
        assert len(found.ways_out) <= most
        assert found.ways_out_total == len(oracles.ways_out(case))
        assert {m.limit for m in found.missing} <= {"max"}


def test_a_stopped_search_still_has_the_cheapest_way_out() -> None:
    case = random_case(Random(1), CROWDED)
    assert impasse(case).ways_out
    found = impasse(case, limits=Limits(spent=lambda: 1.0))
    assert found.ways_out[0].cost == impasse(case).ways_out[0].cost


def test_a_search_without_quarrel_finds_no_knot() -> None:
    system = System.of(talks({"a": "x y"}, [demand("ana1", "requires", {"a": "x"})]))
    search = Search(system, Prices.of(system.positions, None), Limits())
    with system.solver() as solver:
        assert list(search.run(solver)) == []
    assert search.tangles == []
    assert search.complete
    assert search.ways_total == 0
    assert search.ways_out() == []
    assert search.alone("ana") == ()
    assert search.most_even() is None


def test_knots_come_in_the_order_of_their_conflicts() -> None:
    case = talks(
        {"a": "x y", "b": "u v"},
        [
            demand("ana1", "requires", {"b": "u"}),
            demand("ben1", "requires", {"a": "x"}),
            demand("ana2", "requires", {"a": "y"}),
            demand("ben2", "requires", {"b": "v"}),
        ],
    )
    result = impasse(case)
    assert [(knot.id, knot.positions) for knot in result.knots] == [
        ("k1", ("ana1", "ben2")),
        ("k2", ("ben1", "ana2")),
    ]
    assert [conflict.knot for conflict in result.conflicts] == ["k1", "k2"]
    assert result.ways_out_total == 4


def test_burdens_are_shared_over_knots() -> None:
    case = talks(
        {"a": "x y", "b": "u v"},
        [
            demand("ana1", "requires", {"a": "x"}),
            demand("ben1", "requires", {"a": "y"}),
            demand("ana2", "requires", {"b": "u"}),
            demand("ben2", "requires", {"b": "v"}),
        ],
    )
    even = impasse(case).most_even
    assert even is not None
    assert {party: cost.firm for party, cost in even.burden.items()} == {"ana": 1, "ben": 1}


def wide(positions: int) -> Case:
    """A case whose zone is open, and takes some counting."""
    rng = Random(7)
    issues = {f"i{n}": "x y z" for n in range(16)}
    demands = [
        {"any": [{name: {"not": rng.choice("xyz")}} for name in rng.sample(list(issues), 4)]}
        for _ in range(positions)
    ]
    return talks(issues, [demand(f"ana{n}", "requires", one) for n, one in enumerate(demands)])


def test_a_count_that_takes_too_long_is_left_out_and_an_example_is_not() -> None:
    case = wide(60)
    whole = impasse(case)
    assert not whole.zone.empty
    assert whole.zone.packages is not None
    found = impasse(case, limits=Limits(spent=lambda: 1.0))
    assert found.zone.packages is None
    assert ("packages", "seconds") in [(m.what, m.limit) for m in found.missing]
    assert str(found) == "Talks: the zone is open; packages: not counted"
    assert found.zone.example is not None
    assert oracles.unmet(case, found.zone.example) == frozenset()


def test_amendments_are_not_looked_for_when_the_time_is_up() -> None:
    case = talks(
        {"a": "x y", "b": {"from": 0, "to": 9}},
        [demand("ana1", "refuses", {"a": "x"}), demand("ben1", "requires", {"b": {"at-least": 5}})],
        proposals=[{"id": "draft", "by": "ana", "terms": {"a": "x", "b": 2}}],
    )
    found = impasse(case, limits=Limits(spent=lambda: 1.0))
    assert found.proposals["draft"].amendments == ()
    assert not found.proposals["draft"].amendments_complete
    assert found.proposals["draft"].breaks == {"ana": ("ana1",), "ben": ("ben1",)}
    assert ("amendments", "seconds") in [(m.what, m.limit) for m in found.missing]
