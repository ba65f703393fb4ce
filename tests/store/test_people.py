"""Accounts, sessions, one-time links, passkeys, and counters of tries."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from argon2 import PasswordHasher

from goodoffices.errors import CallError, NotFoundError, TamperedError
from goodoffices.store import Store, new_id
from goodoffices.store.accounts import Account
from goodoffices.store.passkeys import Passkey
from goodoffices.store.tables import ACCOUNTS
from tests.store.stage import START, Stage

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@pytest.fixture(autouse=True)
def cheap(store: Store) -> None:
    store.accounts.hasher = CHEAP


@pytest.fixture
def ada(store: Store) -> Account:
    return store.accounts.add("Ada", "correct horse", name="Ada Lovelace", language="fr")


def test_hashes_are_argon2id_with_the_parameters_of_the_standard(store: Store) -> None:
    hasher = PasswordHasher()
    assert hasher.hash("x").startswith("$argon2id$")
    assert (hasher.memory_cost, hasher.time_cost) >= (65536, 3)
    assert store.accounts.hasher is CHEAP


def test_an_account_is_found_by_its_login_however_it_is_typed(store: Store, ada: Account) -> None:
    assert (ada.login, ada.name, ada.language) == ("ada", "Ada Lovelace", "fr")
    assert store.accounts.get(ada.id) == store.accounts.find("  ADA ") == ada
    assert store.accounts.find("bea") is None
    with pytest.raises(NotFoundError):
        store.accounts.get("nobody")


def test_a_login_is_taken_once(store: Store, ada: Account) -> None:
    with pytest.raises(CallError):
        store.accounts.add("ADA", "another", name="Another")
    assert store.accounts.find("ada") == ada


def test_the_passphrase_opens_and_nothing_else_does(store: Store, ada: Account) -> None:
    assert store.accounts.check("ada", "correct horse") == ada
    assert store.accounts.check("ada", "wrong horse") is None
    assert store.accounts.check("bea", "correct horse") is None


def test_a_new_passphrase_ends_the_sessions(store: Store, ada: Account) -> None:
    token = store.sessions.start(ada.id, now=START, lifetime=DAY)
    store.accounts.set_passphrase(ada.id, "battery staple")
    assert store.accounts.check("ada", "correct horse") is None
    assert store.accounts.check("ada", "battery staple") == ada
    assert store.sessions.find(token, now=START, idle=HOUR) is None


def test_a_hash_of_older_parameters_is_made_anew(store: Store, ada: Account) -> None:
    before = _row(store, ada)
    store.accounts.hasher = PasswordHasher(time_cost=2, memory_cost=64, parallelism=1)
    assert store.accounts.check("ada", "correct horse") == ada
    assert _row(store, ada) != before
    assert store.accounts.check("ada", "correct horse") == ada


def _row(store: Store, account: Account) -> bytes:
    with store.database.reading() as connection:
        query = ACCOUNTS.select().where(ACCOUNTS.c.id == account.id)
        return bytes(connection.execute(query).one().passphrase)


def test_a_hash_moved_to_another_account_opens_nothing(store: Store, ada: Account) -> None:
    bea = store.accounts.add("bea", "other", name="Bea")
    with store.database.writing() as connection:
        change = ACCOUNTS.update().where(ACCOUNTS.c.id == bea.id)
        connection.execute(change.values(passphrase=_row(store, ada)))
    with pytest.raises(TamperedError):
        store.accounts.check("bea", "correct horse")


def test_a_closed_account_signs_in_no_more(store: Store, ada: Account) -> None:
    token = store.sessions.start(ada.id, now=START, lifetime=DAY)
    store.accounts.close(ada.id)
    assert store.accounts.check("ada", "correct horse") is None
    assert store.accounts.get(ada.id).closed
    assert store.sessions.find(token, now=START, idle=HOUR) is None
    with pytest.raises(NotFoundError):
        store.accounts.close("nobody")


def test_a_name_and_a_language_can_be_changed(store: Store, ada: Account) -> None:
    store.accounts.set_name(ada.id, "Countess", language="ar")
    changed = store.accounts.get(ada.id)
    assert (changed.login, changed.name, changed.language) == ("ada", "Countess", "ar")


def test_a_one_time_code_counts_once(store: Store, ada: Account) -> None:
    assert store.accounts.totp_secret(ada.id) is None
    assert not ada.has_totp
    store.accounts.set_totp(ada.id, "BASE32SECRET")
    assert store.accounts.get(ada.id).has_totp
    assert store.accounts.totp_secret(ada.id) == "BASE32SECRET"
    assert [store.accounts.use_totp_step(ada.id, step) for step in (7, 7, 6, 8)] == [
        True, False, False, True
    ]  # fmt: skip
    store.accounts.set_totp(ada.id, None)
    assert store.accounts.totp_secret(ada.id) is None


def test_a_recovery_code_counts_once_and_for_its_owner(store: Store, ada: Account) -> None:
    bea = store.accounts.add("bea", "other", name="Bea")
    codes = store.accounts.new_recovery_codes(ada.id)
    assert len(set(codes)) == 10
    assert not store.accounts.use_recovery_code(bea.id, codes[0])
    assert store.accounts.use_recovery_code(ada.id, f" {codes[0].upper()} ")
    assert not store.accounts.use_recovery_code(ada.id, codes[0])
    store.accounts.new_recovery_codes(ada.id)
    assert not store.accounts.use_recovery_code(ada.id, codes[1])


def test_an_account_is_one_person_in_a_talk(store: Store, ada: Account) -> None:
    one, two = Stage(store, people=False), Stage(store, people=False)
    store.accounts.take_seat(ada.id, one.id, "ada-in-one")
    store.accounts.take_seat(ada.id, two.id, "ada-in-two")
    assert store.accounts.seats(ada.id) == {one.id: "ada-in-one", two.id: "ada-in-two"}
    with pytest.raises(CallError):
        store.accounts.take_seat(ada.id, one.id, "somebody-else")
    with pytest.raises(CallError):
        store.accounts.take_seat(ada.id, new_id(), "ada")
    assert store.accounts.seats("nobody") == {}


def test_a_session_is_found_by_its_token_until_it_ends(store: Store, ada: Account) -> None:
    token = store.sessions.start(ada.id, now=START, lifetime=DAY, data={"csrf": "x"})
    found = store.sessions.find(token, now=START + MINUTE, idle=HOUR)
    assert found is not None
    assert (found.account, dict(found.data)) == (ada.id, {"csrf": "x"})
    assert (found.started, found.expires) == (START, START + DAY)
    assert store.sessions.find("another", now=START, idle=HOUR) is None
    store.sessions.end(token)
    assert store.sessions.find(token, now=START, idle=HOUR) is None


def test_a_session_ends_without_its_owner_and_after_its_time(store: Store, ada: Account) -> None:
    token = store.sessions.start(ada.id, now=START, lifetime=DAY)
    now = START
    for _ in range(40):
        now += 36 * MINUTE
        found = store.sessions.find(token, now=now, idle=HOUR)
        assert (found is not None) == (now < START + DAY)
    other = store.sessions.start(ada.id, now=START, lifetime=DAY)
    assert store.sessions.find(other, now=START + HOUR, idle=HOUR) is None
    assert len(store.sessions.of(ada.id)) == 2
    store.sessions.clear(now=START + DAY)
    assert store.sessions.of(ada.id) == ()


def test_a_token_is_renewed_and_the_old_one_ends(store: Store, ada: Account) -> None:
    token = store.sessions.start(ada.id, now=START, lifetime=DAY, data={"step": 1})
    fresh = store.sessions.renew(token)
    assert fresh is not None
    assert store.sessions.find(token, now=START, idle=HOUR) is None
    store.sessions.keep(fresh, {"step": 2})
    found = store.sessions.find(fresh, now=START, idle=HOUR)
    assert found is not None
    assert found.data == {"step": 2}
    assert store.sessions.renew(token) is None


def test_all_sessions_end_but_the_one_at_hand(store: Store, ada: Account) -> None:
    tokens = [store.sessions.start(ada.id, now=START, lifetime=DAY) for _ in range(3)]
    assert store.sessions.end_all(ada.id, but=tokens[1]) == 2
    alive = [store.sessions.find(token, now=START, idle=HOUR) is not None for token in tokens]
    assert alive == [False, True, False]
    assert store.sessions.end_all(ada.id) == 1


def test_a_link_works_once_and_for_its_time(store: Store) -> None:
    token = store.invitations.issue({"person": "bob"}, now=START, lifetime=DAY)
    assert store.invitations.read(token, now=START) == {"person": "bob"}
    assert store.invitations.use(token, now=START) == {"person": "bob"}
    assert store.invitations.use(token, now=START) is None
    late = store.invitations.issue({"person": "bob"}, now=START, lifetime=DAY)
    assert store.invitations.read(late, now=START + DAY) is None
    store.invitations.clear(now=START + DAY)
    assert store.invitations.use(late, now=START) is None
    assert store.invitations.read("another", now=START) is None


def test_of_two_who_use_a_link_at_once_one_does(store: Store) -> None:
    token = store.invitations.issue({"person": "bob"}, now=START, lifetime=DAY)
    together, answers = Barrier(2), []

    def use() -> None:
        together.wait()
        answers.append(store.invitations.use(token, now=START))

    threads = [Thread(target=use) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer is not None for answer in answers) == [False, True]


def test_a_passkey_is_kept_used_and_forgotten(store: Store, ada: Account) -> None:
    key = Passkey(b"\x00credential", ada.id, b"public", 0, "telephone")
    store.passkeys.add(key)
    store.passkeys.add(Passkey(b"second", ada.id, b"public", 4, "key ring"))
    assert store.passkeys.find(b"\x00credential") == key
    assert store.passkeys.find(b"third") is None
    assert [passkey.name for passkey in store.passkeys.of(ada.id)] == ["key ring", "telephone"]
    with pytest.raises(CallError):
        store.passkeys.add(key)
    assert not store.passkeys.remove("another", b"second")
    assert store.passkeys.remove(ada.id, b"second")
    assert store.passkeys.of(ada.id) == (key,)


def test_a_copied_passkey_shows(store: Store, ada: Account) -> None:
    store.passkeys.add(Passkey(b"counts", ada.id, b"public", 4, "a"))
    store.passkeys.add(Passkey(b"does not", ada.id, b"public", 0, "b"))
    assert [store.passkeys.used(b"counts", signs) for signs in (5, 5, 4, 0, 9)] == [
        True, False, False, False, True
    ]  # fmt: skip
    assert store.passkeys.used(b"does not", 0)
    assert store.passkeys.used(b"does not", 0)


def test_tries_are_counted_within_a_time(store: Store) -> None:
    counts = [store.tries.count("ada", now=START + n * MINUTE, within=HOUR) for n in range(3)]
    assert counts == [1, 2, 3]
    assert store.tries.count("bea", now=START, within=HOUR) == 1
    assert store.tries.count("ada", now=START + HOUR, within=HOUR) == 1
    store.tries.forget("ada")
    assert store.tries.count("ada", now=START + HOUR, within=HOUR) == 1
    store.tries.clear(before=START + HOUR)
    assert store.tries.count("bea", now=START + MINUTE, within=HOUR) == 1


def test_tries_at_once_are_all_counted(store: Store) -> None:
    together, counts = Barrier(4), []

    def count() -> None:
        together.wait()
        counts.append(store.tries.count("ada", now=START, within=HOUR))

    threads = [Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [1, 2, 3, 4]
