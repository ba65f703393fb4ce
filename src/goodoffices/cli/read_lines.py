"""What a person types in a review: one line, one act."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from goodoffices.errors import CallError
from goodoffices.model import FIRMNESSES
from goodoffices.model.positions import POSITION_KINDS, Answer
from goodoffices.reading.drafts import Draft
from goodoffices.reading.keeping import Choice

Verb = Literal["keep", "take", "drop", "link", "answer", "position", "skip", "undo", "quit", "help"]

HELP = """\
keep [KEY=VALUE ...]        put it into the case; with KEY=VALUE, corrected: by, kind, says, quote,
                            date, channel, note, id; of a figure: measure, value, bound, unit, ...
take                        keep it with the speaker that is suggested
drop [WHY]                  put it aside
link POSITION ... [confidential] [KEY=VALUE ...]
                            keep it as a source of positions of the case
answer PROPOSAL SIDE ANSWER [KEY=VALUE ...]
                            keep it as a side's answer: accepts, accepts-in-part, counters,
                            considers, rejects
position PARTY KIND ISSUE=OPTION ... [red-line|firm|open] [confidential] [by=ID]
                            keep it as the source of a new position: requires, refuses, offers,
                            prefers
skip                        leave it for later
undo                        take the last decision back, also out of the case
quit                        stop here; the rest stays for another time
A text with spaces stands in quotes: says="in our words". One letter is enough: k, t, d, l, ...
"""

_KEY = re.compile(r"([a-z][a-z-]*)=(.*)", re.DOTALL)
_VERBS: tuple[Verb, ...] = get_args(Verb)


@dataclass(frozen=True)
class Line:
    """An act, with what it puts into the case."""

    verb: Verb
    choice: Choice = field(default_factory=Choice)
    reason: str = ""


def read_line(text: str, draft: Draft) -> Line:
    """Read what was typed about a draft.

    Raises:
        CallError: it is no act, or one with something missing.

    >>> one = Draft(id="d", what="statement", paragraph=1, spans=((0, 1),), quote="x")
    >>> read_line('keep kind=refuses says="no more"', one).choice.changes
    {'kind': 'refuses', 'says': 'no more'}
    """
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise CallError("the line", expected="quotation marks in pairs", found=str(error)) from None
    if not words:
        raise CallError("the line", expected="one of " + ", ".join(_VERBS))
    verb = _verb(words[0])
    rest = words[1:]
    if verb == "drop":
        return Line(verb, reason=" ".join(rest))
    if verb == "position":
        return Line(verb, _position(rest))
    plain, changes = _split(rest)
    if verb in {"skip", "undo", "quit", "help"} and rest:
        raise CallError(verb, expected="nothing after it", found=" ".join(rest))
    if verb == "take":
        if not draft.by:
            raise CallError("take", expected="a draft with a speaker that is suggested")
        return Line("keep", Choice(changes={"by": ",".join(draft.by), **changes}))
    if verb == "link":
        confidential = "confidential" in plain
        links = tuple(word for word in plain if word != "confidential")
        if not links:
            raise CallError("link", expected="the id of a position")
        return Line(verb, Choice(changes, links=links, confidential=confidential))
    if verb == "answer":
        return Line(verb, _answer(plain, changes))
    if plain:
        raise CallError(verb, expected="KEY=VALUE", found=plain[0])
    return Line(verb, Choice(changes))


def _verb(word: str) -> Verb:
    """The act that a word or its first letters name; keep and correct are one."""
    if word in {"correct", "c"}:
        return "keep"
    found = [verb for verb in _VERBS if verb.startswith(word.lower())]
    if not found:
        raise CallError("the line", expected="one of " + ", ".join(_VERBS), found=word)
    return found[0]


def _split(words: list[str]) -> tuple[list[str], dict[str, str]]:
    plain: list[str] = []
    changes: dict[str, str] = {}
    for word in words:
        match = _KEY.fullmatch(word)
        if match is None:
            plain.append(word)
        elif match[1] in changes:
            raise CallError(match[1], expected="one value", found=word)
        else:
            changes[match[1]] = match[2]
    return plain, changes


def _answer(plain: list[str], changes: dict[str, str]) -> Choice:
    answers = get_args(Answer)
    if len(plain) != 3 or plain[2] not in answers:
        words = f"PROPOSAL SIDE and one of {', '.join(answers)}"
        raise CallError("answer", expected=words, found=" ".join(plain))
    return Choice(changes, answers=((plain[0], plain[1], plain[2]),))


def _position(words: list[str]) -> Choice:
    """A new position: its party, its kind, and terms, of which several of one issue are "or"."""
    plain = [word for word in words if "=" not in word]
    if len(plain) < 2 or plain[1] not in POSITION_KINDS:
        expected = f"PARTY, one of {', '.join(POSITION_KINDS)}, and ISSUE=OPTION"
        raise CallError("position", expected=expected, found=" ".join(words))
    marks = set(plain[2:])
    strange = marks - {*FIRMNESSES, "confidential"}
    if strange or len(marks & set(FIRMNESSES)) > 1:
        expected = f"one of {', '.join(FIRMNESSES)}, or confidential"
        raise CallError("position", expected=expected, found=" ".join(plain[2:]))
    terms: dict[str, Any] = {}
    changes: dict[str, str] = {}
    for word in words:
        issue, sign, option = word.partition("=")
        if sign and issue == "by":
            changes["by"] = option
        elif sign:
            terms[issue] = [*terms.get(issue, []), option]
    if not terms:
        raise CallError("position", expected="ISSUE=OPTION", found=" ".join(words))
    condition = {issue: row[0] if len(row) == 1 else row for issue, row in terms.items()}
    made: dict[str, Any] = {"party": plain[0], plain[1]: condition}
    for firmness in marks & set(FIRMNESSES):
        made["firmness"] = firmness
    return Choice(changes, position=made, confidential="confidential" in marks)
