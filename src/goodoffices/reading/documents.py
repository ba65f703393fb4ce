"""Documents: from the bytes of a file to the text in it, and to what it says of itself.

Nothing here opens a file or a connection. What a document says of itself is taken as said; what it
does not say stays empty, and is never guessed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from importlib import import_module
from types import MappingProxyType
from typing import Any, Literal, get_args

from goodoffices.errors import CallError, Problem

MediaKind = Literal["text", "markdown", "html", "pdf", "docx", "mail", "feed"]
"""The kinds of documents that can be read."""

MEDIA_KINDS: tuple[MediaKind, ...] = get_args(MediaKind)

SUFFIXES: Mapping[str, MediaKind] = MappingProxyType({
    "txt": "text", "text": "text", "md": "markdown", "markdown": "markdown",
    "html": "html", "htm": "html", "xhtml": "html", "pdf": "pdf", "docx": "docx",
    "eml": "mail", "mht": "mail", "mhtml": "mail", "rss": "feed", "atom": "feed", "xml": "feed",
})  # fmt: skip
"""The ends of file names, and the kind that each stands for."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_ISO = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    """How large a document may be; what is larger is refused whole, never cut.

    Attributes:
        file_bytes: of a file as sent.
        unpacked_bytes: of all that a packed file holds.
        characters: of the text of one document.
        pages: of a PDF.
        parts: of a mail, counted through all that is nested in it.
        entries: of a feed.
    """

    file_bytes: int = 20_000_000
    unpacked_bytes: int = 200_000_000
    characters: int = 2_000_000
    pages: int = 2_000
    parts: int = 200
    entries: int = 2_000

    @classmethod
    def given(cls, values: Mapping[str, int]) -> DocumentLimits:
        """Return limits with other values for some, by name as ``file-bytes``.

        Raises:
            CallError: there is no limit of that name, or it is not above 0.

        >>> DocumentLimits.given({"pages": 5}).pages
        5
        """
        names = {one.name.replace("_", "-"): one.name for one in fields(cls)}
        for name, value in values.items():
            if name not in names:
                raise CallError("a limit", expected="one of " + ", ".join(names), found=name)
            if value < 1:
                raise CallError(
                    f"the limit {name}", expected="a whole number from 1", found=str(value)
                )
        return cls(**{names[name]: value for name, value in values.items()})


@dataclass(frozen=True, slots=True)
class Attachment:
    """What was sent along with a mail, by name; it is a document of its own and not read here."""

    name: str
    media: str
    sha256: str
    length_bytes: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document, as far as it could be read.

    Attributes:
        name: the name of the file as the caller gave it; of an entry of a feed, that of the feed.
        media: what kind of file it is.
        text: the text; spans count its code points.
        sha256: SHA-256 of the bytes as sent.
        text_sha256: SHA-256 of the text in UTF-8.
        identity: the same for the same document, also where an entry comes in another file.
        title: as the document says; "" when it does not.
        publisher: as the document says, or None.
        author: as the document says, or None.
        published: the day that the document states as that of its publication or sending, or None.
        language: as the document states, or None.
        url: the address that the document gives for itself, or None; never opened.
        entry: the number of an entry in its feed, from 1, or None.
        encoding: how its bytes were read as text; "" where the file's format settles it.
        attachments: what was sent along with a mail.
    """

    name: str
    media: MediaKind
    text: str = field(repr=False)
    sha256: str
    text_sha256: str
    identity: str
    title: str = ""
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    language: str | None = None
    url: str | None = None
    entry: int | None = None
    encoding: str = ""
    attachments: tuple[Attachment, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON, with keys as they are written in case files."""
        plain: dict[str, Any] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name == "attachments":
                value = [
                    {key.replace("_", "-"): getattr(item, key) for key in _ATTACHED}
                    for item in value
                ]
            plain[one.name.replace("_", "-")] = str(value) if isinstance(value, date) else value
        return plain


_ATTACHED = ("name", "media", "sha256", "length_bytes")


@dataclass(frozen=True, slots=True)
class DocumentsRead:
    """What reading a file came to.

    Attributes:
        documents: one, or one for each entry of a feed; none when the file cannot be read.
        problems: why it cannot be read, or which parts of it could not.
    """

    documents: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """What a document says of itself; "" or None where it says nothing."""

    title: str = ""
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    language: str | None = None
    url: str | None = None


@dataclass
class Sent:
    """A file while it is read: its bytes, what the caller asked for, and the problems found."""

    content: bytes
    name: str
    limits: DocumentLimits = field(default_factory=DocumentLimits)
    encoding: str | None = None
    problems: list[Problem] = field(default_factory=list)

    def problem(self, expected: str, found: str = "", *, place: str = "$", line: int = 1) -> None:
        """Take note of something that could not be read."""
        self.problems.append(Problem(shown_name(self.name), line, place, expected, found[:120]))

    def over(self, name: str, value: int) -> bool:
        """Whether a value is over a limit; if so, the problem names the limit."""
        most: int = getattr(self.limits, name)
        if value <= most:
            return False
        limit = name.replace("_", "-")
        words = f"at most {most:,} {limit.replace('-', ' ')} (--limit {limit}=N allows more)"
        self.problem(words, f"{value:,}" if value > most + 1 else f"more than {most:,}")
        return True

    def document(
        self, media: MediaKind, text: str, stated: Stated, *, encoding: str = ""
    ) -> tuple[Document, ...]:
        """Return the one document that the file is; none when its text is over the limit."""
        if self.over("characters", len(text)):
            return ()
        digest = hashlib.sha256(self.content).hexdigest()
        made = Document(
            name=shown_name(self.name),
            media=media,
            text=text,
            sha256=digest,
            text_sha256=text_digest(text),
            identity=digest,
            title=stated.title,
            publisher=stated.publisher,
            author=stated.author,
            published=stated.published,
            language=stated.language,
            url=stated.url,
            encoding=encoding,
        )
        return (made,)


def text_digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8.

    >>> text_digest("")[:12]
    'e3b0c44298fc'
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def shown_name(name: str) -> str:
    """Return the name of a file on one line, without marks that turn or hide what is shown.

    >>> shown_name("a\\u202egpj.exe\\n")
    'a\\ufffdgpj.exe\\ufffd'
    """
    return "".join(mark if mark.isprintable() else "\ufffd" for mark in name)[:300]


def stated_language(value: str | None) -> str | None:
    """Return the code of a language as a case writes it, or None when the value is none.

    >>> stated_language("ar_EG"), stated_language("klingon!")
    ('ar-EG', None)
    """
    code = (value or "").strip().replace("_", "-")
    return code if _LANGUAGE.fullmatch(code) else None


def stated_day(value: str | None) -> date | None:
    """Return the day that a date of a machine names, in the time zone that it is written in.

    >>> stated_day("2025-06-02T23:30:00+03:00"), stated_day("soon")
    (datetime.date(2025, 6, 2), None)
    """
    match = _ISO.match(value or "")
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


Reader = Callable[[Sent], tuple[Document, ...]]

_READERS: Mapping[MediaKind, str] = MappingProxyType({
    "text": "documents_text", "markdown": "documents_text", "html": "documents_html",
    "pdf": "documents_pdf", "docx": "documents_docx", "mail": "documents_mail",
    "feed": "documents_feed",
})  # fmt: skip


def read_documents(
    content: bytes,
    name: str,
    *,
    media: MediaKind | None = None,
    encoding: str | None = None,
    limits: DocumentLimits | None = None,
) -> DocumentsRead:
    """Read the document, or the documents of a feed, that some bytes are.

    Bad content never raises: it gives problems. ``media`` and ``encoding`` overrule what the
    bytes and the name say. Bytes are kept as they are by whoever has them; what is returned has
    their digest.

    Raises:
        MissingExtraError: a kind of file that needs the extra ``documents``.
        CallError: there is no such encoding.

    >>> read = read_documents(b"The union said no.", "note.txt")
    >>> read.documents[0].text, read.problems
    ('The union said no.', ())
    """
    sent = Sent(content, name, limits or DocumentLimits(), encoding)
    if encoding is not None:
        from goodoffices.reading.documents_text import known_encoding

        known_encoding(encoding)
    if sent.over("file_bytes", len(content)):
        return DocumentsRead((), tuple(sent.problems))
    kind = media or media_kind(content, name)
    if kind is None:
        kinds = "plain text, Markdown, HTML, PDF with a text layer, DOCX, mail (.eml), RSS, Atom"
        sent.problem(f"a document of one of these kinds: {kinds}", _unreadable(content, name))
        return DocumentsRead((), tuple(sent.problems))
    module = import_module(f"goodoffices.reading.{_READERS[kind]}")
    reader: Reader = getattr(module, f"read_{kind}")
    made = reader(sent)
    return DocumentsRead(made, tuple(dict.fromkeys(sent.problems)))


def media_kind(content: bytes, name: str) -> MediaKind | None:
    """Return what kind of document some bytes are, None when it is none that can be read.

    What the bytes begin with goes before the end of the name.

    >>> media_kind(b"%PDF-1.7", "report.txt"), media_kind(b"\\x00\\x01\\x02", "a.bin")
    ('pdf', None)
    """
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content[:4] == b"PK\x03\x04":
        return "docx" if b"word/" in content or _suffix(name) == "docx" else None
    if content[:8] == _OLD_OFFICE:
        return None
    start = content[:4096].lstrip(b"\xef\xbb\xbf").lstrip().lower()
    kind = SUFFIXES.get(_suffix(name))
    if kind == "feed" and b"<html" in start and not _FEED.search(start):
        return "html"
    if kind is not None:
        return kind
    if start.startswith((b"<!doctype html", b"<html")):
        return "html"
    if start.startswith((b"<?xml", b"<rss", b"<feed")) and _FEED.search(start):
        return "feed"
    if _MAIL.match(start):
        return "mail"
    wide = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    return None if b"\x00" in content[:4096] and not wide else "text"


_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FEED = re.compile(rb"<(?:rss|feed|rdf:rdf)[\s>]")
_MAIL = re.compile(rb"(?:from|return-path|received|delivered-to|mime-version|message-id):[^\n]*\n")


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _unreadable(content: bytes, name: str) -> str:
    if content[:8] == _OLD_OFFICE:
        return "an older office file: save it as DOCX or text"
    if content[:4] == b"PK\x03\x04":
        return "a packed file that is no DOCX: unpack it first"
    return shown_name(name)
