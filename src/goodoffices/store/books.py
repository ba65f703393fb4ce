"""Books: chains of sealed entries, in which nothing can be changed, dropped, added or moved.

Every event of a talk is sealed in a compartment, bound to its place and to the link before it. The
link after it is a hash of the link before, the place, the compartment, the salted commitment to
what was written, and the sealed bytes. Whoever knows a link can tell that the past below it is as
it was; a commitment alone tells nothing, as its salt is sealed with what it commits to.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.engine import Connection

from goodoffices.errors import NotFoundError, TamperedError
from goodoffices.store.keys import Keys
from goodoffices.store.sealing import (
    KEY_BYTES,
    SALT_BYTES,
    bound,
    digest,
    new_id,
    new_key,
    seal,
    unseal,
)
from goodoffices.store.tables import AUDIT, BOOKS, COMPARTMENTS, EVENTS
from goodoffices.talks import Event

HOUSE = "house"
"""The book of what belongs to no talk: it has an audit, and no events."""

_PLACES = ("position", "link", "audit_position", "audit_link")
_BOOK = sa.select(BOOKS).where(BOOKS.c.id == sa.bindparam("id"))
_BOOK_TO_WRITE = _BOOK.with_for_update()
_ADVANCE = (
    BOOKS.update()
    .where(
        BOOKS.c.id == sa.bindparam("book"),
        *(BOOKS.c[column] == sa.bindparam(f"{column}_before") for column in _PLACES),
    )
    .values({column: sa.bindparam(column) for column in _PLACES})
)
_NEW_EVENT = EVENTS.insert()
_NEW_ENTRY = AUDIT.insert()


@dataclass(frozen=True, slots=True)
class Book:
    """Where a book stands: the number of its entries, and the link after the last."""

    id: str
    position: int
    link: bytes
    audit_position: int
    audit_link: bytes


@dataclass(frozen=True, slots=True)
class Compartment:
    """A key of its own for what belongs to one side, or to the mediator's team."""

    id: str
    side: str
    key: bytes


