"""The graph of states as a drawing: who could move from which state to which, and would want to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from goodoffices.brief.hold_words import NO_MARK
from goodoffices.brief.holding import ArcLine, Drawing, Holding
from goodoffices.brief.phrases import counted, listed, plain
from goodoffices.brief.plots import Sheet, wrapped

STYLES = ("-", "--", ":", "-.")
"""The lines of the movers, one after the other; more movers than these also have letters."""
SEED = 0
BOX = 30.0
LETTER = 6.4
SPACE = 112.0
"""Points between states, about."""
MARGIN = 46.0
LEGEND = 17.0
ROW = 6
"""How many states without a move between them stand side by side."""
_CHARACTERS = 18


@dataclass(frozen=True, slots=True)
class _Node:
    """A state with its place: the middle of its box, and what stands in it."""

    x: float
    y: float
    width: float
    lines: tuple[str, ...]
    holds: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """The moves of one side between two states: an arrow where it would want to go."""

    by: str
    start: str
    end: str
    wanted: bool
    both: bool


def states_svg(holding: Holding) -> str:
    """Return the drawing of the states; "" when there is none."""
    drawing = holding.drawing
    if not drawing.states:
        return ""
    nodes = _nodes(holding)
    lines = _lines(drawing.arcs)
    movers = {arc.by: plain(arc.by_name) for arc in drawing.arcs}
    legend = _legend(movers, light=not all(line.wanted for line in lines))
    width = max(node.x + node.width / 2 for node in nodes.values()) + MARGIN / 2
    bottom = max(node.y for node in nodes.values()) + MARGIN
    sheet = Sheet(max(width, 330.0), bottom + LEGEND * (len(legend) + 0.5))
    styles = {mover: STYLES[place % len(STYLES)] for place, mover in enumerate(movers)}
    boxes = {id: _box(sheet, node) for id, node in nodes.items()}
    for line in lines:
        sheet.arrow(boxes[line.start], boxes[line.end], style=styles[line.by],
                    head=line.wanted or not line.both, strong=line.wanted)  # fmt: skip
    for number, (style, words) in enumerate(legend):
        y = bottom + LEGEND * number
        if style:
            sheet.line([(16, y - 4), (46, y - 4)], "ink", 1.5, style=style)
        sheet.text(54 if style else 16, y, words, size=10, colour="quiet")
    return sheet.svg("states", "The graph of states", described(holding))


def _legend(movers: Mapping[str, str], *, light: bool) -> list[tuple[str, str]]:
    rows = [
        (STYLES[place % len(STYLES)], wrapped(name, 44, 1)[0])
        for place, name in enumerate(movers.values())
    ]
    rows.append(("", "Dark arrow: the mover prefers where it leads."))
    if light:
        rows.append(("", "Light: it could go there, and does not prefer it."))
    return rows


def _nodes(holding: Holding) -> dict[str, _Node]:
    """Return the states with their places, from the layout of a library, in points."""
    drawing = holding.drawing
    columns = {column.id: column for column in holding.columns}
    places = placed(drawing)
    nodes = {}
    for id in drawing.states:
        column = columns[id]
        about = [
            *(["now"] if column.now else []),
            *([column.mark] if column.mark != NO_MARK else []),
        ]
        lines = (wrapped(plain(id), _CHARACTERS, 1)[0], " · ".join(about))
        width = max(BOX, LETTER * max(map(len, lines)) + 12)
        x, y = places[id]
        nodes[id] = _Node(x, y, width, lines, column.mark != NO_MARK)
    return nodes


def placed(drawing: Drawing) -> dict[str, tuple[float, float]]:
    """Return where each state stands, in whole points from the upper left.

    Every state repels the others and moves draw them together, so that what is near in moves
    is near on the page.
    """
    linked = {end for arc in drawing.arcs for end in (arc.start, arc.end)}
    places = _linked([id for id in drawing.states if id in linked], drawing.arcs)
    alone = [id for id in drawing.states if id not in linked]
    bottom = max((y for _, y in places.values()), default=MARGIN - SPACE)
    for number, id in enumerate(alone):
        row, column = divmod(number, ROW)
        places[id] = (MARGIN + SPACE * column, bottom + SPACE * (row + 1))
    return places


def _linked(states: Sequence[str], arcs: Sequence[ArcLine]) -> dict[str, tuple[float, float]]:
    """Return where the states between which there are moves stand."""
    if not states:
        return {}
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(states)
    graph.add_edges_from((arc.start, arc.end) for arc in arcs)
    number = len(states)
    found = nx.spring_layout(graph, iterations=300, seed=SEED, k=2.2 / number**0.5)
    span = SPACE * max(1.0, number**0.5 - 0.4)
    across = _stretched({id: float(place[0]) for id, place in found.items()}, span * 1.25)
    down = _stretched({id: float(place[1]) for id, place in found.items()}, span * 0.8)
    places = {id: (across[id] + MARGIN, down[id] + MARGIN) for id in states}
    if not _crowded(places.values()):
        return places
    # Groups that nothing joins drive each other away, and each is pressed together.
    radius = SPACE * number / 6
    return {
        id: (float(round(MARGIN + radius * (1 + x))), float(round(MARGIN + radius * (1 + y))))
        for id, (x, y) in nx.circular_layout(graph).items()
    }


def _crowded(places: Iterable[tuple[float, float]]) -> bool:
    """Whether two states come so near that boxes of the least width would touch."""
    return any(
        abs(x - across) < BOX and abs(y - down) < BOX
        for (x, y), (across, down) in combinations(places, 2)
    )


def _stretched(values: Mapping[str, float], span: float) -> dict[str, float]:
    """Return values moved and stretched to reach from 0 to a span, in whole numbers."""
    low, high = min(values.values()), max(values.values())
    factor = span / (high - low) if high - low > 1e-6 else 0.0
    return {id: float(round((value - low) * factor)) for id, value in values.items()}


def _lines(arcs: Sequence[ArcLine]) -> list[_Line]:
    """Return a line for each pair of states and mover: there and back are one."""
    wanted = {(arc.by, arc.start, arc.end): arc.improving for arc in arcs}
    lines = []
    for (by, start, end), improving in wanted.items():
        back = wanted.get((by, end, start))
        if back is None or improving or (not back and start < end):
            lines.append(_Line(by, start, end, improving, back is not None))
    return sorted(lines, key=lambda line: line.wanted)


def _box(sheet: Sheet, node: _Node) -> object:
    height = BOX if node.lines[1] else 22.0
    patch = sheet.box(node.x - node.width / 2, node.y - height / 2, node.width, height,
                      strong=node.holds)  # fmt: skip
    top = node.y + (-1 if node.lines[1] else 4)
    sheet.text(node.x, top, node.lines[0], weight="bold", anchor="center", size=11)
    if node.lines[1]:
        sheet.text(node.x, node.y + 11, node.lines[1], anchor="center", size=9)
    return patch


def described(holding: Holding) -> str:
    """Return the drawing in words, for those who do not see it."""
    drawing = holding.drawing
    wanted = [arc for arc in drawing.arcs if arc.improving]
    moves = (f"{plain(arc.by_name)} from {arc.start} to {arc.end}" for arc in wanted)
    words = f"{counted(len(drawing.states), 'state')}: {listed(drawing.states)}."
    return plain(f"{words} Moves that their makers prefer: {'; '.join(moves) or 'none'}.")
