"""Claims compared: bounds, units, kinds and times, and a twin that tries values one by one."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

import pytest

from goodoffices.model import Figure, common_reach, compare, disagree, reach


def figure(value: str, bound: str = "exactly", **more: Any) -> Figure:
    named = {name.replace("_", "-"): given for name, given in more.items()}
    return Figure.model_validate({"measure": "m", "value": value, "bound": bound, "source": "s"}
                                 | named)  # fmt: skip


PAIRS = [
    (figure("5"), figure("6"), "disagree"),
    (figure("5"), figure("5"), "same"),
    (figure("5"), figure("5.0"), "same"),
    (figure("5"), figure("5", "between", high="5"), "same"),
    (figure("5", "at-most"), figure("6"), "disagree"),
    (figure("5", "at-most"), figure("4", "at-least"), "compatible"),
    (figure("5", "at-most"), figure("5", "less-than"), "compatible"),
    (figure("5", "more-than"), figure("5"), "disagree"),
    (figure("5", "less-than"), figure("5"), "disagree"),
    (figure("5", "at-least"), figure("5"), "compatible"),
    (figure("3", "between", high="4"), figure("5"), "disagree"),
    (figure("3", "between", high="6"), figure("5"), "compatible"),
    (figure("5", "between", high="9"), figure("9"), "compatible"),
    (figure("40", "about"), figure("43"), "compatible"),
    (figure("40", "about"), figure("45"), "disagree"),
    (figure("100", "about"), figure("91"), "compatible"),
    (figure("100", "about"), figure("89"), "disagree"),
    (figure("5", unit="km"), figure("6", unit="miles"), None),
    (figure("5", unit="km"), figure("6"), None),
    (figure("5"), figure("6", kind="wanted"), None),
    (figure("5"), figure("6", kind="ordered"), None),
    (figure("5"), figure("6", kind="estimated"), "disagree"),
    (figure("5", as_of="2025-05"), figure("6", as_of="2025-05-20"), "disagree"),
    (figure("5", as_of="2025-01"), figure("6", as_of="2025-01"), "disagree"),
    (figure("5", as_of="2025-04"), figure("6", as_of="2025-05-20"), None),
    (figure("5", as_of="2025-04"), figure("6"), None),
    (figure("5", since="2025-04"), figure("6"), None),
    (figure("5", since="2025-04"), figure("6", since="2025"), "disagree"),
    (figure("5", by="2025-04"), figure("6", by="2026"), None),
]


@pytest.mark.parametrize(("one", "other", "relation"), PAIRS)
def test_claims_are_compared_by_what_they_allow(
    one: Figure, other: Figure, relation: str | None
) -> None:
    assert compare(one, other) == compare(other, one) == relation
    assert disagree(one, other) is (relation == "disagree")


def test_figures_on_two_measures_are_never_compared() -> None:
    other = figure("6").model_copy(update={"measure": "n"})
    assert compare(figure("5"), other) is None


def test_about_a_negative_value_reaches_both_ways() -> None:
    assert reach(figure("-10", "about")) == (Decimal(-11), Decimal(-9))


def test_what_two_claims_both_allow() -> None:
    assert common_reach(figure("5", "at-most"), figure("4", "at-least")) == (Decimal(4), Decimal(5))
    assert common_reach(figure("5", "at-most"), figure("7", "at-most")) == (None, Decimal(5))


def allows(claim: Figure, value: Decimal) -> bool:
    """Whether a claim allows a value: the words of the bounds, one by one."""
    own = claim.value
    if claim.bound == "between":
        assert claim.high is not None
        return own <= value <= claim.high
    return {
        "exactly": value == own,
        "about": abs(value - own) * 10 <= abs(own),
        "at-least": value >= own,
        "more-than": value > own,
        "at-most": value <= own,
        "less-than": value < own,
    }[claim.bound]


def test_the_relation_is_what_trying_every_value_finds() -> None:
    rng = Random(5)
    bounds = ("exactly", "about", "at-least", "more-than", "at-most", "less-than", "between")
    grid = [Decimal(n) / 20 for n in range(-400, 401)]
    for one_bound, other_bound in product(bounds, repeat=2):
        for _ in range(3):
            made = []
            for bound in (one_bound, other_bound):
                low = rng.randint(-10, 10)
                more = {"high": str(low + rng.randint(0, 3))} if bound == "between" else {}
                made.append(figure(str(low), bound, **more))
            sets = [{value for value in grid if allows(claim, value)} for claim in made]
            expected = "compatible" if sets[0] & sets[1] else "disagree"
            expected = "same" if sets[0] == sets[1] else expected
            assert compare(*made) == expected, made
