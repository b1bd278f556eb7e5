"""python -m eval report: the HTML page of a run."""

from __future__ import annotations

import argparse
from pathlib import Path

from eval.commands.shared import Commands
from eval.jsonlines import write_whole
from eval.runs import open_run
from index.errors import InputError

LANGUAGES = ("zh", "en")


def register(commands: Commands) -> None:
    """Adds `report`."""
    text = "one HTML page of a run: what is bad, scores with intervals, plots, wrong answers"
    parser = commands.add("report", run, text)
    parser.add_argument("runs", nargs="+", type=Path, metavar="RUN")
    parser.add_argument(
        "--trend", nargs="+", type=Path, default=[], metavar="RUN", help="earlier runs, to plot"
    )
    parser.add_argument("--held", action="store_true", help="show held-back questions, too")
    parser.add_argument("--lang", choices=LANGUAGES, default="zh", help="how it opens (zh)")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="report.html")


def run(arguments: argparse.Namespace) -> None:
    """Writes the page of the first run, beside the others, and says where."""
    out: Path = arguments.out
    if out.is_dir():
        raise InputError(f"--out {out} is a folder; name a file: --out {out / 'report.html'}")
    from eval.report.build import html, page

    reported, *others = (open_run(folder) for folder in arguments.runs)
    earlier = [open_run(folder) for folder in arguments.trend]
    shown = page(reported, others, earlier, arguments.held)
    write_whole(out, html(shown, arguments.lang))
    hidden = f" ({shown.hidden} held back, not shown)" if shown.hidden else ""
    print(f"{out}: {len(reported.items)} questions, {shown.wrong} wrong{hidden}")
