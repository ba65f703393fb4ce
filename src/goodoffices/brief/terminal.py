"""A brief on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from goodoffices.brief.contents import (
    Brief,
    Cell,
    IssueRow,
    NewOptionLine,
    PositionLine,
    ProposalLine,
    SourceLine,
    TermLine,
    WayLine,
)
from goodoffices.brief.lineage import tree_lines
from goodoffices.brief.paper import Paper, capital, firmness
from goodoffices.brief.phrases import shown
from goodoffices.brief.section_names import CONFIDENTIAL
from goodoffices.brief.terminal_movement import print_chart, print_moves, print_silences
from goodoffices.brief.terminal_record import print_facts, print_gaps, print_method, print_record
from goodoffices.brief.words import MARKED

GRID_COLUMN = 34
"""Narrowest column of the grid; where the console is too narrow the parties stand in a list."""


def print_brief(brief: Brief, console: Console) -> None:
    """Print every section of a brief."""
    paper = Paper(console)
    paper.title(brief.title)
    paper.line(f"Mediator's brief, as of {brief.as_of}" if brief.as_of else "Mediator's brief")
    if brief.confidential:
        paper.line(Text(CONFIDENTIAL, style="bold reverse"))
    parts = {
        "glance": _glance, "standing": _standing, "table": _table, "stuck": print_stuck,
        "freeing": print_freeing, "giving": print_giving, "movement": _movement,
        "holding": _holding, "arranging": _arranging, "facts": print_facts, "record": print_record,
        "gaps": print_gaps, "method": print_method,
    }  # fmt: skip
    for number, (key, name) in enumerate(brief.sections.items(), 1):
        paper.heading(f"{number}  {name}")
        parts[key](paper, brief)


def _holding(paper: Paper, brief: Brief) -> None:
    from goodoffices.brief.terminal_stability import print_holding

    assert brief.holding is not None  # else the section is not there
    print_holding(paper, brief.holding)


def _arranging(paper: Paper, brief: Brief) -> None:
    from goodoffices.brief.terminal_stability import print_arranging

    assert brief.holding is not None  # else the section is not there
    print_arranging(paper, brief.holding)


def _glance(paper: Paper, brief: Brief) -> None:
    glance = brief.glance
    if brief.summary:
        paper.line(brief.summary)
        paper.gap()
    paper.field("Parties", "; ".join(party.name for party in glance.parties))
    thirds = [f"{third.name} ({', '.join(third.roles)})" for third in glance.third_parties]
    paper.field("Third parties", "; ".join(thirds))
    paper.gap()
    paper.line(Text(shown(glance.zone), style="bold"))
    paper.line(glance.contention)
    for sentence in glance.new_options:
        paper.line(sentence)
    paper.line(glance.way_out)
    if glance.alone:
        paper.line(glance.alone)
    paper.line(glance.record)


def _standing(paper: Paper, brief: Brief) -> None:
    parties = len(brief.glance.parties)
    column = (paper.width - 24) // max(parties, 1)
    if parties > 1 and column >= GRID_COLUMN:
        _grid(paper, brief, column)
    else:
        for row in brief.standing:
            _stacked(paper, brief, row)
    legend = "◆ red line   ■ firm   □ open   — no position."
    number = list(brief.sections).index("record") + 1
    paper.quiet(f"{legend} The ids after “from” are statements in section {number}.")


def _grid(paper: Paper, brief: Brief, column: int) -> None:
    table = Table(box=box.SIMPLE_HEAD, leading=1, padding=(0, 1), show_edge=False)
    table.add_column("Issue", width=20, overflow="fold")
    for party in brief.glance.parties:
        table.add_column(Text(shown(party.name)), width=column - 3, overflow="fold")
    for row in brief.standing:
        table.add_row(_issue_text(row), *(_cell_text(brief, row, cell) for cell in row.cells))
    paper.console.print(table, markup=False, highlight=False)
    paper.gap()


def _issue_text(row: IssueRow) -> Group:
    parts = [Text(capital(shown(row.label)), style="bold"), Text(shown(row.question))]
    parts += [Text(shown(note), style="dim") for note in issue_notes(row)]
    return Group(*parts)


def issue_notes(row: IssueRow) -> list[str]:
    """Return what is known of an issue apart from the parties' positions."""
    notes = [f"Options: {row.range or ', '.join(option.words for option in row.options)}"]
    if row.now:
        notes.append(f"Now: {row.now}")
    if row.given_by:
        notes.append(f"Given by: {row.given_by}")
    return notes + ([row.zone] if row.zone else [])


