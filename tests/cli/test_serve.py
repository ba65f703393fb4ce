"""``goodoffices serve`` as a process: it prints the first link, serves, and stops cleanly."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from goodoffices.cli import main

pytestmark = pytest.mark.slow


@contextmanager
def served(folder: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], str, list[str]]]:
    """Run the command; yield the process, where it is, and what it printed first."""
    process = subprocess.Popen(
        [sys.executable, "-m", "goodoffices", "serve", "--port", "0", *more],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        assert process.stdout is not None
        lines: list[str] = []
        while not lines or not lines[-1].startswith("Good Offices is at "):
            lines.append(process.stdout.readline())
            assert lines[-1], process.communicate()[1]
        yield process, lines[-1].split()[4], lines
    finally:
        process.kill()
        process.communicate()


def test_a_fresh_machine_gets_a_database_and_the_first_link(tmp_path: Path) -> None:
    with served(tmp_path) as (process, address, lines):
        link, code = (line.split()[1] for line in lines[1:3])
        assert link.startswith(f"{address}/join/")
        assert httpx2.get(f"{address}/health").text == "well\n"
        words = {"passphrase": "a passphrase of some length", "code": code}
        with httpx2.Client(follow_redirects=True) as browser:
            answer = browser.post(link, data={**words, "again": words["passphrase"]})
        assert "You have joined" in answer.text
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=30)
        assert process.returncode == 0
        assert err == "stopped; everything that was acknowledged is kept\n"
        assert link not in out
    assert (tmp_path / "talks.db").stat().st_mode & 0o077 == 0
    with served(tmp_path) as (_, _, lines):
        assert len(lines) == 1
    with served(tmp_path, "--invite") as (_, _, lines):
        assert re.search(r"link +\S+/join/", "".join(lines))


def test_a_request_that_does_not_end_holds_up_nobody(tmp_path: Path) -> None:
    with served(tmp_path) as (_, address, _):
        host, _, port = address.removeprefix("http://").rpartition(":")
        slow = [socket.create_connection((host, int(port))) for _ in range(20)]
        for connection in slow:
            connection.sendall(
                b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nname="
            )
        assert httpx2.get(f"{address}/sign-in", timeout=10).status_code == 200
        for connection in slow:
            connection.close()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--host", "0.0.0.0"], "--host: expected a loopback address"),
        (["--port", "99999"], "expected an address that is free"),
        (["--database", "mysql://somewhere/else"], "mysql"),
    ],
)
def test_wrong_calls_are_told(
    options: list[str], expected: str, capsys: pytest.CaptureFixture[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert main(["serve", *options]) in {1, 2}
    assert expected in capsys.readouterr().err


def test_an_address_in_use_is_told(
    taken_port: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert main(["serve", "--port", taken_port]) == 2
    assert "expected an address that is free" in capsys.readouterr().err
