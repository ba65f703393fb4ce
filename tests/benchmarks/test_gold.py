"""The gold set: its labels are whole, its measures are right, and the held half stays closed."""

from __future__ import annotations

import os
import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.attribution_measure import Labelled, matches
from benchmarks.gold import (
    check,
    class_rows,
    evaluated,
    main,
    paired,
    same_days,
    same_value,
    totals,
)
from benchmarks.gold_labels import (
    GOLD,
    GoldDate,
    GoldDocument,
    GoldFigure,
    LabelError,
    labelled,
    read_document,
    read_gold,
    span_of,
)
from goodoffices.model.record import Bound
from goodoffices.reading import DateFound, Figure, Span, read_statements

REFERENCE = Path(os.environ.get("GOODOFFICES_REFERENCE", GOLD.parents[2] / "shared/reference"))
TEXT = """Dockers say no

On Sunday the union demanded a rise of 5 percent. "We are 300 dockers," Ana Ruiz said.
The gates open at 10:30.
"""
DATA: dict[str, Any] = {
    "title": "Dockers say no",
    "publisher": "The Quay",
    "published": date(2025, 6, 2),
    "language": "en",
    "style": "brief",
    "talks": "labour",
    "spelling": "British",
    "statements": [
        {
            "speaker": "the union",
            "organisation": "union",
            "cue": "demanded",
            "content": ["a rise of 5 percent"],
            "mode": "indirect",
            "form": "object",
            "kind": "demands",
            "issue": "pay",
        },
        {
            "speaker": "Ana Ruiz",
            "named": "Ana Ruiz",
            "cue": "said",
            "content": ['"We are 300 dockers,"'],
            "mode": "direct",
            "form": "clause",
            "kind": "says",
            "issue": "strike",
        },
    ],
    "figures": [
        {
            "quote": "5 percent",
            "value": "5",
            "bound": "exactly",
            "unit": "percent",
            "kind": "wanted",
        },
        {
            "quote": "300 dockers",
            "value": "300",
            "bound": "exactly",
            "unit": "dockers",
            "kind": "claimed",
        },
    ],
    "dates": [
        {"quote": "Sunday", "first": date(2025, 6, 1), "last": date(2025, 6, 1), "bound": "on"}
    ],
    "distractors": [{"quote": "10:30", "sort": "clock"}],
}


def changed(key: str, number: int, **values: Any) -> dict[str, Any]:
    """Return the labels with one entry changed."""
    rows = [dict(row) for row in DATA[key]]
    rows[number].update(values)
    return {**DATA, key: rows}


def document() -> GoldDocument:
    return labelled("quay", TEXT, DATA)


opened = cache(read_document)
HALF = [path for half in ("dev", "held") for path in sorted((GOLD / half).glob("*.txt"))]


@pytest.mark.parametrize("path", HALF, ids=lambda path: f"{path.parent.name}-{path.stem[:2]}")
def test_every_label_is_found_in_its_text(path: Path) -> None:
    one = opened(path)
    spans = [span for row in one.statements for span in row.content]
    spans += [
        span for row in one.statements for span in (row.cue, row.speaker, row.channel) if span
    ]
    spans += [row.span for row in one.figures] + [row.span for row in one.dates]
    spans += [span for span, _ in one.distractors]
    assert all(0 <= span.start < span.end <= len(one.text) for span in spans)
    assert all(span.of(one.text).strip() == span.of(one.text) for span in spans)
    assert not any("\n" in span.of(one.text) for span in spans)


@pytest.mark.parametrize("path", HALF, ids=lambda path: f"{path.parent.name}-{path.stem[:2]}")
def test_documents_are_of_the_length_of_news(path: Path) -> None:
    assert 150 <= len(path.read_text(encoding="utf-8").split()) <= 600


@pytest.mark.parametrize("path", HALF, ids=lambda path: f"{path.parent.name}-{path.stem[:2]}")
def test_days_of_the_week_are_the_days_they_name(path: Path) -> None:
    one = opened(path)
    for row in one.dates:
        named = re.fullmatch(r"(?:\w+ )?(\w+day)", row.span.of(one.text))
        if named and named[1] in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"):
            assert row.first == row.last
            assert f"{row.first:%A}" == named[1]


def test_both_halves_are_of_the_same_mix() -> None:
    dev, held = (read_gold(GOLD / half) for half in ("dev", "held"))
    assert len(dev) == len(held) >= 22
    assert [one.id[:2] for one in dev] == [one.id[:2] for one in held]
    assert not {one.id for one in dev} & {one.id for one in held}
    spellings = [{one.about["spelling"] for one in half} for half in (dev, held)]
    assert spellings == [{"American", "British"}] * 2


def test_words_are_found_by_their_occurrence() -> None:
    assert span_of(TEXT, {"text": "ers", "nth": 2}, "here") == (
        TEXT.rindex("ers"),
        TEXT.rindex("ers") + 3,
    )


