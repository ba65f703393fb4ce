"""``goodoffices talks demo``: a whole talk to look at."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlsplit

from goodoffices.cli.demo_calls import GONE, ask
from goodoffices.cli.demo_guide import Place, guide, head_name
from goodoffices.cli.running import option
from goodoffices.desk.app import now
from goodoffices.desk.demo_stage import Stage
from goodoffices.desk.demo_story import ALDER, BIRCH, LEAD, story
from goodoffices.desk.openings import issued
from goodoffices.desk.serving import Listening, Stop, listen, serve
from goodoffices.desk.settings import Settings
from goodoffices.errors import (
    CallError,
    GoodOfficesError,
    StoreError,
    StoreUnavailableError,
)
from goodoffices.store import Store

GUIDE = "READ-ME.txt"
_HOST = "127.0.0.1"
_ON_A_SERVER = "postgresql"
_END_SECONDS = 20.0


class _Stopped(Exception):  # noqa: N818  (nothing is wrong: somebody asked for it)
    """The talk was stopped in the middle."""


def run(options: Mapping[str, object]) -> int:
    """Hold the talk in a folder of its own, and leave it to look at."""
    folder, settings = Path(option(options, "folder", str)).resolve(), Settings()
    url = None if options["database"] is None else str(options["database"])
    if url is not None and not url.startswith(_ON_A_SERVER):
        expected = "postgresql://SERVER/NAME; a file goes into --folder"
        raise CallError("--database", expected=expected, found=url)
    listening = listen(_HOST, option(options, "port", int), settings)
    with listening.socket, _own_folder(folder), _own_store(folder, url) as store:
        _Demo(store, settings, listening, folder, url, stay=not options["stop"]).hold()
    _tell("\nThe server has stopped; the talk is kept.")
    return 0


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


@contextmanager
def _own_folder(folder: Path) -> Iterator[None]:
    """Make the folder; leave nothing in its place when what happens in it comes to no end.

    Raises:
        CallError: there is something there.
    """
    there = folder.exists()
    try:
        if there and (not folder.is_dir() or any(folder.iterdir())):
            expected = "a folder that is not there yet, or is empty"
            raise CallError("--folder", expected=expected, found=str(folder))
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        expected = f"a folder that can be made: {error.strerror}"
        raise CallError("--folder", expected=expected, found=str(folder)) from None
    finished = False
    try:
        yield
        finished = True
    finally:
        if not finished:
            shutil.rmtree(folder)
            if there:
                folder.mkdir()
            _tell(f"\nThe talk did not come to its end; what was in {folder} is taken away.")


@contextmanager
def _own_store(folder: Path, url: str | None) -> Iterator[Store]:
    """Make the store.

    Raises:
        CallError: there is something in the database.
    """
    try:
        made = Store.make(url or str(folder / "talks.db"), keys=folder / "talks.db.keys")
    except StoreUnavailableError:
        raise
    except StoreError:
        # The keys are new: with anything that is there they do not fit.
        if url is None:
            raise
        raise CallError("--database", expected="an empty database") from None
    with made as store:
        finished = False
        try:
            yield store
            finished = True
        finally:
            if not finished and url is not None:
                _tell(
                    "\nThe database holds a part of the demonstration, without its keys: drop it."
                )


@dataclass(frozen=True, slots=True)
class _Demo:
    """The server, and the talk that is held on it."""

    store: Store
    settings: Settings
    listening: Listening
    folder: Path
    url: str | None
    stay: bool
    over: Event = field(default_factory=Event)

    def hold(self) -> None:
        """Serve until somebody stops it, and hold the talk meanwhile.

        Raises:
            KeyboardInterrupt: it was stopped in the middle.
        """
        told: list[Future[None]] = []
        with ThreadPoolExecutor(1) as beside:
            try:
                serve(
                    self.store, self.settings, self.listening,
                    begun=lambda stop: told.append(beside.submit(self._play, stop)),
                )  # fmt: skip
            finally:
                self.over.set()
        try:
            told[0].result()
        except _Stopped:
            raise KeyboardInterrupt from None

    def _play(self, stop: Stop) -> None:
        """Hold the talk, and say how to look at it."""
        _tell(f"Two invented towns hold a talk, over HTTP at {self.listening.address}.")
        stage = Stage(self._ask, clock=now, wait=self._wait)
        data = {"talk": "", "person": "", "name": LEAD}
        made = issued(self.store, self.settings, data, now())
        stay = False
        try:
            for number, step in enumerate(story(stage, (made.token, made.code)), start=1):
                _tell("\n      ".join([f"{number:4}. {step.words}", *step.notes]))
            self._leave(stage)
            stay = self.stay
        finally:
            if not stay:
                stop()

    def _leave(self, stage: Stage) -> None:
        """Write the heads that the towns take away, and the guide; print the guide."""
        heads = []
        for who, side in (("Ada", ALDER), ("Bea", BIRCH)):
            file = self.folder / head_name(side)
            file.write_text(json.dumps(stage.seen(who, "/head")) + "\n", encoding="utf-8")
            heads += ["--head", str(file)]
        keys = ["--keys", str(self.folder / "talks.db.keys")]
        port = ["--port", str(self._port)]
        place = Place(
            self.listening.address,
            self.stay,
            self.folder,
            shlex.join(["goodoffices", "serve", "--database", self._shown(), *keys, *port]),
            shlex.join(["goodoffices", "talks", "verify", self._shown(), *keys, *heads]),
        )
        text = guide(stage, place)
        (self.folder / GUIDE).write_text(text, encoding="utf-8")
        print(text, end="", flush=True)

    @property
    def _port(self) -> int:
        port: int = self.listening.socket.getsockname()[1]
        return port

    def _shown(self) -> str:
        """Return where the database is, without a password."""
        if self.url is None:
            return str(self.folder / "talks.db")
        password = urlsplit(self.url).password
        return self.url.replace(f":{password}@", ":***@") if password else self.url

    def _ask(self, method: str, path: str, token: str, body: Any) -> tuple[int, Any]:
        try:
            return ask((_HOST, self._port), method, path, token, body)
        except GONE as error:
            if self.over.wait(_END_SECONDS):
                raise _Stopped from None
            raise GoodOfficesError(f"the server did not answer: {error}") from None

    def _wait(self, moment: datetime) -> None:
        """Wait for a moment, or for the end."""
        while (seconds := (moment - datetime.now(UTC)).total_seconds()) > 0:
            if self.over.wait(seconds):
                raise _Stopped
