"""Exchange with other tools: what goes out comes back, and tells other tools the same."""

from __future__ import annotations

import csv
import doctest
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import ir_measures
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from eval.commands import exchange
from eval.commands.shared import Commands, OneLineParser
from eval.evidence import locate
from eval.exchange.answers import read_answers, write_answers
from eval.exchange.autorag import UNDATED
from eval.exchange.documents import documents
from eval.exchange.goldsheet import read_gold_sheet, write_gold_sheet
from eval.exchange.places import ELSEWHERE, Places, spaced, spaceless, span_id
from eval.exchange.ragas import read_ragas, write_ragas
from eval.exchange.tables import write_run_sheet
from eval.exchange.trec import NOTHING, read_trec, write_trec
from eval.gold import Gold, from_record, read_gold, to_record
from eval.growing.draft import from_json
from eval.jsonlines import read_lines, write_lines
from eval.measures.scoring import judge
from eval.runs import Item, Run, write_gold, write_head, write_scores
from eval.systems.base import Quote, Response, Slice
from eval.workbook import LONGEST
from index import store
from index.dense import DenseIndex
from index.errors import InputError
from index.passages import make_passages
from index.sparse import SparseIndex
from index.store import Index
from index.vocabulary import Vocabulary
from tests.conftest import SYNTHETIC, SYNTHETIC_OTHER, TinyEncoder, read_plan
from tests.runs import item, question, run

