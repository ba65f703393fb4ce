"""The record of one news report: what it must find, and that it is true to the report."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from goodoffices.analysis.impasse import impasse
from goodoffices.analysis.stability import stability
from goodoffices.casefile import read_case
from goodoffices.model import Case
from tests.examples.brute import findings, packages, zone

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "gaza-2025"
REPORT = Path(
    os.environ.get("GOODOFFICES_SEED", ROOT.parent / "shared/seed/news-report-2025-06-02.txt")
)
PARAGRAPHS = 28


def data() -> dict[str, Any]:
    """Return the case file as plain data, fresh for every reader."""
    loaded: dict[str, Any] = yaml.load(
        (FOLDER / "case.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
    )
    return loaded


@cache
def case() -> Case:
    """Return the case."""
    return read_case(FOLDER)


def sets(*ids: str) -> set[frozenset[str]]:
    """Return sets of positions written as "h1 i1"."""
    return {frozenset(text.split()) for text in ids}


# What the record must find


def test_no_package_meets_every_position() -> None:
    assert packages(case())
    assert zone(case()) == []


def test_every_point_of_contention_joins_the_guarantee_with_its_refusal() -> None:
    conflicts, _ = findings(case())
    assert conflicts == sets("h1 i1", "h1 i2 i3")
    for conflict in conflicts:
        assert "h1" in conflict
        assert conflict & {"i1", "i2"}


def test_the_smallest_ways_out_need_one_side_only_and_lie_on_either_side() -> None:
    _, ways_out = findings(case())
    assert ways_out == sets("h1", "i1 i3", "i1 i2")
    movers = {position.id: position.party for position in case().positions}
    assert [{movers[id] for id in way} for way in sorted(ways_out, key=sorted)] == [
        {"hamas"},
        {"israel"},
        {"israel"},
    ]


def test_without_the_demand_for_the_guarantee_the_framework_is_left() -> None:
    (package,) = zone(case(), without={"h1"})
    framework = next(proposal for proposal in case().proposals if proposal.id == "witkoff")
    assert framework.terms.items() <= package.items()


def test_without_the_refusals_a_guaranteed_truce_of_the_same_length_is_left() -> None:
    (package,) = zone(case(), without={"i1", "i3"})
    assert package["truce"] == "60-days"
    assert package["guarantee"] == "personal"
    assert package["end-of-war-talks"] == "required"


def test_a_permanent_truce_is_no_way_around_the_refusal_of_talks() -> None:
    left = zone(case(), without={"i1", "i2"})
    assert {package["truce"] for package in left} == {"permanent"}
    assert {package["captives"] for package in left} == {"none", "a-number", "all"}
    assert zone(case(), without={"i2"}) == []


def test_the_engine_finds_what_trying_everything_finds() -> None:
    result = impasse(case())
    conflicts, ways_out = findings(case())
    assert result.zone.empty
    assert result.conflicts_complete
    assert result.ways_out_complete
    assert {frozenset(conflict.positions) for conflict in result.conflicts} == conflicts
    assert {frozenset(way.relax) for way in result.ways_out} == ways_out
    for way in result.ways_out:
        assert way.packages == len(zone(case(), without=way.relax))
        assert way.example in zone(case(), without=way.relax)
        assert len(way.parties) == 1


def test_either_side_could_open_the_zone_alone() -> None:
    alone = impasse(case()).alone
    relaxed = {side: found.relax for side, found in alone.items() if found}
    assert relaxed == {"hamas": ("h1",), "israel": ("i1", "i3")}


def test_what_each_proposal_breaks_and_what_would_mend_it() -> None:
    found = impasse(case()).proposals
    breaks = {
        (id, side): broken
        for id, proposal in found.items()
        for side, broken in proposal.breaks.items()
        if broken
    }
    assert breaks == {
        ("witkoff", "hamas"): ("h1",),
        ("bahbah", "israel"): ("i1", "i3"),
        ("june-1", "israel"): ("i1", "i3"),
    }
    mends = {(a.after, tuple(a.change.items())) for a in found["witkoff"].amendments}
    assert (("h1",), ()) in mends


def changed(position: str, **keys: object) -> Case:
    """Return the case with keys of one position written otherwise."""
    other = data()
    (entry,) = (entry for entry in other["positions"] if entry["id"] == position)
    entry.update(keys)
    return Case.model_validate(other)


def without_rules(*ids: str) -> Case:
    """Return the case without some of its rules."""
    other = data()
    other["rules"] = [rule for rule in other["rules"] if rule["id"] not in ids]
    return Case.model_validate(other)


INDIVISIBLE = {
    "truce": "60-days",
    "captives": "a-number",
    "end-of-war-talks": "not-required",
    "guarantee": "none",
}


@pytest.mark.parametrize(
    ("reading", "conflicts", "ways_out"),
    [
        (changed("i2", requires=INDIVISIBLE), sets("h1 i1", "h1 i2"), sets("h1", "i1 i2")),
        (
            changed("h1", requires={"guarantee": "personal", "end-of-war-talks": "required"}),
            sets("h1 i1", "h1 i2 i3"),
            sets("h1", "i1 i2", "i1 i3"),
        ),
        (
            without_rules("permanent-ends-the-war"),
            sets("h1 i1 i2", "h1 i2 i3"),
            sets("h1", "i2", "i1 i3"),
        ),
        (
            without_rules("permanent-ends-the-war", "guarantee-of-talks"),
            sets("h1 i2 i3"),
            sets("h1", "i2", "i3"),
        ),
    ],
    ids=[
        "one framework-only position",
        "guarantee and talks",
        "no rule on ends",
        "no rule on words",
    ],
)
def test_other_readings_find_the_same_demand_in_every_point_of_contention(
    reading: Case, conflicts: set[frozenset[str]], ways_out: set[frozenset[str]]
) -> None:
    assert findings(reading) == (conflicts, ways_out)
    assert all("h1" in conflict for conflict in conflicts)


# What the record holds


def test_parties_and_roles() -> None:
    assert set(case().parties) == {"hamas", "israel"}
    roles = {id: set(third.roles) for id, third in case().third_parties.items()}
    assert roles["egypt"] == roles["qatar"] == {"mediator"}
    assert roles["united-states"] == {"mediator", "guarantor"}
    assert roles["bahbah"] == {"go-between"}
    assert {id for id, held in roles.items() if held == {"source"}} == {
        "un",
        "gaza-media-office",
        "anadolu",
        "getty",
    }


def test_every_position_rests_on_statements_of_its_party_or_of_the_report() -> None:
    for position in case().positions:
        assert position.source, position.id
        voices = {case().side_of(case().statements[id].by) for id in position.source}
        assert voices <= {position.party, None, "bahbah"}, position.id
        assert position.party in voices, position.id


def test_only_the_inferred_refusal_of_the_guarantee_is_not_reported() -> None:
    status = {position.id: position.status for position in case().positions}
    assert {id for id, value in status.items() if value != "reported"} == {"i3"}
    assert status["i3"] == "inferred"


def test_lineage_and_answers() -> None:
    proposals = {proposal.id: proposal for proposal in case().proposals}
    answers = {
        (id, side): (response.answer, response.with_)
        for id, proposal in proposals.items()
        for side, response in proposal.responses_until(case().day)
    }
    assert answers == {
        ("bahbah", "israel"): ("rejects", None),
        ("witkoff", "israel"): ("accepts", None),
        ("witkoff", "hamas"): ("counters", "june-1"),
        ("june-1", "united-states"): ("rejects", None),
    }
    assert proposals["june-1"].based_on == ("witkoff",)


def test_figures_with_bounds_dates_and_claimants() -> None:
    figures = {
        (figure.measure, figure.kind): (figure.bound, figure.value_text, figure.unit)
        for figure in case().figures.values()
    }
    assert figures == {
        ("war-duration", "claimed"): ("exactly", "20", "months"),
        ("truce-length", "claimed"): ("exactly", "60", "days"),
        ("reservists-called-up", "claimed"): ("at-most", "450000", "people"),
        ("share-of-territory-held", "claimed"): ("about", "40", "percent"),
        ("share-of-territory-held", "wanted"): ("exactly", "75", "percent"),
        ("share-of-territory-under-displacement-orders", "estimated"): ("exactly", "81", "percent"),
        ("residential-units-demolished", "claimed"): ("more-than", "240", "residential units"),
        ("share-of-structures-destroyed-or-damaged", "estimated"): ("exactly", "75", "percent"),
        ("share-of-housing-units-destroyed-or-damaged", "estimated"): (
            "more-than",
            "90",
            "percent",
        ),
        ("population", "claimed"): ("exactly", "2200000", "people"),
    }
    speakers = {id: case().statements[figure.source[0]].by for id, figure in case().figures.items()}
    assert {id: by for id, by in speakers.items() if by} == {
        "f6": "un",
        "f7": "gaza-media-office",
    }
    wanted = case().figures["f5"]
    assert str(wanted.by) == "2025-07-31"
    assert {str(case().figures[id].since) for id in ("f8", "f9")} == {"2023-10"}


def test_what_was_ordered_and_by_whom() -> None:
    orders = [(s.by, str(s.date)) for s in case().statements.values() if s.kind == "orders"]
    assert set(orders) == {
        ("israel-katz", "2025-06-01"),
        ("eyal-zamir", "2025-06-01"),
        ("israel", "2025-06-01"),
    }


def test_every_person_third_party_and_statement_is_spoken_of() -> None:
    text = (FOLDER / "case.yaml").read_text(encoding="utf-8")
    body = text[text.index("\nstatements:") :]
    spoken = {s.by for s in case().statements.values()} | {
        s.relayed_by for s in case().statements.values()
    }
    unspoken = (set(case().persons) | set(case().third_parties)) - spoken
    assert unspoken == {"donald-trump", "bahbah", "getty", "united-states"} - spoken
    assert "US president" in body
    assert "credited to Getty" in body


LOADED = "genocidal|devastating|brazen|extremist|scorched|criminal|total destruction|systematic"


def test_no_adjective_of_the_report_stands_outside_a_quote() -> None:
    ours = [s.says or "" for s in case().statements.values()]
    ours += [s.note or "" for s in case().statements.values()]
    ours += [p.says or "" for p in case().positions] + [r.says or "" for r in case().rules]
    ours.append((FOLDER / "README.md").read_text(encoding="utf-8"))
    assert not [text for text in ours if re.search(LOADED, text, re.IGNORECASE)]


def test_quotes_are_short_and_few() -> None:
    quotes = [s.quote for s in case().statements.values() if s.quote]
    quotes += [
        response.quote
        for proposal in case().proposals
        for _, response in proposal.responses_until(None)
        if response.quote
    ]
    assert max(len(quote.split()) for quote in quotes) <= 5
    assert sum(len(quote.split()) for quote in quotes) <= 90


# True to the report: where its text is present


@cache
def report_bytes() -> bytes:
    """Return the report, or skip the test where it is not present."""
    if not REPORT.is_file():
        pytest.skip("the report's text is not here; GOODOFFICES_SEED=FILE names it")
    return REPORT.read_bytes()


def paragraphs(text: str) -> list[str]:
    """Return runs of lines between blank lines."""
    return [part for part in re.split(r"\n[^\S\n]*(?:\n[^\S\n]*)+", text.strip()) if part.strip()]


def report() -> list[str]:
    """Return the report's paragraphs."""
    return paragraphs(report_bytes().decode("utf-8"))


