"""What stands before every page: hosts, sizes, origins, headers, odd requests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from goodoffices.desk.app import create_app
from goodoffices.desk.guard import HEADERS
from goodoffices.desk.settings import Settings
from tests.desk.office import HOST, PASSPHRASE, Office, Visitor


def test_every_answer_has_the_headers(office: Office, ada: Visitor) -> None:
    guest = Visitor(office)
    answers = [
        guest.get("/sign-in"), guest.get("/no-such-page"), guest.get("/static/desk.css"),
        guest.get("/health"), guest.get("/api/talks"), guest.get("/api/openapi.json"),
        ada.get(office.base), ada.get("/", headers={"host": "elsewhere.example"}),
        guest.browser.post("/sign-in", data={"name": "x" * 2_000_000}),
    ]  # fmt: skip
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (answer.url, name)
    policy = HEADERS["Content-Security-Policy"]
    assert "script" not in policy
    assert "unsafe" not in policy
    assert "server" not in answers[0].headers


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "", "testserver.evil.example", "[::1]evil", "testserver@evil"]
)
def test_it_answers_under_its_own_name_only(office: Office, host: str) -> None:
    answer = Visitor(office).get("/sign-in", headers={"host": host})
    assert answer.status_code == 421
    assert "Good Offices" not in answer.text


def test_what_is_too_large_is_not_read(office: Office) -> None:
    guest = Visitor(office)
    assert guest.browser.post("/sign-in", data={"name": "x" * 1_000_001}).status_code == 413

    def pieces() -> Iterator[bytes]:
        for _ in range(40):
            yield b"name=" + b"x" * 50_000

    form = {"content-type": "application/x-www-form-urlencoded"}
    answer = guest.browser.post("/sign-in", content=pieces(), headers=form)
    assert answer.status_code == 413
    assert guest.browser.post("/api/sign-in", content=pieces()).status_code == 413


@pytest.mark.parametrize("length", ["-1", "1e3", "12a", "9" * 30])
def test_a_length_that_is_none_is_refused(office: Office, length: str) -> None:
    answer = Visitor(office).browser.post("/sign-in", headers={"content-length": length})
    assert answer.status_code in {400, 413}


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": f"http://{HOST}"},
        {"origin": f"http://{HOST}.evil.example"},
    ],
)
def test_a_form_from_another_page_is_refused(
    office: Office, ada: Visitor, headers: dict[str, str]
) -> None:
    data = {"csrf": ada.mark(), "kind": "message", "words": "Never said."}
    answer = ada.browser.post(f"{office.base}/do/entrust", data=data, headers=headers)
    assert answer.status_code == 403
    assert "Never said." not in ada.page()


def test_a_form_from_our_own_page_is_taken(office: Office, ada: Visitor) -> None:
    data = {"csrf": ada.mark(), "kind": "message", "words": "Said."}
    headers = {"origin": f"http://{HOST}", "sec-fetch-site": "same-origin"}
    ada.browser.post(f"{office.base}/do/entrust", data=data, headers=headers)
    assert "Said." in ada.page()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"%ZZ=%%%&==&&&", "application/x-www-form-urlencoded"),
        (b"&".join(b"a=1" for _ in range(5000)), "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x\r\n", "multipart/form-data"),
        (b'{"csrf": 1}', "application/json"),
        (b"", ""),
    ],
)
def test_a_malformed_form_does_nothing(
    office: Office, ada: Visitor, body: bytes, kind: str
) -> None:
    path = f"{office.base}/do/entrust"
    answer = ada.browser.post(path, content=body, headers={"content-type": kind})
    assert answer.status_code in {400, 403}
    assert "Nothing has been said yet." in ada.page()


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2f..%2fsettings.py",
        "/static/desk.py",
        "//evil.example/",
        "/talks/%00",
        "/talks/..%2f..",
        "/join/..%2f",
    ],
)
def test_no_path_leads_out(office: Office, path: str) -> None:
    answer = Visitor(office).get(path, follow_redirects=False)
    assert answer.status_code in {200, 303, 307, 404}
    assert "create_app" not in answer.text
    assert "location" not in answer.headers or answer.headers["location"].startswith(
        ("/sign-in", f"http://{HOST}/")
    )


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND"])
def test_other_methods_are_nothing_here(office: Office, ada: Visitor, method: str) -> None:
    assert ada.browser.request(method, office.base).status_code == 404


def test_no_header_can_be_written_by_what_people_write(office: Office, ada: Visitor) -> None:
    evil = "fr\r\nset-cookie: session=planted"
    answer = ada.browser.post("/language", data={"language": evil}, follow_redirects=False)
    assert "planted" not in str(answer.headers)
    answer = ada.get(f"{office.base}?done=entrust%0d%0aset-cookie:%20a=b", follow_redirects=False)
    assert "a=b" not in str(answer.headers)


def test_behind_tls_cookies_and_links_are_for_tls_alone(office: Office) -> None:
    app = create_app(office.store, Settings(hosts=(HOST,), secure=True), clock=office.clock)
    browser = TestClient(app, base_url=f"https://{HOST}", follow_redirects=False)
    fields = {"name": office.people["ada"].name, "passphrase": PASSPHRASE}
    answer = browser.post("/sign-in", data=fields)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-session=")
    assert "Secure" in cookie
    assert "max-age" in answer.headers["strict-transport-security"]
