"""Helpers of ``goodoffices read``: told before anything is sent, one call, held to the text."""

from __future__ import annotations

import io
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from goodoffices.cli import main
from goodoffices.cli.helper_call import MOST_ANSWER_BYTES, ask, read_address
from goodoffices.errors import CallError, HelperError

TEXT = "The minister scribbled that talks may resume. It will not accept the offer, she added.\n"
GOOD = {"speaker": "The minister", "cue": "scribbled", "quote": "talks may resume", "kind": "says"}
INVENTED = {**GOOD, "quote": "talks have ended"}
TURNED = {"speaker": "she", "cue": "added", "quote": "It will accept the offer", "kind": "accepts"}

Answering = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def server(answering: Answering) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A helper on this machine, its address, and what it was asked."""
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append({"path": self.path, "key": self.headers["Authorization"],
                          "body": json.loads(body)})  # fmt: skip
            answering(self)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{running.server_port}/v1", asked
        finally:
            running.shutdown()
            thread.join()


def send(handler: BaseHTTPRequestHandler, content: bytes, status: int = 200, **more: str) -> None:
    handler.send_response(status)
    for name, value in more.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def rows(*given: dict[str, Any]) -> Answering:
    content = json.dumps({"rows": given})
    answer = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
    return lambda handler: send(handler, answer)


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def read(report: str, address: str, *more: str) -> int:
    return main(["read", report, "--helper", address, "--model", "m1", *more])


def test_rows_that_the_text_holds_become_drafts_and_others_are_reported(
    report: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with server(rows(GOOD, INVENTED, TURNED)) as (address, asked):
        assert read(report, address, "--yes", "--json") == 0
    out, err = capsys.readouterr()
    (data,) = json.loads(out)["documents"]
    assert [one["found-by"] for one in data["drafts"] if "found-by" in one] == ["helper"]
    assert data["helper"]["rows"] == 3
    assert [(one["row"], one["reason"]) for one in data["helper"]["refused"]] == [
        (2, "quote"), (3, "quote"),
    ]  # fmt: skip
    assert "row 2 refused (quote): talks have ended" in err
    assert len(asked) == 1
    assert asked[0]["path"] == "/v1/chat/completions"
    assert asked[0]["body"]["messages"][1]["content"].endswith(TEXT)
    assert asked[0]["body"]["model"] == "m1"
    assert asked[0]["key"] is None


def test_the_user_is_told_what_leaves_and_nothing_leaves_without_a_yes(
    report: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for typed, calls in (("no\n", 0), ("", 0), ("\n", 0), ("yes\n", 1)):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        with server(rows(GOOD)) as (address, asked):
            assert read(report, address) == 0
        err = capsys.readouterr().err
        assert address.removeprefix("http://").removesuffix("/v1") in err
        assert f"{len(TEXT)} characters, and nothing else." in err
        assert "this machine" in err
        assert ("not sent" in err) == (calls == 0)
        assert len(asked) == calls


def test_the_key_is_sent_and_never_shown(
    report: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "key").write_text("s3cret\n")
    with server(rows()) as (address, asked):
        assert read(report, address, "--yes", "--key-file", str(tmp_path / "key")) == 0
    out, err = capsys.readouterr()
    assert asked[0]["key"] == "Bearer s3cret"
    assert "s3cret" not in out + err
    assert "nothing else but your key" in err


def elsewhere(handler: BaseHTTPRequestHandler) -> None:
    send(handler, b"", 307, Location="http://elsewhere.example/v1")


def huge(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    part = b" " * 1_000_000
    try:
        for _ in range(MOST_ANSWER_BYTES // len(part) + 2):
            handler.wfile.write(part)
    except OSError:
        return


def raw(content: bytes) -> Answering:
    """What answers with these bytes, headers and all."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(content)

    return write


BAD: dict[str, tuple[Answering, str]] = {
    "no JSON": (lambda handler: send(handler, b"I would rather talk."), "an answer in JSON"),
    "another form": (lambda handler: send(handler, b'{"rows": []}'), "choices[0]"),
    "other keys": (rows({"who": "x", "said": "y"}), "rows of the form"),
    "an error": (lambda handler: send(handler, b"{}", 500), "500"),
    "no such page": (lambda handler: send(handler, b"{}", 404), "404"),
    "a redirect": (elsewhere, "a redirect to elsewhere.example; it is not followed"),
    "too much": (huge, "an answer of at most 8,000,000 bytes"),
    "half of it": (raw(b"HTTP/1.0 200 OK\r\n"), "an answer"),
    "another protocol": (raw(b"220 mail ready\r\n"), "an answer"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_helper_that_answers_badly_is_told_and_the_rules_still_answer(
    name: str, report: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answering, words = BAD[name]
    with server(answering) as (address, asked):
        assert read(report, address, "--yes") == 1
    out, err = capsys.readouterr()
    assert words in err
    assert "It will not accept the offer" in out
    assert len(asked) == 1


def test_a_slow_helper_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = read_address(f"http://127.0.0.1:{silent.getsockname()[1]}/v1")
        with pytest.raises(HelperError, match=r"within 0\.05 seconds"):
            ask(address, {}, key=None, seconds=0.05)


def test_a_helper_that_drips_is_not_waited_for() -> None:
    stop = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while not stop.wait(0.02):
                handler.wfile.write(b" ")
                handler.wfile.flush()
        except OSError:
            return

    with server(drip) as (address, _):
        with pytest.raises(HelperError, match="seconds"):
            ask(read_address(address), {}, key=None, seconds=0.3)
        stop.set()


def test_nobody_there_is_told(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert read(report, f"http://127.0.0.1:{port}", "--yes") == 1
    out, err = capsys.readouterr()
    assert "expected an answer; found" in err
    assert "It will not accept the offer" in out


def test_a_long_text_is_not_sent(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    with server(rows()) as (address, asked):
        assert read(report, address, "--yes", "--limit", "helper-characters=10") == 0
    assert "--limit helper-characters=N" in capsys.readouterr().err
    assert asked == []


@pytest.mark.parametrize(
    "address",
    ["ftp://x", "http://", "localhost", "http://a:b@x/v1", "http://x/v1?q=1", "http://x:99999",
     "http://x y/", "http://x/\r\nHost: y"],
)  # fmt: skip
def test_an_address_that_is_none_is_a_wrong_call(address: str) -> None:
    with pytest.raises(CallError, match="an address as"):
        read_address(address)


def test_addresses_say_how_they_are_guarded() -> None:
    assert "NOT encrypted" in read_address("http://model.example/v1").where
    assert "encrypted on the way" in read_address("https://model.example").where
    assert read_address("https://model.example").port == 443
    assert read_address("http://[::1]:8080/v1/chat/completions/").path == "/v1/chat/completions"
    assert str(read_address("http://[::1]:8080")) == "[::1]:8080"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--helper", "http://localhost"], "--model NAME"),
        (["--model", "m"], "--helper beside it"),
        (["--yes"], "--helper beside it"),
        (["--helper", "http://localhost", "--model", "m", "--key-file", "none"], "a key"),
    ],
)
def test_wrong_calls(
    report: str, more: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", report, *more]) == 2
    assert words in capsys.readouterr().err


def test_spacy_that_is_not_installed_is_told(
    report: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "spacy", None)
    assert main(["read", report, "--helper", "spacy:en_core_web_sm"]) == 2
    assert "pip install spacy" in capsys.readouterr().err
