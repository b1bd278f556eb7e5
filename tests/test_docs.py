"""The docs are true: every command, field and limit is described, every target and link exists."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

import rag.cli
from eval.__main__ import main as eval_main
from eval.gold import Gold
from eval.measures.answers import LIMITS
from eval.measures.definitions import MEASURES
from eval.readme import BEGIN, END
from eval.runs import ANSWERS, GOLD, HEAD, SCORES
from eval.systems.catalog import SYSTEMS
from rag.answer import Answer, Citation

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
EVALUATORS = (ROOT / "docs/evaluators.md").read_text("utf-8")
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "corpus/README.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
READERS = {"officials", "trainers", "evaluators", "developers", "models"}
FENCE = re.compile(r"^```.*?^```", re.M | re.S)
LINK = re.compile(r"\]\(([^)\s]+)\)")
MAKE = re.compile(r"\bmake ([a-z]+)\b(?= |$|`|\n)")


def prose(page: Path) -> str:
    return FENCE.sub("", page.read_text("utf-8"))


def commands(text: str) -> list[str]:
    """The commands that a --help lists."""
    return re.findall(r"^    ([a-z]+)(?:  |$)", text, re.M)


def test_every_command_is_in_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        rag.cli.main(["--help"])
    names = commands(capsys.readouterr().out)
    assert {"build", "ask", "batch"} <= set(names)
    assert [n for n in names if f"| `tiaowen {n}" not in README] == []


def test_every_evaluation_command_is_on_the_evaluators_page(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        eval_main(["--help"])
    names = commands(capsys.readouterr().out)
    assert {"check", "run", "compare", "report", "human", "suggest"} <= set(names)
    named = set(re.findall(r"python -m eval (\w+)", EVALUATORS))
    named |= set(re.findall(r"`(coverage|suggest|review|accept|seal)`", EVALUATORS))
    assert set(names) - named == set()
    assert named <= set(names)


def test_every_measure_system_and_file_of_a_run_is_described() -> None:
    names = [*(m.name for m in MEASURES), *SYSTEMS, HEAD, GOLD, ANSWERS, SCORES]
    assert [n for n in names if f"`{n}`" not in EVALUATORS] == []


def test_no_command_in_the_readme_is_made_up(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        rag.cli.main(["--help"])
    known = set(commands(capsys.readouterr().out))
    assert set(re.findall(r"`tiaowen ([a-z]+)", README)) <= known


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_make_commands_are_targets(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z ]+):(?!=)", makefile, re.M))
    known = {name for line in targets for name in line.split()}
    code = re.findall(r"`[^`\n]+`|^```.*?^```", page.read_text("utf-8"), re.M | re.S)
    used = {name for piece in code for name in MAKE.findall(piece)}
    assert used <= known


def test_the_quick_start_is_there() -> None:
    start = README.partition("## Start")[2].partition("\n## ")[0]
    for command in ("make ask Q=", "make test", "pip install -c constraints.txt -e ."):
        assert command in start


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_to_files_resolve(page: Path) -> None:
    links = [a.partition("#")[0] for a in LINK.findall(prose(page)) if "://" not in a]
    assert [a for a in links if a and not (page.parent / a).exists()] == []


def test_each_reader_has_a_page_and_the_readme_leads_there() -> None:
    assert {p.stem for p in (ROOT / "docs").glob("*.md")} == READERS
    assert all(f"(docs/{name}.md)" in README for name in READERS)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_files_named_in_code_marks_exist(page: Path) -> None:
    """`rag/search.py` and the like, but what is built, and names with a capital ID in them."""
    named = re.findall(r"`((?:index|rag|eval|tests|docs|prompts)/[\w./-]*\w)/?`", prose(page))
    kept = [n for n in named if not n.startswith("index/built") and "/ID." not in n]
    assert [n for n in kept if not (ROOT / n).exists()] == []


def test_every_field_of_the_answer_object_is_in_the_readme() -> None:
    section = README.partition("## The answer as JSON")[2].partition("\n## ")[0]
    rows = "\n".join(line.split("|")[1] for line in section.splitlines() if line.startswith("|"))
    names = {f.name for kind in (Answer, Citation) for f in fields(kind)}
    assert set(re.findall(r"`(\w+)`", rows)) == names


def test_the_gold_format_is_restated_in_full() -> None:
    section = EVALUATORS.partition("## Gold questions")[2].partition("\n## ")[0]
    rows: dict[str, str] = dict(re.findall(r"^\| `(\w+)` \|(.*)\|$", section, re.M))
    limits = {n: rest.split("|")[-1].strip() for n, rest in rows.items() if "|" in rest}
    assert rows.keys() - limits.keys() == {f.name for f in fields(Gold)}
    assert {n: int(limit) for n, limit in limits.items()} == LIMITS


def test_the_measured_table_has_its_markers_once() -> None:
    assert (README.count(BEGIN), README.count(END)) == (1, 1)
    assert README.index(BEGIN) < README.index(END)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_no_page_names_a_place_of_one_machine(page: Path) -> None:
    assert not re.search(r"(?<![\w.~])/(?:home|root|tmp|work|opt|mnt)/", page.read_text("utf-8"))
