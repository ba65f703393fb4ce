"""The keys: made once, for nobody else to read, and bound to their store."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.errors import CallError, StoreError, TamperedError
from goodoffices.store import Store
from goodoffices.store.keys import KEY_FILE, Keys
from goodoffices.store.sealing import blind, bound, derive, digest, new_id, new_key, seal, unseal
from goodoffices.store.tables import FACTS
from tests.store.conftest import Address
from tests.store.stage import Stage


def test_keys_are_made_on_first_start_for_nobody_else_to_read(tmp_path: Path) -> None:
    keys = Keys.open(tmp_path / "keys", create=True)
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "keys" / KEY_FILE).stat().st_mode & 0o777 == 0o600
    again = Keys.open(tmp_path / "keys", create=True)
    assert again.key("x") == keys.key("x") != keys.key("y")
    assert again.verifier == keys.verifier


def test_keys_show_nothing_of_themselves(tmp_path: Path) -> None:
    keys = Keys.open(tmp_path / "keys", create=True)
    assert repr(keys) == str(keys) == f"Keys({str(tmp_path / 'keys')!r})"
    assert "master" not in f"{keys}"


def test_missing_keys_are_not_made_for_a_store_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="the keys of the store"):
        Keys.open(tmp_path / "keys")
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize(("name", "mode"), [("", 0o750), ("", 0o701), (KEY_FILE, 0o640)])
def test_keys_that_others_can_read_are_refused(tmp_path: Path, name: str, mode: int) -> None:
    Keys.open(tmp_path / "keys", create=True)
    (tmp_path / "keys" / name).chmod(mode)
    with pytest.raises(StoreError, match=f"{mode:04o}"):
        Keys.open(tmp_path / "keys")


@pytest.mark.parametrize(
    "text",
    ["", "goodoffices keys 1\n", "goodoffices keys 2\nmaster: {0}\nsigning: {0}\n",
     "goodoffices keys 1\nmaster: {0}\nsigning: !!\n",
     "goodoffices keys 1\nmaster: {0}\nsigning: AA==\n"],
)  # fmt: skip
def test_what_is_no_key_file_is_refused(tmp_path: Path, text: str) -> None:
    Keys.open(tmp_path / "keys", create=True)
    value = (tmp_path / "keys" / KEY_FILE).read_text().split()[4]
    (tmp_path / "keys" / KEY_FILE).write_text(text.format(value))
    with pytest.raises(StoreError, match="two keys") as caught:
        Keys.open(tmp_path / "keys")
    assert value not in str(caught.value)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="a readable file"):
        Keys.open(tmp_path / "file" / "keys", create=True)


def test_a_store_opens_with_its_own_keys_alone(address: Address, tmp_path: Path) -> None:
    with Store.make(address[0], keys=address[1]) as store:
        stage = Stage(store)
    Keys.open(tmp_path / "others", create=True)
    for open_ in (Store.open, Store.make):
        with pytest.raises(StoreError, match="the keys of this store"):
            open_(address[0], keys=tmp_path / "others")
    with Store.open(address[0], keys=address[1]) as store:
        assert store.talks() == (stage.id,)


def test_a_store_whose_identity_was_changed_is_refused(tmp_path: Path) -> None:
    with Store.make(str(tmp_path / "talks.db")) as store, store.database.writing() as connection:
        change = FACTS.update().where(FACTS.c.name == "store")
        connection.execute(change.values(value=b"another"))
    with pytest.raises(StoreError, match="the keys of this store"):
        Store.open(str(tmp_path / "talks.db"))


def test_two_stores_with_one_folder_of_keys_leave_each_other_their_rounds(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    with Store.make(str(tmp_path / "one.db"), keys=keys) as one:
        stage = Stage(one)
        round_ = stage.round()
        stage.vote("ada", round_, True)
        with Store.make(str(tmp_path / "two.db"), keys=keys) as two:
            assert two.talks() == ()
        assert dict(stage.talk.ballots) == {round_: {"north": True}}


def test_a_round_key_of_another_length_is_none(file_store: Store) -> None:
    rounds = file_store.keys.rounds("x")
    key = rounds.make("0" * 64)
    assert rounds.get("0" * 64) == key
    (rounds.folder / ("0" * 64)).write_bytes(key[:-1])
    assert rounds.get("0" * 64) is None
    rounds.destroy("0" * 64)
    assert rounds.names() == frozenset()


def test_the_keys_of_a_store_on_a_server_have_to_be_named() -> None:
    with pytest.raises(CallError, match="a folder for the keys"):
        Store.open("postgresql:///nothing?host=/nowhere")


def test_sealed_bytes_open_with_their_key_at_their_place_unchanged() -> None:
    key, place = new_key(), bound("here", 1)
    sealed = seal(key, b"words", place)
    assert unseal(key, sealed, place, what="it") == b"words"
    assert b"words" not in sealed
    assert seal(key, b"words", place) != sealed
    for other in (
        (new_key(), sealed, place),
        (key, sealed[:-1] + bytes([sealed[-1] ^ 1]), place),
        (key, sealed[:-1], place),
        (key, b"", place),
        (key, sealed, bound("elsewhere")),
    ):
        with pytest.raises(TamperedError, match="it: expected what was written"):
            unseal(*other, what="it")


def test_what_is_bound_or_hashed_has_one_meaning() -> None:
    assert digest("ab", "c") != digest("a", "bc") != digest("a", "b", "c")
    assert blind(b"k", "x") == blind(b"k", "x") != blind(b"l", "x")
    assert derive(bytes(32), "x") != derive(bytes(32), "y")


def test_identifiers_look_like_no_option(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["-starts-with-a-dash-1234", "_starts-with-another-123"])
    monkeypatch.setattr("secrets.token_urlsafe", lambda _: next(drawn))
    assert new_id() == "_starts-with-another-123"
