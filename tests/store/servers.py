"""A PostgreSQL of our own: temporary, on a socket, started from what the system has installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL

PROGRAMS = ("initdb", "pg_ctl")
# A server refuses to run as root, and the socket's path must be short.
OTHER_USERS = ("postgres", "nobody")


def found(program: str) -> Path | None:
    """Return where a program of PostgreSQL is, or None."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)
    on_path = shutil.which(program)
    if places:
        return places[0]
    return Path(on_path) if on_path else None


def why_missing() -> str:
    """Say why there can be no server here, "" when there can."""
    missing = [program for program in PROGRAMS if found(program) is None]
    if missing:
        return f"PostgreSQL is not installed: no {', '.join(missing)}"
    if os.getuid() == 0 and shutil.which("setpriv") is None:
        return "PostgreSQL refuses to run as root, and there is no setpriv"
    return ""


class Server:
    """A server with a folder of its own; as it comes, it does not wait for the disk."""

    def __init__(self, settings: str = "fsync = off\n") -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
        self._numbers = count(1)
        self._user = self._other_user()
        if self._user:
            shutil.chown(self.folder, self._user)
        data = self.folder / "data"
        self._run("initdb", "-D", data, "-U", "talks", "-A", "trust", "-N", "-E", "UTF8",
                  "--locale=C")  # fmt: skip
        options = (
            f"listen_addresses = ''\nunix_socket_directories = '{self.folder}'\n"
            f"max_connections = 40\nshared_buffers = 16MB\n{settings}"
        )
        with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(options)
        self.start()

    def _other_user(self) -> str:
        if os.getuid() != 0:
            return ""
        passwd = Path("/etc/passwd").read_text(encoding="utf-8")
        return next(name for name in OTHER_USERS if f"\n{name}:" in passwd)

    def _run(self, program: str, *arguments: str | Path) -> None:
        path = found(program)
        assert path is not None
        before = []
        if self._user:
            before = ["setpriv", f"--reuid={self._user}", f"--regid={self._group()}",
                      "--clear-groups"]  # fmt: skip
        subprocess.run(
            [*before, str(path), *map(str, arguments)],
            cwd="/tmp", check=True, timeout=120,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def _group(self) -> str:
        return "postgres" if self._user == "postgres" else "nogroup"

    def start(self) -> None:
        log = self.folder / "log"
        self._run("pg_ctl", "-D", self.folder / "data", "-w", "-l", log, "start")

    def restart(self) -> None:
        """Stop at once, connections and all, and start again."""
        self._run("pg_ctl", "-D", self.folder / "data", "-w", "-m", "immediate", "stop")
        self.start()

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder)

    def new_database(self) -> str:
        """Make an empty database, and return its address: a schema does, and is made at once."""
        name = f"talks{next(self._numbers)}"
        place = f"host={self.folder} user=talks dbname=postgres"
        with psycopg.connect(place, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
        url = URL.create(
            "postgresql", username="talks", database="postgres",
            query={"host": str(self.folder), "options": f"-c search_path={name}"},
        )  # fmt: skip
        return url.render_as_string(hide_password=False)
