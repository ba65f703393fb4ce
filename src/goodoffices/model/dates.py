"""Dates as sources give them: a day, a month or a year, never more precise than the source."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, a month or a year.

    A month or a year is the span from its `first` day to its `last`, both included.

    >>> PartialDate.parse("2025-05").first, PartialDate.parse("2025-05").last
    (datetime.date(2025, 5, 1), datetime.date(2025, 5, 31))
    >>> str(PartialDate.parse("2025-05"))
    '2025-05'
    """

    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

        Raises:
            ValueError: the text has another form, or there is no such day.
        """
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError("a date as 2025, 2025-06 or 2025-06-02")
        year, month, day = (int(part) if part else None for part in match.groups())
        if year is None or year < 1:
            raise ValueError("a year from 0001 to 9999")
        if month is None:
            return cls(date(year, 1, 1), date(year, 12, 31))
        if not 1 <= month <= 12:
            raise ValueError("a month from 01 to 12")
        last = monthrange(year, month)[1]
        if day is None:
            return cls(date(year, month, 1), date(year, month, last))
        if not 1 <= day <= last:
            raise ValueError(f"a day from 01 to {last} in {year:04d}-{month:02d}")
        return cls(date(year, month, day), date(year, month, day))

    @classmethod
    def of_day(cls, day: date) -> PartialDate:
        """Return the date of one day."""
        return cls(day, day)

    def __str__(self) -> str:
        if self.first == self.last:
            return self.first.isoformat()
        if self.first.month == self.last.month:
            return self.first.isoformat()[:7]
        return self.first.isoformat()[:4]


def read_date(value: Any) -> PartialDate:
    """Turn a text or a day into a `PartialDate`.

    Raises:
        ValueError: the value is neither, or names no day.
    """
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, date):
        return PartialDate.of_day(date(value.year, value.month, value.day))
    if isinstance(value, str):
        return PartialDate.parse(value)
    raise ValueError("a date as 2025, 2025-06 or 2025-06-02")


CaseDate = Annotated[
    PartialDate,
    BeforeValidator(read_date),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$",
            "description": "a day, a month or a year: 2025-06-02, 2025-06 or 2025",
        }
    ),
]
"""A `PartialDate` in a model: text in files and in JSON."""
