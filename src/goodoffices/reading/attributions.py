"""Who says what: verbs and groups of words that report, with their subject and content.

The rules look at one sentence at a time. Some kinds of statement show their content elsewhere: a
verb after a finished quotation takes the sentence before, and a quotation goes on in sentences that
are nothing but quoted words; `join` in `goodoffices.reading.contents` sees to those.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from goodoffices.model.record import StatementKind
from goodoffices.reading.clauses import Clauses, Range, Subject
from goodoffices.reading.complements import Complement, Complements, Form
from goodoffices.reading.lexicon import Cue, Way
from goodoffices.reading.text import QUOTED, Sentence

_ADJECTIVES = ("ing", "ed", "ful", "ous", "ive", "ish", "ic", "ical", "ional", "less", "able")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One report of what somebody says, in items of its sentence.

    Attributes:
        sentence: the sentence that it was found in.
        cue: the items of the verb with its auxiliaries, or of the words that report.
        head: the item of the verb itself.
        source: the items that name the speaker there; None when none do.
        implied: items elsewhere in the sentence that say who is meant.
        relative: whether the source is a relative pronoun.
        content: the items of what is said; empty when it stands in another sentence.
        kind: what the cue makes of it.
        way: speech, thought or finding.
        form: how what is said is put.
        channel: the items that say where or to whom.
        addressee: the items that say who was told.
        passive: whether the cue is in the passive voice.
    """

    sentence: Sentence
    cue: Range
    head: int
    source: Range | None
    implied: Range | None
    relative: bool
    content: tuple[Range, ...]
    kind: StatementKind
    way: Way
    form: Form
    channel: Range | None = None
    addressee: Range | None = None
    passive: bool = False


