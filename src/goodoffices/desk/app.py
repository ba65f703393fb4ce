"""The application: every request becomes a visit, and goes where the table of routes says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route as Address
from starlette.types import ASGIApp

from goodoffices.desk import api, passing
from goodoffices.desk.guard import Guard, headers_for
from goodoffices.desk.languages import language, mark, preferred
from goodoffices.desk.openapi import description
from goodoffices.desk.pages import STATIC
from goodoffices.desk.routes import TABLE, Route
from goodoffices.desk.settings import Settings
from goodoffices.desk.visit import Clock, Desk, Visit, redirect
from goodoffices.errors import NotFoundError, StoreUnavailableError, VoidRoundError
from goodoffices.store import Store
from goodoffices.talks import RoomView

_UNREADABLE = mark("The form cannot be read.")
_VOID = mark(
    "This sealed acceptance cannot be answered: its key is gone. The mediator can open another."
)
_UNAVAILABLE = mark("The records cannot be reached just now. Nothing was kept; please try again.")
_MOST_FIELDS = 2000
SECRET = frozenset({"again", "code", "csrf", "new", "old", "once", "passphrase"})
"""Fields that are never shown again."""
CHOSEN = frozenset(
    {
        "accept", "clause", "condition", "decision", "draft", "firmness", "flag", "in_reply_to",
        "item", "kind", "language", "mediator_takes_part", "not_to", "question", "read_back",
        "relies_on", "role", "round", "sides", "target", "to", "way", "ways", "whole_side",
    }
)  # fmt: skip
"""Fields that are chosen, not written: of no use to whoever copies what they wrote."""
_STATIC: Mapping[str, str] = {"desk.css": "text/css", "desk.svg": "image/svg+xml"}


def now() -> datetime:
    """Return the time, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def create_app(store: Store, settings: Settings | None = None, *, clock: Clock = now) -> ASGIApp:
    """Return the application that serves the talks of a store.

    Args:
        store: where talks and accounts are kept.
        settings: how it behaves.
        clock: what tells the time.
    """
    settings = settings or Settings()
    desk = Desk(store, settings, clock)
    # Addresses are tried in this order, and programs ask most often.
    addresses = [
        Address(operation.path, _interface(desk, operation), methods=[operation.method])
        for operation in api.TABLE
    ]
    addresses += [
        Address(path, _endpoint(desk, path), methods=sorted(_methods(path)))
        for path in dict.fromkeys(route.path for route in TABLE)
    ]
    addresses.append(Address("/api/openapi.json", _described, methods=["GET"]))
    addresses.append(Address("/static/{name}", _static, methods=["GET"]))
    return Starlette(
        routes=addresses,
        middleware=[Middleware(Guard, settings=settings)],
        exception_handlers={404: _missing(desk), 405: _missing(desk), 500: _unforeseen(settings)},
    )


def _methods(path: str) -> set[str]:
    return {route.method for route in TABLE if route.path == path}


def _endpoint(desk: Desk, path: str) -> Any:
    """Return what answers an address, whichever way it is asked."""
    by_method = {route.method: route for route in TABLE if route.path == path}

    async def endpoint(request: Request) -> Response:
        route = by_method["POST" if request.method == "POST" else "GET"]
        form = FormData()
        readable = True
        if route.method == "POST":
            try:
                form = await request.form(max_fields=_MOST_FIELDS, max_files=0)
            except HTTPException:
                readable = False
        visit = _visit(desk, request, form)
        if not readable:
            return visit.problem(_UNREADABLE, 400)
        return await desk.apart(_answer_or_say_why_not, visit, route)

    return endpoint


def _visit(desk: Desk, request: Request, form: FormData) -> Visit:
    cookies = request.cookies
    chosen = cookies.get(desk.settings.language_cookie)
    header = request.headers.get("accept-language", "")
    scheme = "https" if desk.settings.secure else "http"
    return Visit(
        desk=desk,
        path=request.url.path,
        params=request.path_params,
        query=request.query_params,
        form=form,
        address=request.client.host if request.client else "",
        origin=f"{scheme}://{request.headers.get('host', '')}",
        now=desk.clock(),
        language=language(chosen) if chosen else preferred(header),
        token=cookies.get(desk.settings.cookie, ""),
        once=str(form.get("once") or ""),
    )


