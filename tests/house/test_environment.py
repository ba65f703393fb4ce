"""The script behind `make brief`: it does nothing when all is well, and says what it lacks."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

TOOLS = ("sh", "dirname", "cat", "cmp", "head", "touch", "rm")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder, with a space in its name, that holds what the script reads."""
    folder = tmp_path / "a project"
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    shutil.copy(ROOT / "pyproject.toml", folder)
    (tmp_path / "tools").mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (tmp_path / "tools" / tool).symlink_to(found)
    return folder


def prepare(folder: Path, level: str) -> subprocess.CompletedProcess[str]:
    """Run the script where no Python but that of a .venv can be found."""
    return subprocess.run(
        ["sh", str(folder / "requirements" / "environment.sh"), level],
        cwd="/", env={"PATH": str(folder.parent / "tools")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def furnish(folder: Path, level: str) -> None:
    """Put a .venv there that is what the locks say."""
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "python").symlink_to(sys.executable)
    lock = (folder / "requirements" / f"{level}.txt").read_text()
    recipe = f"{folder}\n{lock}{(folder / 'pyproject.toml').read_text()}"
    (folder / ".venv" / f"ready-{level}").write_text(recipe)


@pytest.mark.parametrize(("made", "asked"), [("run", "run"), ("dev", "dev"), ("dev", "run")])
def test_a_ready_environment_is_left_alone(project: Path, made: str, asked: str) -> None:
    furnish(project, made)
    answer = prepare(project, asked)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")


def test_a_missing_python_is_named(project: Path) -> None:
    answer = prepare(project, "run")
    assert answer.returncode == 1
    assert "needs Python 3.11 or later" in answer.stderr
    assert not (project / ".venv").exists()


def test_a_half_finished_environment_is_not_trusted(project: Path) -> None:
    furnish(project, "run")
    (project / ".venv" / "unfinished").touch()
    assert prepare(project, "run").returncode == 1
    assert not (project / ".venv").exists()


def test_an_environment_of_another_place_is_not_trusted(project: Path) -> None:
    furnish(project, "run")
    moved = project.with_name("moved project")
    project.rename(moved)
    answer = prepare(moved, "run")
    assert "has moved" in answer.stderr
    assert not (moved / ".venv").exists()
