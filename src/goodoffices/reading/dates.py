"""Dates in words, resolved against the day of publication, with their bounds."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from goodoffices.model.dates import PartialDate
from goodoffices.reading.date_forms import DateForms, date_forms
from goodoffices.reading.date_places import written_in
from goodoffices.reading.lexicon import Lexicon
from goodoffices.reading.numbers import value_of
from goodoffices.reading.spans import Span, Tokens, tokens_in

DateBound = Literal["on", "by", "until", "since", "before", "after", "from"]
"""How a date bounds what is said of it; ``on`` when it does not."""

_LOOK_BACK = 60


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date that a text writes.

    Attributes:
        span: the words of the date, with those of its bound.
        first: its first day; None when it cannot be told without a day of publication.
        last: its last day.
        bound: how it bounds what is said of it.
        relative: whether it was resolved against the day of publication.
    """

    span: Span
    first: date | None
    last: date | None
    bound: DateBound
    relative: bool

    @property
    def partial(self) -> PartialDate | None:
        """The date as a day, month or year of a case; None when it is none of these."""
        if self.first is None or self.last is None:
            return None
        days = PartialDate(self.first, self.last)
        return days if PartialDate.parse(str(days)) == days else None


Days = tuple[date, date]


def dates_in(
    text: str, words: Lexicon, published: date | None = None, *, tokens: Tokens | None = None
) -> list[DateFound]:
    """Return the dates of a text, in order, resolved as far as they can be.

    >>> from goodoffices.reading.lexicon import lexicon
    >>> found = dates_in("by the end of July", lexicon("en"), date(2025, 6, 2))
    >>> [(one.bound, str(one.last)) for one in found]
    [('by', '2025-07-31')]
    """
    forms = date_forms(words)
    found: list[DateFound] = []
    taken = bytearray(len(text))
    if tokens is None:
        tokens = tokens_in(text, date_words(words))
    for kind, match in written_in(text, forms, tokens):
        start, end = match.span()
        if any(taken[start:end]) or not _plausible(kind, match, words, forms):
            continue
        writing = _Writing(text, match, words, forms, published)
        try:
            days = writing.days(kind)
        except (ValueError, OverflowError):  # the 31st of June, or a day before the year 1
            if kind in _WITH_DAY:
                taken[start:end] = b"\x01" * (end - start)
            continue
        taken[start:end] = b"\x01" * (end - start)
        past = days is not None and published is not None and days[0] < published
        form = "spell-ahead" if kind == "spell" and not past else kind
        found.append(_with_bound(text, Span(start, end), days, form, forms))
    return sorted(found, key=lambda one: one.span)


@cache
def date_words(words: Lexicon) -> frozenset[str]:
    """Return the words by which is seen where a form of dates can stand."""
    return frozenset(date_forms(words).triggers) | frozenset(date_forms(words).shown)


def _plausible(kind: str, match: re.Match[str], words: Lexicon, forms: DateForms) -> bool:
    """Whether a form that could be something else is a date here."""
    text, start, end = match.string, match.start(), match.end()
    before = re.findall(r"[\w']+|[^\w\s]", text[max(0, start - 20) : start])[-1:] or [""]
    dating = before[0].lower() in forms.values.get("dating", {})
    if kind in {"month", "weekday"} and not match.group(kind)[0].isupper():
        return False
    if kind == "month" and match.group().lower() in _DOUBTFUL:
        return dating
    if kind == "year":
        following = re.match(r"[ ]+([^\W\d_]+)", text[end : end + 30])
        plain = following is not None and _counts(following.group(1), words)
        opened = before[0] in {"(", "", "-", "–", ",", ";"}
        return (dating or opened or text[max(0, start - 2) : start].isspace()) and not plain
    return True


_DOUBTFUL = frozenset({"may", "march", "mar", "jan", "sep", "august"})
"""Names of months that are other words or names too."""


def _counts(word: str, words: Lexicon) -> bool:
    """Whether a word after a number is what is counted: no word of a closed class, in small."""
    closed = words.words("preposition") | words.words("conjunction") | words.words("auxiliary")
    known = closed | words.words("determiner") | words.words("pronoun") | words.words("adverb")
    plural = word.endswith("s") or word in words.words("plural-noun")
    return word[0].islower() and word not in known and plural


