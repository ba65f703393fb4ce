"""A server with a talk for each test: made once, and copied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodoffices.store import Store
from tests.desk.office import Office, Visitor
from tests.desk.office import office as new_office
from tests.store.conftest import address, new_address, server  # noqa: F401

First = tuple[Office, Path]


@pytest.fixture(scope="session")
def first_office(tmp_path_factory: pytest.TempPathFactory) -> First:
    """A server that nobody uses, and its folder."""
    folder = tmp_path_factory.mktemp("office")
    made = new_office(Store.make(str(folder / "talks.db"), keys=folder / "keys"))
    made.store.close()
    return made, folder


@pytest.fixture
def office(first_office: First, tmp_path: Path) -> Iterator[Office]:
    first, folder = first_office
    copy = shutil.copytree(folder, tmp_path / "office")
    with Store.open(str(copy / "talks.db"), keys=copy / "keys") as store:
        yield first.copied(store)


@pytest.fixture
def lea(office: Office) -> Visitor:
    """Who leads the mediation."""
    return office.people["lea"]


@pytest.fixture
def ada(office: Office) -> Visitor:
    """The head of one delegation."""
    return office.people["ada"]


@pytest.fixture
def bea(office: Office) -> Visitor:
    """The head of the other."""
    return office.people["bea"]
