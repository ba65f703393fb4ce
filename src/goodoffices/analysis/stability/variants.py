"""The definitions behind the names of concepts, a sentence each, as results carry them."""

from __future__ import annotations

from collections.abc import Mapping

CONCEPT_VARIANTS: Mapping[str, str] = {
    "nash": "the party has no improvement",
    "gmr": (
        "each improvement can be answered, by legal sequences of any length of the others' moves, "
        "with a state no better for the party than where it began (general metarationality)"
    ),
    "smr": (
        "as gmr, and from that state the party reaches nothing better than where it began in one "
        "move (symmetric metarationality)"
    ),
    "seq": (
        "as gmr, and each move of the answer is an improvement for the one who makes it "
        "(sequential stability)"
    ),
    "sseq": (
        "as smr, and each move of the answer is an improvement for the one who makes it "
        "(symmetric sequential stability, Rego & Vieira 2017)"
    ),
}

SIMULTANEOUS = (
    "each improvement fails when some of the others, each by one improvement of its own from the "
    "same state, move at the same moment (Fraser & Hipel 1984; any number of the others)"
)
LIMITED = (
    "two parties with strict preferences move by turns and foresee {horizon} moves; the party "
    "stays (limited-move stability, Kilgour, Hipel & Fang 1987)"
)
NON_MYOPIC = "limited-move stable for all horizons from some one on, two parties"
COALITION = (
    "coalitions: joint improvements are legal sequences of moves to a state that every member "
    "prefers; a state deters that some member does not prefer (Inohara & Hipel 2008)"
)
UNKNOWN = (
    "unknown: a tempted by unknown, not deterred by it; b neither; c both; d deterred only; "
    "credible answers go to preferred or unknown states (Li, Hipel, Kilgour & Fang 2004)"
)
STRENGTH = (
    "strength: general, deterred by what is no better; strong, only by what is greatly worse "
    "(Hamouda, Kilgour & Hipel 2004); great preference carries over to better and worse states"
)
