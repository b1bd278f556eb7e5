"""python -m eval: the commands of gold and runs, exit codes, one line for every error."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.commands.run import failures, types_of
from eval.gold import BEYOND, ONE_PLAN, TYPES, to_record
from eval.runs import open_run
from index.errors import InputError
from tests.runs import item, question, response

ROOT = Path(__file__).resolve().parents[1]
WITHOUT_META = str(ROOT / "eval/gold/cross.dev.jsonl")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr."""
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("score", "--gold", "no-such-file.jsonl"), "no-such-file.jsonl"),
        (("score", "--types", "riddle"), "unknown type 'riddle'"),
        (("score", "--types", "meta", "--gold", WITHOUT_META), "no gold questions of type meta"),
        (("run", "--gold", "no-such-file.jsonl", "--out", "x"), "no-such-file.jsonl"),
        (("run", "--system", "magic", "--out", "x"), "unknown system 'magic'"),
        (("run", "--system", "answers:no-such.jsonl", "--out", "x"), "cannot read no-such.jsonl"),
        (("run", "--system", "vanilla-llm", "--out", "x"), "set TIAOWEN_LLM_BASE_URL"),
        (("run",), "--out"),
        (("bench", "--runs", "0"), "not a number of 1 or more"),
        (("bench", "--gold", "no-such-file.jsonl"), "no-such-file.jsonl"),
        (("readme", "no-such-folder"), "no run of the default system"),
        (("check", "--corpus", "no-such-folder"), "no-such-folder"),
        (("check", "--gold", "no-such-file.jsonl"), "no-such-file.jsonl"),
        (("sing",), "invalid choice"),
        ((), "COMMAND"),
    ],
)
def test_wrong_use_is_one_line_and_2_before_anything_is_built(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    opened: list[object] = []
    monkeypatch.setattr("rag.cli.open_assistant", opened.append)
    monkeypatch.setattr("eval.bench._process", opened.append)
    monkeypatch.delenv("TIAOWEN_LLM_BASE_URL", raising=False)
    code, _, stderr = run(capsys, *arguments)
    assert (code, opened) == (2, [])
    assert stderr.startswith("eval: ")
    assert said in stderr
    assert stderr.count("\n") == 1


def test_a_reader_who_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    gold = write_gold(tmp_path, question(id="g1"))
    (tmp_path / "a.txt").write_text("15%", "utf-8")
    read_end, write_end = os.pipe()
    os.close(read_end)
    command = [sys.executable, "-m", "eval", "check", "--corpus", str(tmp_path), "--gold"]
    command.append(str(gold))
    done = subprocess.run(command, cwd=ROOT, stdout=write_end, stderr=subprocess.PIPE, check=False)
    os.close(write_end)
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_unusable_index_is_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "CURRENT").write_text("gen-gone\n", "utf-8")
    for command in (("score",), ("run", "--out", str(tmp_path / "out"))):
        code, _, stderr = run(capsys, *command, "--index", str(tmp_path))
        assert code == 3
        assert "tiaowen build" in stderr
        assert stderr.count("\n") == 1


def test_types_are_chosen_by_name_or_group() -> None:
    assert types_of("single") == ONE_PLAN
    assert types_of("all") == TYPES == ONE_PLAN + BEYOND
    assert types_of("list,meta") == ("list", "meta")
    with pytest.raises(InputError, match="riddle"):
        types_of("list,riddle")


def test_held_failures_are_counted_and_not_shown() -> None:
    items = [
        item(question(id="q1"), 1, "dev"),
        item(question(id="q2"), 0, "dev", given=response("?")),
        item(question(id="q3"), 0, "held"),
        item(question(id="q4"), 1, "dev", scores={"verbatim": 0.5}),
    ]
    shown = "\n".join(failures(items))
    assert "q1" not in shown
    assert "q2" in shown
    assert "q3" not in shown
    assert "quotes    not all verbatim" in shown
    assert "held questions that failed: 1" in shown
    assert "q3" in "\n".join(failures(items, held=True))


# -- gold ---------------------------------------------------------------------------------


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of one plan, with gold questions and their seal."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    text = "甲县科学素质实施方案\n一、主要目标\n到2025年，比例超过15%。\n二、保障\n加强领导。\n"
    (folder / "a.txt").write_text(text, "utf-8")
    return folder


def write_gold(folder: Path, *golds: object) -> Path:
    path = folder / "x.dev.jsonl"
    path.write_text(
        "".join(json.dumps(to_record(g), ensure_ascii=False) + "\n" for g in golds),  # type: ignore[arg-type]
        "utf-8",
    )
    return path


def test_check_counts_the_sets_and_ends_with_2_on_a_fault(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = question(id="g1", evidence=("比例超过15%",))
    path = write_gold(tmp_path, good)
    code, out, _ = run(capsys, "check", "--corpus", str(corpus), "--gold", str(path))
    assert code == 0
    assert re.search(r"x +dev +1\n", out)
    assert "1 questions, 0 faults, 0 remarks" in out
    write_gold(tmp_path, good, question(id="g2", question="几成", evidence=("比例超过16%",)))
    code, out, err = run(capsys, "check", "--corpus", str(corpus), "--gold", str(path))
    assert code == 2
    assert "fault   x.dev.jsonl: g2: evidence stands in no plan" in out
    assert err.count("\n") == 1


def test_a_sealed_set_tells_what_a_replaced_plan_made_stale(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_gold(tmp_path, question(id="g1", evidence=("到2025年，比例超过15%",)))
    places = ("--corpus", str(corpus), "--gold", str(path))
    assert run(capsys, "stale", *places)[1].startswith("not sealed   g1\n1 of 1")
    assert run(capsys, "seal", *places)[0] == 0
    assert run(capsys, "stale", *places)[1] == "0 of 1 questions to look at again\n"
    plan = corpus / "a.txt"
    plan.write_text(plan.read_text("utf-8").replace("超过15%", "达到20%"), "utf-8")
    code, out, _ = run(capsys, "stale", *places)
    assert code == 0
    assert out.startswith("gone         g1: 到2025年，比例超过15%\n")
    assert "now perhaps: 到2025年，比例达到20%。" in out
    assert run(capsys, "seal", *places)[0] == 2


# -- the whole way ------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.model
def test_a_run_from_the_command_line(
    tmp_path: Path, real_index_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two systems in one run; stale questions stop it unless they are left out."""
    lines = (ROOT / "eval/gold/cross.dev.jsonl").read_text("utf-8").splitlines(True)[:3]
    gold = tmp_path / "few.dev.jsonl"
    gold.write_text("".join(lines), "utf-8")
    out = tmp_path / "runs"
    places = ("--index", str(real_index_folder), "--gold", str(gold))
    code, said, _ = run(
        capsys, "run", *places, "--system", "default", "bm25", "--out", str(out)
    )
    assert code == 0
    assert f"== bm25: {out / 'bm25'}" in said
    assert len(open_run(out / "default").items) == 3
    record = json.loads(lines[0])
    stale = json.dumps({**record, "evidence": ["不在任何方案里"]})
    gold.write_text(stale + "\n" + lines[1], "utf-8")
    code, _, err = run(capsys, "run", *places, "--out", str(tmp_path / "other"))
    assert code == 2
    assert "--skip-stale" in err
    code, said, err = run(
        capsys, "run", *places, "--out", str(tmp_path / "other"), "--skip-stale"
    )
    assert (code, len(open_run(tmp_path / "other").items)) == (0, 1)
    assert "1 questions left out" in err
