"""The story by way of pages: what a program would send is put into forms, as people do it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from starlette.testclient import TestClient

from goodoffices.desk.demo_stage import Answer
from tests.desk.demo import Demo
from tests.desk.office import HOST, hidden, secrets_in

Fields = dict[str, Any]


def lines_of_terms(terms: Mapping[str, str]) -> str:
    return "\n".join(f"{issue} = {option}" for issue, option in terms.items())


def in_fields(key: str, value: Any) -> Fields:
    """Return what somebody would type or choose for one thing that an act takes."""
    if key == "caveat":
        listed = {f"caveat.{part}": value.get(part, []) for part in ("ways", "not_to")}
        return {**listed, "caveat.first": "\n".join(value.get("first", []))}
    if key == "position":
        ((kind, terms),) = ((k, v) for k, v in value.items() if k in {"offers", "requires"})
        return {
            "position.kind": kind, "position.terms": lines_of_terms(terms),
            "position.return": lines_of_terms(value.get("in-return-for", {})),
            "position.firmness": value["firmness"],
        }  # fmt: skip
    if key == "clauses":
        rows = [(row["label"], row["text"], lines_of_terms(row["terms"]), "") for row in value]
        names = ("label", "text", "terms", "rests_on")
        return {f"clauses.{name}": [row[at] for row in rows] for at, name in enumerate(names)}
    if key == "instruments":
        fields: Fields = {"instruments.side": [copy["side"] for copy in value]}
        for copy in value:
            fields[f"instruments.{copy['side']}.label"] = list(copy["clauses"])
            fields[f"instruments.{copy['side']}.text"] = list(copy["clauses"].values())
        return fields
    if key in {"met", "leak_check"}:
        prefix = "met." if key == "met" else ""
        return {f"{prefix}{part}": [row[part] for row in value] for part in value[0]}
    if key == "accept":
        return {key: "yes" if value else "no"}
    if key in {"answer_by", "due", "closes_at", "expires_at"}:
        return {key: value[:19]}
    return {key: "\n".join(value) if key == "words" and isinstance(value, list) else value}


class PagesDemo(Demo):
    """People with browsers: a token stands for the browser of whoever has it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.browsers: dict[str, TestClient] = {}

    def ask(self, method: str, path: str, token: str, body: Mapping[str, Any] | None) -> Answer:
        self.tick(method)
        path = path.removeprefix("/api")
        browser = self.browsers.get(token) or self.new_browser()
        given = dict(body or {})
        if path == "/join":
            return self._join(browser, given)
        if path.startswith("/account/authenticator"):
            return self._authenticator(browser, path, given)
        if path == "/talks":
            return self._open(browser, given)
        if path.endswith("/invitations"):
            return self._invite(browser, path.removesuffix("/invitations"), given)
        if path.endswith("/acts"):
            return self._act(browser, path.removesuffix("/acts"), given)
        return self._read(browser, path)

    def _join(self, browser: TestClient, given: Fields) -> Answer:
        fields = {**given, "again": given["passphrase"]}
        answer = browser.post(f"/join/{given['token']}", data=fields)
        (name,) = secrets_in(answer.text)
        self.browsers[name] = browser
        return 200, {"name": name, "token": name}

    def _authenticator(self, browser: TestClient, path: str, given: Fields) -> Answer:
        if path.endswith("/offer"):
            page = browser.get("/account/authenticator").text
            return 200, {"secret": secrets_in(page)[0]}
        answer = browser.post("/account/authenticator", data={**self._mark(browser), **given})
        if answer.status_code != 200:
            return answer.status_code, answer.text
        return 200, {"codes": re.findall(r"<li>([0-9a-f]{16})</li>", answer.text)}

    def _mark(self, browser: TestClient) -> Fields:
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', browser.get("/account").text)
        return {"csrf": found[1] if found else ""}

    def _open(self, browser: TestClient, given: Fields) -> Answer:
        sides = {"side": [side["name"] for side in given["sides"]],
                 "kind": [side["kind"] for side in given["sides"]]}  # fmt: skip
        fields = {**self._mark(browser), **sides, "title": given["title"],
                  "lead_name": given["lead_name"]}  # fmt: skip
        answer = browser.post("/open", data=fields)
        return answer.status_code, {"talk": str(answer.url).rpartition("/")[2]}

    def _invite(self, browser: TestClient, talk: str, given: Fields) -> Answer:
        status, text = self._sent(browser, f"{talk}/do/invite", given)
        link, code = secrets_in(text)
        return status, {"token": link.rpartition("/")[2], "code": code}

    def _act(self, browser: TestClient, talk: str, given: Fields) -> Answer:
        fields: Fields = {}
        for key, value in given.items():
            fields |= in_fields(key, value) if key != "act" else {}
        status, text = self._sent(browser, f"{talk}/do/{given['act']}", fields)
        flags = re.findall(r'name="flag" value="([^"]*)"', text)
        found = re.findall(r"<legend>[^<]*: <bdi>([^<]*)</bdi></legend>", text)
        rows = zip(map(html.unescape, flags), found, strict=True)
        return status, {"flags": [{"flag": flag, "found": words} for flag, words in rows]}

    def _sent(self, browser: TestClient, path: str, fields: Fields) -> tuple[int, str]:
        page = browser.get(path)
        assert page.status_code == 200, page.text
        answer = browser.post(path, data={**hidden(page.text), **fields})
        return answer.status_code, answer.text

    def _read(self, browser: TestClient, path: str) -> Answer:
        if path.endswith("/packages"):
            return 200, packages_on(browser.get(path).text)
        answer = browser.get(f"{path}/export/view.json")
        return answer.status_code, json.loads(answer.text)


def packages_on(page: str) -> dict[str, Any]:
    """Return what the page of packages tells."""
    (number,) = re.findall(r"meet every condition: (\d+)", page)
    cells = re.findall(r"<td><bdi>([^<]*)</bdi></td>", page)
    issues = re.findall(r'<th scope="col"><bdi>([^<]*)</bdi></th>', page)
    (query,) = re.findall(r'/do/note\?([^"]*)"', page)
    rests_on = parse_qs(html.unescape(query))["rests_on"][0].split()
    return {"number": number, "issues": issues, "examples": [cells], "items": rests_on}


def pages_of(demo: PagesDemo, who: str, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield pages of the talk as somebody sees them."""
    browser = demo.browsers[demo.stage.player(who).token]
    for path in paths:
        answer = browser.get(f"http://{HOST}{demo.stage.talk.removeprefix('/api')}{path}")
        assert answer.status_code == 200, answer.text
        yield path, answer.text