MODULES = ("places", "trec", "answers")
SOURCES = {"qingshi": SYNTHETIC, "baisha": SYNTHETIC_OTHER}
LEAD = "（牵头单位：县教育局、团县委；责任单位：县财政局、县科协等）"
TARGET = "到2025年，全县公民具备科学素质的比例超过16%。"
QUESTIONS = (
    question(id="q 1", doc=("qingshi",), evidence=(TARGET,), question="目标比例"),
    question(id="q2", doc=("qingshi",), evidence=(LEAD, "2.建设乡村科学教室。"), question="谁牵头"),
    question(id="q3", doc=("baisha",), type="unanswerable", must=(), question="预算", note="无"),
    question(id="q4", doc=("baisha", "qingshi"), type="followup", lang="en", question="and there?",
             history=(("谁", ""),), must=(("a", "b"), ("c",)),
             evidence=("到2025年建成科普小院12个。", "建成科学教室40个。")),
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of two invented plans."""
    folder, tiny = tmp_path_factory.mktemp("plans"), TinyEncoder()
    loaded = [read_plan(text, folder, name) for name, text in SOURCES.items()]
    passages = tuple(p for plan, reading in loaded for p in make_passages(plan, reading))
    texts = [p.text for p in passages]
    return Index(
        plans=tuple(plan for plan, _ in loaded),
        passages=passages,
        dense=DenseIndex.build(tiny.encode_document(texts)),
        sparse=SparseIndex.build(texts),
        vocabulary=Vocabulary({}, {}, {}, frozenset()),
        encoder=tiny.name,
        corpus="",
        readings={plan.id: reading for plan, reading in loaded},
    )


@pytest.fixture(scope="module")
def places(made: Index) -> Places:
    return Places.of(made)


@pytest.fixture(scope="module")
def saved(made: Index, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    store.save(made, folder)
    return folder


@pytest.fixture
def call(saved: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs `python -m eval …` on the invented plans; returns what it printed."""

    def run_command(*words: object) -> str:
        parser = OneLineParser(prog="python -m eval")
        exchange.register(Commands(parser))
        given = list(map(str, words))
        if given[1] != "xlsx":
            given += ["--index", str(saved)]
        arguments = parser.parse_args(given)
        arguments.run(arguments)
        return capsys.readouterr().out.strip()

    return run_command


@pytest.fixture
def gold_file(tmp_path: Path) -> Path:
    path = tmp_path / "some.dev.jsonl"
    write_lines(path, map(to_record, QUESTIONS))
    return path


def place(text: str, plan: str = "qingshi") -> Slice:
    at = SOURCES[plan].index(text)
    return Slice(plan, at, at + len(text))


def judged_run(tmp_path: Path) -> Run:
    """A run over the questions: retrieval right, torn, empty and with repeats; saved."""
    other = place("一、总体要求")
    given = {
        "q 1": (other, place(TARGET), other, place(TARGET)),
        "q2": (place(LEAD),),
        "q3": (other,),
        "q4": (),
    }
    items = []
    for gold in QUESTIONS:
        quote = Quote(1, *place(LEAD), quote=LEAD, path=("二、重点任务", "（一）青少年行动"))
        response = Response("=15% [1]", "answered", (quote,), given[gold.id], 10.0)
        split = "held" if gold.id == "q2" else "dev"
        items.append(judge(gold, split, response, SOURCES))
    made = run(items, name="my system", folder=tmp_path / "run")
    save(made)
    return made


def save(made: Run) -> None:
    write_head(made.folder, made.head)
    write_gold(made.folder, [(i.split, i.gold) for i in made.items])
    write_lines(
        made.folder / "answers.jsonl",
        ({"id": i.gold.id, **i.response.to_dict()} for i in made.items),
    )
    write_scores(made.folder, made.items)


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_the_documentation(name: str) -> None:
    module = import_module(f"eval.exchange.{name}")
    assert doctest.testmod(module).failed == 0


# -- documents and ids --------------------------------------------------------------------


def test_documents_are_the_whole_plan(made: Index) -> None:
    for plan in made.plans:
        found = [d for d in documents(made) if d.slice.plan == plan.id]
        spans = [(d.slice.start, d.slice.end) for d in found]
        assert spans == sorted(spans)
        assert all(b[0] >= a[1] for a, b in pairwise(spans))
        starts, ends = [*(s for s, _ in spans), None], [0, *(e for _, e in spans)]
        left = "".join(plan.source[a:b] for a, b in zip(ends, starts, strict=True))
        assert not left.strip()
        assert all(plan.source[s:e] == d.text for (s, e), d in zip(spans, found, strict=True))


def test_a_duty_note_that_closes_a_section_is_a_document(places: Places) -> None:
    found = [d for d in places.documents.values() if LEAD in d.text]
    assert [d.text for d in found] == [LEAD]
    assert "（一）青少年行动" in found[0].title


@given(st.text())
def test_ids_without_white_space_come_back(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    safe = spaceless(text)
    assert spaced(safe) == text
    assert len(safe.split()) == bool(text)


def test_a_text_is_found_under_its_path_and_by_its_words(made: Index, places: Places) -> None:
    passage = next(p for p in made.passages if "机器人" in p.text)
    assert places.find(passage.text) == Slice(passage.plan, passage.start, passage.end)
    assert places.find(f" {TARGET}\n") == place(TARGET)
    assert places.find("没有这句话") is None
    assert places.find(" ") is None


# -- BEIR ---------------------------------------------------------------------------------


def test_beir_comes_back(call: Callable[..., str], gold_file: Path, tmp_path: Path) -> None:
    said = call("export", "beir", "--gold", gold_file, "--out", tmp_path / "beir")
    assert said.startswith("4 questions, ")
    assert said.endswith(f"written to {tmp_path / 'beir'}")
    back = tmp_path / "back.jsonl"
    said = call("import", "beir", tmp_path / "beir", "--out", back)
    assert said == f"4 gold questions written to {back}"
    assert tuple(read_gold([back])) == QUESTIONS


def test_beir_as_its_loader_reads_it(
    call: Callable[..., str], gold_file: Path, tmp_path: Path
) -> None:
    call("export", "beir", "--gold", gold_file, "--out", tmp_path)
    corpus = {r["_id"]: r for r in read_lines(tmp_path / "corpus.jsonl")}
    queries = {r["_id"]: r["text"] for r in read_lines(tmp_path / "queries.jsonl")}
    with (tmp_path / "qrels" / "test.tsv").open(encoding="utf-8") as lines:
        head, *rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_MINIMAL)
    assert head == ["query-id", "corpus-id", "score"]
    assert {r[2] for r in rows} == {"1"}
    assert queries == {g.id: g.question for g in QUESTIONS}
    assert all(set(r) == {"_id", "title", "text", "metadata"} for r in corpus.values())
    relevant: dict[str, list[str]] = {}
    for query, document, _ in rows:
        relevant.setdefault(query, []).append(corpus[document]["text"])
    # every piece of evidence, the note and the heading too, is in a document; q3 has none
    assert set(relevant) == {"q 1", "q2", "q4"}
    for gold in QUESTIONS:
        assert all(any(e in t for t in relevant[gold.id]) for e in gold.evidence)


def test_foreign_beir_becomes_drafts_that_gold_refuses(
    call: Callable[..., str], tmp_path: Path
) -> None:
    folder = tmp_path / "beir"
    write_lines(
        folder / "corpus.jsonl",
        [
            {"_id": "d1", "title": "t", "text": f"目标\n{TARGET}\n又"},
            {"_id": "d2", "text": "别处的一段话，哪里也没有"},
        ],
    )
    queries = [{"_id": q, "text": t} for q, t in (("a", "比例多少"), ("b", "what?"), ("c", "?"))]
    write_lines(folder / "queries.jsonl", queries)
    (folder / "qrels").mkdir()
    table = "query-id\tcorpus-id\tscore\na\td1\t2\na\td2\t0\nb\td2\t1\n"
    (folder / "qrels" / "test.tsv").write_text(table, "utf-8")
    out = tmp_path / "drafts.jsonl"
    said = call("import", "beir", folder, "--out", out)
    assert said == (
        "2 drafts (1 without evidence in these plans; gold takes none before type and must are "
        f"added) written to {out}; 1 left out (no relevant document)"
    )
    drafts = [from_json(r, "x") for r in read_lines(out)]
    assert drafts[0].record == {
        "id": "a", "doc": ["qingshi"], "lang": "zh", "question": "比例多少", "answer": "",
        "must_not": [], "evidence": [TARGET],
    }  # fmt: skip
    assert (drafts[1].record["lang"], drafts[1].record["evidence"]) == ("en", [])
    with pytest.raises(InputError, match="'type' is missing"):
        list(read_gold([out]))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("queries.jsonl", '{"_id": "a"}\n', "field 'text' is missing or no text"),
        ("queries.jsonl", '{"_id": 1, "text": "x"}\n', "field '_id' is missing or no text"),
        ("queries.jsonl", '{"_id": "a", "text": "x"}\n' * 2, "id 'a' is given twice"),
        ("qrels/test.tsv", "a\td1\t1\n", "the first line must be"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\na\td1\tgood\n", ":2: not a query"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nz\td1\t1\n", "unknown query 'z'"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\na\td9\t1\n", "unknown document 'd9'"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\n", "no questions with relevant"),
    ],
)
def test_faulty_beir_is_refused(
    name: str, text: str, said: str, call: Callable[..., str], tmp_path: Path
) -> None:
    write_lines(tmp_path / "corpus.jsonl", [{"_id": "d1", "text": "x"}])
    write_lines(tmp_path / "queries.jsonl", [{"_id": "a", "text": "x"}])
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\na\td1\t1\n")
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=said):
        call("import", "beir", tmp_path, "--out", tmp_path / "o.jsonl")
    assert not (tmp_path / "o.jsonl").exists()


