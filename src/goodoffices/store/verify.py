"""Whether everything that is stored is what was written, in its place, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from goodoffices.errors import NotFoundError, TamperedError
from goodoffices.store import books
from goodoffices.store.books import HOUSE, AuditEntry, Book, Written
from goodoffices.store.heads import Head, HeadFinding, check_head
from goodoffices.store.keys import Keys
from goodoffices.store.store import Store
from goodoffices.store.tables import AUDIT, BOOKS, COMPARTMENTS, EVENTS
from goodoffices.talks import TABLE, fold


@dataclass(frozen=True, slots=True)
class BookFinding:
    """What was found of one book.

    Attributes:
        book: a talk, or the house.
        events: how many events stand in it.
        audited: how many entries its audit has.
        problem: the first thing that is wrong, "" when nothing is.
    """

    book: str
    events: int
    audited: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found of a store.

    Attributes:
        books: each talk, and the house.
        heads: each head that was held against the record.
        strays: rows that belong to no talk.
    """

    books: tuple[BookFinding, ...]
    heads: tuple[HeadFinding, ...] = ()
    strays: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        problems = [book.problem for book in self.books]
        problems += [head.problem for head in self.heads]
        return not any(problems) and not self.strays


def verify(store: Store, heads: Iterable[Head] = ()) -> Findings:
    """Check every chain, every seal, that the audit tells of every act, and that heads fit.

    Args:
        store: the store, with its keys.
        heads: heads that people hold.
    """
    with store.database.reading() as connection:
        rows = connection.execute(sa.select(BOOKS.c.id).order_by(BOOKS.c.id)).scalars().all()
        found = tuple(_book(connection, store.keys, id_) for id_ in rows)
        strays = tuple(_strays(connection))
        missing = () if HOUSE in rows else ("the book of the house is gone",)
    return Findings(found, tuple(_head(store, head) for head in heads), (*missing, *strays))


def _book(connection: Connection, keys: Keys, id_: str) -> BookFinding:
    book = books.open_book(connection, id_)
    try:
        known = books.compartments(connection, keys, id_)
        written = tuple(books.events(connection, book, known, books.start(id_)))
        audited = tuple(books.audit(connection, keys, book))
        _same_acts(book, written, audited)
        fold(entry.event for entry in written)
    except (TamperedError, NotFoundError) as error:
        return BookFinding(id_, book.position, book.audit_position, str(error))
    return BookFinding(id_, len(written), len(audited))


def _same_acts(book: Book, written: tuple[Written, ...], audited: tuple[AuditEntry, ...]) -> None:
    """The audit names every event, in order, and no other act; other entries may be there."""
    told = [entry for entry in audited if entry.what in TABLE]
    for number, entry in enumerate(written):
        act = entry.event.act
        if told[number : number + 1] != [AuditEntry(act.at, entry.event.by, act.act, act.id)]:
            what = f"the audit of {book.id}"
            raise TamperedError(what, expected=f"an entry for event {entry.position}")
    if len(told) != len(written):
        what = f"the events of {book.id}"
        raise TamperedError(
            what, expected=f"{len(told)}, as the audit tells", found=str(len(written))
        )


def _strays(connection: Connection) -> Iterator[str]:
    """Yield what lies in the tables and is part of no book."""
    for table, word in ((EVENTS, "events"), (AUDIT, "audit entries"), (COMPARTMENTS, "keys")):
        known = sa.select(BOOKS.c.id)
        query = sa.select(sa.func.count()).select_from(table).where(table.c.book.not_in(known))
        number = connection.execute(query).scalar_one()
        if number:
            yield f"{number} {word} of no talk"


def _head(store: Store, head: Head) -> HeadFinding:
    try:
        return check_head(store, head)
    except (TamperedError, NotFoundError) as error:
        return HeadFinding(str(error))
