"""Coming in and going out by pages: sign in, join, lock, and one's own account."""

from __future__ import annotations

from starlette.responses import Response

from goodoffices.desk import identity, passing
from goodoffices.desk.languages import language, mark
from goodoffices.desk.visit import Visit, redirect
from goodoffices.store import Account

_SHORT = mark("A passphrase has at least 14 characters, twice the same.")
_NOT_JOINED = mark("The link or the code does not fit, or was used before.")
_WRONG = mark("That did not work.")
_FORGET = '"cache", "storage"'
"""What a browser is asked to forget at the end; the language stays."""


def sign_in_page(visit: Visit) -> Response:
    """Ask who is there."""
    return redirect("/") if visit.account else visit.page("sign_in.html")


def sign_in(visit: Visit) -> Response:
    """Begin a session for whoever gives name, passphrase and, where one is set up, a code."""
    name, passphrase, code = (visit.text(key) for key in ("name", "passphrase", "code"))
    account = identity.signed_in(visit, name, passphrase, code)
    if account is None:
        return visit.page("sign_in.html", status=403, failed=True)
    return _begin(visit, account)


def _begin(visit: Visit, account: Account, path: str = "/") -> Response:
    answer = redirect(path)
    _set_cookie(visit, answer, identity.start_session(visit, account))
    return answer


def _set_cookie(visit: Visit, answer: Response, token: str) -> None:
    """Give the visitor the secret of a session, or take it away with an empty one."""
    settings = visit.desk.settings
    answer.set_cookie(
        settings.cookie,
        token,
        max_age=int(settings.session.total_seconds()) if token else 0,
        secure=settings.secure,
        httponly=True,
        samesite="strict",
    )


def sign_out(visit: Visit) -> Response:
    """End this session."""
    visit.desk.store.sessions.end(visit.token)
    return _out(visit)


def _out(visit: Visit) -> Response:
    answer = redirect("/sign-in")
    _set_cookie(visit, answer, "")
    answer.headers["Clear-Site-Data"] = _FORGET
    return answer


def lock(visit: Visit) -> Response:
    """Let the session rest until the passphrase is given."""
    visit.desk.store.sessions.keep(visit.token, {"locked": True})
    return redirect("/unlock")


def unlock_page(visit: Visit) -> Response:
    """Ask for the passphrase of a session that rests."""
    return visit.page("unlock.html")


def unlock(visit: Visit) -> Response:
    """Wake a session, with a new secret."""
    if identity.knows_passphrase(visit, visit.text("passphrase")):
        return _begin(visit, visit.who)
    return visit.page("unlock.html", status=403, failed=True)


def join_page(visit: Visit) -> Response:
    """Ask somebody with an invitation for its code and a passphrase; any link looks the same."""
    return visit.page("join.html", token=visit.params["token"])


def join(visit: Visit) -> Response:
    """Make an account for whoever has link and code."""
    token, passphrase = visit.params["token"], _new_passphrase(visit, "passphrase")
    if passphrase is None:
        return visit.page("join.html", status=403, token=token, failed=_SHORT)
    account = identity.taken_up(visit, token, visit.text("code"), passphrase)
    if account is None:
        return visit.page("join.html", status=403, token=token, failed=_NOT_JOINED)
    return _begin(visit, account, "/welcome")


def _new_passphrase(visit: Visit, key: str) -> str | None:
    """Return a new passphrase, None when it cannot be one or is not twice the same."""
    chosen = visit.text(key)
    return chosen if identity.is_passphrase(chosen) and chosen == visit.text("again") else None


def welcome(visit: Visit) -> Response:
    """Show somebody who has just joined the name to sign in with."""
    return visit.page("welcome.html", name=visit.who.login)


def account_page(visit: Visit, failed: str | None = None) -> Response:
    """Show one's own account."""
    sessions = visit.desk.store.sessions.of(visit.who.id)
    return visit.page(
        "account.html",
        status=403 if failed else 200,
        failed=failed,
        name=visit.who.login,
        has_totp=visit.who.has_totp,
        sessions=sum(session.expires > visit.now for session in sessions),
    )


def authenticator_page(visit: Visit, failed: str | None = None) -> Response:
    """Offer an authenticator; the same again after a code that did not fit."""
    secret = (visit.kept("offer") if failed else None) or identity.offered_authenticator(visit)
    return visit.page(
        "authenticator.html",
        status=403 if failed else 200,
        failed=failed,
        secret=secret,
        picture=passing.picture_of(secret, visit.who.login),
        needed=visit.team and not visit.who.has_totp,
    )


def set_authenticator(visit: Visit) -> Response:
    """Take the authenticator that was offered, and show codes for a lost device once."""
    codes = identity.set_authenticator(visit, visit.text("code"), visit.text("passphrase"))
    if codes is None:
        return authenticator_page(visit, _WRONG)
    return visit.page("recovery.html", codes=codes)


def set_passphrase(visit: Visit) -> Response:
    """Change the passphrase, and end every other session."""
    if not identity.knows_passphrase(visit, visit.text("old")):
        return account_page(visit, _WRONG)
    passphrase = _new_passphrase(visit, "new")
    if passphrase is None:
        return account_page(visit, _SHORT)
    visit.desk.store.accounts.set_passphrase(visit.who.id, passphrase)
    return _begin(visit, visit.who, "/account")


def sign_out_everywhere(visit: Visit) -> Response:
    """End every session of the account, this one too."""
    visit.desk.store.sessions.end_all(visit.who.id)
    return _out(visit)


def choose_language(visit: Visit) -> Response:
    """Keep the language in a cookie, and go back to the start."""
    answer = redirect("/")
    chosen = language(visit.text("language")).code
    answer.set_cookie(
        visit.desk.settings.language_cookie, chosen, max_age=31_536_000, httponly=True,
        samesite="strict", secure=visit.desk.settings.secure,
    )  # fmt: skip
    return answer
