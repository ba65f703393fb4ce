"""Verbs that report: who says what with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from goodoffices.reading.attributions import PAUSES, Attribution, acts, unsourced
from goodoffices.reading.clauses import Range, Subject
from goodoffices.reading.complements import Complement, Complements
from goodoffices.reading.lexicon import Cue
from goodoffices.reading.text import QUOTED, Sentence
from goodoffices.reading.word_classes import is_noun


class Verbs:
    """Reads the verbs of one sentence.

    Attributes:
        found: what was found in the sentence before, for verbs that share its speaker.
    """

    def __init__(
        self, sentence: Sentence, complements: Complements, found: Sequence[Attribution]
    ) -> None:
        self.sentence = sentence
        self.complements = complements
        self.clauses = complements.clauses
        self.words = complements.words
        self.found = found

    def read(self, index: int) -> Attribution | None:
        """Read one verb, or nothing when the word is no verb here or reports nothing."""
        if is_noun(self.clauses, index):
            return None
        first, edge = self.clauses.group_start(index)
        word = self.clauses.word
        own = word(first - 1) not in self.words.words("infinitive")
        if not own:
            start = self._controlled(first - 2)
            if start is None:
                return None
            first, edge = start
        group = {word(place) for place in range(first, index)} if own else set()
        if not group.isdisjoint(self.words.words("obliged|advised")):
            return None
        adjective = any("j" in cue.frames for cue in self.words.cues[word(index)])
        if adjective and not group & self.words.words("be"):
            return None
        if group & self.words.words("be") and not word(index).endswith("ing") and not adjective:
            return self._passive(index, first, edge)
        dated = word(index + 2).isdigit() or word(index + 2) in self.words.words("month")
        if first == index and word(index + 1) in self.words.words("agent") and not dated:
            return self._passive(index, first, edge)
        best: Attribution | None = None
        for cue in self.words.cues[word(index)]:
            attribution = self._active(index, first, edge, cue)
            if attribution is not None and (best is None or _stronger(attribution, best)):
                best = attribution
        return best

    def _controlled(self, place: int) -> Range | None:
        """Where the verb begins that an infinitive hangs on: "went so far as to say"."""
        start = place
        while start >= 0 and self.clauses.word(start) in self.words.words("control"):
            start -= 1
        return self.clauses.group_start(start + 1) if start < place else None

    def _active(self, index: int, first: int, edge: int, cue: Cue) -> Attribution | None:
        """Read a verb in the active voice as one entry of the lexicon has it."""
        last = self._last(index, cue)
        if last is None:
            return None
        if "u" in cue.frames and not self._would(first, index):
            return None
        arranged = self._arranged((edge, index), last, cue)
        if arranged is None:
            return None
        subject, found = arranged
        if "P" in cue.frames and self._untold(found):
            return None
        if "A" in cue.frames and self._speaks_later(found):
            return None
        if "a" in cue.frames and self._is_anonymous(found):
            return None
        if "e" in cue.frames:
            return self._emerged((first, index + 1), subject, found, cue)
        implied = subject.implied
        if (quoted := self._quoted_by_another(first)) is not None:
            subject, implied = Subject(quoted), None
        if subject.range is None and implied is None:
            gerund = any(self.clauses.word(place).endswith("ing") for place in (first, index))
            implied = self._implied(edge) if gerund or self._joined(edge) else None
            if not self._bare(edge, gerund, implied, found):
                return None
        if subject.range is not None and not self._speaks(subject.range, cue):
            return None
        content = self._within_relative(subject, found.content)
        return Attribution(
            self.sentence, (first, last + 1), index, subject.range, implied, subject.relative,
            content, cue.kind, cue.way, found.form, found.channel, found.addressee,
        )  # fmt: skip

    def _last(self, index: int, cue: Cue) -> int | None:
        """Where a verb ends, with the words that must follow it: "turned it down"."""
        start = index + 1
        parted = cue.particle and self.clauses.word(start) in self.words.words("object-pronoun")
        if parted and self.clauses.word(start) != cue.particle[0]:
            start += 1
        end = start + len(cue.particle)
        words = tuple(self.clauses.word(place) for place in range(start, end))
        if words != cue.particle or (start > index + 1 and "o" not in cue.frames):
            return None
        return end - 1 if cue.particle else index

    def _would(self, first: int, index: int) -> bool:
        group = {self.clauses.word(place) for place in range(first - 1, index)}
        return bool(group & self.words.words("would"))

    def _arranged(self, group: Range, last: int, cue: Cue) -> tuple[Subject, Complement] | None:
        """Who speaks and what is said: before the verb, behind it, or around it."""
        subject = self.clauses.before(group[0])
        if (
            group[0] < group[1]
            and self.clauses.word(group[0]) in self.words.words("gerund")
            and self.clauses.word(group[0] - 1) in {"", ","}
        ):
            subject = Subject(None)
        after_comma = self.clauses.word(group[0] - 1) == ","
        if after_comma and self.clauses.word(group[1]).endswith("ing") and self.found:
            subject = subject if self.found[-1].passive else Subject(None)
        after = self.complements.after(last, cue) if cue.frames != {"s"} else None
        if cue.particle and last - group[1] > len(cue.particle):
            after = Complement("object", ((group[1] + 1, group[1] + 2),))
        if self._inverts(group, cue, subject.range, after) or self._interrupts(group, cue):
            return self._inverted(last, group[0])
        if (told := self._of_relative(group[0], last, subject, cue)) is not None:
            return subject, told
        if (said := self._as_said(group[0], last, cue)) is not None:
            return said
        if after is None or self._leans(last, subject, after):
            return self._trailing(last, cue, subject)
        return subject, self._resumed(subject, after)

    def _interrupts(self, group: Range, cue: Cue) -> bool:
        """Whether a speaker stands in the middle of a clause: "The rules, said Ruiz, are old"."""
        word, (edge, index) = self.clauses.word, group
        if "n" not in cue.frames or edge != index or word(edge - 1) != ",":
            return False
        end = index + 1
        while end < len(self.sentence.items) and self.sentence.items[end].capital:
            end += 1
        if end == index + 1 or word(end) != ",":
            return False
        return self.clauses.is_finite(end + 1) and bool(self._parted(edge, end))

    def _of_relative(self, edge: int, last: int, subject: Subject, cue: Cue) -> Complement | None:
        """What somebody says of what a relative pronoun means: "the text, which he says is old"."""
        word = self.clauses.word
        if subject.range is None or subject.relative or not cue.frames & set("bc"):
            return None
        led = word(subject.range[0] - 1) in self.clauses.relative and not word(last).endswith("ing")
        if not led or not self.clauses.is_finite(last + 1):
            return None
        end = self.complements.clause_end(last + 1)
        marks = PAUSES | {"—", "–"}
        stop = next((place for place in range(last + 2, end) if word(place) in marks), end)
        return Complement("clause", ((last + 1, stop),)) if subject.range[1] == edge else None

    def _within_relative(self, subject: Subject, content: tuple[Range, ...]) -> tuple[Range, ...]:
        """Cut what is said where the relative clause ends that reports it: "..., will not sign"."""
        word = self.clauses.word
        if subject.range is None or len(content) != 1:
            return content
        edge = subject.range[0]
        whose = word(edge - 1) in self.words.words("whose")
        if not (subject.relative or whose) or word(edge - 1 - whose) != ",":
            return content
        start, end = content[0]
        for place in range(start + 1, end - 1):
            verb = place + 1
            while self.clauses.is_adverb(verb):
                verb += 1
            if word(place) == "," and self.clauses.is_finite(verb):
                return ((start, place),)
        return content

    def _as_said(self, edge: int, last: int, cue: Cue) -> tuple[Subject, Complement] | None:
        """Read "as the minister put it", with the clause before or after."""
        word = self.clauses.word
        start = edge
        while start > 0 and word(start - 1) not in PAUSES and edge - start < 12:
            start -= 1
            if word(start) in self.words.words("as"):
                break
        if word(start) not in self.words.words("as") or start + 1 >= edge or "q" not in cue.frames:
            return None
        if word(start - 1) not in {"", ",", ";", QUOTED}:
            return None
        after = self.complements.trailing(last, cue)
        if after is None:
            return None
        end = last + 1
        while word(end) not in PAUSES and word(end):
            end += 1
        if start == 0 or word(start - 1) == ";":
            content = self.complements.clause_after(end)
        else:
            content = self.complements.clause_before(start) or ()
            whole = content and self.clauses.finite_in(*content[0]) is not None
            content = content if whole else (*content, *self.complements.clause_after(end))
        return (Subject((start + 1, edge)), replace(after, content=content)) if content else None

    def _leans(self, last: int, subject: Subject, after: Complement) -> bool:
        """Whether what follows only says where: "..., she said on the quay, where it rained"."""
        if subject.range is None or after.form != "clause" or self.clauses.word(last) == ",":
            return False
        before = subject.range[0]
        quoted = QUOTED in {self.clauses.word(before - 1), self.clauses.word(before - 2)}
        led = self.clauses.word(after.content[0][0]) in self.clauses.preposition
        return quoted and led

    def _inverted(self, index: int, edge: int) -> tuple[Subject, Complement] | None:
        """A speaker after the verb, and what is said before it: "..., said the minister"."""
        source = self.clauses.after(index + 1)
        if source is None:
            return None
        resumed = self.complements.resumed(source[1])
        parted = self._parted(edge, source[1])
        before = self._before(edge)
        if not before and source[1] >= len(self.sentence.items):
            before = self._headline(edge, source[1] - 1)
        content = parted or (*before, *resumed.content)
        return Subject(source), replace(resumed, content=content)

    def _trailing(
        self, index: int, cue: Cue, subject: Subject
    ) -> tuple[Subject, Complement] | None:
        """A speaker and verb after what is said: "..., the minister said"."""
        if "n" not in cue.frames or subject.range is None or subject.relative:
            return None
        resumed = self.complements.trailing(index, cue)
        if resumed is None:
            return None
        if parted := self._parted(subject.range[0], index + 1):
            return subject, replace(resumed, content=parted)
        before = self._before(subject.range[0]) or self._headline(subject.range[0], index)
        if not (before or subject.range[0] == 0):
            return None
        return subject, replace(resumed, content=(*before, *resumed.content))

    def _headline(self, edge: int, last: int) -> tuple[Range, ...]:
        """What a headline reports before its source: "Port to close, union says"."""
        ends = last == len(self.sentence.items) - 1 and self.sentence.inside == -1
        if not ends or edge < 3 or self.clauses.word(edge - 1) not in {",", "—", "–", "-", ":"}:
            return ()
        return ((0, edge - 1),)

    def _parted(self, edge: int, place: int) -> tuple[Range, ...]:
        """What a speaker in its middle parts: "Injuries, she said, had risen"."""
        word = self.clauses.word
        if word(edge - 1) != "," or word(place) != ",":
            return ()
        start = edge - 1
        while start > 0 and word(start - 1) not in {";", ":"}:
            start -= 1
        while word(start) in self.words.words("coordinator"):
            start += 1
        if edge - start > 2 and word(edge - 2) in self.words.words("subordinate") | {"that"}:
            return ((place + 1, self.complements.clause_end(place + 1)),)
        verb = place + 1
        while self.clauses.is_adverb(verb):
            verb += 1
        open_clause = word(start) in self.words.words("subordinate|preposition")
        goes_on = self.clauses.is_finite(verb) or word(verb) in self.clauses.auxiliary
        whole = self.clauses.finite_in(start, edge - 1) is not None and not open_clause
        if start >= edge - 1 or whole or not (goes_on or open_clause):
            return ()
        return (start, edge - 1), (place + 1, self.complements.clause_end(place + 1))

    def _resumed(self, subject: Subject, after: Complement) -> Complement:
        """Add a quotation before its speaker to one that goes on behind the verb."""
        if subject.range is None or after.form != "quote":
            return after
        return replace(after, content=(*self._split_quote(subject.range[0]), *after.content))

    def _speaks_later(self, after: Complement) -> bool:
        """Whether somebody only wants to speak: "wanted to say more"."""
        verb = self.clauses.word(after.content[0][0] + 1) if after.content else ""
        says = any(cue.kind == "says" for cue in self.words.cues.get(verb, ()))
        return after.form == "infinitive" and says

    def _quoted_by_another(self, edge: int) -> Range | None:
        """Who speaks in "the Herald quoted the army as saying"."""
        word = self.clauses.word
        if word(edge - 1) not in self.words.words("as") or not word(edge).endswith("ing"):
            return None
        for place in range(edge - 2, max(-1, edge - 14), -1):
            if word(place) in self.words.words("quoting"):
                told = word(place - 1) in self.words.words("be") or place + 1 >= edge - 1
                return None if told else (place + 1, edge - 1)
            if word(place) in PAUSES:
                break
        return None

    def _is_anonymous(self, after: Complement) -> bool:
        """Whether somebody only asks not to be named."""
        last = self.clauses.word(after.content[-1][1] - 1) if after.content else ""
        return after.form == "infinitive" and last in self.words.words("anonymous")

    def _emerged(
        self, cue: Range, subject: Subject, after: Complement, entry: Cue
    ) -> Attribution | None:
        """Read "it emerged that", of which the text names no source."""
        named = subject.range
        if named is None or self.clauses.word(named[0]) not in self.words.words("expletive"):
            return None
        return unsourced(self.sentence, cue, after.content, entry, after.form)

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
        if "P" in cue.frames and source is not None:
            return False
        before = self.clauses.word(edge - 1)
        if before == QUOTED:
            return True
        if before not in {",", "?", "!", "—", "–"} or edge != index:
            return edge == 0 and index == 0 and self.sentence.inside == -1 and after is None
        if source is not None and self.clauses.word(source[1] - 1) == ",":
            return False
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
        if not quoted and self.clauses.word(start) in self.words.words("reply-lead"):
            return ()
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

    def _joined(self, edge: int) -> bool:
        return self.clauses.word(edge - 1) in self.clauses.coordinator

    def _implied(self, edge: int) -> Range | None:
        """Who a verb without a subject of its own belongs to: who spoke last, or the first."""
        if self.found and not self.found[-1].passive and not self.found[-1].relative:
            last = self.found[-1].source or self.found[-1].implied
            if last is not None and last[1] <= edge:
                return last
        return self.clauses.first_subject(edge)

    def _bare(self, edge: int, gerund: bool, implied: Range | None, after: Complement) -> bool:
        """Whether a verb without a subject is one to keep."""
        if gerund:
            led = self.clauses.word(edge - 1)
            strong = after.form in {"quote", "that"} or led in {",", "as"}
            return (strong or led in self.words.words("aside")) and led != "of" and edge > 0
        return implied is not None or (edge > 0 and self.clauses.word(edge - 1) == "that")

    def _speaks(self, source: Range, cue: Cue) -> bool:
        """Whether a subject can report: "it shows" and "there" cannot."""
        words = [self.clauses.word(index) for index in range(*source)]
        if words[0] in {"there", "this", "that"} and len(words) == 1:
            return False
        if len(words) == 1 and words[0] in {"it", "which", "what"}:
            return cue.way == "speech"
        if "A" in cue.frames and not acts(self.clauses, source):
            return False
        return all(word != QUOTED for word in words) or len(words) > 1

    def _passive(self, index: int, first: int, edge: int) -> Attribution | None:
        """Read "was rejected by the council" and "it is estimated that"."""
        plain = [cue for cue in self.words.cues[self.clauses.word(index)] if not cue.particle]
        if not plain:
            return None
        cue = next((cue for cue in plain if "s" not in cue.frames), plain[0])
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
        if subject is None:
            return None
        if self.clauses.word(subject[0]) not in self.words.words("expletive"):
            return self._unsaid(index, first, subject, plain)
        if after is None or after.form not in {"that", "clause", "infinitive"}:
            return None
        return Attribution(
            self.sentence, (first, index + 1), index, None, None, False, after.content,
            cue.kind, cue.way, after.form, passive=True,
        )  # fmt: skip

    def _unsaid(
        self, index: int, first: int, subject: Range, cues: list[Cue]
    ) -> Attribution | None:
        """Read what nobody is named for: "is said to favour it", "has been agreed"."""
        by = index + 1
        said = next((cue for cue in cues if "s" in cue.frames), None)
        if said is not None and self.clauses.word(by) in self.words.words("infinitive"):
            content = subject, (by, self.complements.object_end(by))
            return unsourced(self.sentence, (first, index + 1), content, said, "infinitive")
        group = {self.clauses.word(place) for place in range(first, index)}
        if self.clauses.word(index) in self.words.words("agentless") and (
            group & self.words.words("perfect")
        ):
            return unsourced(self.sentence, (first, index + 1), (subject,), cues[0], "object")
        return None


def _stronger(one: Attribution, other: Attribution) -> bool:
    order = ("quote", "that", "question", "clause", "infinitive", "object", "trailing")
    longer = one.cue[1] - other.cue[1]
    return longer > 0 if longer else order.index(one.form) < order.index(other.form)
