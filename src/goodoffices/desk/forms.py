"""What each act asks for on a page: fields as data, read back into the data of an act."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, Protocol

from goodoffices.desk.languages import mark

Kind = Literal[
    "words", "lines", "line", "choice", "yes", "moment", "thing", "caveat", "recipients",
    "items", "met", "clauses", "sides", "person", "position", "label", "instruments",
]  # fmt: skip


class Form(Protocol):
    """Submitted fields: one value or several under each name."""

    def get(self, key: str, /) -> Any:
        """Return one value under a name, or None."""
        ...

    def getlist(self, key: str, /) -> Sequence[Any]:
        """Return every value under a name."""
        ...


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an act: its key in the act, what kind of input it is, and how it is named."""

    key: str
    kind: Kind
    words: str
    needed: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class ActForm:
    """What an act is called on a page, what it does in one sentence, and its fields."""

    title: str
    explains: str
    button: str
    fields: tuple[Field, ...]


_KINDS = (
    ("message", mark("A message")),
    ("statement", mark("A statement")),
    ("position", mark("A position")),
    ("offer", mark("An offer")),
    ("question", mark("A question")),
    ("document", mark("A document")),
)
_ROLES = (
    ("head", mark("Head of delegation (signs)")),
    ("member", mark("Member of a delegation")),
    ("guarantor", mark("Guarantor")),
    ("observer", mark("Observer")),
    ("mediator", mark("Mediator")),
    ("note-taker", mark("Note-taker")),
)
_WAYS = (
    ("mediator", mark("My own words; nobody's confidence is in them")),
    ("own-idea", mark("As the mediator's own idea")),
    ("hypothetically", mark("Hypothetically: what if")),
    ("attributed", mark("Attributed to the side that said it")),
)
_WORDS = Field("words", "words", mark("Your words"))
_CAVEAT = Field("caveat", "caveat", mark("What the mediator may do with it"))
_ITEM = Field("item", "thing", mark("What it is about"))
_TO = Field("to", "recipients", mark("To"))
_CLAUSE = (
    Field("draft", "thing", mark("The version")),
    Field("clause", "thing", mark("The clause")),
)
_POSITION = Field(
    "position", "position", mark("As terms (may be left empty)"), needed=False,
    more=mark(
        "One term to a line, as border = open; several options as days = 45 | 60; a bound as "
        "days >= 45. The mediator can then see which packages meet the conditions of all sides."
    ),
)  # fmt: skip
POSITION_KINDS = (
    ("", mark("Not as terms")),
    ("requires", mark("We require")),
    ("refuses", mark("We refuse")),
    ("offers", mark("We could give, if we get something for it")),
)
FIRMNESSES = (
    ("open", mark("Open")),
    ("firm", mark("Firm")),
    ("red-line", mark("Red line")),
)