@dataclass(frozen=True, slots=True)
class Written:
    """An event at its place."""

    position: int
    link: bytes
    event: Event


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what when, as the audit keeps it.

    Attributes:
        who: the person or account.
        what: the act, or another word for what was done.
        about: the identifier of the event, or of what else it was done to.
    """

    at: datetime
    who: str
    what: str
    about: str = ""


def begin(connection: Connection, keys: Keys, sides: tuple[str, ...], *, id_: str = "") -> Book:
    """Open a new book, with a compartment for each side."""
    id_ = id_ or new_id()
    first = start(id_)[1]
    book = Book(id_, 0, first, 0, digest("audit", id_))
    connection.execute(
        BOOKS.insert().values(
            id=id_, position=0, link=first, audit_position=0, audit_link=book.audit_link
        )
    )
    for side in sides:
        name, key = new_id(), new_key()
        sealed = seal(keys.key("compartments"), key + side.encode(), bound(id_, name))
        connection.execute(COMPARTMENTS.insert().values(id=name, book=id_, sealed=sealed))
    return book


def start(id_: str) -> tuple[int, bytes]:
    """Return the place and the link before the first event of a book."""
    return 0, digest("book", id_)


def open_book(connection: Connection, id_: str, *, to_write: bool = False) -> Book:
    """Return where a book stands, and when it is to be written, keep everybody else from it.

    Raises:
        NotFoundError: there is no such book.
    """
    row = connection.execute(_BOOK_TO_WRITE if to_write else _BOOK, {"id": id_}).first()
    if row is None:
        raise NotFoundError("a talk", expected="the identifier of a talk", found=id_)
    return Book(row.id, row.position, row.link, row.audit_position, row.audit_link)


def compartments(connection: Connection, keys: Keys, id_: str) -> Mapping[str, Compartment]:
    """Return the compartments of a book, by their names in the tables."""
    found = {}
    key = keys.key("compartments")
    rows = connection.execute(sa.select(COMPARTMENTS).where(COMPARTMENTS.c.book == id_))
    for row in rows:
        raw = unseal(key, row.sealed, bound(id_, row.id), what="the key of a compartment")
        found[row.id] = Compartment(row.id, raw[KEY_BYTES:].decode(), raw[:KEY_BYTES])
    return found


class Continuation:
    """What is to be written at the end of a book: nothing is, before `keep`.

    Attributes:
        before: the book as it stands.
        book: the book as it will stand.
    """

    def __init__(self, book: Book) -> None:
        """Go on from where a book stands."""
        self.before = self.book = book
        self._events: list[dict[str, Any]] = []
        self._entries: list[dict[str, Any]] = []

    def append(self, event: Event, compartment: Compartment) -> None:
        """Go on with an event."""
        book = self.book
        position = book.position + 1
        text = event.model_dump_json(by_alias=True, exclude_none=True).encode()
        salt = secrets.token_bytes(SALT_BYTES)
        commitment = digest("commitment", salt, text)
        place = _place(book.id, position, compartment.id, book.link)
        sealed = seal(compartment.key, salt + text, place)
        link = _link(place, commitment, sealed)
        row = {
            "book": book.id, "position": position, "compartment": compartment.id,
            "commitment": commitment, "sealed": sealed, "link": link,
        }  # fmt: skip
        self._events.append(row)
        self.book = Book(book.id, position, link, book.audit_position, book.audit_link)

    def note_down(self, keys: Keys, entry: AuditEntry) -> None:
        """Go on with an entry of the audit."""
        book = self.book
        position = book.audit_position + 1
        data = {
            "at": entry.at.isoformat(), "who": entry.who, "what": entry.what, "about": entry.about,
        }  # fmt: skip
        place = bound("audit", book.id, position, book.audit_link)
        sealed = seal(keys.key("audit"), json.dumps(data).encode(), place)
        link = digest("audit link", place, sealed)
        row = {"book": book.id, "position": position, "sealed": sealed, "link": link}
        self._entries.append(row)
        self.book = Book(book.id, book.position, book.link, position, link)

    def keep(self, connection: Connection) -> None:
        """Write it.

        Raises:
            TamperedError: the book no longer stands where this goes on.
        """
        if self.book == self.before:
            return
        # Moving the row of the book comes first: it keeps every other writer from the book.
        advance(connection, self.before, self.book)
        for statement, rows in ((_NEW_EVENT, self._events), (_NEW_ENTRY, self._entries)):
            if rows:
                connection.execute(statement, rows if len(rows) > 1 else rows[0])


def _place(book: str, position: int, compartment: str, before: bytes) -> bytes:
    return bound("event", book, position, compartment, before)


def _link(place: bytes, commitment: bytes, sealed: bytes) -> bytes:
    return digest("link", place, commitment, sealed)


def events(
    connection: Connection, book: Book, known: Mapping[str, Compartment], after: tuple[int, bytes]
) -> Iterator[Written]:
    """Yield the events of a book after a place, each checked against the chain.

    Args:
        connection: a connection in a transaction.
        book: the book, as it stands in the same transaction.
        known: its compartments.
        after: the position and the link to go on from.

    Raises:
        TamperedError: an event is not what was written there.
    """
    position, link = after
    rows = connection.execute(
        sa.select(EVENTS)
        .where(EVENTS.c.book == book.id, EVENTS.c.position > position)
        .order_by(EVENTS.c.position)
    )
    for row in rows:
        position += 1
        what = f"event {position} of the talk {book.id}"
        if row.position != position:
            raise TamperedError(what, expected="an event at every place", found=str(row.position))
        if row.compartment not in known:
            raise TamperedError(what, expected="a compartment of the talk", found=row.compartment)
        place = _place(book.id, position, row.compartment, link)
        raw = unseal(known[row.compartment].key, row.sealed, place, what=what)
        salt, text = raw[:SALT_BYTES], raw[SALT_BYTES:]
        link = _link(place, row.commitment, row.sealed)
        if digest("commitment", salt, text) != row.commitment or link != row.link:
            raise TamperedError(what, expected="the hash of what was written")
        yield Written(position, link, _read_event(text, what))
    if (position, link) != (book.position, book.link):
        what = f"the end of the talk {book.id}"
        raise TamperedError(what, expected=f"{book.position} events", found=str(position))


def _read_event(text: bytes, what: str) -> Event:
    try:
        return Event.model_validate_json(text)
    except ValidationError:
        # The error would hold what the event says.
        raise TamperedError(what, expected="an act that this program knows") from None


def audit(connection: Connection, keys: Keys, book: Book) -> Iterator[AuditEntry]:
    """Yield the audit of a book, each entry checked against the chain.

    Raises:
        TamperedError: an entry is not what was written there.
    """
    position, link = 0, digest("audit", book.id)
    query = sa.select(AUDIT).where(AUDIT.c.book == book.id).order_by(AUDIT.c.position)
    for row in connection.execute(query):
        position += 1
        what = f"audit entry {position} of {book.id}"
        if row.position != position:
            raise TamperedError(what, expected="an entry at every place", found=str(row.position))
        place = bound("audit", book.id, position, link)
        data = json.loads(unseal(keys.key("audit"), row.sealed, place, what=what))
        link = digest("audit link", place, row.sealed)
        if link != row.link:
            raise TamperedError(what, expected="the hash of what was written")
        yield _entry(data)
    if (position, link) != (book.audit_position, book.audit_link):
        what = f"the end of the audit of {book.id}"
        raise TamperedError(what, expected=f"{book.audit_position} entries", found=str(position))


def _entry(data: Mapping[str, Any]) -> AuditEntry:
    return AuditEntry(datetime.fromisoformat(data["at"]), data["who"], data["what"], data["about"])


def advance(connection: Connection, before: Book, after: Book) -> None:
    """Move a book's row from one place to the next.

    Raises:
        TamperedError: the row has changed although nobody else could write.
    """
    given = {
        "book": before.id,
        **{f"{column}_before": getattr(before, column) for column in _PLACES},
        **{column: getattr(after, column) for column in _PLACES},
    }
    moved = connection.execute(_ADVANCE, given)
    if moved.rowcount != 1:
        raise TamperedError(f"the talk {before.id}", expected="one writer at a time")
