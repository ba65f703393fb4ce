"""Nothing opens a connection, and nothing writes what a case says to a log."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, files, metadata
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT, called_name, house, imported

NETWORK = {
    "asyncio",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "telnetlib",
    "urllib",
    "webbrowser",
    "xmlrpc",
}
# Parsing an address is no connection.
HARMLESS = {"urllib.parse"}
# A helper whose address the user gave, after being told what is sent: the one place that connects.
# The server takes the address on which it serves, and opens none.
# The demonstration asks the server that it has just started, on this machine.
CONNECTING = {
    "src/goodoffices/cli/demo_calls.py",
    "src/goodoffices/cli/helper_call.py",
    "src/goodoffices/desk/serving.py",
}
NO_SOCKETS = """
import sys
def refuse(event, args):
    if event.startswith(("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto")):
        sys.stderr.write(f"a connection was tried: {event} {args}\\n")
        import os
        os._exit(99)
sys.addaudithook(refuse)
"""


def run_without_sockets(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter that ends with 99 when a connection is tried."""
    return subprocess.run(
        [sys.executable, "-c", NO_SOCKETS + code, *arguments],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip


def modules() -> list[str]:
    names = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        names.append(".".join(part for part in parts if part != "__init__"))
    return [name for name in names if not name.endswith("__main__")]


def test_importing_every_module_opens_no_connection() -> None:
    code = "import importlib\nfor name in sys.argv[1:]: importlib.import_module(name)"
    answer = run_without_sockets(code, *modules())
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize("command", ["check", "impasse", "brief"])
def test_no_command_opens_a_connection(command: str) -> None:
    code = "from goodoffices.cli import main\nsys.exit(main())"
    answer = run_without_sockets(code, command, "examples/hospital-pay")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout


def test_the_brief_as_a_page_opens_no_connection(tmp_path: Path) -> None:
    code = "from goodoffices.cli import main\nsys.exit(main())"
    page = tmp_path / "brief.html"
    answer = run_without_sockets(code, "brief", "examples/hospital-pay", "--html", str(page))
    assert answer.returncode == 0, answer.stderr
    assert page.stat().st_size > 0


def test_reading_documents_opens_no_connection() -> None:
    code = "from goodoffices.cli import main\nsys.exit(main())"
    answer = run_without_sockets(code, "read", "examples/hospital-pay/documents", "--json")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout


def test_the_guard_sees_a_connection() -> None:
    code = (
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))"
    )
    assert run_without_sockets(code).returncode == 99


def test_no_module_imports_what_opens_connections() -> None:
    found = [
        f"{file.at(node)} imports {module}"
        for file in house()
        for module, node in imported(file.tree)
        if module.split(".")[0] in NETWORK and module not in HARMLESS
        if file.name not in CONNECTING
    ]
    assert found == []


def test_what_connects_is_imported_only_by_who_asks_a_helper() -> None:
    users = {
        file.name
        for file in house()
        for module, _ in imported(file.tree)
        if module.endswith("helper_call")
    }
    assert users == {"src/goodoffices/cli/read_helper.py"}


def test_nothing_logs() -> None:
    imports = [
        file.at(node)
        for file in house()
        for module, node in imported(file.tree)
        if module.split(".")[0] in {"logging", "syslog", "warnings"}
    ]
    assert imports == [], "what a case says stays out of logs: report a Problem or raise an error"


def test_no_code_is_run_from_data() -> None:
    risky = {"eval", "exec", "yaml.load", "yaml.unsafe_load", "pickle.load", "pickle.loads"}
    found = [
        file.at(node)
        for file in house()
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call) and called_name(node) in risky
    ]
    assert found == []


def test_the_package_says_that_it_is_typed_and_how_it_is_licensed() -> None:
    try:
        about = metadata("goodoffices")
    except PackageNotFoundError:
        pytest.fail("the package is not installed: make check installs it")
    assert about["License-Expression"] == "Apache-2.0"
    assert about["Requires-Python"] == ">=3.11"
    assert any(Path(str(path)).name == "LICENSE" for path in files("goodoffices") or ())
    assert (PACKAGE / "py.typed").exists()
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
