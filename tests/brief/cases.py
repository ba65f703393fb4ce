"""Small cases for the tests of the brief, and the briefs of the examples."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from goodoffices.analysis.impasse import impasse
from goodoffices.analysis.movement import movement
from goodoffices.analysis.stability import move_problems, stability
from goodoffices.brief import SHOWN, Brief, brief
from goodoffices.casefile import read_case
from goodoffices.model import Case
from tests.house.source import ROOT

EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/case.yaml"))
GOLDEN = Path(__file__).parent / "golden"


@cache
def example(name: str) -> Case:
    return read_case(ROOT / "examples" / name)


@cache
def example_brief(name: str, day: str = "") -> Brief:
    return brief_of(example(name).on(day) if day else example(name))


def made(data: dict[str, Any]) -> Case:
    """Return a case from plain data, with what every case needs."""
    return Case.model_validate(
        {"case": "Talks", "parties": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}}} | data
    )


def brief_of(case: Case, *, show: int = SHOWN) -> Brief:
    held = stability(case) if case.moves and not move_problems(case) else None
    return brief(case, impasse(case), moved=movement(case), stability=held, show=show)


SHIFTS = made(
    {
        "case": "Night shifts",
        "as-of": "2025-06-02",
        "third-parties": {"cleo": {"name": "Cleo", "roles": ["mediator", "guarantor"]}},
        "persons": {"dan": {"name": "Dan Ode", "role": "speaker", "of": "ana"}},
        "documents": {
            "paper": {"title": "The paper", "publisher": "Gazette", "published": "2025-06-01",
                      "url": "https://gazette.example/paper"},
            "late": {"title": "Later words", "published": "2025-07-01"},
        },
        "statements": {
            "s1": {"document": "paper", "paragraph": 3, "by": "dan", "kind": "demands",
                   "date": "2025-05", "says": "Wants nights paid.", "quote": "paid nights"},
            "s2": {"document": "paper", "span": [4, 20], "by": "ben", "relayed-by": "cleo",
                   "kind": "refuses", "date": "2025-06-01"},
            "s3": {"document": "paper", "kind": "says"},
            "s9": {"document": "late", "by": "ana", "kind": "says", "date": "2025-06-20"},
        },
        "figures": {
            "f1": {"measure": "night-shifts", "value": 1200, "bound": "at-most", "unit": "shifts",
                   "as-of": "2025-05", "source": "s1"},
            "f2": {"measure": "night-shifts", "value": 1500, "bound": "about", "unit": "shifts",
                   "as-of": "2025-05-20", "source": "s2"},
            "f3": {"measure": "night-shifts", "value": 900, "unit": "shifts", "kind": "wanted",
                   "by": "2026", "source": "s1"},
        },
        "issues": {
            "pay": {"question": "How much more?", "range": {"from": 0, "to": 5, "unit": "percent"},
                    "now": "0"},
            "nights": {"name": "Night work", "question": "Who works at night?",
                       "options": {"all": "everybody", "some": "volunteers", "none": "nobody"},
                       "now": "all", "given-by": "cleo"},
            "bus": {"question": "Is there a bus?", "options": ["no", "yes"]},
        },
        "rules": [{"id": "r1", "refuses": {"nights": "none"}, "says": "The ward stays open."}],
        "positions": [
            {"id": "a1", "party": "ana", "requires": {"pay": {"at-least": 3}}, "source": "s1",
             "when": {"nights": {"not": "none"}}, "since": "2025-05", "firmness": "red-line"},
            {"id": "a2", "party": "ana", "offers": {"nights": "all"}, "since": "2025-05-20",
             "in-return-for": {"pay": 5}, "status": "confidential", "source": ["s1", "s9"]},
            {"id": "b1", "party": "ben", "refuses": {"pay": {"at-least": 3}}, "source": "s2"},
            {"id": "b2", "party": "ben", "prefers": {"nights": "all"}, "over": {"nights": "some"},
             "status": "inferred", "firmness": "open"},
        ],
        "proposals": [
            {"id": "p1", "name": "First paper", "by": "ben", "date": "2025-05-10",
             "terms": {"pay": "1", "nights": "all"}, "source": "s2",
             "responses": {"ana": {"answer": "counters", "with": "p2", "by": "dan",
                                   "date": "2025-05-12", "quote": "not yet", "source": "s1"}}},
            {"id": "p2", "name": "Second paper", "by": "ana", "date": "2025-05-12",
             "based-on": "p1", "terms": {"pay": "4", "bus": "yes"}},
            {"id": "p9", "by": "cleo", "date": "2025-06-20", "based-on": ["p2", "p1"], "terms": {}},
        ],
        "moves": {
            "options": {
                "walk-out": {"by": "ana", "text": "Ana walks out", "source": "s1",
                             "note": "By law."},
                "hire": {"by": "ben", "text": "Ben hires others", "direction": "forward"},
                "talk-show": {"by": "cleo", "text": "Cleo speaks in public", "now": "yes",
                              "direction": "backward"},
            },
            "infeasible": [{"walk-out": "yes", "hire": "yes", "talk-show": "yes"}],
            "states": {"calm": [], "spoken": ["talk-show"], "out": ["walk-out"]},
            "preferences": {
                "ana": {"statements": [{"prefers": {"hire": "no"}, "note": "Her trade."},
                                       {"prefers": {"walk-out": "yes"}, "iff": {"hire": "yes"}}],
                        "source": ["s1"], "note": "Read from her letter."},
                "ben": {"statements": [{"prefers": {"none": [{"walk-out": "yes"}]}},
                                       {"prefers": {"hire": "yes"}, "if": {"walk-out": "yes"}}],
                        "greatly": [["calm", "out"]]},
            },
            "note": "As of the last round.",
        },
    }
)  # fmt: skip
"""Every kind of thing that a brief shows, once."""

RIGHT_TO_LEFT = made(
    {
        "case": "محادثات السلام",
        "language": "ar",
        "as-of": "2025-06-02",
        "parties": {"north": {"name": "حزب الشمال"}, "south": {"name": "מפלגת הדרום"}},
        "documents": {"doc": {"title": "بيان", "language": "ar", "published": "2025-06-01"}},
        "statements": {"s1": {"document": "doc", "by": "north", "kind": "demands",
                              "date": "2025-06-01", "says": "يطلب هدنة.", "quote": "هدنة"}},
        "issues": {"truce": {"name": "الهدنة", "question": "أي هدنة؟",
                             "options": {"none": "لا هدنة", "long": "הפסקת אש ארוכה"}}},
        "positions": [
            {"id": "n1", "party": "north", "requires": {"truce": "long"}, "source": "s1"},
            {"id": "s1", "party": "south", "refuses": {"truce": "long"}},
        ],
        "proposals": [{"id": "p1", "name": "اقتراح", "by": "north", "date": "2025-06-01",
                       "terms": {"truce": "long"}, "responses": {"south": {"answer": "rejects"}}}],
        "moves": {
            "options": {"هدنة": {"by": "north", "text": "يوقف النار"}, "הפסקה": {"by": "south"}},
            "preferences": {"north": {"ranking": ["3", "4", "1", "2"]},
                            "south": {"ranking": ["2", "4", "1", "3"]}},
        },
    }
)  # fmt: skip

HOSTILE = "<script>alert('x')</script> & \"q\" $x^2$ {{ 7*7 }} \x1b[31m"
"""What must come out as the text that it is, wherever a case may hold text."""


def hostile() -> Case:
    """Return a case whose every free text is hostile."""
    return made(
        {
            "case": HOSTILE,
            "summary": HOSTILE,
            "parties": {"a <b>": {"name": HOSTILE}, "c&d": {"name": f"{HOSTILE} 2"}},
            "third-parties": {"t": {"name": HOSTILE, "roles": ["mediator"], "note": HOSTILE}},
            "documents": {"d d": {"title": HOSTILE, "publisher": HOSTILE, "url": HOSTILE,
                                  "note": HOSTILE, "published": "2025-01-01"}},
            "statements": {'s "1"': {"document": "d d", "by": "c&d", "date": "2025-01-01",
                                     "channel": HOSTILE, "says": HOSTILE, "quote": HOSTILE,
                                     "note": HOSTILE}},
            "figures": {"f": {"measure": "m <i>", "value": 1, "unit": HOSTILE, "says": HOSTILE,
                              "source": 's "1"', "note": HOSTILE}},
            "issues": {"i <u>": {"name": HOSTILE, "question": HOSTILE,
                                 "options": {"x": HOSTILE, "y": "other"}}},
            "positions": [
                {"id": "p <1>", "party": "a <b>", "requires": {"i <u>": "x"}, "says": HOSTILE,
                 "note": HOSTILE, "source": 's "1"'},
                {"id": "p_3c_1_3e_", "party": "c&d", "refuses": {"i <u>": "x"}},
            ],
            "proposals": [{"id": "<q>", "name": HOSTILE, "by": "c&d", "terms": {"i <u>": "x"},
                           "note": HOSTILE, "date": "2025-01-01",
                           "responses": {"a <b>": {"answer": "accepts", "quote": HOSTILE}}}],
            "moves": {
                "options": {"m <i>": {"by": "a <b>", "text": HOSTILE, "note": HOSTILE},
                            "n&n": {"by": "c&d"}},
                "states": {"z <s>": [], "z&z": ["m <i>"]},
                "preferences": {
                    "a <b>": {"statements": [{"prefers": {"n&n": "yes"}, "note": HOSTILE}],
                              "note": HOSTILE},
                    "c&d": {"statements": [{"prefers": {"m <i>": "yes"}}]},
                },
                "note": HOSTILE,
            },
        }
    )  # fmt: skip
