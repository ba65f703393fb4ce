"""A server with a talk in it, and people who are signed in, for the tests of the desk."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from goodoffices.desk.app import create_app
from goodoffices.desk.settings import Settings
from goodoffices.store import Store

START = datetime(2025, 6, 2, 8, 0, tzinfo=UTC)
PASSPHRASE = "a passphrase of some length"
HOST = "testserver"


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **units: float) -> None:
        """Let time pass."""
        self.now += timedelta(**units)


def hidden(text: str) -> dict[str, str]:
    """Return the hidden fields of the form in the main part of a page."""
    main = text.partition("<main")[2]
    found = re.findall(r'<input type="hidden" name="([a-z_.]+)" value="([^"]*)">', main)
    return {name: html.unescape(value) for name, value in found}


def secrets_in(text: str) -> list[str]:
    """Return what a page shows once."""
    return re.findall(r'class="secret" dir="ltr">([^<]+)<', text)


class Visitor:
    """Somebody with a browser."""

    def __init__(self, office: Office, address: str = "203.0.113.1") -> None:
        self.office = office
        # The talk's server answers under one name; redirects are followed as browsers do.
        self.browser = TestClient(office.app, base_url=f"http://{HOST}", client=(address, 50000))
        self.name = ""
        self.secret: str | None = None

    def get(self, path: str, **given: Any) -> Any:
        return self.browser.get(path, **given)

    def post(self, path: str, /, **fields: Any) -> Any:
        """Send a form with the mark of the session."""
        return self.browser.post(path, data={"csrf": self.mark(), **fields})

    def mark(self) -> str:
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', self.get("/account").text)
        return found[1] if found else ""

    def join(self, token: str, code: str) -> Visitor:
        fields = {"code": code, "passphrase": PASSPHRASE, "again": PASSPHRASE}
        answer = self.browser.post(f"/join/{token}", data=fields)
        assert answer.status_code == 200, answer.text
        (self.name,) = secrets_in(answer.text)
        return self

    def set_authenticator(self) -> tuple[str, ...]:
        (self.secret,) = secrets_in(self.get("/account/authenticator").text)
        answer = self.post("/account/authenticator", code=self.code(), passphrase=PASSPHRASE)
        assert answer.status_code == 200, answer.text
        return tuple(re.findall(r"<li>([0-9a-f]{16})</li>", answer.text))

    def code(self) -> str:
        assert self.secret is not None
        return pyotp.TOTP(self.secret).at(self.office.clock.now)

    def sign_in(self, **instead: str) -> Any:
        code = self.code() if self.secret else ""
        fields = {"name": self.name, "passphrase": PASSPHRASE, "code": code, **instead}
        return self.browser.post("/sign-in", data=fields)

    def try_(self, act: str, query: str = "", /, **fields: Any) -> Any:
        """Fill in the page of an act and send it."""
        path = f"{self.office.base}/do/{act}"
        page = self.get(path + query)
        assert page.status_code == 200, page.text
        return self.browser.post(path, data={**hidden(page.text), **fields})

    def do(self, act: str, query: str = "", /, **fields: Any) -> str:
        """Do an act that is allowed, every flag answered; return the page after it."""
        answer = self.try_(act, query, **fields)
        flags = [
            html.unescape(flag) for flag in re.findall(r'name="flag" value="([^"]*)"', answer.text)
        ]
        if flags:
            asked = {"flag": flags, "decision": ["intended"] * len(flags),
                     "why": ["it is meant so"] * len(flags)}  # fmt: skip
            fields = {**hidden(answer.text), **fields, **asked}
            answer = self.browser.post(f"{self.office.base}/do/{act}", data=fields)
        assert answer.status_code == 200, answer.text
        text: str = answer.text
        return text

    def page(self, path: str = "") -> str:
        """Return a page of the talk."""
        answer = self.get(self.office.base + path)
        assert answer.status_code == 200, answer.text
        text: str = answer.text
        return text


class Office:
    """A server, its clock, its store, and the people of its one talk."""

    def __init__(self, store: Store) -> None:
        self.clock = Clock()
        self.store = store
        # The same algorithm, made quick: how slow it is has a test of its own.
        self.store.accounts.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        self.app = create_app(self.store, Settings(hosts=(HOST,)), clock=self.clock)
        self.base = ""
        self.sides: dict[str, str] = {}
        self.people: dict[str, Visitor] = {}

    def copied(self, store: Store) -> Office:
        """Return the same server with a store of its own, everybody signed in as they are."""
        copy = Office(store)
        copy.clock.now, copy.base, copy.sides = self.clock.now, self.base, dict(self.sides)
        for key, visitor in self.people.items():
            again = Visitor(copy)
            again.name, again.secret = visitor.name, visitor.secret
            cookie = visitor.browser.cookies["session"]
            again.browser.cookies.set("session", cookie, domain="testserver.local")
            copy.people[key] = again
        return copy

    def founder(self) -> Visitor:
        data = {"talk": "", "person": "", "name": "Lea", "code": "abcd-efgh"}
        token = self.store.invitations.issue(data, now=self.clock.now, lifetime=timedelta(days=1))
        lea = Visitor(self).join(token, "ABCD EFGH")
        lea.set_authenticator()
        self.clock.pass_(minutes=1)
        return lea

    def open_talk(self, lea: Visitor) -> None:
        sides = ["Northland", "Southland", "The League", "The Press"]
        kinds = ["party", "party", "guarantor", "observer"]
        answer = lea.post("/open", title="The crossing", lead_name="Lea", side=sides, kind=kinds)
        assert answer.status_code == 200, answer.text
        self.base = str(answer.url).removeprefix(f"http://{HOST}")
        found = re.findall(rf'{self.base}/side/(side-[0-9a-f]+)"><bdi>([^<]+)<', answer.text)
        self.sides = {name: side for side, name in found}

    def invite(self, name: str, side: str, role: str) -> Visitor:
        text = self.people["lea"].do(
            "invite", name=name, side=self.sides.get(side, side), role=role
        )
        link, code = secrets_in(text)
        return Visitor(self).join(link.rsplit("/", 1)[1], code)


def office(store: Store) -> Office:
    """Return a server with a talk: Lea leads; Ada and Abe are of one side, Bea of the other."""
    made = Office(store)
    made.people["lea"] = made.founder()
    made.open_talk(made.people["lea"])
    for name, side, role in (
        ("Ada", "Northland", "head"), ("Abe", "Northland", "member"), ("Bea", "Southland", "head"),
        ("Gus", "The League", "guarantor"), ("Oda", "The Press", "observer"),
        ("Sam", "mediator", "note-taker"),
    ):  # fmt: skip
        made.people[name.lower()] = made.invite(name, side, role)
    made.people["sam"].set_authenticator()
    made.clock.pass_(minutes=1)
    return made
