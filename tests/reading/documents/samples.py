"""Files of every kind, made for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

WORDS = "The union said on Sunday that it would not accept any offer below five percent."
SECOND = "The management called the demand reasonable and asked for two weeks to think about it."

PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<title>Talks go on | The Gazette</title>
<meta property="og:title" content="Talks go on">
<meta property="og:site_name" content="The Gazette">
<meta property="article:published_time" content="2025-06-02T23:30:00+03:00">
<meta name="author" content="R. Writer">
<link rel="canonical" href="https://gazette.example/talks">
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport and leisure</a></li></ul></nav>
<header><h1>Talks go on</h1></header>
<article><p>{WORDS}</p><p>{SECOND}</p><p>Nobody else was in the room when the letter came.</p>
</article>
<footer>All rights reserved. Subscribe to our newsletter.</footer></body></html>
"""

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
    'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)


def docx(body: str, more: Mapping[str, str] | None = None) -> bytes:
    """A DOCX with some body of WordprocessingML."""
    document = (
        '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/'
        f'wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
    )
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELATIONS,
        "word/document.xml": document,
        **(more or {}),
    }
    return packed(parts)


def packed(parts: Mapping[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return stream.getvalue()


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def pdf(pages: Sequence[Sequence[str]], *, about: str = "", tree: str = "") -> bytes:
    """A PDF with lines of Latin text on its pages; ``tree`` overrules the object of its pages."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
        2: tree or f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    for number, lines in enumerate(pages):
        drawn = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        stream = f"BT /F1 12 Tf 72 720 Td {drawn}ET"
        objects[4 + 2 * number] = (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>"
        )
        objects[5 + 2 * number] = f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"
    trailer = f"/Root 1 0 R /Size {len(objects) + 2}"
    if about:
        objects[len(objects) + 1] = about
        trailer += f" /Info {len(objects)} 0 R"
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, text in objects.items():
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1"))
    start = out.tell()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode())
    out.write(f"trailer << {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def rss(items: Sequence[str], head: str = '<?xml version="1.0" encoding="utf-8"?>') -> bytes:
    joined = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'{head}<rss version="2.0"><channel><title>Harbour News</title><language>en-gb</language>'
        f"{joined}</channel></rss>"
    ).encode()
