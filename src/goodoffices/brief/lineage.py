"""The lineage of proposals: as a tree of lines, and as boxes on a grid with links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goodoffices.brief.contents import ProposalLine
from goodoffices.brief.phrases import listed


@dataclass(frozen=True, slots=True)
class TreeLine:
    """One line of the tree: the strokes in front, and what it says."""

    lead: str
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """A proposal on the grid: a column for each author, a row for each proposal."""

    id: str
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes and the links between them, each from the base to what is based on it."""

    authors: tuple[str, ...]
    boxes: tuple[Box, ...]
    links: tuple[tuple[str, str], ...]


def tree_lines(proposals: Sequence[ProposalLine]) -> Iterator[TreeLine]:
    """Yield the proposals as a tree; one based on several stands under the first of them."""
    children: dict[str, list[ProposalLine]] = {}
    for proposal in proposals:
        first = proposal.based_on[0] if proposal.based_on else ""
        children.setdefault(first, []).append(proposal)
    stack = [("", "", proposal) for proposal in reversed(children.get("", []))]
    while stack:
        lead, under, proposal = stack.pop()
        yield TreeLine(lead, tree_words(proposal, proposals))
        below = children.get(proposal.id, [])
        for index in reversed(range(len(below))):
            last = index == len(below) - 1
            strokes = ("└─ ", "   ") if last else ("├─ ", "│  ")
            stack.append((under + strokes[0], under + strokes[1], below[index]))


def tree_words(proposal: ProposalLine, proposals: Sequence[ProposalLine]) -> str:
    """Return a proposal in a line: name, author, date and, beyond the first, what it is based on.

    The names of further bases are given, since a tree shows one only.
    """
    names = {other.id: other.name for other in proposals}
    also = [names[base] for base in proposal.based_on[1:]]
    more = f", based on {listed(also)} too" if also else ""
    return f"{proposal.name} ({proposal.author}, {proposal.date}){more}"


def drawing(proposals: Sequence[ProposalLine]) -> Drawing:
    """Lay the proposals out: time runs down, each author has a column."""
    authors = tuple(dict.fromkeys(proposal.author for proposal in proposals))
    boxes = tuple(
        Box(proposal.id, authors.index(proposal.author), row)
        for row, proposal in enumerate(proposals)
    )
    links = tuple((base, proposal.id) for proposal in proposals for base in proposal.based_on)
    return Drawing(authors, boxes, links)


def described(proposals: Sequence[ProposalLine]) -> str:
    """Return the drawing as a text, for whoever does not see it."""
    names = {proposal.id: proposal.name for proposal in proposals}
    sentences = []
    for proposal in proposals:
        bases = listed(names[base] for base in proposal.based_on)
        based = f", based on {bases}" if bases else ""
        sentences.append(f"{proposal.name} by {proposal.author}, {proposal.date}{based}.")
    return " ".join(sentences)
