"""Files that are broken, odd or hostile: a clear problem, nothing lost, nothing repaired."""

from __future__ import annotations

import random
import subprocess
import sys
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.errors import CallError, MissingExtraError
from goodoffices.reading.documents import MEDIA_KINDS, DocumentLimits, MediaKind, read_documents
from tests.house.source import ROOT
from tests.house.test_privacy import NO_SOCKETS
from tests.reading.documents.samples import (
    PAGE,
    WORDS,
    docx,
    packed,
    paragraph,
    pdf,
    rss,
)

ARABIC = "قالت النقابة إنها لن تقبل العرض."
HEBREW = "האיגוד אמר שלא יקבל את ההצעה."


def told(content: bytes, name: str, limits: DocumentLimits | None = None) -> str:
    """The problem of a file of which nothing can be read."""
    read = read_documents(content, name, limits=limits)
    assert read.documents == ()
    assert read.problems
    return "\n".join(map(str, read.problems))


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (ARABIC.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + HEBREW.encode("utf-16-be"), "utf-16-be"),
        (b"\xef\xbb\xbf" + ARABIC.encode(), "utf-8"),
        (ARABIC.encode("utf-32"), "utf-32-le"),
    ],
)
def test_a_byte_order_mark_settles_the_encoding(content: bytes, encoding: str) -> None:
    (document,) = read_documents(content, "a.txt").documents
    assert document.text in {ARABIC, HEBREW}
    assert document.encoding == encoding


@pytest.mark.parametrize(("text", "encoding"), [(ARABIC, "windows-1256"), (HEBREW, "windows-1255")])
def test_an_encoding_is_given_and_never_guessed(text: str, encoding: str) -> None:
    content = text.encode(encoding)
    problem = told(content, "a.txt")
    assert "--encoding NAME" in problem
    assert "byte 0x" in problem
    (document,) = read_documents(content, "a.txt", encoding=encoding).documents
    assert document.text == text


def declared(text: str, label: str, encoding: str) -> bytes:
    page = PAGE.replace('charset="utf-8"', f'charset="{label}"').replace(WORDS, f"{text} " * 3)
    return page.encode(encoding)


@pytest.mark.parametrize(("text", "encoding"), [(ARABIC, "windows-1256"), (HEBREW, "windows-1255")])
def test_a_page_is_read_as_it_declares(text: str, encoding: str) -> None:
    read = read_documents(declared(text, encoding, encoding), "a.html")
    assert read.problems == ()
    assert text in read.documents[0].text


def test_a_page_that_declares_another_encoding_than_its_own_is_told() -> None:
    read = read_documents(declared(ARABIC, "windows-1252", "utf-8"), "a.html")
    assert ARABIC in read.documents[0].text
    assert "it is read so" in str(read.problems[0])
    assert "utf-8" in told(declared(ARABIC, "utf-8", "windows-1256"), "a.html")
    unknown = read_documents(declared(ARABIC, "klingon-8", "utf-8"), "a.html")
    assert "klingon-8" in str(unknown.problems[0])
    assert ARABIC in unknown.documents[0].text


def test_text_that_was_garbled_before_is_left_as_it_is() -> None:
    garbled = "VÃ©ritÃ© â€œnoâ€"
    assert read_documents(garbled.encode(), "a.txt").documents[0].text == garbled


def test_an_unknown_encoding_is_a_wrong_call() -> None:
    for name in ("nothing", "base64", "rot13"):
        with pytest.raises(CallError, match="windows-1256"):
            read_documents(b"x", "a.txt", encoding=name)


@pytest.mark.parametrize("content", [b"", b"  \n\t\n "])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.eml", "a.rss", "a.pdf", "a.docx"])
def test_nothing_is_a_problem_in_every_kind(content: bytes, name: str) -> None:
    assert told(content, name)