def test_a_query_that_contradicts_its_metadata_is_refused(
    call: Callable[..., str], gold_file: Path, tmp_path: Path
) -> None:
    call("export", "beir", "--gold", gold_file, "--out", tmp_path)
    queries = list(read_lines(tmp_path / "queries.jsonl"))
    queries[0]["text"] = "别的问题"
    write_lines(tmp_path / "queries.jsonl", queries)
    with pytest.raises(InputError, match="and its row tell different questions"):
        call("import", "beir", tmp_path, "--out", tmp_path / "o.jsonl")


# -- TREC ---------------------------------------------------------------------------------

MEASURES = {"R@5": "recall@5", "R@10": "recall@10", "RR": "rr", "nDCG@10": "ndcg@10",
            "Success@5": "success@5"}  # fmt: skip


def test_the_files_say_what_was_found(tmp_path: Path) -> None:
    made = judged_run(tmp_path)
    written = write_trec(made, SOURCES, tmp_path)
    assert written == (3, 1)  # q3 has no evidence
    target, other = span_id(place(TARGET)), span_id(place("一、总体要求"))
    note, heading = span_id(place(LEAD)), span_id(place("2.建设乡村科学教室。"))
    yard = span_id(place("到2025年建成科普小院12个。", "baisha"))
    rooms = span_id(place("建成科学教室40个。"))
    assert (tmp_path / "run.txt").read_text("utf-8").splitlines() == [
        f"q%201 Q0 {other} 1 4 my%20system",
        f"q%201 Q0 {target} 2 3 my%20system",
        f"q%201 Q0 {other}~2 3 2 my%20system",
        f"q%201 Q0 {target}~2 4 1 my%20system",  # found before: no evidence any more
        f"q2 Q0 {note} 1 1 my%20system",
        f"q4 Q0 {NOTHING} 1 1 my%20system",
    ]
    assert (tmp_path / "qrels.txt").read_text("utf-8").splitlines() == [
        f"q%201 0 {target} 1",
        f"q2 0 {note} 1",
        f"q2 0 {heading} 1",
        f"q4 0 {yard} 1",
        f"q4 0 {rooms} 1",
    ]


