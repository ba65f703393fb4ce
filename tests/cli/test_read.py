"""``goodoffices read``: files and folders, limits, answers for people, programs and browsers."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from goodoffices.cli import main
from goodoffices.cli.read_apart import Apart, Bounds, Call, refuse_connections
from goodoffices.reading.documents import DocumentLimits
from tests.brief.reader import PageReader
from tests.reading.documents.samples import PAGE, SECOND, WORDS, docx, paragraph, pdf, rss

REPORT = f'{WORDS}\n\n"No deal today," the minister told reporters. At least 300 dockers left.\n'


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return str(path)


def test_drafts_are_printed_for_people(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", report, "--published", "2025-06-02", "--publisher", "A paper"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    out = " ".join(out.split())
    assert "The union refuses" in out
    assert "“No deal today" in out
    assert "at least 300 dockers" in out
    assert "A paper, 2 June 2025" in out
    assert "None is part of a case until you keep it." in out


def test_json_has_the_text_and_spans_in_it(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", report, "--json", "--published", "2025-06-02"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["documents"]
    text = found["document"]["text"]
    assert text == REPORT
    drafts = found["drafts"]
    first = drafts[0]
    assert (first["kind"], first["speaker"], first["date"]) == (
        "refuses",
        "The union",
        "2025-06-01",
    )
    assert "accept any offer" in text[slice(*first["spans"][0])]
    figure = drafts[-1]
    assert (figure["value"], figure["bound"], figure["unit"]) == ("300", "at-least", "dockers")


def test_the_same_call_gives_the_same_bytes(
    report: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", report, "--json"]) == 0
    first = capsys.readouterr().out
    assert main(["read", report, "--json"]) == 0
    assert capsys.readouterr().out == first


def test_a_folder_is_read_with_everything_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = tmp_path / "b" / "deep"
    inner.mkdir(parents=True)
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b" / "x.pdf").write_bytes(pdf([[WORDS], [SECOND]]))
    (inner / "y.docx").write_bytes(docx(paragraph(WORDS)))
    (inner / "z.rss").write_bytes(rss([f"<title>{n}</title><description>{WORDS}</description>"
                                       for n in "12"]))  # fmt: skip
    (inner / "picture.png").write_bytes(b"\x89PNG\x00")
    (inner / ".hidden").write_bytes(b"\x00")
    assert main(["read", str(tmp_path), "--json"]) == 1
    out, err = capsys.readouterr()
    data = json.loads(out)
    assert [Path(one["document"]["name"]).name for one in data["documents"]] == [
        "a.html", "x.pdf", "y.docx", "z.rss", "z.rss",
    ]  # fmt: skip
    assert "picture.png" in err
    assert "1 of the files could not be read" in err
    assert data["problems"][0]["expected"].startswith("a document of one of these kinds")


def test_a_page_shows_every_draft_with_a_way_there_and_back(tmp_path: Path, report: str) -> None:
    page = tmp_path / "page.html"
    assert main(["read", report, "--html", str(page)]) == 0
    html = page.read_text(encoding="utf-8")
    read = PageReader(html)
    assert read.loads == []
    assert read.unclosed == []
    assert read.ids["d-1.1"] == read.ids["s-1.1"] == 1
    assert {"#d-1.1", "#s-1.1"} <= set(read.links)
    within = [link[1:] for link in read.links if link.startswith("#")]
    assert [link for link in within if read.ids[link] != 1] == []
    assert "".join(WORDS.split()) in "".join("".join(read.texts).replace("1.1", "").split())


def test_a_page_never_takes_the_place_of_a_document(
    report: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", report, "--html", report]) == 2
    assert "none of the documents" in capsys.readouterr().err
    assert Path(report).read_text(encoding="utf-8") == REPORT


def test_a_page_never_takes_the_place_of_a_case_or_of_drafts(
    tmp_path: Path, report: str, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case"
    case.mkdir()
    (case / "case.yaml").write_text("case: X\nparties: {a: {name: A}}\n")
    assert main(["read", report, "--into", str(case)]) == 0
    (drafts,) = (case / "drafts").glob("*.json")
    before = drafts.read_bytes()
    for page in (case / "case.yaml", drafts):
        assert main(["read", report, "--into", str(case), "--html", str(page)]) == 2
    assert drafts.read_bytes() == before
    for _ in range(2):
        assert main(["read", report, "--into", str(case), "--html", str(case / "a.html")]) == 0
    assert "no part of a case" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "expected documents to read"),
        (["no-such-file"], "expected a file or a folder"),
        (["REPORT", "--language", "tlh"], "expected one of"),
        (["REPORT", "--published", "Sunday"], "--published: expected a date"),
        (["REPORT", "--limit", "pages"], "--limit: expected NAME=N"),
        (["REPORT", "--limit", "size=3"], "seconds, memory-mb, files"),
        (["REPORT", "--encoding", "klingon"], "windows-1256"),
    ],
)
def test_a_wrong_call_says_what_was_expected(
    report: str, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", *(report if one == "REPORT" else one for one in arguments)]) == 2
    assert words in capsys.readouterr().err


def test_an_encoding_can_be_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("The café said: “No deal.”".encode("cp1252"))
    assert main(["read", str(path)]) == 1
    assert "--encoding NAME" in capsys.readouterr().err
    assert main(["read", str(path), "--encoding", "windows-1252"]) == 0
    assert "No deal" in capsys.readouterr().out


def test_a_document_in_a_language_without_rules_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\nlanguage: tlh\n---\n{WORDS}", encoding="utf-8")
    assert main(["read", str(path)]) == 1
    out, err = capsys.readouterr()
    assert 'found "tlh"' in err
    assert out == ""
    assert main(["read", str(path), "--language", "en"]) == 0
    assert "union" in capsys.readouterr().out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert main(["read", str(tmp_path / "pipe.txt")]) == 1
    assert "a file that lies on disk" in capsys.readouterr().err


def test_too_many_files_are_a_problem_before_any_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(WORDS)
    assert main(["read", str(tmp_path), "--limit", "files=2"]) == 2
    assert "--limit files=N" in capsys.readouterr().err


def call(content: bytes, name: str) -> Call:
    return Call(content, name, None, None, DocumentLimits())


def test_a_reader_that_takes_too_long_or_too_much_is_ended_and_the_next_file_read() -> None:
    with Apart(Bounds(seconds=0)) as apart:
        read = apart.read(call(PAGE.encode(), "slow.html"))
        assert "within 0 seconds" in str(read.problems[0])
    with Apart(Bounds(memory_mb=1)) as apart:
        read = apart.read(call(PAGE.encode(), "large.html"))
        assert "within 1 MB of memory" in str(read.problems[0])
    with Apart() as apart:
        assert apart.read(call(b"%PDF-1.4 broken", "a.pdf")).problems
        assert apart.read(call(PAGE.encode(), "a.html")).documents


@pytest.mark.parametrize("event", ["socket.connect", "socket.getaddrinfo", "socket.sendto"])
def test_a_reader_that_tries_to_connect_is_refused(event: str) -> None:
    refuse_connections("open", ())
    with pytest.raises(PermissionError, match="opens no connection"):
        refuse_connections(event, ())