class Finder:
    """Finds the attributions of one sentence."""

    def __init__(self, sentence: Sentence, clauses: Clauses) -> None:
        self.sentence = sentence
        self.words = clauses.words
        self.clauses = clauses
        self.complements = Complements(self.clauses)

    def find(self) -> list[Attribution]:
        """Return what the sentence attributes, in the order of its cues."""
        found: list[Attribution] = []
        named = 0
        reports = self.words.reports
        for index, item in enumerate(self.sentence.items):
            if item.word not in reports:
                continue
            attribution = self._phrase(index) if item.word in self.words.leads else None
            if attribution is not None and attribution.source is not None:
                named = attribution.source[1]
            elif index < named:
                continue
            if attribution is None and item.word in self.words.cues:
                attribution = self._verb(index)
            if attribution is None and item.word in self.words.nouns:
                attribution = self._noun(index)
            if attribution is not None:
                found.append(attribution)
        return self._bounded(found)

    def _verb(self, index: int) -> Attribution | None:
        """Read one verb, or nothing when the word is no verb here or reports nothing."""
        if self._is_noun(index):
            return None
        first, edge = self.clauses.group_start(index)
        word = self.clauses.word
        if word(first - 1) == "to" and not word(first - 2).startswith(("refus", "declin")):
            return None
        group = {word(place) for place in range(first, index)}
        adjective = any("j" in cue.frames for cue in self.words.cues[word(index)])
        if adjective and not group & self.words.words("be"):
            return None
        if group & self.words.words("be") and not word(index).endswith("ing") and not adjective:
            return self._passive(index, first, edge)
        if first == index and word(index + 1) in self.words.words("agent"):
            return self._passive(index, first, edge)
        best: Attribution | None = None
        for cue in self.words.cues[word(index)]:
            attribution = self._active(index, first, edge, cue)
            if attribution is not None and (best is None or _stronger(attribution, best)):
                best = attribution
        return best

    def _is_noun(self, index: int) -> bool:
        """Whether a word that can be a verb is a noun or an adjective here."""
        word, before = self.clauses.word(index), self.clauses.word(index - 1)
        if index and self.sentence.items[index].capital and before not in {QUOTED, ":"}:
            return True
        if index and before.endswith(("'s", "s'")) and before not in self.words.words("finite"):
            return True
        if before in self.words.words("possessive") or before in {"the", "a", "an", "whose"}:
            return True
        noun = word in self.words.words("noun-like")
        if before in self.words.words("determiner") and noun:
            return True
        if before in self.words.words("preposition"):
            return not (word.endswith("ing") and before in {"by", "with"})
        return noun and self._reads_as_noun(index)

    def _reads_as_noun(self, index: int) -> bool:
        """Whether the neighbours of a word that can be a noun or a verb make it a noun."""
        word, before = self.clauses.word(index), self.clauses.word(index - 1)
        following = self.clauses.word(index + 1)
        if following in {"of", "'s"} | self.clauses.auxiliary and before != "who":
            return True
        if before.isdigit() or before.endswith(_ADJECTIVES):
            return True
        if word.endswith(("ed", "ing")) or before in self.clauses.auxiliary:
            return False
        _, edge = self.clauses.group_start(index)
        subject = self.clauses.before(edge).range
        return subject is not None and not self._agrees(subject, word)

    def _agrees(self, subject: Range, verb: str) -> bool:
        """Whether subject and verb fit in number, as far as their endings show."""
        words = [self.clauses.word(place) for place in range(*subject)]
        cut = next((n for n, w in enumerate(words) if n and w in self.clauses.preposition), None)
        head = (words[:cut] or [""])[-1]
        if head == ",":
            return True
        singular = verb.endswith("s") and not verb.endswith("ss")
        plural = (head.endswith("s") and not head.endswith(("ss", "us", "is"))) or "and" in words
        named = all(self.sentence.items[place].capital for place in range(*subject))
        if head in self.words.words("nominative") | self.words.words("unnamed"):
            plural = not singular
        return named or plural != singular

    def _active(self, index: int, first: int, edge: int, cue: Cue) -> Attribution | None:
        """Read a verb in the active voice as one entry of the lexicon has it."""
        last = index + 1 if cue.particle else index
        if cue.particle and self.clauses.word(last) != cue.particle:
            return None
        arranged = self._arranged((edge, index), last, cue)
        if arranged is None:
            return None
        subject, found = arranged
        if "P" in cue.frames and self._untold(found):
            return None
        implied = subject.implied
        if subject.range is None and implied is None:
            implied = self._implied(edge, index)
            if not self._bare(edge, index, implied, found):
                return None
        if subject.range is not None and not self._speaks(subject.range, cue):
            return None
        return Attribution(
            self.sentence, (first, last + 1), index, subject.range, implied, subject.relative,
            found.content, cue.kind, cue.way, found.form, found.channel, found.addressee,
        )  # fmt: skip

    def _arranged(self, group: Range, last: int, cue: Cue) -> tuple[Subject, Complement] | None:
        """Who speaks and what is said: before the verb, behind it, or around it."""
        subject = self.clauses.before(group[0])
        after = self.complements.after(last, cue)
        if self._inverts(group, cue, subject.range, after):
            return self._inverted(last, group[0])
        if after is None:
            return self._trailing(last, cue, subject)
        return subject, self._resumed(subject, after)

    def _inverted(self, index: int, edge: int) -> tuple[Subject, Complement] | None:
        """A speaker after the verb, and what is said before it: "..., said the minister"."""
        source = self.clauses.after(index + 1)
        if source is None:
            return None
        resumed = self.complements.resumed(source[1])
        return Subject(source), replace(resumed, content=(*self._before(edge), *resumed.content))

    def _trailing(
        self, index: int, cue: Cue, subject: Subject
    ) -> tuple[Subject, Complement] | None:
        """A speaker and verb after what is said: "..., the minister said"."""
        if "n" not in cue.frames or subject.range is None or subject.relative:
            return None
        resumed = self.complements.trailing(index, cue)
        before = self._before(subject.range[0])
        if resumed is None or not (before or subject.range[0] == 0):
            return None
        return subject, replace(resumed, content=(*before, *resumed.content))

    def _resumed(self, subject: Subject, after: Complement) -> Complement:
        """Add a quotation before its speaker to one that goes on behind the verb."""
        if subject.range is None or after.form != "quote":
            return after
        return replace(after, content=(*self._split_quote(subject.range[0]), *after.content))

    def _untold(self, after: Complement) -> bool:
        """Whether nobody is told what somebody "told"."""
        return after.addressee is None and after.form not in {"quote", "trailing"}

    def _inverts(
        self, group: Range, cue: Cue, source: Range | None, after: Complement | None
    ) -> bool:
        """Whether the speaker follows the verb: "..., said the minister"."""
        edge, index = group
        if "n" not in cue.frames or self.clauses.word(index).endswith("ing"):
            return False
        before = self.clauses.word(edge - 1)
        if before == QUOTED:
            return True
        if before not in {",", "?", "!", "—", "–"} or edge != index:
            return edge == 0 and index == 0 and self.sentence.inside == -1 and after is None
        if source is None:
            quoted = self.clauses.word(edge - 2) == QUOTED
            return quoted or after is None or after.form not in {"quote", "that"}
        return after is None or after.form == "object"

    def _before(self, edge: int) -> tuple[Range, ...]:
        """What stands before a speaker or verb that comes after what is said."""
        end = edge
        while end > 0 and self.clauses.word(end - 1) in {",", "—", "–", "--", "-"}:
            end -= 1
        if end == edge and not (end and self.clauses.word(end - 1) in {QUOTED, "?", "!"}):
            return ()
        start = end
        while start > 0 and self.clauses.word(start - 1) not in {";", ":"}:
            start -= 1
        if end - start == 1 or self._only_quotes(start, end):
            return ((start, end),)
        while start < end and self.clauses.word(start) in {"but", "and", ","}:
            start += 1
        quoted = any(self.clauses.word(place) == QUOTED for place in range(start, end))
        spoken = quoted or self.clauses.finite_in(start, end) is not None
        return ((start, end),) if spoken else ()

    def _only_quotes(self, start: int, end: int) -> bool:
        return all(self.clauses.word(index) in {QUOTED, ",", "."} for index in range(start, end))

    def _split_quote(self, edge: int) -> tuple[Range, ...]:
        """A quotation before the speaker of one that goes on: "No," he said, "never"."""
        if self.clauses.word(edge - 1) == QUOTED or (
            self.clauses.word(edge - 1) == "," and self.clauses.word(edge - 2) == QUOTED
        ):
            return self._before(edge)
        return ()

    def _implied(self, edge: int, index: int) -> Range | None:
        """Who a verb without a subject of its own belongs to."""
        if self.clauses.word(index).endswith("ing"):
            return self.clauses.first_subject(edge)
        return None

    def _bare(self, edge: int, index: int, implied: Range | None, after: Complement) -> bool:
        """Whether a verb without a subject is one to keep."""
        if self.clauses.word(index).endswith("ing"):
            strong = after.form in {"quote", "that"} or self.clauses.word(edge - 1) == ","
            return strong and self.clauses.word(index - 1) != "of" and edge > 0
        return implied is not None or (edge > 0 and self.clauses.word(edge - 1) == "that")

    def _speaks(self, source: Range, cue: Cue) -> bool:
        """Whether a subject can report: "it shows" and "there" cannot."""
        words = [self.clauses.word(index) for index in range(*source)]
        if words[0] in {"there", "this", "that"} and len(words) == 1:
            return False
        if len(words) == 1 and words[0] in {"it", "which", "what"}:
            return cue.way == "speech"
        return all(word != QUOTED for word in words) or len(words) > 1

    def _passive(self, index: int, first: int, edge: int) -> Attribution | None:
        """Read "was rejected by the council" and "it is estimated that"."""
        plain = [cue for cue in self.words.cues[self.clauses.word(index)] if not cue.particle]
        if not plain:
            return None
        cue = plain[0]
        before = self.clauses.before(edge)
        subject = before.range or before.implied
        by = index + 1
        while self.clauses.is_adverb(by):
            by += 1
        if self.clauses.word(by) in self.words.words("agent"):
            source = self.clauses.after(by + 1)
            if source is None or subject is None or not cue.frames & set("oxi"):
                return None
            return Attribution(
                self.sentence, (first, index + 1), index, source, None, False, (subject,),
                cue.kind, cue.way, "object", passive=True,
            )  # fmt: skip
        after = self.complements.after(index, cue)
        if subject is None or self.clauses.word(subject[0]) != "it" or after is None:
            return None
        if after.form not in {"that", "clause"}:
            return None
        return Attribution(
            self.sentence, (first, index + 1), index, None, None, False, after.content,
            cue.kind, cue.way, after.form, passive=True,
        )  # fmt: skip

    def _noun(self, index: int) -> Attribution | None:
        """Read "its refusal to", "the minister's claim that"."""
        for cue in self.words.nouns[self.clauses.word(index)]:
            content = self.complements.of_noun(index, cue)
            if content is None:
                continue
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
        return None

    def _from_noun(self, index: int, source: Range, content: Complement, cue: Cue) -> Attribution:
        return Attribution(
            self.sentence, (index, index + 1), index, source, None, False, content.content,
            cue.kind, cue.way, content.form,
        )  # fmt: skip

    def _phrase(self, index: int) -> Attribution | None:
        """Read "according to"."""
        for phrase, kind in self.words.phrases:
            end = index + len(phrase)
            if self.clauses.word(end - 1) != phrase[-1]:
                continue
            if tuple(self.clauses.word(place) for place in range(index, end)) == phrase:
                return self._according(index, end, kind)
        return None

    def _according(self, start: int, end: int, kind: StatementKind) -> Attribution | None:
        before = self._clause_before(start)
        if before is None:
            source, content = self._leading(end)
        else:
            found = self.clauses.after(end)
            source, content = found or (end, end), before
            content = (*content, *self._clause_after(source[1]))
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

    def _clause_before(self, start: int) -> tuple[Range, ...] | None:
        """What stands before a group such as "according to"; None when it leads its clause."""
        if start == 0 or self.clauses.word(start - 1) in {"that", "and", "but", ";", ":"}:
            return None
        end = start
        while end > 0 and self.clauses.word(end - 1) == ",":
            end -= 1
        begin = end
        while begin > 0 and self.clauses.word(begin - 1) not in {";", ":"}:
            begin -= 1
        while begin < end and self.clauses.word(begin) in {"but", "and"}:
            begin += 1
        return ((begin, end),) if begin < end else None

    def _clause_after(self, end: int) -> tuple[Range, ...]:
        """What goes on after a source in the middle of a clause."""
        if self.clauses.word(end) != ",":
            return ()
        last = self.complements.clause_end(end + 1)
        if self.clauses.word(end + 1) in self.words.words("coordinator") or last - end < 3:
            return ()
        return ((end + 1, last),)

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
                border = self._border(other)
                if border is not None and start < border < stop and border > one.head:
                    stop = border
            cut.append((start, stop))
        return tuple(cut)

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
        return None


def _stronger(one: Attribution, other: Attribution) -> bool:
    order = ("quote", "that", "question", "clause", "infinitive", "object", "trailing")
    return order.index(one.form) < order.index(other.form)
