"""Whether a verb is negated, conditional, future or past; and what kind of statement it makes."""

from __future__ import annotations

from typing import NamedTuple

from goodoffices.model.record import StatementKind
from goodoffices.reading.clauses import Clauses, Range
from goodoffices.reading.lexicon import Lexicon
from goodoffices.reading.result import Mood

_WORDS_IN_CONTENT = 14
"""How far into a content its own verb is looked for."""
_TURNED: dict[StatementKind, StatementKind] = {
    "accepts": "refuses", "agrees": "refuses", "offers": "refuses",
}  # fmt: skip
"""What "will not" and "does not" make of a kind; of the rest they make a mere saying."""


class Kind(NamedTuple):
    """A kind of statement and the items that show it."""

    kind: StatementKind
    evidence: Range


def mood(clauses: Clauses, group: Range, clause: Range) -> Mood:
    """Return how a group of auxiliaries and verb is put, within its clause.

    >>> from goodoffices.reading.lexicon import lexicon
    >>> from goodoffices.reading.spans import Span
    >>> from goodoffices.reading.text import block
    >>> text = "Egypt will not sign if Qatar leaves."
    >>> sentence = block(text, Span(0, len(text)), 1, lexicon("en")).sentences[0]
    >>> mood(Clauses(sentence.items, lexicon("en")), (1, 4), (0, 8))
    Mood(negated=True, conditional=True, future=True, past=False)
    """
    words = clauses.words
    inside = clauses.row(*group)
    before = clauses.word(group[0] - 1)
    around = clauses.row(*clause)
    verb = inside[-1] if inside else ""
    modal = not words.words("future").isdisjoint(inside)
    past = not words.words("past").isdisjoint(inside) or _past_form(verb, words)
    negation = words.words("negation")
    return Mood(
        negated=before in negation or not negation.isdisjoint(inside),
        conditional=not (
            words.words("if").isdisjoint(around) and words.words("doubtful").isdisjoint(inside)
        ),
        future=modal or before == "to",
        past=past and not modal,
    )


def _past_form(verb: str, words: Lexicon) -> bool:
    return verb.endswith("ed") or verb in words.words("irregular")


def verb_group(clauses: Clauses, part: Range) -> Range | None:
    """Return the first verb of a clause with its auxiliaries, or of an infinitive."""
    start, end = part
    if clauses.word(start) == "to":
        return start + 1, min(start + 2, end)
    verb = clauses.finite_in(start, min(end, start + _WORDS_IN_CONTENT))
    if verb is None:
        return None
    last = verb
    while last + 1 < end and _goes_on(clauses, verb, last):
        last += 1
    return verb, last + 1


def _goes_on(clauses: Clauses, verb: int, last: int) -> bool:
    """Whether a verb group that begins with an auxiliary goes on after an item."""
    if clauses.word(verb) not in clauses.auxiliary:
        return False
    word = clauses.word(last)
    known = clauses.words.words("auxiliary|negation")
    return word in known or clauses.is_adverb(last)


def denies(clauses: Clauses, part: Range) -> bool:
    """Return whether the main clause of what is said denies something, wherever the word stands.

    >>> from goodoffices.reading.lexicon import lexicon
    >>> from goodoffices.reading.spans import Span
    >>> from goodoffices.reading.text import block
    >>> text = "Nobody signed, although no one asked."
    >>> sentence = block(text, Span(0, len(text)), 1, lexicon("en")).sentences[0]
    >>> denies(Clauses(sentence.items, lexicon("en")), (0, 2))
    True
    """
    words = clauses.words
    negation, limiting, conditional = (words.words(n) for n in ("negation", "limiting", "if"))
    place, end = part
    if negation.isdisjoint(clauses.row(place, end)):
        return False
    while place < end:
        word = clauses.word(place)
        if word in negation and clauses.word(place + 1) not in words.words("bounding"):
            return True
        if word in limiting and place > part[0]:
            return False
        if word in conditional:
            while place < end and clauses.word(place) != ",":
                place += 1
        place += 1
    return False


