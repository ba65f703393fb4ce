"""What follows a word that reports: quoted words, a clause, an infinitive or an object."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from goodoffices.reading.clauses import Clauses, Range
from goodoffices.reading.lexicon import Cue
from goodoffices.reading.text import QUOTED

Form = Literal["quote", "that", "question", "clause", "trailing", "infinitive", "object"]
"""How what is said is put; ``trailing`` when it comes before its speaker."""


_PARTING = frozenset({",", "when", "because"})
_MARKS = frozenset({"", ",", ".", ";", ":", "!", "?", "—", "–", "-", ")", "…", QUOTED})


@dataclass(slots=True)
class Complement:
    """What is said, and what stands between it and its cue."""

    form: Form
    content: tuple[Range, ...]
    channel: Range | None = None
    addressee: Range | None = None


class Complements:
    """Finds what follows the cues of one sentence."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self.words = clauses.words
        self.size = len(clauses.items)
        self._end = self._last()

    def _last(self) -> int:
        end = self.size
        while end > 0 and self.clauses.word(end - 1) in {".", "!", "?", "…", "..."}:
            end -= 1
        return end

    def clause_end(self, start: int) -> int:
        """Return where a clause that begins somewhere ends at the latest."""
        end = start
        while end < self._end and self.clauses.word(end) != ";":
            end += 1
        return end

    def after(self, verb: int, cue: Cue) -> Complement | None:
        """Return what follows a verb, or None when nothing that is said does."""
        start = verb + 1
        frames = cue.frames
        word = self.clauses.word
        if "f" in frames:
            return self._object(start + 1, "f") if word(start) == "for" else None
        if "m" in frames:
            return self._measured(start, "measure")
        if "z" in frames:
            return self._measured(start, "as-object")
        if "y" in frames:
            return self._called(start)
        if "k" in frames:
            return self._object(start, "x") if self._is_counted(start) else None
        addressee: Range | None = None
        if "p" in frames or "a" in frames:
            end = self._told(start)
            if "a" in frames and end > start and self._is_infinitive(end):
                rest = self.object_end(end)
                return Complement("infinitive", ((end, rest),), addressee=(start, end))
            if "p" in frames and end > start:
                addressee, start = (start, end), end
        if "i" in frames and self._is_infinitive(start):
            return Complement("infinitive", ((start, self.object_end(start)),), None, addressee)
        start, channel = self._skipped(start)
        found = self._content(start, frames, addressee is not None)
        if "o" in frames and addressee is not None and (found is None or found.form == "object"):
            found, addressee = self._object(verb + 1, "o"), None
        if found is None:
            return None
        return Complement(found.form, found.content, channel or found.channel, addressee)

    def _is_infinitive(self, place: int) -> bool:
        """Whether "to" and a verb begin here, or quoted words that a verb begins."""
        following = self.clauses.word(place + 1)
        marked = self.clauses.word(place) in self.words.words("infinitive")
        return marked and (following == QUOTED or following.isalpha())

    def _called(self, start: int) -> Complement | None:
        """What somebody is called: "it an insult"."""
        named = self.clauses.word(start + 1) in self.words.words("called-article")
        if named and self.clauses.word(start) in self.words.words("called-object"):
            return Complement("object", ((start, self.object_end(start)),))
        return None

    def _measured(self, start: int, name: str) -> Complement | None:
        """An object with a measure or a likeness: "put the losses at 12 million"."""
        end = self.object_end(start)
        for place in range(start + 1, end - 1):
            word = self.clauses.word(place)
            if word in self.words.words(name):
                return Complement("object", ((start, end),))
            if word == QUOTED or self.clauses.is_finite(place):
                break
        return None

    def _content(self, start: int, frames: frozenset[str], told: bool) -> Complement | None:
        word = self.clauses.word
        if "i" not in frames and self._is_infinitive(start - 1) and word(start) == QUOTED:
            return None
        quoted = self._quoted(start)
        if quoted is not None and quoted.form == "clause" and not frames & set("bct"):
            quoted = Complement("quote", ((start, start + 1),))
        if quoted is not None:
            return quoted if "q" in frames else self._object(start, "o" if "o" in frames else "")
        if word(start) in {",", ":"}:
            if word(start) == ":" and "q" in frames:
                rest = (start + 1, self._end)
                return Complement("quote", (rest,) if rest[0] < rest[1] else ())
            return None
        end = self.clause_end(start)
        if start >= end:
            return None
        if word(start) == "that" and frames & set("tbc"):
            that = self._that(start, end, strict="o" in frames)
            if that is not None or "o" not in frames:
                return that
        if word(start) in self.words.words("question") and "w" in frames:
            return Complement("question", ((start, end),))
        if "i" in frames and self._is_infinitive(start):
            return Complement("infinitive", ((start, self.object_end(start)),))
        if "b" in frames and self._is_clause(start, end, strict=told):
            return Complement("clause", ((start, end),))
        if "c" in frames and self._is_clause(start, end, strict=True):
            return Complement("clause", ((start, end),))
        if "q" in frames and (inner := self._quote_within(start, end)) is not None:
            return inner
        return self._object(start, "o" if "o" in frames else "x" if "x" in frames else "")

    def _that(self, start: int, end: int, *, strict: bool = False) -> Complement | None:
        """A clause with "that", unless the word only points at something."""
        following = self.clauses.word(start + 1)
        row = [self.clauses.word(place) for place in range(start, end)]
        pointing = following in self.words.words("coordinator") or not following[:1].isalnum()
        if end - start < 2 + (not strict) or (pointing and following not in {QUOTED, ","}):
            return None
        if strict and QUOTED not in row[:12] and "," not in row[1:2]:
            verb = self.clauses.finite_in(start + 1, end)
            if verb is None and (len(row) < 3 or row[2] in self.clauses.preposition):
                return None
            if verb is not None and self.clauses.word(verb - 1) in self.clauses.coordinator:
                return None
        return Complement("that", ((start, end),))

    def _quoted(self, start: int) -> Complement | None:
        """Quoted words right after a cue, a comma or a colon."""
        place = start
        while self.clauses.word(place) in {",", ":", "—", "–", "-"}:
            place += 1
        if self.clauses.word(place) != QUOTED:
            return None
        end = place + 1
        while self.clauses.word(end) == QUOTED:
            end += 1
        if place == start and self._goes_on(end):
            return Complement("clause", ((place, self.clause_end(end)),))
        return Complement("quote", ((place, end),))

    def _goes_on(self, end: int) -> bool:
        """Whether a sentence goes on after quoted words with which a clause began."""
        word = self.clauses.word(end)
        stops = {"", ".", ",", ";", ":", "!", "?", "—", "–", ")", "("}
        if word in stops or word in self.words.words("conjunction"):
            return False
        return self.clauses.finite_in(end, self.clause_end(end)) is not None

    def _quote_within(self, start: int, end: int) -> Complement | None:
        """Quoted words a little later, of a verb such as "called": "called the plan 'dead'"."""
        if self.clauses.word(start) in self.clauses.preposition:
            return None
        for place in range(start, min(end, start + 9)):
            word = self.clauses.word(place)
            if word == QUOTED:
                return Complement("object", ((start, place + 1),))
            if word in {",", "that", "who", "which"} or self.clauses.is_finite(place):
                return None
        return None

    def _is_clause(self, start: int, end: int, *, strict: bool) -> bool:
        """Whether what begins here is a clause with subject and verb, and not an object."""
        word = self.clauses.word(start)
        if word in {"so", "as", "about", "of"} and end - start < 4:
            return False
        if word in {"more", "nothing", "anything", "something"} and end - start < 3:
            return False
        following = self.clauses.word(start + 1)
        nominative = word == "there" or word in self.words.words("nominative")
        if nominative and word != "who":
            alone = word in {"it", "you"} and following in {",", ";"}
            return end - start > 1 and not alone
        if self.clauses.is_finite(start) or (
            word in self.clauses.determiner
            and (following in {",", ""} or following in self.clauses.coordinator)
        ):
            return False
        if not strict:
            return end - start > 1 and word not in {"and", "or", "by", "to", "about", "of"}
        if word in {"to", "and", "or", "as"} or word in self.clauses.preposition:
            return self._after_comma(start, end)
        end = self._before_relative(start, end)
        if any(self.clauses.word(place) == QUOTED for place in range(start, min(end, start + 7))):
            return True
        verb = self.clauses.finite_in(start + 1, end)
        if verb is None or (following == "of" and verb < start + 3):
            return False
        between = {self.clauses.word(place) for place in range(start, verb)}
        if not between.isdisjoint(_PARTING) or between & self.clauses.relative:
            return False
        return not (
            self.clauses.word(verb).endswith("ed")
            and self.clauses.word(verb + 1) in self.clauses.preposition
            and self.clauses.word(verb - 1) not in self.clauses.auxiliary
            and self.clauses.finite_in(verb + 1, end) is None
        )

    def _before_relative(self, start: int, end: int) -> int:
        """Where a clause that a comma and a relative pronoun add begins, or the end."""
        for place in range(start, end - 1):
            if self.clauses.word(place) == "," and self.clauses.word(place + 1) in {"which", "who"}:
                return place
        return end

    def _after_comma(self, start: int, end: int) -> bool:
        """Whether a clause follows the comma after a phrase that leads it."""
        for place in range(start, end):
            if self.clauses.word(place) == ",":
                return self._is_clause(place + 1, end, strict=True)
        return False

    def _object(self, start: int, frame: str) -> Complement | None:
        """An object that says what is demanded, offered or rejected."""
        if not frame or start >= self._end:
            return None
        word = self.clauses.word(start)
        if word in {",", ";", ":", ")", "and", "or", "by", "to", "as"}:
            return None
        if word in self.clauses.preposition and frame == "o" and not self._counts(start):
            return None
        return Complement("object", ((start, self.object_end(start)),))

    def _is_counted(self, start: int) -> bool:
        """Whether a number is among the first words of an object."""
        row = [self.clauses.word(place) for place in range(start, start + 4)]
        known = self.words.words("that-number")
        return any(word[:1].isdigit() or word in known for word in row)

    def _counts(self, start: int) -> bool:
        """Whether a number follows a word such as "about"."""
        following = self.clauses.word(start + 1)
        number = following[:1].isdigit() or following in self.words.words("that-number")
        return number and self.clauses.word(start) in self.words.words("approximate")

    def object_end(self, start: int) -> int:
        """Where an object ends: before a comma that begins another clause."""
        end = start
        limit = self.clause_end(start)
        while end < limit:
            word = self.clauses.word(end)
            following = self.clauses.word(end + 1)
            if word == ":" or (word == "," and self._leaves(end + 1, following, limit)):
                break
            if word in {"but", "while", "although"} and end > start:
                break
            if end > start + 1 and self._turns(end, word, following):
                break
            end += 1
        return end

    def _leaves(self, start: int, following: str, limit: int) -> bool:
        """Whether what follows a comma is no part of an object any more."""
        if following == "while" or following in self.words.words("coordinator|relative"):
            return True
        far = limit if following in {"a", "an"} else min(limit, start + 3)
        return following.endswith("ing") or self.clauses.finite_in(start, far) is not None

    def _turns(self, place: int, word: str, following: str) -> bool:
        """Whether another verb of the speaker begins: "and wants", "after turning"."""
        if word in self.words.words("coordinator"):
            verb = place + 1
            while self.clauses.is_adverb(verb):
                verb += 1
            return self.clauses.is_finite(verb) and self.clauses.word(verb) in self.words.cues
        return word in self.words.words("aside") and following.endswith("ing")

    def _told(self, start: int) -> int:
        """Where the words that say who was told end."""
        place = start
        word = self.clauses.word(place)
        if word in {"that", ",", ":", QUOTED, "", "of"} or word in self.words.words("question"):
            return start
        if word in {"it", "her", "him", "them", "us", "me", "you", "everyone", "everybody"}:
            verb = start + 1
            while self.clauses.is_adverb(verb):
                verb += 1
            speaks = word in self.words.words("nominative") and self.clauses.is_finite(verb)
            return start if speaks else start + 1
        stops = {
            "that", ",", ":", QUOTED, "", "how", "why", "what", "whether", "to", "if", ".", "about",
        }  # fmt: skip
        while place < self._end and place < start + 9:
            word = self.clauses.word(place)
            before = self.clauses.word(place - 1)
            if word in stops or (place > start and self._starts_clause(place)):
                break
            addressed = place > start and before in self.words.words("addressed")
            if addressed and not self.clauses.items[place].capital:
                break
            if self.clauses.is_finite(place):
                return (
                    start + 2 if self.clauses.word(start) in self.clauses.determiner else start + 1
                )
            place += 1
        bare = place == start + 1 and self.clauses.word(start) in self.clauses.determiner
        return start if bare else place

    def _starts_clause(self, place: int) -> bool:
        word = self.clauses.word(place)
        if word == "there" or word in self.words.words("nominative"):
            return True
        before = self.clauses.word(place - 1)
        return word in self.clauses.determiner and before not in self.clauses.preposition

    def _skipped(self, start: int) -> tuple[int, Range | None]:
        """Pass over when, where and to whom; return where they end and the channel."""
        channel: Range | None = None
        place = start
        while place < self._end:
            comma = self.clauses.word(place) == ","
            at = place + 1 if comma else place
            if self.clauses.is_adverb(at) and not (comma and self.clauses.word(at) in {"not"}):
                place = at + 1
                continue
            end, tells = self._adverbial(at)
            if end == at:
                break
            if tells:
                channel = channel or (at, end)
            place = end
        if self.clauses.word(place) == "," and self.clauses.word(place + 1) == "that":
            place += 1
        return place, channel

    def _adverbial(self, start: int) -> tuple[int, bool]:
        """The end of a phrase that is no part of what is said; whether it names a channel."""
        word = self.clauses.word
        led = word(start) in self.clauses.preposition or word(start) in {"last", "this", "earlier"}
        if not led:
            return start, False
        if word(start) == "to" and not self._is_addressed(start + 1):
            return start, False
        channels = self.words.words("channel-noun")
        for place in range(start + 1, min(start + 8, self._end)):
            if word(place) in channels and word(place + 1) not in channels:
                return self._with_day(place + 1), True
            if word(place) in self.clauses.weekday:
                return self._with_day(place + 1), False
            if word(place) in {",", "that", QUOTED, ":"}:
                break
            if place > start + 1 and self._starts_clause(place):
                break
        for place in range(start + 1, min(start + 14, self._end)):
            if word(place) in {"that", ":"} or (
                word(place) in {",", QUOTED} and self._clear(place)
            ):
                return place, word(start) in {"to", "on", "in"}
            if self.clauses.is_finite(place):
                break
        return start, False

    def _is_addressed(self, place: int) -> bool:
        """Whether somebody to whom one speaks is named, and not a verb after "to"."""
        word = self.clauses.word(place)
        known = self.words.words("determiner|addressed")
        return word in known or (place < self.size and self.clauses.items[place].capital)

    def _clear(self, place: int) -> bool:
        """Whether quoted words or "that" follow a comma at once."""
        following = self.clauses.word(place + 1)
        return self.clauses.word(place) == QUOTED or following in {QUOTED, "that"}

    def _with_day(self, end: int) -> int:
        while self.clauses.is_adverb(end) or self.clauses.word(end).isdigit():
            end += 1
        return end

    def trailing(self, verb: int, cue: Cue) -> Complement | None:
        """Nothing but adverbials, and who was told, after a verb that follows what is said."""
        start = self._told(verb + 1) if "p" in cue.frames else verb + 1
        place, _ = self._skipped(start)
        word = self.clauses.word(place)
        led = word in {"last", "to"} or word in self.words.words("preposition|conjunction")
        if word not in _MARKS and not led:
            return None
        addressee = (verb + 1, start) if start > verb + 1 else None
        return replace(self.resumed(start), addressee=addressee)

    def resumed(self, start: int) -> Complement:
        """What goes on after a speaker in the middle: "No," he said, "never"."""
        place, channel = self._skipped(start)
        word = self.clauses.word
        if word(place) in {",", ":", "—", "–"} and word(place + 1) == QUOTED:
            return Complement("trailing", ((place + 1, place + 2),), channel)
        return Complement("trailing", (), channel)

    def of_noun(self, noun: int, cue: Cue) -> Complement | None:
        """What follows a noun that reports."""
        start, frames = noun + 1, cue.frames
        word = self.clauses.word(start)
        end = self.clause_end(start)
        if word == "that" and "t" in frames:
            return self._that(start, end)
        if "i" in frames and self._is_infinitive(start):
            end = self.object_end(start)
            verb = self.clauses.finite_in(start + 2, end)
            return Complement("infinitive", ((start, verb or end),))
        linked = word in self.words.words("linked-to") and "x" in frames
        if (word == "for" and "f" in frames) or linked:
            end = self.object_end(start + 1)
            verb = self.clauses.finite_in(start + 2, end)
            return Complement("object", ((start + 1, verb or end),))
        return None

    def clause_before(self, start: int) -> tuple[Range, ...] | None:
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

    def clause_after(self, end: int) -> tuple[Range, ...]:
        """What goes on after a source in the middle of a clause."""
        if self.clauses.word(end) != ",":
            return ()
        last = self.clause_end(end + 1)
        if self.clauses.word(end + 1) in self.words.words("coordinator") or last - end < 3:
            return ()
        return ((end + 1, last),)
