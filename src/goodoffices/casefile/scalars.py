"""Texts as YAML, so that every reader, of YAML 1.1 or 1.2, gets the same text back."""

from __future__ import annotations

import re
import textwrap

_WORDS = frozenset({"y", "yes", "n", "no", "on", "off", "true", "false", "null"})
"""Words that some readers take for something else than a text."""

_NUMERIC = re.compile(r"[0-9a-fA-FxXoO_.:+\-tTzZ ]*")
"""What a number, a time or a date may consist of in some reader's eyes."""

_SPECIAL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_SHORT = {"\0": "0", "\t": "t", "\n": "n", "\r": "r", "\u0085": "N", "\u2028": "L", "\u2029": "P"}


def scalar(text: str, *, flow: bool = False) -> str:
    """Write a text on one line, with quotation marks where they are needed.

    >>> scalar("60-days"), scalar("no"), scalar("12:30"), scalar("a: b"), scalar("two\\nlines")
    ('60-days', "'no'", "'12:30'", "'a: b'", '"two\\\\nlines"')
    """
    if _SPECIAL.search(text):
        return f'"{_SPECIAL.sub(_escape, _backslashed(text))}"'
    if _is_plain(text, flow=flow):
        return text
    return "'" + text.replace("'", "''") + "'"


def _is_plain(text: str, *, flow: bool) -> bool:
    if not text[:1].isalnum() or text[-1].isspace() or text[-1] == ":":
        return False
    if ": " in text or " #" in text or (text[0].isnumeric() and _NUMERIC.fullmatch(text)):
        return False
    if flow and set(text) & {*",[]{}?:"}:
        return False
    return text.casefold() not in _WORDS


def _backslashed(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if char in _SHORT:
        return "\\" + _SHORT[char]
    code = ord(char)
    if code <= 0xFF:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def block_scalar(text: str, indent: int, width: int) -> list[str] | None:
    """Write a long or many-lined text below its key, or None where that could change it.

    The first line goes beside the key; the others are indented by ``indent``.

    >>> block_scalar("There is a time to speak, and a time to listen", 2, 42)
    ['>-', '  There is a time to speak, and a time to', '  listen']
    >>> block_scalar("one\\ntwo\\n", 2, 80)
    ['|', '  one', '  two']
    """
    lines = text.removesuffix("\n").split("\n")
    if any(_SPECIAL.search(line) for line in lines):
        return None
    if len(lines) == 1 and not text.endswith("\n"):
        return _folded(text, indent, width)
    if not lines[0] or not lines[-1] or any(line[:1] == " " or line[-1:] == " " for line in lines):
        return None
    header = "|" if text.endswith("\n") else "|-"
    return [header, *(" " * indent + line if line else "" for line in lines)]


def _folded(text: str, indent: int, width: int) -> list[str] | None:
    if "  " in text or text.strip(" ") != text or " " not in text:
        return None
    lines = textwrap.wrap(
        text,
        max(width - indent, 40),
        break_long_words=False,
        break_on_hyphens=False,
        expand_tabs=False,
        replace_whitespace=False,
    )
    return [">-", *(" " * indent + line for line in lines)] if " ".join(lines) == text else None
