"""What a draft may have to do with a case: suggestions with reasons, for a person to judge.

Words in common say which issue a statement speaks of; its kind, beside that of a position of the
same side, says whether it may support or contradict it. Both are often wrong, and change nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from goodoffices.model import Case, Issue, Position
from goodoffices.model.record import StatementKind
from goodoffices.reading.drafts import Draft
from goodoffices.reading.spans import Span

Relation = Literal["speaks-of", "may-support", "may-contradict", "may-mean"]

_WORD = re.compile(r"[^\W_]{3,}")
_COMMON = frozenset({
    "the", "and", "for", "with", "from", "that", "this", "what", "which", "who", "whom", "when",
    "how", "not", "any", "all", "into", "than", "then", "they", "them", "their", "its", "his",
    "her", "our", "your", "will", "would", "must", "may", "can", "could", "should", "shall", "are",
    "was", "were", "been", "has", "have", "had", "does", "did", "out", "over", "under", "about",
    "after", "before", "there", "here", "such", "more", "most", "other", "one", "two", "many",
    "much", "long", "say", "says", "said",
})  # fmt: skip
_YES = frozenset({"demands", "offers", "accepts", "agrees", "proposes", "calls-for", "vows"})
_NO = frozenset({"refuses", "rejects", "denies"})
MOST = 3
"""How many issues are suggested at most: more would be no help."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something of the case that a draft may have to do with.

    Attributes:
        about: an issue, a position, or somebody who speaks.
        id: its name in the case.
        relation: what the draft may be to it.
        reason: why, in words.
    """

    about: Literal["issue", "position", "speaker"]
    id: str
    relation: Relation
    reason: str


def suggestions(case: Case, draft: Draft, text: str) -> tuple[Suggestion, ...]:
    """Return what a draft may have to do with a case, speakers first, then issues, then positions.

    >>> case = Case.model_validate({
    ...     "case": "Pay", "parties": {"crew": {"name": "Crew"}},
    ...     "issues": {"pay": {"question": "What pay rise?", "options": ["none", "five"]}},
    ...     "positions": [{"id": "c1", "party": "crew", "refuses": {"pay": "none"}}],
    ... })
    >>> draft = Draft(id="d", what="statement", paragraph=1, spans=((0, 25),), quote="x",
    ...               kind="refuses", by=("crew",))
    >>> [(one.id, one.relation) for one in suggestions(case, draft, "no talks on a rise of pay")]
    [('pay', 'speaks-of'), ('c1', 'may-support')]
    """
    found = list(_speakers(draft))
    if draft.what == "statement":
        issues = list(_issues(case, draft, text))
        found += issues
        found += _positions(case, draft, {one.id for one in issues})
    return tuple(found)


def words_in(text: str) -> frozenset[str]:
    """Return the words that a text is about, without the commonest, plural or not.

    >>> sorted(words_in("The guarantees that they demand"))
    ['demand', 'guarantee']
    """
    found = (match.group().lower() for match in _WORD.finditer(text))
    return frozenset(word.removesuffix("s") for word in found if word not in _COMMON)


def _speakers(draft: Draft) -> Iterator[Suggestion]:
    if draft.by_suggested:
        for id in draft.by:
            yield Suggestion("speaker", id, "may-mean", draft.by_reason)


def _issues(case: Case, draft: Draft, text: str) -> Iterator[Suggestion]:
    """The issues with which a draft has words in common, the rarest words counting most."""
    said = frozenset().union(*(words_in(Span(*span).of(text)) for span in draft.spans))
    # Names of those who take part stand in every sentence, and tell issues apart in none.
    names = _names(case)
    of_issue = {id: _vocabulary(id, issue) - names for id, issue in case.issues.items()}
    spread = Counter(word for words in of_issue.values() for word in words)
    scored = []
    for id, words in of_issue.items():
        shared = sorted(said & words)
        score = sum(1 / spread[word] for word in shared)
        if score >= 1:
            scored.append((-score, id, shared))
    for _, id, shared in sorted(scored)[:MOST]:
        yield Suggestion("issue", id, "speaks-of", f"words in common: {', '.join(shared)}")


def _names(case: Case) -> frozenset[str]:
    groups = (case.parties.values(), case.third_parties.values(), case.persons.values())
    entries = (one for group in groups for one in group)
    return words_in(" ".join(name for one in entries for name in (one.name, *one.aliases)))


def _vocabulary(id: str, issue: Issue) -> frozenset[str]:
    parts = [id.replace("-", " "), issue.question, issue.name or ""]
    for option, words in (issue.options or {}).items():
        parts += [option.replace("-", " "), words or ""]
    if issue.range is not None:
        parts.append(issue.range.unit or "")
    return words_in(" ".join(parts))


def _positions(case: Case, draft: Draft, issues: set[str]) -> Iterator[Suggestion]:
    """The positions of the side that speaks, on the issues that it may speak of."""
    sides = {case.side_of(id) for id in draft.by} - {None}
    for one in case.in_force:
        shared = sorted(one.issues & issues)
        if one.party in sides and shared:
            relation = _relation(draft.kind, one)
            reason = f"{one.party} {draft.kind}; the position {one.kind}, on {', '.join(shared)}"
            yield Suggestion("position", one.id, relation, reason)


def _relation(kind: StatementKind, position: Position) -> Relation:
    """What a statement of a kind may be to a position: told by both kinds alone."""
    if kind not in _YES | _NO:
        return "speaks-of"
    same = (kind in _NO) == (position.kind == "refuses")
    return "may-support" if same else "may-contradict"
