"""The interface for programs: the same accounts, acts and views, by token."""

from __future__ import annotations

import json
import re
from typing import Any, get_args

import pytest

from goodoffices.desk.api import TABLE
from goodoffices.desk.openapi import description
from goodoffices.desk.routes import TABLE as PAGES
from goodoffices.store.heads import Head, check_head
from goodoffices.talks.acts import AnyAct
from tests.desk.office import PASSPHRASE, Office, Visitor


class Program:
    """A program that speaks for somebody."""

    def __init__(self, office: Office, who: str) -> None:
        self.office, self.visitor = office, Visitor(office)
        person = office.people[who]
        self.visitor.name, self.visitor.secret = person.name, person.secret
        code = self.visitor.code() if person.secret else ""
        answer = self.ask(
            "POST", "/api/sign-in", name=person.name, passphrase=PASSPHRASE, code=code
        )
        self.token = answer.json()["token"]
        self.talk = "/api" + office.base

    token = ""

    def ask(self, method: str, path: str, /, **body: Any) -> Any:
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        content = json.dumps(body) if method == "POST" else None
        return self.visitor.browser.request(method, path, content=content, headers=headers)

    def act(self, act: str, /, **given: Any) -> Any:
        return self.ask("POST", f"{self.talk}/acts", act=act, **given)

    def view(self) -> Any:
        return self.ask("GET", self.talk).json()


def test_a_talk_goes_on_without_pages(office: Office) -> None:
    lea, ada, bea = (Program(office, who) for who in ("lea", "ada", "bea"))
    said = ada.act("entrust", kind="offer", words="A gate.", caveat={"ways": ["own-idea"]})
    assert said.json() == {"done": True}
    item = lea.view()["entrusted"][0]
    assert item["spoken"] == ["A gate."]
    given = {"words": "A gate?", "to": [office.sides["Southland"]], "way": "own-idea",
             "relies_on": [item["id"]]}  # fmt: skip
    refused = lea.act("release", **given)
    if refused.status_code == 409:
        assert refused.json()["reason"] == "leak-check-unanswered"
        answers = [
            {"flag": flag["flag"], "decision": "intended", "why": "it is meant so"}
            for flag in refused.json()["flags"]
        ]
        assert lea.act("release", **given, leak_check=answers).status_code == 200
    assert [entry["words"] for entry in bea.view()["received"]] == ["A gate?"]
    mine = ada.view()["entrusted"][0]["id"]
    assert ada.act("withdraw", item=mine).status_code == 200
    assert ada.view()["entrusted"][0]["withdrawn"]


def test_a_view_is_the_view_of_the_pages(office: Office, ada: Visitor) -> None:
    ada.do("entrust", kind="message", words="A word.")
    program = Program(office, "ada")
    assert program.view() == json.loads(ada.page("/export/view.json"))


def test_a_head_is_taken_by_program_too(office: Office) -> None:
    ada = Program(office, "ada")
    head = Head.from_text(ada.ask("GET", f"{ada.talk}/head").text)
    assert check_head(office.store, head).problem == ""


def test_what_is_not_yours_is_not_there(office: Office) -> None:
    ada, oda = Program(office, "ada"), Program(office, "oda")
    there = ada.act("entrust", kind="message", words="A word.", caveat={})
    assert there.status_code == 200
    for path in (f"{ada.talk}/packages", ada.talk[:-3] + "aaa", "/api/nothing"):
        answer = ada.ask("GET", path)
        assert (answer.status_code, answer.json()) == (404, {"problem": "not here"})
    assert ada.act("open", title="Mine").status_code == 404
    assert ada.act("invite", name="X").status_code == 404
    assert oda.act("entrust", kind="message", words="A word.", caveat={}).json()["reason"] == "role"
    answer = ada.ask("POST", "/api/talks", title="T", lead_name="A",
                     sides=[{"name": "x"}, {"name": "y"}])  # fmt: skip
    assert answer.status_code == 404


def test_mediators_open_talks_and_invite(office: Office) -> None:
    lea = Program(office, "lea")
    sides = [{"name": "East"}, {"name": "West"}]
    made = lea.ask("POST", "/api/talks", title="The well", lead_name="Lea", sides=sides).json()
    path = f"/api/talks/{made['talk']}"
    side = lea.ask("GET", path).json()["sides"][0]["id"]
    got = lea.ask("POST", f"{path}/invitations", name="Eve", side=side, role="head").json()
    eve = Visitor(office)
    body = {"token": got["token"], "code": got["code"], "passphrase": PASSPHRASE}
    joined = eve.browser.post("/api/join", json=body).json()
    head = {"authorization": f"Bearer {joined['token']}"}
    assert eve.browser.get(path, headers=head).json()["side"] == "East"
    assert eve.browser.post("/api/join", json=body).status_code == 403
    person = lea.ask("GET", path).json()["people"][side][0]["id"]
    again = lea.ask("POST", f"{path}/people/{person}/invitation").json()
    body = {**again, "passphrase": PASSPHRASE}
    assert eve.browser.post("/api/join", json=body).status_code == 200
    assert eve.browser.get(path, headers=head).status_code == 401
    titles = [talk["title"] for talk in lea.ask("GET", "/api/talks").json()["talks"]]
    assert titles == ["The crossing", "The well"]


