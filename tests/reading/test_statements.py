"""Who says what: sentences of many forms, and what is found in them."""

from __future__ import annotations

import pytest

from goodoffices.errors import NotFoundError
from goodoffices.reading import read_statements
from tests.reading.drafts import Draft, drafts, read


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "content"),
    [
        ("The union said it was ready.", "The union", "said", ("it was ready",)),
        ("The union said that talks go on.", "The union", "said", ("that talks go on",)),
        ("On Monday the union said it was ready.", "the union", "said", ("it was ready",)),
        ("The union said on Monday it was ready.", "The union", "said", ("it was ready",)),
        ("The union on Monday said it was ready.", "The union", "said", ("it was ready",)),
        ("It was ready, the union said.", "the union", "said", ("It was ready",)),
        ("It was ready, said the union.", "the union", "said", ("It was ready",)),
        ('"We are ready," the union said.', "the union", "said", ('"We are ready,"',)),
        ('"We are ready," said Dana Ruiz.', "Dana Ruiz", "said", ('"We are ready,"',)),
        ("“We are ready,” said Dana Ruiz.", "Dana Ruiz", "said", ("“We are ready,”",)),
        ('"Are you ready?" she asked.', "she", "asked", ('"Are you ready?"',)),
        ('Dana Ruiz said: "We are ready."', "Dana Ruiz", "said", ('"We are ready."',)),
        ('Dana Ruiz said, "We are ready."', "Dana Ruiz", "said", ('"We are ready."',)),
        ('Dana Ruiz: "We are ready," she said.', "she", "said", ('"We are ready,"',)),
        (
            '"We are ready," Dana Ruiz said, "but they are not."', "Dana Ruiz", "said",
            ('"We are ready,"', '"but they are not."'),
        ),
        (
            '"We are ready," she said. "They are not. Ask them."', "she", "said",
            ('"We are ready,"', '"They are not. Ask them."'),
        ),
        (
            "According to the ministry, both sides will meet.", "the ministry", "According to",
            ("both sides will meet",),
        ),
        (
            "Both sides will meet, according to the ministry.", "the ministry", "according to",
            ("Both sides will meet",),
        ),
        (
            "Dana Ruiz, the head of the union, said talks were over.",
            "Dana Ruiz, the head of the union", "said", ("talks were over",),
        ),
        (
            "Dana Ruiz, who leads the union, said talks were over.",
            "Dana Ruiz, who leads the union", "said", ("talks were over",),
        ),
        (
            "Qatar, Egypt and Jordan said talks were over.", "Qatar, Egypt and Jordan", "said",
            ("talks were over",),
        ),
        ("Officials did not say why it failed.", "Officials", "did not say", ("why it failed",)),
        ("She told reporters that it failed.", "She", "told", ("that it failed",)),
        ("She told Radio Bern the talks had failed.", "She", "told", ("the talks had failed",)),
        ("The study shows that wages fell.", "The study", "shows", ("that wages fell",)),
        ("A letter seen by Radio Bern says wages fell.", "A letter seen by Radio Bern", "says",
         ("wages fell",)),
        ("It is estimated that wages fell.", None, "is estimated", ("that wages fell",)),
        ("The offer was rejected by the union.", "the union", "was rejected", ("The offer",)),
        ("She repeated the minister's claim that wages fell.", "the minister's", "claim",
         ("that wages fell",)),
    ],
)  # fmt: skip
def test_one_statement(text: str, speaker: str | None, cue: str, content: tuple[str, ...]) -> None:
    found = [one for one in drafts(text) if one.cue == cue]
    assert [one[:3] for one in found] == [(speaker, cue, content)]


@pytest.mark.parametrize(
    ("text", "kind", "evidence"),
    [
        ("The union demanded a rise.", "demands", "demanded"),
        ("The union offered to return to work.", "offers", "offered"),
        ("The port proposed a rise of 4 percent.", "proposes", "proposed"),
        ("The union accepted the proposal.", "accepts", "accepted"),
        ("The union rejected the proposal.", "rejects", "rejected"),
        ("The union refused to return to work.", "refuses", "refused"),
        ("The union vowed to go on.", "vows", "vowed"),
        ("The union threatened to strike on Monday.", "threatens", "threatened"),
        ("The director ordered the guards to leave.", "orders", "ordered"),
        ("The port denied that it had lied.", "denies", "denied"),
        ("The union accused the port of lying.", "accuses", "accused"),
        ("Both sides agreed to meet again.", "agrees", "agreed"),
        ("The minister called for calm.", "calls-for", "called"),
        ("The ministry estimates that 400 people left.", "estimates", "estimates"),
        ("The union said it was ready.", "says", "said"),
        ("The union said it would accept the offer.", "accepts", "would accept"),
        ("The union said it rejects the offer.", "rejects", "rejects"),
        ("The union said it would not accept the offer.", "refuses", "would not accept"),
        ("The union said the port must pay more.", "demands", "must"),
        ("The union said the port should pay more.", "calls-for", "should"),
        ('"We will not accept it," the union said.', "refuses", "will not accept"),
        ("The union said it had not accepted the offer.", "says", "said"),
        ("The union did not reject the offer.", "says", "did not reject"),
        ("The union will not accept the offer.", "refuses", "will not accept"),
    ],
)
def test_the_kind_of_a_statement_and_what_shows_it(text: str, kind: str, evidence: str) -> None:
    one = next(one for one in read(text) if one.within is None)
    assert (one.kind, one.evidence.of(text)) == (kind, evidence)


