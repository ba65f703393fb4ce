"""What stands around a number, and whether that makes it another thing than a figure.

Clock times, years, scores, ages, ordinals, telephone numbers, addresses and numbers that only label
something are told apart here by the words and marks beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from goodoffices.reading.figure_forms import FigureForms
from goodoffices.reading.lexicon import Lexicon
from goodoffices.reading.numbers import value_of
from goodoffices.reading.spans import Span

DASHES = ("-", "–", "—")
_AROUND = 60
_COUNTED_WORDS = 4


@dataclass
class Context:
    """One number in a text, with what stands before and after it."""

    text: str
    span: Span
    forms: FigureForms
    words: Lexicon
    _words_before: dict[int, str] = field(default_factory=dict, init=False, repr=False)
    written: str = field(init=False)
    """The number as it is written."""

    def __post_init__(self) -> None:
        self.written = self.span.of(self.text)

    @property
    def spelled(self) -> bool:
        """Whether the number is written in words."""
        return not self.written[0].isdigit()

    def before(self, start: int) -> str:
        """Return some text before a place."""
        return self.text[max(0, start - _AROUND) : start]

    def ends_with(self, bound: re.Pattern[str], start: int) -> re.Match[str] | None:
        """Return the words of a bound that end where something starts; most numbers have none."""
        before = self.text[max(0, start - _AROUND) : start]
        last = before.rsplit(None, 1)[-1:]
        if last and last[0].isalpha() and last[0].lower() not in self.forms.bound_ends:
            return None
        row = before.rsplit(None, self.forms.bound_words)
        return bound.search(before, len(row[0]) if len(row) > self.forms.bound_words else 0)

    def word_before(self, start: int) -> str:
        """Return the word that white space parts from a place, in lower case; "" for none."""
        known = self._words_before.get(start)
        if known is None:
            before = self.text[max(0, start - _AROUND) : start]
            parted = before[-1:].isspace()
            last = before.rsplit(None, 1)[-1:] if parted else []
            match = _LETTERS.search(last[0]) if last else None
            known = self._words_before[start] = match.group().lower() if match else ""
        return known

    def word_after(self, end: int) -> str:
        """Return the word that follows a place, in lower case; "" for none."""
        match = _NEXT_WORD.match(self.text, end)
        return match.group(1).lower() if match is not None else ""

    def has(self, name: str, word: str) -> bool:
        """Whether a word is of a class of the forms of figures."""
        return word in self.forms.classes[name]

    def is_closed(self, word: str) -> bool:
        """Whether a word ends what is counted: one of a closed class, or a verb."""
        lower = word.lower().replace("’", "'")
        if lower in self.forms.closed:
            return True
        return lower in self.words.cues and lower not in self.words.words("noun-like")

    def is_open_end(self, end: int) -> bool:
        """Whether no noun follows a place."""
        word = self.word_after(end)
        return not word or self.is_closed(word) or self.has("not-counted", word)

    def counted_from(self, place: int, *, of_share: bool) -> Span | None:
        """Return the words for what is counted: those of no closed class that follow."""
        row = list(self._counted(self._passed(place), of_share=of_share))
        return Span(row[0].start, row[-1].end) if row else None

    def is_passed(self, place: int) -> bool:
        """Whether a word is joined to a number that says no more: "40,000-strong"."""
        match = _JOINED.match(self.text, place)
        return match is not None and self.has("passed", match.group(1).lower())

    def _passed(self, place: int) -> int:
        """Where the words after "40,000-strong" begin."""
        match = _JOINED.match(self.text, place)
        return match.end() if match is not None and self.is_passed(place) else place

    def _counted(self, place: int, *, of_share: bool) -> Iterator[Span]:
        first = True
        for _ in range(_COUNTED_WORDS):
            match = _NEXT_WORD.match(self.text, place)
            if match is None:
                return
            word, lower = match.group(1), match.group(1).lower()
            if self._ends_counted(word, match.end(), of_share=of_share, first=first):
                return
            yield Span(*match.span(1))
            place, first = match.end(), self.has("ordering", lower)
            if lower in self.words.words("plural-noun"):
                return
            plural = lower.endswith("s") and word[0].islower()
            if plural and not self.word_after(place).endswith("s"):
                return

    def _ends_counted(self, word: str, end: int, *, of_share: bool, first: bool) -> bool:
        """Whether a word is none of those for what is counted."""
        lower = word.lower()
        if not first:
            return self.is_closed(word) or (lower.endswith("ed") and self.is_open_end(end))
        if (of_share and word[0].isupper()) or self.has("ordering", lower):
            return False
        # "12 calls" are counted: after a number a verb has no "s" at its end.
        noun = lower.endswith("s") and lower in self.words.cues and not self.is_one
        return self.has("not-counted", lower) or (self.is_closed(word) and not noun)

    @property
    def is_one(self) -> bool:
        """Whether the number is one."""
        return value_of(self.written, self.words) == 1

    def is_other(self, end: int, unit_end: int) -> bool:
        """Whether a number is a clock time, an ordinal, an age, a year or part of a longer sign."""
        if self.forms.other_after.match(self.text, end):
            return True
        if self.text[end : end + 1].isalpha() and unit_end == end:
            return True
        before, written = self.before(self.span.start), self.written
        if _YEAR.fullmatch(written) and (
            self.forms.pointed.search(before) or self.has("year-noun", self.word_after(end))
        ):
            return True
        joined = not self.spelled and _JOINED_BEFORE.search(before[-2:]) is not None
        aged = self.word_before(self.span.start) in self.forms.aged.ends
        if joined or (aged and self.forms.aged.before.search(before)) or self._is_name_part():
            return True
        if written[0] == "0" and written[1:2].isdigit():
            return True
        return written[0].isdigit() and self._is_phone()

    def _is_phone(self) -> bool:
        """Whether the number lies within a telephone number."""
        start, end = self.span
        beside = self.text[max(0, start - 3) : start] + self.text[end : end + 3]
        if not any(sign.isdigit() or sign == "+" for sign in beside):
            return False
        low = max(0, self.span.start - _PHONE_REACH)
        found = _PHONE.finditer(self.text, low, self.span.end + _PHONE_REACH)
        return any(one.start() <= self.span.start < one.end() for one in found)

    def _is_name_part(self) -> bool:
        """Whether a number in words is part of a name: "the Six Nations", "the Twelve"."""
        if not (self.spelled and self.written[0].isupper()):
            return False
        return self.word_before(self.span.start) in self.words.words("determiner")

    def is_clock(self, end: int, unit: str | None) -> bool:
        """Whether a number is a time of day: "at 7", "1500 hours", "08.15" at a line's head."""
        before = self.before(self.span.start)
        if _CLOCK.fullmatch(self.written) and (not before or before[-1] == "\n"):
            return True
        if self.has("clock-hours", self.word_after(end)) and _MILITARY.fullmatch(self.written):
            return True
        led = unit is None and self.has("clock-before", self.word_before(self.span.start))
        alone = self.is_open_end(end)
        return led and alone and self.written.isdigit() and int(self.written) <= _HOURS

    def is_label(self, start: int, counted: Span | None) -> bool:
        """Whether a number only names something: "Article 5", "No. 7", "Windows 10"."""
        before = self.before(start)
        if before.rstrip(" \n").endswith(_LISTING):
            before = _LISTED.sub("", before)
        bare = before.rstrip()
        match = _WORD_BEFORE.search(before, len(bare) - len((bare.rsplit(None, 1) or [""])[-1]))
        if match is None:
            return False
        word = match.group(1)
        if self.has("label-named", word.lower()) and self._numbers(before, match, counted):
            return True
        if self.has("label", word.lower()) or self._is_address():
            return True
        grouped = _GROUPED.search(before) if counted is None else None
        if grouped and grouped.group(1)[0].isupper():
            return self.has("label-of", grouped.group(1).lower())
        if not self.written.isdigit() or not word[0].isupper() or self.is_closed(word):
            return False
        if word.lower() in self.words.words("weekday|month"):
            return False
        if counted is not None and self.is_plural(counted):
            return False
        return _SENTENCE_START.search(before[: match.start()]) is None

    def _numbers(self, before: str, match: re.Match[str], counted: Span | None) -> bool:
        """Whether a word such as "day" is numbered: "Day 12", but not "last year 12 left"."""
        if match.group(1)[0].isupper():
            return True
        last = _LAST_WORD.search(before[: match.start()])
        led = last is not None and self.has("unnumbered", last.group(1).lower())
        return counted is None and not led and not self.spelled

    def is_plural(self, counted: Span) -> bool:
        """Whether what is counted ends with a plain plural, as things that are counted do."""
        word = counted.of(self.text).rsplit(None, 1)[-1]
        known = self.words.words("plural-noun")
        return word in known or (word.endswith("s") and not word.endswith("ss") and word.islower())

    def _is_address(self) -> bool:
        """Whether a number is that of a house: "12 Mill Street"."""
        match = _ADDRESS.match(self.text, self.span.end)
        return match is not None and self.has("street", match.group(1).lower())

    def is_age(self, start: int, end: int, counted: Span | None) -> bool:
        """Whether a number without a unit says how old somebody is."""
        value = value_of(self.written, self.words)
        if value is None or not 0 < value < _OLDEST or value != int(value):
            return False
        before = self.before(start)
        last = self.word_before(start)
        if self.forms.aged.when.match(self.text, end):
            return True
        if last in self.forms.aged.ends and self.forms.aged.side.search(before):
            return True
        if counted is not None:
            return False
        if _NAME_COMMA.search(before) and _COMMA.match(self.text, end) and not self.spelled:
            return True
        if _SET_APART.search(before) and _SET_END.match(self.text, end):
            return self._is_person(_SET_APART.findall(before)[0])
        said_of = _SAID_OF.findall(before)
        if said_of and self._is_person(said_of[0]):
            return True
        clause = _CLAUSE_END.split(before.lower())[-1]
        near = any(name in clause for name in self.forms.aged.near)
        return near or (last in self.forms.aged.ends and bool(self.forms.aged.last.search(before)))

    def _is_person(self, word: str) -> bool:
        """Whether a word in lower case is a role, or of those that stand for a person."""
        lower = word.lower()
        return lower in self.words.words("role") or self.has("aged-whom", lower)

    def is_score(self, second: Span, counted: Span | None) -> bool:
        """Whether two numbers with a dash are a score: small, and nothing is counted."""
        joint = self.text[self.span.end : self.span.end + 2].lstrip()[:1]
        if joint not in DASHES or len(self.written) > 3:
            return False
        if not self.written.isdigit() or not second.of(self.text).isdigit():
            return False
        return counted is None or any(
            self.has("score", word.lower()) for word in counted.of(self.text).split()
        )

    def is_small_talk(self, start: int, *, share: bool) -> bool:
        """Whether a small number in words claims nothing: "the two sides", "one of them"."""
        text = self.written.lower()
        if text[0].isdigit() or (" " in text and not share) or "-" in text:
            return False
        value = value_of(text, self.words)
        if value == 1:
            return not self._is_one_thing()
        if self.text[self.span.end : self.span.end + 1] == "-":
            following = self.word_after(self.span.end)
            if self.has("fixed", re.split(r"[-’']", following)[0]):
                return True
        few = value is not None and value < 3
        return few and self.has("pointed", self.word_before(start))

    def _is_one_thing(self) -> bool:
        """Whether "one" counts something: "one captive", but not "one day"."""
        match = _NEXT_WORD.match(self.text, self.span.end)
        if match is None or self.text[self.span.end] != " ":
            return False
        word, before = match.group(1).lower(), self.word_before(self.span.start)
        if self.has("ordering", word):
            return True
        if self.has("not-counted", word):
            return False
        if self.is_closed(word) or self.has("one-idiom", word) or word in self.forms.units.known:
            return False
        if self.has("pointed", before) or before in self.words.words("possessive"):
            return False
        following = self.word_after(match.end())
        if following in self.words.cues or self.has("single", following):
            return False
        return word not in self.words.words("unnamed")

    def is_length(self, end: int) -> bool:
        """Whether "100m" is a length and no number of millions: "a 100m fence"."""
        written = self.written
        glued = written[-1:] == "m" and written[:1].isdigit() and " " not in written
        return glued and self.has("dimension", self.word_after(end))

    def is_bare_fraction(self) -> bool:
        """Whether a word such as "third" stands by itself, as an ordinal or a place does."""
        if not self.written.isalpha() or self._is_bare_half():
            return False
        word = self.word_after(self.span.end)
        return not self.has("share-article", word)

    def _is_bare_half(self) -> bool:
        """Whether "half" is a share without saying of what: "they own half"."""
        before = self.word_before(self.span.start)
        led = before in self.words.words("determiner") or self.has("no-echo", before)
        known = self.has("bare-share", self.written.lower())
        return known and not led and self.is_open_end(self.span.end)

    def is_part(self) -> bool:
        """Whether a fraction is no ordinal: "a fifth lower", but not "a fifth meeting"."""
        word = self.word_after(self.span.end)
        plural = self.written.lower().endswith("s")
        return plural or self.is_open_end(self.span.end) or self.has("comparing", word)

    def is_echo(self, end: int) -> bool:
        """Whether a small number stands by itself where a number is to be expected.

        That is so after a verb ("offered three") and before "of": "four of these".
        """
        value = value_of(self.written, self.words)
        if value is None or value <= 1 or self.written.count(" ") > 1:
            return False
        before = self.word_before(self.span.start)
        grouped = _GROUPED.search(self.before(self.span.start))
        if grouped is not None and self.has("group-of", grouped.group(1).lower()):
            return True
        if self.spelled and not before and _ANSWER.search(self.before(self.span.start)):
            return self.is_open_end(end)
        if self.spelled and self.has("echo-after", before):
            return self.is_open_end(end)
        if self.spelled and value > _FEW and self.has("pointed", before):
            return self.is_open_end(end)
        if self.has("pointed", before) or before in self.words.words("preposition"):
            return False
        if self.has("share-of", self.word_after(end)):
            return True
        verb = before in self.words.cues or before in self.words.words("finite")
        return verb and self.is_open_end(end)


