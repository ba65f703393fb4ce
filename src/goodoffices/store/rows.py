"""What the repositories of people, sessions and links share: sealed data, keyed hashes, moments."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from goodoffices.store.database import Database
from goodoffices.store.keys import Keys
from goodoffices.store.sealing import blind, bound, seal, unseal


class Rows:
    """Rows of one sort, sealed with a key for that sort."""

    sort = ""

    def __init__(self, database: Database, keys: Keys) -> None:
        """Take the database, and the keys that seal the rows and name them."""
        self._database = database
        self._sealing = keys.key(f"{self.sort} sealed")
        self._naming = keys.key(f"{self.sort} names")

    def _name(self, *parts: str | bytes) -> str:
        return blind(self._naming, *parts)

    def _seal(self, name: str, data: Mapping[str, Any]) -> bytes:
        text = json.dumps(data, ensure_ascii=False, sort_keys=True).encode()
        return seal(self._sealing, text, bound(self.sort, name))

    def _unseal(self, name: str, sealed: bytes) -> dict[str, Any]:
        text = unseal(self._sealing, sealed, bound(self.sort, name), what=f"a row of {self.sort}")
        data: dict[str, Any] = json.loads(text)
        return data


def new_token() -> str:
    """Return a token of 256 bits for a link or a cookie."""
    return secrets.token_urlsafe(32)


def seconds(moment: datetime) -> int:
    """Return a moment as whole seconds of the epoch."""
    return int(moment.timestamp())


def moment(seconds_: int) -> datetime:
    """Return the moment of whole seconds of the epoch.

    >>> moment(0).isoformat()
    '1970-01-01T00:00:00+00:00'
    """
    return datetime.fromtimestamp(seconds_, UTC)
