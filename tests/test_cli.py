"""The command line: what it prints, its exit codes, and one clear line for every bad input."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

import index.encoders
import index.writer
from index import generation, store
from index.corpus import corpus_hash
from index.dictionary import Dictionary
from index.vocabulary import Vocabulary
from rag.assistant import Assistant
from rag.cli import main
from tests.conftest import PLAN_IDS, ROOT, SYNTHETIC, SYNTHETIC_OTHER, TinyEncoder
from tests.made_files import docx, para

SMALL = Vocabulary({}, {}, {}, frozenset())
NO_WORDS = Dictionary({}, {}, {}, frozenset(), {})
COMMANDS = (
    "build", "add", "set", "remove", "doctor", "plans", "clauses", "tasks", "ask", "batch",
    "serve",
)  # fmt: skip


class Done(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def bare(
    tiny: TinyEncoder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs a command in this process with the tiny encoder and an empty vocabulary."""
    monkeypatch.setattr(index.encoders, "load_encoder", lambda *_: tiny)
    monkeypatch.setattr(index.writer, "read_dictionary", lambda: NO_WORDS)
    for name in ("TIAOWEN_INDEX", "TIAOWEN_CORPUS"):
        monkeypatch.delenv(name, raising=False)

    def run(*argv: object) -> Done:
        capsys.readouterr()
        try:
            code = main([str(a) for a in argv])
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        return Done(code, *capsys.readouterr())

    return run


@pytest.fixture
def full(bare: Run, index_folder: Path) -> Run:
    """The same over the index of the real corpus."""
    return lambda *argv: bare(*argv, "--index", index_folder)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory, synthetic: Assistant) -> tuple[Path, Path]:
    """A corpus of one invented plan and an index of it, quick to open."""
    corpus, folder = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("one-index")
    (corpus / "qingshi.txt").write_text(SYNTHETIC, "utf-8")
    small = replace(synthetic.index, vocabulary=SMALL, corpus=corpus_hash(corpus))
    store.save(small, folder)
    return corpus, folder


@pytest.fixture
def run(bare: Run, places: tuple[Path, Path]) -> Run:
    """The same over the index of an invented plan."""
    return lambda *argv: bare(*argv, "--corpus", places[0], "--index", places[1])


@pytest.fixture
def own_corpus(tmp_path: Path) -> Path:
    """A corpus of one invented plan."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "qingshi.txt").write_text(SYNTHETIC, "utf-8")
    return folder


def refused(done: Done, code: int, *words: str) -> None:
    """One line on stderr that begins with the program's name; nothing on stdout."""
    assert done.code == code
    # a progress bar is wiped with blanks and a carriage return before the line is printed
    lines = [line.rsplit("\r", 1)[-1] for line in done.err.split("\n") if line.strip()]
    assert len(lines) == 1
    assert lines[0].startswith("tiaowen: ")
    assert "Traceback" not in done.err
    assert not [w for w in words if w not in lines[0]]
    assert done.out == ""


# -- tasks ---------------------------------------------------------------------------------


def test_tasks_are_printed(run: Run) -> None:
    done = run("tasks", "qingshi", "--unit", "教育局", "--role", "lead")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(
        "青石县全民科学素质行动实施方案（2021—2025年）任务分解表\n教育局 · 牵头单位"
    )
    assert "（一）青少年行动" in done.out
    assert "智慧助老" not in done.out


@pytest.mark.parametrize("form", ["json", "csv"])
def test_tasks_as_data(run: Run, form: str) -> None:
    done = run("tasks", "all", "--format", form)
    assert (done.code, done.err) == (0, "")
    assert done.out.count("2.建设乡村科学教室") >= 2


