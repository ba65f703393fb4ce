"""A case file in YAML, read from the events of the parser: texts stay as they are written.

Only what all of YAML 1.1, YAML 1.2 and people understand alike is read: one document of mappings,
lists and texts. Anchors, aliases, tags and merge keys are refused where they stand, so that
nothing is ever expanded.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.scanner import ScannerError

from goodoffices.casefile.nodes import Builder, Fault, Node, TooDeepError


class PythonLoader(yaml.SafeLoader):
    """The parser in Python, brought to read what the one in C reads."""

    _in_plain = False

    def scan_plain(self) -> Any:
        """Scan a text without quotation marks; a question mark may stand in it everywhere."""
        self._in_plain = True
        token = super().scan_plain()
        self._in_plain = False
        return token

    def peek(self, index: int = 0) -> str:
        """Return the next character, or the one ``index`` further on."""
        char: str = super().peek(index)
        return "x" if char == "?" and self._in_plain else char

    def scan_flow_scalar_non_spaces(self, double: Any, start_mark: Any) -> Any:
        """Scan a part of a text in quotation marks."""
        try:
            return super().scan_flow_scalar_non_spaces(double, start_mark)
        except ValueError:  # an escape of a code point that does not exist
            problem = "found an unknown escape"
            raise ScannerError(None, start_mark, problem, self.get_mark()) from None

    def scan_to_next_token(self) -> None:
        """Skip spaces, comments and, where they cannot be indentation, tabs."""
        super().scan_to_next_token()
        while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
            self.forward()
            super().scan_to_next_token()


LOADER: Any = getattr(yaml, "CSafeLoader", PythonLoader)
"""The parser: the one in C where it is present, else the one in Python; both read alike."""

# Control characters but tab and line breaks; line breaks that only some readers know; marks of
# byte order within the text; code points that stand for no character.
_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)


_BREAK = re.compile(r"\r\n|\r|\n")


def read_yaml(text: str, loader: Any = LOADER) -> tuple[Node | None, list[Fault]]:
    """Return the root of a YAML text, None when there is none, and what is wrong with it."""
    refused = _refused_characters(text)
    if refused:
        return None, refused
    builder = Builder()
    try:
        _build(text, loader, builder)
    except TooDeepError:
        return None, builder.faults
    except yaml.MarkedYAMLError as error:
        return None, [*builder.faults, _syntax_fault(error, text)]
    return builder.root, builder.faults


def _refused_characters(text: str) -> list[Fault]:
    """One fault for every line that holds a character which readers of YAML disagree about."""
    if not _REFUSED.search(text):
        return []
    faults = []
    for number, line in enumerate(_BREAK.split(text), start=1):
        match = _REFUSED.search(line)
        if match is not None:
            code = f"{ord(match[0]):04X}"
            words = f"no such character (in double quotation marks it can be written \\u{code})"
            faults.append(Fault((), words, f"U+{code}", line=number))
    return faults


def _build(text: str, loader: Any, builder: Builder) -> None:
    """Feed the events of the parser to the builder."""
    documents = 0
    event: Any
    for event in yaml.parse(text, Loader=loader):
        kind = type(event)
        line = event.start_mark.line + 1
        if kind in _NODES and (event.anchor is not None or event.tag is not None):
            _refuse_properties(event, builder, line)
        if kind is yaml.ScalarEvent:
            builder.scalar(event.value, line, plain=not event.style)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            builder.open(line, mapping=kind is yaml.MappingStartEvent)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            builder.close()
        elif kind is yaml.AliasEvent:
            words = "the value written out; aliases are not read"
            builder.fault(words, f"*{event.anchor}", line=line)
            builder.hole(line)
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                builder.fault("one document in a file", "---", line=line)
                return


_NODES = frozenset({yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent})


def _refuse_properties(event: Any, builder: Builder, line: int) -> None:
    if event.anchor is not None:
        builder.fault("a value without an anchor", f"&{event.anchor}", line=line)
    if event.tag is not None:
        builder.fault("a value without a tag", event.tag, line=line)


# What the parsers complain of, in the words of both; what people can do about it.
_COLON = 'one key and one value, as "key: value" (a text that holds ": " goes in quotation marks)'
_ESCAPE = "an escape that YAML knows after \\ in double quotation marks"
_BLOCK = "a line break after | or >"
_WORDS: tuple[tuple[str, str], ...] = (
    ("tab character", "spaces, not tabs, at the beginning of a line"),
    ("mapping values are not allowed", _COLON),
    ("expected ':'", "a colon and a space after the key"),
    ("expected ',' or '}'", "a comma or } in the mapping that begins with { on line {context}"),
    ("expected ',' or ']'", "a comma or ] in the list that begins with [ on line {context}"),
    ("unexpected end of stream", "a quotation mark that ends the text"),
    ("unexpected document", "a quotation mark that ends the text"),
    ("escape", _ESCAPE),
    ("hexdecimal", _ESCAPE),
    ("cannot start any token", "quotation marks around a text that begins with this character"),
    ("sequence entries are not allowed", "a list that begins on a line of its own"),
    ("block scalar", _BLOCK),
    ("tag", "a value without a tag"),
    ("scanning an anchor", "a value without an anchor"),
    ("scanning an alias", "the value written out; aliases are not read"),
    ("YAML document", "YAML 1.1 or 1.2"),
    ("directive", "a case, without directives"),
    ("document start", "one document, all of it a mapping"),
    ("node content", "a value"),
    ("block mapping", "a key that begins below the keys above it"),
    ("block collection", "a dash that stands below the dashes above it"),
)


def _syntax_fault(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """Say what a parser expected, and where, without its jargon."""
    mark = error.problem_mark or error.context_mark
    begun = error.context_mark or mark
    jargon = f"{error.problem or ''} {error.context or ''}"
    lines = _BREAK.split(text)
    if lines[-1] == "" and len(lines) > 1:
        lines.pop()
    if any(part in jargon for part in ("expected ':'", "end of stream", "unexpected document")):
        mark = begun
    number = min(mark.line if mark else 0, len(lines) - 1)
    source = lines[number]
    column = mark.column if mark else 0
    words = next((words for part, words in _WORDS if part in jargon), "YAML")
    if source[column : column + 1] == "\t":
        words = _WORDS[0][1]
    elif "block mapping" in jargon and source[:column].strip():
        words = "nothing after a text in quotation marks"
    words = words.replace("{context}", str(begun.line + 1 if begun else 1))
    return Fault((), words, source.strip(), line=number + 1)
