"""The database under a store: SQLite in a file of its own, or PostgreSQL at an address.

Nothing but the address that was named is opened. On SQLite there is one writer at a time, every
commit is on the disk before it is answered for, and deleted bytes are overwritten.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    NoSuchModuleError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as NoConnectionInTimeError

from goodoffices.errors import CallError, MissingExtraError, StoreUnavailableError

BUSY_SECONDS = 15
T = TypeVar("T")
_CONNECTIONS = 40
"""At once, at most; more than a server has threads that answer, so that none waits for another."""
_SERVER_OPTIONS = f"-c lock_timeout={BUSY_SECONDS}s"
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "temp_store=MEMORY",
)


def read_url(text: str) -> URL:
    """Return the address of a database: that of a file, or of a PostgreSQL server.

    >>> read_url("talks.db").render_as_string()
    'sqlite:///talks.db'

    Raises:
        CallError: it is neither.
    """
    expected = "a file, sqlite:///FILE or postgresql://SERVER/NAME"
    if "://" not in text:
        return URL.create("sqlite", database=text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # What was found may hold a password.
        raise CallError("the database", expected=expected) from None
    kind = url.get_backend_name()
    if kind == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if kind != "sqlite" or url.database in {None, "", ":memory:"}:
        raise CallError("the database", expected=expected, found=kind)
    return url


class ConnectionLostError(StoreUnavailableError):
    """The connection broke in the middle: whether the act was kept is to be looked up."""


class _Moment(threading.local):
    """What a thread reads as one state of the database, while it asks for that.

    Attributes:
        depth: how many times over it asks for it.
        connection: in the transaction that reads, once anything was read.
        found: what was made of what was read, for whoever asks for the same.
    """

    def __init__(self) -> None:
        self.depth = 0
        self.connection: Connection | None = None
        self.found: dict[str, object] = {}

    def end(self) -> None:
        """End the transaction, if there is one: what is read next is a later state."""
        connection, self.connection = self.connection, None
        self.found.clear()
        if connection is not None:
            # What was read was read, also where the end of it cannot be told to the server.
            with suppress(DBAPIError):
                connection.close()


class Database:
    """Transactions on one database.

    Attributes:
        engine: SQLAlchemy's.
        file: the file of the database, or None when it is on a server.
    """

    def __init__(self, url: str) -> None:
        """Connect to nothing yet.

        Raises:
            CallError: the address is none of a database that is known here.
            MissingExtraError: the database needs an extra that is not installed.
        """
        address = read_url(url)
        self.file = Path(str(address.database)) if address.drivername == "sqlite" else None
        self._moment = _Moment()
        # On a server, whoever writes to the same talk waits there.
        self._one_writer = threading.RLock() if self.file is not None else nullcontext()
        options: dict[str, Any] = {
            "hide_parameters": True, "max_overflow": _CONNECTIONS - 5, "pool_timeout": BUSY_SECONDS,
        }  # fmt: skip
        if self.file is None:
            named = f"{address.query.get('options', '')} {_SERVER_OPTIONS}"
            arguments = {"connect_timeout": BUSY_SECONDS, "options": named}
            options |= {"pool_pre_ping": True, "connect_args": arguments}
        else:
            options |= {"connect_args": {"timeout": BUSY_SECONDS, "check_same_thread": False}}
        try:
            self.engine = sa.create_engine(address, **options)
        except (NoSuchModuleError, ModuleNotFoundError):
            raise MissingExtraError("postgres") from None
        if self.file is not None:
            _tend_sqlite(self.engine)

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Let everything that this thread reads inside be of one state, till it writes something.

        It is also faster than a transaction for each reading.
        """
        moment = self._moment
        moment.depth += 1
        try:
            yield
        finally:
            moment.depth -= 1
            if not moment.depth:
                moment.end()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a transaction that sees one state of the database, and changes nothing.

        Raises:
            StoreUnavailableError: the database cannot be reached.
        """
        moment = self._moment
        with _translated():
            if not moment.depth:
                with self._reader() as connection, connection.begin():
                    yield connection
                return
            try:
                if moment.connection is None:
                    moment.connection = self._reader()
                    moment.connection.begin()
                yield moment.connection
            except DBAPIError:
                # Nothing more can be read in this transaction.
                moment.end()
                raise

    def found_once(self, name: str, find: Callable[[], T]) -> T:
        """Return what `find` finds; in one moment it is looked for once."""
        if not self._moment.depth:
            return find()
        found = self._moment.found
        if name not in found:
            # It is read in the transaction of the moment: what is kept is of the same state.
            made = find()
            found[name] = made
            return made
        return cast("T", found[name])

    def note(self, name: str, found: object) -> None:
        """Keep for the moment what was found besides: see `found_once`."""
        if self._moment.depth:
            self._moment.found[name] = found

    def _reader(self) -> Connection:
        """Return a connection that changes nothing and sees one state in each transaction."""
        connection = self.engine.connect()
        if self.file is None:
            connection = connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        return connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a transaction that is kept whole, or not at all.

        Raises:
            StoreUnavailableError: it could not be kept, and nothing of it was.
        """
        # Whoever waits for the others to write holds no connection meanwhile.
        self._moment.end()
        with self._one_writer, _translated(), self.engine.connect() as connection:
            if self.file is not None:
                connection = connection.execution_options(begins="BEGIN IMMEDIATE")
            with connection.begin():
                yield connection

    def forget_deleted(self) -> None:
        """Bring what was deleted off the disk, as far as the database can; busy readers wait."""
        if self.file is not None:
            self._moment.end()
            with _translated(), self.engine.connect() as connection:
                connection.execution_options(begins="").exec_driver_sql(
                    "PRAGMA wal_checkpoint(TRUNCATE)"
                )

    def prepare(self) -> None:
        """Make the file of a new database, readable by nobody else.

        Raises:
            StoreUnavailableError: it cannot be made there.
        """
        if self.file is None:
            return
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.file, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            found = error.strerror or type(error).__name__
            raise StoreUnavailableError(
                f"the database {self.file}", expected="a place to write to", found=found
            ) from None

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


@contextmanager
def closing_unless_kept(database: Database) -> Iterator[Database]:
    """Let go of a database's connections when what is done with it fails."""
    kept = False
    try:
        yield database
        kept = True
    finally:
        if not kept:
            database.close()


def _tend_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, _: object) -> None:
        # Transactions begin where we say, not where the driver thinks they should.
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        words = connection.get_execution_options().get("begins", "BEGIN")
        if words:
            connection.exec_driver_sql(words)


@contextmanager
def _translated() -> Iterator[None]:
    """Say in one of our errors why the database would not."""
    try:
        yield
    except NoConnectionInTimeError:
        expected = "fewer who ask at once, or a connection that is free"
        raise StoreUnavailableError("the database", expected=expected) from None
    except (DatabaseError, InterfaceError) as error:
        if isinstance(error, IntegrityError | ProgrammingError | DataError):
            raise
        kind = ConnectionLostError if error.connection_invalidated else StoreUnavailableError
        words = [line for line in str(error.orig).splitlines() if line.strip()]
        expected = "one that answers and has room"
        raise kind("the database", expected=expected, found=words[0] if words else "") from None