@pytest.mark.parametrize(
    ("argv", "name"),
    [
        (("qingshi", "--format", "xlsx"), "qingshi-tasks.xlsx"),
        (("qingshi", "qingshi", "--format", "docx"), "qingshi-tasks.docx"),
        (("all", "--format", "xlsx"), "all-tasks.xlsx"),
        (("qingshi", "--out", "a.csv"), "a.csv"),
        (("qingshi", "--out", "a.txt"), "a.txt"),
        (("qingshi", "--out", "a.dat", "--format", "json"), "a.dat"),
    ],
)
def test_tasks_are_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...], name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("tasks", *argv)
    assert (done.code, done.out) == (0, "")
    assert done.err == f"tiaowen: {5 if 'all' in argv else 3} tasks written to {name}\n"
    size = (tmp_path / name).stat().st_size
    assert size > 500
    refused(run("tasks", *argv), 2, name, "--force")
    assert run("tasks", *argv, "--force").code == 0
    assert [p.name for p in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("nowhere",), ("unknown plan 'nowhere'", "qingshi")),
        (("qingshi", "--unit", "县教育科"), ("县教育科", "县教育局")),
        (("qingshi", "--role", "boss"), ("boss", "lead")),
        (("qingshi", "--out", "a.dat"), ("a.dat", "--format")),
        (("qingshi", "--out", "a.csv", "--format", "xlsx"), ("a.csv", ".xlsx")),
        (("qingshi", "--out", "no/such/a.csv"), ("no/such/a.csv",)),
    ],
)
def test_tasks_refused(run: Run, argv: tuple[str, ...], words: tuple[str, ...]) -> None:
    refused(run("tasks", *argv), 2, *words)


# -- ask, clauses, plans ------------------------------------------------------------------

HEADLINE = "乐至县智慧助老行动由谁牵头"
QUESTION = "青石县智慧助老由谁牵头"


def test_ask_prints_answer_and_citations(full: Run) -> None:
    done = full("ask", HEADLINE)
    assert (done.code, done.err) == (0, "")
    lines = done.out.strip().split("\n")
    # under the tests' encoder, for which confidence is not fitted, perhaps as what comes nearest
    first = next(n for n, line in enumerate(lines) if not line.startswith("未找到完全对应"))
    assert lines[first].startswith("牵头单位：县卫健局、县民政局 [1]")
    rest = lines[first + 1 :]
    assert any("乐至县全民科学素质行动分工方案 · " in line and " › " in line for line in rest)
    assert any("牵头单位：县卫健局、县民政局" in line for line in rest)


def test_words_of_a_question_need_no_quotes(full: Run) -> None:
    done = full(
        "ask", "who", "leads", "the", "elderly", "smart-assistance", "action", "in", "Lezhi"
    )
    assert done.code == 0
    assert done.out.startswith("Lead units: 县卫健局 (County Health Bureau)")


def test_no_colours_where_no_terminal_is(full: Run) -> None:
    assert "\x1b" not in full("ask", HEADLINE).out
    assert "\x1b" not in full("clauses", "lezhi").out


def test_ask_json(full: Run) -> None:
    done = full("ask", HEADLINE, "--json")
    data = json.loads(done.out)
    assert list(data) == [
        "question", "answer", "status", "kind", "lang", "citations", "latency_ms", "engine",
        "resolved", "confidence", "table", "choices",
    ]  # fmt: skip
    for citation in data["citations"]:
        assert list(citation) == [
            "n", "plan", "place", "title", "clause", "path", "quote", "start", "end", "source",
        ]  # fmt: skip
        assert isinstance(citation["path"], list)
    assert data["status"] == "answered"
    assert set(data["engine"]) == {"encoder", "llm"}
    assert "县民政局" in done.out  # Chinese as it is, not escaped


def test_plan_option(full: Run) -> None:
    data = json.loads(full("ask", "智慧助老由谁牵头", "--plan", "lezhi", "--json").out)
    assert {c["plan"] for c in data["citations"]} == {"lezhi"}


