"""``goodoffices read --review``: a person goes through drafts, one line after another.

Every decision is written as it is made: first the case, checked and as a whole, then the decision.
What stops in between loses neither: the same decision made again finds its statement in the case.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from goodoffices.brief.phrases import date_words, shown
from goodoffices.brief.reading_words import act, details, quantity, who
from goodoffices.casefile import case_text, check_text, read_document, read_text, write_case
from goodoffices.cli.read_lines import HELP, Line, read_line
from goodoffices.cli.read_store import DraftStore, write_bytes
from goodoffices.errors import CallError, CaseError
from goodoffices.model import Case
from goodoffices.model.dates import PartialDate
from goodoffices.reading.drafts import Decision, Draft, Drafts
from goodoffices.reading.keeping import Choice, Source, keep, statement_ids, undone
from goodoffices.reading.spans import Span
from goodoffices.reading.suggestions import Suggestion, suggestions
from goodoffices.reading.text import paragraph_spans

_RELATIONS = {
    "speaks-of": "may speak of", "may-support": "may support", "may-contradict": "may contradict",
    "may-mean": "may be",
}  # fmt: skip
MOST_CONTEXT = 1_200
"""The longest paragraph that is shown whole, in characters."""


def review(options: Mapping[str, object]) -> int:
    """Walk through the drafts beside a case."""
    case = Path(str(options["review"]))
    by, on = options["by"], options["on"]
    if not by:
        raise CallError("--review", expected="--by NAME, who decides")
    try:
        day = str(PartialDate.parse(str(on))) if on else date.today().isoformat()
    except ValueError as error:
        raise CallError("--on", expected=str(error), found=str(on)) from None
    walk = Walk(case, str(by), day)
    try:
        return walk.run()
    except KeyboardInterrupt:
        walk.say("")
        walk.end("stopped")
        return 130


@dataclass
class Walk:
    """One walk through the drafts beside a case."""

    path: Path
    by: str
    on: str
    made: list[tuple[str, str]] = field(default_factory=list)
    passed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.store = DraftStore(self.path)
        self.asks = sys.stdin.isatty()

    def say(self, words: str = "") -> None:
        """Print a line, without marks that turn or hide it."""
        print(shown(words) if words else "", flush=True)

    def run(self) -> int:
        """Show what is undecided, and do what is asked, to the end or until told to stop."""
        self._case()
        keys = [drafts.key for drafts in self.store.all()]
        if not keys:
            raise CallError(
                f"the case {self.path}", expected="drafts beside it: goodoffices read DOC --into it"
            )
        while (found := self._next(keys)) is not None:
            if not self._about(*found):
                self.end("stopped")
                return 0
        self.end("at the end")
        return 0

    def end(self, words: str) -> None:
        """Say what was decided and what is left."""
        left = sum(1 for drafts in self.store.all() for _ in _undecided(drafts, set()))
        self.say(f"{words[0].upper()}{words[1:]}: {len(self.made)} decisions made, {left} left.")

    def _next(self, keys: list[str]) -> tuple[Drafts, Draft] | None:
        for key in keys:
            drafts = self.store.get(key)
            for draft in _undecided(drafts, self.passed):
                return drafts, draft
        return None

    def _about(self, drafts: Drafts, draft: Draft) -> bool:
        """Show one draft until something was decided of it; False to stop."""
        text = self.store.text(drafts)
        case = self._case()
        self._show(drafts, draft, text, suggestions(case, draft, text))
        while True:
            typed = self._typed()
            if typed is None:
                return False
            if not typed.strip() or typed.lstrip().startswith("#"):
                continue
            try:
                line = read_line(typed, draft)
                if line.verb == "quit":
                    return False
                if line.verb == "help":
                    self.say(HELP)
                    continue
                self._do(line, drafts, draft, text)
            except CaseError as error:
                self.say(f"Not done, the case would have problems:\n{error}")
            except CallError as error:
                self.say(f"Not done: {error}")
            else:
                return True

    def _typed(self) -> str | None:
        if self.asks:
            print("> ", end="", flush=True)
        line = sys.stdin.readline()
        return line if line else None

    def _do(self, line: Line, drafts: Drafts, draft: Draft, text: str) -> None:
        if line.verb == "skip":
            self.passed.add(draft.id)
            self.say("Left for later.")
        elif line.verb == "undo":
            self._undo(drafts)
        elif line.verb == "drop":
            made = Decision(
                draft=draft.id, decision="drop", by=self.by, on=self.on, reason=line.reason
            )
            self._record(drafts.key, made)
            self.say("Dropped.")
        else:
            self._keep(line.choice, drafts, draft, text)

    def _case(self) -> Case:
        """The case as it is now.

        Raises:
            CaseError: it has problems.
        """
        reading = read_document(self.path)
        if reading.case is None:
            raise CaseError(reading.problems)
        return reading.case

    @property
    def file(self) -> Path:
        """The case file."""
        if not self.path.is_dir():
            return self.path
        return next(
            one for one in (self.path / "case.yaml", self.path / "case.json") if one.exists()
        )

    def _keep(self, choice: Choice, drafts: Drafts, draft: Draft, text: str) -> None:
        """Put a draft into the case, which is checked before it is written."""
        reading = read_document(self.path)
        if reading.case is None:
            raise CaseError(reading.problems)
        # What was decided in another window since is not overwritten.
        drafts = self.store.get(drafts.key)
        kept_before = {id: statement_ids(one.added) for id, one in drafts.decided().items()}
        source = Source(
            drafts.document,
            text,
            reading.texts,
            kept_before,
            {one.id: one for one in drafts.drafts},
        )
        kept = keep(reading.case, source, draft, choice)
        self._check_words(kept.case, kept.document, text)
        self._write(kept.case, new=kept.added.get("documents", ()), text=text)
        made = Decision(
            draft=draft.id, decision="correct" if choice.changes else "keep", by=self.by,
            on=self.on, changes=dict(choice.changes), added=dict(kept.added),
        )  # fmt: skip
        self._record(drafts.key, made)
        parts = [f"{section} {', '.join(ids)}" for section, ids in sorted(kept.added.items())]
        self.say(f"Kept: {'; '.join(parts) or 'the case had it already'}.")

    def _check_words(self, case: Case, document: str, text: str) -> None:
        """Hold a document of which the case has the digest alone against its text.

        Raises:
            CaseError: the case says something of it that is not there.
        """
        if case.documents[document].text is None:
            problems = check_text(case, document, text.encode("utf-8"))
            if problems:
                raise CaseError(problems)

    def _write(self, case: Case, *, new: tuple[str, ...] = (), text: str = "") -> None:
        """Write the case, and the text of a new document first; the case is checked with it."""
        folder = self.file.parent
        written: list[Path] = []
        try:
            for id in new:
                name = case.documents[id].text
                file = folder / str(name)
                if file.exists() and file.read_bytes() != text.encode("utf-8"):
                    raise CallError(f"the file {file}", expected="a name that is free")
                if write_bytes(file, text.encode("utf-8")):
                    written.append(file)
            whole = case_text(case)
            checked = read_text(whole, f"{self.file.name} (as it would be)", folder=folder)
            if checked.case is None:
                raise CaseError(checked.problems)
            write_case(case, self.file)
        except (CallError, CaseError):
            for file in written:
                file.unlink(missing_ok=True)
            raise

    def _record(self, key: str, decision: Decision) -> None:
        self.store.put(self.store.get(key).with_decision(decision))
        self.made.append((key, decision.draft))

    def _undo(self, drafts: Drafts) -> None:
        """Take the last decision back: of this walk, or else of this document."""
        key, id = self.made[-1] if self.made else self._last(drafts)
        decided = self.store.get(key).decided()
        if id not in decided:
            raise CallError("undo", expected="a decision to take back")
        last = decided[id]
        if last.added:
            self._write(undone(self._case(), last.added))
        back = Decision(draft=id, decision="undo", by=self.by, on=self.on)
        self.store.put(self.store.get(key).with_decision(back))
        if self.made:
            self.made.pop()
        self.passed.discard(id)
        self.say(f"Taken back: {last.decision}.")

    def _last(self, drafts: Drafts) -> tuple[str, str]:
        decided = drafts.decided()
        standing = [one.draft for one in drafts.decisions if one.draft in decided]
        if not standing:
            raise CallError("undo", expected="a decision to take back; there is none yet")
        return drafts.key, standing[-1]

    def _show(
        self, drafts: Drafts, draft: Draft, text: str, found: tuple[Suggestion, ...]
    ) -> None:  # fmt: skip
        about = drafts.document
        place = [one.id for one in drafts.drafts].index(draft.id) + 1
        day = f", {date_words(about.published)}" if about.published else ""
        self.say()
        self.say(f"{about.title or about.name}{day}")
        if drafts.earlier:
            self.say(
                f"A newer version of a document read before ({drafts.earlier.key}): "
                f"{drafts.earlier.reason}."
            )
        self.say(
            f"Draft {place} of {len(drafts.drafts)}, {draft.what}, paragraph {draft.paragraph}"
        )
        self.say(f"Text: {context(text, draft)}")
        if draft.what == "figure":
            self.say(f"Figure: {quantity(draft)}")
        else:
            self.say(f"Statement: {who(draft)} {act(draft)}: “{draft.quote}”")
        for remark in details(draft):
            self.say(f"Remark: {remark}")
        for one in found:
            self.say(f"Suggestion: {_RELATIONS[one.relation]} {one.about} {one.id} ({one.reason})")
        if self.asks:
            self.say("keep, take, drop, link, answer, position, skip, undo, quit or help?")


def _undecided(drafts: Drafts, passed: set[str]) -> Iterator[Draft]:
    decided = drafts.decided()
    for draft in drafts.drafts:
        if draft.id not in decided and draft.id not in passed:
            yield draft


def context(text: str, draft: Draft) -> str:
    """Return the paragraph of a draft on one line, or what is around its words in a long one."""
    spans = paragraph_spans(text)
    whole = spans[draft.paragraph - 1] if draft.paragraph <= len(spans) else Span(0, len(text))
    if whole.end - whole.start > MOST_CONTEXT:
        start = max(whole.start, draft.extent.start - MOST_CONTEXT // 2)
        cut = Span(start, min(whole.end, start + MOST_CONTEXT))
        return f"… {' '.join(cut.of(text).split())} …"
    return " ".join(whole.of(text).split())
