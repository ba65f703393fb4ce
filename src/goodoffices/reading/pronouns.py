"""Who is meant by a speaker that the text does not name where they speak: drafts of an answer.

The nearest fitting speaker named before is right in some two cases of three, so that what is
found here is a suggestion, with its reason, and never more.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from goodoffices.reading.attributions import Attribution
from goodoffices.reading.clauses import Grammar, Range
from goodoffices.reading.result import Speaker, Statement
from goodoffices.reading.spans import Span
from goodoffices.reading.speakers import Match, Roster, sort_of, worded
from goodoffices.reading.text import Block

_REACH = 4
"""How many paragraphs back a pronoun may refer."""
_MANY = 12
"""How many speakers, and how many subjects, are thought of at most."""

_Spoke = tuple[int, Speaker | None]
"""The paragraph of a statement, and its speaker."""


class Voices:
    """Names the speakers of one text."""

    def __init__(self, text: str, grammar: Grammar, roster: Roster) -> None:
        self.text = text
        self.grammar = grammar
        self.words = grammar.words
        self.roster = roster
        self._known: dict[int, list[Span]] = {}

    def speaker(self, one: Attribution) -> Speaker | None:
        """Return the speaker of an attribution, as its own sentence names them."""
        items = one.sentence.items

        def span(part: Range) -> Span:
            end = part[1]
            while end > part[0] + 1 and items[end - 1].word in {",", "-", "—", "–", "("}:
                end -= 1
            return Span(items[part[0]].start, items[end - 1].end)

        if one.source is not None:
            meant = span(one.implied) if one.implied and one.relative else None
            return Speaker(
                span(one.source), "pronoun" if one.relative else "unnamed", stands_for=meant
            )
        if one.implied is not None:
            return Speaker(span(one.implied), "unnamed", implied=True)
        return None

    def identified(
        self, found: Sequence[Statement], holders: Sequence[int | None], row: Sequence[Block]
    ) -> list[Speaker | None]:
        """Return the speakers of statements sorted, matched and stood for.

        ``holders`` are the numbers of the statements within which each stands, or None.
        """
        known: set[str] = set()
        done: list[Speaker | None] = []
        near: deque[_Spoke] = deque(maxlen=_MANY)
        for one in found:
            speaker = one.speaker
            if speaker is not None:
                speaker = self._sorted(speaker, known)
                if self._is_third(speaker):
                    speaker = self._stood_for(speaker, one, near, row)
                if speaker.sort == "person":
                    known.update(worded(speaker.span.of(self.text).split(",")[0])[-1:])
                speaker = self._described(self._matched(speaker), one, near)
            done.append(speaker)
            near.append((one.paragraph, speaker))
        for number, holder in enumerate(holders):
            if holder is not None:
                done[number] = self._in_first_person(done[number], done[holder])
        return done

    def _described(self, speaker: Speaker, one: Statement, near: Sequence[_Spoke]) -> Speaker:
        """Suggest whom "the group" stands for: the nearest body of the case that spoke before."""
        if speaker.ids or not self.roster.names:
            return speaker
        row = worded(speaker.span.of(self.text))
        if len(row) != 1 or row[0] not in self.words.words("organisation"):
            return speaker
        for paragraph, other in reversed(near):
            if paragraph >= one.paragraph - _REACH and other is not None and self._is_body(other):
                meant = other.stands_for or other.span
                reason = "the nearest body named before that spoke"
                return replace(_suggest(speaker, meant, reason), ids=other.ids)
        return speaker

    def _is_body(self, speaker: Speaker) -> bool:
        """Whether a speaker is one of the case and no person."""
        return len(speaker.ids) == 1 and not set(speaker.ids) & self.roster.persons

    def _is_third(self, speaker: Speaker) -> bool:
        """Whether a speaker is a pronoun that stands for somebody named before."""
        if speaker.sort != "pronoun" or speaker.stands_for is not None:
            return False
        return speaker.span.of(self.text).lower() not in self.words.words("first")

    def _in_first_person(self, speaker: Speaker | None, outer: Speaker | None) -> Speaker | None:
        """Let "I" within what somebody says stand for that speaker."""
        if speaker is None or outer is None:
            return speaker
        if speaker.span.of(self.text).lower() not in self.words.words("first"):
            return speaker
        reason = "speaks in the first person within what is said"
        return self._matched(_suggest(speaker, outer.stands_for or outer.span, reason))

    def _sorted(self, speaker: Speaker, known: set[str]) -> Speaker:
        sort = sort_of(speaker.span.of(self.text), self.words, frozenset(known))
        if speaker.sort == "pronoun":
            return replace(speaker, reason="the words before the pronoun")
        return speaker if sort == speaker.sort else replace(speaker, sort=sort)

    def _matched(self, speaker: Speaker) -> Speaker:
        """Match a speaker, or what a pronoun stands for, to the case."""
        named = speaker.stands_for or speaker.span
        if speaker.sort == "pronoun" and speaker.stands_for is None:
            return speaker
        match = self.roster.match(named.of(self.text))
        if match is None:
            return speaker
        sort = speaker.sort
        if sort != "pronoun" and match.ids[0] in self.roster.persons and sort != "role":
            sort = "person"
        return replace(
            speaker,
            sort=sort,
            ids=match.ids,
            suggested=speaker.suggested or match.suggested,
            reason=_reasons(speaker, match),
        )

    def _stood_for(
        self, speaker: Speaker, one: Statement, near: Sequence[_Spoke], row: Sequence[Block]
    ) -> Speaker:
        """Suggest whom a pronoun stands for."""
        word = speaker.span.of(self.text).lower()
        persons = word in self.words.words("singular-person")
        for candidate in self._before(one, near, row):
            sort = sort_of(candidate.of(self.text), self.words)
            if sort == "pronoun" or (persons and sort not in {"person", "role"}):
                continue
            if not persons and sort in {"person", "role"} and word == "it":
                continue
            return _suggest(speaker, candidate, "the nearest named before that fits")
        return speaker

    def _before(
        self, one: Statement, spoken: Sequence[_Spoke], row: Sequence[Block]
    ) -> Iterator[Span]:
        """Speakers and subjects before a statement's own sentence, the nearest first."""
        limit = one.speaker.span.start if one.speaker else one.cue.start
        named = [
            other.span
            for paragraph, other in spoken
            if other is not None and other.span.end <= limit and paragraph >= one.paragraph - _REACH
        ]
        first = bisect_left(row, one.paragraph - _REACH, key=lambda block: block.paragraph)
        last = bisect_right(row, one.paragraph, key=lambda block: block.paragraph)
        left = _MANY
        for number in range(last - 1, first - 1, -1):
            subjects = [span for span in self._subjects(row, number) if span.end <= limit]
            near = subjects[max(0, len(subjects) - left) :]
            left -= len(near)
            after = row[number].span.start
            near += [span for span in named if span.start >= after]
            named = [span for span in named if span.start < after]
            yield from sorted(set(near), key=lambda span: (-span.start, -span.end))
        yield from sorted(set(named), key=lambda span: (-span.start, -span.end))

    def _subjects(self, row: Sequence[Block], number: int) -> list[Span]:
        """The subjects with which the sentences of a block begin, where they are names."""
        if number not in self._known:
            self._known[number] = list(self._of_block(row[number]))
        return self._known[number]

    def _of_block(self, block: Block) -> Iterator[Span]:
        for sentence in block.sentences:
            items = sentence.items
            if sentence.inside != -1:
                continue
            part = self.grammar.of(sentence).first_subject(min(len(items), 20))
            if part is not None and any(items[place].capital and place for place in range(*part)):
                yield Span(items[part[0]].start, items[part[1] - 1].end)


def _suggest(speaker: Speaker, meant: Span, reason: str) -> Speaker:
    return replace(speaker, stands_for=meant, suggested=True, reason=reason)


def _reasons(speaker: Speaker, match: Match) -> str:
    return "; ".join(reason for reason in (speaker.reason, match.reason) if reason)
