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
from typing import NamedTuple

from goodoffices.model.record import Bound
from goodoffices.reading.dates import DateFound
from goodoffices.reading.figure_context import DASHES, Context
from goodoffices.reading.figure_forms import FigureForms, FigureSort, figure_forms
from goodoffices.reading.lexicon import Lexicon
from goodoffices.reading.numbers import number_words, value_of
from goodoffices.reading.spans import Span, Tokens, tokens_in

_AROUND = 60
_ECHO = 150
"""How far back in its sentence a figure may stand that a small number goes on from."""


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
        match = _number_at(text, at, forms) if token not in forms.ones else None
        if token in forms.ones:
            match = _one_at(text, at, at + len(token), forms)
        if match is None or _dated(span := Span(*match.span()), dates, starts):
            continue
        quantity = _Quantity(Context(text, span, forms, words), found[-1] if found else None)
        figure = quantity.one_unit(match) if match.re is forms.units.one else quantity.figure()
        if figure is not None:
            found.append(figure)
        end = max(quantity.read_to, figure.number.end if figure is not None else 0)
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
        if joint.group(1) and first is not None and first.end() == joint.start():
            return first
    return match


def _one_at(text: str, at: int, end: int, forms: FigureForms) -> re.Match[str] | None:
    """The number or the single unit that begins with an article: "a hundred", "a year"."""
    following = _FOLLOWING.match(text, end)
    word = following.group(1).lower() if following is not None else ""
    match = _number_at(text, at, forms) if word in forms.words else None
    if match is None and word in forms.units.starts:
        return forms.units.one.match(text, at)
    return match


def _dated(span: Span, dates: Sequence[DateFound], starts: Sequence[int]) -> bool:
    """Whether a number stands in a date; lengths of time in dates are figures all the same."""
    place = bisect_right(starts, span.end)
    return any(one.span.meets(span) for one in dates[max(0, place - 3) : place])


class _Read(NamedTuple):
    """A number while it is read: what stands before and behind it."""

    start: int
    sign: tuple[FigureSort, str] | None
    second: tuple[Decimal, Span] | None
    end: int
    unit_end: int
    sort: FigureSort
    unit: str | None


