"""The demonstration's talk: what happens in it, that no town is favoured, and what stops it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from goodoffices.desk.demo_stage import Stage
from goodoffices.desk.demo_story import ALDER, BIRCH, GUESTS, ROUND_SECONDS
from goodoffices.errors import GoodOfficesError
from goodoffices.talks import TABLE
from tests.desk.demo import Demo
from tests.desk.office import Clock


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    with Demo(tmp_path) as made:
        yield made


def test_the_whole_talk_is_held(demo: Demo) -> None:
    told = [step.words for step in demo.steps()]
    assert told[-3].endswith("one result: all accepted.")
    talk = demo.store.talk(demo.store.talks()[0])
    done = [entry.event.act.act for entry in demo.store.written(demo.store.talks()[0])]
    # What nobody does in it: to loosen, to leave and the like is not part of every talk.
    assert set(TABLE) - set(done) == {
        "tighten", "loosen", "withdraw", "bracket", "query", "ballot", "correct", "leave",
        "hand-over",
    }  # fmt: skip
    assert len(talk.desk.agreements) == 1
    for who in ("Ada", "Bea"):
        seen = demo.stage.seen(who)
        assert len(seen["agreements"]) == 1
        assert [question["answers"] for question in seen["asked"]][-1] == []
    same_care(done, demo)


def same_care(done: Sequence[str], demo: Demo) -> None:
    """Check that each town did as much, and was told as much, as the other."""
    ada, bea = demo.stage.seen("Ada"), demo.stage.seen("Bea")
    for key in ("entrusted", "read-backs", "received", "text", "asked", "deadlines", "acceptances"):
        assert len(ada[key]) == len(bea[key]) > 0, key
    for one, other in zip(ada["entrusted"], bea["entrusted"], strict=True):
        assert one["kind"] == other["kind"]
        assert one["caveat"]["ways"] == other["caveat"]["ways"]
    assert done.count("release") == 3
    people = [side for _, side, _ in GUESTS]
    assert people.count(ALDER) == people.count(BIRCH)


def test_a_round_that_was_too_short_is_held_again(demo: Demo) -> None:
    """On a machine so busy that nobody answers in time, the next round is longer."""
    asked = demo.stage.tried
    late: list[str] = []

    def slow(who: str, act: str, /, **given: object) -> object:
        if act == "ballot" and not late:
            late.append(who)
            demo.clock.pass_(seconds=ROUND_SECONDS[0])
        return asked(who, act, **given)

    demo.stage.tried = slow  # type: ignore[method-assign]
    told = [step.words for step in demo.steps()]
    results = [words.rpartition(": ")[2] for words in told if "one result" in words]
    assert results == ["not agreed.", "all accepted."]


@pytest.mark.parametrize(("status", "answer"), [(500, {}), (409, {"reason": "role", "flags": []})])
def test_what_is_refused_stops_the_talk(status: int, answer: object) -> None:
    stage = Stage(lambda *_: (status, answer), clock=Clock(), wait=lambda _: None)
    with pytest.raises(GoodOfficesError, match="stopped at /api/join"):
        stage.join("Ada Fenn", ALDER, "head", ("token", "code"))
    stage = Stage(
        lambda _, path, *__: (200, {"name": "a", "token": "t"}) if path == "/api/join"
        else (status, answer),
        clock=Clock(), wait=lambda _: None,
    )  # fmt: skip
    stage.join("Ada Fenn", ALDER, "head", ("token", "code"))
    with pytest.raises(GoodOfficesError, match="stopped at entrust"):
        stage.act("Ada", "entrust", words="A word.", why="it is meant so")
