"""Every way to rewrite what is stored is found, and what is found names its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from goodoffices.errors import TamperedError
from goodoffices.store import HOUSE, AuditEntry, Store, books
from goodoffices.store.heads import issue_head
from goodoffices.store.sealing import digest, seal
from goodoffices.store.tables import AUDIT, BOOKS, COMPARTMENTS, EVENTS
from goodoffices.store.verify import verify
from tests.store.conftest import Address
from tests.store.stage import START, Stage

Tamper = Callable[[Connection, str], None]
AT = 9


@pytest.fixture
def stage(store: Store) -> Stage:
    return talked(store)


def talked(store: Store) -> Stage:
    made = Stage(store)
    for number in range(4):
        made.entrust("ada", f"Number {number}.")
        made.entrust("bea", f"Number {number}.")
    return made


def events(book: str, position: int) -> sa.ColumnElement[bool]:
    return sa.and_(EVENTS.c.book == book, EVENTS.c.position == position)


def flip(column: sa.Column[bytes]) -> Tamper:
    """Change one bit in a column."""

    def tamper(connection: Connection, book: str) -> None:
        table = column.table
        here = sa.and_(table.c.book == book, table.c.position == AT)
        value = connection.execute(sa.select(column).where(here)).scalar_one()
        changed = bytes(value)[:-1] + bytes([value[-1] ^ 1])
        connection.execute(sa.update(table).where(here).values({column.name: changed}))

    return tamper


def drop(connection: Connection, book: str) -> None:
    connection.execute(EVENTS.delete().where(events(book, AT)))


def drop_and_close_the_gap(connection: Connection, book: str) -> None:
    drop(connection, book)
    last = connection.execute(sa.select(BOOKS.c.position).where(BOOKS.c.id == book)).scalar_one()
    for position in range(AT + 1, last + 1):
        connection.execute(
            EVENTS.update().where(events(book, position)).values(position=position - 1)
        )
    connection.execute(BOOKS.update().where(BOOKS.c.id == book).values(position=last - 1))


def drop_the_last(connection: Connection, book: str) -> None:
    """Drop the last event, and put the end of the chain back to the one before."""
    last = connection.execute(sa.select(BOOKS.c.position).where(BOOKS.c.id == book)).scalar_one()
    connection.execute(EVENTS.delete().where(events(book, last)))
    link = connection.execute(sa.select(EVENTS.c.link).where(events(book, last - 1))).scalar_one()
    connection.execute(
        BOOKS.update().where(BOOKS.c.id == book).values(position=last - 1, link=link)
    )


def swap(connection: Connection, book: str) -> None:
    for before, after in ((AT, 999), (AT + 1, AT), (999, AT + 1)):
        connection.execute(EVENTS.update().where(events(book, before)).values(position=after))


def repeat(connection: Connection, book: str) -> None:
    """Insert an event again, at the end."""
    row = connection.execute(sa.select(EVENTS).where(events(book, AT))).one()
    last = connection.execute(sa.select(BOOKS.c.position).where(BOOKS.c.id == book)).scalar_one()
    connection.execute(EVENTS.insert().values({**row._asdict(), "position": last + 1}))


def repeat_and_move_the_end(connection: Connection, book: str) -> None:
    repeat(connection, book)
    last = connection.execute(sa.select(BOOKS.c.position).where(BOOKS.c.id == book)).scalar_one()
    connection.execute(BOOKS.update().where(BOOKS.c.id == book).values(position=last + 1))


def another_compartment(connection: Connection, book: str) -> None:
    now = connection.execute(sa.select(EVENTS.c.compartment).where(events(book, AT))).scalar_one()
    query = sa.select(COMPARTMENTS.c.id).where(COMPARTMENTS.c.book == book)
    other = next(name for name in connection.execute(query).scalars() if name != now)
    connection.execute(EVENTS.update().where(events(book, AT)).values(compartment=other))


def a_compartment_of_another_talk(connection: Connection, book: str) -> None:
    row = connection.execute(sa.select(COMPARTMENTS).where(COMPARTMENTS.c.book == book)).first()
    assert row is not None
    connection.execute(COMPARTMENTS.insert().values(id="other", book=HOUSE, sealed=row.sealed))
    connection.execute(EVENTS.update().where(events(book, AT)).values(compartment="other"))


def exchange_keys(connection: Connection, book: str) -> None:
    query = sa.select(COMPARTMENTS).where(COMPARTMENTS.c.book == book)
    one, two, *_ = connection.execute(query).all()
    for name, sealed in ((one.id, two.sealed), (two.id, one.sealed)):
        here = COMPARTMENTS.update().where(COMPARTMENTS.c.id == name)
        connection.execute(here.values(sealed=sealed))


def drop_audit(connection: Connection, book: str) -> None:
    connection.execute(AUDIT.delete().where(AUDIT.c.book == book, AUDIT.c.position == AT))


def move_the_end(connection: Connection, book: str) -> None:
    connection.execute(BOOKS.update().where(BOOKS.c.id == book).values(link=digest("other")))


def move_the_end_of_the_audit(connection: Connection, book: str) -> None:
    connection.execute(BOOKS.update().where(BOOKS.c.id == book).values(audit_link=digest("x")))


TAMPERINGS: dict[str, Tamper] = {
    "sealed": flip(EVENTS.c.sealed),
    "commitment": flip(EVENTS.c.commitment),
    "link": flip(EVENTS.c.link),
    "dropped": drop,
    "dropped, and the gap closed": drop_and_close_the_gap,
    "the last one dropped": drop_the_last,
    "swapped": swap,
    "repeated": repeat,
    "repeated, and the end moved": repeat_and_move_the_end,
    "in another compartment": another_compartment,
    "in a compartment of another talk": a_compartment_of_another_talk,
    "keys exchanged": exchange_keys,
    "audit sealed": flip(AUDIT.c.sealed),
    "audit link": flip(AUDIT.c.link),
    "audit dropped": drop_audit,
    "the end": move_the_end,
    "the end of the audit": move_the_end_of_the_audit,
}


def test_what_is_as_it_was_written_is_sound(store: Store, stage: Stage) -> None:
    found = verify(store)
    assert found.sound
    numbers = {book.book: (book.events, book.audited) for book in found.books}
    assert numbers == {stage.id: (15, 15), HOUSE: (0, 0)}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_every_tampering_is_found(address: Address, store: Store, stage: Stage, name: str) -> None:
    with store.database.writing() as connection:
        TAMPERINGS[name](connection, stage.id)
    with Store.open(address[0], keys=address[1]) as fresh:
        found = verify(fresh)
    assert not found.sound
    (problem,) = (book.problem for book in found.books if book.book == stage.id)
    assert problem, found
    assert "Number" not in problem


READ_AS_BEFORE = {"the last one dropped"}
"""What reads as the talk stood before; the audit and heads tell."""


@pytest.mark.parametrize(
    "name", [name for name in TAMPERINGS if "audit" not in name and name not in READ_AS_BEFORE]
)
def test_a_talk_that_was_tampered_with_is_not_shown(file_store: Store, name: str) -> None:
    stage = talked(file_store)
    with file_store.database.writing() as connection:
        TAMPERINGS[name](connection, stage.id)
    file_store._known.clear()
    with pytest.raises(TamperedError):
        file_store.view(stage.id, "ada", now=stage.clock)


def test_an_act_on_a_talk_whose_end_was_moved_is_not_kept(store: Store, stage: Stage) -> None:
    with store.database.writing() as connection:
        move_the_end(connection, stage.id)
    with pytest.raises(TamperedError):
        stage.entrust()


def test_rows_of_no_talk_are_found(file_store: Store) -> None:
    stage = Stage(file_store)
    raw = file_store.database.engine.raw_connection()
    raw.cursor().execute("PRAGMA foreign_keys=OFF")
    raw.cursor().execute("DELETE FROM books")
    raw.cursor().execute("PRAGMA foreign_keys=ON")
    raw.close()
    found = verify(file_store)
    assert found.strays == (
        "the book of the house is gone", "7 events of no talk", "7 audit entries of no talk",
        "4 keys of no talk",
    )  # fmt: skip
    assert not found.sound
    assert stage.id not in {book.book for book in found.books}


def test_an_event_that_the_audit_does_not_tell_of_is_found(file_store: Store) -> None:
    """Somebody with the keys writes an event and leaves the audit out."""
    stage = Stage(file_store)
    with file_store.database.writing() as connection:
        book = books.open_book(connection, stage.id)
        known = books.compartments(connection, file_store.keys, stage.id)
        event = stage.events()[-1].model_copy(
            update={
                "act": stage.events()[-1].act.model_copy(update={"id": "x" * 20, "person": "y"})
            }
        )
        ahead = books.Continuation(book)
        ahead.append(event, next(iter(known.values())))
        ahead.keep(connection)
    (problem,) = (book.problem for book in verify(file_store).books if book.book == stage.id)
    assert problem.startswith(f"the audit of {stage.id}")


def test_a_past_that_was_written_anew_with_the_keys_is_found_by_a_head(file_store: Store) -> None:
    """Whoever has the keys makes another past, every seal and link right; heads tell."""
    stage = Stage(file_store)
    stage.entrust("bea", "What I said.")
    head = issue_head(file_store, stage.id, "ada", now=stage.clock)
    own = issue_head(file_store, stage.id, "bea", now=stage.clock)
    stage.entrust("ada", "Later.")
    written = stage.events()
    file_store._known.clear()
    with file_store.database.writing() as connection:
        compartments = books.compartments(connection, file_store.keys, stage.id)
        for table in (EVENTS, AUDIT):
            connection.execute(table.delete().where(table.c.book == stage.id))
        start = books.start(stage.id)
        before = books.open_book(connection, stage.id)
        ahead = books.Continuation(books.Book(stage.id, *start, 0, digest("audit", stage.id)))
        for event in written:
            act = event.act
            if act.act == "entrust" and event.by == "bea":
                act = act.model_copy(update={"words": "What I never said."})
            changed = event.model_copy(update={"act": act})
            ahead.append(changed, next(iter(compartments.values())))
            entry = AuditEntry(act.at, event.by, act.act, act.id)
            ahead.note_down(file_store.keys, entry)
        ahead.before = before
        ahead.keep(connection)
    found = verify(file_store)
    assert found.sound, "the chain alone cannot tell"
    found = verify(file_store, [head, own])
    assert [bool(finding.problem) for finding in found.heads] == [True, True]
    assert not found.sound


def test_a_sealed_event_that_no_program_knows_is_found(file_store: Store) -> None:
    stage = Stage(file_store, people=False)
    with file_store.database.writing() as connection:
        book = books.open_book(connection, stage.id)
        (name, found), *_ = books.compartments(connection, file_store.keys, stage.id).items()
        text, salt = b'{"by": "x", "act": {"act": "dance"}}', bytes(32)
        place = books._place(stage.id, 2, name, book.link)
        sealed, commitment = seal(found.key, salt + text, place), digest("commitment", salt, text)
        link = books._link(place, commitment, sealed)
        row = {"book": stage.id, "position": 2, "compartment": name, "commitment": commitment,
               "sealed": sealed, "link": link}  # fmt: skip
        connection.execute(EVENTS.insert().values(row))
        after = books.Book(stage.id, 2, link, book.audit_position, book.audit_link)
        books.advance(connection, book, after)
    with pytest.raises(TamperedError, match="an act that this program knows"):
        file_store.talk(stage.id)


def test_two_writers_of_one_place_are_refused(file_store: Store) -> None:
    stage = Stage(file_store, people=False)
    entry = AuditEntry(START, "x", "y")
    with file_store.database.writing() as connection:
        book = books.open_book(connection, stage.id)
        ahead = books.Continuation(book)
        ahead.note_down(file_store.keys, entry)
        ahead.keep(connection)
        with pytest.raises(TamperedError):
            ahead.keep(connection)
