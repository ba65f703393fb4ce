"""The single text: standing on clauses, and mirrored instruments."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import pytest

from goodoffices.talks.acts import Clause, Instrument
from goodoffices.talks.state import DraftRecord, Mark
from goodoffices.talks.texts import Status, differences, status
from tests.talks.scene import opened

NOW = datetime(2025, 6, 2, tzinfo=UTC)
NAMES = {"north": "Northland", "south": "Southland"}
DRAFT = DraftRecord(
    "text", NOW,
    (Clause(label="1", text="Northland opens the gate for 120 days."),
     Clause(label="2", text="Southland inspects.")),
)  # fmt: skip
SAME = {"1": "Northland opens the gate for 120 days.", "2": "Southland inspects."}


def copy(clauses: dict[str, str], titles: dict[str, str] | None = None) -> Instrument:
    return Instrument(side="north", clauses=clauses, titles=titles or {})


@pytest.mark.parametrize(
    "instrument",
    [
        copy(SAME),
        copy({**SAME, "2": "Southland\n  inspects."}),
        copy({"1": "We opens the gate for 120 days.", "2": "They inspects."},
             {"We": "Northland", "They": "Southland"}),
        copy({**SAME, "1": "Our Government opens the gate for 120 days."},
             {"Our Government": "Northland"}),
    ],
)  # fmt: skip
def test_instruments_that_say_the_same(instrument: Instrument) -> None:
    assert differences(DRAFT, (instrument,), NAMES) == ()


@pytest.mark.parametrize(
    ("instrument", "kinds"),
    [
        (copy({**SAME, "1": "Northland opens the gate for 60 days."}), {"wording"}),
        (copy({"1": SAME["1"]}), {"missing"}),
        (copy({**SAME, "3": "And more."}), {"added"}),
        (copy({"2": SAME["2"], "1": SAME["1"]}), {"order"}),
        (copy(SAME, {"120 days": "Northland"}), {"titles", "wording"}),
        (copy(SAME, {"gate": "door"}), {"titles", "wording"}),
        (copy(SAME, {"We": "Northland", "Us": "Northland"}), {"titles"}),
        (copy({"1": "Southland opens the gate for 120 days.", "2": "Northland inspects."},
              {"Southland": "Northland", "Northland": "Southland"}), {"titles"}),
        (copy({**SAME, "2": "Southlander inspects."}, {"South": "Southland"}), {"wording"}),
    ],
)  # fmt: skip
def test_instruments_that_do_not(instrument: Instrument, kinds: set[str]) -> None:
    assert {found.kind for found in differences(DRAFT, (instrument,), NAMES)} == kinds


@pytest.mark.parametrize(
    ("answers", "standing"),
    [
        ([], "silent"),
        (["agree"], "agreed"),
        (["agree", "bracket"], "bracketed"),
        (["propose"], "bracketed"),
        (["bracket", "agree"], "agreed"),
    ],
)
def test_the_last_word_counts(
    answers: list[Literal["agree", "bracket", "propose"]], standing: Status
) -> None:
    marks = tuple(Mark(NOW, "ada", "text", "1", "x", answer) for answer in answers)
    assert status(marks, "1", "x") == standing
    assert status(marks, "1", "y") == "silent"
    assert status(marks, "2", "x") == "silent"


def test_a_room_lists_what_its_reader_may_read_as_it_came() -> None:
    scene = opened()
    scene.do("ada", "entrust", kind="message", words="First.", caveat={})
    scene.do("ada", "entrust", kind="message", words="Not for Abe.", caveat={"not_to": ["abe"]})
    scene.do("lead", "ask", words="And then?", to=["north"])
    ada, abe = scene.room("ada"), scene.room("abe")
    assert ada.order == (ada.entrusted[0].id, ada.entrusted[1].id, ada.asked[0].id)
    assert abe.order == (abe.entrusted[0].id, abe.asked[0].id)


def test_the_desk_knows_what_was_asked_and_answered() -> None:
    scene = opened()
    question = scene.do("lead", "ask", words="And then?", to=["ada"])
    answer = scene.do("ada", "reply", question=question, words="Then this.", caveat={})
    (asked,) = scene.desk().asked
    assert (asked.side, asked.words, asked.readers) == ("north", ("And then?",), ("ada",))
    assert asked.answers == (answer,)
    assert [side.name for side in scene.desk().sides][:2] == ["Northland", "Southland"]
