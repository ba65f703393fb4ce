"""Talks on disk: SQLite in a file, or PostgreSQL by address; everything in them is sealed.

What the layers above use:

- `Store.make` and `Store.open`: a store at an address, with its folder of keys.
- `Store.create`: a talk begins; its identifiers are random.
- `Store.act`: an act is decided by `goodoffices.talks` and kept, or refused, in one transaction.
  The answer is `Accepted`, or the `Refused` of the rules.
- `Store.view`: what somebody sees, by `goodoffices.talks.view` alone. `Store.resolve`: what a
  viewer's name for a thing stands for.
- `Store.settle`: sealed acceptances whose time is over are closed; `act` and `view` do it as well.
- `Store.note_down` and `Store.audit`: the audit, of a talk or of the house.
- `new_id`: a random identifier, for a person who is invited.

```python
>>> from datetime import UTC, datetime
>>> from tempfile import TemporaryDirectory
>>> now = datetime(2025, 6, 2, 8, tzinfo=UTC)
>>> with TemporaryDirectory() as folder, Store.make(f"{folder}/talks.db") as store:
...     sides = [{"id": "north", "name": "Northland"}, {"id": "south", "name": "Southland"}]
...     begun = store.create(title="The crossing", sides=sides, lead_name="Lea", now=now)
...     ada = {"act": "invite", "person": new_id(), "name": "Ada", "side": "north", "role": "head"}
...     answer = store.act(begun.talk, begun.lead, ada, now=now)
...     seen = store.view(begun.talk, ada["person"], now=now)
>>> type(answer).__name__, seen.talk, seen.side
('Accepted', 'The crossing', 'Northland')

```
"""

from goodoffices.store.accounts import Account
from goodoffices.store.acting import Once
from goodoffices.store.books import HOUSE, AuditEntry
from goodoffices.store.keys import Keys
from goodoffices.store.presence import Seats
from goodoffices.store.sealing import new_id
from goodoffices.store.sessions import Session
from goodoffices.store.standing import Accepted, Created
from goodoffices.store.store import Store

__all__ = [
    "HOUSE",
    "Accepted",
    "Account",
    "AuditEntry",
    "Created",
    "Keys",
    "Once",
    "Seats",
    "Session",
    "Store",
    "new_id",
]