def test_paragraphs_are_runs_of_lines() -> None:
    assert paragraphs("a\nb\n\nc\n \n\nd\n") == ["a\nb", "c", "d"]


@pytest.mark.seed
def test_the_digest_is_that_of_the_report() -> None:
    document = case().documents["report"]
    assert hashlib.sha256(report_bytes()).hexdigest() == document.sha256
    assert report()[0] == document.title


@pytest.mark.seed
def test_every_quote_is_in_its_paragraph() -> None:
    text = report()
    for id, statement in case().statements.items():
        assert statement.paragraph is not None, id
        assert (statement.quote or "") in text[statement.paragraph - 1], id


DIRECT = {"s2c", "s4", "s10b", "s14a", "s22b", "s23", "s25b", "s26b"}


@pytest.mark.seed
def test_the_quotes_listed_as_direct_speech_stand_in_quotation_marks() -> None:
    text = report()
    direct = set()
    for id, statement in case().statements.items():
        spoken = re.findall(r'"([^"]*)"', text[(statement.paragraph or 0) - 1])
        if statement.quote and any(statement.quote in part for part in spoken):
            direct.add(id)
    assert direct == DIRECT
    listed = (FOLDER / "case.yaml").read_text(encoding="utf-8")
    assert all(id in listed[: listed.index("\nstatements:")] for id in DIRECT)


