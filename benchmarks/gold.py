"""How well documents of the project's own gold set are read.

    python -m benchmarks.gold [--half dev held] [--errors] [--classes] [--check REFERENCE]

The documents of the held half are never looked at while rules are written: of them only totals
are printed. ``--errors`` lists what is missed and wrong, document by document, for the other half;
it is refused for the held one unless ``--show-held`` says that this is meant. ``--classes`` counts
the errors of figures by class and prints no word of a text, for either half. REFERENCE is the
folder with ``attribution_score.py``: its rates must be the same as ours.

A speaker counts wherever the text names one, in the clause of the cue or in another. Statements
whose text has no word that reports, only a colon or a turn, are counted apart, as are deeds, of
which the labels hold the main ones only.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from benchmarks.attribution_measure import Labelled, Tally, matches
from benchmarks.gold_labels import (
    GOLD,
    HALVES,
    GoldDate,
    GoldDocument,
    GoldFigure,
    GoldStatement,
    read_gold,
)
from benchmarks.reading import reference_rates
from benchmarks.timing import table
from goodoffices.reading import (
    DateFound,
    Figure,
    Mood,
    Reading,
    Span,
    Statement,
    read_statements,
)

CLOSE = Decimal("0.001")
PRONOUNS = frozenset(("he", "she", "it", "they", "we", "i", "her", "his", "its", "their"))
SHARES = (
    "kind", "mode", "negated", "not yet so", "speaker", "behind a pronoun", "without a cue word",
    "deeds", "figures: value", "figures: value and bound", "dates: days and bound",
)  # fmt: skip

CLASSES = ("right", "missed", "wrong value", "wrong bound", "wrong unit")


@dataclass
class Result:
    """What became of some documents.

    Attributes:
        tally: of the statements with a cue.
        right: how many are right, by what is asked.
        asked: of how many.
        false: findings that nothing labelled stands for.
        errors: what is missed or wrong, by document.
        classes: how many errors of figures are of which class.
    """

    tally: Tally = field(default_factory=Tally)
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    errors: dict[str, list[str]] = field(default_factory=dict)
    classes: Counter[str] = field(default_factory=Counter)

    def note(self, what: str, right: bool, error: str, document: GoldDocument) -> None:
        """Count one question."""
        self.asked[what] += 1
        self.right[what] += right
        if not right:
            self.errors.setdefault(document.id, []).append(f"{what}: {error}")

    def too_many(self, what: str, error: str, document: GoldDocument) -> None:
        """Count one finding that is false."""
        self.false[what] += 1
        self.errors.setdefault(document.id, []).append(f"{what}: {error}")


@dataclass(frozen=True)
class Pairing:
    """The statements of one document: those labelled, and the drafts beside them."""

    document: GoldDocument
    gold: tuple[GoldStatement, ...]
    drafts: tuple[Statement, ...]

    def rows(self, *, sources: bool = True) -> tuple[list[Labelled], list[Labelled]]:
        """Return both in the form that is measured; without sources when these do not matter."""
        gold = [
            Labelled([one.speaker] if sources and one.speaker else [], _spans(one.cue), one.content)
            for one in self.gold
        ]
        drafts = [
            Labelled([one.speaker.span] if sources and one.speaker else [], [one.cue], one.content)
            for one in self.drafts
        ]
        return gold, drafts

    def pairs(self, *, sources: bool = True) -> list[tuple[GoldStatement, Statement]]:
        """Return what stands for what."""
        gold, drafts = self.rows(sources=sources)
        found = matches(self.document.text, gold, drafts)
        return [(self.gold[one], self.drafts[other]) for one, other in found]


def _spans(span: Span | None) -> list[Span]:
    return [span] if span is not None else []


def evaluated(documents: Sequence[GoldDocument]) -> Result:
    """Read documents and compare them with their labels."""
    result = Result()
    for document in documents:
        reading = read_statements(
            document.text, language=document.about["language"], published=document.published
        )
        _statements(document, reading, result)
        _deeds(document, reading, result)
        _figures(document, reading, result)
        _dates(document, reading, result)
    return result


def paired(document: GoldDocument, reading: Reading) -> Pairing:
    """Return the statements with a cue that are compared; deeds are not, nor what is optional."""
    gold = tuple(one for one in document.statements if one.cue and one.form != "deed")
    drafts = tuple(
        one
        for one in reading.statements
        if one.form != "deed"
        and any(letter.isalnum() for letter in one.cue.of(document.text))
        and not _only_optional(one, gold, document)
    )
    return Pairing(document, gold, drafts)


def _only_optional(draft: Statement, gold: Sequence[GoldStatement], document: GoldDocument) -> bool:
    labelled = any(one.cue is not None and one.cue.meets(draft.cue) for one in gold)
    return not labelled and any(span.meets(draft.cue) for span in document.optional)


def _statements(document: GoldDocument, reading: Reading, result: Result) -> None:
    text, pairing = document.text, paired(document, reading)
    result.tally.add(text, *pairing.rows())
    pairs = pairing.pairs()
    for one, draft in pairs:
        _matched(one, draft, document, result)
    for one, draft in pairing.pairs(sources=False):
        right = (one, draft) in pairs
        named = draft.speaker.span.of(text) if draft.speaker else "nobody"
        result.note("speaker", right, f"{named!r} for {_shown(one, text)}", document)
    found = {id(one) for one, _ in pairs}
    used = {id(draft) for _, draft in pairs}
    for one in pairing.gold:
        if id(one) not in found:
            result.errors.setdefault(document.id, []).append(f"missed: {_shown(one, text)}")
    for draft in pairing.drafts:
        if id(draft) not in used:
            words = " [...] ".join(span.of(text) for span in draft.content)
            named = draft.speaker.span.of(text) if draft.speaker else "nobody"
            error = f"too many: {named} | {draft.cue.of(text)} | {words}"
            result.errors.setdefault(document.id, []).append(error)
    _without_cue(document, reading, result)


def _matched(one: GoldStatement, draft: Statement, document: GoldDocument, result: Result) -> None:
    """Count the kind, mode and mood of a statement that was found, and whom a pronoun means."""
    text = document.text
    shown = _shown(one, text)
    result.note(
        "kind", draft.kind in one.kinds, f"{draft.kind} for {one.kinds[0]}: {shown}", document
    )
    result.note("mode", draft.quotation == one.mode, f"{draft.quotation} for {shown}", document)
    moods = draft.mood, one.mood
    result.note("negated", len({mood.negated for mood in moods}) == 1, shown, document)
    result.note("not yet so", len({_open(mood) for mood in moods}) == 1, shown, document)
    if one.speaker is not None and one.speaker.of(text).lower() in PRONOUNS:
        meant = draft.speaker.stands_for if draft.speaker else None
        words = meant.of(text) if meant else "nobody"
        right = _same_name(words, one.names)
        result.note("behind a pronoun", right, f"{words!r} for {shown}", document)


def _open(mood: Mood) -> bool:
    """Whether something is still to come, or depends on something."""
    return mood.future or mood.conditional


def _same_name(words: str, names: Mapping[str, str]) -> bool:
    """Whether words that a pronoun stands for share a word of weight with the labelled name."""
    wanted = {word.lower().strip(".,’'s") for name in names.values() for word in name.split()}
    given = {word.lower().strip(".,’'s") for word in words.split()}
    return any(len(word) > 3 for word in wanted & given)


def _shown(one: GoldStatement, text: str) -> str:
    parts = (one.speaker.of(text) if one.speaker else "nobody", one.cue.of(text) if one.cue else "")
    return " | ".join((*parts, " [...] ".join(span.of(text) for span in one.content)))


def _without_cue(document: GoldDocument, reading: Reading, result: Result) -> None:
    """Count statements that no word reports: found when a draft has speaker and content."""
    for one in document.statements:
        if one.cue is None:
            right = any(_stands_for(one, draft, document.text) for draft in reading.statements)
            result.note("without a cue word", right, _shown(one, document.text), document)


def _stands_for(one: GoldStatement, draft: Statement, text: str) -> bool:
    """Whether a draft has a statement's speaker and content, whatever their cues."""
    speaker = draft.speaker.span if draft.speaker else None
    cue = [(0, len(text))]
    gold = Labelled(_spans(one.speaker), cue, one.content)
    return bool(matches(text, [gold], [Labelled(_spans(speaker), cue, draft.content)]))


