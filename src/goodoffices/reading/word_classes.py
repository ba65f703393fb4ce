"""Whether a word that can be a verb or a noun is a noun, as its neighbours show."""

from __future__ import annotations

from goodoffices.reading.clauses import Clauses, Range
from goodoffices.reading.text import QUOTED

_ADJECTIVES = ("ing", "ed", "ful", "ous", "ive", "ish", "ic", "ical", "ional", "less", "able")


def is_noun(clauses: Clauses, index: int) -> bool:
    """Whether a word that can be a verb is a noun or an adjective here."""
    word, before = clauses.word(index), clauses.word(index - 1)
    if index and clauses.items[index].capital and before not in {QUOTED, ":"}:
        return True
    if index and before.endswith(("'s", "s'")) and before not in clauses.words.words("finite"):
        return True
    if before in clauses.words.words("possessive") or before in {"the", "a", "an", "whose"}:
        return True
    noun = word in clauses.words.words("noun-like")
    if before in clauses.words.words("determiner") and noun:
        return True
    if before in clauses.words.words("infinitive"):
        return False
    if before in clauses.words.words("preposition"):
        led = before in clauses.words.words("aside") or before in {"by", "with"}
        return not (word.endswith("ing") and led)
    return noun and _reads_as_noun(clauses, index)


def _reads_as_noun(clauses: Clauses, index: int) -> bool:
    """Whether the neighbours of a word that can be a noun or a verb make it a noun."""
    word, before = clauses.word(index), clauses.word(index - 1)
    following = clauses.word(index + 1)
    if (following in {"of", "'s"} or following in clauses.auxiliary) and before != "who":
        return True
    if (before.isdigit() and following != "that") or before.endswith(_ADJECTIVES):
        return True
    if word.endswith(("ed", "ing")) or before in clauses.auxiliary:
        return False
    _, edge = clauses.group_start(index)
    subject = clauses.before(edge).range
    return subject is not None and not _agrees(clauses, subject, word)


def _agrees(clauses: Clauses, subject: Range, verb: str) -> bool:
    """Whether subject and verb fit in number, as far as their endings show."""
    words = [clauses.word(place) for place in range(*subject)]
    cut = next((n for n, w in enumerate(words) if n and w in clauses.preposition), None)
    head = (words[:cut] or [""])[-1]
    if head == ",":
        return True
    singular = verb.endswith("s") and not verb.endswith("ss")
    plural = (head.endswith("s") and not head.endswith(("ss", "us", "is"))) or "and" in words
    named = all(clauses.items[place].capital for place in range(*subject))
    if head in clauses.words.words("nominative|unnamed"):
        plural = not singular
    return named or plural != singular
