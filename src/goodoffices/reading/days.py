"""Dates in any language, by forms that its folder lists, resolved against a day of publication."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple, cast, get_args

from goodoffices.reading.amounts import number_at
from goodoffices.reading.dates import DateBound, DateFound
from goodoffices.reading.passages import TERMINAL
from goodoffices.reading.spans import Span
from goodoffices.reading.tongue import Language
from goodoffices.reading.writing import Word

Days = tuple[date, date]
Parts = Mapping[str, str]
_BACK = 5
_AHEAD = 12
_FARTHEST = 40_000
"""No length of time of more units is taken for a date."""


class Dated(NamedTuple):
    """A date, and the words that it is written in."""

    found: DateFound
    start: int
    end: int


def days_in(
    words: Sequence[Word], language: Language, published: date | None = None
) -> list[Dated]:
    """Return the dates of a row of words, in order; of two forms the first that fits counts."""
    calendar = _Calendar(words, language, published)
    found: list[Dated] = []
    place = 0
    while place < len(words):
        one = calendar.at(place)
        if one is not None:
            found.append(one)
        place = one.end if one is not None else place + 1
    return found


@dataclass(frozen=True)
class _Match:
    """A form of dates that fits: what its parts say, and where it ends."""

    parts: Parts
    end: int


@dataclass(frozen=True)
class _Calendar:
    """A row of words while its dates are looked for."""

    words: Sequence[Word]
    language: Language
    published: date | None

    @cached_property
    def _literals(self) -> frozenset[str]:
        """Words with which a form may begin, other than those of the calendar."""
        found = set()
        for _, elements in self.language.patterns:
            for element in elements:
                if "{" not in element:
                    found.update(element.rstrip("?").split("/"))
                if not element.endswith("?"):
                    break
        return frozenset(self.language.script.folded(word) for word in found)

    def at(self, place: int) -> Dated | None:
        """The date that begins at a place."""
        word = self.words[place]
        if word.sort != "n":
            texts = [form.text for form in word.forms]
            by_first = (self.language.dates.by_first, self.language.numbers.by_first)
            if not any(t in self._literals or any(t in one for one in by_first) for t in texts):
                return None
        for kind, elements in self.language.patterns:
            match = self._fits(elements, 0, _Match({}, place))
            if match is None or match.end == place:
                continue
            try:
                days = _RESOLVERS[kind](_Written(self, match.parts, place))
            except (ValueError, OverflowError):  # the 31st of June, or a year of no calendar
                continue
            found = self._dated(kind, days, place, match.end)
            if self._plausible(kind, found, place):
                return found
        return None

    def _plausible(self, kind: str, dated: Dated, place: int) -> bool:
        """Whether a form that could be something else is a date here."""
        if kind == "ago" and dated.found.bound == "since":
            return False  # how long it has lasted: a length of time
        bare = kind == "year" and dated.end == place + 1 and dated.found.bound == "on"
        if not bare or (place and self._sort(place - 1, "dating") is not None):
            return True
        following = self.words[dated.end] if dated.end < len(self.words) else None
        if following is None or following.sort != "w":
            return True
        classes = self.language.classes.values()
        return any(known.plain(following) for known in classes)

    def _dated(self, kind: str, days: Days | None, place: int, end: int) -> Dated:
        start, bound = self._bound(place)
        begins = self.words[start].start if start < place else self._begin(place)
        relative = kind not in _ABSOLUTE
        first, last = days if days is not None else (None, None)
        span = Span(begins, self.words[end - 1].end)
        return Dated(DateFound(span, first, last, bound, relative), start, end)

    def _begin(self, place: int) -> int:
        """Where the first word begins, without a prefix that is no part of its name."""
        word = self.words[place]
        for form in word.forms:
            if form.text in self.language.dates.by_first or form.text in self._literals:
                return word.begins(form)
        return word.start

    def _bound(self, place: int) -> tuple[int, DateBound]:
        """The words before a date that bound it; articles and the like may stand between."""
        stop = place
        while stop > 0 and place - stop < 3 and self._sort(stop - 1, "dating") is not None:
            stop -= 1
        for end in dict.fromkeys((place, stop, *range(stop + 1, place))):
            for first in range(max(0, end - _BACK), end):
                for hit in self.language.dates.all_at(self.words, first):
                    bound = next((value for sort, value in hit.value if sort == "bound"), None)
                    if bound in get_args(DateBound) and hit.end == end:
                        return first, cast(DateBound, bound)
        return place, "on"

    def _sort(self, place: int, sort: str) -> str | None:
        """What a word of the calendar of some sort says, if one stands at a place."""
        found = self._hit(place, sort)
        return found[0] if found is not None else None

    def _hit(self, place: int, sort: str, *, cut: bool = False) -> tuple[str, int] | None:
        for hit in self.language.dates.all_at(self.words, place):
            if cut and not any(name == "preposition" for name, _ in hit.form.prefixes):
                continue
            for name, value in hit.value:
                if name == sort:
                    return value, hit.end
        return None

    def _fits(self, elements: Sequence[str], number: int, match: _Match) -> _Match | None:
        """Match the elements of a form one by one; those with a question mark may be missing."""
        if number == len(elements):
            return match
        element = elements[number]
        optional = element.endswith("?")
        element = element.rstrip("?")
        if match.end < len(self.words):
            found = self._element(element, match.end)
            if found is not None:
                value, end = found
                name = element.strip("~{}") if "{" in element else ""
                parts = {**match.parts, **({name: value} if name else {})}
                rest = self._fits(elements, number + 1, _Match(parts, end))
                if rest is not None:
                    return rest
        return self._fits(elements, number + 1, match) if optional else None

    def _element(self, element: str, place: int) -> tuple[str, int] | None:
        word = self.words[place]
        if "{" not in element:
            wanted = [self.language.script.folded(one) for one in element.split("/")]
            fits = any(form.text in wanted for form in word.forms)
            return ("", place + 1) if fits else None
        name = element.strip("~{}")
        if name == "slash":
            return ("", place + 1) if word.text == "/" else None
        if name in _READERS:
            return _READERS[name](self, place)
        return self._hit(place, name, cut=element.startswith("~"))

    def _number(self, place: int) -> tuple[str, int] | None:
        number = number_at(self.words, place, self.language)
        if number is None or number.value.denominator != 1 or number.value > _FARTHEST:
            return None
        return str(number.value.numerator), number.end

    def _digits(self, place: int, lengths: Sequence[int]) -> int | None:
        word = self.words[place]
        if word.sort != "n" or len(word.text) not in lengths or not word.text.isdecimal():
            return None
        return int(word.text)

    def _day(self, place: int) -> tuple[str, int] | None:
        value = self._digits(place, (1, 2))
        if value is not None:
            return (str(value), place + 1) if 1 <= value <= 31 else None
        return self._hit(place, "ordinal")

    def _year(self, place: int) -> tuple[str, int] | None:
        value = self._digits(place, (4,))
        return (str(value), place + 1) if value is not None and 1500 <= value < 2200 else None

    def _small(self, place: int) -> tuple[str, int] | None:
        value = self._digits(place, (1, 2))
        return (str(value), place + 1) if value is not None else None

    @property
    def today(self) -> date:
        """The day of publication.

        Raises:
            _OpenError: it is not known.
        """
        if self.published is None:
            raise _OpenError
        return self.published

    def ahead(self, place: int) -> bool:
        """Whether the words before a date speak of what is to come."""
        endings = tuple(self.language.setting("future-endings").split())
        beginnings = tuple(self.language.setting("future-beginnings").split())
        for at in range(place - 1, max(-1, place - _AHEAD), -1):
            word = self.words[at]
            if word.sort == "m" and word.text in TERMINAL:
                return False
            if self._sort(at, "future") is not None:
                return True
            long = word.sort == "w" and len(word.text) > 4 and not word.capital
            if long and endings and word.text.endswith(endings):
                return True
            if (
                long
                and beginnings
                and any(form.text.startswith(beginnings) for form in word.forms[:2])
            ):
                return True
        return False

    def year_near(self, month: int, day: int, place: int) -> int:
        """The year of a day without one: that which brings it nearest."""
        today = self.today
        years = (today.year - 1, today.year, today.year + 1)
        last = {year: min(day, monthrange(year, month)[1]) for year in years}
        near = min(years, key=lambda year: abs((date(year, month, last[year]) - today).days))
        if self.ahead(place) and date(near, month, last[near]) < today:
            return near + 1
        return near


class _OpenError(ValueError):
    """A date that cannot be told without a day of publication."""


_READERS: Mapping[str, Callable[[_Calendar, int], tuple[str, int] | None]] = MappingProxyType(
    {"n": _Calendar._number, "d": _Calendar._day, "y": _Calendar._year, "m": _Calendar._small,
     "d2": _Calendar._small}
)  # fmt: skip


def _month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True)
class _Written:
    """One written date, while it is resolved."""

    calendar: _Calendar
    parts: Parts
    place: int


def _day_of(w: _Written) -> Days:
    month = int(w.parts["month"] if "month" in w.parts else w.parts["m"])
    day = int(w.parts["d"] if "d" in w.parts else w.parts["d2"])
    year = int(w.parts["y"]) if "y" in w.parts else w.calendar.year_near(month, day, w.place)
    return (date(year, month, day),) * 2


def _month_of(w: _Written) -> Days:
    month = int(w.parts["month"])
    year = int(w.parts["y"]) if "y" in w.parts else w.calendar.year_near(month, 15, w.place)
    return _month(year, month)


def _year_of(w: _Written) -> Days:
    year = int(w.parts["y"])
    return date(year, 1, 1), date(year, 12, 31)


def _weekday(w: _Written) -> Days:
    wanted = int(w.parts["weekday"])
    pointer = int(w.parts["pointer"]) if "pointer" in w.parts else None
    back = (w.calendar.today.weekday() - wanted) % 7
    if pointer == 1 or (pointer is None and w.calendar.ahead(w.place)):
        day = w.calendar.today + timedelta((7 - back) if back else (7 if pointer == 1 else 0))
    else:
        day = w.calendar.today - timedelta(back or (7 if pointer == -1 else 0))
    return day, day


def _day_from(w: _Written) -> Days:
    day = w.calendar.today + timedelta(int(w.parts["day"]))
    return day, day


def _moved(c: _Calendar, unit: str, number: int) -> Days:
    """The day, week, month or year that lies some number of them from the day of publication."""
    today = c.today
    if unit == "day":
        day = today + timedelta(number)
        return day, day
    if unit == "week":
        first = 6 if c.language.setting("week-starts") == "sunday" else 0
        start = today - timedelta((today.weekday() - first) % 7) + timedelta(7 * number)
        return start, start + timedelta(6)
    if unit == "month":
        months = today.year * 12 + today.month - 1 + number
        return _month(months // 12, months % 12 + 1)
    return date(today.year + number, 1, 1), date(today.year + number, 12, 31)


def _period(w: _Written) -> Days:
    return _moved(w.calendar, w.parts["unit"], int(w.parts.get("pointer", "0")))


def _ago(w: _Written) -> Days:
    number = int(w.parts["n"]) if "n" in w.parts else 2 if "pair" in w.parts else 1
    return _moved(w.calendar, w.parts["unit"] if "unit" in w.parts else w.parts["pair"], -number)


def _ahead(w: _Written) -> Days:
    number = int(w.parts["n"]) if "n" in w.parts else 2 if "pair" in w.parts else 1
    return _moved(w.calendar, w.parts["unit"] if "unit" in w.parts else w.parts["pair"], number)


def _edge(w: _Written) -> Days:
    """The first or last day of a month, a year, or the one that is running."""
    if "month" in w.parts:
        first, last = _month_of(w)
    elif "y" in w.parts:
        first, last = _year_of(w)
    else:
        first, last = _moved(w.calendar, w.parts["unit"], int(w.parts.get("pointer", "0")))
    day = first if w.parts["edge"] == "start" else last
    return day, day


def _whole(
    resolve: Callable[[_Written], Days],
) -> Callable[[_Written], Days | None]:
    """Leave a date open that needs a day of publication when there is none."""

    def resolved(w: _Written) -> Days | None:
        try:
            return resolve(w)
        except _OpenError:
            return None

    return resolved


_RESOLVERS: Mapping[str, Callable[[_Written], Days | None]] = MappingProxyType(
    {
        name: _whole(resolve)
        for name, resolve in (
            ("date", _day_of), ("day-month", _day_of), ("month-year", _month_of),
            ("month", _month_of), ("year", _year_of), ("weekday", _weekday), ("day", _day_from),
            ("period", _period), ("ago", _ago), ("ahead", _ahead), ("edge", _edge),
        )
    }
)  # fmt: skip
_ABSOLUTE = frozenset({"date", "month-year", "year"})


def numbers_of(dated: Sequence[Dated]) -> Iterator[int]:
    """Yield the numbers of the words that dates are written in."""
    for one in dated:
        yield from range(one.start, one.end)
