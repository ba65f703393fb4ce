"""Databases for the tests of the store: SQLite, and PostgreSQL where it is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from goodoffices.store import Store
from tests.store.servers import Server, why_missing

Address = tuple[str, Path]
"""The address of a database, and the folder of its keys."""


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    reason = why_missing()
    if reason:
        pytest.skip(reason)
    running = Server()
    yield running
    running.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Address]:
    """Make the address of an empty database, of the kind that the test is run with."""

    def make(name: str) -> Address:
        keys = tmp_path / f"{name}.keys"
        if request.param == "sqlite":
            return str(tmp_path / f"{name}.db"), keys
        server: Server = request.getfixturevalue("server")
        return server.new_database(), keys

    return make


@pytest.fixture
def address(new_address: Callable[[str], Address]) -> Address:
    return new_address("talks")


@pytest.fixture
def store(address: Address) -> Iterator[Store]:
    with Store.make(address[0], keys=address[1]) as made:
        yield made


@pytest.fixture
def file_store(tmp_path: Path) -> Iterator[Store]:
    """A store on SQLite alone."""
    with Store.make(str(tmp_path / "talks.db")) as made:
        yield made
