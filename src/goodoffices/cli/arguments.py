"""What each command takes."""

from __future__ import annotations

import argparse
from typing import NoReturn

from goodoffices.cli.arguments_read import add_read
from goodoffices.errors import CallError

MOST = 200
SECONDS = 30.0
HORIZON = 3
MOST_STATES = 4_096
STALE_DAYS = 90


class _Parser(argparse.ArgumentParser):
    """Says what was expected in one line, and how to get help."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\nTry: {self.prog} --help\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = _Parser(
        prog="goodoffices",
        description=(
            "A workbench for indirect talks: who said what, where the sides stand, what they are "
            "stuck on, and the smallest movements that would free them."
        ),
        epilog="Each command says more with --help. A case is a folder with case.yaml, or a file.",
    )
    top.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_check(commands)
    _add_brief(commands)
    _add_impasse(commands)
    _add_stability(commands)
    _add_figures(commands)
    _add_read(commands)
    _add_movement(commands)
    _add_convert(commands)
    _add_talks(commands)

    _add_serve(commands)
    return top


class _Version(argparse.Action):
    """Looks the version up when it is asked for, and not before: that is slow."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"goodoffices {version('goodoffices')}")
        parser.exit()


_Commands = argparse._SubParsersAction  # argparse has no public name for it


def _add(commands: _Commands[_Parser], name: str, words: str, more: str) -> _Parser:
    command = commands.add_parser(
        name, help=words, description=f"{words[0].upper()}{words[1:]}. {more}"
    )
    command.add_argument("case", metavar="CASE", help="folder with case.yaml, or the file")
    command.add_argument(
        "--as-of", metavar="DATE", help="read the case as of a day, month or year: 2025-06-02"
    )
    command.add_argument("--json", action="store_true", help="print the answer as JSON")
    return command


def _add_check(commands: _Commands[_Parser]) -> None:
    _add(
        commands,
        "check",
        "find errors in a case, and what an editor would ask about",
        "Errors name file, line and what was expected; questions name the place in the file.",
    )


def _add_brief(commands: _Commands[_Parser]) -> None:
    brief = _add(
        commands,
        "brief",
        "print the mediator's brief of a case",
        "Where the sides stand, what they are stuck on, what would free them, each with sources.",
    )
    brief.add_argument("--html", metavar="FILE", help="also write the brief as one web page")
    _add_limits(brief)


def _add_impasse(commands: _Commands[_Parser]) -> None:
    impasse = _add(
        commands,
        "impasse",
        "list what the sides are stuck on and every way out",
        "Exact: all points of contention, all ways out, cheapest first, unless a limit says so.",
    )
    impasse.add_argument(
        "--stream",
        action="store_true",
        help="print JSON lines: each point of contention as it is found, then the whole result",
    )
    _add_limits(impasse)


def _add_stability(commands: _Commands[_Parser]) -> None:
    stability = _add(
        commands,
        "stability",
        "say which states away from the table would hold, and why",
        "From the moves and preferences of the case: the graph model for conflict resolution.",
    )
    stability.add_argument(
        "--horizon",
        type=int,
        default=HORIZON,
        metavar="N",
        help=f"limited-move stability foresees at most N moves (default {HORIZON})",
    )
    stability.add_argument(
        "--wish",
        metavar="STATE",
        help="say what would make a state hold: which preferences, and which single promises",
    )
    stability.add_argument(
        "--most-states",
        type=int,
        default=MOST_STATES,
        metavar="N",
        help=f"with --wish: refuse models of more than N states (default {MOST_STATES})",
    )
    stability.add_argument(
        "--what-if",
        metavar="CHANGE",
        help="say what one more move, promise or guarantee would do: a file, or an id of the case",
    )


def _add_figures(commands: _Commands[_Parser]) -> None:
    figures = _add(
        commands,
        "figures",
        "list every measure: who claims what, of when, and where claims disagree",
        "Bounds such as about, at least and at most are taken into account.",
    )
    figures.add_argument("--measure", metavar="M", help="only this measure")


def _add_read(commands: _Commands[_Parser]) -> None:
    words = "turn documents into drafts of statements and figures, and review them"
    read = commands.add_parser(
        "read",
        help=words,
        description=f"{words[0].upper()}{words[1:]}. Nothing enters a case unconfirmed.",
    )
    add_read(read)


def _add_movement(commands: _Commands[_Parser]) -> None:
    movement = _add(
        commands,
        "movement",
        "show how far apart the sides were on each day, and who moved",
        "For every day on which the record changes: distance, points of contention, cheapest ways "
        "out, moves towards or away and what they answer, and positions gone stale.",
    )
    movement.add_argument("--since", metavar="DATE", help="tell only from this day on")
    movement.add_argument("--until", metavar="DATE", help="tell only up to this day")
    movement.add_argument(
        "--stale-days",
        type=int,
        default=STALE_DAYS,
        metavar="N",
        help=f"a position not heard of for more than N days is stale (default {STALE_DAYS})",
    )
    _add_most(movement)


def _add_convert(commands: _Commands[_Parser]) -> None:
    words = "turn a foreign file into a case, or a case into one"
    convert = commands.add_parser(
        "convert",
        help=words,
        description=f"{words[0].upper()}{words[1:]}, and list what has no counterpart.",
    )
    convert.add_argument("source", metavar="SOURCE", help="a .gmcr file, or a case")
    convert.add_argument(
        "target", metavar="TARGET", help="a case file or folder, a .gmcr file, or events.jsonl"
    )
    convert.add_argument(
        "--confidential",
        action="store_true",
        help="let events hold what was told in confidence, marked as such",
    )