def _deeds(document: GoldDocument, reading: Reading, result: Result) -> None:
    """Count the deeds that are found as such, with who did them."""
    drafts = [one for one in reading.statements if one.form == "deed"]
    for one in document.statements:
        if one.form == "deed":
            right = any(
                one.cue is not None
                and one.cue.meets(draft.cue)
                and (draft.speaker is None) == (one.speaker is None)
                and (not draft.speaker or not one.speaker or draft.speaker.span.meets(one.speaker))
                for draft in drafts
            )
            result.note("deeds", right, _shown(one, document.text), document)


def _figures(document: GoldDocument, reading: Reading, result: Result) -> None:
    text = document.text
    for one in document.figures:
        near = [draft for draft in reading.figures if draft.span.meets(one.span)]
        valued = [draft for draft in near if same_value(one, draft)]
        words = ", ".join(f"{d.span.of(text)!r} {d.bound} {d.value} {d.unit}" for d in near)
        error = f"{one.span.of(text)!r} {one.bound} {one.value}; found {words or 'nothing'}"
        result.note("figures: value", bool(valued), error, document)
        right = any(draft.bound == one.bound for draft in valued)
        result.note("figures: value and bound", right, error, document)
        result.classes[_class(one, near, valued)] += 1
    known = [*(one.span for one in document.figures), *document.ignored]
    wrong = [span for span, _ in document.distractors]
    for draft in reading.figures:
        if any(draft.span.meets(span) for span in wrong):
            result.too_many("figure on a distractor", draft.span.of(text), document)
        elif not any(draft.span.meets(span) for span in known):
            result.too_many("false figure", draft.span.of(text), document)