@pytest.mark.parametrize(
    ("quoted", "error"),
    [
        ("Rotterdam", "no 'Rotterdam' number 1"),
        ("ers", "2 times"),
        ({"text": "ers", "nth": 3}, "number 3"),
        ({"text": "ers", "nth": 0}, "number 0"),
        ({"text": "union", "from": 3}, "expected words"),
        ("", "expected words"),
        (None, "expected words"),
    ],
)
def test_words_that_are_not_there_are_an_error_with_its_place(quoted: Any, error: str) -> None:
    with pytest.raises(LabelError, match=f"^here: .*{error}"):
        span_of(TEXT, quoted, "here")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (changed("statements", 0, cue="rise"), "share words"),
        (changed("statements", 0, cue="union"), "cue and speaker"),
        (changed("statements", 0, kind="mutters"), "expected one of says"),
        (changed("statements", 0, kind="does"), "form deed"),
        (changed("statements", 0, content=[]), "a list of contents"),
        (changed("statements", 0, speaker=None), "nobody has none"),
        (changed("statements", 0, mood=["angry"]), "expected one of negated"),
        (changed("statements", 0, feeling="angry"), "statements 1: unknown feeling"),
        (changed("figures", 0, quote="300 dockers"), "figures and distractors share"),
        (changed("figures", 0, high="4"), "only then"),
        (changed("figures", 0, high="4", bound="between"), "high above value"),
        (changed("figures", 0, by=2), "no date 2"),
        (changed("dates", 0, first=date(2025, 6, 3)), "a first and a last day"),
        (changed("distractors", 0, quote="300"), "figures and distractors share"),
        ({**DATA, "title": "Another"}, "does not begin with its title"),
        ({**DATA, "published": "soon"}, "a day of publication"),
        ({**DATA, "tittle": "Dockers say no"}, "unknown tittle"),
    ],
)
def test_labels_that_cannot_be_right_are_errors(data: dict[str, Any], error: str) -> None:
    with pytest.raises(LabelError, match=error):
        labelled("quay", TEXT, data)


def test_a_text_without_labels_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "alone.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(LabelError, match="alone"):
        read_gold(tmp_path)
    (tmp_path / "alone.yaml").write_text(yaml.safe_dump(DATA), encoding="utf-8")
    assert read_gold(tmp_path) == [labelled("alone", TEXT, DATA)]
    with pytest.raises(LabelError, match="no documents"):
        read_gold(tmp_path / "empty")


def test_a_document_that_is_read_rightly_has_no_errors() -> None:
    result = evaluated([document()])
    assert result.errors == {}
    assert set(result.tally.rates("joint", "joint")) == {100.0}
    assert result.right == result.asked
    assert result.asked["figures: value and bound"] == 2


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (changed("statements", 0, kind="says"), "kind"),
        (changed("statements", 0, speaker="Dockers"), "speaker"),
        (changed("statements", 1, mode="indirect"), "mode"),
        (changed("statements", 0, mood=["negated"]), "negated"),
        (changed("figures", 0, bound="about"), "figures: value and bound"),
        (changed("figures", 0, value="6"), "figures: value"),
        (changed("dates", 0, first=date(2025, 5, 31)), "dates: days and bound"),
        (changed("statements", 0, cue=None, content=["10:30"]), "without a cue word"),
    ],
)
def test_what_is_read_otherwise_is_counted_and_told(data: dict[str, Any], what: str) -> None:
    result = evaluated([labelled("quay", TEXT, data)])
    assert result.asked[what] - result.right[what] == 1
    assert any(error.startswith(f"{what}: ") for error in result.errors["quay"])


def test_what_is_too_much_is_counted() -> None:
    bare = {**DATA, "figures": [], "dates": [], "statements": DATA["statements"][:1]}
    result = evaluated([labelled("quay", TEXT, bare)])
    assert result.false == {"false figure": 2, "false date": 1}
    assert any("too many: Ana Ruiz" in error for error in result.errors["quay"])
    distractors = [{"quote": "300", "sort": "label"}]
    result = evaluated([labelled("quay", TEXT, {**bare, "distractors": distractors})])
    assert result.false["figure on a distractor"] == 1


def test_what_is_ignored_or_optional_counts_neither_way() -> None:
    bare = {**DATA, "figures": [], "dates": [], "statements": DATA["statements"][:1]}
    bare |= {
        "ignored": ["5 percent", "300", "Sunday"],
        "optional-cues": ["said"],
    }
    result = evaluated([labelled("quay", TEXT, bare)])
    assert (result.false, result.errors) == ({}, {})
    assert result.tally.found["joint"] == 1


def test_deeds_are_counted_apart() -> None:
    text = "Dockers say no\n\nThe union walked out of the talks.\n"
    row = {
        "speaker": "The union", "organisation": "union", "cue": "walked", "mode": "indirect",
        "content": ["out of the talks"], "form": "deed", "kind": "does",
    }  # fmt: skip
    bare = {**DATA, "statements": [row], "figures": [], "dates": [], "distractors": []}
    result = evaluated([labelled("quay", text, bare)])
    assert (result.right["deeds"], result.asked["deeds"]) == (1, 1)
    assert result.tally.labelled["joint"] == 0


