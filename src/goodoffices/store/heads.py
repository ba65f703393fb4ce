"""Heads: what somebody in a talk holds in hand, so that a rewritten past shows.

A head says two things, each hidden and each binding. ``seen`` is a salted hash of the view of
whoever holds it: they can check it against their own export. ``whole`` is a salted hash of the last
link of the whole record; its salt is derived from a key of the store, so that a head tells nothing
of what others did, not even whether they did anything: two heads of one state look like any two.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from goodoffices.errors import CallError
from goodoffices.store.keys import Keys
from goodoffices.store.sealing import blind, derive, digest, new_id, new_key
from goodoffices.store.store import Store
from goodoffices.talks import Talk, View, apply, view
from goodoffices.talks.handles import bucket

FORMAT = "goodoffices head 1"


@dataclass(frozen=True, slots=True)
class Head:
    """A signed head.

    Attributes:
        format: the form of the head.
        id: random.
        holder: whose it is; of use to nobody but the store.
        day: the day it was made.
        shape: a hash of the form of views; another version of the program may have another.
        salt: the salt of ``seen``.
        seen: a salted hash of what the holder was shown, in hexadecimal.
        whole: a hidden hash of the whole record, in hexadecimal.
        verifier: the public key that it is signed for.
        signature: the signature of everything above.
    """

    format: str
    id: str
    holder: str
    day: str
    shape: str
    salt: str
    seen: str
    whole: str
    verifier: str
    signature: str = ""

    def to_text(self) -> str:
        """Return the head as it is kept in a file."""
        return json.dumps(asdict(self), indent=2) + "\n"

    @classmethod
    def from_text(cls, text: str) -> Head:
        """Read a head.

        Raises:
            CallError: it is none.
        """
        try:
            data = json.loads(text)
        except ValueError:
            data = None
        names = set(cls.__dataclass_fields__)
        is_head = isinstance(data, dict) and set(data) == names and data["format"] == FORMAT
        if not is_head or not all(isinstance(value, str) for value in data.values()):
            raise CallError("a head", expected=f'a file that says "{FORMAT}"')
        return cls(**data)

    def signed_part(self) -> bytes:
        """Return the bytes that are signed."""
        data = {**asdict(self), "signature": ""}
        return json.dumps(data, sort_keys=True).encode()

    def is_signed(self) -> bool:
        """Whether the signature is that of the verifier that the head names."""
        try:
            key = VerifyKey(bytes.fromhex(self.verifier))
            key.verify(self.signed_part(), bytes.fromhex(self.signature))
        except (BadSignatureError, ValueError, TypeError):
            return False
        return True

    def fits(self, shown: View) -> bool:
        """Whether the holder was shown just this; whoever has the export can tell."""
        return self.seen == _seen(self.salt, shown)


@dataclass(frozen=True, slots=True)
class HeadFinding:
    """What became of a head that was held against the record.

    Attributes:
        problem: what is wrong, "" when nothing is.
        talk: the talk of the head, "" when it is of none here.
        holder: the person whose it is.
        behind: how many events came after it; None when no state of the record is its own.
    """

    problem: str
    talk: str = ""
    holder: str = ""
    behind: int | None = None


def issue_head(store: Store, talk_id: str, viewer: str, *, now: datetime) -> Head:
    """Return a head of a talk as it stands, for somebody in it.

    Raises:
        NotFoundError: there is no such talk, or the viewer is not in it; the two look alike.
    """
    shown, link = store.look(talk_id, viewer, now=now)
    salt, id_ = new_key().hex(), new_id()
    head = Head(
        FORMAT, id_, _holder(store.keys, talk_id, viewer), bucket(now), shape_of(type(shown)),
        salt, _seen(salt, shown), _whole(store.keys, id_, link), store.keys.verifier,
    )  # fmt: skip
    signature = store.keys.signer.sign(head.signed_part()).signature
    return Head.from_text(json.dumps({**asdict(head), "signature": signature.hex()}))


def check_head(store: Store, head: Head) -> HeadFinding:
    """Hold a head against the record as it is now.

    Raises:
        TamperedError: an event is not what was written; then no head is needed to tell.
    """
    if not head.is_signed() or head.verifier != store.keys.verifier:
        return HeadFinding("it was not signed by this store")
    for talk_id in store.talks():
        written = store.written(talk_id)
        talk = Talk()
        for entry in written:
            talk = apply(talk, entry.event)
        people = [
            *talk.desk.people,
            *(name for room in talk.rooms.values() for name in room.people),
        ]
        for person in people:
            if head.holder == _holder(store.keys, talk_id, person):
                return _find(store, head, talk_id, person)
    return HeadFinding("it is of a talk or a person that the record does not know")


def _find(store: Store, head: Head, talk_id: str, person: str) -> HeadFinding:
    """Look for the state of the record that a head was made from."""
    written, talk = store.written(talk_id), Talk()
    for number, entry in enumerate(written, start=1):
        talk = apply(talk, entry.event)
        if _whole(store.keys, head.id, entry.link) == head.whole:
            behind = len(written) - number
            shown = view(talk, person)
            if head.shape != shape_of(type(shown)):
                return HeadFinding("", talk_id, person, behind)
            problem = "" if head.fits(shown) else "its holder was shown something else"
            return HeadFinding(problem, talk_id, person, behind)
    problem = "no state of the record is its own: something before it was changed, dropped or added"
    return HeadFinding(problem, talk_id, person)


def _holder(keys: Keys, talk_id: str, person: str) -> str:
    return blind(keys.key("holders of heads"), talk_id, person)


def _seen(salt: str, shown: View) -> str:
    return digest("seen", salt, shown.canonical()).hex()


def _whole(keys: Keys, id_: str, link: bytes) -> str:
    return digest("whole", derive(keys.key("heads"), id_), link).hex()


@cache
def shape_of(kind: type[View]) -> str:
    """Return a hash of the form of a view."""
    schema: Mapping[str, object] = kind.model_json_schema()
    return digest("shape", json.dumps(schema, sort_keys=True)).hex()[:16]
