"""Who somebody is: sign-in, invitations, passphrases and authenticators, with their limits.

Pages and the interface for programs both come here.
"""

from __future__ import annotations

from goodoffices.desk import passing
from goodoffices.desk.visit import Visit
from goodoffices.store import Account, AuditEntry

_PEOPLE_BEHIND_AN_ADDRESS = 20
"""How many times as many tries an address has as a name: many people can be behind one."""
_LONGEST_CODE = 8
"""Digits and spaces of a code of an authenticator; what is longer is a code for a lost device."""


def signed_in(visit: Visit, name: str, passphrase: str, code: str) -> Account | None:
    """Return the account of somebody who proves to be its owner, None for anybody else.

    What did not fit is not told, and takes as long to find out for a name that nobody has.
    """
    store, login = visit.desk.store, passing.heard(name)
    too_often = _tired(visit, f"name:{login}") | _address_tired(visit)
    account = store.accounts.check(login, passphrase[: passing.LONGEST_PASSPHRASE])
    if too_often or account is None or not _code_fits(visit, account, code):
        return None
    store.tries.forget(f"name:{login}")
    store.note_down(AuditEntry(visit.now, account.id, "sign-in"))
    return account


def start_session(visit: Visit, account: Account) -> str:
    """Start a session with a new secret, end the one that the visitor came with, if any."""
    sessions = visit.desk.store.sessions
    if visit.token:
        sessions.end(visit.token)
    return sessions.start(account.id, now=visit.now, lifetime=visit.desk.settings.session)


def knows_passphrase(visit: Visit, passphrase: str) -> bool:
    """Whether the passphrase is that of whoever is signed in; wrong ones count as at sign-in."""
    store, login = visit.desk.store, visit.who.login
    if _tired(visit, f"name:{login}"):
        return False
    right = store.accounts.check(login, passphrase[: passing.LONGEST_PASSPHRASE]) is not None
    if right:
        store.tries.forget(f"name:{login}")
    return right


def is_passphrase(chosen: str) -> bool:
    """Whether something can be a passphrase."""
    return passing.SHORTEST_PASSPHRASE <= len(chosen) <= passing.LONGEST_PASSPHRASE


def taken_up(visit: Visit, token: str, code: str, passphrase: str) -> Account | None:
    """Return a new account for whoever has link and code; the one that it replaces is closed.

    None when link and code do not fit, or were used before; which of them is not told.
    """
    store = visit.desk.store
    found = store.invitations.read(token, now=visit.now)
    too_often = _address_tired(visit) | _tired(visit, f"invitation:{token}")
    if too_often or found is None or not passing.same(found["code"], passing.heard(code)):
        return None
    if store.invitations.use(token, now=visit.now) is None:
        return None
    account = store.accounts.add(passing.spoken(3), passphrase, name=found["name"])
    if found["talk"]:
        for old in store.accounts.seated(found["talk"]).get(found["person"], ()):
            store.accounts.close(old)
        store.accounts.take_seat(account.id, found["talk"], found["person"])
    store.note_down(AuditEntry(visit.now, account.id, "join"))
    return account


def offered_authenticator(visit: Visit) -> str:
    """Offer a new secret for an authenticator; it counts once a code of it was given."""
    secret = passing.fresh_secret()
    visit.desk.store.sessions.keep(visit.token, {"offer": secret})
    return secret


def set_authenticator(visit: Visit, code: str, passphrase: str) -> tuple[str, ...] | None:
    """Take the secret that was offered; return codes for a lost device, None when refused.

    Asks for a code of it and for the passphrase. Every other session ends.
    """
    store, secret = visit.desk.store, visit.kept("offer")
    if not knows_passphrase(visit, passphrase) or secret is None:
        return None
    step = passing.step_of(secret, code, visit.now)
    if step is None:
        return None
    store.accounts.set_totp(visit.who.id, secret)
    store.accounts.use_totp_step(visit.who.id, step)
    store.sessions.keep(visit.token, {})
    store.sessions.end_all(visit.who.id, but=visit.token)
    return store.accounts.new_recovery_codes(visit.who.id)


def _tired(visit: Visit, what: str, times: int = 1) -> bool:
    """Count a try; whether there were too many."""
    settings = visit.desk.settings
    number = visit.desk.store.tries.count(what, now=visit.now, within=settings.wait)
    return number > settings.tries * times


def _address_tired(visit: Visit) -> bool:
    return _tired(visit, f"address:{visit.address}", _PEOPLE_BEHIND_AN_ADDRESS)


def _code_fits(visit: Visit, account: Account, code: str) -> bool:
    """Whether the code is the authenticator's and new, or one for a lost device."""
    accounts = visit.desk.store.accounts
    secret = accounts.totp_secret(account.id)
    if secret is None:
        return True
    step = passing.step_of(secret, code, visit.now)
    if step is not None:
        return accounts.use_totp_step(account.id, step)
    return len(code.strip()) > _LONGEST_CODE and accounts.use_recovery_code(account.id, code)
