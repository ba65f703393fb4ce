"""Finds who says what in a sentence.

The rules look at one sentence at a time. Some kinds of statement show their content elsewhere: a
verb after a finished quotation takes the sentence before, and a quotation goes on in sentences that
are nothing but quoted words; `goodoffices.reading.contents` sees to those.
"""

from __future__ import annotations

from dataclasses import replace

from goodoffices.reading.attributions import Attribution
from goodoffices.reading.clauses import Clauses, Range
from goodoffices.reading.complements import Complements
from goodoffices.reading.nouns import Nouns
from goodoffices.reading.text import Sentence
from goodoffices.reading.verbs import Verbs


class Finder:
    """Finds the attributions of one sentence."""

    def __init__(self, sentence: Sentence, clauses: Clauses) -> None:
        self.sentence = sentence
        self.words = clauses.words
        self.clauses = clauses
        self.complements = Complements(clauses)
        self.found: list[Attribution] = []
        self.verbs = Verbs(sentence, self.complements, self.found)
        self.nouns = Nouns(sentence, self.complements)

    def find(self) -> list[Attribution]:
        """Return what the sentence attributes, in the order of its cues."""
        found = self.found
        named = 0
        reports = self.words.reports
        for index, item in enumerate(self.sentence.items):
            if item.word not in reports:
                continue
            attribution = self.nouns.phrase(index) if item.word in self.words.leads else None
            if attribution is not None and attribution.source is not None:
                named = attribution.source[1]
            elif index < named:
                continue
            if attribution is None and item.word in self.words.cues:
                attribution = self.verbs.read(index)
            if attribution is None and item.word in self.words.nouns:
                attribution = self.nouns.noun(index)
            if attribution is None and item.word in self.words.words("hearsay"):
                attribution = self.nouns.hearsay(index)
            if attribution is not None:
                found.append(attribution)
                named = max(named, attribution.cue[1])
        return self._bounded(self._merged(found))

    def _merged(self, found: list[Attribution]) -> list[Attribution]:
        """Leave out "declined" of "declined to say", and "agree" of "refused to agree"."""
        starts = {
            one.cue[0]: one for one in found if one.cue[0] < one.head - 1 and one.form != "trailing"
        }
        left: list[Attribution] = []
        for one in found:
            longer = starts.get(one.cue[0])
            if longer is not None and longer is not one and one.form == "infinitive":
                left.append(one if longer.kind == "says" else longer)
            left += [
                one
                for other in found
                if one.form == "object"
                and other.cue[0] == one.cue[0]
                and other.cue[1] > one.cue[1]
                and other.form != "trailing"
            ]
        return [one for one in found if not any(one is other for other in left)]

    def _bounded(self, found: list[Attribution]) -> list[Attribution]:
        """Cut contents where the clause of a later speaker begins beside them."""
        if len(found) < 2:
            return found
        return [
            replace(one, content=self._cut(one, found[number + 1 :]))
            for number, one in enumerate(found)
        ]

    def _cut(self, one: Attribution, later: list[Attribution]) -> tuple[Range, ...]:
        cut: list[Range] = []
        for start, end in one.content:
            stop = end
            for other in later:
                border = self._border(other) or self._beside(one, other)
                if border is not None and start < border < stop and border > one.head:
                    stop = border
            cut.append((start, stop))
        return tuple(cut)

    def _beside(self, one: Attribution, other: Attribution) -> int | None:
        """Where a clause with "while" ends: "While A says so, B says no"."""
        if one.source is None or other.source is None or other.source[0] >= other.cue[0]:
            return None
        led = self.clauses.word(one.source[0] - 1) in self.words.words("subordinate")
        edge = other.source[0]
        return edge - 1 if led and self.clauses.word(edge - 1) == "," else None

    def _border(self, other: Attribution) -> int | None:
        """Where what comes before a later attribution ends, when the two stand side by side."""
        word = self.clauses.word
        edge = other.source[0] if other.source and other.source[0] < other.cue[0] else other.cue[0]
        if other.source is None:
            while edge > 0 and (self.clauses.is_adverb(edge - 1)):
                edge -= 1
            if word(edge - 1) in self.words.words("coordinator") and other.implied:
                return edge - 2 if word(edge - 2) == "," else edge - 1
            if word(edge - 1) == "," and word(other.head).endswith("ing"):
                return edge - 1
            return None
        if word(edge - 1) == "with" and word(edge - 2) == ",":
            return edge - 2
        side = {"but", "while", "although", "whereas", "though", "and"}
        if word(edge - 1) in side and word(edge - 2) == "," and other.cue[0] > edge:
            return edge - 2
        if word(edge - 1) in side - {"and"} and other.cue[0] > edge:
            return edge - 1
        return None
