"""The files in ``deploy/``: what they name is there, and they are as strict as they say."""

from __future__ import annotations

import ast
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from goodoffices.cli.arguments import parser
from goodoffices.desk.settings import Settings
from tests.house.source import ROOT
from tests.house.test_locks import pins

DEPLOY = ROOT / "deploy"
PROGRAM = "/opt/goodoffices/bin/goodoffices"
EXPOSED_AT_MOST = 1.5
"""What systemd says of a unit, from 0 (safe) to 10; without any hardening it is 9.6."""


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def unit(key: str) -> list[str]:
    """Return the values of a key of the unit."""
    return re.findall(rf"^{key}=(.*)$", text("goodoffices.service"), re.MULTILINE)


def served(arguments: list[str]) -> dict[str, object]:
    """Return what a call of the command means; it ends the test when there is no such option."""
    found = vars(parser().parse_args(arguments))
    assert found["command"] == "serve"
    return found


def instructions(name: str) -> list[tuple[str, str]]:
    """Return the instructions of the container file, each on one line."""
    lines = re.sub(r"\\\n\s*", "", text(name)).splitlines()
    return [tuple(line.split(maxsplit=1)) for line in lines if line and line[0] != "#"]  # type: ignore[misc]


def test_the_unit_calls_the_command_as_it_is() -> None:
    (call,) = unit("ExecStart")
    program, *arguments = call.split()
    found = served(arguments)
    assert program == PROGRAM
    assert (found["host"], found["behind_tls"]) == ("127.0.0.1", True)
    assert str(found["database"]).startswith(f"/var/lib/{unit('StateDirectory')[0]}/")
    assert unit("SocketBindAllow") == [f"tcp:{found['port']}"]


def test_the_unit_keeps_what_is_printed_out_of_the_journal() -> None:
    assert (unit("StandardOutput"), unit("LimitCORE"), unit("MemorySwapMax")) == (
        ["null"], ["0"], ["0"],
    )  # fmt: skip


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_understands_the_unit_and_finds_it_strict(tmp_path: Path) -> None:
    """The program is not installed in its place here, so one that is there stands in for it."""
    file = tmp_path / "goodoffices.service"
    file.write_text(text("goodoffices.service").replace(PROGRAM, sys.executable), encoding="utf-8")
    analyze = ["systemd-analyze", "--no-pager"]
    read = subprocess.run([*analyze, "verify", file], capture_output=True, text=True, check=False)
    assert (read.returncode, read.stderr) == (0, "")
    judged = subprocess.run(
        [*analyze, "security", "--offline=yes", file], capture_output=True, text=True, check=False
    )
    (level,) = re.findall(r"exposure level for \S+: (\d+\.\d)", judged.stdout)
    assert float(level) <= EXPOSED_AT_MOST


def test_the_container_copies_what_is_there() -> None:
    for name, rest in instructions("Containerfile"):
        if name == "COPY" and not rest.startswith("--from"):
            sources = rest.split()[:-1]
            assert [path for path in sources if not (ROOT / path).exists()] == []
    assert not [name for name, _ in instructions("Containerfile") if name == "ADD"]


def test_the_container_installs_only_what_is_pinned_by_digest() -> None:
    installs = re.findall(r"pip install (.*)", text("Containerfile"))
    assert len(installs) == 2
    assert all("--no-deps" in call for call in installs)
    assert ["--require-hashes" in call or "--no-index" in call for call in installs] == [True] * 2
    assert pins("serve").items() <= pins("dev").items()


def test_the_container_runs_as_nobody_and_calls_the_command_as_it_is() -> None:
    found = instructions("Containerfile")
    users = [rest for name, rest in found if name == "USER"]
    assert users == ["10420:10420"]
    last = {name: rest for name, rest in found if name in {"ENTRYPOINT", "CMD", "VOLUME"}}
    assert json.loads(last["ENTRYPOINT"]) == [PROGRAM]
    assert served(json.loads(last["CMD"]))["database"] == f"{last['VOLUME']}/talks.db"


def test_the_health_check_asks_the_address_that_is_served() -> None:
    (check,) = (rest for name, rest in instructions("Containerfile") if name == "HEALTHCHECK")
    words = json.loads(check.partition("CMD ")[2])
    assert ast.parse(words[2])
    (host, port) = re.findall(r"http://([\d.]+):(\d+)/health", words[2])[0]
    found = served(["serve"])
    assert (found["host"], str(found["port"])) == (host, port)
    assert host in Settings().hosts, "a name under which the server answers"


def test_the_composition_is_read_only_and_named_as_the_proxy_is() -> None:
    services = yaml.safe_load(text("compose.yaml"))["services"]
    server = services["goodoffices"]
    assert (DEPLOY / server["build"]["context"] / server["build"]["dockerfile"]).exists()
    assert (server["read_only"], server["cap_drop"]) == (True, ["ALL"])
    assert server["network_mode"] == "service:proxy"
    assert "ports" not in server
    found = served(server["command"])
    assert (found["host"], found["behind_tls"]) == ("127.0.0.1", True)
    assert found["name"] == ["talks.example.org"]
    assert "talks.example.org {" in text("Caddyfile")
    assert "server_name talks.example.org;" in text("nginx.conf")
    assert "--name talks.example.org" in text("goodoffices.service")


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_a_proxy_passes_on_to_where_the_server_is_and_keeps_no_log(name: str) -> None:
    found = served(["serve"])
    plain = "\n".join(line for line in text(name).splitlines() if not line.startswith("#"))
    assert re.findall(r"\d+\.\d+\.\d+\.\d+:\d+", plain) == [f"{found['host']}:{found['port']}"]
    if name == "nginx.conf":
        assert plain.count("access_log off;") == plain.count("server {")
        assert "X-Forwarded-For $remote_addr;" in plain, "what a visitor claims is not passed on"
        (most,) = re.findall(r"client_max_body_size (\d+)m;", plain)
        assert int(most) * 1_000_000 >= Settings().body_bytes
        assert f"client_body_buffer_size {most}m;" in plain
    else:
        assert not re.search(r"^\s*log\b", plain, re.MULTILINE)


def test_the_proxies_speak_current_tls() -> None:
    """Caddy does so unless it is told otherwise."""
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in text("nginx.conf")
    plain = text("nginx.conf").partition("listen 443")[0]
    assert re.search(r"location /api/ \{\s+return 403;", plain), "no program is sent on to TLS"
    assert "protocols" not in text("Caddyfile")


def commands_on(page: str) -> list[list[str]]:
    """Return the calls of the command in the blocks of a how-to, without what stands before it."""
    text = (ROOT / "docs" / "how-to" / f"{page}.md").read_text(encoding="utf-8")
    blocks = "".join(re.findall(r"^ *```\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL))
    lines = re.sub(r"\\\n\s*", "", blocks).splitlines()
    found = (re.search(r"(?:^|[ /])goodoffices ((?:serve|talks)\b.*)", line) for line in lines)
    return [shlex.split(match[1]) for match in found if match]


@pytest.mark.parametrize(("page", "number"), [("run-the-server", 5), ("keep-talks", 7)])
def test_the_commands_of_a_how_to_can_be_typed(page: str, number: int) -> None:
    found = commands_on(page)
    assert len(found) == number
    for call in found:
        assert parser().parse_args(call)
