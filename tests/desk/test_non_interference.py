"""Over HTTP: whatever a side says, does or tries, the other side gets the same bytes.

Two servers start from one copy. On both the first side does the same; on one the other side does
something else, or more, or nothing. Every answer that the first side gets then has to be the same:
status, headers, body, and where it leads. Names of what somebody has just entrusted are random on
each server, so they are numbered in the order in which they appear.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodoffices.desk.forms import FORMS
from goodoffices.store import Store
from goodoffices.store.backup import backup, restore
from tests.desk.office import PASSPHRASE, Office, Visitor
from tests.desk.test_acts import link
from tests.store.servers import Server

WORDS = ("We want 45 days.", "No.", "Autonomy, and the gate at noon.", "<b>&\u202e", "x" * 3000)
PAGES = ("", "/text", "/entrusted", "/asked", "/promise", "/export", "/export/view.json",
         "/people", "/packages", "/no-such-page")  # fmt: skip
_RANDOM = re.compile(r"\b[0-9a-f]{20}\b|\b[0-9a-f]{64}\b")

Step = tuple[str, str, tuple[str, ...]]
steps = st.lists(
    st.tuples(
        st.sampled_from(("entrust", "question", "correct", "withdraw", "tighten", "reply", "agree",
                         "bracket", "propose", "ballot", "wrong", "sign-in", "lock", "read")),
        st.sampled_from(WORDS),
        st.sets(st.sampled_from(("analysis", "own-idea", "attributed"))).map(
            lambda ways: tuple(sorted(ways))
        ),
    ),
    max_size=6,
)  # fmt: skip


@contextmanager
def worlds(
    first: Office, folder: Path, *, new_database: Callable[[], str] | None = None
) -> Iterator[tuple[Office, Office]]:
    """Make two servers from one: on copies of its file, or in databases that it is restored to."""
    with TemporaryDirectory() as place:
        made = []
        for name in ("one", "two"):
            copy = shutil.copytree(folder, Path(place) / name)
            if new_database is None:
                made.append(first.copied(Store.open(str(copy / "talks.db"), keys=copy / "keys")))
            else:
                made.append(restored(first, copy, new_database()))
        yield made[0], made[1]
        for office in made:
            office.store.close()


def restored(first: Office, copy: Path, url: str) -> Office:
    """Return the same server on another database, everybody signed in anew."""
    file, keys = copy / "backup", copy / "keys"
    backup(str(copy / "talks.db"), file, keys=keys, now=first.clock.now)
    restore(file, url, keys=keys)
    office = first.copied(Store.open(url, keys=keys))
    for visitor in office.people.values():
        account = office.store.accounts.find(visitor.name)
        assert account is not None
        sessions = office.store.sessions
        token = sessions.start(account.id, now=office.clock.now, lifetime=timedelta(hours=8))
        visitor.browser.cookies.set("session", token, domain="testserver.local")
    return office


def prepared(office: Office) -> None:
    """Give both sides a text, a question and a sealed acceptance, and the first side a word."""
    lea = office.people["lea"]
    to = [office.sides["Northland"], office.sides["Southland"]]
    lea.do("draft", **{"clauses.label": ["1"], "clauses.text": ["The gate opens."],
                       "clauses.terms": [""], "clauses.rests_on": [""]})  # fmt: skip
    lea.do("circulate", link(lea.page("/text"), "circulate"), to=to)
    lea.do("ask", words="How long?", to=to)
    lea.do("open-acceptance", link(lea.page("/text"), "open-acceptance"), sides=to,
           closes_at="2025-06-03T12:00")  # fmt: skip
    office.people["ada"].do("entrust", kind="message", words="A word of ours.")


def take(office: Office, who: Visitor, step: Step) -> None:
    """Do what somebody would; what is refused is refused."""
    kind, words, ways = step
    base, caveat = office.base, {"caveat.ways": list(ways)}
    page = who.get(base).text
    asked = who.get(f"{base}/asked").text
    text = who.get(f"{base}/text").text
    places = {"correct": page, "withdraw": page, "tighten": page, "reply": asked,
              "ballot": asked, "agree": text, "bracket": text, "propose": text}  # fmt: skip
    if kind in {"entrust", "question"}:
        sort = "question" if kind == "question" else "offer"
        who.try_("entrust", kind=sort, words=words, **caveat)
    elif kind in places and f"/do/{kind}?" in places[kind]:
        who.try_(kind, link(places[kind], kind), words=words, accept="yes", **caveat)
    elif kind == "wrong":
        who.browser.post(f"{base}/do/release", data={"csrf": who.mark(), "words": words})
        Visitor(office, "192.0.2.9").sign_in(name="no-body-here", passphrase=words)
    elif kind == "sign-in":
        Visitor(office, "192.0.2.9").sign_in(name=who.name, passphrase=PASSPHRASE)


def seen(office: Office, who: Visitor) -> list[Any]:
    """Return all that somebody gets: every page, every page of an act, and wrong calls."""
    found = []
    paths = [f"{office.base}{page}" for page in PAGES] + ["/", "/account", "/open", "/health"]
    paths += [f"{office.base}/do/{act}" for act in FORMS]
    for path in paths:
        found.append(told(who.get(path, follow_redirects=False)))
    for act in ("entrust", "ballot", "agree", "confirm", "withdraw"):
        data = {"csrf": who.mark(), "item": "0" * 20, "kind": "nonsense"}
        answer = who.browser.post(f"{office.base}/do/{act}", data=data, follow_redirects=False)
        found.append(told(answer))
    return found


def told(answer: Any) -> Any:
    """Return an answer without the time of day, its random names numbered as they appear."""
    numbers: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        return numbers.setdefault(match[0], f"name {len(numbers)}")

    headers = {key: value for key, value in answer.headers.items() if key != "date"}
    return answer.status_code, headers, _RANDOM.sub(number, answer.text)


few = settings(
    max_examples=4, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                           HealthCheck.data_too_large],
)  # fmt: skip


def compared(left: Office, right: Office, *, theirs: list[list[Step]], ours: list[Step]) -> None:
    """Let one side do different things on two servers; everybody else gets the same bytes."""
    for office in (left, right):
        prepared(office)
    for office, acts in zip((left, right), theirs, strict=True):
        for step in acts:
            take(office, office.people["bea"], step)
        for step in ours:
            take(office, office.people["ada"], step)
    for name in ("ada", "abe", "gus", "oda"):
        assert seen(left, left.people[name]) == seen(right, right.people[name]), name


@pytest.mark.slow
@few
@given(steps, steps, steps)
def test_whatever_a_side_does_the_other_gets_the_same_bytes(
    first_office: tuple[Office, Path], one: list[Step], two: list[Step], ours: list[Step]
) -> None:
    with worlds(*first_office) as (left, right):
        compared(left, right, theirs=[one, two], ours=ours)


@pytest.mark.slow
@settings(few, max_examples=2)
@given(steps, steps, steps)
def test_on_postgresql_as_well(
    first_office: tuple[Office, Path], server: Server, one: list[Step], two: list[Step],
    ours: list[Step],
) -> None:  # fmt: skip
    with worlds(*first_office, new_database=server.new_database) as (left, right):
        compared(left, right, theirs=[one, two], ours=ours)


@pytest.mark.slow
def test_the_comparison_would_notice(first_office: tuple[Office, Path]) -> None:
    with worlds(*first_office) as (left, right):
        for office in (left, right):
            prepared(office)
        right.people["lea"].do("release", words="Hello.", way="mediator",
                               to=[right.sides["Northland"]])  # fmt: skip
        assert seen(left, left.people["ada"]) != seen(right, right.people["ada"])
        assert seen(left, left.people["gus"]) == seen(right, right.people["gus"])
