"""Backups: everything but ballots, sessions and open links, in one sealed file.

The file has the same form for both databases, so that a store can move from one to the other. It is
made in one read transaction while others go on writing. What was sealed in the database is sealed
again as a whole, with a key derived from the master key: without the keys it tells only its size.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from goodoffices.errors import StoreError, StoreVersionError, TamperedError
from goodoffices.store.ballots import open_rounds
from goodoffices.store.database import Database, closing_unless_kept
from goodoffices.store.founding import found_store, key_folder, store_id
from goodoffices.store.keys import Keys
from goodoffices.store.schema import NEWEST, VERSIONS, bring_to, form_of, known_forms
from goodoffices.store.sealing import bound, seal, unseal
from goodoffices.store.store import Store
from goodoffices.store.tables import LEFT_OUT

FORMAT = "goodoffices backup 1"
_ROWS = 200
_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore brought back.

    Attributes:
        talks: how many talks there are.
        void_rounds: the sealed acceptances that were open, by talk: their ballots are gone, and
            they end as not agreed.
    """

    talks: int
    void_rounds: dict[str, int]


def backup(url: str, path: str | Path, *, keys: str | Path | None = None, now: datetime) -> int:
    """Write a backup of a store, and return how many rows it holds.

    Args:
        url: the database.
        path: a file that is not there yet.
        keys: the folder of the keys.
        now: the time, which the file names.

    Raises:
        StoreError: the file is there already, cannot be written, or the keys do not fit.
    """
    with closing_unless_kept(Database(url)) as database:
        found = Keys.open(key_folder(database, keys))
        with database.reading() as connection:
            number = _write(connection, found, Path(path), now)
        database.close()
    return number


def _write(connection: Connection, keys: Keys, path: Path, now: datetime) -> int:
    form = form_of(connection)
    if form is None:
        raise StoreVersionError("the database", expected="a store of talks", found="none")
    store_id(connection, keys)
    header = json.dumps({"format": FORMAT, "form": form, "made": now.isoformat()}) + "\n"
    waiting = path.with_name(f".{path.name}.new")
    number = 0
    try:
        if path.exists():
            raise StoreError(f"the file {path}", expected="a file that is not there yet")
        handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(header.encode())
            for index, part in enumerate(_parts(connection)):
                number += len(part.get("rows", ()))
                text = json.dumps(part).encode()
                sealed = seal(keys.key("backup"), text, bound("backup", header, index))
                file.write(len(sealed).to_bytes(_LENGTH, "big") + sealed)
            file.flush()
            os.fsync(file.fileno())
        os.rename(waiting, path)
    except OSError as error:
        found = error.strerror or type(error).__name__
        raise StoreError(f"the file {path}", expected="a place to write to", found=found) from None
    finally:
        waiting.unlink(missing_ok=True)
    return number


def _tables(connection: Connection) -> list[sa.Table]:
    """Return the tables to keep, each after those that it refers to, as the database has them."""
    left_out = {table.name for table in LEFT_OUT} | {"alembic_version"}
    there = sa.MetaData()
    there.reflect(connection)
    return [table for table in there.sorted_tables if table.name not in left_out]


def _parts(connection: Connection) -> Iterator[dict[str, Any]]:
    """Yield the rows in parts, and at the end a part that says so."""
    for table in _tables(connection):
        names = [column.name for column in table.columns]
        result = connection.execute(sa.select(table).order_by(*table.primary_key.columns))
        for rows in result.partitions(_ROWS):
            plain = [[_to_plain(value) for value in row] for row in rows]
            yield {"table": table.name, "columns": names, "rows": plain}
    yield {"end": True}