@pytest.mark.seed
def test_every_paragraph_has_a_statement() -> None:
    assert len(report()) == PARAGRAPHS
    covered = {statement.paragraph for statement in case().statements.values()}
    assert covered == set(range(1, PARAGRAPHS + 1))


@pytest.mark.seed
def test_every_name_of_a_person_in_the_report_is_a_person() -> None:
    text = "\n".join(report())
    for person in case().persons.values():
        assert person.name.rsplit(" ", 1)[-1] in text, person.name
    titled = re.findall(
        r"(?:President|envoy|ally|minister,?|Minister|of Staff|told the army,) ((?:[A-Z]\w+ ?){2})",
        text,
    )
    names = {person.name for person in case().persons.values()}
    assert {name.strip() for name in titled} <= names
    assert len(titled) >= 6


NUMBER = re.compile(
    r"\d+(?:,\d{3})*(?:\.\d+)?(?: million)?|\b(?:two|three-quarters|three|dozens|hundreds)\b", re.I
)
WORTH = {"three-quarters": Decimal(75)}
NO_FIGURE = {
    (2, "4"): "minutes that the report takes to read",
    (2, "02"): "day of publication: the document's date",
    (2, "2025"): "day of publication: the document's date",
    (6, "two"): "the sides of the talks: the parties of the case",
    (18, "dozens"): "orders: no number is given; in a statement",
    (18, "three"): "months that the orders were issued in: the figure's `since`",
    (21, "hundreds"): "buildings: no number is given; in a statement",
    (24, "2023"): "since when: the figures' `since`",
    (28, "dozens"): "bulldozers: no number is given; in a statement",
}


