"""The lineage of proposals as a drawing: an author a column, time runs down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goodoffices.brief.contents import ProposalLine
from goodoffices.brief.lineage import described, drawing
from goodoffices.brief.plots import Sheet, wrapped

COLUMN = 232.0
GUTTER = 28.0
HEAD = 34.0
ROW_GAP = 30.0
LINE = 15.0
PAD = 10.0
_CHARACTERS = 31


@dataclass(frozen=True, slots=True)
class _Placed:
    """A box with its place and what stands in it: texts with colour and weight."""

    x: float
    y: float
    height: float
    lines: tuple[tuple[str, str, str], ...]

    @property
    def middle(self) -> float:
        return self.x + COLUMN / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height


def lineage_svg(proposals: Sequence[ProposalLine]) -> str:
    """Return the drawing of the proposals; "" when there is none."""
    if not proposals:
        return ""
    laid = drawing(proposals)
    placed = _place(proposals)
    width = len(laid.authors) * (COLUMN + GUTTER) + GUTTER
    height = max(box.bottom for box in placed.values()) + PAD
    sheet = Sheet(width, height)
    for column, author in enumerate(laid.authors):
        x = GUTTER + column * (COLUMN + GUTTER)
        sheet.text(x, 18, wrapped(author, _CHARACTERS, 1)[0], weight="bold", colour="quiet")
        sheet.line([(x, 25), (x + COLUMN, 25)], "rule", 1)
    for number, (base, follower) in enumerate(laid.links):
        _link(sheet, placed[base], placed[follower], shift=3.0 * (number % 4))
    for box in placed.values():
        _draw(sheet, box)
    return sheet.svg("lineage", "Lineage of the proposals", described(proposals))


def _place(proposals: Sequence[ProposalLine]) -> dict[str, _Placed]:
    columns = {box.id: box.column for box in drawing(proposals).boxes}
    placed: dict[str, _Placed] = {}
    y = HEAD + 4
    for proposal in proposals:
        lines = _lines(proposal)
        height = 2 * PAD + LINE * len(lines) - 3
        x = GUTTER + columns[proposal.id] * (COLUMN + GUTTER)
        placed[proposal.id] = _Placed(x, y, height, lines)
        y += height + ROW_GAP
    return placed


def _lines(proposal: ProposalLine) -> tuple[tuple[str, str, str], ...]:
    lines = [(part, "ink", "bold") for part in wrapped(proposal.name, _CHARACTERS, 3)]
    lines.append((proposal.date, "quiet", "normal"))
    for answer in proposal.answers:
        words = f"→ {answer.short}"
        lines += [(part, "ink", "normal") for part in wrapped(words, _CHARACTERS + 4, 2)]
    return tuple(lines)


def _draw(sheet: Sheet, box: _Placed) -> None:
    sheet.box(box.x, box.y, COLUMN, box.height)
    for number, (words, colour, weight) in enumerate(box.lines):
        y = box.y + PAD + LINE * number + 9
        sheet.text(box.x + PAD, y, words, colour=colour, weight=weight)


def _link(sheet: Sheet, base: _Placed, follower: _Placed, *, shift: float) -> None:
    """Draw the way from a base to what follows it through the gaps between boxes."""
    below = base.bottom + 8 + shift
    above = follower.y - 14 + shift / 2
    gutter = follower.x - 8 - shift
    start, end = base.middle + shift * 4, follower.middle
    if follower.y - base.bottom <= ROW_GAP:
        points = [(start, base.bottom), (start, above), (end, above), (end, follower.y - 5)]
    else:
        points = [(start, base.bottom), (start, below), (gutter, below), (gutter, above),
                  (end, above), (end, follower.y - 5)]  # fmt: skip
    sheet.line(points, "accent", 1.6)
    sheet.marker(end, follower.y - 5, "v", size=8)
