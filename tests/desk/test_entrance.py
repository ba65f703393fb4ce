"""Coming in and going out: what lets somebody in, and what does not."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type

from goodoffices.desk.settings import Settings
from goodoffices.store import Account
from goodoffices.store.accounts import Accounts
from tests.desk.office import PASSPHRASE, Office, Visitor, secrets_in


def here(visitor: Visitor) -> bool:
    """Whether somebody is signed in."""
    return bool(visitor.get("/account", follow_redirects=False).status_code == 200)


def test_whoever_proves_it_is_let_in(office: Office) -> None:
    ada = Visitor(office)
    ada.name = office.people["ada"].name
    assert not here(ada)
    assert ada.sign_in(name=ada.name.upper().replace("-", " ")).status_code == 200
    assert here(ada)


@pytest.mark.parametrize(
    "wrong",
    [
        {"passphrase": PASSPHRASE + " "},
        {"passphrase": ""},
        {"name": "aaaa-bbbb-cccc"},
        {"name": ""},
    ],
)
def test_what_does_not_fit_is_told_in_one_way(office: Office, wrong: dict[str, str]) -> None:
    ada = Visitor(office)
    ada.name = office.people["ada"].name
    answer = ada.sign_in(**wrong)
    other = Visitor(office).sign_in(name="zzzz-zzzz-zzzz", passphrase="another one")
    assert (answer.status_code, answer.text) == (403, other.text)
    assert not here(ada)


def test_a_team_member_needs_the_code_and_each_code_works_once(office: Office) -> None:
    lea = Visitor(office)
    lea.name, lea.secret = office.people["lea"].name, office.people["lea"].secret
    assert lea.sign_in(code="").status_code == 403
    assert lea.sign_in(code="000000").status_code == 403
    assert lea.sign_in().status_code == 200
    again = Visitor(office)
    again.name, again.secret = lea.name, lea.secret
    assert again.sign_in().status_code == 403
    office.clock.pass_(seconds=90)
    assert again.sign_in().status_code == 200


def test_a_code_for_a_lost_device_works_once(office: Office) -> None:
    codes = office.people["ada"].set_authenticator()
    for code, status in ((codes[0], 200), (codes[0], 403), (codes[1].upper(), 200)):
        ada = Visitor(office)
        ada.name = office.people["ada"].name
        assert ada.sign_in(code=code).status_code == status


def test_nobody_tries_without_end(office: Office) -> None:
    name = office.people["ada"].name
    for _ in range(Settings().tries):
        Visitor(office).sign_in(name=name, passphrase="wrong")
    late = Visitor(office)
    late.name = name
    assert late.sign_in().status_code == 403
    office.clock.pass_(minutes=16)
    assert late.sign_in().status_code == 200


def test_an_address_tires_too(office: Office) -> None:
    number = Settings().tries * 20
    for at in range(number):
        Visitor(office, "198.51.100.7").sign_in(name=f"name-{at}", passphrase="wrong")
    ada = Visitor(office, "198.51.100.7")
    ada.name = office.people["ada"].name
    assert ada.sign_in().status_code == 403
    elsewhere = Visitor(office)
    elsewhere.name = ada.name
    assert elsewhere.sign_in().status_code == 200


def test_a_session_has_a_new_secret_each_time(office: Office, ada: Visitor) -> None:
    before = ada.browser.cookies["session"]
    assert ada.sign_in().status_code == 200
    assert ada.browser.cookies["session"] != before
    thief = Visitor(office)
    thief.browser.cookies.set("session", before)
    assert not here(thief)


def test_a_secret_that_somebody_planted_is_never_used(office: Office) -> None:
    ada = Visitor(office)
    ada.name = office.people["ada"].name
    ada.browser.cookies.set("session", "planted-by-somebody-else", domain="testserver.local")
    ada.sign_in()
    thief = Visitor(office)
    thief.browser.cookies.set("session", "planted-by-somebody-else")
    assert not here(thief)


def test_the_cookie_is_kept_from_scripts_and_other_sites(office: Office) -> None:
    ada = Visitor(office)
    ada.name = office.people["ada"].name
    ada.browser.follow_redirects = False
    header = ada.sign_in().headers["set-cookie"].lower()
    assert "httponly" in header
    assert "samesite=strict" in header
    assert "path=/" in header


@pytest.mark.parametrize(("hours", "stays"), [(0.4, True), (0.6, False)])
def test_a_session_that_rests_too_long_ends(
    office: Office, ada: Visitor, hours: float, stays: bool
) -> None:
    office.clock.pass_(hours=hours)
    assert here(ada) == stays


def test_a_session_that_is_used_ends_all_the_same(office: Office, ada: Visitor) -> None:
    for _ in range(8 * 4 - 1):
        office.clock.pass_(minutes=15)
        assert here(ada)
    office.clock.pass_(minutes=15)
    assert not here(ada)


def test_signing_out_ends_the_session_and_no_other(office: Office, ada: Visitor) -> None:
    other = Visitor(office)
    other.name = ada.name
    other.sign_in()
    cookie = ada.browser.cookies["session"]
    ada.post("/sign-out")
    ada.browser.cookies.set("session", cookie)
    assert not here(ada)
    assert here(other)


def test_signing_out_everywhere_ends_every_session(office: Office, ada: Visitor) -> None:
    other = Visitor(office)
    other.name = ada.name
    other.sign_in()
    assert "signed in on 2 devices" in ada.get("/account").text
    other.post("/account/sign-out-everywhere")
    assert not here(ada)
    assert not here(other)


def test_a_locked_session_shows_nothing_until_the_passphrase(office: Office, ada: Visitor) -> None:
    ada.do("entrust", kind="message", words="Between us.")
    ada.post("/lock")
    for path in (office.base, office.base + "/export/view.json", "/", "/account"):
        answer = ada.get(path)
        assert str(answer.url).endswith("/unlock")
        assert "Between us." not in answer.text
    page = ada.get("/unlock").text
    mark = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert mark is not None
    wrong = ada.browser.post("/unlock", data={"csrf": mark[1], "passphrase": "wrong"})
    assert wrong.status_code == 403
    ada.browser.post("/unlock", data={"csrf": mark[1], "passphrase": PASSPHRASE})
    assert "Between us." in ada.page()


def test_what_was_written_is_not_lost_with_the_session(office: Office, ada: Visitor) -> None:
    page = ada.get(f"{office.base}/do/entrust").text
    mark = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert mark is not None
    office.clock.pass_(hours=1)
    fields = {"csrf": mark[1], "kind": "message", "words": "Two long hours <b>of work</b>"}
    answer = ada.browser.post(f"{office.base}/do/entrust", data=fields)
    assert answer.status_code == 403
    assert "Two long hours &lt;b&gt;of work&lt;/b&gt;" in answer.text
    assert (
        office.store.talk(office.base.split("/")[-1]).rooms[office.sides["Northland"]].entries == {}
    )


@pytest.mark.parametrize("mark", ["", "0" * 64])
def test_a_form_of_another_page_does_nothing(office: Office, ada: Visitor, mark: str) -> None:
    fields = {"csrf": mark, "kind": "message", "words": "Never said."}
    assert ada.browser.post(f"{office.base}/do/entrust", data=fields).status_code == 403
    assert "Never said." not in ada.page()


def test_passphrases_are_changed_by_those_who_know_them(office: Office, ada: Visitor) -> None:
    new = {"new": "quite another one", "again": "quite another one"}
    other = Visitor(office)
    other.name = ada.name
    other.sign_in()
    assert ada.post("/account/passphrase", old="wrong", **new).status_code == 403
    short = {"new": "short", "again": "short"}
    assert ada.post("/account/passphrase", old=PASSPHRASE, **short).status_code == 403
    assert ada.post("/account/passphrase", old=PASSPHRASE, **new).status_code == 200
    assert here(ada)
    assert not here(other)
    assert Visitor(office).sign_in(name=ada.name).status_code == 403
    assert Visitor(office).sign_in(name=ada.name, passphrase=new["new"]).status_code == 200


@pytest.mark.parametrize(
    ("code", "passphrase", "again"),
    [
        ("wrong-code", PASSPHRASE, PASSPHRASE),
        ("abcd-efgh", "short", "short"),
        ("abcd-efgh", PASSPHRASE, PASSPHRASE + "x"),
        ("abcd-efgh", "x" * 1025, "x" * 1025),
    ],
)
def test_a_link_without_its_code_is_of_no_use(
    office: Office, code: str, passphrase: str, again: str
) -> None:
    data = {"talk": "", "person": "", "name": "Somebody", "code": "abcd-efgh"}
    token = office.store.invitations.issue(data, now=office.clock.now, lifetime=timedelta(days=1))
    guest = Visitor(office)
    fields = {"code": code, "passphrase": passphrase, "again": again}
    assert guest.browser.post(f"/join/{token}", data=fields).status_code == 403
    assert not here(guest)
    assert here(guest.join(token, "ABCDEFGH"))


def test_a_link_works_once_and_not_for_ever(office: Office) -> None:
    data = {"talk": "", "person": "", "name": "Somebody", "code": "abcd-efgh"}
    tokens = [
        office.store.invitations.issue(data, now=office.clock.now, lifetime=timedelta(days=1))
        for _ in range(2)
    ]
    fields = {"code": "abcd-efgh", "passphrase": PASSPHRASE, "again": PASSPHRASE}
    Visitor(office).join(tokens[0], "abcd-efgh")
    assert Visitor(office).browser.post(f"/join/{tokens[0]}", data=fields).status_code == 403
    office.clock.pass_(days=2)
    assert Visitor(office).browser.post(f"/join/{tokens[1]}", data=fields).status_code == 403


def test_links_look_the_same_whether_they_are_any_good(office: Office) -> None:
    data = {"talk": "", "person": "", "name": "Somebody", "code": "abcd-efgh"}
    token = office.store.invitations.issue(data, now=office.clock.now, lifetime=timedelta(days=1))
    good, bad = (Visitor(office).get(f"/join/{t}").text for t in (token, "x" * len(token)))
    assert good.replace(token, "") == bad.replace("x" * len(token), "")


def test_inviting_somebody_again_ends_the_account_before(office: Office, lea: Visitor) -> None:
    old = office.people["abe"]
    people = lea.page("/people")
    again = re.search(rf"{office.base}/people/([A-Za-z0-9_-]+)/again", people.partition("Abe")[2])
    assert again is not None
    link, code = secrets_in(lea.post(f"{office.base}/people/{again[1]}/again").text)
    assert "My room" in old.page()
    new = Visitor(office).join(link.rsplit("/", 1)[1], code)
    assert not here(old)
    assert old.sign_in().status_code == 403
    assert "My room" in new.page()


def test_a_team_member_sees_no_talk_without_an_authenticator(office: Office) -> None:
    tom = office.invite("Tom", "mediator", "mediator")
    answer = tom.get(office.base)
    assert str(answer.url).endswith("/account/authenticator")
    tom.set_authenticator()
    assert "The desk" in tom.page()


def test_passphrases_are_kept_by_argon2id_as_the_standard_asks(office: Office) -> None:
    slow = Accounts(office.store.database, office.store.keys)
    account = slow.add("somebody", PASSPHRASE, name="Somebody")
    assert isinstance(account, Account)
    found = extract_parameters(slow.hasher.hash(PASSPHRASE))
    # RFC 9106, section 4, the second recommended option: 3 passes, 64 MiB, 4 lanes.
    assert found.type is Type.ID
    assert (found.time_cost, found.memory_cost, found.parallelism) >= (3, 65536, 4)


def test_the_language_is_the_visitors(office: Office) -> None:
    guest = Visitor(office)
    assert '<html lang="en" dir="ltr">' in guest.get("/sign-in").text
    arabic = guest.get("/sign-in", headers={"accept-language": "ar-EG,en;q=0.5"}).text
    assert '<html lang="ar" dir="rtl">' in arabic
    guest.browser.post("/language", data={"language": "fr"})
    assert '<html lang="fr" dir="ltr">' in guest.get("/sign-in").text
