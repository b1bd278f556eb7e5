"""The gold format, the scoring rule, the sums, the check of quotes, the command's exit codes."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from eval.__main__ import main, types_of
from eval.bench import Bench
from eval.bench import load as load_bench
from eval.bench import save as save_bench
from eval.gold import BEYOND, LIMITS, ONE_PLAN, TYPES, Gold, faults, gold_files, read_gold, split_of
from eval.readme import BEGIN, END, rewrite
from eval.score import Mark, failures, load, percentile, score, table, tally, verbatim
from index.errors import InputError
from rag.answer import Answer, Citation

ROOT = Path(__file__).resolve().parents[1]
CORPUS = {p.stem: p.read_text("utf-8") for p in (ROOT / "corpus").glob("*.txt")}
LINE = {
    "id": "q1", "doc": ["a"], "lang": "zh", "type": "number", "question": "多少", "answer": "15%",
    "must": ["15%", ["到2025年", "2025年"]], "must_not": ["25%"], "evidence": [],
}  # fmt: skip
SOURCE = "前言。到2025年，\n\n— 3 —\n\n比例**超过** 15%。"
BENCH = Bench("2 cores", 5, 0.8, 0.7, 300.0, 10, 20.0, 40.0, 30.0, 400.0, ())


def gold_file(folder: Path, *lines: dict[str, object], name: str = "x.dev.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return path


def question(**changes: object) -> Gold:
    base = Gold("q1", ("a",), "zh", "number", "多少", "15%", (("15%",),), ("25%",), ())
    return replace(base, **changes)  # type: ignore[arg-type]


def answer(text: str, status: str = "answered", *citations: Citation, ms: float = 10.0) -> Answer:
    return Answer("多少", text, status, "figure", "zh", citations, ms, {})  # type: ignore[arg-type]


def citation(quote: str, start: int, end: int) -> Citation:
    return Citation(1, "a", "甲县", "甲县方案", "a:1", ("一、总则",), quote, start, end, "a.txt")


# -- the format ---------------------------------------------------------------------------


def test_a_gold_line_is_read_with_alternatives_and_history(tmp_path: Path) -> None:
    turns = {"history": [{"q": "谁牵头", "a": "甲局"}]}
    (gold,) = read_gold([gold_file(tmp_path, {**LINE, **turns})])
    assert gold.must == (("15%",), ("到2025年", "2025年"))
    assert gold.history == (("谁牵头", "甲局"),)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "q1"', r"x\.jsonl:2: not a gold question"),
        ("[1]", r"x\.jsonl:2: "),
        (json.dumps({**LINE, "mustnt": []}), "unknown field 'mustnt'"),
        (json.dumps({**LINE, "type": "riddle"}), "unknown type 'riddle'"),
        (json.dumps({k: v for k, v in LINE.items() if k != "must"}), "field 'must' is missing"),
    ],
)
def test_a_faulty_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("\n" + line, "utf-8")
    with pytest.raises(InputError, match=said):
        list(read_gold([path]))


def test_the_split_is_in_the_name() -> None:
    names = ("a.dev.jsonl", "a.held.jsonl", "a.jsonl", "held.jsonl")
    assert [split_of(Path(n)) for n in names] == ["dev", "held", "", "held"]


def test_types_are_chosen_by_name_or_group() -> None:
    assert types_of("single") == ONE_PLAN
    assert types_of("all") == TYPES == ONE_PLAN + BEYOND
    assert types_of("list,meta") == ("list", "meta")
    with pytest.raises(InputError, match="riddle"):
        types_of("list,riddle")
    assert set(LIMITS) == set(TYPES)


# -- the project's own questions ----------------------------------------------------------


def test_the_gold_set_is_large_enough_of_every_type_and_its_ids_are_unique() -> None:
    found = list(read_gold(gold_files()))
    assert len(found) >= 200
    assert {g.type for g in found} == set(TYPES)
    assert [i for i, n in Counter(g.id for g in found).items() if n > 1] == []
    assert {split_of(p) for p in gold_files()} == {"dev", "held"}


def test_evidence_is_verbatim_within_one_line_of_its_plan() -> None:
    missing = [
        f"{g.id}: {piece}"
        for g in read_gold(gold_files())
        for piece in g.evidence
        if "\n" in piece or not any(piece in CORPUS[doc] for doc in g.doc)
    ]
    assert not missing


def test_no_question_stands_in_both_splits() -> None:
    asked: dict[str, set[str]] = {}
    for path in gold_files():
        for gold in read_gold([path]):
            key = re.sub(r"\W", "", gold.question) + repr(gold.history)
            asked.setdefault(key, set()).add(split_of(path))
    assert not [key for key, splits in asked.items() if len(splits) > 1]


# -- the rule -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2025年超过 １５％ [1]", []),
        ("超过*15%*", []),
        ("没有", ["lacks 15%"]),
        ("15%，2035年25%", ["holds 25%"]),
        ("15%" + "。" * LIMITS["number"], [f"too long ({LIMITS['number'] + 3} characters)"]),
    ],
)
def test_an_answer_is_right_by_must_must_not_and_length(text: str, expected: list[str]) -> None:
    assert faults(question(), text, "answered") == expected


@pytest.mark.parametrize(
    ("text", "status", "right"),
    [
        ("", "not_mentioned", True),
        ("方案未提及。", "answered", True),
        ("It is not stated.", "answered", True),
        ("15%", "answered", False),
    ],
)
def test_an_unanswerable_question_wants_a_refusal(text: str, status: str, right: bool) -> None:
    assert (faults(question(type="unanswerable"), text, status) == []) is right


# -- quotes -------------------------------------------------------------------------------


def test_a_quote_is_its_slice_but_for_layout() -> None:
    start, end = SOURCE.index("到"), len(SOURCE)
    assert verbatim(citation("到2025年，比例超过 15%。", start, end), SOURCE)
    assert verbatim(citation("前言。", 0, 3), SOURCE)


@pytest.mark.parametrize(
    ("quote", "start", "end"),
    [
        ("到2025年，比例超过 25%。", 3, len(SOURCE)),
        ("到2025年，比例超过 15%", 3, len(SOURCE)),
        ("前言", 0, 3),
        ("前言。", 1, 4),
        ("", 0, 0),
        ("前言。", 0, 900),
        ("前言。", -3, 3),
    ],
)
def test_any_other_quote_is_torn(quote: str, start: int, end: int) -> None:
    assert not verbatim(citation(quote, start, end), SOURCE)


# -- sums ---------------------------------------------------------------------------------


def test_scoring_passes_the_history_counts_torn_quotes_and_takes_refusals_as_wrong() -> None:
    seen: list[Sequence[tuple[str, str]]] = []

    def ask(text: str, *, history: Sequence[tuple[str, str]]) -> Answer:
        seen.append(history)
        if not text:
            raise InputError("the question is empty")
        return answer("15%", "answered", citation("前言。", 0, 3), citation("后语。", 0, 3))

    turns = (("谁牵头", "甲局"),)
    asked = [("dev", question(history=turns)), ("held", question(question=""))]
    good, bad = score(asked, ask, {"a": SOURCE})
    assert seen == [turns, ()]
    assert (good.right, good.torn) == (True, 1)
    assert (bad.faults, bad.answer) == (("refused: the question is empty",), None)
    assert bad.to_dict()["faults"] == ["refused: the question is empty"]
    assert good.to_dict()["split"] == "dev"


def marks() -> list[Mark]:
    wrong = ("lacks 15%",)
    english = question(type="english", id="e1")
    return [
        Mark(question(), "dev", answer("15%", ms=10), ()),
        Mark(question(id="q2"), "dev", answer("?", ms=20), wrong),
        Mark(question(id="q3"), "held", answer("?", ms=30), wrong),
        Mark(english, "held", answer("15%", ms=40), (), torn=0),
    ]


def test_the_table_adds_up() -> None:
    rows = {line[:18].strip(): line.split()[-5:] for line in table(marks()) if "/" in line}
    assert rows["number"] == ["3", "1", "33.3", "1/2", "0/1"]
    assert rows["english"] == ["1", "1", "100.0", "-", "1/1"]
    assert rows["all"] == ["4", "2", "50.0", "1/2", "1/2"]
    assert "latency: median 20 ms, 95th percentile 40 ms" in table(marks())
    assert tally([]).percent == 0.0


def test_held_failures_are_counted_and_not_shown() -> None:
    shown = "\n".join(failures(marks()))
    assert "q2" in shown
    assert "q3" not in shown
    assert "held questions that failed: 1" in shown
    assert "q3" in "\n".join(failures(marks(), held=True))


def test_percentiles_are_nearest_rank() -> None:
    # the worked example of the nearest-rank definition: ranks ceil(p * 5) of five values
    values = [15, 20, 35, 40, 50]
    shares = (0.05, 0.3, 0.4, 0.5, 1.0)
    assert [percentile(values, p) for p in shares] == [15, 20, 20, 35, 50]
    assert percentile([], 0.5) == 0.0


def test_loading_keeps_the_types_asked_for(tmp_path: Path) -> None:
    path = gold_file(tmp_path, LINE, {**LINE, "id": "q2", "type": "meta"})
    assert [(split, g.id) for split, g in load([path], ("meta",))] == [("dev", "q2")]
    with pytest.raises(InputError, match="no gold questions of type list"):
        load([path], ("list",))


# -- README and bench ---------------------------------------------------------------------


def test_the_readme_is_rewritten_between_its_markers_only(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
    rewrite(path, marks(), BENCH)
    text = path.read_text("utf-8")
    assert text.startswith(f"before\n{BEGIN}\n| type |")
    assert text.endswith(f"{END}\nafter\n")
    assert "old" not in text
    assert "| number | how much, how many | 1 of 2 (50%) | 0 of 1 (0%) |" in text
    assert "| one `tiaowen ask` as a whole process | 0.80 s, 300 MB |" in text
    rewrite(path, marks(), None)
    assert "whole process" not in path.read_text("utf-8")
    assert [p.name for p in tmp_path.iterdir()] == ["README.md"]


def test_a_readme_without_markers_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("nothing here\n", "utf-8")
    with pytest.raises(InputError, match="lacks the markers"):
        rewrite(path, marks(), None)
    assert path.read_text("utf-8") == "nothing here\n"


def test_a_bench_result_survives_the_file(tmp_path: Path) -> None:
    path = tmp_path / "bench.json"
    save_bench(BENCH, path)
    assert load_bench(path) == BENCH
    for text in ("{}", "[]", "no"):
        path.write_text(text, "utf-8")
        with pytest.raises(InputError, match="is no result of"):
            load_bench(path)


# -- the command --------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Exit code and stderr."""
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("score", "--gold", "no-such-file.jsonl"), "no-such-file.jsonl"),
        (("score", "--types", "riddle"), "unknown type 'riddle'"),
        (("bench", "--runs", "0"), "give 1 or more"),
        (("readme", "--bench", "no-such-file.json"), "no-such-file.json"),
        (("sing",), "invalid choice"),
        ((), "COMMAND"),
    ],
)
def test_wrong_use_is_one_line_and_2(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    code, stderr = run(capsys, *arguments)
    assert code == 2
    assert stderr.startswith("eval: ")
    assert said in stderr
    assert stderr.count("\n") == 1


def test_an_unusable_index_is_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "CURRENT").write_text("gen-gone\n", "utf-8")
    code, stderr = run(capsys, "score", "--index", str(tmp_path))
    assert code == 3
    assert "tiaowen build" in stderr
    assert stderr.count("\n") == 1