def test_ir_measures_computes_our_figures(tmp_path: Path) -> None:
    made = judged_run(tmp_path)
    write_trec(made, SOURCES, tmp_path)
    command = [sys.executable, "-m", "ir_measures", "qrels.txt", "run.txt", " ".join(MEASURES)]
    shown = subprocess.run(
        [*command, "--places", "12"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    told = dict(line.split("\t") for line in shown.stdout.splitlines())
    # recall@5: 1, 1/2 and 0 of the pieces; RR: 1/2, 1 and 0, the last nothing was retrieved for
    assert float(told["R@5"]) == pytest.approx((1 + 0.5 + 0) / 3, abs=1e-9)
    assert float(told["RR"]) == pytest.approx((0.5 + 1 + 0) / 3, abs=1e-9)
    for theirs, ours in MEASURES.items():
        values = [i.scores[ours] for i in made.items if ours in i.scores]
        assert float(told[theirs]) == pytest.approx(sum(values) / 3, abs=1e-9)


LINES = [f"第{n:02}行写着{'甲乙丙丁戊己庚辛壬癸'[n % 10]}。" for n in range(30)]
LINED = {"p": "\n".join(LINES)}
slices = st.tuples(st.integers(0, 320), st.integers(1, 60)).map(
    lambda x: Slice("p", x[0], x[0] + x[1])
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(LINES), min_size=1, max_size=5),
            st.lists(slices, max_size=25) | st.none(),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_ranking_is_measured_alike(asked: list[tuple[list[str], list[Slice] | None]]) -> None:
    items = []
    for n, (evidence, found) in enumerate(asked):
        gold = question(id=f"q{n}", doc=("p",), evidence=tuple(evidence))
        retrieved = None if found is None else tuple(found)
        items.append(judge(gold, "", Response("x", "answered", retrieved=retrieved), LINED))
    judged = {i.gold.id: i.scores for i in items if "rr" in i.scores}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if not judged:
            with pytest.raises(InputError, match="tells no retrieval"):
                write_trec(run(items), LINED, folder)
            return
        write_trec(run(items), LINED, folder)
        measures = [ir_measures.parse_measure(m) for m in MEASURES]
        qrels = list(ir_measures.read_trec_qrels(str(folder / "qrels.txt")))
        ranked = list(ir_measures.read_trec_run(str(folder / "run.txt")))
    told = list(ir_measures.iter_calc(measures, qrels, ranked))
    assert len(told) == len(judged) * len(measures)
    for query, measure, value in told:
        assert value == pytest.approx(judged[query][MEASURES[str(measure)]], abs=1e-9)


def test_a_run_of_other_plans_is_refused(tmp_path: Path) -> None:
    made = judged_run(tmp_path)
    moved = {**SOURCES, "qingshi": "前言" * 40 + SYNTHETIC}
    with pytest.raises(InputError, match="does not stand where it stood"):
        write_trec(made, moved, tmp_path)


def test_our_trec_run_comes_back(call: Callable[..., str], tmp_path: Path) -> None:
    made = judged_run(tmp_path)
    said = call("export", "trec", made.folder, "--out", tmp_path)
    assert said == (
        f"3 questions written to {tmp_path / 'run.txt'} and qrels.txt; "
        "1 left out (no evidence, or retrieval not told)"
    )
    out = tmp_path / "a.jsonl"
    said = call("import", "trec", tmp_path / "run.txt", "--out", out)
    assert said == (
        f"rankings of 3 questions written to {out}; 0 of 5 documents stand in no plan; "
        "only retrieval can be judged"
    )
    back = read_answers(out)
    assert back["q4"].retrieved == ()
    for was in made.items:
        if was.ranks:
            again = judge(was.gold, "", back[was.gold.id], SOURCES)
            assert again.ranks == was.ranks


def test_a_foreign_run_is_ordered_by_score_and_keeps_its_ranks(
    places: Places, tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus.jsonl"
    write_lines(
        corpus,
        [
            {"_id": "x", "text": "别处的话"},
            {"_id": "y", "text": TARGET},
            {"_id": "z", "text": "（征求意见稿）"},
        ],
    )
    path = tmp_path / "run.txt"
    # equal scores: the greater id first, as trec_eval does it
    path.write_text("q Q0 y 1 2.5 t\nq Q0 z 2 2.5 t\n\nq\tQ0\tx\t3\t9e0\tt\n")
    found = read_trec(path, places, corpus)
    assert found.answers["q"].retrieved == (ELSEWHERE, place("（征求意见稿）"), place(TARGET))
    assert (found.documents, found.elsewhere) == (3, 1)
    scored = judge(QUESTIONS[0], "", found.answers["q"], SOURCES)
    assert scored.scores["rr"] == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("q Q0 qingshi:0-4 1 t\n", ":1: 5 fields"),
        ("q Q0 qingshi:0-4 1 high t\n", ":1: the score 'high'"),
        ("q Q0 qingshi:0-4 1 nan t\n", ":1: the score 'nan'"),
        ("q Q0 qingshi:0-4 1 2 t\n" * 2, ":2: qingshi:0-4 is ranked twice"),
        ("q Q0 nowhere:0-4 1 2 t\n", "unknown plan 'nowhere'"),
        ("q Q0 qingshi:0-99999 1 2 t\n", "which ends at"),
        ("q Q0 doc7 1 2 t\n", "unknown document 'doc7'"),
        ("\n", "holds no ranking"),
    ],
)
def test_a_faulty_ranking_is_refused(text: str, said: str, places: Places, tmp_path: Path) -> None:
    path = tmp_path / "run.txt"
    path.write_text(text)
    with pytest.raises(InputError, match=said):
        read_trec(path, places)


# -- ragas --------------------------------------------------------------------------------

ENDINGS = (".jsonl", ".parquet", ".csv")
nothing: Callable[[], list[Gold]] = list


@pytest.mark.parametrize("ending", ENDINGS)
def test_ragas_rows_come_back(
    ending: str, call: Callable[..., str], places: Places, tmp_path: Path
) -> None:
    made = judged_run(tmp_path)
    rows = tmp_path / f"rows{ending}"
    assert call("export", "ragas", made.folder, "--out", rows) == (
        f"4 rows (1 held) written to {rows}"
    )
    found = read_ragas(rows, places, nothing)
    assert list(found.answers) == [g.id for g in QUESTIONS]
    for was in made.items:
        back = found.answers[was.gold.id]
        assert back == Response(
            was.response.answer, was.response.status, retrieved=was.response.retrieved
        )
    out = tmp_path / "a.jsonl"
    said = call("import", "ragas", rows, "--out", out)
    assert said == f"4 answers written to {out}; 0 of 6 contexts stand in no plan"
    assert read_answers(out) == found.answers


def test_ragas_reads_the_columns_it_knows(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    write_ragas(judged_run(tmp_path).items[1:2], SOURCES, path)
    (row,) = read_lines(path)
    assert row == {
        "id": "q2",
        "user_input": "谁牵头",
        "retrieved_contexts": [LEAD],
        "retrieved_context_ids": [span_id(place(LEAD))],
        "response": "=15% [1]",
        "reference": "15%",
        "reference_contexts": [LEAD, "2.建设乡村科学教室。"],
        "status": "answered",
    }


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=25, deadline=None)
@given(texts, texts, st.booleans())
def test_any_text_survives_ragas(ending: str, answer: str, asked: str, told: bool) -> None:
    gold = question(question=asked or "?")
    given_ = Response(answer, "clarify", retrieved=() if told else None)
    places = Places(SOURCES, {}, {})
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / f"rows{ending}"
        write_ragas([item(gold, given=given_)], SOURCES, path)
        assert read_ragas(path, places, nothing).answers == {"q1": given_}


def test_foreign_rows_are_known_by_their_words(places: Places, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    contexts = [TARGET, "别处的话"]
    write_lines(
        path,
        [
            {"user_input": "目标比例", "response": "16%", "retrieved_contexts": contexts},
            {"user_input": "预算", "response": "方案未提及预算。"},
            {"user_input": "没人问过", "response": "?"},
        ],
    )
    found = read_ragas(path, places, lambda: list(QUESTIONS))
    assert found.answers == {
        "q 1": Response("16%", "answered", retrieved=(place(TARGET), ELSEWHERE)),
        "q3": Response("方案未提及预算。", "not_mentioned"),
    }
    assert found[1:] == (2, 1, 1)


def test_lists_as_ragas_writes_them_in_csv(places: Places, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    row = {"id": "q1", "response": "x", "retrieved_contexts": str([TARGET, "它's"])}
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, row)
    writer.writeheader()
    writer.writerow(row)
    path.write_text(buffer.getvalue(), "utf-8")
    assert read_ragas(path, places, nothing).answers["q1"].retrieved == (place(TARGET), ELSEWHERE)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("r.jsonl", '{"id": "a"}\n', "lacks the column 'response'"),
        ("r.jsonl", '{"id": "a", "response": null}\n', ":1: 'response' is empty"),
        ("r.jsonl", '{"id": "a", "response": 5}\n', ":1: 'response' is no text"),
        ("r.jsonl", '{"id": "a", "response": "x"}\n' * 2, ":2: question 'a' was already"),
        ("r.jsonl", '{"id": "a", "response": "x", "status": "ok"}', "unknown status 'ok'"),
        ("r.jsonl", '{"id": "a", "response": "x", "retrieved_contexts": "y"}', "no list of texts"),
        ("r.jsonl", '{"id": "a", "response": "x", "retrieved_contexts": [], '
         '"retrieved_context_ids": ["b"]}', "0 contexts but 1 context ids"),
        ("r.jsonl", "", "holds no rows"),
        ("r.csv", "id,answer\na,b\n", "lacks the column 'response'"),
        ("r.csv", "id,response,retrieved_contexts\na,b,[1]\n", "no list of texts"),
        ("r.csv", 'id,response\na,"b"c\n', "no CSV table"),
        ("r.parquet", "PAR1 not really PAR1", "no Parquet table"),
        ("r.txt", "", "must end in"),
    ],
)  # fmt: skip
def test_faulty_ragas_rows_are_refused(
    name: str, text: str, said: str, places: Places, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=said):
        read_ragas(tmp_path / name, places, nothing)


