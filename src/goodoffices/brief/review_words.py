"""What an editor would ask about a case, in words: one sentence for each warning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from goodoffices.analysis.review import EditorWarning, WarningKind
from goodoffices.brief.phrases import date_words, figure_words, label, listed, name_of, spaced
from goodoffices.model import Case, PartialDate

Wording = Callable[[Case, EditorWarning], str]


def warning_words(case: Case, warning: EditorWarning) -> str:
    """Return a warning as a sentence, with what to do about it.

    >>> from goodoffices.analysis.review import EditorWarning
    >>> case = Case.model_validate({"case": "Talks", "parties": {"ana": {"name": "Ana"}}})
    >>> silent = EditorWarning("party-without-position", ("parties", "ana"), {"party": "ana"})
    >>> warning_words(case, silent)
    'no position of Ana is recorded'
    """
    return _WORDINGS[warning.kind](case, warning)


def _without_source(_: Case, warning: EditorWarning) -> str:
    return f"position {warning.about['position']} rests on no statement: name its source"


def _proposal_without_source(_: Case, warning: EditorWarning) -> str:
    return f"proposal {warning.about['proposal']} rests on no statement: name its source"


def _answer_without_source(case: Case, warning: EditorWarning) -> str:
    side, proposal = name_of(case, warning.about["side"]), warning.about["proposal"]
    return f"an answer of {side} to proposal {proposal} rests on no statement: name its source"


def _shown_as_stated(case: Case, warning: EditorWarning) -> str:
    party = name_of(case, warning.about["party"])
    return (
        f"position {warning.about['position']} is shown as stated, but no statement by {party} "
        "is among its sources: is it reported, or inferred?"
    )


def _contradicts(case: Case, warning: EditorWarning) -> str:
    ids = warning.about["positions"]
    party, day = name_of(case, warning.about["party"]), _day(warning)
    if len(ids) == 1:
        return f"no package meets position {ids[0]} of {party}{day}, whatever else is agreed"
    return (
        f"positions {listed(ids)} of {party} cannot be met together{day}: "
        "has one of them ended, or is it an offer?"
    )


def _rules_contradict(_: Case, __: EditorWarning) -> str:
    return "no package meets all the rules: no agreement is possible under them, whoever moves"


def _accepts(case: Case, warning: EditorWarning) -> str:
    about = warning.about
    red = f", red line {listed(about['red_lines'])} among them" if about["red_lines"] else ""
    return (
        f"{name_of(case, about['party'])} accepts proposal {about['proposal']}, which breaks its "
        f"own position {listed(about['positions'])} in force{_day(warning)}{red}: "
        "this is news, or a gap in the record"
    )


def _rejects(case: Case, warning: EditorWarning) -> str:
    about = warning.about
    return (
        f"{name_of(case, about['party'])} rejects proposal {about['proposal']}, which leaves room "
        f"for every position of its own in force{_day(warning)}: "
        "this is news, or a position is missing"
    )


def _no_position(case: Case, warning: EditorWarning) -> str:
    return f"no position speaks of {label(case, warning.about['issue'])}"


def _disagree(case: Case, warning: EditorWarning) -> str:
    one, other = warning.about["figures"]
    claims = [f"{id} ({figure_words(case.figures[id])})" for id in (one, other)]
    return f"figures on {spaced(warning.about['measure'])} disagree: {listed(claims)}"


def _silent(case: Case, warning: EditorWarning) -> str:
    return f"no position of {name_of(case, warning.about['party'])} is recorded"


def _day(warning: EditorWarning) -> str:
    day = warning.about.get("day")
    return f" on {date_words(PartialDate.of_day(date.fromisoformat(day)))}" if day else ""


_WORDINGS: dict[WarningKind, Wording] = {
    "position-without-source": _without_source,
    "proposal-without-source": _proposal_without_source,
    "answer-without-source": _answer_without_source,
    "inferred-shown-as-stated": _shown_as_stated,
    "party-contradicts-itself": _contradicts,
    "rules-contradict": _rules_contradict,
    "accepts-against-position": _accepts,
    "rejects-what-it-could-accept": _rejects,
    "issue-without-position": _no_position,
    "figures-disagree": _disagree,
    "party-without-position": _silent,
}
