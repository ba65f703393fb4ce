"""How well, and how fast, documents are read: against texts that people have labelled.

    python -m benchmarks.reading REFERENCE [--split train dev] [--genre news]
    python -m benchmarks.reading REFERENCE --memory 1000 10000
    python -m benchmarks.reading --report REPORT

REFERENCE is a folder that holds ``gum``, a copy of the Georgetown University Multilayer corpus, and
``attribution_data.py``, which reads its labels; neither is part of the project. REPORT is the text
of the news report of which examples/gaza-2025 is the record.

What GUM labels is narrower than what is read: it attributes clauses and quoted words, and neither
infinitives ("refused to go") nor objects ("rejected the plan"), deeds or adverbs ("reportedly"),
so that these are not compared. GUM labels no source where the clause of a cue names none: speakers
taken from another clause count as none. Its credits of pictures count as attributions, which ours
are not; the last row of a table leaves them out.
"""

from __future__ import annotations

import argparse
import resource
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import util
from pathlib import Path
from typing import Any

from benchmarks.attribution_measure import Labelled, Spans, Tally
from benchmarks.timing import machine, stopwatch, table
from goodoffices.reading import Reading, Statement, read_statements
from goodoffices.reading.lexicon import lexicon

SPLITS = ("train", "dev", "test")
ROUNDS = 3


@dataclass(frozen=True)
class Labels:
    """One document with its labels.

    Attributes:
        id: its name.
        text: its text.
        published: the day of its publication, if known.
        statements: what is attributed.
        credits: how many of the labels are credits of pictures.
    """

    id: str
    text: str
    published: date | None
    statements: tuple[Labelled, ...]
    credits: frozenset[int]


def _module(folder: Path, name: str) -> Any:
    """Load a script of the reference folder."""
    found = util.spec_from_file_location(name, folder / f"{name}.py")
    if found is None or found.loader is None:
        raise FileNotFoundError(folder / f"{name}.py")
    module = util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def reference_rates(
    rows: Iterable[tuple[str, Sequence[Labelled], Sequence[Labelled]]], folder: Path
) -> Mapping[tuple[str, str], tuple[float, float, float]]:
    """Return what the folder's own script says of texts with what is labelled and found."""
    theirs = _module(folder, "attribution_score").Score()
    for text, labelled, found in rows:
        theirs.add(text, [one._asdict() for one in labelled], [one._asdict() for one in found])
    rates: Mapping[tuple[str, str], tuple[float, float, float]] = theirs.row()
    return rates


def check(documents: Sequence[Labels], folder: Path) -> None:
    """Compare our measures with those of the folder's own script; they must be the same.

    Raises:
        AssertionError: they are not.
    """
    rows = [
        (
            document.text,
            document.statements,
            compared(read_statements(document.text), document.text),
        )
        for document in documents
    ]
    expected = reference_rates(rows, folder)
    for part, measure, rates in measured(documents).rows():
        ours = (*rates, rates.f)
        same = zip(ours, expected[part, measure], strict=True)
        assert all(abs(a - b) < 1e-9 for a, b in same), (part, measure)


def corpus(folder: Path, genre: str, split: str) -> list[Labels]:
    """Return the labelled documents of one genre and split."""
    module = _module(folder, "attribution_data")
    return [_labels(entry) for entry in module.gum(str(folder / "gum"), (genre,), split)]


def _labels(entry: Mapping[str, Any]) -> Labels:
    text = entry["text"]
    rows = [Labelled(one["source"], one["cue"], one["content"]) for one in entry["attributions"]]
    pictures = {"Image", "Video", "Audio"}
    credits = {n for n, one in enumerate(rows) if one.cue and _words(text, one.cue) in pictures}
    day = entry["date"] or ""
    published = date.fromisoformat(day) if len(day) == 10 else None
    return Labels(entry["id"], text, published, tuple(rows), frozenset(credits))


def _words(text: str, spans: Spans) -> str:
    return " ".join(text[start:end] for start, end in spans)


