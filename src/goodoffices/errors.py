"""The errors of Good Offices, drawn once.

```text
GoodOfficesError
├── CaseError        a case file with problems: all of them, in ``problems``
├── CallError        a call that cannot be carried out as it was made
│   └── NotFoundError    a name that the case does not know
├── HelperError      a helper that was asked and did not answer as it should
├── MissingExtraError    a part that needs an extra which is not installed
└── StoreError       the store of talks cannot do what was asked; what it holds is as it was
    ├── StoreUnavailableError   the database cannot be reached, is busy, or its disk is full
    ├── StoreVersionError       the store was made by an older or a newer program
    ├── TamperedError           what is stored is not what was written
    └── VoidRoundError          a sealed acceptance whose key is gone
```

Problems with a case file are values (`Problem`), collected and reported together; an exception
carries them only where a caller asked for a case and there is none to give.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong with a case file, and where.

    Attributes:
        file: name of the file as the user gave it.
        line: line in that file, counted from 1.
        path: place in the case, as ``$.positions[2].party``.
        expected: what should stand there, in words.
        found: what stands there, as written (shortened), or "" when nothing does.
        near: the nearest accepted word, or "" when none is near.

    >>> print(Problem("case.yaml", 14, "$.parties.ana", "a mapping", "x"))
    case.yaml:14: $.parties.ana: expected a mapping; found "x"
    """

    file: str
    line: int
    path: str
    expected: str
    found: str = ""
    near: str = ""

    def __str__(self) -> str:
        found = f'; found "{self.found}"' if self.found else ""
        near = f' (did you mean "{self.near}"?)' if self.near else ""
        return f"{self.file}:{self.line}: {self.path}: expected {self.expected}{found}{near}"


class GoodOfficesError(Exception):
    """Base of every error that Good Offices raises on purpose."""


class CaseError(GoodOfficesError):
    """A case file could not be read; ``problems`` holds every reason.

    >>> str(CaseError([Problem("case.yaml", 1, "$", "a mapping", "x")]))
    'case.yaml:1: $: expected a mapping; found "x"'
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class CallError(GoodOfficesError):
    """A command or function was called in a way that cannot be carried out.

    >>> str(CallError("a limit", expected="a number above 0", found="-1"))
    'a limit: expected a number above 0; found "-1"'
    """

    def __init__(self, what: str, *, expected: str, found: str = "") -> None:
        self.what = what
        self.expected = expected
        self.found = found
        tail = f'; found "{found}"' if found else ""
        super().__init__(f"{what}: expected {expected}{tail}")


class NotFoundError(CallError):
    """A name was asked for that the case does not hold."""


class HelperError(GoodOfficesError):
    """A helper that was asked for rows did not answer, or answered with something else.

    >>> str(HelperError("127.0.0.1:9", expected="an answer", found="nobody there"))
    'the helper 127.0.0.1:9: expected an answer; found "nobody there"'
    """

    def __init__(self, helper: str, *, expected: str, found: str = "") -> None:
        self.helper = helper
        self.expected = expected
        self.found = found
        tail = f'; found "{found}"' if found else ""
        super().__init__(f"the helper {helper}: expected {expected}{tail}")


class MissingExtraError(GoodOfficesError):
    """A part of Good Offices needs an extra that is not installed.

    >>> str(MissingExtraError("server"))
    'this needs the extra "server": pip install "goodoffices[server]"'
    """

    def __init__(self, extra: str) -> None:
        self.extra = extra
        super().__init__(f'this needs the extra "{extra}": pip install "goodoffices[{extra}]"')


class StoreError(GoodOfficesError):
    """The store of talks cannot do what was asked; what it holds is as it was.

    >>> str(StoreError("the key file", expected="mode 0600", found="0644"))
    'the key file: expected mode 0600; found "0644"'
    """

    def __init__(self, what: str, *, expected: str, found: str = "") -> None:
        self.what = what
        self.expected = expected
        self.found = found
        tail = f'; found "{found}"' if found else ""
        super().__init__(f"{what}: expected {expected}{tail}")


class StoreUnavailableError(StoreError):
    """The database cannot be reached, is busy, or has no room; nothing of the act was kept."""


class StoreVersionError(StoreError):
    """The store was made by an older program, and waits for an upgrade, or by a newer one."""


class TamperedError(StoreError):
    """What is stored is not what was written: it was changed, dropped, added or moved."""


class VoidRoundError(StoreError):
    """A sealed acceptance can no longer be answered, as its key is gone."""
