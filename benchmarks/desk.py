"""How many acts a second the rooms keep, against a server that commits one row and does no more.

    python -m benchmarks.desk [--talks 200] [--seconds 8] [--rounds 5] [--at-once 32]

Both servers run on the same database in processes of their own; rounds of each act and of the bare
server alternate, so that what else the machine does meets all of them. PostgreSQL is measured where
it is installed; its server keeps every commit on the disk, as it comes.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from benchmarks.desk_stage import Guest, House, prepare
from tests.store.servers import Server, why_missing

WORDS = "We could open the crossing in the morning if the inspection is done by both. " * 4
Request = Callable[[], bytes]


@dataclass(slots=True)
class Round:
    """What came of one kind of request in all rounds.

    Attributes:
        rates: answers a second, of each round.
        processor: processor seconds of the server for an answer, of each round.
        seconds: how long each answer took.
    """

    rates: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return median(self.rates)

    def percentile(self, percent: int) -> float:
        """Return that percentile of the answers' times, in milliseconds."""
        return 1000 * quantiles(self.seconds, n=100)[percent - 1]


def _http(method: str, path: str, *, token: str = "", body: object = None) -> bytes:
    raw = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(raw)}"]
    lines += [f"Authorization: Bearer {token}"] * bool(token)
    lines += ["Content-Type: application/json"] * (body is not None)
    return "\r\n".join([*lines, "", ""]).encode() + raw


def requests(house: House) -> dict[str, Request]:
    """Return what makes the next request of each kind; whoever asks is drawn at random."""
    chance = random.Random(5)
    number = itertools.count()

    def some(guests: Sequence[Guest]) -> Guest:
        return guests[chance.randrange(len(guests))]

    def act(guest: Guest, **given: object) -> bytes:
        return _http("POST", f"/api/talks/{guest.talk}/acts", token=guest.token, body=given)

    def entrust() -> bytes:
        words = f"{next(number)} {WORDS}"
        return act(some(house.delegates), act="entrust", kind="message", words=words, caveat={})

    def release() -> bytes:
        words = "Good morning. A meeting is proposed."
        return act(some(house.mediators), act="release", way="mediator", words=words, to=["north"])

    def read() -> bytes:
        guest = some(house.delegates)
        return _http("GET", f"/api/talks/{guest.talk}", token=guest.token)

    def bare() -> bytes:
        return _http("POST", "/bare", body={"words": f"{next(number)} {WORDS}"})

    return {"bare commit": bare, "entrust": entrust, "release": release, "read": read}


async def _speak(port: int, make: Request, until: float, found: Round) -> int:
    """Send requests one after the other on one connection; return how many were answered."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answered = 0
    try:
        while time.perf_counter() < until:
            begun = time.perf_counter()
            writer.write(make())
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(
                int(line[15:]) for line in head.lower().split(b"\r\n")
                if line.startswith(b"content-length:")
            )  # fmt: skip
            body = await reader.readexactly(length)
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(f"not answered: {head.splitlines()[0]!r} {body[:300]!r}")
            found.seconds.append(time.perf_counter() - begun)
            answered += 1
    finally:
        writer.close()
    return answered


async def _round(server: Serving, make: Request, found: Round, load: Load) -> None:
    busy, begun = server.processor_seconds(), time.perf_counter()
    until = begun + load.seconds
    speakers = (_speak(server.port, make, until, found) for _ in range(load.at_once))
    answered = sum(await asyncio.gather(*speakers))
    found.rates.append(answered / (time.perf_counter() - begun))
    found.processor.append((server.processor_seconds() - busy) / answered)


@dataclass(frozen=True, slots=True)
class Serving:
    """A server in a process of its own."""

    process: int
    port: int

    def processor_seconds(self) -> float:
        """Return the processor time that the server has taken so far."""
        stat = Path(f"/proc/{self.process}/stat").read_text(encoding="ascii")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _running(port: int, *words: str) -> Iterator[Serving]:
    process = subprocess.Popen(
        [sys.executable, "-m", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield Serving(process.pid, port)
    finally:
        process.terminate()
        process.wait(30)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("a server did not begin")


@contextmanager
def servers(address: str, keys: Path) -> Iterator[tuple[Serving, Serving]]:
    """Run the rooms and the bare server on one database."""
    rooms, bare = str(_free_port()), str(_free_port())
    serve = ("goodoffices", "serve", "--port", rooms, "--database", address, "--keys", str(keys))
    with (
        _running(int(rooms), *serve) as of_rooms,
        _running(int(bare), "benchmarks.desk_bare", address, bare) as of_bare,
    ):
        yield of_rooms, of_bare


@dataclass(frozen=True, slots=True)
class Load:
    """How much is asked of the servers."""

    talks: int = 200
    seconds: float = 8.0
    rounds: int = 5
    at_once: int = 32


def measure(address: str, keys: Path, load: Load) -> dict[str, Round]:
    """Ask both servers in turn; return what came of each kind of request."""
    kinds = requests(prepare(address, keys, talks=load.talks))
    found = {kind: Round() for kind in kinds}
    with servers(address, keys) as (rooms, bare):
        for number in range(load.rounds + 1):
            for kind, make in kinds.items():
                server = bare if kind == "bare commit" else rooms
                # The first round warms up, and is not counted.
                asyncio.run(_round(server, make, found[kind] if number else Round(), load))
    return found


def table(name: str, found: dict[str, Round], load: Load) -> str:
    """Return the figures of a database as a table."""
    bare = found["bare commit"]
    lines = [
        f"{name}: {load.talks} talks, {5 * load.talks} people signed in, {load.at_once} requests "
        "at once",
        "",
        "| request | a second | of the bare commit | processor time | p50 | p99 |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {kind} | {row.rate:.0f} | {row.rate / bare.rate:.0%} | "
        f"{1000 * median(row.processor):.2f} ms | {row.percentile(50):.1f} ms | "
        f"{row.percentile(99):.1f} ms |"
        for kind, row in found.items()
    ]
    return "\n".join(lines)


def report(load: Load) -> Iterator[str]:
    """Yield a table for each database that is here."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        file = str(folder / "talks.db")
        yield table("SQLite", measure(file, folder / "keys", load), load)
        missing = why_missing()
        if missing:
            yield f"PostgreSQL was left out: {missing}"
            return
        server = Server(settings="synchronous_commit = on\n")
        try:
            url = server.new_database()
            yield table("PostgreSQL", measure(url, folder / "pg-keys", load), load)
        finally:
            server.stop()


def main(words: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk", description=__doc__)
    parser.add_argument("--talks", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--at-once", type=int, default=32)
    asked = parser.parse_args(words)
    load = Load(asked.talks, asked.seconds, asked.rounds, asked.at_once)
    for part in report(load):
        print(part, end="\n\n", flush=True)


if __name__ == "__main__":
    main()