# -- AutoRAG ------------------------------------------------------------------------------


def test_autorag_comes_back(call: Callable[..., str], gold_file: Path, tmp_path: Path) -> None:
    call("export", "autorag", "--gold", gold_file, "--out", tmp_path / "a")
    call("import", "autorag", tmp_path / "a", "--out", tmp_path / "back.jsonl")
    assert tuple(read_gold([tmp_path / "back.jsonl"])) == QUESTIONS


def test_autorag_as_it_checks_its_tables(
    call: Callable[..., str], gold_file: Path, tmp_path: Path
) -> None:
    call("export", "autorag", "--gold", gold_file, "--out", tmp_path)
    qa = pq.read_table(tmp_path / "qa.parquet").to_pylist()
    corpus = {r["doc_id"]: r for r in pq.read_table(tmp_path / "corpus.parquet").to_pylist()}
    by_id = {r["qid"]: r for r in qa}
    assert by_id["q3"]["retrieval_gt"] == [[]]  # its own loader looks at the first list
    assert [len(ids) for ids in by_id["q2"]["retrieval_gt"]] == [1, 1]  # both pieces are needed
    assert {i for r in qa for ids in r["retrieval_gt"] for i in ids} <= set(corpus)
    assert all(r["generation_gt"] == ["15%"] for r in qa)
    (note,) = by_id["q2"]["retrieval_gt"][0]
    start, end = corpus[note]["start_end_idx"]
    assert SYNTHETIC[start : end + 1] == LEAD  # the end is inclusive there
    assert corpus[note]["path"] == "qingshi.txt"
    metadata = corpus[note]["metadata"]
    assert metadata["last_modified_datetime"] == UNDATED
    assert corpus[metadata["prev_id"]]["metadata"]["next_id"] == note
    first = [r for r in corpus.values() if r["metadata"]["prev_id"] is None]
    assert [r["path"] for r in first] == ["baisha.txt", "qingshi.txt"]


