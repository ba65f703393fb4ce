"""What ``goodoffices read`` takes."""

from __future__ import annotations

import argparse


def add_read(command: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    command.add_argument(
        "documents", metavar="DOC", nargs="*", help="files to read, or folders of files"
    )
    command.add_argument("--into", metavar="CASE", help="write the drafts beside this case")
    command.add_argument("--review", metavar="CASE", help="go through the drafts beside a case")
    command.add_argument("--by", metavar="NAME", help="who decides in a review")
    command.add_argument("--on", metavar="DATE", help="the day of a review (default: today)")
    command.add_argument("--json", action="store_true", help="print what was found as JSON")
    command.add_argument("--html", metavar="FILE", help="also write the texts with what was found")
    command.add_argument("--language", metavar="CODE", help="the language of the documents")
    command.add_argument("--published", metavar="DATE", help="the day of their publication")
    command.add_argument("--publisher", metavar="NAME", help="who published them")
    command.add_argument("--encoding", metavar="NAME", help="how their bytes are to be read")
    command.add_argument(
        "--limit",
        action="append",
        default=[],
        metavar="NAME=N",
        help="read larger documents than usual, as pages=5000; may be repeated",
    )
    command.add_argument(
        "--helper",
        metavar="ADDRESS",
        help="also ask a language model at this address, or spacy:PIPELINE; each row is checked",
    )
    command.add_argument("--model", metavar="NAME", help="the model to ask there")
    command.add_argument("--key-file", metavar="FILE", help="a file with the key for it")
    command.add_argument("--yes", action="store_true", help="send without asking first")
