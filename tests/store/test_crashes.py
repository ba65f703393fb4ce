"""Nothing that was answered for is lost: not when the program is killed, nor on a full disk."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from threading import Event as Signal
from threading import Thread
from typing import Any

import pytest

from goodoffices.errors import StoreUnavailableError
from goodoffices.store import Accepted, Store
from goodoffices.store.verify import verify
from goodoffices.talks import fold
from tests.store.conftest import Address
from tests.store.servers import Server
from tests.store.stage import Stage, plain

WRITER = Path(__file__).parent / "writer.py"


def writer(
    address: Address, stage: Stage, who: str, *, number: int = 10_000, room: int | None = None
) -> subprocess.Popen[str]:
    command = [sys.executable, str(WRITER), address[0], str(address[1]), stage.id, who, str(number)]
    command += [] if room is None else [str(room)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def said(process: subprocess.Popen[str], most: int | None = None) -> list[dict[str, Any]]:
    """Return what a writer says, up to so many lines."""
    assert process.stdout is not None
    lines: list[dict[str, Any]] = []
    while most is None or len(lines) < most:
        line = process.stdout.readline()
        if not line.endswith("\n"):
            break
        lines.append(json.loads(line))
    return lines


def kept(address: Address, stage: Stage, lines: list[dict[str, Any]]) -> None:
    """Hold what a writer said to be kept against what is there."""
    with Store.open(address[0], keys=address[1]) as store:
        found = verify(store)
        assert found.sound, found
        written = [entry.event for entry in store.written(stage.id)]
        assert {line["id"] for line in lines if "id" in line} <= {event.act.id for event in written}
        talk = store.talk(stage.id)
        assert plain(talk).rooms == fold(written).rooms
        for line in lines:
            if "vote" in line:
                assert talk.ballots[line["vote"]]["north"] is True


@pytest.mark.slow
def test_kill_at_random_moments_loses_nothing_that_was_answered_for(address: Address) -> None:
    moments = random.Random(4)
    with Store.make(address[0], keys=address[1]) as store:
        stage = Stage(store)
        stage.round(hours=100_000)
    lines: list[dict[str, Any]] = []
    for _ in range(3):
        process = writer(address, stage, "ada")
        lines += said(process, moments.randrange(2, 40))
        process.kill()
        lines += said(process)
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
        kept(address, stage, lines)
    assert any("vote" in line for line in lines)


@pytest.mark.slow
def test_two_programs_that_write_at_once_both_are_kept(address: Address) -> None:
    with Store.make(address[0], keys=address[1]) as store:
        stage = Stage(store)
    processes = [writer(address, stage, who, number=25) for who in ("ada", "bea")]
    lines = [said(process) for process in processes]
    for process in processes:
        assert process.wait() == 0
        assert process.stdout is not None
        process.stdout.close()
    assert [sum("id" in line for line in said_) for said_ in lines] == [25, 25]
    kept(address, stage, [*lines[0], *lines[1]])


def test_two_threads_that_write_at_once_both_are_kept(store: Store) -> None:
    stage = Stage(store)
    answers: list[Accepted] = []

    def write(who: str) -> None:
        for number in range(15):
            act = {"act": "entrust", "kind": "message", "words": f"{number}", "caveat": {}}
            answer = store.act(stage.id, who, act, now=stage.clock)
            assert isinstance(answer, Accepted)
            answers.append(answer)

    threads = [Thread(target=write, args=(who,)) for who in ("ada", "bea")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 30
    assert {answer.id for answer in answers} <= {event.act.id for event in stage.events()}
    assert verify(store).sound


@pytest.mark.slow
def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path) -> None:
    address = str(tmp_path / "talks.db"), tmp_path / "talks.db.keys"
    with Store.make(*address[:1], keys=address[1]) as store:
        stage = Stage(store)
    process = writer(address, stage, "ada", number=400, room=450_000)
    lines = said(process)
    assert process.wait() == 0
    assert process.stdout is not None
    process.stdout.close()
    full = [number for number, line in enumerate(lines) if "error" in line]
    assert full, "the disk was never full"
    assert "one that answers and has room" in lines[full[0]]["error"]
    assert "xxx" not in lines[full[0]]["error"]
    assert len(lines) == 401, "after there is room it goes on"
    kept(address, stage, lines)


@pytest.mark.slow
def test_a_server_that_is_stopped_in_the_middle_loses_nothing(
    server: Server, tmp_path: Path
) -> None:
    url, keys = server.new_database(), tmp_path / "keys"
    answered: list[str] = []
    failures: list[StoreUnavailableError] = []
    begun, enough, over = Signal(), Signal(), Signal()
    with Store.make(url, keys=keys) as store:
        stage = Stage(store)

        def write() -> None:
            number = after = 0
            while not over.is_set() and after < 20:
                number += 1
                act = {"act": "entrust", "kind": "message", "words": f"{number}", "caveat": {}}
                try:
                    answer = store.act(stage.id, "ada", act, now=stage.clock)
                except StoreUnavailableError as error:
                    failures.append(error)
                    continue
                assert isinstance(answer, Accepted)
                answered.append(answer.id)
                after += enough.is_set()
                if number == 15:
                    begun.set()

        thread = Thread(target=write)
        thread.start()
        try:
            assert begun.wait(60)
            server.restart()
            enough.set()
            thread.join(60)
        finally:
            over.set()
            thread.join()
        names = [event.act.id for event in stage.events()]
        assert len(answered) >= 35
        assert set(answered) <= set(names)
        assert len(set(names)) == len(names)
        assert verify(store).sound


def test_an_act_that_was_kept_although_the_connection_broke_is_answered_for(
    file_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit arrives, its answer does not: the act is looked up, and not done twice."""
    from goodoffices.store.database import ConnectionLostError

    stage = Stage(file_store)
    real = file_store._is_on_disk

    def lost(kept: Any) -> None:
        real(kept)
        monkeypatch.setattr(file_store, "_is_on_disk", real)
        raise ConnectionLostError("the database", expected="one that answers")

    monkeypatch.setattr(file_store, "_is_on_disk", lost)
    before = len(stage.events())
    name = stage.entrust()
    assert [event.act.id for event in stage.events()][before:] == [name]


def test_an_act_that_was_not_kept_when_the_connection_broke_is_done_again(
    file_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from goodoffices.store.database import ConnectionLostError

    stage = Stage(file_store)
    real = file_store._write

    def lost(*given: Any, **named: Any) -> Any:
        real(*given, **named)
        monkeypatch.setattr(file_store, "_write", real)
        raise ConnectionLostError("the database", expected="one that answers")

    monkeypatch.setattr(file_store, "_write", lost)
    before = len(stage.events())
    name = stage.entrust()
    assert [event.act.id for event in stage.events()][before:] == [name]
    assert verify(file_store).sound
