"""Workbooks and cells: what is written safely is read back as it was, and nothing else is read."""

from __future__ import annotations

import datetime
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from eval.cells import choices, clean, from_cells, shield, shield_choice, to_cells, unshield
from eval.exchange.goldsheet import read_gold_sheet, write_gold_sheet
from eval.files import read_bytes, read_text, write_bytes
from eval.gold import TYPES, Gold, from_record, to_record
from eval.growing.draft import Draft
from eval.growing.sheet import read_drafts, write_drafts
from eval.workbook import (
    GUIDE,
    LONGEST,
    Column,
    Sheet,
    change_row,
    instructions,
    read_sheet,
    write_workbook,
)
from index.errors import InputError
from tests.runs import question

COLUMNS = (
    Column("id", "id 编号", 9),
    Column("said", "说法\nwhat was said", 30),
    Column("sure", "把握 sure", 8, choices=("高", "low"), fill=True),
)
NASTY = ["=1+1", "+1", "-5", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "1E5", "2025-01-01", "'x",
         "#N/A", "TRUE", "15%"]  # fmt: skip


def written(folder: Path, *rows: tuple[str, str, str], columns: Any = COLUMNS) -> Path:
    path = folder / "t.xlsx"
    write_workbook(path, [Sheet("table", columns, rows)])
    return path


def texts(path: Path, optional: tuple[str, ...] = ()) -> list[list[str]]:
    return [list(x.cells.values()) for x in read_sheet(path, "table", COLUMNS, optional)]


def xml(path: Path) -> str:
    return zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()


