"""The budget of the style guide: short files, short functions, few parameters, all of it typed."""

from __future__ import annotations

import ast
from statistics import median

from tests.house.source import File, Function, called_name, dotted, house, imported, python_files

FILE_LINES = 500
FUNCTION_LINES = 60
MEDIAN_FUNCTION_LINES = 10
POSITIONAL = 5
BROAD = {"", "Exception", "BaseException"}
# Every command goes through one place, which turns what nobody foresaw into one line.
BROAD_HANDLERS_ALLOWED = {"cli": 1}
CLOCKS_AND_DISKS = {
    "asyncio", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets",
    "shutil", "socket", "subprocess", "tempfile", "threading", "time", "urllib", "uuid",
}  # fmt: skip


def length(node: Function) -> int:
    """Lines of a function, its decorators left out and its docstring counted."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def parameters(node: Function) -> list[ast.arg]:
    found = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    found += [arg for arg in (node.args.vararg, node.args.kwarg) if arg]
    return found


def untyped(node: Function) -> list[str]:
    missing = [
        arg.arg for arg in parameters(node) if arg.annotation is None and arg.arg not in _BOUND
    ]
    return missing + (["its result"] if node.returns is None else [])


_BOUND = {"self", "cls"}


def broad_handlers(file: File) -> list[str]:
    found = []
    for node in ast.walk(file.tree):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            names = {dotted(kind) if kind is not None else "" for kind in caught}
            if names & BROAD:
                found.append(file.at(node))
    return found


def test_files_are_short() -> None:
    long = {file.name: len(file.text.splitlines()) for file in (*house(), *python_files("tests"))}
    assert {name: lines for name, lines in long.items() if lines > FILE_LINES} == {}


def test_functions_are_short() -> None:
    long = {
        f"{file.at(function)} {function.name}": length(function)
        for file in house()
        for function in file.functions
        if length(function) > FUNCTION_LINES
    }
    assert long == {}


def test_the_median_function_is_short() -> None:
    lengths = [length(function) for file in house() for function in file.functions]
    assert median(lengths) <= MEDIAN_FUNCTION_LINES


def test_few_parameters_go_by_place() -> None:
    many = [
        f"{file.at(function)} {function.name}"
        for file in house()
        for function in file.functions
        if len(function.args.posonlyargs + function.args.args) > POSITIONAL
    ]
    assert many == []


def test_everything_is_typed() -> None:
    bare = [
        f"{file.at(function)} {function.name}: {', '.join(missing)}"
        for folder in ("src/goodoffices", "tests", "benchmarks")
        for file in python_files(folder)
        for function in file.functions
        if (missing := untyped(function))
    ]
    assert bare == []


def test_nothing_prints_below_the_commands() -> None:
    prints = [
        file.at(node)
        for file in house()
        if file.part != "cli"
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call) and called_name(node) in {"print", "sys.stdout.write"}
    ]
    assert prints == []


def test_no_handler_catches_everything() -> None:
    found: dict[str, list[str]] = {}
    for file in house():
        if handlers := broad_handlers(file):
            found.setdefault(file.part, []).extend(handlers)
    over = {
        part: places
        for part, places in found.items()
        if len(places) > BROAD_HANDLERS_ALLOWED.get(part, 0)
    }
    assert over == {}


def test_model_and_analysis_touch_no_clock_disk_or_chance() -> None:
    found = [
        f"{file.at(node)} imports {module}"
        for file in house()
        if file.part in {"analysis", "model", "talks"}
        for module, node in imported(file.tree)
        if module.split(".")[0] in CLOCKS_AND_DISKS or module.startswith("numpy.random")
    ]
    calls = [
        f"{file.at(node)} calls {name}"
        for file in house()
        if file.part in {"analysis", "model", "talks"}
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call) and (name := called_name(node))
        if name == "open" or name.split(".")[-1] in {"now", "today", "utcnow"}
    ]
    assert found + calls == []


def test_tests_use_no_mocks_and_never_sleep() -> None:
    mocks = [
        f"{file.at(node)} imports {module}"
        for file in python_files("tests")
        for module, node in imported(file.tree)
        if module.startswith(("unittest", "mock", "pytest_mock"))
    ]
    sleeps = [
        file.at(node)
        for file in python_files("tests")
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call) and called_name(node).split(".")[-1] == "sleep"
    ]
    assert mocks + sleeps == []


YOUNG = ("reading", "talks", "store", "desk")
"""Parts of which the first slices stand: their tests, a twin among them, still have to catch up."""


def test_tests_are_at_least_as_long_as_the_code() -> None:
    code, tests = (
        sum(code_lines(file) for file in python_files(folder) if not is_young(file))
        for folder in ("src/goodoffices", "tests")
    )
    assert tests >= code


def is_young(file: File) -> bool:
    """Whether a file belongs to a part that still grows."""
    return any(part in file.path.parts for part in YOUNG)


def code_lines(file: File) -> int:
    """Count the lines that hold code: no blank lines, comments or docstrings, on either side."""
    documented = {
        line
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    return sum(
        1
        for number, line in enumerate(file.text.splitlines(), start=1)
        if line.strip() and not line.lstrip().startswith("#") and number not in documented
    )


def test_every_folder_of_tests_is_a_package() -> None:
    bare = [
        file.name
        for file in python_files("tests")
        if file.path.name.startswith("test_")
        if not (file.path.parent / "__init__.py").exists()
    ]
    assert bare == [], "without an __init__.py two test files of one name shut each other out"


def test_the_measures_see_what_they_should() -> None:
    tree = ast.parse(
        "def f(a, b: int, *, c=1):\n"
        "    try:\n"
        "        pass\n"
        "    except (ValueError, Exception):\n"
        "        pass\n"
        "    except:\n"
        "        raise\n"
    )
    example = File(house()[0].path, "", tree)
    function = next(example.functions)
    assert length(function) == 7
    assert untyped(function) == ["a", "c", "its result"]
    assert len(broad_handlers(example)) == 2
