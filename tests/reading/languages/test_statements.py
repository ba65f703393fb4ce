"""Who says what, in four languages: orders of words, kinds, speakers, and what is said."""

from __future__ import annotations

import pytest

from goodoffices.reading import read_statements
from tests.reading.languages.samples import TALKS, reading, said

ORDERS = {
    "fr": [
        ("Le syndicat a dit que tout va bien.",
         ("Le syndicat", "dit", "says", ("que tout va bien",))),
        ("« Tout va bien », a dit le syndicat.",
         ("le syndicat", "dit", "says", ("« Tout va bien »",))),
        ("« Tout va bien », a-t-il déclaré.",
         ("il", "déclaré", "says", ("« Tout va bien »",))),
        ("Selon le syndicat, tout va bien.",
         ("le syndicat", "Selon", "says", ("tout va bien",))),
        ("Tout va bien, selon le syndicat.",
         ("le syndicat", "selon", "says", ("Tout va bien",))),
        ("Le syndicat rejette l'offre.",
         ("Le syndicat", "rejette", "rejects", ("l'offre",))),
        ("Le syndicat n'acceptera pas l'offre.",
         ("Le syndicat", "acceptera", "refuses", ("l'offre",))),
        ("Le syndicat a répondu : « Non merci. »",
         ("Le syndicat", "répondu", "says", ("« Non merci. »",))),
    ],
    "es": [
        ("El sindicato dijo que todo va bien.",
         ("El sindicato", "dijo", "says", ("que todo va bien",))),
        ("«Todo va bien», dijo el sindicato.",
         ("el sindicato", "dijo", "says", ("«Todo va bien»",))),
        ("“Todo va bien”, ha declarado su portavoz, Ana Ruiz.",
         ("su portavoz, Ana Ruiz", "declarado", "says", ("“Todo va bien”",))),
        ("Según el sindicato, todo va bien.",
         ("el sindicato", "Según", "says", ("todo va bien",))),
        ("El sindicato se negó a firmar.",
         ("El sindicato", "negó a", "refuses", ("firmar",))),
        ("El sindicato no aceptará la oferta.",
         ("El sindicato", "aceptará", "refuses", ("la oferta",))),
    ],
    "ar": [
        ("قالت نقابة الميناء إن كل شيء بخير.",
         ("نقابة الميناء", "قالت", "says", ("إن كل شيء بخير",))),
        ("نقابة الميناء قالت إن كل شيء بخير.",
         ("نقابة الميناء", "قالت", "says", ("إن كل شيء بخير",))),
        ("وقالت نقابة الميناء: «كل شيء بخير».",
         ("نقابة الميناء", "قالت", "says", ("«كل شيء بخير»",))),
        ("«كل شيء بخير»، قالت نقابة الميناء.",
         ("نقابة الميناء", "قالت", "says", ("«كل شيء بخير»",))),
        ("وبحسب نقابة الميناء، كل شيء بخير.",
         ("نقابة الميناء", "بحسب", "says", ("كل شيء بخير",))),
        ("رفضت نقابة الميناء العرض الجديد.",
         ("نقابة الميناء", "رفضت", "rejects", ("العرض الجديد",))),
    ],
    "he": [
        ("ועד הנמל אמר כי הכול בסדר.",
         ("ועד הנמל", "אמר", "says", ("כי הכול בסדר",))),
        ("ועד הנמל אמר שהכול בסדר.",
         ("ועד הנמל", "אמר", "says", ("שהכול בסדר",))),
        ('"הכול בסדר", אמר ועד הנמל.',
         ("ועד הנמל", "אמר", "says", ('"הכול בסדר"',))),
        ("לפי ועד הנמל, הכול בסדר.",
         ("ועד הנמל", "לפי", "says", ("הכול בסדר",))),
        ("ועד הנמל סירב לחתום.",
         ("ועד הנמל", "סירב", "refuses", ("לחתום",))),
    ],
}  # fmt: skip
CASES = [(language, *one) for language, rows in ORDERS.items() for one in rows]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_orders_of_words(
    language: str, text: str, expected: tuple[str, str, str, tuple[str, ...]]
) -> None:
    assert said(language, text) == [expected]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_names_of_the_case_are_matched(
    language: str, text: str, expected: tuple[str, str, str, tuple[str, ...]]
) -> None:
    (one,) = reading(language, text).statements
    assert one.speaker is not None
    by_name = any(name in expected[0].lower() for name in _ALIASES)
    assert one.speaker.ids == (("union",) if by_name else ())
    assert not one.speaker.suggested


_ALIASES = ("le syndicat", "el sindicato", "نقابة الميناء", "ועד הנמל")


@pytest.mark.parametrize(
    ("language", "text", "named"),
    [
        ("ar", "وفقا للهيئة، كل شيء بخير.", "port"),
        ("ar", "قَالَتِ الهَيْئَةُ إِنَّ كُلَّ شَيْءٍ بِخَيْر.", "port"),
        ("ar", "قالت الهيـــئة إن كل شيء بخير.", "port"),
        ("ar", "قالت الهيئه ان كل شيء بخير.", "port"),
        ("he", "לדברי הרשות, הכול בסדר.", "port"),
        ("fr", "LE SYNDICAT a dit que tout va bien.", "union"),
        ("es", "José Perez dijo que todo va bien.", "perez"),
        ("es", "Jose\u0301 Pe\u0301rez dijo que todo va bien.", "perez"),
    ],
)
def test_prefixes_marks_and_spellings_of_names_are_folded(
    language: str, text: str, named: str
) -> None:
    (one,) = reading(language, text).statements
    assert one.speaker is not None
    assert one.speaker.ids == (named,)
    assert one.speaker.span.of(text) in text


