"""Ballots: one box for each open sealed acceptance, under a key of its own that is destroyed.

A box always has the same size, and is sealed anew with every act of its talk, so that it does not
show whether anybody answered. Nothing of a ballot is in the events, the audit or a backup.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from goodoffices.errors import TamperedError
from goodoffices.store.keys import RoundKeys
from goodoffices.store.sealing import blind, bound, seal, unseal
from goodoffices.store.tables import BOXES, FACTS
from goodoffices.talks import Talk
from goodoffices.talks.acts import MEDIATOR
from goodoffices.talks.state import RoundRecord

_SILENT, _NO, _YES = range(3)
_ANSWERS: Mapping[int, bool] = {_NO: False, _YES: True}


def open_rounds(talk: Talk) -> dict[str, RoundRecord]:
    """Return the rounds without a result."""
    return {id_: record for id_, record in talk.desk.rounds.items() if record.result is None}


class Boxes:
    """The ballot boxes of a store, and their keys.

    Attributes:
        keys: the keys of the rounds, which are not in the database.
    """

    def __init__(self, keys: RoundKeys, names: bytes) -> None:
        """Take the keys of the rounds, and the key that makes the names of boxes."""
        self.keys = keys
        self._names = names

    def name(self, book: str, round_: str) -> str:
        """Return the name of the box of a round, which tells nothing of the round."""
        return blind(self._names, book, round_)

    def make(self, connection: Connection, book: str, record: RoundRecord) -> None:
        """Make the key and the empty box of a round."""
        name = self.name(book, record.id)
        # Whoever looks for keys without a box waits until this box is there.
        connection.execute(sa.select(FACTS).with_for_update(read=True)).all()
        sealed = _sealed(self.keys.make(name), name, record, {})
        connection.execute(BOXES.insert().values(id=name, book=book, sealed=sealed))

    def fill(self, connection: Connection, book: str, talk: Talk) -> Talk:
        """Return a talk with the ballots of its open rounds; a void round has no place in it.

        Raises:
            TamperedError: a box is not what was written.
        """
        rounds = open_rounds(talk)
        if not rounds:
            return talk
        rows = connection.execute(sa.select(BOXES).where(BOXES.c.book == book))
        boxes = {row.id: row.sealed for row in rows}
        found = {}
        for id_, record in rounds.items():
            name = self.name(book, id_)
            key = self.keys.get(name)
            if name in boxes and key is not None:
                found[id_] = _cast(key, name, record, boxes[name])
        return replace(talk, ballots=found)

    def seal_anew(self, connection: Connection, book: str, talk: Talk) -> None:
        """Seal every open box of a talk anew, whether or not anything in it has changed."""
        for id_, record in open_rounds(talk).items():
            name = self.name(book, id_)
            key = self.keys.get(name)
            if key is not None and id_ in talk.ballots:
                sealed = _sealed(key, name, record, talk.ballots[id_])
                connection.execute(BOXES.update().where(BOXES.c.id == name).values(sealed=sealed))

    def drop(self, connection: Connection, name: str) -> None:
        """Delete the box of a round that is over; its key is destroyed once that is kept."""
        connection.execute(BOXES.delete().where(BOXES.c.id == name))

    def drop_keys_without_box(self, connection: Connection) -> None:
        """Destroy keys whose round is over or never began, as a crash may leave them."""
        connection.execute(sa.select(FACTS).with_for_update()).all()
        boxes = frozenset(connection.execute(sa.select(BOXES.c.id)).scalars())
        for name in sorted(self.keys.names() - boxes):
            self.keys.destroy(name)


def _asked(record: RoundRecord) -> tuple[str, ...]:
    return (*sorted(record.signers), MEDIATOR)


def _sealed(key: bytes, name: str, record: RoundRecord, cast: Mapping[str, bool]) -> bytes:
    marks = {side: _YES if accept else _NO for side, accept in cast.items()}
    text = bytes(marks.get(side, _SILENT) for side in _asked(record))
    return seal(key, text, bound("box", name))


def _cast(key: bytes, name: str, record: RoundRecord, sealed: bytes) -> dict[str, bool]:
    what = "the box of a sealed acceptance"
    text = unseal(key, sealed, bound("box", name), what=what)
    asked = _asked(record)
    if len(text) != len(asked):
        raise TamperedError(what, expected="a place for each who is asked")
    return {
        side: _ANSWERS[mark] for side, mark in zip(asked, text, strict=True) if mark in _ANSWERS
    }