def test_limits_are_named_with_the_option_that_raises_them() -> None:
    assert "at most 3 file bytes (--limit file-bytes=N" in told(
        b"four", "a.txt", DocumentLimits(file_bytes=3)
    )
    assert "--limit characters=N" in told(b"four", "a.txt", DocumentLimits(characters=3))
    assert "--limit pages=N" in told(pdf([[WORDS]] * 3), "a.pdf", DocumentLimits(pages=2))
    assert "--limit characters=N" in told(pdf([[WORDS]]), "a.pdf", DocumentLimits(characters=9))
    entry = "<title>T</title><description>d</description>"
    assert "--limit entries=N" in told(rss([entry] * 3), "a.rss", DocumentLimits(entries=2))


def test_a_docx_that_would_fill_the_disk_is_not_unpacked() -> None:
    bomb = docx(paragraph("x"), {"word/media/a.xml": "0" * 30_000_000})
    assert len(bomb) < 100_000
    problem = told(bomb, "a.docx", DocumentLimits(unpacked_bytes=20_000_000))
    assert "--limit unpacked-bytes=N" in problem


def test_a_docx_with_entities_is_refused() -> None:
    laughs = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'
    bomb = packed({"[Content_Types].xml": laughs, "word/document.xml": laughs})
    assert "without a document type" in told(bomb, "a.docx")


def test_a_docx_that_is_something_else_is_told() -> None:
    assert "a DOCX that can be" in told(packed({"word/other.xml": "<a/>"}), "a.docx")
    assert "a DOCX that can be unpacked" in told(b"PK\x03\x04 word/ cut off", "a.docx")
    assert "a DOCX with text" in told(docx(""), "a.docx")


def test_comments_that_are_left_out_of_a_docx_are_told() -> None:
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    related = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/'
        f'2006/relationships"><Relationship Id="c" Type="{kinds}/comments" '
        f'Target="comments.xml"/><Relationship Id="f" Type="{kinds}/footnotes" '
        'Target="footnotes.xml"/></Relationships>'
    )
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"{paragraph('A note below.')}</w:footnotes>"
    )
    more = {
        "word/_rels/document.xml.rels": related,
        "word/comments.xml": notes.replace("footnotes", "comments"),
        "word/footnotes.xml": notes,
    }
    read = read_documents(docx(paragraph("The text."), more), "a.docx")
    assert read.documents[0].text == "The text.\n\nA note below."
    assert "comments" in str(read.problems[0])


def test_a_scanned_pdf_is_told_from_one_with_text() -> None:
    assert "a PDF with a text layer" in told(pdf([[], []]), "scan.pdf")
    read = read_documents(pdf([[WORDS], [], [], [WORDS]]), "partly.pdf")
    assert read.documents[0].text.count(WORDS) == 2
    assert "pages 2-3" in str(read.problems[0])


def test_a_pdf_whose_pages_loop_is_told() -> None:
    loop = pdf([[WORDS]], tree="<< /Type /Pages /Count 1 /Kids [2 0 R] >>")
    assert "a PDF that can be read" in told(loop, "loop.pdf")
    assert "a PDF that can be read" in told(b"%PDF-1.7 and no more", "cut.pdf")


def test_an_encrypted_pdf_is_told() -> None:
    import io

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([[WORDS]]))))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    assert "without a password" in told(stream.getvalue(), "locked.pdf")


def test_a_feed_with_entities_is_refused() -> None:
    head = '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    entry = "<title>&a;</title><description>d</description>"
    assert "no entities of its own" in told(rss([entry], head), "a.rss")


def test_a_broken_feed_gives_what_could_be_read() -> None:
    cut = rss(["<title>T</title><description>Some words.</description>"])[:-20]
    read = read_documents(cut, "a.rss")
    assert read.documents[0].text == "T\n\nSome words."
    assert "what could be read of it is read" in str(read.problems[0])


def test_a_file_of_xml_that_is_no_feed_is_told() -> None:
    assert "an RSS or Atom feed" in told(b"<?xml version='1.0'?><invoice/>", "a.xml")


