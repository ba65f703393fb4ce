"""The texts of documents: where they lie, their digests, and what is said to stand in them.

A *paragraph* is a run of lines that are not blank, between blank lines or the ends of the text;
paragraphs are counted from 1. Spans count code points of the text as decoded from UTF-8, without
a byte order mark and with line breaks as they are in the file.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from goodoffices.casefile.content import Content, names_in
from goodoffices.casefile.nodes import Fault
from goodoffices.casefile.places import Places
from goodoffices.errors import NotFoundError, Problem
from goodoffices.model import Case
from goodoffices.model.conditions import Path

MAX_TEXT_BYTES = 10_000_000
"""The size of the largest text of a document that is read."""

_PARAGRAPH = re.compile(r"[^\r\n]*\S[^\r\n]*(?:(?:\r\n|\r|\n)[^\r\n]*\S[^\r\n]*)*")
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u00ad\ufeff", ""),
        **dict.fromkeys("\u2066\u2067\u2068\u2069", ""),
    }
)


class Texts(NamedTuple):
    """The texts that are kept beside a case, and what is wrong with their files."""

    texts: Mapping[str, str]
    faults: tuple[Fault, ...]


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    """Return the half-open spans of a text's paragraphs, in order.

    >>> text = "A headline\\nand its second line\\n\\nThe first sentence."
    >>> [text[start:end] for start, end in paragraph_spans(text)]
    ['A headline\\nand its second line', 'The first sentence.']
    """
    return [match.span() for match in _PARAGRAPH.finditer(text)]


def folded(text: str) -> str:
    """Write a text so that quotes are found however they were typeset.

    Curly and straight quotation marks, dashes and hyphens, all white space, equivalent forms of
    one character, and marks that cannot be seen are folded; everything else stays as it is.

    >>> folded("the \\u201cwhole\\u201d  of it \\u2013 now")
    'the "whole" of it - now'
    """
    return " ".join(unicodedata.normalize("NFC", text.translate(_FOLDED)).split())


def read_texts(content: Content, folder: FilePath) -> Texts:
    """Read the texts of a case's documents from the folder of the case."""
    texts: dict[str, str] = {}
    faults: list[Fault] = []
    for path, document in content.entries("documents"):
        name = document.get("text")
        if not isinstance(name, str):
            continue
        loaded = _load(name, folder)
        if isinstance(loaded, str):
            faults.append(Fault((*path, "text"), loaded, name))
            continue
        faults += _digest_faults(document.get("sha256"), loaded, path)
        text = _decoded(loaded)
        if isinstance(text, Fault):
            faults.append(text._replace(path=(*path, "text")))
        else:
            texts[str(path[-1])] = text
    return Texts(texts, tuple(faults))


def _load(name: str, folder: FilePath) -> bytes | str:
    """Return the bytes of a file beside the case, or words for the file that is expected."""
    words = "a file inside the folder of the case, as documents/report.txt"
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or not name.isprintable() or set(name) & {*"\\:"}:
        return words
    try:
        file = (folder / name).resolve(strict=True)
        if not file.is_relative_to(folder.resolve(strict=True)):
            return f"{words}, and not a link that leads out of it"
        if not file.is_file():
            return words
        with file.open("rb") as stream:
            content = stream.read(MAX_TEXT_BYTES + 1)
    except FileNotFoundError:
        return "a file that is there (for a text that is not kept, give sha256 alone)"
    except (OSError, RuntimeError):  # RuntimeError: a link that leads to itself
        return "a file that can be read"
    if len(content) > MAX_TEXT_BYTES:
        return f"a file of at most {MAX_TEXT_BYTES // 1_000_000} MB"
    return content


def _digest_faults(digest: Any, content: bytes, path: Path) -> Iterator[Fault]:
    if isinstance(digest, str) and digest != (actual := hashlib.sha256(content).hexdigest()):
        yield Fault((*path, "sha256"), f"the digest of the text, {actual}", digest)


def _decoded(content: bytes) -> str | Fault:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Fault(
            (), "a text in UTF-8", f"byte 0x{content[error.start]:02X} on line {line} of it"
        )


class _Cited(NamedTuple):
    """What a statement says about the place of its words in a text."""

    path: Path
    paragraph: int | None
    span: tuple[int, int] | None
    quote: str | None


def _cited(path: Path, statement: Mapping[str, Any]) -> _Cited:
    paragraph, span, quote = (statement.get(key) for key in ("paragraph", "span", "quote"))
    ends = span.split("-") if isinstance(span, str) else span
    pair = None
    if isinstance(ends, list | tuple) and len(ends) == 2:
        start, end = _whole(ends[0]), _whole(ends[1])
        pair = (start, end) if start is not None and end is not None and start < end else None
    return _Cited(path, _whole(paragraph), pair, quote if isinstance(quote, str) else None)