def test_clauses_json(full: Run) -> None:
    data = json.loads(full("clauses", "lezhi", "--json").out)
    assert [c["level"] for c in data[:2]] == ["plan", "front"]
    for clause in data:
        assert list(clause) == [
            "id", "level", "number", "title", "text", "start", "end", "parent", "duties",
            "duty_source", "open", "figures",
        ]  # fmt: skip
        assert clause["duty_source"] in ("own", "inherited", "none")
        for duty in clause["duties"]:
            assert list(duty) == ["unit", "role", "start", "end"]
            assert duty["role"] in ("lead", "responsible", "participant", "support")
        assert isinstance(clause["open"], bool)
    figures = [f for c in data for f in c["figures"]]
    assert {"text", "value", "unit", "bound", "year", "per_year", "start", "end"} == set(figures[0])


def test_clauses_are_readable(full: Run) -> None:
    out = full("clauses", "lezhi").out
    assert "\n  （一）指导思想" in out
    assert "\n    1.实施智慧助老行动" in out
    assert "牵头单位：县卫健局、县民政局" in out


def test_plans(full: Run) -> None:
    out = full("plans").out
    assert [line.split()[0] for line in out.strip().split("\n")] == list(PLAN_IDS)
    data = json.loads(full("plans", "--json").out)
    assert [p["id"] for p in data] == list(PLAN_IDS)
    assert data[1]["number"] == "乐府发〔2023〕61号"
    assert data[1]["status"] == "issued"


# -- batch --------------------------------------------------------------------------------


def batch(run: Run, tmp_path: Path, *lines: str) -> tuple[Done, Path]:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(lines), "utf-8")
    return run("batch", source, "--out", target), target


def test_batch_keeps_order_and_ids(run: Run, tmp_path: Path) -> None:
    questions = [QUESTION, "今天天气怎么样", "青石培训科技辅导员多少人次"]
    lines = [json.dumps({"id": f"q{n}", "question": q}) for n, q in enumerate(questions)]
    done, target = batch(run, tmp_path, lines[0], "", *lines[1:], "")
    assert done.code == 0
    records = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [r["id"] for r in records] == ["q0", "q1", "q2"]
    assert [r["question"] for r in records] == questions
    assert [r["status"] for r in records] == ["answered", "out_of_scope", "answered"]
    assert list(records[0])[:3] == ["id", "question", "answer"]
    assert list(tmp_path.glob(".out*")) == []


def test_batch_goes_on_after_a_question_it_cannot_take(run: Run, tmp_path: Path) -> None:
    done, target = batch(
        run, tmp_path,
        json.dumps({"id": "a", "question": " "}),
        json.dumps({"id": "b", "question": "谁" * 100_000}),
        json.dumps({"id": "c", "question": QUESTION, "history": [{"q": "x", "a": "y"}]}),
    )  # fmt: skip
    assert done.code == 0
    records = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [("error" in r, r["status"]) for r in records] == [
        (True, "not_mentioned"), (True, "not_mentioned"), (False, "answered"),
    ]  # fmt: skip
    assert set(records[2]) <= set(records[0])


@pytest.mark.parametrize("line", ["{", "[]", "3", '{"id": "x"}', '{"question": 3}', "null"])
def test_batch_names_the_line_that_is_wrong(run: Run, tmp_path: Path, line: str) -> None:
    done, target = batch(run, tmp_path, json.dumps({"id": "a", "question": "谁牵头"}), line)
    refused(done, 2, "in.jsonl:2")
    assert not target.exists()


def test_batch_without_input_or_room(run: Run, tmp_path: Path) -> None:
    refused(run("batch", tmp_path / "none.jsonl", "--out", tmp_path / "o"), 2, "none.jsonl")
    (tmp_path / "in.jsonl").write_text('{"id": "a", "question": "谁牵头"}', "utf-8")
    refused(run("batch", tmp_path / "in.jsonl", "--out", tmp_path / "no" / "o"), 2, "cannot write")
    (tmp_path / "bin.jsonl").write_bytes(b"\xff\xfe\x00")
    refused(run("batch", tmp_path / "bin.jsonl", "--out", tmp_path / "o"), 2, "not UTF-8")


