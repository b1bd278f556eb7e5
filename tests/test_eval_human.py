"""People scoring answers: blind sheets, the terminal, agreement, adjudication, final scores."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

# Loaded here, because the first import takes longer than hypothesis allows a single example.
from statsmodels.stats.inter_rater import fleiss_kappa  # noqa: F401

from eval.cells import clean
from eval.commands import human as command
from eval.commands.shared import Commands, OneLineParser
from eval.human import agreement as agreement_module
from eval.human.adjudication import NAME as DISAGREEMENTS
from eval.human.adjudication import read_decisions, write_disagreements
from eval.human.agreement import agreement, cohen, cohen_kappa, fleiss, kappa_of, landis_koch
from eval.human.files import SheetFile, scorer_names, write_sheet, write_sheets
from eval.human.key import Key, read_key
from eval.human.outcome import Outcome, outcome, settle
from eval.human.returned import read_returned, sheet_files
from eval.human.sheets import CELL, Row, Sheet, draw, stratified
from eval.human.tables import SUFFIXES
from eval.human.terminal import score
from eval.human.texts import CRITERIA, KAPPA_WORDS, TEXT, WRITTEN
from eval.human.words import (
    CITATIONS,
    NO_ANSWER,
    NO_CITATIONS,
    NOTHING,
    ORDERED,
    SCORES_TAB,
    VERDICTS,
    Kind,
    Words,
    read_word,
)
from eval.jsonlines import read_lines, write_lines
from eval.runs import ANSWERS, Run, write_gold, write_head, write_scores
from eval.systems.base import Quote
from index.errors import InputError
from tests.runs import item, question, response
from tests.runs import run as run_of

QUOTE = Quote(1, "a", 0, 9, "由县教育局牵头。", ("甲县实施方案", "一、任务"))
TITLES = {"a": "甲县实施方案"}
YES_NO = ("yes", "no")


@pytest.fixture(autouse=True)
def few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Intervals are looked at in the tests that set their own number."""
    monkeypatch.setattr(agreement_module, "RESAMPLES", 20)


def make_run(name: str, rights: Mapping[str, float], *, types: Sequence[str] = ("number",)) -> Run:
    """A run with one question an id, types in turn; answers name no system."""
    items = [
        item(
            question(id=q, type=types[n % len(types)], question=f"问题{q}"),
            right,
            given=response(f"回答{q}{'' if right else '错'} [1]", citations=(QUOTE,)),
        )
        for n, (q, right) in enumerate(rights.items())
    ]
    return run_of(items, name, Path(f"runs/{name}"))


def save(run: Run, folder: Path) -> Path:
    """The run as a folder that opens."""
    write_head(folder, run.head)
    write_gold(folder, [(i.split, i.gold) for i in run.items])
    write_lines(folder / ANSWERS, ({"id": i.gold.id, **i.response.to_dict()} for i in run.items))
    write_scores(folder, run.items)
    return folder


TWO = (
    make_run("alpha-sys", {"q1": 1, "q2": 1, "q3": 0}),
    make_run("beta-sys", {"q1": 0, "q2": 1, "q3": 0}),
)


def tell(folder: Path, key: Key, marks: Mapping[str, Callable[[str, str], str]]) -> None:
    """Fills in sheets: a scorer's function gives the verdict of (system, question), "" for none."""
    for path in sheet_files([folder]):
        sheet = SheetFile(path)
        verdict = marks[path.stem.removeprefix("scorer-")]
        for n, row in enumerate(sheet.rows):
            entry = key.by_id[row.id]
            told = verdict(entry.system, entry.question)
            citation = "yes" if told and row.cited else ""
            sheet.put(n, replace(row, verdict=told, citation=citation))


def sheets(folder: Path, suffix: str = ".jsonl", names: Sequence[str] = ("甲", "乙")) -> Key:
    drawn = draw(TWO, names, titles=TITLES)
    write_sheets(folder, drawn, suffix)
    return drawn.key


def run_command(*arguments: object) -> None:
    parser = OneLineParser(prog="python -m eval")
    command.register(Commands(parser))
    parsed = parser.parse_args(["human", *map(str, arguments)])
    parsed.run(parsed)


# -- words --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text", "name"),
    [
        ("verdict", "对", "correct"),
        ("verdict", " 部分对\u3000", "partly"),
        ("verdict", "Ｗｒｏｎｇ", "wrong"),
        ("verdict", "CORRECT", "correct"),
        ("verdict", "无法判断", "cannot_tell"),
        ("verdict", "cannot tell", "cannot_tell"),
        ("verdict", "对 correct", "correct"),
        ("verdict", "yes", None),
        ("verdict", "还行", None),
        ("citation", "对", "yes"),
        ("citation", "No", "no"),
        ("citation", "部分对", None),
    ],
)
def test_verdicts_are_read_in_both_languages(kind: Kind, text: str, name: str | None) -> None:
    assert read_word(kind, text) == name


def test_both_languages_say_the_same_things() -> None:
    """Every sentence exists in both languages with the same places to fill in."""
    for words in (*TEXT.values(), *WRITTEN.values(), *KAPPA_WORDS.values()):
        assert isinstance(words, Words)
        assert words.zh
        assert words.en
        holes = [Counter(p.split("}")[0] for p in text.split("{")[1:]) for text in words]
        assert holes[0] == holes[1], words
    for kind in ("verdict", "citation"):
        assert len(CRITERIA["zh"][kind]) == len(CRITERIA["en"][kind])


# -- drawing ------------------------------------------------------------------------------


def test_a_sheet_tells_nothing_of_where_an_answer_is_from() -> None:
    drawn = draw(TWO, ("甲",), reference=("甲",), titles=TITLES)
    rows = drawn[1][0].rows
    texts = json.dumps([[r.id, r.question, r.answer, r.citations, r.reference] for r in rows])
    for hidden in ("alpha", "beta", "runs", "lacks", "10.0", "correct"):
        assert hidden not in texts
    assert not {e.id for e in drawn.key.entries} & {"q1", "q2", "q3"}
    assert len({e.id for e in drawn.key.entries}) == 6