def figure(value: str, high: str | None = None, unit: str = "share") -> GoldFigure:
    upper = None if high is None else Decimal(high)
    bound: Bound = "exactly" if high is None else "between"
    return GoldFigure(
        Span(0, 1), Decimal(value), upper, bound, unit, "claimed", None, None, None, None
    )


def drafted(value: str, high: str | None = None) -> Figure:
    upper = None if high is None else Decimal(high)
    return Figure(Span(0, 1), Decimal(value), upper, "exactly", "percent", "", None, "claimed")


def test_a_share_may_be_given_in_hundredths() -> None:
    assert same_value(figure("0.75"), drafted("75"))
    assert same_value(figure("0.6667"), drafted("0.666666667"))
    assert not same_value(figure("0.75", unit="people"), drafted("75"))
    assert not same_value(figure("0.75"), drafted("0.7"))
    assert same_value(figure("3", "4", "people"), drafted("3", "4"))
    assert not same_value(figure("3", "4", "people"), drafted("3"))


JUNE = date(2025, 6, 1), date(2025, 6, 30)


@pytest.mark.parametrize(
    ("bound", "vague", "first", "last", "right"),
    [
        ("on", False, *JUNE, True),
        ("on", False, date(2025, 6, 2), JUNE[1], False),
        ("by", False, date(2025, 6, 30), JUNE[1], True),
        ("by", False, JUNE[0], date(2025, 6, 29), False),
        ("since", False, JUNE[0], date(2025, 6, 3), True),
        ("since", False, date(2025, 6, 2), JUNE[1], False),
        ("before", False, JUNE[0], date(2025, 6, 3), True),
        ("after", False, date(2025, 6, 3), JUNE[1], True),
        ("after", False, JUNE[0], date(2025, 6, 3), False),
        ("on", True, date(2025, 6, 30), date(2025, 7, 6), True),
        ("on", True, date(2025, 7, 1), date(2025, 7, 6), False),
    ],
)
def test_of_a_bounded_date_the_end_that_matters_counts(
    bound: Any, vague: bool, first: date, last: date, right: bool
) -> None:
    gold = GoldDate(Span(0, 1), *JUNE, bound, vague)
    assert same_days(gold, DateFound(Span(0, 1), first, last, bound, True)) is right
    assert not same_days(gold, DateFound(Span(0, 1), None, None, bound, True))
    other: Any = "until" if bound != "until" else "by"
    assert not same_days(gold, DateFound(Span(0, 1), first, last, other, True))


def test_pairs_name_what_stands_for_what() -> None:
    rows = [Labelled([(0, 3)], [(4, 8)], [(9, 20)]), Labelled([], [(9, 11)], [(12, 15)])]
    assert matches("Ana said it was late", rows, list(reversed(rows))) == [(0, 1), (1, 0)]


def test_a_pair_holds_no_deed_and_nothing_without_a_cue() -> None:
    one = labelled("quay", TEXT, changed("statements", 0, cue=None))
    pairing = paired(one, read_statements(TEXT))
    assert [row.cue is not None for row in pairing.gold] == [True]


def test_errors_of_the_held_half_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--half", "held", "--errors"]) == 2
    assert main(["--errors"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "never looked at" in shown.err


def test_totals_hold_no_word_of_the_documents() -> None:
    shown = "\n".join(totals([document()], evaluated([document()])))
    assert not set(re.findall(r"\w{4,}", shown)) & {"Dockers", "union", "accept", "Ruiz"}
    assert "2 statements labelled, 2 found" in shown


@pytest.mark.parametrize(
    ("data", "of"),
    [
        (changed("figures", 0, bound="about"), "wrong bound"),
        (changed("figures", 0, value="6"), "wrong value"),
        (changed("figures", 0, quote="Sunday"), "missed"),
    ],
)
def test_errors_of_figures_are_counted_by_class(data: dict[str, Any], of: str) -> None:
    rows = dict(class_rows(evaluated([labelled("quay", TEXT, data)])))
    assert rows.pop("right") == "1"
    assert rows.pop(of) == "1"
    assert rows.pop("spurious") == ("1" if of == "missed" else "0")
    assert set(rows.values()) == {"0"}


def test_errors_of_the_other_half_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev/quay.txt").write_text(TEXT, encoding="utf-8")
    wrong = yaml.safe_dump(changed("statements", 0, kind="says"))
    (tmp_path / "dev/quay.yaml").write_text(wrong, encoding="utf-8")
    assert main(["--half", "dev", "--folder", str(tmp_path)]) == 0
    assert "demands for says" not in capsys.readouterr().out
    assert main(["--half", "dev", "--errors", "--folder", str(tmp_path)]) == 0
    assert "demands for says" in capsys.readouterr().out


@pytest.mark.skipif(
    not (REFERENCE / "attribution_score.py").exists(), reason="the reference is not here"
)
def test_the_reference_gives_the_same_rates() -> None:
    check([document(), *read_gold(GOLD / "dev")[:4]], REFERENCE)
