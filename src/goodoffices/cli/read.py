"""``goodoffices read``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goodoffices.cli.read_files import Asked, FileRead, asked, read_files
from goodoffices.cli.read_store import DraftStore
from goodoffices.cli.running import console, option, print_json, write_whole
from goodoffices.errors import CallError, HelperError, NotFoundError, Problem
from goodoffices.model import Case
from goodoffices.model.dates import PartialDate
from goodoffices.reading import Reading, guess_language, hidden_in, languages, read_statements
from goodoffices.reading.documents import Document, stated_language
from goodoffices.reading.drafts import Drafts, drafts_of
from goodoffices.reading.result import plain

if TYPE_CHECKING:
    from goodoffices.cli.read_helper import Helper
    from goodoffices.reading.helper_rows import Helped


@dataclass(frozen=True)
class Read:
    """A document that was read: itself, what was found, and the drafts of that."""

    document: Document
    reading: Reading
    drafts: Drafts
    helped: Helped | None = None

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        reading = self.reading
        return {
            "key": self.drafts.key,
            "document": self.document.to_data(),
            "language": reading.language,
            "published": plain(reading.published),
            "drafts": self.drafts.to_json().get("drafts", []),
            "dates": plain(reading.dates),
            "own-voice": plain(reading.own_voice),
            "credits": plain(reading.credits),
            "helper": _helper_data(self.helped),
        }


def _helper_data(made: Helped | None) -> dict[str, Any] | None:
    """What a helper proposed, and which rows were refused; null when none was asked."""
    if made is None:
        return None
    passed = len(made.gate.statements)
    refused = [{"row": one.number, "reason": one.reason, "words": one.words}
               for one in made.gate.refused]  # fmt: skip
    return {"rows": passed + len(refused), "known": made.known, "refused": refused}


def run(options: Mapping[str, object]) -> int:
    """Read documents and print what was found; 1 when one of them could not be read."""
    if options["review"]:
        if options["documents"] or options["into"]:
            raise CallError("--review", expected="no documents to read beside it")
        from goodoffices.cli.read_review import review

        return review(options)
    if not options["documents"]:
        raise CallError("goodoffices read", expected="documents to read")
    _keep_apart(options)
    how = _Told.of(options, _case(options))
    files = _asked(options)
    store = DraftStore(Path(str(options["into"]))) if options["into"] else None
    work = _Work(options, how, _helper(options, files), store)
    try:
        for file in read_files(_texts(options, "documents"), files):
            work.file(file)
    except KeyboardInterrupt:
        if store is None:
            raise
        print(f"stopped; drafts of {work.documents} documents were written", file=sys.stderr)
        return 130
    return work.end()


@dataclass
class _Work:
    """One call while its files are read: what was found, as far as it is still needed."""

    options: Mapping[str, object]
    how: _Told
    helper: Helper | None
    store: DraftStore | None
    found: list[Read] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    documents: int = 0
    unread: int = 0
    silent: int = 0

    def file(self, file: FileRead) -> None:
        """Read the statements of a file, and print what people are to see of it."""
        for problem in file.read.problems:
            self._problem(problem)
        read = 0
        for document in file.read.documents:
            one = read_one(file, document, self.how)
            if isinstance(one, Problem):
                self._problem(one)
                continue
            read += 1
            self._document(one, file.content)
        self.unread += read < max(1, len(file.read.documents))

    def _problem(self, problem: Problem) -> None:
        print(problem, file=sys.stderr)
        self.problems.append(problem)

    def _document(self, one: Read, content: bytes) -> None:
        if self.helper is not None:
            try:
                one = _helped(one, self.helper, self.how)
            except HelperError as error:
                print(f"{one.document.name}: {error}", file=sys.stderr)
                self.silent += 1
        if self.store is not None:
            one = _put(self.store, one, content)
        self.documents += 1
        if self.options["json"] or self.options["html"]:
            self.found.append(one)
        if not self.options["json"]:
            from goodoffices.brief import drafts_terminal

            drafts_terminal(one.drafts, console())

    def end(self) -> int:
        """Print what is printed at the end, and return the exit status."""
        if self.options["json"]:
            problems = [
                {name: getattr(one, name) for name in one.__slots__} for one in self.problems
            ]
            print_json({"documents": [one.to_data() for one in self.found], "problems": problems})
        if self.options["html"]:
            from goodoffices.brief import reading_html

            page = Path(str(self.options["html"]))
            write_whole(page, reading_html([(one.drafts, one.document.text) for one in self.found]))
            print(f"wrote {page}", file=sys.stderr)
        if self.unread:
            print(f"{self.unread} of the files could not be read", file=sys.stderr)
        return 1 if self.unread or self.silent else 0


def _keep_apart(options: Mapping[str, object]) -> None:
    """Refuse to write the page over a document, or into what belongs to a case.

    Raises:
        CallError: the page would take the place of one of them.
    """
    if not options["html"]:
        return
    page = Path(str(options["html"])).resolve()
    kept = [Path(one).resolve() for one in _texts(options, "documents")]
    if options["into"]:
        case = Path(str(options["into"])).resolve()
        folder = case if case.is_dir() else case.parent
        kept += [folder / name for name in ("case.yaml", "case.json", "drafts", "documents")]
        kept += [case] if case != folder else []
    # In a folder of documents a page of its own is welcome; a file that is there already is not.
    if any(page == one or (one in page.parents and page.exists()) for one in kept):
        words = "a file that is none of the documents and no part of a case"
        raise CallError(f"the file {options['html']}", expected=words)


def _helper(options: Mapping[str, object], files: Asked) -> Helper | None:
    """The helper that was asked for; nothing that connects is imported without one."""
    if not any(options[name] for name in ("helper", "model", "key_file", "yes")):
        return None
    from goodoffices.cli.read_helper import asked_helper

    return asked_helper(options, files.own)


def _helped(one: Read, helper: Helper, how: _Told) -> Read:
    """Add what the text holds of what a helper proposes."""
    from goodoffices.cli.read_helper import helped

    made = helped(helper, one.document, one.reading, how.case)
    if made is None:
        return one
    again = drafts_of(one.document, made.reading, one.drafts.document.problems)
    drafts = again.model_copy(update={"document": one.drafts.document})
    return replace(one, reading=made.reading, drafts=drafts, helped=made)


def _case(options: Mapping[str, object]) -> Case | None:
    """The case whose names are looked for; none without one."""
    if not options["into"]:
        return None
    from goodoffices.casefile import read_case

    return read_case(str(options["into"]))


def _put(store: DraftStore, one: Read, content: bytes) -> Read:
    """Put drafts beside the case, and return them with what was decided before."""
    drafts, new = store.add(one.drafts, one.document, content)
    decided = len(drafts.decided())
    more = f", a newer version of {drafts.earlier.key}" if drafts.earlier else ""
    print(
        f"{one.document.name}: {new} new drafts, {len(drafts.drafts)} in all, {decided} decided, "
        f"in {store.folder / drafts.key}.json{more}",
        file=sys.stderr,
    )
    return replace(one, drafts=drafts)


def _texts(options: Mapping[str, object], name: str) -> list[str]:
    return [str(one) for one in option(options, name, list)]


def _asked(options: Mapping[str, object]) -> Asked:
    encoding = options["encoding"]
    return asked(_texts(options, "limit"), None if encoding is None else str(encoding))


@dataclass(frozen=True)
class _Told:
    """What the caller says of the documents, before what they say of themselves."""

    language: str | None
    published: PartialDate | None
    publisher: str | None
    case: Case | None = None

    @classmethod
    def of(cls, options: Mapping[str, object], case: Case | None = None) -> _Told:
        """Read the options.

        Raises:
            CallError: the day is none, or no rules are known for the language.
        """
        language, published, publisher = (
            None if options[name] is None else str(options[name])
            for name in ("language", "published", "publisher")
        )
        if language is not None and language not in languages():
            known = "one of " + ", ".join(languages())
            raise NotFoundError("--language", expected=known, found=language)
        try:
            day = PartialDate.parse(published) if published else None
        except ValueError as error:
            raise CallError("--published", expected=str(error), found=published or "") from None
        return cls(language, day, publisher, case)

    def day(self, document: Document) -> date | None:
        """The day against which dates are resolved: one day, or none."""
        if self.published is None:
            return document.published
        return self.published.first if self.published.first == self.published.last else None


def read_one(file: FileRead, document: Document, how: _Told) -> Read | Problem:
    """Read the statements of a document; a problem when no rules are known for its language."""
    language, notes = _language(document, how)
    if language not in languages():
        expected = (
            f"a document in one of the languages {', '.join(languages())} "
            "(--language CODE overrules what it says)"
        )
        return Problem(document.name, 1, "$", expected, language)
    day = how.day(document)
    reading = read_statements(document.text, language=language, case=how.case, published=day)
    notes += [*_hidden(document), *(str(problem) for problem in file.read.problems)]
    drafts = drafts_of(document, reading, notes)
    kept = drafts.document.model_copy(
        update={"publisher": how.publisher or document.publisher, "published": _day(how, day)}
    )
    return Read(document, reading, drafts.model_copy(update={"document": kept}))


def _day(how: _Told, day: date | None) -> PartialDate | None:
    return how.published or (PartialDate.of_day(day) if day else None)


def _hidden(document: Document) -> Iterator[str]:
    """A note of invisible characters, which can make a text look as if it said something else."""
    found = hidden_in(document.text)
    if found:
        number = ord(found[0].of(document.text))
        where = f"the first U+{number:04X} at character {found[0].start}"
        yield f"{document.name}: characters that do not show: {len(found)}, {where}"


def _language(document: Document, how: _Told) -> tuple[str, list[str]]:
    """The language that is given, that the document states, or that of the case, or English.

    Letters of a script that no such language is written in overrule the last two, with a note.
    """
    stated = how.language or stated_language(document.language)
    if stated is not None:
        return stated.split("-")[0].lower(), []
    usual = (how.case.language if how.case else "en").split("-")[0].lower()
    guess = guess_language(document.text)
    if usual in guess.candidates or guess.reason == "no letters":
        return usual, []
    if guess.language is None:
        return f"not stated; {guess.reason}", []
    note = f"the language is guessed to be {guess.language}, as {guess.reason}"
    return guess.language, [f"{document.name}: {note}; --language CODE says it for certain"]
