"""RSS and Atom files: one document for each entry."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

from goodoffices.errors import MissingExtraError
from goodoffices.reading.documents import (
    Document,
    Sent,
    Stated,
    stated_day,
    stated_language,
    text_digest,
)
from goodoffices.reading.documents_pdf import BROKEN

_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_WALL = re.compile(r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|blockquote)\b[^<>]*>", re.IGNORECASE)


def read_feed(sent: Sent) -> tuple[Document, ...]:
    """Read the entries of a feed, each with its title, its text and the day that it states."""
    try:
        import feedparser
    except ModuleNotFoundError:
        raise MissingExtraError("documents") from None
    if re.search(rb"<!ENTITY", sent.content, re.IGNORECASE):
        sent.problem("a feed that declares no entities of its own", "<!ENTITY")
        return ()
    try:
        # A stream, for a text could be taken for an address or the name of a file.
        feed = feedparser.parse(io.BytesIO(sent.content), sanitize_html=True)
        entries = list(feed.entries)
    except BROKEN as error:
        sent.problem("a feed that can be read", type(error).__name__)
        return ()
    if not feed.get("version") and not entries:
        sent.problem("an RSS or Atom feed", "another file of XML or none")
        return ()
    if feed.get("bozo"):
        kind = type(feed.get("bozo_exception")).__name__
        sent.problem("a feed without faults; what could be read of it is read", kind)
    if not entries:
        sent.problem("a feed with entries", "none")
    if sent.over("entries", len(entries)):
        return ()
    made: list[Document] = []
    for number, entry in enumerate(entries, 1):
        made += _document(sent, feed.feed, entry, number)
    return tuple(made)


def _document(sent: Sent, feed: Any, entry: Any, number: int) -> tuple[Document, ...]:
    title = plain_text(entry.get("title", ""))
    bodies = [part.get("value", "") for part in entry.get("content", [])]
    body = plain_text("\n".join(bodies) or entry.get("summary", ""))
    text = "\n\n".join(part for part in (title, body) if part)
    if not body:
        found = "a title alone" if title else "nothing"
        sent.problem("an entry with text", found, place=f"entry {number}")
    if not text:
        return ()
    stated = Stated(
        title=title,
        publisher=plain_text(feed.get("title", "")) or None,
        author=entry.get("author") or None,
        published=_day(sent, entry, number),
        language=stated_language(entry.get("language") or feed.get("language")),
        url=_address(entry.get("link", "")),
    )
    made = sent.document("feed", text, stated)
    named = str(entry.get("id") or entry.get("link") or "")
    identity = hashlib.sha256(f"{named}\n{text_digest(text)}".encode()).hexdigest()
    return tuple(replace(one, identity=identity, entry=number) for one in made)


def _day(sent: Sent, entry: Any, number: int) -> date | None:
    """The day that an entry states, as written; when it was last changed is another day."""
    told = entry.get("published")
    if not told:
        return None
    if (day := stated_day(told)) is not None:
        return day
    try:
        from email.utils import parsedate_to_datetime

        return parsedate_to_datetime(told).date()
    except (ValueError, TypeError, LookupError):
        sent.problem("a date of an entry", str(told), place=f"entry {number}")
    return None


def _address(link: str) -> str | None:
    return link if link.startswith(("https://", "http://")) else None


def plain_text(markup: str) -> str:
    """Return the text of an entry without its tags; paragraphs stay apart.

    >>> plain_text("<p>No &amp; no.</p><p>Yes.</p>")
    'No & no.\\n\\nYes.'
    """
    from html import unescape

    bare = _TAG.sub("", _WALL.sub("\n", markup))
    lines = (" ".join(line.split()) for line in unescape(bare).splitlines())
    return "\n\n".join(line for line in lines if line)
