"""Every word of the pages in every language: nothing missing, nothing stale, nothing broken."""

from __future__ import annotations

import re

import pytest
from babel.messages.mofile import read_mo

from goodoffices.desk.languages import catalogue
from tests.desk import catalogues
from tests.desk.office import Visitor

languages = pytest.mark.parametrize("code", catalogues.CODES)


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)s", text))


def test_there_are_messages_from_templates_and_from_modules() -> None:
    found = catalogues.messages()
    assert {"My account", "This was withdrawn.", "Tell the mediator"} <= set(found)


@languages
def test_every_message_is_translated_and_none_is_stale(code: str) -> None:
    known = {message.id: message.string for message in catalogues.read(code) if message.id}
    assert set(known) == set(catalogues.messages()), "make locale"
    assert [name for name, words in known.items() if not words] == []
    assert not [message.id for message in catalogues.read(code) if message.fuzzy and message.id]


@languages
def test_placeholders_and_the_space_around_words_are_kept(code: str) -> None:
    for message in catalogues.read(code):
        words, there = str(message.id), str(message.string)
        assert placeholders(words) == placeholders(there), words
        assert not words or there == there.strip()
        assert not words or not re.search(r"%(?!\()", there), words
        assert ("something-else" in words) == ("something-else" in there)


@languages
def test_what_is_compiled_is_what_is_written(code: str) -> None:
    path = catalogues.po_path(code)
    assert path.read_bytes() == catalogues.po_bytes(catalogues.renewed(code)), "make locale"
    with path.with_suffix(".mo").open("rb") as file:
        compiled = {message.id: message.string for message in read_mo(file) if message.id}
    assert compiled == {row.id: row.string for row in catalogues.read(code) if row.id}


@languages
def test_gettext_reads_each_catalogue(code: str) -> None:
    for message in catalogues.read(code):
        if message.id:
            assert catalogue(code).gettext(str(message.id)) == message.string


def test_quotation_marks_are_those_of_the_language() -> None:
    for code in catalogues.CODES:
        words = "".join(str(message.string) for message in catalogues.read(code))
        assert not re.search("[“”\"']", words)
        assert words.count("«") == words.count("»") > 0
    french = "".join(str(message.string) for message in catalogues.read("fr"))
    assert not re.search("(?<!\u00a0)»|«(?!\u00a0)| [:;?]", french)


def test_a_page_is_in_the_language_of_its_reader(ada: Visitor, lea: Visitor) -> None:
    for visitor in (ada, lea):
        visitor.post("/language", language="ar")
        text = visitor.page()
        assert '<html lang="ar" dir="rtl">' in text
    assert "غرفتي" in ada.page()
    assert "فريق الوسيط" in lea.page("/people")
    assert "The desk" not in lea.page()


def test_a_name_with_a_per_cent_sign_is_a_name(lea: Visitor) -> None:
    answer = lea.post("/open", title="50% of it", lead_name="Lea", side=["100% North", "open"],
                      kind=["party", "party"])  # fmt: skip
    assert answer.status_code == 200
    assert "<bdi>100% North</bdi>" in answer.text