def _to_plain(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return {"bytes": base64.b64encode(bytes(value)).decode()}
    return value


def _from_plain(value: object) -> object:
    return base64.b64decode(value["bytes"]) if isinstance(value, dict) else value


def restore(path: str | Path, url: str, *, keys: str | Path | None = None) -> Restored:
    """Bring a backup back into a database that holds nothing yet.

    Sealed acceptances that were open are void, sessions and open links are gone. The store has an
    identity of its own, so that the one it came from keeps its open rounds.

    Args:
        path: the backup.
        url: an empty database: a file that is not there, or one on a server.
        keys: the folder with the keys of the store that the backup is of.

    Raises:
        StoreError: the file is no backup, was cut or changed, or needs other keys; or the database
            is not empty. Then nothing was restored.
    """
    with closing_unless_kept(Database(url)) as database:
        found = Keys.open(key_folder(database, keys))
        fresh = database.file is not None and not database.file.exists()
        whole = False
        try:
            with _opened(Path(path)) as file:
                form = _form(file)
                database.prepare()
                with database.writing() as connection:
                    _fill(connection, found, file, form)
            whole = True
        finally:
            database.close()
            if fresh and not whole and database.file is not None:
                database.file.unlink(missing_ok=True)
    with Store.open(url, keys=found.folder) as store:
        rounds = {talk: len(open_rounds(store.talk(talk))) for talk in store.talks()}
    return Restored(len(rounds), {talk: number for talk, number in rounds.items() if number})


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        found = error.strerror or type(error).__name__
        raise StoreError(f"the file {path}", expected="a backup", found=found) from None


def _form(file: BinaryIO) -> str:
    """Read the header of a backup, and return the form of the store that it is of."""
    try:
        header = json.loads(file.readline(1000))
        is_backup, form = header["format"] == FORMAT, str(header["form"])
    except (ValueError, KeyError, TypeError):
        is_backup, form = False, ""
    if not is_backup:
        raise StoreError("the backup", expected=f'a file that begins with "{FORMAT}"')
    if form not in known_forms():
        raise StoreVersionError("the backup", expected=f"form {NEWEST} or older", found=form)
    return form


def _read_parts(keys: Keys, file: BinaryIO) -> Iterator[dict[str, Any]]:
    """Yield the parts of a backup, each checked, to the end.

    Raises:
        TamperedError: the file was cut or changed, or sealed with other keys.
    """
    file.seek(0)
    header = file.readline(1000).decode(errors="replace")
    what, ended = "the backup", False
    for index in range(1 << 31):
        raw = file.read(_LENGTH)
        if not raw:
            break
        length = int.from_bytes(raw, "big")
        sealed = file.read(length)
        if len(sealed) != length:
            raise TamperedError(what, expected="whole parts: it was cut or changed")
        place = bound("backup", header, index)
        part = json.loads(unseal(keys.key("backup"), sealed, place, what=what))
        if ended:
            raise TamperedError(what, expected="nothing after its end")
        ended = part.get("end", False)
        yield part
    if not ended:
        raise TamperedError(what, expected="an end: it was cut")


def _fill(connection: Connection, keys: Keys, file: BinaryIO, form: str) -> None:
    if form_of(connection) is not None:
        raise StoreError("the database", expected="an empty one", found="a store of talks")
    bring_to(connection, form)
    tables = {table.name: table for table in _tables(connection)}
    for part in _read_parts(keys, file):
        if "table" in part:
            rows = [
                dict(zip(part["columns"], map(_from_plain, row), strict=True))
                for row in part["rows"]
            ]
            connection.execute(tables[part["table"]].insert(), rows)
    store_id(connection, keys)
    found_store(connection, keys)
    if form != NEWEST:
        bring_to(connection)


def upgrade(
    url: str,
    path: str | Path,
    *,
    now: datetime,
    keys: str | Path | None = None,
    to: tuple[str, Path] = (NEWEST, VERSIONS),
) -> str:
    """Bring an older store to the form of this program, after a backup of it as it was.

    Args:
        url: the database.
        path: where the backup goes.
        now: the time, which the backup names.
        keys: the folder of the keys.
        to: the form to reach, and the folder of the migrations.

    Returns:
        The form that the store had.

    Raises:
        StoreVersionError: the store has that form already, or is newer than this program.
    """
    form, versions = to
    with closing_unless_kept(Database(url)) as database:
        with database.reading() as connection:
            before = form_of(connection)
        if before is None or before == form or before not in known_forms(versions):
            expected = f"a store of a form older than {form}"
            raise StoreVersionError("the database", expected=expected, found=before or "none")
        backup(url, path, keys=keys, now=now)
        with database.writing() as connection:
            bring_to(connection, form, versions=versions)
        database.close()
    return before