def compared(reading: Reading, text: str) -> list[Labelled]:
    """Return what was found in the form that GUM labels: clauses and quoted words."""
    hearsay = lexicon("en").words("hearsay")
    return [
        _compared(one)
        for one in reading.statements
        if one.form == "clause" and one.cue.of(text).lower() not in hearsay
    ]


def _compared(one: Statement) -> Labelled:
    named = one.speaker is not None and not one.speaker.implied
    source = [one.speaker.span] if one.speaker is not None and named else []
    return Labelled(source, [one.cue], one.content)


def measured(documents: Sequence[Labels], *, credits: bool = True) -> Tally:
    """Read documents and compare; without credits, those of pictures are no labels."""
    tally = Tally()
    for document in documents:
        labels = [
            one
            for number, one in enumerate(document.statements)
            if credits or number not in document.credits
        ]
        tally.add(document.text, labels, compared(read_statements(document.text), document.text))
    return tally


def speed(documents: Sequence[Labels]) -> float:
    """Return how many documents are read whole in a second of one processor's time."""
    for document in documents[:3]:
        read_statements(document.text, published=document.published)
    best = float("inf")
    for _ in range(ROUNDS):
        clock = stopwatch()
        for document in documents:
            read_statements(document.text, published=document.published)
        best = min(best, clock())
    return len(documents) / best


def memory(documents: Sequence[Labels], numbers: Sequence[int]) -> Iterator[str]:
    """Yield the most memory that was held after some numbers of documents, read one by one.

    Each has a number of its own at its end, so that none is the same text as another.
    """
    rows = []
    read = 0
    for number in sorted(numbers):
        for place in range(read, number):
            document = documents[place % len(documents)]
            text = f"{document.text}\n\nThis was text {place} of document{place}x{place}."
            read_statements(text, published=document.published)
        read = number
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows.append([f"{number:,}", f"{peak:.1f}"])
    yield table(["documents read", "most memory held, MiB"], rows)


def tables(documents: Sequence[Labels]) -> Iterator[str]:
    """Yield the table of a corpus, and what credits of pictures cost."""
    tally = measured(documents)
    rows = [
        [part, measure, *(f"{value:.1f}" for value in (*rates, rates.f))]
        for part, measure, rates in tally.rows()
    ]
    bare = measured(documents, credits=False).rates("joint", "joint")
    rows.append(["joint", "no credits", *(f"{value:.1f}" for value in (*bare, bare.f))])
    yield table(["part", "measure", "precision", "recall", "F"], rows)
    letters = sum(len(document.text) for document in documents)
    words = sum(len(document.text.split()) for document in documents) / len(documents)
    rate = speed(documents)
    yield (
        f"{len(documents)} documents, {letters / len(documents):,.0f} characters each on average; "
        f"{tally.labelled['joint']} labelled, {tally.found['joint']} found; "
        f"{rate:.0f} documents or {rate * words:,.0f} words a second"
    )


def main(arguments: Sequence[str]) -> int:
    """Print the tables that were asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks.reading", description=__doc__)
    parser.add_argument("reference", type=Path, nargs="?")
    parser.add_argument("--split", nargs="+", choices=SPLITS, default=["train", "dev"])
    parser.add_argument("--genre", default="news")
    parser.add_argument("--memory", nargs="+", type=int, metavar="NUMBER")
    parser.add_argument("--report", type=Path)
    asked = parser.parse_args(arguments)
    print(machine())
    if asked.reference is not None:
        documents = [
            document
            for split in asked.split
            for document in corpus(asked.reference, asked.genre, split)
        ]
        print(f"\nGUM {asked.genre}, {' and '.join(asked.split)}\n")
        print("\n\n".join(tables(documents)))
        if asked.memory:
            print("\n".join(memory(documents, asked.memory)))
        if (asked.reference / "attribution_score.py").exists():
            check(documents, asked.reference)
            print("The folder's own script gives the same rates.")
    if asked.report is not None:
        from benchmarks.reading_report import report_tables

        print("\n\n".join(report_tables(asked.report)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
