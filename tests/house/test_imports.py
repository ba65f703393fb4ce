"""Imports point down only, and a new package fails until it has been given a place."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT, house, imported

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


def test_the_package_imports_only_what_it_declares() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {"pydantic": {"pydantic", "pydantic_core"}, "PyYAML": {"yaml"}, "Jinja2": {"jinja2"},
             "python-sat": {"pysat"}}  # fmt: skip
    declared = {requirement.split(">")[0] for requirement in project["dependencies"]}
    allowed = set().union(*(names.get(name, {name.lower()}) for name in declared))
    strange = [
        f"{file.at(node)} imports {module}"
        for file in house()
        for module, node in imported(file.tree)
        if (top := module.split(".")[0]) not in sys.stdlib_module_names | {"goodoffices"}
        if top not in allowed
    ]
    assert strange == []
