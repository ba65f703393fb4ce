"""Passkeys: credentials that a browser or a security key holds for an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row
from sqlalchemy.exc import IntegrityError

from goodoffices.errors import CallError
from goodoffices.store.rows import Rows
from goodoffices.store.tables import PASSKEYS


@dataclass(frozen=True, slots=True)
class Passkey:
    """A credential.

    Attributes:
        credential: its identifier, as the browser gives it.
        account: whose it is.
        public_key: what its signatures are checked with.
        signs: how often it says to have signed.
        name: what its owner calls it.
    """

    credential: bytes
    account: str
    public_key: bytes
    signs: int
    name: str


class Passkeys(Rows):
    """The passkeys of a store."""

    sort = "passkeys"

    def add(self, passkey: Passkey) -> None:
        """Keep a credential.

        Raises:
            CallError: it is known already, or there is no such account.
        """
        name = self._name(passkey.credential)
        data = {"credential": passkey.credential.hex(), "key": passkey.public_key.hex(),
                "name": passkey.name}  # fmt: skip
        row = {"id": name, "account": passkey.account, "sealed": self._seal(name, data),
               "signs": passkey.signs}  # fmt: skip
        try:
            with self._database.writing() as connection:
                connection.execute(PASSKEYS.insert().values(**row))
        except IntegrityError:
            raise CallError("a passkey", expected="a new one of an account") from None

    def find(self, credential: bytes) -> Passkey | None:
        """Return a credential, or None."""
        query = sa.select(PASSKEYS).where(PASSKEYS.c.id == self._name(credential))
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else self._passkey(row)

    def of(self, account: str) -> tuple[Passkey, ...]:
        """Return the credentials of an account, by name."""
        query = sa.select(PASSKEYS).where(PASSKEYS.c.account == account)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        found = (self._passkey(row) for row in rows)
        return tuple(sorted(found, key=lambda passkey: (passkey.name, passkey.credential)))

    def used(self, credential: bytes, signs: int) -> bool:
        """Note how often a credential says to have signed; False when that went backwards.

        A number that does not grow is the sign of a copy; credentials that do not count say 0.
        """
        fits = PASSKEYS.c.signs < signs
        if signs == 0:
            fits = PASSKEYS.c.signs == 0
        with self._database.writing() as connection:
            moved = connection.execute(
                PASSKEYS.update()
                .where(PASSKEYS.c.id == self._name(credential), fits)
                .values(signs=signs)
            )
            return moved.rowcount == 1

    def remove(self, account: str, credential: bytes) -> bool:
        """Forget a credential of an account; False when it has no such credential."""
        with self._database.writing() as connection:
            gone = connection.execute(
                PASSKEYS.delete().where(
                    PASSKEYS.c.id == self._name(credential), PASSKEYS.c.account == account
                )
            )
            return gone.rowcount == 1

    def _passkey(self, row: Row[Any]) -> Passkey:
        data = self._unseal(row.id, row.sealed)
        return Passkey(
            bytes.fromhex(data["credential"]), row.account, bytes.fromhex(data["key"]),
            row.signs, data["name"],
        )  # fmt: skip
