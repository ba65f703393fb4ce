"""What the tests of the house look at: the files of the project, parsed once."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
"""The folder of the project."""
PACKAGE = ROOT / "src" / "goodoffices"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class File:
    """One file of Python, with its place as people write it."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def part(self) -> str:
        """The package of goodoffices that it belongs to; "" for its top level."""
        inside = self.path.relative_to(PACKAGE).parts
        return inside[0] if len(inside) > 1 else ""

    @property
    def functions(self) -> Iterator[Function]:
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node

    def at(self, node: ast.stmt | ast.expr | ast.ExceptHandler) -> str:
        return f"{self.name}:{node.lineno}"


@cache
def python_files(folder: str) -> tuple[File, ...]:
    """Return the Python files below a folder of the project, in order."""
    return tuple(
        File(path, text := path.read_text(encoding="utf-8"), ast.parse(text))
        for path in sorted((ROOT / folder).rglob("*.py"))
    )


def house() -> tuple[File, ...]:
    """Return the files of the package itself."""
    return python_files("src/goodoffices")


def called_name(node: ast.Call) -> str:
    """Return the dotted name that a call calls, "" when it calls no name.

    >>> called_name(ast.parse("time.sleep(1)").body[0].value)
    'time.sleep'
    """
    return dotted(node.func)


def dotted(node: ast.expr) -> str:
    """Return a dotted name as it is written, "" when the expression is none."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (head := dotted(node.value)):
        return f"{head}.{node.attr}"
    return ""


def imported(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """Yield every module that a file imports, wherever in the file it does so."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node


def written_case(page: Path) -> str:
    """Return the YAML blocks of a page as one file."""
    blocks = re.findall(r"^```yaml\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)
    return "".join(blocks)
