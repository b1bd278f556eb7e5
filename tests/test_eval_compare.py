"""Two runs compared: the pairing, the figures of each group, the verdict, the command."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

# Loaded here, because the first import takes longer than hypothesis allows a single example.
from statsmodels.stats import contingency_tables, multitest  # noqa: F401

from eval.commands import compare as command
from eval.commands.shared import Commands, OneLineParser
from eval.compare import Comparison, LeftOut, Row, compare, head_fields
from eval.jsonlines import write_lines
from eval.runs import ANSWERS, Item, Run, write_gold, write_head, write_scores
from eval.statistics import mcnemar, paired_bootstrap, smallest_difference
from eval.verdict import p_short, p_text, points, verdict
from index.errors import InputError
from tests.runs import item, question, response
from tests.runs import run as run_of

Marks = Sequence[int]


def items(marks: Marks, **fields: object) -> list[Item]:
    """q0, q1 … right where the mark is 1."""
    return [
        item(question(id=f"q{k}"), float(mark), **fields)  # type: ignore[arg-type]
        for k, mark in enumerate(marks)
    ]


def compared(a: Marks, b: Marks) -> Comparison:
    return compare(run_of(items(a)), run_of(items(b)))


def rows(found: Comparison, part: str) -> dict[str, Row]:
    return {r.name: r for r in found.rows if r.part == part}


def of_shares(values: Sequence[float]) -> Comparison:
    """Units F1 of .5 everywhere in A against these values in B."""
    a = items([1] * len(values), scores={"units_f1": 0.5})
    b = [item(i.gold, scores={"units_f1": v}) for i, v in zip(a, values, strict=True)]
    return compare(run_of(a), run_of(b), measure="units_f1")


def timed(times: Sequence[float]) -> Run:
    """Questions that took so many milliseconds each."""
    given_after = (response(latency_ms=ms) for ms in times)
    return run_of([item(question(id=f"q{k}"), given=r) for k, r in enumerate(given_after)])


# -- pairing ------------------------------------------------------------------------------


def test_only_the_same_questions_are_paired_and_the_others_counted() -> None:
    first = items([1, 1, 1, 1])  # q0 to q3
    changed = replace(first[2], gold=replace(first[2].gold, must=(("16%",),)))
    noted = replace(first[3], gold=replace(first[3].gold, note="looked at again"))
    more = [item(question(id=f"new{k}")) for k in range(3)]
    found = compare(run_of(first), run_of([noted, *more, changed, first[1]]))
    assert found.left_out == LeftOut(only_a=1, only_b=3, altered=1)
    assert found.whole.n == 2  # q1, and q3 whose note alone differs
    assert any("1 questions only in A, 3 only in B, 1 asked" in w for w in found.warnings)


def test_runs_that_share_no_question_are_refused() -> None:
    with pytest.raises(InputError, match="no question in common; run both over the same gold"):
        compare(run_of(items([1])), run_of([item(question(id="z"))]))
    altered = item(question(id="q0", question="几多"))
    with pytest.raises(InputError, match="in common; 1 are asked or judged differently"):
        compare(run_of(items([1])), run_of([altered]))


def test_a_measure_that_no_pair_has_is_refused() -> None:
    with pytest.raises(InputError, match="'rr' in both runs"):
        compare(run_of(items([1], scores={"rr": 1.0})), run_of(items([1])), measure="rr")


def test_a_question_held_in_either_run_is_held() -> None:
    for splits in (("held", "dev"), ("dev", "held"), ("held", "held")):
        a, b = (run_of(items([mark], split=s)) for mark, s in zip((0, 1), splits, strict=True))
        found = compare(a, b)
        assert [p.held for p in found.changed] == [True]
        assert list(rows(found, "split")) == ["held"]


# -- figures ------------------------------------------------------------------------------


def test_the_figures_by_hand() -> None:
    # of 20: 10 right in both, 1 in A alone, 7 in B alone, 2 in neither
    a, b = [1] * 10 + [1] + [0] * 7 + [0] * 2, [1] * 10 + [0] + [1] * 7 + [0] * 2
    row = compared(a, b).whole
    assert (row.n, row.only_a, row.only_b) == (20, 1, 7)
    assert (row.a, row.b) == (11 / 20, 17 / 20)
    assert row.difference.value == pytest.approx(6 / 20)
    assert row.difference == paired_bootstrap(a, b)
    assert row.p == pytest.approx(2 * (1 + 8) / 2**8)  # .0703
    assert row.smallest == smallest_difference(20, 8 / 20)
    assert row.holm is None


def test_every_part_has_its_rows_and_types_are_adjusted_together() -> None:
    # number: 6 of 6 changed, p = 2/64; meta: 1 of 6, p = 1; adjusted: 2 x 2/64 and 1
    meta = [
        question(id=f"m{k}", type="meta", doc=("a", "b"), lang="en", question="题目")
        for k in range(6)
    ]
    first = [item(question(id=f"n{k}"), 0.0, "dev") for k in range(6)]
    first += [item(gold, 0.0, "held") for gold in meta]
    second = [item(i.gold, float(k <= 6), i.split) for k, i in enumerate(first)]
    found = compare(run_of(first), run_of(second))
    assert list(rows(found, "type")) == ["number", "meta"]
    assert list(rows(found, "plan")) == ["a", "several"]
    assert list(rows(found, "lang")) == ["zh", "en"]
    assert list(rows(found, "split")) == ["dev", "held"]
    better, same = rows(found, "type").values()
    assert (better.p, better.holm) == pytest.approx((2 / 64, 4 / 64))
    assert (same.p, same.holm) == (1, 1)
    assert all(r.holm is None for r in found.rows if r.part != "type")
    assert found.rows[0].part == "all"


def test_measures_are_compared_where_both_runs_have_them() -> None:
    a = items([1, 1, 1], scores={"units_f1": 0.5, "length": 9.0})
    b = items([1, 1], scores={"units_f1": 1.0}) + items([1, 1, 1])[2:]
    measured = {m.measure: m for m in compare(run_of(a), run_of(b)).measures}
    assert set(measured) == {"correct", "units_f1"}  # length does not rise
    assert measured["units_f1"].n == 2
    assert measured["units_f1"].difference == (0.5, 0.5, 0.5)


def test_a_share_can_be_compared_group_by_group() -> None:
    found = of_shares((1.0, 1.0, 0.5, 0.0))
    row = found.whole
    assert (row.only_a, row.only_b, row.smallest) == (1, 2, None)
    assert row.p == mcnemar(1, 2)
    assert row.difference.value == pytest.approx(0.125)
    assert [p.a.gold.id for p in found.changed] == ["q0", "q1", "q3"]


def test_times_are_medians() -> None:
    assert compare(timed((5.0, 9.0, 1.0)), timed((2.0, 2.0, 8.0))).median_ms == (5, 2)


MARKS = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=1, max_size=12)


@settings(max_examples=30)
@given(MARKS)
def test_swapping_the_runs_turns_everything(pairs: list[tuple[int, int]]) -> None:
    a, b = zip(*pairs, strict=True)
    there, back = compared(a, b).whole, compared(b, a).whole
    assert (back.a, back.b) == (there.b, there.a)
    assert (back.only_a, back.only_b) == (there.only_b, there.only_a)
    assert (back.p, back.smallest) == (there.p, there.smallest)
    assert back.difference.value == -there.difference.value
    assert back.difference.low == pytest.approx(-there.difference.high, abs=1e-12)


# -- heads --------------------------------------------------------------------------------


def test_heads_are_told_apart_field_by_field() -> None:
    a = run_of([]).head
    b = replace(
        a,
        settings={"encoder": "large", "composer": "x"},
        gold={**a.gold, "y.jsonl": "1" * 64},
        corpus="e" * 64,
        started="2027-01-01T00:00:00+00:00",
        seconds=1.0,
    )
    assert head_fields(a, a) == ()
    assert [tuple(f) for f in head_fields(a, b)] == [
        ("corpus", "c" * 64, "e" * 64),
        ("settings.composer", "", "x"),
        ("settings.encoder", "tiny", "large"),
        ("gold.y.jsonl", "", "1" * 64),
    ]


def test_what_spoils_a_comparison_is_warned_of() -> None:
    a, b = run_of(items([1, 0])), run_of(items([1, 1]))
    assert compare(a, b).warnings == ()
    head = replace(b.head, corpus="e" * 64, machine="9 cores", gold={}, settings={"encoder": "z"})
    failed = replace(b.items[0], response=response("", "error", error="out of memory"))
    told = " | ".join(compare(a, replace(b, head=head, items=(failed, b.items[1]))).warnings)
    for part in ("different plans", "gold files differ (x.dev.jsonl)", "set differently: encoder",
                 "machines differ", "failed on 0 questions in A and 1 in B"):  # fmt: skip
        assert part in told


# -- the verdict --------------------------------------------------------------------------


def test_a_difference_that_shows() -> None:
    said = verdict(compared([0] * 8 + [1] * 92, [1] * 100))
    # p = 2 / 2^8 = .0078. Resampled, 8 of 100 are binomial(100, .08), of which 3 to 14 are left
    # by 2.5 % on each side. 8 % of 100 changing show from .0783 by the formula.
    between = "95% interval +3.0 to +14.0"
    assert said.startswith(f"B is right on 8 more of 100 questions (+8.0 points, {between}")
    assert said.endswith(", p = .008); the set can show differences from 7.8 points.")


def test_a_loss_that_shows() -> None:
    said = verdict(compared([1] * 100, [0] * 8 + [1] * 92))
    between = "95% interval -14.0 to -3.0"
    assert said.startswith(f"B is right on 8 fewer of 100 questions (-8.0 points, {between}")


def test_a_difference_that_does_not_show() -> None:
    said = verdict(compared([0] * 5 + [1] * 95, [1] * 100))
    assert said.startswith("No difference that this set can show: B is right on 5 more of 100 ")
    assert "p = .062)" in said  # 2 / 2^5 = .0625


def test_changes_that_cancel_out() -> None:
    said = verdict(compared([0, 1] * 10, [1, 0] * 10))
    assert "No difference that this set can show: both are right on equally many of 20" in said


def test_no_change_at_all() -> None:
    said = verdict(compared([1] * 10, [1] * 10))
    assert said.startswith("No difference: the same value on all 10 questions; the set can show")
    assert verdict(compared([1], [1])).endswith("; so few questions cannot show any.")


def test_the_verdict_on_a_share_goes_by_its_interval() -> None:
    # higher on all 5: p = 2 / 2^5 = .0625, but every resample is above 0
    said = verdict(of_shares((0.9, 0.8, 0.9, 0.8, 0.7)))
    assert said.startswith("B is higher in units F1 on 5 of 5 questions, lower on 0 (+32.0 points")
    assert "can show" not in said
    # .5 up on three, .5 down on two: a resample may well be below 0
    assert verdict(of_shares((1.0, 1.0, 1.0, 0.0, 0.0))).startswith("No difference that this set")


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.015, "+1.5"), (-0.1, "-10.0"), (0.0004, "0.0"), (-0.0004, "0.0"), (0, "0.0")],
)
def test_points(value: float, text: str) -> None:
    assert points(value) == text


@pytest.mark.parametrize(
    ("p", "short", "long"),
    [
        (0.0119, ".012", "p = .012"),
        (0.0009, "< .001", "p < .001"),
        (0.5, ".500", "p = .500"),
        (1.0, "1", "p = 1"),
    ],
)
def test_p_as_papers_give_it(p: float, short: str, long: str) -> None:
    assert (p_short(p), p_text(p)) == (short, long)


# -- the command --------------------------------------------------------------------------


def saved(run: Run, folder: Path) -> Path:
    folder.mkdir()
    write_head(folder, run.head)
    write_gold(folder, [(i.split, i.gold) for i in run.items])
    write_lines(folder / ANSWERS, ({"id": i.gold.id, **i.response.to_dict()} for i in run.items))
    write_scores(folder, run.items)
    return folder


@pytest.fixture
def two(tmp_path: Path) -> tuple[str, str]:
    """Two runs on disk: of 3 dev and 2 held questions one of each changes from wrong to right."""
    first, second = [], []
    for name, mark in (("q0", 0), ("q1", 1), ("q2", 1), ("h0", 0), ("h1", 1)):
        gold = question(id=name, question=f"{name}有多少\n几条", answer=f"{name}要15%")
        split = "held" if name[0] == "h" else "dev"
        first.append(item(gold, float(mark), split, given=response(f"{name}旧答\n第二行")))
        second.append(item(gold, 1.0, split, given=response(f"{name}新答")))
    a, b = run_of(first, "old"), run_of(second, "new")
    b = replace(b, head=replace(b.head, code="e" * 64))
    return str(saved(a, tmp_path / "a")), str(saved(b, tmp_path / "b"))


def called(*arguments: str) -> None:
    parser = OneLineParser(prog="python -m eval")
    command.register(Commands(parser))
    parsed = parser.parse_args(["compare", *arguments])
    parsed.run(parsed)


def test_the_command_prints_table_verdict_and_changes(
    two: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    called(*two)
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert "  code    dddddddddddd -> eeeeeeeeeeee" in lines
    whole = next(line for line in lines if line.startswith("all "))
    assert whole.split()[:5] == ["all", "5", "60.0", "100.0", "+40.0"]
    head, row = (next(x for x in lines if x.startswith(s)) for s in ("      ", "number "))
    assert len(head) == len(row) == len(whole)
    assert "No difference that this set can show: B is right on 2 more of 5 questions" in out
    at = lines.index("q0 (number): wrong -> right")
    assert lines[at + 1 : at + 9] == [
        "  question  q0有多少",
        "            几条",
        "  expected  q0要15%",
        "  A         q0旧答",
        "            第二行",
        "            ! lacks 15%",
        "  B         q0新答",
        "",
    ]


def test_what_the_newer_run_lost_is_shown_first() -> None:
    found = compared([0, 1, 0, 1], [1, 0, 1, 1])
    shown = [x for x in command.lines(found) if x.startswith(("\n==", "q"))]
    assert [x.split(" (")[0] for x in shown] == [
        "\n== lower in B: 1", "q1", "\n== higher in B: 2", "q0", "q2",
    ]  # fmt: skip


def test_held_questions_are_counted_and_shown_only_when_asked(
    two: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "out" / "c.json"
    called(*two, "--out", str(path))
    out = capsys.readouterr().out
    assert "held questions that changed: 1; counted, not shown (--held shows them)" in out
    for text in (out, path.read_text("utf-8")):
        assert "q0要15%" in text
        assert not any(of_held in text for of_held in ("h0", "h1", "h0旧答"))
    data = json.loads(path.read_text("utf-8"))
    assert data["changed_held_not_shown"] == 1
    called(*two, "--held", "--out", str(path))
    assert "h0 (number): wrong -> right" in capsys.readouterr().out
    data = json.loads(path.read_text("utf-8"))
    assert [c["gold"]["id"] for c in data["changed"]] == ["q0", "h0"]
    assert data["changed_held_not_shown"] == 0


def test_the_json_holds_everything(two: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    called(*two, "--out", str(path))
    data = json.loads(path.read_text("utf-8"), parse_constant=pytest.fail)  # no NaN, no Infinity
    assert (data["a"]["system"], data["b"]["system"], data["a"]["folder"]) == ("old", "new", "a")
    assert data["heads"] == [
        {"name": "system", "a": "old", "b": "new"},
        {"name": "code", "a": "d" * 64, "b": "e" * 64},
    ]
    whole = data["rows"][0]
    assert (whole["n"], whole["only_a"], whole["only_b"], whole["smallest"]) == (5, 0, 2, None)
    assert whole["difference"]["value"] == pytest.approx(0.4)
    assert {m["measure"] for m in data["measures"]} == {"correct"}
    assert data["changed"][0]["a"]["faults"] == ["lacks 15%"]
    assert data["changed"][0]["b"]["answer"]["answer"] == "q0新答"
    assert data["verdict"].startswith("No difference that this set can show")


def test_another_measure_can_be_named_and_an_unknown_one_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a = saved(run_of(items([1, 1], scores={"rr": 0.5})), tmp_path / "a")
    b = saved(run_of(items([1, 1], scores={"rr": 1.0})), tmp_path / "b")
    called(str(a), str(b), "--measure", "rr")
    out = capsys.readouterr().out
    assert "MRR, %; differences are B - A" in out
    assert "q1 (number): 0.50 -> 1.00" in out
    for name in ("beauty", "length"):  # unknown; told, but neither better nor worse
        with pytest.raises(SystemExit, match="2"):
            called(str(a), str(b), "--measure", name)
        error = capsys.readouterr().err
        assert error.startswith("eval: argument --measure: invalid choice")
        assert error.count("\n") == 1


def test_a_folder_without_a_run_is_refused(two: tuple[str, str], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no run"):
        called(two[0], str(tmp_path / "nowhere"))


def test_a_failed_answer_is_told_by_its_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    history = (("谁牵头", "县教育局"),)
    gold = question(id="f1", type="followup", history=history)
    a = saved(run_of([item(gold)]), tmp_path / "a")
    broken = item(gold, 0.0, given=response("", "error", error="timed out"))
    b = saved(run_of([broken]), tmp_path / "b")
    called(str(a), str(b))
    out = capsys.readouterr().out
    assert "  B         timed out" in out
    assert "  before    谁牵头 / 县教育局" in out
    assert "the system failed on 0 questions in A and 1 in B" in out
