"""DOCX files: paragraphs, tables and notes, in the order of the file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from goodoffices.errors import MissingExtraError
from goodoffices.reading.documents import Document, Sent, Stated, stated_language
from goodoffices.reading.documents_pdf import BROKEN

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_NOTES = ("/word/footnotes.xml", "/word/endnotes.xml")
_LEFT_OUT = {"/word/comments.xml": "comments"}


def read_docx(sent: Sent) -> tuple[Document, ...]:
    """Read a DOCX as it stands with its tracked changes accepted."""
    try:
        import docx
        from docx.opc.exceptions import PackageNotFoundError
        from docx.oxml import parse_xml
    except ModuleNotFoundError:
        raise MissingExtraError("documents") from None
    if not _is_sound(sent):
        return ()
    broken = (PackageNotFoundError, zipfile.BadZipFile, SyntaxError, *BROKEN)
    try:
        opened = docx.Document(io.BytesIO(sent.content))
        stated = _stated(opened)
        paragraphs = list(_paragraphs(opened.element.body))
        parts = {str(part.partname): part for part in opened.part.package.iter_parts()}
        for name in _NOTES:
            if name in parts:
                paragraphs += _paragraphs(parse_xml(parts[name].blob))
    except broken as error:
        sent.problem("a DOCX that can be read", f"a broken one ({type(error).__name__})")
        return ()
    for name in sorted(_LEFT_OUT.keys() & parts.keys()):
        sent.problem("the text of the document alone", _LEFT_OUT[name], place=name)
    text = "\n\n".join(part for part in paragraphs if part.strip())
    if not text:
        sent.problem("a DOCX with text", "no text")
        return ()
    return sent.document("docx", text, stated)


def _stated(opened: Any) -> Stated:
    """What the file says of itself; without properties the library would make some up."""
    relations = opened.part.package.rels.values()
    if not any(str(one.reltype).endswith("/core-properties") for one in relations):
        return Stated()
    about = opened.core_properties
    return Stated(
        title=(about.title or "").strip(),
        author=(about.author or "").strip() or None,
        language=stated_language(about.language),
    )


def _is_sound(sent: Sent) -> bool:
    """Whether a packed file can be unpacked within the limits; nothing is unpacked to see that."""
    broken = (zipfile.BadZipFile, *BROKEN)
    try:
        with zipfile.ZipFile(io.BytesIO(sent.content)) as packed:
            held = packed.infolist()
            if sent.over("unpacked_bytes", sum(one.file_size for one in held)):
                return False
            if any(one.flag_bits & 1 for one in held):
                sent.problem("a DOCX without a password", "one that is encrypted")
                return False
            for one in held:
                # An entity that is declared can be one that multiplies, or names another file.
                if one.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in packed.read(one):
                    sent.problem("XML without a document type", one.filename, place="its parts")
                    return False
    except broken as error:
        sent.problem("a DOCX that can be unpacked", f"a broken one ({type(error).__name__})")
        return False
    return True


def _paragraphs(root: Any) -> Iterator[str]:
    """The texts of the paragraphs below an element, in order, text boxes after their paragraph."""
    for paragraph in root.iter(f"{_W}p"):
        if not any(above.tag == _FALLBACK for above in paragraph.iterancestors()):
            yield "".join(_pieces(paragraph))


def _pieces(paragraph: Any) -> Iterator[str]:
    """The pieces of text of one paragraph, without those of paragraphs within it."""
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag in _BREAKS:
            yield _BREAKS[element.tag]
        elif element.tag not in {f"{_W}p", _FALLBACK}:
            stack.extend(reversed(element))