def _class(one: GoldFigure, near: Sequence[Figure], valued: Sequence[Figure]) -> str:
    """What became of a labelled figure; a unit is wrong when a share is taken for a number."""
    if not near:
        return "missed"
    if not valued:
        return "wrong value"
    bounded = [draft for draft in valued if draft.bound == one.bound]
    share = one.unit in {"percent", "share"}
    if not bounded:
        return "wrong bound"
    return "right" if any((draft.unit == "percent") == share for draft in bounded) else "wrong unit"


def same_value(one: GoldFigure, draft: Figure) -> bool:
    """Whether values are the same; a share may be given in hundredths."""
    for scale in (1, 100) if one.unit == "share" else (1,):
        high = None if one.high is None else one.high * scale
        if _close(one.value * scale, draft.value) and _close(high, draft.high):
            return True
    return False


def _close(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= CLOSE * abs(one)


def _dates(document: GoldDocument, reading: Reading, result: Result) -> None:
    text = document.text
    for one in document.dates:
        near = [draft for draft in reading.dates if draft.span.meets(one.span)]
        words = ", ".join(f"{d.span.of(text)!r} {d.bound} {d.first} {d.last}" for d in near)
        error = f"{one.span.of(text)!r} {one.bound} {one.first} {one.last}"
        right = any(same_days(one, draft) for draft in near)
        result.note("dates: days and bound", right, f"{error}; found {words or 'none'}", document)
    known = [*(one.span for one in document.dates), *document.ignored]
    for draft in reading.dates:
        if not any(draft.span.meets(span) for span in known):
            result.too_many("false date", draft.span.of(text), document)


def same_days(one: GoldDate, draft: DateFound) -> bool:
    """Whether a date is right: bound and days, of which only the end that the bound uses counts."""
    if draft.first is None or draft.last is None or draft.bound != one.bound:
        return False
    if one.vague:
        return one.first <= draft.last and draft.first <= one.last
    if one.bound in ("by", "until"):
        return draft.last == one.last
    if one.bound in ("since", "from"):
        return draft.first == one.first
    if one.bound == "before":
        return draft.first == one.first
    if one.bound == "after":
        return draft.last == one.last
    return (draft.first, draft.last) == (one.first, one.last)


def totals(documents: Sequence[GoldDocument], result: Result) -> Iterator[str]:
    """Yield the tables of some documents, in which no word of theirs stands."""
    words = [len(document.text.split()) for document in documents]
    yield (
        f"{len(documents)} documents of {min(words)} to {max(words)} words; with a cue "
        f"{result.tally.labelled['joint']} statements labelled, {result.tally.found['joint']} found"
    )
    rows = [
        [part, measure, *(f"{value:.1f}" for value in (*rates, rates.f))]
        for part, measure, rates in result.tally.rows()
    ]
    yield table(["part", "measure", "precision", "recall", "F"], rows)
    shares = [
        [what, str(result.right[what]), str(result.asked[what]), _percent(result, what)]
        for what in SHARES
    ]
    yield table(["right", "number", "of", "percent"], shares)
    distractors = sum(len(document.distractors) for document in documents)
    yield (
        f"{result.false['figure on a distractor']} figures found on {distractors} distractors; "
        f"{result.false['false figure']} other false figures; "
        f"{result.false['false date']} false dates"
    )


def class_rows(result: Result) -> list[list[str]]:
    """Return how many figures are right, and how many are wrong in which way."""
    spurious = result.false["figure on a distractor"] + result.false["false figure"]
    rows = [[name, str(result.classes[name])] for name in CLASSES]
    return [*rows, ["spurious", str(spurious)]]


def _percent(result: Result, what: str) -> str:
    asked = result.asked[what]
    return f"{100 * result.right[what] / asked:.1f}" if asked else "-"


def check(documents: Sequence[GoldDocument], folder: Path) -> None:
    """Compare our rates with those of the reference's own script; they must be the same."""
    ours = Tally()
    rows = []
    for document in documents:
        reading = read_statements(
            document.text, language=document.about["language"], published=document.published
        )
        gold, drafts = paired(document, reading).rows()
        ours.add(document.text, gold, drafts)
        rows.append((document.text, gold, drafts))
    expected = reference_rates(rows, folder)
    for part, measure, rates in ours.rows():
        same = zip((*rates, rates.f), expected[part, measure], strict=True)
        assert all(abs(a - b) < 1e-9 for a, b in same), (part, measure)


def main(arguments: Sequence[str]) -> int:
    """Print what was asked for; the result is 2 when errors of the held half are asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks.gold", description=__doc__)
    parser.add_argument("--half", nargs="+", choices=HALVES, default=list(HALVES))
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--classes", action="store_true")
    parser.add_argument("--show-held", action="store_true")
    parser.add_argument("--check", type=Path, metavar="REFERENCE")
    parser.add_argument("--folder", type=Path, default=GOLD, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.errors and "held" in asked.half and not asked.show_held:
        print(
            "The held half is never looked at: --errors with --half dev, or add --show-held.",
            file=sys.stderr,
        )
        return 2
    for half in asked.half:
        documents = read_gold(asked.folder / half)
        result = evaluated(documents)
        print(f"\n{half}\n")
        print("\n\n".join(totals(documents, result)))
        if asked.classes:
            print("\n" + table(["figures", "number"], class_rows(result)))
        if asked.check is not None:
            check(documents, asked.check)
            print("\nThe reference's own script gives the same rates.")
        if asked.errors:
            for id, errors in result.errors.items():
                print("\n".join((f"\n{id}", *(f"  {error}" for error in errors))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
