"""The commands: what a person types.

Exit status: 0 for an answer, 1 for a case with problems, 2 for a wrong call, 130 when stopped
with Ctrl-C. Answers go to standard output, everything else to standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from goodoffices.cli.arguments import parser
from goodoffices.errors import CallError, CaseError, GoodOfficesError

ANSWERED, PROBLEMS, WRONG_CALL, STOPPED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    chosen = parser().parse_args(arguments)
    try:
        status = _run(chosen.command, vars(chosen))
        sys.stdout.flush()
    except CaseError as error:
        print(error, file=sys.stderr)
        count = len(error.problems)
        print(f"{count} problem{'s' if count != 1 else ''}; nothing computed", file=sys.stderr)
        return PROBLEMS
    except CallError as error:
        print(f"goodoffices {chosen.command}: {error}", file=sys.stderr)
        return WRONG_CALL
    except GoodOfficesError as error:
        print(f"goodoffices {chosen.command}: {error}", file=sys.stderr)
        return PROBLEMS
    except KeyboardInterrupt:
        print("stopped; no file was changed", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        # Whoever read the output has closed it; Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ANSWERED
    return status


def _run(command: str, options: dict[str, object]) -> int:
    """Import the command's module, which a call for help never pays for, and run it."""
    from importlib import import_module

    module = import_module(f"goodoffices.cli.{command}")
    status: int = module.run(options)
    return status
