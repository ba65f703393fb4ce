"""A store with many talks open at once, everybody in them signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from argon2 import PasswordHasher

from goodoffices.store import Accepted, Store

SIDES = ({"id": "north", "name": "Northland"}, {"id": "south", "name": "Southland"})
PEOPLE = (
    ("north", "head"),
    ("north", "member"),
    ("south", "head"),
    ("south", "member"),
)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is signed in, and the talk that they are in."""

    talk: str
    token: str


@dataclass(frozen=True, slots=True)
class House:
    """Who can be spoken for: the delegates of every talk, and the mediators."""

    delegates: tuple[Guest, ...]
    mediators: tuple[Guest, ...]


def prepare(address: str, keys: Path, *, talks: int) -> House:
    """Make a store with that many talks of two sides, four delegates and one mediator each."""
    delegates: list[Guest] = []
    mediators: list[Guest] = []
    now = datetime.now(UTC).replace(microsecond=0)
    with Store.make(address, keys=keys) as store:
        # Nobody signs in with a passphrase here: hashing a thousand of them measures nothing.
        store.accounts.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        for number in range(talks):
            made = store.create(title=f"Talk {number}", sides=SIDES, lead_name="Lea", now=now)
            mediators.append(_guest(store, made.talk, made.lead, f"lea{number}", now))
            for place, (side, role) in enumerate(PEOPLE):
                invite = {"act": "invite", "person": f"d{place}", "name": f"Delegate {place}",
                          "side": side, "role": role}  # fmt: skip
                done = store.act(made.talk, made.lead, invite, now=now)
                if not isinstance(done, Accepted):
                    raise RuntimeError(f"nobody could be invited: {done}")
                login = f"d{place}-{number}"
                delegates.append(_guest(store, made.talk, f"d{place}", login, now))
    return House(tuple(delegates), tuple(mediators))


def _guest(store: Store, talk: str, person: str, login: str, now: datetime) -> Guest:
    account = store.accounts.add(login, "a passphrase of some length", name=login)
    store.accounts.take_seat(account.id, talk, person)
    if login.startswith("lea"):
        store.accounts.set_totp(account.id, "JBSWY3DPEHPK3PXP")
    token = store.sessions.start(account.id, now=now, lifetime=timedelta(hours=8))
    return Guest(talk, token)
