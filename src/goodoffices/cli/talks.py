"""``goodoffices talks``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goodoffices.cli.running import option, print_json
from goodoffices.errors import CallError, MissingExtraError

if TYPE_CHECKING:
    from goodoffices.store import Store
    from goodoffices.store.heads import Head
    from goodoffices.store.verify import Findings
    from goodoffices.talks import Talk

EXTRA = ("alembic", "argon2", "nacl", "sqlalchemy")
_EXTRA_FOR_THE_DEMO = (*EXTRA, "anyio", "pyotp", "segno", "starlette", "uvicorn")


def run(options: Mapping[str, object]) -> int:
    """Do one of the actions on a store of talks; 1 when something in it is wrong."""
    try:
        import goodoffices.store  # noqa: F401
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in EXTRA:
            raise
        raise MissingExtraError("server") from None
    actions: dict[str, Callable[[Mapping[str, object]], int]] = {
        "list": _list,
        "verify": _verify,
        "backup": _backup,
        "restore": _restore,
        "upgrade": _upgrade,
        "export": _export,
        "head": _head,
        "audit": _audit,
        "demo": _demo,
    }
    return actions[option(options, "action", str)](options)


def _now() -> datetime:
    return datetime.now(UTC)


def _keys(options: Mapping[str, object]) -> str | None:
    return None if options["keys"] is None else str(options["keys"])


def _opened(options: Mapping[str, object]) -> Store:
    from goodoffices.store import Store

    return Store.open(option(options, "url", str), keys=_keys(options))


def _list(options: Mapping[str, object]) -> int:
    with _opened(options) as store:
        talks = {id_: _who(store.talk(id_)) for id_ in store.talks()}
    if options["json"]:
        print_json(talks)
    for id_, talk in talks.items() if not options["json"] else ():
        print(f"{id_}  {talk['title']}")
        for person in talk["people"]:
            print(f"    {person['id']}  {person['name']}, {person['role']} of {person['side']}")
    return 0


def _who(talk: Talk) -> dict[str, Any]:
    rooms = [talk.desk.people, *(room.people for room in talk.rooms.values())]
    people = [person for room in rooms for person in room.values() if not person.left]
    return {
        "title": talk.title,
        "people": [
            {"id": person.id, "name": person.name, "side": person.side, "role": person.role}
            for person in people
        ],
    }


def _verify(options: Mapping[str, object]) -> int:
    from goodoffices.store.verify import verify

    heads = [_read_head(Path(str(name))) for name in _names(options["head"])]
    with _opened(options) as store:
        found = verify(store, heads)
    if options["json"]:
        print_json({**asdict(found), "sound": found.sound})
    else:
        _print_findings(found, _names(options["head"]))
    return 0 if found.sound else 1


def _names(given: object) -> list[str]:
    return [str(name) for name in given] if isinstance(given, list) else []


def _read_head(path: Path) -> Head:
    from goodoffices.store.heads import Head

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise CallError(f"the file {path}", expected="a head") from None
    return Head.from_text(text)


def _print_findings(found: Findings, names: list[str]) -> None:
    for book in found.books:
        word = book.problem or "as written"
        print(f"{book.book}: {book.events} events, {book.audited} audit entries: {word}")
    for stray in found.strays:
        print(f"stray: {stray}")
    for name, head in zip(names, found.heads, strict=True):
        word = head.problem or f"fits; {head.behind} events came after it"
        print(f"{name}: {word}")
    print("Everything is as it was written." if found.sound else "Something is wrong.")


def _backup(options: Mapping[str, object]) -> int:
    from goodoffices.store.backup import backup

    path = option(options, "file", str)
    rows = backup(option(options, "url", str), path, keys=_keys(options), now=_now())
    print(f"{path}: {rows} rows, sealed. It needs the key file to be of use: keep that elsewhere.")
    return 0


def _restore(options: Mapping[str, object]) -> int:
    from goodoffices.store.backup import restore

    url = option(options, "url", str)
    done = restore(option(options, "file", str), url, keys=_keys(options))
    print(f"{done.talks} talks restored.")
    for talk, number in sorted(done.void_rounds.items()):
        print(f"{talk}: {number} sealed acceptances are void, and end as not agreed. Open others.")
    return 0


def _upgrade(options: Mapping[str, object]) -> int:
    from goodoffices.store.backup import upgrade
    from goodoffices.store.schema import NEWEST

    path = option(options, "backup", str)
    before = upgrade(option(options, "url", str), path, keys=_keys(options), now=_now())
    print(f"From form {before} to {NEWEST}; as it was before: {path}")
    return 0


def _export(options: Mapping[str, object]) -> int:
    from goodoffices.store import AuditEntry
    from goodoffices.store.export import own_view, whole_talk

    talk, viewer, folder = option(options, "talk", str), options["viewer"], options["case"]
    if viewer is not None and folder is not None:
        raise CallError("export", expected="--viewer or --case, not both")
    with _opened(options) as store:
        if folder is not None:
            _export_case(store, talk, Path(str(folder)))
        elif viewer is not None:
            print_json(own_view(store, talk, str(viewer), now=_now()))
        else:
            print_json(whole_talk(store, talk, now=_now()))
        store.note_down(AuditEntry(_now(), "command line", "exported"), talk_id=talk)
    return 0


def _export_case(store: Store, talk_id: str, folder: Path) -> None:
    from goodoffices.casefile import read_case, write_case
    from goodoffices.store.export import joined, record_case

    document = f"talk-{talk_id}"
    case = record_case(store.talk(talk_id), document=document)
    place = folder if folder.suffix in {".yaml", ".json"} else folder / "case.yaml"
    if place.exists():
        case = joined(read_case(str(place)), case, document=document)
    place.parent.mkdir(parents=True, exist_ok=True)
    write_case(case, place)
    print(f"{place}: {len(case.positions)} positions, {len(case.statements)} statements")


def _head(options: Mapping[str, object]) -> int:
    from goodoffices.store.heads import issue_head

    with _opened(options) as store:
        talk, viewer = option(options, "talk", str), option(options, "viewer", str)
        sys.stdout.write(issue_head(store, talk, viewer, now=_now()).to_text())
    return 0


def _audit(options: Mapping[str, object]) -> int:
    with _opened(options) as store:
        for entry in store.audit(option(options, "talk", str)):
            about = f"  {entry.about}" if entry.about else ""
            print(f"{entry.at.isoformat()}  {entry.who}  {entry.what}{about}")
    return 0


def _demo(options: Mapping[str, object]) -> int:
    try:
        from goodoffices.cli.talks_demo import run as hold
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in _EXTRA_FOR_THE_DEMO:
            raise
        raise MissingExtraError("server") from None
    return hold(options)
