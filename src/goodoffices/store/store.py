"""The store: talks on disk, every act with its audit in one transaction.

An act is decided by `goodoffices.talks` on the talk as it stands in the same transaction that
writes it, and a view is that of `goodoffices.talks.view`: nothing here decides who sees what.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from goodoffices.errors import (
    CallError,
    NotFoundError,
    StoreError,
    StoreUnavailableError,
    TamperedError,
)
from goodoffices.store import books
from goodoffices.store.accounts import Accounts
from goodoffices.store.acting import (
    Once,
    asked_before,
    asked_to_close,
    closing,
    in_words,
    is_due,
    read_event,
    require_key,
    side_of,
    with_asked,
    with_result,
)
from goodoffices.store.ballots import Boxes, open_rounds
from goodoffices.store.books import HOUSE, AuditEntry, Book, Continuation, Written
from goodoffices.store.database import ConnectionLostError, Database, closing_unless_kept
from goodoffices.store.founding import found_store, key_folder, store_id
from goodoffices.store.invitations import Invitations
from goodoffices.store.keys import Keys
from goodoffices.store.passkeys import Passkeys
from goodoffices.store.presence import Presences
from goodoffices.store.schema import bring_to, form_of, require_newest
from goodoffices.store.sealing import new_id
from goodoffices.store.sessions import Sessions
from goodoffices.store.standing import Accepted, Created, Kept, Standing
from goodoffices.store.tables import BOOKS
from goodoffices.store.tries import Tries
from goodoffices.talks import TABLE, Event, Refused, Talk, View, acts, admit, apply, resolve, view
from goodoffices.talks.acts import MEDIATOR
from goodoffices.talks.state import Person

MOST_CACHED = 256
"""How many talks are kept in memory, as they stand without their ballots."""

Act = Mapping[str, Any] | Callable[[Talk], Mapping[str, Any]]
"""An act as plain data, or what makes it from the talk as it stands, without ballots."""


class Store:
    """Talks in a database, under keys that are elsewhere.

    Attributes:
        accounts: people who sign in, and which person of which talk each is.
        sessions: who is signed in.
        invitations: one-time links that nobody has used yet.
        passkeys: credentials of browsers and security keys.
        tries: how often something was tried.
        presences: who holds a token, with their account and seats.
    """

    def __init__(self, database: Database, keys: Keys, id_: str) -> None:
        """Use `Store.open` or `Store.make`."""
        self._database = database
        self._keys = keys
        self._boxes = Boxes(keys.rounds(id_), keys.key("ballot boxes"))
        self._known: dict[str, Standing] = {}
        self.accounts = Accounts(database, keys)
        self.sessions = Sessions(database, keys)
        self.invitations = Invitations(database, keys)
        self.passkeys = Passkeys(database, keys)
        self.tries = Tries(database, keys)
        self.presences = Presences(database, self.sessions, self.accounts)

    @classmethod
    def make(cls, url: str, *, keys: str | Path | None = None) -> Store:
        """Open a store, after making it and its keys where there is none.

        Args:
            url: a file, ``sqlite:///FILE`` or ``postgresql://SERVER/NAME``.
            keys: the folder of the keys; for a file, beside it unless said otherwise.

        Raises:
            StoreError: there is something else at that place, or the keys do not fit.
        """
        with closing_unless_kept(Database(url)) as database:
            folder = key_folder(database, keys)
            database.prepare()
            with database.writing() as connection:
                if form_of(connection) is None:
                    bring_to(connection)
                    found_store(connection, Keys.open(folder, create=True))
            database.close()
        return cls.open(url, keys=folder)

    @classmethod
    def open(cls, url: str, *, keys: str | Path | None = None) -> Store:
        """Open a store that is there.

        Raises:
            StoreVersionError: there is none, or it has the form of another version.
            StoreError: the keys are missing, open to others, or those of another store.
        """
        with closing_unless_kept(Database(url)) as database:
            folder = key_folder(database, keys)
            if database.file is not None and not database.file.exists():
                raise StoreError(f"the database {database.file}", expected="a store of talks")
            with database.reading() as connection:
                require_newest(connection)
                found = Keys.open(folder)
                store = cls(database, found, store_id(connection, found))
            with database.writing() as connection:
                store._boxes.drop_keys_without_box(connection)
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    @property
    def keys(self) -> Keys:
        """The keys of the store."""
        return self._keys

    @property
    def database(self) -> Database:
        """The database of the store."""
        return self._database

    def one_moment(self) -> AbstractContextManager[None]:
        """Let everything that this thread reads inside be of one state, till it writes."""
        return self._database.one_moment()

    def talks(self) -> tuple[str, ...]:
        """Return the identifiers of all talks, in no order that tells anything."""
        with self._database.reading() as connection:
            found = connection.execute(sa.select(BOOKS.c.id).where(BOOKS.c.id != HOUSE)).scalars()
            return tuple(sorted(found))

    def create(
        self,
        *,
        title: str,
        sides: Sequence[Mapping[str, str]],
        lead_name: str,
        now: datetime,
        once: Once | None = None,
    ) -> Created:
        """Begin a talk, and return its identifier and that of its lead.

        Args:
            title: what everybody in it knows it by.
            sides: ``id``, ``name`` and ``kind`` of each side.
            lead_name: the name of the person who leads the mediation.
            now: the time, with its zone.
            once: what tells that it was asked for before: then that talk is returned.

        Raises:
            CallError: the talk cannot begin like that.
        """
        id_ = once.identifier(self._keys.key("asked once")) if once else ""
        begun = self._begun(id_) if id_ else None
        if begun is not None:
            return begun
        lead = new_id()
        data = {"act": "open", "title": title, "sides": list(sides), "lead": lead,
                "lead_name": lead_name}  # fmt: skip
        event = read_event(lead, data, new_id(), now)
        if isinstance(event, Refused):
            raise CallError("a talk", expected="a title, sides and a lead", found=in_words(event))
        after = admit(Talk(), event)
        if isinstance(after, Refused):
            raise CallError(
                "a talk", expected="sides with names of their own", found=in_words(after)
            )
        try:
            with self._database.writing() as connection:
                book = books.begin(connection, self._keys, (MEDIATOR, *after.rooms), id_=id_)
                standing = self._standing(connection, book)
                kept = self._write(connection, book, standing, (event,), talk=after)
        except IntegrityError:
            # It was asked for twice at one moment, and the other came first.
            begun = self._begun(id_) if id_ else None
            if begun is None:
                raise
            return begun
        self._is_on_disk(kept)
        return Created(book.id, lead)

    def _begun(self, talk_id: str) -> Created | None:
        """Return a talk as it was answered for when it began; None when there is no such talk."""
        try:
            return Created(talk_id, self.written(talk_id)[0].event.by)
        except NotFoundError:
            return None

    def talk(self, talk_id: str) -> Talk:
        """Return a talk as it stands; never shown to anybody: see `view`.

        Raises:
            NotFoundError: there is no such talk.
            TamperedError: its events are not what was written.
        """
        with self.one_moment(), self._database.reading() as connection:
            standing = self._now(talk_id)
            return self._boxes.fill(connection, talk_id, standing.talk)

    def person(self, talk_id: str, id_: str) -> Person | None:
        """Return somebody who is or was in a talk, or None.

        Raises:
            NotFoundError: there is no such talk.
        """
        return self._now(talk_id).talk.person(id_)

    def act(
        self, talk_id: str, actor: str, act: Act, *, now: datetime, once: Once | None = None
    ) -> Accepted | Refused:
        """Do an act if the rules allow it; when this returns, it is kept or it is refused.

        Args:
            talk_id: the talk.
            actor: the person who acts.
            act: the act as plain data, without ``id`` and ``at``, which it is given here, or what
                makes it from the talk as it stands. Things go by their identifiers: see `resolve`.
                The result of ``close-acceptance`` is found here.
            now: the time, with its zone.
            once: what tells that it was asked for before: then it is not done again. A ballot,
                which leaves no trace, is refused as answered already.

        Raises:
            NotFoundError: there is no such talk.
            VoidRoundError: the act is a ballot, and the key of the round is gone.
            StoreUnavailableError: nothing was kept.
        """
        id_ = once.identifier(self._keys.key("asked once"), talk_id, actor) if once else new_id()
        try:
            return self._act(talk_id, actor, act, id_=id_, now=now)
        except ConnectionLostError:
            # It may have been kept all the same: then its identifier is there.
            if self._is_kept(talk_id, id_):
                return Accepted(id_)
            return self._act(talk_id, actor, act, id_=id_, now=now)

    def view(self, talk_id: str, viewer: str, *, now: datetime) -> View:
        """Return what somebody sees of a talk, by `goodoffices.talks.view` alone.

        Raises:
            NotFoundError: there is no such talk, or the viewer is not in it; the two look alike.
        """
        return self.look(talk_id, viewer, now=now)[0]

    def look(self, talk_id: str, viewer: str, *, now: datetime) -> tuple[View, bytes]:
        """Return what somebody sees of a talk, and the last link of what it was made from.

        The link is for a head, and for nobody to see.

        Raises:
            NotFoundError: there is no such talk, or the viewer is not in it; the two look alike.
        """
        try:
            standing = self._now(talk_id)
            if is_due(standing.talk, now):
                self.settle(talk_id, now=now)
                standing = self._now(talk_id)
            return view(standing.talk, viewer), standing.book.link
        except NotFoundError:
            raise _not_in_a_talk(talk_id) from None

    def resolve(self, talk_id: str, viewer: str, name: str) -> str | None:
        """Return the identifier that a viewer's name for a thing stands for, or None.

        Raises:
            NotFoundError: there is no such talk, or the viewer is not in it; the two look alike.
        """
        try:
            return resolve(self._now(talk_id).talk, viewer, name)
        except NotFoundError:
            raise _not_in_a_talk(talk_id) from None

    def settle(self, talk_id: str, *, now: datetime) -> None:
        """Close the sealed acceptances whose time is over, and seal the other boxes anew.

        Raises:
            NotFoundError: there is no such talk.
        """
        with self._database.writing() as connection:
            book = _book(connection, talk_id, to_write=True)
            standing = self._standing(connection, book)
            talk = self._boxes.fill(connection, talk_id, standing.talk)
            written, talk = closing(talk, now)
            kept = self._write(connection, book, standing, written, talk=talk)
        self._is_on_disk(kept)

    def note_down(self, entry: AuditEntry, *, talk_id: str = HOUSE) -> None:
        """Write an entry into the audit of a talk, or of the house: a sign-in, an export.

        Raises:
            CallError: the entry has the name of an act; acts are written down as they are done.
            NotFoundError: there is no such talk.
        """
        if entry.what in TABLE:
            raise CallError("an audit entry", expected="no act of a talk", found=entry.what)
        with self._database.writing() as connection:
            book = books.open_book(connection, talk_id, to_write=True)
            ahead = Continuation(book)
            ahead.note_down(self._keys, entry)
            ahead.keep(connection)

    def audit(self, talk_id: str = HOUSE) -> tuple[AuditEntry, ...]:
        """Return the audit of a talk, or of the house. No ballot is in it.

        Raises:
            NotFoundError: there is no such talk.
            TamperedError: the audit is not what was written.
        """
        with self._database.reading() as connection:
            book = books.open_book(connection, talk_id)
            return tuple(books.audit(connection, self._keys, book))

    def written(self, talk_id: str) -> tuple[Written, ...]:
        """Return the events of a talk with their places, for the mediator's team. No ballots.

        Raises:
            NotFoundError: there is no such talk.
            TamperedError: an event is not what was written.
        """
        with self._database.reading() as connection:
            book = _book(connection, talk_id)
            known = books.compartments(connection, self._keys, talk_id)
            return tuple(books.events(connection, book, known, books.start(talk_id)))

    def _act(
        self, talk_id: str, actor: str, act: Act, *, id_: str, now: datetime
    ) -> Accepted | Refused:
        if self._act_as_known(talk_id, actor, act, id_=id_, now=now):
            return Accepted(id_)
        with self._database.writing() as connection:
            book = _book(connection, talk_id, to_write=True)
            standing = self._standing(connection, book)
            before = asked_before(standing.asked, id_)
            if before is not None:
                again = Accepted(id_, again=True)
                return again if before == id_ else Refused("malformed", "identifier-in-use")
            act = act if isinstance(act, Mapping) else act(standing.talk)
            talk = self._boxes.fill(connection, talk_id, standing.talk)
            written, talk = closing(talk, now, but=asked_to_close(act))
            event = read_event(actor, with_result(talk, act, now), id_, now)
            after = event if isinstance(event, Refused) else admit(talk, event)
            if isinstance(event, Event) and isinstance(after, Talk):
                require_key(talk, event.act)
                written, talk = (*written, event), after
            kept = self._write(connection, book, standing, written, talk=talk)
        self._is_on_disk(kept)
        return after if isinstance(after, Refused) else Accepted(id_)

    def _act_as_known(self, talk_id: str, actor: str, act: Act, *, id_: str, now: datetime) -> bool:
        """Keep an act that is allowed by the talk as it stands in memory, if it still stands so.

        False says nothing: the act is then decided by the talk on the disk.
        """
        known = self._known.get(talk_id)
        if known is None or open_rounds(known.talk) or asked_before(known.asked, id_):
            return False
        act = act if isinstance(act, Mapping) else act(known.talk)
        event = read_event(actor, act, id_, now)
        after = event if isinstance(event, Refused) else admit(known.talk, event)
        if isinstance(event, Refused) or isinstance(after, Refused) or open_rounds(after):
            return False
        # It may have gone on since, or have been tampered with: reading it from the disk tells.
        with suppress(TamperedError):
            with self._database.writing() as connection:
                if self._known.get(talk_id) is not known:
                    return False
                kept = self._write(connection, known.book, known, (event,), talk=after)
            self._is_on_disk(kept)
            return True
        return False

    def _now(self, talk_id: str) -> Standing:
        """Return a talk as it stands, without ballots: nothing that is shown needs them."""

        def read() -> Standing:
            with self._database.reading() as connection:
                book = self._database.found_once(
                    f"book {talk_id}", lambda: _book(connection, talk_id)
                )
                return self._standing(connection, book)

        return self._database.found_once(f"talk {talk_id}", read)

    def _is_kept(self, talk_id: str, id_: str) -> bool:
        return any(written.event.act.id == id_ for written in self.written(talk_id))

    def _standing(self, connection: Connection, book: Book) -> Standing:
        """Return a talk as it stands, from memory as far as memory goes."""
        known = self._known.get(book.id)
        if known is not None and known.book == book:
            return known
        if known is None or known.book.position > book.position:
            position, link = books.start(book.id)
            talk, compartments = Talk(), books.compartments(connection, self._keys, book.id)
            asked: dict[str, str] = {}
        else:
            position, link = known.book.position, known.book.link
            talk, compartments, asked = known.talk, known.compartments, dict(known.asked)
        for written in books.events(connection, book, compartments, (position, link)):
            talk = apply(talk, written.event)
            asked |= with_asked({}, written.event.act.id)
        return self._remember(book.id, Standing(book, talk, compartments, asked))

    def _remember(self, id_: str, standing: Standing) -> Standing:
        while len(self._known) >= MOST_CACHED:
            self._known.pop(next(iter(self._known)), None)
        self._known[id_] = standing
        return standing

    def _write(
        self,
        connection: Connection,
        book: Book,
        standing: Standing,
        events: Sequence[Event],
        *,
        talk: Talk,
    ) -> Kept:
        """Write events that were allowed, with their audit; a ballot goes into its box alone."""
        ahead, over, asked = Continuation(book), [], standing.asked
        for event in events:
            act = event.act
            if isinstance(act, acts.Ballot):
                continue
            ahead.append(event, standing.of(side_of(talk, event)))
            asked = with_asked(asked, act.id)
            ahead.note_down(self._keys, AuditEntry(act.at, event.by, act.act, act.id))
            if isinstance(act, acts.OpenAcceptance):
                self._boxes.make(connection, book.id, talk.desk.rounds[act.id])
            if isinstance(act, acts.CloseAcceptance):
                over.append(self._boxes.name(book.id, act.round))
                self._boxes.drop(connection, over[-1])
        self._boxes.seal_anew(connection, book.id, talk)
        ahead.keep(connection)
        without = replace(talk, ballots={})
        after = Standing(ahead.book, without, standing.compartments, asked)
        return Kept(book.id, after, tuple(over))

    def _is_on_disk(self, kept: Kept) -> None:
        """Remember a talk as it stands now, and destroy the keys of rounds that are over."""
        self._remember(kept.id, kept.standing)
        for name in kept.over:
            self._boxes.keys.destroy(name)
        if kept.over:
            # Without its key a box is of no use; what is left of it may wait for a quiet moment.
            with suppress(StoreUnavailableError):
                self._database.forget_deleted()


def _book(connection: Connection, talk_id: str, *, to_write: bool = False) -> Book:
    """Return the book of a talk; that of the house is none."""
    if talk_id == HOUSE:
        raise _not_in_a_talk(talk_id)
    return books.open_book(connection, talk_id, to_write=to_write)


def _not_in_a_talk(talk_id: str) -> NotFoundError:
    return NotFoundError("a talk", expected="a talk that the viewer is in", found=talk_id)
