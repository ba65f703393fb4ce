"""Tries: how often something was tried, so that nobody tries without end."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from goodoffices.store.rows import Rows, seconds
from goodoffices.store.tables import TRIES


class Tries(Rows):
    """Counters; what is counted is known to the database as a keyed hash."""

    sort = "tries"

    def count(self, what: str, *, now: datetime, within: timedelta) -> int:
        """Count a try, and return how many there were within a time that began with the first."""
        try:
            return self._count(what, now, within)
        except IntegrityError:
            # Somebody counted the first one at the same time.
            return self._count(what, now, within)

    def _count(self, what: str, now: datetime, within: timedelta) -> int:
        name, moment = self._name(what), seconds(now)
        with self._database.writing() as connection:
            query = sa.select(TRIES).where(TRIES.c.name == name).with_for_update()
            row = connection.execute(query).first()
            if row is None:
                connection.execute(TRIES.insert().values(name=name, since=moment, number=1))
                return 1
            over = moment - row.since >= within.total_seconds()
            since, number = (moment, 1) if over else (row.since, row.number + 1)
            here = TRIES.update().where(TRIES.c.name == name)
            connection.execute(here.values(since=since, number=number))
            return int(number)

    def forget(self, what: str) -> None:
        """Start again from nothing, as after a success."""
        with self._database.writing() as connection:
            connection.execute(TRIES.delete().where(TRIES.c.name == self._name(what)))

    def clear(self, *, before: datetime) -> None:
        """Delete the counters that began before a time."""
        with self._database.writing() as connection:
            connection.execute(TRIES.delete().where(TRIES.c.since < seconds(before)))
