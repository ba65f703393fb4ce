"""The first form of the store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    _talks()
    _people()
    _passing()


def _name(name: str = "id") -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=True)


def _bytes(name: str, *, needed: bool = True) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, nullable=not needed)


def _number(name: str, kind: type[sa.Integer] = sa.BigInteger) -> sa.Column[int]:
    return sa.Column(name, kind, nullable=False)


def _of(name: str, other: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, sa.ForeignKey(other), primary_key=key, nullable=False)


def _talks() -> None:
    op.create_table("facts", _name("name"), _bytes("value"))
    op.create_table(
        "books", _name(), _number("position", sa.Integer), _bytes("link"),
        _number("audit_position", sa.Integer), _bytes("audit_link"),
    )  # fmt: skip
    op.create_table("compartments", _name(), _of("book", "books.id"), _bytes("sealed"))
    op.create_index("ix_compartments_book", "compartments", ["book"])
    op.create_table(
        "events",
        _of("book", "books.id", key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        _of("compartment", "compartments.id"),
        _bytes("commitment"),
        _bytes("sealed"),
        _bytes("link"),
    )
    op.create_table(
        "audit",
        _of("book", "books.id", key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        _bytes("sealed"),
        _bytes("link"),
    )
    op.create_table("ballot_boxes", _name(), _of("book", "books.id"), _bytes("sealed"))
    op.create_index("ix_ballot_boxes_book", "ballot_boxes", ["book"])


def _people() -> None:
    op.create_table(
        "accounts", _name(), sa.Column("login", sa.Text, nullable=False, unique=True),
        _bytes("sealed"), _bytes("passphrase"), _bytes("totp", needed=False),
        _number("totp_step"), sa.Column("closed", sa.Boolean, nullable=False),
    )  # fmt: skip
    op.create_table(
        "seats",
        _of("account", "accounts.id", key=True),
        _of("book", "books.id", key=True),
        _bytes("sealed"),
    )
    op.create_table("passkeys", _name(), _of("account", "accounts.id"), _bytes("sealed"),
                    _number("signs"))  # fmt: skip
    op.create_index("ix_passkeys_account", "passkeys", ["account"])
    op.create_table("recovery_codes", _name("code"), _of("account", "accounts.id"))
    op.create_index("ix_recovery_codes_account", "recovery_codes", ["account"])


def _passing() -> None:
    op.create_table("invitations", _name("token"), _bytes("sealed"), _number("expires"))
    op.create_table(
        "sessions", _name("token"), _of("account", "accounts.id"), _bytes("sealed"),
        _number("started"), _number("seen"), _number("expires"),
    )  # fmt: skip
    op.create_index("ix_sessions_account", "sessions", ["account"])
    op.create_table("tries", _name("name"), _number("since"), _number("number", sa.Integer))
    op.create_index("ix_tries_since", "tries", ["since"])
