"""The task table as workbook and document, opened again as an office would."""

from __future__ import annotations

import builtins
import io
from pathlib import Path
from typing import Any

import pytest

from index.errors import InputError
from rag.tasks.docx import docx_bytes
from rag.tasks.rows import Row
from rag.tasks.terminal import wrap
from rag.tasks.xlsx import FULL, HIGHEST, LINES, MORE, WORDS_WIDTH, xlsx_bytes
from tests.conftest import SYNTHETIC, SYNTHETIC_OTHER
from tests.test_tasks import MIXED, rows_of

Rows = tuple[Row, ...]


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    return rows_of(SYNTHETIC, tmp_path, "qingshi")


def book(rows: Rows, wanted: str = "") -> Any:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(xlsx_bytes(rows, wanted)))


def paper(rows: Rows, wanted: str = "") -> Any:
    from docx import Document

    return Document(io.BytesIO(docx_bytes(rows, wanted)))


# -- Excel --------------------------------------------------------------------------------


def test_the_sheet_has_title_heads_and_a_row_a_task(rows: Rows) -> None:
    page = book(rows, "县教育局").worksheets[0]
    assert page["A1"].value == "青石县全民科学素质行动实施方案（2021—2025年）任务分解表"
    assert "县教育局" in page["A2"].value
    assert "共3项" in page["A2"].value
    heads = [c.value for c in page[3]]
    assert heads == [
        *("序号", "所属部分", "任务", "工作内容", "牵头单位", "责任单位", "指标", "出处"),
    ]
    assert page.max_row == 3 + len(rows)
    second = dict(zip(heads, (c.value for c in page[5]), strict=True))
    assert second["序号"] == 2
    assert second["牵头单位"] == "县民政局"
    assert second["工作内容"] == "教老年人使用智能手机，防范电信诈骗。"
    assert second["出处"] == "二、（二）1"


def test_several_plans_have_a_column_for_the_place(rows: Rows, tmp_path: Path) -> None:
    page = book(rows + rows_of(SYNTHETIC_OTHER, tmp_path, "baisha")).worksheets[0]
    assert page["A1"].value == "任务分解表"
    assert [c.value for c in page["B"]][2:] == [
        "地区",
        "青石县",
        "青石县",
        "青石县",
        "白沙区",
        "白沙区",
    ]
    assert "配合单位" in [c.value for c in page[3]]


def test_how_the_sheet_is_seen_and_printed(rows: Rows) -> None:
    for page in book(rows).worksheets:
        assert page.freeze_panes.endswith("4")
        assert page.auto_filter.ref.startswith("A3:")
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.print_title_rows == "$3:$3"
        assert "&P" in page.oddFooter.center.text
        assert all(c.alignment.wrap_text and c.border.top.style for c in page[4])


def test_rows_are_high_enough_for_their_lines(rows: Rows, tmp_path: Path) -> None:
    twice = rows_of(
        SYNTHETIC.replace("扩大老年大学招生。", "扩大老年大学招生。" * 30), tmp_path, "b"
    )
    one, more = book(rows).worksheets[0], book(twice).worksheets[0]
    assert 20 <= one.row_dimensions[6].height < more.row_dimensions[6].height <= HIGHEST
    assert one.row_dimensions[5].height == more.row_dimensions[5].height


def test_what_a_row_cannot_show_is_on_the_second_sheet(tmp_path: Path) -> None:
    long = "开展活动，" * 800 + "完成。"
    made = rows_of(MIXED.replace("县财政安排经费", long), tmp_path)
    first, second = book(made).worksheets
    shown = [c.value for c in first["D"]][-1]
    assert shown.endswith(MORE)
    assert second.title == FULL
    texts = [c.value for c in second["D"]][3:]
    assert "".join(texts).count("开展活动，") == 800
    assert all(len(wrap(text, WORDS_WIDTH)) <= LINES for text in texts)


def test_formulas_are_text(tmp_path: Path) -> None:
    page = book(rows_of(MIXED, tmp_path)).worksheets[0]
    cell = page["D6"]
    assert (cell.value[:4], cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
    assert not [c for row in page for c in row if c.data_type == "f"]


@pytest.mark.parametrize("make", [xlsx_bytes, docx_bytes])
def test_characters_that_no_office_file_holds_are_left_out(make: Any, tmp_path: Path) -> None:
    odd = MIXED.replace("就近选址", "就近\x0b\uffff\x7f选址").replace("云溪县", "云溪县\x01")
    assert make(rows_of(odd, tmp_path), "教\x02育")


# -- Word ---------------------------------------------------------------------------------


def test_the_document_has_a_line_an_item_with_joined_units(rows: Rows) -> None:
    from docx.oxml.ns import qn

    table = paper(rows).tables[0]
    assert len(table.rows) == 1 + 2 + 1 + 1  # heads, the section's two items, two tasks
    heads = [c.text for c in table.rows[0].cells]
    assert heads[:4] == ["序号", "所属部分", "任务", "工作内容"]
    lead, content = heads.index("牵头单位"), heads.index("工作内容")
    first, second = table.rows[1].cells, table.rows[2].cells
    assert first[lead]._tc is second[lead]._tc
    assert first[lead].text == "县教育局、团县委"
    assert first[content].text.split("\n")[0] == "1.开展校园科技节"
    assert second[content].text == "2.建设乡村科学教室\n建成科学教室40个。"
    assert second[heads.index("指标")].text == "建成科学教室40个"
    properties = table.rows[0]._tr.trPr
    assert properties.find(qn("w:tblHeader")) is not None
    assert all(r._tr.trPr.find(qn("w:cantSplit")) is not None for r in list(table.rows)[1:])


def test_paper_fonts_and_footer(rows: Rows) -> None:
    from docx.oxml.ns import qn

    made = paper(rows)
    section = made.sections[0]
    assert section.page_width > section.page_height
    fonts = made.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "仿宋"
    title = made.paragraphs[0].runs[0]
    assert title.text.endswith("任务分解表")
    assert title._r.rPr.rFonts.get(qn("w:eastAsia")) == "宋体"
    codes = [e.text for e in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize(("make", "library"), [(xlsx_bytes, "openpyxl"), (docx_bytes, "docx")])
def test_a_missing_library_is_one_line_how_to_install_it(
    rows: Rows, make: Any, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == library:
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match=r"pip install .*\[office\]") as caught:
        make(rows)
    assert "\n" not in str(caught.value)
