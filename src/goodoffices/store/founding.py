"""The identity of a store, and that its keys are its own."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from goodoffices.errors import CallError, StoreError, TamperedError
from goodoffices.store import books
from goodoffices.store.books import HOUSE
from goodoffices.store.database import Database
from goodoffices.store.keys import Keys
from goodoffices.store.sealing import bound, new_id, seal, unseal
from goodoffices.store.tables import BOOKS, FACTS


def key_folder(database: Database, keys: str | Path | None) -> Path:
    """Return where the keys are: beside the file of the database, unless that was said.

    Raises:
        CallError: the database is on a server, and nothing was said.
    """
    if keys is not None:
        return Path(keys)
    if database.file is None:
        raise CallError("the keys", expected="a folder for the keys of a store on a server")
    return database.file.with_name(f"{database.file.name}.keys")


def found_store(connection: Connection, keys: Keys) -> None:
    """Give a store without contents its identity, and bind it to its keys."""
    raw = new_id().encode()
    sealed = seal(keys.key("facts"), raw, bound("facts"))
    for name, value in (("store", raw), ("keys", sealed)):
        connection.execute(FACTS.delete().where(FACTS.c.name == name))
        connection.execute(FACTS.insert().values(name=name, value=value))
    if connection.execute(sa.select(BOOKS.c.id).where(BOOKS.c.id == HOUSE)).first() is None:
        books.begin(connection, keys, (), id_=HOUSE)


def store_id(connection: Connection, keys: Keys) -> str:
    """Return the identity of a store, once it is clear that the keys are its own.

    Raises:
        StoreError: they are the keys of another store.
    """
    facts = {row.name: row.value for row in connection.execute(sa.select(FACTS))}
    try:
        raw = unseal(keys.key("facts"), facts["keys"], bound("facts"), what="the keys")
    except (KeyError, TamperedError):
        raw = b""
    if not raw or raw != facts.get("store"):
        raise StoreError(f"the keys in {keys.folder}", expected="the keys of this store")
    return raw.decode()
