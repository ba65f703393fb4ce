"""One request: who is asking, in which language, about which talk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex
from typing import Any, TypeVarTuple

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import FormData, QueryParams
from starlette.responses import RedirectResponse, Response

from goodoffices.desk.forms import FORMS
from goodoffices.desk.languages import Language
from goodoffices.desk.pages import page
from goodoffices.desk.passing import form_mark
from goodoffices.desk.settings import Settings
from goodoffices.errors import CallError
from goodoffices.store import Account, Once, Seats, Session, Store
from goodoffices.talks.acts import MEDIATOR

Given = TypeVarTuple("Given")
_THREADS = 8
Clock = Callable[[], datetime]
_NO_SEATS = Seats({}, lambda _talk, _sealed: "")


@dataclass(frozen=True, slots=True)
class Desk:
    """What every request shares: the store, the settings, the clock and the threads.

    Attributes:
        threads: how many requests are answered at once. Python runs one thread at a time: more of
            them only get in each other's way.
    """

    store: Store
    settings: Settings
    clock: Clock
    threads: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(_THREADS))

    async def apart(self, answer: Callable[[*Given], Response], *given: *Given) -> Response:
        """Answer in a thread of its own, so that nobody else has to wait for the database."""
        return await to_thread.run_sync(answer, *given, limiter=self.threads)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request with what was found out about it, for the function that answers it.

    Attributes:
        session, account: who is signed in; both or neither.
        seats: the talks that they are in.
        token: the secret of the session's cookie.
        person: who the account is in the talk of the path, once that is known to be somebody.
        once: what the form, or the program, was given so that nothing is done twice.
    """

    desk: Desk
    path: str
    params: Mapping[str, str]
    query: QueryParams
    form: FormData
    address: str
    origin: str
    now: datetime
    language: Language
    session: Session | None = None
    account: Account | None = None
    seats: Seats = _NO_SEATS
    token: str = field(default="", repr=False)
    person: str = ""
    once: str = ""

    @property
    def who(self) -> Account:
        """The account that is signed in; asked for only where the routes let nobody else in."""
        if self.account is None:
            raise CallError("a page", expected="somebody who is signed in")
        return self.account

    @property
    def team(self) -> bool:
        """Whether the account is of a mediator's team, in any talk, or founded this server."""
        store, seats = self.desk.store, self.seats.all()
        people = (store.person(talk, person) for talk, person in seats.items())
        return not seats or any(person and person.side == MEDIATOR for person in people)

    def kept(self, key: str) -> str | None:
        """Return a text that is kept with the session."""
        value = self.session.data.get(key) if self.session else None
        return value if isinstance(value, str) else None

    @property
    def talk_id(self) -> str:
        """The talk of the path."""
        return self.params["talk"]

    @property
    def csrf(self) -> str:
        """What a form of this session has to carry; nothing without a session."""
        return form_mark(self.token) if self.session else ""

    def text(self, key: str) -> str:
        """Return a field of the form, empty when there is none."""
        value = self.form.get(key)
        return value if isinstance(value, str) else ""

    def asked_once(self, data: Mapping[str, Any]) -> Once | None:
        """Return what tells that this was asked for before; the same for the same data."""
        # A person who is invited is given a new name with each try.
        asked = {key: value for key, value in data.items() if key != "person"}
        return Once(self.once, {"who": self.who.id, **asked}) if self.once else None

    def page(self, template: str, *, status: int = 200, **given: Any) -> Response:
        """Return a page for this visitor."""
        done = self.query.get("done", "")
        common = {
            "csrf": self.csrf,
            "signed_in": self.session is not None,
            "here": self.path,
            "once": token_hex(10),
            "done": FORMS[done].title if done in FORMS else None,
        }
        return page(template, self.language, {**common, **given}, status=status)

    def missing(self) -> Response:
        """Return the one answer for what is not there and for what is not the visitor's."""
        return self.page("missing.html", status=404)

    def problem(self, words: str, status: int) -> Response:
        """Return a page that says why something was not done."""
        return self.page("problem.html", status=status, words=words)


def redirect(path: str) -> Response:
    """Send the visitor on, by GET."""
    return RedirectResponse(path, status_code=303)


Answer = Callable[[Visit], Response]
