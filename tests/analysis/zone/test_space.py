"""Options grouped into cells that no condition tells apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from goodoffices.analysis.zone.space import Axis, Space, cut, passing
from goodoffices.model import Issue, OptionTest, parse_condition, passes
from goodoffices.model.conditions import parse_test
from tests.strategies import Draw


def issue(**data: Any) -> Issue:
    return Issue.model_validate({"question": "Which?", **data})


TRUCE = issue(options=["none", "short", "long", "lasting"])
DAYS = issue(range={"from": 0, "to": 90, "step": 10})
RATE = issue(range={"from": "0.5", "to": "2.75", "step": "0.25"})


@pytest.mark.parametrize(
    ("test", "spans"),
    [
        ("short", ((1, 2),)),
        ("unknown", ()),
        (["short", "long"], ((1, 3),)),
        (["lasting", "none"], ((0, 1), (3, 4))),
        (["none", "none"], ((0, 1),)),
        ({"not": "short"}, ((0, 1), (2, 4))),
        ({"not": ["none", "lasting"]}, ((1, 3),)),
        ({"not": {"not": "long"}}, ((2, 3),)),
        ({"not": "unknown"}, ((0, 4),)),
    ],
)
def test_named_options_that_pass(test: Any, spans: tuple[tuple[int, int], ...]) -> None:
    assert passing(parse_test(test), TRUCE) == spans


@pytest.mark.parametrize(
    ("test", "spans"),
    [
        ({"at-least": 30}, ((3, 10),)),
        ({"at-least": 31}, ((4, 10),)),
        ({"at-most": 30}, ((0, 4),)),
        ({"at-most": 29}, ((0, 3),)),
        ({"at-least": 25, "at-most": 60}, ((3, 7),)),
        ({"at-least": 31, "at-most": 39}, ()),
        ({"at-least": -50}, ((0, 10),)),
        ({"at-most": -1}, ()),
        ({"at-least": 91}, ()),
        ({"at-most": 1000}, ((0, 10),)),
        ({"not": {"at-least": 30, "at-most": 60}}, ((0, 3), (7, 10))),
        (["0", {"at-least": 80}], ((0, 1), (8, 10))),
        ([{"at-most": 20}, {"at-least": 30}], ((0, 10),)),
        ("60.0", ((6, 7),)),
        ("65", ()),
    ],
)
def test_numbers_that_pass(test: Any, spans: tuple[tuple[int, int], ...]) -> None:
    assert passing(parse_test(test), DAYS) == spans


def test_bounds_leave_nothing_of_an_issue_without_numbers() -> None:
    assert passing(parse_test({"at-least": 3}), TRUCE) == ()


def drawn(rng: Random, name: str, of: Issue, number: int) -> Iterator[OptionTest]:
    draw = Draw(rng, {name: of})
    for _ in range(number):
        yield parse_test(draw.test(name))


@pytest.mark.parametrize("of", [TRUCE, DAYS, RATE], ids=["truce", "days", "rate"])
def test_passing_is_what_positions_mean(of: Issue) -> None:
    for test in drawn(Random(1), "i", of, 300):
        spans = passing(test, of)
        held = {index for low, high in spans for index in range(low, high)}
        assert held == {n for n in range(of.size) if passes(test, of, of.option(n))}
        assert list(spans) == sorted(spans)
        assert all(high < low for (_, high), (low, _) in pairwise(spans))


def test_bounds_cut_a_range_into_bands() -> None:
    axis = cut("days", DAYS, [passing(parse_test({"at-least": 25, "at-most": 60}), DAYS)])
    assert axis.cells == (((0, 3),), ((3, 7),), ((7, 10),))
    assert axis.ordered
    assert axis.weights == (3, 4, 3)
    assert axis.full == 0b111
    assert [axis.cell_of(index) for index in (0, 2, 3, 6, 7, 9)] == [0, 0, 1, 1, 2, 2]
    assert list(axis.indexes(1)) == [3, 4, 5, 6]


def test_options_that_no_test_tells_apart_share_a_cell() -> None:
    axis = cut("truce", TRUCE, [((0, 1), (3, 4))])
    assert axis.cells == (((0, 1), (3, 4)), ((1, 3),))
    assert not axis.ordered
    assert axis.weights == (2, 2)
    assert list(axis.indexes(0)) == [0, 3]


def test_an_issue_that_nobody_speaks_of_is_one_cell() -> None:
    assert cut("truce", TRUCE, []).cells == (((0, 4),),)
    assert cut("days", DAYS, []).cells == (((0, 10),),)


def test_a_range_is_cut_by_its_tests_and_not_by_its_length() -> None:
    money = issue(range={"from": 0, "to": 10**12, "step": 1})
    axis = cut("money", money, [passing(parse_test({"at-least": 10**6}), money)])
    assert axis.weights == (10**6, 10**12 + 1 - 10**6)


def test_no_cell_holds_an_index_beyond_the_issue() -> None:
    with pytest.raises(ValueError, match="10"):
        cut("days", DAYS, []).cell_of(10)


@pytest.mark.parametrize("of", [TRUCE, DAYS, RATE], ids=["truce", "days", "rate"])
def test_every_test_is_a_set_of_whole_cells(of: Issue) -> None:
    rng = Random(2)
    for _ in range(60):
        sets = [passing(test, of) for test in drawn(rng, "i", of, 4)]
        axis = cut("i", of, sets)
        everything = sorted(
            index for cell in range(len(axis.cells)) for index in axis.indexes(cell)
        )
        assert everything == list(range(of.size))
        for spans, mask in zip(sets, axis.masks(sets), strict=True):
            within = {n for n in range(of.size) if mask >> axis.cell_of(n) & 1}
            assert within == {index for low, high in spans for index in range(low, high)}


def test_a_space_has_an_axis_for_every_issue() -> None:
    conditions = [
        parse_condition({"truce": "long", "days": {"at-least": 30}}),
        parse_condition({"any": [{"truce": {"not": "none"}}, {"none": [{"days": "60"}]}]}),
    ]
    space = Space.of({"truce": TRUCE, "days": DAYS, "rate": RATE}, conditions)
    assert [axis.name for axis in space.axes] == ["truce", "days", "rate"]
    assert space.numbers == {"truce": 0, "days": 1, "rate": 2}
    assert space.size == 4 * 10 * 10
    assert space.axes[0].cells == (((0, 1),), ((1, 2), (3, 4)), ((2, 3),))
    assert space.axes[1].cells == (((0, 3),), ((3, 6),), ((6, 7),), ((7, 10),))
    assert space.mask("truce", parse_test("long")) == 0b100
    assert space.mask("truce", parse_test({"not": "none"})) == 0b110
    assert space.mask("days", parse_test({"at-least": 30})) == 0b1110
    assert space.mask("days", parse_test("60")) == 0b0100


def test_a_package_has_the_first_option_of_each_cell() -> None:
    conditions = [parse_condition({"truce": "long", "days": {"at-least": 30}})]
    space = Space.of({"truce": TRUCE, "days": DAYS}, conditions)
    assert space.package((1, 1)) == {"truce": "long", "days": "30"}
    assert space.package((0, 0, 1)) == {"truce": "none", "days": "0"}


def test_a_case_without_issues_has_one_package() -> None:
    assert Space.of({}, []).size == 1
    assert Space.of({}, []).package(()) == {}


def test_an_axis_is_a_value() -> None:
    assert Axis("a", (((0, 1),),), False) == Axis("a", (((0, 1),),), False)