def _cell_text(brief: Brief, row: IssueRow, cell: Cell) -> Group:
    parts: list[Text] = []
    for id in cell.asks:
        position = brief.positions[id]
        parts.append(Text.assemble((f"{shown(id)} ", "bold"), shown(position.sentence)))
        first = brief.rows_of[id]
        again = Text(f"see {shown(first.label)}", style="dim")
        parts.append(about_position(position) if first is row else again)
    parts += [Text(f"{bearing(brief, id)} bears on this too", style="dim") for id in cell.bears]
    return Group(*(parts or [Text("—", style="dim")]))


def bearing(brief: Brief, id: str) -> str:
    """Return the id of a position that only bears on an issue, marked as its sentence is."""
    status = brief.positions[id].status
    return f"{shown(id)} ({status})" if status in MARKED else shown(id)


def about_position(position: PositionLine) -> Text:
    """Return a position's firmness, status, dates and sources."""
    facts = [position.status]
    facts.append(f"since {position.since}" if position.since else "no date")
    if position.until:
        facts.append(f"until {position.until}")
    facts.append(from_words(position.sources))
    rest = shown(" · ".join(facts))
    return Text.assemble(firmness(position.firmness), (f" · {rest}", "dim"))


def from_words(sources: Iterable[SourceLine]) -> str:
    """Return the statements that something rests on, by id."""
    ids = [f"{s.statement}{'' if s.known else ' (dated later)'}" for s in sources]
    return f"from {', '.join(ids)}" if ids else "no source"


def _stacked(paper: Paper, brief: Brief, row: IssueRow) -> None:
    paper.sub(f"{row.label}: {row.question}")
    for note in issue_notes(row):
        paper.quiet(note, indent=2)
    for cell in row.cells:
        if not cell.asks and not cell.bears:
            paper.line(f"{cell.party_name}: —", indent=2)
        for id in cell.asks:
            if brief.rows_of[id] is row:
                positions_block(paper, brief, [id], indent=2)
            else:
                seen = f"{brief.positions[id].sentence} (see {brief.rows_of[id].label})"
                paper.line(seen, lead=f"{shown(id)}  ", indent=2)
        for id in cell.bears:
            words = f"{bearing(brief, id)} of {cell.party_name} bears on this too"
            paper.quiet(words, indent=2)


def positions_block(paper: Paper, brief: Brief, ids: Iterable[str], *, indent: int = 4) -> None:
    """Write positions, each with its id, sentence and what is known of it."""
    for id in ids:
        position = brief.positions[id]
        paper.line(position.sentence, lead=f"{shown(id)}  ", indent=indent)
        paper.line(about_position(position), indent=indent + len(shown(id)) + 2)


def _table(paper: Paper, brief: Brief) -> None:
    if not brief.proposals:
        paper.line("No proposal is recorded.")
        return
    for line in tree_lines(brief.proposals):
        paper.line(line.text, lead=line.lead)
    for proposal in brief.proposals:
        _proposal(paper, brief, proposal)


def _proposal(paper: Paper, brief: Brief, proposal: ProposalLine) -> None:
    paper.sub(f"{proposal.name} ({proposal.id})")
    paper.line(f"{proposal.sentence} {capital(from_words(proposal.sources))}.", indent=2)
    if proposal.says:
        paper.line(proposal.says, indent=2)
    for term in proposal.terms:
        paper.line(term.option, lead=f"{shown(term.label)}: ", indent=4)
    paper.field("Names nothing on", ", ".join(proposal.open_issues), indent=2)
    for difference in proposal.differences:
        paper.line(f"Against {difference.base_name}:", indent=2)
        paper.bullets(difference.sentences, indent=4)
    if proposal.answers:
        paper.line("Answers:", indent=2)
    for answer in proposal.answers:
        quote = f" “{answer.quote}”" if answer.quote else ""
        paper.line(f"{answer.sentence}{quote} {capital(from_words(answer.sources))}.",
                   lead="• ", indent=4)  # fmt: skip
    paper.field("No answer recorded from", ", ".join(proposal.silent), indent=2)
    print_standing_of(paper, brief, proposal)


