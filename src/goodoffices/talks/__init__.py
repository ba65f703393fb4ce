"""The rules of talks and who may see what, as pure functions: events -> talk -> views.

`fold` makes a talk from its events, `may` and `admit` decide what may happen next, and `view`
alone decides who sees what.
"""

from goodoffices.talks.acts import AnyAct, Event
from goodoffices.talks.caveats import ANALYSIS_ONLY, MEDIATOR_ONLY, Caveat
from goodoffices.talks.fold import apply, fold
from goodoffices.talks.informing import informing
from goodoffices.talks.live_case import OTHER, live_case
from goodoffices.talks.rules import TABLE, admit, may
from goodoffices.talks.sealed import result_at, without_ballots
from goodoffices.talks.shown import DeskView, RoomView, View
from goodoffices.talks.state import Talk
from goodoffices.talks.verdict import Allowed, Refused, Verdict
from goodoffices.talks.view import resolve, view

__all__ = [
    "ANALYSIS_ONLY",
    "MEDIATOR_ONLY",
    "OTHER",
    "TABLE",
    "Allowed",
    "AnyAct",
    "Caveat",
    "DeskView",
    "Event",
    "Refused",
    "RoomView",
    "Talk",
    "Verdict",
    "View",
    "admit",
    "apply",
    "fold",
    "informing",
    "live_case",
    "may",
    "resolve",
    "result_at",
    "view",
    "without_ballots",
]
