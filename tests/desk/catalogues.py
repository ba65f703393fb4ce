"""The catalogues of the desk's languages: renewed by `make locale`, and held to by the tests.

What pages say is extracted from templates and from `mark`; a catalogue keeps its translations and
loses what no page says any more. Nothing is guessed: a new message stands untranslated, and the
tests fail until somebody translates it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from goodoffices.desk.languages import ENGLISH, LANGUAGES, LOCALE

METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "mark": None}
NEVER = datetime(2025, 1, 1, tzinfo=UTC)
CODES = tuple(known.code for known in LANGUAGES if known != ENGLISH)


def messages() -> tuple[str, ...]:
    """Return every message of the pages, in the order of the files they stand in."""
    found = extract_from_dir(LOCALE.parent, METHODS, keywords=KEYWORDS)
    return tuple(dict.fromkeys(str(message) for _file, _line, message, _notes, _in in found))


def po_path(code: str) -> Path:
    """Return where the translations into a language stand."""
    return LOCALE / code / "LC_MESSAGES" / "desk.po"


def read(code: str) -> Catalog:
    """Return the translations into a language as they stand."""
    with po_path(code).open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def renewed(code: str) -> Catalog:
    """Return the catalogue of a language with exactly the messages that pages have now."""
    path = po_path(code)
    before = read(code) if path.exists() else Catalog(locale=code)
    catalogue = Catalog(locale=code, header_comment=f"# The desk in {code}.", fuzzy=False)
    for message in messages():
        known = before.get(message)
        catalogue.add(message, string=known.string if known else "")
    return catalogue


def po_bytes(catalogue: Catalog) -> bytes:
    """Return a catalogue as text, without the times and names that tools put there."""
    out = BytesIO()
    write_po(out, catalogue, omit_header=True, width=0, no_location=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nLanguage: {}\\n"\n\n'
    return head.format(catalogue.locale).encode() + out.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """Return a catalogue as gettext reads it."""
    plain = Catalog(
        locale=catalogue.locale, fuzzy=False, creation_date=NEVER, revision_date=NEVER
    )  # Times of the day would make two runs differ.
    for message in catalogue:
        if message.id:
            plain.add(message.id, string=message.string)
    out = BytesIO()
    write_mo(out, plain)
    return out.getvalue()


def renew() -> None:
    """Write the catalogues of every language anew."""
    for code in CODES:
        catalogue = renewed(code)
        path = po_path(code)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(po_bytes(catalogue))
        path.with_suffix(".mo").write_bytes(mo_bytes(catalogue))


if __name__ == "__main__":
    renew()
