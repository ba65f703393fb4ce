"""The server does what the description of its interface says, whatever it is sent."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import response_schema_conformance

from goodoffices.desk.openapi import description
from tests.desk.office import PASSPHRASE, Office, Visitor

SCHEMA: Any = schemathesis.openapi.from_dict(description())
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]


def token(office: Office, who: str) -> str:
    """Sign somebody in as a program does."""
    visitor = Visitor(office)
    visitor.name, visitor.secret = office.people[who].name, office.people[who].secret
    body = {"name": visitor.name, "passphrase": PASSPHRASE}
    if visitor.secret:
        body["code"] = visitor.code()
    found: str = visitor.browser.post("/api/sign-in", json=body).json()["token"]
    return found


def sent(body: Any) -> str | None:
    """Return a generated body as text; None when there is none, or none that can be sent."""
    try:
        return json.dumps(body)
    except TypeError:
        return None


@pytest.mark.slow
@pytest.mark.parametrize("who", ["lea", "ada"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda found: found.label)
def test_every_answer_is_as_described(office: Office, operation: Any, who: str) -> None:
    talk = office.base.rsplit("/", 1)[1]
    headers = {"Authorization": f"Bearer {token(office, who)}"}
    browser = Visitor(office).browser

    @settings(max_examples=10, deadline=None, derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(operation.as_strategy(), st.booleans())
    def tries(case: Any, here: bool) -> None:
        names = dict(case.path_parameters or {})
        if here and "talk" in names:
            names["talk"] = talk
        case.path_parameters = names
        content = None if case.method == "GET" else sent(case.body)
        answer = browser.request(case.method, case.formatted_path, content=content, headers=headers)
        assert answer.status_code < 500, answer.text
        known = description()["paths"][operation.path][operation.method.lower()]["responses"]
        # A name with a slash in it is another address, which is not there.
        if "/" not in "".join(str(name) for name in names.values()):
            assert str(answer.status_code) in known, (case.formatted_path, answer.text)
            case.validate_response(answer, checks=[response_schema_conformance])

    tries()
