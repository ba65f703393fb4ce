"""A head shows its holder a rewritten past, and nothing of what others did."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from goodoffices.errors import CallError, NotFoundError
from goodoffices.store import Keys, Store, new_id
from goodoffices.store.heads import Head, check_head, issue_head
from goodoffices.store.tables import EVENTS
from goodoffices.store.verify import verify
from tests.store.stage import PEOPLE, START, Stage


@pytest.fixture
def stage(file_store: Store) -> Stage:
    made = Stage(file_store)
    made.entrust("ada")
    made.entrust("bea")
    return made


def head_of(stage: Stage, who: str) -> Head:
    return issue_head(stage.store, stage.id, who, now=stage.clock)


def test_everybody_has_a_head_that_fits(store: Store) -> None:
    stage = Stage(store)
    stage.entrust("ada")
    for who in (stage.lead, *PEOPLE):
        head = head_of(stage, who)
        found = check_head(store, head)
        assert (found.problem, found.talk, found.holder, found.behind) == ("", stage.id, who, 0)


def test_a_head_still_fits_when_the_talk_has_gone_on(stage: Stage) -> None:
    head = head_of(stage, "ada")
    item = stage.entrust("ada", "More.")
    stage.do("ada", "withdraw", item=item)
    stage.entrust("bea", "More.")
    found = check_head(stage.store, head)
    assert (found.problem, found.behind) == ("", 3)
    assert verify(stage.store, [head]).sound


def test_the_holder_can_check_it_against_an_export(stage: Stage) -> None:
    head = head_of(stage, "ada")
    assert head.fits(stage.store.view(stage.id, "ada", now=stage.clock))
    stage.entrust("ada", "More.")
    assert not head.fits(stage.store.view(stage.id, "ada", now=stage.clock))


def test_two_heads_of_one_state_look_like_any_two(stage: Stage) -> None:
    """Whether the others did anything between two heads shows nowhere in them."""
    one, same = head_of(stage, "ada"), head_of(stage, "ada")
    stage.entrust("bea", "Something of the other side.")
    stage.do("lead", "note", words="Something of the mediator.")
    later = head_of(stage, "ada")
    fields = asdict(one)
    same_ones = {name for name in fields if fields[name] == asdict(same)[name]}
    assert same_ones == {name for name in fields if fields[name] == asdict(later)[name]}
    assert same_ones == {"format", "holder", "day", "shape", "verifier"}
    assert {len(head.to_text()) for head in (one, same, later)} == {len(one.to_text())}


def test_a_head_says_the_day_and_no_hour(stage: Stage) -> None:
    assert head_of(stage, "ada").day == stage.clock.date().isoformat()
    assert ":" not in json.loads(head_of(stage, "ada").to_text())["day"]


def test_two_people_cannot_tell_that_their_heads_are_of_one_talk(stage: Stage) -> None:
    one, other = asdict(head_of(stage, "ada")), asdict(head_of(stage, "bea"))
    same = {name for name in one if one[name] == other[name]}
    assert same == {"format", "day", "shape", "verifier"}
    assert stage.id not in json.dumps(one)


def test_a_head_is_read_as_it_was_written(stage: Stage) -> None:
    head = head_of(stage, "ada")
    assert Head.from_text(head.to_text()) == head


@pytest.mark.parametrize("text", ["", "{}", "[1]", "null", '{"format": "goodoffices head 1"}'])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(CallError):
        Head.from_text(text)


def test_a_head_with_a_number_for_a_text_is_refused(stage: Stage) -> None:
    data = {**asdict(head_of(stage, "ada")), "seen": 1}
    with pytest.raises(CallError):
        Head.from_text(json.dumps(data))


@pytest.mark.parametrize("name", ["id", "holder", "day", "shape", "salt", "seen", "whole",
                                  "verifier", "signature"])  # fmt: skip
def test_a_head_that_was_changed_is_found(stage: Stage, name: str) -> None:
    head = head_of(stage, "ada")
    value = getattr(head, name)
    changed = replace(head, **{name: value[:-1] + ("0" if value[-1] != "0" else "1")})
    assert check_head(stage.store, changed).problem == "it was not signed by this store"


def test_a_head_that_is_not_in_hexadecimal_is_not_signed(stage: Stage) -> None:
    assert not replace(head_of(stage, "ada"), signature="zz").is_signed()


def signed(stage: Stage, head: Head) -> Head:
    """Sign a head anew, as whoever has the keys can."""
    plain = replace(head, signature="")
    signature = stage.store.keys.signer.sign(plain.signed_part()).signature
    return replace(plain, signature=signature.hex())


def test_a_head_of_something_else_is_found_although_it_is_signed(stage: Stage) -> None:
    head = head_of(stage, "ada")
    shown = signed(stage, replace(head, seen="00" * 32))
    assert check_head(stage.store, shown).problem == "its holder was shown something else"
    whole = signed(stage, replace(head, whole="00" * 32))
    assert check_head(stage.store, whole).problem.startswith("no state of the record is its own")
    holder = signed(stage, replace(head, holder="00" * 32))
    assert "does not know" in check_head(stage.store, holder).problem


def test_a_head_of_another_version_is_checked_by_the_whole_alone(stage: Stage) -> None:
    head = signed(stage, replace(head_of(stage, "ada"), shape="another", seen="00" * 32))
    assert check_head(stage.store, head).problem == ""


def test_a_head_of_another_store_is_refused(stage: Stage, tmp_path: Path) -> None:
    with Store.make(str(tmp_path / "other.db")) as other:
        other_stage = Stage(other)
        found = check_head(stage.store, head_of(other_stage, "ada"))
    assert found.problem == "it was not signed by this store"


def test_a_dropped_end_is_found_by_a_head(stage: Stage) -> None:
    """The whole database is put back to an earlier state: no chain tells, a head does."""
    with stage.store.database.reading() as connection:
        before = {
            table.name: connection.execute(table.select()).all()
            for table in EVENTS.metadata.sorted_tables
        }
    stage.entrust("bea", "Something that is to be forgotten.")
    head = head_of(stage, "ada")
    with stage.store.database.writing() as connection:
        for table in reversed(EVENTS.metadata.sorted_tables):
            connection.execute(table.delete())
        for table in EVENTS.metadata.sorted_tables:
            if rows := [row._asdict() for row in before[table.name]]:
                connection.execute(table.insert(), rows)
    stage.store._known.clear()
    assert verify(stage.store).sound
    found = verify(stage.store, [head])
    assert not found.sound
    assert found.heads[0].problem.startswith("no state of the record")


def test_a_record_that_cannot_be_read_fits_no_head(stage: Stage) -> None:
    head = head_of(stage, "ada")
    with stage.store.database.writing() as connection:
        connection.execute(EVENTS.delete().where(EVENTS.c.position == 3))
    (found,) = verify(stage.store, [head]).heads
    assert found.problem.startswith("event 3 of the talk")


def test_nobody_gets_a_head_of_a_talk_that_they_are_not_in(stage: Stage) -> None:
    for talk, who in ((stage.id, "nobody"), (new_id(), "ada")):
        with pytest.raises(NotFoundError):
            issue_head(stage.store, talk, who, now=START)


def test_the_signing_key_is_that_of_the_key_file(stage: Stage) -> None:
    again = Keys.open(stage.store.keys.folder)
    assert again.verifier == stage.store.keys.verifier == head_of(stage, "ada").verifier
