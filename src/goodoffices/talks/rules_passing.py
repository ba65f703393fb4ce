"""What the mediator may pass on now: to whom, by which permission, and after which check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from goodoffices.talks import acts
from goodoffices.talks.acts import FlagAnswer, Met
from goodoffices.talks.leaks import Flag, leaks, loaded
from goodoffices.talks.state import (
    DeadlineEntry,
    Item,
    Person,
    Question,
    ReadBackEntry,
    Received,
    Room,
    Talk,
)
from goodoffices.talks.verdict import ALLOWED, Refused, Verdict, malformed, not_now
from goodoffices.talks.waiting import confirmed


@dataclass(frozen=True, slots=True)
class Passing:
    """Words on their way to people, and the items that are known to be in them.

    Attributes:
        excused: items whose words the recipients may see as they are.
    """

    words: str
    people: frozenset[str]
    excused: frozenset[str] = frozenset()


def flags(talk: Talk, passing: Passing) -> tuple[Flag, ...]:
    """Return what the words share with what some recipient has not been told, or is loaded."""
    watched = ((side, word) for side, listed in talk.desk.watched.items() for word in listed)
    found = leaks(passing.words, _kept_from(talk, passing))
    return tuple(sorted({*found, *loaded(passing.words, watched)}))


def _kept_from(talk: Talk, passing: Passing) -> Iterator[tuple[str, str]]:
    for room in talk.rooms.values():
        for item in room.of(Item):
            if item.id not in passing.excused and passing.people - item.readers:
                yield from ((item.id, words) for words in item.spoken)
        for entry in room.of(ReadBackEntry):
            if entry.item not in passing.excused and passing.people - entry.readers:
                yield from ((entry.item, words) for words in (entry.words, entry.better) if words)


def leak_check(talk: Talk, passing: Passing, answers: Iterable[FlagAnswer]) -> Verdict:
    """Refuse words with a flag that is not answered, and an answer to no flag."""
    found = flags(talk, passing)
    answered = {answer.flag for answer in answers}
    strange = answered - {flag.key for flag in found}
    if strange:
        return malformed("answers-what-was-not-flagged", *sorted(strange))
    bare = tuple(flag for flag in found if flag.key not in answered)
    if bare:
        about = tuple(flag.key for flag in bare)
        return Refused("not-allowed-now", "leak-check-unanswered", about, bare)
    return ALLOWED


def recipients(talk: Talk, to: tuple[str, ...]) -> frozenset[str] | Refused:
    """Return the people named, or refuse names that stand for nobody who is there."""
    people = {name for room in talk.rooms.values() for name in room.present()}
    here = {side for side, room in talk.rooms.items() if room.present()}
    unknown = sorted(set(to) - people - here)
    if unknown:
        return not_now("unknown", *unknown)
    return frozenset().union(*talk.recipients(to).values())


@dataclass(frozen=True, slots=True)
class Permission:
    """The manner in which items would be put to people, when, and what has come first."""

    way: acts.Conveyed
    people: frozenset[str]
    at: datetime
    met: tuple[Met, ...]

    def over(self, talk: Talk, ids: frozenset[str]) -> Verdict:
        """Refuse when the caveat of one of the items does not allow it."""
        for id_ in sorted(ids):
            found = talk.item(id_)
            if found is None:
                return not_now("unknown", id_)
            verdict = self._of(talk, *found)
            if isinstance(verdict, Refused):
                return verdict
        return ALLOWED

    def _of(self, talk: Talk, room: Room, item: Item) -> Verdict:
        caveat = talk.effective(item)
        if self.people & frozenset(caveat.not_to):
            return not_now("confidence-kept-from-recipient", item.id)
        if self.people <= item.readers:
            return ALLOWED
        if room.side.left:
            return not_now("side-has-left", item.id)
        if item.withdrawn:
            return not_now("withdrawn", item.id)
        if not confirmed(room, item):
            return not_now("not-confirmed", item.id)
        if self.way not in caveat.ways:
            return not_now("not-permitted", item.id)
        if not caveat.open_at(self.at):
            return not_now("too-early", item.id)
        missing = set(caveat.first) - {met.condition for met in self.met}
        return not_now("condition-not-met", item.id, *sorted(missing)) if missing else ALLOWED


def release(talk: Talk, _: Person, act: acts.Release) -> Verdict:
    people = recipients(talk, act.to)
    if isinstance(people, Refused):
        return people
    if act.in_reply_to is not None and not _asked_by(talk, act.in_reply_to, people):
        return not_now("unknown", act.in_reply_to)
    sources = talk.sources(act.relies_on)
    verdict = Permission(act.way, people, act.at, act.met).over(talk, sources)
    if isinstance(verdict, Refused):
        return verdict
    excused = sources if act.way == "attributed" else frozenset()
    return leak_check(talk, Passing(act.words, people, excused), act.leak_check)


def _asked_by(talk: Talk, id_: str, people: frozenset[str]) -> bool:
    found = talk.item(id_)
    return found is not None and found[1].kind == "question" and people <= found[1].readers


def circulate(talk: Talk, _: Person, act: acts.Circulate) -> Verdict:
    people = recipients(talk, act.to)
    if isinstance(people, Refused):
        return people
    draft = talk.desk.drafts.get(act.draft)
    if draft is None:
        return not_now("unknown", act.draft)
    if draft is not talk.desk.current_draft():
        return not_now("superseded", act.draft)
    rests_on = tuple(id_ for clause in draft.clauses for id_ in clause.rests_on)
    permission = Permission("own-idea", people, act.at, act.met)
    verdict = permission.over(talk, talk.sources(rests_on))
    if isinstance(verdict, Refused):
        return verdict
    text = "\n".join(part for pair in draft.shown() for part in pair)
    return leak_check(talk, Passing(text, people), act.leak_check)


def read_back(talk: Talk, _: Person, act: acts.ReadBack) -> Verdict:
    people = recipients(talk, act.to)
    if isinstance(people, Refused):
        return people
    found = talk.item(act.item)
    if found is None:
        return not_now("unknown", act.item)
    room, item = found
    if not people <= room.present():
        return not_now("wrong-side", *sorted(people - room.present()))
    told = people - frozenset(item.caveat.not_to) if item.minuted else people & item.readers
    if people != told:
        return not_now("confidence-kept-from-recipient", *sorted(people - told))
    return leak_check(talk, Passing(act.words, people, frozenset({item.id})), act.leak_check)


def ask(talk: Talk, _: Person, act: acts.Ask | acts.Deadline) -> Verdict:
    until = act.answer_by if isinstance(act, acts.Ask) else act.due
    if until is not None and until <= act.at:
        return malformed("time", until.isoformat())
    people = recipients(talk, act.to)
    if isinstance(people, Refused):
        return people
    return leak_check(talk, Passing(act.words, people), act.leak_check)


def correct_passed(talk: Talk, act: acts.Correct) -> Verdict:
    """Check better words for something that was passed on: they go to whoever received it."""
    kinds = (Received, Question, DeadlineEntry)
    found = [
        entry
        for room in talk.rooms.values()
        for kind in kinds
        if (entry := room.get(kind, act.target)) is not None
    ]
    if not found:
        return not_now("unknown", act.target)
    people = frozenset().union(*(entry.readers for entry in found))
    excused: frozenset[str] = frozenset()
    record = talk.desk.releases.get(act.target)
    if record is not None:
        sources = talk.sources(record.act.relies_on)
        permission = Permission(record.act.way, people, act.at, record.act.met)
        verdict = permission.over(talk, sources)
        if isinstance(verdict, Refused):
            return verdict
        excused = sources if record.act.way == "attributed" else excused
    return leak_check(talk, Passing(act.words, people, excused), act.leak_check)
