"""Quantities in any language: numbers in digits and words, with bounds, units and what is counted.

The words come from the language's folder; what is told apart is what the English rules tell apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, cast

from goodoffices.model.record import Bound
from goodoffices.reading.figure_forms import FigureSort
from goodoffices.reading.figures import FigureFound
from goodoffices.reading.phrases import Hit
from goodoffices.reading.spans import Span
from goodoffices.reading.tongue import Language
from goodoffices.reading.writing import Word

_BACK = 5
_LARGEST = Fraction(10**18)
_SMALL = 10
_TAKEN_APART = frozenset({"one", "joiner"})


class Number(NamedTuple):
    """A number in a row of words.

    Attributes:
        start: the number of its first word.
        end: that of the word after its last.
        begins: the code point at which it begins, after prefixes.
        value: its value.
        spelled: whether all of it is in words.
        scaled: whether it ends with a word that a noun follows with "of", as "millions".
        share: whether it is a fraction.
        about: whether the word says that it is not exact, as "a score".
        prefix: the prefixes of its first word.
    """

    start: int
    end: int
    begins: int
    value: Fraction
    spelled: bool
    scaled: bool = False
    share: bool = False
    about: bool = False
    prefix: str = ""


def number_at(words: Sequence[Word], place: int, language: Language) -> Number | None:
    """Return the number that begins at a place, or None."""
    if not 0 <= place < len(words):
        return None
    return _Numeral(words, language).read(place)


@dataclass
class _Numeral:
    """A number while it is read: what is complete, what is not, and how large the next may be."""

    words: Sequence[Word]
    language: Language
    total: Fraction = Fraction(0)
    current: Fraction = Fraction(0)
    room: Fraction = _LARGEST
    whole: Fraction = _LARGEST
    sorts: tuple[str, ...] = ()

    def read(self, place: int) -> Number | None:
        first = self.words[place]
        begins, prefix, end = first.start, "", place
        if first.sort == "n":
            written = self.language.script.value(first.text)
            if written is None:
                return None
            self.current, self.sorts, end = Fraction(written), ("digits",), place + 1
            self.room = Fraction(0)
        else:
            hit = self._hit(place)
            if hit is None or hit.value[0] == "joiner" or not self._takes(hit, joined=False):
                return None
            begins = first.begins(hit.form)
            prefix, end = "".join(part for _, part in hit.form.prefixes), hit.end
        end = self._goes_on(end)
        value = self.total + self.current
        if set(self.sorts) <= _TAKEN_APART or value >= _LARGEST:
            return None
        last = self.sorts[-1]
        return Number(
            place, end, begins, value, "digits" not in self.sorts, last == "scale",
            last in {"fraction", "share"}, "about" in self.sorts, prefix,
        )  # fmt: skip

    def _goes_on(self, end: int) -> int:
        while True:
            joiner = self._hit(end)
            joined = joiner is not None and joiner.value[0] == "joiner"
            place = joiner.end if joiner is not None and joined else end
            hit = self._hit(place)
            if hit is None or hit.value[0] == "joiner":
                return end
            by_prefix = [sort for sort, _ in hit.form.prefixes]
            if by_prefix and by_prefix != ["conjunction"]:
                return end
            if not self._takes(hit, joined=joined or bool(by_prefix)):
                return end
            end = hit.end

    def _hit(self, place: int) -> Hit[tuple[str, str]] | None:
        if not 0 <= place < len(self.words) or self.words[place].sort == "n":
            return None
        return self.language.numbers.at(self.words, place)

    def _takes(self, hit: Hit[tuple[str, str]], *, joined: bool) -> bool:
        """Add a number word to what was read; False when it begins another number."""
        sort, written = hit.value
        value = Fraction(written)
        if sort in {"fraction", "share"}:
            if self.sorts and (self.total or joined):
                return False
            self.current = (self.current or Fraction(1)) * value
            self.room = Fraction(0)
            self.whole = Fraction(0)
        elif sort == "scale" and self.sorts[-1:] == ("scale",) and not joined:
            if value <= self.whole or self.current:  # "two thousand million"
                return False
            self.total, self.room, self.whole = self.total * value, value, value
        elif sort == "scale":
            if value >= self.whole:
                return False
            self.total += (self.current or Fraction(1)) * value
            self.current, self.room, self.whole = Fraction(0), value, value
        elif sort == "hundred" and self.sorts and not joined:
            if self.current >= value or not self.current:
                return self._adds(sort, value)
            self.current, self.room = self.current * value, value
        else:
            turned = joined and self.sorts[-1:] == ("digit",) and sort == "ten"
            if value >= self.room and not turned:
                return False
            return self._adds(sort, value)
        self.sorts = (*self.sorts, sort)
        return True

    def _adds(self, sort: str, value: Fraction) -> bool:
        if value >= self.room and not (sort == "ten" and self.sorts[-1:] == ("digit",)):
            return False
        room = {"ten": Fraction(10), "hundred": value}.get(sort, Fraction(1))
        self.current, self.room = self.current + value, room
        self.sorts = (*self.sorts, sort)
        return True


def amounts_in(
    words: Sequence[Word], language: Language, dated: frozenset[int]
) -> Iterator[FigureFound]:
    """Yield the figures of a row of words, in order; what stands in a date is none."""
    place = 0
    while place < len(words):
        number = None
        if place not in dated and words[place].sort != "m":
            number = number_at(words, place, language)
        if number is None:
            figure = _paired_unit(words, place, language) if place not in dated else None
            if figure is not None:
                yield figure
            place += 1
            continue
        amount = _Amount(words, number, language, dated)
        figure = amount.figure()
        if figure is not None:
            yield figure
        place = max(number.end, amount.second.end if amount.second is not None else 0)


def _paired_unit(words: Sequence[Word], place: int, language: Language) -> FigureFound | None:
    """A word that by itself says two of something."""
    hit = language.units.at(words, place) if words[place].sort == "w" else None
    if hit is None or not hit.value[1][:1].isdecimal():
        return None
    value, _, unit = hit.value[1].partition(" ")
    span = Span(words[place].begins(hit.form), words[hit.end - 1].end)
    return FigureFound(span, span, Decimal(value), None, "exactly", hit.value[0], unit, None)


@dataclass
class _Amount:
    """One number, while it is found out what it is a number of."""

    words: Sequence[Word]
    number: Number
    language: Language
    dated: frozenset[int]
    second: Number | None = None

    def figure(self) -> FigureFound | None:
        bound, low = self._bound()
        opened = self._opened(low)
        self.second = self._second(opened=opened is not None)
        last = self.second if self.second is not None else self.number
        unit = self._unit(last)
        if self._is_other(last, unit) or self._is_definite(unit):
            return None
        end = unit.end if unit is not None else last.end
        share = last.share and unit is None
        counted = self._counted(end, last, unit)
        if unit is None and counted is None and bound == "exactly" and not share:
            return None
        stop = counted.end if unit is None and counted is not None and not share else None
        end_at = stop if stop is not None else self.words[end - 1].end
        after = self._after(end) or (self._after(end + 1) if stop is not None else None)
        if after is not None and bound == "exactly":
            bound, end_at = cast(Bound, after.value), max(end_at, self.words[after.end - 1].end)
        if last.about and bound == "exactly":
            bound = "about"
        begins = self._begins(low, unit)
        if opened is not None and self.second is not None:
            begins = self.words[opened].start
        return self._made(Span(begins, end_at), bound, unit, counted, share=share)

    def _made(
        self,
        span: Span,
        bound: Bound,
        unit: Hit[tuple[FigureSort, str]] | None,
        counted: Span | None,
        *,
        share: bool,
    ) -> FigureFound:
        value, high = self.number.value, self.second.value if self.second is not None else None
        if high is not None:
            bound = "between"
            if self.second is not None and self.second.scaled and not self.number.scaled:
                scale = next(s for s in (10**9, 10**6, 10**3, 1) if high >= s)
                value = value * scale if value * scale <= high else value
        sort: FigureSort = "percent" if share else "count"
        name = "percent" if share else ""
        if unit is not None:
            sort, name = unit.value
        if unit is None and counted is not None and not share:
            name = self._word_at(counted)
        times = 100 if share else 1
        place = Span(self.number.begins, self.words[self.number.end - 1].end)
        return FigureFound(
            span, place, _decimal(value * times),
            _decimal(high * times) if high is not None else None,
            bound, sort, name, counted,
        )  # fmt: skip

    def _word_at(self, span: Span) -> str:
        """The word for what is counted, as it is looked up."""
        place = bisect_left(self.words, span.start, key=lambda word: word.start)
        return self.words[place].text

    def _has(self, name: str, place: int) -> bool:
        return self.language.known(name).has(self.words, place)

    def _before(self, start: int, place: str) -> Hit[str] | None:
        """The longest group of words of a place that ends where a number begins."""
        known = self.language.bounds.get(place)
        if known is None:
            return None
        for first in range(max(0, start - _BACK), start):
            for hit in known.all_at(self.words, first):
                if hit.end == start:
                    return hit
        return None

    def _bound(self) -> tuple[Bound, int]:
        """How the number is bounded by what stands before it, and where that begins."""
        start = self.number.start
        while start > 0 and self._sign(start - 1) is not None:
            start -= 1
        hit = self._before(start, "before")
        if hit is None and start > 0 and self._has("article", start - 1):
            hit = self._before(start - 1, "before")
        if hit is not None:
            return cast(Bound, hit.value), hit.start
        if self.number.prefix:
            known = self.language.bounds.get("before")
            for row, value in known.by_first.get(self.number.prefix, ()) if known else ():
                if len(row) == 1:
                    return cast(Bound, value), self.number.start
        return "exactly", self.number.start

    def _begins(self, low: int, unit: Hit[tuple[FigureSort, str]] | None) -> int:
        if low < self.number.start:
            return self.words[low].start
        if unit is not None and unit.start < self.number.start:
            return self.words[unit.start].start
        return self.number.begins

    def _opened(self, low: int) -> int | None:
        """Where "between" stands before the number."""
        for start in (low, low - 1 if low and self._has("article", low - 1) else low):
            hit = self._before(start, "between")
            if hit is not None:
                return hit.start
        return None

    def _second(self, *, opened: bool) -> Number | None:
        """The upper end of a range."""
        place = self.number.end
        unit = self.language.units.at(self.words, place) if place < len(self.words) else None
        joint = self._joint(place, opened=opened)
        if joint is None and unit is not None:
            joint = self._joint(unit.end, opened=opened)
        if joint is None:
            return None
        while joint < len(self.words) and self._has("article", joint):
            joint += 1
        second = number_at(self.words, joint, self.language)
        return second if second is not None and second.value > self.number.value else None

    def _joint(self, place: int, *, opened: bool) -> int | None:
        names = ("joint", "joint-opened") if opened else ("joint",)
        for name in names:
            known = self.language.bounds.get(name)
            hit = known.at(self.words, place) if known is not None else None
            if hit is not None:
                return hit.end
        if not opened or place >= len(self.words):
            return None
        # The upper end may carry what joins it as a prefix.
        return place if any(form.prefixes for form in self.words[place].forms) else None

    def _sign(self, place: int) -> Hit[tuple[FigureSort, str]] | None:
        if self.words[place].sort != "m":
            return None
        hit = self.language.units.at(self.words, place)
        return hit if hit is not None and hit.value[0] == "money" else None

    def _unit(self, last: Number) -> Hit[tuple[FigureSort, str]] | None:
        place = last.end
        for _ in range(3):
            hit = self.language.units.at(self.words, place) if place < len(self.words) else None
            if hit is not None and not hit.value[1][:1].isdecimal():
                return hit
            of = self._has("of", place) and (last.scaled or last.about)
            dash = place < len(self.words) and self.words[place].text == "-"
            if not (of or dash):
                break
            place += 1
        return self._sign(self.number.start - 1) if self.number.start else None

    def _is_other(self, last: Number, unit: Hit[tuple[FigureSort, str]] | None) -> bool:
        """Whether the number is a clock time, an ordinal, an age, or only a label."""
        end, start = last.end, self.number.start
        following = self.words[end] if end < len(self.words) else None
        beside = following is not None and following.start == self.words[end - 1].end
        if beside and following is not None:
            clock = following.text in {":", "/"} and end + 1 < len(self.words)
            clock = clock and self.words[end + 1].sort == "n"
            if clock or self._has("ordinal-ending", end):
                return True
        after_mark = start > 1 and self.words[start - 1].text in {":", "/"}
        if after_mark and self.words[start - 2].sort == "n":
            return True
        if self._has("clock", end) or self._ends_before(start, "aged"):
            return True
        return unit is None and self._ends_before(start, "label")

    def _ends_before(self, start: int, name: str) -> bool:
        known = self.language.known(name)
        firsts = range(max(0, start - 3), start)
        return any(hit.end == start for first in firsts for hit in known.all_at(self.words, first))

    def _is_definite(self, unit: Hit[tuple[FigureSort, str]] | None) -> bool:
        """Whether a small number in words only names what is known: "the two sides"."""
        if not self.number.spelled or self.number.value > _SMALL or unit is not None:
            return False
        if self.number.share or self.number.about or self.number.scaled:
            return False
        if self.number.start and self._has("definite", self.number.start - 1):
            return True
        end = self.number.end
        if end >= len(self.words) or self.words[end].sort != "w":
            return True
        following = self.words[end]
        cut = {sort for form in following.forms for sort, _ in form.prefixes[:1]}
        return "article" in cut and self.language.setting("definite-counted") != "yes"

    def _counted(
        self, end: int, last: Number, unit: Hit[tuple[FigureSort, str]] | None
    ) -> Span | None:
        """The word for what is counted, or for what it is a share of."""
        place = end
        of = last.scaled or last.about or last.share or unit is not None
        if of:
            past = place
            while past < len(self.words) and self._has("of", past):
                past += 1
            if (last.share or unit is not None) and past == place:
                return None
            while past < len(self.words) and self._has("article", past):
                past += 1
            place = past
        if place >= len(self.words) or self.words[place].sort != "w" or place in self.dated:
            return None
        if unit is not None and unit.value[0] == "duration":
            return None
        if self._closed(place):
            return None
        return self.words[place].span

    def _closed(self, place: int) -> bool:
        """Whether a word is of a closed class, and so names nothing that is counted."""
        names = (
            "preposition", "conjunction", "auxiliary", "pronoun", "adverb", "clitic", "negation",
            "relative", "complementizer", "article", "definite", "finite", "channel", "as",
        )  # fmt: skip
        word = self.words[place]
        if any(self.language.known(name).plain(word) for name in names):
            return True
        return any(len(row) == 1 for row, _ in self.language.cues.by_first.get(word.text, ()))

    def _after(self, place: int) -> Hit[str] | None:
        known = self.language.bounds.get("after")
        return known.at(self.words, place) if known is not None else None


def _decimal(value: Fraction) -> Decimal:
    """A fraction as a decimal; one that does not end is rounded to six places."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    if Fraction(exact) == value:
        return Decimal(format(exact.normalize(), "f"))
    return exact.quantize(Decimal("0.000001"))
