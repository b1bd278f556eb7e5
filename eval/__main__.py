"""python -m eval COMMAND. Exit codes as everywhere: 0 done, 2 wrong use or bad input, 3 no or
unusable index. A low score is a result, not an error: it exits with 0.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from eval.commands import (
    adapt,
    calibrate,
    compare,
    crash,
    exchange,
    gold,
    growing,
    human,
    judge,
    measured,
    model,
    report,
    run,
)
from eval.commands.shared import Commands, OneLineParser
from index.errors import TiaowenError

EXTRA = "the workbench needs: pip install -c constraints.txt -e '.[eval]'"
GROUPS = (
    gold, run, adapt, calibrate, compare, report, human, exchange, growing, measured, crash, model,
    judge,
)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
    parser = OneLineParser(
        prog="python -m eval", description="The evaluators' workbench: score, compare, report."
    )
    commands = Commands(parser)
    for group in GROUPS:
        group.register(commands)
    arguments = parser.parse_args(argv)
    try:
        arguments.run(arguments)
        sys.stdout.flush()
    except TiaowenError as error:
        print(f"eval: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:  # the reader, a pager or head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        print(f"eval: {error.strerror or error}{where}", file=sys.stderr)
        return 2
    except ModuleNotFoundError as error:
        print(f"eval: {error.name} is not installed; {EXTRA}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("eval: interrupted", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
