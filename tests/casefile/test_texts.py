"""Texts of documents: found beside the case only, and what is said to stand in them must."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.casefile import check_text, paragraph_spans, read_document, read_text
from goodoffices.casefile.texts import MAX_TEXT_BYTES, folded
from goodoffices.errors import NotFoundError
from goodoffices.model import Case

ROOT = Path(__file__).parents[2]
SEED = Path(
    os.environ.get("GOODOFFICES_SEED", ROOT.parent / "shared/seed/news-report-2025-06-02.txt")
)
REPORT = (
    "Talks to go on\nBy our reporter\n\n"
    "Ben said: “I won’t  have it — unless it’s warm.”\r\n\r\n \t\r\n"
    "Ana’s answer\nwas short.\n"
)
HEAD = "case: Talks\nparties: {ana: {name: Ana}, ben: {name: Ben}}\ndocuments:\n"


def problems(folder: Path, document: str, *statements: str) -> list[str]:
    lines = [f"  s{n}: {{document: d, {line}}}" for n, line in enumerate(statements)]
    tail = "statements:\n" + "\n".join(lines) + "\n" if lines else ""
    text = f"{HEAD}  d: {{title: D, {document}}}\n{tail}"
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    return [str(problem).split(": ", 1)[1] for problem in read_document(folder).problems]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "report.txt").write_bytes(REPORT.encode())
    (tmp_path / "outside.txt").write_text("outside", encoding="utf-8")
    return tmp_path / "case"


def test_paragraphs_are_runs_of_lines_between_blank_ones() -> None:
    paragraphs = [REPORT[start:end] for start, end in paragraph_spans(REPORT)]
    assert [text.split()[0] for text in paragraphs] == ["Talks", "Ben", "Ana’s"]
    assert paragraphs[0] == "Talks to go on\nBy our reporter"
    assert paragraph_spans("") == paragraph_spans(" \n\t\n") == []
    assert paragraph_spans("\n\na\n\n\n  b ") == [(2, 3), (6, 10)]


@settings(deadline=None)
@given(st.text(st.sampled_from("ab \t\n\r"), max_size=30))
def test_paragraphs_hold_everything_that_is_not_blank(text: str) -> None:
    spans = paragraph_spans(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    normal = text.replace("\r\n", "\n").replace("\r", "\n")
    blocks = "\n".join(line if line.strip() else "" for line in normal.split("\n")).split("\n\n")
    assert len(spans) == sum(bool(block.strip()) for block in blocks)


@pytest.mark.seed
@pytest.mark.skipif(not SEED.exists(), reason="the report is not beside the project")
def test_the_report_has_28_paragraphs() -> None:
    text = SEED.read_text(encoding="utf-8")
    spans = paragraph_spans(text)
    assert len(spans) == 28
    assert text[slice(*spans[6])].startswith("Israel has refused to agree to any truce")


@pytest.mark.seed
@pytest.mark.skipif(not SEED.exists(), reason="the report is not beside the project")
def test_the_example_fits_the_report() -> None:
    reading = read_document(ROOT / "examples" / "gaza-2025")
    assert reading.case is not None
    found = check_text(reading.case, "report", SEED.read_bytes(), places=reading.places)
    assert [str(problem) for problem in found] == []


@pytest.mark.parametrize(
    "quote",
    [
        "won't have it",
        "won’t have it - unless it's warm",
        "'I won''t'",
        "'\"I won''t have'",
        '"it \\u2013 unless"',
        "Ben  said",
        '"said:\\n\\"I"',
        '"\\u200fBen"',
    ],
)
def test_quotes_are_found_however_they_are_typeset(folder: Path, quote: str) -> None:
    if quote == "'I won''t'":
        quote = "I won't"
    assert problems(folder, "text: report.txt", f"paragraph: 2, quote: {quote}") == []


@pytest.mark.parametrize("quote", ["will have it", "ben said", "said Ben", "answer was long"])
def test_anything_else_must_be_exact(folder: Path, quote: str) -> None:
    [problem] = problems(folder, "text: report.txt", f"quote: {quote}")
    assert (
        problem == f'$.statements.s0.quote: expected a quote that is in the text; found "{quote}"'
    )


def test_letters_are_compared_as_characters_not_as_code_points() -> None:
    assert folded("e\u0301") == folded("\u00e9") != folded("e")
    assert folded("ﬁ") != folded("fi")


def test_a_quote_runs_over_lines_but_not_over_paragraphs(folder: Path) -> None:
    assert problems(folder, "text: report.txt", "paragraph: 3, quote: answer was") == []
    [problem] = problems(folder, "text: report.txt", "paragraph: 1, quote: reporter Ben")
    assert "in paragraph 1;" in problem


def test_a_quote_in_another_paragraph_is_told(folder: Path) -> None:
    [problem] = problems(folder, "text: report.txt", "paragraph: 1, quote: was short")
    assert problem == (
        "$.statements.s0.quote: expected a quote that is in the text, in paragraph 1 "
        '(it stands in paragraph 3); found "was short"'
    )


def test_spans(folder: Path) -> None:
    start = REPORT.index("Ben")
    good = f"paragraph: 2, span: {start}-{start + 8}, quote: Ben said"
    assert problems(folder, "text: report.txt", good, f"span: [0, {len(REPORT)}]") == []
    wrong = problems(
        folder,
        "text: report.txt",
        f"paragraph: 1, span: {start}-{start + 8}",
        f"span: 0-{len(REPORT) + 1}",
        f"span: {start}-{start + 3}, quote: Ben said",
    )
    assert [problem.split(": expected ")[1] for problem in wrong] == [
        f'a span within paragraph 1, 0-30; found "{start}-{start + 8}"',
        f'a span that ends at most at {len(REPORT)}, the end of d; found "0-{len(REPORT) + 1}"',
        f'a quote that is in the text, at {start}-{start + 3}; found "Ben said"',
    ]


def test_the_text_comes_with_the_reading(folder: Path) -> None:
    problems(folder, "text: report.txt")
    assert read_document(folder).texts == {"d": REPORT}


def test_a_byte_order_mark_is_not_counted(folder: Path) -> None:
    (folder / "report.txt").write_bytes(b"\xef\xbb\xbfBen said")
    assert problems(folder, "text: report.txt", "span: 0-3, quote: Ben") == []


def test_the_digest_is_that_of_the_bytes(folder: Path) -> None:
    digest = hashlib.sha256(REPORT.encode()).hexdigest()
    assert problems(folder, f"text: report.txt, sha256: {digest}") == []
    [problem] = problems(folder, f"text: report.txt, sha256: {'0' * 64}")
    assert f"expected the digest of the text, {digest}" in problem


@pytest.mark.parametrize(
    "name",
    [
        "../outside.txt",
        "/etc/hostname",
        "a/../report.txt",
        "'C:report.txt'",
        "'a\\b.txt'",
        '"a\\0b"',
        ".",
    ],
)
def test_only_files_inside_the_folder(folder: Path, name: str) -> None:
    [problem] = problems(folder, f"text: {name}")
    assert "expected a file inside the folder of the case" in problem


@pytest.mark.skipif(os.name != "posix", reason="links as POSIX has them")
def test_links_do_not_lead_out(folder: Path) -> None:
    (folder / "out.txt").symlink_to(folder.parent / "outside.txt")
    (folder / "in.txt").symlink_to(folder / "report.txt")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    [problem] = problems(folder, "text: out.txt")
    assert "not a link that leads out of it" in problem
    assert problems(folder, "text: in.txt") == []
    [problem] = problems(folder, "text: loop.txt")
    assert "expected a file that can be read" in problem


def test_a_text_that_is_too_large_or_not_there(folder: Path) -> None:
    os.truncate(folder / "report.txt", MAX_TEXT_BYTES + 1)
    [problem] = problems(folder, "text: report.txt")
    assert "expected a file of at most 10 MB" in problem
    [problem] = problems(folder, "text: reprot.txt")
    assert "expected a file that is there" in problem
    [problem] = problems(folder, f"text: {'x' * 300}.txt")
    assert "expected a file that can be read" in problem


def test_without_a_folder_texts_are_not_looked_for() -> None:
    text = HEAD + "  d: {title: D, text: nowhere.txt}\nstatements:\n  s: {document: d, quote: x}\n"
    assert read_text(text, "case.yaml").problems == ()


def case() -> Case:
    return Case.model_validate(
        {
            "case": "Talks",
            "parties": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}},
            "documents": {
                "d": {"title": "D", "sha256": hashlib.sha256(REPORT.encode()).hexdigest()},
                "e": {"title": "E"},
            },
            "statements": {
                "good": {"document": "d", "paragraph": 2, "span": [38, 46], "quote": "Ben said"},
                "bad": {"document": "d", "paragraph": 9, "quote": "nothing of the kind"},
                "other": {"document": "e", "quote": "nothing of the kind"},
            },
            "proposals": [
                {
                    "id": "p",
                    "by": "ana",
                    "responses": {
                        "ben": [
                            {"answer": "rejects", "source": "good", "quote": "won't have it"},
                            {"answer": "rejects", "source": "good", "quote": "never"},
                            {"answer": "rejects", "source": ["good", "other"], "quote": "ever"},
                            {"answer": "rejects", "quote": "whatever"},
                        ]
                    },
                }
            ],
        }
    )


def test_whoever_holds_a_text_can_check_it() -> None:
    start = REPORT.index("Ben")
    data = case().model_dump(by_alias=True, mode="json")
    data["statements"]["good"]["span"] = [start, start + 8]
    found = check_text(Case.model_validate(data), "d", REPORT.encode())
    assert [(problem.path, problem.expected) for problem in found] == [
        ("$.proposals[0].responses.ben[1].quote", "a quote that is in the text of d"),
        ("$.statements.bad.paragraph", "a paragraph from 1 to 3, the last of d"),
        ("$.statements.bad.quote", "a quote that is in the text"),
    ]


def test_another_text_is_told_by_its_digest() -> None:
    found = check_text(case(), "d", b"Something else")
    assert found[0].path == "$.documents.d.sha256"
    assert {problem.path for problem in found} >= {"$.statements.good.paragraph"}


def test_a_text_that_is_no_utf_8() -> None:
    found = check_text(case(), "e", b"\xff")
    assert [problem.expected for problem in found] == ["a text in UTF-8"]


def test_problems_have_lines_where_the_places_are_known(folder: Path) -> None:
    problems(folder, "sha256: " + "0" * 64, "quote: nothing")
    reading = read_document(folder)
    assert reading.case is not None
    found = check_text(reading.case, "d", REPORT.encode(), places=reading.places)
    assert [(problem.line, problem.path) for problem in found] == [
        (4, "$.documents.d.sha256"),
        (6, "$.statements.s0.quote"),
    ]


def test_a_document_that_the_case_does_not_have() -> None:
    with pytest.raises(NotFoundError, match="expected d, e"):
        check_text(case(), "f", b"")