def foreign_autorag(folder: Path, **changes: Any) -> None:
    qa: dict[str, list[Any]] = {
        "qid": ["a", "b"],
        "query": ["比例多少", "空"],
        "retrieval_gt": [[["d1"], ["d2"]], [[]]],
        "generation_gt": [["16%", "百分之十六"], ["无"]],
    }
    pq.write_table(pa.table({k: v for k, v in (qa | changes).items() if v}), folder / "qa.parquet")
    corpus = {"doc_id": ["d1", "d2"], "contents": [TARGET, "别处"], "metadata": [{"x": 1}] * 2}
    pq.write_table(pa.table(corpus), folder / "corpus.parquet")


@pytest.mark.parametrize("relevant", [[[["d1"]], [[]]], [["d1"], []], ["d1", ""]])
def test_foreign_autorag_becomes_drafts(
    relevant: list[Any], call: Callable[..., str], tmp_path: Path
) -> None:
    foreign_autorag(tmp_path, retrieval_gt=relevant)
    out = tmp_path / "drafts.jsonl"
    assert call("import", "autorag", tmp_path, "--out", out) == (
        "1 draft (0 without evidence in these plans; gold takes none before type and must are "
        f"added) written to {out}; 1 left out (no relevant document)"
    )
    (record,) = read_lines(out)
    assert (record["answer"], record["evidence"]) == ("16%", [TARGET])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"query": None}, "lacks the column 'query'"),
        ({"qid": [1, 2]}, "row 1: 'qid' is no text"),
        ({"qid": ["a", "a"]}, "id 'a' is given twice"),
        ({"retrieval_gt": [["d9"], ["d1"]]}, "unknown document 'd9'"),
        ({"retrieval_gt": [7, 8]}, "'retrieval_gt' is neither text nor list"),
        ({"tiaowen": ["{", "{}"]}, "not JSON"),
        ({"tiaowen": ["[]", "{}"]}, "not a JSON object"),
        ({"tiaowen": ["{}", "{}"]}, "field 'id' is missing"),
        ({"tiaowen": [json.dumps(to_record(question()))] * 2}, "tell different questions"),
    ],
)
def test_faulty_autorag_is_refused(
    changes: dict[str, Any], said: str, call: Callable[..., str], tmp_path: Path
) -> None:
    foreign_autorag(tmp_path, **changes)
    with pytest.raises(InputError, match=said):
        call("import", "autorag", tmp_path, "--out", tmp_path / "o.jsonl")


