"""Over HTTP nothing that was answered for is lost, whenever the server is killed."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Semaphore, Thread

import httpx2
import pytest

from goodoffices.cli import main
from goodoffices.store import Store
from tests.store.conftest import Address
from tests.store.stage import Stage

pytestmark = pytest.mark.slow

MOST = 200
"""How many messages a writer sends at most."""


@contextmanager
def served(address: Address, folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the command on a store that is there; yield the process and where it is."""
    process = subprocess.Popen(
        [sys.executable, "-m", "goodoffices", "serve", "--port", "0", "--database", address[0],
         "--keys", str(address[1])],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        assert process.stdout is not None
        line = ""
        while not line.startswith("Good Offices is at "):
            line = process.stdout.readline()
            assert line, process.communicate()[1]
        yield process, line.split()[4]
    finally:
        process.kill()
        process.communicate()


class Writer(Thread):
    """Somebody who sends one message after the other, till nobody answers."""

    def __init__(self, who: str, token: str, place: str, *, number: int = MOST) -> None:
        super().__init__()
        self.who, self.place, self.number = who, place, number
        self.headers = {"authorization": f"Bearer {token}"}
        self.acknowledged: list[str] = []
        self.told = Semaphore(0)

    def run(self) -> None:
        with httpx2.Client(headers=self.headers, timeout=30) as client:
            for turn in range(self.number):
                words = f"{self.who} says {turn} in {self.place} {'x' * 300}"
                act = {"act": "entrust", "kind": "message", "words": words, "caveat": {}}
                try:
                    answer = client.post(f"{self.place}/acts", json=act)
                except httpx2.TransportError:
                    break
                if answer.status_code != 200:
                    break
                self.acknowledged.append(words)
                self.told.release()
        self.told.release(MOST)


def people(address: Address) -> tuple[str, dict[str, str]]:
    """Make a talk, and sign in the heads of its two delegations."""
    now = datetime.now(UTC).replace(microsecond=0)
    tokens = {}
    with Store.make(address[0], keys=address[1]) as store:
        stage = Stage(store)
        for who in ("ada", "bea"):
            account = store.accounts.add(who, "a passphrase of some length", name=who)
            store.accounts.take_seat(account.id, stage.id, who)
            tokens[who] = store.sessions.start(account.id, now=now, lifetime=timedelta(hours=8))
        return stage.id, tokens


def kept(address: Address, talk: str) -> set[str]:
    """Return the words of every message that is in the record."""
    with Store.open(address[0], keys=address[1]) as store:
        events = [entry.event.act for entry in store.written(talk)]
    return {str(getattr(act, "words", "")) for act in events if act.act == "entrust"}


def sound(address: Address) -> bool:
    """Whether the command finds everything as it was written."""
    return main(["talks", "verify", address[0], "--keys", str(address[1])]) == 0


def test_kill_at_random_moments_under_load_loses_nothing(address: Address, tmp_path: Path) -> None:
    moments = random.Random(9)
    talk, tokens = people(address)
    acknowledged: set[str] = set()
    for _ in range(3):
        with served(address, tmp_path) as (process, place):
            writers = [Writer(who, tokens[who], f"{place}/api/talks/{talk}") for who in tokens]
            for writer in writers:
                writer.start()
            for _ in range(moments.randrange(1, 25)):
                assert writers[0].told.acquire(timeout=30)
            process.kill()
            for writer in writers:
                writer.join(timeout=60)
                assert not writer.is_alive()
                assert writer.acknowledged
                assert len(writer.acknowledged) < MOST
                acknowledged |= set(writer.acknowledged)
        assert acknowledged <= kept(address, talk)
        assert sound(address)


def test_two_who_write_at_once_are_both_kept_in_their_order(
    address: Address, tmp_path: Path
) -> None:
    talk, tokens = people(address)
    with served(address, tmp_path) as (_, place):
        at = f"{place}/api/talks/{talk}"
        writers = [Writer(who, tokens[who], at, number=20) for who in tokens]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join(timeout=120)
            assert len(writer.acknowledged) == 20
        for writer in writers:
            seen = httpx2.get(at, headers=writer.headers).json()
            mine = [item["words"] for item in seen["entrusted"]]
            assert mine == writer.acknowledged
    assert sound(address)
