"""Quantities in four languages: digits and words, bounds, units, and what is no figure."""

from __future__ import annotations

import pytest

from goodoffices.reading.amounts import number_at
from goodoffices.reading.tongue import language_of
from tests.reading.languages.samples import figures, reading

NUMBERS = {
    "fr": {
        "1 200": "1200", "1\u202f200": "1200", "3,5": "3.5", "vingt-cinq": "25",
        "quatre-vingt-dix": "90", "deux cent trente mille": "230000", "trois millions": "3000000",
        "2,2 millions": "2200000", "mille cinq cents": "1500",
    },
    "es": {
        "1.200": "1200", "3,5": "3.5", "treinta y cinco": "35", "doscientos treinta mil": "230000",
        "dos mil millones": "2000000000", "dos millones trescientos mil": "2300000",
        "mil quinientos": "1500",
    },
    "ar": {
        "١٬٢٠٠": "1200", "٣٫٥": "3.5", "۴۵۰": "450", "1,200": "1200", "خمسة وعشرون": "25",
        "ثلاثمئة وخمسة": "305", "ألفان": "2000", "450 ألف": "450000", "ثلاثة ملايين": "3000000",
    },
    "he": {
        "1,200": "1200", "3.5": "3.5", "עשרים וחמישה": "25", "שלוש מאות": "300",
        "אלפיים": "2000", "שלושה מיליון": "3000000", "שמונה עשר": "18",
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "written", "value"),
    [(code, *one) for code, rows in NUMBERS.items() for one in rows.items()],
)
def test_numbers(language: str, written: str, value: str) -> None:
    found = language_of(language)
    words = found.script.words(written)
    number = number_at(words, 0, found)
    assert number is not None
    assert number.end == len(words)
    assert float(number.value) == float(value)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "environ 40 camions", "about 40 camions"),
        ("fr", "au moins 300 personnes", "at-least 300 personnes"),
        ("fr", "300 personnes au moins", "at-least 300 personnes"),
        ("fr", "plus de 12 %", "more-than 12 percent"),
        ("fr", "jusqu'à 60 jours", "at-most 60 days"),
        ("fr", "moins de 400 classes", "less-than 400 classes"),
        ("fr", "entre 40 et 50 camions", "between 40..50 camions"),
        ("fr", "une vingtaine de camions", "about 20 camions"),
        ("fr", "2 milliards d'euros", "exactly 2000000000 euros"),
        ("fr", "$ 300", "exactly 300 dollars"),
        ("es", "unos 40 camiones", "about 40 camiones"),
        ("es", "al menos 300 personas", "at-least 300 personas"),
        ("es", "más de 300 soldados", "more-than 300 soldados"),
        ("es", "como máximo 60 días", "at-most 60 days"),
        ("es", "entre un 30 y un 40 por ciento", "between 30..40 percent"),
        ("es", "la mitad de la tierra", "exactly 50 percent"),
        ("ar", "نحو 40 شاحنة", "about 40 شاحنه"),
        ("ar", "ما لا يقل عن 300 عامل", "at-least 300 عامل"),
        ("ar", "أكثر من ٣٠٠ جندي", "more-than 300 جندي"),
        ("ar", "بين 40 و50 شاحنة", "between 40..50 شاحنه"),
        ("ar", "٪ 40", "exactly 40"),
        ("ar", "40٪ من الأرض", "exactly 40 percent"),
        ("ar", "أسبوعين", "exactly 2 weeks"),
        ("he", "כ-400 עובדים", "about 400 עובדים"),
        ("he", "כארבעים עובדים", "about 40 עובדים"),
        ("he", "לפחות 300 חיילים", "at-least 300 חיילים"),
        ("he", "יותר מ-300 חיילים", "more-than 300 חיילים"),
        ("he", "בין 30 ל-40 אחוז", "between 30..40 percent"),
        ("he", "שבועיים", "exactly 2 weeks"),
        ("he", "250 ש״ח", "exactly 250 shekels"),
    ],
)
def test_bounds_and_units(language: str, text: str, expected: str) -> None:
    found = figures(language, text)
    assert found == ([expected] if expected != "exactly 40" else [])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "À 14:30, puis à 15 h."), ("fr", "L'article 5 et la résolution 242."),
        ("fr", "Le 3e jour."), ("fr", "Il est âgé de 42 ans."), ("fr", "Les deux parties."),
        ("fr", "En 2030 et 2031."), ("fr", "Un homme."), ("es", "El artículo 5."),
        ("es", "Los dos lados."), ("es", "A las 14:30."), ("ar", "القرار 242"),
        ("ar", "في عام 2030"), ("he", "סעיף 5"), ("he", "בשעה 14:30"), ("he", "שני הצדדים"),
    ],
)  # fmt: skip
def test_numbers_that_are_no_figures(language: str, text: str) -> None:
    assert figures(language, text) == []


def test_a_figure_knows_its_statement_and_date() -> None:
    text = "Le syndicat a dit que 300 personnes viendront avant le 1er juin 2031."
    found = reading("fr", text)
    (figure,) = found.figures
    assert figure.statement == 0
    assert figure.span.of(text) == "300 personnes"
    assert found.dates[0].bound == "before"


def test_a_number_with_too_many_digits_is_no_quantity() -> None:
    assert figures("fr", "9" * 40 + " personnes") == []


def test_a_figure_ends_with_its_paragraph() -> None:
    assert figures("fr", "Plus de 300\n\npersonnes") == ["more-than 300"]