def _whole(value: Any) -> int | None:
    """Return a whole number as the model reads it, None when it is none."""
    return int(value) if isinstance(value, int | str) and str(value).strip().isdecimal() else None


def quote_faults(content: Content, texts: Mapping[str, str]) -> Iterator[Fault]:
    """Yield the faults of quotes, spans and paragraphs, as far as the texts are at hand."""
    readers = {id: _TextReader(id, text) for id, text in texts.items()}
    if not readers:
        return
    documents: dict[str, str] = {}
    for path, statement in content.entries("statements"):
        document = statement.get("document")
        if isinstance(document, str):
            documents[str(path[-1])] = document
            if document in readers:
                yield from readers[document].faults(_cited(path, statement))
    for path, response, _ in content.responses():
        sources = [documents.get(name, "") for _, name in names_in(response.get("source"), ())]
        quote = response.get("quote")
        if not isinstance(quote, str) or not sources or not readers.keys() >= set(sources):
            continue
        if not any(folded(quote) in readers[source].folded for source in sources):
            words = f"a quote that is in the text of {' or '.join(dict.fromkeys(sources))}"
            yield Fault((*path, "quote"), words, quote)


class _TextReader:
    """One text, prepared for looking things up in it."""

    def __init__(self, document: str, text: str) -> None:
        self.document = document
        self.text = text
        self.spans = paragraph_spans(text)
        self.folded = folded(text)
        self.paragraphs = [folded(text[start:end]) for start, end in self.spans]

    def faults(self, cited: _Cited) -> Iterator[Fault]:
        """Yield what is wrong with a paragraph, a span and a quote, in that order."""
        path, paragraph, span, quote = cited
        if paragraph is not None and not 1 <= paragraph <= len(self.spans):
            words = f"a paragraph from 1 to {len(self.spans)}, the last of {self.document}"
            yield Fault((*path, "paragraph"), words, str(paragraph))
            paragraph = None
        if span is not None:
            fault = self._span_fault(span, paragraph)
            if fault:
                yield Fault((*path, "span"), fault, f"{span[0]}-{span[1]}")
                span = None
        if quote is not None:
            fault = self._quote_fault(folded(quote), span, paragraph)
            if fault:
                yield Fault((*path, "quote"), fault, quote)

    def _span_fault(self, span: tuple[int, int], paragraph: int | None) -> str:
        if span[1] > len(self.text):
            return f"a span that ends at most at {len(self.text)}, the end of {self.document}"
        if paragraph is not None:
            start, end = self.spans[paragraph - 1]
            if not start <= span[0] < span[1] <= end:
                return f"a span within paragraph {paragraph}, {start}-{end}"
        return ""

    def _quote_fault(self, quote: str, span: tuple[int, int] | None, paragraph: int | None) -> str:
        if span is not None:
            inside = quote in folded(self.text[span[0] : span[1]])
            return "" if inside else f"a quote that is in the text, at {span[0]}-{span[1]}"
        if paragraph is None:
            return "" if quote in self.folded else "a quote that is in the text"
        if quote in self.paragraphs[paragraph - 1]:
            return ""
        found = [i for i, text in enumerate(self.paragraphs, start=1) if quote in text]
        tail = f" (it stands in paragraph {found[0]})" if found else ""
        return f"a quote that is in the text, in paragraph {paragraph}{tail}"


def check_text(
    case: Case, document_id: str, content: bytes, *, places: Places | None = None
) -> tuple[Problem, ...]:
    """Check a case against the text of a document that is not kept beside it.

    Whoever holds the text learns whether it is the one that the case speaks of (its digest), and
    whether every paragraph, span and quote of the case is in it. The places of a `Reading` give
    the problems their lines; without them they stand at line 1.

    Raises:
        NotFoundError: the case has no such document.
    """
    if document_id not in case.documents:
        expected = ", ".join(case.documents) or "a case that has documents"
        raise NotFoundError("the document", expected=expected, found=document_id)
    places = places or Places(case.case, None)
    path: Path = ("documents", document_id)
    faults = list(_digest_faults(case.documents[document_id].sha256, content, path))
    text = _decoded(content)
    if isinstance(text, Fault):
        faults.append(text._replace(path=path))
    else:
        data = case.model_dump(by_alias=True, exclude_defaults=True, mode="json")
        faults += quote_faults(Content(data, case), {document_id: text})
    return tuple(sorted({places.problem(fault) for fault in faults}))
