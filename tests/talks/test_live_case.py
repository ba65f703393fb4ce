"""The case that a live talk makes: only from what may inform analysis, with nothing invented."""

from __future__ import annotations

from typing import Any

from goodoffices.analysis.impasse import impasse
from goodoffices.model import Case
from goodoffices.talks import OTHER, live_case
from tests.talks.scene import Scene, opened

ANALYSIS = {"ways": ["analysis"]}


def entrust(scene: Scene, who: str, party: str, caveat: Any = ANALYSIS, **position: Any) -> str:
    return scene.do(
        who, "entrust", kind="offer", words=f"In words of {who}.", caveat=caveat,
        position={"id": "p", "party": party, **position},
    )  # fmt: skip


def made(scene: Scene) -> Case:
    case = live_case(scene.talk)
    assert case is not None
    return case


def test_conditional_offers_of_two_sides_meet_in_a_package() -> None:
    scene = opened()
    one = entrust(
        scene, "ada", "north", offers={"gate": "open"}, **{"in-return-for": {"days": "45"}}
    )
    two = entrust(scene, "bea", "south", requires={"gate": "open"})
    case = made(scene)
    assert [position.id for position in case.positions] == [f"of-{one}", f"of-{two}"]
    assert {position.status for position in case.positions} == {"confidential"}
    assert list(case.parties) == ["north", "south"]
    found = impasse(case)
    assert found.zone.packages == 1
    assert found.zone.example == {"gate": "open", "days": "45"}


def test_nobody_said_that_there_is_no_other_option() -> None:
    scene = opened()
    entrust(scene, "ada", "north", refuses={"gate": "open"})
    case = made(scene)
    assert list(case.issues["gate"].options or ()) == ["open", OTHER]
    assert not impasse(case).zone.empty


def test_a_bounded_number_becomes_a_range_over_the_numbers_named() -> None:
    scene = opened()
    entrust(scene, "ada", "north", requires={"days": {"at-least": "45"}})
    entrust(scene, "bea", "south", requires={"days": {"at-most": "60"}})
    entrust(scene, "bea", "south", refuses={"days": {"not": "52.5"}}, caveat=ANALYSIS)
    days = made(scene).issues["days"]
    assert [days.option(at) for at in range(days.size)] == ["37.5", "45", "52.5", "60", "67.5"]


def test_a_single_bound_makes_a_range_around_it() -> None:
    scene = opened()
    entrust(scene, "ada", "north", requires={"days": {"at-least": "45"}})
    days = made(scene).issues["days"]
    assert [days.option(at) for at in range(days.size)] == ["44", "45", "46"]


def test_what_may_not_inform_analysis_is_not_in_it() -> None:
    scene = opened()
    entrust(scene, "ada", "north", caveat={"ways": ["attributed"]}, requires={"gate": "open"})
    assert live_case(scene.talk) is None
    item = entrust(scene, "bea", "south", requires={"gate": "open"})
    assert [position.party for position in made(scene).positions] == ["south"]
    scene.do("bea", "withdraw", item=item)
    assert live_case(scene.talk) is None


def test_terms_of_the_text_are_options_too() -> None:
    scene = opened()
    entrust(scene, "ada", "north", requires={"any": [{"gate": "open"}, {"days": ["45", "60"]}]})
    scene.do(
        "lead", "draft", clauses=[{"label": "1", "text": "It opens.", "terms": {"gate": "half"}}]
    )
    case = made(scene)
    assert list(case.issues["gate"].options or ()) == ["open", "half", OTHER]
    assert list(case.issues["days"].options or ()) == ["45", "60", OTHER]
