"""Nothing of the five plans is learned by heart: no place, number or wording of theirs in code.

The plans that decide how well the program generalises are not in this repository. So no file of
the program (code, word lists, prompts) may name a place of `corpus/manifest.toml` or repeat twelve
Chinese characters in a row from a plan. There are no exceptions. Corpus, tests, gold sets and
documentation may quote.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

# Long enough that ordinary official phrases and unit names stay below it, short enough that half
# a sentence of a plan is caught.
RUN = 12
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# Where a plan's page breaks, footers and stray spaces interrupt a run that reads on.
NOISE = re.compile(r"[\s*]+")


def program_files() -> list[Path]:
    """Every file of the program, built indexes and caches left out."""
    found = [ROOT / "ui.py", *(ROOT / "eval").rglob("*.py")]
    for folder in ("index", "rag", "prompts", "eval/data"):
        # .npz holds numbers alone
        files = (p for p in (ROOT / folder).rglob("*") if p.is_file())
        found += [p for p in files if p.suffix != ".npz"]
    return sorted(p for p in found if not {"built", "__pycache__"} & set(p.parts))


def manifest() -> list[dict[str, object]]:
    with (ROOT / "corpus" / "manifest.toml").open("rb") as file:
        plans: list[dict[str, object]] = tomllib.load(file)["plan"]
    return plans


def plan_names() -> set[str]:
    """Places, their other names, superior cities with and without 市, and document numbers."""
    names: set[str] = set()
    for plan in manifest():
        aliases = plan["aliases"]
        assert isinstance(aliases, list)
        city = str(plan["city"])
        names.update([*aliases, str(plan["place"]), city, city.removesuffix("市")])
        names.update([str(plan["number"]), str(plan["title"])])
    return {name.lower() for name in names if name}


def runs(text: str) -> Iterator[str]:
    """Every stretch of `RUN` Chinese characters in a row."""
    for match in CHINESE.finditer(text):
        word = match.group()
        for start in range(len(word) - RUN + 1):
            yield word[start : start + RUN]


def plan_runs() -> set[str]:
    """The runs of all plans, as printed and with what interrupts them taken out."""
    found: set[str] = set()
    for path in sorted((ROOT / "corpus").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        found.update(runs(text), runs(NOISE.sub("", text)))
    return found


def learned(text: str, names: set[str], wording: set[str]) -> list[str]:
    """What of the plans the text holds: their names, then their wording."""
    low = text.lower()
    return sorted(n for n in names if n in low) + sorted(set(runs(NOISE.sub("", text))) & wording)


def test_no_plan_is_learned_by_heart() -> None:
    names, wording = plan_names(), plan_runs()
    wrong = {
        str(path.relative_to(ROOT)): found
        for path in program_files()
        if (found := learned(path.read_text(encoding="utf-8"), names, wording))
    }
    assert not wrong


def test_the_search_looks_at_the_program_and_the_plans() -> None:
    files = {str(p.relative_to(ROOT)) for p in program_files()}
    assert {"ui.py", "index/plan.py", "rag/cli.py"} <= files
    assert any(name.endswith(".toml") for name in files)  # word lists are searched too
    assert not any(name.startswith(("corpus/", "tests/", "eval/gold/")) for name in files)
    assert len(plan_runs()) > 5_000
    assert {str(plan["file"]) for plan in manifest()} == {
        p.name for p in (ROOT / "corpus").glob("*.txt")
    }


def test_the_search_finds_what_is_planted() -> None:
    names, wording = plan_names(), plan_runs()
    for plan in manifest():
        place = str(plan["place"])
        assert place in learned(f"# as in {place}", names, wording)
        text = (ROOT / "corpus" / str(plan["file"])).read_text(encoding="utf-8")
        run = next(runs(text))
        assert run in learned(f'X = "{run}"', names, wording)
        assert run in learned(f'X = "{run[:6]} {run[6:]}"', names, wording)
    assert "lezhi" in learned("LEZHI_UNITS = 1", names, wording)
    assert not learned("牵头单位：县委宣传部；责任单位：县教育局、县科协", names, wording)
