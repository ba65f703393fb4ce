"""The page of ASVS requirements is complete, and names tests that there are; a few are here."""

from __future__ import annotations

import ast
import logging.config
import re
from collections.abc import Iterator, Mapping
from functools import cache
from math import log2

import pytest
from starlette.testclient import TestClient

from goodoffices.desk import identity, passing
from goodoffices.desk.app import create_app
from goodoffices.desk.guard import HEADERS
from goodoffices.desk.routes import TABLE
from goodoffices.desk.serving import LOGGING
from goodoffices.desk.settings import Settings
from goodoffices.store.accounts import RECOVERY_CODES
from goodoffices.store.rows import new_token
from goodoffices.store.sealing import KEY_BYTES, new_id
from tests.desk.office import HOST, Office, Visitor
from tests.house.source import ROOT

PAGE = ROOT / "docs" / "theory" / "asvs.md"
STATES = {"met", "by design", "partly", "not met"}
LEVELS = (
    "1.1 22 1.2 1111122223 1.3 112222222223 1.4 222 1.5 123 2.1 122 2.2 112 2.3 12223 2.4 23 3.1 3 "
    "3.2 113 3.3 12223 3.4 11222233 3.5 11122333 3.6 3 3.7 22333 4.1 12233 4.2 23333 4.3 22 "
    "4.4 1222 5.1 2 5.2 112333 5.3 113 5.4 222 6.1 122 6.2 111111112222 6.3 11223333 6.4 112233 "
    "6.5 22222333 6.6 2223 6.7 33 6.8 2222 7.1 222 7.2 1111 7.3 22 7.4 11222 7.5 223 7.6 22 "
    "8.1 1233 8.2 1123 8.3 133 8.4 23 9.1 111 9.2 1222 10.1 22 10.2 223 10.3 22223 "
    "10.4 1111122222233333 10.5 22222 10.6 22 10.7 222 11.1 2233 11.2 22233 11.3 11233 11.4 1222 "
    "11.5 23 11.6 23 11.7 33 12.1 12233 12.2 11 12.3 22223 13.1 2333 13.2 222223 13.3 2233 "
    "13.4 1222233 14.1 22 14.2 12223333 14.3 122 15.1 12233 15.2 12233 15.3 1222222 15.4 3333 "
    "16.1 2 16.2 22222 16.3 2222 16.4 222 16.5 2223 17.1 23 17.2 22223333 17.3 22"
)
"""The level of each requirement of version 5.0.0, section by section."""
OF_LEVEL_3 = ("7.", "8.", "11.", "16.")
"""Chapters of which level 3 is wanted as well: sessions, access, cryptography, logs."""


def levels() -> Mapping[str, int]:
    words = LEVELS.split()
    return {
        f"{section}.{at}": int(level)
        for section, row in zip(words[::2], words[1::2], strict=True)
        for at, level in enumerate(row, start=1)
    }


def numbers(text: str) -> Iterator[str]:
    """Yield the numbers in a text; "1.2.6 to 1.2.8" stands for all three."""
    for first, _, last in re.findall(r"(\d+\.\d+\.\d+)( to (\d+\.\d+\.\d+))?", text):
        section, _, start = first.rpartition(".")
        end = int(last.rpartition(".")[2] or start)
        yield from (f"{section}.{at}" for at in range(int(start), end + 1))


def rows() -> list[list[str]]:
    text = PAGE.read_text(encoding="utf-8")
    lines = re.findall(r"^\| (\d+\.\d+\.\d+.*) \|$", text, re.MULTILINE)
    return [[cell.strip() for cell in line.split("|")] for line in lines]


