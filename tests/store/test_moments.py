"""What a thread reads in one moment is of one state, till it writes; what breaks is told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from goodoffices.errors import StoreUnavailableError
from goodoffices.store import Store
from goodoffices.store.acting import Once
from tests.store.servers import Server
from tests.store.stage import SIDES, START, Stage


def meanwhile(stage: Stage) -> None:
    """Somebody else entrusts something, in a thread of their own."""
    other = Thread(target=stage.entrust, args=("bea", "Meanwhile."))
    other.start()
    other.join()


def test_what_others_write_is_not_seen_in_the_same_moment(store: Store) -> None:
    stage = Stage(store)
    before = len(store.written(stage.id))
    with store.one_moment():
        assert len(store.written(stage.id)) == before
        meanwhile(stage)
        assert len(store.written(stage.id)) == before
    assert len(store.written(stage.id)) == before + 1


def test_what_one_writes_is_seen_at_once_with_what_came_before_it(store: Store) -> None:
    stage = Stage(store)
    before = len(store.written(stage.id))
    with store.one_moment():
        assert len(store.written(stage.id)) == before
        meanwhile(stage)
        stage.entrust("ada", "And now?")
        assert len(store.written(stage.id)) == before + 2


def test_moments_within_moments_are_one(store: Store) -> None:
    stage = Stage(store)
    with store.one_moment():
        before = len(store.written(stage.id))
        with store.one_moment():
            meanwhile(stage)
        assert len(store.written(stage.id)) == before


def test_a_connection_that_breaks_is_told_and_the_next_reading_begins_anew(
    server: Server, tmp_path: Path
) -> None:
    with Store.make(server.new_database(), keys=tmp_path / "keys") as store:
        stage = Stage(store)
        with store.one_moment():
            assert store.talks() == (stage.id,)
            server.restart()
            with pytest.raises(StoreUnavailableError):
                store.talks()
            assert store.talks() == (stage.id,)
        with store.one_moment():
            seen = store.talks()
            server.restart()
        assert seen == store.talks() == (stage.id,)
        assert store.database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_who_holds_a_token_is_found_with_account_and_seats(store: Store) -> None:
    stage = Stage(store)
    account = store.accounts.add("ada", "a passphrase of some length", name="Ada")
    token = store.sessions.start(account.id, now=START, lifetime=timedelta(hours=8))
    found = store.presences.find(token, now=START, idle=timedelta(minutes=30))
    assert found is not None
    assert (found.session.account, found.account, found.seats.all()) == (account.id, account, {})
    store.accounts.take_seat(account.id, stage.id, "ada")
    found = store.presences.find(token, now=START, idle=timedelta(minutes=30))
    assert found is not None
    assert found.seats.all() == {stage.id: "ada"}
    assert (found.seats.person(stage.id), found.seats.person("elsewhere")) == ("ada", None)


def test_a_token_that_rested_or_ran_out_is_nobodys(store: Store) -> None:
    account = store.accounts.add("ada", "a passphrase of some length", name="Ada")
    token = store.sessions.start(account.id, now=START, lifetime=timedelta(hours=1))
    idle = timedelta(minutes=30)
    for minutes, there in ((29, True), (58, True), (61, False)):
        found = store.presences.find(token, now=START + timedelta(minutes=minutes), idle=idle)
        assert (found is not None) == there, minutes
    assert store.presences.find("somebody else's", now=START, idle=idle) is None
    token = store.sessions.start(account.id, now=START, lifetime=timedelta(hours=1))
    assert store.presences.find(token, now=START + idle, idle=idle) is None


def test_a_talk_asked_for_twice_at_one_moment_begins_once(store: Store) -> None:
    once = Once("one form", {"title": "The crossing"})
    made: list[object] = []

    def begin() -> None:
        made.append(
            store.create(title="The crossing", sides=SIDES, lead_name="Lea", now=START, once=once)
        )

    threads = [Thread(target=begin) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6
    assert len(set(made)) == len(store.talks()) == 1
