"""Where the subject of a verb stands, without a parse: rules about words, commas and capitals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from goodoffices.reading.lexicon import Lexicon
from goodoffices.reading.text import QUOTED, Item, Sentence

Range = tuple[int, int]
"""A half-open range of items of a sentence."""

_BREAKS = frozenset(";:—–([{") | {"--", QUOTED, "...", "…", "?", "!", "."}
_STOPS = frozenset(".!?;:") | {"...", "…"}
_PAUSES = _STOPS | {","}
_NAME = 4
"""How many words a name has at most that a coordinator joins to another."""
_DASHES = frozenset("-—–") | {"--"}


class Grammar:
    """The clauses of the sentences of one text, each made once."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words
        self._known: dict[tuple[int, int], Clauses] = {}

    def of(self, sentence: Sentence) -> Clauses:
        """Return the clauses of a sentence."""
        place = sentence.items[0].start, sentence.inside
        found = self._known.get(place)
        if found is None:
            found = self._known[place] = Clauses(sentence.items, self.words)
        return found


class Subject(NamedTuple):
    """Who does what a verb says.

    Attributes:
        range: the items that name it; None when the clause has no subject of its own.
        implied: the items of another clause that say who is meant.
        relative: whether the range is a relative pronoun, and ``implied`` what it refers to.
    """

    range: Range | None
    implied: Range | None = None
    relative: bool = False


@dataclass(frozen=True)
class _Classes:
    """The classes of words that are looked at most, put together once."""

    determiner: frozenset[str]
    preposition: frozenset[str]
    coordinator: frozenset[str]
    conjunction: frozenset[str]
    relative: frozenset[str]
    adverb: frozenset[str]
    auxiliary: frozenset[str]
    weekday: frozenset[str]
    finite: frozenset[str]
    before_nouns: frozenset[str]
    verbs: frozenset[str]
    able: frozenset[str]


@cache
def _classes(words: Lexicon) -> _Classes:
    determiner, preposition = words.words("determiner"), words.words("preposition")
    reporting = {form for form in words.cues if not form.endswith("ing")}
    return _Classes(
        determiner=determiner,
        preposition=preposition,
        coordinator=words.words("coordinator"),
        conjunction=words.words("conjunction"),
        relative=words.words("relative"),
        adverb=words.words("adverb"),
        auxiliary=words.words("auxiliary"),
        weekday=words.words("weekday"),
        finite=words.words("finite"),
        before_nouns=(determiner - words.words("nominative")) | preposition,
        verbs=frozenset(reporting) - words.words("noun-like"),
        able=(frozenset(reporting) - words.words("noun-like")) | words.words("finite"),
    )


class _Row(dict[int, str]):
    """The words of a sentence by place, and "" for every other place."""

    def __missing__(self, place: int) -> str:
        return ""


