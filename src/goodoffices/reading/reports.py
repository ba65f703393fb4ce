"""Who says what in a sentence, from a list of cues and the marks and small words around them.

These rules know no language. A cue may stand before its speaker or after, and what is said may
follow it, with a complementizer, a colon or quotation marks, or go before it, with a comma.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from goodoffices.model.record import StatementKind
from goodoffices.reading.cuewords import CuedSentence, CueFound, Range
from goodoffices.reading.passages import TERMINAL
from goodoffices.reading.phrases import Hit
from goodoffices.reading.result import Form, Mood
from goodoffices.reading.spans import Span
from goodoffices.reading.tongue import Report
from goodoffices.reading.writing import Word

_REACH = 30
"""How many words after a cue may pass before what is said begins."""
_SUBJECT = 14
_SHORT = 4
_COMMAS = frozenset(",،;؛")
_CLOSED = frozenset("()[]—–")


class Told(NamedTuple):
    """A statement that a sentence reports, as numbers of its words.

    Attributes:
        cue: the words that report.
        begins: the code point at which they begin, after prefixes.
        speaker: the words that name who speaks; None when the clause names nobody.
        content: what is said, in one piece or more.
        report: what the lexicon says of the cue.
        form: how the content is put.
        mood: how the cue is put.
        source: whether the words name a source, as "according to".
    """

    cue: Range
    begins: int
    speaker: Range | None
    content: tuple[Range, ...]
    report: Report
    form: Form
    mood: Mood
    source: bool = False


@dataclass(frozen=True)
class Telling(CuedSentence):
    """One sentence, while what it reports is looked for."""

    def told(self) -> Iterator[Told]:
        """Yield the statements of the sentence, in the order of their cues."""
        found = [*self._by_cues(), *self._by_sources()]
        yield from sorted(found, key=lambda one: one.cue)

    def _by_cues(self) -> Iterator[Told]:
        for cue in self.cues:
            told = self._inverted(cue) or self._onward(cue)
            if told is not None:
                yield told

    def _told(
        self, cue: CueFound, speaker: Range | None, content: Sequence[Range], form: Form
    ) -> Told | None:
        parts = tuple(part for part in map(self._trimmed, content) if part is not None)
        if not parts:
            return None
        begins = self.words[cue.hit.start].begins(cue.hit.form)
        named = self._trimmed(speaker) if speaker is not None else None
        return Told((cue.hit.start, cue.end), begins, named, parts, cue.report, form, cue.mood)

    def _trimmed(self, part: Range) -> Range | None:
        """A range without marks at its ends; None when nothing is left."""
        start, end = part
        while start < end and self.words[start].sort == "m" and self.words[start].text not in "([":
            start += 1
        while (
            start < end
            and self.words[end - 1].sort == "m"
            and self.words[end - 1].text not in ")]%"
        ):
            end -= 1
        return (start, end) if start < end else None

    def _inverted(self, cue: CueFound) -> Told | None:
        """What is said stands before the cue, and after a comma or in quotation marks."""
        before = cue.start - 1
        if self.is_of(before, "as"):
            before -= 1
        comma = self.is_mark(before, _COMMAS)
        quoted = before - comma >= 0 and self.words[before - comma].sort == "q"
        if before < 0 or not (comma or quoted) or not cue.report.frames & {"q", "t"}:
            return None
        said = self._quoted_before(before - comma) if quoted else (0, before)
        if said[0] >= said[1] or (not quoted and not self._speaks_after(cue, said)):
            return None
        speaker = self._pronoun(cue) or self._after(cue.end)
        content = [said]
        rest = speaker[1] if speaker is not None else cue.end
        for place in range(rest, min(rest + 2, self.end)):
            if self.words[place].sort == "q":
                content.append((place, place + 1))
        return self._told(cue, speaker, content, "clause")

    def _speaks_after(self, cue: CueFound, said: Range) -> bool:
        """Whether a cue after a comma closes what was said before it, in the report's words."""
        if said[1] - said[0] < 3 or cue.joined or "t" not in cue.report.frames:
            return False
        if self._opener(cue.end) is not None:
            return False
        short = self.end - cue.end <= _SUBJECT
        return short and (self._pronoun(cue) is not None or cue.end < self.end)

    def _quoted_before(self, place: int) -> Range:
        """Quotations in a row that end at a place."""
        start = place
        while start > 0 and self.words[start - 1].sort == "q":
            start -= 1
        return start, place + 1

    def _pronoun(self, cue: CueFound) -> Range | None:
        """A pronoun within the verb's group, as inversion puts it."""
        for place in range(cue.start, cue.hit.start):
            if self.language.known("pronoun").plain(self.words[place]) and self.is_mark(
                place - 1, frozenset("-")
            ):
                return place, place + 1
        return None

    def _after(self, place: int) -> Range | None:
        """The words after a cue that name its speaker, with what is set beside them."""
        start = self._past(place, "adverb", "negation-after")
        end = start
        while end < self.end and end - start < _SUBJECT and not self._stops(end):
            end += 1
        if end == start:
            return None
        if self.is_mark(end, _COMMAS):
            beside = end + 1
            stop = beside
            while stop < self.end and not self._stops(stop) and stop - beside <= _SHORT:
                stop += 1
            alone = stop >= self.end or self.is_mark(stop, _COMMAS)
            name = self.words[beside].capital if beside < len(self.words) else False
            cased = self.language.setting("capitals") == "yes"
            if (
                alone
                and 0 < stop - beside <= _SHORT
                and (name or not cased)
                and (stop - beside > 1 or name)
            ):
                return start, stop
        return start, end

    def _stops(self, place: int) -> bool:
        """Whether a word ends the name of a speaker."""
        word = self.words[place]
        if word.sort == "q" or place in self.dated:
            return True
        if word.sort == "m":
            return not (word.text == "-" or word.text in "'.")
        if place in self.named_places or self.is_of(place, "of"):
            return False
        if place in self.starts or self._complements(place):
            return True
        return self.is_of(place, "relative", "conjunction", "preposition", "channel", "start")

    def _past(self, place: int, *names: str) -> int:
        """The place after words of some classes."""
        while place < self.end and (self.is_of(place, *names) or place in self.dated):
            place += 1
        return place

    def _complements(self, place: int) -> bool:
        """Whether a word opens a clause that says what was said."""
        return self.is_of(place, "complementizer") or self._complementing_prefix(place)

    def _complementing_prefix(self, place: int) -> bool:
        """Whether a word has a prefix that opens a clause, and is no known word itself."""
        if not 0 <= place < len(self.words) or self.within_name(place) or place in self.dated:
            return False
        word = self.words[place]
        if self.language.numbers.plain(word):
            return False
        forms = [form for form in word.forms if form.prefixes]
        if not any(sort == "complementizer" for form in forms for sort, _ in form.prefixes[:2]):
            return False
        return not any(known.plain(word) for known in self.language.classes.values())

    def _opener(self, place: int, *, first: bool = False) -> tuple[str, int] | None:
        """What opens the words that are said, after a cue: its sort, and where they begin."""
        commas = 0
        for at in range(place, min(self.end, place + _REACH)):
            word = self.words[at]
            if word.sort == "q":
                return ("q", at) if commas < 2 else None
            if word.text == ":" and word.sort == "m":
                return "q", at + 1
            if self.is_mark(at, _COMMAS):
                commas += 1
            elif word.sort == "m" and word.text in TERMINAL:
                return None
            elif self.is_of(at, "complementizer") or (
                commas == 0 and (at > place or first) and self._complementing_prefix(at)
            ):
                return "t", at
            elif at in self.starts or commas > 2 or self.is_of(at, "relative"):
                return None
        return None

    def _onward(self, cue: CueFound) -> Told | None:
        """What is said comes after the cue."""
        left = self._left(cue)
        opener = self._opener(cue.end, first=left is not None or cue.joined)
        if opener is not None and (opener[0] not in cue.report.frames):
            opener = None
        until = self._until(cue)
        if opener is not None and opener[1] < until:
            speaker = left or (self._after(cue.end) if cue.end < opener[1] else None)
            if speaker is not None and speaker[0] >= opener[1]:
                speaker = left
            if speaker is not None and speaker != left:
                speaker = (speaker[0], min(speaker[1], opener[1]))
            part = (opener[1], until)
            if self.words[opener[1]].sort == "q":
                part = self._from_quote(opener[1], until)
            return self._told(cue, speaker, [part], "clause")
        if "o" not in cue.report.frames:
            return None
        return self._object(cue, left, until)

    def _from_quote(self, place: int, until: int) -> Range:
        """A quotation, and others right after it."""
        end = place + 1
        while end < until and self.words[end].sort == "q":
            end += 1
        return place, end

    def _object(self, cue: CueFound, left: Range | None, until: int) -> Told | None:
        """What is said is an object or an infinitive."""
        start = self._past(cue.end, "adverb", "negation-after")
        speaker = left
        if left is None and self.language.setting("subject") == "after" and not cue.report.helped:
            speaker = self._subject(start, until)
            start = self._past(speaker[1], "adverb") if speaker is not None else start
        start = self._past_dates(start)
        if start >= until:
            return None
        return self._told(cue, speaker, [(start, until)], self._form(start, until))

    def _past_dates(self, place: int) -> int:
        while place < self.end and place in self.dated:
            place += 1
        return place

    def _form(self, start: int, until: int) -> Form:
        """Whether an infinitive is among the first words of what is said."""
        endings = tuple(self.language.setting("infinitives").split())
        beginning = self.language.setting("infinitive-prefix")
        place = self._past(start, "preposition", "of", "adverb", "clitic")
        if place >= until:
            return "object"
        text = self.words[place].text
        if endings and text.endswith(endings) and not self.words[place].capital:
            return "infinitive" if place == start or place - start <= 2 else "object"
        begins = beginning and text.startswith(beginning) and len(text) > 3 and place == start
        return "infinitive" if begins else "object"

    def _subject(self, start: int, until: int) -> Range | None:
        """The speaker right after a cue, where an object follows: a name, or one noun group."""
        for first, end in self.named:
            if first == start and end < until:
                return first, end
        end = start
        while end < until and end - start < _SUBJECT and not self._stops(end):
            if end > start and self._prefixed(end, "preposition"):
                break
            end += 1
        if end == start or (end >= until and end - start < 2):
            return None
        definite = self._prefixed(start, "article")
        if definite:
            stop = start + 1
            endings = tuple(self.language.setting("adjective-endings").split())
            while stop < end and self._prefixed(stop, "article") and stop - start < 3:
                if not endings or not self.words[stop].text.endswith(endings):
                    break
                stop += 1
        else:
            stop = min(end, start + 2)
        bounded = end < until and self._prefixed(end, "preposition")
        return start, (end if bounded and end - start <= _SHORT and not definite else stop)

    def _prefixed(self, place: int, sort: str) -> bool:
        """Whether a word is written with a prefix of a class, and is no known word itself."""
        word = self.words[place]
        known = any(known.plain(word) for known in self.language.classes.values())
        if known and sort != "article":
            return False
        return any(name == sort for form in word.forms for name, _ in form.prefixes[:2])

    def _left(self, cue: CueFound) -> Range | None:
        """The words before a cue that name its speaker."""
        start = self._clause_start(cue.start)
        found = self._named_left(start, cue.start)
        if found is None and self.is_mark(cue.start - 1, _COMMAS):
            found = self._beside(cue.start - 1)
        return found

    def _clause_start(self, end: int) -> int:
        """Where the clause begins that ends at a place."""
        start = end
        while start > 0 and end - start < _SUBJECT:
            word = self.words[start - 1]
            if word.sort == "q" or (word.sort == "m" and word.text not in "-'.%"):
                break
            before = start - 1
            if self.is_of(before, "conjunction", "complementizer", "relative"):
                break
            if before in self.cue_places:
                break
            start -= 1
        return start

    def _named_left(self, start: int, end: int) -> Range | None:
        while start < end and (
            start in self.dated or self.is_of(start, "start", "adverb", "conjunction")
        ):
            start += 1
        while end > start and (
            end - 1 in self.dated
            or self.is_of(end - 1, "adverb")
            or self.words[end - 1].sort == "m"
        ):
            end -= 1
        for place in range(start + 1, end):
            # "In a statement" and the like close the name.
            if self.is_of(place, "channel"):
                end = place
                break
        letters = [place for place in range(start, end) if self.words[place].sort != "m"]
        return (start, end) if letters else None

    def _beside(self, comma: int) -> Range | None:
        """A name that is followed by another, set beside it between commas."""
        start = self._clause_start(comma)
        if start == comma or not self.is_mark(start - 1, _COMMAS) or comma - start > 6:
            return None
        first = self._clause_start(start - 1)
        if not 0 < start - 1 - first <= 8 or not self.cue_places.isdisjoint(range(first, comma)):
            return None
        found = self._named_left(first, start - 1)
        return (found[0], comma) if found is not None else None

    def _until(self, cue: CueFound) -> int:
        """Where what is said ends at the latest: before what is joined to it, or a source."""
        until = self.end
        at = bisect_left(self.cues, cue.end, key=lambda one: one.start)
        later = self.cues[at : at + 6]
        for one in later:
            start = one.start
            link = start - 1
            if not one.joined:
                if self.is_mark(link, _COMMAS) and self._closes(one):
                    until = min(until, link)
                continue
            opener = self._opener(one.end, first=True)
            if opener is None and "o" not in one.report.frames:
                continue
            if self.is_of(link, "relative") or self._only_relative(one):
                continue
            if not one.hit.form.prefixes or one.start < one.hit.start:
                start = link if self.links(link) else start
            until = min(until, start)
        for hit in self._source_hits:
            if cue.end < hit.start < until and self.is_mark(hit.start - 1, _COMMAS):
                until = min(until, hit.start - 1)
        return until

    def _only_relative(self, cue: CueFound) -> bool:
        """Whether a cue is joined by a prefix that opens a clause, and by nothing else."""
        return [sort for sort, _ in cue.hit.form.prefixes] == ["complementizer"]

    def _closes(self, cue: CueFound) -> bool:
        """Whether a cue after a comma says again who speaks: "he said", or goes on telling."""
        if self._pronoun(cue) is not None:
            return True
        return (
            self.is_of(cue.hit.start, "telling-on")
            and self._opener(cue.end, first=True) is not None
        )

    # Words that name a source.

    @cached_property
    def _source_hits(self) -> tuple[Hit[StatementKind], ...]:
        found = []
        place = 0
        while place < self.end:
            hit = self.language.sources.at(self.words, place)
            if hit is not None and place in self._source_places(hit):
                found.append(hit)
            place = hit.end if hit is not None else place + 1
        return tuple(found)

    def _source_places(self, hit: Hit[StatementKind]) -> Sequence[int]:
        """A source is named where a clause begins; or anywhere, by words that do nothing else."""
        start = hit.start
        opens = start == 0 or self.is_mark(start - 1, _COMMAS | _CLOSED)
        weak = self.language.known("weak-source").has(self.words, start)
        return (start,) if opens or not weak else ()

    def _by_sources(self) -> Iterator[Told]:
        for hit in self._source_hits:
            told = self._sourced(hit)
            if told is not None:
                yield told

    def _sourced(self, hit: Hit[StatementKind]) -> Told | None:
        end = hit.end
        if end >= self.end:
            return None
        for first, stop in self.named:
            if first == end or first == end + 1:
                end = max(end, stop)
        while end < self.end and end - hit.end < _SUBJECT and not self.is_mark(end, _COMMAS):
            if self.words[end].sort in "qm" and self.words[end].text not in "-'.":
                break
            if self._complements(end) or self.is_of(end, "finite"):
                break
            end += 1
        if hit.end == end:
            return None
        report = Report(hit.value, frozenset("t"))
        begins = self.words[hit.start].begins(hit.form)
        first = not any(self.words[place].sort != "m" for place in range(hit.start))
        if first:
            cue = next((one for one in self.cues if one.start >= end and one.joined), None)
            until = self.end if cue is None or cue.hit.form.prefixes == () else cue.start
            part = self._trimmed((end, until if until > end + 1 else self.end))
        else:
            part = self._trimmed((self._source_from(hit.start), hit.start))
        speaker = self._trimmed((hit.end, end))
        if part is None or speaker is None or self._is_numeric(speaker):
            return None
        return Told((hit.start, hit.end), begins, speaker, (part,), report, "clause", Mood(), True)

    def _is_numeric(self, part: Range) -> bool:
        """Whether a range names nobody, but a number or a day."""
        return all(self.words[place].sort != "w" or place in self.dated for place in range(*part))

    def _source_from(self, place: int) -> int:
        """Where the words begin that a source after them says: after the sentence's own cue."""
        at = bisect_right(self.cues, place, key=lambda cue: cue.end)
        opener = self._opener(self.cues[at - 1].end) if at else None
        return opener[1] if opener is not None else 0


def span_of(words: Sequence[Word], part: Range) -> Span:
    """Return where a range of words stands."""
    return Span(words[part[0]].start, words[part[1] - 1].end)
