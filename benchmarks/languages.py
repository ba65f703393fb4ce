"""How well documents in languages other than English are read, each by its own labelled texts.

    python -m benchmarks.languages [--language ar es fr he] [--half dev held] [--errors]

The labels are of the same form as those of the gold set, below ``tests/gold/LANGUAGE``. Beside them
``names.yaml`` holds the names of a case with their aliases, by which speakers are to be matched.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from benchmarks.gold import Result, evaluated, paired
from benchmarks.gold_labels import GOLD, HALVES, GoldDocument, read_gold
from benchmarks.timing import table
from goodoffices.model import Case
from goodoffices.reading import read_statements

LANGUAGES = ("ar", "es", "fr", "he")
COLUMNS = [
    "language", "half", "texts", "labels", "cue P", "cue R", "cue F", "joint P", "joint R",
    "joint F", "kind", "mode", "named", "figures", "bounds", "dates", "false",
]  # fmt: skip


class Share(NamedTuple):
    """How many of how many."""

    right: int
    asked: int

    def __str__(self) -> str:
        return f"{self.right}/{self.asked}"


def case_of(names: Mapping[str, Sequence[str]]) -> Case:
    """Return a case in which every name stands for a party.

    >>> case_of({"Bastel": ["the company"]}).parties["p1"].aliases
    ('the company',)
    """
    parties = {
        f"p{number}": {"name": name, "aliases": list(aliases)}
        for number, (name, aliases) in enumerate(names.items(), start=1)
    }
    issues = {"one": {"question": "What?", "options": ["none", "some"]}}
    return Case.model_validate({"case": "Names", "parties": parties, "issues": issues})


def named(documents: Sequence[GoldDocument], case: Case) -> Share:
    """Return of how many statements by somebody of a case the speaker is matched as that."""
    ids = {party.name: id for id, party in case.parties.items()}
    right = asked = 0
    for document in documents:
        language = document.about["language"]
        reading = read_statements(document.text, language=language, case=case)
        pairs = {id(one): draft for one, draft in paired(document, reading).pairs()}
        for one in document.statements:
            if one.names.get("named") in ids:
                draft = pairs.get(id(one))
                meant = draft.speaker.ids if draft is not None and draft.speaker else ()
                asked += 1
                right += meant == (ids[one.names["named"]],)
    return Share(right, asked)


def row(language: str, half: str, documents: Sequence[GoldDocument], case: Case) -> list[str]:
    """Return one row of the table."""
    result = evaluated(documents)
    cue, joint = (
        result.tally.rates(part, name) for part, name in (("cue", "overlap"), ("joint",) * 2)
    )
    shares = (
        ("kind", "mode"),
        ("figures: value", "figures: value and bound", "dates: days and bound"),
    )
    false = result.false["false figure"] + result.false["false date"]
    return [
        language, half, str(len(documents)), str(result.tally.labelled["joint"]),
        *(f"{value:.1f}" for value in (*cue, cue.f, *joint, joint.f)),
        *(str(_share(result, what)) for what in shares[0]),
        str(named(documents, case)),
        *(str(_share(result, what)) for what in shares[1]),
        str(false),
    ]  # fmt: skip


def _share(result: Result, what: str) -> Share:
    return Share(result.right[what], result.asked[what])


def rows(
    languages: Sequence[str], halves: Sequence[str], folder: Path = GOLD
) -> Iterator[tuple[list[str], Mapping[str, list[str]]]]:
    """Yield a row for each language and half, with what was missed or wrong."""
    for language in languages:
        names = yaml.safe_load((folder / language / "names.yaml").read_text(encoding="utf-8"))
        for half in halves:
            documents = read_gold(folder / language / half)
            yield row(language, half, documents, case_of(names)), evaluated(documents).errors


def main(arguments: Sequence[str]) -> int:
    """Print what was asked for; the result is 2 when errors of the held half are asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks.languages", description=__doc__)
    parser.add_argument("--language", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    parser.add_argument("--half", nargs="+", choices=HALVES, default=list(HALVES))
    parser.add_argument("--errors", action="store_true")
    asked = parser.parse_args(arguments)
    if asked.errors and "held" in asked.half:
        print("The held half is never looked at: --errors with --half dev.", file=sys.stderr)
        return 2
    found = list(rows(asked.language, asked.half))
    print(table(COLUMNS, [one for one, _ in found]))
    for (language, *_), errors in found if asked.errors else ():
        for id, lines in errors.items():
            print("\n".join((f"\n{language} {id}", *(f"  {line}" for line in lines))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
