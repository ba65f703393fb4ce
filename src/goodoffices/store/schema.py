"""Which form the tables of a store have, and how an older form becomes the newest."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from goodoffices.errors import StoreVersionError

NEWEST = "0001"
"""The form that this program works with."""
VERSIONS = Path(__file__).parent / "versions"

_STAMP = "alembic_version"


def form_of(connection: Connection) -> str | None:
    """Return the form that a store has, or None when the database holds no store."""
    if not sa.inspect(connection).has_table(_STAMP):
        return None
    return connection.execute(sa.text(f"SELECT version_num FROM {_STAMP}")).scalar()


def require_newest(connection: Connection) -> None:
    """Make sure that a store has the form that this program works with.

    Raises:
        StoreVersionError: there is no store, or it has another form.
    """
    form = form_of(connection)
    if form is None:
        raise StoreVersionError("the database", expected="a store of talks", found="none")
    if form == NEWEST:
        return
    if form in known_forms():
        raise StoreVersionError(
            "the store", expected=f"form {NEWEST}: run `goodoffices talks upgrade`", found=form
        )
    raise StoreVersionError("the store", expected=f"form {NEWEST} or older", found=form)


def known_forms(versions: Path = VERSIONS) -> tuple[str, ...]:
    """Return the forms that this program knows, oldest first."""
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(VERSIONS), version_locations=[str(versions)])
    return tuple(reversed([step.revision for step in script.walk_revisions()]))


def bring_to(connection: Connection, form: str = NEWEST, *, versions: Path = VERSIONS) -> None:
    """Make the tables of a new store, or bring those of an older one forward.

    Everything happens in the transaction of the connection: it is done whole or not at all.

    Args:
        connection: a connection in a transaction.
        form: the form to reach.
        versions: the folder of the migrations.
    """
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(VERSIONS), version_locations=[str(versions)])
    steps = script._upgrade_revs
    with EnvironmentContext(Config(), script, fn=lambda at, _: steps(form, at)) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