@dataclass
class _Quantity:
    """One number in a text, with the figure before it in the text."""

    around: Context
    earlier: FigureFound | None = None

    def __post_init__(self) -> None:
        self.text, self.span = self.around.text, self.around.span
        self.forms, self.words = self.around.forms, self.around.words
        self.is_share = self._is_fraction()
        self.second = self._second()

    @property
    def read_to(self) -> int:
        """Where the number ends, with the upper end of a range."""
        second = self.second
        return second[1].end if second and not self._is_change else self.span.end

    def figure(self) -> FigureFound | None:
        """Return the figure, or None when the number counts nothing."""
        value = value_of(self.around.written, self.words)
        if value is None:
            return None
        read = self._read()
        if read.sign is None and (ratio := self._ratio(value)) is not None:
            return ratio
        if self._is_nothing(read):
            return None
        if read.unit is None and self.around.is_length(read.end):
            short = self.around.written[:-1]
            value, read = (
                value_of(short, self.words) or value,
                read._replace(sort="measure", unit=self.forms.units.known["metres"][1]),
            )
        share = self.is_share and read.sort == "count"
        # Of "60-day truce" the truce is told, of "60 days there" nothing.
        tells_what = read.sort != "duration" or "-" in self.text[read.end : read.unit_end]
        own_end = self._unit(self.span.end, read.sign)[0] if self._is_change else read.unit_end
        bound, low, stop = self._bound(read.start, own_end, read.sort)
        of_share = share or read.sort in {"percent", "money", "measure"}
        past = max(stop, read.unit_end)
        counted = self._what(past, of_share=of_share) if tells_what else None
        if read.unit is None and not self._tells(bound, read, counted, share=share):
            return None
        sort, unit = read.sort, read.unit
        if share:
            value, sort, unit = _trimmed(value * 100), "percent", "percent"
        elif unit is None and counted is not None:
            unit, stop = counted.of(self.text), stop if self._is_change else counted.end
            if bound == "exactly":
                bound, low, stop = self._bound(read.start, stop, sort)
        high = read.second[0] if read.second and not self._is_change else None
        if high is not None:
            value, high, bound, low = self._range(value, high, low)
        return FigureFound(
            Span(low, stop), self.span, value, high, bound, sort, unit or "", counted
        )  # fmt: skip

    def _read(self) -> _Read:
        start, sign = self._sign(self.span.start)
        end = self.second[1].end if self.second else self.span.end
        return _Read(start, sign, self.second, end, *self._unit(end, sign))

    def _is_nothing(self, read: _Read) -> bool:
        """Whether a number is a time of day, an ordinal, a score or the like, at any rate."""
        if read.second is None and self.around.is_clock(read.end, read.unit):
            return True
        if self.around.is_other(read.end, read.unit_end) or self._is_ordinal(read):
            return True
        if read.unit is not None or read.second is None or self._is_change:
            return False
        years = read.second[1].of(self.text), self.around.written
        value = value_of(self.around.written, self.words)
        return all(map(_YEAR.fullmatch, years)) or (value is not None and read.second[0] < value)

    def _is_ordinal(self, read: _Read) -> bool:
        """Whether a fraction is an ordinal or a part of a time: "third month", "the first half"."""
        if not self.is_share:
            return False
        if self.around.has("part-of-time", self.around.word_before(self.span.start)):
            return True
        last = self.around.written.lower().split("-")[-1].split()[-1]
        plain = self.around.has("share-plain", last) or last.endswith("s")
        direct = self.forms.units.after.match(self.text, read.end) is not None
        return direct and read.sort in {"duration", "measure"} and not plain

    def one_unit(self, match: re.Match[str]) -> FigureFound | None:
        """Read "for a year", "less than a day", "an hour and a half" and "a month-long"."""
        sort, unit = self.forms.units.known[re.sub(r"\s+", " ", match.group(1).lower())]
        if sort not in {"duration", "measure"} or unit == self.forms.units.known["second"][1]:
            return None
        start, end, value = self.span.start, self.span.end, Decimal(1)
        bound, low, stop = self._bound(start, end, sort)
        if match.group(2):
            value += value_of(match.group(2), self.words) or Decimal(0)
        elif not self._lasts(end, sort, bounded=bound != "exactly"):
            return None
        joint = self.forms.joint.match(self.text, end)
        more = self.forms.number.match(self.text, joint.end()) if joint is not None else None
        high = value_of(more.group(), self.words) if more is not None else None
        if more is not None and high is not None:
            if high <= value or not self.around.is_open_end(more.end()):
                return None
            bound, span = "between", Span(self.span.start, more.end())
            return FigureFound(span, span, value, high, bound, sort, unit, None)
        return FigureFound(Span(low, stop), self.span, value, None, bound, sort, unit, None)

    def _lasts(self, end: int, sort: FigureSort, *, bounded: bool) -> bool:
        """Whether "a year" says how long something lasts, and not how often it comes."""
        after = self.around.word_after(end)
        if self.text[end : end + 1] == "-":
            return sort == "duration" and self.around.has("longer", after)
        if not self.around.is_open_end(end):
            return False
        if bounded or (sort == "duration" and self.around.has("longer", after)):
            return True
        before = self.around.word_before(self.span.start)
        return sort == "duration" and self.around.has("lasting", before)

    def _tells(self, bound: Bound, read: _Read, counted: Span | None, *, share: bool) -> bool:
        """Whether a number without a unit is a figure: it is bounded, or something is counted."""
        around = self.around
        if around.is_label(read.start, counted) or around.is_age(read.start, read.end, counted):
            return False
        if read.second is not None and around.is_score(read.second[1], counted):
            return False
        if _YEAR.fullmatch(around.written) and counted and not around.is_plural(counted):
            return False
        if bound != "exactly" or around.has("hurt", around.word_before(read.start)):
            return True
        if around.is_passed(read.end):
            return True
        if share and around.is_bare_fraction():
            return False
        if counted is not None and read.second is None:
            return not around.is_small_talk(read.start, share=share)
        if share:
            return around.is_part()
        return read.second is not None or self._stands_alone(read.start) or self._echoes(read.end)

    def _echoes(self, end: int) -> bool:
        """Whether a small number is a figure: "four of these", "8 percent, and they offered 3"."""
        if self.around.is_echo(end):
            return True
        earlier, value = self.earlier, value_of(self.around.written, self.words)
        if earlier is None or value is None or value <= 1 or not self.around.is_open_end(end):
            return False
        before = self.around.word_before(self.span.start)
        if self.around.has("pointed", before) or self.around.has("no-echo", before):
            return False
        between = self.text[earlier.span.end : self.span.start]
        return len(between) < _ECHO and _SENTENCE_END.search(between) is None

    def _ratio(self, value: Decimal) -> FigureFound | None:
        """Read "one in five drivers" as a share of them."""
        noun = _NOUN.match(self.text, self.span.end) if value == 1 else None
        direct = joint = self.forms.ratio.match(self.text, self.span.end)
        if joint is None and noun is not None:
            joint = self.forms.ratio.match(self.text, noun.end())
        match = self.forms.number.match(self.text, joint.end()) if joint is not None else None
        if match is not None and direct is None and not self.around.is_open_end(match.end()):
            return None
        whole = value_of(match.group(), self.words) if match is not None else None
        if match is None or whole is None or not 0 < value < whole <= _PERCENT:
            return None
        stop = match.end()
        counted = self.around.counted_from(stop, of_share=False)
        bound, low, _ = self._bound(self.span.start, stop, "percent")
        share = _trimmed((value / whole * _PERCENT).quantize(Decimal("0.0001")))
        span = Span(low, stop)
        number = Span(self.span.start, stop)
        return FigureFound(span, number, share, None, bound, "percent", "percent", counted)

    def _stands_alone(self, start: int) -> bool:
        """Whether a number without anything counted is a figure: large, or set apart by marks."""
        written = self.around.written
        value = value_of(written, self.words)
        broken = re.fullmatch(r"\d+\.\d", written) is not None
        if value is None or (value < _SMALL and not broken) or _YEAR.fullmatch(written):
            return False
        large = value >= _LARGE or "," in written
        before = self.around.before(start)
        listed = before[-1:] in {"\n", ""} and self.text[self.span.end : self.span.end + 1] in ".)"
        word = _LAST_WORD.search(before)
        led = word is None or word.group(1)[0].islower() or self.around.is_closed(word.group(1))
        follows = self.around.is_open_end(self.span.end)
        return not listed and follows and (large or led or not written[0].isdigit())

    def _is_fraction(self) -> bool:
        """Whether the number is a fraction in words."""
        if self.around.written.isdigit():
            return False
        values = number_words(self.words).values
        last = re.findall(r"[^\W\d_]+", self.around.written.lower())[-1:]
        return bool(last) and values.get(last[0], ("", 0))[0] == "fraction"

    def _sign(self, start: int) -> tuple[int, tuple[FigureSort, str] | None]:
        """A currency sign or code before the number."""
        near = self.text[max(0, start - 4) : start].rstrip()
        coded = (
            near[-3:].lower() in self.forms.units.codes
            or near[-2:].lower() in self.forms.units.codes
        )
        if near[-1:] not in self.forms.units.sign_ends and not coded:
            return start, None
        match = self.forms.units.signs.search(self.around.before(start))
        if match is None:
            return start, None
        return start - len(match.group()), self.forms.units.known[match.group(1).lower()]

    def _second(self) -> tuple[Decimal, Span] | None:
        """The upper end of a range, with its place."""
        unit = self.forms.units.after.match(self.text, self.span.end)
        joint = self.forms.joint.match(self.text, self.span.end)
        if joint is None and unit is not None:
            joint = self.forms.joint.match(self.text, unit.end())
        if joint is None:
            return None
        place = joint.end()
        sign = _SIGN.match(self.text, place)
        place = sign.end() if sign is not None else place
        match = self.forms.number.match(self.text, place)
        name = (joint.group(1) or joint.group(2)).lower()
        dash = not name[0].isalpha()
        spread = name in {"to", "or", *DASHES} or self._opened is not None
        if match is None or not spread or (not dash and not joint.group().strip()):
            return None
        if unit is not None and joint.start() >= unit.end():
            again = self.forms.units.after.match(self.text, match.end())
            if again is None or self._named(again) != self._named(unit):
                return None
        value = value_of(match.group(), self.words)
        return (value, Span(*match.span())) if value is not None else None

    @cached_property
    def _opened(self) -> re.Match[str] | None:
        """The words that open a range before the number, as "between"."""
        start, _ = self._sign(self.span.start)
        return self.around.ends_with(self.forms.between, start)

    @cached_property
    def _is_change(self) -> bool:
        """Whether two numbers are where a change begins and ends: "rose from 12 to 14"."""
        if self.second is None or self._opened is None:
            return False
        if not self.around.has("change-from", self._opened.group(1).lower()):
            return False
        start, _ = self._sign(self.span.start)
        clause = _CLAUSE_END.split(self.around.before(start)[: self._opened.start()])[-1]
        return any(self.around.has("changed", word) for word in clause.lower().split())

    def _unit(
        self, end: int, sign: tuple[FigureSort, str] | None
    ) -> tuple[int, FigureSort, str | None]:
        """The unit after the number, or that of a sign before it."""
        match = self.forms.units.after.match(self.text, end)
        if match is None and self.is_share:
            match = self.forms.units.share.match(self.text, end)
        if sign is not None:
            follows = match is not None and self._named(match)[0] == sign[0]
            return (match.end() if match and follows else end), *sign
        if match is None:
            return end, "count", None
        return match.end(), *self._named(match)

    def _named(self, match: re.Match[str]) -> tuple[FigureSort, str]:
        name = re.sub(r"\s+", " ", next(group for group in match.groups() if group).lower())
        return self.forms.units.known[name]

    def _what(self, end: int, *, of_share: bool) -> Span | None:
        """The words for what is counted, or of what something is a share."""
        if not of_share:
            return self.around.counted_from(end, of_share=False)
        match = self.forms.share_of.match(self.text, end)
        return self.around.counted_from(match.end(), of_share=True) if match is not None else None

    def _bound(self, start: int, end: int, sort: FigureSort) -> tuple[Bound, int, int]:
        """How the figure is bounded, and where its words begin and end."""
        match = self.around.ends_with(self.forms.before, start)
        if match is not None:
            name = re.sub(r"\s+", " ", (match.group(1) or match.group(2)).lower())
            negated = self.forms.negated.search(self.around.before(start)[: match.start()])
            bound = self.forms.bounds[name]
            alone = self.around.has("bound-alone", name)
            if alone and not self.around.is_open_end(self.span.end):
                return "exactly", start, end
            if self._is_no_bound(name, start - len(match.group()), sort):
                return "exactly", start, end
            if negated is not None and bound in {"more-than", "less-than"}:
                bound = "at-most" if bound == "more-than" else "at-least"
            return bound, start - len(match.group()), end
        after = self.forms.after.match(self.text, end)
        name = re.sub(r"\s+", " ", after.group(1).lower()) if after is not None else ""
        if after is not None and not self._joins(name, after.end()):
            return self.forms.bounds[name], start, after.end()
        if self.text[end : end + 1] == "+":
            return "at-least", start, end + 1
        return "exactly", start, end

    def _joins(self, name: str, end: int) -> bool:
        """Whether a word such as "plus" adds something else: "one plus an alarm"."""
        article = self.around.word_after(end) in self.words.words("determiner")
        return article and self.around.has("joins", name)

    def _is_no_bound(self, name: str, start: int, sort: FigureSort) -> bool:
        """Whether words are no bound here: "over five years" lasts so long, "went up to 48"."""
        if self.around.has("period", name):
            spelled_out = self.around.written[:1].lower() in {"a"} and " " in self.around.written
            return (sort == "duration" and not spelled_out) == (name == "over")
        before = self.around.before(start) + " "
        word = _LAST_WORD.search(before)
        risen = word is not None and self.around.has("rising", word.group(1).lower())
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
        if scale > 1 and (self.around.spelled or re.fullmatch(_PLAIN, self.around.written)):
            value *= scale
        if high < value:
            return value, None, "exactly", low
        match = self.around.ends_with(self.forms.between, low)
        return value, high, "between", low - len(match.group()) if match else low


def _trimmed(value: Decimal) -> Decimal:
    """A value without zeros at its end."""
    return Decimal(format(value.normalize(), "f"))


_FOLLOWING = re.compile(r"[\s-]([^\W\d_]+)")
_PLAIN = r"\d+(?:\.\d+)?"
_SIGN = re.compile(r"[$€£¥]?")
_NOUN = re.compile(r" [a-z]+")
_LAST_WORD = re.compile(r"([^\W\d_]+)\s+$")
_CLAUSE_END = re.compile(r"[.;:!?]\s")
_SENTENCE_END = re.compile(r"[.!?][\"”’]?\s|\n")
_PERCENT = 100
_LARGE = 1000
_SMALL = 10
"""Numbers below that are figures only where they count something."""
_YEAR = re.compile(r"(?:19|20)\d\d")
