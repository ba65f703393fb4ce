"""``goodoffices talks demo`` as a process: the talk is held, left to look at, and kept."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from goodoffices.cli import main
from tests.store.conftest import server  # noqa: F401
from tests.store.servers import Server

Process = subprocess.Popen[str]


@contextmanager
def demo(folder: Path, *more: str) -> Iterator[Process]:
    """Run the command, in a folder."""
    process = subprocess.Popen(
        [sys.executable, "-m", "goodoffices", "talks", "demo", "--port", "0", *more],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def read_until(process: Process, words: str, *, errors: bool = False) -> str:
    stream = process.stderr if errors else process.stdout
    assert stream is not None
    text = ""
    while words not in text:
        line = stream.readline()
        assert line, text + process.communicate()[1]
        text += line
    return text


def command_after(guide: str, words: str) -> list[str]:
    """Return the command that the guide gives after some words."""
    return guide.partition(words)[2].splitlines()[1].split()[1:]


@contextmanager
def signed_in(guide: str, name: str) -> Iterator[httpx2.Client]:
    """Sign somebody in with what the guide says of them, and nothing else."""
    part = guide.partition(f"\n{name}")[2].partition("\n\n")[0]
    given = dict(re.findall(r"^ +(sign-in name|passphrase|code) +(\S+)", part, re.MULTILINE))
    address = re.search(r"http://\S+", guide)
    assert address
    fields = {"name": given["sign-in name"], "passphrase": given["passphrase"],
              "code": given.get("code", "")}  # fmt: skip
    with httpx2.Client(base_url=address[0], follow_redirects=True) as browser:
        answer = browser.post("/sign-in", data=fields)
        assert "The bridge and the summer water" in answer.text
        yield browser


def first_talk(browser: httpx2.Client) -> str:
    found = re.search(r'href="(/talks/[\w-]+)"', browser.get("/").text)
    assert found
    return browser.get(found[1]).text


@pytest.mark.slow
def test_the_talk_is_left_to_look_at_and_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with demo(tmp_path) as process:
        guide = read_until(process, "into the bin.")
        with signed_in(guide, "Ada Fenn") as ada, signed_in(guide, "Mira Tal") as mira:
            room = first_talk(ada)
            assert "Two of our harvests failed" in room
            assert "would a free crossing be an answer?" in room
            assert "mills stood still" not in room
            assert "A package could hold" in first_talk(mira)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
        assert process.returncode == 0
        assert "all accepted" in told
        assert told.endswith("the talk is kept.\n")
    folder = tmp_path / "demo-talk"
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "READ-ME.txt").read_text(encoding="utf-8") == guide
    assert main(command_after(guide, "To check that nothing")) == 0
    assert "Everything is as it was written." in capsys.readouterr().out
    again = command_after(guide, "To go on another day")
    assert again[:3] == ["serve", "--database", str(folder / "talks.db")]
    assert main(["talks", "demo", "--port", "0", "--folder", str(folder)]) == 2
    assert (folder / "talks.db").exists(), "what was there before is not taken away"


@pytest.mark.slow
def test_on_a_server_of_databases_and_stopping_by_itself(
    tmp_path: Path,
    server: Server,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    url = server.new_database()
    with demo(tmp_path, "--database", url, "--stop", "--folder", "a talk") as process:
        guide, told = process.communicate(timeout=120)
        assert process.returncode == 0, told
    assert guide.startswith("\nLook at the talk\n----------------\nType this into a terminal")
    assert not (tmp_path / "a talk" / "talks.db").exists()
    assert main(["talks", "demo", "--port", "0", "--folder", str(tmp_path / "b"),
                 "--database", url]) == 2  # fmt: skip
    assert not (tmp_path / "b").exists()
    told = capsys.readouterr().err
    assert "--database: expected an empty database" in told
    assert "drop it" not in told, "it is the store of somebody else"


@pytest.mark.slow
def test_stopped_in_the_middle_it_leaves_nothing_behind(tmp_path: Path) -> None:
    with demo(tmp_path) as process:
        read_until(process, "   2. ", errors=True)
        process.send_signal(signal.SIGINT)
        out, told = process.communicate(timeout=60)
        assert process.returncode == 130, told
        assert out == ""
        assert "is taken away" in told
        assert "drop it" not in told
        assert "Traceback" not in told
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--folder", "taken"], "a folder that is not there yet, or is empty"),
        (["--folder", "file"], "a folder that is not there yet, or is empty"),
        (["--folder", "file/below"], "a folder that can be made"),
        (["--database", "talks.db"], "postgresql://SERVER/NAME; a file goes into --folder"),
        (["--port", "99999"], "an address that is free"),
    ],
)
def test_wrong_calls_are_told_and_leave_all_as_it_was(
    options: list[str], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    assert main(["talks", "demo", "--port", "0", *options]) == 2
    assert f"expected {expected}" in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_port_in_use_is_told(
    taken_port: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert main(["talks", "demo", "--port", taken_port]) == 2
    assert "expected an address that is free" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
