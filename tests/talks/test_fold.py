"""The fold: events that speak of what is not there are refused, and nothing else is asked."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from goodoffices.errors import NotFoundError
from goodoffices.talks import Event, apply, fold
from tests.house.source import python_files
from tests.talks.scene import eid, in_a_round, opened, with_text

NONE = eid("none")
CLOCKS = {"datetime.now", "random", "secrets", "time", "uuid", "os", "pathlib", "io"}


@pytest.mark.parametrize(
    ("by", "act", "given"),
    [
        ("nobody", "leave", {}),
        ("lead", "invite", {"person": "x", "name": "X", "side": "west", "role": "member"}),
        ("ada", "withdraw", {"item": NONE}),
        ("ada", "confirm", {}),
        ("ada", "confirm", {"read_back": NONE}),
        ("ada", "agree", {"draft": NONE, "clause": "1"}),
        ("ada", "agree", {"draft": eid("text"), "clause": "9"}),
        ("ada", "reply", {"words": "x", "caveat": {}}),
        ("ada", "reply", {"question": NONE, "words": "x", "caveat": {}}),
        ("lead", "circulate", {"draft": NONE, "to": ["north"]}),
        ("lead", "close-acceptance", {"round": NONE, "result": "not agreed"}),
        ("lead", "correct", {"target": NONE, "words": "x"}),
        ("lead", "hand-over", {"to": "nobody"}),
    ],
)
def test_an_event_that_speaks_of_nothing(by: str, act: str, given: dict[str, Any]) -> None:
    scene = with_text()
    with pytest.raises(NotFoundError):
        apply(scene.talk, scene.event(by, act, **given))


def test_the_same_events_make_the_same_talk_and_no_talk_is_changed() -> None:
    scene = in_a_round()
    before = fold(scene.events)
    apply(before, scene.event("ada", "entrust", kind="message", words="x", caveat={}))
    assert before == scene.talk


def test_events_read_back_from_their_own_json() -> None:
    for event in in_a_round().events:
        assert Event.model_validate_json(event.model_dump_json(by_alias=True)) == event


def test_a_correction_leaves_alone_what_has_no_words_of_its_own() -> None:
    scene = with_text()
    event = scene.event("lead", "correct", target=eid("text"), words="x")
    assert apply(scene.talk, event) == scene.talk


def test_what_was_loosened_is_readable_by_everybody_again() -> None:
    scene = opened()
    scene.do("ada", "entrust", id="x", kind="message", words="x", caveat={"not_to": ["abe"]})
    scene.do("lead", "invite", person="ann", name="Ann", side="north", role="member")
    scene.do("ada", "loosen", item=eid("x"), caveat={})
    scene.do("lead", "invite", person="art", name="Art", side="north", role="member")
    assert all(len(scene.room(who).entrusted) == 1 for who in ("abe", "ann", "art"))


def test_talks_read_no_clock_disk_or_chance_and_only_view_fills_views() -> None:
    for file in python_files("src/goodoffices/talks"):
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Import):
                assert not {alias.name for alias in node.names} & CLOCKS, file.name
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] not in CLOCKS, file.name
                if node.module == "goodoffices.talks.desk_view":
                    assert file.path.name == "view.py"
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"now", "today", "utcnow"}, file.name
