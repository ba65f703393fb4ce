"""The tables of a store. What they hold of talks and people is sealed, or a hash, or random.

A book is a chain of entries: one for each talk, and one for the house, which has no events. The
names here are for queries; the tables are made by the migrations in `goodoffices.store.versions`.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

METADATA = MetaData()

FACTS = Table(
    "facts",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
"""The store's own identity, and something sealed that tells whether the keys fit."""

BOOKS = Table(
    "books",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("link", LargeBinary, nullable=False),
    Column("audit_position", Integer, nullable=False),
    Column("audit_link", LargeBinary, nullable=False),
)
"""Each book, with the last link of its events and of its audit."""

COMPARTMENTS = Table(
    "compartments",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("book", Text, ForeignKey("books.id"), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
)
"""The key of each compartment and whose it is, wrapped with the master key."""

EVENTS = Table(
    "events",
    METADATA,
    Column("book", Text, ForeignKey("books.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("compartment", Text, ForeignKey("compartments.id"), nullable=False),
    Column("commitment", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("link", LargeBinary, nullable=False),
)
"""The events of talks, appended and never changed. No ballot is among them."""

AUDIT = Table(
    "audit",
    METADATA,
    Column("book", Text, ForeignKey("books.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("link", LargeBinary, nullable=False),
)
"""Who did what when, appended and never changed. No ballot is among it."""

BOXES = Table(
    "ballot_boxes",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("book", Text, ForeignKey("books.id"), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
)
"""One box for each open sealed acceptance, of fixed size, sealed anew with every act."""

ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("passphrase", LargeBinary, nullable=False),
    Column("totp", LargeBinary),
    Column("totp_step", BigInteger, nullable=False),
    Column("closed", Boolean, nullable=False),
)
"""People who sign in: the login as a keyed hash, the rest sealed."""

SEATS = Table(
    "seats",
    METADATA,
    Column("account", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("book", Text, ForeignKey("books.id"), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)
"""Which person of which talk an account is."""

INVITATIONS = Table(
    "invitations",
    METADATA,
    Column("token", Text, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("expires", BigInteger, nullable=False),
)
"""One-time links that nobody has used yet, as keyed hashes."""

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("token", Text, primary_key=True),
    Column("account", Text, ForeignKey("accounts.id"), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("started", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False),
)
"""Who is signed in, as keyed hashes of what their browser holds."""

PASSKEYS = Table(
    "passkeys",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("account", Text, ForeignKey("accounts.id"), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("signs", BigInteger, nullable=False),
)
"""Credentials of browsers and security keys."""

RECOVERY = Table(
    "recovery_codes",
    METADATA,
    Column("code", Text, primary_key=True),
    Column("account", Text, ForeignKey("accounts.id"), nullable=False, index=True),
)
"""One-time codes for those who have lost their device, as keyed hashes."""

TRIES = Table(
    "tries",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("since", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
)
"""How often something was tried since when; what was tried is a keyed hash."""

Index("ix_tries_since", TRIES.c.since)

KEPT = (FACTS, BOOKS, COMPARTMENTS, EVENTS, AUDIT, ACCOUNTS, SEATS, PASSKEYS, RECOVERY)
"""The tables that a backup holds, in the order in which they are filled again."""
LEFT_OUT = (BOXES, INVITATIONS, SESSIONS, TRIES)
"""The tables that no backup holds: ballots, open links, sessions, counters."""
