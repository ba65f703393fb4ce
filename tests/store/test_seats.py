"""Which accounts are the people of a talk."""

from __future__ import annotations

from goodoffices.store import Store
from tests.store.stage import SIDES, START


def test_the_accounts_of_a_talk_are_found_by_person(store: Store) -> None:
    made = [store.create(title="T", sides=SIDES, lead_name="Lea", now=START).talk for _ in range(2)]
    one, two, three = (
        store.accounts.add(name, "a long passphrase", name=name).id for name in ("a", "b", "c")
    )
    store.accounts.take_seat(one, made[0], "ada")
    store.accounts.take_seat(two, made[0], "ada")
    store.accounts.take_seat(three, made[0], "bea")
    store.accounts.take_seat(three, made[1], "ada")
    found = store.accounts.seated(made[0])
    assert {person: set(ids) for person, ids in found.items()} == {
        "ada": {one, two},
        "bea": {three},
    }
    assert store.accounts.seated(made[1]) == {"ada": (three,)}
    assert store.accounts.seated("no such talk") == {}


def test_there_is_an_account_until_it_is_closed(store: Store) -> None:
    assert not store.accounts.any()
    account = store.accounts.add("a", "a long passphrase", name="a")
    assert store.accounts.any()
    store.accounts.close(account.id)
    assert not store.accounts.any()