def test_a_broken_parquet_is_refused(call: Callable[..., str], tmp_path: Path) -> None:
    foreign_autorag(tmp_path)
    data = (tmp_path / "qa.parquet").read_bytes()
    (tmp_path / "qa.parquet").write_bytes(data[: len(data) // 2])
    with pytest.raises(InputError, match=r"qa.parquet is no Parquet table"):
        call("import", "autorag", tmp_path, "--out", tmp_path / "o.jsonl")
    (tmp_path / "qa.parquet").unlink()
    with pytest.raises(InputError, match=r"cannot read .*qa.parquet"):
        call("import", "autorag", tmp_path, "--out", tmp_path / "o.jsonl")


# -- sheets -------------------------------------------------------------------------------


def test_gold_through_the_sheet_by_command(
    call: Callable[..., str], gold_file: Path, tmp_path: Path
) -> None:
    held = tmp_path / "some.held.jsonl"
    write_lines(held, [to_record(question(id="h"))])
    sheet, back = tmp_path / "g.xlsx", tmp_path / "g.jsonl"
    said = call("export", "xlsx", "--gold", gold_file, held, "--out", sheet)
    assert said == f"4 rows written to {sheet}; 1 held left out (--held writes them)"
    assert call("import", "xlsx", sheet, "--out", back) == f"4 gold questions written to {back}"
    assert back.read_bytes() == gold_file.read_bytes()
    assert call("export", "xlsx", "--gold", held, "--held", "--out", sheet) == (
        f"1 row written to {sheet}"
    )


def sheet_of(path: Path, *rows: list[Any]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


FIELDS = ["id", "doc", "lang", "type", "question", "answer", "must", "must_not", "evidence"]
GOOD = ["q", "p", "zh", "number", "多少", "3", "3", "", ""]


def test_a_sheet_as_a_person_fills_it_in(tmp_path: Path) -> None:
    filled = [" q ", "p\n", "zh", "followup", "多少", "3", "县教育局 / 教育局\n\n 三 ", None, None]
    head = [*FIELDS, "history 前几轮"]
    path = sheet_of(tmp_path / "g.xlsx", head, [None] * 10, [*filled, "Q：谁\nA: 他"])
    (gold,) = read_gold_sheet(path)
    assert (gold.id, gold.doc) == ("q", ("p",))
    assert gold.must == (("县教育局", "教育局"), ("三",))
    assert gold.history == (("谁", "他"),)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([FIELDS[1:], GOOD[1:]], "lacks the column 'id'"),
        ([[*FIELDS, "colour"], [*GOOD, "red"]], "column 'colour' is unknown"),
        ([FIELDS, [*GOOD[:6], 0.15, "", ""]], "cell G2 holds '0.15', which is no text"),
        ([FIELDS, ["q", "p", "zh", "riddle", *GOOD[4:]]], "row 2: unknown type 'riddle'"),
        ([FIELDS, [*GOOD[:6], "a / ", "", ""]], "row 2: field 'must.0"),
        ([FIELDS, GOOD, GOOD], "id 'q' is given twice"),
        ([[*FIELDS, "history"], [*GOOD, "A: 他"]], "row 2: 'history' is lines Q"),
    ],
)
def test_a_faulty_sheet_is_refused(rows: list[list[Any]], said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said):
        read_gold_sheet(sheet_of(tmp_path / "g.xlsx", *rows))


def test_a_text_too_long_for_a_cell_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"cell K2 has {LONGEST + 1} characters"):
        write_gold_sheet([question(note="长" * (LONGEST + 1))], tmp_path / "g.xlsx")
    assert not (tmp_path / "g.xlsx").exists()


def test_a_run_to_read(call: Callable[..., str], tmp_path: Path) -> None:
    made = judged_run(tmp_path)
    out = tmp_path / "run.xlsx"
    said = call("export", "xlsx", made.folder, "--out", out)
    assert said == f"3 rows written to {out}; 1 held left out (--held writes them)"
    book = load_workbook(out)
    page = book.worksheets[0]
    head, *rows = ([c.value for c in row] for row in page.iter_rows())
    assert head[:9] == ["题号", "题型", "方案", "问题", "应答", "回答", "判定", "错处", "引用"]
    assert [r[0] for r in rows] == ["q 1", "q3", "q4"]
    assert rows[0][6] == "对"
    assert rows[1][6:8] == ["错", "should say that the plan does not mention it"]
    assert rows[0][8] == f"[1] 二、重点任务 › （一）青少年行动 “{LEAD}”"
    assert rows[2][3] == "谁\n\nand there?"
    assert rows[0][head.index("MRR")] == 0.5
    assert rows[1][head.index("MRR")] is None  # does not apply
    answer = page.cell(2, 6)
    assert (answer.data_type, answer.quotePrefix) == ("s", True)  # =15% is no formula
    assert answer.alignment.wrap_text
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref == f"A1:{page.cell(4, len(head)).coordinate}"
    assert book.sheetnames == ["逐题", "说明 instructions"]
    about = {r[0].value: r[1].value for r in book.worksheets[1].iter_rows()}
    assert about["未列出的保留题"] == "1"
    assert about["答对"] == str(sum(i.right for i in made.items))


def test_a_run_to_read_in_english_with_held(tmp_path: Path) -> None:
    made = judged_run(tmp_path)
    long = replace(made.items[0].response, answer="长" * 40_000 + "\x00")
    items = [replace(made.items[0], response=long), *made.items[1:]]
    written = write_run_sheet(replace(made, items=tuple(items)), tmp_path / "r.xlsx", True, "en")
    assert written == (4, 0)
    page = load_workbook(tmp_path / "r.xlsx").worksheets[0]
    assert [c.value for c in page[1]][:3] == ["id", "type", "plan"]
    assert page.cell(2, 6).value == "长" * (LONGEST - 1) + "…"


