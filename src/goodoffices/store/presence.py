"""Who is there: session, account and seats of a token, by one question to the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from goodoffices.store.accounts import Account, Accounts
from goodoffices.store.books import Book
from goodoffices.store.database import Database
from goodoffices.store.sessions import Session, Sessions
from goodoffices.store.tables import ACCOUNTS, BOOKS, SEATS, SESSIONS

_WHO: sa.Select[Any] = (
    sa.select(
        SESSIONS.c.token, SESSIONS.c.account, SESSIONS.c.sealed.label("session_sealed"),
        SESSIONS.c.started, SESSIONS.c.seen, SESSIONS.c.expires,
        ACCOUNTS.c.id, ACCOUNTS.c.sealed, ACCOUNTS.c.totp, ACCOUNTS.c.closed,
        SEATS.c.book, SEATS.c.sealed.label("seat_sealed"), BOOKS.c.position, BOOKS.c.link,
        BOOKS.c.audit_position, BOOKS.c.audit_link,
    )
    .join(ACCOUNTS, ACCOUNTS.c.id == SESSIONS.c.account)
    .outerjoin(SEATS, SEATS.c.account == ACCOUNTS.c.id)
    .outerjoin(BOOKS, BOOKS.c.id == SEATS.c.book)
    .where(SESSIONS.c.token == sa.bindparam("token"))
    .order_by(SEATS.c.book)
)  # fmt: skip


class Seats:
    """The talks that somebody is in; who they are in a talk is unsealed when it is asked for."""

    def __init__(self, sealed: Mapping[str, bytes], open_: Callable[[str, bytes], str]) -> None:
        """Take the sealed seats by their talks, and what opens one."""
        self._sealed = sealed
        self._open = open_

    def person(self, talk_id: str) -> str | None:
        """Return which person of a talk it is, or None."""
        sealed = self._sealed.get(talk_id)
        return None if sealed is None else self._open(talk_id, sealed)

    def all(self) -> dict[str, str]:
        """Return the person of each talk."""
        return {talk: self._open(talk, sealed) for talk, sealed in self._sealed.items()}


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody who is signed in."""

    session: Session
    account: Account
    seats: Seats


class Presences:
    """Finds out who holds a token."""

    def __init__(self, database: Database, sessions: Sessions, accounts: Accounts) -> None:
        """Take the database, and what knows its sessions and accounts."""
        self._database = database
        self._sessions = sessions
        self._accounts = accounts

    def find(self, token: str, *, now: datetime, idle: timedelta) -> Presence | None:
        """Return who holds a token whose session has not ended, and note that they are there.

        Args:
            token: what the browser holds.
            now: the time.
            idle: after how long without its owner a session ends.
        """
        given = {"token": self._sessions.name(token)}
        with self._database.reading() as connection:
            rows = connection.execute(_WHO, given).all()
            seated = [row for row in rows if row.book is not None]
            for row in seated:
                places = row.position, row.link, row.audit_position, row.audit_link
                self._database.note(f"book {row.book}", Book(row.book, *places))
        if not rows or not self._sessions.goes_on(rows[0], now=now, idle=idle):
            return None
        first, sealed = rows[0], {row.book: row.seat_sealed for row in seated}

        def person(talk_id: str, seat: bytes) -> str:
            return self._accounts.person(first.id, talk_id, seat)

        session = self._sessions.of_row(first, first.session_sealed)
        return Presence(session, self._accounts.of_row(first), Seats(sealed, person))
