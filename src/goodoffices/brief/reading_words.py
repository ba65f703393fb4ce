"""Drafts of a document in words: the same on a terminal, on a page and in a review."""

from __future__ import annotations

from goodoffices.brief.phrases import BOUND_WORDS, date_words
from goodoffices.model import number_text
from goodoffices.reading.drafts import Draft, DraftDocument


def who(draft: Draft) -> str:
    """Return who is said to speak: the words of the text, and whom of the case they mean."""
    named = draft.speaker or "nobody named"
    if not draft.by:
        return named
    return f"{named} [{', '.join(draft.by)}{'?' if draft.by_suggested else ''}]"


def act(draft: Draft) -> str:
    """Return what a statement does, with how what is said is put: "refuses (future)"."""
    moods = f" ({', '.join(draft.mood)})" if draft.mood else ""
    return draft.kind.replace("-", " ") + moods


def quantity(draft: Draft) -> str:
    """Return a figure with its bound and unit.

    >>> one = Draft(id="x", what="figure", paragraph=1, spans=((0, 2),), quote="40",
    ...             value="40", bound="about", unit="percent")
    >>> quantity(one)
    'about 40 percent'
    """
    if draft.value is None:
        return draft.quote
    value = _grouped(number_text(draft.value))
    if draft.high is not None:
        value = f"{value} to {_grouped(number_text(draft.high))}"
    bound = BOUND_WORDS.get(draft.bound, "")
    return f"{bound}{value} {draft.unit}".strip()


def _grouped(number: str) -> str:
    whole, point, rest = number.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.lstrip("-").isdigit() else number


def details(draft: Draft) -> list[str]:
    """Return what else is known of a draft, a remark each."""
    found = []
    if draft.what == "figure":
        if draft.counted:
            found.append(f"of: {draft.counted}")
        if draft.figure_kind != "claimed":
            found.append(draft.figure_kind)
        days = (("as of", draft.as_of), ("since", draft.since), ("by", draft.target))
        found += [f"{word} {date_words(day)}" for word, day in days if day]
    else:
        if draft.channel:
            found.append(draft.channel)
        if draft.date:
            found.append(date_words(draft.date))
        if draft.by_suggested or (draft.by_reason and not draft.certain_by):
            found.append(f"suggested: {draft.by_reason}")
    if draft.found_by == "helper":
        found.append("proposed by the helper, found in the text")
    return found


def about(document: DraftDocument) -> str:
    """Return what a document says of itself, on one line."""
    parts = [document.publisher or "", document.author or ""]
    parts.append(date_words(document.published) if document.published else "no day stated")
    parts += [f"language {document.language}", f"SHA-256 {document.sha256[:16]}…"]
    return ", ".join(part for part in parts if part)
