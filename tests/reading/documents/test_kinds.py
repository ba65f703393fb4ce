"""What is read of sound files of every kind."""

from __future__ import annotations

import hashlib
from datetime import date
from email.message import EmailMessage

import pytest

from goodoffices.errors import CallError
from goodoffices.reading.documents import (
    Document,
    DocumentLimits,
    media_kind,
    read_documents,
    stated_day,
)
from tests.reading.documents.samples import PAGE, SECOND, WORDS, docx, paragraph, pdf, rss


def only(content: bytes, name: str) -> Document:
    read = read_documents(content, name)
    assert read.problems == ()
    (document,) = read.documents
    return document


def test_a_plain_text_is_kept_as_it_is() -> None:
    content = f"A title\r\n\r\n{WORDS}\r\n".encode()
    document = only(content, "note.txt")
    assert document.text == content.decode()
    assert document.title == "A title"
    assert document.sha256 == document.text_sha256 == hashlib.sha256(content).hexdigest()


def test_markdown_says_what_its_front_matter_says() -> None:
    front = "---\ntitle: 'Talks'\ndate: 2025-06-02\npublisher: The Gazette\nlang: fr\n---\n"
    document = only(f"{front}# Heading\n\n{WORDS}\n".encode(), "a.md")
    assert (document.title, document.publisher, document.language) == ("Talks", "The Gazette", "fr")
    assert document.published == date(2025, 6, 2)
    assert only(f"# Heading\n\n{WORDS}".encode(), "b.md").title == "Heading"


def test_a_page_gives_its_article_without_menus() -> None:
    document = only(PAGE.encode(), "page.html")
    assert document.text.startswith(f"{WORDS}\n\n{SECOND}\n\n")
    assert "Subscribe" not in document.text
    assert "Sport" not in document.text
    assert document.title == "Talks go on"
    assert document.publisher == "The Gazette"
    assert document.author == "R. Writer"
    assert document.url == "https://gazette.example/talks"
    # The day as the page writes it, whatever day that is elsewhere.
    assert document.published == date(2025, 6, 2)


def test_lists_tables_quotes_and_lines_of_an_article_are_kept() -> None:
    inside = (
        "<p>“No.”</p><blockquote><p>We will never sign.</p></blockquote><h2>What is asked</h2>"
        "<ul><li>Ten nights off, said the <em>crew</em></li></ul>"
        "<table><tr><td>Monday</td><td>12</td></tr><tr><td>Sunday</td><td>9</td></tr></table>"
        "<p>One line<br>and the next.<br><br>Another paragraph of the same kind.</p><p>Short.</p>"
    )
    page = PAGE.replace("<article>", f"<article>{inside}")
    assert only(page.encode(), "a.html").text.split("\n\n")[:9] == [
        "“No.”", "We will never sign.", "What is asked", "Ten nights off, said the crew",
        "Monday 12", "Sunday 9", "One line\nand the next.", "Another paragraph of the same kind.",
        "Short.",
    ]  # fmt: skip


def test_a_day_in_the_words_or_the_address_of_a_page_is_not_taken_for_a_stated_one() -> None:
    page = PAGE.replace(
        '<meta property="article:published_time" content="2025-06-02T23:30:00+03:00">', ""
    )
    page = page.replace("/talks", "/2025/06/02/talks").replace(
        "Nobody else", "On 2 June 2025 nobody"
    )
    assert only(page.encode(), "page.html").published is None


def test_linked_data_of_a_page_are_read() -> None:
    head = (
        '<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"headline": "H",'
        '"datePublished": "2025-05-31T08:00:00Z", "publisher": {"name": "P"}}]}</script>'
    )
    page = PAGE.split("<title>")[0] + head + "</head>" + PAGE.split("</head>")[1]
    document = only(page.encode(), "page.html")
    assert (document.title, document.publisher) == ("H", "P")
    assert document.published == date(2025, 5, 31)


def test_days_that_do_not_agree_are_told() -> None:
    page = PAGE.replace("<title>", '<meta name="date" content="2024-01-01"><title>')
    read = read_documents(page.encode(), "page.html")
    assert read.documents[0].published == date(2025, 6, 2)
    assert "2024-01-01" in str(read.problems[0])


def test_the_text_layer_of_a_pdf_is_read_page_after_page() -> None:
    made = pdf([[WORDS], [SECOND]], about="<< /Title (Note) /CreationDate (D:20250101000000) >>")
    document = only(made, "report.pdf")
    assert document.text == f"{WORDS}\n\n{SECOND}"
    assert (document.title, document.language) == ("Note", "en-GB")
    assert document.published is None