FORMS: Mapping[str, ActForm] = {
    "entrust": ActForm(
        mark("Tell the mediator"),
        mark("Only the mediator's team and your own side can read this. Nothing is passed on."),
        mark("Entrust"),
        (Field("kind", "choice", mark("What it is"), choices=_KINDS), _WORDS, _POSITION, _CAVEAT),
    ),
    "minute": ActForm(
        mark("Note what a side said"),
        mark("It is passed on to nobody until the side has confirmed it."),
        mark("Note"),
        (
            Field("side", "sides", mark("The side that said it")),
            Field("kind", "choice", mark("What it is"), choices=_KINDS),
            Field("words", "words", mark("What it said, in your words")),
            _CAVEAT,
        ),
    ),
    "read-back": ActForm(
        mark("Read back"),
        mark("The side confirms that this is what it said, or says what it should have been."),
        mark("Read back"),
        (_ITEM, _WORDS, _TO),
    ),
    "confirm": ActForm(
        mark("Confirm"),
        mark("You confirm that this is what your side said."),
        mark("Yes, this is what we said"),
        (Field("read_back", "thing", mark("What was read back")),),
    ),
    "dispute": ActForm(
        mark("Correct what was read back"),
        mark("Say what it should have been. What was read back is then not your word."),
        mark("Send the correction"),
        (Field("read_back", "thing", mark("What was read back")), _WORDS),
    ),
    "tighten": ActForm(
        mark("Allow less"),
        mark("From now on less may be done with it. What was already passed on stays passed on."),
        mark("Allow less"),
        (_ITEM, _CAVEAT),
    ),
    "loosen": ActForm(
        mark("Set the caveat anew"),
        mark("Only your side can allow more than before."),
        mark("Set the caveat"),
        (_ITEM, _CAVEAT),
    ),
    "withdraw": ActForm(
        mark("Withdraw"),
        mark("From now on nothing may be done with it. What was already passed on stays so."),
        mark("Withdraw"),
        (_ITEM,),
    ),
    "release": ActForm(
        mark("Release"),
        mark("These words go to the people named, and to nobody else."),
        mark("Check and release"),
        (
            _WORDS,
            _TO,
            Field("way", "choice", mark("How it is put"), choices=_WAYS),
            Field("relies_on", "items", mark("The permission it relies on"), needed=False),
            Field("met", "met", mark("What had to come first, and how it came"), needed=False),
            Field("in_reply_to", "thing", mark("In reply to"), needed=False),
        ),
    ),
    "draft": ActForm(
        mark("A new version of the text"),
        mark("It stays on the mediator's desk until it is circulated."),
        mark("Keep this version"),
        (Field("clauses", "clauses", mark("Clauses")),),
    ),
    "circulate": ActForm(
        mark("Circulate"),
        mark("The current version is shown to those named. Who saw it and when is kept."),
        mark("Check and circulate"),
        (
            Field("draft", "thing", mark("The version")),
            _TO,
            Field("met", "met", mark("What had to come first, and how it came"), needed=False),
        ),
    ),
    "agree": ActForm(
        mark("Agree to a clause"),
        mark("The clause as it stands. If its words change, this no longer counts."),
        mark("We agree to this clause"),
        _CLAUSE,
    ),
    "bracket": ActForm(
        mark("Put a clause in brackets"),
        mark("It is not agreed. You may say why."),
        mark("Put it in brackets"),
        (*_CLAUSE, Field("words", "words", mark("Why (may be left empty)"), needed=False)),
    ),
    "propose": ActForm(
        mark("Propose other words"),
        mark("Only the mediator's team and your own side see them."),
        mark("Propose"),
        (*_CLAUSE, _WORDS, _CAVEAT),
    ),
    "query": ActForm(
        mark("Ask about a clause"),
        mark("Only the mediator's team and your own side see the question."),
        mark("Ask"),
        (*_CLAUSE, _WORDS, _CAVEAT),
    ),
    "ask": ActForm(
        mark("Ask a question"),
        mark("An answer is owed from then on."),
        mark("Check and ask"),
        (_WORDS, _TO, Field("answer_by", "moment", mark("Answer by (UTC)"), needed=False)),
    ),
    "reply": ActForm(
        mark("Answer"),
        mark("The answer is entrusted to the mediator, like everything that you say here."),
        mark("Answer"),
        (Field("question", "thing", mark("The question")), _WORDS, _CAVEAT),
    ),
    "deadline": ActForm(
        mark("Set a time"),
        mark("Those named are told the time."),
        mark("Check and set"),
        (_WORDS, _TO, Field("due", "moment", mark("Until (UTC)"))),
    ),
    "open-acceptance": ActForm(
        mark("Open a sealed acceptance"),
        mark("The text and the close are fixed from now on. Silence is no."),
        mark("Open it"),
        (
            Field("draft", "thing", mark("The version")),
            Field("clause", "label", mark("One clause only (may be left empty)"), needed=False),
            Field("sides", "sides", mark("Sides that are asked")),
            Field("closes_at", "moment", mark("Closes at (UTC)")),
            Field("mediator_takes_part", "yes", mark("The mediator answers, too"), needed=False),
        ),
    ),
    "ballot": ActForm(
        mark("Sealed acceptance"),
        mark("Nobody is shown your answer, nor that you gave one. You can answer once."),
        mark("Seal my answer"),
        (
            Field("round", "thing", mark("The text")),
            Field(
                "accept", "choice", mark("Your answer"),
                choices=(
                    ("yes", mark("We accept, if all accept")), ("no", mark("We do not accept")),
                ),
            ),
        ),
    ),
    "close-acceptance": ActForm(
        mark("Close the acceptance"),
        mark("Its time is over. Only the result of all together is shown; ballots are destroyed."),
        mark("Close it"),
        (Field("round", "thing", mark("The acceptance")),),
    ),
    "record-agreement": ActForm(
        mark("Record the agreement"),
        mark("One instrument for each side. With names for titles, all must say the same."),
        mark("Record it"),
        (
            Field("draft", "thing", mark("The version")),
            Field("instruments", "instruments", mark("Instruments")),
            Field("expires_at", "moment", mark("Runs out at (UTC; or empty)"), needed=False),
        ),
    ),
    "note": ActForm(
        mark("Make a note"),
        mark("For the mediator's team only."),
        mark("Note"),
        (_WORDS, Field("rests_on", "items", mark("What it rests on"), needed=False)),
    ),
    "watch": ActForm(
        mark("Words to watch"),
        mark("Words that are loaded for a side, looked for before anything is sent to it."),
        mark("Watch them"),
        (
            Field("side", "sides", mark("The side")),
            Field("words", "lines", mark("Words, one to a line")),
        ),
    ),
    "correct": ActForm(
        mark("Correct"),
        mark("The first words stay in the record beside the better ones."),
        mark("Correct"),
        (Field("target", "thing", mark("What is corrected")), _WORDS),
    ),
    "invite": ActForm(
        mark("Invite somebody"),
        mark("You get a link that works once, and a code that you tell the person another way."),
        mark("Invite"),
        (
            Field("name", "line", mark("Name")),
            Field("side", "sides", mark("Side")),
            Field("role", "choice", mark("Role"), choices=_ROLES),
        ),
    ),
    "leave": ActForm(
        mark("Leave the talk"),
        mark("You can then no longer read anything of it."),
        mark("Leave"),
        (
            Field(
                "whole_side", "yes", mark("The whole side leaves (heads of delegation only)"),
                needed=False,
            ),
        ),
    ),
    "hand-over": ActForm(
        mark("Hand over the office"),
        mark("The other person then has your role, and you have theirs."),
        mark("Hand over"),
        (Field("to", "person", mark("To whom")),),
    ),
}  # fmt: skip
"""Every act that a person does; opening a talk has a page of its own."""


