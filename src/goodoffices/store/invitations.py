"""Invitations: links that work once. The database knows a keyed hash of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from goodoffices.store.rows import Rows, new_token, seconds
from goodoffices.store.tables import INVITATIONS


class Invitations(Rows):
    """The one-time links of a store that nobody has used yet, each with data of its own."""

    sort = "invitations"

    def issue(self, data: Mapping[str, Any], *, now: datetime, lifetime: timedelta) -> str:
        """Issue a link for something, and return its token."""
        token = new_token()
        name = self._name(token)
        with self._database.writing() as connection:
            connection.execute(
                INVITATIONS.insert().values(
                    token=name, sealed=self._seal(name, data), expires=seconds(now + lifetime)
                )
            )
        return token

    def read(self, token: str, *, now: datetime) -> dict[str, Any] | None:
        """Return what a link is for, without using it up; None when it is of no use."""
        name = self._name(token)
        query = sa.select(INVITATIONS).where(INVITATIONS.c.token == name)
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        if row is None or row.expires <= seconds(now):
            return None
        return self._unseal(name, row.sealed)

    def use(self, token: str, *, now: datetime) -> dict[str, Any] | None:
        """Use a link up, and return what it is for; None when it is of no use."""
        found = self.read(token, now=now)
        with self._database.writing() as connection:
            gone = connection.execute(
                INVITATIONS.delete().where(INVITATIONS.c.token == self._name(token))
            )
        # Of two who use it at once, one deletes it.
        return found if gone.rowcount == 1 else None

    def clear(self, *, now: datetime) -> None:
        """Delete the links that have run out."""
        with self._database.writing() as connection:
            connection.execute(INVITATIONS.delete().where(INVITATIONS.c.expires <= seconds(now)))
