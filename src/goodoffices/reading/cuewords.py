"""The cues of a sentence: words that report, with the auxiliaries that they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from goodoffices.reading.passages import TERMINAL
from goodoffices.reading.phrases import Hit
from goodoffices.reading.result import Mood
from goodoffices.reading.tongue import Language, Report
from goodoffices.reading.writing import Word

Range = tuple[int, int]
"""Numbers of words: the first, and the one after the last."""

_BACK = 6


class CueFound(NamedTuple):
    """A cue in its sentence: with its auxiliaries it is a group of words.

    Attributes:
        start: the number of the first word of its group.
        hit: the words of the cue itself.
        report: what the lexicon says of it.
        mood: how it is put.
        joined: whether a word joins it to what stands before.
    """

    start: int
    hit: Hit[tuple[Report, ...]]
    report: Report
    mood: Mood
    joined: bool

    @property
    def end(self) -> int:
        """The number of the word after it."""
        return self.hit.end


@dataclass(frozen=True)
class CuedSentence:
    """One sentence with its cues.

    Attributes:
        words: its words; a quotation is one of them.
        language: its language.
        dated: the numbers of words that belong to a date.
        named: ranges of words that name somebody of the case.
    """

    words: Sequence[Word]
    language: Language
    dated: frozenset[int]
    named: Sequence[Range]

    @cached_property
    def end(self) -> int:
        """The number of the word after the last that is no closing mark."""
        end = len(self.words)
        while end and self.words[end - 1].sort == "m" and self.words[end - 1].text in TERMINAL:
            end -= 1
        return end

    @cached_property
    def cues(self) -> tuple[CueFound, ...]:
        """The cues of the sentence."""
        return tuple(self._cues())

    @cached_property
    def starts(self) -> dict[int, CueFound]:
        return {cue.start: cue for cue in self.cues}

    def is_of(self, place: int, *names: str) -> bool:
        """Whether a word, or a group that begins there, is of one of some classes."""
        return 0 <= place < len(self.words) and not self.sorts[place].isdisjoint(names)

    @cached_property
    def sorts(self) -> tuple[frozenset[str], ...]:
        """The classes that each word is of, or a group that begins there."""
        found = []
        for place in range(len(self.words)):
            hits = list(self.language.sorts.all_at(self.words, place))
            if self.language.sorts.plain(self.words[place]):  # a known word is not cut
                hits = [hit for hit in hits if not hit.form.prefixes]
            found.append(frozenset(name for hit in hits for name in hit.value))
        return tuple(found)

    @cached_property
    def cue_places(self) -> frozenset[int]:
        """The numbers of the words of cues."""
        return frozenset(place for cue in self.cues for place in range(cue.hit.start, cue.end))

    @cached_property
    def named_places(self) -> frozenset[int]:
        """The numbers of the words of names."""
        return frozenset(place for start, end in self.named for place in range(start, end))

    def is_mark(self, place: int, marks: frozenset[str]) -> bool:
        return (
            0 <= place < len(self.words)
            and self.words[place].sort == "m"
            and self.words[place].text in marks
        )

    def _cues(self) -> Iterator[CueFound]:
        place = 0
        while place < self.end:
            cue = self._cue(place)
            if cue is not None:
                yield cue
            place = cue.end if cue is not None else place + 1

    def _cue(self, place: int) -> CueFound | None:
        """The cue at a place, if the words before it let it be one."""
        if self.words[place].sort != "w" or self.within_name(place):
            return None
        for hit in self.language.cues.all_at(self.words, place):
            if any(sort not in {"conjunction", "complementizer"} for sort, _ in hit.form.prefixes):
                continue
            if self.is_of(place - 1, "no-verb"):
                return None
            start, helped, negated = self._group(place, hit.end)
            for report in hit.value:
                if report.helped and not helped:
                    continue
                joined = bool(hit.form.prefixes) or self.links(start - 1)
                return CueFound(start, hit, report, self._mood(start, hit, negated), joined)
        return None

    def within_name(self, place: int) -> bool:
        return place in self.named_places

    def links(self, place: int) -> bool:
        """Whether a word joins what follows to what was said before."""
        return self.is_of(place, "conjunction", "relative")

    def _group(self, place: int, end: int) -> tuple[int, bool, bool]:
        """Where the verb's group begins, and whether it has an auxiliary and is negated."""
        helped = negated = False
        start = place
        for before in range(place - 1, max(-1, place - 1 - _BACK), -1):
            word = self.words[before]
            auxiliary = self.is_of(before, "auxiliary") and before not in self.dated
            negation = self.is_of(before, "negation")
            dash = word.text == "-" and self.words[before + 1].start == word.end
            linked = dash or (self.words[before + 1].text == "-" and before + 1 >= start)
            turned = self.language.known("pronoun").plain(word) and self.is_mark(
                before - 1, frozenset("-")
            )
            linked = linked or turned
            if not (auxiliary or negation or linked or self.is_of(before, "adverb", "clitic")):
                break
            helped, negated, start = helped or auxiliary, negated or negation, before
        negated = negated or self.is_of(end, "negation-after")
        return start, helped, negated

    def _mood(self, start: int, hit: Hit[tuple[Report, ...]], negated: bool) -> Mood:
        future = any(self.is_of(place, "future") for place in range(start, hit.start))
        return Mood(negated=negated, future=future or self.is_of(hit.start, "future-form"))