def read_form(name: str, form: Form) -> dict[str, Any]:
    """Return the data of an act from submitted fields, whatever is wrong with it left to the rules.

    Fields that were left empty and need not be given are left out.
    """
    found: dict[str, Any] = {"act": name}
    for field in FORMS[name].fields:
        value = _READERS.get(field.kind, _text)(form, field.key)
        if value not in (None, "", [], {}) or field.needed:
            found[field.key] = value
    if answers := flag_answers(form):
        found["leak_check"] = answers
    return found


def flag_answers(form: Form) -> list[dict[str, str]]:
    """Return what was answered to the flags of the leak check."""
    number = range(len(form.getlist("flag")))
    flags, decisions, whys = (form.getlist(key) for key in ("flag", "decision", "why"))
    return [
        {"flag": str(flags[at]), "decision": str(decisions[at]), "why": str(whys[at])}
        for at in number
        if at < len(decisions) and at < len(whys)
    ]


def _text(form: Form, key: str) -> str | None:
    value = form.get(key)
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else None


def _lines(form: Form, key: str) -> list[str]:
    return [line.strip() for line in (_text(form, key) or "").splitlines() if line.strip()]


def _several(form: Form, key: str) -> list[str]:
    return [value for value in form.getlist(key) if isinstance(value, str) and value]


def _sides(form: Form, key: str) -> str | list[str]:
    """Read one side under a key in the singular, several under one in the plural."""
    return _several(form, key) if key == "sides" else _text(form, key) or ""


def _yes(form: Form, key: str) -> bool:
    return bool(form.get(key) == "yes")


def _moment(form: Form, key: str) -> str | None:
    """Read a moment as pages write it, without a zone: UTC."""
    text = _text(form, key)
    try:
        return datetime.fromisoformat(text or "").replace(tzinfo=UTC).isoformat()
    except ValueError:
        return text


def _caveat(form: Form, key: str) -> dict[str, Any]:
    caveat: dict[str, Any] = {
        "ways": _several(form, f"{key}.ways"),
        "first": _lines(form, f"{key}.first"),
        "not_to": _several(form, f"{key}.not_to"),
    }
    moment = _moment(form, f"{key}.not_before")
    return {**caveat, "not_before": moment} if moment else caveat


