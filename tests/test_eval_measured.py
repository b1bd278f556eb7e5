"""What the project says of itself: the README's tables and the result of bench."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.bench import Bench
from eval.bench import load as load_bench
from eval.bench import save as save_bench
from eval.gold import TYPES
from eval.readme import ASKED, BEGIN, END, SYSTEMS, rewrite
from eval.runs import Run
from eval.systems.catalog import SYSTEMS as KNOWN
from index.errors import InputError
from tests.runs import item, question, run

BENCH = Bench("2 cores", 5, 0.8, 0.7, 300.0, 10, 20.0, 40.0, 30.0, 400.0, ())


def default() -> Run:
    english = question(id="e1", type="english")
    return run(
        [
            item(question(id="q1"), 1, "dev"),
            item(question(id="q2"), 0, "dev"),
            item(question(id="q3"), 0, "held", scores={"rr": 0.5, "success@5": 1.0}),
            item(english, 1, "held"),
        ]
    )


def readme(folder: Path, text: str = f"before\n{BEGIN}\nold\n{END}\nafter\n") -> Path:
    path = folder / "README.md"
    path.write_text(text, "utf-8")
    return path


def test_the_readme_is_rewritten_between_its_markers_only(tmp_path: Path) -> None:
    path = readme(tmp_path)
    rewrite(path, [default()], BENCH)
    text = path.read_text("utf-8")
    assert text.startswith(f"before\n{BEGIN}\nSide by side on the 2 held questions")
    assert text.endswith(f"{END}\nafter\n")
    assert "old" not in text
    assert "| number | how much, how many | 1 of 2 (50%) | 0 of 1 (0%) |" in text
    # 1 of 2 held: Wilson's interval of one half of two
    assert "| **Tiaowen** | 50% (9–91) | – / – | – / – | 100% | 0.50 | 10 ms |" in text
    assert "| one `tiaowen ask` as a whole process | 0.80 s, 300 MB |" in text
    rewrite(path, [default()], None)
    assert "whole process" not in path.read_text("utf-8")
    assert [p.name for p in tmp_path.iterdir()] == ["README.md"]


def test_the_systems_stand_in_one_order_and_those_not_run_are_left_out(tmp_path: Path) -> None:
    runs = [run(default().items, name) for name in ("no-tree", "bm25", "default")]
    path = readme(tmp_path)
    rewrite(path, runs, None)
    rows = [line for line in path.read_text("utf-8").split("\n") if "10 ms |" in line]
    found = [line.split(" | ")[0] for line in rows[:3]]
    assert found == [f"| {SYSTEMS[n]}" for n in ("default", "bm25", "no-tree")]


def test_every_system_and_every_type_has_a_row() -> None:
    assert set(SYSTEMS) == set(KNOWN)
    assert tuple(ASKED) == TYPES


def test_what_cannot_be_shown_side_by_side_is_refused(tmp_path: Path) -> None:
    path = readme(tmp_path)
    with pytest.raises(InputError, match="no run of the default system"):
        rewrite(path, [run([], "bm25")], None)
    odd = run([], "bm25")
    odd = replace(odd, head=replace(odd.head, gold={"y.jsonl": "1"}))
    with pytest.raises(InputError, match="bm25 asked other questions"):
        rewrite(path, [default(), odd], None)


def test_a_readme_without_markers_is_left_alone(tmp_path: Path) -> None:
    path = readme(tmp_path, "nothing here\n")
    with pytest.raises(InputError, match="lacks the markers"):
        rewrite(path, [default()], None)
    assert path.read_text("utf-8") == "nothing here\n"


def test_a_bench_result_survives_the_file(tmp_path: Path) -> None:
    path = tmp_path / "bench.json"
    save_bench(BENCH, path)
    assert load_bench(path) == BENCH
    for text in ("{}", "[]", "no"):
        path.write_text(text, "utf-8")
        with pytest.raises(InputError, match="is no result of"):
            load_bench(path)
