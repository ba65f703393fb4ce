"""The bare wheel: what a user installs holds what it needs, and runs without any extra."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command away from the project, so that nothing is picked up from its folder."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    answer = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=kept,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the files that it is made from."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", source / "src", ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-qq",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
        "--wheel-dir",
        folder,
        source,
        cwd=folder,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path) -> Path:
    """A fresh environment with the wheel; it sees the locked dependencies, not this project."""
    folder = wheel.parent / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=wheel.parent)
    python = folder / "bin" / "python"
    site = Path(
        run(
            python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder
        ).strip()
    )
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "-qq",
        "--no-index",
        "--disable-pip-version-check",
        "--no-deps",
        wheel,
        cwd=wheel.parent,
    )
    # A plain path line adds the folder after the new one, and runs no .pth of it: the editable
    # install of the project is such a .pth, and stays out.
    (site / "locked.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return folder


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    expected = {
        f"goodoffices/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == expected


def test_the_wheel_carries_its_licence(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_the_installed_package_is_the_wheel(installed: Path) -> None:
    place = run(
        installed / "bin" / "python",
        "-c",
        "import goodoffices; print(goodoffices.__file__)",
        cwd=installed,
    )
    assert Path(place.strip()).is_relative_to(installed)


def test_the_bare_wheel_prints_help(installed: Path) -> None:
    assert "impasse" in run(installed / "bin" / "goodoffices", "--help", cwd=installed)


def test_the_bare_wheel_runs_a_case(installed: Path) -> None:
    case = ROOT / "examples" / "hospital-pay"
    answer = run(installed / "bin" / "goodoffices", "impasse", case, "--json", cwd=installed)
    assert '"conflicts_complete"' in answer
    assert run(installed / "bin" / "goodoffices", "brief", case, cwd=installed).strip()
