"""Figures and dates as they are written: bounds before and after, ranges, distractors, days."""

from __future__ import annotations

from datetime import date

import pytest

from goodoffices.reading import read_statements

WEDNESDAY = date(2025, 6, 4)


def spread(low: object, high: object) -> str:
    return str(low) if high is None or low == high else f"{low} to {high}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("within 72 hours", [("at-most", "72", "hours")]),
        ("within ten days", [("at-most", "10", "days")]),
        ("between four and six passengers", [("between", "4 to 6", "passengers")]),
        ("A hundred and eighteen were freed.", [("exactly", "118", "")]),
        ("The figure was 29,000.", [("exactly", "29000", "")]),
        ("It needs 40 million.", [("exactly", "40000000", "")]),
        ("Fifty-two were handed over.", [("exactly", "52", "")]),
        ("The loss was two-thirds.", [("exactly", "66.6667", "percent")]),
        ("Output is a fifth lower.", [("exactly", "20", "percent")]),
        ("This was a fifth meeting.", []),
        ("12 million marks or more", [("at-least", "12000000", "marks")]),
        ("450,000 euros at the least", [("at-least", "450000", "EUR")]),
        ("1.5 percent or better", [("at-least", "1.5", "percent")]),
        ("$3.5 million, tops", [("at-most", "3500000", "USD")]),
        ("4% to 5%", [("between", "4 to 5", "percent")]),
        ("$80 million to $100 million", [("between", "80000000 to 100000000", "USD")]),
        ("over five years", [("exactly", "5", "years")]),
        ("more than five years", [("more-than", "5", "years")]),
        ("The league has gone up to 48.", [("exactly", "48", "")]),
        ("up to 48 ships", [("at-most", "48", "ships")]),
        ("three earlier requests", [("exactly", "3", "earlier requests")]),
        ("the six buildings", [("exactly", "6", "buildings")]),
        ("the two sides", []),
        ("the nine-week-old strike", [("exactly", "9", "weeks")]),
        ("a 61-year-old farmer", []),
        ("08.15 Good morning", []),
        ("at six o’clock", []),
        ("at 1500 hours", []),
        ("They won 2–1 up.", []),
        ("The age of 67 is too high.", []),
        ("They retire at 67.", []),
        ("at 16%", [("exactly", "16", "percent")]),
        ("in 2022", []),
        ("Article 12", []),
        ("no fewer than 60,000 jobs", [("at-least", "60000", "jobs")]),
        ("not more than 20 ships", [("at-most", "20", "ships")]),
        ("as many as 300 people", [("at-most", "300", "people")]),
        ("at most a quarter of voters", [("at-most", "25", "percent")]),
        ("around 40 percent of the land", [("about", "40", "percent")]),
        ("nearly $10 million", [("about", "10000000", "USD")]),
        ("five to seven weeks", [("between", "5 to 7", "weeks")]),
        ("20,000 to 25,000 people", [("between", "20000 to 25000", "people")]),
        ("three-quarters of the homes", [("exactly", "75", "percent")]),
        ("half of the rent", [("exactly", "50", "percent")]),
        ("1 in 5", []),
        ("the 7th of May", []),
        ("killed 12", [("exactly", "12", "")]),
        ("1,200 tonnes of grain", [("exactly", "1200", "t")]),
        ("a 60-day truce", [("exactly", "60", "days")]),
        ("9 million dollars a year", [("exactly", "9000000", "USD")]),
        ("some $300 a vehicle", [("about", "300", "USD")]),
        ("double", []),
        ("dozens of people", []),
        ("hundreds of ships", []),
        ("one of them", []),
        ("one ship", []),
    ],
)
def test_the_figures_of_a_phrase(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = read_statements(text, published=WEDNESDAY).figures
    assert [(one.bound, spread(one.value, one.high), one.unit) for one in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from 27 to 30 June 2028", [("on", "2028-06-27 to 2028-06-30")]),
        ("April 9-11", [("on", "2025-04-09 to 2025-04-11")]),
        ("9-11 April 2024", [("on", "2024-04-09 to 2024-04-11")]),
        ("between 19 and 30 April", [("on", "2025-04-19 to 2025-04-30")]),
        ("3 and 5 May 2026", [("on", "2026-05-03 to 2026-05-05")]),
        ("this morning", [("on", "2025-06-04")]),
        ("this evening", [("on", "2025-06-04")]),
        ("last night", [("on", "2025-06-03")]),
        ("before the weekend", [("before", "2025-06-07 to 2025-06-08")]),
        ("over the weekend", [("on", "2025-05-31 to 2025-06-01")]),
        ("by this time next week", [("by", "2025-06-09 to 2025-06-15")]),
        ("threatened to stop work from Friday", [("from", "2025-06-06")]),
        ("agreed for Tuesday", [("on", "2025-06-10")]),
        ("He left on Friday.", [("on", "2025-05-30")]),
        ("The next briefing is on Friday.", [("on", "2025-06-06")]),
        ("by Friday", [("by", "2025-06-06")]),
        ("until Friday", [("until", "2025-06-06")]),
        ("since Friday", [("since", "2025-05-30")]),
        ("last Friday", [("on", "2025-05-30")]),
        ("next Friday", [("on", "2025-06-06")]),
        ("by the end of March", [("by", "2026-03-31")]),
        ("by 1 December", [("by", "2025-12-01")]),
        ("before November", [("before", "2025-11-01 to 2025-11-30")]),
        ("in November", [("on", "2024-11-01 to 2024-11-30")]),
        ("since November", [("since", "2024-11-01 to 2024-11-30")]),
        ("before the June election", [("before", "2025-06-01 to 2025-06-30")]),
        ("by the end of the year", [("by", "2025-12-31")]),
        ("at the end of last month", [("on", "2025-05-31")]),
        ("early next week", [("on", "2025-06-09 to 2025-06-15")]),
        ("in mid-April", [("on", "2025-04-01 to 2025-04-30")]),
        ("in late 2024", [("on", "2024-01-01 to 2024-12-31")]),
        ("30 June 2024", [("on", "2024-06-30")]),
        ("June 30, 2024", [("on", "2024-06-30")]),
        ("the 30th of June", [("on", "2025-06-30")]),
        ("31 June", []),
        ("2024-02-30", []),
        ("two weeks ago", [("on", "2025-05-19 to 2025-05-25")]),
        ("three months ago", [("on", "2025-03-01 to 2025-03-31")]),
        ("a year ago", [("on", "2024-01-01 to 2024-12-31")]),
        ("the past three months", [("since", "2025-03-01 to 2025-06-04")]),
        ("in the next ten days", [("on", "2025-06-04 to 2025-06-14")]),
        ("last month", [("on", "2025-05-01 to 2025-05-31")]),
        ("this week", [("on", "2025-06-02 to 2025-06-08")]),
        ("next year", [("on", "2026-01-01 to 2026-12-31")]),
        ("tomorrow", [("on", "2025-06-05")]),
        ("yesterday", [("on", "2025-06-03")]),
        ("the 1990s", [("on", "1990-01-01 to 1999-12-31")]),
        ("the 19th century", [("on", "1800-01-01 to 1899-12-31")]),
        ("spring 2024", [("on", "2024-03-01 to 2024-05-31")]),
        ("last summer", [("on", "2024-06-01 to 2024-08-31")]),
        ("since October 2023", [("since", "2023-10-01 to 2023-10-31")]),
        ("until 2027", [("until", "2027-01-01 to 2027-12-31")]),
        ("It may rain.", []),
        ("in May", [("on", "2025-05-01 to 2025-05-31")]),
        ("30 to 27 June", []),
    ],
)
def test_the_dates_of_a_phrase(text: str, expected: list[tuple[str, str]]) -> None:
    found = read_statements(text, published=WEDNESDAY).dates
    assert [(one.bound, spread(one.first, one.last)) for one in found] == expected
