"""A backup brings back all but ballots, sessions and links; a cut or changed one brings nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from goodoffices.errors import GoodOfficesError, StoreError, StoreVersionError, VoidRoundError
from goodoffices.store import HOUSE, AuditEntry, Store
from goodoffices.store.backup import backup, restore, upgrade
from goodoffices.store.heads import check_head, issue_head
from goodoffices.store.keys import KEY_FILE, Keys
from goodoffices.store.passkeys import Passkey
from goodoffices.store.verify import verify
from tests.store.conftest import Address
from tests.store.stage import PEOPLE, START, Stage

NewAddress = Callable[[str], Address]


def full(store: Store) -> Stage:
    """A store with something in every table."""
    store.accounts.hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    stage = Stage(store)
    stage.entrust("ada", "We could open it for 45 days. " * 20)
    for number in range(3):
        stage.entrust("bea", f"Number {number}.")
    account = store.accounts.add("ada", "a passphrase", name="Ada")
    store.accounts.take_seat(account.id, stage.id, "ada")
    store.accounts.set_totp(account.id, "SECRET")
    store.accounts.new_recovery_codes(account.id)
    store.passkeys.add(Passkey(b"credential", account.id, b"key", 3, "telephone"))
    store.sessions.start(account.id, now=START, lifetime=timedelta(days=9000))
    store.invitations.issue({"person": "bob"}, now=START, lifetime=timedelta(days=9000))
    store.tries.count("ada", now=START, within=timedelta(days=1))
    store.note_down(AuditEntry(START, account.id, "signed-in"))
    return stage


def test_a_restored_store_is_the_one_that_was_kept(
    address: Address, new_address: NewAddress, tmp_path: Path
) -> None:
    with Store.make(address[0], keys=address[1]) as store:
        stage = full(store)
        head = issue_head(store, stage.id, "ada", now=stage.clock)
        rows = backup(address[0], tmp_path / "copy", keys=address[1], now=START)
        views = {who: store.view(stage.id, who, now=stage.clock) for who in PEOPLE}
        audit = store.audit(stage.id), store.audit(HOUSE)
        account = store.accounts.find("ada")
    assert rows > 40
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600
    url, _ = new_address("other")
    done = restore(tmp_path / "copy", url, keys=address[1])
    assert (done.talks, done.void_rounds) == (1, {})
    with Store.open(url, keys=address[1]) as again:
        assert {who: again.view(stage.id, who, now=stage.clock) for who in PEOPLE} == views
        assert (again.audit(stage.id), again.audit(HOUSE)) == audit
        assert again.accounts.find("ada") == account
        assert account is not None
        assert again.accounts.check("ada", "a passphrase") == account
        assert again.accounts.seats(account.id) == {stage.id: "ada"}
        assert again.accounts.totp_secret(account.id) == "SECRET"
        assert [passkey.name for passkey in again.passkeys.of(account.id)] == ["telephone"]
        assert again.sessions.of(account.id) == ()
        assert verify(again).sound
        assert check_head(again, head).problem == ""
        answer = Stage.__new__(Stage)
        answer.store, answer.id, answer.lead, answer.clock = (
            again,
            stage.id,
            stage.lead,
            stage.clock,
        )
        answer.entrust("ada", "And it goes on.")


@pytest.mark.parametrize("forwards", [True, False])
def test_a_store_moves_from_one_database_to_the_other(
    request: pytest.FixtureRequest, tmp_path: Path, forwards: bool
) -> None:
    server = request.getfixturevalue("server")
    urls = [str(tmp_path / "talks.db"), server.new_database()]
    source, target = urls if forwards else reversed(urls)
    keys = tmp_path / "keys"
    with Store.make(source, keys=keys) as store:
        stage = full(store)
        before = stage.talk
        backup(source, tmp_path / "copy", keys=keys, now=START)
    restore(tmp_path / "copy", target, keys=keys)
    with Store.open(target, keys=keys) as again:
        assert again.talk(stage.id) == before
        assert verify(again).sound


def test_rounds_that_were_open_are_void_and_those_of_the_first_store_are_not(
    address: Address, new_address: NewAddress, tmp_path: Path
) -> None:
    url, _ = new_address("other")
    with Store.make(address[0], keys=address[1]) as store:
        stage = Stage(store)
        round_ = stage.round(hours=48)
        stage.vote("ada", round_, True)
        backup(address[0], tmp_path / "copy", keys=address[1], now=START)
        done = restore(tmp_path / "copy", url, keys=address[1])
        assert done.void_rounds == {stage.id: 1}
        stage.vote("bea", round_, True)
        later = stage.clock + timedelta(days=3)
        store.settle(stage.id, now=later)
        assert stage.talk.desk.rounds[round_].result == "all accepted"
    with Store.open(url, keys=address[1]) as again:
        assert dict(again.talk(stage.id).ballots) == {}
        vote = {"act": "ballot", "round": round_, "accept": True}
        with pytest.raises(VoidRoundError):
            again.act(stage.id, "bea", vote, now=stage.clock)
        again.settle(stage.id, now=later)
        assert again.talk(stage.id).desk.rounds[round_].result == "not agreed"


def test_a_backup_holds_no_word_and_no_ballot(file_store: Store, tmp_path: Path) -> None:
    stage = Stage(file_store)
    round_ = stage.round()
    stage.entrust("ada", "We could open it for 45 days.")
    url = str(tmp_path / "talks.db")
    backup(url, tmp_path / "before", now=START)
    stage.vote("ada", round_, True)
    backup(url, tmp_path / "after", now=START)
    before, after = ((tmp_path / name).read_bytes() for name in ("before", "after"))
    assert len(before) == len(after)
    assert b"45 days" not in before
    header = json.loads(before.splitlines()[0])
    assert header == {"format": "goodoffices backup 1", "form": "0001", "made": START.isoformat()}


def rewritten(path: Path, change: Callable[[bytes], bytes]) -> Path:
    path.with_name("changed").write_bytes(change(path.read_bytes()))
    return path.with_name("changed")


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "no backup": lambda _: b"Dear Sir or Madam",
    "another form": lambda raw: raw.replace(b'"0001"', b'"9999"'),
    "another day": lambda raw: raw.replace(b"2025-06-02", b"2025-06-03"),
    "header alone": lambda raw: raw[: raw.index(b"\n") + 1],
    "cut": lambda raw: raw[:-20],
    "the end cut": lambda raw: raw[: -(4 + 24 + 256 + 16)],
    "a length": lambda raw: raw[:-300] + bytes([raw[-300] ^ 1]) + raw[-299:],
    "a bit": lambda raw: raw[:-200] + bytes([raw[-200] ^ 1]) + raw[-199:],
    "longer": lambda raw: raw + raw[-(4 + 24 + 256 + 16):],
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_backup_that_was_changed_restores_nothing(
    file_store: Store, tmp_path: Path, name: str
) -> None:
    full(file_store)
    backup(str(tmp_path / "talks.db"), tmp_path / "copy", now=START)
    changed = rewritten(tmp_path / "copy", CHANGES[name])
    with pytest.raises(StoreError):
        restore(changed, str(tmp_path / "other.db"), keys=file_store.keys.folder)
    assert not (tmp_path / "other.db").exists()


def test_a_part_that_comes_after_the_end_is_found(file_store: Store, tmp_path: Path) -> None:
    """Even one that was sealed with the keys."""
    from goodoffices.store.sealing import bound, seal

    backup(str(tmp_path / "talks.db"), tmp_path / "copy", now=START)
    raw = (tmp_path / "copy").read_bytes()
    header = raw[: raw.index(b"\n") + 1].decode()
    parts, rest = 0, raw[len(header) :]
    while rest:
        rest, parts = rest[4 + int.from_bytes(rest[:4], "big") :], parts + 1
    more = seal(file_store.keys.key("backup"), b'{"end": true}', bound("backup", header, parts))
    (tmp_path / "longer").write_bytes(raw + len(more).to_bytes(4, "big") + more)
    with pytest.raises(StoreError, match="nothing after its end"):
        restore(tmp_path / "longer", str(tmp_path / "other.db"), keys=file_store.keys.folder)


def test_other_keys_open_no_backup(file_store: Store, tmp_path: Path) -> None:
    assert file_store.talks() == ()
    backup(str(tmp_path / "talks.db"), tmp_path / "copy", now=START)
    Keys.open(tmp_path / "others", create=True)
    with pytest.raises(StoreError):
        restore(tmp_path / "copy", str(tmp_path / "other.db"), keys=tmp_path / "others")
    with pytest.raises(StoreError):
        backup(str(tmp_path / "talks.db"), tmp_path / "b", keys=tmp_path / "others", now=START)
    assert not (tmp_path / "b").exists()


def test_a_database_with_a_store_in_it_is_left_as_it_is(address: Address, tmp_path: Path) -> None:
    with Store.make(address[0], keys=address[1]) as store:
        stage = Stage(store)
        backup(address[0], tmp_path / "copy", keys=address[1], now=START)
        stage.entrust("ada", "After the backup.")
        before = stage.events()
        with pytest.raises(StoreError, match="an empty one"):
            restore(tmp_path / "copy", address[0], keys=address[1])
        assert stage.events() == before


def test_a_file_that_is_there_is_not_replaced(file_store: Store, tmp_path: Path) -> None:
    Stage(file_store)
    (tmp_path / "copy").write_text("something of value")
    with pytest.raises(StoreError, match="not there yet"):
        backup(str(tmp_path / "talks.db"), tmp_path / "copy", now=START)
    assert (tmp_path / "copy").read_text() == "something of value"
    with pytest.raises(StoreError, match="a place to write to"):
        backup(str(tmp_path / "talks.db"), tmp_path / "no" / "folder", now=START)
    with pytest.raises(StoreError, match="a backup"):
        restore(tmp_path / "nothing", str(tmp_path / "x.db"), keys=file_store.keys.folder)


def test_an_empty_database_has_nothing_to_back_up(file_store: Store, tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    with pytest.raises(StoreVersionError):
        backup(str(tmp_path / "empty.db"), tmp_path / "b", keys=file_store.keys.folder, now=START)


NEXT = '''
"""A form of tomorrow."""
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("later", sa.Column("id", sa.Text, primary_key=True))
'''


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    """The migrations of a program of tomorrow."""
    from goodoffices.store.schema import VERSIONS

    folder = tmp_path / "versions"
    folder.mkdir()
    (folder / "r0001_first.py").write_bytes((VERSIONS / "r0001_first.py").read_bytes())
    (folder / "r0002_next.py").write_text(NEXT)
    return folder


def test_an_older_store_is_brought_forward_after_a_backup(
    address: Address, new_address: NewAddress, tmp_path: Path, versions: Path
) -> None:
    with Store.make(address[0], keys=address[1]) as store:
        stage = full(store)
        before = stage.talk
    copy, to = tmp_path / "copy", ("0002", versions)
    assert upgrade(address[0], copy, keys=address[1], now=START, to=to) == "0001"
    with pytest.raises(StoreVersionError, match="0002"):
        Store.open(address[0], keys=address[1])
    with pytest.raises(StoreVersionError):
        Store.make(address[0], keys=address[1])
    url, _ = new_address("other")
    restore(copy, url, keys=address[1])
    with Store.open(url, keys=address[1]) as again:
        assert again.talk(stage.id) == before


def test_a_newer_store_is_refused_and_left_as_it_is(
    address: Address, tmp_path: Path, versions: Path
) -> None:
    with Store.make(address[0], keys=address[1]) as store:
        Stage(store)
    upgrade(address[0], tmp_path / "a", keys=address[1], now=START, to=("0002", versions))
    with pytest.raises(StoreVersionError):
        upgrade(address[0], tmp_path / "b", keys=address[1], now=START)
    assert not (tmp_path / "b").exists()


def test_a_newer_backup_is_refused(file_store: Store, tmp_path: Path, versions: Path) -> None:
    url = str(tmp_path / "talks.db")
    upgrade(url, tmp_path / "a", now=START, to=("0002", versions))
    backup(url, tmp_path / "b", keys=file_store.keys.folder, now=START)
    with pytest.raises(StoreVersionError, match="0002"):
        restore(tmp_path / "b", str(tmp_path / "other.db"), keys=file_store.keys.folder)


def test_a_store_of_today_needs_no_upgrade(file_store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreVersionError):
        upgrade(str(tmp_path / "talks.db"), tmp_path / "copy", now=START)
    (tmp_path / "empty.db").touch()
    with pytest.raises(GoodOfficesError):
        upgrade(str(tmp_path / "empty.db"), tmp_path / "copy", now=START)
    assert not (tmp_path / "copy").exists()
    assert (file_store.keys.folder / KEY_FILE).exists()


def test_an_older_store_says_what_to_run(
    file_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goodoffices.store.schema.NEWEST", "0002")
    with pytest.raises(StoreVersionError, match="goodoffices talks upgrade"):
        Store.open(str(tmp_path / "talks.db"), keys=file_store.keys.folder)


def test_an_older_backup_is_brought_forward_when_it_is_restored(
    file_store: Store, tmp_path: Path, versions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = full(file_store)
    backup(str(tmp_path / "talks.db"), tmp_path / "copy", now=START)
    for module in ("schema", "backup"):
        monkeypatch.setattr(f"goodoffices.store.{module}.NEWEST", "0002")
    monkeypatch.setattr("goodoffices.store.schema.bring_to.__defaults__", ("0002",))
    monkeypatch.setattr("goodoffices.store.schema.bring_to.__kwdefaults__", {"versions": versions})
    restore(tmp_path / "copy", str(tmp_path / "other.db"), keys=file_store.keys.folder)
    with Store.open(str(tmp_path / "other.db"), keys=file_store.keys.folder) as again:
        assert again.talks() == (stage.id,)
        with again.database.reading() as connection:
            assert sa.inspect(connection).has_table("later")


def test_the_migrations_make_the_tables_that_queries_name(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    from goodoffices.store.tables import METADATA

    with store.database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
