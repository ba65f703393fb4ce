"""Acts are decided on the talk as it stands, kept with their audit, and shown by `view` alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from goodoffices.errors import CallError, NotFoundError, StoreError, StoreVersionError
from goodoffices.store import HOUSE, Accepted, AuditEntry, Store, new_id
from goodoffices.store.sealing import padded, unpadded
from goodoffices.talks import Refused, fold, view
from tests.store.conftest import Address
from tests.store.stage import PEOPLE, SIDES, START, Stage, plain


def test_a_talk_is_the_fold_of_what_is_written(store: Store) -> None:
    stage = Stage(store)
    item = stage.entrust(words="We could open it for 45 days.")
    stage.do("ada", "withdraw", item=item)
    stage.text()
    assert stage.talk == fold(stage.events())
    assert [event.act.act for event in stage.events()][-4:] == [
        "entrust", "withdraw", "draft", "circulate"
    ]  # fmt: skip


def test_everybody_sees_the_view_of_the_rules(store: Store) -> None:
    stage = Stage(store)
    stage.entrust()
    for person in (stage.lead, *PEOPLE):
        assert store.view(stage.id, person, now=stage.clock) == view(stage.talk, person)


def test_what_is_kept_is_there_after_the_store_was_closed(address: Address) -> None:
    with Store.make(address[0], keys=address[1]) as store:
        stage = Stage(store)
        stage.entrust()
        before = stage.talk
    with Store.open(address[0], keys=address[1]) as again:
        assert again.talks() == (stage.id,)
        assert again.talk(stage.id) == before
        assert again.audit(stage.id)[-1].what == "entrust"


def test_two_stores_on_one_database_see_each_others_acts(address: Address) -> None:
    with (
        Store.make(address[0], keys=address[1]) as one,
        Store.open(address[0], keys=address[1]) as other,
    ):
        stage = Stage(one)
        first = stage.entrust("ada", "One.")
        answer = other.act(
            stage.id, "bea",
            {"act": "entrust", "kind": "message", "words": "Two.", "caveat": {}}, now=stage.clock,
        )  # fmt: skip
        assert isinstance(answer, Accepted)
        third = stage.entrust("ada", "Three.")
        names = [item.id for _, item in one.talk(stage.id).items()]
        assert sorted(names) == sorted([first, answer.id, third])
        assert other.talk(stage.id) == one.talk(stage.id) == fold(stage.events())


def test_an_act_that_the_rules_refuse_leaves_nothing(store: Store) -> None:
    stage = Stage(store)
    before = stage.events(), store.audit(stage.id)
    assert stage.reason("bob", "agree", draft=new_id(), clause="1") == "role"
    assert stage.reason("nobody", "leave") == "has-not-joined"
    assert stage.reason("ada", "entrust", kind="message") == "not-well-formed"
    assert stage.reason("ada", "leave", id=new_id()) == "not-well-formed"
    assert stage.reason("ada", "no-such-act") == "not-well-formed"
    assert (stage.events(), store.audit(stage.id)) == before


def test_the_audit_says_who_did_what_when(store: Store) -> None:
    stage = Stage(store, people=False)
    stage.do("lead", "note", words="They are tired.")
    opened, noted = store.audit(stage.id)
    assert (opened.who, opened.what, opened.at) == (stage.lead, "open", START)
    assert (noted.who, noted.what, noted.at) == (stage.lead, "note", stage.clock)
    assert noted.about == stage.events()[-1].act.id


def test_the_house_has_an_audit_of_its_own(store: Store) -> None:
    entry = AuditEntry(START, "an-account", "signed-in")
    store.note_down(entry)
    store.note_down(entry)
    assert store.audit() == store.audit(HOUSE) == (entry, entry)
    with pytest.raises(NotFoundError):
        store.talk(HOUSE)
    with pytest.raises(CallError):
        store.note_down(AuditEntry(START, "x", "ballot"))
    stage = Stage(store, people=False)
    store.note_down(entry, talk_id=stage.id)
    assert store.audit(stage.id)[-1] == entry
    stage.do("lead", "note", words="Well.")
    assert [kept.what for kept in store.audit(stage.id)] == ["open", "signed-in", "note"]


def test_a_talk_that_is_not_there_looks_like_one_of_others(store: Store) -> None:
    stage = Stage(store)
    errors = []
    for talk, viewer in ((new_id(), "ada"), (stage.id, "nobody"), (HOUSE, "ada")):
        with pytest.raises(NotFoundError) as caught:
            store.view(talk, viewer, now=START)
        with pytest.raises(NotFoundError) as resolved:
            store.resolve(talk, viewer, "x")
        errors.append(str(caught.value).replace(talk, "TALK"))
        assert str(resolved.value) == str(caught.value)
    assert len(set(errors)) == 1


def test_a_viewers_names_stand_for_identifiers(store: Store) -> None:
    stage = Stage(store)
    item = stage.entrust()
    shown = store.view(stage.id, "ada", now=START).model_dump()["entrusted"][0]["id"]
    assert shown != item
    assert store.resolve(stage.id, "ada", shown) == item
    assert store.resolve(stage.id, "bea", shown) is None


@pytest.mark.parametrize(
    ("title", "sides"),
    [("", SIDES), ("x", []), ("x", [SIDES[0], SIDES[0]]), ("x", [{"id": "mediator", "name": "M"}])],
)
def test_a_talk_needs_a_title_and_sides_with_names_of_their_own(
    file_store: Store, title: str, sides: list[dict[str, str]]
) -> None:
    with pytest.raises(CallError):
        file_store.create(title=title, sides=sides, lead_name="Lea", now=START)
    assert file_store.talks() == ()


def test_a_time_without_a_zone_is_refused(file_store: Store) -> None:
    stage = Stage(file_store)
    answer = stage.act("ada", "leave", now=datetime(2025, 6, 3, 8))
    assert answer == Refused("malformed", "not-well-formed", ("at",))


def test_a_round_closes_when_its_time_is_over(store: Store) -> None:
    stage = Stage(store)
    round_ = stage.round(hours=24)
    stage.vote("ada", round_, True)
    stage.vote("bea", round_, True)
    later = stage.clock + timedelta(days=3)
    seen = store.view(stage.id, "bob", now=later).model_dump()
    assert [acceptance["result"] for acceptance in seen["acceptances"]] == ["all accepted"]
    assert plain(stage.talk) == fold(stage.events())


def test_the_store_remembers_only_so_many_talks(
    file_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goodoffices.store.store.MOST_CACHED", 2)
    stages = [Stage(file_store, people=False) for _ in range(4)]
    for stage in stages:
        stage.do("lead", "note", words="Well.")
        assert stage.talk == fold(stage.events())


def test_a_store_is_made_once_and_opened_after(address: Address) -> None:
    with pytest.raises(StoreError):
        Store.open(address[0], keys=address[1])
    with Store.make(address[0], keys=address[1]) as store:
        Stage(store)
    with Store.make(address[0], keys=address[1]) as again:
        assert len(again.talks()) == 1


def test_a_file_that_is_no_store_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Sir or Madam, " * 100)
    with pytest.raises(StoreError):
        Store.open(str(path), keys=tmp_path / "keys")
    with pytest.raises(StoreError):
        Store.make(str(path), keys=tmp_path / "keys")
    assert path.read_text() == "Dear Sir or Madam, " * 100
    assert not (tmp_path / "keys").exists()


def test_an_empty_database_is_no_store(address: Address, tmp_path: Path) -> None:
    Path(tmp_path / "talks.db").touch()
    with pytest.raises(StoreVersionError, match="a store of talks"):
        Store.open(address[0], keys=address[1])


def test_sizes_tell_little() -> None:
    sizes = {len(padded(bytes(number))) for number in range(20_000)}
    assert len(sizes) < 60
    assert all(unpadded(padded(b"x" * number)) == b"x" * number for number in range(0, 3000, 7))
