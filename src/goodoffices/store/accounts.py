"""Accounts: people who sign in, and which person of which talk each of them is."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy.engine import Connection, Row
from sqlalchemy.exc import IntegrityError

from goodoffices.errors import CallError, NotFoundError
from goodoffices.store.database import Database
from goodoffices.store.keys import Keys
from goodoffices.store.rows import Rows
from goodoffices.store.sealing import new_id
from goodoffices.store.tables import ACCOUNTS, RECOVERY, SEATS, SESSIONS

RECOVERY_CODES = 10


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who signs in.

    Attributes:
        id: random.
        login: what they type to sign in.
        name: what they are called on pages.
        language: of their pages.
        has_totp: whether a one-time code is asked for.
        closed: whether they can no longer sign in.
    """

    id: str
    login: str
    name: str
    language: str
    has_totp: bool
    closed: bool


class Accounts(Rows):
    """The accounts of a store.

    Attributes:
        hasher: argon2id, with the parameters of RFC 9106 for little memory.
    """

    sort = "accounts"

    def __init__(self, database: Database, keys: Keys) -> None:
        """Take the database and the keys."""
        super().__init__(database, keys)
        self.hasher = PasswordHasher()
        self._decoy = ""

    def add(self, login: str, passphrase: str, *, name: str, language: str = "en") -> Account:
        """Add an account.

        Raises:
            CallError: somebody has that login.
        """
        id_, login = new_id(), _plain(login)
        data = {"login": login, "name": name, "language": language}
        row = {
            "id": id_, "login": self._name("login", login), "sealed": self._seal(id_, data),
            "passphrase": self._hashed(id_, passphrase), "totp": None, "totp_step": 0,
            "closed": False,
        }  # fmt: skip
        try:
            with self._database.writing() as connection:
                connection.execute(ACCOUNTS.insert().values(**row))
        except IntegrityError:
            raise CallError("an account", expected="a login that nobody has") from None
        return Account(id_, login, name, language, False, False)

    def any(self) -> bool:
        """Whether there is an account that is not closed."""
        query = sa.select(ACCOUNTS.c.id).where(ACCOUNTS.c.closed.is_(False)).limit(1)
        with self._database.reading() as connection:
            return connection.execute(query).first() is not None

    def get(self, id_: str) -> Account:
        """Return an account.

        Raises:
            NotFoundError: there is none of that identifier.
        """
        with self._database.reading() as connection:
            return self.of_row(self._row(connection, id_))

    def find(self, login: str) -> Account | None:
        """Return the account of a login, or None."""
        row = self._by_login(login)
        return self.of_row(row) if row is not None else None

    def check(self, login: str, passphrase: str) -> Account | None:
        """Return the account of a login if the passphrase is its own and it is not closed.

        Whether there is such an account takes the same time to find out as whether the passphrase
        fits.
        """
        row = self._by_login(login)
        decoy = self._decoy_hash()
        wanted = decoy if row is None else self._hash_of(row)
        try:
            self.hasher.verify(wanted, passphrase)
        except VerifyMismatchError:
            return None
        if row is None or row.closed:
            return None
        if self.hasher.check_needs_rehash(wanted):
            self._update(row.id, passphrase=self._hashed(row.id, passphrase))
        return self.of_row(row)

    def set_passphrase(self, id_: str, passphrase: str) -> None:
        """Give an account another passphrase, and end its sessions."""
        self._update(id_, end_sessions=True, passphrase=self._hashed(id_, passphrase))

    def set_name(self, id_: str, name: str, *, language: str) -> None:
        """Change what somebody is called on pages, and the language of the pages."""
        data = {"login": self.get(id_).login, "name": name, "language": language}
        self._update(id_, sealed=self._seal(id_, data))

    def close(self, id_: str) -> None:
        """Close an account for good, and end its sessions."""
        self._update(id_, end_sessions=True, closed=True)

    def set_totp(self, id_: str, secret: str | None) -> None:
        """Set the secret of an account's one-time codes, or ask for none."""
        sealed = None if secret is None else self._seal(f"{id_} totp", {"secret": secret})
        self._update(id_, totp=sealed, totp_step=0)

    def totp_secret(self, id_: str) -> str | None:
        """Return the secret of an account's one-time codes, or None."""
        with self._database.reading() as connection:
            row = self._row(connection, id_)
        return None if row.totp is None else self._unseal(f"{id_} totp", row.totp)["secret"]

    def use_totp_step(self, id_: str, step: int) -> bool:
        """Use the code of a time step up; False when it or a later one was used before."""
        with self._database.writing() as connection:
            used = connection.execute(
                ACCOUNTS.update()
                .where(ACCOUNTS.c.id == id_, ACCOUNTS.c.totp_step < step)
                .values(totp_step=step)
            )
            return used.rowcount == 1

    def new_recovery_codes(self, id_: str) -> tuple[str, ...]:
        """Give an account new one-time codes for a lost device; older ones no longer count."""
        codes = tuple(secrets.token_hex(8) for _ in range(RECOVERY_CODES))
        with self._database.writing() as connection:
            connection.execute(RECOVERY.delete().where(RECOVERY.c.account == id_))
            rows = [{"code": self._name("code", id_, code), "account": id_} for code in codes]
            connection.execute(RECOVERY.insert(), rows)
        return codes

    def use_recovery_code(self, id_: str, code: str) -> bool:
        """Use a code for a lost device up; False when it is none of the account's."""
        name = self._name("code", id_, code.strip().lower())
        with self._database.writing() as connection:
            used = connection.execute(RECOVERY.delete().where(RECOVERY.c.code == name))
            return used.rowcount == 1

    def take_seat(self, id_: str, talk_id: str, person: str) -> None:
        """Note which person of a talk an account is.

        Raises:
            CallError: the account is somebody in that talk, or there is no such talk or account.
        """
        place = f"{id_} {talk_id}"
        row = {
            "account": id_, "book": talk_id, "sealed": self._seal(place, {"person": person}),
        }  # fmt: skip
        try:
            with self._database.writing() as connection:
                connection.execute(SEATS.insert().values(**row))
        except IntegrityError:
            expected = "an account that is nobody yet in a talk that there is"
            raise CallError("a seat", expected=expected) from None

    def seats(self, id_: str) -> dict[str, str]:
        """Return the talks that an account is in, with the person it is in each."""
        with self._database.reading() as connection:
            rows = connection.execute(
                sa.select(SEATS).where(SEATS.c.account == id_).order_by(SEATS.c.book)
            ).all()
        return {row.book: self.person(row.account, row.book, row.sealed) for row in rows}

    def person(self, id_: str, talk_id: str, sealed: bytes) -> str:
        """Return which person of a talk an account is, from its sealed seat."""
        found: str = self._unseal(f"{id_} {talk_id}", sealed)["person"]
        return found

    def seated(self, talk_id: str) -> dict[str, tuple[str, ...]]:
        """Return the accounts that are each person of a talk, closed ones among them."""
        found: dict[str, tuple[str, ...]] = {}
        with self._database.reading() as connection:
            query = sa.select(SEATS).where(SEATS.c.book == talk_id)
            rows = connection.execute(query.order_by(SEATS.c.account)).all()
        for row in rows:
            person = self.person(row.account, row.book, row.sealed)
            found[person] = (*found.get(person, ()), row.account)
        return found

    def _hashed(self, id_: str, passphrase: str) -> bytes:
        return self._seal(f"{id_} passphrase", {"argon2": self.hasher.hash(passphrase)})

    def _hash_of(self, row: Row[Any]) -> str:
        hashed: str = self._unseal(f"{row.id} passphrase", row.passphrase)["argon2"]
        return hashed

    def _decoy_hash(self) -> str:
        if not self._decoy:
            self._decoy = self.hasher.hash(secrets.token_hex(16))
        return self._decoy

    def _row(self, connection: Connection, id_: str) -> Row[Any]:
        row = connection.execute(sa.select(ACCOUNTS).where(ACCOUNTS.c.id == id_)).first()
        if row is None:
            raise NotFoundError("an account", expected="the identifier of one", found=id_)
        return row

    def _by_login(self, login: str) -> Row[Any] | None:
        name = self._name("login", _plain(login))
        with self._database.reading() as connection:
            return connection.execute(sa.select(ACCOUNTS).where(ACCOUNTS.c.login == name)).first()

    def _update(self, id_: str, *, end_sessions: bool = False, **values: object) -> None:
        with self._database.writing() as connection:
            self._row(connection, id_)
            connection.execute(ACCOUNTS.update().where(ACCOUNTS.c.id == id_).values(**values))
            if end_sessions:
                connection.execute(SESSIONS.delete().where(SESSIONS.c.account == id_))

    def of_row(self, row: Row[Any]) -> Account:
        """Return the account of a row."""
        data = self._unseal(row.id, row.sealed)
        return Account(
            row.id, data["login"], data["name"], data["language"],
            has_totp=row.totp is not None, closed=row.closed,
        )  # fmt: skip


def _plain(login: str) -> str:
    """A login is the same however its letters and spaces were typed."""
    return " ".join(login.casefold().split())