@cache
def names_of_tests(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return frozenset(node.name for node in functions)


def test_the_levels_are_those_of_the_standard() -> None:
    """Its own count: 70 of level 1, 183 of level 2, 92 of level 3."""
    found = list(levels().values())
    assert [found.count(level) for level in (1, 2, 3)] == [70, 183, 92]


def test_every_requirement_is_on_the_page_once() -> None:
    left_out = PAGE.read_text(encoding="utf-8").partition("## What does not apply")[2]
    named = [number for row in rows() for number in numbers(row[0])] + list(numbers(left_out))
    wanted = {
        number for number, level in levels().items() if level < 3 or number.startswith(OF_LEVEL_3)
    }
    assert sorted({number for number in named if named.count(number) > 1}) == []
    assert wanted - set(named) == set()
    assert set(named) <= levels().keys()


def test_every_row_has_its_level_and_a_state() -> None:
    for row in rows():
        given = {int(level) for level in re.findall(r"\d", row[1])}
        assert given == {levels()[number] for number in numbers(row[0])}, row
        assert row[3] in STATES, row


def test_every_test_that_is_named_is_there() -> None:
    for row in rows():
        named = re.findall(r"`(\w+/test_\w+\.py)::(\w+)`", row[4])
        assert row[3] != "met" or named, row
        assert [name for file, name in named if name not in names_of_tests(file)] == [], row


def test_the_limits_of_the_page_are_those_of_the_program() -> None:
    text = PAGE.read_text(encoding="utf-8").partition("## Limits")[2].partition("\n## ")[0]
    limits = dict(re.findall(r"^\| (.+) \| (.+) \|$", text, re.MULTILINE))
    told = Settings()
    minutes = int(told.wait.total_seconds()) // 60
    at_address = told.tries * identity._PEOPLE_BEHIND_AN_ADDRESS
    assert limits["a session, at most"] == f"{told.session.seconds // 3600} hours"
    assert limits["a session without its owner"] == f"{told.idle.seconds // 60} minutes"
    assert limits["an invitation"].startswith(f"{told.invitation.days} days, once")
    assert limits["tries for one name, or one link"].startswith(f"{told.tries}, then {minutes} ")
    assert limits["tries from one address"].startswith(f"{at_address}, then {minutes} minutes")
    assert limits["a request"].startswith(
        f"{told.body_bytes // 1_000_000} MB, and {told.body_seconds:g} seconds"
    )
    longest = f"{passing.SHORTEST_PASSPHRASE} to {passing.LONGEST_PASSPHRASE} characters"
    assert limits["a passphrase"].startswith(longest)


@pytest.mark.parametrize("chosen", ["a" * 14, "אבגדהוזחטיכלמנ", "  two  spaces  ", "x" * 1024])
def test_any_passphrase_that_is_long_enough_will_do(chosen: str) -> None:
    assert identity.is_passphrase(chosen)
    assert not identity.is_passphrase(chosen[:13])


def test_passphrases_are_typed_unseen_and_may_be_pasted(office: Office, ada: Visitor) -> None:
    pages = [Visitor(office).get("/sign-in"), Visitor(office).get("/join/x"), ada.get("/account"),
             ada.get("/account/authenticator")]  # fmt: skip
    for page in pages:
        fields = re.findall(r'<input[^>]*autocomplete="(?:current|new)-password"[^>]*>', page.text)
        assert fields
        assert all('type="password"' in field and "readonly" not in field for field in fields)


def test_signing_out_is_on_every_page(office: Office) -> None:
    for name in ("ada", "lea"):
        for route in TABLE:
            path = route.path.replace("{talk}", office.base.rsplit("/", 1)[1])
            if route.method == "GET" and "{" not in path and route.needs not in {"nothing"}:
                page = office.people[name].get(path)
                if page.headers["content-type"].startswith("text/html"):
                    assert 'action="/sign-out"' in page.text, path


def test_secrets_have_the_bits_that_the_page_says() -> None:
    assert 6 * len(new_token()) >= 256
    assert 6 * len(new_id()) >= 128
    assert 8 * KEY_BYTES == 256
    assert 5 * len(passing.fresh_secret()) == 160
    assert RECOVERY_CODES == 10
    letter = log2(len(passing._LETTERS))
    assert 39 < letter * len(passing.spoken(2).replace("-", "")) < 40
    assert 59 < letter * len(passing.spoken(3).replace("-", "")) < 64


def test_an_error_nobody_expected_tells_nothing(office: Office) -> None:
    def clock() -> object:
        raise ZeroDivisionError("an inner thing")

    app = create_app(office.store, Settings(hosts=(HOST,)), clock=clock)  # type: ignore[arg-type]
    browser = TestClient(app, base_url=f"http://{HOST}", raise_server_exceptions=False)
    for path in ("/sign-in", "/api/talks"):
        answer = browser.get(path)
        assert (answer.status_code, answer.text) == (500, "Internal Server Error")
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert browser.get("/static/desk.css").status_code == 200, "and it goes on"


def test_behind_tls_the_language_is_bound_to_the_host(office: Office) -> None:
    app = create_app(office.store, Settings(hosts=(HOST,), secure=True), clock=office.clock)
    browser = TestClient(app, base_url=f"https://{HOST}")
    answer = browser.post("/language", data={"language": "fr"}, follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-language=fr;")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=strict"} <= set(cookie.split("; "))
    assert '<html lang="fr"' in browser.get("/sign-in").text


def test_a_browser_is_asked_to_forget_at_the_end(ada: Visitor) -> None:
    data = {"csrf": ada.mark()}
    answer = ada.browser.post("/sign-out", data=data, follow_redirects=False)
    assert answer.headers["clear-site-data"] == '"cache", "storage"'


def test_what_somebody_wrote_is_in_no_log(capsys: pytest.CaptureFixture[str]) -> None:
    """The log of the server tells of an error where it came up, and not what it says."""
    log = logging.getLogger("uvicorn")
    before = log.handlers[:], log.level, log.propagate
    logging.config.dictConfig(LOGGING)
    try:
        try:
            try:
                int("forty guards")
            except ValueError as error:
                raise RuntimeError("the gate at noon") from error
        except RuntimeError as error:
            logging.getLogger("uvicorn.error").error(
                "Exception in ASGI application", exc_info=error
            )
        told = capsys.readouterr().err
    finally:
        log.handlers, log.level, log.propagate = before
    assert told.startswith("Exception in ASGI application\nRuntimeError\n")
    assert "\nValueError\n" in told
    assert told.count(f" {test_what_somebody_wrote_is_in_no_log.__name__}\n") == 2
    assert "gate" not in told
    assert "guards" not in told