def test_a_span_leaves_out_what_is_only_joined_to_a_word() -> None:
    text = "وقالت الهيئة إن كل شيء بخير."
    (one,) = reading("ar", text).statements
    assert one.cue.of(text) == "قالت"
    assert one.cue.start == 1


def test_a_speaker_who_is_part_of_a_group_is_suggested() -> None:
    text = "Le porte-parole du syndicat a dit que tout va bien."
    (one,) = read_statements(
        text, language="fr", case=TALKS.model_copy(update={"persons": {}})
    ).statements
    assert one.speaker is not None
    assert one.speaker.span.of(text) == "Le porte-parole du syndicat"
    assert one.speaker.ids == () or one.speaker.suggested


def test_a_last_name_is_suggested_with_the_reason() -> None:
    (one,) = reading("es", "El señor Pérez dijo que todo va bien.").statements
    assert one.speaker is not None
    assert (one.speaker.ids, one.speaker.suggested) == (("perez",), True)
    assert one.speaker.reason == "the last name of José Pérez"


def test_a_clause_that_names_nobody_takes_the_speaker_before_it_as_a_suggestion() -> None:
    text = "El sindicato dijo que todo va bien. Añadió que seguirá."
    one, other = reading("es", text).statements
    assert one.speaker is not None
    assert other.speaker is not None
    assert other.speaker.span == one.speaker.span
    assert (other.speaker.implied, other.speaker.suggested) == (True, True)
    assert not one.speaker.implied


def test_what_nobody_says_has_no_speaker() -> None:
    text = "הרשות אמרה כי הכול בסדר. עוד נמסר כי השער סגור."
    _, other = reading("he", text).statements
    assert other.speaker is None


def test_joined_clauses_are_two_statements() -> None:
    text = "Le syndicat a dit que la grève continue et a ajouté que le port est fermé."
    assert [content for *_, content in said("fr", text)] == [
        ("que la grève continue",), ("que le port est fermé",)
    ]  # fmt: skip


def test_of_a_statement_within_another_both_stay() -> None:
    text = "Le ministère a dit que le syndicat avait accepté l'offre."
    one, other = reading("fr", text).statements
    assert (one.kind, other.kind) == ("says", "accepts")
    assert other.within == 0
    assert one.within is None


def test_a_participle_without_its_auxiliary_reports_nothing() -> None:
    assert said("fr", "Le plan rejeté hier par tous reste sur la table.") == []
    assert said("es", "El plan rechazado ayer por todos sigue sobre la mesa.") == []


def test_a_noun_that_looks_like_a_cue_is_none() -> None:
    assert said("fr", "La demande du port reste sans suite.") == []


def test_a_verb_shows_the_kind_when_the_speaker_speaks_of_himself() -> None:
    text = "Le syndicat a dit qu'il n'acceptera pas l'offre."
    one = reading("fr", text).statements[0]
    assert (one.kind, one.evidence.of(text)) == ("refuses", "n'acceptera")


def test_a_verb_of_somebody_else_shows_nothing() -> None:
    text = "Le syndicat a dit que le port n'acceptera pas l'offre."
    assert reading("fr", text).statements[0].kind == "says"


def test_quotations_that_go_on_are_one_content() -> None:
    text = "«No», dijo el sindicato. «Nunca»."
    (one,) = reading("es", text).statements
    assert [part.of(text) for part in one.content] == ["«No»", "«Nunca»"]
    assert one.quotation == "direct"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le syndicat a dit que tout va bien.", "indirect"),
        ("Le syndicat a dit que tout est « fini ».", "mixed"),
        ("« Fini », a dit le syndicat.", "direct"),
    ],
)
def test_how_it_is_quoted(text: str, expected: str) -> None:
    assert [one.quotation for one in reading("fr", text).statements] == [expected]


def test_sentences_of_nobody_are_the_reports_own_voice() -> None:
    text = "Il pleut. Le syndicat a dit que tout va bien. Le port dort."
    found = reading("fr", text)
    assert [span.of(text) for span in found.own_voice] == ["Il pleut.", "Le port dort."]


def test_paragraphs_are_counted_as_the_case_file_counts() -> None:
    text = "Titre\n\nLe syndicat a dit que tout va bien."
    assert [one.paragraph for one in reading("fr", text).statements] == [2]


def test_an_acronym_with_a_mark_inside_is_no_quotation() -> None:
    text = 'דובר צה"ל אמר כי "הכול בסדר".'
    (one,) = reading("he", text).statements
    assert one.speaker is not None
    assert one.speaker.span.of(text) == 'דובר צה"ל'
    assert one.content[0].of(text) == 'כי "הכול בסדר"'
