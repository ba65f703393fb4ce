"""``goodoffices convert``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from goodoffices.cli.running import option, read_foreign, write_whole
from goodoffices.errors import CallError


def run(options: Mapping[str, object]) -> int:
    """Turn a foreign file into a case, or a case into one, and list what has no counterpart."""
    source, target = (Path(option(options, name, str)) for name in ("source", "target"))
    if target.suffix.lower() == ".gmcr":
        lost = _export(source, target)
    elif target.suffix.lower() == ".jsonl":
        lost = _events(source, target, confidential=option(options, "confidential", bool))
    elif source.suffix.lower() == ".gmcr":
        lost = _import(source, target)
    else:
        raise CallError(
            "convert", expected="a .gmcr file as source or as target, or a .jsonl file as "
            "target", found=f"{source} {target}",
        )  # fmt: skip
    for words in lost:
        print(f"no counterpart: {words}", file=sys.stderr)
    print(f"wrote {target}", file=sys.stderr)
    return 0


def _import(source: Path, target: Path) -> tuple[str, ...]:
    from goodoffices.casefile import write_case

    read = read_foreign(source)
    if target.is_dir():
        target = target / "case.yaml"
    write_case(read.case, target)
    return read.lost


def _export(source: Path, target: Path) -> tuple[str, ...]:
    from goodoffices.casefile import read_case
    from goodoffices.formats import gmcr_text

    made = gmcr_text(read_case(source))
    write_whole(target, made.text)
    return made.lost


def _events(source: Path, target: Path, *, confidential: bool) -> tuple[str, ...]:
    from goodoffices.casefile import read_case
    from goodoffices.formats import events_text

    made = events_text(read_case(source), confidential=confidential)
    write_whole(target, made.text)
    return made.lost
