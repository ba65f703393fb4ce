"""Sealed acceptance: silence is no, and only the result of all together is ever shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from goodoffices.errors import CallError
from goodoffices.talks.acts import MEDIATOR, Ballot, CloseAcceptance, Event, Result
from goodoffices.talks.state import RoundRecord, Talk


def result_at(talk: Talk, round_id: str, moment: datetime) -> Result:
    """Return the result of a sealed acceptance, once its time is over.

    Args:
        talk: the talk, with the ballots of the round.
        round_id: the round.
        moment: the time of asking.

    Raises:
        CallError: there is no such round, it is over, or its time is not over. The three are not
            told apart, and nothing about the ballots can be asked for before.
    """
    record = talk.desk.rounds.get(round_id)
    if record is None or record.result is not None or moment < record.closes_at:
        raise CallError("a round", expected="a round whose time is over and that has no result")
    return _result(record, talk.ballots.get(round_id, {}))


def _result(record: RoundRecord, ballots: Mapping[str, bool]) -> Result:
    asked = set(record.signers)
    if record.mediator_takes_part:
        asked.add(MEDIATOR)
    return "all accepted" if all(ballots.get(side, False) for side in asked) else "not agreed"


def without_ballots(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Return events without the ballots of rounds that are over; the talk is the same without.

    Whoever keeps the events drops those ballots at the close.
    """
    over = {event.act.round for event in events if isinstance(event.act, CloseAcceptance)}
    return tuple(
        event for event in events if not (isinstance(event.act, Ballot) and event.act.round in over)
    )
