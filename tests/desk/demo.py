"""The talk of the demonstration in process, on a clock that is told the time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from argon2 import PasswordHasher
from starlette.testclient import TestClient

from goodoffices.desk.app import create_app
from goodoffices.desk.demo_stage import Answer, Stage
from goodoffices.desk.demo_story import LEAD, Step, story
from goodoffices.desk.openings import issued
from goodoffices.desk.settings import Settings
from goodoffices.store import Store
from tests.desk.office import HOST, Clock


class Demo:
    """A server on which the story is told, by way of the interface for programs."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.settings = Settings(hosts=(HOST,))
        self.store = Store.make(str(folder / "talks.db"))
        # The same algorithm, made quick: how slow it is has a test of its own.
        self.store.accounts.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        self.app = create_app(self.store, self.settings, clock=self.clock)
        self.held = ExitStack()
        self.held.enter_context(self.store)
        self.browser = self.new_browser()
        self.stage = Stage(self.ask, clock=self.second, wait=self.wait)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.held.close()

    def new_browser(self) -> TestClient:
        """Return a browser whose loop runs till the end: one for each request would take longer."""
        return self.held.enter_context(TestClient(self.app, base_url=f"http://{HOST}"))

    def ask(self, method: str, path: str, token: str, body: Mapping[str, Any] | None) -> Answer:
        self.tick(method)
        headers = {"authorization": f"Bearer {token}"} if token else {}
        answer = self.browser.request(method, path, json=body, headers=headers)
        return answer.status_code, answer.json()

    def second(self) -> datetime:
        """Return the time as people see it, to the second."""
        return self.clock.now.replace(microsecond=0)

    def tick(self, method: str) -> None:
        """Let what is done one after the other happen at one time after the other."""
        if method == "POST":
            self.clock.pass_(milliseconds=500)

    def wait(self, moment: datetime) -> None:
        self.clock.now = moment

    def steps(self) -> Iterator[Step]:
        data = {"talk": "", "person": "", "name": LEAD}
        made = issued(self.store, self.settings, data, self.clock())
        yield from story(self.stage, (made.token, made.code))