def _add_talks(commands: _Commands[_Parser]) -> None:
    words = "look after a store of talks: check, back up, restore, export"
    talks = commands.add_parser(
        "talks", help=words, description=f"{words[0].upper()}{words[1:]}. Needs the keys."
    )
    actions = talks.add_subparsers(dest="action", required=True, metavar="ACTION")
    url = "a file, or postgresql://SERVER/NAME"

    def add(name: str, words: str) -> _Parser:
        action: _Parser = actions.add_parser(name, help=words, description=f"{words}.")
        if name == "restore":
            action.add_argument("file", metavar="FILE", help="the backup")
        action.add_argument("url", metavar="URL", help=url)
        action.add_argument("--keys", metavar="FOLDER", help="the keys; for a file, FILE.keys")
        return action

    add("list", "list the talks and who is in them").add_argument(
        "--json", action="store_true", help="print the answer as JSON"
    )
    verify = add("verify", "check that nothing was changed, dropped, added or moved")
    verify.add_argument(
        "--head", action="append", metavar="FILE", help="a head that somebody holds"
    )
    verify.add_argument("--json", action="store_true", help="print the answer as JSON")
    backup = add("backup", "write everything but ballots and sessions to a sealed file")
    backup.add_argument("file", metavar="FILE", help="a file that is not there yet")
    add("restore", "bring a backup back into a database that is empty")
    upgrade = add("upgrade", "bring an older store to the form of this program")
    upgrade.add_argument("--backup", metavar="FILE", required=True, help="where its backup goes")
    export = add("export", "export a talk: all of it, one person's view, or a case")
    export.add_argument("talk", metavar="TALK", help="the identifier of the talk")
    export.add_argument("--viewer", metavar="PERSON", help="only what this person sees")
    export.add_argument("--case", metavar="FOLDER", help="put what may inform analysis in a case")
    head = add("head", "print a signed head of a talk for somebody in it")
    audit = add("audit", "print who did what when, in a talk or in the house")
    head.add_argument("talk", metavar="TALK", help="the identifier of the talk")
    head.add_argument("viewer", metavar="PERSON", help="whose head it is")
    audit.add_argument("talk", metavar="TALK", nargs="?", default="house", help="the talk")
    _add_demo(actions)


def _add_demo(actions: _Commands[_Parser]) -> None:
    words = "hold a whole talk of invented people, and leave it to look at"
    demo = actions.add_parser("demo", help=words, description=f"{words}.")
    demo.add_argument(
        "--folder",
        default="demo-talk",
        metavar="FOLDER",
        help="where it is put; not there yet, or empty (default demo-talk)",
    )
    demo.add_argument(
        "--database",
        metavar="URL",
        help="an empty database, postgresql://SERVER/NAME, instead of a file in the folder",
    )
    demo.add_argument("--port", type=int, default=8420, help="where to listen (default 8420)")
    demo.add_argument("--stop", action="store_true", help="stop when the talk is over")


def _add_serve(commands: _Commands[_Parser]) -> None:
    words = "hold talks: rooms for the parties, a desk for the mediator"
    serve = commands.add_parser(
        "serve",
        help=words,
        description=f"{words[0].upper()}{words[1:]}. Only this machine reaches it, unless a "
        "reverse proxy with TLS stands before it.",
    )
    serve.add_argument(
        "--database",
        default="talks.db",
        metavar="URL",
        help="a file, or postgresql://SERVER/NAME (default talks.db)",
    )
    serve.add_argument("--keys", metavar="FOLDER", help="the keys (default beside the file)")
    serve.add_argument("--host", default="127.0.0.1", help="where to listen (default 127.0.0.1)")
    serve.add_argument("--port", type=int, default=8420, help="where to listen (default 8420)")
    serve.add_argument(
        "--behind-tls", action="store_true", help="a reverse proxy brings TLS: see the docs"
    )
    serve.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="HOST",
        help="a name under which it is reached; may be repeated",
    )
    serve.add_argument(
        "--invite", action="store_true", help="print another link for a mediator who opens talks"
    )


def _add_limits(command: _Parser) -> None:
    command.add_argument(
        "--weight",
        action="append",
        metavar="NAME=N",
        help="what giving up a position costs, by its id or firmness; may be repeated",
    )
    _add_most(command)


def _add_most(command: _Parser) -> None:
    command.add_argument(
        "--max",
        type=int,
        default=MOST,
        metavar="N",
        help=f"list at most N points of contention and ways out (default {MOST})",
    )
    command.add_argument(
        "--seconds",
        type=float,
        default=SECONDS,
        metavar="S",
        help=f"search at most about S seconds (default {SECONDS:g}); 0 for no limit",
    )


def read_weights(given: list[str] | None) -> dict[str, int] | None:
    """Read ``NAME=N`` as people give it.

    >>> read_weights(["firm=3", "h1=10"])
    {'firm': 3, 'h1': 10}

    Raises:
        CallError: an entry has another form, or a name stands twice.
    """
    if given is None:
        return None
    weights: dict[str, int] = {}
    for entry in given:
        name, sign, number = entry.rpartition("=")
        if not (sign and name and number.isascii() and number.isdigit()):
            raise CallError("--weight", expected="NAME=N with a whole number N", found=entry)
        if name in weights:
            raise CallError("--weight", expected=f"{name} once", found=entry)
        weights[name] = int(number)
    return weights
