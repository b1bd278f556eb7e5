"""Asking and keeping: resuming, refusing to mix, failing systems, a folder read back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from eval import runner
from eval.gold import Gold
from eval.jsonlines import read_lines
from eval.runs import ANSWERS, GOLD, HEAD, SCORES, Head, open_run, run_folders
from eval.systems.base import Quote, Response, Slice
from index.errors import InputError
from tests.runs import question

SOURCES = {"a": "到2025年，比例超过15%。"}
ASKED = [
    ("dev", question(id="q1", evidence=("超过15%",), history=(("谁", "甲"),))),
    ("held", question(id="q2")),
    ("", question(id="q3", type="unanswerable", must=(), must_not=())),
]


class Scripted:
    """Answers by id; an exception among them is raised. Counts what it was asked."""

    def __init__(self, answers: Mapping[str, Response | BaseException], name: str = "toy") -> None:
        self.name = name
        self.settings: Mapping[str, str] = {"answers": "scripted"}
        self.asked: list[str] = []
        self._answers = answers

    def ask(self, gold: Gold) -> Response:
        self.asked.append(gold.id)
        given = self._answers[gold.id]
        if isinstance(given, BaseException):
            raise given
        return given


RIGHT = Response(
    "超过15%[1]",
    "answered",
    (Quote(1, "a", 9, 13, "超过15%", ("甲县方案", "一、目标")),),
    (Slice("a", 0, 14),),
    confidence=0.9,
)
GIVEN = {"q1": RIGHT, "q2": Response("不详", "answered"), "q3": Response("", "not_mentioned")}


@pytest.fixture
def head(tmp_path: Path) -> Head:
    gold = tmp_path / "x.jsonl"
    gold.write_text("{}", "utf-8")
    return runner.head_of(Scripted({}), ASKED, [gold], "corpus-hash")


def test_a_run_is_kept_whole_and_read_back(tmp_path: Path, head: Head) -> None:
    made = runner.run(Scripted(GIVEN), ASKED, tmp_path / "run", head, SOURCES)
    read = open_run(tmp_path / "run")
    assert read.items == made.items
    assert [i.right for i in read.items] == [True, False, True]
    assert [i.split for i in read.items] == ["dev", "held", ""]
    assert read.items[0].gold == ASKED[0][1]
    assert read.items[0].response.citations == RIGHT.citations
    assert read.items[0].ranks == (1,)
    assert read.head.finished >= read.head.started > "2026"
    assert read.name == "toy"
    assert sorted(p.name for p in (tmp_path / "run").iterdir()) == sorted(
        [HEAD, GOLD, ANSWERS, SCORES]
    )


def test_a_run_says_what_it_was(head: Head) -> None:
    assert head.settings == {"answers": "scripted"}
    assert head.questions == 3
    assert list(head.gold) == ["x.jsonl"]
    assert all(len(d) == 64 for d in (*head.gold.values(), head.prompts, head.code))
    assert {"python", "numpy", "faiss-cpu", "tiaowen"} <= set(head.versions)
    assert "cores" in head.machine


def test_the_summary_stands_in_the_head(tmp_path: Path, head: Head) -> None:
    runner.run(Scripted(GIVEN), ASKED, tmp_path / "run", head, SOURCES)
    data = json.loads((tmp_path / "run" / HEAD).read_text("utf-8"))
    assert "summary" in data


def test_latency_is_taken_by_the_runner_unless_the_system_tells(tmp_path: Path, head: Head) -> None:
    told = {**GIVEN, "q2": replace(GIVEN["q2"], latency_ms=1234.5)}
    made = runner.run(Scripted(told), ASKED, tmp_path / "run", head, SOURCES)
    assert 0 < made.items[0].response.latency_ms < 1000
    assert made.items[1].response.latency_ms == 1234.5


# -- going on -----------------------------------------------------------------------------


def test_a_run_cut_short_goes_on_where_it_was(tmp_path: Path, head: Head) -> None:
    folder = tmp_path / "run"
    cut = Scripted({**GIVEN, "q2": KeyboardInterrupt()})
    with pytest.raises(KeyboardInterrupt):
        runner.run(cut, ASKED, folder, head, SOURCES)
    with pytest.raises(InputError, match="was cut short"):
        open_run(folder)
    again = Scripted(GIVEN)
    made = runner.run(again, ASKED, folder, head, SOURCES)
    assert again.asked == ["q2", "q3"]
    assert [i.gold.id for i in made.items] == ["q1", "q2", "q3"]
    assert open_run(folder).items == made.items


def test_an_answer_torn_in_the_middle_is_asked_again(tmp_path: Path, head: Head) -> None:
    folder = tmp_path / "run"
    runner.run(Scripted(GIVEN), ASKED, folder, head, SOURCES)
    whole = (folder / ANSWERS).read_bytes()
    (folder / ANSWERS).write_bytes(whole[:-20])
    again = Scripted(GIVEN)
    runner.run(again, ASKED, folder, head, SOURCES)
    assert again.asked == ["q3"]
    assert len(list(read_lines(folder / ANSWERS))) == 3


def test_a_finished_run_is_judged_again_and_not_asked(tmp_path: Path, head: Head) -> None:
    folder = tmp_path / "run"
    runner.run(Scripted(GIVEN), ASKED, folder, head, SOURCES)
    (folder / SCORES).unlink()
    finished = open_head(folder)
    again = Scripted(GIVEN)
    runner.run(again, ASKED, folder, head, SOURCES)
    assert again.asked == []
    assert (folder / SCORES).is_file()
    assert open_head(folder) == finished


def open_head(folder: Path) -> tuple[str, str]:
    data = json.loads((folder / HEAD).read_text("utf-8"))
    return data["started"], data["finished"]


@pytest.mark.parametrize("field", ["system", "corpus", "prompts", "code"])
def test_runs_of_different_things_are_not_mixed(tmp_path: Path, head: Head, field: str) -> None:
    folder = tmp_path / "run"
    runner.run(Scripted(GIVEN), ASKED, folder, head, SOURCES)
    other = replace(head, **{field: "another"})
    with pytest.raises(InputError, match=f"a run with other {field}; .*--fresh"):
        runner.run(Scripted(GIVEN), ASKED, folder, other, SOURCES)
    runner.forget(folder)
    runner.run(Scripted(GIVEN), ASKED, folder, other, SOURCES)


def test_a_run_of_some_types_is_not_gone_on_with_for_others(tmp_path: Path, head: Head) -> None:
    """The gold files are the same; which of their questions are asked is not."""
    folder = tmp_path / "run"
    runner.run(Scripted(GIVEN), ASKED[:1], folder, replace(head, questions=1), SOURCES)
    with pytest.raises(InputError, match=r"a run with other questions; .*--fresh"):
        runner.run(Scripted(GIVEN), ASKED, folder, head, SOURCES)
    assert len(open_run(folder).items) == 1


def test_gold_files_of_one_name_are_both_recorded(tmp_path: Path) -> None:
    paths = [tmp_path / "a" / "x.jsonl", tmp_path / "b" / "x.jsonl", tmp_path / "y.jsonl"]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text(str(path), "utf-8")
    gold = runner.head_of(Scripted({}), ASKED, paths, "").gold
    assert list(gold) == [str(paths[0]), str(paths[1]), "y.jsonl"]
    assert len(set(gold.values())) == 3


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path, head: Head) -> None:
    (tmp_path / "letter.txt").write_text("dear", "utf-8")
    with pytest.raises(InputError, match="holds something else"):
        runner.run(Scripted(GIVEN), ASKED, tmp_path, head, SOURCES)
    runner.forget(tmp_path)
    assert (tmp_path / "letter.txt").is_file()


# -- failing ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("out\nof order"),
        InputError("empty"),
        RecursionError(),
        KeyError("x"),
        SystemExit(1),
    ],
)
def test_a_system_that_fails_on_a_question_scores_zero_there(
    tmp_path: Path, head: Head, error: BaseException
) -> None:
    failing = Scripted({**GIVEN, "q1": error})
    made = runner.run(failing, ASKED, tmp_path / "run", head, SOURCES)
    first = made.items[0]
    assert first.response.failed
    assert type(error).__name__ in first.faults[0]
    assert "\n" not in first.response.error
    assert {k: v for k, v in first.scores.items() if v} == {}
    assert first.scores.keys() >= {"correct", "figures", "citation_recall", "rr"}
    assert [i.right for i in made.items] == [False, False, True]
    assert open_run(tmp_path / "run").items == made.items


# -- reading back -------------------------------------------------------------------------


def test_runs_are_found_and_named(tmp_path: Path, head: Head) -> None:
    for name in ("b", "a"):
        runner.run(Scripted(GIVEN), ASKED, tmp_path / name, head, SOURCES)
    assert [p.name for p in run_folders(tmp_path)] == ["a", "b"]
    with pytest.raises(InputError, match=r"holds several runs \(a, b\)"):
        open_run(tmp_path)
    with pytest.raises(InputError, match="holds no run"):
        open_run(tmp_path / "c")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (HEAD, "no", "is no run"),
        (HEAD, "[]", "is no run"),
        (HEAD, '{"format": 99}', "has format 99; this reads 1"),
        (SCORES, "", "0 scores of 3"),
        (SCORES, '{"id": "q9"}', "is torn"),
        (ANSWERS, "", "is torn"),
        (GOLD, '{"id": "q1"}', "is missing"),
    ],
)
def test_a_torn_run_is_named(tmp_path: Path, head: Head, name: str, text: str, said: str) -> None:
    runner.run(Scripted(GIVEN), ASKED, tmp_path / "run", head, SOURCES)
    (tmp_path / "run" / name).write_text(text, "utf-8")
    with pytest.raises(InputError, match=said) as caught:
        open_run(tmp_path / "run")
    assert "\n" not in str(caught.value)