@pytest.mark.parametrize("history", ["abc", [1], ["q"]])
def test_batch_refuses_a_history_of_another_shape(
    run: Run, tmp_path: Path, history: object
) -> None:
    done, _ = batch(run, tmp_path, json.dumps({"id": "a", "question": "谁", "history": history}))
    refused(done, 2, "in.jsonl:1")


def test_batch_survives_half_a_surrogate_pair(run: Run, tmp_path: Path) -> None:
    done, target = batch(run, tmp_path, r'{"id": "a", "question": "\ud83d 智慧助老谁牵头"}')
    assert done.code == 0
    assert json.loads(target.read_text("utf-8"))["id"] == "a"


def test_batch_refuses_deeply_nested_json(run: Run, tmp_path: Path) -> None:
    done, _ = batch(run, tmp_path, "[" * 100_000)
    refused(done, 2, "in.jsonl:1")


# -- bad questions ------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["", "   ", "\n"])
def test_empty_question(run: Run, question: str) -> None:
    refused(run("ask", question), 2, "empty")


def test_question_of_100_000_characters(run: Run) -> None:
    refused(run("ask", "谁" * 100_000), 2, "100,000", "2,000")


@pytest.mark.parametrize(
    "question",
    [
        "\x00\x01\x02牵头",
        "\x1b[31m智慧助老\x07谁牵头",
        "🙂 who Кто 誰が lead 智慧助老",
        "؟؟ مَن 牵头",
        "%d %s {}",
    ],
)
def test_odd_characters(run: Run, question: str) -> None:
    done = run("ask", question)
    assert (done.code, done.err) == (0, "")
    assert done.out.strip()
    assert "\x1b" not in done.out


def test_unknown_plan(run: Run) -> None:
    refused(run("ask", "谁牵头", "--plan", "nowhere"), 2, "'nowhere'", "qingshi", "baisha")
    refused(run("clauses", "nowhere"), 2, "'nowhere'", "qingshi", "baisha")


@pytest.mark.parametrize(
    "argv", [(), ("sing",), ("ask",), ("clauses",), ("batch", "in.jsonl"), ("ask", "谁", "--tune")]
)
def test_wrong_use(bare: Run, argv: tuple[str, ...]) -> None:
    refused(bare(*argv), 2, "--help")


def test_help_lists_all_commands(bare: Run) -> None:
    done = bare("--help")
    assert done.code == 0
    assert [c for c in COMMANDS if f"\n    {c} " not in done.out] == []
    assert "tiaowen ask" in done.out
    for command in COMMANDS:
        sub = bare(command, "--help")
        assert (sub.code, sub.err) == (0, "")
        assert "--index" in sub.out
        assert "--corpus" in sub.out


# -- bad index ----------------------------------------------------------------------------


@pytest.fixture
def copied(index_folder: Path, tmp_path: Path) -> Path:
    return shutil.copytree(index_folder, tmp_path / "index")


def serving(folder: Path) -> Path:
    return folder / (folder / "CURRENT").read_text("utf-8").strip()


def test_torn_index(bare: Run, copied: Path) -> None:
    path = next(copied.glob("seg-*/arrays.bin"))
    path.write_bytes(path.read_bytes()[:100])
    refused(bare("ask", HEADLINE, "--index", copied), 3, "torn", "tiaowen build")
    refused(bare("clauses", "lezhi", "--index", copied), 3, "torn", "tiaowen build")
    refused(bare("plans", "--index", copied), 3, "torn", "tiaowen build")


def test_half_written_index(bare: Run, copied: Path) -> None:
    (serving(copied) / "generation.json").unlink()
    refused(bare("ask", HEADLINE, "--index", copied), 3, "tiaowen build")


