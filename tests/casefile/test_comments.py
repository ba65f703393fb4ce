"""Comments stay with what they speak of, move along with it, and are never dropped."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from goodoffices.casefile import Comments, case_text, read_comments, read_text
from goodoffices.casefile.comments import item_place
from goodoffices.casefile.yaml_nodes import PythonLoader
from goodoffices.model import Case

TEXT = """\
# Head of the file,
# in two lines.

# A second block.
case: Talks  # what we call them

# The sides.
parties:   # both of them
  # Ana first.
  ana: {name: Ana}  # speaks for herself
  ben:
    name: Ben # not "Benjamin # the elder"
    # Nothing more is known of Ben.

issues:
  window:  # in the kitchen
    question: >-  # as they put it
      Is it open? # no comment
    options: [open,  # they say "up"
      # or the other thing
      shut
      # and nothing else
      ]
  # Another issue may come.

positions:
  # Ana's.
  - {id: a1, party: ana, requires: {window: open}}  # said twice
  -
    # Ben's.
    id: b1  # the first of his
    party: ben
    firmness: firm  # by his own account
    refuses: {window: open}
    # What comes next is unclear.
# The end,
# really.
"""


def rewritten(text: str, **changes: Any) -> str:
    case = read_text(text, "case.yaml").case
    assert case is not None
    return case_text(case.model_copy(update=changes), read_comments(text))


def test_comments_in_their_places() -> None:
    lines = rewritten(TEXT).splitlines()
    assert lines[:10] == [
        *TEXT.splitlines()[:6],
        "# The sides.",
        "parties:  # both of them",
        "  # Ana first.",
        "  ana: {name: Ana}  # speaks for herself",
    ]
    assert lines[10:] == [
        "  ben:",
        '    name: Ben  # not "Benjamin # the elder"',
        "    # Nothing more is known of Ben.",
        "",
        "issues:",
        "  window:  # in the kitchen",
        "    question: 'Is it open? # no comment'  # as they put it",
        '    options:  # they say "up"',
        "      - open",
        "      # or the other thing",
        "      - shut",
        "      # and nothing else",
        "  # Another issue may come.",
        "",
        "positions:",
        "  # Ana's.",
        "  - {id: a1, party: ana, requires: {window: open}}  # said twice",
        "  # Ben's.",
        "  # by his own account",
        "  - id: b1  # the first of his",
        "    party: ben",
        "    refuses: {window: open}",
        "    # What comes next is unclear.",
        "",
        "# The end,",
        "# really.",
    ]


def test_rewriting_again_changes_nothing() -> None:
    once = rewritten(TEXT)
    assert rewritten(once) == once


@pytest.mark.parametrize("loader", [PythonLoader, yaml.SafeLoader])
def test_both_parsers_find_the_same_comments(loader: Any) -> None:
    text = TEXT.replace("open?", "open")
    assert read_comments(text, loader) == read_comments(text)


def test_comments_move_along_with_their_entry() -> None:
    case = read_text(TEXT, "case.yaml").case
    assert case is not None
    lines = rewritten(TEXT, positions=tuple(reversed(case.positions))).splitlines()
    at = lines.index("  - {id: a1, party: ana, requires: {window: open}}  # said twice")
    assert lines[at - 1] == "  # Ana's."
    assert lines.index("  - id: b1  # the first of his") < at


def test_comments_of_what_is_gone_stay_in_the_entry_or_at_the_end() -> None:
    case = read_text(TEXT, "case.yaml").case
    assert case is not None
    text = rewritten(TEXT, positions=(), issues={})
    tail = text.split("ben:", 1)[1]
    for said in ("# said twice", "# Ben's.", "# or the other thing", "# as they put it"):
        assert said in tail.split("\n\n", 1)[1]
    assert text.endswith("# The end,\n# really.\n")
    assert rewritten(text) == text


def test_no_comment_is_ever_lost() -> None:
    case = read_text(TEXT, "case.yaml").case
    assert case is not None
    bare = Case.model_validate({"case": "Other", "parties": {"x": {"name": "X"}}})
    text = case_text(bare, read_comments(TEXT))
    for line in TEXT.splitlines():
        if "#" in line and "no comment" not in line:
            assert "#" + line.partition("#")[2] in text


def test_what_looks_like_a_comment_but_is_none() -> None:
    text = 'case: "a # b"\nsummary: a#b\nnote: |\n  # text\n  more # text\n'
    text += "parties: {a: {name: '# x'}}\n"
    assert read_comments(text) == Comments()


def test_comments_beside_what_closes() -> None:
    text = "case: Talks\nparties: {a: {name: A},\n  b: {name: B}\n  }  # closed\n"
    assert read_comments(text).beside == {("parties",): ("# closed",)}
    wrapped = 'case: "one\n  two"  # wrapped\nparties: {a: {name: A}}\n'
    assert read_comments(wrapped).beside == {("case",): ("# wrapped",)}


def test_two_comments_beside_one_place() -> None:
    text = "case: Talks\nparties: {a: {name: A},  # one\n  b: {name: B}}  # two\n"
    assert "parties:  # one # two\n" in rewritten(text)


def test_comments_around_a_document() -> None:
    text = "%YAML 1.2\n# above\n---  # start\ncase: Talks\nparties: {a: {name: A}}\n...\n# after\n"
    comments = read_comments(text)
    assert comments.before == {("case",): ("# above", "# start")}
    assert comments.end == ("# after",)


def test_a_text_of_comments_alone() -> None:
    assert read_comments("# nothing\n\n# yet\n") == Comments(end=("# nothing", "", "# yet"))


def test_line_breaks_of_other_systems() -> None:
    windows = TEXT.replace("\n", "\r\n")
    assert read_comments(windows) == read_comments(TEXT)


def test_a_case_that_is_one_mapping_in_brackets() -> None:
    text = "{case: Talks, # the name\n # inside\n parties: {a: {name: A}} # last\n # final\n}\n"
    comments = read_comments(text)
    assert comments.before == {("parties",): ("# inside",)}
    assert comments.beside == {("case",): ("# the name",), ("parties",): ("# last",)}
    assert sorted(line for lines in comments.after.values() for line in lines) == ["# final"]


def test_entries_without_an_id_are_known_by_their_place() -> None:
    assert item_place({"by": "ana"}, 2) == item_place("ana", 2) == "[#2]"
    text = (
        "case: Talks\nparties: {a: {name: A}, b: {name: B}}\nproposals:\n  - id: one\n    by: a\n"
        "    responses:\n      b:\n        - {answer: counters}  # first\n"
        "        - {answer: rejects}  # second\n"
    )
    assert rewritten(text).count("# first") == 1
    assert "        - {answer: rejects}  # second\n" in rewritten(text)


def test_a_list_at_the_indentation_of_its_key() -> None:
    text = (
        "case: Talks\nparties: {a: {name: A}}\nproposals:\n# of Ana\n- {id: one, by: a}\n"
        "  # deeper\n# of Ana, too\n- {id: two, by: a}\n"
    )
    comments = read_comments(text)
    assert comments.before == {
        ("proposals", "[one]"): ("# of Ana",),
        ("proposals", "[two]"): ("# of Ana, too",),
    }
    assert comments.after == {("proposals", "[one]"): ("# deeper",)}
