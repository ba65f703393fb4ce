"""Pages as saved from news sites: the article without menus, and what the page states of itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from html.parser import HTMLParser
from typing import Any

from goodoffices.errors import MissingExtraError
from goodoffices.reading.documents import Document, Sent, Stated, stated_day, stated_language
from goodoffices.reading.documents_text import decoded

_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)""")
_DAYS = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date",
    "dc.date.issued", "dcterms.issued", "dcterms.date", "pubdate", "publishdate", "publish-date",
    "parsely-pub-date", "sailthru.date", "citation_publication_date", "citation_date",
)  # fmt: skip
_BLANK = re.compile(r"[ \t\r\n\f]+")
_WALLS = frozenset({
    "p", "head", "item", "quote", "row", "table", "list", "code", "div", "fw", "ab",
})  # fmt: skip
# Two breaks end a paragraph; what finds the article would make one of them.
_BREAKS = re.compile(r"(?:<br\s*/?>\s*){2,}", re.IGNORECASE)
_WITHIN = {"lb": "\v", "cell": " "}
"""What ends a line or a cell, and no paragraph."""
_LINES = re.compile(r" *\v[ \v]*")


def read_html(sent: Sent) -> tuple[Document, ...]:
    """Read the article of a saved page."""
    found = decoded(sent, sent.content, declared_encoding(sent.content))
    if found is None:
        return ()
    text = article_text(sent, found.text)
    if not text:
        return ()
    return sent.document("html", text, stated_by(sent, found.text), encoding=found.encoding)


def declared_encoding(content: bytes) -> str | None:
    """Return the encoding that a page declares near its beginning, or None.

    >>> declared_encoding(b'<meta charset="windows-1256">')
    'windows-1256'
    """
    match = _XML.match(content) or _CHARSET.search(content[:4096])
    return match[1].decode("ascii") if match else None


def article_text(sent: Sent, page: str) -> str:
    """Return the text of the article of a page, one paragraph after another."""
    try:
        import trafilatura
    except ModuleNotFoundError:
        raise MissingExtraError("documents") from None
    if not page.strip():
        sent.problem("a page with text", "nothing but blank space")
        return ""
    try:
        # The text alone: its own search for a title and a date would guess, and is not used.
        made = trafilatura.bare_extraction(
            _BREAKS.sub("<p>", page),
            with_metadata=False,
            include_comments=False,
            include_tables=True,
        )
        body = getattr(made, "body", None)
        text = "\n\n".join(_paragraphs(body)) if body is not None else ""
        if text:
            return text
        text = "\n\n".join(line for line in trafilatura.html2txt(page).splitlines() if line.strip())
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        sent.problem("a page that can be read", type(error).__name__)
        return ""
    if text:
        sent.problem("an article within the page", "none; all text of the page is read")
    else:
        sent.problem("a page with text", "no text")
    return text


def _paragraphs(body: Any) -> Iterator[str]:
    """The paragraphs of an article, in order; lines that the page breaks stay lines."""
    line: list[str] = []
    for event, text in _walked(body):
        if event == "wall":
            yield from _lines("".join(line))
            line = []
        else:
            line.append(text)
    yield from _lines("".join(line))


def _lines(text: str) -> Iterator[str]:
    """What stands between two walls: a paragraph, or nothing."""
    if joined := _LINES.sub("\n", _BLANK.sub(" ", text).strip(" \v")):
        yield joined


def _walked(body: Any) -> Iterator[tuple[str, str]]:
    """The texts of a tree in order, and the walls between them; without recursion."""
    stack: list[tuple[Any, bool]] = [(body, False)]
    while stack:
        element, done = stack.pop()
        wall = element.tag in _WALLS
        if done:
            if wall:
                yield "wall", ""
            yield "text", _WITHIN.get(element.tag, "") + (element.tail or "")
            continue
        if wall:
            yield "wall", ""
        if isinstance(element.tag, str):
            yield "text", element.text or ""
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
        else:
            yield "text", element.tail or ""


class _Head(HTMLParser):
    """Collects what a page says of itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.named: dict[str, str] = {}
        self.language: str | None = None
        self.title: list[str] = []
        self.linked: list[str] = []
        self.days: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = self.language or given.get("lang") or given.get("xml:lang")
        elif tag == "meta":
            name = given.get("property") or given.get("name") or given.get("itemprop") or ""
            if not name and given.get("http-equiv", "").lower() == "content-language":
                name = "content-language"
            if given.get("content", "").strip():
                self.named.setdefault(name.strip().lower(), given["content"].strip())
        elif tag == "link" and "canonical" in given.get("rel", "").lower().split():
            self.named.setdefault("canonical", given.get("href", "").strip())
        elif tag == "time" and ("pubdate" in given or given.get("itemprop") == "datePublished"):
            self.days.append(given.get("datetime", ""))
        elif tag in {"title", "h1"} and not (tag == "title" and self.title):
            self._inside = tag
        elif tag == "script" and given.get("type", "").lower() == "application/ld+json":
            self._inside = tag
            self.linked.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title.append(data)
        elif self._inside == "h1":
            self.named["h1"] = self.named.get("h1", "") + data
        elif self._inside == "script":
            self.linked[-1] += data


def stated_by(sent: Sent, page: str) -> Stated:
    """Return what a page states of itself in its head and its linked data."""
    head = _Head()
    try:
        head.feed(page)
        head.close()
    except (AssertionError, ValueError) as error:
        sent.problem("a page whose head can be read", type(error).__name__)
    linked = _linked(head.linked)
    named = head.named
    title = named.get("og:title") or linked.get("headline") or "".join(head.title)
    language = stated_language(head.language) or stated_language(named.get("content-language"))
    address = named.get("canonical") or named.get("og:url") or linked.get("url") or ""
    return Stated(
        title=_BLANK.sub(" ", title or named.get("h1", "")).strip(),
        publisher=named.get("og:site_name") or linked.get("publisher") or named.get("dc.publisher")
        or named.get("publisher"),
        author=named.get("author") or linked.get("author"),
        published=_day(sent, head, linked),
        language=language or stated_language(named.get("og:locale")),
        url=address if address.startswith(("https://", "http://")) else None,
    )  # fmt: skip


def _day(sent: Sent, head: _Head, linked: Mapping[str, str]) -> date | None:
    """The day of publication that a page states; of several, the first, with a problem."""
    told = [linked.get("datePublished", "")] + [head.named.get(name, "") for name in _DAYS]
    told = [value for value in [*told, *head.days] if value]
    days = [day for day in map(stated_day, told) if day is not None]
    if told and not days:
        sent.problem("a day of publication as 2025-06-02", told[0], place="its head")
    if len(set(days)) > 1:
        others = ", ".join(sorted({str(day) for day in days[1:]} - {str(days[0])}))
        sent.problem(f"one day of publication; {days[0]} is taken", others, place="its head")
    return days[0] if days else None


def _linked(scripts: list[str]) -> dict[str, str]:
    """What linked data says of the article of a page."""
    for script in scripts:
        try:
            data = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for item in _items(data):
            if "headline" in item or "datePublished" in item:
                named = {key: _name(item.get(key)) for key in ("publisher", "author")}
                plain = {
                    key: value
                    for key in ("headline", "datePublished", "url")
                    if isinstance(value := item.get(key), str)
                }
                return plain | {key: value for key, value in named.items() if value}
    return {}


def _items(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for part in data:
            yield from _items(part)
    elif isinstance(data, dict):
        yield data
        yield from _items(data.get("@graph", []))


def _name(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    name = value.get("name") if isinstance(value, dict) else value
    return name if isinstance(name, str) and name.strip() else None