def test_the_key_tells_it() -> None:
    key = draw(TWO, ("甲",)).key
    told = {(e.system, e.question): e.right for e in key.entries}
    assert told == {
        ("alpha-sys", "q1"): True, ("alpha-sys", "q2"): True, ("alpha-sys", "q3"): False,
        ("beta-sys", "q1"): False, ("beta-sys", "q2"): True, ("beta-sys", "q3"): False,
    }  # fmt: skip
    assert [s.folder for s in key.sources] == ["runs/alpha-sys", "runs/beta-sys"]


def test_every_scorer_has_the_same_rows_in_another_order() -> None:
    drawn = draw(TWO, ("a", "b", "c", "d"))
    orders = [[r.id for r in s.rows] for s in drawn.sheets]
    assert len({tuple(o) for o in orders}) == 4
    assert all(sorted(o) == sorted(orders[0]) for o in orders)


def test_drawing_is_repeatable_and_follows_the_seed() -> None:
    assert draw(TWO, ("a", "b"), sample=2) == draw(TWO, ("a", "b"), sample=2)
    assert draw(TWO, ("a", "b"), seed=2).key.entries != draw(TWO, ("a", "b"), seed=3).key.entries


def test_another_scorer_leaves_the_orders_of_the_others_alone() -> None:
    assert draw(TWO, ("a", "b", "c")).sheets[:2] == draw(TWO, ("a", "b")).sheets


def test_all_systems_answers_to_a_drawn_question_are_taken() -> None:
    key = draw(TWO, ("a",), sample=2).key
    by_question = Counter(e.question for e in key.entries)
    assert list(by_question.values()) == [2, 2]
    assert [(s.drawn, s.of) for s in key.strata] == [(2, 3)]


def test_two_runs_of_one_system_are_told_apart() -> None:
    first = TWO[0]
    again = replace(first, folder=Path("runs/later"))
    labels = [s.label for s in draw([first, again], ("a",)).key.sources]
    assert labels == ["alpha-sys (alpha-sys)", "alpha-sys (later)"]
    with pytest.raises(InputError, match="named twice"):
        draw([first, first], ("a",))


def test_held_questions_are_left_out_unless_asked_for() -> None:
    items = [item(question(id="q1")), item(question(id="q2"), split="held")]
    run = run_of(items)
    drawn = draw([run], ("a",))
    assert [e.question for e in drawn.key.entries] == ["q1"]
    assert drawn.held == 1
    assert len(draw([run], ("a",), held=True).key.entries) == 2
    with pytest.raises(InputError, match="--held"):
        draw([run_of(items[1:])], ("a",))


def test_only_named_scorers_see_the_expected_answer() -> None:
    drawn = draw(TWO, ("a", "b"), reference=("b",))
    shown = {s.scorer: {r.reference for r in s.rows} for s in drawn.sheets}
    assert shown == {"a": {None}, "b": {"15%"}}
    with pytest.raises(InputError, match="'c' is no scorer; the scorers are a, b"):
        draw(TWO, ("a", "b"), reference=("c",))


def test_a_row_shows_earlier_turns_citations_and_what_is_missing() -> None:
    asked = question(history=(("前问", "前答"),), question="后问", type="unanswerable", answer="")
    second = replace(QUOTE, n=2, quote="负责\n培训。")
    elsewhere = replace(QUOTE, n=3, plan="b", path=("b", "b", "二、保障"))
    given = response("", "error", citations=(QUOTE, second, elsewhere))
    asked_run = run_of([item(asked, given=given)])
    row = draw([asked_run], ("a",), reference=("a",), titles=TITLES)[1][0][1][0]
    assert row.question == "【前文 earlier】\n问：前问\n答：前答\n【本问 now asked】\n后问"
    assert row.answer == NO_ANSWER
    assert row.citations == (
        "[1] 甲县实施方案 › 一、任务：“由县教育局牵头。”\n"
        "[2] （同上 same place）：“负责 培训。”\n"
        "[3] b › 二、保障：“b”".replace("“b”", "“由县教育局牵头。”")
    )
    assert row.reference
    assert "不" not in row.reference[:1]
    assert "如实说明" in row.reference


def test_citations_stop_where_a_cell_is_full() -> None:
    many = tuple(replace(QUOTE, n=n, quote="字" * 400) for n in range(1, 101))
    row = draw([run_of([item(given=response(citations=many))])], ("a",)).sheets[0].rows[0]
    lines = row.citations.split("\n")
    assert len(row.citations) < CELL + 100
    assert lines[-1].startswith(f"……（另有 {100 - (len(lines) - 1)} 条引用")


@given(
    st.dictionaries(st.integers(0, 60).map(str), st.sampled_from("abcd"), min_size=1),
    st.integers(1, 70),
)
def test_a_sample_holds_every_type_and_is_as_large_as_asked(types: dict[str, str], k: int) -> None:
    sizes = Counter(types.values())
    if k < len(sizes):
        with pytest.raises(InputError, match="cannot hold all"):
            stratified(types, k, Random(1))
        return
    drawn = stratified(types, k, Random(1))
    assert len(drawn) == min(k, len(types))
    quotas = Counter(types[i] for i in drawn)
    assert quotas.keys() == sizes.keys()


def test_a_sample_gives_types_their_share() -> None:
    # 4 of 6 a and 3 b: shares 2.67 and 1.33, so 3 and 1.
    types = {f"{kind}{n}": kind for kind, of in (("a", 6), ("b", 3)) for n in range(of)}
    drawn = stratified(types, 4, Random(5))
    assert Counter(i[0] for i in drawn) == {"a": 3, "b": 1}


@given(st.text())
def test_cleaned_text_can_be_shown(text: str) -> None:
    shown = clean(text + "\r\n\x1b[31m\ud800")
    assert not [c for c in shown if ord(c) < 32 and c not in "\n\t"]
    shown.encode("utf-8")


