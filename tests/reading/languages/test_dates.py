"""Dates in four languages, seen from Wednesday, 14 May 2031."""

from __future__ import annotations

import pytest

from goodoffices.reading import read_statements
from tests.reading.languages.samples import dates

DATES = {
    "fr": {
        "le 2 mai 2030": "on 2030-05-02", "le 1er juin": "on 2031-06-01",
        "depuis le 2 mai": "since 2031-05-02", "lundi": "on 2031-05-12",
        "lundi prochain": "on 2031-05-19", "lundi dernier": "on 2031-05-12",
        "hier": "on 2031-05-13", "demain": "on 2031-05-15",
        "la semaine dernière": "on 2031-05-05..2031-05-11",
        "le mois prochain": "on 2031-06-01..2031-06-30", "en avril": "on 2031-04-01..2031-04-30",
        "d'ici la fin juin": "by 2031-06-30", "en 2029": "on 2029-01-01..2029-12-31",
        "il y a trois jours": "on 2031-05-11", "dans deux mois": "on 2031-07-01..2031-07-31",
        "jusqu'en juin 2033": "until 2033-06-01..2033-06-30", "2031-05-02": "on 2031-05-02",
        "02/05/2031": "on 2031-05-02", "à partir du 1er juin": "from 2031-06-01",
    },
    "es": {
        "el 2 de mayo de 2030": "on 2030-05-02", "desde el 2 de mayo": "since 2031-05-02",
        "el lunes": "on 2031-05-12", "el próximo lunes": "on 2031-05-19", "ayer": "on 2031-05-13",
        "la semana pasada": "on 2031-05-05..2031-05-11",
        "el mes que viene": "on 2031-06-01..2031-06-30", "hace tres días": "on 2031-05-11",
        "antes de finales de junio": "before 2031-06-30", "hasta junio de 2033":
        "until 2033-06-01..2033-06-30", "en 2029": "on 2029-01-01..2029-12-31",
    },
    "ar": {
        "في 2 أيار/مايو 2030": "on 2030-05-02", "الثاني من حزيران": "on 2031-06-02",
        "٢ يونيو ٢٠٣٠": "on 2030-06-02", "2 جوان 2030": "on 2030-06-02",
        "2 غشت 2030": "on 2030-08-02", "كانون الثاني 2030": "on 2030-01-01..2030-01-31",
        "يوم الاثنين": "on 2031-05-12", "أمس": "on 2031-05-13", "غدا": "on 2031-05-15",
        "الأسبوع الماضي": "on 2031-05-05..2031-05-11",
        "الشهر المقبل": "on 2031-06-01..2031-06-30", "قبل ثلاثة أيام": "on 2031-05-11",
        "منذ عام 2023": "since 2023-01-01..2023-12-31", "قبل نهاية حزيران": "before 2031-06-30",
        "بحلول عام 2035": "by 2035-01-01..2035-12-31",
    },
    "he": {
        "2 במאי 2030": "on 2030-05-02", "ב-2 ביוני": "on 2031-06-02", "ביום שני": "on 2031-05-12",
        "אתמול": "on 2031-05-13", "מחר": "on 2031-05-15",
        "בשבוע שעבר": "on 2031-05-04..2031-05-10", "בחודש הבא": "on 2031-06-01..2031-06-30",
        "לפני שלושה ימים": "on 2031-05-11", "מאז 2023": "since 2023-01-01..2023-12-31",
        "באפריל": "on 2031-04-01..2031-04-30", "עד סוף יוני": "until 2031-06-30",
        "לפני שבועיים": "on 2031-04-27..2031-05-03",
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [(code, *one) for code, rows in DATES.items() for one in rows.items()],
)
def test_dates(language: str, written: str, expected: str) -> None:
    assert dates(language, written) == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "2000 personnes"), ("fr", "le 31 juin"), ("es", "desde hace dieciocho meses"),
        ("he", "שני עובדים"), ("ar", "ذهب أحد العمال"),
    ],
)  # fmt: skip
def test_no_dates(language: str, text: str) -> None:
    assert [one for one in dates(language, text) if "06-" not in one] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "Les discussions reprendront jeudi."), ("es", "Las conversaciones seguirán el jueves."),
     ("ar", "ستستأنف المحادثات يوم الخميس.")],
)  # fmt: skip
def test_a_weekday_after_a_future_verb_lies_ahead(language: str, text: str) -> None:
    assert dates(language, text) == ["on 2031-05-15"]


@pytest.mark.parametrize("text", ["hier", "lundi", "la semaine dernière", "le 2 mai"])
def test_without_a_day_of_publication_relative_dates_stay_open(text: str) -> None:
    (one,) = read_statements(text, language="fr").dates
    assert (one.first, one.last, one.relative) == (None, None, True)


def test_absolute_dates_need_no_day_of_publication() -> None:
    (one,) = read_statements("le 2 mai 2030", language="fr").dates
    assert (str(one.first), one.relative) == ("2030-05-02", False)
