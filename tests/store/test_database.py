"""Addresses, errors of the database in our words, and no connection but the one that was named."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from goodoffices.errors import CallError, MissingExtraError, StoreUnavailableError
from goodoffices.store import Store
from goodoffices.store.database import ConnectionLostError, Database, closing_unless_kept, read_url
from tests.house.source import ROOT
from tests.house.test_privacy import run_without_sockets
from tests.store.servers import Server, found, why_missing
from tests.store.stage import Stage


@pytest.mark.parametrize(
    "text", ["mysql://x/y", "sqlite://", "sqlite:///:memory:", "://", "a://b:c:d"]
)
def test_an_address_of_neither_is_refused(text: str) -> None:
    with pytest.raises(CallError, match="postgresql://SERVER/NAME"):
        read_url(text)


def test_an_address_with_a_password_is_not_repeated() -> None:
    with pytest.raises(CallError) as caught:
        read_url("mysql://me:secret@x/y")
    assert "secret" not in str(caught.value)
    url = read_url("postgresql://me:secret@x/y")
    assert url.drivername == "postgresql+psycopg"
    assert "secret" not in repr(url)


def test_a_missing_driver_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtraError, match="postgres"):
        Database("postgresql:///talks")


def test_a_server_waits_for_nobody_without_end(server: Server, tmp_path: Path) -> None:
    """Options in the address are kept, and one more is set."""
    url = server.new_database()
    with Store.make(url, keys=tmp_path / "keys") as store, store.database.reading() as connection:
        found = [
            connection.exec_driver_sql(f"SHOW {name}").scalar()
            for name in ("lock_timeout", "search_path")
        ]
    assert found == ["15s", url.rpartition("%3D")[2]]


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError):
        Store.make(f"postgresql:///talks?host={tmp_path}", keys=tmp_path / "keys")


def test_a_place_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailableError, match="a place to write to"):
        Store.make(str(tmp_path / "file" / "talks.db"))


def test_the_file_and_its_log_are_for_nobody_else(file_store: Store) -> None:
    Stage(file_store)
    file = file_store.database.file
    assert file is not None
    beside = [path for path in file.parent.iterdir() if path.is_file()]
    assert {path.name for path in beside} == {"talks.db", "talks.db-wal", "talks.db-shm"}
    assert {path.stat().st_mode & 0o777 for path in beside} == {0o600}


def test_every_commit_is_on_the_disk_and_what_is_deleted_is_overwritten(file_store: Store) -> None:
    with file_store.database.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert found == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1
    }  # fmt: skip


def test_a_writer_that_does_not_let_go_is_said(
    file_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goodoffices.store.database.BUSY_SECONDS", 0)
    stage = Stage(file_store)
    file = file_store.database.file
    other = sqlite3.connect(str(file), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Store(Database(str(file)), file_store.keys, "x") as impatient:
        act = {"act": "leave", "whole_side": False}
        with pytest.raises(StoreUnavailableError, match="locked"):
            impatient.act(stage.id, "bob", act, now=stage.clock)
        assert "Bob" in impatient.view(stage.id, "bea", now=stage.clock).canonical()
    other.execute("ROLLBACK")
    other.close()


def test_a_transaction_that_fails_leaves_nothing(file_store: Store) -> None:
    stage = Stage(file_store)
    before = stage.events()
    with pytest.raises(ZeroDivisionError):
        _fails(file_store)
    assert stage.events() == before
    assert len(file_store.audit(stage.id)) == len(before)


def _fails(store: Store) -> None:
    with store.database.writing() as connection:
        connection.execute(sa.text("DELETE FROM audit"))
        raise ZeroDivisionError


def test_a_fault_of_ours_is_not_called_one_of_the_database(file_store: Store) -> None:
    with pytest.raises(sa.exc.IntegrityError) as caught:
        _wrong(file_store)
    assert not isinstance(caught.value, StoreUnavailableError)


def _wrong(store: Store) -> None:
    with store.database.writing() as connection:
        connection.execute(sa.text("INSERT INTO facts (name, value) VALUES (NULL, NULL)"))


def test_a_broken_connection_is_told_apart(file_store: Store) -> None:
    def break_(kind: type[Exception]) -> None:
        with file_store.database.reading():
            error = sa.exc.OperationalError("", {}, kind("gone\nmore"))
            error.connection_invalidated = True
            raise error

    with pytest.raises(ConnectionLostError, match='found "gone"'):
        break_(OSError)


def test_a_database_that_is_not_kept_is_let_go(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        _fails_before_it_is_kept(tmp_path / "x.db")


def _fails_before_it_is_kept(path: Path) -> None:
    with closing_unless_kept(Database(str(path))) as database:
        assert database.file == path
        raise ZeroDivisionError


def test_a_store_in_a_file_opens_no_connection(tmp_path: Path) -> None:
    code = (
        "from goodoffices.cli import main\n"
        "from goodoffices.store import Store\n"
        "from tests.store.stage import Stage\n"
        "path = sys.argv[1]\n"
        "with Store.make(path) as store: stage = Stage(store); stage.entrust()\n"
        "sys.exit(main(['talks', 'verify', path]))\n"
    )
    answer = run_without_sockets(code, str(tmp_path / "talks.db"))
    assert answer.returncode == 0, answer.stderr
    assert "Everything is as it was written." in answer.stdout


def test_a_server_is_found_or_its_lack_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.store.servers.found", lambda _: None)
    assert why_missing().startswith("PostgreSQL is not installed")
    monkeypatch.undo()
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr("tests.store.servers.Path.glob", lambda *_: iter(()))
    assert found("initdb") is None


def test_the_writer_of_the_tests_is_a_program(tmp_path: Path) -> None:
    """What is killed in other tests runs by itself, with nothing of ours in the environment."""
    with Store.make(str(tmp_path / "talks.db")) as store:
        stage = Stage(store)
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    answer = subprocess.run(
        [sys.executable, str(ROOT / "tests/store/writer.py"), str(tmp_path / "talks.db"),
         str(tmp_path / "talks.db.keys"), stage.id, "ada", "2"],
        env={**kept, "PYTHONPATH": str(ROOT / "src")}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert len(answer.stdout.splitlines()) == 3
