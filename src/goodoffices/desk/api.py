"""The interface for programs: JSON in and out, with the accounts, acts and views of the pages.

A program signs in for a token and sends it as ``Authorization: Bearer``. It never sends a cookie,
so no browser can be made to act for somebody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from pydantic import BaseModel, ValidationError
from starlette.responses import JSONResponse, Response

from goodoffices.desk import identity
from goodoffices.desk import shapes as shape
from goodoffices.desk.acting import attempt
from goodoffices.desk.lobby import my_talks
from goodoffices.desk.openings import Invitation, invited, invited_again, opened
from goodoffices.desk.packages import packages
from goodoffices.desk.routes import Needs
from goodoffices.desk.visit import Visit
from goodoffices.errors import CallError
from goodoffices.store.heads import issue_head
from goodoffices.talks import DeskView, Refused, RoomView
from goodoffices.talks.acts import MEDIATOR

Seen = RoomView | DeskView
ONCE = "Idempotency-Key"
"""The header with which a program says that a request is one that it sent before."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An address of the interface: what it takes, who it is for, and what answers.

    Attributes:
        takes: the shape of the body; None for none.
        gives: the shape of the answer; None for none.
        says: what it does, for the description.
        sees: whether it answers with what the visitor sees of the talk.
    """

    method: Literal["GET", "POST"]
    path: str
    needs: Needs
    answer: Callable[..., Response]
    takes: type[BaseModel] | None
    gives: type[BaseModel] | None
    says: str
    sees: bool = False


def _data(model: BaseModel, status: int = 200) -> Response:
    return JSONResponse(model.model_dump(mode="json", by_alias=True), status)


def _done() -> Response:
    return _data(shape.Done())


def problem(status: int, words: str) -> Response:
    """Return the answer to what was not done; the same for what is not there and not allowed."""
    return _data(shape.Problem(problem=words), status)


def missing() -> Response:
    """Return the one answer for what is not there and for what is not the visitor's."""
    return problem(404, "not here")


def _sign_in(visit: Visit, body: shape.SignIn) -> Response:
    account = identity.signed_in(visit, body.name, body.passphrase, body.code)
    if account is None:
        return problem(403, "not signed in")
    return _data(shape.Token(token=identity.start_session(visit, account), name=account.login))


def _join(visit: Visit, body: shape.Join) -> Response:
    fits = identity.is_passphrase(body.passphrase)
    found = identity.taken_up(visit, body.token, body.code, body.passphrase) if fits else None
    if found is None:
        return problem(403, "not joined" if fits else "a passphrase of 14 to 1024 characters")
    return _data(shape.Token(token=identity.start_session(visit, found), name=found.login))


def _sign_out(visit: Visit) -> Response:
    visit.desk.store.sessions.end(visit.token)
    return _done()


def _sign_out_everywhere(visit: Visit) -> Response:
    visit.desk.store.sessions.end_all(visit.who.id)
    return _done()


def _lock(visit: Visit) -> Response:
    visit.desk.store.sessions.keep(visit.token, {"locked": True})
    return _done()


def _unlock(visit: Visit, body: shape.Passphrase) -> Response:
    if not identity.knows_passphrase(visit, body.passphrase):
        return problem(403, "not unlocked")
    return _data(shape.Token(token=identity.start_session(visit, visit.who), name=visit.who.login))


def _account(visit: Visit) -> Response:
    sessions = visit.desk.store.sessions.of(visit.who.id)
    here = sum(session.expires > visit.now for session in sessions)
    return _data(
        shape.AccountShown(
            name=visit.who.login, authenticator=visit.who.has_totp, sessions=here, team=visit.team
        )
    )


def _offer(visit: Visit) -> Response:
    return _data(shape.Offer(secret=identity.offered_authenticator(visit)))


def _authenticator(visit: Visit, body: shape.Authenticator) -> Response:
    codes = identity.set_authenticator(visit, body.code, body.passphrase)
    return problem(403, "not set") if codes is None else _data(shape.Codes(codes=codes))


def _passphrase(visit: Visit, body: shape.NewPassphrase) -> Response:
    if not identity.knows_passphrase(visit, body.old) or not identity.is_passphrase(body.new):
        return problem(403, "not changed")
    visit.desk.store.accounts.set_passphrase(visit.who.id, body.new)
    return _data(shape.Token(token=identity.start_session(visit, visit.who), name=visit.who.login))


def _talks(visit: Visit) -> Response:
    talks = tuple(shape.TalkNamed(talk=talk, title=title) for talk, title in my_talks(visit))
    return _data(shape.Talks(talks=talks))


def _open(visit: Visit, body: shape.NewTalk) -> Response:
    if not visit.team:
        return missing()
    sides = [side.model_dump() for side in body.sides]
    try:
        talk = opened(visit, body.title, body.lead_name, sides)
    except CallError as error:
        return problem(409, str(error))
    return _data(shape.TalkNamed(talk=talk, title=body.title))


def _view(_: Visit, seen: Seen) -> Response:
    return Response(seen.canonical() + "\n", media_type="application/json")


def _head(visit: Visit) -> Response:
    head = issue_head(visit.desk.store, visit.talk_id, visit.person, now=visit.now)
    return Response(head.to_text(), media_type="application/json")


def _act(visit: Visit, body: shape.ActGiven) -> Response:
    if body.act in {"invite", "open"}:
        return missing()
    done = attempt(visit, body.model_dump())
    return _refused(done) if isinstance(done, Refused) else _done()