class Clauses:
    """The clauses of one sentence, as far as closed classes of words tell them apart.

    Attributes:
        items: the words and marks of the sentence.
        words: the lexicon.
        word: gives the word of an item; "" outside the sentence.
    """

    def __init__(self, items: Sequence[Item], words: Lexicon) -> None:
        self.items = items
        self.words = words
        self._row = [item.word for item in items]
        self.word: Callable[[int], str] = _Row(enumerate(self._row)).__getitem__
        known = _classes(words)
        self.determiner = known.determiner
        self.preposition = known.preposition
        self.coordinator = known.coordinator
        self.conjunction = known.conjunction
        self.relative = known.relative
        self.adverb = known.adverb
        self.auxiliary = known.auxiliary
        self.weekday = known.weekday
        self._finite = known.finite
        self._before_nouns = known.before_nouns
        self._verbs = known.verbs
        self._able = known.able
        self._finites: dict[int, None] | None = None

    def row(self, start: int, end: int) -> list[str]:
        """Return the words of a range of the sentence."""
        return self._row[max(0, start) : max(0, end)]

    def is_adverb(self, index: int) -> bool:
        """Whether an item is an adverb or the name of a day."""
        word = self.word(index)
        return (
            word in self.adverb
            or word in self.weekday
            or (len(word) > 4 and word.endswith("ly") and not self.items[index].capital)
        )

    def is_finite(self, index: int) -> bool:
        """Whether an item looks like the verb of a clause."""
        return index in (self._finites if self._finites is not None else self._finite_items())

    def _finite_items(self) -> dict[int, None]:
        """The items that look like verbs of a clause, in order; they are found when asked for."""
        if self._finites is None:
            able = self._able
            found = [n for n, word in enumerate(self._row) if word in able or word[-2:] == "ed"]
            self._finites = dict.fromkeys(filter(self._looks_finite, found))
        return self._finites

    def _looks_finite(self, index: int) -> bool:
        """Whether a word that can be a finite verb is one."""
        word = self.word(index)
        known = word in self._finite
        verb = known or word in self._verbs
        if index > 0 and self.items[index].capital:
            return False
        if known:
            return True
        before = self.word(index - 1)
        if before == "to" or (before == "be" and self.word(index - 2) == "to"):
            return False
        if before in self._before_nouns or (before.endswith("'s") and index):
            return False
        if word in self.words.cues:
            return verb
        return len(word) > 3 and not self._plain(index + 1)

    def _plain(self, index: int) -> bool:
        """Whether an item is a word of no class, as the noun after an adjective is."""
        word = self.word(index)
        if not word.isalpha() or self.items[index].capital:
            return False
        return not (
            word in self.preposition
            or word in self.determiner
            or word in self.conjunction
            or word in self.auxiliary
            or word in self.words.words("pronoun")
            or word in self.words.words("infinitive")
            or self.is_adverb(index)
        )

    def finite_in(self, start: int, end: int) -> int | None:
        """Return the first item of a range that looks like a finite verb."""
        for index in self._finite_items():
            if index >= start:
                return index if index < end else None
        return None

    def group_start(self, verb: int) -> tuple[int, int]:
        """Return where a verb's auxiliaries begin, and where its adverbs before them do."""
        first = edge = verb
        while edge > 0:
            if self.word(edge - 1) in self.auxiliary and not self._is_month(edge - 1):
                edge -= 1
                first = edge
            elif (time := self._time_before(edge)) < edge:
                edge = time
            elif self.is_adverb(edge - 1) or self.word(edge - 1) in self.words.words("negation"):
                edge -= 1
            else:
                break
        return first, edge

    def _is_month(self, index: int) -> bool:
        """Whether a word is the name of a month and no auxiliary: "in May approved"."""
        return self.items[index].capital and self.word(index) in self.words.words("month")

    def _time_before(self, edge: int) -> int:
        """Where a group such as "on Sunday" or "last month" begins that ends at an edge."""
        start = edge
        dated = self.words.words("month|weekday")
        while start > 0 and (
            self.word(start - 1) in dated
            or (self.word(start - 1).isdigit() and start < edge)
            or (self.word(start - 1).isdigit() and self.word(start - 2) in dated)
        ):
            start -= 1
        if start == edge and self.word(edge - 1) in self.words.words("time-unit"):
            pointed = self.word(edge - 2) in {"last", "this", "next", "past"}
            return edge - 2 - (self.word(edge - 3) in {"earlier", "late"}) if pointed else edge
        if start < edge and self.word(start - 1) in {"on", "in", "late", "early", "last"}:
            return start - 1
        return start if start < edge and self.word(start) in self.weekday else edge

    def before(self, edge: int) -> Subject:
        """Return the subject that ends where a verb's group begins."""
        if edge == 0:
            return Subject(None)
        previous = self.word(edge - 1)
        if previous in self.coordinator:
            return Subject(None, self.first_subject(edge - 1))
        if previous in self.relative and previous != "that":
            return self._relative(edge)
        if previous == ",":
            return self._with_apposition(edge)
        if previous == ")":
            return self._run(self._opening(edge - 1), edge)
        return self._run(edge, edge)

    def _relative(self, edge: int) -> Subject:
        end = edge - 1
        if self.word(end - 1) == ",":
            end -= 1
        antecedent = self._antecedent(end) if end > 0 else None
        return Subject((edge - 1, edge), antecedent, relative=True)

    def _antecedent(self, end: int) -> Range | None:
        """The name before a relative pronoun: "told by the Israelis, who say"."""
        start = end
        while start > 0 and not self._is_border(start - 1):
            word = self.word(start - 1)
            if word in self.preposition and word not in {"of", "for"}:
                break
            start -= 1
        return (start, end) if start < end else None

    def _opening(self, closing: int) -> int:
        """The item that opens the bracket which an item closes."""
        index = closing
        while index > 0 and self.word(index) not in {"(", "["}:
            index -= 1
        return index

    def _run(self, edge: int, end: int) -> Subject:
        """The words to the left of an edge, up to the border of their clause."""
        start = edge
        while start > 0 and not self._is_border(start - 1):
            start = self._opening(start - 1) if self.word(start - 1) == ")" else start - 1
        start = self._listed(start)
        start = self._without_adverbial(start, end)
        start = self._own(start, end)
        if start < end and self.word(start) in self.preposition:
            return Subject(None)
        return Subject((start, end) if start < end else None)

    def _own(self, start: int, end: int) -> int:
        """Leave out a relative pronoun of which the subject is no part: "which Katz rejected"."""
        for index in range(end - 2, start - 1, -1):
            if self.is_finite(index):
                break
            related = self.word(index) in self.relative and not self.items[index].capital
            if related or self.word(index) == "what":
                return index + 1
        return start

    def _is_border(self, index: int) -> bool:
        """Whether a subject that stands to the right of an item cannot hold it."""
        word = self.word(index)
        if word in _BREAKS or word == ",":
            return True
        if word in self.coordinator:
            return word == "but" or self._verb_left_of(index)
        if word in self.conjunction:
            return True
        if self.is_finite(index):
            return not self._modifies(index)
        return False

    def _verb_left_of(self, index: int) -> bool:
        """Whether a clause with a verb ends at a coordinator, so that another one begins."""
        for left in range(index - 1, -1, -1):
            word = self.word(left)
            if word in _BREAKS or (word == "," and left < index - 1):
                return False
            if self.is_finite(left) and not self._modifies(left):
                return True
            if word in self.conjunction and word not in self.coordinator:
                return False
        return not self._is_name(0, index)

    def _is_name(self, start: int, end: int) -> bool:
        """Whether some words are plainly a name or a noun with its article: "the army"."""
        if end - start > _NAME or end == start:
            return False
        article = self.word(start) in self.determiner - self.words.words("nominative")
        return all(item.capital for item in self.items[start + article : end]) or (
            article and end - start < _NAME
        )

    def _modifies(self, index: int) -> bool:
        """Whether a verb belongs to a noun before it: "who met", "published in"."""
        for left in range(index - 1, max(-1, index - 12), -1):
            word = self.word(left)
            if word in self.relative and left > 0:
                return not self._reports(index)
            if word in _BREAKS or word == ",":
                break
        following = self.word(index + 1)
        if following in self.words.words("infinitive") and self._commits(index):
            return False
        follows = following in self.preposition or following in {"today", "to"}
        before = self.word(index - 1)
        return (
            follows
            and self.word(index).endswith(("ed", "en", "ade", "ne", "ven"))
            and index > 0
            and before not in self.words.words("auxiliary|nominative")
        )

    def _commits(self, index: int) -> bool:
        """Whether a verb reports an infinitive: "declined to say"."""
        return any("i" in cue.frames for cue in self.words.cues.get(self.word(index), ()))

    def _reports(self, index: int) -> bool:
        """Whether a clause that somebody says follows a verb."""
        following = self.word(index + 1)
        cues = self.words.cues.get(self.word(index), ())
        clausal = any(cue.frames & set("bct") for cue in cues)
        return clausal and (following == "that" or following in self.words.words("nominative"))

    def _listed(self, start: int) -> int:
        """Take in what a list names before its last comma: "Qatar, Egypt and Jordan"."""
        while start > 1 and self.word(start - 1) == "," and self.word(start) != "":
            left = start - 2
            size = 0
            while left >= 0 and self.items[left].capital and size < 4:
                left -= 1
                size += 1
            borders = left < 0 or self.word(left) in {","}
            joined = any(self.word(i) in self.coordinator for i in range(start, start + 8))
            if not (size and borders and joined and self.items[start].capital):
                break
            start = left + 1
        return start

    def _without_adverbial(self, start: int, end: int) -> int:
        """Leave out what says when, where or how, before the subject itself."""
        while start < end and (
            self.word(start) in self.words.words("start")
            or self.word(start) in self.coordinator
            or (self.is_adverb(start) and self.word(start) not in self.determiner)
            or self.word(start) in {",", ")"}
        ):
            start += 1
        if self.word(start) == "with" and self.word(end).endswith("ing"):
            return start + 1
        if start < end and (self.word(start) in self.preposition or self.word(start) == "as"):
            return self._after_preposition(start, end)
        return start

    def _after_preposition(self, start: int, end: int) -> int:
        """Return where the subject begins after a phrase such as "in a letter"."""
        seen = 0
        for index in range(start + 1, end):
            if self.word(index) in self.words.words("determiner|nominative"):
                seen += 1
                if seen == 2 or index > start + 1:
                    return index
            if self.word(index) in self.weekday or self.word(index).isdigit():
                return index + 1
        return end if seen < 2 and self.word(start) in {"of"} else start

    def _with_apposition(self, edge: int) -> Subject:
        """The subject before a comma: "Eyal Zamir, the chief of staff, said"."""
        borders = self._segments(edge)
        first = 0
        while first < len(borders) - 1 and self._is_adverbial(*borders[first]):
            first += 1
        if first >= len(borders) - 1:
            return self._stray_comma(borders[first]) if borders else Subject(None)
        start = self._without_adverbial(borders[first][0], edge)
        return Subject((start, edge) if start < edge else None)

    def _stray_comma(self, part: Range) -> Subject:
        """A short subject that a comma parts from its verb."""
        short = part[0] == 0 and part[1] - part[0] < 12 and not self._is_adverbial(*part)
        return Subject(part if short else None)

    def _segments(self, edge: int) -> list[Range]:
        """The stretches between commas to the left of an edge, within its clause."""
        found: list[Range] = []
        end = edge - 1
        index = end - 1
        while index >= -1:
            if index == -1 or self.word(index) in _BREAKS or self.word(index) == ",":
                found.insert(0, (index + 1, end))
                if index == -1 or self.word(index) != ",":
                    break
                end = index
                if self.word(index + 1) in {"but", "while", "although", "because"}:
                    break
            index -= 1
        return [part for part in found if part[0] < part[1]]

    def _is_adverbial(self, start: int, end: int) -> bool:
        """Whether a stretch before a comma is no subject: it has a verb, or a preposition leads."""
        word = self.word(start)
        if word in self.words.words("preposition|conjunction") or self.is_adverb(start):
            return True
        if word.endswith("ing") or word in self.words.words("start"):
            return True
        verb = self.finite_in(start, end)
        return verb is not None and not self._modifies(verb)

    def first_subject(self, end: int) -> Range | None:
        """Return the subject with which a sentence begins, for a verb that shares it."""
        for index in range(end):
            if self.is_finite(index) and not self._modifies(index):
                _, edge = self.group_start(index)
                if edge == 0 or self.word(edge - 1) == QUOTED:
                    return None
                return self.before(edge).range if self.word(edge - 1) != "," else None
        return None

    def after(self, start: int) -> Range | None:
        """Return the subject that follows a verb: "said Heba Ali, a lawyer"."""
        end = start
        if self.word(start) in self.preposition:
            return None
        while end < len(self.items):
            word = self.word(end)
            if word in _STOPS or word in _DASHES or word == QUOTED:
                break
            if word == "," and not self._apposition_follows(end):
                break
            if end > start and (word in self.coordinator and self._verb_follows(end)):
                break
            led = self.word(end - 1) in self.determiner and end == start + 1
            if end > start and not led and (self.is_adverb(end) or self._starts_adverbial(end)):
                break
            if word in {"that", "as", "when", "while", "after", "before", "who"} and end > start:
                break
            end += 1
        while end > start and self.word(end - 1) in {",", "("}:
            end -= 1
        return (start, end) if end > start else None

    def _apposition_follows(self, comma: int) -> bool:
        """Whether a comma is followed by a role or office of somebody just named."""
        word = self.word(comma + 1)
        if word in self.determiner and word not in self.words.words("nominative"):
            return self.finite_in(comma + 1, min(comma + 10, len(self.items))) is None
        roles = self.words.words("role|organisation")
        near = {self.word(index) for index in range(comma + 1, comma + 5)}
        return bool(near & roles) and word not in self.words.words("coordinator|preposition")

    def _verb_follows(self, index: int) -> bool:
        stop = index + 1
        while stop < len(self.items) and self.word(stop) not in _PAUSES:
            stop += 1
        return self.finite_in(index + 1, stop) is not None

    def _starts_adverbial(self, index: int) -> bool:
        """Whether a preposition leads to a day, a channel or a place, and not on in a name."""
        word = self.word(index)
        if word not in self.preposition or word in {"of", "for", "at", "from", "with"}:
            return self.word(index) == "at" and self.word(index + 1) in self.determiner
        near = [self.word(later) for later in range(index + 1, index + 5)]
        special = self.words.words("weekday|channel-noun|month")
        return any(word in special for word in near) or self.word(index) in {
            "during", "after", "before", "when", "since",
        }  # fmt: skip
