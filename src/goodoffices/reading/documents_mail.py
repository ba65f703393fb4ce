"""Mails (.eml) and pages saved as one (.mhtml): headers, the text, and what was sent along."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from goodoffices.reading.documents import (
    Attachment,
    Document,
    Sent,
    Stated,
    shown_name,
    stated_language,
)
from goodoffices.reading.documents_html import article_text, declared_encoding
from goodoffices.reading.documents_text import decoded

_BROKEN = (
    ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError,
)  # fmt: skip
_POLICY = policy.default.clone(raise_on_defect=False)


def read_mail(sent: Sent) -> tuple[Document, ...]:
    """Read the text of a mail; of a text that comes in two forms, the plain one."""
    try:
        message: EmailMessage = BytesParser(policy=_POLICY).parsebytes(sent.content)
        parts = list(_parts(message))
    except _BROKEN as error:
        found = "parts within parts, too deep" if isinstance(error, RecursionError) else ""
        sent.problem("a mail that can be read", found or type(error).__name__)
        return ()
    if sent.over("parts", len(parts)):
        return ()
    texts: list[str] = []
    attached: list[Attachment] = []
    chosen = _body(message)
    for number, part in enumerate(parts, 1):
        body = _bytes_of(sent, part, number)
        if part in chosen:
            texts.append(_text(sent, part, body))
        elif not _is_other_form(part, chosen, message):
            attached.append(_attachment(part, body, number))
            sent.problem(
                "the text of the mail alone; what was sent along is listed, to be read by itself",
                f"{attached[-1].name}, {attached[-1].media}", place=f"part {number}",
            )  # fmt: skip
    text = "\n\n".join(part.strip("\r\n") for part in texts if part.strip())
    if not text:
        sent.problem("a mail with text", f"{len(parts)} parts, none of them text")
        return ()
    made = sent.document("mail", text, _stated(sent, message))
    return tuple(replace(one, attachments=tuple(attached)) for one in made)


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts of a mail that hold no parts themselves, through all that is nested."""
    stack: list[EmailMessage] = [message]
    while stack:
        part = stack.pop()
        inner = part.get_payload() if part.is_multipart() else None
        if isinstance(inner, list):
            stack.extend(reversed([one for one in inner if isinstance(one, EmailMessage)]))
        else:
            yield part


def _body(message: EmailMessage) -> list[EmailMessage]:
    """The parts whose text is the mail's: plain, or else HTML."""
    named = message.get_body(preferencelist=("plain", "html"))
    first = named if isinstance(named, EmailMessage) else None
    found = [first] if first is not None else []
    # Text that is no attachment goes on after one that is shown between.
    if message.get_content_type() == "multipart/mixed":
        for part in message.iter_parts():
            plain = part.get_content_type() == "text/plain" and not part.is_attachment()
            if plain and isinstance(part, EmailMessage) and part is not first:
                found.append(part)
    return found


def _is_other_form(part: EmailMessage, chosen: list[EmailMessage], message: EmailMessage) -> bool:
    """Whether a part is the text once more, in the form that was not taken."""
    if part.get_content_type() not in {"text/html", "text/plain"} or part.is_attachment():
        return False
    for holder in message.walk():
        if holder.get_content_type() == "multipart/alternative":
            inside = list(holder.walk())
            if any(one is part for one in inside) and any(one in inside for one in chosen):
                return True
    return False


def _bytes_of(sent: Sent, part: EmailMessage, number: int) -> bytes:
    try:
        body = part.get_payload(decode=True)
    except _BROKEN as error:
        sent.problem("a part that can be read", type(error).__name__, place=f"part {number}")
        return b""
    if part.defects:
        kinds = ", ".join(sorted({type(one).__name__ for one in part.defects}))
        sent.problem("a part as its headers say", kinds, place=f"part {number}")
    return body if isinstance(body, bytes) else b""


def _text(sent: Sent, part: EmailMessage, body: bytes) -> str:
    declared = _header(part.get_content_charset())
    if part.get_content_type() == "text/html":
        page = decoded(sent, body, declared or declared_encoding(body))
        return article_text(sent, page.text) if page else ""
    plain = decoded(sent, body, declared)
    # Mails end their lines with two marks; a text has one.
    return plain.text.replace("\r\n", "\n") if plain else ""


def _attachment(part: EmailMessage, body: bytes, number: int) -> Attachment:
    try:
        name = part.get_filename() or f"part {number}"
    except _BROKEN:
        name = f"part {number}"
    media = shown_name(part.get_content_type())
    return Attachment(shown_name(str(name)), media, hashlib.sha256(body).hexdigest(), len(body))


def _stated(sent: Sent, message: EmailMessage) -> Stated:
    """What the headers say; a header that cannot be read is left out, with the problem."""
    told: dict[str, str] = {}
    for name in ("Subject", "From", "Content-Language"):
        try:
            told[name] = _header(message[name]) or ""
        except _BROKEN as error:
            sent.problem("a header that can be read", type(error).__name__, place=name)
    return Stated(
        title=told.get("Subject", ""),
        author=told.get("From") or None,
        published=_day(sent, message),
        language=stated_language(told.get("Content-Language", "").split(",")[0]),
    )


def _header(value: object) -> str | None:
    """A header on one line, without halves of characters."""
    if value is None:
        return None
    line = " ".join(str(value).split())
    return line.encode("utf-8", "replace").decode("utf-8")


def _day(sent: Sent, message: EmailMessage) -> date | None:
    """The day of sending, as written by the sender's clock."""
    try:
        header = message["Date"]
        sent_at = header.datetime if header is not None else None
    except _BROKEN:
        sent_at, header = None, "a date that cannot be read"
    if header is not None and sent_at is None:
        sent.problem("a date as mails have it", str(header), place="Date")
    return sent_at.date() if sent_at is not None else None
