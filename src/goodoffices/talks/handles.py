"""What a side is shown in place of identifiers and times."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime


def handle(viewer: str, id_: str) -> str:
    """Return the name by which one viewer knows a thing: stable, and of use to nobody else.

    Two people who compare their names for one draft cannot tell that it is the same draft. That
    rests on identifiers that nobody guesses: see `goodoffices.talks.acts.EventId`.

    >>> handle("ana", "an-identifier-of-a-draft") == handle("ben", "an-identifier-of-a-draft")
    False
    """
    return hashlib.sha256(f"{len(viewer)}:{viewer}:{id_}".encode()).hexdigest()[:20]


def bucket(moment: datetime) -> str:
    """Return a time as a side is shown it: the day, in UTC.

    >>> bucket(datetime(2025, 6, 2, 23, 59, tzinfo=UTC))
    '2025-06-02'
    """
    return moment.astimezone(UTC).date().isoformat()