def test_an_account_is_kept_by_program_too(office: Office) -> None:
    ada = Program(office, "ada")
    account = ada.ask("GET", "/api/account").json()
    assert account == {"name": ada.visitor.name, "authenticator": False, "sessions": 2,
                       "team": False}  # fmt: skip
    ada.visitor.secret = ada.ask("POST", "/api/account/authenticator/offer").json()["secret"]
    wrong = ada.ask("POST", "/api/account/authenticator", code="1", passphrase=PASSPHRASE)
    assert wrong.status_code == 403
    right = ada.ask("POST", "/api/account/authenticator", code=ada.visitor.code(),
                    passphrase=PASSPHRASE)  # fmt: skip
    assert len(right.json()["codes"]) == 10
    assert ada.ask("POST", "/api/lock").json() == {"done": True}
    assert ada.ask("GET", ada.talk).json() == {"problem": "locked"}
    assert ada.ask("POST", "/api/unlock", passphrase="wrong").status_code == 403
    ada.token = ada.ask("POST", "/api/unlock", passphrase=PASSPHRASE).json()["token"]
    new = {"old": PASSPHRASE, "new": "quite another one"}
    ada.token = ada.ask("POST", "/api/account/passphrase", **new).json()["token"]
    assert ada.ask("POST", "/api/account/passphrase", **new).status_code == 403
    assert ada.ask("POST", "/api/account/sign-out-everywhere").json() == {"done": True}
    assert ada.ask("GET", ada.talk).status_code == 401


def test_a_token_ends(office: Office) -> None:
    ada = Program(office, "ada")
    assert ada.ask("POST", "/api/sign-out").json() == {"done": True}
    assert ada.ask("GET", ada.talk).status_code == 401


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"act": 5}', b"\xff", b'{"words": "no act"}', b"null", b"[" * 5000]
)
def test_a_malformed_body_is_refused(office: Office, body: bytes) -> None:
    ada = Program(office, "ada")
    head = {"authorization": f"Bearer {ada.token}"}
    answer = ada.visitor.browser.post(f"{ada.talk}/acts", content=body, headers=head)
    assert answer.status_code == 422
    assert answer.json()["problem"].startswith("not well formed: ")


def test_identifier_and_time_are_the_servers(office: Office) -> None:
    ada = Program(office, "ada")
    answer = ada.act("entrust", kind="message", words="A word.", caveat={}, id="x" * 20)
    assert answer.json()["about"] == ["id"]


def test_packages_by_program(office: Office) -> None:
    lea, ada = Program(office, "lea"), Program(office, "ada")
    assert lea.ask("GET", f"{lea.talk}/packages").json()["empty"] is None
    ada.act("entrust", kind="position", words="The gate.", caveat={"ways": ["analysis"]},
            position={"requires": {"gate": "open"}})  # fmt: skip
    found = lea.ask("GET", f"{lea.talk}/packages").json()
    assert (found["empty"], found["number"], found["examples"]) == (False, "1", [["open"]])


def test_the_description_names_every_address(office: Office) -> None:
    told = Visitor(office).get("/api/openapi.json").json()
    assert told == json.loads(json.dumps(description()))
    there = {(op.method.lower(), op.path) for op in TABLE}
    assert {(m, path) for path, by in told["paths"].items() for m in by} == there
    text = json.dumps(told)
    schemas = told["components"]["schemas"]
    assert set(re.findall(r'"#/components/schemas/(\w+)"', text)) <= set(schemas)
    acts = {member.__name__ for member in get_args(get_args(AnyAct)[0])}
    assert acts <= set(schemas)
    assert "id" not in schemas["Entrust"]["properties"]


def test_nothing_that_pages_can_do_is_missing() -> None:
    by_page = {route.path for route in PAGES if route.method == "POST"}
    counterpart = {
        "/sign-in": "/api/sign-in", "/join/{token}": "/api/join", "/sign-out": "/api/sign-out",
        "/lock": "/api/lock", "/unlock": "/api/unlock", "/open": "/api/talks",
        "/account/authenticator": "/api/account/authenticator",
        "/account/passphrase": "/api/account/passphrase",
        "/account/sign-out-everywhere": "/api/account/sign-out-everywhere",
        "/talks/{talk}/people/{person}/again": "/api/talks/{talk}/people/{person}/invitation",
        "/talks/{talk}/do/invite": "/api/talks/{talk}/invitations",
        "/talks/{talk}/do/{act}": "/api/talks/{talk}/acts",
    }  # fmt: skip
    # The language is the browser's own.
    assert by_page - {"/language"} == set(counterpart)
    assert set(counterpart.values()) <= {op.path for op in TABLE if op.method == "POST"}