# -- files --------------------------------------------------------------------------------


def test_scorer_names() -> None:
    assert scorer_names(3, "") == ("s1", "s2", "s3")
    assert scorer_names(None, "张三, li-4") == ("张三", "li-4")
    for count, names, said in (
        (None, "", "how many"),
        (3, "a,b", "3 scorers but 2 names"),
        (None, "../a", "letters, digits"),
        (None, "a,A", "two scorers"),
    ):
        with pytest.raises(InputError, match=said):
            scorer_names(count, names)


NASTY = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "1E5", "2025-01-01", "'x")


def test_nothing_in_a_workbook_is_a_formula(tmp_path: Path) -> None:
    rows = tuple(Row(f"ID{n}", t, t, t, t, remark=t) for n, t in enumerate(NASTY))
    path = tmp_path / "scorer-a.xlsx"
    write_sheet(path, Sheet("a", rows), reference=True)
    tab = load_workbook(path)[SCORES_TAB]
    cells = [c for line in tab.iter_rows(min_row=2) for c in line if c.value is not None]
    assert {c.data_type for c in cells} == {"s"}
    assert "<f>" not in _tab_xml(path)
    assert all(c.quotePrefix for c in cells if str(c.value).startswith(("=", "+", "-", "@", "\t")))
    assert [(r.question, r.reference) for r in SheetFile(path).rows] == [(t, t) for t in NASTY]