def numbers() -> Iterator[tuple[int, str]]:
    """Yield every number of the report with its paragraph."""
    for index, paragraph in enumerate(report(), start=1):
        yield from ((index, found.lower()) for found in NUMBER.findall(paragraph))


def worth(text: str) -> Decimal:
    """Return what a number of the report amounts to."""
    if text in WORTH:
        return WORTH[text]
    digits, _, million = text.replace(",", "").partition(" ")
    return Decimal(digits) * (10**6 if million else 1)


@pytest.mark.seed
def test_every_number_is_a_figure_or_has_a_reason_not_to_be() -> None:
    figures = {
        (case().statements[figure.source[0]].paragraph, figure.value)
        for figure in case().figures.values()
    }
    found = set(numbers())
    assert set(NO_FIGURE) <= found
    read = {(place, worth(text)) for place, text in found - set(NO_FIGURE)}
    assert read == figures


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Return every run of so many words."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[k : k + length]) for k in range(len(words) - length + 1)}


@pytest.mark.seed
@pytest.mark.parametrize("name", ["case.yaml", "README.md"])
def test_no_run_of_the_reports_words_is_copied(name: str) -> None:
    title, *rest = report()
    ours = (FOLDER / name).read_text(encoding="utf-8").replace(title, "")
    assert runs(ours, 7) & runs("\n".join(rest), 7) == set()


# What would hold, in the analyst's reading


def test_both_sides_have_the_same_part_in_the_moves() -> None:
    moves = case().moves
    assert moves is not None
    assert moves.status == "inferred"
    assert [option.by for option in moves.options.values()] == ["hamas", "israel"]
    orders = {party: preference.statements for party, preference in moves.preferences.items()}
    assert [len(statements or ()) for statements in orders.values()] == [2, 2]
    for party, preference in moves.preferences.items():
        assert preference.source
        assert "The analyst's reading" in (preference.note or "")
        assert set(preference.source) <= set(case().statements), party


def test_no_truce_is_left_by_both_together_only() -> None:
    found = stability(case())
    assert found.now == "no-truce"
    assert found.equilibria["nash"] == ("no-truce",)
    assert set(found.equilibria["seq"]) == {"no-truce", "truce-of-both"}
    (joint,) = found.coalitions.departures
    assert (joint.state, joint.parties, joint.to) == (
        "no-truce",
        ("hamas", "israel"),
        "truce-of-both",
    )


@pytest.mark.parametrize("party", ["hamas", "israel"])
def test_another_order_of_either_sides_lines_leaves_no_joint_move(party: str) -> None:
    changed = data()
    changed["moves"]["preferences"][party]["statements"].reverse()
    assert stability(Case.model_validate(changed)).coalitions.departures == ()