@dataclass
class _Writing:
    """One written date, while it is resolved."""

    text: str
    match: re.Match[str]
    words: Lexicon
    forms: DateForms
    published: date | None

    def days(self, kind: str) -> Days | None:
        """Return the first and last day; None when the day of publication is needed."""
        resolve: Callable[[_Writing], Days | None] = _RESOLVERS[kind]
        return resolve(self)

    def part(self, name: str) -> str:
        """The words of one part, in lower case; "" when it is not there."""
        found = self.match.groupdict().get(name)
        return re.sub(r"\s+", " ", found.lower()) if found else ""

    def number(self, name: str) -> int:
        """The value of a part that the lexicon gives."""
        return int(self.forms.values[name][self.part(name)])

    @property
    def ahead(self) -> bool:
        """Whether the words before speak of what is to come."""
        start = self.match.start()
        if self._leads_ahead(start):
            return True
        near = re.split(r"[.!?\n]", self.text[max(0, start - _LOOK_BACK) : start])[-1]
        return any(
            word.lower() in self.forms.values.get("future", {}) for word in re.findall(r"\w+", near)
        )

    def _leads_ahead(self, start: int) -> bool:
        """Whether the words right before are those of what is to come: "by", "for"."""
        before = self.text[max(0, start - 20) : start].lower().split()
        fillers = {word for name in self.forms.values.get("filler", {}) for word in name.split()}
        while before and before[-1] in fillers:
            before.pop()
        words = self.forms.values.get("ahead", {})
        return bool(before) and (before[-1] in words or " ".join(before[-2:]) in words)

    def _edge(self) -> int:
        """Where "the end of" begins before a date, or the date itself."""
        start = self.match.start()
        found = _edge_before(self.text[max(0, start - _LOOK_BACK) : start], self.forms)
        return start - found[0] if found is not None else start

    def year_of(self, month: int, day: int) -> int | None:
        """The year of a month or day without one: the nearest, as newspapers write."""
        if self.published is None:
            return None
        year = self.published.year
        distance = (month - self.published.month) * 30 + day - self.published.day
        if self._leads_ahead(self._edge()):
            return year + (1 if distance < -20 else 0)
        if self.ahead:
            return year + (1 if distance < -150 else 0)
        if distance <= 15:
            return year + (1 if distance < -240 else 0)
        return year if distance < 120 else year - 1


def _month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _year(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31)


def _iso(w: _Writing) -> Days | None:
    day = date(int(w.part("y")), int(w.part("n")), int(w.part("n2")))
    return day, day


def _full(w: _Writing) -> Days | None:
    day = date(int(w.part("y")), w.number("month"), int(w.part("d")))
    return day, day


def _month_year(w: _Writing) -> Days | None:
    return _month(int(w.part("y")), w.number("month"))


def _day(w: _Writing) -> Days | None:
    month, number = w.number("month"), int(w.part("d"))
    year = w.year_of(month, number)
    if year is None:
        date(2000, month, number)  # the 31st of June is none in any year
        return None
    day = date(year, month, number)
    return day, day


def _days(w: _Writing) -> Days | None:
    """Return "27 to 30 June", from its first day to its last."""
    month, first, last = w.number("month"), int(w.part("d")), int(w.part("e"))
    year = int(w.part("y")) if w.part("y") else w.year_of(month, first)
    found = [date(year or 2000, month, day) for day in (first, last)]
    if found[1] < found[0]:
        raise ValueError("the days of a range in their order")
    return None if year is None else (found[0], found[1])


def _weekend(w: _Writing) -> Days | None:
    """Return "the weekend": the one to come, or that which has just been."""
    if w.published is None:
        return None
    monday = w.published - timedelta(days=w.published.weekday())
    if not w.ahead and w.published.weekday() < 4:
        monday -= timedelta(weeks=1)
    return monday + timedelta(days=5), monday + timedelta(days=6)


def _month_alone(w: _Writing) -> Days | None:
    month = w.number("month")
    year = w.year_of(month, 1)
    return None if year is None else _month(year, month)


def _relative(w: _Writing) -> Days | None:
    if w.published is None:
        return None
    day = w.published + timedelta(days=w.number("day"))
    return day, day


def _weekday(w: _Writing) -> Days | None:
    if w.published is None:
        return None
    behind = (w.published.weekday() - w.number("weekday")) % 7
    pointer = w.number("pointer") if w.part("pointer") else None
    if pointer == -1:
        day = w.published - timedelta(days=behind or 7)
    elif pointer == 1 or (pointer is None and w.ahead and behind):
        day = w.published + timedelta(days=7 - behind)
    else:
        day = w.published - timedelta(days=behind)
    return day, day


def _pointed(w: _Writing) -> Days | None:
    """Return "last month", "this week", "next year"."""
    if w.part("unit").endswith("s"):
        raise ValueError("one unit")
    if w.published is None:
        return None
    return _shifted(w.published, w.part("unit"), w.number("pointer"), w.forms)


