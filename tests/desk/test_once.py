"""What is sent twice is done once: by pages, by programs, at one moment, after a restart."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from goodoffices.desk.openapi import description
from goodoffices.store import Accepted, Once, Store
from goodoffices.talks import Refused
from tests.desk.office import Office, Visitor, hidden, secrets_in
from tests.desk.test_acts import link, shown_text
from tests.desk.test_api import Program

KEY = "Idempotency-Key"


def form(visitor: Visitor, act: str, query: str = "") -> dict[str, str]:
    """Return the hidden fields of the page of an act."""
    return hidden(visitor.get(f"{visitor.office.base}/do/{act}{query}").text)


def send(visitor: Visitor, act: str, fields: dict[str, Any]) -> Any:
    path = f"{visitor.office.base}/do/{act}"
    return visitor.browser.post(path, data=fields, follow_redirects=False)


def said(visitor: Visitor) -> list[str]:
    """Return what somebody's side has entrusted, word for word."""
    page = visitor.get(f"{visitor.office.base}/export/view.json").json()
    return [item["words"] for item in page["entrusted"]]


def test_a_form_that_is_sent_twice_says_it_once(ada: Visitor) -> None:
    fields = {**form(ada, "entrust"), "kind": "message", "words": "Forty days."}
    first, second = send(ada, "entrust", fields), send(ada, "entrust", fields)
    assert first.status_code == second.status_code == 303
    assert dict(first.headers) == dict(second.headers)
    assert said(ada) == ["Forty days."]


def test_two_forms_with_the_same_words_say_it_twice(ada: Visitor) -> None:
    for _ in range(2):
        ada.do("entrust", kind="message", words="Forty days.")
    assert said(ada) == ["Forty days.", "Forty days."]


def test_going_back_and_changing_words_asks_before_it_is_said(ada: Visitor) -> None:
    fields = {**form(ada, "entrust"), "kind": "message", "words": "Forty days."}
    send(ada, "entrust", fields)
    answer = send(ada, "entrust", {**fields, "words": "Fifty days."})
    assert answer.status_code == 409
    assert "This form was sent before, with other words" in answer.text
    assert ">Fifty days.</textarea>" in answer.text
    assert said(ada) == ["Forty days."]
    again = {**hidden(answer.text), "kind": "message", "words": "Fifty days."}
    assert send(ada, "entrust", again).status_code == 303
    assert said(ada) == ["Forty days.", "Fifty days."]


def test_what_was_refused_can_be_sent_again_in_better_words(ada: Visitor) -> None:
    fields = {**form(ada, "entrust"), "kind": "message", "words": " "}
    assert send(ada, "entrust", fields).status_code == 409
    assert send(ada, "entrust", {**fields, "words": "Forty days."}).status_code == 303
    assert said(ada) == ["Forty days."]


def test_a_form_counts_for_the_one_who_sends_it(ada: Visitor, bea: Visitor) -> None:
    once = form(ada, "entrust")["once"]
    for visitor in (ada, bea, ada):
        fields = {**form(visitor, "entrust"), "once": once, "kind": "message", "words": "Peace."}
        assert send(visitor, "entrust", fields).status_code == 303
    assert said(ada) == said(bea) == ["Peace."]


def test_every_form_draws_its_own(ada: Visitor) -> None:
    drawn = {form(ada, "entrust")["once"] for _ in range(5)}
    assert len(drawn) == 5
    assert all(re.fullmatch("[0-9a-f]{20}", once) for once in drawn)


def test_clicks_at_one_moment_do_it_once(ada: Visitor) -> None:
    fields = {**form(ada, "entrust"), "kind": "message", "words": "Forty days."}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: send(ada, "entrust", fields), range(6)))
    assert {answer.status_code for answer in answers} == {303}
    assert said(ada) == ["Forty days."]


def test_a_position_is_entrusted_once(ada: Visitor) -> None:
    fields = {**form(ada, "entrust"), "kind": "offer", "words": "The gate.",
              "position.kind": "requires", "position.terms": "gate = open",
              "position.firmness": "open"}  # fmt: skip
    for _ in range(2):
        assert send(ada, "entrust", fields).status_code == 303
    assert said(ada) == ["The gate."]


def test_acts_of_the_mediator_are_done_once(office: Office, lea: Visitor, ada: Visitor) -> None:
    fields = {**form(lea, "release"), "words": "Good morning.", "way": "mediator",
              "to": office.sides["Northland"]}  # fmt: skip
    for _ in range(2):
        assert send(lea, "release", fields).status_code == 303
    view = ada.get(f"{office.base}/export/view.json").json()
    assert [entry["words"] for entry in view["received"]] == ["Good morning."]