def test_parts_nested_very_deep_are_a_problem() -> None:
    lines = []
    for depth in range(3_000):
        lines += [f'Content-Type: multipart/mixed; boundary="b{depth}"', "", f"--b{depth}"]
    deep = "From: a@b.example\n" + "\n".join(lines) + "\nContent-Type: text/plain\n\nhello\n"
    read = read_documents(deep.encode(), "deep.eml")
    assert read.problems
    many = EmailMessage()
    many.set_content("x")
    for _ in range(5):
        many.add_attachment(b"y", maintype="image", subtype="png")
    assert "--limit parts=N" in told(bytes(many), "a.eml", DocumentLimits(parts=3))


def test_a_mail_with_broken_headers_is_read_and_told() -> None:
    raw = (
        b"From: a@b.example\nSubject: =?klingon?B?!!!?= \xff\nDate: yesterday\nMIME-Version: 1.0\n"
        b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        b"!!!aGVsbG8\n"
    )
    read = read_documents(raw, "a.eml")
    assert read.documents[0].published is None
    assert any("Date" in str(problem) for problem in read.problems)


def test_names_of_files_stay_on_a_line() -> None:
    name = "../../x\n\u202egpj.\x00doc"
    problem = told(b"\x00\x01", name)
    assert "\n" not in problem
    assert "\u202e" not in problem


@pytest.mark.parametrize(
    ("media", "module"),
    [("html", "trafilatura"), ("pdf", "pypdf"), ("docx", "docx"), ("feed", "feedparser")],
)
def test_a_missing_extra_says_what_to_install(
    media: MediaKind, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=r"goodoffices\[documents\]"):
        read_documents(SOUND[media], "x", media=media)
    for plain in ("text", "markdown"):
        assert read_documents(SOUND[plain], f"a.{plain}").documents


SOUND = {
    "pdf": pdf([[WORDS], [WORDS]]),
    "docx": docx(paragraph(WORDS)),
    "html": PAGE.encode(),
    "feed": rss([f"<title>T</title><description>{WORDS}</description>"]),
    "mail": f"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n\n{WORDS}".encode(),
    "text": WORDS.encode(),
    "markdown": f"---\ntitle: x\n---\n{WORDS}".encode(),
}


@pytest.mark.parametrize("media", MEDIA_KINDS)
@pytest.mark.filterwarnings("ignore")  # readers remark on what is broken, each in its own way
def test_a_file_that_was_damaged_never_raises(media: MediaKind) -> None:
    rng = random.Random(7)
    for _ in range(40):
        content = bytearray(SOUND[media])
        for _ in range(rng.randint(1, 30)):
            content[rng.randrange(len(content))] = rng.randrange(256)
        read = read_documents(bytes(content[: rng.randrange(len(content))]), "x", media=media)
        assert read.documents or read.problems


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=300), media=st.sampled_from(MEDIA_KINDS))
def test_any_bytes_give_documents_or_problems(content: bytes, media: MediaKind) -> None:
    read = read_documents(content, "x", media=media)
    assert read.documents or read.problems
    for document in read.documents:
        document.text.encode("utf-8")


def test_no_reader_opens_a_connection() -> None:
    # This one tries, when imported, whether it may bind a port of this machine; it reads nothing.
    code = f"import urllib3\n{NO_SOCKETS}\n" + (
        "from goodoffices.reading.documents import read_documents\n"
        "from tests.reading.documents.test_hostile import SOUND, PAGE\n"
        "linked = PAGE.replace('<article>', '<article><img src=\"http://127.0.0.1:9/a.png\">'\n"
        "    '<iframe src=\"http://127.0.0.1:9/\"></iframe>')\n"
        "assert read_documents(linked.encode(), 'a.html').documents\n"
        "assert read_documents(b'http://127.0.0.1:9/feed', 'a.rss').problems\n"
        "for media, content in SOUND.items():\n"
        "    assert read_documents(content, 'x', media=media).documents, media\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
