"""The evaluators' page: figures with intervals, held questions unseen, sheets scored by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval import screens
from eval.gold import Gold
from eval.human.files import SheetFile, write_sheet
from eval.human.sheets import Row, Sheet
from eval.runs import HEAD, Item
from eval.systems.base import Response
from rag.web.words import WORDS
from tests.browser import go
from tests.test_ui import EVIL, shown_text, tags

GOLD = Gold("g1", ("p",), "zh", "number", EVIL, EVIL, ((EVIL,),), (), ())


def item(n: int, right: bool, split: str = "dev", kind: str = "number") -> Item:
    gold = replace(GOLD, id=f"g{n}", type=kind)
    said = Response(EVIL, "answered")
    return Item(gold, split, said, {"correct": float(right)}, () if right else (f"lacks {EVIL}",))


def test_shares_with_their_intervals_and_every_failure_as_text() -> None:
    html = screens.figures([item(n, n != 2) for n in range(10)], "zh")
    assert "9 / 10" in html
    assert "90%" in html
    assert "60%–98%" in html  # Wilson: 0.596 to 0.982
    assert html.count("tw-error") == 1
    assert "img" not in tags(html)
    assert EVIL in shown_text(html)


def test_held_questions_are_counted_and_never_shown() -> None:
    html = screens.figures([item(1, right=False, split="held"), item(2, right=True)], "en")
    assert "1 / 2" in html
    assert "tw-error" not in html
    assert "g1" not in html


def test_runs_are_listed_torn_ones_too(tmp_path: Path) -> None:
    assert "runs_none" not in screens.runs_table(screens.find_runs(tmp_path), tmp_path, "zh")
    (tmp_path / "all" / "default").mkdir(parents=True)
    (tmp_path / "all" / "default" / HEAD).write_text("{}", encoding="utf-8")
    (tmp_path / "note.txt").write_text("no run", encoding="utf-8")
    found = screens.find_runs(tmp_path)
    assert [r.name for r in found] == ["all/default"]
    assert WORDS["en"]["run_torn"] in screens.runs_table(found, tmp_path, "en")


def test_a_row_of_a_sheet_reads_as_text() -> None:
    row = Row("BCDFG", EVIL, EVIL, EVIL, reference=EVIL, remark=EVIL)
    html = screens.sheet_row([row, replace(row, verdict="wrong", citation="no")], 0, "zh")
    assert "第1条，共2条，已评1条" in html
    assert "img" not in tags(html)
    assert shown_text(html).count(EVIL) == 5


@pytest.mark.slow
@pytest.mark.model
def test_scoring_now_and_a_sheet_by_hand(page: Any, tmp_path: Path) -> None:
    sheet = tmp_path / "scorer-li.jsonl"
    rows = tuple(Row(f"BCDF{c}", f"第{c}问", "答", "某县 一、总则") for c in "GHJ")
    write_sheet(sheet, Sheet("li", rows), reference=False)
    go(page, WORDS["zh"]["tab_evaluate"])
    page.get_by_role("button", name=WORDS["zh"]["score_now"]).click()
    page.get_by_text(re.compile(r"\d+ / 50")).first.wait_for(timeout=60_000)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=WORDS["zh"]["sheet_open"]).click()
    chooser.value.set_files(str(sheet))
    page.get_by_text("第G问").wait_for()
    page.get_by_text("部分对", exact=True).click()
    page.get_by_label(WORDS["zh"]["sheet_remark"]).fill("少一家")
    page.get_by_role("button", name=WORDS["zh"]["sheet_next"]).click()
    page.get_by_text("第H问").wait_for()
    with page.expect_download(timeout=20_000) as got:
        page.get_by_role("button", name=WORDS["zh"]["sheet_save"]).click()
    back = tmp_path / "back" / got.value.suggested_filename
    got.value.save_as(back)
    assert back.name == sheet.name
    scored = SheetFile(back).rows
    assert [(r.verdict, r.remark) for r in scored] == [("partly", "少一家"), ("", ""), ("", "")]
    assert SheetFile(sheet).rows[0].verdict == ""