def test_a_second_ballot_is_refused_and_changes_nothing(
    office: Office, lea: Visitor, ada: Visitor
) -> None:
    shown_text(office)
    to = [office.sides["Northland"], office.sides["Southland"]]
    lea.do("open-acceptance", link(lea.page("/text"), "open-acceptance"), sides=to,
           closes_at="2025-06-03T12:00")  # fmt: skip
    query = link(ada.page("/asked"), "ballot")
    fields = {**form(ada, "ballot", query), "accept": "yes"}
    assert send(ada, "ballot", fields).status_code == 303
    assert send(ada, "ballot", fields).status_code == 409


def test_somebody_is_invited_once_and_the_second_link_works(office: Office, lea: Visitor) -> None:
    fields = {**form(lea, "invite"), "name": "Ann", "side": office.sides["Northland"],
              "role": "member"}  # fmt: skip
    first, second = send(lea, "invite", fields), send(lea, "invite", fields)
    assert first.status_code == second.status_code == 200
    assert len(re.findall("<bdi>Ann</bdi>", lea.page("/people"))) == 1
    address, code = secrets_in(second.text)
    Visitor(office).join(address.rsplit("/", 1)[1], code)
    assert send(lea, "invite", {**fields, "name": "Ian"}).status_code == 409


def test_a_talk_is_opened_once(office: Office, lea: Visitor) -> None:
    fields = {**hidden(lea.get("/open").text), "title": "The bridge", "lead_name": "Lea",
              "side": ["East", "West"], "kind": ["party", "party"]}  # fmt: skip
    first, second = (
        lea.browser.post("/open", data=fields, follow_redirects=False) for _ in range(2)
    )
    assert first.status_code == 303
    assert first.headers["location"] == second.headers["location"]
    assert len(office.store.talks()) == 2
    assert lea.get(first.headers["location"]).status_code == 200


def test_a_program_says_that_it_asks_again(office: Office) -> None:
    ada = Program(office, "ada")
    path, browser = f"{ada.talk}/acts", ada.visitor.browser
    headers = {"authorization": f"Bearer {ada.token}", KEY: "one of mine"}
    body = {"act": "entrust", "kind": "message", "words": "Forty days.", "caveat": {}}
    for _ in range(2):
        answer = browser.post(path, json=body, headers=headers)
        assert (answer.status_code, answer.json()) == (200, {"done": True})
    other = browser.post(path, json={**body, "words": "Fifty days."}, headers=headers)
    assert (other.status_code, other.json()["reason"]) == (409, "identifier-in-use")
    assert [item["words"] for item in ada.view()["entrusted"]] == ["Forty days."]


@pytest.mark.parametrize("key", ["", "x" * 5000, "\u00e9"])
def test_any_key_of_a_program_will_do(office: Office, key: str) -> None:
    ada = Program(office, "ada")
    headers = [
        (b"authorization", f"Bearer {ada.token}".encode()), (KEY.encode(), key.encode("latin-1")),
    ]  # fmt: skip
    body = {"act": "entrust", "kind": "message", "words": "Forty days.", "caveat": {}}
    for _ in range(2):
        answer = ada.visitor.browser.post(f"{ada.talk}/acts", json=body, headers=headers)
        assert answer.status_code == 200
    assert len(ada.view()["entrusted"]) == (1 if key else 2)


def test_a_program_opens_and_invites_once(office: Office) -> None:
    lea = Program(office, "lea")
    headers = {"authorization": f"Bearer {lea.token}", KEY: "k"}
    talk = {"title": "The bridge", "lead_name": "Lea",
            "sides": [{"name": "East"}, {"name": "West"}]}  # fmt: skip
    ann = {"name": "Ann", "side": office.sides["Northland"], "role": "member"}
    for path, body in (("/api/talks", talk), (f"{lea.talk}/invitations", ann)):
        for _ in range(2):
            answer = lea.visitor.browser.post(path, json=body, headers=headers)
            assert answer.status_code == 200, answer.text
    assert len(office.store.talks()) == 2


def test_the_description_names_the_header() -> None:
    paths = description()["paths"]
    named = {
        path
        for path, methods in paths.items()
        for row in methods.get("post", {}).get("parameters", ())
        if row["name"] == KEY
    }
    assert named == {"/api/talks", "/api/talks/{talk}/acts", "/api/talks/{talk}/invitations"}


def test_the_store_tells_what_was_done_before(office: Office) -> None:
    store, talk = office.store, office.base.rsplit("/", 1)[1]
    (ada,) = (who.id for who in store.talk(talk).rooms[office.sides["Northland"]].people.values()
              if who.name == "Ada")  # fmt: skip
    data = {"act": "entrust", "kind": "message", "words": "Hm.", "caveat": {}}
    answers = [
        store.act(talk, ada, data, now=office.clock.now, once=Once("k", asked))
        for asked in (data, data, {})
    ]
    first, second, third = answers
    assert isinstance(first, Accepted)
    assert second == Accepted(first.id, again=True)
    assert isinstance(third, Refused)
    with Store.open(str(store.database.file), keys=store.keys.folder) as again:
        assert again.act(talk, ada, data, now=office.clock.now, once=Once("k", data)) == second
