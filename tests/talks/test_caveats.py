"""Caveats: an order in which less allowed is less, whatever the caveats."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from goodoffices.talks import ANALYSIS_ONLY, MEDIATOR_ONLY, Caveat
from goodoffices.talks.caveats import Way

START = datetime(2025, 6, 2, tzinfo=UTC)
WAYS: tuple[Way, ...] = ("analysis", "own-idea", "hypothetically", "attributed")


def parts(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=3).map(tuple)


CAVEATS = st.builds(
    Caveat,
    ways=st.lists(st.sampled_from(WAYS), max_size=4).map(tuple),
    first=parts(("x opens", "y ends")),
    not_before=st.none() | st.integers(0, 3).map(lambda day: START + timedelta(days=day)),
    not_to=parts(("abe", "amy")),
)


@given(CAVEATS, CAVEATS, CAVEATS)
def test_within_is_an_order(a: Caveat, b: Caveat, c: Caveat) -> None:
    assert a.within(a)
    if a.within(b) and b.within(a):
        assert a == b
    if a.within(b) and b.within(c):
        assert a.within(c)


@given(CAVEATS, CAVEATS, CAVEATS)
def test_the_meet_is_the_loosest_caveat_within_both(a: Caveat, b: Caveat, c: Caveat) -> None:
    meet = a.meet(b)
    assert meet.within(a)
    assert meet.within(b)
    assert meet == b.meet(a)
    if c.within(a) and c.within(b):
        assert c.within(meet)


@given(CAVEATS, CAVEATS, st.integers(-1, 4), st.sampled_from(WAYS))
def test_what_a_tighter_caveat_allows_the_looser_allows(
    a: Caveat, b: Caveat, day: int, way: Way
) -> None:
    moment = START + timedelta(days=day)

    def allows(caveat: Caveat) -> bool:
        return way in caveat.ways and caveat.open_at(moment) and set(caveat.first) <= {"x opens"}

    if a.within(b) and allows(a):
        assert allows(b)


@given(CAVEATS)
def test_nothing_but_further_exclusions_is_tighter_than_mediator_only(caveat: Caveat) -> None:
    assert caveat.meet(MEDIATOR_ONLY).ways == ()
    assert MEDIATOR_ONLY.within(ANALYSIS_ONLY)


@given(CAVEATS)
def test_a_caveat_reads_back_from_its_own_json(caveat: Caveat) -> None:
    assert Caveat.model_validate_json(caveat.model_dump_json(by_alias=True)) == caveat


def test_the_order_in_which_a_caveat_is_written_does_not_matter() -> None:
    one = Caveat(ways=("own-idea", "analysis", "analysis"), not_to=("b", "a"))
    assert one == Caveat(ways=("analysis", "own-idea"), not_to=("a", "b"))


@pytest.mark.parametrize(
    "data",
    [
        {"ways": ["telepathy"]},
        {"ways": "attributed"},
        {"not-before": "2025-06-02T08:00:00"},
        {"first": [" "]},
        {"until": "x"},
    ],
)
def test_bad_caveats_are_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Caveat.model_validate(data)