def _answer_or_say_why_not(visit: Visit, route: Route) -> Response:
    """Answer, or tell the visitor that nothing was kept and why."""
    try:
        with visit.desk.store.one_moment():
            return _answer(visit, route)
    except VoidRoundError:
        return visit.problem(_VOID, 409)
    except StoreUnavailableError:
        return visit.problem(_UNAVAILABLE, 503)


def _answer(visit: Visit, route: Route) -> Response:
    """Find out who is there, and answer as far as the route is for them."""
    visit = _recognised(visit)
    if route.needs == "nothing":
        return route.answer(visit)
    if visit.session is None:
        return _ended(visit) if route.method == "POST" else redirect("/sign-in")
    if route.method == "POST" and not passing.same(visit.csrf, visit.text("csrf")):
        return _ended(visit)
    if route.needs == "resting":
        return route.answer(visit)
    if visit.session.data.get("locked"):
        return _ended(visit) if route.method == "POST" else redirect("/unlock")
    if route.needs == "session":
        return route.answer(visit)
    if not visit.who.has_totp and visit.team:
        return redirect("/account/authenticator")
    if route.needs == "account":
        return route.answer(visit)
    return _in_a_talk(visit, route)


def _recognised(visit: Visit) -> Visit:
    """Return the visit with the session and account of its cookie, if there are any."""
    store, settings = visit.desk.store, visit.desk.settings
    if not visit.token:
        return visit
    found = store.presences.find(visit.token, now=visit.now, idle=settings.idle)
    if found is None:
        return replace(visit, token="")
    return replace(visit, session=found.session, account=found.account, seats=found.seats)


def _ended(visit: Visit) -> Response:
    """Give somebody whose session is over what they wrote, so that nothing is lost."""
    written = [
        value
        for key, value in visit.form.multi_items()
        if isinstance(value, str) and value.strip() and key not in SECRET
        if " " in value or "\n" in value or key.rpartition(".")[2] not in CHOSEN
    ]
    return visit.page("ended.html", status=403, written=written)


def _in_a_talk(visit: Visit, route: Route) -> Response:
    """Answer with the visitor's own view; whoever has none gets what an unknown talk gets."""
    store = visit.desk.store
    person = visit.seats.person(visit.talk_id)
    if person is None:
        return visit.missing()
    visit = replace(visit, person=person)
    try:
        seen = store.view(visit.talk_id, person, now=visit.now)
    except NotFoundError:
        return visit.missing()
    is_room = isinstance(seen, RoomView)
    if route.needs == ("desk" if is_room else "room"):
        return visit.missing()
    return route.answer(visit, seen)


def _interface(desk: Desk, operation: api.Operation) -> Any:
    """Return what answers a program: by the token that it sends, never by a cookie."""

    async def endpoint(request: Request) -> Response:
        body = await request.body()
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        token = token.strip() if scheme.lower() == "bearer" else ""
        once = request.headers.get(api.ONCE, "")
        visit = replace(_visit(desk, request, FormData()), token=token, once=once)
        return await desk.apart(_answer_program, visit, operation, body)

    return endpoint


def _answer_program(visit: Visit, operation: api.Operation, body: bytes) -> Response:
    try:
        with visit.desk.store.one_moment():
            return api.answer(_recognised(visit), operation, body)
    except VoidRoundError:
        return api.problem(409, "the key of this sealed acceptance is gone")
    except StoreUnavailableError:
        return api.problem(503, "the records cannot be reached; nothing was kept")


async def _described(_: Request) -> Response:
    return JSONResponse(description())


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _STATIC:
        raise HTTPException(404)
    return FileResponse(STATIC / name, media_type=_STATIC[name])


def _missing(desk: Desk) -> Any:
    async def missing(request: Request, _: Exception) -> Response:
        if request.url.path.startswith("/api/"):
            return api.missing()
        visit = _visit(desk, request, FormData())
        return await desk.apart(lambda: _recognised(visit).missing())

    return missing


def _unforeseen(settings: Settings) -> Any:
    """Return what answers an error that nobody foresaw, which happens outside of the guard."""

    async def unforeseen(_: Request, __: Exception) -> Response:
        return PlainTextResponse("Internal Server Error", 500, headers_for(settings))

    return unforeseen
