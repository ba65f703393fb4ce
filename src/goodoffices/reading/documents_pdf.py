"""PDF files with a text layer."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from goodoffices.errors import MissingExtraError
from goodoffices.reading.documents import Document, Sent, Stated, stated_language

if TYPE_CHECKING:
    from pypdf import PdfReader

BROKEN = (
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError,
    RecursionError, NotImplementedError, EOFError, OSError, MemoryError, zlib.error, struct.error,
)  # fmt: skip
"""What a reader of files raises when a file is not what it says it is."""


def read_pdf(sent: Sent) -> tuple[Document, ...]:
    """Read the text layer of a PDF, page after page.

    The day on which a file was made is not that of its publication, and is left out.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ModuleNotFoundError:
        raise MissingExtraError("documents") from None
    broken = (PyPdfError, *BROKEN)
    try:
        reader = PdfReader(io.BytesIO(sent.content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            sent.problem("a PDF that opens without a password", "one that is encrypted")
            return ()
        if sent.over("pages", len(reader.pages)):
            return ()
        pages = _pages(sent, reader)
    except broken as error:
        sent.problem("a PDF that can be read", f"a broken one ({type(error).__name__})")
        return ()
    if pages is None:
        return ()
    bare = [number for number, text in enumerate(pages, 1) if not text.strip()]
    if len(bare) == len(pages):
        found = "pages without text, as scanned pages are" if pages else "no pages"
        sent.problem("a PDF with a text layer", found)
        return ()
    if bare:
        sent.problem("text on every page", "none", place=f"pages {_runs(bare)}")
    text = "\n\n".join(part.strip("\n") for part in pages if part.strip())
    return sent.document("pdf", text, _stated(sent, reader))


def _pages(sent: Sent, reader: PdfReader) -> list[str] | None:
    """The text of each page; "" for one that cannot be read, with the problem."""
    from pypdf.errors import PyPdfError

    broken = (PyPdfError, *BROKEN)
    texts: list[str] = []
    length = 0
    for number, page in enumerate(reader.pages, 1):
        try:
            text = page.extract_text()
        except broken as error:
            sent.problem(
                "a page that can be read", type(error).__name__, place=f"page {number}"
            )  # fmt: skip
            text = ""
        # Half a pair of code units is no character, and could not be written.
        texts.append(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
        length += len(text)
        if sent.over("characters", length):
            return None
    return texts


def _stated(sent: Sent, reader: PdfReader) -> Stated:
    from pypdf.errors import PyPdfError

    broken = (PyPdfError, *BROKEN)
    try:
        about = reader.metadata
        title = str(about.title or "") if about else ""
        author = str(about.author or "") if about else ""
        language = str(reader.root_object.get("/Lang", ""))
    except broken as error:
        sent.problem("a PDF that says what it is", type(error).__name__, place="its information")
        return Stated()
    return Stated(
        title=title.strip(), author=author.strip() or None, language=stated_language(language)
    )


def _runs(numbers: list[int]) -> str:
    """Numbers in order, runs of them as 3-7."""

    def parts() -> Iterator[str]:
        for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
            run = [number for _, number in group]
            yield str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}"

    return ", ".join(parts())