def print_standing_of(paper: Paper, brief: Brief, proposal: ProposalLine) -> None:
    """Print whether a proposal lies in the zone, what it breaks, and its amendments."""
    paper.line(proposal.standing, indent=2)
    positions_block(paper, brief, proposal.breaks)
    if proposal.amendments and not brief.finding.proposals[proposal.id].acceptable:
        paper.line("Smallest amendments:", indent=2)
        for amendment in proposal.amendments:
            paper.line(amendment.head, indent=4)
            paper.bullets(amendment.changes, indent=6)
    paper.quiet(proposal.amendments_left_out, indent=4)


def print_stuck(paper: Paper, brief: Brief) -> None:
    """Print the points of contention by knots, and where a new option is needed."""
    paper.line(brief.stuck.sentence)
    for knot in brief.stuck.knots:
        if len(brief.stuck.knots) > 1:
            paper.sub(f"Knot {knot.id}: {knot.sentence}")
        for conflict in knot.conflicts:
            paper.gap()
            paper.line(conflict.sentence, lead=f"{conflict.id}  ", indent=2)
            positions_block(paper, brief, conflict.positions, indent=6)
        paper.quiet(knot.left_out, indent=2)
    for new in brief.stuck.new_options:
        _new_option(paper, new)


def _new_option(paper: Paper, new: NewOptionLine) -> None:
    paper.sub(f"A new option: {new.label}")
    paper.line(new.sentence, indent=2)
    paper.bullets(new.refused, indent=4)
    paper.bullets(new.demands, indent=4)
    paper.line(new.opens, indent=2)
    terms(paper, new.example, "With it, for example", indent=4)


def terms(paper: Paper, package: Iterable[TermLine], name: str, *, indent: int) -> None:
    """Write a package on one line."""
    words = "; ".join(f"{term.label}: {term.option}" for term in package)
    paper.field(name, words, indent=indent)


def print_freeing(paper: Paper, brief: Brief) -> None:
    """Print the ways out, cheapest first."""
    freeing = brief.freeing
    paper.line(freeing.sentence)
    terms(paper, freeing.example, "Package", indent=2)
    for number, way in enumerate(freeing.ways_out, 1):
        _way(paper, brief, number, way)
    paper.quiet(freeing.left_out)


def _way(paper: Paper, brief: Brief, number: int, way: WayLine) -> None:
    paper.gap()
    paper.line(way.sentence, lead=f"{number}. ", indent=2)
    paper.field("Moves", way.who, indent=5)
    paper.line(_given_up(brief, way.relax), lead="Gives up: ", indent=5)
    terms(paper, way.example, "For example", indent=5)


def _given_up(brief: Brief, ids: Iterable[str]) -> Text:
    parts = [Text.assemble(f"{shown(id)} ", firmness(brief.positions[id].firmness)) for id in ids]
    return Text(", ").join(parts)


def print_giving(paper: Paper, brief: Brief) -> None:
    """Print what each side would have to give."""
    if not brief.finding.zone.empty:
        paper.line("The zone is open: nobody has to move for it.")
        return
    for alone in brief.giving.alone:
        paper.line(alone.sentence, lead="• ", indent=2)
    paper.line(brief.giving.even, lead="• ", indent=2)
    shares = "; ".join(f"{share.party_name}: {share.cost}" for share in brief.giving.burdens)
    paper.field("It asks", shares, indent=4)


def _movement(paper: Paper, brief: Brief) -> None:
    lines = brief.movement
    if lines is None:
        return
    paper.line(lines.sentence)
    print_chart(paper, lines)
    print_moves(paper, lines)
    print_silences(paper, lines)
    paper.gap()
    for sentence in lines.definition[:-1]:
        paper.quiet(sentence)
