"""The command line: tiaowen build | add | set | remove | doctor | plans | clauses | tasks | ask |
batch | serve.

Exit codes: 0 done, 2 wrong use or bad input, 3 no or unusable index. Errors are one line on
stderr, never a traceback. Only what a command needs is imported, so that `ask` starts at once.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import IndexMissing, InputError, TiaowenError
from rag.llm.command import add_option as add_llm_option
from rag.llm.command import with_model

if TYPE_CHECKING:
    from index.encoders import Encoder
    from index.writer import Change
    from rag.assistant import Assistant

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = """examples:
  tiaowen plans
  tiaowen ask "智慧助老由谁牵头"
  tiaowen ask "who leads emergency science popularisation" --plan ID
  tiaowen clauses ID
  tiaowen batch questions.jsonl --out answers.jsonl
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    _utf8_streams()
    parser = _parser()
    arguments = parser.parse_args(argv)
    try:
        result: int = arguments.run(arguments) or 0
        return result
    except TiaowenError as error:
        print(f"tiaowen: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("tiaowen: interrupted; the last complete index goes on serving", file=sys.stderr)
        return 130
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        print(f"tiaowen: {error.strerror or error}{where}", file=sys.stderr)
        return 2


def _utf8_streams() -> None:
    """Questions and answers are Chinese whatever the locale says."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


class OneLineParser(argparse.ArgumentParser):
    """argparse that ends with one line and exit code 2."""

    def error(self, message: str) -> Any:
        name = "eval" if self.prog.startswith("python") else self.prog.split()[0]
        self.exit(2, f"{name}: {message} (see {self.prog} --help)\n")


def common_options() -> OneLineParser:
    """The options every command takes: --corpus, --index, --encoder."""
    common = OneLineParser(add_help=False)
    common.add_argument("--corpus", type=Path, metavar="DIR", help="folder of plan texts")
    common.add_argument("--index", type=Path, metavar="DIR", help="folder of the built index")
    common.add_argument(
        "--encoder", default="", metavar="NAME", help="sentence-transformers model, name or folder"
    )
    return common


def _parser() -> argparse.ArgumentParser:
    common = common_options()
    parser = OneLineParser(
        prog="tiaowen",
        description="Ask the plan, get the clause: questions over Chinese government plans.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Any, text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, parents=[common], help=text, description=text)
        sub.set_defaults(run=run)
        return sub

    sub = command("build", _build, "make the index follow the corpus; what is unchanged stays")
    sub.add_argument("--fresh", action="store_true", help="read and embed everything anew")
    adding = command("add", _add, "add plan files to the corpus and the index")
    _record_options(
        adding,
        command("set", _set, "correct what is recorded of a plan; used at the next build"),
    )
    adding.add_argument(
        "--replace", action="store_true", help="take the place of plans of the same name"
    )
    sub = command("remove", _remove, "remove plans from the corpus and the index")
    sub.add_argument("ids", nargs="+", metavar="ID")
    sub = command("doctor", _doctor, "examine index and corpus, and say what mends them")
    sub.add_argument("--json", action="store_true", help="print JSON")
    sub = command("plans", _plans, "list the plans")
    sub.add_argument("--json", action="store_true", help="print JSON")
    sub = command("clauses", _clauses, "print a plan's clause tree with duties and figures")
    sub.add_argument("plan", metavar="PLAN")
    sub.add_argument("--json", action="store_true", help="print JSON")
    sub = command("tasks", _tasks, "print or write the task table: who has to do what")
    _task_options(sub)
    sub = command("ask", _ask, "answer a question, with citations")
    sub.add_argument("question", nargs="+", metavar="QUESTION")
    sub.add_argument("--plan", action="append", default=[], metavar="ID", help="only this plan")
    sub.add_argument("--json", action="store_true", help="print the answer object")
    add_llm_option(sub)
    sub = command("batch", _batch, "answer a file of questions, one JSON object a line")
    sub.add_argument("input", type=Path, metavar="IN.jsonl")
    sub.add_argument("--out", type=Path, required=True, metavar="OUT.jsonl")
    add_llm_option(sub)
    sub = command("serve", _serve, "open the chat in a browser (same as python ui.py)")
    sub.add_argument("--port", type=int, default=7860)
    return parser


def _record_options(add: argparse.ArgumentParser, correct: argparse.ArgumentParser) -> None:
    """The options of `add` and `set`, by which a person says what a text does not."""
    add.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", dest="said",
        help="say what the text does not, or correct it; may be repeated",
    )  # fmt: skip
    correct.add_argument("plan", metavar="PLAN")
    correct.add_argument("said", nargs="+", metavar="KEY=VALUE")
    for sub in (add, correct):
        sub.add_argument("--json", action="store_true", help="print what is understood as JSON")


# -- places -------------------------------------------------------------------------------


def corpus_folder(arguments: argparse.Namespace) -> Path:
    """--corpus, else TIAOWEN_CORPUS, else the project's corpus/."""
    return arguments.corpus or Path(os.environ.get("TIAOWEN_CORPUS") or ROOT / "corpus")


def index_folder(arguments: argparse.Namespace) -> Path:
    """--index, else TIAOWEN_INDEX, else the project's index/built/."""
    return arguments.index or Path(os.environ.get("TIAOWEN_INDEX") or ROOT / "index" / "built")


def open_assistant(arguments: argparse.Namespace) -> Assistant:
    """The assistant over the index; builds it where none was ever made.

    Raises IndexMissing for an index that is torn, foreign, or of another corpus or encoder.
    """
    from index import journal, store
    from index.encoders import BUNDLED, load_encoder
    from rag.assistant import Assistant

    folder, corpus = index_folder(arguments), corpus_folder(arguments)
    if arguments.corpus and not corpus.is_dir():
        raise InputError(f"no corpus folder at {corpus}; name one with --corpus DIR")
    encoder = load_encoder(arguments.encoder or BUNDLED)
    if folder.exists() and not folder.is_dir():
        raise IndexMissing(f"{folder} is a file, not an index folder; choose --index DIR")
    if not store.exists(folder):
        if folder.is_dir() and store.foreign(folder):
            raise IndexMissing(f"{folder} holds no index; choose --index DIR or: tiaowen build")
        _build(arguments)
    journal.finish(folder)
    return Assistant(store.load_for(folder, corpus if corpus.is_dir() else None), encoder)


# -- commands -----------------------------------------------------------------------------


def _build(arguments: argparse.Namespace) -> None:
    from index.build import follow

    folder = index_folder(arguments)
    fresh = getattr(arguments, "fresh", False)
    change = follow(corpus_folder(arguments), folder, _encoder(arguments), fresh=fresh)
    if change is None:
        print(f"tiaowen: the index in {folder} is up to date", file=sys.stderr)
    else:
        _say_change(change, folder)


def _encoder(arguments: argparse.Namespace) -> Encoder:
    from index.encoders import BUNDLED, load_encoder

    return load_encoder(arguments.encoder or BUNDLED)


def _say_change(change: Change, folder: Path) -> None:
    print(
        f"tiaowen: {change.plans} plans, {change.clauses} clauses, {change.passages} passages "
        f"indexed in {folder} ({change.embedded} embedded, {change.reused} taken over)",
        file=sys.stderr,
    )


def _add(arguments: argparse.Namespace) -> None:
    from index.build import add
    from index.corpus import is_plan
    from index.formats import SUFFIXES
    from index.manifest import read_pairs, recorded

    corpus, folder = corpus_folder(arguments), index_folder(arguments)
    said = read_pairs(arguments.said)
    if said and len(arguments.files) > 1:
        raise InputError("--set is for one plan; add the others by themselves")
    for path in arguments.files:
        if not path.is_file():
            raise InputError(f"no file {path}")
        if not is_plan(path):
            raise InputError(f"{path.name}: only {', '.join(SUFFIXES)} can be added")
    with recorded(corpus, arguments.files[0], said):
        encoder = _encoder(arguments)
        change, told = add(arguments.files, corpus, folder, encoder, arguments.replace)
    for line in told:
        print(f"tiaowen: {line}", file=sys.stderr)
    _say_change(change, folder)
    _tell(corpus, [path.stem for path in arguments.files], arguments.json)


def _set(arguments: argparse.Namespace) -> None:
    from index.manifest import read_pairs, set_fields

    corpus = corpus_folder(arguments)
    path = set_fields(corpus, arguments.plan, read_pairs(arguments.said))
    _tell(corpus, [arguments.plan], arguments.json)
    print(f"tiaowen: written to {path}; put it to use with: tiaowen build", file=sys.stderr)


def _tell(corpus: Path, ids: Sequence[str], as_json: bool) -> None:
    """Prints what is understood of plans of the corpus."""
    from index.corpus import Entry, load_plan, plan_files, read_manifest
    from rag.understood import lines, understood

    entries = read_manifest(corpus)
    paths = {path.stem: path for path in plan_files(corpus)}
    known = [understood(load_plan(paths[i], entries.get(i, Entry()))[0]) for i in ids]
    if as_json:
        _print_json([one.to_dict() for one in known])
        return
    for one in known:
        print(*lines(one), sep="\n")


def _remove(arguments: argparse.Namespace) -> None:
    from index.build import remove

    folder = index_folder(arguments)
    change = remove(arguments.ids, corpus_folder(arguments), folder, _encoder(arguments))
    _say_change(change, folder)


def _doctor(arguments: argparse.Namespace) -> int:
    from index.doctor import examine

    folder, corpus = index_folder(arguments), corpus_folder(arguments)
    found = list(examine(folder, corpus, _encoder(arguments).name))
    faults = [f for f in found if f.level == "fault"]
    if arguments.json:
        findings = [asdict(f) for f in found]
        _print_json({"index": str(folder), "sound": not faults, "findings": findings})
    for finding in () if arguments.json else found:
        mend = f"; mend it with: {finding.mend}" if finding.mend else ""
        print(f"{finding.level}: {finding.what}{mend}")
    if not arguments.json and not faults:
        print(f"the index at {folder} is sound")
    return IndexMissing.exit_code if faults else 0


def _plans(arguments: argparse.Namespace) -> None:
    from rag.show import plan_lines

    plans = open_assistant(arguments).index.plans
    if arguments.json:
        from rag.as_json import plan_dict

        _print_json([plan_dict(p) for p in plans])
        return
    for plan in plans:
        print(*plan_lines(plan), sep="\n")


def _clauses(arguments: argparse.Namespace) -> None:
    from rag.show import Painter, clause_lines

    plan = open_assistant(arguments).index.plan(arguments.plan)
    if arguments.json:
        from rag.as_json import clause_dict

        _print_json([clause_dict(c) for c in plan.clauses])
        return
    for line in clause_lines(plan, Painter(sys.stdout)):
        print(line)


def _task_options(sub: argparse.ArgumentParser) -> None:
    from rag.tasks.options import add_options

    add_options(sub)


def _tasks(arguments: argparse.Namespace) -> None:
    from rag.tasks.command import run

    run(open_assistant(arguments).index, arguments)


def _ask(arguments: argparse.Namespace) -> None:
    from rag.show import Painter, answer_lines

    gc.disable()  # one question and the process ends; collecting costs a tenth of its time
    question = " ".join(arguments.question)
    if not question.strip():
        raise InputError('the question is empty; for instance: tiaowen ask "智慧助老由谁牵头"')
    answer = with_model(arguments)(open_assistant(arguments)).ask(question, arguments.plan)
    if arguments.json:
        _print_json(answer.to_dict())
        return
    for line in answer_lines(answer, Painter(sys.stdout)):
        print(line)


def _batch(arguments: argparse.Namespace) -> None:
    from rag.batch import run_batch

    fluent = with_model(arguments)
    run_batch(lambda: fluent(open_assistant(arguments)), arguments.input, arguments.out)


def _serve(arguments: argparse.Namespace) -> None:
    import runpy

    os.environ["TIAOWEN_INDEX"] = str(index_folder(arguments))
    os.environ["TIAOWEN_CORPUS"] = str(corpus_folder(arguments))
    os.environ["TIAOWEN_PORT"] = str(arguments.port)
    runpy.run_path(str(ROOT / "ui.py"), run_name="__main__")


def _print_json(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    sys.exit(main())