def _shifted(day: date, unit: str, by: int, forms: DateForms) -> Days:
    """The day, week, month or year that lies some units from that of a day."""
    sort = forms.values["unit"][unit]
    if sort in {"day", "hour"}:
        moved = day + timedelta(days=by if sort == "day" else 0)
        return moved, moved
    if sort in {"week", "weekend"}:
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=by)
        if sort == "weekend" and by == 0 and day.weekday() < 3:
            monday -= timedelta(weeks=1)
        return monday + timedelta(days=5 if sort == "weekend" else 0), monday + timedelta(days=6)
    if sort == "month":
        months = day.year * 12 + day.month - 1 + by
        return _month(months // 12, months % 12 + 1)
    if sort == "quarter":
        quarter = day.year * 4 + (day.month - 1) // 3 + by
        first, _ = _month(quarter // 4, quarter % 4 * 3 + 1)
        return first, _month(quarter // 4, quarter % 4 * 3 + 3)[1]
    if sort == "decade":
        start = (day.year // 10 + by) * 10
        return date(start, 1, 1), date(start + 9, 12, 31)
    return _year(day.year + by)


def _spell(w: _Writing) -> Days | None:
    """Return "the past three months", from its start to the day of publication."""
    count = value_of(w.part("number").strip("[]"), w.words)
    if w.published is None or count is None:
        return None
    pointer = w.number("pointer")
    moved = _shifted(w.published, w.part("unit"), int(count) * (pointer or 1), w.forms)
    if pointer < 0:
        return moved[0], w.published
    return w.published, moved[1]


def _ago(w: _Writing) -> Days | None:
    count = value_of(w.part("number").strip("[]") or "1", w.words)
    if w.published is None or count is None:
        return None
    sort = w.forms.values["unit"][w.part("unit")]
    if sort == "hour":
        day = w.published - timedelta(days=int(count) // 24)
        return day, day
    if sort == "week":
        day = w.published - timedelta(weeks=int(count))
        return day - timedelta(days=day.weekday()), day + timedelta(days=6 - day.weekday())
    if sort == "decade":
        return _year(w.published.year - 10 * int(count))
    return _shifted(w.published, w.part("unit"), -int(count), w.forms)


def _end_of(w: _Writing) -> Days | None:
    """Return "the end of the year": its last day."""
    if w.published is None:
        return None
    first, last = _shifted(w.published, w.part("unit"), 0, w.forms)
    day = last if w.part("edge").endswith("of") and _is_end(w) else first
    return day, day


def _is_end(w: _Writing) -> bool:
    return w.forms.values["edge"][w.part("edge")] == "end"


def _season(w: _Writing) -> Days | None:
    month = w.number("season")
    if w.part("y"):
        year = int(w.part("y"))
    elif w.published is None:
        return None
    else:
        over = w.published.month > month + 2
        pointer = w.number("pointer")
        year = w.published.year - (0 if over and pointer == -1 else max(0, -pointer))
        year += pointer if pointer > 0 and over else 0
    first, _ = _month(year, month)
    months = year * 12 + month + 1
    return first, _month(months // 12, months % 12 + 1)[1]


def _pointed_month(w: _Writing) -> Days | None:
    if w.published is None:
        return None
    month, pointer = w.number("month"), w.number("pointer")
    year = w.published.year
    if pointer < 0 and month >= w.published.month:
        year -= 1
    if pointer > 0 and month <= w.published.month:
        year += 1
    return _month(year, month)


def _decade(w: _Writing) -> Days | None:
    return date(int(w.part("y")), 1, 1), date(int(w.part("y")) + 9, 12, 31)


def _century(w: _Writing) -> Days | None:
    first = (int(w.part("n")) - 1) * 100
    return date(max(1, first), 1, 1), date(first + 99, 12, 31)


def _year_alone(w: _Writing) -> Days | None:
    return _year(int(w.part("y")))


_RESOLVERS: Mapping[str, Callable[[_Writing], Days | None]] = {
    "days": _days, "weekend": _weekend,
    "iso": _iso, "full": _full, "month-year": _month_year, "day": _day, "month": _month_alone,
    "relative": _relative, "weekday": _weekday, "pointed": _pointed, "spell": _spell, "ago": _ago,
    "end-of": _end_of, "pointed-season": _season, "season-year": _season,
    "pointed-month": _pointed_month, "decade": _decade, "century": _century, "year": _year_alone,
}  # fmt: skip
_WITH_DAY = frozenset({"iso", "full", "day", "days"})
"""Forms of which no part is read as another when they come to nothing."""
_ABSOLUTE = frozenset({"iso", "full", "month-year", "decade", "century", "year", "season-year"})


def _with_bound(text: str, span: Span, days: Days | None, kind: str, forms: DateForms) -> DateFound:
    """Take in the words before a date that say how it bounds, and "the end of"."""
    first, last = days if days is not None else (None, None)
    start = span.start
    before = text[max(0, start - _LOOK_BACK) : start]
    edge = _edge_before(before, forms)
    if edge is not None:
        words, name = edge
        start -= words
        before = before[:-words]
        first, last = (last, last) if name == "end" else (first, first)
    bound: DateBound = "on"
    match = forms.bound.search(before) if forms.bound is not None else None
    if match is not None:
        bound = _bound(forms.values["bound"][re.sub(r"\s+", " ", match.group(1).lower())])
        start -= len(before) - match.start()
    elif kind == "spell" and last is not None:
        bound = "since" if first != last else "on"
    return DateFound(Span(start, span.end), first, last, bound, kind not in _ABSOLUTE)


def _edge_before(before: str, forms: DateForms) -> tuple[int, str] | None:
    """How many characters before a date say "the end of", and which end that is."""
    folded = before.lower()
    for name, value in forms.values.get("edge", {}).items():
        if folded.rstrip().endswith(name):
            return len(before) - folded.rstrip().rfind(name), value
    return None


def _bound(word: str) -> DateBound:
    for known in _BOUNDS:
        if known == word:
            return known
    raise ValueError(f"a bound of dates, not {word!r}")


_BOUNDS: tuple[DateBound, ...] = ("on", "by", "until", "since", "before", "after", "from")