def test_one_of_run_and_gold_must_be_named(call: Callable[..., str], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="one of them"):
        call("export", "xlsx", "--out", tmp_path / "x.xlsx")


# -- answers ------------------------------------------------------------------------------


def test_answers_need_little(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    cited = [{"plan": "p", "start": 0, "end": 4, "quote": "原文"}]
    write_lines(
        path,
        [
            {"id": "a", "answer": "县教育局"},
            {"id": "b", "answer": "该方案未 提及。"},
            {"id": "c", "answer": "", "status": "error", "error": "timeout", "latency_ms": 7},
            {"id": "d", "answer": "x", "citations": cited, "retrieved": cited, "place": "left"},
        ],
    )
    assert read_answers(path) == {
        "a": Response("县教育局", "answered"),
        "b": Response("该方案未 提及。", "not_mentioned"),
        "c": Response("", "error", latency_ms=7.0, error="timeout"),
        "d": Response(
            "x", "answered", (Quote(1, "p", 0, 4, "原文"),), retrieved=(Slice("p", 0, 4),)
        ),
    }


def test_answers_come_back(tmp_path: Path) -> None:
    made: dict[str, Item] = {i.gold.id: i for i in judged_run(tmp_path).items}
    answers = {id_: replace(i.response, confidence=0.5) for id_, i in made.items()}
    write_answers(tmp_path / "a.jsonl", answers)
    assert read_answers(tmp_path / "a.jsonl") == answers


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"answer": "x"}', ":1: field 'id' is missing"),
        ('{"id": "a"}', ":1: field 'answer' is missing"),
        ('{"id": 1, "answer": "x"}', ":1: field 'id'"),
        ('{"id": "a", "answer": null}', ":1: field 'answer'"),
        ('{"id": "a", "answer": "x", "status": "fine"}', "field 'status'.*'fine'"),
        ('{"id": "a", "answer": "x", "latency_ms": "9"}', "field 'latency_ms'"),
        ('{"id": "a", "answer": "x", "latency_ms": -1}', "field 'latency_ms'"),
        ('{"id": "a", "answer": "x", "latency_ms": NaN}', "field 'latency_ms'"),
        ('{"id": "a", "answer": "x", "confidence": 2}', "field 'confidence'"),
        ('{"id": "a", "answer": "x", "retrieved": [{"plan": "p", "start": 0}]}',
         "field 'retrieved.0.end' is missing"),
        ('{"id": "a", "answer": "x", "citations": [{"plan": "p", "start": 5, "end": 4}]}',
         "end 4 is before start 5"),
        ('{"id": "a", "answer": "x"}\n{"id": "a", "answer": "y"}', ":2: id 'a' was already"),
        ("{", ":1: not JSON"),
        ("", "holds no answers"),
    ],
)  # fmt: skip
def test_faulty_answers_are_refused(line: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(line)
    with pytest.raises(InputError, match=said) as error:
        read_answers(path)
    assert "\n" not in str(error.value)


# -- all of them --------------------------------------------------------------------------


def test_the_same_content_gives_the_same_bytes(
    call: Callable[..., str], gold_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = judged_run(tmp_path)
    found = []
    for n in range(2):
        out = tmp_path / str(n)
        # another day: nothing of the clock may get into the files
        monkeypatch.setattr("time.time", lambda n=n: 1.6e9 + n * 86_400)
        monkeypatch.setattr("time.localtime", lambda *_, n=n: (2030, 1, 1 + n, 0, 0, 0, 0, 1, 0))
        for name in ("beir", "autorag"):
            call("export", name, "--gold", gold_file, "--out", out / name)
        call("export", "trec", made.folder, "--out", out / "trec")
        for ending in ENDINGS:
            call("export", "ragas", made.folder, "--out", out / f"ragas{ending}")
        call("export", "xlsx", made.folder, "--out", out / "run.xlsx")
        call("export", "xlsx", "--gold", gold_file, "--out", out / "gold.xlsx")
        files = [p for p in sorted(out.rglob("*")) if p.is_file()]
        found.append({str(p.relative_to(out)): p.read_bytes() for p in files})
    assert found[0] == found[1]
    assert len(found[0]) == 12  # 3 of BEIR, 2 each of AutoRAG and TREC, 3 of ragas, 2 sheets
    core = zipfile.ZipFile(tmp_path / "0" / "run.xlsx").read("docProps/core.xml").decode()
    assert core.count("2000-01-01T00:00:00Z") == 2


def test_evidence_of_the_invented_questions_stands() -> None:
    """The tests above count on it."""
    assert all(p.places for g in QUESTIONS for p in locate(g, SOURCES))
    assert [from_record(json.loads(json.dumps(to_record(g))), "x") for g in QUESTIONS] == list(
        QUESTIONS
    )
