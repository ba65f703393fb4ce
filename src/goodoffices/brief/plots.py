"""Plots as SVG for the page: the lineage of proposals, and the timeline.

Shapes are drawn with matplotlib in points, y downwards; the colours are the page's own, so that
one drawing serves light, dark and print. Texts are put in afterwards, as the reader's own fonts
and bidirectional rules show them.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

COLOURS = {
    "ink": "#010101",
    "quiet": "#020202",
    "rule": "#030303",
    "paper": "#040404",
    "accent": "#050505",
    "panel": "#060606",
}
"""Stand-ins for the page's colours; each becomes a variable of the page's style."""
SCALE = 1.2
"""Pixels of the page for a point of the drawing."""
_ID = re.compile(r'\bid="([^"]+)"')
_REFERENCE = re.compile(r'(?:xlink:)?href="#([^"]+)"|url\(#([^)]+)\)')
_NAMESPACE = re.compile(r'\sxmlns(?::\w+)?="[^"]*"')
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_FONT = re.compile(r"font(?:-family)?:[^;\"]*(['\"A-Za-z-]+serif|monospace)[^;\"]*;?")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)px")


@dataclass
class Sheet:
    """A drawing of a given size in points; texts are held until it is written out."""

    width: float
    height: float
    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        from matplotlib.figure import Figure

        self.figure: Any = Figure(figsize=(self.width / 72, self.height / 72))
        self.figure.patch.set_visible(False)
        self.axes: Any = self.figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self.axes.set_xlim(0, self.width)
        self.axes.set_ylim(self.height, 0)
        self.axes.set_axis_off()

    def text(self, x: float, y: float, words: str, **style: Any) -> None:
        """Put words with their baseline at y; ``anchor`` is left, center or right."""
        token = f"text{len(self.texts):05d}"
        self.texts.append(words)
        self.axes.text(x, y, token, fontsize=style.get("size", 11), va="baseline",
                       ha=style.get("anchor", "left"), color=COLOURS[style.get("colour", "ink")],
                       fontweight=style.get("weight", "normal"))  # fmt: skip

    def line(
        self, points: Sequence[tuple[float, float]], colour: str, width: float, style: str = "-"
    ) -> None:
        """Draw a line through points, in a style of matplotlib: -, --, :, -."""
        ends = {"solid_joinstyle": "round", "solid_capstyle": "round", "linewidth": width}
        across, down = zip(*points, strict=True)
        self.axes.plot(across, down, color=COLOURS[colour], linestyle=style, **ends)

    def marker(self, x: float, y: float, shape: str, *, size: float = 9) -> None:
        """Draw a marker in a shape of matplotlib: o, D, s, v."""
        self.axes.plot([x], [y], marker=shape, markersize=size, color=COLOURS["accent"],
                       markeredgecolor=COLOURS["paper"], markeredgewidth=1)  # fmt: skip

    def box(self, x: float, y: float, width: float, height: float, *, strong: bool = False) -> Any:
        """Draw a box with its upper left corner at x, y, and return it for arrows to end at."""
        from matplotlib.patches import Rectangle

        patch = Rectangle((x, y), width, height, facecolor=COLOURS["panel"], zorder=3,
                          edgecolor=COLOURS["accent" if strong else "quiet"],
                          linewidth=2.4 if strong else 1)  # fmt: skip
        self.axes.add_patch(patch)
        return patch

    def arrow(self, start: Any, end: Any, *, style: str, head: bool, strong: bool) -> None:
        """Draw a slightly bent line from box to box, with an arrowhead or none."""
        from matplotlib.patches import FancyArrowPatch

        middles = [
            (box.get_x() + box.get_width() / 2, box.get_y() + box.get_height() / 2)
            for box in (start, end)
        ]
        self.axes.add_patch(
            FancyArrowPatch(*middles, patchA=start, patchB=end, shrinkA=1, shrinkB=2,
                            connectionstyle="arc3,rad=0.12", mutation_scale=13,
                            arrowstyle="-|>" if head else "-", linestyle=style,
                            linewidth=1.6 if strong else 1.1, zorder=2 if strong else 1,
                            color=COLOURS["ink" if strong else "quiet"],
                            alpha=None if strong else 0.55, capstyle="butt")
        )  # fmt: skip

    def svg(self, name: str, title: str, description: str) -> str:
        """Return the drawing as an element of the page; ``name`` makes its ids the page's own."""
        from matplotlib import rc_context
        from matplotlib.backends.backend_svg import FigureCanvasSVG

        stream = io.StringIO()
        settings: Any = {
            "svg.fonttype": "none",
            "svg.hashsalt": "goodoffices",
            "text.usetex": False,
        }
        with rc_context(settings):
            canvas: Any = FigureCanvasSVG(self.figure)
            canvas.print_svg(stream, metadata={"Date": None})
        return self._element(stream.getvalue(), name, title, description)

    def _element(self, drawn: str, name: str, title: str, description: str) -> str:
        inner = drawn[drawn.index(">", drawn.index("<svg")) + 1 : drawn.rindex("</svg>")]
        inner = _NAMESPACE.sub("", _METADATA.sub("", inner))
        inner = _ID.sub(lambda found: f'id="{name}-{found[1]}"', inner)
        inner = _REFERENCE.sub(lambda found: _renamed(found, name), inner)
        inner = _FONT.sub(lambda found: _sized(found[0]), inner)
        for colour, stand_in in COLOURS.items():
            inner = inner.replace(stand_in, f"var(--{colour})")
        for number, words in enumerate(self.texts):
            inner = inner.replace(f"text{number:05d}", escape(words))
        box = f'viewBox="0 0 {self.width:g} {self.height:g}"'
        size = f'width="{self.width * SCALE:g}" height="{self.height * SCALE:g}"'
        # Wider than the page it shrinks, down to one pixel a point; then the page's region scrolls.
        least = f'style="max-inline-size: max(100%, {self.width:g}px)"'
        return (
            f'<svg class="plot" role="img" {box} {size} {least} '
            f'aria-labelledby="{name}-title {name}-desc">'
            f'<title id="{name}-title">{escape(title)}</title>'
            f'<desc id="{name}-desc">{escape(description)}</desc>{inner.strip()}</svg>'
        )


def _renamed(found: re.Match[str], name: str) -> str:
    return f'href="#{name}-{found[1]}"' if found[1] else f"url(#{name}-{found[2]})"


def _sized(style: str) -> str:
    size = _SIZE.search(style)
    return f"font-size: {size[1]}px;" if size else ""


def wrapped(words: str, width: int, lines: int) -> list[str]:
    """Break words into lines of about ``width`` characters; the last ends in … when more follow.

    >>> wrapped("a proposal submitted by somebody", 12, 2)
    ['a proposal', 'submitted by…']
    """
    broken = textwrap.wrap(words, width, break_long_words=True) or [""]
    if len(broken) <= lines:
        return broken
    return [*broken[: lines - 1], f"{broken[lines - 1]}…"]