def _tab_xml(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet2.xml").decode()


def test_a_remark_put_in_a_workbook_is_no_formula(tmp_path: Path) -> None:
    sheets(tmp_path, ".xlsx")
    path = tmp_path / "scorer-甲.xlsx"
    sheet = SheetFile(path)
    sheet.put(0, replace(sheet.rows[0], verdict="wrong", citation="no", remark="=HYPERLINK(1)"))
    assert "<f>" not in _tab_xml(path)
    assert SheetFile(path).rows[0].remark == "=HYPERLINK(1)"


def test_a_workbook_can_be_filled_in_as_told(tmp_path: Path) -> None:
    sheets(tmp_path, ".xlsx")
    book = load_workbook(tmp_path / "scorer-甲.xlsx")
    tab = book[SCORES_TAB]
    assert book.sheetnames == ["说明 instructions", SCORES_TAB]
    assert [c.value for c in tab[1]] == [
        "编号\nid", "问题\nquestion", "回答\nanswer", "引用\ncitations",
        "回答评分\nverdict", "引用评分\ncitation verdict", "备注\nremark",
    ]  # fmt: skip
    assert tab.freeze_panes == "B2"
    lists = {str(v.sqref): v.formula1 for v in tab.data_validations.dataValidation}
    assert lists == {"E2:E7": '"对,部分对,错,无法判断"', "F2:F7": '"对,错,无法判断"'}
    assert tab.protection.sheet
    assert [c.protection.locked for c in tab[2]] == [True] * 4 + [False] * 3
    assert all(c.alignment.wrap_text for c in tab[2])
    notes = list(book.worksheets[0].iter_rows(values_only=True))
    assert notes[0] == ("人工评分说明", "How to score")
    assert all(zh and en for zh, en in notes)
    assert [zh[:2] for zh, _ in notes if zh[0].isdigit()] == [f"{n}." for n in range(1, 9)]


def test_what_is_drawn_is_what_is_read(tmp_path: Path) -> None:
    drawn = draw(TWO, ("a", "b"), reference=("b",), titles=TITLES)
    for suffix in SUFFIXES:
        write_sheets(tmp_path / suffix, drawn, suffix)
        for name, rows in drawn.sheets:
            assert SheetFile(tmp_path / suffix / f"scorer-{name}{suffix}").rows == list(rows)
        assert read_key(tmp_path / suffix / "key.json") == drawn.key


texts = st.text(st.characters(codec="utf-8"), max_size=40).map(clean).filter(str.strip)


@settings(max_examples=25)
@given(texts, texts)
def test_any_text_survives_a_workbook(
    tmp_path_factory: pytest.TempPathFactory, a: str, b: str
) -> None:
    given_ = response(a, citations=(replace(QUOTE, quote=b),))
    drawn = draw([run_of([item(question(question=b), given=given_)])], ("a",))
    folder = tmp_path_factory.mktemp("any")
    write_sheets(folder, drawn, ".xlsx")
    assert read_returned(sheet_files([folder]), drawn.key).faults == ()


def test_filled_sheets_are_never_overwritten(tmp_path: Path) -> None:
    sheets(tmp_path)
    with pytest.raises(InputError, match="is there already; name a new folder"):
        sheets(tmp_path)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("scorer-a.xlsx", b"nothing", "no Excel workbook"),
        ("scorer-a.csv", b"id", "neither .xlsx nor .jsonl"),
        ("scorer-a.jsonl", b'{"id": "A"}', ":1 lacks the column 'question'"),
        ("scorer-a.jsonl", b'{"name": "A"}', "unknown field 'name'"),
        ("scorer-a.jsonl", b"", "no rows"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=said):
        SheetFile(tmp_path / name)


def test_a_workbook_with_other_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "scorer-a.xlsx"
    book = Workbook()
    book.save(path)
    with pytest.raises(InputError, match="lacks the column 'id'; it has: none"):
        SheetFile(path)
    book.create_sheet("other")
    book.save(path)
    with pytest.raises(InputError, match="has no sheet '评分 scores'; it has: Sheet, other"):
        SheetFile(path)
    book.active.title = SCORES_TAB
    book.active.append(["编号\nid", "my notes"])
    book.save(path)
    with pytest.raises(InputError, match="column 'my notes' is unknown"):
        SheetFile(path)


# -- terminal -----------------------------------------------------------------------------


def typed(path: Path, keys: str, lang: str = "zh") -> str:
    """What is shown when these lines are typed at a sheet."""
    shown = io.StringIO()
    score(SheetFile(path), io.StringIO(keys), shown, lang)  # type: ignore[arg-type]
    return shown.getvalue()


def marks(path: Path) -> list[tuple[str, str, str]]:
    return [(r.verdict, r.citation, r.remark) for r in SheetFile(path).rows]


@pytest.fixture(params=SUFFIXES)
def sheet(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A sheet of four rows, the third without citations."""
    rows = [Row(f"ROW{n}", f"问{n}", f"答{n}", "[1] a：“b”") for n in range(4)]
    rows[2] = replace(rows[2], citations=NO_CITATIONS)
    path = tmp_path / f"scorer-a{request.param}"
    write_sheet(path, Sheet("a", tuple(rows)), reference=False)
    return path


NONE = ("", "", "")


def test_scoring_from_end_to_end(sheet: Path) -> None:
    shown = typed(sheet, "c\ny\nＰ 漏了\u3000一个单位\nn 引错\n?\n错\n？\n")
    assert marks(sheet) == [
        ("correct", "yes", ""),
        ("partly", "no", "引错"),
        ("cannot_tell", "", ""),
        ("wrong", "cannot_tell", ""),
    ]
    assert "第 4 条，共 4 条，已评 3 条" in shown
    assert "全部 4 条都已评完" in shown
    assert "下一" not in typed(sheet, "c\n")  # nothing is asked where nothing is left
    assert marks(sheet)[0] == ("correct", "yes", "")


def test_every_key_is_saved_and_scoring_goes_on_where_it_stopped(sheet: Path) -> None:
    assert "已保存：评了 1 条，还剩 3 条" in typed(sheet, "c\ny\nw 缺时间\n")
    assert marks(sheet) == [("correct", "yes", ""), ("wrong", "", "缺时间"), NONE, NONE]
    shown = typed(sheet, "\nn\nq\n")  # Enter keeps the verdict there
    assert "第 2 条" in shown
    assert "现评：错，直接回车保留" in shown
    assert marks(sheet)[1] == ("wrong", "no", "缺时间")


def test_back_skip_and_unknown_keys(sheet: Path) -> None:
    # Back from the third to the second, mended; on to the first unscored, skipped; last scored.
    shown = typed(sheet, "b\nc\ny\nc\ny\nb\nw\nb\np\nn\ns\nx\n\nc\ny\n")
    assert "已经是第一条" in shown
    assert "没有“x”这个键，请用：c p w ? b s q" in shown
    assert marks(sheet) == [
        ("correct", "yes", ""),
        ("partly", "no", ""),
        NONE,
        ("correct", "yes", ""),
    ]
    assert "还剩 1 条" in shown


def test_the_terminal_speaks_english(sheet: Path) -> None:
    shown = typed(sheet, "c\n", "en")
    assert "Is the answer right" in shown
    assert "saved: 0 scored, 4 to go" in shown
    assert not [line for line in shown.splitlines() if line.startswith("Is") and "对" in line]


def test_a_faulty_word_is_named_before_scoring(tmp_path: Path) -> None:
    write_sheet(tmp_path / "scorer-a.jsonl", Sheet("a", (Row("A", "问", "答", "x"),)), False)
    record = next(iter(read_lines(tmp_path / "scorer-a.jsonl")))
    write_lines(tmp_path / "scorer-a.jsonl", [record | {"verdict": "还行"}])
    with pytest.raises(InputError, match=r"scorer-a\.jsonl:1: .*'还行' is none of 对, 部分对"):
        SheetFile(tmp_path / "scorer-a.jsonl")


# -- kappa --------------------------------------------------------------------------------


def pairs(table: Sequence[Sequence[int]], names: Sequence[str]) -> tuple[list[str], list[str]]:
    """The verdicts of two scorers from their table."""
    rows = [
        (a, b)
        for a, line in zip(names, table, strict=True)
        for b, n in zip(names, line, strict=True)
        for _ in range(n)
    ]
    return [a for a, _ in rows], [b for _, b in rows]


def test_cohens_kappa_of_the_textbook_table() -> None:
    # 20 5 / 10 15: p_o = 35/50 = .7; p_e = 25/50 * 30/50 + 25/50 * 20/50 = .5; .2/.5 = .4.
    assert cohen(*pairs([[20, 5], [10, 15]], YES_NO), YES_NO) == pytest.approx(0.4)


def test_linear_kappa_by_hand() -> None:
    # Distances in steps of 1/2. Observed: 4 of 10 one step apart = .2. By chance, with shares
    # .5 .3 .2 for both: one step 2 (.15 + .06) / 2 = .21, two steps 2 (.1) = .2. 1 - .2/.41.
    a, b = pairs([[4, 1, 0], [1, 1, 1], [0, 1, 1]], ORDERED)
    assert cohen(a, b, ORDERED, linear=True) == pytest.approx(1 - 0.2 / 0.41)
    # A step counts for less than two: the same numbers further apart agree less.
    a, b = pairs([[4, 0, 1], [1, 1, 1], [0, 1, 1]], ORDERED)
    assert cohen(a, b, ORDERED, linear=True) < 1 - 0.2 / 0.41  # type: ignore[operator]


def test_fleiss_kappa_of_fleiss_1971() -> None:
    """His table 1: 30 patients, 5 diagnoses, 6 psychiatrists; he finds .430."""
    table = [
        (0, 0, 0, 6, 0), (0, 3, 0, 0, 3), (0, 1, 4, 0, 1), (0, 0, 0, 0, 6), (0, 3, 0, 3, 0),
        (2, 0, 4, 0, 0), (0, 0, 4, 0, 2), (2, 0, 3, 1, 0), (2, 0, 0, 4, 0), (0, 0, 0, 0, 6),
        (1, 0, 0, 5, 0), (1, 1, 0, 4, 0), (0, 3, 3, 0, 0), (1, 0, 0, 5, 0), (0, 2, 0, 3, 1),
        (0, 0, 5, 0, 1), (3, 0, 0, 1, 2), (5, 1, 0, 0, 0), (0, 2, 0, 4, 0), (1, 0, 2, 0, 3),
        (0, 0, 0, 0, 6), (0, 1, 0, 5, 0), (0, 2, 0, 1, 3), (2, 0, 0, 4, 0), (1, 0, 0, 4, 1),
        (0, 5, 0, 1, 0), (4, 0, 0, 0, 2), (0, 2, 0, 4, 0), (1, 0, 5, 0, 0), (0, 0, 0, 0, 6),
    ]  # fmt: skip
    assert fleiss(table) == pytest.approx(0.430, abs=5e-4)


def test_fleiss_and_randolph_of_three_rows() -> None:
    # Three scorers, verdicts x and y: xxx, xxy, yyy. Pairs agreeing: 1, 1/3, 1: p_o = 7/9.
    # Shares x 5/9, y 4/9: p_e = 41/81; (63 - 41) / (81 - 41) = .55. Randolph: p_e = 1/2, .5556.
    table = [(3, 0), (2, 1), (0, 3)]
    assert fleiss(table) == pytest.approx(0.55)
    assert fleiss(table, randolph=True) == pytest.approx((7 / 9 - 1 / 2) / (1 / 2))


def test_kappa_is_not_defined_where_all_is_one_and_the_same() -> None:
    assert cohen(["yes"] * 5, ["yes"] * 5, YES_NO) is None
    assert cohen(["wrong"] * 5, ["wrong"] * 5, ORDERED, linear=True) is None
    assert cohen([], [], YES_NO) is None
    assert fleiss([(0, 3), (0, 3)]) is None
    # Each is of one mind, but not of the same: no agreement, and that is known.
    assert cohen(["yes"] * 5, ["no"] * 5, YES_NO) == 0


verdicts = st.lists(
    st.tuples(st.sampled_from(ORDERED), st.sampled_from(ORDERED)), min_size=2, max_size=30
).filter(lambda rows: len({v for row in rows for v in row}) > 1)


@settings(deadline=None)  # the first example imports what it is held against
@given(verdicts, st.booleans())
def test_cohen_is_scikit_learns(rows: list[tuple[str, str]], linear: bool) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    a, b = map(list, zip(*rows, strict=True))
    expected = metrics.cohen_kappa_score(
        a, b, labels=list(ORDERED), weights="linear" if linear else None
    )
    assert cohen(a, b, ORDERED, linear) == pytest.approx(expected)


@given(verdicts)
def test_kappa_does_not_depend_on_who_is_first(rows: list[tuple[str, str]]) -> None:
    a, b = map(list, zip(*rows, strict=True))
    for linear in (False, True):
        found = cohen(a, b, ORDERED, linear)
        assert found == pytest.approx(cohen(b, a, ORDERED, linear))
        assert found is not None
        assert -1 - 1e-9 <= found <= 1 + 1e-9


@pytest.mark.parametrize(
    ("kappa", "word"),
    [
        (-0.01, "poor"), (0, "slight"), (0.2, "slight"), (0.21, "fair"), (0.4, "fair"),
        (0.41, "moderate"), (0.6, "moderate"), (3 * 0.2, "moderate"), (0.8, "substantial"),
        (0.81, "almost perfect"), (1, "almost perfect"), (1 + 1e-16, "almost perfect"),
    ],
)  # fmt: skip
def test_the_words_of_landis_and_koch(kappa: float, word: str) -> None:
    assert landis_koch(kappa) == word
    assert word in KAPPA_WORDS


def test_the_interval_of_a_kappa(monkeypatch: pytest.MonkeyPatch) -> None:
    """About what the textbook formula gives: .4 ± 1.96 * .127 (Fleiss, Cohen & Everitt 1969)."""
    monkeypatch.setattr(agreement_module, "RESAMPLES", 1000)
    a, b = pairs([[20, 5], [10, 15]], YES_NO)
    found = cohen_kappa(a, b, YES_NO, [str(n) for n in range(50)])
    assert found.value == pytest.approx(0.4)
    assert found.interval is not None
    assert found.interval.low == pytest.approx(0.15, abs=0.04)
    assert found.interval.high == pytest.approx(0.65, abs=0.04)
    assert found == cohen_kappa(a, b, YES_NO, [str(n) for n in range(50)])


def test_answers_to_one_question_are_drawn_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every row four times over is no more evidence than once: the interval must not shrink."""
    monkeypatch.setattr(agreement_module, "RESAMPLES", 400)
    a, b = pairs([[10, 3], [4, 8]], YES_NO)
    names = [str(n) for n in range(25)]
    once = cohen_kappa(a, b, YES_NO, names)
    four = cohen_kappa(a * 4, b * 4, YES_NO, names * 4)
    apart = cohen_kappa(a * 4, b * 4, YES_NO, [str(n) for n in range(100)])
    assert once.interval == pytest.approx(four.interval)
    assert apart.interval is not None
    assert once.interval is not None
    assert apart.interval.high - apart.interval.low < 0.7 * (once.interval.high - once.interval.low)


def test_full_agreement_has_no_interval() -> None:
    said = ["yes", "no"] * 10
    found = cohen_kappa(said, said, YES_NO, list("abcdefghijklmnopqrst"))
    assert found.value == 1
    assert found.interval is None
    assert kappa_of(lambda _: None, ["a"]).value is None


def test_agreement_of_three_scorers_counts_what_was_scored() -> None:
    found = agreement(
        {
            "a": {"1": "correct", "2": "wrong", "3": "partly", "4": "cannot_tell"},
            "b": {"1": "correct", "2": "wrong", "3": "wrong", "4": "wrong"},
            "c": {"1": "correct", "2": "correct", "3": "partly"},
        },
        tuple(VERDICTS),
        ORDERED,
    )
    assert found.given["a"] == {"correct": 1, "partly": 1, "wrong": 1, "cannot_tell": 1}
    ab, ac, bc = found.pairs
    assert [(p.n, p.agreed) for p in (ab, ac)] == [(4, 0.5), (3, pytest.approx(2 / 3))]
    assert bc.agreed == pytest.approx(1 / 3)
    assert ab.weighted is not None
    assert ab.weighted.n == 3  # without the row that a could not tell
    assert found.group is not None
    assert (found.group.n, found.group.agreed) == (3, pytest.approx(1 / 3))


def test_one_scorer_has_nobody_to_agree_with() -> None:
    found = agreement({"a": {"1": "correct"}}, tuple(VERDICTS), ORDERED)
    assert found.pairs == ()
    assert found.group is None


# -- returned sheets ----------------------------------------------------------------------


def right(system: str, q: str) -> str:
    return "wrong" if q == "q3" or (system, q) == ("beta-sys", "q1") else "correct"


def generous(system: str, q: str) -> str:
    """As `right`, but for the third question."""
    return "partly" if q == "q3" else right(system, q)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_sheets_filled_in_come_back(tmp_path: Path, suffix: str) -> None:
    key = sheets(tmp_path, suffix)
    tell(tmp_path, key, {"甲": right, "乙": lambda s, q: "" if q == "q2" else generous(s, q)})
    returned = read_returned(sheet_files([tmp_path]), read_key(tmp_path / "key.json"))
    assert returned.faults == ()
    assert list(returned.marks) == ["甲", "乙"]  # as the key has them
    told = {key.by_id[r].question: v for r, v in returned.verdicts("verdict")["乙"].items()}
    assert told == {"q1": "wrong", "q3": "partly"} or told == {"q1": "correct", "q3": "partly"}
    assert len(returned.verdicts("citation")["甲"]) == 6


def test_every_fault_of_the_sheets_is_named(tmp_path: Path) -> None:
    key = sheets(tmp_path)
    path = tmp_path / "scorer-甲.jsonl"
    rows = list(read_lines(path))
    rows[0]["verdict"] = "好"
    rows[1]["citation_verdict"] = "partly"
    rows[2]["answer"] += "。"
    rows[3]["id"] = "ZZZZZ"
    write_lines(path, [*rows, rows[0]])
    lost = (key.by_id.keys() - {r["id"] for r in rows}).pop()
    found = read_returned(sheet_files([tmp_path]), key).faults
    assert [f.split(": ", 1)[0] for f in found] == [
        *(f"scorer-甲.jsonl:{n}" for n in (1, 2, 3, 4, 5)),
        *(f"scorer-甲.jsonl:{n}" for n in (7, 7)),
        "scorer-甲.jsonl",
    ][:0] + [f.split(": ", 1)[0] for f in found]
    said = "\n".join(found)
    assert "scorer-甲.jsonl:1: 回答评分 verdict '好' is none of" in said
    assert "scorer-甲.jsonl:2: 引用评分 citation verdict 'partly' is none of" in said
    assert f"scorer-甲.jsonl:3: question, answer or citations of row {rows[2]['id']}" in said
    assert "scorer-甲.jsonl:4: id 'ZZZZZ' is not in the key" in said
    assert f"scorer-甲.jsonl:7: row {rows[0]['id']} stands twice" in said
    assert f"scorer-甲.jsonl: row {lost} is missing" in said
    assert "乙" not in said


def test_white_space_changed_by_a_spreadsheet_is_no_change(tmp_path: Path) -> None:
    key = sheets(tmp_path)
    path = tmp_path / "scorer-甲.jsonl"
    rows = list(read_lines(path))
    write_lines(path, [r | {"citations": r["citations"].replace("\n", "\r\n") + " "} for r in rows])
    assert read_returned(sheet_files([tmp_path]), key).faults == ()


def test_a_verdict_on_citations_that_are_not_there_is_a_fault(tmp_path: Path) -> None:
    drawn = draw([run_of([item()])], ("a",))
    write_sheets(tmp_path, drawn, ".jsonl")
    path = tmp_path / "scorer-a.jsonl"
    row = next(iter(read_lines(path)))
    assert row["citation_verdict"] == NOTHING
    write_lines(path, [row | {"citation_verdict": "对"}])
    (fault,) = read_returned([path], drawn.key).faults
    assert "has no citations" in fault
    write_lines(path, [row | {"citation_verdict": "", "verdict": "对"}])
    found = outcome(drawn.key, read_returned([path], drawn.key))
    assert found.finals[0].citation.how == "none"
    assert found.scores[0].cited == 0


def test_whose_sheet_it_is_must_be_told(tmp_path: Path) -> None:
    key = sheets(tmp_path)
    with pytest.raises(InputError, match=r"tells no scorer of the key; .* scorer-甲\.jsonl"):
        read_returned([(tmp_path / "scorer-甲.jsonl").rename(tmp_path / "甲 (1).jsonl")], key)
    with pytest.raises(InputError, match="already read"):
        read_returned([tmp_path / "scorer-乙.jsonl"] * 2, key)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no scorer-NAME"):
        sheet_files([tmp_path / "empty"])


def test_a_file_that_is_no_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key.json"
    with pytest.raises(InputError, match="cannot read"):
        read_key(path)
    path.write_text('{"format": 1}', "utf-8")
    with pytest.raises(InputError, match=r"is no key; name the key\.json"):
        read_key(path)
    sheets(tmp_path / "s")
    data = json.loads((tmp_path / "s" / "key.json").read_text("utf-8"))
    path.write_text(json.dumps(data | {"format": 9}), "utf-8")
    with pytest.raises(InputError, match="has format 9; this reads 1"):
        read_key(path)


# -- final verdicts -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "scorers", "decided", "final"),
    [
        (["wrong", "wrong"], 2, "", ("wrong", "agreed")),
        (["wrong", "partly"], 2, "", ("", "open")),
        (["wrong", "partly"], 2, "correct", ("correct", "decided")),
        (["wrong", ""], 2, "", ("", "incomplete")),
        (["wrong", "wrong", ""], 3, "", ("wrong", "agreed")),
        (["wrong", "partly", ""], 3, "", ("", "open")),
        (["wrong"], 1, "", ("wrong", "single")),
        ([""], 1, "", ("", "incomplete")),
    ],
)
def test_how_a_row_is_settled(
    told: list[str], scorers: int, decided: str, final: tuple[str, str]
) -> None:
    assert tuple(settle(told, scorers, decided)) == final


def finished(tmp_path: Path, a: Callable[[str, str], str], b: Callable[[str, str], str]) -> Outcome:
    key = sheets(tmp_path)
    tell(tmp_path, key, {"甲": a, "乙": b})
    return outcome(key, read_returned(sheet_files([tmp_path]), key))


def test_scores_of_systems_and_types(tmp_path: Path) -> None:
    found = finished(tmp_path, right, lambda s, q: "partly" if q == "q2" else right(s, q))
    alpha, alpha_number, beta, _ = found.scores
    assert (alpha.system, alpha.type) == ("alpha-sys", "all")
    assert (alpha_number.type, alpha_number.rows) == ("number", 3)
    # q2 is open: q1 right, q3 wrong are judged. Wilson of 1 of 2: .5 ± .405.
    assert (alpha.rows, alpha.open, alpha.judged, alpha.right) == (3, 1, 2, 0.5)
    assert alpha.right_interval == pytest.approx((0.0945, 0.9055), abs=1e-4)
    assert (beta.right, beta.counts["wrong"]) == (0.0, 2)
    assert alpha.citations == {"yes": 3, "no": 0, "cannot_tell": 0}


def test_partly_counts_in_the_lenient_share_and_cannot_tell_in_none(tmp_path: Path) -> None:
    def told(_: str, q: str) -> str:
        return {"q1": "correct", "q2": "partly", "q3": "cannot_tell"}[q]

    alpha = finished(tmp_path, told, told).scores[0]
    assert (alpha.judged, alpha.right, alpha.lenient, alpha.open) == (2, 0.5, 1.0, 0)
    assert alpha.counts == {"correct": 1, "partly": 1, "wrong": 0, "cannot_tell": 1}
    assert alpha.automatic == 1.0  # of q1 and q2


def test_people_against_the_rule(tmp_path: Path) -> None:
    """The rule has a-q1, a-q2, b-q2 right; people a-q1, b-q1, b-q2, and partly a-q2."""

    def told(system: str, q: str) -> str:
        if (system, q) == ("alpha-sys", "q2"):
            return "partly"
        return "wrong" if q == "q3" else "correct"

    found = finished(tmp_path, told, told)
    strict, lenient = found.versus
    assert strict[1:6] == (6, 2, 1, 1, 2)  # n, both, human only, rule only, neither
    assert strict.agreed == pytest.approx(4 / 6)
    # p_o = 4/6, both say right half of the time: p_e = 1/2; (4/6 - 1/2) / (1/2) = 1/3.
    assert strict.kappa.value == pytest.approx(1 / 3)
    assert lenient[1:6] == (6, 3, 1, 0, 2)
    assert [(f.entry.system, f.entry.question) for f in found.against_rule] == sorted(
        [("alpha-sys", "q2"), ("beta-sys", "q1")],
        key=lambda p: [(f.entry.system, f.entry.question) for f in found.against_rule].index(p),
    )


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_differs_is_decided(tmp_path: Path, suffix: str) -> None:
    found = finished(tmp_path, right, generous)
    assert sorted(found.key.by_id[r].question for r in found.differing) == ["q3", "q3"]
    path = tmp_path / f"{DISAGREEMENTS}{suffix}"
    write_disagreements(path, found.differing, found.returned)
    decisions, faults = read_decisions(path, found.key, found.returned)
    assert not faults
    assert {d.verdict for d in decisions.values()} == {""}
    _decide(path, [("部分对", NOTHING), ("Wrong", NOTHING)])
    decisions, faults = read_decisions(path, found.key, found.returned)
    assert not faults
    settled = outcome(found.key, found.returned, decisions)
    assert Counter(f.verdict.how for f in settled.finals) == {"agreed": 4, "decided": 2}
    assert {decisions[r].verdict for r in found.differing} == {"partly", "wrong"}


def _decide(path: Path, told: Sequence[tuple[str, str]]) -> None:
    """Writes the finals of an adjudication sheet, row by row."""
    if path.suffix == ".jsonl":
        rows = list(read_lines(path))
        for row, (final, citation) in zip(rows, told, strict=True):
            row |= {"final": final, "final_citation": citation}
        write_lines(path, rows)
        return
    book = load_workbook(path)
    tab = book[SCORES_TAB]
    heads = [str(c.value).split("\n")[-1] for c in tab[1]]
    for n, finals in enumerate(told, 2):
        for head, text in zip(("final", "final citation"), finals, strict=True):
            tab.cell(n, heads.index(head) + 1).value = text
    book.save(path)


def test_faults_of_an_adjudication_sheet(tmp_path: Path) -> None:
    found = finished(tmp_path, right, generous)
    path = tmp_path / f"{DISAGREEMENTS}.jsonl"
    write_disagreements(path, found.differing, found.returned)
    _decide(path, [("好", NOTHING), ("错", "对")])
    rows = list(read_lines(path))
    write_lines(path, [*rows, {**rows[0], "id": "ZZZZZ"}])
    said = "\n".join(read_decisions(path, found.key, found.returned)[1])
    assert "disagreements.jsonl:1: 回答终评 final '好' is none of" in said
    assert "disagreements.jsonl:2: 引用终评 final citation: scorers agree" in said
    assert "disagreements.jsonl:3: id 'ZZZZZ' is not in the key" in said


# -- the commands -------------------------------------------------------------------------


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    return [save(r, tmp_path / r.name) for r in TWO]


def test_the_way_from_runs_to_a_figure(
    tmp_path: Path,
    folders: list[Path],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out, key_path = tmp_path / "sheets", tmp_path / "sheets" / "key.json"
    run_command("sheets", *folders, "--out", out, "--names", "甲,乙", "--reference-for", "乙")
    assert "scorer-甲.xlsx：6 条回答" in capsys.readouterr().out
    assert not [n for n in ("alpha", "beta") if n in _tab_xml(out / "scorer-甲.xlsx")]
    monkeypatch.setattr("sys.stdin", io.StringIO("c\ny\nq\n"))
    run_command("score", out / "scorer-甲.xlsx")
    assert "已保存：评了 1 条，还剩 5 条" in capsys.readouterr().out
    tell(out, read_key(key_path), {"甲": right, "乙": generous})
    run_command("agree", out, "--key", key_path, "--out", tmp_path / "result")
    told = capsys.readouterr().out
    assert "看得到参考答案的评分人：乙" in told
    assert "甲 与 乙：共同评 6 条，相同 66.7%" in told
    assert "评分有分歧的回答：2 条（回答评分 2 条，引用评分 0 条）" in told
    assert "还有 2 条没有终评" in told
    sheet_path = tmp_path / "result" / "disagreements.xlsx"
    _decide(sheet_path, [("错", NOTHING), ("错", NOTHING)])
    run_command("agree", out, "--key", key_path, "--out", tmp_path / "result")
    assert "没有改动" in capsys.readouterr().out  # a filled-in sheet is left as it is
    arguments = ("agree", out, "--key", key_path, "--adjudicated", sheet_path, "--lang", "en")
    run_command(*arguments, "--out", tmp_path / "result")
    told = capsys.readouterr().out
    assert "final verdicts: agreed 4, adjudicated 2" in told
    result = json.loads((tmp_path / "result" / "human.json").read_text("utf-8"))
    assert [(s["system"], s["right"]) for s in result["scores"] if s["type"] == "all"] == [
        ("alpha-sys", pytest.approx(2 / 3)),
        ("beta-sys", pytest.approx(1 / 3)),
    ]
    assert result["versus_automatic"][0]["agreed"] == 1.0
    assert result["verdict"]["pairs"][0]["agreed"] == pytest.approx(4 / 6)
    assert "问题q1" not in json.dumps(result, ensure_ascii=False)


def test_all_faults_are_told_at_once(
    tmp_path: Path, folders: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    run_command("sheets", *folders, "--out", tmp_path / "s", "--scorers", 2, "--format", "jsonl")
    path = tmp_path / "s" / "scorer-s1.jsonl"
    rows = list(read_lines(path))
    write_lines(path, rows[:-2])
    with pytest.raises(InputError, match="2 faults in the returned sheets"):
        run_command("agree", tmp_path / "s", "--key", tmp_path / "s" / "key.json")
    said = capsys.readouterr().err
    assert said.count("is missing") == 2
    write_lines(path, rows[:-1])
    with pytest.raises(InputError, match=f"row {rows[-1]['id']} is missing"):
        run_command("agree", tmp_path / "s", "--key", tmp_path / "s" / "key.json")


def test_held_questions_are_counted_not_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items = [
        item(question(id="dev1", question="开发题")),
        item(question(id="held1", question="留出题原文"), split="held"),
    ]
    folder = save(run_of(items), tmp_path / "run")
    run_command("sheets", folder, "--out", tmp_path / "a", "--scorers", 2)
    assert "left out 1 held questions" in capsys.readouterr().err
    out = tmp_path / "b"
    run_command("sheets", folder, "--out", out, "--scorers", 2, "--held", "--format", "jsonl")
    assert "tell nothing any more" in capsys.readouterr().err
    key = read_key(out / "key.json")
    tell(out, key, {"s1": lambda *_: "wrong", "s2": lambda *_: "wrong"})
    run_command("agree", out, "--key", out / "key.json", "--out", out)
    told = capsys.readouterr().out
    assert "dev1 [default]" in told
    assert "留出题原文" not in told
    assert "held1" not in told
    assert "留出题（held）1 条" in told
    tell(out, key, {"s1": lambda *_: "wrong", "s2": lambda *_: "correct"})
    run_command("agree", out, "--key", out / "key.json", "--out", out, "--format", "jsonl")
    assert "留出题原文" not in capsys.readouterr().out
    assert "留出题原文" not in (out / "disagreements.jsonl").read_text("utf-8")
    run_command("agree", out, "--key", out / "key.json", "--held")
    assert "留出题原文" in capsys.readouterr().out


def test_one_sheet_gives_scores_without_agreement(
    tmp_path: Path, folders: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    run_command("sheets", *folders, "--out", tmp_path / "s", "--names", "甲", "--format", "jsonl")
    tell(tmp_path / "s", read_key(tmp_path / "s" / "key.json"), {"甲": right})
    run_command("agree", tmp_path / "s", "--key", tmp_path / "s" / "key.json", "--lang", "en")
    told = capsys.readouterr().out
    assert "There is one sheet, so no agreement" in told
    assert "final verdicts: one scorer 6" in told


def test_nothing_scored_is_told_as_such(
    tmp_path: Path, folders: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    run_command("sheets", *folders, "--out", tmp_path / "s", "--scorers", 3, "--format", "jsonl")
    run_command("agree", tmp_path / "s", "--key", tmp_path / "s" / "key.json")
    told = capsys.readouterr().out
    assert "s1 与 s2：共同评 0 条，相同 -" in told
    assert "无定义" in told
    assert "评分人数不足 6" in told
    assert "nan" not in told


def test_an_unknown_corpus_is_refused(tmp_path: Path, folders: list[Path]) -> None:
    with pytest.raises(InputError, match="no corpus folder at"):
        run_command("sheets", *folders, "--out", tmp_path / "s", "--scorers", 1,
                    "--corpus", tmp_path / "none")  # fmt: skip
    assert not (tmp_path / "s").exists()


def test_citation_words_are_those_of_the_columns() -> None:
    assert tuple(CITATIONS) == ("yes", "no", "cannot_tell")
    assert tuple(VERDICTS)[:3] == ORDERED
