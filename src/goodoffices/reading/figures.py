"""Quantities that a text claims: value, bound, unit, and what is counted.

Clock times, years, scores, ages, ordinals and numbers that only label something are no figures.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from goodoffices.model.record import Bound
from goodoffices.reading.dates import DateFound
from goodoffices.reading.figure_forms import FigureForms, FigureSort, figure_forms
from goodoffices.reading.lexicon import Lexicon
from goodoffices.reading.numbers import number_words, value_of
from goodoffices.reading.spans import Span, Tokens, tokens_in

_AROUND = 60
_COUNTED_WORDS = 4


@dataclass(frozen=True, slots=True)
class FigureFound:
    """A quantity that a text writes.

    Attributes:
        span: the words of the figure with its bound and unit.
        number: the words of the number itself.
        value: its value; of a range, the lower end.
        high: the upper end of a range.
        bound: how it is bounded.
        sort: what its unit is.
        unit: ``percent``, a currency, a unit of time or measure, or the words for what is counted.
        counted: the words that say of what it is a number or share, or None.
    """

    span: Span
    number: Span
    value: Decimal
    high: Decimal | None
    bound: Bound
    sort: FigureSort
    unit: str
    counted: Span | None


def figures_in(
    text: str, words: Lexicon, dates: Sequence[DateFound] = (), *, tokens: Tokens | None = None
) -> list[FigureFound]:
    """Return the figures of a text, in order; what stands in a date is none.

    >>> from goodoffices.reading.lexicon import lexicon
    >>> text = "as many as 450,000 reservists and around 40 percent of the land"
    >>> for one in figures_in(text, lexicon("en")):
    ...     print(one.bound, one.value, one.unit)
    at-most 450000 reservists
    about 40 percent
    """
    forms = figure_forms(words)
    if not forms.classes:
        return []
    starts = [one.span.start for one in dates]
    found: list[FigureFound] = []
    end = 0
    counting = forms.words
    for at, token in tokens_in(text, counting) if tokens is None else tokens:
        if at < end or not (token in counting or token[0].isdigit()):
            continue
        match = _number_at(text, at, forms)
        if match is None or _dated(span := Span(*match.span()), dates, starts):
            continue
        quantity = _Quantity(text, span, forms, words)
        figure = quantity.figure()
        if figure is not None:
            found.append(figure)
        second = quantity.second
        end = second[1].end if second else span.end
        end = max(end, figure.number.end) if figure is not None else end
    return found


def _number_at(text: str, at: int, forms: FigureForms) -> re.Match[str] | None:
    """The number that begins somewhere; in "between four and six" only the first of two."""
    match = forms.number.match(text, at)
    if match is None or " " not in match.group():
        return match
    if forms.between.search(text[max(0, at - _AROUND) : at]) is None:
        return match
    for joint in forms.joint.finditer(text, at, match.end()):
        first = forms.number.match(text, at, joint.start())
        if joint.group(1)[0].isalpha() and first is not None and first.end() == joint.start():
            return first
    return match


def _dated(span: Span, dates: Sequence[DateFound], starts: Sequence[int]) -> bool:
    """Whether a number stands in a date; lengths of time in dates are figures all the same."""
    place = bisect_right(starts, span.end)
    return any(one.span.meets(span) for one in dates[max(0, place - 3) : place])


@dataclass
class _Quantity:
    """One number in a text, while it is read."""

    text: str
    span: Span
    forms: FigureForms
    words: Lexicon

    def figure(self) -> FigureFound | None:
        """Return the figure, or None when the number counts nothing."""
        value = value_of(self.span.of(self.text), self.words)
        if value is None:
            return None
        start, sign = self._sign(self.span.start)
        if sign is None and (ratio := self._ratio(value)) is not None:
            return ratio
        second = self.second
        end = second[1].end if second else self.span.end
        unit_end, sort, unit = self._unit(end, sign)
        if (
            (second is None and self._is_clock(end, unit))
            or self._is_other(end, unit_end)
            or (unit is None and second is None and self._is_label(start))
        ):
            return None
        # Of "60-day truce" the truce is told, of "60 days there" nothing.
        tells_what = sort != "duration" or "-" in self.text[end:unit_end]
        bound, low, stop = self._bound(start, unit_end, sort)
        share = self._share and sort == "count"
        of_share = share or sort in {"percent", "money", "measure"}
        counted = self._counted(stop, of_share=of_share) if tells_what else None
        if second is not None and unit is None and self._is_score(counted):
            return None
        if unit is None and not self._tells(bound, start, counted, share=share):
            return None
        if share:
            value, sort, unit = _trimmed(value * 100), "percent", "percent"
        elif unit is None and counted is not None:
            unit, stop = counted.of(self.text), counted.end
            if bound == "exactly":
                bound, low, stop = self._bound(start, stop, sort)
        high = second[0] if second else None
        if high is not None:
            value, high, bound, low = self._range(value, high, low)
        return FigureFound(
            Span(low, stop), self.span, value, high, bound, sort, unit or "", counted
        )  # fmt: skip

    def _tells(self, bound: Bound, start: int, counted: Span | None, *, share: bool) -> bool:
        """Whether a number without a unit is a figure: it is bounded, or something is counted."""
        if bound != "exactly":
            return True
        before = _LAST_WORD.search(self._before(start))
        if before is not None and before.group(1).lower() in self.forms.classes["hurt"]:
            return True
        if share and self._is_bare_fraction():
            return False
        if counted is None and (share or self.second or self._stands_alone(start)):
            return share is False or self._is_share()
        return counted is not None and not self._is_small_talk(start, share=share)

    def _ratio(self, value: Decimal) -> FigureFound | None:
        """Read "one in five drivers" as a share of them."""
        joint = self.forms.ratio.match(self.text, self.span.end)
        match = self.forms.number.match(self.text, joint.end()) if joint is not None else None
        whole = value_of(match.group(), self.words) if match is not None else None
        if match is None or whole is None or not 0 < value < whole <= _PERCENT:
            return None
        stop = match.end()
        row = self._words_from(stop, of_share=False)
        counted = Span(row[0].start, row[-1].end) if row else None
        bound, low, _ = self._bound(self.span.start, stop, "percent")
        share = _trimmed((value / whole * _PERCENT).quantize(Decimal("0.0001")))
        span = Span(low, stop)
        number = Span(self.span.start, stop)
        return FigureFound(span, number, share, None, bound, "percent", "percent", counted)

    def _is_bare_fraction(self) -> bool:
        """Whether a word such as "third" stands by itself, as an ordinal or a place does."""
        if not self.span.of(self.text).isalpha():
            return False
        follows = _NEXT_WORD.match(self.text, self.span.end)
        return follows is None or (
            follows.group(1).lower() not in self.forms.classes["share-article"]
        )

    def _is_share(self) -> bool:
        """Whether a fraction is no ordinal: "a fifth lower", but not "a fifth meeting"."""
        follows = _NEXT_WORD.match(self.text, self.span.end)
        plural = self.span.of(self.text).lower().endswith("s")
        if plural or follows is None or self._closed(follows.group(1)):
            return True
        return follows.group(1).lower() in self.forms.classes["comparing"]

    def _stands_alone(self, start: int) -> bool:
        """Whether a number without anything counted is a figure: large, or set apart by marks."""
        written = self.span.of(self.text)
        value = value_of(written, self.words)
        broken = re.fullmatch(r"\d+\.\d", written) is not None
        if value is None or (value < _SMALL and not broken) or _YEAR.fullmatch(written):
            return False
        large = value >= _LARGE or "," in written
        before = self._before(start)
        listed = before[-1:] in {"\n", ""} and self.text[self.span.end : self.span.end + 1] in ".)"
        follows = _NEXT_WORD.match(self.text, self.span.end)
        open_end = follows is None or self._closed(follows.group(1))
        word = _LAST_WORD.search(before)
        led = word is None or word.group(1)[0].islower()
        return not listed and open_end and (large or led or not written[0].isdigit())

    def _is_clock(self, end: int, unit: str | None) -> bool:
        """Whether a number is a time of day: "at 7", "1500 hours", "08.15" at a line's head."""
        written, before = self.span.of(self.text), self._before(self.span.start)
        if _CLOCK.fullmatch(written) and (not before or before[-1] == "\n"):
            return True
        match = _NEXT_WORD.match(self.text, end)
        hours = match is not None and match.group(1).lower() in self.forms.classes["clock-hours"]
        if hours and _MILITARY.fullmatch(written):
            return True
        word = _LAST_WORD.search(before) if unit is None else None
        led = word is not None and word.group(1).lower() in self.forms.classes["clock-before"]
        alone = match is None or self._closed(match.group(1))
        return led and alone and written.isdigit() and int(written) <= _HOURS

    @property
    def _share(self) -> bool:
        """Whether the number is a fraction in words."""
        values = number_words(self.words).values
        last = re.findall(r"[^\W\d_]+", self.span.of(self.text).lower())[-1:]
        return bool(last) and values.get(last[0], ("", 0))[0] == "fraction"

    def _before(self, start: int) -> str:
        return self.text[max(0, start - _AROUND) : start]

    def _after(self, bound: re.Pattern[str], start: int) -> re.Match[str] | None:
        """The words of a bound that end where something starts; most numbers have none."""
        before = self._before(start)
        last = before.rsplit(None, 1)[-1:]
        if last and last[0].isalpha() and last[0].lower() not in self.forms.bound_ends:
            return None
        return bound.search(before)

    def _sign(self, start: int) -> tuple[int, tuple[FigureSort, str] | None]:
        """A currency sign before the number."""
        if self.text[max(0, start - 2) : start].rstrip()[-1:] not in self.forms.sign_ends:
            return start, None
        match = self.forms.signs.search(self._before(start))
        if match is None:
            return start, None
        return start - len(match.group()), self.forms.units[match.group(1).lower()]

    @cached_property
    def second(self) -> tuple[Decimal, Span] | None:
        """The upper end of a range, with its place."""
        unit = self.forms.unit.match(self.text, self.span.end)
        joint = self.forms.joint.match(self.text, self.span.end)
        if joint is None and unit is not None:
            joint = self.forms.joint.match(self.text, unit.end())
        if joint is None:
            return None
        place = joint.end()
        sign = _SIGN.match(self.text, place)
        place = sign.end() if sign is not None else place
        match = self.forms.number.match(self.text, place)
        dash = not joint.group(1)[0].isalpha()
        spread = joint.group(1).lower() in {"to", "or", *_DASHES} or self._opened
        if match is None or not spread or (not dash and not joint.group().strip()):
            return None
        if unit is not None and joint.start() >= unit.end():
            again = self.forms.unit.match(self.text, match.end())
            if again is None or self._named(again) != self._named(unit):
                return None
        value = value_of(match.group(), self.words)
        return (value, Span(*match.span())) if value is not None else None

    @property
    def _opened(self) -> bool:
        """Whether "between" stands before the number."""
        start, _ = self._sign(self.span.start)
        return self._after(self.forms.between, start) is not None

    def _unit(
        self, end: int, sign: tuple[FigureSort, str] | None
    ) -> tuple[int, FigureSort, str | None]:
        """The unit after the number, or that of a sign before it."""
        match = self.forms.unit.match(self.text, end)
        if sign is not None:
            follows = match is not None and self._named(match)[0] == sign[0]
            return (match.end() if match and follows else end), *sign
        if match is None:
            return end, "count", None
        return match.end(), *self._named(match)

    def _named(self, match: re.Match[str]) -> tuple[FigureSort, str]:
        name = re.sub(r"\s+", " ", (match.group(1) or match.group(2)).lower())
        return self.forms.units[name]

    def _counted(self, end: int, *, of_share: bool) -> Span | None:
        """The words for what is counted: those of no closed class that follow."""
        place = end
        if of_share:
            match = self.forms.share_of.match(self.text, end)
            if match is None:
                return None
            place = match.end()
        row = self._words_from(place, of_share=of_share)
        return Span(row[0].start, row[-1].end) if row else None

    def _words_from(self, place: int, *, of_share: bool) -> list[Span]:
        row: list[Span] = []
        while len(row) < _COUNTED_WORDS and (match := _NEXT_WORD.match(self.text, place)):
            word = match.group(1)
            ordering = not row and word.lower() in self.forms.classes["ordering"]
            named = of_share and not row and word[0].isupper()
            if self._closed(word) and not named and not ordering:
                break
            row.append(Span(*match.span(1)))
            place = match.end()
            if word.lower() in self.words.words("plural-noun"):
                break
            if word.lower().endswith("s") and word[0].islower():
                following = _NEXT_WORD.match(self.text, place)
                if following is None or not following.group(1).lower().endswith("s"):
                    break
        return row

    def _closed(self, word: str) -> bool:
        """Whether a word ends what is counted: one of a closed class, or a verb."""
        lower = word.lower().replace("’", "'")
        if lower in self.forms.closed:
            return True
        return lower in self.words.cues and lower not in self.words.words("noun-like")

    def _bound(self, start: int, end: int, sort: FigureSort) -> tuple[Bound, int, int]:
        """How the figure is bounded, and where its words begin and end."""
        match = self._after(self.forms.before, start)
        if match is not None:
            name = re.sub(r"\s+", " ", match.group(1).lower())
            negated = self.forms.negated.search(self._before(start)[: match.start()])
            bound = self.forms.bounds[name]
            if self._is_no_bound(name, start - len(match.group()), sort):
                return "exactly", start, end
            if negated is not None and bound in {"more-than", "less-than"}:
                bound = "at-most" if bound == "more-than" else "at-least"
            return bound, start - len(match.group()), end
        after = self.forms.after.match(self.text, end)
        if after is not None:
            name = re.sub(r"\s+", " ", after.group(1).lower())
            return self.forms.bounds[name], start, after.end()
        if self.text[end : end + 1] == "+":
            return "at-least", start, end + 1
        return "exactly", start, end

    def _is_no_bound(self, name: str, start: int, sort: FigureSort) -> bool:
        """Whether words are no bound here: "over five years" lasts so long, "went up to 48"."""
        if name in self.forms.classes["period"]:
            return (sort == "duration") == (name == "over")
        word = _LAST_WORD.search(self._before(start) + " ")
        risen = word is not None and word.group(1).lower() in self.forms.classes["rising"]
        return risen and name.startswith("up")

    def _range(
        self, value: Decimal, high: Decimal, low: int
    ) -> tuple[Decimal, Decimal | None, Bound, int]:
        """A range as lower and upper end; "2 to 3 million" lends its scale to both."""
        scale = Decimal(1)
        for power in (Decimal(10**9), Decimal(10**6), Decimal(10**3)):
            if high >= power and value < 1000 and high / power < 1000 and value <= high / power:
                scale = power
                break
        spelled = re.search(r"[^\W\d_]", self.text[self.span.start : self.span.end])
        if scale > 1 and spelled is None and re.match(r"\d+(?:\.\d+)?$", self.span.of(self.text)):
            value *= scale
        if high < value:
            return value, None, "exactly", low
        match = self._after(self.forms.between, low)
        return value, high, "between", low - len(match.group()) if match else low

    def _is_label(self, start: int) -> bool:
        """Whether a number only names something: "Article 5", "No. 7", "Windows 10"."""
        match = _WORD_BEFORE.search(self._before(start))
        if match is None:
            return False
        word = match.group(1)
        if word.lower() in self.forms.classes["label"]:
            return True
        plain = self.span.of(self.text).isdigit()
        sentence = _SENTENCE_START.search(self._before(start)[: match.start()])
        return plain and word[0].isupper() and sentence is None and not self._closed(word)

    def _is_other(self, end: int, unit_end: int) -> bool:
        """Whether a number is a clock time, an ordinal, an age, a year or part of a longer sign."""
        if self.forms.other_after.match(self.text, end):
            return True
        if self.text[end : end + 1].isalpha() and unit_end == end:
            return True
        before, written = self._before(self.span.start), self.span.of(self.text)
        if _YEAR.fullmatch(written) and self.forms.pointed.search(before):
            return True
        if self.forms.aged.search(before):
            return True
        named = _NAME_COMMA.search(before) and _COMMA.match(self.text, end)
        return bool(named) and written.isdigit() and len(written) < 3

    def _is_score(self, counted: Span | None) -> bool:
        """Whether two numbers with a dash are a score: small, and nothing is counted."""
        joint = self.text[self.span.end : self.span.end + 1]
        text = self.span.of(self.text)
        if joint not in _DASHES or not text.isdigit() or len(text) > 3:
            return False
        return counted is None or bool(
            {word.lower() for word in counted.of(self.text).split()} & self.forms.classes["score"]
        )

    def _is_small_talk(self, start: int, *, share: bool) -> bool:
        """Whether a small number in words claims nothing: "the two sides", "one of them"."""
        text = self.span.of(self.text).lower()
        if text[0].isdigit() or (" " in text and not share) or "-" in text:
            return False
        match = _LAST_WORD.search(self._before(start))
        word = match.group(1).lower() if match else ""
        value = value_of(text, self.words)
        few = value is not None and value < 3
        return text == "one" or (few and word in self.forms.classes["pointed"])


def _trimmed(value: Decimal) -> Decimal:
    """A value without zeros at its end."""
    return Decimal(format(value.normalize(), "f"))


_SIGN = re.compile(r"[$€£¥]?")
_NEXT_WORD = re.compile(r"[ \t-]?[ \t]?([^\W\d_][\w'’]*(?:-\w+)*)")
_LAST_WORD = re.compile(r"([^\W\d_]+)\s+$")
_NAME_COMMA = re.compile(r"[A-Z][\w'’-]*,\s+$")
_COMMA = re.compile(r",\s|\.")
_WORD_BEFORE = re.compile(r"([^\W\d_][\w'’]*)\.?[ \t]?$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n\"“]\s*)$")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])\.[0-5]\d")
_MILITARY = re.compile(r"(?:[01]\d|2[0-4])[0-5]\d")
_HOURS = 24
_PERCENT = 100
_LARGE = 1000
_SMALL = 10
"""Numbers below that are figures only where they count something."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_DASHES = ("-", "–", "—")
