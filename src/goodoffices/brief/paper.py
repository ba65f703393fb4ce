"""Lines on a terminal: wrapped at its width with hanging indents, and never cut."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from goodoffices.brief.phrases import shown

FIRMNESS_MARKS = {"red line": "◆", "firm": "■", "open": "□"}
"""The shape that stands for a firmness wherever one is shown; colour only repeats it."""
FIRMNESS_STYLES = {"red line": "bold red", "firm": "bold yellow", "open": "bold green"}


def capital(text: str) -> str:
    """Return a name as it stands at the head of something.

    >>> capital("truce"), capital("")
    ('Truce', '')
    """
    return text[:1].upper() + text[1:]


class Paper:
    """Writes headings, paragraphs, bullets and fields to a console."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.width = max(console.width, 20)

    def line(self, text: Text | str = "", *, lead: str = "", indent: int = 0) -> None:
        """Write a paragraph; later lines stand under the text, not under the lead."""
        body = Text(shown(text)) if isinstance(text, str) else text
        first = " " * indent + lead
        hang = " " * cell_len(first)
        room = max(self.width - cell_len(first), 10)
        wrapped = list(body.wrap(self.console, room, overflow="fold")) or [Text()]
        lines = []
        for number, part in enumerate(wrapped):
            part.rstrip()
            lines.append(Text.assemble(first if number == 0 else hang, part))
            lines[-1].rstrip()
        self._put(Text("\n").join(lines))

    def _put(self, text: Text) -> None:
        self.console.print(text, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True,
                           markup=False, emoji=False, highlight=False)  # fmt: skip

    def gap(self) -> None:
        """Leave a line free."""
        self._put(Text())

    def title(self, text: str) -> None:
        """Write the title of the whole."""
        self.line(Text(shown(text), style="bold"))
        self._put(Text("═" * min(cell_len(shown(text)), self.width)))

    def heading(self, text: str) -> None:
        """Write the heading of a section."""
        self.gap()
        self.line(Text(shown(text), style="bold"))
        self._put(Text("─" * self.width, style="dim"))

    def sub(self, text: str) -> None:
        """Write a heading within a section."""
        self.gap()
        self.line(Text(capital(shown(text)), style="bold"))

    def bullets(self, texts: Iterable[str], *, indent: int = 2) -> None:
        """Write a list."""
        for text in texts:
            self.line(text, lead="• ", indent=indent)

    def field(self, name: str, text: str, *, indent: int = 0) -> None:
        """Write a named line, when there is something to name."""
        if text:
            self.line(Text(shown(text)), lead=f"{name}: ", indent=indent)

    def quiet(self, text: str, *, indent: int = 0) -> None:
        """Write a remark, dimmed."""
        if text:
            self.line(Text(shown(text), style="dim"), indent=indent)


def firmness(name: str) -> Text:
    """Return a firmness with its mark.

    >>> firmness("red line").plain
    '◆ red line'
    """
    return Text(f"{FIRMNESS_MARKS[name]} {name}", style=FIRMNESS_STYLES[name])
