"""Nouns, groups of words and adverbs that report: "its refusal to", "according to"."""

from __future__ import annotations

from dataclasses import replace

from goodoffices.model.record import StatementKind
from goodoffices.reading.attributions import PAUSES, Attribution, acts, unsourced
from goodoffices.reading.clauses import Range
from goodoffices.reading.complements import Complement, Complements
from goodoffices.reading.lexicon import Cue
from goodoffices.reading.text import QUOTED, Sentence


class Nouns:
    """Reads what reports in a sentence without being a verb."""

    def __init__(self, sentence: Sentence, complements: Complements) -> None:
        self.sentence = sentence
        self.complements = complements
        self.clauses = complements.clauses
        self.words = complements.words

    def noun(self, index: int) -> Attribution | None:
        """Read "its refusal to", "the minister's claim that"."""
        for cue in self.words.nouns[self.clauses.word(index)]:
            if "v" in cue.frames:
                if (found := self._viewed(index, cue)) is not None:
                    return found
                continue
            if "d" in cue.frames:
                if (found := self._stated(index, cue)) is not None:
                    return found
                continue
            last, author = self._author(index)
            content = self.complements.of_noun(last, cue)
            if content is None:
                continue
            content = self._as_subject(index, content)
            if author is not None:
                return self._from_noun(index, author, content, cue)
            if (found := self._given(index, content, cue)) is not None:
                return found
            start = index
            while start > 0 and self.clauses.word(start - 1) not in self.clauses.preposition:
                start -= 1
                if self.clauses.word(start) in self.words.words("possessive"):
                    return self._from_noun(index, (start, start + 1), content, cue)
                if self.clauses.word(start).endswith(("'s", "s'")):
                    first = self.clauses.before(start + 1).range or (start, start + 1)
                    return self._from_noun(index, first, content, cue)
                if start < index - 3:
                    break
            if content.form == "that" and "t" in cue.frames and self._leads(index):
                if self.clauses.word(0) in self.words.words("amid"):
                    end = self.complements.object_end(content.content[0][0])
                    content = replace(content, content=((content.content[0][0], end),))
                return unsourced(self.sentence, (index, index + 1), content.content, cue, "clause")
        return None

    def _stated(self, index: int, cue: Cue) -> Attribution | None:
        """Read "the union's position is that", of the union or of nobody."""
        verb = index + 1
        while verb < index + 8 and not self.clauses.is_finite(verb):
            if self.clauses.word(verb) in PAUSES or not self.clauses.word(verb):
                return None
            verb += 1
        tells = self.clauses.word(verb + 1) in self.words.words("complementizer")
        if self.clauses.word(verb) not in self.words.words("be") or not tells:
            return None
        content = ((verb + 1, self.complements.clause_end(verb + 1)),)
        owner = index - 1
        while owner >= 0 and index - owner < 4:
            if self.clauses.word(owner) in self.words.words("possessive"):
                return self._from_noun(index, (owner, owner + 1), Complement("that", content), cue)
            if self.clauses.word(owner).endswith(("'s", "s'")):
                first = self.clauses.before(owner + 1).range or (owner, owner + 1)
                return self._from_noun(index, first, Complement("that", content), cue)
            owner -= 1
        return unsourced(self.sentence, (index, index + 1), content, cue, "that")

    def _leads(self, index: int) -> bool:
        """Whether a noun is the first of its sentence: "Claims that", "Amid claims that"."""
        start = 1 if self.clauses.word(0) in self.words.words("amid") else 0
        first = self.clauses.word(start) in self.clauses.determiner
        return index == start or (index == start + 1 and first)

    def _as_subject(self, index: int, content: Complement) -> Complement:
        """Leave out the verb whose subject a noun with its clause is: "... was shared by few"."""
        if content.form != "that" or self.clauses.finite_in(0, index) is not None:
            return content
        start, end = content.content[0]
        first = self.clauses.finite_in(start + 1, end)
        if first is None:
            return content
        joints = self.clauses.conjunction | self.clauses.relative | {",", QUOTED}
        for place in range(first + 1, end):
            word = self.clauses.word(place)
            if word in joints or word in self.words.words("nominative"):
                break
            edge = self.clauses.group_start(place)[0] if self.clauses.is_finite(place) else first
            if edge > first + 1 and self.clauses.word(edge - 1) not in self.clauses.determiner:
                return replace(content, content=((start, edge),))
        return content

    def _viewed(self, index: int, cue: Cue) -> Attribution | None:
        """Read "in the minister's view", with the clause around it."""
        start = index
        while start > 0 and index - start < 8:
            start -= 1
            if self.clauses.word(start) in self.words.words("viewing"):
                break
        last = index - (self.clauses.word(index - 1) in self.words.words("own"))
        owner = self.clauses.word(last - 1)
        own = owner in self.words.words("possessive") or owner.endswith(("'s", "s'"))
        if not own or self.clauses.word(start) not in self.words.words("viewing"):
            return None
        leads = start == 0 or self.clauses.word(start - 1) in PAUSES
        content = self.complements.clause_after(index + 1) if leads and start == 0 else ()
        if not content and self.clauses.word(index + 1) in {"", ",", ".", ";"}:
            content = self.complements.clause_before(start) or ()
        if not content:
            return None
        found = Complement("clause", content)
        return self._from_noun(index, (start + 1, index), found, cue)

    def _author(self, index: int) -> tuple[int, Range | None]:
        """Who is named after a noun: "a warning from the ministry that"."""
        if self.clauses.word(index + 1) not in self.words.words("source-link"):
            return index, None
        end = index + 2
        stops = self.words.words("complementizer|infinitive")
        while self.clauses.word(end) and self.clauses.word(end) not in stops:
            if self.clauses.is_finite(end) or self.clauses.word(end) in {",", ";", ":"}:
                return index, None
            end += 1
        return end - 1, (index + 2, end) if end > index + 2 else None

    def _given(self, index: int, content: Complement, cue: Cue) -> Attribution | None:
        """Read a noun that a verb without weight gives: "issued a warning that"."""
        for place in range(index - 1, max(-1, index - 5), -1):
            word = self.clauses.word(place)
            if word.endswith(("'s", "s'")):
                return None
            if word in self.words.words("light"):
                subject = self.clauses.before(self.clauses.group_start(place)[1])
                meant = subject.range or subject.implied
                if meant is None or not acts(self.clauses, meant):
                    return None
                found = self._from_noun(index, meant, content, cue)
                return replace(found, cue=(place, index + 1))
            if word in self.words.words("be") and self.clauses.word(place - 1) == "there":
                found = self._from_noun(index, (0, 1), content, cue)
                return replace(found, cue=(place - 1, index + 1), source=None)
            if self.clauses.is_finite(place) or word in PAUSES:
                return None
        return None

    def _from_noun(self, index: int, source: Range, content: Complement, cue: Cue) -> Attribution:
        return Attribution(
            self.sentence, (index, index + 1), index, source, None, False, content.content,
            cue.kind, cue.way, content.form,
        )  # fmt: skip

    def hearsay(self, index: int) -> Attribution | None:
        """Read an adverb that says that somebody says so: "reportedly"."""
        start = index + 1
        if self.clauses.word(start) not in self.clauses.preposition:
            start = index
            while start > 0 and self.clauses.word(start - 1) not in {";", ":", ","}:
                start -= 1
        end = self.complements.object_end(index + 1)
        parts = ((start, index), (index + 1, end)) if start < index else ((index + 1, end),)
        if end <= index + 1:
            return None
        return unsourced(self.sentence, (index, index + 1), parts, _HEARSAY, "clause")

    def phrase(self, index: int) -> Attribution | None:
        """Read "according to"."""
        if self.clauses.word(index - 1) in self.words.words("be"):
            return None
        for phrase, kind in self.words.phrases:
            end = index + len(phrase)
            if self.clauses.word(end - 1) != phrase[-1]:
                continue
            if tuple(self.clauses.word(place) for place in range(index, end)) == phrase:
                return self._according(index, end, kind)
        return None

    def _according(self, start: int, end: int, kind: StatementKind) -> Attribution | None:
        before = self.complements.clause_before(start)
        if before is None:
            source, content = self._leading(end)
        else:
            found = self.clauses.after(end)
            source, content = found or (end, end), before
            content = (*content, *self.complements.clause_after(source[1]))
        if source[0] >= source[1] or not content:
            return None
        sort = [
            cue.kind
            for place in range(*source)
            for cue in self.words.nouns.get(self.clauses.word(place), ())
            if cue.kind == "estimates"
        ]
        return Attribution(
            self.sentence, (start, end), start, source, None, False, content,
            sort[0] if sort else kind, "speech", "clause",
        )  # fmt: skip

    def _leading(self, end: int) -> tuple[Range, tuple[Range, ...]]:
        """A source that leads its sentence, and what follows its comma."""
        comma = end
        last = self.complements.clause_end(end)
        while comma < last:
            if self.clauses.word(comma) == ",":
                stop = comma + 1
                while stop < last and self.clauses.word(stop) != ",":
                    stop += 1
                if self.clauses.finite_in(end, comma) is not None:
                    break
                verb = self.clauses.finite_in(comma + 1, stop)
                quoted = any(self.clauses.word(place) == QUOTED for place in range(comma, stop))
                if verb is not None or quoted or stop >= last:
                    return (end, comma), ((comma + 1, last),)
            comma += 1
        return self._leading_name(end, last)

    def _leading_name(self, end: int, last: int) -> tuple[Range, tuple[Range, ...]]:
        """A source that no comma parts from what follows: a name, as far as it goes."""
        items = self.sentence.items
        stop = end + 1 if self.clauses.word(end) in self.clauses.determiner else end
        while stop < last and (items[stop].capital or self.clauses.word(stop) in {"of", "for"}):
            stop += 1
        return ((end, stop), ((stop, last),)) if last - stop > 2 else ((end, end), ())


_HEARSAY = Cue("says", "speech", frozenset())