def test_folder_that_holds_something_else(bare: Run, tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    refused(bare("ask", HEADLINE, "--index", tmp_path), 3, "holds no index")
    assert [p.name for p in tmp_path.iterdir()] == ["holiday.jpg"]


def test_index_of_another_corpus(bare: Run, index_folder: Path, own_corpus: Path) -> None:
    done = bare("ask", HEADLINE, "--index", index_folder, "--corpus", own_corpus)
    refused(done, 3, "changed", "tiaowen build")


def test_index_of_another_encoder(full: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Other(TinyEncoder):
        name = "another"

    monkeypatch.setattr(index.encoders, "load_encoder", lambda *_: Other())
    refused(full("ask", HEADLINE), 3, "another", "tiaowen build")


def test_missing_index_is_built_on_first_use(bare: Run, own_corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "index"
    done = bare("ask", "智慧助老由谁牵头", "--index", folder, "--corpus", own_corpus)
    assert done.code == 0
    assert "县民政局" in done.out
    assert "1 plans" in done.err
    assert store.exists(folder)


def test_missing_index_and_corpus(bare: Run, tmp_path: Path) -> None:
    done = bare("ask", "谁", "--index", tmp_path / "i", "--corpus", tmp_path / "c")
    refused(done, 2, "--corpus")


def test_index_that_is_a_file(bare: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    refused(bare("ask", HEADLINE, "--index", tmp_path / "file"), 3)


# -- bad corpus ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\x89PNG\0\0", "is a picture"),
        (b"\xff\xff\xff", "encoding"),
    ],
)
def test_unreadable_corpus_file(
    bare: Run, own_corpus: Path, tmp_path: Path, data: bytes, word: str
) -> None:
    folder = tmp_path / "index"
    assert bare("build", "--index", folder, "--corpus", own_corpus).code == 0
    kept = serving(folder)
    (own_corpus / "bad.txt").write_bytes(data)
    refused(bare("build", "--index", folder, "--corpus", own_corpus), 2, "bad.txt", word)
    assert serving(folder) == kept
    assert store.load(folder).plans[0].id == "qingshi"


def test_unnumbered_and_gb18030_files_are_built(
    bare: Run, own_corpus: Path, tmp_path: Path
) -> None:
    (own_corpus / "bare.txt").write_text("关于科普工作的一段话，没有编号。", "utf-8")
    (own_corpus / "gb.txt").write_bytes(SYNTHETIC.replace("青石", "东江").encode("gb18030"))
    places = ("--index", tmp_path / "index", "--corpus", own_corpus)
    assert bare("build", *places).code == 0
    data = json.loads(bare("plans", "--json", *places).out)
    assert [(p["id"], p["place"]) for p in data] == [
        ("bare", ""),
        ("gb", "东江县"),
        ("qingshi", "青石县"),
    ]
    assert bare("ask", "东江县智慧助老由谁牵头", *places).out.startswith("牵头单位：县民政局")


def test_unknown_manifest_field(bare: Run, own_corpus: Path, tmp_path: Path) -> None:
    (own_corpus / "manifest.toml").write_text('[[plan]]\nid = "qingshi"\ncolour = 1\n')
    refused(bare("build", "--index", tmp_path / "i", "--corpus", own_corpus), 2, "colour")


def test_file_of_nothing_but_wide_blanks(bare: Run, tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "blank.txt").write_text("\u3000\u3000\n", "utf-8")
    refused(bare("build", "--index", tmp_path / "i", "--corpus", tmp_path / "c"), 2, "blank.txt")


# -- build, add, remove -------------------------------------------------------------------


def test_index_folder_that_cannot_be_written(bare: Run, own_corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = bare("build", "--index", tmp_path / "file" / "sub", "--corpus", own_corpus)
    refused(done, 2, "cannot write", "--index")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_without_permission(bare: Run, own_corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    done = bare("build", "--index", tmp_path / "locked" / "i", "--corpus", own_corpus)
    refused(done, 2, "cannot write")


def test_interrupted_build_keeps_the_old_index(
    bare: Run, own_corpus: Path, tmp_path: Path, tiny: TinyEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = ("--index", tmp_path / "index", "--corpus", own_corpus)
    assert bare("build", *places).code == 0
    kept = serving(tmp_path / "index")

    class Interrupted(TinyEncoder):
        def encode_document(self, *_: object) -> object:  # type: ignore[override]
            raise KeyboardInterrupt

    monkeypatch.setattr(index.encoders, "load_encoder", lambda *_: Interrupted())
    done = bare("build", "--fresh", *places)
    assert done.code == 130
    assert "Traceback" not in done.err
    assert serving(tmp_path / "index") == kept
    monkeypatch.setattr(index.encoders, "load_encoder", lambda *_: tiny)
    assert bare("ask", "智慧助老由谁牵头", *places).code == 0


def test_add_and_remove(bare: Run, own_corpus: Path, tmp_path: Path) -> None:
    places = ("--index", tmp_path / "index", "--corpus", own_corpus)
    new = tmp_path / "dongjiang.txt"
    new.write_text(SYNTHETIC.replace("青石", "东江"), "utf-8")
    assert bare("add", new, *places).code == 0
    assert [p["id"] for p in json.loads(bare("plans", "--json", *places).out)] == [
        "dongjiang",
        "qingshi",
    ]
    refused(bare("add", new, *places), 2, "already")
    assert bare("remove", "dongjiang", *places).code == 0
    assert [p["id"] for p in json.loads(bare("plans", "--json", *places).out)] == ["qingshi"]
    assert new.exists()


def test_add_and_remove_a_word_file(bare: Run, own_corpus: Path, tmp_path: Path) -> None:
    places = ("--index", tmp_path / "index", "--corpus", own_corpus)
    new = tmp_path / "dongjiang.DOCX"
    text = SYNTHETIC.replace("青石", "东江")
    new.write_bytes(docx("".join(para(line) for line in text.splitlines())))
    assert bare("add", new, *places).code == 0
    assert bare("ask", "东江县智慧助老由谁牵头", *places).out.startswith("牵头单位：县民政局")
    (tmp_path / "dongjiang.txt").write_text(text, "utf-8")
    refused(bare("add", tmp_path / "dongjiang.txt", *places), 2, "dongjiang.DOCX is already")
    assert bare("remove", "dongjiang", *places).code == 0
    assert [p.name for p in own_corpus.iterdir()] == ["qingshi.txt"]


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [("x.txt", b"", "empty"), ("x.txt", b"\0\0", "not a text file"), ("x.doc", b"x", ".docx")],
)
def test_add_refuses_and_changes_nothing(
    bare: Run, own_corpus: Path, tmp_path: Path, name: str, data: bytes, word: str
) -> None:
    (tmp_path / name).write_bytes(data)
    refused(
        bare("add", tmp_path / name, "--corpus", own_corpus, "--index", tmp_path / "i"), 2, word
    )
    assert [p.name for p in own_corpus.iterdir()] == ["qingshi.txt"]


def test_add_says_what_it_understood(bare: Run, own_corpus: Path, tmp_path: Path) -> None:
    new = tmp_path / "baisha.txt"
    new.write_text(SYNTHETIC_OTHER, "utf-8")
    where = ("--corpus", own_corpus, "--index", tmp_path / "index")
    done = bare("add", new, "--set", "city=东江市", "--set", "date=2023-1-5", "--json", *where)
    assert done.code == 0
    (known,) = json.loads(done.out)
    assert (known["id"], known["place"]["city"]) == ("baisha", "东江市")
    assert known["facts"]["date"] == "2023年1月5日"
    assert known["roles"] == {"lead": 1, "responsible": 1, "support": 1}
    plans = json.loads(bare("plans", "--json", *where).out)
    assert [(p["id"], p["city"], p["date"]) for p in plans if p["id"] == "baisha"] == [
        ("baisha", "东江市", "2023年1月5日")
    ]


@pytest.mark.parametrize("said", ["colour=red", "date=soon", "city"])
def test_add_refuses_what_cannot_be_said(
    bare: Run, own_corpus: Path, tmp_path: Path, said: str
) -> None:
    new = tmp_path / "baisha.txt"
    new.write_text(SYNTHETIC_OTHER, "utf-8")
    where = ("--corpus", own_corpus, "--index", tmp_path / "index")
    refused(bare("add", new, "--set", said, *where), 2)
    refused(bare("add", new, new, "--set", "city=东江市", *where), 2, "one plan")
    assert [p.name for p in own_corpus.iterdir()] == ["qingshi.txt"]


def test_set_is_used_at_the_next_build(bare: Run, own_corpus: Path, tmp_path: Path) -> None:
    where = ("--corpus", own_corpus, "--index", tmp_path / "index")
    assert bare("build", *where).code == 0
    done = bare("set", "qingshi", "number=青政发〔2021〕3号", "aliases=青石, Qingshi", *where)
    assert done.code == 0
    assert "青政发〔2021〕3号" in done.out
    assert "tiaowen build" in done.err
    refused(bare("ask", "青石方案的文号", *where), 3, "tiaowen build")
    assert bare("build", *where).code == 0
    answer = bare("ask", "青石方案的文号是多少", *where).out
    assert answer == "文号：青政发〔2021〕3号（人工登记，原文未载）\n"
    english = bare("ask", "What is the document number of the Qingshi plan?", *where).out
    assert "entered by hand" in english
    refused(bare("set", "nowhere", "city=东江市", *where), 2, "nowhere", "qingshi")
    refused(bare("set", "qingshi", "colour=red", *where), 2, "colour", "place")


@pytest.mark.parametrize("plan", ["nowhere", "../corpus/qingshi", ""])
def test_remove_of_an_unknown_plan(bare: Run, own_corpus: Path, tmp_path: Path, plan: str) -> None:
    done = bare("remove", "qingshi", plan, "--corpus", own_corpus, "--index", tmp_path / "i")
    refused(done, 2, "unknown plan")
    assert (own_corpus / "qingshi.txt").exists()


def test_remove_of_the_last_plan_loses_nothing(bare: Run, own_corpus: Path, tmp_path: Path) -> None:
    places = ("--index", tmp_path / "index", "--corpus", own_corpus)
    assert bare("build", *places).code == 0
    assert bare("remove", "qingshi", *places).code == 2
    assert (own_corpus / "qingshi.txt").exists()


def test_add_that_cannot_be_built_changes_nothing(
    bare: Run, own_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = ("--index", tmp_path / "index", "--corpus", own_corpus)
    assert bare("build", *places).code == 0
    new = tmp_path / "dongjiang.txt"
    new.write_text(SYNTHETIC.replace("青石", "东江"), "utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(generation, "put", full)
        assert bare("add", new, *places).code == 2
    assert bare("ask", "智慧助老由谁牵头", *places).code == 0


# -- as a process -------------------------------------------------------------------------


def process(*argv: str | bytes, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "rag", *argv],
        cwd=ROOT, capture_output=True, check=False, timeout=120, env={**os.environ, **env},
    )  # fmt: skip


def test_process_ends_with_one_line(tmp_path: Path) -> None:
    done = process("ask", "", TIAOWEN_INDEX=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.decode().startswith("tiaowen: the question is empty")
    assert done.stderr.count(b"\n") == 1
    assert done.stdout == b""


def test_process_prints_chinese_in_any_locale() -> None:
    done = process("--help", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "乐至" in done.stdout.decode() or "牵头" in done.stdout.decode()


@pytest.mark.model
def test_process_with_bytes_that_are_no_text(real_index_folder: Path) -> None:
    """A question in another encoding reaches the program as lone surrogates."""
    done = process("ask", b"\xd6\xc7\xbb\xdb\xd6\xfa\xc0\xcf", "--index", str(real_index_folder))
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 2)


@pytest.mark.model
def test_process_answers_without_colours(real_index_folder: Path) -> None:
    done = process("ask", HEADLINE, "--index", str(real_index_folder))
    assert done.returncode == 0
    assert "牵头单位：县卫健局、县民政局" in done.stdout.decode()
    assert b"\x1b" not in done.stdout
    assert done.stderr == b""