# -- writing ------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=12).map(clean) | st.sampled_from(NASTY), min_size=3, max_size=3))
def test_any_clean_text_comes_back(row: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = written(Path(name), (row[0], row[1], row[2]))
        assert texts(path) == ([row] if any(t.strip() for t in row) else [])


def test_nothing_is_a_formula_nor_becomes_one(tmp_path: Path) -> None:
    path = written(tmp_path, *((text, text, "") for text in NASTY))
    assert "<f>" not in xml(path)
    page = load_workbook(path)["table"]
    for row, text in zip(page.iter_rows(min_row=2, max_col=2), NASTY, strict=True):
        for cell in row:
            assert (cell.data_type, cell.value, cell.number_format) == ("s", text, "@")
            assert cell.quotePrefix == text.startswith(("=", "+", "-", "@", "\t"))


def test_the_same_rows_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for day in range(2):
        # another day: nothing of the clock may get into the file
        monkeypatch.setattr("time.time", lambda day=day: 1.6e9 + day * 86_400)
        monkeypatch.setattr(
            "time.localtime", lambda *_, day=day: (2030, 1, 1 + day, 0, 0, 0, 0, 1, 0)
        )
        path = written(tmp_path, ("a", "b", ""))
        change_row(path, "table", COLUMNS, 2, {"sure": "low"})
        found.append(path.read_bytes())
    assert found[0] == found[1]
    core = zipfile.ZipFile(path).read("docProps/core.xml").decode()
    assert core.count("2000-01-01T00:00:00Z") == 2


def test_how_a_sheet_looks(tmp_path: Path) -> None:
    columns = (Column("id", "id", 9), Column("rate", "rate", 7, "0.00", choices=("1", "2")))
    path = tmp_path / "t.xlsx"
    rows = [("a", 0.5), ("b", None)]
    guide = instructions([("列 column", 20)], [("说明",)])
    write_workbook(path, [Sheet("table", columns, rows, frozenset({1}), frozen=1), guide])
    book = load_workbook(path)
    assert book.sheetnames == ["table", GUIDE]
    page, text = book.worksheets
    assert (page.freeze_panes, page.auto_filter.ref) == ("B2", "A1:B3")
    assert (text.freeze_panes, text.auto_filter.ref) == ("A2", None)
    assert page.column_dimensions["A"].width == 9
    assert (page["B2"].value, page["B2"].number_format, page["B3"].value) == (0.5, "0.00", None)
    assert page["A1"].font.bold
    assert page["A2"].alignment.wrap_text
    colours = [page[f"A{n}"].fill.fgColor.rgb for n in (2, 3)]
    assert colours == ["00000000", "00FBE3DF"]  # the second row is marked
    (listed,) = page.data_validations.dataValidation
    assert (str(listed.sqref), listed.formula1) == ("B2:B3", '"1,2"')
    assert not listed.showErrorMessage  # a word of like meaning may be typed
    assert not page.protection.sheet


def test_only_what_is_to_be_filled_in_can_be_changed(tmp_path: Path) -> None:
    page = load_workbook(written(tmp_path, ("a", "", ""), ("b", "", "—")))["table"]
    assert page.protection.sheet
    cells = [[(c.protection.locked, c.fill.fgColor.rgb) for c in row] for row in page["A2:C3"]]
    locked, free = (True, "00000000"), (False, "00FFF9DB")
    assert cells == [[locked, locked, free], [locked, locked, locked]]
    (listed,) = page.data_validations.dataValidation
    assert (str(listed.sqref), listed.showErrorMessage) == ("C2:C3", True)


def test_a_text_too_long_for_a_cell_is_refused(tmp_path: Path) -> None:
    fits = "长" * LONGEST
    path = written(tmp_path, ("a", fits, ""))
    assert texts(path) == [["a", fits, ""]]
    before = path.read_bytes()
    with pytest.raises(InputError, match=f"cell B2 has {LONGEST + 1} characters"):
        written(tmp_path, ("a", fits + "长", ""))
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["t.xlsx"]  # nothing half written is left


# -- reading ------------------------------------------------------------------------------


def sheet_of(folder: Path, *rows: list[Any], title: str = "table") -> Path:
    """A workbook as a person may make it."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    path = folder / "t.xlsx"
    book.save(path)
    return path


HEADS = ["id", "说法 what was said", "sure  anything"]


def test_columns_are_known_by_head_or_first_word_in_any_order(tmp_path: Path) -> None:
    path = sheet_of(tmp_path, ["sure?", *HEADS[1:], "", "id 编号"][1:], ["b", "a", 7, "c"])
    (line,) = read_sheet(path, "table", COLUMNS)
    assert line.cells == {"said": "b", "sure": "a", "id": "c"}  # 7 stands under no head
    assert (line.number, line.where) == (2, f"{path}: row 2")


def test_blank_rows_are_left_out_and_counted(tmp_path: Path) -> None:
    path = sheet_of(tmp_path, HEADS, [None, " ", "\n"], ["a"], [], ["b", "c"])
    assert [(x.number, x.cells["id"]) for x in read_sheet(path, "table", COLUMNS)] == [
        (3, "a"),
        (5, "b"),
    ]


def test_the_only_sheet_is_read_whatever_its_title(tmp_path: Path) -> None:
    path = sheet_of(tmp_path, HEADS, ["a", "b", "c"], title="Sheet1")
    assert texts(path) == [["a", "b", "c"]]
    book = load_workbook(path)
    book.create_sheet("other")
    book.save(path)
    with pytest.raises(InputError, match="has no sheet 'table'; it has: Sheet1, other"):
        texts(path)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "lacks the column 'id'; it has: none"),
        ([HEADS[:2], ["a", "b"]], "lacks the column 'sure'; it has: id, said"),
        ([[*HEADS, "colour"]], "column 'colour' is unknown; keep"),
        ([[*HEADS, "id"]], "column 'id' is there twice"),
        ([[*HEADS, 5]], "cell D1 holds '5', which is no text"),
        ([HEADS, ["a", 0.15]], "cell B2 holds '0.15', which is no text; give the cell the format"),
        ([HEADS, ["a", "=1+1"]], r"cell B2 holds '=1\+1'"),
        ([HEADS, ["a", True]], "cell B2 holds 'True'"),
        ([HEADS, ["a", datetime.date(2025, 1, 1)]], "cell B2 holds '2025-01-01"),
        ([HEADS, ["a", "#N/A"]], "cell B2 holds '#N/A'"),  # openpyxl writes it as an error value
    ],
)
def test_a_faulty_sheet_is_refused(rows: list[list[Any]], said: str, tmp_path: Path) -> None:
    path = sheet_of(tmp_path, *rows)
    with pytest.raises(InputError, match=said) as caught:
        texts(path)
    assert "\n" not in str(caught.value)


def test_an_optional_column_may_lack(tmp_path: Path) -> None:
    path = sheet_of(tmp_path, HEADS[:2], ["a", "b"])
    assert texts(path, optional=("sure",)) == [["a", "b"]]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"id,doc\n"])
def test_what_is_no_workbook_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"no Excel workbook; save it as \.xlsx"):
        texts(path)
    with pytest.raises(InputError, match="cannot read"):
        texts(tmp_path / "none.xlsx")


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a.txt", "x")
    with pytest.raises(InputError, match="no Excel workbook"):
        texts(path)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_torn_workbook_is_refused_or_read(data: st.DataObject) -> None:
    """One byte changed anywhere: an InputError, never another."""
    with tempfile.TemporaryDirectory() as name:
        path = written(Path(name), ("a", "b", "c"))
        whole = bytearray(path.read_bytes())
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
        path.write_bytes(whole)
        with suppress(InputError):
            texts(path)


def test_a_row_is_changed_and_all_else_stays(tmp_path: Path) -> None:
    path = written(tmp_path, ("a", "b", ""), ("c", "d", "high"))
    book = load_workbook(path)
    book["table"].column_dimensions["B"].width = 77  # as a person set it
    book.save(path)
    change_row(path, "table", COLUMNS, 2, {"sure": "=HYPERLINK(1)"})
    change_row(path, "table", COLUMNS, 3, {"sure": "", "said": "e"})
    assert texts(path) == [["a", "b", "=HYPERLINK(1)"], ["c", "e", ""]]
    assert "<f>" not in xml(path)
    page = load_workbook(path)["table"]
    assert page.column_dimensions["B"].width == 77
    assert page.data_validations.dataValidation
    assert page["C2"].quotePrefix
    path = sheet_of(tmp_path, HEADS[:2], ["a", "b"])
    with pytest.raises(InputError, match="lacks the column 'sure'"):
        change_row(path, "table", COLUMNS, 2, {"sure": "x"})


# -- cells --------------------------------------------------------------------------------

SOLID = st.text(max_size=12).filter(str.strip) | st.sampled_from(
    [*NASTY, "a / b", "a/ b", "/", " / ", "a /", "a\\", "\\n", "a\\/", "_x0041_", " 首", "尾\u3000",
     "\r\n行", "two\nlines", "Q: a", "\x00", "\ufffe", "a\x0bb\x0cc\x85d\u2028e"]
)  # fmt: skip


@given(SOLID | st.just("\ud800"))
def test_a_shielded_text_holds_nothing_unfit_and_comes_back(text: str) -> None:
    cell = shield(text)
    assert clean(cell) == cell == cell.strip()
    assert unshield(cell) == text


@given(st.lists(SOLID, min_size=1, max_size=4))
def test_alternatives_in_a_cell_come_back(items: list[str]) -> None:
    cell = " / ".join(map(shield_choice, items))
    assert "\n" not in cell
    assert choices(cell) == items


def test_cells_by_hand() -> None:
    record = {
        "id": "a", "doc": ["p", "q"], "history": [{"q": "谁", "a": ""}], "answer": "一\n二",
        "must": ["三", ["县教育局", "教育局"]], "must_not": [" 空 ", "a\\b"], "evidence": ["a / b"],
    }  # fmt: skip
    cells = to_cells(record, "x")
    assert cells["doc"] == "p\nq"
    assert cells["history"] == "Q: 谁\nA: "
    assert cells["answer"] == "一\n二"
    assert cells["must"] == "三\n县教育局 / 教育局"
    assert cells["must_not"] == "\\u0020空\\u0020\na\\\\b"
    assert cells["evidence"] == "a / b"  # a slash separates in must alone
    assert cells["type"] == cells["note"] == ""
    assert from_cells(cells, "x") == record | {"lang": "", "type": "", "question": ""}


def test_cells_as_people_type_them() -> None:
    typed = {"id": " q ", "must": "县教育局 / 教育局\n\n 三 \n和/或", "history": "Q：谁\n A: 他 们"}
    record = from_cells(typed, "x")
    assert record["id"] == "q"
    assert record["must"] == [["县教育局", "教育局"], "三", "和/或"]
    assert record["history"] == [{"q": "谁", "a": "他 们"}]
    assert "note" not in record


@pytest.mark.parametrize("turns", ["A: 他", "Q: 谁", "Q: 谁\nQ: 谁", "谁\n他", "Q: a\nA: b\nQ: c"])
def test_turns_that_are_none_are_refused(turns: str) -> None:
    with pytest.raises(InputError, match="x: 'history' is lines Q"):
        from_cells({"history": turns}, "x")


@pytest.mark.parametrize(
    "record",
    [{"id": 5}, {"doc": "p"}, {"must": [1]}, {"must": [[1]]}, {"evidence": [None]},
     {"history": [{"q": "a"}]}, {"history": ["a"]}, {"note": None}],
)  # fmt: skip
def test_a_record_of_another_form_is_refused(record: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=f"x: '{next(iter(record))}' is not of the form"):
        to_cells(record, "x")


GOLDS = st.builds(
    Gold,
    id=SOLID,
    doc=st.lists(SOLID, min_size=1, max_size=2).map(tuple),
    lang=st.sampled_from(["zh", "en"]),
    type=st.sampled_from(TYPES),
    question=SOLID,
    answer=st.text(max_size=12) | SOLID,
    must=st.lists(st.lists(SOLID, min_size=1, max_size=3).map(tuple), max_size=2).map(tuple),
    must_not=st.lists(SOLID, max_size=2).map(tuple),
    evidence=st.lists(SOLID, max_size=2).map(tuple),
    history=st.lists(st.tuples(st.text(max_size=5) | SOLID, st.text(max_size=5)), max_size=2).map(
        tuple
    ),
    note=st.text(max_size=5) | SOLID,
)


@given(GOLDS)
def test_any_gold_survives_the_cells(gold: Gold) -> None:
    assert from_record(from_cells(to_cells(to_record(gold), "x"), "x"), "x") == gold


@settings(max_examples=25, deadline=None)
@given(st.lists(GOLDS, min_size=1, max_size=3, unique_by=lambda g: g.id))
def test_any_gold_survives_both_sheets(gold: list[Gold]) -> None:
    drafts = [Draft(to_record(g), "c", g.answer, g.note, g.id) for g in gold]
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "t.xlsx"
        write_gold_sheet(gold, path)
        assert read_gold_sheet(path) == gold
        write_drafts(path, drafts)
        assert read_drafts(path) == drafts


def test_excel_is_left_nothing_to_decode(tmp_path: Path) -> None:
    """Excel shows _x0041_ as A and would save it so; openpyxl does not, so look at the file."""
    path = tmp_path / "t.xlsx"
    write_gold_sheet([question(note="_x0041_")], path)
    assert "\\u005fx0041_" in xml(path)
    assert "_x0041_" not in xml(path).replace("\\u005fx0041_", "")


# -- files --------------------------------------------------------------------------------


def test_files_are_written_whole_and_read_strictly(tmp_path: Path) -> None:
    path = tmp_path / "new" / "f.txt"
    write_bytes(path, "\ufeff一\r\n二".encode())
    assert read_text(path) == "一\r\n二"
    assert [p.name for p in path.parent.iterdir()] == ["f.txt"]
    write_bytes(path, b"\xff")
    with pytest.raises(InputError, match="not UTF-8 text"):
        read_text(path)
    with pytest.raises(InputError, match="cannot read"):
        read_bytes(tmp_path)