def refined(clauses: Clauses, part: Range, speaker: str, *, quoted: bool = False) -> Kind | None:
    """Return the kind that a content shows, with the words that show it.

    What somebody says of themselves counts as done in saying it: "it would accept" accepts. What
    they say must be done is demanded. In quoted words only the first person is the speaker.
    """
    start = part[0]
    if clauses.word(start) in clauses.words.words("complementizer"):
        start += 1
    group = verb_group(clauses, (start, part[1]))
    if group is None:
        return None
    subject = [clauses.word(place) for place in range(start, group[0])]
    subject = [word for word in subject if word != "that" and word not in clauses.adverb]
    if _is_self(subject, speaker, clauses.words, quoted=quoted):
        return _of_oneself(clauses, group, part)
    words = {clauses.word(place) for place in range(*group)}
    for name, kind in _TOLD.items():
        found = words & clauses.words.words(name)
        if found and subject:
            place = next(n for n in range(*group) if clauses.word(n) in found)
            return Kind(kind, (place, place + 1))
    return _of_others(clauses, subject, group, part)


_TOLD: dict[str, StatementKind] = {"obliged": "demands", "advised": "calls-for"}
"""What words say of others must, or should, be done."""


def _is_self(subject: list[str], speaker: str, words: Lexicon, *, quoted: bool) -> bool:
    """Whether a clause is about its speaker."""
    known = words.words("first" if quoted else "reflexive")
    if len(subject) == 1 and subject[0] in known:
        return True
    return bool(subject) and " ".join(subject) == speaker


def _of_oneself(clauses: Clauses, group: Range, part: Range) -> Kind | None:
    """What somebody does in saying that they do it."""
    how = mood(clauses, group, part)
    for cue in clauses.words.cues.get(clauses.word(group[1] - 1), ()):
        if cue.kind in {"says", "estimates"} or cue.way != "speech":
            continue
        kind = turned(cue.kind, mood(clauses, group, group))
        return Kind(kind, group) if kind != "says" else None
    words = clauses.words.words
    inside = {clauses.word(place) for place in range(*group)}
    following = clauses.word(group[1])
    if following in words("willing") or (
        inside & words("able") and clauses.word(group[1] - 1) in words("gives-way")
    ):
        return Kind("refuses" if how.negated else "offers", (group[0], group[1] + 1))
    if how.negated:
        return _of_denial(clauses, group, how)
    if inside & words("would") and how.conditional and _has(clauses, part, "if"):
        threat = _unless(clauses, part)
        return Kind("threatens" if threat else "offers", group)
    if how.future and _unless(clauses, part):
        return Kind("threatens", group)
    return None


def _of_denial(clauses: Clauses, group: Range, how: Mood) -> Kind | None:
    """What somebody does in saying what they do not do: "will not", "had not", "was not taking"."""
    words = clauses.words.words
    verb = clauses.word(group[1] - 1)
    inside = {clauses.word(place) for place in range(*group)}
    if how.future or inside & words("would"):
        return Kind("refuses", group)
    perfect = inside & words("having") or (inside & words("be") and verb.endswith("ing"))
    return Kind("denies", group) if perfect else None


def _of_others(clauses: Clauses, subject: list[str], group: Range, part: Range) -> Kind | None:
    """What is said of somebody else: that nobody did it, or that it comes unless something does."""
    words = clauses.words.words
    inside = {clauses.word(place) for place in range(*group)}
    none = bool(subject) and (
        subject[0] in words("nobody")
        or (
            subject[0] in words("no-one")
            and subject[1:2] != []
            and subject[1] in words("no-one-head")
        )
    )
    if none and inside & words("having"):
        return Kind("denies", group)
    if inside & words("modal") and inside & words("passive") and _unless(clauses, part):
        return Kind("threatens", group)
    return None


def _has(clauses: Clauses, part: Range, name: str) -> bool:
    known = clauses.words.words(name)
    return any(clauses.word(place) in known for place in range(*part))


def _unless(clauses: Clauses, part: Range) -> bool:
    """Whether a condition says what must not stay away: "unless", "if no fee", "without a deal"."""
    words = clauses.words.words
    for place in range(*part):
        if clauses.word(place) in words("unless"):
            return True
        if clauses.word(place) in words("if"):
            near = {clauses.word(later) for later in range(place + 1, min(place + 6, part[1]))}
            return bool(near & words("negation"))
    return False


def turned(kind: StatementKind, how: Mood) -> StatementKind:
    """Return what a negated verb makes of its kind: "will not accept" refuses.

    What has not been done is not refused: "has not accepted" merely says so.

    >>> turned("accepts", Mood(negated=True)), turned("accepts", Mood(negated=True, past=True))
    ('refuses', 'says')
    """
    if not how.negated:
        return kind
    return "says" if how.past else _TURNED.get(kind, "says")
