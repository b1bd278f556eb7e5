"""What readers say: kept whole, refused in words, handed on safely."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.gold import TYPES
from index.errors import InputError
from rag.feedback import LONGEST, VERDICTS, Feedback, csv_table, gold_draft, json_lines
from rag.web.remarks import remarks
from tests.test_ui import BOTH, EVIL, tags


@pytest.fixture
def kept(tmp_path: Path) -> Feedback:
    return Feedback(tmp_path / "new" / "feedback.sqlite")


def test_nothing_is_there_before_anyone_spoke(kept: Feedback) -> None:
    assert kept.all() == ()
    assert not kept.path.exists()
    kept.drop(1)
    assert not kept.path.exists()


def test_question_answer_turns_and_settings_are_kept_the_newest_first(kept: Feedback) -> None:
    kept.keep("right", BOTH)
    told = kept.keep("remark", BOTH, f" {EVIL} ", [("早先", "答")], {"plans": ["p"]})
    last, first = kept.all()
    assert (first.verdict, first.remark, first.history) == ("right", "", ())
    assert (last.id, last.verdict, last.remark) == (told, "remark", EVIL)
    assert last.history == (("早先", "答"),)
    assert (last.question, last.answer, last.status) == (BOTH.question, BOTH.answer, "answered")
    assert [c["quote"] for c in last.citations] == [c.quote for c in BOTH.citations]
    assert last.settings == {"encoder": "e", "llm": None, "plans": ["p"]}
    kept.drop(told)
    assert [r.id for r in kept.all()] == [first.id]


@pytest.mark.parametrize(
    ("verdict", "remark", "told"),
    [
        ("good", "", "unknown verdict"),
        ("remark", " \n", "empty"),
        ("right", "长" * (LONGEST + 1), "limit"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    kept: Feedback, verdict: Any, remark: str, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        kept.keep(verdict, BOTH, remark)
    assert kept.all() == ()


def test_a_file_that_is_no_database_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite"
    path.write_bytes(b"no database at all, but long enough to look at" * 40)
    with pytest.raises(InputError, match="cannot be used for feedback"):
        Feedback(path).all()
    with pytest.raises(InputError, match="cannot be used for feedback"):
        Feedback(tmp_path).keep("right", BOTH)


def test_two_at_once_are_both_kept(kept: Feedback) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda _: kept.keep("right", BOTH), range(40)))
    assert sorted(numbers) == sorted(r.id for r in kept.all()) == list(range(1, 41))
    with sqlite3.connect(kept.path) as held:
        assert held.execute("PRAGMA integrity_check").fetchone() == ("ok",)


# -- files --------------------------------------------------------------------------------


def test_the_table_computes_nothing(kept: Feedback) -> None:
    kept.keep("remark", replace(BOTH, question='=HYPERLINK("x")'), "@SUM(1)")
    (row,) = csv.DictReader(io.StringIO(csv_table(kept.all())))
    assert row["question"] == '\'=HYPERLINK("x")'
    assert row["remark"] == "'@SUM(1)"
    assert row["sources"].startswith("某县 一、总则")


def test_a_line_is_a_whole_record(kept: Feedback) -> None:
    kept.keep("wrong_source", BOTH, "应引附则")
    record = json.loads(json_lines(kept.all()))
    assert record["remark"] == "应引附则"
    assert record["citations"][0]["quote"] == BOTH.citations[0].quote


@pytest.mark.parametrize(
    ("answer", "history", "type_"),
    [
        (BOTH, (), "lead_unit"),
        (replace(BOTH, kind="figure"), (), "number"),
        (replace(BOTH, status="not_mentioned"), (), "unanswerable"),
        (replace(BOTH, lang="en"), (), "english"),
        (BOTH, (("早先", "答"),), "followup"),
        (replace(BOTH, kind="what no version knows"), (), "measure"),
    ],
)
def test_a_gold_draft_has_what_is_known_and_leaves_the_rest(
    kept: Feedback, answer: Any, history: Any, type_: str
) -> None:
    kept.keep("wrong_answer", answer, "少了县乙局", history)
    kept.keep("right", answer, history=history)
    right, wrong = (json.loads(line) for line in gold_draft(kept.all()).splitlines())
    assert right["type"] == wrong["type"] == type_
    assert type_ in TYPES
    assert (wrong["answer"], wrong["evidence"]) == ("", [])
    assert wrong["note"] == "wrong_answer；少了县乙局"
    assert right["answer"] == answer.answer
    assert right["evidence"] == [c.quote for c in answer.citations]
    assert right["doc"] == ["p"]
    assert ("history" in right) == bool(history)


# -- the page -----------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_shows_each_as_text(kept: Feedback, lang: Any) -> None:
    assert "tw-hint" in remarks((), lang)
    for verdict in VERDICTS:
        kept.keep(verdict, replace(BOTH, question=EVIL, answer=EVIL), EVIL, [(EVIL, EVIL)])
    html = remarks(kept.all(), lang)
    assert "img" not in tags(html)
    assert html.count('data-drop="') == len(VERDICTS)
