"""Sessions: who is signed in. The database knows a keyed hash of what a browser holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from goodoffices.store.rows import Rows, moment, new_token, seconds
from goodoffices.store.tables import SESSIONS

_BY_TOKEN = sa.select(SESSIONS).where(SESSIONS.c.token == sa.bindparam("token"))


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in.

    Attributes:
        account: whose session it is.
        started: when they signed in.
        seen: when they were last there.
        expires: when it ends, whatever they do.
        data: what the pages keep with it.
    """

    account: str
    started: datetime
    seen: datetime
    expires: datetime
    data: Mapping[str, Any] = field(default_factory=dict)


class Sessions(Rows):
    """The sessions of a store."""

    sort = "sessions"

    def start(
        self, account: str, *, now: datetime, lifetime: timedelta, data: Mapping[str, Any] = {}
    ) -> str:
        """Start a session, and return its token."""
        token = new_token()
        name = self._name(token)
        with self._database.writing() as connection:
            connection.execute(
                SESSIONS.insert().values(
                    token=name, account=account, sealed=self._seal(name, data),
                    started=seconds(now), seen=seconds(now), expires=seconds(now + lifetime),
                )
            )  # fmt: skip
        return token

    def find(self, token: str, *, now: datetime, idle: timedelta) -> Session | None:
        """Return a session that has not ended, and note that its owner is there.

        Args:
            token: what the browser holds.
            now: the time.
            idle: after how long without its owner a session ends.
        """
        with self._database.reading() as connection:
            row = connection.execute(_BY_TOKEN, {"token": self.name(token)}).first()
        if row is None or not self.goes_on(row, now=now, idle=idle):
            return None
        return self.of_row(row, row.sealed)

    def name(self, token: str) -> str:
        """Return the name under which the database knows a token."""
        return self._name(token)

    def goes_on(self, row: Row[Any], *, now: datetime, idle: timedelta) -> bool:
        """Whether the session of a row has not ended; note then that its owner is there."""
        if row.expires <= seconds(now) or row.seen <= seconds(now - idle):
            return False
        if seconds(now) - row.seen >= idle.total_seconds() / 8:
            # To the second would be a write with every page.
            with self._database.writing() as connection:
                here = SESSIONS.update().where(SESSIONS.c.token == row.token)
                connection.execute(here.values(seen=seconds(now)))
        return True

    def of_row(self, row: Row[Any], sealed: bytes) -> Session:
        """Return the session of a row, and of what is sealed in it."""
        return Session(
            row.account, moment(row.started), moment(row.seen), moment(row.expires),
            self._unseal(row.token, sealed),
        )  # fmt: skip

    def keep(self, token: str, data: Mapping[str, Any]) -> None:
        """Keep other data with a session."""
        name = self._name(token)
        with self._database.writing() as connection:
            here = SESSIONS.update().where(SESSIONS.c.token == name)
            connection.execute(here.values(sealed=self._seal(name, data)))

    def renew(self, token: str) -> str | None:
        """Give a session another token, as after a sign-in step; None when it has ended."""
        old, fresh = self._name(token), new_token()
        name = self._name(fresh)
        with self._database.writing() as connection:
            row = connection.execute(sa.select(SESSIONS).where(SESSIONS.c.token == old)).first()
            if row is None:
                return None
            sealed = self._seal(name, self._unseal(old, row.sealed))
            here = SESSIONS.update().where(SESSIONS.c.token == old)
            connection.execute(here.values(token=name, sealed=sealed))
        return fresh

    def end(self, token: str) -> None:
        """End a session."""
        with self._database.writing() as connection:
            connection.execute(SESSIONS.delete().where(SESSIONS.c.token == self._name(token)))

    def end_all(self, account: str, *, but: str | None = None) -> int:
        """End the sessions of an account, but for one; return how many there were."""
        query = SESSIONS.delete().where(SESSIONS.c.account == account)
        if but is not None:
            query = query.where(SESSIONS.c.token != self._name(but))
        with self._database.writing() as connection:
            return int(connection.execute(query).rowcount)

    def of(self, account: str) -> tuple[Session, ...]:
        """Return the sessions of an account, oldest first, those that have run out among them."""
        query = sa.select(SESSIONS).where(SESSIONS.c.account == account)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(SESSIONS.c.started, SESSIONS.c.token)).all()
        return tuple(self.of_row(row, row.sealed) for row in rows)

    def clear(self, *, now: datetime) -> None:
        """Delete the sessions that have run out."""
        with self._database.writing() as connection:
            connection.execute(SESSIONS.delete().where(SESSIONS.c.expires <= seconds(now)))
