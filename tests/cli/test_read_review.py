"""``goodoffices read --into`` and ``--review``: drafts beside a case, and a walk through them."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pytest

from goodoffices.casefile import read_case
from goodoffices.cli import main
from goodoffices.cli.read_lines import read_line
from goodoffices.errors import CallError
from goodoffices.reading.drafts import Draft

REPORT = """Talks in the port

The union on Sunday rejected "any rise" below five percent.

At least 300 dockers walked out. The director demanded ten night shifts.
"""
CASE = """\
# Who talks
case: Port
parties:
  crew: {name: The union}  # since 2020
  port: {name: Port}
persons:
  dana: {name: Dana Ruiz, role: director, of: port}
issues:
  rise: {question: Which rise of pay?, options: [none, five]}
positions:
  - {id: c1, party: crew, refuses: {rise: none}}
proposals:
  - {id: p, by: port, terms: {rise: none}}
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case with the drafts of a report beside it."""
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "case.yaml").write_text(CASE, encoding="utf-8")
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    assert into(folder) == 0
    return folder


def into(case: Path, name: str = "report.txt") -> int:
    path = str(case.parent / name)
    return main(["read", path, "--into", str(case), "--published", "2025-06-02", "--json"])


def review(monkeypatch: pytest.MonkeyPatch, case: Path, *lines: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    return main(["read", "--review", str(case), "--by", "A. Person", "--on", "2025-06-03"])


def drafts(case: Path) -> Path:
    (file,) = (case / "drafts").glob("*.json")
    return file


def decisions(case: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(drafts(case).read_text()).get("decisions", [])
    return found


def test_drafts_lie_beside_the_case_with_text_and_file(case: Path) -> None:
    assert (case / "case.yaml").read_text(encoding="utf-8") == CASE
    data = json.loads(drafts(case).read_text(encoding="utf-8"))
    assert data["format"] == "goodoffices drafts 1"
    assert (case / "drafts" / f"{data['key']}.txt").read_text(encoding="utf-8") == REPORT
    (sent,) = (case / "drafts" / "sent").iterdir()
    assert sent.read_text(encoding="utf-8") == REPORT
    assert sent.name == f"{data['document']['sha256'][:16]}.txt"


def test_reading_again_changes_nothing_and_keeps_decisions(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert review(monkeypatch, case, "drop not about the talks") == 0
    before = drafts(case).read_bytes()
    capsys.readouterr()
    assert into(case) == 0
    assert drafts(case).read_bytes() == before
    assert ": 0 new drafts, " in capsys.readouterr().err
    assert decisions(case)[0]["reason"] == "not about the talks"


def test_a_changed_document_is_a_new_one_that_names_the_old(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = drafts(case).stem
    (case.parent / "report.txt").write_text(REPORT + "\nNothing more.\n", encoding="utf-8")
    capsys.readouterr()
    assert into(case) == 0
    assert f"a newer version of {old}" in capsys.readouterr().err
    assert len(list((case / "drafts").glob("*.json"))) == 2
    assert (case / "drafts" / f"{old}.txt").read_text(encoding="utf-8") == REPORT


def test_what_is_kept_stands_in_the_case_with_its_comments(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert review(monkeypatch, case, 'link c1 says="no rise below five"', "keep measure=rise") == 0
    out = capsys.readouterr().out
    assert "Suggestion: may support position c1" in out
    made = read_case(case)
    (document,) = made.documents.values()
    assert document.text == "documents/talks-in-the-port.txt"
    assert (case / document.text).read_text(encoding="utf-8") == REPORT
    statement = made.statements["talks-in-the-port-2"]
    assert (statement.by, statement.kind, statement.quote) == ("crew", "rejects", "any rise")
    assert made.positions[0].source == ("talks-in-the-port-2",)
    assert made.figures["rise"].source == ("talks-in-the-port-2",)
    text = (case / "case.yaml").read_text(encoding="utf-8")
    assert text.startswith("# Who talks\n")
    assert "# since 2020" in text
    assert main(["check", str(case)]) == 0


def test_every_decision_is_recorded_with_who_and_when(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert review(monkeypatch, case, "keep kind=demands", "undo", "keep", "drop", "quit") == 0
    assert [one["decision"] for one in decisions(case)] == ["correct", "undo", "keep", "drop"]
    assert {(one["by"], one["on"]) for one in decisions(case)} == {("A. Person", "2025-06-03")}
    assert decisions(case)[0]["changes"] == {"kind": "demands"}


def test_a_walk_goes_on_where_it_stopped(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert review(monkeypatch, case, "keep", "skip", "quit") == 0
    out = capsys.readouterr().out
    assert "Stopped: 1 decisions made" in out
    # The input ends: that is a way to stop, too.
    assert review(monkeypatch, case) == 0
    assert "Draft 2 of" in capsys.readouterr().out


def test_undo_takes_a_statement_out_again_also_in_a_later_walk(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert review(monkeypatch, case, "answer p crew rejects", "quit") == 0
    assert read_case(case).proposals[0].responses["crew"][0].answer == "rejects"
    assert review(monkeypatch, case, "undo", "quit") == 0
    made = read_case(case)
    assert (made.statements, made.documents, made.proposals[0].responses) == ({}, {}, {})


def test_undo_is_refused_where_something_rests_on_it(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert review(monkeypatch, case, "keep id=s1", "quit") == 0
    file = case / "case.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("id: c1", "id: c1, source: s1")
                    if "{id: c1" in text else text.replace("- id: c1", "- id: c1\n    source: s1"),
                    encoding="utf-8")  # fmt: skip
    before = file.read_bytes()
    assert review(monkeypatch, case, "undo", "quit") == 0
    assert "Not done, the case would have problems" in capsys.readouterr().out
    assert file.read_bytes() == before
    assert [one["decision"] for one in decisions(case)] == ["correct"]


def test_what_would_break_the_case_is_refused_and_nothing_written(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ['keep quote="not in the text"', "link c9", "keep by=zoe", "position crew requires x=y"]
    assert review(monkeypatch, case, *lines, "keep date=never", "quit") == 0
    out = capsys.readouterr().out
    assert out.count("Not done") == 5
    assert "expected a quote that is in the text" in out
    assert (case / "case.yaml").read_text(encoding="utf-8") == CASE
    assert not list((case / "documents").glob("*"))
    assert decisions(case) == []


def test_a_text_that_is_not_kept_is_held_against_what_is_kept_of_it(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    digest = hashlib.sha256(REPORT.encode()).hexdigest()
    known = f"documents:\n  old: {{title: Old, sha256: {digest}}}\nissues:"
    (case / "case.yaml").write_text(CASE.replace("issues:", known), encoding="utf-8")
    assert review(monkeypatch, case, 'keep quote="not in it"', "keep", "quit") == 0
    assert "expected a quote that is in the text" in capsys.readouterr().out
    assert read_case(case).statements["old-2"].quote == "any rise"
    assert not (case / "documents").exists()


def test_a_position_is_made_only_by_the_person_and_may_be_confidential(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = "position crew requires rise=five rise=none red-line confidential"
    assert review(monkeypatch, case, line, "quit") == 0
    made = read_case(case).positions[-1]
    assert (made.firmness, made.status) == ("red-line", "confidential")
    assert made.source == ("talks-in-the-port-2",)


def test_a_suggested_speaker_is_taken_on_purpose(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    skips = ["skip"] * 10
    assert review(monkeypatch, case, *skips) == 0
    before = capsys.readouterr().out.partition("Suggestion: may be speaker dana")[0]
    lines = ["drop"] * before.count("Left for later")
    assert review(monkeypatch, case, *lines, "keep", "take", "quit") == 0
    out = capsys.readouterr().out
    assert "Suggestion: may be speaker dana (the role of Dana Ruiz)" in out
    assert "Not done: a speaker: expected by=ID" in out
    assert [one.by for one in read_case(case).statements.values()] == ["dana"]


def test_what_is_shown_has_no_colour_and_no_marks_that_turn_it(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (case.parent / "rtl.txt").write_text(
        "Title\n\nThe union said \u202e“لا اتفاق”\u001b[31m today.", encoding="utf-8"
    )
    assert into(case, "rtl.txt") == 0
    capsys.readouterr()
    assert review(monkeypatch, case, *["help", "skip"] * 20) == 0
    out = capsys.readouterr().out
    assert "\u202e" not in out
    assert "\u001b" not in out


def test_a_damaged_file_of_drafts_is_told_and_left(
    case: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts(case).write_text('{"key": 1', encoding="utf-8")
    assert into(case) == 2
    assert "drafts as this program writes them" in capsys.readouterr().err
    assert review(monkeypatch, case, "keep") == 2
    assert drafts(case).read_text(encoding="utf-8") == '{"key": 1'


def test_a_text_that_was_changed_is_told(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    drafts(case).with_suffix(".txt").write_text("other", encoding="utf-8")
    assert review(monkeypatch, case, "keep") == 2
    assert "read the document again to restore it" in capsys.readouterr().err
    assert into(case) == 0
    assert review(monkeypatch, case, "keep") == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--review", "CASE"], "--by NAME"),
        (["--review", "CASE", "--by", "R", "--on", "June"], "--on: expected a date"),
        (["x.txt", "--review", "CASE", "--by", "R"], "no documents to read beside it"),
        (["--review", "EMPTY", "--by", "R"], "--into it"),
    ],
)
def test_wrong_calls(
    case: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = case.parent / "empty"
    empty.mkdir()
    (empty / "case.yaml").write_text(CASE, encoding="utf-8")
    named = {"CASE": str(case), "EMPTY": str(empty)}
    assert main(["read", *(named.get(one, one) for one in arguments)]) == 2
    assert words in capsys.readouterr().err


DRAFT = Draft(id="d", what="statement", paragraph=1, spans=((0, 1),), quote="x", by=("a", "b"))


def test_lines_are_read() -> None:
    assert read_line("k by=crew", DRAFT).choice.changes == {"by": "crew"}
    assert read_line("correct kind=offers", DRAFT).verb == "keep"
    assert read_line("t", DRAFT).choice.changes == {"by": "a,b"}
    made = read_line("position crew refuses rise=none firm by=crew", DRAFT).choice
    assert made.position == {"party": "crew", "refuses": {"rise": "none"}, "firmness": "firm"}
    assert made.changes == {"by": "crew"}


@pytest.mark.parametrize(
    "line",
    ["", "fly", 'keep says="open', "keep it", "keep by=a by=b", "link", "link confidential",
     "answer p crew", "answer p crew maybe", "position crew", "position crew requires",
     "position crew requires a=b soft", "position crew requires a=b firm open", "undo it"],
)  # fmt: skip
def test_lines_that_say_nothing_are_told(line: str) -> None:
    with pytest.raises(CallError):
        read_line(line, DRAFT)


def test_there_has_to_be_a_suggestion_to_take() -> None:
    with pytest.raises(CallError, match="suggested"):
        read_line("take", DRAFT.model_copy(update={"by": ()}))