_NEXT_WORD = re.compile(r"[ \t-]?[ \t]?([^\W\d_][\w'’]*(?:-\w+)*)")
_CLAUSE_END = re.compile(r"[.;:]")
_LETTERS = re.compile(r"[^\W\d_]+$")
_LAST_WORD = re.compile(r"([^\W\d_]+)\s+$")
_JOINED = re.compile(r"-([^\W\d_]+)\b")
_JOINED_BEFORE = re.compile(r"[^\W\d_]-$")
_WORD_BEFORE = re.compile(r"([^\W\d_][\w'’]*)\.?[ \t]?$")
_LISTED = re.compile(r"(?:\d+(?:\([^\s)]{1,4}\))?(?:,| and| or| to| of|[-–—]|, and)[ ]?)+$")
_LISTING = (",", "and", "or", "to", "of", "-", "–", "—")
_GROUPED = re.compile(r"([^\W\d_]+) of $")
_ADDRESS = re.compile(r" (?:[A-Z][\w'’-]* ){1,2}([A-Z][a-z]+)\b")
_NAME_COMMA = re.compile(r"[A-Z][\w'’-]*,\s+$")
_COMMA = re.compile(r",\s|\.")
_SET_APART = re.compile(r"([^\W\d_]+)(?:, | \()$")
_SET_END = re.compile(r"[,).;]")
_SAID_OF = re.compile(r"([^\W\d_]+) of $")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n\"“]\s*)$")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])\.[0-5]\d")
_MILITARY = re.compile(r"(?:[01]\d|2[0-4])[0-5]\d")
_PHONE = re.compile(
    r"\+\d[\d ()-]{6,}|(?<!\d)0\d{2,}(?:[ -]\d{2,})+|(?<!\d)\d{2,4}[ -]0\d{2,}"
    r"|\(?(?<!\d)\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)"
)
_PHONE_REACH = 24
_ANSWER = re.compile(r"(?:^|[.!?:—–]\s|\n|[\"“‘(])$")
_FEW = 2
_HOURS = 24
_OLDEST = 111
_YEAR = re.compile(r"(?:19|20)\d\d")
