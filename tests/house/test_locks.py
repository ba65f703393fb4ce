"""The locks: every package pinned by version and digest, agreeing, and naming no address."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.house.source import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==(\S+)(?: ; [^\\]+)? \\$")
DIGEST = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def pins(name: str) -> dict[str, str]:
    """Return the version of every package that a lock pins."""
    lines = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return {match[1]: match[2] for line in lines if (match := PIN.match(line))}


def canonical(requirement: str) -> str:
    """Return the name in a requirement as locks write it.

    >>> canonical("Jinja2>=3.1.6")
    'jinja2'
    """
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~;\[ ]", requirement)[0]).lower()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_every_line_is_a_pin_or_its_digest(lock: Path) -> None:
    lines = lock.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not (PIN.match(line) or DIGEST.match(line))] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_every_pin_has_a_digest(lock: Path) -> None:
    lines = lock.read_text(encoding="utf-8").splitlines()
    after = dict(zip(lines, [*lines[1:], ""], strict=True))
    assert [line for line in lines if PIN.match(line) and not DIGEST.match(after[line])] == []


def test_the_locks_agree() -> None:
    run, dev, serve = pins("run"), pins("dev"), pins("serve")
    assert run.items() <= dev.items()
    assert serve.items() <= dev.items()


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    run = {*project["project"]["dependencies"], *groups["build"]}
    extras = project["project"]["optional-dependencies"].values()
    dev = run.union(*(groups[name] for name in ("test", "check", "docs")), *extras)
    assert {canonical(item) for item in run} <= pins("run").keys()
    assert {canonical(item) for item in dev} <= pins("dev").keys()
    optional = project["project"]["optional-dependencies"]
    serve = run.union(optional["server"], optional["postgres"])
    assert {canonical(item) for item in serve} <= pins("serve").keys()
    assert {canonical(item) for item in groups["lock"]} <= pins("lock").keys()


@pytest.mark.parametrize("script", ["requirements/environment.sh", "requirements/compile.sh"])
def test_the_scripts_are_plain_shell(script: str) -> None:
    shell = shutil.which("dash") or shutil.which("sh")
    assert shell is not None
    assert subprocess.run([shell, "-n", str(ROOT / script)], check=False).returncode == 0


def test_no_committed_file_of_the_machinery_names_an_address() -> None:
    files = [*LOCKS, ROOT / "Makefile", ROOT / "pyproject.toml", ROOT / ".ci" / "run"]
    files += sorted((ROOT / "requirements").glob("*.sh"))
    assert [path.name for path in files if "://" in path.read_text(encoding="utf-8")] == []


def test_the_page_of_dependencies_gives_the_versions_of_the_locks() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    told = re.findall(
        r"^\| ([\w-]+)(?:, with its core)? \|(?: (?:documents|server|postgres) \|)? (\d\S*) \|",
        page, re.MULTILINE,
    )  # fmt: skip
    pinned = pins("lock") | pins("dev")
    assert len(told) > 40
    assert [pair for pair in told if pinned[canonical(pair[0])] != pair[1]] == []