def _refused(refused: Refused) -> Response:
    flags = tuple(
        shape.Flag(flag=flag.key, kind=flag.kind, found=flag.found, where=flag.where)
        for flag in refused.flags
    )
    answer = shape.Refusal(
        kind=refused.kind, reason=refused.reason, about=refused.about, flags=flags
    )
    return _data(answer, 409)


def _invite(visit: Visit, body: shape.Invite) -> Response:
    done = invited(visit, body.name, body.side, body.role)
    return _refused(done) if isinstance(done, Refused) else _invitation(done)


def _invite_again(visit: Visit, desk: DeskView) -> Response:
    done = invited_again(visit, desk, visit.params["person"])
    return missing() if done is None else _invitation(done)


def _invitation(made: Invitation) -> Response:
    return _data(shape.InvitationMade(token=made.token, code=made.code))


def _packages(visit: Visit, _: DeskView) -> Response:
    try:
        found = packages(visit.desk.store.talk(visit.talk_id))
    except ValueError as error:
        return problem(409, str(error))
    return _data(shape.PackagesShown(**asdict(found)) if found else shape.PackagesShown())


TABLE: tuple[Operation, ...] = (
    Operation("POST", "/api/sign-in", "nothing", _sign_in, shape.SignIn, shape.Token,
              "Sign in, and get a token."),
    Operation("POST", "/api/join", "nothing", _join, shape.Join, shape.Token,
              "Take up an invitation with its token and code, and get an account and a token."),
    Operation("POST", "/api/sign-out", "resting", _sign_out, None, shape.Done, "End the token."),
    Operation("POST", "/api/lock", "resting", _lock, None, shape.Done,
              "Let the token rest until the passphrase is given."),
    Operation("POST", "/api/unlock", "resting", _unlock, shape.Passphrase, shape.Token,
              "Get a new token for one that rests."),
    Operation("GET", "/api/account", "session", _account, None, shape.AccountShown,
              "One's own account."),
    Operation("POST", "/api/account/authenticator/offer", "session", _offer, None, shape.Offer,
              "Get a secret for an authenticator."),
    Operation("POST", "/api/account/authenticator", "session", _authenticator,
              shape.Authenticator, shape.Codes, "Use the authenticator that was offered."),
    Operation("POST", "/api/account/passphrase", "session", _passphrase, shape.NewPassphrase,
              shape.Token, "Change the passphrase, and end every other token."),
    Operation("POST", "/api/account/sign-out-everywhere", "session", _sign_out_everywhere, None,
              shape.Done, "End every token and session of the account."),
    Operation("GET", "/api/talks", "account", _talks, None, shape.Talks, "The talks one is in."),
    Operation("POST", "/api/talks", "account", _open, shape.NewTalk, shape.TalkNamed,
              "Open a talk; for mediators."),
    Operation("GET", "/api/talks/{talk}", "talk", _view, None, shape.AnyView,
              "All that one may see of a talk.", sees=True),
    Operation("GET", "/api/talks/{talk}/head", "talk", _head, None, shape.HeadTaken,
              "A signed head of the talk, by which a rewritten past shows later."),
    Operation("POST", "/api/talks/{talk}/acts", "talk", _act, shape.ActGiven, shape.Done,
              "Do an act, in the names by which one knows things."),
    Operation("POST", "/api/talks/{talk}/invitations", "desk", _invite, shape.Invite,
              shape.InvitationMade, "Invite somebody; for leads."),
    Operation("POST", "/api/talks/{talk}/people/{person}/invitation", "desk", _invite_again, None,
              shape.InvitationMade, "Invite somebody again, whose account then ends; for leads.",
              sees=True),
    Operation("GET", "/api/talks/{talk}/packages", "desk", _packages, None, shape.PackagesShown,
              "Packages from what may inform analysis; for the mediator's team.", sees=True),
)  # fmt: skip
"""Every address of the interface."""


def answer(visit: Visit, operation: Operation, body: bytes) -> Response:
    """Answer a request, as far as the operation is for whoever asks."""
    needs = operation.needs
    if needs != "nothing" and visit.session is None:
        return problem(401, "not signed in")
    if needs not in {"nothing", "resting"}:
        if visit.session is not None and visit.session.data.get("locked"):
            return problem(401, "locked")
        if needs != "session" and not visit.who.has_totp and visit.team:
            return problem(403, "an authenticator is needed")
    given: list[Any] = []
    if needs in {"talk", "desk", "room"}:
        found = _in_a_talk(visit, needs)
        if found is None:
            return missing()
        visit = found
        if operation.sees:
            given.append(visit.desk.store.view(visit.talk_id, visit.person, now=visit.now))
    if operation.takes is not None:
        try:
            given.append(operation.takes.model_validate_json(body))
        except ValidationError as error:
            return problem(422, _places(error))
    return operation.answer(visit, *given)


def _in_a_talk(visit: Visit, needs: Needs) -> Visit | None:
    """Return the visit with the person that the visitor is in the talk, or None."""
    store, id_ = visit.desk.store, visit.seats.person(visit.talk_id)
    person = None if id_ is None else store.person(visit.talk_id, id_)
    if id_ is None or person is None or person.left:
        return None
    is_desk = person.side == MEDIATOR
    return None if needs == ("room" if is_desk else "desk") else replace(visit, person=id_)


def _places(error: ValidationError) -> str:
    """Say where a body went wrong, without what stood there."""
    places = (".".join(str(part) for part in item["loc"]) or "body" for item in error.errors())
    return "not well formed: " + ", ".join(sorted(set(places)))
