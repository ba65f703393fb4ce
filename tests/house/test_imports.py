"""Imports point down only, and a new package fails until it has been given a place."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT, house, imported, python_files

LINTER = (
    "import sys; from importlinter.cli import lint_imports_command as lint; "
    "sys.exit(lint(['--no-cache', '--config', sys.argv[1]]))"
)


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Hold the contracts of the project against the package in ``folder``."""
    return subprocess.run(
        [sys.executable, "-I", "-X", "utf8", "-c", f"import sys; sys.path.insert(0, '.'); {LINTER}",
         str(ROOT / "pyproject.toml")],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(PACKAGE, tmp_path / "goodoffices", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_the_house_keeps_its_contracts() -> None:
    answer = lint(PACKAGE.parent)
    assert answer.returncode == 0, answer.stdout


def test_an_import_that_points_up_breaks_them(copied: Path) -> None:
    (copied / "goodoffices" / "model" / "upward.py").write_text("import goodoffices.casefile\n")
    answer = lint(copied)
    assert answer.returncode == 1
    assert "goodoffices.model is not allowed to import goodoffices.casefile" in answer.stdout


def test_a_new_package_without_a_place_breaks_them(copied: Path) -> None:
    (copied / "goodoffices" / "annex").mkdir()
    (copied / "goodoffices" / "annex" / "__init__.py").write_text('"""No place yet."""\n')
    answer = lint(copied)
    assert answer.returncode == 1
    assert "goodoffices.annex" in answer.stdout


def test_nothing_inside_imports_the_package_from_its_top() -> None:
    upward = [
        file.at(node)
        for file in house()
        if file.part
        for module, node in imported(file.tree)
        if module == "goodoffices"
    ]
    assert upward == []


IMPORTED_AS = {
    "pydantic": {"pydantic", "pydantic_core"},
    "PyYAML": {"yaml"},
    "Jinja2": {"jinja2", "markupsafe"},
    "python-sat": {"pysat"},
    "argon2-cffi": {"argon2"},
    "PyNaCl": {"nacl"},
    "python-multipart": {"python_multipart"},
    "python-docx": {"docx"},
}
WITH_EXTRAS = {
    "store": ("server", "postgres"),
    "desk": ("server", "postgres"),
    "reading": ("documents",),
}
"""The parts that need extras, and which; no other part imports anything of an extra."""


def imported_as(requirements: list[str]) -> set[str]:
    """Return the packages that requirements bring."""
    names = {requirement.split(">")[0].split("[")[0] for requirement in requirements}
    return set().union(*(IMPORTED_AS.get(name, {name.lower()}) for name in names))


def test_the_package_imports_only_what_it_declares() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    always = imported_as(project["dependencies"])
    strange = [
        f"{file.at(node)} imports {module}"
        for file in house()
        for module, node in imported(file.tree)
        if (top := module.split(".")[0]) not in sys.stdlib_module_names | {"goodoffices"}
        if top not in always
        if not any(top in imported_as(extras[name]) for name in WITH_EXTRAS.get(file.part, ()))
    ]
    assert strange == []


def family(stem: str) -> str:
    """Return the analysis that a module belongs to: `impasse_result` belongs to `impasse`."""
    return stem.split("_")[0]


def test_analyses_do_not_import_each_other() -> None:
    shared = {"zone", "json"}
    across = [
        f"{file.at(node)} imports {module}"
        for file in python_files("src/goodoffices/analysis")
        if file.path.parent.name == "analysis"
        for module, node in imported(file.tree)
        if module.startswith("goodoffices.analysis.")
        if family(module.split(".")[2]) not in shared | {family(file.path.stem)}
    ]
    assert across == []


def test_what_analyses_share_knows_none_of_them() -> None:
    upward = [
        f"{file.at(node)} imports {module}"
        for file in python_files("src/goodoffices/analysis/zone")
        for module, node in imported(file.tree)
        if module.startswith("goodoffices.analysis.")
        if module.split(".")[2] != "zone"
    ]
    assert upward == []
