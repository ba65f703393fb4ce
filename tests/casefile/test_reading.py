"""Reading files: what a path may mean, what a file may be, and where things stand in it."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

from goodoffices.casefile import Reading, read_case, read_document, read_text
from goodoffices.casefile.reading import MAX_BYTES
from goodoffices.errors import CallError, CaseError

TEXT = """\
case: Two roommates
parties:
  ana: {name: Ana}
  ben:
    name: Ben
issues:
  window: {question: Is it open?, options: [open, shut]}
positions:
  - {id: a1, party: ana, requires: {window: open}}
  - id: b1
    party: ben
    refuses:
      window: open
    note: >-
      Not at night.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "case.yaml").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_a_case_from_a_file_or_its_folder(folder: Path) -> None:
    case = read_case(folder / "case.yaml")
    assert case == read_case(folder) == read_case(str(folder))
    assert [position.id for position in case.positions] == ["a1", "b1"]
    assert case.positions[1].note == "Not at night."


def test_problems_carry_the_name_that_was_given(folder: Path) -> None:
    (folder / "case.yaml").write_text("case: Talks\n", encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        read_case(folder)
    [problem] = caught.value.problems
    assert problem.file == str(folder / "case.yaml")
    assert (problem.line, problem.path, problem.expected) == (1, "$", 'the key "parties"')


def test_all_problems_come_at_once(folder: Path) -> None:
    text = TEXT.replace("party: ben", "party: bern").replace("window: open\n", "window: opne\n")
    (folder / "case.yaml").write_text(text + "colour: red\n", encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        read_case(folder)
    assert [(problem.line, problem.near) for problem in caught.value.problems] == [
        (11, "ben"),
        (13, "open"),
        (16, ""),
    ]


def test_lines_and_places(folder: Path) -> None:
    reading = read_document(folder)
    lines = {
        (): 1,
        ("case",): 1,
        ("parties",): 2,
        ("parties", "ben"): 4,
        ("parties", "ben", "name"): 5,
        ("issues", "window", "options", 1): 7,
        ("positions", 0, "requires", "window"): 9,
        ("positions", 1): 10,
        ("positions", 1, "refuses"): 12,
        ("positions", 1, "refuses", "window"): 13,
        ("positions", 1, "note"): 14,
        ("positions", 1, "nothing", "there"): 10,
        ("positions", 7): 8,
        ("nowhere",): 1,
    }
    assert {path: reading.line_of(path) for path in lines} == lines
    assert reading.place(("positions", 1, "refuses")) == "$.positions[1].refuses"
    assert reading.place(("issues", "a b", "c.d")) == '$.issues["a b"]["c.d"]'


def test_a_folder_without_a_case(tmp_path: Path) -> None:
    with pytest.raises(CallError, match=r"one of the files case\.yaml and case\.json"):
        read_case(tmp_path)


def test_a_folder_with_two_cases(folder: Path) -> None:
    (folder / "case.json").write_text("{}", encoding="utf-8")
    with pytest.raises(CallError, match='found "both"'):
        read_case(folder)


def test_a_folder_with_a_case_in_json(tmp_path: Path) -> None:
    text = '{"case": "Talks", "parties": {"a": {"name": "A"}}}'
    (tmp_path / "case.json").write_text(text, encoding="utf-8")
    assert read_case(tmp_path).case == "Talks"


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="a file that can be read") as caught:
        read_case(tmp_path / "nothing.yaml")
    assert caught.value.found == "no such file or directory"


def test_a_path_that_is_none() -> None:
    with pytest.raises(CallError, match="a file that can be read"):
        read_case("nothing\0there")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions hold nobody back")
def test_a_file_that_may_not_be_read(folder: Path) -> None:
    (folder / "case.yaml").chmod(0)
    with pytest.raises(CallError, match="permission denied"):
        read_case(folder)


def test_a_byte_order_mark_is_no_part_of_the_text(folder: Path) -> None:
    (folder / "case.yaml").write_text(TEXT, encoding="utf-8-sig")
    assert read_document(folder).line_of(("case",)) == 1
    assert read_case(folder).case == "Two roommates"


@pytest.mark.parametrize("breaks", ["\r\n", "\r"])
def test_line_breaks_of_other_systems(folder: Path, breaks: str) -> None:
    (folder / "case.yaml").write_bytes(TEXT.replace("\n", breaks).encode())
    reading = read_document(folder)
    assert reading.problems == ()
    assert reading.line_of(("positions", 1, "refuses")) == 12


def test_a_file_of_50_mb_is_refused_without_being_read(folder: Path) -> None:
    os.truncate(folder / "case.yaml", 50_000_000)
    reading = read_document(folder)
    assert reading.case is None
    [problem] = reading.problems
    assert problem.expected == "a file of at most 10 MB"


def test_a_file_of_exactly_the_largest_size(folder: Path) -> None:
    padding = MAX_BYTES - len(TEXT.encode()) - 1
    text = f"#{'x' * 79}\n" * (padding // 81)
    text += "#" * (padding - len(text)) + "\n" + TEXT
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    assert (folder / "case.yaml").stat().st_size == MAX_BYTES
    assert read_document(folder).problems == ()


def test_a_text_without_a_file() -> None:
    reading = read_text(TEXT, "case.yaml")
    assert reading.case is not None
    assert read_text('{"case": 1}', "X.JSON").problems[0].expected == 'the key "parties"'


def test_a_reading_prints_briefly() -> None:
    reading = read_text("case: Talks", "case.yaml")
    assert "texts" not in repr(reading)
    assert isinstance(reading, Reading)


def test_texts_stay_as_they_are_written() -> None:
    words = ["no", "on", "12:30", "010", "1e3", "~", "null", "true", "2025-06-02", "0x1F", ".5"]
    text = f"{TEXT}  - {{id: w, party: ana, requires: {{words: {words[0]}}}}}\n"
    text = text.replace(
        "issues:\n", f"issues:\n  words: {{question: on, options: [{', '.join(words)}]}}\n"
    )
    case = read_text(text, "case.yaml").case
    assert case is not None
    assert list(case.issues["words"].options or ()) == words
    assert case.issues["words"].question == "on"


def test_an_option_without_words_of_its_own() -> None:
    for options in ("{open: , shut: closed}", "{open, shut: closed}"):
        text = TEXT.replace("[open, shut]", options)
        case = read_text(text, "case.yaml").case
        assert case is not None
        assert case.issues["window"].options == {"open": None, "shut": "closed"}


def test_the_search_for_garbage_goes_on_afterwards() -> None:
    assert gc.isenabled()
    read_text(TEXT, "case.yaml")
    assert gc.isenabled()
    gc.disable()
    try:
        read_text(TEXT, "case.yaml")
        assert not gc.isenabled()
    finally:
        gc.enable()