@pytest.mark.parametrize(
    "text",
    [
        "The report was long.",
        "Its demands are known.",
        "The state of the talks is unknown.",
        "The Claims Office is closed.",
        "They made no offer.",
        "A number of calls came in.",
        "The said offer is dead.",
        "He wanted to say more.",
        "There were concerns about the cost.",
    ],
)
def test_sentences_that_report_nothing(text: str) -> None:
    assert [one for one in drafts(text) if one.kind != "does"] == []


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ('"We are ready," she said.', "direct"),
        ('She said: "We are ready." "Now."', "direct"),
        ("She said they were ready.", "indirect"),
        ('She said they were "ready" now.', "mixed"),
    ],
)
def test_direct_indirect_and_mixed(text: str, quotation: str) -> None:
    assert read(text)[0].quotation == quotation


@pytest.mark.parametrize(
    ("text", "said", "mood"),
    [
        ("She said it will end.", {"past"}, {"future"}),
        ("She says it ended.", set(), {"past"}),
        ("She says it will not end.", set(), {"negated", "future"}),
        ("She says it would end if they paid.", set(), {"conditional"}),
        ("She will say that it is dead.", {"future"}, set()),
        ("She has not said that it is dead.", {"negated", "past"}, set()),
        ("They refused to sign the paper.", {"past"}, {"future"}),
    ],
)
def test_moods_of_cue_and_content_are_kept_apart(text: str, said: set[str], mood: set[str]) -> None:
    one = read(text)[0]
    names = ("negated", "conditional", "future", "past")
    assert {name for name in names if getattr(one.said, name)} == said
    assert {name for name in names if getattr(one.mood, name)} == mood


def test_nested_sources_are_both_kept() -> None:
    text = "The minister said the union had promised that work would go on."
    assert drafts(text) == [
        Draft("The minister", "said", ("the union had promised that work would go on",), "says"),
        Draft("the union", "had promised", ("that work would go on",), "vows"),
    ]
    assert [one.within for one in read(text)] == [None, 0]


def test_two_speakers_side_by_side() -> None:
    text = "The union said it was ready, but the port said talks were over."
    assert [one.content for one in drafts(text)] == [("it was ready",), ("talks were over",)]


def test_one_speaker_with_two_verbs() -> None:
    text = "The union rejected the offer and said it would strike."
    found = read(text)
    assert [one.kind for one in found] == ["rejects", "says"]
    assert [one.speaker.implied for one in found if one.speaker] == [False, True]
    assert {one.speaker.span.of(text) for one in found if one.speaker} == {"The union"}


def test_a_quotation_over_several_paragraphs() -> None:
    text = '"We are ready," she said. "We wait.\n\n"But we will not wait for ever."\n\nIt rained.'
    (one,) = [one for one in read(text) if one.cue.of(text) == "said"]
    assert [span.of(text) for span in one.content][-1] == '"But we will not wait for ever."'


def test_a_quotation_announced_by_a_colon_at_the_end_of_a_paragraph() -> None:
    text = 'In a letter, the union said:\n\n"We are ready."'
    (one,) = read(text)
    assert [span.of(text) for span in one.content] == ['"We are ready."']


def test_channel_and_addressee() -> None:
    text = (
        '"We are ready," she told Radio Bern. The port said in a statement on Monday it was shut.'
    )
    first, second = read(text)
    assert first.addressee is not None
    assert first.addressee.of(text) == "Radio Bern"
    assert second.channel is not None
    assert second.channel.of(text) == "in a statement"


def test_deeds_are_kept_apart_from_words() -> None:
    text = "The army deployed three brigades. The minister said the army destroyed the bridge."
    found = read(text)
    assert [(one.kind, one.form) for one in found] == [("does", "deed"), ("says", "clause")]
    assert found[0].content[0].of(text) == "three brigades"


def test_the_reports_own_voice() -> None:
    text = "The talks began in May. The union said it was ready. Nothing was signed."
    reading = read_statements(text)
    told = [span.of(text) for span in reading.own_voice]
    assert told == ["The talks began in May.", "Nothing was signed."]


def test_credits_of_pictures_are_no_statements() -> None:
    text = "The harbour at night. Photo: Ana Keller\n\nThe gate was shut. [Getty]"
    reading = read_statements(text)
    assert [credit.source.of(text) for credit in reading.credits] == ["Ana Keller", "Getty"]
    assert reading.statements == ()


def test_an_unknown_language() -> None:
    with pytest.raises(NotFoundError, match="a language to read"):
        read_statements("text", language="tlh")


def test_the_data_of_a_reading() -> None:
    text = 'The union said it was "ready".'
    data = read_statements(text).to_data()
    assert data["language"] == "en"
    (one,) = data["statements"]
    assert one["speaker"]["span"] == [0, 9]
    assert one["content"] == [[15, 29]]
    assert one["said"] == {"negated": False, "conditional": False, "future": False, "past": True}
    assert list(one) == [
        "paragraph", "speaker", "cue", "content", "kind", "evidence", "way", "form", "quotation",
        "said", "mood", "channel", "addressee", "within", "date", "found-by",
    ]  # fmt: skip
