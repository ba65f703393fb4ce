"""``goodoffices talks``, as a person types it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from goodoffices.cli import main
from goodoffices.store import Store
from goodoffices.store.tables import EVENTS
from tests.store.stage import Stage

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    with Store.make(str(tmp_path / "talks.db")) as store:
        made = Stage(store)
        made.do(
            "ada", "entrust", kind="offer", words="The gate, for days.",
            caveat={"ways": ["analysis"]},
            position={"id": "p", "party": "north", "offers": {"gate": "open"}},
        )  # fmt: skip
    return made


def url(tmp_path: Path) -> str:
    return str(tmp_path / "talks.db")


def test_talks_are_listed_with_their_people(stage: Stage, tmp_path: Path, capsys: Capture) -> None:
    assert main(["talks", "list", url(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{stage.id}  The crossing"
    assert "    ada  Ada, head of north" in lines
    assert main(["talks", "list", url(tmp_path), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data[stage.id]["people"][1] == {
        "id": "aide", "name": "Aide", "side": "mediator", "role": "mediator"
    }  # fmt: skip


def test_what_is_sound_is_said_and_a_head_fits(
    stage: Stage, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["talks", "head", url(tmp_path), stage.id, "ada"]) == 0
    head = tmp_path / "ada.head"
    head.write_text(capsys.readouterr().out)
    assert main(["talks", "verify", url(tmp_path), "--head", str(head)]) == 0
    out = capsys.readouterr().out
    assert f"{head}: fits; 0 events came after it" in out
    assert "Everything is as it was written." in out
    assert main(["talks", "verify", url(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sound"] is True


def test_what_was_changed_ends_with_1(stage: Stage, tmp_path: Path, capsys: Capture) -> None:
    with Store.open(url(tmp_path)) as store, store.database.writing() as connection:
        connection.execute(EVENTS.delete().where(EVENTS.c.position == 2))
    assert main(["talks", "verify", url(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert f"event 2 of the talk {stage.id}" in out
    assert "Something is wrong." in out
    assert main(["talks", "verify", url(tmp_path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["sound"] is False


def test_strays_are_named(stage: Stage, tmp_path: Path, capsys: Capture) -> None:
    with Store.open(url(tmp_path)) as store:
        assert store.talks() == (stage.id,)
        raw = store.database.engine.raw_connection()
        raw.cursor().execute("PRAGMA foreign_keys=OFF")
        raw.cursor().execute("DELETE FROM books WHERE id = 'house'")
        raw.close()
    assert main(["talks", "verify", url(tmp_path)]) == 1
    assert "stray: the book of the house is gone" in capsys.readouterr().out


def test_a_backup_is_written_and_restored(stage: Stage, tmp_path: Path, capsys: Capture) -> None:
    with Store.open(url(tmp_path)) as store:
        stage.store = store
        stage.round(hours=1_000_000)
    copy, keys = str(tmp_path / "copy"), f"{url(tmp_path)}.keys"
    assert main(["talks", "backup", url(tmp_path), copy]) == 0
    assert "keep that elsewhere" in capsys.readouterr().out
    other = str(tmp_path / "other.db")
    assert main(["talks", "restore", copy, other, "--keys", keys]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "1 talks restored.",
        f"{stage.id}: 1 sealed acceptances are void, and end as not agreed. Open others.",
    ]
    assert main(["talks", "restore", copy, other, "--keys", keys]) == 1
    assert "expected an empty one" in capsys.readouterr().err
    assert main(["talks", "backup", url(tmp_path), copy]) == 1


def test_exports_go_to_standard_output_and_into_the_audit(
    stage: Stage, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["talks", "export", url(tmp_path), stage.id]) == 0
    assert len(json.loads(capsys.readouterr().out)["events"]) == 8
    assert main(["talks", "export", url(tmp_path), stage.id, "--viewer", "bea"]) == 0
    assert json.loads(capsys.readouterr().out)["side"] == "Southland"
    assert main(["talks", "audit", url(tmp_path), stage.id]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[-1] for line in lines[-2:]] == ["exported", "exported"]
    assert lines[0].split()[1:3] == [stage.lead, "open"]
    assert main(["talks", "audit", url(tmp_path)]) == 0
    assert capsys.readouterr().out == ""


def test_a_talk_becomes_a_case_that_other_commands_read(
    stage: Stage, tmp_path: Path, capsys: Capture
) -> None:
    folder = tmp_path / "case"
    for _ in range(2):
        assert main(["talks", "export", url(tmp_path), stage.id, "--case", str(folder)]) == 0
        assert "case.yaml: 1 positions, 1 statements" in capsys.readouterr().out
    assert main(["check", str(folder)]) == 0
    assert main(["impasse", str(folder)]) == 0
    assert main(["brief", str(folder)]) == 0
    assert "in confidence" in capsys.readouterr().out
    file = tmp_path / "other.yaml"
    assert main(["talks", "export", url(tmp_path), stage.id, "--case", str(file)]) == 0
    assert file.exists()


def test_a_wrong_call_says_what_was_expected(stage: Stage, tmp_path: Path, capsys: Capture) -> None:
    both = ["--viewer", "ada", "--case", "x"]
    assert main(["talks", "export", url(tmp_path), stage.id, *both]) == 2
    assert main(["talks", "export", url(tmp_path), "no-such-talk"]) == 2
    assert main(["talks", "export", url(tmp_path), stage.id, "--viewer", "nobody"]) == 2
    assert main(["talks", "verify", url(tmp_path), "--head", str(tmp_path / "none")]) == 2
    assert main(["talks", "verify", str(tmp_path / "none.db")]) == 1
    assert main(["talks", "list", "mysql://x"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_store_of_today_is_not_upgraded(stage: Stage, tmp_path: Path, capsys: Capture) -> None:
    copy = tmp_path / f"before-{stage.id}"
    assert main(["talks", "upgrade", url(tmp_path), "--backup", str(copy)]) == 1
    assert "a form older than 0001" in capsys.readouterr().err
    assert not copy.exists()


def test_an_older_store_is_upgraded(
    stage: Stage, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / f"before-{stage.id}"
    monkeypatch.setattr("goodoffices.store.backup.upgrade", lambda *_, **__: "0000")
    assert main(["talks", "upgrade", url(tmp_path), "--backup", str(copy)]) == 0
    assert capsys.readouterr().out == f"From form 0000 to 0001; as it was before: {copy}\n"


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    for name in [name for name in sys.modules if name.startswith("goodoffices.store")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "nacl.exceptions", None)
    assert main(["talks", "list", "talks.db"]) == 1
    assert 'pip install "goodoffices[server]"' in capsys.readouterr().err


def test_another_missing_module_is_no_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "goodoffices.store", None)
    with pytest.raises(ModuleNotFoundError):
        main(["talks", "list", "talks.db"])
