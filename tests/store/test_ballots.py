"""A ballot, or that there is one, is nowhere to be read: not while its round is open, not after."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from goodoffices.errors import StoreUnavailableError, TamperedError, VoidRoundError
from goodoffices.store import Store, new_id
from goodoffices.store.backup import backup
from goodoffices.store.export import own_view, whole_talk
from goodoffices.store.tables import BOXES, METADATA
from tests.store.conftest import Address
from tests.store.stage import PEOPLE, START, Stage

VOTES = [(), (("ada", True),), (("ada", False),), (("bea", True), ("ada", True)),
         (("lead", True), ("lead", False), ("bea", False))]  # fmt: skip


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.database.reading() as connection:
        return {
            name: [tuple(row) for row in connection.execute(sa.select(table))]
            for name, table in METADATA.tables.items()
        }


def sizes(store: Store) -> dict[str, list[tuple[int, ...]]]:
    """Return how many rows each table has, and how long what stands in each column is."""
    return {
        name: sorted(
            tuple(len(value) if isinstance(value, bytes | str) else -1 for value in row)
            for row in found
        )
        for name, found in rows(store).items()
    }


def the_box(store: Store) -> bytes:
    ((_, _, sealed),) = rows(store)["ballot_boxes"]
    assert isinstance(sealed, bytes)
    return sealed


def key_files(store: Store) -> list[Path]:
    return [path for path in store.keys.folder.rglob("rounds/*/*") if path.is_file()]


def test_a_ballot_leaves_no_row_and_changes_no_size(store: Store) -> None:
    stage = Stage(store)
    round_ = stage.round(mediator_takes_part=True)
    before = sizes(store)
    for votes in VOTES[1:]:
        for who, accept in votes:
            stage.act(who, "ballot", round=round_, accept=accept)
            assert sizes(store) == before


def test_a_ballot_changes_nothing_but_the_box(store: Store) -> None:
    stage = Stage(store)
    round_ = stage.round()
    before = rows(store)
    stage.vote("ada", round_, True)
    after = rows(store)
    assert after.pop("ballot_boxes") != before.pop("ballot_boxes")
    assert after == before


def test_every_act_seals_the_box_anew(store: Store) -> None:
    stage = Stage(store)
    round_ = stage.round()
    boxes = [the_box(store)]
    stage.entrust("bob")
    boxes.append(the_box(store))
    stage.do("lead", "note", words="Well.")
    boxes.append(the_box(store))
    assert stage.reason("abe", "ballot", round=round_, accept=True) == "role"
    boxes.append(the_box(store))
    stage.vote("ada", round_, True)
    boxes.append(the_box(store))
    assert stage.reason("ada", "ballot", round=round_, accept=True) == "answered-already"
    boxes.append(the_box(store))
    store.settle(stage.id, now=stage.clock)
    boxes.append(the_box(store))
    assert len(set(boxes)) == 7
    assert len({len(box) for box in boxes}) == 1


@pytest.mark.parametrize("votes", VOTES)
def test_what_anybody_gets_is_the_same_with_ballots_and_without(
    store: Store, votes: tuple[tuple[str, bool], ...]
) -> None:
    stage = Stage(store)
    round_ = stage.round(mediator_takes_part=True)
    now = stage.clock + timedelta(hours=20)

    def everything() -> object:
        views = {who: own_view(store, stage.id, who, now=now) for who in PEOPLE}
        return views, whole_talk(store, stage.id, now=now), store.audit(stage.id)

    before = everything()
    for who, accept in votes:
        stage.vote(who, round_, accept)
    assert everything() == before


@pytest.mark.parametrize(
    ("votes", "result"),
    [
        ((("ada", True), ("bea", True)), "all accepted"),
        ((("ada", True), ("bea", False)), "not agreed"),
        ((("ada", True),), "not agreed"),
        ((), "not agreed"),
    ],
)
def test_the_result_is_found_by_the_store_alone(
    file_store: Store, votes: tuple[tuple[str, bool], ...], result: str
) -> None:
    stage = Stage(file_store)
    round_ = stage.round(hours=48)
    for who, accept in votes:
        stage.vote(who, round_, accept)
    assert stage.reason("aide", "close-acceptance", round=round_) == "still-open"
    later = stage.clock + timedelta(days=3)
    closed = stage.do("aide", "close-acceptance", round=round_, now=later)
    last = stage.events()[-1]
    assert (last.act.id, last.by) == (closed, "aide")
    assert last.act.model_dump()["result"] == result


def test_a_wrong_result_and_a_round_of_nobody_are_refused(file_store: Store) -> None:
    stage = Stage(file_store)
    round_ = stage.round(hours=48)
    later = stage.clock + timedelta(days=3)
    given = {"round": round_, "result": "all accepted", "now": later}
    assert stage.reason("aide", "close-acceptance", **given) == "wrong-result"
    assert stage.reason("aide", "close-acceptance", round=new_id()) == "unknown"
    assert stage.reason("ada", "close-acceptance", round=round_, now=later) == "role"
    assert stage.reason("aide", "close-acceptance") == "not-well-formed"


def test_a_side_that_left_no_longer_counts(store: Store) -> None:
    stage = Stage(store)
    round_ = stage.round(hours=48)
    stage.vote("ada", round_, True)
    stage.vote("bea", round_, True)
    stage.do("bea", "leave", whole_side=True)
    assert stage.talk.ballots == {round_: {"north": True}}
    later = stage.clock + timedelta(days=3)
    stage.do("lead", "close-acceptance", round=round_, now=later)
    assert stage.talk.desk.rounds[round_].result == "not agreed"


def test_the_mediator_may_change_a_ballot_and_a_side_may_not(store: Store) -> None:
    stage = Stage(store)
    round_ = stage.round(mediator_takes_part=True)
    stage.vote("lead", round_, False)
    stage.vote("lead", round_, True)
    stage.vote("ada", round_, True)
    assert stage.reason("ada", "ballot", round=round_, accept=False) == "answered-already"
    assert stage.talk.ballots == {round_: {"mediator": True, "north": True}}


def test_a_ballot_outlives_the_program(address: Address) -> None:
    with Store.make(address[0], keys=address[1]) as store:
        stage = Stage(store)
        round_ = stage.round()
        stage.vote("ada", round_, True)
    with Store.open(address[0], keys=address[1]) as store:
        assert store.talk(stage.id).ballots == {round_: {"north": True}}


def test_at_the_close_the_box_and_its_key_are_gone(store: Store) -> None:
    stage = Stage(store)
    round_ = stage.round(hours=48)
    stage.vote("ada", round_, True)
    (key,) = key_files(store)
    assert key.stat().st_mode & 0o777 == 0o600
    assert rows(store)["ballot_boxes"]
    store.settle(stage.id, now=stage.clock + timedelta(days=3))
    assert key_files(store) == []
    assert rows(store)["ballot_boxes"] == []
    assert dict(stage.talk.ballots) == {}


def test_no_file_keeps_the_key_or_the_box_of_a_round_that_is_over(tmp_path: Path) -> None:
    """Read every byte that the store has left on the disk, and what copies made before hold."""
    with Store.make(str(tmp_path / "talks.db")) as store:
        stage = Stage(store)
        round_ = stage.round(hours=48)
        boxes = []
        for who in ("ada", "bea"):
            stage.vote(who, round_, True)
            boxes.append(the_box(store))
        backup(str(tmp_path / "talks.db"), tmp_path / "copy", now=stage.clock)
        (path,) = key_files(store)
        key = path.read_bytes()
        store.settle(stage.id, now=stage.clock + timedelta(days=3))
        everything = {
            file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()
        }  # fmt: skip
    assert {file.name for file in everything} >= {"talks.db", "talks.db-wal", "copy", "store.key"}
    for file, content in everything.items():
        assert key not in content, file
        assert all(box not in content for box in boxes), file


def test_no_file_holds_a_word_of_a_talk(tmp_path: Path) -> None:
    words = [
        b"Zanzibar",
        b"Kilimanjaro",
        b"northern-side",
        b"Marconi",
        b"open-acceptance",
        b'ballot"',
    ]
    with Store.make(str(tmp_path / "talks.db")) as store:
        sides = [{"id": "northern-side", "name": "Zanzibar"}, {"id": "s", "name": "S"}]
        begun = store.create(title="Kilimanjaro", sides=sides, lead_name="Marconi", now=START)
        store.act(
            begun.talk, begun.lead,
            {"act": "invite", "person": "Zanzibar-p", "name": "Marconi", "side": "northern-side",
             "role": "head"}, now=START,
        )  # fmt: skip
        account = store.accounts.add("marconi", "Kilimanjaro", name="Marconi")
        store.accounts.take_seat(account.id, begun.talk, "Zanzibar-p")
        store.accounts.set_totp(account.id, "Zanzibar")
        store.invitations.issue({"for": "Marconi"}, now=START, lifetime=timedelta(days=1))
        store.sessions.start(
            account.id, now=START, lifetime=timedelta(days=1), data={"at": "Zanzibar"}
        )
        store.tries.count("marconi", now=START, within=timedelta(days=1))
        backup(str(tmp_path / "talks.db"), tmp_path / "copy", now=START)
        for file in (file for file in tmp_path.rglob("*") if file.is_file()):
            content = file.read_bytes().lower()
            assert [word for word in words if word.lower() in content] == [], file


def test_a_round_without_its_key_is_void(store: Store) -> None:
    stage = Stage(store)
    round_ = stage.round(hours=48)
    stage.vote("bea", round_, True)
    (key,) = key_files(store)
    key.unlink()
    with pytest.raises(VoidRoundError):
        stage.vote("ada", round_, True)
    assert stage.reason("abe", "ballot", round=round_, accept=True) == "role"
    stage.entrust("ada")
    store.settle(stage.id, now=stage.clock + timedelta(days=3))
    assert stage.talk.desk.rounds[round_].result == "not agreed"


def test_a_box_that_was_changed_or_exchanged_is_found(store: Store) -> None:
    stage, other = Stage(store), Stage(store)
    stage.round()
    other.round()
    with store.database.writing() as connection:
        one, two = connection.execute(sa.select(BOXES.c.id, BOXES.c.sealed)).all()
        for name, sealed in ((one.id, two.sealed), (two.id, one.sealed[:-1] + b"x")):
            change = BOXES.update().where(BOXES.c.id == name)
            connection.execute(change.values(sealed=sealed))
    for of in (stage, other):
        with pytest.raises(TamperedError):
            store.talk(of.id)


def test_a_box_for_another_number_of_sides_is_found(
    file_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Stage(file_store)
    stage.round()
    monkeypatch.setattr("goodoffices.store.ballots._asked", lambda _: ("north",))
    with pytest.raises(TamperedError):
        file_store.talk(stage.id)


def test_keys_that_a_crash_left_are_destroyed_when_the_store_is_opened(address: Address) -> None:
    with Store.make(address[0], keys=address[1]) as store:
        stage = Stage(store)
        stage.round()
        (kept,) = key_files(store)
        (kept.parent / ("0" * 64)).write_bytes(bytes(32))
        (kept.parent / f".{'1' * 64}.new").write_bytes(b"half")
    with Store.open(address[0], keys=address[1]) as store:
        assert key_files(store) == [kept]
        store._boxes.keys.destroy("not there")


def test_a_round_whose_key_has_no_room_is_not_opened(file_store: Store) -> None:
    stage = Stage(file_store)
    draft = stage.text()
    (folder,) = file_store.keys.folder.glob("rounds/*")
    folder.rename(folder.with_name("elsewhere"))
    before = stage.events()
    given = {"draft": draft, "sides": ["north", "south"], "closes_at": stage.clock + timedelta(9)}
    with pytest.raises(StoreUnavailableError, match="the key of a round"):
        stage.do("lead", "open-acceptance", **given)
    assert stage.events() == before
    folder.with_name("elsewhere").rename(folder)
    stage.do("lead", "open-acceptance", **given)
    assert len(key_files(file_store)) == 1


def test_a_log_that_cannot_be_emptied_now_does_not_undo_the_close(
    file_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy() -> None:
        raise StoreUnavailableError("the database", expected="one that answers")

    monkeypatch.setattr(file_store.database, "forget_deleted", busy)
    stage = Stage(file_store)
    round_ = stage.round(hours=48)
    file_store.settle(stage.id, now=stage.clock + timedelta(days=3))
    assert stage.talk.desk.rounds[round_].result == "not agreed"
    assert key_files(file_store) == []
