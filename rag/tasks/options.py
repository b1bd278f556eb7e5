"""The options of `tiaowen tasks`; apart, so that other commands need not load the rest."""

from __future__ import annotations

import argparse
from pathlib import Path

from index.plan import ROLE_ZH

FORMATS = ("table", "xlsx", "docx", "json", "csv")


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("plans", nargs="+", metavar="PLAN", help="ids, or: all")
    parser.add_argument("--unit", default="", metavar="U", help="only tasks of this unit")
    parser.add_argument(
        "--role", action="append", default=[], metavar="R", help=f"{', '.join(ROLE_ZH)}"
    )
    parser.add_argument("--group", default="", metavar="G", help="only tasks for these people")
    parser.add_argument("--format", choices=FORMATS, help="table unless --out says otherwise")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write here, not to the terminal")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")
