"""Plain text and Markdown, and how bytes become text.

A text is read as its byte order mark says, as the caller says, as the file declares, or as UTF-8;
in no other encoding, for one that fits by chance gives letters that nobody wrote. Text that was
garbled before it was sent is left as it is.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from goodoffices.errors import CallError
from goodoffices.reading.documents import Document, Sent, Stated, stated_day, stated_language

# What pages call these encodings is by custom the wider one.
_BY_CUSTOM: Mapping[str, str] = MappingProxyType({
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "euc_kr": "cp949", "iso8859-8-i": "iso8859-8", "iso-8859-8-i": "iso8859-8",
})  # fmt: skip
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"^([A-Za-z_-]+):[ \t]*(.+?)[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^#[ \t]+(\S.*?)[ \t#]*$", re.MULTILINE)


class Decoded(NamedTuple):
    """A text, and the encoding by which it was read."""

    text: str
    encoding: str


def known_encoding(name: str) -> str:
    """Return an encoding's own name.

    Raises:
        CallError: there is none of that name for text.

    >>> known_encoding("Windows-1256")
    'cp1256'
    """
    try:
        # Some codecs turn bytes into bytes: those are no encodings of text.
        found = codecs.lookup(name)
        "".encode(found.name)
    except (LookupError, ValueError):
        raise CallError(
            "the encoding", expected="one such as utf-8, windows-1256 or utf-16", found=name
        ) from None
    return found.name


def decoded(sent: Sent, content: bytes, declared: str | None = None) -> Decoded | None:
    """Return the text of some bytes, or None with the problem that says what was expected."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(sent, content[len(mark) :], encoding, "its byte order mark says so")
    if sent.encoding is not None:
        return _strict(sent, content, known_encoding(sent.encoding), "the call says so")
    if declared is None:
        return _strict(sent, content, "utf-8", "it says nothing else; --encoding NAME gives it")
    named = _declared(declared)
    if named is None:
        sent.problem("an encoding that is known", declared)
        return _strict(sent, content, "utf-8", "it declares none that is known")
    if named != "utf-8" and (plain := _as_utf8(content)) is not None:
        if not content.isascii():
            sent.problem(f"text in {declared}, as it declares", "text in UTF-8; it is read so")
        return Decoded(plain, "utf-8")
    return _strict(sent, content, named, f"it declares {declared}; --encoding NAME overrules that")


def _declared(name: str) -> str | None:
    label = name.strip().lower()
    if label in _BY_CUSTOM:
        return _BY_CUSTOM[label]
    try:
        own = known_encoding(label)
    except CallError:
        return None
    # Without a mark the bytes that declare it in ASCII letters cannot be UTF-16.
    if own.startswith(("utf-16", "utf-32")):
        return "utf-8"
    return _BY_CUSTOM.get(own, own)


def _as_utf8(content: bytes) -> str | None:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _strict(sent: Sent, content: bytes, encoding: str, why: str) -> Decoded | None:
    try:
        return Decoded(content.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{content[error.start]:02X} at position {error.start + 1}"
        sent.problem(f"text in {encoding}, since {why}", found, line=line)
    return None


def read_text(sent: Sent) -> tuple[Document, ...]:
    """Read a plain text, whose title is its first line when that stands by itself."""
    found = decoded(sent, sent.content)
    if found is None or not _says_something(sent, found.text):
        return ()
    lines = found.text.lstrip().splitlines()
    alone = len(lines) == 1 or not lines[1].strip()
    title = lines[0].strip() if alone and len(lines[0]) <= 200 and len(lines) > 1 else ""
    return sent.document("text", found.text, Stated(title=title), encoding=found.encoding)


def read_markdown(sent: Sent) -> tuple[Document, ...]:
    """Read Markdown: the text as it is, and what its front matter says."""
    found = decoded(sent, sent.content)
    if found is None or not _says_something(sent, found.text):
        return ()
    front = _FRONT.match(found.text)
    pairs = dict(_pairs(front[1])) if front else {}
    heading = _HEADING.search(found.text, front.end() if front else 0)
    stated = Stated(
        title=pairs.get("title") or (heading[1] if heading else ""),
        publisher=pairs.get("publisher"),
        author=pairs.get("author"),
        published=stated_day(pairs.get("published") or pairs.get("date")),
        language=stated_language(pairs.get("language") or pairs.get("lang")),
        url=pairs.get("url"),
    )
    return sent.document("markdown", found.text, stated, encoding=found.encoding)


def _pairs(front: str) -> Iterator[tuple[str, str]]:
    for match in _PAIR.finditer(front):
        value = match[2]
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        if value.strip():
            yield match[1].lower(), value


def _says_something(sent: Sent, text: str) -> bool:
    if text.strip():
        return True
    sent.problem("a text", "nothing but blank space" if text else "an empty file")
    return False