def test_a_docx_is_read_with_tables_boxes_and_changes_accepted() -> None:
    box = "<w:p><w:r><w:t>Outside.</w:t><w:txbxContent>" + paragraph("In a box.")
    box += "</w:txbxContent></w:r></w:p>"
    changed = "<w:p><w:ins><w:r><w:t>New</w:t></w:r></w:ins><w:del><w:r><w:delText>Old</w:delText>"
    changed += "</w:r></w:del><w:r><w:t> words</w:t><w:br/><w:t>below</w:t></w:r></w:p>"
    table = f"<w:tbl><w:tr><w:tc>{paragraph('A cell')}</w:tc></w:tr></w:tbl>"
    document = only(docx(paragraph("The union ", "said no.") + box + changed + table), "a.docx")
    assert document.text.split("\n\n") == [
        "The union said no.", "Outside.", "In a box.", "New words\nbelow", "A cell",
    ]  # fmt: skip
    assert (document.title, document.author) == ("", None)


def mail() -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Réponse à la demande"
    message["From"] = "Ana <ana@union.example>"
    message["Date"] = "Mon, 02 Jun 2025 23:00:00 +0300"
    message.set_content(f"{WORDS}\n\nVérité.\n", charset="iso-8859-1")
    return message


def test_a_mail_gives_its_plain_text_and_headers() -> None:
    message = mail()
    message.add_alternative(PAGE, subtype="html")
    document = only(bytes(message), "a.eml")
    assert document.text == f"{WORDS}\n\nVérité."
    assert document.title == "Réponse à la demande"
    assert document.author == "Ana <ana@union.example>"
    assert document.published == date(2025, 6, 2)


def test_a_mail_of_html_alone_gives_the_text_of_that() -> None:
    message = EmailMessage()
    message["Subject"] = "Talks"
    message.set_content(PAGE, subtype="html", charset="utf-8")
    assert WORDS in only(bytes(message), "a.eml").text


def test_what_was_sent_along_is_listed_and_told() -> None:
    message = mail()
    message.add_attachment(
        b"%PDF", maintype="application", subtype="pdf", filename="../x\u202e.pdf"
    )
    read = read_documents(bytes(message), "a.eml")
    (attached,) = read.documents[0].attachments
    assert attached.name == "../x\ufffd.pdf"
    assert attached.sha256 == hashlib.sha256(b"%PDF").hexdigest()
    assert attached.length_bytes == 4
    assert "sent along" in str(read.problems[0])


ENTRY = (
    "<title>Talks &amp; more</title><link>https://harbour.example/1</link><guid>g1</guid>"
    "<pubDate>Mon, 02 Jun 2025 23:00:00 +0300</pubDate>"
    f"<description>&lt;p&gt;{WORDS}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</description>"
)


def test_every_entry_of_a_feed_is_a_document() -> None:
    read = read_documents(rss([ENTRY, ENTRY.replace("g1", "g2")]), "news.rss")
    assert read.problems == ()
    first, second = read.documents
    assert first.text == f"Talks & more\n\n{WORDS}\n\n{SECOND}"
    assert (first.publisher, first.language) == ("Harbour News", "en-gb")
    assert first.published == date(2025, 6, 2)
    assert (first.entry, second.entry) == (1, 2)
    assert first.identity != second.identity


def test_an_entry_is_the_same_document_in_another_file() -> None:
    (alone,) = read_documents(rss([ENTRY]), "a.rss").documents
    later = read_documents(rss(["<title>New</title><description>n</description>", ENTRY]), "b.rss")
    assert later.documents[1].identity == alone.identity
    assert later.documents[1].sha256 != alone.sha256


def test_the_day_of_a_change_is_not_that_of_publication() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>E</title>'
        "<id>1</id><updated>2025-06-02T00:00:00Z</updated><content>Words.</content></entry></feed>"
    )
    assert only(atom.encode(), "a.atom").published is None


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"%PDF-1.4", "a.txt", "pdf"),
        (b"<!DOCTYPE html><p>x", "download", "html"),
        (b'<?xml version="1.0"?><rss version="2.0">', "download", "feed"),
        (b"From: a@b.example\nSubject: x\n\nhello", "download", "mail"),
        (b"plain words", "download", "text"),
        ("words".encode("utf-16"), "download", "text"),
        (b"<html><body>x", "page.xml", "html"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old.doc", None),
        (b"PK\x03\x04 a sheet", "a.xlsx", None),
        (b"\x89PNG\x00\x00", "a", None),
    ],
)
def test_the_kind_is_seen_by_what_the_file_begins_with(
    content: bytes, name: str, kind: str | None
) -> None:
    assert media_kind(content, name) == kind


def test_a_day_is_read_only_where_there_is_such_a_day() -> None:
    assert stated_day("20250602") == date(2025, 6, 2)
    assert stated_day("2025-02-30") is None
    assert stated_day(None) is None


def test_limits_are_known_by_name() -> None:
    assert DocumentLimits.given({"file-bytes": 7}).file_bytes == 7
    with pytest.raises(CallError, match="one of file-bytes"):
        DocumentLimits.given({"size": 7})
    with pytest.raises(CallError, match="from 1"):
        DocumentLimits.given({"pages": 0})


def test_plain_data_have_the_keys_of_case_files() -> None:
    data = only(PAGE.encode(), "page.html").to_data()
    assert data["text-sha256"]
    assert data["published"] == "2025-06-02"
