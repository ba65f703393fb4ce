"""Reads a page the way a checker does: its ids, links, headings, texts and loads."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "use", "path", "rect"})
LOADING = frozenset({"src", "srcset", "poster", "data", "action", "formaction", "background"})


class PageReader(HTMLParser):
    """What a page holds, collected in one reading."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.headings: list[int] = []
        self.tags: Counter[str] = Counter()
        self.texts: list[str] = []
        self.pictures: list[dict[str, str]] = []
        self.attributes: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.unclosed: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        self.attributes.append((tag, given))
        if "id" in given:
            self.ids[given["id"]] += 1
        for name in ("href", "xlink:href"):
            if name in given:
                self.links.append(given[name])
        self.loads += [f"{tag} {name}={given[name]}" for name in LOADING & set(given)]
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.headings.append(int(tag[1]))
        if tag in {"svg", "img"}:
            self.pictures.append(given)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.unclosed.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        """All texts, with single spaces."""
        return " ".join(" ".join(self.texts).split())
