"""Every page as every role: one table, and one answer for whatever is not the visitor's."""

from __future__ import annotations

import re
from typing import Any

import pytest

from goodoffices.desk.api import TABLE as INTERFACE
from goodoffices.desk.forms import FORMS
from goodoffices.desk.routes import TABLE
from goodoffices.talks import TABLE as ACTS
from tests.desk.office import Office, Visitor

ROLES = {
    "lea": "lead", "sam": "note-taker", "ada": "head", "abe": "member", "bea": "head",
    "gus": "guarantor", "oda": "observer",
}  # fmt: skip
TEAM = {"lea", "sam"}


def filled(office: Office, path: str, **instead: str) -> str:
    """Return a path of the table with things that there are."""
    talk = office.base.rsplit("/", 1)[1]
    given = {
        "talk": talk, "side": office.sides["Northland"], "act": "entrust", "token": "x" * 43,
        "person": "nobody-of-that-name", **instead,
    }  # fmt: skip
    return path.format(**given)


@pytest.mark.parametrize("route", TABLE, ids=lambda route: f"{route.method} {route.path}")
def test_every_route_is_for_whom_the_table_says(office: Office, route: Any) -> None:
    path = filled(office, route.path)
    for name, visitor in office.people.items():
        fits = {"room": name not in TEAM, "desk": name in TEAM}.get(route.needs, True)
        if route.method == "GET":
            answer = visitor.get(path, follow_redirects=False)
        else:
            answer = visitor.browser.post(
                path, data={"csrf": visitor.mark()}, follow_redirects=False
            )
        if route.path == "/account/sign-out-everywhere" or route.path in {"/sign-out", "/lock"}:
            visitor.browser.cookies.clear()
        if not fits:
            assert answer.status_code == 404, (name, answer.text)
        else:
            assert answer.status_code in {200, 303, 403, 404, 409}, (name, answer.text)
            assert answer.status_code != 404 or "{" in route.path or route.path == "/open"


@pytest.mark.parametrize("route", TABLE, ids=lambda route: f"{route.method} {route.path}")
def test_nobody_gets_past_the_entrance_unknown(office: Office, route: Any) -> None:
    guest = Visitor(office)
    path = filled(office, route.path)
    if route.method == "GET":
        answer = guest.get(path, follow_redirects=False)
        if route.needs != "nothing":
            assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    else:
        answer = guest.browser.post(path, data={"csrf": ""}, follow_redirects=False)
        if route.needs != "nothing":
            assert answer.status_code == 403
    assert "The crossing" not in answer.text


@pytest.mark.parametrize("operation", INTERFACE, ids=lambda found: f"{found.method} {found.path}")
def test_nobody_gets_past_the_interface_without_a_token(office: Office, operation: Any) -> None:
    guest = Visitor(office)
    path = filled(office, operation.path)
    answer = guest.browser.request(operation.method, path, json={})
    assert answer.status_code == (422 if operation.needs == "nothing" else 401)
    ada = office.people["ada"]
    answer = ada.browser.request(operation.method, path, json={})
    assert answer.status_code == (422 if operation.needs == "nothing" else 401), "a cookie counts"


@pytest.mark.parametrize("act", FORMS)
def test_the_page_of_an_act_is_for_the_roles_that_do_it(office: Office, act: str) -> None:
    for name, role in ROLES.items():
        answer = office.people[name].get(f"{office.base}/do/{act}")
        assert answer.status_code == (200 if role in ACTS[act] else 404), name


def test_every_act_has_a_page_but_the_opening(office: Office) -> None:
    assert set(FORMS) == set(ACTS) - {"open"}
    assert office.people["ada"].get(f"{office.base}/do/open").status_code == 404


def test_what_is_not_there_looks_like_what_is_not_yours(office: Office, ada: Visitor) -> None:
    lea = office.people["lea"]
    base = office.base
    office.open_talk(lea)
    other, office.base = office.base, base
    unknown = office.base[:-4] + "aaaa"
    seen = [
        ada.get(path)
        for path in (other, unknown, f"{base}/people", f"{base}/no-such-page", f"{base}/do/release",
                     f"{base}/do/fly", f"{other}/export/view.json", "/no/such/page", "/open")
    ]  # fmt: skip
    assert {answer.status_code for answer in seen} == {404}
    assert len({re.sub(r"\s+", " ", answer.text) for answer in seen}) == 1
    kept = ("date", "content-length")
    heads = [{k: v for k, v in answer.headers.items() if k not in kept} for answer in seen]
    assert all(head == heads[0] for head in heads)


def test_a_side_reads_no_time_of_day(office: Office, ada: Visitor, bea: Visitor) -> None:
    bea.do("entrust", kind="message", words="A word.")
    office.people["lea"].do("release", words="A word of mine.", to=[office.sides["Northland"]],
                            way="mediator")  # fmt: skip
    for path in ("", "/text", "/entrusted", "/asked", "/promise", "/export/view.json"):
        text = ada.page(path)
        assert "2025-06-02T" not in text
        assert not re.search(r"\d\d:\d\d", text.partition("<main")[2]), path


def test_those_who_left_see_nothing(office: Office) -> None:
    abe = office.people["abe"]
    answer = abe.try_("leave")
    assert "The crossing" not in answer.text
    assert abe.get(office.base).status_code == 404
    assert "You are in no talk." in abe.get("/").text


def test_all_that_people_write_is_shown_as_text(office: Office, ada: Visitor) -> None:
    evil = '</div><script>alert("x")</script><img src=x onerror=alert(1)>{{ 7*7 }}'
    ada.do("entrust", kind="message", words=evil, **{"caveat.first": evil})
    for text in (ada.page(), ada.page("/entrusted"),
                 office.people["lea"].page(f"/side/{office.sides['Northland']}")):  # fmt: skip
        assert "<script" not in text
        assert "<img src=x" not in text
        assert "&lt;script&gt;" in text
        assert "{{ 7*7 }}" in text
    answer = ada.get(f"{office.base}/do/reply?question=%22%3E%3Cscript%3E")
    assert "<script" not in answer.text
    assert "<script" not in ada.get(f"{office.base}?done=%3Cscript%3E").text


def test_pages_need_no_script_and_no_other_address(office: Office) -> None:
    pages = [
        office.people["ada"].page(p) for p in ("", "/text", "/entrusted", "/asked", "/promise")
    ]
    pages += [
        office.people["lea"].page(p) for p in ("", "/text", "/people", "/packages", "/export")
    ]
    for text in pages:
        assert "<script" not in text
        assert " style=" not in text
        assert not re.search(r'(src|href|action)="(https?:)?//', text)


def test_pages_have_a_language_a_title_and_one_heading(office: Office) -> None:
    for name in ("ada", "lea"):
        for path in ("", "/text", "/export"):
            text = office.people[name].page(path)
            assert text.count("<h1") == 1
            assert re.search(r"<title>[^<]+ · Good Offices</title>", text)
            for field in re.findall(r'<(?:input|textarea|select)[^>]*id="([^"]+)"', text):
                assert f'for="{field}"' in text