def _met(form: Form, key: str) -> list[dict[str, str]]:
    conditions, hows = form.getlist(f"{key}.condition"), form.getlist(f"{key}.how")
    pairs = zip(conditions, hows, strict=False)
    return [{"condition": str(c), "how": str(h)} for c, h in pairs if str(c).strip()]


def _clauses(form: Form, key: str) -> list[dict[str, Any]]:
    """Read clauses from fields side by side; an empty text leaves its clause out."""
    rows = zip(
        *(form.getlist(f"{key}.{part}") for part in ("label", "text", "terms", "rests_on")),
        strict=False,
    )
    return [
        {
            "label": str(label).strip(),
            "text": str(text).replace("\r\n", "\n").strip(),
            "terms": terms_of(str(terms)),
            "rests_on": str(rests_on).split(),
        }
        for label, text, terms, rests_on in rows
        if str(text).strip()
    ]


def terms_of(text: str) -> dict[str, str]:
    """Return the terms of lines such as ``border = open``.

    >>> terms_of("border = open\\ndays = 45")
    {'border': 'open', 'days': '45'}
    """
    pairs = (line.partition("=") for line in text.splitlines() if line.strip())
    return {issue.strip(): option.strip() for issue, _, option in pairs}


def condition_of(text: str) -> dict[str, Any]:
    """Return the condition of lines such as ``border = open`` or ``days >= 45``.

    >>> condition_of("border = open\\ndays = 45 | 60")
    {'border': 'open', 'days': ['45', '60']}
    >>> condition_of("days >= 45")
    {'days': {'at-least': '45'}}
    """
    found: dict[str, Any] = {}
    for line in text.splitlines():
        issue, sign, rest = re.split(r"(>=|<=|=|$)", line, maxsplit=1)
        options = [option.strip() for option in rest.split("|")]
        if issue.strip():
            bound = {">=": "at-least", "<=": "at-most"}.get(sign)
            value = options if len(options) > 1 else options[0]
            found[issue.strip()] = {bound: value} if bound else value
    return found


def condition_lines(condition: Mapping[str, Any]) -> str:
    """Return a condition as the lines that it was read from.

    >>> condition_lines({"border": "open", "days": {"at-least": "45"}})
    'border = open\\ndays >= 45'
    """
    lines = []
    for issue, value in condition.items():
        bound = next(iter(value)) if isinstance(value, Mapping) else ""
        options = value[bound] if bound else value
        sign = {"at-least": ">=", "at-most": "<="}.get(bound, "=")
        words = options if isinstance(options, str) else " | ".join(options)
        lines.append(f"{issue} {sign} {words}".rstrip())
    return "\n".join(lines)


def _position(form: Form, key: str) -> dict[str, Any] | None:
    """Read a position without its name and party, which the desk gives it."""
    kind = _text(form, f"{key}.kind")
    if not kind:
        return None
    found: dict[str, Any] = {kind: condition_of(_text(form, f"{key}.terms") or "")}
    if wanted := condition_of(_text(form, f"{key}.return") or ""):
        found["in-return-for"] = wanted
    firmness = _text(form, f"{key}.firmness")
    return {**found, "firmness": firmness} if firmness else found


def _instruments(form: Form, key: str) -> list[dict[str, Any]]:
    """Read each side's copy: its clauses by label, and its titles as ``their words = name``."""
    return [
        {
            "side": side,
            "clauses": {
                str(label): str(text).replace("\r\n", "\n").strip()
                for label, text in zip(
                    form.getlist(f"{key}.{side}.label"),
                    form.getlist(f"{key}.{side}.text"),
                    strict=False,
                )
            },
            "titles": terms_of(_text(form, f"{key}.{side}.titles") or ""),
        }
        for side in _several(form, f"{key}.side")
    ]


_READERS: Mapping[Kind, Any] = {
    "lines": _lines,
    "yes": _yes,
    "moment": _moment,
    "caveat": _caveat,
    "recipients": _several,
    "items": _several,
    "met": _met,
    "clauses": _clauses,
    "sides": _sides,
    "instruments": _instruments,
    "position": _position,
}
